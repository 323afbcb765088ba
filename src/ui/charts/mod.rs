//! Charts over time as plain SVG, drawn on the server like everything else: no script, no style, the same on paper. They say in a
//! sentence what they show; the figures themselves stand in a table beside them.

mod place;

use crate::domain::text::day;
use crate::ui::components::round;
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use place::{DATE, FIGURE, Room, across, down, rooms, strokes};

/// Room above the highest point, for its figure, and below the lowest, for its date; in pixels.
const ABOVE: f64 = 26.0;
const BELOW: f64 = 34.0;

/// A point of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The day.
    pub day: NaiveDate,
    /// The value; `None` is a gap.
    pub value: Option<f64>,
    /// The value as people read it.
    pub figure: String,
}

/// What a chart is drawn on.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// The value at the bottom and the one at the top.
    pub range: (f64, f64),
    /// Values at which a thin line lies.
    pub rules: Vec<f64>,
    /// Words at the left: beside which value, and the class of their colour, or none.
    pub names: Vec<(f64, String, &'static str)>,
    /// How high it is, in pixels.
    pub height: f64,
    /// It stands among several others, and has no more room for words than on a phone.
    pub small: bool,
}

impl Scale {
    /// A small one from 0 to 100, in so many words at the ends: "0 %" and "100 %" with " %".
    #[must_use]
    pub fn of_hundred(unit: &str) -> Self {
        Self {
            range: (0.0, 100.0),
            rules: vec![0.0, 50.0, 100.0],
            names: [0.0, 50.0, 100.0].map(|at| (at, format!("{at}{unit}"), "")).to_vec(),
            height: 90.0,
            small: true,
        }
    }
}

/// A line over time. It needs two points; a single one is a dot.
#[component]
pub fn TimeChart(
    /// What is shown, such as "Lead time for changes".
    #[prop(into)]
    title: String,
    /// The points, oldest first.
    points: Vec<Point>,
    /// What they are drawn on.
    scale: Scale,
) -> impl IntoView {
    let label = in_words(&title, &points);
    let days: Vec<_> = points.iter().map(|point| point.day).collect();
    let values: Vec<_> = points.iter().map(|point| point.value).collect();
    let xs = across(&days);
    let high = |value: f64| ABOVE + down(value, scale.range, scale.height);
    let percent = |x: f64| format!("{}%", round(x));
    let room = |(wide, phone)| rooms(&xs, (if scale.small { phone } else { wide }, phone));
    let rules = scale
        .rules
        .iter()
        .map(|value| {
            let y = round(high(*value));
            view! { <line class="rule" x1="0" x2="100%" y1=y.clone() y2=y></line> }.into_any()
        })
        .collect_view();
    let names = scale
        .names
        .iter()
        .map(|(value, name, class)| {
            view! {
                <text class=format!("name {class}") x="0" dx="-10" y=round(high(*value) + 4.5)>
                    {name.clone()}
                </text>
            }
            .into_any()
        })
        .collect_view();
    let lines = strokes(&values)
        .into_iter()
        .filter_map(|(from, to)| Some((xs[from], values[from]?, xs[to], values[to]?)))
        .map(|(x1, from, x2, to)| {
            view! { <line class="line" x1=percent(x1) y1=round(high(from)) x2=percent(x2) y2=round(high(to))></line> }.into_any()
        })
        .collect_view();
    let last = values.iter().rposition(Option::is_some);
    let foot = round(ABOVE + scale.height + BELOW - 8.0);
    let dots = points
        .into_iter()
        .zip(xs.iter().zip(room(DATE).into_iter().zip(room(FIGURE))))
        .enumerate()
        .map(|(at, (point, (x, (for_date, for_figure))))| {
            let x = percent(*x);
            let words = (for_date != Room::Nowhere).then(|| {
                view! {
                    <text class=format!("x {}", for_date.class()) x=x.clone() y=foot.clone()>
                        {month(point.day)}
                    </text>
                }
                .into_any()
            });
            let dot = point.value.map(|value| {
                let y = high(value);
                let figure = (for_figure != Room::Nowhere).then(|| {
                    view! {
                        <text class=format!("v {}", for_figure.class()) x=x.clone() y=round(y - 11.0)>
                            {point.figure}
                        </text>
                    }
                    .into_any()
                });
                let (class, radius) = if last == Some(at) {
                    ("dot dot--last", "5.5")
                } else {
                    ("dot", "4.5")
                };
                view! {
                    <circle class=class cx=x cy=round(y) r=radius></circle>
                    {figure}
                }
                .into_any()
            });
            view! {
                {dot}
                {words}
            }
            .into_any()
        })
        .collect_view();
    view! {
        <svg class="trend" height=round(ABOVE + scale.height + BELOW) role="img" aria-label=label>
            {rules}
            {names}
            {lines}
            {dots}
        </svg>
    }
}

/// "Lead time for changes, 8 checkpoints: from 4 on 11 Jan 2021 to 5 on 10 Jan 2023. The table below has all figures."
fn in_words(title: &str, points: &[Point]) -> String {
    let known = || points.iter().filter(|point| point.value.is_some());
    let at = |point: &Point| format!("{} on {}", point.figure, day(point.day));
    match (known().next(), known().next_back()) {
        (Some(first), Some(last)) if first != last => {
            let count = known().count();
            format!(
                "{title}, {count} checkpoints: from {} to {}. The table below has all figures.",
                at(first),
                at(last)
            )
        }
        (Some(only), _) => format!("{title}: {}.", at(only)),
        _ => format!("{title}: no figure yet."),
    }
}

/// "Jan 23"
fn month(date: NaiveDate) -> String {
    let written = day(date);
    let month = written.split(' ').nth(1).unwrap_or_default();
    format!("{month} {:02}", date.year() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[Option<f64>]) -> Vec<Point> {
        let year = |n: usize| NaiveDate::from_ymd_opt(2019 + i32::try_from(n).expect("few"), 1, 10).expect("a day");
        values
            .iter()
            .enumerate()
            .map(|(n, value)| Point {
                day: year(n),
                value: *value,
                figure: value.map(|value| value.to_string()).unwrap_or_default(),
            })
            .collect()
    }

    fn drawn(values: &[Option<f64>]) -> String {
        let points = points(values);
        view! { <TimeChart title="Lead time" points=points scale=Scale::of_hundred(" %") /> }.to_html()
    }

    #[test]
    fn a_chart_says_what_it_shows() {
        let said = |values: &[Option<f64>]| in_words("Lead time", &points(values));
        assert_eq!(said(&[]), "Lead time: no figure yet.");
        assert_eq!(said(&[None, Some(4.0)]), "Lead time: 4 on 10 Jan 2020.");
        assert_eq!(
            said(&[Some(4.0), None, Some(5.0)]),
            "Lead time, 2 checkpoints: from 4 on 10 Jan 2019 to 5 on 10 Jan 2021. The table below has all figures."
        );
        assert_eq!(month(NaiveDate::from_ymd_opt(2009, 12, 31).expect("a day")), "Dec 09");
    }

    #[test]
    fn every_figure_is_drawn_once_and_a_gap_not_at_all() {
        let html = drawn(&[Some(40.0), Some(40.0), None, Some(70.0)]);
        assert_eq!(html.matches("<circle").count(), 3);
        assert_eq!(html.matches("class=\"line\"").count(), 1);
        assert!(
            html.contains("y1=\"80\"") && html.contains("y2=\"80\""),
            "equal values lie level: {html}"
        );
        assert_eq!(html.matches("dot--last").count(), 1);
        assert!(!html.contains("style"));
        assert_eq!(drawn(&[]).matches("<circle").count(), 0);
    }
}
