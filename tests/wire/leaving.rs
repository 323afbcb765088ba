//! What is left out of the page, as it stands in the log.

use crate::pin;
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::{ActionId, NoteId, StepId, StickyId};
use checkpoint::domain::summary::{self, Part, Section};

#[test]
fn what_is_left_out() {
    for (part, json) in parts() {
        pin(
            &Event::Summary(summary::Event::LeftOut(part)),
            &format!(r#"{{"summary":{{"left_out":{json}}}}}"#),
        );
    }
    pin(
        &Event::Summary(summary::Event::PutBack(Part::FocusReason)),
        r#"{"summary":{"put_back":"focus_reason"}}"#,
    );
    pin(
        &Event::Summary(summary::Event::NumbersOnly(true)),
        r#"{"summary":{"numbers_only":true}}"#,
    );
}

/// One part of each kind, and every section.
fn parts() -> Vec<(Part, String)> {
    let sections = [
        (Section::Scope, "scope"),
        (Section::Dissent, "dissent"),
        (Section::Capabilities, "capabilities"),
        (Section::Flow, "flow"),
        (Section::Improvements, "improvements"),
        (Section::Actions, "actions"),
        (Section::Since, "since"),
        (Section::Timeline, "timeline"),
    ];
    let sections = sections.map(|(section, name)| (Part::Section(section), format!(r#"{{"section":"{name}"}}"#)));
    let single = [
        (Part::Reason(StepId(4)), r#"{"reason":4}"#),
        (Part::FocusReason, r#""focus_reason""#),
        (Part::CapabilityNote(NoteId(5)), r#"{"capability_note":5}"#),
        (Part::Improvement(StickyId(6)), r#"{"improvement":6}"#),
        (Part::Action(ActionId(7)), r#"{"action":7}"#),
        (Part::Earlier(ActionId(8)), r#"{"earlier":8}"#),
        (Part::Moment(9), r#"{"moment":9}"#),
    ];
    sections
        .into_iter()
        .chain(single.map(|(part, json)| (part, json.to_owned())))
        .collect()
}
