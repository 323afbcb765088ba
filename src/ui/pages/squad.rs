//! A squad: what it agreed over time, its actions, its past checkpoints, and for facilitators the link for its members.

use crate::api::actions::{MakeLink, NameOutside, RevokeLink, SharedLink, SquadView, load_squad};
use crate::api::trends::SetRhythm;
use crate::domain::facts::Edition;
use crate::domain::text::day;
use crate::ui::actions::{ActionList, Changing, ReadOnly, Reader};
use crate::ui::components::{Checkbox, CopyButton, Page};
use crate::ui::forms::{Done, Refusal, Submit, refusal, successes};
use crate::ui::frame::Frame;
use crate::ui::lists::HeldTable;
use crate::ui::load;
use crate::ui::query::{Here, address};
use crate::ui::trends::{Answers, Capabilities, FlowOverTime, Next, RhythmForm};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// All forms of the page.
#[derive(Clone, Copy)]
struct Forms {
    change: Changing,
    make: ServerAction<MakeLink>,
    revoke: ServerAction<RevokeLink>,
    name: ServerAction<NameOutside>,
    rhythm: ServerAction<SetRhythm>,
}

/// `/squads/{slug}`.
#[component]
pub fn SquadPage() -> AnyView {
    let forms = Forms {
        change: Changing::default(),
        make: ServerAction::new(),
        revoke: ServerAction::new(),
        name: ServerAction::new(),
        rhythm: ServerAction::new(),
    };
    let (params, query) = (use_params_map(), use_query_map());
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let closed = Memo::new(move |_| query.with(|query| query.get("state").is_some_and(|state| state == "closed")));
    let link = Memo::new(move |_| query.with(|query| query.get("link")).unwrap_or_default());
    let edition = Memo::new(move |_| {
        let asked = query.with(|query| query.get("edition")).unwrap_or_default();
        Edition::asked(&asked).unwrap_or(Edition::Y2019)
    });
    let changes = [
        successes(forms.change.action),
        successes(forms.make),
        successes(forms.revoke),
        successes(forms.name),
        successes(forms.rhythm),
    ];
    let view = load::again(
        // The edition changes nothing of the answer, but what is shown of it.
        move || {
            let about = (slug.get(), closed.get(), link.get());
            (about, edition.get(), changes.map(|change| change.get()))
        },
        |((slug, closed, link), ..)| load_squad(slug, closed, link),
    );
    load::show(view, "/squads", move |view: SquadView| {
        let lead = view.tribe.clone().unwrap_or_default();
        let may_change = view.me.as_ref().is_some_and(|me| me.may_facilitate);
        let state = if closed.get_untracked() { "closed" } else { "" };
        let here = Here::new(format!("/squads/{}", view.slug), [("state", state), ("edition", "")]);
        let sharing = may_change.then(|| view! { <Sharing view=view.clone() forms=forms /> }.into_any());
        view! {
            <Frame current="/squads" me=view.me.clone()>
                <Page title=view.name.clone() lead=lead>
                    <Next trend=view.trend.clone() />
                    {view.worth.clone().map(|worth| view! { <p class="small quiet">{worth.sentence()}</p> }.into_any())}
                    <Answers slug=view.slug.clone() trend=view.trend.clone() here=here edition=edition.get_untracked() />
                    <Capabilities slug=view.slug.clone() trend=view.trend.clone() />
                    <FlowOverTime slug=view.slug.clone() trend=view.trend.clone() />
                    <Actions view=view.clone() closed=closed.get_untracked() may_change=may_change change=forms.change />
                    <Past view=view />
                    {sharing}
                </Page>
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn Actions(view: SquadView, closed: bool, may_change: bool, change: Changing) -> impl IntoView {
    let here = format!("/squads/{}", view.slug);
    let reader = if may_change { Reader::Account } else { Reader::Viewer };
    view! {
        <section aria-labelledby="h-actions">
            <h2 id="h-actions">{if closed { "Done and dropped actions" } else { "Open actions" }}</h2>
            {if view.lines.is_empty() {
                view! { <p class="empty">{nothing(closed)}</p> }.into_any()
            } else {
                view! {
                    <ReadOnly reader=reader.clone() />
                    <ActionList lines=view.lines reader=reader change=change />
                }
                    .into_any()
            }}
            <OtherState here=here closed=closed />
        </section>
    }
}

/// Why a squad's list is empty.
pub fn nothing(closed: bool) -> &'static str {
    if closed {
        "No action of this squad is done or dropped yet."
    } else {
        "No action of this squad is open. What it decides in the step Actions of a checkpoint stands here."
    }
}

/// The way from the open ones to the others, and back.
#[component]
pub fn OtherState(
    /// The page.
    here: String,
    /// Whether those are shown that are done or dropped.
    closed: bool,
) -> impl IntoView {
    let (href, text) = if closed {
        (here, "Show open actions")
    } else {
        (address(&here, &[("state", "closed")]), "Show done and dropped actions")
    };
    view! {
        <p class="small gap-above">
            <a href=href>{text}</a>
        </p>
    }
}

#[component]
fn Past(view: SquadView) -> impl IntoView {
    let all = address("/checkpoints", &[("squad", &view.slug)]);
    view! {
        <section aria-labelledby="h-past">
            <h2 id="h-past">"Past checkpoints"</h2>
            {if view.past.is_empty() {
                view! { <p class="empty">"This squad has not published a summary yet."</p> }.into_any()
            } else {
                view! {
                    <HeldTable caption=format!("Past checkpoints of {}", view.name) cards=view.past facilitator=true />
                    <p class="small gap-above">
                        <a href=all>"All checkpoints of this squad"</a>
                    </p>
                }
                    .into_any()
            }}
        </section>
    }
}

/// What facilitators decide about who sees what.
#[component]
fn Sharing(view: SquadView, forms: Forms) -> impl IntoView {
    let slug = view.slug;
    let link = view.link;
    let (one, to_make, to_revoke) = (link.is_some(), slug.clone(), slug.clone());
    let named = RwSignal::new(view.named);
    view! {
        <RhythmForm slug=slug.clone() rhythm=view.trend.rhythm action=forms.rhythm />
        <section aria-labelledby="h-link">
            <h2 id="h-link">"For members without an account"</h2>
            <p class="quiet lead-in">
                "With this link everybody in the squad can say how far its actions are. It shows the actions of this squad and nothing else, and opens for 120 days."
            </p>
            {link.map(shown)}
            <div class="buttons">
                <ActionForm action=forms.make>
                    <input type="hidden" name="slug" value=to_make />
                    <Submit label=if one { "Make a new link" } else { "Make a link" } pending=forms.make.pending() class="btn" />
                </ActionForm>
                {one
                    .then(|| {
                        view! {
                            <ActionForm action=forms.revoke>
                                <input type="hidden" name="slug" value=to_revoke />
                                <Submit label="Take the link back" pending=forms.revoke.pending() class="btn btn--ghost" />
                            </ActionForm>
                        }
                            .into_any()
                    })}
            </div>
            {one.then(|| view! { <p class="small quiet gap-above">"A new link ends the one before."</p> }.into_any())}
            <Refusal why=refusal(forms.make) />
            <Refusal why=refusal(forms.revoke) />
        </section>
        <section aria-labelledby="h-named">
            <h2 id="h-named">"Needs help from outside"</h2>
            <ActionForm action=forms.name attr:class="form">
                <input type="hidden" name="slug" value=slug />
                <Checkbox
                    label="Name this squad beside what it needs from outside"
                    name="named"
                    checked=named
                    hint="Without this, others read what is needed and how many squads say so, not which."
                />
                <p class="buttons">
                    <Submit label="Save" pending=forms.name.pending() class="btn" />
                    <Done action=forms.name text="Saved" />
                </p>
                <Refusal why=refusal(forms.name) />
            </ActionForm>
        </section>
    }
}

/// The link there is; its address is shown to who has just made it.
fn shown(link: SharedLink) -> AnyView {
    let until = day(link.until);
    match link.address {
        Some(address) => view! {
            <div class="once gap-below">
                <p>{format!("The link, until {until}. It is shown only now: copy it and give it to the squad.")}</p>
                <code>{address.clone()}</code>
                <CopyButton label="Copy link" text=Signal::stored(address) />
            </div>
        }
        .into_any(),
        None => view! {
            <p class="gap-below">{format!("{} made a link that opens until {until}. Its address is not kept; make a new one if it is lost.", link.by)}</p>
        }
        .into_any(),
    }
}
