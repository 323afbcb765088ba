//! What the screen of the meeting room says in each step, above all what it does not say.

use super::*;
use crate::api::planning;
use crate::domain::audience::Audience;
use crate::domain::event::Event;
use crate::domain::ids::NoteId;
use crate::domain::metric::Metric;
use crate::domain::text::{ShortNote, StepTitle, Why};
use crate::domain::{agenda, focus, plan, summary, vote as model, warmup};
use crate::ui::steps::seat;
use crate::ui::steps::surveys::tests::{ANA, APO, RAJ, VAL, capability, closed, open};

const WELCOME: StepId = StepId(1);
const SCENE: StepId = StepId(3);
const MATURITY: StepId = StepId(8);
const SURVEYS: StepId = StepId(9);
const FOCUS: StepId = StepId(10);
const SUMMARY: StepId = StepId(15);

/// The wall after these events, with the squad at a step whose text is this.
fn wall(events: &[Event], at: StepId, text: &str) -> String {
    let mut events = events.to_vec();
    if at != WELCOME {
        events.push(Event::Agenda(agenda::Event::Entered(at)));
    }
    let owner = Owner::new();
    let html = owner.with(|| {
        let mut view = seat::view(&events, &[VAL, ANA, RAJ, APO], Audience::Everyone);
        let source = String::new();
        view.texts.insert(
            at,
            planning::StepText {
                source,
                html: text.to_owned(),
            },
        );
        view! { <Wall view/> }.to_html()
    });
    html.replace("<!>", "").replace("<!--hot-reload-->", "")
}

fn all_agree() -> Vec<Event> {
    let agreed = |step: u32| {
        Event::Vote(model::Event::Agreed {
            step: StepId(step),
            answer: Code::new(5).expect("one of six"),
            why: Why::default(),
        })
    };
    (4..8).map(agreed).collect()
}

fn everybody_answers() -> Vec<Event> {
    closed(&[&[4, 4, 4], &[4, 4, 4], &[4, 4, 4]])
}

fn confirmed() -> Event {
    Event::Focus(focus::Event::Set {
        capability: capability().key,
        why: Why::parse("Merges <b>hurt</b>").expect("valid in this test"),
    })
}

#[test]
fn welcome_has_the_way_in_its_text_and_how_many_have_answered() {
    let answered = |by| Event::WarmUp(warmup::Event::Answered { by, option: Some(3) });
    let mut events = open(2);
    events.extend([answered(ANA), answered(RAJ)]);
    let html = wall(&events, WELCOME, "<p>Why we are here</p>");
    for part in [
        "<p>Why we are here</p>",
        "with the code",
        warmup::QUESTION,
        "2 of 4 people answered",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("warmup__counts") && !html.contains("By car"), "{html}");
    assert!(!html.contains("<button") && !html.contains("<input"), "{html}");
    events.push(Event::WarmUp(warmup::Event::Shown([0, 0, 0, 2])));
    let html = wall(&events, WELCOME, "");
    assert!(html.contains("<b>2</b> By car") && !html.contains("people answered on"), "{html}");
}

#[test]
fn a_welcome_of_another_name_is_called_by_it() {
    let mut events = open(2);
    let title = Some(StepTitle::parse("Good morning").expect("valid in this test"));
    events.push(Event::Plan(plan::Event::Renamed { step: WELCOME, title }));
    assert!(wall(&events, WELCOME, "").contains("<h1>Good morning</h1>"));
}

#[test]
fn texts_stand_beside_the_lines_and_in_own_steps() {
    let html = wall(&open(2), SCENE, "<p>Four measures</p>");
    assert!(html.contains("Not said yet") && html.contains("<p>Four measures</p>"), "{html}");
    let mut events = open(2);
    let step = agenda::Step::new(StepId(20), StepKind::Talk);
    events.push(Event::Plan(plan::Event::Added { step, after: None }));
    let html = wall(&events, StepId(20), "<p>Bring your coffee</p>");
    assert!(
        html.contains("<p>Bring your coffee</p>") && html.contains("<h1>Own step</h1>"),
        "{html}"
    );
}

#[test]
fn an_open_survey_says_how_many_have_finished_and_no_answer() {
    let html = wall(&open(2), SURVEYS, "");
    assert!(html.contains("1 of 2 people have finished"), "{html}");
    assert!(html.contains(&format!("<h2>{}</h2>", capability().title)), "{html}");
    for item in capability().items {
        assert!(html.contains(&item.text.replace('&', "&amp;")), "{html}");
    }
    for word in ["class=\"counted\"", "class=\"dist\"", "Score ", "<input", "<button"] {
        assert!(!html.contains(word), "{word}: {html}");
    }
    // With another answer of Raj's it is the same to the letter.
    assert_eq!(wall(&open(5), SURVEYS, ""), html);
}

#[test]
fn a_closed_survey_has_its_counts_and_is_nobodys() {
    let html = wall(&everybody_answers(), SURVEYS, "");
    assert!(html.contains("Score 75 of 100, mean of all 61"), "{html}");
    assert_eq!(html.matches(r#"aria-label="3 agree""#).count(), 3, "{html}");
    assert!(!html.contains("your answers") && !html.contains("You did not answer"), "{html}");
    let few = wall(&closed(&[&[4, 4, 4], &[2]]), SURVEYS, "");
    assert!(few.contains("There is no score") && few.contains("too few to show"), "{few}");
    assert!(!few.contains("class=\"dist\""), "{few}");
}

#[test]
fn the_focus_has_its_rows_notes_and_what_was_confirmed() {
    assert!(wall(&open(2), FOCUS, "").contains("No survey is closed yet"));
    let mut events = everybody_answers();
    events.push(Event::Focus(focus::Event::NoteAdded {
        note: NoteId(1),
        capability: capability().key,
        text: ShortNote::parse("Branches live for days").expect("valid in this test"),
        by: ANA,
    }));
    let html = wall(&events, FOCUS, "");
    assert!(html.contains("Branches live for days") && html.contains("Suggested"), "{html}");
    assert!(html.contains("<b>75</b>") && html.contains(">LOW<"), "{html}");
    assert!(!html.contains("<button") && !html.contains("<form"), "{html}");
    events.push(confirmed());
    let html = wall(&events, FOCUS, "");
    assert!(
        html.contains("You work on this first: ") && html.contains("Merges &lt;b&gt;hurt"),
        "{html}"
    );
}

#[test]
fn maturity_and_summary_say_what_is_still_open_then_the_level() {
    for step in [MATURITY, SUMMARY] {
        let html = wall(&open(2), step, "");
        assert!(html.contains("The result needs all four answers"), "{html}");
        assert!(html.contains(&format!("<li>{}</li>", Metric::LeadTime.name())), "{html}");
    }
    let mut events = everybody_answers();
    events.extend(all_agree());
    events.push(confirmed());
    let html = wall(&events, SUMMARY, "");
    for part in ["Not published yet.", "<em>High</em>", "You work on this first: "] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("<button") && !html.contains("Open the published page"), "{html}");
    events.push(Event::Summary(summary::Event::Published { revision: 1 }));
    assert!(wall(&events, SUMMARY, "").contains("Published as revision 1."));
}
