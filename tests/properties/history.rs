//! Random histories: what a room full of people, some of them hostile, may do to a checkpoint.
//!
//! Numbers are aimed when they are played: 0 stands for the step, round, note or request at hand, so that most histories get
//! somewhere.
//! The strategies are boxed: unboxed they do not fit the stack of a test's thread.

use crate::acting::{action_command, aim, proposal};
use crate::drawing::{flow_command, last_flow};
use crate::improving::{aim_board, board_act, two_in_a_group};
use crate::leaving::page_command;
use crate::story::{Story, account, created, previous};
use checkpoint::domain::action::{Action, Status};
use checkpoint::domain::agenda::StepKind;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::{Actor, Seen};
use checkpoint::domain::event::Event;
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::ids::{ActionId, NoteId, ParticipantId, RequestId, StepId};
use checkpoint::domain::improve::Authors;
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::scene::Line;
use checkpoint::domain::survey::Likert;
use checkpoint::domain::text::ActionTitle;
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::vote::{Answer, Ballot, Confidence, Hands, Options, Secrecy};
use checkpoint::domain::workshop::Previous;
use checkpoint::domain::{agenda, focus, note, people, plan, scene, since, summary, survey, vote, warmup};
use proptest::prelude::*;

/// One thing that happens.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Does(Actor, Command),
    Waits(i64),
    Comes(ParticipantId),
    Goes(ParticipantId),
}

/// How a checkpoint was prepared, and all that happens in it.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) options: Options,
    pub(crate) rework: bool,
    pub(crate) has_previous: bool,
    pub(crate) acts: Vec<Act>,
}

impl History {
    pub(crate) fn begin(&self) -> Story {
        let answers = Metric::FOUR.map(|metric| (metric, 2));
        let carried = Action {
            title: ActionTitle::parse("Split the pipeline").unwrap(),
            expects: Some(Metric::LeadTime),
            age: 1,
            ..Action::default()
        };
        let previous = self.has_previous.then(|| Previous {
            actions: vec![carried],
            flow: Some(last_flow()),
            ..previous(&answers)
        });
        // Half of those with a checkpoint before find that it is another one when they begin.
        let recalled = previous.clone().filter(|_| self.rework).map(|previous| Previous {
            answers: Metric::FOUR.map(|metric| (metric, Code::ALL[4])).into(),
            ..previous
        });
        let mut created = created(self.options, self.rework, previous);
        // Half of the histories are held in two parts.
        created.steps[4].break_after = self.rework;
        let mut story = Story::new(created);
        story.cx.previous = recalled;
        story
    }

    /// Everything happens; the watcher is shown the story before and after each act.
    pub(crate) fn play(&self, mut watch: impl FnMut(&Story, &Story, Option<&Result<Vec<Event>, Rejection>>)) -> Story {
        let mut story = self.begin();
        for act in &self.acts {
            let before = story.clone();
            let outcome = happens(&mut story, act);
            watch(&before, &story, outcome.as_ref());
        }
        story
    }

    /// Everything happens.
    pub(crate) fn end(&self) -> Story {
        let mut story = self.begin();
        for act in &self.acts {
            happens(&mut story, act);
        }
        story
    }
}

pub(crate) fn happens(story: &mut Story, act: &Act) -> Option<Result<Vec<Event>, Rejection>> {
    match act {
        Act::Does(who, command) => return Some(story.tries(*who, &aimed(command, story))),
        Act::Waits(ms) => story.wait(*ms),
        Act::Comes(id) => drop(story.cx.presence.0.insert(*id, Seen::Here)),
        Act::Goes(id) => drop(story.cx.presence.0.insert(*id, Seen::Away(story.cx.now))),
    }
    None
}

/// The command with what is at hand filled in.
fn aimed(command: &Command, story: &Story) -> Command {
    let current = story.state.agenda.current;
    let mut command = command.clone();
    match &mut command {
        Command::Agenda(agenda::Command::GoTo(step)) if step.0 == 0 => step.0 = current.0 + 1,
        Command::Plan(plan) => aim_plan(plan, story),
        Command::Actions(action) => aim(action, story),
        Command::Improve(_) | Command::Dots(_) => aim_board(&mut command, story),
        Command::Note(note::Command::Remove(note)) if note.0 == 0 => {
            note.0 = story.state.notes.0.keys().next_back().map_or(0, |last| last.0);
        }
        Command::Since(since::Command::Settle { action, .. } | since::Command::Reopen(action) | since::Command::Remove(action))
            if action.0 == 0 =>
        {
            action.0 = story.state.since.0.keys().next_back().map_or(0, |last| last.0);
        }
        Command::Focus(focus::Command::EditNote { note, .. } | focus::Command::RemoveNote(note)) if note.0 == 0 => {
            note.0 = story.state.focus.notes.keys().next_back().map_or(0, |last| last.0);
        }
        Command::Survey(survey::Command::Answer { capability, round, .. } | survey::Command::Close { capability, round })
            if *round == 0 =>
        {
            *round = story
                .state
                .surveys
                .get(capability)
                .and_then(|s| s.open_round())
                .map_or(1, |(round, _)| round);
        }
        Command::People(people::Command::GrantSeat(request) | people::Command::DeclineSeat(request)) if request.0 == 0 => {
            request.0 = story.state.people.requests.keys().next_back().map_or(0, |last| last.0);
        }
        Command::Vote(
            vote::Command::Cast { step, .. }
            | vote::Command::Withdraw { step, .. }
            | vote::Command::RaiseHands { step, .. }
            | vote::Command::Reveal { step, .. }
            | vote::Command::VoteAgain { step }
            | vote::Command::Agree { step, .. }
            | vote::Command::UndoAgreement { step },
        ) if step.0 == 0 => *step = current,
        _ => {}
    }
    if let Command::Vote(
        vote::Command::Cast { step, round, .. }
        | vote::Command::Withdraw { step, round }
        | vote::Command::RaiseHands { step, round, .. }
        | vote::Command::Reveal { step, round },
    ) = &mut command
        && *round == 0
    {
        *round = story.state.votes.get(step).map_or(1, |vote| vote.round().0);
    }
    command
}

/// Small numbers of steps are places on the agenda as it is.
fn aim_plan(command: &mut plan::Command, story: &Story) {
    use plan::Command as C;
    let aim = |id: &mut StepId| {
        let steps = &story.state.agenda.steps;
        if id.0 < 50 {
            *id = steps[id.0 as usize % steps.len()].id;
        }
    };
    match command {
        C::Move { step, after } => {
            aim(step);
            after.iter_mut().for_each(aim);
        }
        C::Remove(step) | C::Break(Some(step)) | C::Rename { step, .. } | C::Retime { step, .. } | C::Write { step, .. } => aim(step),
        _ => {}
    }
}

/// Mostly preparing, by the facilitator and by others, before the start and after.
pub(crate) fn planning_history() -> impl Strategy<Value = History> {
    let act = prop_oneof![
        12 => (prop_oneof![6 => Just(ParticipantId(1)), 1 => seat()], planning()).prop_map(|(who, c)| Act::Does(Actor::Participant(who), Command::Plan(c))),
        1 => act(),
    ];
    (prop::collection::vec(act, 1..60), any::<bool>()).prop_map(|(acts, rework)| History {
        options: Options::default(),
        rework,
        has_previous: false,
        acts,
    })
}

fn planning() -> BoxedStrategy<plan::Command> {
    use plan::Command as C;
    let step = || prop_oneof![12 => 0u32..12, 1 => Just(77)].prop_map(StepId);
    let minutes = || prop_oneof![6 => 1u32..=120, 1 => Just(0), 1 => Just(10_000), 1 => Just(u32::MAX)];
    let kinds: Vec<StepKind> = agenda::default_steps(true).iter().map(|s| s.kind).chain([StepKind::Talk]).collect();
    let kind = || prop::sample::select(kinds.clone());
    let outline = (kind(), minutes(), text(), any::<bool>()).prop_map(|(kind, minutes, title, break_after)| plan::Outline {
        kind,
        minutes,
        title,
        break_after,
    });
    let own = (minutes(), prop::collection::vec(outline, 0..6)).prop_map(|(minutes, steps)| plan::Template { minutes, steps });
    let template = prop_oneof![1 => own, 2 => prop::sample::select(plan::BuiltIn::ALL.to_vec()).prop_map(plan::BuiltIn::template)];
    let choice = prop_oneof![
        any::<bool>().prop_map(|open| plan::Choice::Secrecy(if open { Secrecy::Open } else { Secrecy::Anonymous })),
        any::<bool>().prop_map(plan::Choice::FacilitatorVotes),
        any::<bool>().prop_map(plan::Choice::AutoReveal),
    ];
    let day = prop::sample::select(vec!["2023-11-14", "2024-02-29", "1999-01-01", "never"]);
    prop_oneof![
        8 => (step(), prop::option::of(step())).prop_map(|(step, after)| C::Move { step, after }).boxed(),
        5 => step().prop_map(C::Remove).boxed(),
        6 => (kind(), text()).prop_map(|(kind, title)| C::Add { kind, title }).boxed(),
        2 => (step(), text()).prop_map(|(step, title)| C::Rename { step, title }).boxed(),
        2 => (step(), minutes()).prop_map(|(step, minutes)| C::Retime { step, minutes }).boxed(),
        3 => prop::option::of(step()).prop_map(C::Break).boxed(),
        1 => template.prop_map(C::Lay).boxed(),
        1 => minutes().prop_map(C::Available).boxed(),
        2 => choice.prop_map(C::Choose).boxed(),
        2 => (step(), prop::option::of(text())).prop_map(|(step, text)| C::Write { step, text }).boxed(),
        1 => (day, prop::option::of(Just(Timestamp(1_700_000_000_000)))).prop_map(|(day, starts)| C::Reschedule { held_on: day.to_owned(), starts }).boxed(),
        1 => Just(C::Cancel).boxed(),
        5 => Just(C::Reopen).boxed(),
    ]
    .boxed()
}

pub(crate) fn history() -> impl Strategy<Value = History> {
    let options = (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(open, facilitator_votes, auto_reveal)| Options {
        secrecy: if open { Secrecy::Open } else { Secrecy::Anonymous },
        facilitator_votes,
        auto_reveal,
        authors: if open { Authors::Shown } else { Authors::Anonymous },
        dots: None,
    });
    let acts = prop::collection::vec(act(), 1..120);
    (options, any::<bool>(), any::<bool>(), any::<bool>(), acts).prop_map(|(options, rework, has_previous, prepared, mut acts)| {
        if prepared {
            let lead = Actor::Participant(ParticipantId(1));
            let capability = || CapabilityKey::new("streamlining-change-approval");
            let open = survey::Command::Open { capability: capability() };
            let prepared = [
                Command::Agenda(agenda::Command::GoTo(StepId(4))),
                Command::Survey(survey::Command::Choose(vec![capability()])),
                Command::Survey(open),
                proposal("Split"),
                proposal("Merge"),
            ];
            if has_previous {
                // Many histories get as far as a focus.
                let answer = survey::Command::Answer {
                    capability: capability(),
                    round: 1,
                    item: 0,
                    answer: Likert::ALL[3],
                };
                let close = survey::Command::Close {
                    capability: capability(),
                    round: 1,
                };
                acts.insert(0, Act::Does(Actor::Participant(ParticipantId(2)), Command::Survey(answer)));
                acts.insert(1, Act::Does(lead, Command::Survey(close)));
            }
            let prepared = prepared.into_iter().chain(two_in_a_group());
            acts.splice(0..0, prepared.map(|command| Act::Does(lead, command)));
        }
        History {
            options,
            rework,
            has_previous,
            acts,
        }
    })
}

fn act() -> BoxedStrategy<Act> {
    let waits = prop_oneof![
        Just(0),
        1i64..2_000,
        Just(10_000),
        Just(10_001),
        1_000i64..70_000,
        Just(3 * 86_400_000)
    ];
    prop_oneof![
        20 => (seat(), ballot_command()).prop_map(|(who, c)| Act::Does(Actor::Participant(who), Command::Vote(c))),
        8 => (seat(), answer()).prop_map(|(who, c)| Act::Does(Actor::Participant(who), Command::Survey(c))),
        4 => (seat(), board_note()).prop_map(|(who, c)| Act::Does(Actor::Participant(who), Command::Focus(c))),
        4 => (seat(), flow_command(seat())).prop_map(|(who, c)| Act::Does(Actor::Participant(who), Command::Flow(c))),
        4 => (prop_oneof![1 => Just(ParticipantId(1)), 1 => seat()], action_command()).prop_map(|(who, c)| Act::Does(Actor::Participant(who), Command::Actions(c))),
        11 => board_act(),
        14 => (prop_oneof![4 => Just(ParticipantId(1)), 1 => seat()], leading()).prop_map(|(who, c)| Act::Does(Actor::Participant(who), c)),
        2 => (seat(), 0u8..6).prop_map(|(who, n)| Act::Does(Actor::Participant(who), Command::WarmUp(warmup::Command::Answer(n)))),
        6 => (actor(), people_command()).prop_map(|(who, c)| Act::Does(who, Command::People(c))),
        4 => waits.prop_map(Act::Waits),
        1 => seat().prop_map(Act::Comes),
        2 => seat().prop_map(Act::Goes),
    ]
    .boxed()
}

/// Seats that exist from the start, seats that may come to exist, and one that never does.
pub(crate) fn seat() -> impl Strategy<Value = ParticipantId> {
    prop_oneof![8 => 1u32..=5, 2 => 6u32..=8, 1 => Just(99), 1 => Just(0)].prop_map(ParticipantId)
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        2 => Just(Actor::Newcomer(None)),
        1 => (1u128..4).prop_map(|n| Actor::Newcomer(Some(account(n)))),
        4 => Just(Actor::Participant(ParticipantId(1))),
        3 => seat().prop_map(Actor::Participant),
    ]
}

fn step() -> impl Strategy<Value = StepId> {
    prop_oneof![9 => Just(0), 2 => 4u32..=8, 1 => 1u32..=12, 1 => Just(u32::MAX)].prop_map(StepId)
}

fn round() -> impl Strategy<Value = u32> {
    prop_oneof![9 => Just(0), 2 => 1u32..=3, 1 => Just(u32::MAX)]
}

fn code() -> impl Strategy<Value = Code> {
    prop::sample::select(Code::ALL.to_vec())
}

pub(crate) fn ballot() -> impl Strategy<Value = Ballot> {
    let answer = prop_oneof![6 => code().prop_map(Answer::Code), 1 => Just(Answer::NotSure)];
    let confidence = prop::option::of(prop::sample::select(Confidence::ALL.to_vec()));
    (answer, confidence).prop_map(|(answer, confidence)| Ballot { answer, confidence })
}

fn hands() -> impl Strategy<Value = Hands> {
    let count = || prop_oneof![12 => 0u32..4, 1 => Just(200), 1 => Just(u32::MAX)];
    (prop::array::uniform6(count()), count()).prop_map(|(counts, not_sure)| Hands { counts, not_sure })
}

fn ballot_command() -> BoxedStrategy<vote::Command> {
    use vote::Command as C;
    prop_oneof![
        6 => (step(), round(), ballot()).prop_map(|(step, round, ballot)| C::Cast { step, round, ballot }),
        1 => (step(), round()).prop_map(|(step, round)| C::Withdraw { step, round }),
    ]
    .boxed()
}

/// One that can be surveyed, a short one at that, and one that cannot; one that never exists.
fn capability() -> impl Strategy<Value = CapabilityKey> {
    prop_oneof![
        9 => Just("streamlining-change-approval"),
        4 => Just("working-in-small-batches"),
        1 => Just("platform-engineering"),
        1 => Just("juggling"),
    ]
    .prop_map(CapabilityKey::new)
}

fn answer() -> BoxedStrategy<survey::Command> {
    let answer = prop::sample::select(Likert::ALL.to_vec());
    let item = prop_oneof![6 => 0u32..2, 1 => Just(2), 1 => Just(u32::MAX)];
    (capability(), round(), item, answer)
        .prop_map(|(capability, round, item, answer)| survey::Command::Answer {
            capability,
            round,
            item,
            answer,
        })
        .boxed()
}

fn board_note() -> BoxedStrategy<focus::Command> {
    use focus::Command as F;
    let note = || prop_oneof![3 => Just(0), 1 => 1u32..60].prop_map(NoteId);
    prop_oneof![
        4 => (capability(), text()).prop_map(|(capability, text)| F::AddNote { capability, text }),
        1 => (note(), text()).prop_map(|(note, text)| F::EditNote { note, text }),
        2 => note().prop_map(F::RemoveNote),
    ]
    .boxed()
}

/// What usually comes from a facilitator.
fn leading() -> BoxedStrategy<Command> {
    use vote::Command as V;
    let votes = prop_oneof![
        2 => (step(), round(), hands()).prop_map(|(step, round, hands)| V::RaiseHands { step, round, hands }),
        4 => (step(), round()).prop_map(|(step, round)| V::Reveal { step, round }),
        5 => step().prop_map(|step| V::VoteAgain { step }),
        2 => (step(), code(), text()).prop_map(|(step, answer, why)| V::Agree { step, answer, why }),
        4 => step().prop_map(|step| V::UndoAgreement { step }),
    ];
    let clock = prop_oneof![
        1 => Just(agenda::Command::Start),
        4 => prop_oneof![3 => Just(0), 3 => 4u32..=7, 1 => 1u32..=12, 1 => 12u32..=15, 1 => Just(77)].prop_map(|n| agenda::Command::GoTo(StepId(n))),
        3 => Just(agenda::Command::UndoAdvance),
        1 => Just(agenda::Command::StartTimer),
        1 => Just(agenda::Command::PauseTimer),
        1 => Just(agenda::Command::AddMinute),
        1 => Just(agenda::Command::RestartTimer),
        1 => Just(agenda::Command::EndPart),
        2 => Just(agenda::Command::OpenPart),
    ];
    let action = || prop_oneof![3 => Just(0), 1 => 1u32..60].prop_map(ActionId);
    let status = prop::sample::select(Status::ALL.to_vec());
    let due = prop::sample::select(vec!["", "2024-02-29", "2023-02-29", "tomorrow"]);
    let expects = || prop::option::of(prop::sample::select(Metric::ALL.to_vec()));
    let actions = prop_oneof![
        4 => (action(), status, text()).prop_map(|(action, status, why)| since::Command::Settle { action, status, why }),
        2 => action().prop_map(since::Command::Reopen),
        2 => action().prop_map(since::Command::Remove),
        3 => (text(), text(), due, expects()).prop_map(|(title, owner, due, expects)| since::Command::Add {
            title,
            owner,
            due: due.to_owned(),
            expects
        }),
    ];
    let lines = (prop::sample::select(Line::ALL.to_vec()), text()).prop_map(|(line, text)| scene::Command::Set { line, text });
    let notes = prop_oneof![
        2 => text().prop_map(note::Command::Add),
        1 => prop_oneof![3 => Just(0), 1 => 1u32..60].prop_map(|n| note::Command::Remove(NoteId(n))),
    ];
    let surveys = prop_oneof![
        3 => prop::collection::vec(capability(), 0..3).prop_map(survey::Command::Choose),
        4 => capability().prop_map(|capability| survey::Command::Open { capability }),
        3 => (capability(), round()).prop_map(|(capability, round)| survey::Command::Close { capability, round }),
        2 => capability().prop_map(|capability| survey::Command::OpenAgain { capability }),
    ];
    let focus = prop_oneof![
        3 => (capability(), text()).prop_map(|(capability, why)| focus::Command::Set { capability, why }),
        2 => Just(focus::Command::Undo),
    ];
    prop_oneof![
        1 => planning().prop_map(Command::Plan).boxed(),
        20 => votes.prop_map(Command::Vote).boxed(),
        5 => clock.prop_map(Command::Agenda).boxed(),
        5 => actions.prop_map(Command::Since).boxed(),
        1 => Just(Command::WarmUp(warmup::Command::Show)),
        8 => surveys.prop_map(Command::Survey).boxed(),
        4 => focus.prop_map(Command::Focus).boxed(),
        1 => lines.prop_map(Command::Scene),
        2 => notes.prop_map(Command::Note),
        3 => page_command().prop_map(Command::Summary),
        1 => Just(Command::Summary(summary::Command::Publish)),
    ]
    .boxed()
}

fn people_command() -> BoxedStrategy<people::Command> {
    use people::Command as C;
    let request = || prop_oneof![3 => Just(0), 1 => 1u32..4].prop_map(RequestId);
    prop_oneof![
        4 => (text(), any::<bool>()).prop_map(|(name, observer)| C::Join { name, observer }),
        4 => prop_oneof![1 => text(), 2 => prop::sample::select(vec!["Ana", "Fay"]).prop_map(str::to_owned)].prop_map(|name| C::AskForSeat { name }),
        2 => request().prop_map(C::GrantSeat),
        2 => request().prop_map(C::DeclineSeat),
        2 => seat().prop_map(C::Remove),
        1 => Just(C::CloseDoor),
        1 => Just(C::OpenDoor),
        1 => seat().prop_map(C::ShareFacilitation),
        1 => Just(C::StepBack),
        2 => Just(C::ClaimFacilitation),
    ]
    .boxed()
}

pub(crate) fn text() -> BoxedStrategy<String> {
    const KNOWN: [&str; 16] = [
        "",
        "  ",
        "Ana",
        " bEN ",
        "Dev",
        "Eli",
        "Zoë 李",
        "🚀",
        "\u{202E}anA",
        "A\0",
        "A\u{200B}na",
        "one\r\ntwo",
        "</textarea><script>alert(1)</script>",
        "\"}],\"events\":[",
        "'; DROP TABLE events; --",
        "=HYPERLINK(\"x\")",
    ];
    prop_oneof![
        8 => prop::sample::select(KNOWN.to_vec()).prop_map(str::to_owned),
        1 => prop::collection::vec(any::<char>(), 0..30).prop_map(|chars| chars.into_iter().collect()),
        1 => Just("x".repeat(5_000)),
    ]
    .boxed()
}
