//! The events of surveys and focus.

use crate::{ANA, pin};
use checkpoint::domain::event::Event;
use checkpoint::domain::facts::{Capability, CapabilityKey, Item};
use checkpoint::domain::ids::NoteId;
use checkpoint::domain::maturity::Level;
use checkpoint::domain::survey::{Counted, Given, Likert, Results};
use checkpoint::domain::text::{ShortNote, Why};
use checkpoint::domain::{focus, survey};

#[test]
fn capabilities_are_surveyed() {
    use survey::Event as E;
    let capability = || CapabilityKey::new("ci");
    let full = Capability {
        key: capability(),
        title: "Continuous integration".to_owned(),
        title_2019: Some("CI".to_owned()),
        summary: "Built.".to_owned(),
        url: Some("https://dora.dev/".to_owned()),
        prompt: "Agree?".to_owned(),
        items: vec![
            Item {
                text: "One.".to_owned(),
                reversed: false,
            },
            Item {
                text: "Two.".to_owned(),
                reversed: true,
            },
        ],
        edition: Some("2019".to_owned()),
        mean: Some(66),
        level_mean: Some((Level::Medium, 61)),
    };
    let least = Capability {
        key: CapabilityKey::new("own-1"),
        title: "Ours".to_owned(),
        ..Capability::default()
    };
    let (round, person) = (1, ANA);
    let answered = |progress, given| E::Answered {
        capability: capability(),
        round,
        person,
        finished: false,
        progress,
        given,
    };
    let given = Given {
        item: 0,
        answer: Likert::new(4).unwrap(),
    };
    let results = Results {
        people: 4,
        finished: 2,
        items: vec![
            Counted {
                answered: 4,
                counts: Some([0, 1, 0, 2, 1]),
            },
            Counted { answered: 2, counts: None },
        ],
    };
    for (event, json) in [
        (
            E::Proposed {
                level: Some(Level::Elite),
                capabilities: vec![full],
            },
            r#"{"proposed":{"level":"elite","capabilities":[{"key":"ci","title":"Continuous integration","title_2019":"CI","summary":"Built.","url":"https://dora.dev/","prompt":"Agree?","items":[{"text":"One."},{"text":"Two.","reversed":true}],"edition":"2019","mean":66,"level_mean":["medium",61]}]}}"#,
        ),
        (
            E::Proposed {
                level: None,
                capabilities: vec![],
            },
            r#"{"proposed":{"capabilities":[]}}"#,
        ),
        (
            E::Chosen(vec![least]),
            r#"{"chosen":[{"key":"own-1","title":"Ours","summary":"","items":[]}]}"#,
        ),
        (
            E::Opened {
                capability: capability(),
                round,
            },
            r#"{"opened":{"capability":"ci","round":1}}"#,
        ),
        (
            answered(Some(1), Some(given)),
            r#"{"answered":{"capability":"ci","round":1,"person":2,"finished":false,"progress":1,"given":{"item":0,"answer":4}}}"#,
        ),
        (
            answered(None, None),
            r#"{"answered":{"capability":"ci","round":1,"person":2,"finished":false}}"#,
        ),
        (
            E::Closed {
                capability: capability(),
                round,
                results,
            },
            r#"{"closed":{"capability":"ci","round":1,"results":{"people":4,"finished":2,"items":[{"answered":4,"counts":[0,1,0,2,1]},{"answered":2}]}}}"#,
        ),
    ] {
        pin(&Event::Survey(event), &format!(r#"{{"survey":{json}}}"#));
    }
}

#[test]
fn a_focus_is_chosen_and_notes_are_put_on_its_board() {
    use focus::Event as E;
    let capability = || CapabilityKey::new("ci");
    let text = || ShortNote::parse("Slow").unwrap();
    let note = NoteId(9);
    for (event, json) in [
        (
            E::Set {
                capability: capability(),
                why: Why::parse("So").unwrap(),
            },
            r#"{"set":{"capability":"ci","why":"So"}}"#,
        ),
        (E::Undone, r#""undone""#),
        (
            E::NoteAdded {
                note,
                capability: capability(),
                text: text(),
                by: ANA,
            },
            r#"{"note_added":{"note":9,"capability":"ci","text":"Slow","by":2}}"#,
        ),
        (E::NoteEdited { note, text: text() }, r#"{"note_edited":{"note":9,"text":"Slow"}}"#),
        (E::NoteRemoved(note), r#"{"note_removed":9}"#),
    ] {
        pin(&Event::Focus(event), &format!(r#"{{"focus":{json}}}"#));
    }
}
