//! What a document says of a flow: the picture, the figures with what follows from them, and the flow as text.
//!
//! Made where the layout is: on the server for pages and exports, in the browser for the room. Whoever shows it needs no more.

use super::figures::{Figures, automated, figures, remark};
use super::layout::layout;
use super::outline;
use super::scene::{Scene, scene};
use super::{Flow, Lane};
use crate::domain::facts::question;
use crate::domain::metric::{Code, Metric};
use serde::{Deserialize, Serialize};

/// A figure with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// "Flow efficiency".
    pub name: String,
    /// "22 %".
    pub value: String,
    /// What is to be said about it, or empty.
    pub more: String,
}

/// What a document says of a flow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What is drawn.
    pub picture: Scene,
    /// The figures, the time to production first.
    pub facts: Vec<Fact>,
    /// Whole sentences about how it fits what the squad agreed, and about what was not counted.
    pub remarks: Vec<String>,
    /// The flow as text.
    pub outline: String,
}

/// Everything about a flow; `agreed` knows the answers of the votes.
#[must_use]
pub fn report(flow: &Flow, agreed: impl Fn(Metric) -> Option<Code>) -> Report {
    Report {
        picture: scene(flow, &layout(flow)),
        facts: facts(flow),
        remarks: remarks(flow, agreed),
        outline: outline::write(flow),
    }
}

/// The figures; those without a time are left out.
#[must_use]
pub fn facts(flow: &Flow) -> Vec<Fact> {
    let [delivery, recovery] = Lane::ALL.map(|lane| figures(flow, lane));
    let fact = |name: &str, value: String, more: String| Fact {
        name: name.to_owned(),
        value,
        more,
    };
    let mut facts = vec![];
    if delivery.total.most > 0 {
        let parts = format!("{} work, {} waiting", delivery.work.words(), delivery.wait.words());
        facts.push(fact("Commit to production", delivery.total.words(), parts));
    }
    if let Some(percent) = delivery.efficiency {
        facts.push(fact("Flow efficiency", format!("{percent} %"), "work of the whole time".to_owned()));
    }
    if let Some((connector, wait)) = delivery.longest_wait {
        let to = flow.connectors.get(&connector).and_then(|c| flow.steps.get(&c.to));
        let before = to.map_or(String::new(), |step| format!("before {}", step.name.as_str()));
        facts.push(fact("Longest wait", wait.words(), before));
    }
    let (machines, all) = automated(flow);
    if all > 0 {
        facts.push(fact("Automated steps", format!("{machines} of {all}"), String::new()));
    }
    if recovery.total.most > 0 {
        facts.push(fact("Alert to fixed", recovery.total.words(), String::new()));
    }
    facts
}

/// How the flow fits what was agreed, and what the figures leave out.
#[must_use]
pub fn remarks(flow: &Flow, agreed: impl Fn(Metric) -> Option<Code>) -> Vec<String> {
    let mut remarks = vec![];
    for (lane, metric) in [(Lane::Delivery, Metric::LeadTime), (Lane::Recovery, Metric::TimeToRestore)] {
        let figures = figures(flow, lane);
        if let Some(answer) = agreed(metric).filter(|_| figures.total.most > 0) {
            remarks.push(fitting(&figures, metric, answer));
        }
        remarks.extend(left_out(&figures, lane));
    }
    remarks
}

fn fitting(figures: &Figures, metric: Metric, answer: Code) -> String {
    let fits = || {
        let agreed = question(metric).label(answer).to_lowercase();
        format!(
            "{} fits what you agreed for {}: {agreed}.",
            figures.total.words(),
            metric.name().to_lowercase()
        )
    };
    remark(figures, metric, answer).unwrap_or_else(fits)
}

fn left_out(figures: &Figures, lane: Lane) -> Option<String> {
    let way = lane.way();
    Some(match (figures.branches && figures.total.most > 0, figures.loops) {
        (true, true) => format!("From {way} the longest way is counted; ways back are not."),
        (true, false) => format!("From {way} the longest way is counted."),
        (false, true) => format!("From {way} the ways back are not counted."),
        (false, false) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_says_what_the_room_saw() {
        let flow = outline::read("commit 10m a\n> [3h] review 30m m\n> [20m] deploy 1h a\n> (red) commit").unwrap();
        let lines = |flow: &Flow| -> Vec<String> {
            facts(flow)
                .into_iter()
                .map(|f| format!("{}: {} ({})", f.name, f.value, f.more))
                .collect()
        };
        assert_eq!(
            lines(&flow),
            [
                "Commit to production: 5 h (1 h 40 min work, 3 h 20 min waiting)",
                "Flow efficiency: 33 % (work of the whole time)",
                "Longest wait: 3 h (before review)",
                "Automated steps: 2 of 3 ()",
            ]
        );
        let said = |answer: u8| remarks(&flow, |metric| (metric == Metric::LeadTime).then(|| Code::new(answer)).flatten());
        assert_eq!(
            said(5),
            [
                "5 h fits what you agreed for lead time for changes: less than one day.",
                "From commit to production the ways back are not counted.",
            ]
        );
        assert!(
            said(4).first().is_some_and(|first| first.contains("worth a conversation")),
            "{:?}",
            said(4)
        );
        assert_eq!(lines(&Flow::default()), [""; 0]);
        assert_eq!(remarks(&Flow::default(), |_| Code::new(3)), [""; 0]);
    }
}
