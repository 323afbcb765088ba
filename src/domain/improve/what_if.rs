//! What if: what the flow would add up to with some improvements done, and what the squad would answer then.

use super::{Improvements, Item};
use crate::domain::facts::time_of;
use crate::domain::flow::figures::{Figures, figures};
use crate::domain::flow::{Flow, Lane, Span};
use crate::domain::ids::ElementId;
use crate::domain::maturity::{self, Answers, Level};
use crate::domain::metric::{Code, Metric};
use crate::domain::sorted::SortedMap;
use crate::domain::workshop::Workshop;

/// A lane with and without the improvements.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The lane.
    pub lane: Lane,
    /// How long its longest way takes now.
    pub before: Figures,
    /// How long it would take.
    pub after: Figures,
    /// The agreed answer now, and the one it would move to; the same where it would not move. `None` while nothing is agreed or a step
    /// has no time.
    pub answer: Option<(Code, Code)>,
}

/// What both lanes would come to, and the level before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The lanes.
    pub lanes: [Outlook; 2],
    /// The level now and then; `None` until all four answers are agreed.
    pub level: Option<(Level, Level)>,
}

/// The flow with these improvements done: of several that shorten the same, the one that shortens it most counts, and none makes
/// anything longer. What has no time yet gets none: nobody knows whether it would be shorter.
#[must_use]
pub fn shortened(flow: &Flow, improvements: &Improvements, done: &[Item]) -> Flow {
    let mut times: SortedMap<ElementId, Span> = SortedMap::new();
    let notes = done.iter().flat_map(|item| improvements.notes_of(*item));
    for shorter in notes.filter_map(|note| note.shortens) {
        let time = times.entry(shorter.what).or_insert(shorter.to);
        *time = less(*time, shorter.to);
    }
    let mut then = flow.clone();
    for (id, to) in times {
        if let Some(step) = then.steps.get_mut(&id) {
            step.work = step.work.map(|now| less(now, to));
        } else if let Some(connector) = then.connectors.get_mut(&id) {
            connector.wait = connector.wait.map(|now| less(now, to));
        }
    }
    then
}

/// The shorter of two times: at most first, then at least.
fn less(one: Span, other: Span) -> Span {
    if (other.most, other.least) < (one.most, one.least) {
        other
    } else {
        one
    }
}

/// What both lanes would come to with these improvements done.
#[must_use]
pub fn what_if(w: &Workshop, done: &[Item]) -> WhatIf {
    let then = shortened(&w.flow, &w.improvements, done);
    let lanes = [(Lane::Delivery, Metric::LeadTime), (Lane::Recovery, Metric::TimeToRestore)].map(|(lane, metric)| {
        let (before, after) = (figures(&w.flow, lane), figures(&then, lane));
        // Where a step has no time yet, nobody knows what the whole takes.
        let agreed = w.agreed(metric).filter(|_| before.timeless == 0 && after.timeless == 0);
        let answer = agreed.map(|now| (now, moved(metric, now, &before, &after)));
        Outlook {
            lane,
            before,
            after,
            answer,
        }
    });
    let moved_to = |metric: Metric| match metric {
        Metric::LeadTime => lanes.first().and_then(|lane| lane.answer),
        Metric::TimeToRestore => lanes.last().and_then(|lane| lane.answer),
        _ => None,
    };
    let then = Answers::from_fn(|metric| moved_to(metric).map(|(_, then)| then).or_else(|| w.agreed(metric)));
    WhatIf {
        level: w.level().zip(then.as_ref().map(maturity::level)),
        lanes,
    }
}

/// The answer that the shorter time would give: the best whose times hold it whole. It never moves down, and does not move where
/// nothing got shorter.
fn moved(metric: Metric, now: Code, before: &Figures, after: &Figures) -> Code {
    if after.total.most >= before.total.most && after.total.least >= before.total.least {
        return now;
    }
    let holds = |code: &Code| time_of(metric, *code).is_some_and(|time| after.total.most <= *time.end());
    Code::ALL.into_iter().rev().find(holds).map_or(now, |then| then.max(now))
}

impl WhatIf {
    /// What would follow, a sentence for each lane that would change and one for the level; empty when nothing would.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences: Vec<String> = self.lanes.iter().filter_map(Outlook::sentence).collect();
        if let Some((now, then)) = self.level.filter(|(now, then)| now != then) {
            sentences.push(format!("The level would be {} instead of {}.", then.name(), now.name()));
        }
        sentences
    }
}

impl Outlook {
    /// "Commit to production: 4 d become 9 h. Lead time for changes would move to less than one day."
    fn sentence(&self) -> Option<String> {
        if self.before.total == self.after.total {
            return None;
        }
        let metric = match self.lane {
            Lane::Delivery => Metric::LeadTime,
            Lane::Recovery => Metric::TimeToRestore,
        };
        let way = self.lane.way();
        let way = way.get(..1).map_or_else(String::new, str::to_ascii_uppercase) + way.get(1..).unwrap_or_default();
        let time = format!("{way}: {} become {}.", self.before.total.words(), self.after.total.words());
        Some(match self.answer {
            Some((now, then)) if now == then => format!("{time} {} would stay where it is.", metric.name()),
            Some((_, then)) => {
                let label = crate::domain::facts::question(metric).label(then).to_lowercase();
                format!("{time} {} would move to {label}.", metric.name())
            }
            None => time,
        })
    }
}
