//! Answers under another edition of the check: the switch, and what the chosen one says.

use super::today::TodayFigures;
use crate::domain::facts::{Edition, Industry};
use crate::domain::maturity::{Answers, Rescored, Score};
use crate::ui::query::Here;
use leptos::prelude::*;

/// The switch between editions, for a page that reads `?edition=`: links, so that the choice stands in the address.
#[component]
pub fn EditionSwitch(
    /// The page.
    here: Here,
    /// The edition it shows.
    current: Edition,
) -> impl IntoView {
    let links = Edition::OFFERED.map(|edition| {
        // The classic is what a page shows by itself.
        let asked = if edition == Edition::Y2019 { "" } else { edition.label() };
        let chosen = (edition == current).then_some("true");
        view! {
            <a href=here.with(&[("edition", asked)]) aria-current=chosen>
                {edition.label()}
            </a>
        }
        .into_any()
    });
    view! {
        <nav class="edition" aria-label="Score under an edition of the check">
            <span aria-hidden="true">"Score under"</span>
            <div class="segment">{links}</div>
        </nav>
    }
}

/// What an edition other than the page's own says of its answers, and what it cannot be compared with.
#[component]
pub fn Under(
    /// The edition.
    edition: Edition,
    /// The agreed answers.
    answers: Answers,
    /// The industry the squad compares with; `None` for all.
    #[prop(optional_no_strip)]
    industry: Option<Industry>,
) -> impl IntoView {
    let Rescored { score, sentence, .. } = Rescored::of(edition, &answers, industry);
    let words = score.words();
    let figures = match score {
        Score::Today(today) => view! { <TodayFigures today=today industry=industry /> }.into_any(),
        Score::Percentile { .. } => ().into_any(),
    };
    view! {
        <p class="doc__lead">{format!("Under {}: {words}", edition.label())}</p>
        <p class="small quiet lead-in">{sentence}</p>
        {figures}
    }
}
