//! A closed survey: the score beside the means, and the statements worth talking about first.

use super::super::count;
use crate::domain::facts::{Capability, CapabilityKey, Item};
use crate::domain::ids::ParticipantId;
use crate::domain::survey::{Counted, ENOUGH, Likert, Results, order, points};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Distribution, ScoreTrack};
use crate::ui::live::Live;
use leptos::prelude::*;

/// What stands on the page; it stands still from the closing on.
#[derive(Clone, Debug, PartialEq)]
struct Closed {
    results: Results,
    score: Option<f64>,
    level_mean: Option<u8>,
}

impl Closed {
    fn of(w: &Workshop, key: &CapabilityKey) -> Option<Self> {
        let survey = w.surveys.get(key)?;
        Some(Self {
            results: survey.results()?.clone(),
            score: survey.score(),
            level_mean: survey.capability.mean_of(w.level()),
        })
    }
}

/// The counts of the last round.
#[component]
pub fn CountedSurvey(
    /// What was asked about.
    capability: Capability,
) -> impl IntoView {
    let live = Live::from_context();
    let key = capability.key.clone();
    let closed = live.select(move |w| Closed::of(w, &key));
    move || closed.get().map(|closed| counted(&capability, &closed))
}

fn counted(capability: &Capability, closed: &Closed) -> AnyView {
    let results = &closed.results;
    let people = count(results.people, "person", "people");
    let all = if results.finished == results.people {
        ", all of the statements".to_owned()
    } else {
        format!(", {} of them all statements", results.finished)
    };
    let score = match closed.score {
        Some(score) => view! { <ScoreTrack score mean=capability.mean level_mean=closed.level_mean named=true/> }.into_any(),
        None => view! {
            <p class="note note--warn">
                {format!("There is no score: it needs answers of {ENOUGH} people to every statement, so that nobody can work out who answered what.")}
            </p>
        }
        .into_any(),
    };
    let rows = order(&capability.items, results)
        .into_iter()
        .filter_map(|place| Some(row(place, capability.items.get(place)?, results.items.get(place)?)))
        .collect_view();
    view! {
        {score}
        <p class="quiet">{format!("{people} answered{all}. Where the answers lie furthest apart comes first, then what scores lowest.")}</p>
        <table class="counted">
            <caption class="vh">{format!("Answers about {}", capability.title)}</caption>
            <thead>
                <tr>
                    <th scope="col">"Statement"</th>
                    <th scope="col">"1 strongly disagree to 5 strongly agree"</th>
                    <th scope="col" class="n">"0 to 100"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// What became of the reader's own answers; nothing for those who had none to give.
pub(super) fn outcome(w: &Workshop, key: &CapabilityKey, you: ParticipantId) -> Option<String> {
    let survey = w.surveys.get(key)?;
    let last = survey.rounds.last().filter(|round| round.results.is_some())?;
    let answered = last.sheets.get(&you).and_then(|sheet| sheet.progress);
    let mine = answered.or_else(|| w.is_voter(you).then_some(0))?;
    Some(what_became(mine, survey.capability.items.len()))
}

fn what_became(mine: u32, items: usize) -> String {
    match mine {
        0 => "The survey is closed. You did not answer it.".to_owned(),
        n if n as usize == items => "The survey is closed. All your answers counted.".to_owned(),
        n => format!("The survey is closed: {n} of your {items} answers counted, the others were not given."),
    }
}

/// One statement with its count.
fn row(place: usize, item: &Item, counted: &Counted) -> AnyView {
    let turned = item
        .reversed
        .then(|| view! { " " <small class="quiet">"(to agree is bad: turned round in the mean)"</small> });
    let (chart, mean) = match (counted.counts, counted.mean(item)) {
        (Some(counts), Some(mean)) => (
            view! { <Distribution counts=counts.to_vec() label=in_words(counts)/> }.into_any(),
            view! { <b>{points(25.0 * mean)}</b> }.into_any(),
        ),
        _ => (
            view! { <span class="quiet">{format!("{}: too few to show", count(counted.answered, "answer", "answers"))}</span> }.into_any(),
            view! { <span class="quiet">"–"</span> }.into_any(),
        ),
    };
    view! {
        <tr>
            <th scope="row">
                <span class="item__n" aria-hidden="true">{place + 1}</span>
                <span>{item.text.clone()} {turned}</span>
            </th>
            <td>{chart}</td>
            <td class="n">{mean}</td>
        </tr>
    }
    .into_any()
}

/// "1 disagree, 4 agree, 1 strongly agree"
pub(crate) fn in_words(counts: [u32; 5]) -> String {
    let given = Likert::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    let parts = given.map(|(answer, count)| format!("{count} {}", answer.label().to_lowercase()));
    parts.collect::<Vec<_>>().join(", ")
}
