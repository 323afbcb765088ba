//! What the flow adds up to: how long the longest way takes, how much of that is work, and whether it fits what the squad agreed.
//!
//! Only times that people wrote count, and ranges stay ranges until one number is needed; then it is the middle.

use super::order::{Order, order};
use super::{Connector, Flow, Kind, Lane, Span};
use crate::domain::facts::{question, time_of};
use crate::domain::ids::ElementId;
use crate::domain::metric::{Code, Metric};
use crate::domain::sorted::{SortedMap, SortedSet};

/// What a lane adds up to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// The steps and connectors of the longest way, in order.
    pub way: Vec<ElementId>,
    /// How long it takes, work and waits together.
    pub total: Span,
    /// How long its steps take.
    pub work: Span,
    /// How long it waits in between.
    pub wait: Span,
    /// The work as a percentage of both, once there is a time.
    pub efficiency: Option<u8>,
    /// The connector that waits longest, and how long.
    pub longest_wait: Option<(ElementId, Span)>,
    /// How many steps of the way have no time yet.
    pub timeless: usize,
    /// The lane has other ways too: from or to a step of this one.
    pub branches: bool,
    /// The lane has connectors that lead back; they are not counted.
    pub loops: bool,
    /// The part of the total that each step of the way works, from 0 to 1; empty while there is no time.
    pub shares: SortedMap<ElementId, f64>,
}

/// How long a way is: at most, at least, and in steps. The larger one is the longer way.
type Length = (u64, u64, usize);

/// The figures of a lane. A way begins where nothing leads to and goes forward to an end; where it could do so, it takes no detour that
/// only leads back. The longest is the one that takes longest at most, then at least, then in steps; of two that are alike the one
/// with the lower ids.
#[must_use]
pub fn figures(flow: &Flow, lane: Lane) -> Figures {
    let order = order(flow, lane);
    let mut figures = Figures {
        loops: !order.backs.is_empty(),
        ..Figures::default()
    };
    for id in longest(flow, &order) {
        figures.way.push(id);
        if let Some(step) = flow.steps.get(&id) {
            figures.work = figures.work.plus(step.work.unwrap_or_default());
            figures.timeless += usize::from(step.work.is_none());
        } else if let Some(wait) = flow.connectors.get(&id).and_then(|c| c.wait) {
            figures.wait = figures.wait.plus(wait);
            let longest = figures.longest_wait.map_or((0, 0), |(_, wait)| (wait.most, wait.least));
            if (wait.most, wait.least) > longest {
                figures.longest_wait = Some((id, wait));
            }
        }
    }
    let on_it: SortedSet<&ElementId> = figures.way.iter().collect();
    let mut others = order.forwards.values().flatten().filter(|id| !on_it.contains(id));
    let touches = |c: &Connector| on_it.contains(&c.from) || on_it.contains(&c.to);
    figures.branches = others.any(|id| flow.connectors.get(id).is_some_and(touches));
    figures.total = figures.work.plus(figures.wait);
    let (work, both) = (figures.work.middle(), figures.work.middle() + figures.wait.middle());
    if both > 0.0 {
        figures.efficiency = Some(percent(work / both));
        let share = |id: &ElementId| Some((*id, flow.steps.get(id)?.work.unwrap_or_default().middle() / both));
        figures.shares = figures.way.iter().filter_map(share).collect();
    }
    figures
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is from 0 to 1")]
fn percent(share: f64) -> u8 {
    (100.0 * share).round() as u8
}

/// The steps and connectors of the longest way.
fn longest(flow: &Flow, order: &Order) -> Vec<ElementId> {
    let long = |span: Option<Span>| span.map_or((0, 0), |span| (u64::from(span.most), u64::from(span.least)));
    let arrives = |step: &ElementId| order.arriving.contains(step);
    let forwards = order.forwards.values().flatten().filter_map(|id| flow.connectors.get(id));
    let led_to: SortedSet<ElementId> = forwards.map(|c| c.to).collect();
    // The longest way to each step, without the step itself, and the connector it comes by.
    let mut to: SortedMap<ElementId, (Length, Option<ElementId>)> = SortedMap::new();
    let mut end: Option<(Length, ElementId)> = None;
    for step in &order.steps {
        let before = match to.get(step) {
            Some((before, _)) => *before,
            None if led_to.contains(step) => continue,
            None => Length::default(),
        };
        let (most, least) = long(flow.steps.get(step).and_then(|step| step.work));
        let length = (before.0 + most, before.1 + least, before.2 + 1);
        if end.is_none_or(|(longest, last)| length > longest || (length == longest && *step < last)) {
            end = Some((length, *step));
        }
        for connector in order.forwards.get(step).into_iter().flatten() {
            let Some(c) = flow.connectors.get(connector).filter(|c| arrives(&c.to) || !arrives(step)) else {
                continue;
            };
            let (most, least) = long(c.wait);
            let length = (length.0 + most, length.1 + least, length.2);
            let known = to.entry(c.to).or_default();
            if known.1.is_none_or(|by| length > known.0 || (length == known.0 && *connector < by)) {
                *known = (length, Some(*connector));
            }
        }
    }
    let mut way = vec![];
    let mut at = end.map(|(_, step)| step);
    while let Some(step) = at {
        way.push(step);
        let by = to.get(&step).and_then(|(_, by)| *by);
        way.extend(by);
        at = by.and_then(|by| flow.connectors.get(&by)).map(|c: &Connector| c.from);
    }
    way.reverse();
    way
}

/// How many steps of both lanes are automated, and how many there are.
#[must_use]
pub fn automated(flow: &Flow) -> (usize, usize) {
    let automated = flow.steps.values().filter(|step| step.kind == Kind::Automated);
    (automated.count(), flow.steps.len())
}

/// How what the flow adds up to relates to the answer of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The two have a time in common.
    Fits,
    /// The flow takes longer than agreed.
    Longer,
    /// The flow takes less time than agreed.
    Shorter,
}

/// Whether a total fits the agreed answer; with a question that asks for no time it always does.
#[must_use]
pub fn fit(total: Span, metric: Metric, answer: Code) -> Fit {
    match time_of(metric, answer) {
        Some(time) if total.least > *time.end() => Fit::Longer,
        Some(time) if total.most < *time.start() => Fit::Shorter,
        _ => Fit::Fits,
    }
}

/// What to say on the screen when the way does not fit the agreed answer; nothing when it does, or while no time is written.
#[must_use]
pub fn remark(figures: &Figures, metric: Metric, answer: Code) -> Option<String> {
    let fit = fit(figures.total, metric, answer);
    if fit == Fit::Fits || figures.total.most == 0 {
        return None;
    }
    let total = figures.total.words();
    let agreed = question(metric).label(answer).to_lowercase();
    let missing = match figures.timeless {
        1 => "one step has no time yet".to_owned(),
        steps => format!("{steps} steps have no time yet"),
    };
    Some(match (fit, figures.timeless) {
        (_, 0) => format!("The flow adds up to {total}; you agreed on {agreed}. That difference is worth a conversation."),
        (Fit::Longer, _) => {
            format!(
                "The flow adds up to {total} already, while {missing}; you agreed on {agreed}. That difference is worth a conversation."
            )
        }
        _ => format!("So far the flow adds up to {total}, and {missing}; you agreed on {agreed}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::flow::Step;

    fn span(text: &str) -> Option<Span> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    /// Steps 1, 2, ... of these times, and connectors 101, 102, ... of these ends and waits.
    fn drawn(work: &[&str], waits: &[(u64, u64, &str)]) -> Flow {
        let step = |work: &&str| Step {
            work: span(work),
            ..Step::default()
        };
        let connector = |(from, to, wait): &(u64, u64, &str)| Connector {
            from: ElementId(*from),
            to: ElementId(*to),
            wait: span(wait),
            ..Connector::default()
        };
        Flow {
            steps: (1..).map(ElementId).zip(work.iter().map(step)).collect(),
            connectors: (101..).map(ElementId).zip(waits.iter().map(connector)).collect(),
            ..Flow::default()
        }
    }

    fn way(figures: &Figures) -> Vec<u64> {
        figures.way.iter().map(|id| id.0).collect()
    }

    #[test]
    fn work_and_waits_add_up() {
        let flow = drawn(&["6m", "1h", "30m-90m", ""], &[(1, 2, "2h"), (2, 3, "1d-3d"), (3, 4, "")]);
        let f = figures(&flow, Lane::Delivery);
        assert_eq!(way(&f), [1, 101, 2, 102, 3, 103, 4]);
        assert_eq!(f.work.to_string(), "1h36m-2h36m");
        assert_eq!(f.wait.to_string(), "1d2h-3d2h");
        assert_eq!(f.total.to_string(), "1d3h36m-3d4h36m");
        assert_eq!(f.efficiency, Some(4));
        assert_eq!(f.longest_wait, Some((ElementId(102), span("1d-3d").unwrap())));
        assert_eq!(f.timeless, 1);
        assert!(!f.branches && !f.loops);
        let shares: f64 = f.shares.values().sum();
        assert!((shares - f.work.middle() / f.total.middle()).abs() < 1e-9 && f.shares.len() == 4);
    }

    #[test]
    fn of_branches_the_longest_way_counts() {
        let steps = ["1h", "2h", "1h", "1h"];
        let f = figures(&drawn(&steps, &[(1, 2, ""), (1, 3, ""), (2, 4, ""), (3, 4, "")]), Lane::Delivery);
        assert_eq!((way(&f), f.branches), (vec![1, 101, 2, 103, 4], true));
        let f = figures(&drawn(&steps, &[(1, 2, ""), (1, 3, "2h"), (2, 4, ""), (3, 4, "")]), Lane::Delivery);
        assert_eq!(way(&f), [1, 102, 3, 104, 4]);
        let f = figures(&drawn(&steps, &[(1, 3, ""), (2, 3, ""), (3, 4, "")]), Lane::Delivery);
        assert_eq!(
            (way(&f), f.branches),
            (vec![2, 102, 3, 103, 4], true),
            "two that meet are branches too"
        );
        let f = figures(&drawn(&["", "", ""], &[(1, 2, ""), (3, 2, "")]), Lane::Delivery);
        assert_eq!(way(&f), [1, 101, 2], "alike: the lower id");
    }

    #[test]
    fn what_leads_back_is_left_out() {
        let f = figures(&drawn(&["1h", "1h"], &[(1, 2, "1h"), (2, 1, "9d")]), Lane::Delivery);
        assert_eq!((way(&f), f.loops, f.branches), (vec![1, 101, 2], true, false));
        assert_eq!(f.total, Span::exactly(3 * 3600));
    }

    #[test]
    fn a_detour_is_not_the_way() {
        // Of review 2, production 3 and rework 4, which leads back to the commit.
        let flow = drawn(&["5m", "1h", "5m", "9d"], &[(1, 2, "1d"), (2, 3, ""), (2, 4, ""), (4, 1, "1d")]);
        let f = figures(&flow, Lane::Delivery);
        assert_eq!((way(&f), f.loops, f.branches), (vec![1, 101, 2, 102, 3], true, true));
    }

    #[test]
    fn an_empty_lane_adds_up_to_nothing() {
        let f = figures(&drawn(&["1h"], &[]), Lane::Recovery);
        assert_eq!(f, Figures::default());
        let f = figures(&drawn(&["0m", ""], &[(1, 2, "")]), Lane::Delivery);
        assert_eq!((f.efficiency, f.shares.len(), f.total), (None, 0, Span::default()));
    }

    #[test]
    fn a_total_fits_where_the_times_touch() {
        let fits = |total: &str, metric, answer: usize| fit(total.parse().unwrap(), metric, Code::ALL[answer - 1]);
        for (total, answer, expected) in [
            ("59m", 6, Fit::Fits),
            ("1h", 6, Fit::Fits),
            ("1h1m", 6, Fit::Longer),
            ("30m", 5, Fit::Shorter),
            ("1d", 5, Fit::Fits),
            ("1d", 4, Fit::Fits),
            ("3d-9d", 5, Fit::Longer),
            ("3h-9d", 5, Fit::Fits),
            ("30d", 3, Fit::Fits),
            ("30d", 2, Fit::Fits),
            ("27d", 2, Fit::Shorter),
            ("185d", 2, Fit::Longer),
            ("180d", 1, Fit::Shorter),
            ("3650d", 1, Fit::Fits),
        ] {
            assert_eq!(fits(total, Metric::LeadTime, answer), expected, "{total} {answer}");
            assert_eq!(fits(total, Metric::TimeToRestore, answer), expected, "{total} {answer}");
            assert_eq!(fits(total, Metric::DeploymentFrequency, answer), Fit::Fits);
        }
    }

    #[test]
    fn the_screen_says_what_does_not_fit() {
        let says = |work: &[&str], answer: usize| {
            let flow = drawn(work, &[(1, 2, "1h")]);
            remark(&figures(&flow, Lane::Delivery), Metric::LeadTime, Code::ALL[answer - 1])
        };
        assert_eq!(
            says(&["1d", "2d"], 5).as_deref(),
            Some("The flow adds up to 3 d 1 h; you agreed on less than one day. That difference is worth a conversation.")
        );
        assert_eq!(
            says(&["1d", ""], 4).as_deref(),
            None,
            "it fits whatever the other step takes, as far as anybody knows"
        );
        assert_eq!(
            says(&["1m", ""], 4).as_deref(),
            Some("So far the flow adds up to 1 h 1 min, and one step has no time yet; you agreed on one day to one week.")
        );
        assert!(says(&["", ""], 5).is_none(), "an hour's wait");
        assert!(says(&["", ""], 3).unwrap().contains("2 steps have no time yet"));
        assert!(
            says(&["3d", ""], 6)
                .unwrap()
                .starts_with("The flow adds up to 3 d 1 h already, while one step has no time yet;")
        );
        assert_eq!(remark(&Figures::default(), Metric::LeadTime, Code::ALL[0]), None);
    }
}
