//! Showing a summary to people without an account: making links, and taking them back.

use crate::api::sharing::{EXPIRIES, PageLink, SharePage, Sharing, Standing, TakeBackPageLink};
use crate::domain::ids::WorkshopId;
use crate::domain::text::day;
use crate::ui::components::{Choice, LocalTime, Select, TimeKind};
use crate::ui::forms::{Refusal, Submit, refusal};
use crate::ui::reading::awake::CopyText;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The section of a published summary in which facilitators share it.
#[component]
pub fn ShareSection(
    /// The checkpoint.
    id: WorkshopId,
    /// Its links.
    sharing: Sharing,
) -> AnyView {
    let (make, take_back) = (ServerAction::<SharePage>::new(), ServerAction::<TakeBackPageLink>::new());
    view! {
        <section class="share" id="share" aria-labelledby="h-share">
            <h2 id="h-share">"Share"</h2>
            <p class="quiet lead-in">
                "Whoever has a share link reads this summary without an account, always its newest revision, and nothing else. Search engines are asked to leave it alone."
            </p>
            {shown(sharing, take_back)}
            <Refusal why=refusal(take_back) />
            <ActionForm action=make attr:class="form gap-above">
                <input type="hidden" name="id" value=id.to_string() />
                <Select
                    label="The link opens for"
                    name="days"
                    choices=Signal::stored(EXPIRIES.map(|(days, words)| Choice::new(days.to_string(), words)).to_vec())
                    value=RwSignal::new(EXPIRIES[1].0.to_string())
                />
                <p class="buttons">
                    <Submit label="Make a share link" pending=make.pending() class="btn" />
                </p>
                <Refusal why=refusal(make) />
            </ActionForm>
        </section>
    }
    .into_any()
}

fn shown(sharing: Sharing, take_back: ServerAction<TakeBackPageLink>) -> AnyView {
    let made = sharing.made.map(|address| {
        view! {
            <div class="once gap-below">
                <p>"The link. It is shown only now: copy it and give it to who is to read this."</p>
                <code>{address.clone()}</code>
                <CopyText label="Copy link" text=address />
            </div>
        }
        .into_any()
    });
    let rows = sharing.links.into_iter().map(|link| row(link, take_back)).collect_view();
    view! {
        {made}
        <ul class="share__links">{rows}</ul>
    }
    .into_any()
}

fn row(link: PageLink, take_back: ServerAction<TakeBackPageLink>) -> AnyView {
    let until = day(link.until);
    let (standing, opens) = match link.standing {
        Standing::Open => (format!("opens until {until}"), true),
        Standing::Ended => (format!("ended on {until}"), false),
        Standing::TakenBack => ("was taken back".to_owned(), false),
    };
    let reads = match link.reads {
        0 => "never opened".to_owned(),
        1 => "opened once".to_owned(),
        n => format!("opened {n} times, last "),
    };
    let last = link
        .last_read
        .filter(|_| link.reads > 1)
        .map(|at| view! { <LocalTime at_ms=at.0 kind=TimeKind::DateTime /> }.into_any());
    let button = opens.then(|| {
        view! {
            <ActionForm action=take_back>
                <input type="hidden" name="name" value=link.name />
                <Submit label="Take this link back" pending=take_back.pending() class="btn btn--s" />
            </ActionForm>
        }
        .into_any()
    });
    view! {
        <li>
            <span>
                {format!("{} made it ", link.by)} <LocalTime at_ms=link.made.0 kind=TimeKind::DateTime /> {format!(", it {standing}; {reads}")} {last}
            </span>
            {button}
        </li>
    }
    .into_any()
}
