//! What the agreed answers say: the result of the quick check, shown in the room and on the summary.
//!
//! Two views that must not be mixed: the level and the percentile compare with the respondents of 2019, the scores from 0 to 10 are
//! today's and have no levels.

pub mod edition;
pub mod next;
pub mod today;

use super::components::{Band, CompareBars, CompareRow, PercentileBar};
use crate::domain::facts::{self, Industry};
use crate::domain::maturity::{self as model, Answers, Comparison, dora_check_link};
use crate::domain::page::Maturity;
pub use edition::{EditionSwitch, Under};
use leptos::prelude::*;
pub use next::WhatWouldMoveIt;
pub use today::TodaysView;

/// The whole result: the level with its bar, the comparison, what would move it, and today's view.
#[component]
pub fn MaturityResult(
    /// The agreed answers.
    answers: Answers,
    /// The industry the squad compares with; `None` for all.
    #[prop(optional_no_strip)]
    industry: Option<Industry>,
) -> impl IntoView {
    let maturity = Maturity::of(&answers);
    view! {
        <section class=format!("verdict level--{}", maturity.level.key()) aria-labelledby="h-verdict">
            <h2 class="doc__title" id="h-verdict">
                "DevOps maturity is… "
                <em>{maturity.level.name()}</em>
            </h2>
            <p class="doc__lead">{maturity.sentence()}</p>
            <MaturityBar answers=answers />
        </section>
        <MaturityDetail answers=answers industry=industry />
    }
}

/// The bar from 0 to 100 % with its four bands.
#[component]
pub fn MaturityBar(
    /// The agreed answers.
    answers: Answers,
) -> impl IntoView {
    let Maturity {
        level,
        percentile,
        edition,
        ..
    } = Maturity::of(&answers);
    let bands: Vec<_> = model::bands()
        .into_iter()
        .map(|(level, from, to)| Band {
            key: level.key().to_owned(),
            name: level.name().to_owned(),
            from,
            to,
        })
        .collect();
    let begin = bands.iter().find(|band| band.key == level.key()).map_or(0.0, |band| band.from);
    let label = format!(
        "Better than {percentile} % of the respondents of {edition}, in the {} band, which begins at {begin:.0} %",
        level.name()
    );
    view! { <PercentileBar percentile=percentile bands=bands label=label /> }
}

/// Everything under the level: the comparison, what would move it, today's view.
#[component]
pub fn MaturityDetail(
    /// The agreed answers.
    answers: Answers,
    /// The industry the squad compares with; `None` for all.
    #[prop(optional_no_strip)]
    industry: Option<Industry>,
) -> impl IntoView {
    view! {
        <section aria-labelledby="s-beside">
            <h2 id="s-beside">"Beside others"</h2>
            <Beside answers=answers industry=industry />
        </section>
        <section aria-labelledby="s-next">
            <h2 id="s-next">"What would move it"</h2>
            <WhatWouldMoveIt answers=answers />
        </section>
        <section aria-labelledby="s-today">
            <h2 id="s-today">"Today's view"</h2>
            <TodaysView answers=answers industry=industry />
            <p class="small dora-link">
                <a href=dora_check_link(&answers, industry) target="_blank" rel="noreferrer external">
                    "Open DORA's own check with these answers"
                </a>
            </p>
        </section>
    }
}

/// Each answer beside the mean of 2019.
#[component]
fn Beside(answers: Answers, industry: Option<Industry>) -> impl IntoView {
    let who = model::others(industry);
    let rows = model::compare(&answers, industry)
        .into_iter()
        .map(|row| beside(row, answers))
        .collect();
    view! {
        <p class="lead-in">{format!("Each answer from the worst on the left to the best on the right, beside the mean of {who} in 2019.")}</p>
        <CompareBars rows=rows own_label="Your squad" mean_label=format!("Mean of {who}, 2019") />
    }
}

fn beside(row: Comparison, answers: Answers) -> CompareRow {
    let answer = answers.get(row.metric).map_or("", |code| facts::question(row.metric).label(code));
    CompareRow {
        name: row.metric.name().to_owned(),
        answer: answer.to_owned(),
        own: row.own,
        mean: Some(row.mean),
        reading: row.reading().to_owned(),
    }
}
