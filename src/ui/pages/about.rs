//! What this is, whose work it stands on, and under which terms.

use crate::api::account::{Door, look_around};
use crate::domain::facts::{self, EditionInfo};
use crate::ui::components::{HeldOn, Page};
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::prelude::*;

/// The notice of the source code, with the credits; the text of record is the file.
const NOTICE: &str = include_str!("../../../NOTICE");

/// `/about`.
#[component]
pub fn AboutPage() -> AnyView {
    let door = load::once(look_around());
    load::show(door, "/about", |door: Door| {
        let lead = concat!("Version ", env!("CARGO_PKG_VERSION"));
        view! {
            <Frame current="/about" me=door.me>
                <Page title="About Checkpoint" lead=lead narrow=true>
                    <What />
                    <Credits />
                    <Sources />
                </Page>
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn What() -> impl IntoView {
    view! {
        <section class="prose">
            <p>
                "Checkpoint runs the quarterly DevOps Checkpoint of a squad, from the first slide to the published summary. \
                The squad votes on how it delivers, talks about what it sees, and keeps what it agreed on. \
                Everybody's input weighs the same, nobody is shown to be wrong, and the conversation matters more than the number."
            </p>
            <p><a href="/capabilities">"The capabilities"</a> " that squads are surveyed about can be read by everybody."</p>
            <p>"It runs on a server of your own organisation. It sends nothing to anybody else."</p>
        </section>
    }
}

/// The notice, paragraph by paragraph.
#[component]
fn Credits() -> impl IntoView {
    let paragraphs = NOTICE
        .split("\n\n")
        .skip(1)
        .map(|paragraph| {
            let mut lines: Vec<_> = paragraph.lines().collect();
            let underlined = lines.get(1).is_some_and(|line| line.starts_with("---"));
            let heading = underlined.then(|| lines.drain(..2).next()).flatten();
            view! {
                {heading.map(|heading| view! { <h3>{heading}</h3> })}
                <p>{lines.join(" ")}</p>
            }
        })
        .collect_view();
    view! {
        <section class="prose" aria-labelledby="h-credits">
            <h2 id="h-credits">"Credits and licences"</h2>
            {paragraphs}
        </section>
    }
}

#[component]
fn Sources() -> impl IntoView {
    let editions = facts::editions()
        .iter()
        .map(|about| view! { <Source about=about /> })
        .collect_view();
    view! {
        <section aria-labelledby="h-sources">
            <h2 id="h-sources">"Where the figures come from"</h2>
            <ul class="sources">{editions}</ul>
        </section>
    }
}

#[component]
fn Source(about: &'static EditionInfo) -> impl IntoView {
    view! {
        <li>
            <h3>{about.title.as_str()}</h3>
            <p>"Used by DORA's own check " {about.used.as_str()} "."</p>
            <p class="small quiet">"Source: " {about.source.as_str()} ". State of " <HeldOn date=about.date /> ". " {about.license.as_str()} "."</p>
        </li>
    }
}
