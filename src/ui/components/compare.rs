//! A squad's answers beside the mean of others.

use super::chart::round;
use leptos::prelude::*;

/// One row of the comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareRow {
    /// What is compared, such as "Lead time for changes".
    pub name: String,
    /// The squad's answer in words.
    pub answer: String,
    /// The squad's answer from 0 to 100.
    pub own: f64,
    /// The mean of the others from 0 to 100, where it is known.
    pub mean: Option<f64>,
    /// How the two stand to each other, in words, such as "better than the mean of retail".
    pub reading: String,
}

/// A dot for the squad and a line for the mean on one rail for each answer.
#[component]
pub fn CompareBars(
    /// The rows, in order.
    rows: Vec<CompareRow>,
    /// Whose dot it is.
    #[prop(into)]
    own_label: String,
    /// Whose mean the line is.
    #[prop(into)]
    mean_label: String,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let own = format!("{}%", round(row.own.clamp(0.0, 100.0)));
            let mean = row.mean.map(|mean| {
                let at = format!("{}%", round(mean.clamp(0.0, 100.0)));
                view! { <line class="mean" x1=at.clone() x2=at y1="4" y2="24"></line> }.into_any()
            });
            let words = format!("{}: {}. {}", row.name, row.answer, row.reading);
            view! {
                <li>
                    <span>
                        {row.name} " " <small>{row.reading}</small>
                    </span>
                    <b>{row.answer}</b>
                    <svg class="track" role="img" aria-label=words>
                        <rect class="rail" y="11" width="100%" height="6" rx="3"></rect>
                        <rect class="fill" y="11" width=own.clone() height="6" rx="3"></rect>
                        {mean}
                        <circle class="own" cx=own cy="14" r="8"></circle>
                    </svg>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <ul class="compare">{rows}</ul>
        <p class="key-line">
            <span>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <circle class="own" cx="8" cy="8" r="6"></circle>
                </svg>
                {own_label}
            </span>
            <span>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <line class="mean" x1="8" x2="8" y1="1" y2="15"></line>
                </svg>
                {mean_label}
            </span>
        </p>
    }
}
