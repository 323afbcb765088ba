//! What the page of a survey says, and above all what it does not say before it is closed.

use super::*;
use crate::domain::agenda::default_steps;
use crate::domain::code::JoinCode;
use crate::domain::event::Event;
use crate::domain::facts::Catalogue;
use crate::domain::ids::ParticipantId;
use crate::domain::people::{self, Role};
use crate::domain::scene::Scope;
use crate::domain::survey::{self as model, Given, Likert, Results, Sheet};
use crate::domain::text::{DisplayName, PersonName, SquadName};
use crate::domain::vote::Options;
use crate::domain::workshop::Created;
use crate::ui::steps::seat;
use chrono::NaiveDate;

pub(in crate::ui) const STEP: StepId = StepId(9);
pub(in crate::ui) const VAL: ParticipantId = ParticipantId(1);
pub(in crate::ui) const ANA: ParticipantId = ParticipantId(2);
pub(in crate::ui) const RAJ: ParticipantId = ParticipantId(3);
pub(in crate::ui) const APO: ParticipantId = ParticipantId(4);

fn key() -> CapabilityKey {
    CapabilityKey::new("working-in-small-batches")
}

pub(in crate::ui) fn capability() -> Capability {
    Catalogue::with_own(vec![]).get(&key()).cloned().expect("it is in the catalogue")
}

fn answered(person: ParticipantId, item: u32, n: u8) -> Event {
    Event::Survey(model::Event::Answered {
        capability: key(),
        round: 1,
        person,
        finished: item == 2,
        progress: Some(item + 1),
        given: Some(Given {
            item,
            answer: Likert::new(n).expect("one of five"),
        }),
    })
}

/// A survey of small batches: Ana has answered everything, Raj one statement.
pub(in crate::ui) fn open(raj: u8) -> Vec<Event> {
    let created = Created {
        squad: SquadName::parse("Partner Tooling").expect("valid in this test"),
        tribe: None,
        code: JoinCode::from_bits(7),
        held_on: NaiveDate::from_ymd_opt(2023, 1, 10).expect("valid in this test"),
        facilitator: PersonName::parse("Varuna").expect("valid in this test"),
        industry: None,
        options: Options::default(),
        steps: default_steps(false),
        scope: Scope::default(),
        previous: None,
        minutes: None,
        texts: [].into(),
        rehearsal: false,
    };
    let joined = |participant, name: &str, role| {
        Event::People(people::Event::Joined {
            participant,
            name: DisplayName::parse(name).expect("valid in this test"),
            role,
            account: None,
        })
    };
    let mut events = vec![
        Event::Created(Box::new(created)),
        joined(VAL, "Varuna", Role::Facilitator),
        joined(ANA, "Ana", Role::Member),
        joined(RAJ, "Raj", Role::Member),
        joined(APO, "Apostolis", Role::Observer),
        Event::Agenda(crate::domain::agenda::Event::Started),
        Event::Survey(model::Event::Chosen(vec![capability()])),
        Event::Survey(model::Event::Opened {
            capability: key(),
            round: 1,
        }),
    ];
    events.extend((0..3).map(|item| answered(ANA, item, 4)));
    events.push(answered(RAJ, 0, raj));
    events
}

pub(in crate::ui) fn closed(sheets: &[&[u8]]) -> Vec<Event> {
    let sheet = |answers: &&[u8]| Sheet {
        finished: answers.len() == 3,
        progress: None,
        marks: (0..).zip(answers.iter().map(|n| Likert::new(*n).expect("one of five"))).collect(),
    };
    let results = Results::count(3, &sheets.iter().map(sheet).collect::<Vec<_>>());
    let mut events = open(2);
    events.push(Event::Survey(model::Event::Closed {
        capability: key(),
        round: 1,
        results,
    }));
    events
}

/// The page of the surveys as one person gets it.
fn page(events: &[Event], you: ParticipantId) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        seat::take(events, &[VAL, ANA, RAJ, APO], you);
        view! {
            <Surveys step=STEP/>
            <SurveyControls/>
        }
        .to_html()
    });
    html.replace("<!>", "").replace("<!--hot-reload-->", "")
}

/// The values of the checked radio buttons.
fn checked(html: &str) -> Vec<String> {
    let tags = html.split("<input").skip(1).filter_map(|tag| tag.split('>').next());
    let chosen = tags.filter(|tag| tag.contains(" checked"));
    chosen
        .filter_map(|tag| Some(tag.split("value=\"").nth(1)?.split('"').next()?.to_owned()))
        .collect()
}

#[test]
fn an_open_survey_shows_ones_own_answers_and_nobody_elses() {
    let events = open(2);
    assert_eq!(checked(&page(&events, ANA)), ["4", "4", "4"]);
    assert_eq!(checked(&page(&events, RAJ)), ["2"]);
    assert!(checked(&page(&events, VAL)).is_empty() && checked(&page(&events, APO)).is_empty());
    for you in [ANA, RAJ, VAL, APO] {
        let html = page(&events, you);
        assert!(html.contains("1 of 2 people have finished"), "{html}");
        assert_eq!(
            html.matches("<fieldset class=\"item\"").count() + html.matches("class=\"item\"").count(),
            3,
            "{html}"
        );
        for word in ["class=\"counted\"", "class=\"dist\"", "Score "] {
            assert!(!html.contains(word), "{word}: {html}");
        }
    }
    // With another answer of Raj's, the others' pages are the same to the letter.
    for you in [ANA, VAL, APO] {
        assert_eq!(page(&open(5), you), page(&events, you));
    }
}

#[test]
fn who_cannot_answer_reads_why() {
    assert!(page(&open(2), APO).contains("You observe this checkpoint"));
    assert!(page(&open(2), VAL).contains("In this checkpoint the facilitator does not answer."));
    assert!(!page(&open(2), ANA).contains("does not answer"));
}

#[test]
fn a_closed_survey_tells_each_what_became_of_their_answers() {
    let events = closed(&[&[4, 4, 4], &[2], &[5, 4], &[1, 5, 5]]);
    assert!(page(&events, ANA).contains("All your answers counted."));
    assert!(page(&events, RAJ).contains("1 of your 3 answers counted"), "{}", page(&events, RAJ));
    assert!(!page(&events, APO).contains("your"), "an observer had none");
    let html = page(&events, ANA);
    assert!(html.contains("4 people answered, 2 of them all statements."), "{html}");
    // Widest apart first: 4 2 5 1, then the rest.
    assert!(
        html.contains(r#"aria-label="1 strongly disagree, 1 disagree, 1 agree, 1 strongly agree""#),
        "{html}"
    );
    assert!(html.contains("2 answers: too few to show"), "{html}");
    assert!(html.contains("There is no score") && !html.contains("class=\"score\""), "{html}");
}

/// A screen reader hears only what comes into a region that stood in the page before.
#[test]
fn the_region_of_the_outcome_stands_before_the_closing() {
    let said = |events: &[Event]| {
        let html = page(events, ANA);
        let heading = html.split(r#"id="survey-title""#).nth(1).expect("the heading is there").to_owned();
        let region = heading.split(r#"<p role="status">"#).nth(1).expect("so is the region").to_owned();
        let (words, rest) = region.split_once("</p>").expect("it ends");
        assert!(
            rest.starts_with(r#"<div class="survey-one__body">"#),
            "what is built anew is outside: {rest}"
        );
        words.to_owned()
    };
    assert_eq!(said(&open(2)), "");
    let mut events = closed(&[&[4, 4, 4], &[4, 4, 4], &[4, 4, 4]]);
    assert_eq!(said(&events), "The survey is closed. All your answers counted.");
    events.push(Event::Survey(model::Event::Opened {
        capability: key(),
        round: 2,
    }));
    assert_eq!(said(&events), "", "the next round is open");
}

#[test]
fn the_heading_of_a_survey_can_take_the_focus_of_its_form() {
    for events in [open(2), closed(&[&[4, 4, 4], &[2]])] {
        assert!(page(&events, ANA).contains(r#"<h2 id="survey-title" tabindex="-1">Working in small batches</h2>"#));
    }
}

#[test]
fn the_score_stands_beside_the_mean() {
    let html = page(&closed(&[&[4, 4, 4], &[4, 4, 4], &[4, 4, 4]]), VAL);
    assert!(html.contains("Score 75 of 100, mean of all 61"), "{html}");
    assert!(html.contains(">New round</button>") || html.contains("New round"), "{html}");
}
