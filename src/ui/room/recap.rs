//! The recap: as a list wherever it is needed, and as a page of its own at `/w/{code}/recap`.

use super::banner::REHEARSAL;
use crate::api::room::RecapView;
use crate::domain::recap::{Line, Recap, Section};
use crate::domain::text::day;
use crate::ui::components::Page;
use leptos::prelude::*;

/// What was decided so far, section by section.
#[component]
pub fn RecapList(
    /// The recap.
    recap: Recap,
    /// Stands under a heading of the second rank.
    #[prop(optional)]
    small: bool,
) -> AnyView {
    if recap.is_empty() {
        return view! { <p class="quiet">"Nothing is decided yet."</p> }.into_any();
    }
    let sections = recap
        .sections
        .into_iter()
        .map(|section| section_view(section, small))
        .collect_view();
    view! { <div class="recap">{sections}</div> }.into_any()
}

fn section_view(section: Section, small: bool) -> AnyView {
    let title = if small {
        view! { <h3>{section.title}</h3> }.into_any()
    } else {
        view! { <h2>{section.title}</h2> }.into_any()
    };
    let lines = section.lines.into_iter().map(line_view).collect_view();
    view! {
        <section>
            {title}
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

fn line_view(line: Line) -> AnyView {
    let about = (!line.about.is_empty()).then(|| view! { <span class="recap__about">{line.about}": "</span> });
    let why = (!line.why.is_empty()).then(|| view! { <small class="own-words">{line.why}</small> });
    view! {
        <li>
            {about}
            <strong class="own-words">{line.said}</strong>
            {why}
        </li>
    }
    .into_any()
}

/// `/w/{code}/recap`: complete without script.
#[component]
pub fn RecapPage(
    /// What the server found.
    view: RecapView,
) -> AnyView {
    let RecapView {
        squad,
        held_on,
        code,
        standing,
        seated,
        rehearsal,
        recap,
    } = view;
    let way_in = if seated {
        view! { <a class="btn" href=format!("/w/{code}")>"Go to the room"</a> }.into_any()
    } else {
        view! { <a class="btn" href=format!("/join/{code}")>"Join the checkpoint"</a> }.into_any()
    };
    view! {
        <Page title=format!("{squad}: what was decided so far") lead=format!("Checkpoint of {}. {standing}", day(held_on)) narrow=true>
            {rehearsal.then(|| view! { <p class="note">{REHEARSAL}</p> }.into_any())}
            <RecapList recap/>
            <p class="buttons">{way_in}</p>
        </Page>
    }
    .into_any()
}
