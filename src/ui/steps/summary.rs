//! Summary: the page as it grows, the facilitator's words on it, and its publication.

pub mod leave_out;

use self::leave_out::LeaveOut;
use super::focus::ChosenFocus;
use super::following::{differs, following};
use super::maturity::{MaturityOnWall, OpenQuestions, open_questions};
use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::command::Command;
use crate::domain::ids::{CommandId, StepId};
use crate::domain::page::Page;
use crate::domain::summary;
use crate::domain::text::{Foreword, Title};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Dialog, Icon, IconName, Show, TextArea, TextField, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Beside, Refusal, Room};
use crate::ui::summary::SummaryDocument;
use leptos::prelude::*;

/// The step.
#[component]
pub fn Summary(
    /// The step.
    step: StepId,
) -> impl IntoView {
    let live = Live::from_context();
    let id = Room::from_context().id;
    let leads = live.leads();
    let page = live.select(move |w| Page::of(id, w));
    let code = live.with_untracked(|w| w.code.to_string());
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step/>
                <div class="summary-step">
                    <Standing/>
                    <Missing/>
                    <Show when=move || leads.get()>
                        <WordsForm/>
                        <LeaveOut/>
                    </Show>
                    <section class="doc summary-step__page" aria-label="The page as it stands">
                        {changing(move || document(page.get(), &code))}
                    </section>
                </div>
                <Privacy kind=StepKind::Summary/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <section>
                    <h2>"Read it together"</h2>
                    <p>"Is this what you agreed? Every revision stays readable, so a later correction takes nothing away."</p>
                </section>
                <Beside/>
            </aside>
        </div>
    }
}

/// The page; here it is the browser that lays the flow out.
fn document(page: Page, code: &str) -> AnyView {
    let flow = page
        .flow_report()
        .map(|report| (report, Some((format!("/w/{code}/flow"), String::new()))));
    view! { <SummaryDocument page flow in_room=true/> }.into_any()
}

/// How often the page was published.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Published {
    NotYet,
    Fixed(u32),
    ChangedSince(u32),
}

fn published(live: Live) -> Memo<Published> {
    live.select(|w| match w.summary.revision {
        0 => Published::NotYet,
        n if w.summary.changed => Published::ChangedSince(n),
        n => Published::Fixed(n),
    })
}

/// Where the published page is: in a rehearsal nowhere but here.
fn address(live: Live) -> Option<String> {
    let kept = !live.with_untracked(|w| w.rehearsal);
    kept.then(|| format!("/checkpoints/{}", Room::from_context().id))
}

/// Whether the page is published, and where it is.
#[component]
fn Standing() -> impl IntoView {
    let live = Live::from_context();
    let href = address(live);
    let published = published(live);
    let leads = live.leads();
    view! {
        <section class="note" class=("note--good", move || matches!(published.get(), Published::Fixed(_))) aria-live="polite">
            <p>
                {changing(move || standing(published.get(), leads.get()))}
                // Facilitators have this link in their bar.
                <Show when=move || published.get() != Published::NotYet && !leads.get()>
                    " "
                    {href.clone().map(|href| view! { <a href=href rel="external">"Open the published page"</a> })}
                </Show>
            </p>
        </section>
    }
}

fn standing(published: Published, leads: bool) -> String {
    match (published, leads) {
        (Published::NotYet, true) => "Not published yet. Read the page together, correct it, then publish it.".to_owned(),
        (Published::NotYet, false) => "Not published yet. The facilitator publishes it when you have read it together.".to_owned(),
        (Published::Fixed(n), _) => format!("Published as revision {n}."),
        (Published::ChangedSince(n), true) => {
            format!("Published as revision {n}. Something has changed since: publish it again to keep the change.")
        }
        (Published::ChangedSince(n), false) => format!("Published as revision {n}. Something has changed since."),
    }
}

/// The summary on the screen of the meeting room: whether it is published, the level, the focus.
#[component]
pub fn SummaryOnWall() -> AnyView {
    let published = published(Live::from_context());
    view! {
        <div class="summary-step">
            <section class="note" class=("note--good", move || matches!(published.get(), Published::Fixed(_))) aria-live="polite">
                <p>{changing(move || standing(published.get(), false))}</p>
            </section>
            <MaturityOnWall/>
            <ChosenFocus/>
        </div>
    }
    .into_any()
}

/// The questions without an answer, plainly.
#[component]
fn Missing() -> impl IntoView {
    let live = Live::from_context();
    let open = live.select(open_questions);
    let fixed = live.select(Workshop::published);
    view! {
        <Show when=move || !open.with(Vec::is_empty)>
            <section class="note note--warn">
                <h2>"Without all four answers the page shows no level"</h2>
                <p>{changing(move || if fixed.get() { "Published without an agreed answer:" } else { "Not agreed yet:" })}</p>
                <OpenQuestions open/>
            </section>
        </Show>
    }
}

/// Title and foreword, for facilitators.
#[component]
fn WordsForm() -> impl IntoView {
    let live = Live::from_context();
    let (title_stored, foreword_stored) = (
        live.select(|w| w.summary.title.to_string()),
        live.select(|w| w.summary.foreword.to_string()),
    );
    let (title, foreword) = (following(title_stored), following(foreword_stored));
    let dirty = Memo::new(move |_| differs(title, title_stored) || differs(foreword, foreword_stored));
    let saved_once = RwSignal::new(false);
    // Leaving a field saves too, so that nobody publishes without the words that stand in it.
    let save = move || {
        if dirty.get_untracked() {
            saved_once.set(true);
            let (title, foreword) = (title.get_untracked(), foreword.get_untracked());
            live.send(Command::Summary(summary::Command::Edit { title, foreword }));
        }
    };
    let state = move || {
        let saving = live.waiting(Topic::Summary);
        (saved_once.get() && (saving || !dirty.get())).then(|| {
            if saving {
                view! { <span class="chip chip--saving">"Saving…"</span> }.into_any()
            } else {
                view! { <span class="chip chip--good"><Icon name=IconName::Check/>"Saved"</span> }.into_any()
            }
        })
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
            on:focusout=move |_| save()
        >
            <TextField
                label="Title"
                name="summary-title"
                value=title
                hint="Leave it empty to name the page after squad and date."
                maxlength=u16::try_from(Title::MAX).unwrap_or(u16::MAX)
            />
            <TextArea
                label="Foreword"
                name="summary-foreword"
                value=foreword
                hint="A few words before everything else."
                maxlength=u16::try_from(Foreword::MAX).unwrap_or(u16::MAX)
            />
            <div class="form__end">
                <button class="btn" type="submit" disabled=move || !dirty.get()>"Save title and foreword"</button>
                <span role="status">{changing(state)}</span>
            </div>
            <Refusal topic=Topic::Summary/>
        </form>
    }
}

/// The controls of the summary for the facilitator's bar.
#[component]
pub fn SummaryControls() -> impl IntoView {
    let live = Live::from_context();
    let href = address(live);
    let published = published(live);
    let started = live.select(|w| w.agenda.started_at.is_some());
    let open = RwSignal::new(false);
    let next = move || match published.get() {
        Published::NotYet => 1,
        Published::Fixed(n) | Published::ChangedSince(n) => n + 1,
    };
    let act = move || match published.get() {
        Published::NotYet => "Publish summary".to_owned(),
        _ => format!("Publish revision {}", next()),
    };
    view! {
        <Show
            when=move || !matches!(published.get(), Published::Fixed(_))
            fallback=move || match href.clone() {
                Some(href) => view! {
                    <a class="btn btn--primary" href=href.clone() rel="external">"Open the published page"</a>
                    <a class="btn btn--ghost" href=format!("{href}/names") rel="external">"Erase display names"</a>
                }.into_any(),
                None => view! { <p>"In a rehearsal the page stands here alone, and goes with the room."</p> }.into_any(),
            }
        >
            <button class="btn btn--primary" type="button" disabled=move || !started.get() on:click=move |_| open.set(true)>{changing(act)}</button>
        </Show>
        <PublishDialog open next=Signal::derive(next)/>
    }
}

/// Asks once, because answers are fixed from then on.
#[component]
fn PublishDialog(
    open: RwSignal<bool>,
    /// The revision it becomes.
    #[prop(into)]
    next: Signal<u32>,
) -> impl IntoView {
    let live = Live::from_context();
    let missing = live.select(|w| open_questions(w).len());
    let on_its_way = RwSignal::new(None::<CommandId>);
    let publish = move |_| on_its_way.set(Some(live.send(Command::Summary(summary::Command::Publish))));
    Effect::new(move || {
        if live.last_done().is_some() && live.last_done() == on_its_way.get_untracked() {
            on_its_way.set(None);
            open.set(false);
        }
    });
    let gap = move || match missing.get() {
        0 => None,
        1 => Some("One question has no agreed answer, so the page shows no level.".to_owned()),
        n => Some(format!("{n} questions have no agreed answer, so the page shows no level.")),
    };
    view! {
        <Dialog id="publish" title="Publish the summary" open>
            <p>{changing(move || format!("The page becomes revision {}. From then on votes and agreed answers are fixed; title, foreword, scope and notes can still change and make another revision.", next.get()))}</p>
            {changing(move || gap().map(|gap| view! { <p><strong>{gap}</strong></p> }.into_any()))}
            <Refusal topic=Topic::Summary/>
            <div class="dialog__end">
                <button class="btn" type="button" on:click=move |_| open.set(false)>"Not yet"</button>
                <button class="btn btn--primary" type="button" on:click=publish>{changing(move || format!("Publish as revision {}", next.get()))}</button>
            </div>
        </Dialog>
    }
}
