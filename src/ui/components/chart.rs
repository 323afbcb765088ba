//! Charts as plain SVG: percentages are attributes, so there is neither script nor style in them, and paper shows the
//! same as the screen. Each says its figures in words through its label.

use leptos::prelude::*;

/// A band of the percentile bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// `low`, `medium`, `high` or `elite`: the colour hangs on it.
    pub key: String,
    /// The word under the band.
    pub name: String,
    /// Where it begins, in percent.
    pub from: f64,
    /// Where it ends, in percent.
    pub to: f64,
}

/// Where a squad stands among the respondents: the bands from 0 to 100 % with a mark.
#[component]
pub fn PercentileBar(
    /// Better than so many percent.
    percentile: u8,
    /// The bands from the lowest to the highest.
    bands: Vec<Band>,
    /// The chart in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let here = percentile.min(100);
    let at = f64::from(here);
    let last = bands.len().saturating_sub(1);
    let home = bands.iter().rposition(|band| at >= band.from).unwrap_or_default();
    let anchor = match here {
        0..4 => "start",
        97.. => "end",
        _ => "middle",
    };
    let bands = bands
        .into_iter()
        .enumerate()
        .map(|(n, band)| {
            // A hair of surface between two bands; the last one runs to the end.
            let gap = if n == last { 0.0 } else { 0.3 };
            let from = format!("{}%", round(band.from));
            // On a phone there is no room for this figure beside the 100 %.
            let axis = if n == last && n > 0 { "axis hide-s" } else { "axis" };
            let start = if n == 0 { "0 %".to_owned() } else { format!("{:.0}", band.from) };
            view! {
                <g class=format!("level--{}", band.key)>
                    <rect
                        class=if n == home { "band" } else { "band dim" }
                        x=from.clone()
                        y="34"
                        width=format!("{}%", round((band.to - band.from - gap).max(0.0)))
                        height="18"
                    ></rect>
                    <text class="name" x=from.clone() y="74">
                        {band.name}
                    </text>
                    <text class=axis x=from y="94">
                        {start}
                    </text>
                </g>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <svg class="pctl" role="img" aria-label=label>
            <text class="here" x=format!("{here}%") y="14" text-anchor=anchor>
                {format!("{here} %")}
            </text>
            <svg x=format!("{here}%") y="20" overflow="visible">
                <path class="pin" d="M-7 0h14l-7 9z"></path>
            </svg>
            {bands}
            <text class="axis" x="100%" y="94" text-anchor="end">
                "100 %"
            </text>
        </svg>
    }
}

/// A figure for an attribute: two decimals at most, the same text on the server and in the browser.
#[must_use]
pub fn round(figure: f64) -> String {
    ((figure * 100.0).round() / 100.0).to_string()
}
