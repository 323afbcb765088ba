//! A score on the way from LOW to HIGH, beside the means of others.

use super::chart::round;
use crate::domain::survey::points;
use leptos::prelude::*;

/// A dot for the squad's score, a thin line for the mean of all, a thick one for the mean of its level.
#[component]
pub fn ScoreTrack(
    /// The squad's score, from 0 to 100.
    score: f64,
    /// The mean of all respondents.
    #[prop(optional_no_strip)]
    mean: Option<u8>,
    /// The mean of the squad's level.
    #[prop(optional_no_strip)]
    level_mean: Option<u8>,
    /// Says the figures under the track too.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let own = format!("{}%", round(score.clamp(0.0, 100.0)));
    let line = |mean: Option<u8>, class: &'static str| {
        mean.map(|mean| {
            let at = format!("{mean}%");
            view! { <line class=class x1=at.clone() x2=at y1="3" y2="25"></line> }
        })
    };
    let words = score_in_words(score, mean, level_mean);
    view! {
        <div class="score">
            <svg class="track" role="img" aria-label=words.clone()>
                <rect class="rail" y="11" width="100%" height="6" rx="3"></rect>
                <rect class="fill" y="11" width=own.clone() height="6" rx="3"></rect>
                {line(mean, "mean")}
                {line(level_mean, "mean mean--level")}
                <circle class="own" cx=own cy="14" r="8"></circle>
            </svg>
            <p class="score__ends" aria-hidden="true">
                <span>"LOW"</span>
                {named.then(|| view! { <span>{words}</span> })}
                <span>"HIGH"</span>
            </p>
        </div>
    }
}

/// "Score 61 of 100, mean of all 67, mean of your level 75"
#[must_use]
pub fn score_in_words(score: f64, mean: Option<u8>, level_mean: Option<u8>) -> String {
    let mut parts = vec![format!("Score {} of 100", points(score))];
    parts.extend(mean.map(|mean| format!("mean of all {mean}")));
    parts.extend(level_mean.map(|mean| format!("mean of your level {mean}")));
    parts.join(", ")
}
