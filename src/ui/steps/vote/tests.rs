//! What the page of a vote says, and above all what it does not say before the reveal.

use super::*;
use crate::domain::agenda::{self, default_steps};
use crate::domain::code::JoinCode;
use crate::domain::event::Event;
use crate::domain::ids::ParticipantId;
use crate::domain::metric::Code;
use crate::domain::people::{self, Role};
use crate::domain::scene::Scope;
use crate::domain::text::{DisplayName, PersonName, SquadName, Why};
use crate::domain::vote::{self as model, Answer, Ballot, Confidence, Hands, Options, Secrecy, Tally};
use crate::domain::workshop::Created;
use crate::ui::steps::seat;
use chrono::NaiveDate;

const STEP: StepId = StepId(4);
const VAL: ParticipantId = ParticipantId(1);
const ANA: ParticipantId = ParticipantId(2);
const RAJ: ParticipantId = ParticipantId(3);
const APO: ParticipantId = ParticipantId(4);

fn created(secrecy: Secrecy) -> Event {
    Event::Created(Box::new(Created {
        squad: SquadName::parse("Partner Tooling").expect("valid in this test"),
        tribe: None,
        code: JoinCode::from_bits(7),
        held_on: NaiveDate::from_ymd_opt(2023, 1, 10).expect("valid in this test"),
        facilitator: PersonName::parse("Varuna").expect("valid in this test"),
        industry: None,
        options: Options {
            secrecy,
            ..Options::default()
        },
        steps: default_steps(false),
        scope: Scope::default(),
        previous: None,
        minutes: None,
        texts: [].into(),
        rehearsal: false,
    }))
}

fn joined(participant: ParticipantId, name: &str, role: Role) -> Event {
    Event::People(people::Event::Joined {
        participant,
        name: DisplayName::parse(name).expect("valid in this test"),
        role,
        account: None,
    })
}

fn code(n: u8) -> Code {
    Code::new(n).expect("valid in this test")
}

fn ballot(n: u8, confidence: Confidence) -> Ballot {
    Ballot {
        answer: Answer::Code(code(n)),
        confidence: Some(confidence),
    }
}

fn cast(voter: ParticipantId, ballot: Ballot) -> Event {
    Event::Vote(model::Event::Cast {
        step: STEP,
        round: 1,
        voter,
        ballot: Some(ballot),
    })
}

/// A room on its first vote: a facilitator, two members, an observer; both members have voted.
fn voted(secrecy: Secrecy) -> Vec<Event> {
    vec![
        created(secrecy),
        joined(VAL, "Varuna", Role::Facilitator),
        joined(ANA, "Ana", Role::Member),
        joined(RAJ, "Raj", Role::Member),
        joined(APO, "Apostolis", Role::Observer),
        Event::Agenda(agenda::Event::Entered(STEP)),
        cast(ANA, ballot(5, Confidence::Guess)),
        cast(RAJ, ballot(2, Confidence::Measured)),
    ]
}

fn revealed(secrecy: Secrecy, hands: &Hands) -> Vec<Event> {
    let ballots = [(ANA, ballot(5, Confidence::Guess)), (RAJ, ballot(4, Confidence::Guess))];
    let tally = Tally::count(ballots.iter().map(|(id, b)| (*id, b)), Some(hands), secrecy == Secrecy::Open);
    let mut events = voted(secrecy);
    events.push(Event::Vote(model::Event::Revealed {
        step: STEP,
        round: 1,
        tally,
        last_time: Some(code(3)),
    }));
    events
}

/// The page of the vote as one person gets it.
fn page(events: &[Event], you: ParticipantId) -> String {
    let owner = Owner::new();
    owner.with(|| {
        seat::take(events, &[VAL, ANA, RAJ, APO], you);
        view! {
            <VoteStep step=STEP metric=Metric::LeadTime/>
            <VoteControls step=STEP/>
        }
        .to_html()
    })
}

/// The same without the comments that hydration needs.
fn plain(html: &str) -> String {
    html.replace("<!>", "").replace("<!--hot-reload-->", "")
}

#[test]
fn the_ballot_is_a_radio_group_named_by_its_question() {
    let html = plain(&page(&voted(Secrecy::Anonymous), ANA));
    assert!(html.contains(r#"role="radiogroup" aria-labelledby="question-4""#), "{html}");
    assert!(
        html.contains(r#"<legend id="question-4" class="vote__q">For the primary application"#),
        "{html}"
    );
    assert!(html.contains("<strong>lead time for changes</strong>"), "{html}");
    assert_eq!(html.matches(r#"name="lead_time""#).count(), 7);
    for label in facts_labels() {
        assert!(html.contains(&format!("<span>{label}</span>")), "{label}: {html}");
    }
    assert!(html.contains("Step 4 of 16, Speed, round 1"), "{html}");
}

fn facts_labels() -> impl Iterator<Item = &'static str> {
    crate::domain::facts::question(Metric::LeadTime)
        .options
        .iter()
        .map(String::as_str)
        .chain(["Not sure"])
}

#[test]
fn before_the_reveal_a_page_holds_nobody_elses_answer() {
    let chosen = |html: &str| {
        let at = |value: &str| {
            html.split("<input")
                .any(|tag| tag.contains(&format!(r#"value="{value}""#)) && tag.split('>').next().is_some_and(|t| t.contains(" checked")))
        };
        ["1", "2", "3", "4", "5", "6", "unsure"]
            .into_iter()
            .filter(|value| at(value))
            .collect::<Vec<_>>()
    };
    let pages = [ANA, RAJ, VAL, APO].map(|you| plain(&page(&voted(Secrecy::Open), you)));
    assert_eq!(pages.each_ref().map(|html| chosen(html)), [vec!["5"], vec!["2"], vec![], vec![]]);
    for html in &pages {
        assert!(html.contains("2 of 2 voted"), "{html}");
        for word in ["results", "Median", "Last time", "reading\"", "guesses", "names"] {
            assert!(!html.contains(word), "{word}: {html}");
        }
    }
    // With another answer of Raj's, Ana's page is the same to the letter.
    let mut other = voted(Secrecy::Open);
    other.pop();
    other.push(cast(RAJ, ballot(6, Confidence::Remember)));
    assert_eq!(page(&other, ANA), page(&voted(Secrecy::Open), ANA));
    assert_eq!(page(&other, VAL), page(&voted(Secrecy::Open), VAL));
}

#[test]
fn who_cannot_vote_reads_why() {
    let html = |you| plain(&page(&voted(Secrecy::Anonymous), you));
    assert!(html(APO).contains("You observe this checkpoint"));
    assert!(html(VAL).contains("In this checkpoint the facilitator does not vote."));
    assert!(
        html(VAL).contains("<fieldset disabled") || html(VAL).contains(r#"question-4" disabled"#),
        "{}",
        html(VAL)
    );
    assert!(!html(ANA).contains("does not vote"));
    let mut gone_on = voted(Secrecy::Anonymous);
    gone_on.push(Event::Agenda(agenda::Event::Entered(StepId(6))));
    assert!(plain(&page(&gone_on, ANA)).contains("The squad has gone on."));
    gone_on.push(Event::Agenda(agenda::Event::Entered(StepId(1))));
    assert!(plain(&page(&gone_on, ANA)).contains("This vote opens when the squad gets here."));
}

#[test]
fn after_the_reveal_the_answers_are_bars_with_their_counts() {
    let hands = Hands {
        counts: [0, 0, 0, 2, 0, 0],
        not_sure: 1,
    };
    let html = plain(&page(&revealed(Secrecy::Anonymous, &hands), ANA));
    assert!(html.contains("Neighbouring answers"), "{html}");
    for part in [
        r#"<rect width="60.0%""#,
        r#"<rect width="20.0%""#,
        "<b>3</b>",
        "<b>1</b>",
        "2 hands",
        "1 hand",
        "Median, suggested",
        "Last time",
        "Not sure",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(html.contains("One day to one week: 2 of 2 are guesses"), "{html}");
    assert!(html.contains("one answer better now"), "{html}");
    assert!(!html.contains(r#"class="names""#) && !html.contains("radiogroup"), "{html}");
}

#[test]
fn open_ballots_have_names_after_the_reveal() {
    let html = plain(&page(&revealed(Secrecy::Open, &Hands::default()), VAL));
    assert!(html.contains(r#"<span class="names">Ana (a guess)</span>"#), "{html}");
    assert!(html.contains(r#"<span class="names">Raj (a guess)</span>"#), "{html}");
}

#[test]
fn the_agreed_answer_has_its_flag_and_its_why() {
    let mut events = revealed(Secrecy::Anonymous, &Hands::default());
    let why = Why::parse("Review takes <b>two days</b>").expect("valid in this test");
    events.push(Event::Vote(model::Event::Agreed {
        step: STEP,
        answer: code(5),
        why,
    }));
    let html = plain(&page(&events, VAL));
    assert!(html.contains("result--agreed") && html.contains("chip--agreed"), "{html}");
    assert!(html.contains("You agreed: Less than one day"), "{html}");
    assert!(html.contains("Review takes &lt;b&gt;two days&lt;/b&gt;"), "{html}");
    assert!(html.contains("Undo agreement") && !html.contains("Median, suggested"), "{html}");
}

#[test]
fn the_bar_offers_what_can_be_done_now() {
    let before = plain(&page(&voted(Secrecy::Anonymous), VAL));
    assert!(before.contains("Reveal votes") && before.contains("Raised hands") && !before.contains("Vote again"));
    let after = plain(&page(&revealed(Secrecy::Anonymous, &Hands::default()), VAL));
    assert!(
        after.contains(">Agree</button>") && after.contains(">Vote again</button>") && !after.contains("Reveal votes"),
        "{after}"
    );
    // The worse of two middle answers is suggested.
    assert!(after.contains(r#"<option value="4" selected"#), "{after}");
}

#[test]
fn keys_stand_for_answers() {
    assert_eq!(keys::answer_of("1"), Some(Answer::Code(code(1))));
    assert_eq!(keys::answer_of("6"), Some(Answer::Code(code(6))));
    assert_eq!(keys::answer_of("0"), Some(Answer::NotSure));
    assert_eq!(keys::answer_of("n"), Some(Answer::NotSure));
    assert_eq!(keys::answer_of("7"), None);
    assert_eq!(keys::answer_of("Enter"), None);
}
