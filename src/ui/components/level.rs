//! The level of a squad as a word and one to four filled steps.

use leptos::prelude::*;

/// A performance level, readable without colour.
#[component]
pub fn LevelBadge(
    /// `low`, `medium`, `high` or `elite`: the colour hangs on it.
    key: &'static str,
    /// The word on the screen.
    name: &'static str,
    /// How many of the four steps are filled.
    rank: u8,
) -> impl IntoView {
    let steps = (0_u8..4)
        .map(|step| {
            let height = 5 + 3 * step;
            view! {
                <rect
                    x=(5 * step).to_string()
                    y=(14 - height).to_string()
                    width="3.5"
                    height=height.to_string()
                    rx="1"
                    class=(step < rank).then_some("on")
                ></rect>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <span class=format!("level level--{key}")>
            <svg class="level__steps" viewBox="0 0 18.5 14" aria-hidden="true">{steps}</svg>
            {name}
        </span>
    }
}
