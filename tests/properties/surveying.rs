//! What is published of a survey depends on how many gave which answer, never on who, and on nothing where too few answered.

use crate::cases;
use crate::story::{ANA, BEN, CEM, FAY, OLA, Story, created};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::event::Event;
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::ids::ParticipantId;
use checkpoint::domain::survey::{self, ENOUGH, Likert, order, score};
use checkpoint::domain::vote::Options;
use checkpoint::domain::{agenda, survey::Results};
use proptest::prelude::*;

const PEOPLE: [ParticipantId; 4] = [FAY, ANA, BEN, CEM];
/// Statements of the survey that is asked.
const ITEMS: usize = 3;

/// What each of the four answers to each statement; nothing where they skip it.
type Answers = [[Option<u8>; ITEMS]; 4];

fn key() -> CapabilityKey {
    CapabilityKey::new("working-in-small-batches")
}

fn answers() -> impl Strategy<Value = Answers> {
    let answer = || prop::option::weighted(0.7, 1u8..=5);
    let sheet = move || [answer(), answer(), answer()];
    [sheet(), sheet(), sheet(), sheet()]
}

/// The survey from its opening to its end.
fn held(answers: &Answers) -> Story {
    let options = Options {
        facilitator_votes: true,
        ..Options::default()
    };
    let mut story = Story::new(created(options, false, None));
    let mut does = |who, command| story.tries(Actor::Participant(who), &command).map(drop);
    does(FAY, Command::Agenda(agenda::Command::Start)).unwrap();
    does(FAY, Command::Survey(survey::Command::Choose(vec![key()]))).unwrap();
    does(FAY, Command::Survey(survey::Command::Open { capability: key() })).unwrap();
    for (who, sheet) in PEOPLE.into_iter().zip(answers) {
        for (item, n) in (0..).zip(sheet) {
            if let Some(n) = n {
                let answer = survey::Command::Answer {
                    capability: key(),
                    round: 1,
                    item,
                    answer: Likert::new(*n).unwrap(),
                };
                does(who, Command::Survey(answer)).unwrap();
            }
        }
    }
    let close = survey::Command::Close {
        capability: key(),
        round: 1,
    };
    // Refused where nobody answered.
    let _ = does(FAY, Command::Survey(close));
    story
}

fn published(story: &Story) -> Option<Results> {
    story.state.surveys.get(&key()).unwrap().results().cloned()
}

/// Everything that is sent to this audience.
fn sent(story: &Story, audience: Audience) -> Vec<String> {
    let text = |event: &Event| serde_json::to_string(&event.seen_by(audience)).unwrap();
    story.log.iter().map(|recorded| text(&recorded.event)).collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn publishing_is_symmetric_in_people(answers in answers(), one in 0usize..4, two in 0usize..4) {
        let mut swapped = answers;
        swapped.swap(one, two);
        prop_assert_eq!(published(&held(&answers)), published(&held(&swapped)));
    }

    #[test]
    fn a_statement_that_too_few_answered_tells_nothing(answers in answers(), person in 0usize..4, item in 0usize..ITEMS, other in 1u8..=5) {
        // The person answers it, and as many others as are still too few with them.
        let mut answers = answers;
        answers[person][item].get_or_insert(3);
        let others = (0..PEOPLE.len()).filter(|other| *other != person);
        let too_many: Vec<usize> = others.filter(|other| answers[*other][item].is_some()).skip(ENOUGH as usize - 2).collect();
        for extra in too_many {
            answers[extra][item] = None;
        }
        let mut changed = answers;
        changed[person][item] = Some(other);
        let (before, after) = (held(&answers), held(&changed));
        prop_assert_eq!(published(&before), published(&after));
        for audience in [Audience::Everyone, Audience::Seat(OLA)].into_iter().chain(PEOPLE.map(Audience::Seat)) {
            if audience != Audience::Seat(PEOPLE[person]) {
                prop_assert_eq!(sent(&before, audience), sent(&after, audience));
            }
        }
        let survey = |story: &Story| story.state.surveys.get(&key()).unwrap().clone();
        prop_assert_eq!(survey(&before).score(), None, "no score from what is hidden");
        let items = &survey(&before).capability.items;
        if let (Some(one), Some(two)) = (published(&before), published(&after)) {
            prop_assert_eq!(order(items, &one), order(items, &two));
            prop_assert_eq!(score(items, &one), score(items, &two));
        }
    }

    #[test]
    fn a_count_is_published_exactly_where_enough_answered(answers in answers()) {
        let story = held(&answers);
        let answered = |item: usize| answers.iter().filter(|sheet| sheet[item].is_some()).count();
        match published(&story) {
            None => prop_assert!((0..ITEMS).all(|item| answered(item) == 0)),
            Some(results) => for (item, counted) in results.items.iter().enumerate() {
                prop_assert_eq!(counted.answered as usize, answered(item));
                prop_assert_eq!(counted.counts.is_some(), answered(item) >= ENOUGH as usize);
                for n in 1..=5u8 {
                    let gave = answers.iter().filter(|sheet| sheet[item] == Some(n)).count();
                    prop_assert!(counted.counts.is_none_or(|counts| counts[usize::from(n) - 1] as usize == gave));
                }
            },
        }
    }
}
