//! The votes of one question: as columns, and as the small dots beside the reading of them.

use super::chart::round;
use leptos::prelude::*;

/// One column for each answer, with its number under it and its votes over it; the agreed one is filled.
#[component]
pub fn Distribution(
    /// Votes for each answer, worst first.
    counts: Vec<u32>,
    /// What the squad agreed on, counted from 1.
    #[prop(optional_no_strip)]
    agreed: Option<u8>,
    /// The chart in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let most = f64::from(counts.iter().copied().max().unwrap_or_default());
    // Eight units for a vote, less when a big squad would leave the picture.
    let unit = if most > 5.0 { 40.0 / most } else { 8.0 };
    let width = 50 * counts.len();
    let columns = counts
        .into_iter()
        .zip(1_u32..)
        .map(|(count, answer)| {
            let left = 50 * answer - 47;
            let middle = (left + 22).to_string();
            let height = unit * f64::from(count);
            let chosen = agreed.is_some_and(|agreed| u32::from(agreed) == answer);
            let column = (count > 0).then(|| {
                view! {
                    <rect
                        class=chosen.then_some("agreed")
                        x=left.to_string()
                        y=round(58.0 - height)
                        width="44"
                        height=round(height)
                        rx="3"
                    ></rect>
                    <text class=chosen.then_some("agreed-n") x=middle.clone() y=round(53.0 - height)>
                        {count}
                    </text>
                }
                .into_any()
            });
            view! {
                <rect class="base" x=left.to_string() y="56" width="44" height="2" rx="1"></rect>
                {column}
                <text class=chosen.then_some("agreed-n") x=middle y="74">
                    {answer}
                </text>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <svg class="dist" viewBox=format!("0 0 {width} 76") preserveAspectRatio="xMinYMid" role="img" aria-label=label>
            {columns}
        </svg>
    }
}

/// The dots of the reading: one for each ballot, stacked over its answer.
#[component]
pub fn SpreadGlyph(
    /// Ballots for each answer, worst first.
    counts: Vec<u32>,
) -> impl IntoView {
    let most = f64::from(counts.iter().copied().max().unwrap_or_default());
    let step = if most > 4.0 { 23.0 / (most - 1.0) } else { 7.6 };
    let radius = round((step / 2.1).min(3.2));
    let dots = counts
        .into_iter()
        .zip(0_u32..)
        .flat_map(|(count, column)| (0..count).map(move |row| (column, row)))
        .map(|(column, row)| {
            view! {
                <circle
                    cx=(6 + 12 * column).to_string()
                    cy=round(28.0 - step * f64::from(row))
                    r=radius.clone()
                ></circle>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <svg class="reading__glyph" viewBox="0 0 72 36" aria-hidden="true">
            <path d="M1 34h70" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" opacity=".55"></path>
            <g fill="currentColor">{dots}</g>
        </svg>
    }
}
