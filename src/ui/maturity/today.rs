//! Today's view: scores from 0 to 10, as DORA shows them now. It has no levels and no percentile.

use crate::domain::facts::Industry;
use crate::domain::maturity::{Answers, Today, TodayScore, others, today};
use crate::ui::components::{CompareBars, CompareRow};
use leptos::prelude::*;

/// The scores of today's check, folded away until somebody wants them.
#[component]
pub fn TodaysView(
    /// The agreed answers.
    answers: Answers,
    /// The industry the squad compares with; `None` for all.
    #[prop(optional_no_strip)]
    industry: Option<Industry>,
) -> impl IntoView {
    let today = today(&answers, industry);
    let (year, counted) = (today.edition.label(), today.metrics_counted);
    let summary = format!(
        "Overall {:.1} of 10, {} {:.1}",
        today.overall,
        others(industry),
        today.benchmark_overall
    );
    view! {
        <p class="lead-in">
            {format!(
                "DORA's check of today gives each of the {counted} answers a score from 0 to 10 and knows no levels. It compares with the respondents of {year}.",
            )}
        </p>
        <details class="fold">
            <summary>{summary}</summary>
            <TodayFigures today=today industry=industry />
        </details>
    }
}

/// The scores themselves: the means, then each answer beside its benchmark.
#[component]
pub fn TodayFigures(
    /// The scores.
    today: Today,
    /// The industry the squad compares with; `None` for all.
    #[prop(optional_no_strip)]
    industry: Option<Industry>,
) -> impl IntoView {
    let figures = [
        ("Throughput", today.throughput),
        ("Stability", today.stability),
        ("Overall", today.overall),
        ("Mean of others", today.benchmark_overall),
    ]
    .map(|(name, figure)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{format!("{figure:.1}")}<small>"of 10"</small></dd>
            </div>
        }
        .into_any()
    });
    let mean_label = format!("Mean of {}, {}", others(industry), today.edition.label());
    let rows = today.scores.into_iter().map(row).collect();
    view! {
        <dl class="doc-figs">{figures}</dl>
        <CompareBars rows=rows own_label="Your squad" mean_label=mean_label />
    }
}

fn row(score: TodayScore) -> CompareRow {
    CompareRow {
        name: score.metric.name().to_owned(),
        answer: format!("{:.1} of 10", score.own),
        own: 10.0 * score.own,
        mean: Some(10.0 * score.mean),
        reading: score.reading().to_owned(),
    }
}
