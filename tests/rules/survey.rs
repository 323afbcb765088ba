//! Capability surveys: what is proposed, who may answer, what is counted, and what nobody learns.

use crate::story::{ANA, BEN, CEM, FAY, OLA, Story, created};
use crate::{LEAD_TIME, Outcome, code};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::facts::capability::entries;
use checkpoint::domain::facts::{Capability, CapabilityKey, Catalogue, Item};
use checkpoint::domain::ids::{ParticipantId, StepId};
use checkpoint::domain::maturity::Level;
use checkpoint::domain::metric::Metric;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::survey::{Command as C, Counted, Likert, Results, Sheet, Survey, order, score};
use checkpoint::domain::vote::Options;
use checkpoint::domain::{agenda, people, summary, vote};

pub(crate) const BATCHES: &str = "working-in-small-batches";
const MONITORING: &str = "monitoring-and-observability";
const CULTURE: &str = "generative-organizational-culture";

pub(crate) fn key(name: &str) -> CapabilityKey {
    CapabilityKey::new(name)
}

fn likert(n: u8) -> Likert {
    Likert::new(n).unwrap()
}

/// A checkpoint that has begun, with Fay, Ana, Ben and Cem, and Ola who observes.
pub(crate) fn begun() -> Story {
    begun_with(Options::default())
}

fn begun_with(options: Options) -> Story {
    let mut story = Story::new(created(options, true, None));
    story.agenda(agenda::Command::Start).unwrap();
    story
}

impl Story {
    pub(crate) fn surveys(&mut self, command: C) -> Outcome {
        self.does(FAY, Command::Survey(command))
    }

    pub(crate) fn chooses(&mut self, keys: &[&str]) -> Outcome {
        self.surveys(C::Choose(keys.iter().map(|name| key(name)).collect()))
    }

    pub(crate) fn opens(&mut self, name: &str) -> Outcome {
        self.surveys(C::Open { capability: key(name) })
    }

    pub(crate) fn answers(&mut self, who: ParticipantId, name: &str, round: u32, item: u32, n: u8) -> Outcome {
        let command = C::Answer {
            capability: key(name),
            round,
            item,
            answer: likert(n),
        };
        self.does(who, Command::Survey(command))
    }

    /// Somebody gives all these answers, from the first statement on.
    pub(crate) fn fills_in(&mut self, who: ParticipantId, name: &str, answers: &[u8]) {
        for (item, n) in (0..).zip(answers) {
            self.answers(who, name, 1, item, *n).unwrap();
        }
    }

    pub(crate) fn closes(&mut self, name: &str, round: u32) -> Outcome {
        let capability = key(name);
        self.surveys(C::Close { capability, round })
    }

    fn survey(&self, name: &str) -> &Survey {
        self.state.surveys.get(&key(name)).unwrap()
    }

    fn titles(&self) -> Vec<&str> {
        self.state
            .surveys
            .list
            .iter()
            .map(|survey| survey.capability.key.as_str())
            .collect()
    }

    /// Fay agrees on answers to the four questions, in the order they are asked, without a vote of anybody's but Ana's.
    pub(crate) fn agrees_on(&mut self, codes: [u8; 4]) {
        for ((step, _), n) in (4..).zip(Metric::FOUR).zip(codes) {
            let step = StepId(step);
            self.goes_to(step).unwrap();
            let cast = vote::Command::Cast {
                step,
                round: 1,
                ballot: crate::ballot(n),
            };
            self.does(ANA, Command::Vote(cast)).unwrap();
            self.leads(vote::Command::Reveal { step, round: 1 }).unwrap();
            self.leads(vote::Command::Agree {
                step,
                answer: code(n),
                why: String::new(),
            })
            .unwrap();
        }
    }
}

#[test]
fn the_level_proposes_its_three() {
    for (codes, three) in [
        ([6, 6, 5, 5], [CULTURE, MONITORING, BATCHES]),
        ([5, 5, 5, 5], ["learning-culture", "wip-limits", "trunk-based-development"]),
        (
            [4, 4, 4, 4],
            ["continuous-integration", "continuous-delivery", "loosely-coupled-teams"],
        ),
        ([1, 1, 1, 1], ["test-automation", "flexible-infrastructure", "code-maintainability"]),
    ] {
        let mut story = begun();
        assert!(story.titles().is_empty(), "nothing is proposed without a level");
        story.agrees_on(codes);
        assert_eq!(story.titles(), three);
        assert_eq!(story.state.surveys.proposed_for, story.state.level());
        // Taken back, the level is unknown again.
        story.leads(vote::Command::UndoAgreement { step: LEAD_TIME }).unwrap();
        assert!(story.titles().is_empty());
    }
}

#[test]
fn the_fifth_answer_and_the_same_level_propose_nothing_new() {
    let mut story = begun();
    story.agrees_on([6, 6, 5, 5]);
    let before = story.log.len();
    let (step, answer) = (StepId(7), code(6));
    let why = String::new();
    story.leads(vote::Command::Agree { step, answer, why }).unwrap();
    assert_eq!(story.log.len(), before + 1, "still Elite");
    assert_eq!(story.state.level(), Some(Level::Elite));
}

#[test]
fn what_people_are_reading_is_not_proposed_away() {
    let mut story = begun();
    story.agrees_on([6, 6, 5, 5]);
    story.opens(CULTURE).unwrap();
    story.leads(vote::Command::UndoAgreement { step: LEAD_TIME }).unwrap();
    assert_eq!(story.titles(), [CULTURE], "nobody took it off");
    story.chooses(&[BATCHES]).unwrap();
    assert_eq!(story.titles(), [BATCHES], "a facilitator may while nobody has answered");
}

#[test]
fn choosing_nothing_leaves_the_choice_to_the_level() {
    let mut story = begun();
    story.chooses(&["version-control"]).unwrap();
    story.agrees_on([6, 6, 5, 5]);
    assert_eq!(story.titles(), ["version-control"], "chosen by hand");
    story.chooses(&[]).unwrap();
    assert_eq!(story.titles(), [CULTURE, MONITORING, BATCHES]);
    assert_eq!(story.chooses(&[]), Ok(vec![]));
    story.leads(vote::Command::UndoAgreement { step: LEAD_TIME }).unwrap();
    assert!(story.titles().is_empty(), "the level proposes again");
}

#[test]
fn the_facilitator_swaps_what_nobody_has_answered() {
    let mut story = begun();
    story.agrees_on([6, 6, 5, 5]);
    story.chooses(&[CULTURE, "version-control"]).unwrap();
    assert_eq!(story.titles(), [CULTURE, "version-control"]);
    assert_eq!(story.chooses(&[CULTURE, "version-control", CULTURE]), Ok(vec![]), "twice is once");
    // A level that changes takes nothing away that was chosen by hand.
    story.leads(vote::Command::UndoAgreement { step: LEAD_TIME }).unwrap();
    assert_eq!(story.titles(), [CULTURE, "version-control"]);
    // An opened survey without answers may still go, one with answers stays.
    story.opens("version-control").unwrap();
    story.chooses(&[CULTURE, BATCHES]).unwrap();
    story.opens(CULTURE).unwrap();
    story.answers(ANA, CULTURE, 1, 0, 4).unwrap();
    assert_eq!(story.chooses(&[BATCHES]), Err(Rejection::SurveyBegun));
    story.chooses(&[BATCHES, CULTURE]).unwrap();
    assert_eq!(story.titles(), [BATCHES, CULTURE]);
    assert_eq!(story.survey(CULTURE).rounds[0].sheets.len(), 1, "its answers are kept");
}

#[test]
fn surveys_can_be_chosen_before_the_checkpoint_begins() {
    let mut story = Story::new(created(Options::default(), false, None));
    story.chooses(&[BATCHES]).unwrap();
    assert_eq!(story.opens(BATCHES), Err(Rejection::NotStarted));
    story.agrees_on([6, 6, 5, 5]);
    assert_eq!(story.titles(), [BATCHES]);
    story.opens(BATCHES).unwrap();
}

#[test]
fn what_cannot_be_surveyed_is_refused_with_a_sentence() {
    let mut story = begun();
    assert_eq!(story.opens(""), Err(Rejection::NoCapability));
    assert_eq!(story.opens(BATCHES), Err(Rejection::NoCapability), "nobody has chosen it");
    assert_eq!(story.chooses(&["juggling"]), Err(Rejection::NoSuchCapability));
    assert_eq!(story.chooses(&["platform-engineering"]), Err(Rejection::NothingToAsk));
    let seven: Vec<&str> = entries()
        .iter()
        .filter(|e| !e.sets.is_empty())
        .map(|e| e.key.as_str())
        .take(7)
        .collect();
    assert_eq!(story.chooses(&seven), Err(Rejection::TooManySurveys));
    story.chooses(&seven[..6]).unwrap();
    assert_eq!(story.does(ANA, Command::Survey(C::Choose(vec![]))), Err(Rejection::FacilitatorOnly));
    assert_eq!(
        story.does(ANA, Command::Survey(C::Open { capability: key(seven[0]) })),
        Err(Rejection::FacilitatorOnly)
    );
}

#[test]
fn a_capability_that_was_deleted_stays_where_it_was_used() {
    let own = Capability {
        key: key("own-1"),
        title: "On-call health".to_owned(),
        items: vec![Item {
            text: "Nights are quiet.".to_owned(),
            reversed: false,
        }],
        ..Capability::default()
    };
    let mut story = begun();
    story.cx.catalogue = Catalogue::with_own(vec![own]);
    story.chooses(&["own-1"]).unwrap();
    story.cx.catalogue = Catalogue::with_own(vec![]);
    story.chooses(&["own-1", BATCHES]).unwrap();
    story.opens("own-1").unwrap();
    story.answers(ANA, "own-1", 1, 0, 5).unwrap();
    assert_eq!(story.state.capability_title(&key("own-1")), "On-call health");
}

#[test]
fn only_those_who_vote_answer_and_only_while_it_is_open() {
    let mut story = begun();
    story.chooses(&[BATCHES]).unwrap();
    assert_eq!(story.answers(ANA, BATCHES, 1, 0, 3), Err(Rejection::SurveyNotOpen));
    story.opens(BATCHES).unwrap();
    assert_eq!(story.opens(BATCHES), Ok(vec![]));
    assert_eq!(story.answers(OLA, BATCHES, 1, 0, 3), Err(Rejection::ObserverVote));
    assert_eq!(story.answers(FAY, BATCHES, 1, 0, 3), Err(Rejection::FacilitatorVote));
    assert_eq!(story.answers(ANA, BATCHES, 1, 3, 3), Err(Rejection::NoSuchItem));
    assert_eq!(story.answers(ANA, BATCHES, 2, 0, 3), Err(Rejection::SurveyClosed));
    assert_eq!(story.answers(ANA, MONITORING, 1, 0, 3), Err(Rejection::NoSuchCapability));
    assert_eq!(story.closes(BATCHES, 1), Err(Rejection::NothingToClose));
    story.answers(ANA, BATCHES, 1, 0, 3).unwrap();
    assert_eq!(story.answers(ANA, BATCHES, 1, 0, 3), Ok(vec![]), "the same answer again");
    story.answers(ANA, BATCHES, 1, 0, 5).unwrap();
    assert_eq!(
        story.survey(BATCHES).rounds[0].sheets[&ANA].marks[&0],
        likert(5),
        "it can be changed"
    );
    story.closes(BATCHES, 1).unwrap();
    assert_eq!(story.closes(BATCHES, 1), Ok(vec![]));
    assert_eq!(story.answers(ANA, BATCHES, 1, 0, 2), Err(Rejection::SurveyClosed));
    let votes = Options {
        facilitator_votes: true,
        ..Options::default()
    };
    let mut story = begun_with(votes);
    story.chooses(&[BATCHES]).unwrap();
    story.opens(BATCHES).unwrap();
    story.answers(FAY, BATCHES, 1, 0, 3).unwrap();
}

#[test]
fn a_partial_answer_counts_for_the_statements_that_were_answered() {
    let mut story = begun();
    story.chooses(&[BATCHES]).unwrap();
    story.opens(BATCHES).unwrap();
    story.fills_in(ANA, BATCHES, &[4, 5, 1]);
    story.fills_in(BEN, BATCHES, &[5, 5, 3]);
    story.fills_in(CEM, BATCHES, &[3, 2]);
    let round = &story.survey(BATCHES).rounds[0];
    assert_eq!(story.state.survey_turnout(round), (2, 3), "two of three have finished");
    story.closes(BATCHES, 1).unwrap();
    let survey = story.survey(BATCHES);
    let results = survey.results().unwrap();
    assert_eq!((results.people, results.finished), (3, 2));
    assert_eq!(results.items[0].counts, Some([0, 0, 1, 1, 1]));
    assert_eq!(results.items[1].counts, Some([0, 1, 0, 0, 2]));
    assert_eq!(
        results.items[2],
        Counted { answered: 2, counts: None },
        "two answers are only counted"
    );
    assert_eq!(survey.score(), None, "the score needs every statement");
    // Cem is told how much of his counted; nobody else learns it.
    let seen = |who| story.state.seen_by(Audience::Seat(who)).surveys.list[0].rounds[0].sheets[&CEM].progress;
    assert_eq!((seen(CEM), seen(ANA), seen(FAY)), (Some(2), None, None));
}

#[test]
fn closing_is_undone_by_a_new_round_only() {
    let mut story = begun();
    story.chooses(&[BATCHES]).unwrap();
    let again = || C::OpenAgain { capability: key(BATCHES) };
    assert_eq!(story.surveys(again()), Err(Rejection::SurveyNotOpen));
    story.opens(BATCHES).unwrap();
    assert_eq!(story.surveys(again()), Ok(vec![]), "it is open");
    for who in [ANA, BEN, CEM] {
        story.fills_in(who, BATCHES, &[1, 1, 1]);
    }
    story.closes(BATCHES, 1).unwrap();
    assert_eq!(story.survey(BATCHES).score(), Some(0.0));
    story.surveys(again()).unwrap();
    assert_eq!(story.survey(BATCHES).score(), Some(0.0), "the last count stands until the next one");
    story.answers(ANA, BATCHES, 2, 0, 5).unwrap();
    story.closes(BATCHES, 2).unwrap();
    assert_eq!(story.survey(BATCHES).score(), None);
    for round in 3..=20 {
        story.surveys(again()).unwrap();
        story.answers(ANA, BATCHES, round, 0, 5).unwrap();
        story.closes(BATCHES, round).unwrap();
    }
    assert_eq!(story.surveys(again()), Err(Rejection::TooManyRounds));
}

#[test]
fn who_is_removed_takes_the_answers_along_and_publishing_forgets_the_rest() {
    let mut story = begun();
    story.chooses(&[BATCHES]).unwrap();
    story.opens(BATCHES).unwrap();
    for who in [ANA, BEN] {
        story.fills_in(who, BATCHES, &[1, 2]);
    }
    story.people(FAY, people::Command::Remove(BEN)).unwrap();
    assert_eq!(story.survey(BATCHES).rounds[0].sheets.len(), 1);
    story.does(FAY, Command::Summary(summary::Command::Publish)).unwrap();
    assert!(story.survey(BATCHES).rounds[0].sheets.values().all(|sheet| sheet.marks.is_empty()));
    assert_eq!(story.answers(ANA, BATCHES, 1, 2, 3), Err(Rejection::Published));
    assert_eq!(story.closes(BATCHES, 1), Err(Rejection::Published));
    assert_eq!(story.chooses(&[]), Err(Rejection::Published));
}

/// So many people fill in everything like this, each all statements.
fn counted(items: &[Item], sheets: &[&[u8]]) -> Results {
    let sheet = |answers: &&[u8]| Sheet {
        finished: answers.len() == items.len(),
        progress: None,
        marks: (0..).zip(answers.iter().map(|n| likert(*n))).collect(),
    };
    Results::count(items.len(), &sheets.iter().map(sheet).collect::<Vec<_>>())
}

#[test]
fn every_capability_is_scored_from_zero_to_a_hundred() {
    let catalogue = Catalogue::with_own(vec![]);
    let mut scored = 0;
    for capability in catalogue.all().filter(|one| !one.items.is_empty()) {
        let items = &capability.items;
        let all = |n: &dyn Fn(&Item) -> u8| -> Vec<u8> { items.iter().map(n).collect() };
        let best = all(&|item| if item.reversed { 1 } else { 5 });
        let worst = all(&|item| if item.reversed { 5 } else { 1 });
        let middle = all(&|_| 3);
        let of = |sheets: &[&[u8]]| score(items, &counted(items, sheets));
        let name = capability.key.as_str();
        assert_eq!(of(&[&best, &best, &best]), Some(100.0), "{name}");
        assert_eq!(of(&[&worst, &worst, &worst]), Some(0.0), "{name}");
        assert_eq!(of(&[&middle, &middle, &middle]), Some(50.0), "{name}");
        assert_eq!(of(&[&best, &worst, &best, &worst]), Some(50.0), "{name}");
        assert_eq!(of(&[&best, &best]), None, "{name}: two are too few");
        assert_eq!(
            of(&[&best, &best, &best[..items.len() - 1]]),
            None,
            "{name}: a statement lacks an answer"
        );
        scored += 1;
    }
    assert_eq!(scored, 40, "30 capabilities, ten of them with a compact set too");
}

#[test]
fn the_score_is_the_mean_of_the_means() {
    let capability = Catalogue::with_own(vec![])
        .get(&key("streamlining-change-approval"))
        .unwrap()
        .clone();
    // Both statements are turned round: 1 is 4, 5 is 0.
    let results = counted(&capability.items, &[&[1, 5], &[2, 5], &[1, 4], &[2, 4]]);
    let mean = |place: usize| results.items[place].mean(&capability.items[place]);
    assert_eq!((mean(0), mean(1)), (Some(3.5), Some(0.5)));
    assert_eq!(score(&capability.items, &results), Some(50.0));
}

#[test]
fn statements_are_read_by_spread_then_by_mean() {
    let item = |text: &str| Item {
        text: text.to_owned(),
        reversed: false,
    };
    let items: Vec<Item> = ["all high", "apart", "all low", "lacks one", "apart too, lower"].map(item).into();
    let results = counted(&items, &[&[5, 1, 1, 3, 1], &[5, 5, 1, 3, 5], &[5, 5, 1, 1, 1], &[5, 1, 1]]);
    assert_eq!(results.items[4].answered, 3);
    // 1, 5, 5, 1 lie further apart than 1, 5, 1; those without any spread go by their mean; what is not counted comes last.
    let spread = |place: usize| results.items[place].spread().unwrap();
    assert!(spread(1) > spread(4) && spread(4) > spread(3));
    assert_eq!(order(&items, &results), [1, 4, 3, 2, 0]);
    let few = counted(&items, &[&[5, 1, 1, 3, 1], &[5, 5, 1, 3, 5], &[5, 5]]);
    assert_eq!(order(&items, &few), [1, 0, 2, 3, 4], "the last three are not counted");
}

#[test]
fn nobody_but_oneself_is_told_an_answer() {
    let mut story = begun();
    story.chooses(&[BATCHES]).unwrap();
    story.opens(BATCHES).unwrap();
    let events = story.answers(ANA, BATCHES, 1, 0, 4).unwrap();
    let told = |audience| serde_json::to_string(&events[0].seen_by(audience)).unwrap();
    assert!(told(Audience::Seat(ANA)).contains(r#""given":{"item":0,"answer":4}"#));
    for other in [Audience::Everyone, Audience::Seat(BEN), Audience::Seat(FAY)] {
        let told = told(other);
        assert!(!told.contains("given") && !told.contains("progress"), "{told}");
        let seen = serde_json::to_string(&story.state.seen_by(other)).unwrap();
        assert!(!seen.contains("\"marks\":{\"0\""), "{seen}");
    }
    let stranger = Command::Survey(C::Open { capability: key(BATCHES) });
    assert_eq!(story.tries(Actor::Newcomer(None), &stranger), Err(Rejection::NotHere));
}
