//! What follows over squads: figures that name none of them, and whose next checkpoint is late.

use super::csv;
use crate::api::trends::{Chosen, Deeds, Filter, Row};
use crate::domain::facts::question;
use crate::domain::metric::{Code, Metric};
use crate::domain::outside::Shared;
use crate::domain::trends::Held;
use crate::domain::trends::rhythm::Standing;
use crate::domain::trends::spread::{LEAST_SQUADS, Scores, of_answers};
use crate::ui::components::{Distribution, round};
use crate::ui::lists;
use crate::ui::trends::AsCsv;
use leptos::prelude::*;

/// How many needs the page names; all of them are on the page of actions.
const NEEDS: usize = 8;

/// How the answers to each question are spread over the squads.
#[component]
pub fn Spread(
    /// The squads.
    rows: Vec<Row>,
    /// What the page is narrowed to.
    filter: Filter,
) -> impl IntoView {
    let last: Vec<Held> = rows.iter().filter_map(|row| row.last).collect();
    let counts = Metric::FOUR.map(|metric| (metric, of_answers(&last, metric)));
    let charts = counts
        .map(|(metric, counts)| {
            view! {
                <figure class="chart">
                    <figcaption>{metric.name()}</figcaption>
                    <Distribution counts=counts.to_vec() label=spread_in_words(metric, counts) />
                </figure>
            }
            .into_any()
        })
        .collect_view();
    let heads = counts
        .map(|(metric, _)| view! { <th scope="col">{metric.name()}</th> }.into_any())
        .collect_view();
    let lines = Code::ALL
        .map(|code| {
            let cells = counts
                .map(|(metric, counts)| {
                    let count = counts[usize::from(code.get()) - 1];
                    view! { <td data-l=metric.name()>{format!("{}: {count}", question(metric).label(code))}</td> }.into_any()
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{code.get()}</th>
                    {cells}
                </tr>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section aria-labelledby="h-spread">
            <h2 id="h-spread">"Spread of the answers"</h2>
            <p class="quiet lead-in">"How many squads gave each answer in their last checkpoint, from 1, the worst, to 6, the best."</p>
            <div class="multiples">{charts}</div>
            <details class="fold">
                <summary>"The same as a table"</summary>
                <table class="table table--stack">
                    <caption class="vh">"How many squads gave each answer"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Answer"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </details>
            <AsCsv href=csv(&filter, "spread") what="the spread" />
        </section>
    }
}

/// "Lead time for changes: 2 squads gave answer 4, 1 squad gave answer 5"
fn spread_in_words(metric: Metric, counts: [u32; 6]) -> String {
    let given = counts.into_iter().zip(1..).filter(|(count, _)| *count > 0);
    let words: Vec<_> = given
        .map(|(count, answer): (u32, u8)| format!("{} gave answer {answer}", squads(count as usize)))
        .collect();
    let words = if words.is_empty() {
        "no answers".to_owned()
    } else {
        words.join(", ")
    };
    format!("{}: {words}", metric.name())
}

fn squads(count: usize) -> String {
    if count == 1 {
        "1 squad".to_owned()
    } else {
        format!("{count} squads")
    }
}

/// One line of a list of bars.
struct Bar {
    name: String,
    figure: String,
    /// How long, from 0 to 1.
    share: f64,
}

#[component]
fn Bars(bars: Vec<Bar>) -> impl IntoView {
    let items = bars
        .into_iter()
        .map(|bar| {
            view! {
                <li>
                    <span>{bar.name}</span>
                    <b>{bar.figure}</b>
                    <svg class="barlist__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                        <rect width=round(100.0 * bar.share) height="4"></rect>
                    </svg>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul class="barlist">{items}</ul> }
}

/// A part of a whole, from 0 to 1.
fn share(part: usize, whole: usize) -> f64 {
    let float = |number| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { float(part) / float(whole) }
}

/// What squads work on first.
#[component]
pub fn Focus(
    /// What is chosen, most frequent first.
    chosen: Vec<Chosen>,
    /// What the page is narrowed to.
    filter: Filter,
) -> impl IntoView {
    let most = chosen.first().map_or(0, |first| first.squads);
    let bar = |one: Chosen| Bar {
        figure: squads(one.squads),
        share: share(one.squads, most),
        name: one.title,
    };
    let body = if chosen.is_empty() {
        view! { <p class="quiet">"No squad has recorded a focus in its last checkpoint."</p> }.into_any()
    } else {
        view! {
            <Bars bars=chosen.into_iter().map(bar).collect() />
            <AsCsv href=csv(&filter, "focus") what="the focus" />
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-focus">
            <h2 id="h-focus">"Focus chosen most, in last checkpoints"</h2>
            {body}
        </section>
    }
}

/// How far actions are.
#[component]
pub fn Actions(
    /// How far they are.
    deeds: Deeds,
    /// What the page is narrowed to.
    filter: Filter,
) -> impl IntoView {
    let number = |count: i64| usize::try_from(count).unwrap_or_default();
    let open: i64 = deeds.open.iter().map(|(_, count)| count).sum();
    let all = number(deeds.done + deeds.dropped + open);
    let bar = |name: &str, count: i64| Bar {
        name: name.to_owned(),
        figure: format!("{count} of {all}"),
        share: share(number(count), all),
    };
    let mut bars = vec![
        bar("Done in the last two quarters", deeds.done),
        bar("Dropped in the last two quarters", deeds.dropped),
    ];
    bars.extend(deeds.open.iter().map(|(age, count)| bar(age.name(), *count)));
    let body = if all == 0 {
        view! { <p class="quiet">"No action is open, and none was done in the last two quarters."</p> }.into_any()
    } else {
        view! {
            <Bars bars=bars />
            <AsCsv href=csv(&filter, "actions") what="the actions" />
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-deeds">
            <h2 id="h-deeds">"Actions"</h2>
            {body}
            <p class="small gap-above">
                <a href="/actions">"All open actions"</a>
            </p>
        </section>
    }
}

/// What squads cannot solve themselves.
#[component]
pub fn Outside(
    /// What they need, most frequent first.
    needs: Vec<Shared>,
    /// What is missing in that, a sentence or empty.
    left_out: String,
    /// What the page is narrowed to.
    filter: Filter,
) -> impl IntoView {
    let most = needs.first().map_or(0, |first| first.squads);
    let bar = |need: Shared| Bar {
        figure: squads(need.squads),
        share: share(need.squads, most),
        name: need.words.into_iter().next().unwrap_or_default(),
    };
    let body = if needs.is_empty() {
        view! { <p class="quiet">"No squad has marked an open action or an improvement as needing help from outside."</p> }.into_any()
    } else {
        view! {
            <Bars bars=needs.into_iter().take(NEEDS).map(bar).collect() />
            <AsCsv href=csv(&filter, "outside") what="the needs" />
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-needs">
            <h2 id="h-needs">"Needs help from outside a squad"</h2>
            {lists::left_out(left_out)}
            {body}
            <p class="small gap-above">
                <a href="/actions?outside=1">"All that squads need from outside"</a>
            </p>
        </section>
    }
}

/// How the scores of capabilities are spread over squads that nobody names.
#[component]
pub fn CapabilityMap(
    /// The scores.
    scores: Vec<Scores>,
    /// What the page is narrowed to.
    filter: Filter,
) -> impl IntoView {
    let from = format!(
        "A capability stands here when at least {LEAST_SQUADS} squads have a score of it, so that none can be told from the others."
    );
    let body = if scores.is_empty() {
        view! { <p class="empty">{from}</p> }.into_any()
    } else {
        let heads = ["0 to 19", "20 to 39", "40 to 59", "60 to 79", "80 to 100"]
            .map(|band| view! { <th scope="col">{band}</th> }.into_any())
            .collect_view();
        let lines = scores.into_iter().map(capability).collect_view();
        view! {
            <p class="quiet lead-in">{format!("How many squads scored how high in their last checkpoint, from 0 to 100. {from}")}</p>
            <div class="scroller" tabindex="0" role="region" aria-label="Capabilities and scores">
                <table class="heat">
                    <caption class="vh">"Capabilities by the scores of squads"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Capability"</th>
                            {heads}
                            <th scope="col">"In all"</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <AsCsv href=csv(&filter, "capabilities") what="the scores" />
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-capabilities">
            <h2 id="h-capabilities">"Capabilities"</h2>
            {body}
        </section>
    }
}

fn capability(scores: Scores) -> AnyView {
    let cells = scores
        .bands
        .map(|count| {
            // Half of all squads and more are as dark as it gets.
            let shade = match share(count as usize, scores.squads) {
                0.0 => "h1",
                ..=0.125 => "h2",
                ..=0.25 => "h3",
                ..=0.375 => "h4",
                ..=0.5 => "h5",
                _ => "h6",
            };
            view! { <td class=format!("cell cell--count {shade}")>{count}</td> }.into_any()
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row">{scores.title}</th>
            {cells}
            <td>{squads(scores.squads)}</td>
        </tr>
    }
    .into_any()
}

/// The squads whose next checkpoint is late, and those that have not held one.
#[component]
pub fn Late(
    /// The squads.
    rows: Vec<Row>,
) -> impl IntoView {
    let line = |row: &Row| {
        view! {
            <li>
                <a href=format!("/squads/{}", row.slug)>{row.name.clone()}</a>
                ". "
                {row.standing.sentence()}
            </li>
        }
        .into_any()
    };
    let late: Vec<_> = rows
        .iter()
        .filter(|row| !row.archived && matches!(row.standing, Standing::Overdue(..) | Standing::Never))
        .map(line)
        .collect();
    let body = if late.is_empty() {
        view! { <p class="quiet">"No squad is late."</p> }.into_any()
    } else {
        view! { <ul class="lines">{late}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="h-late">
            <h2 id="h-late">"Overdue, or not held yet"</h2>
            {body}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_told_in_words() {
        assert_eq!(
            spread_in_words(Metric::LeadTime, [0, 0, 0, 2, 1, 0]),
            "Lead time for changes: 2 squads gave answer 4, 1 squad gave answer 5"
        );
        assert_eq!(
            spread_in_words(Metric::TimeToRestore, [0; 6]),
            "Time to restore service: no answers"
        );
    }

    #[test]
    fn a_bar_of_nothing_is_empty() {
        assert!(share(0, 0).abs() < 1e-9 && (share(1, 4) - 0.25).abs() < 1e-9);
    }
}
