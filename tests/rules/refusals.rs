//! Who may do what, and how a refusal speaks.

use crate::story::{ANA, FAY, OLA, account};
use crate::{FREQUENCY, LEAD_TIME, SCENE, at_the_vote, ballot, code};
use checkpoint::domain::action::Status;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::dots::Terms;
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::ids::{ActionId, GroupId, NoteId, ParticipantId, RequestId, StickyId};
use checkpoint::domain::improve::{Change, Kind};
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::scene::Line;
use checkpoint::domain::survey::Likert;
use checkpoint::domain::text::TextError;
use checkpoint::domain::vote::Hands;
use checkpoint::domain::{actions, agenda, dots, flow, focus, improve, note, people, plan, scene, since, summary, survey, vote, warmup};

/// Who may give a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    /// Facilitators alone.
    Lead,
    /// Everybody with a seat, as far as the rules of the moment go.
    Seated,
    /// Nobody who is in the room already.
    Newcomer,
}

/// Every command and who may give it. The matches have no other arm: a new command does not compile until it stands here.
fn may(command: &Command) -> May {
    use {actions::Command as X, dots::Command as D, improve::Command as I};
    use {flow::Command as L, focus::Command as F, people::Command as P, survey::Command as S, vote::Command as V, warmup::Command as W};
    match command {
        Command::People(P::Join { .. } | P::AskForSeat { .. }) => May::Newcomer,
        Command::People(P::ClaimFacilitation)
        | Command::Vote(V::Cast { .. } | V::Withdraw { .. })
        | Command::WarmUp(W::Answer(_))
        | Command::Survey(S::Answer { .. })
        | Command::Focus(F::AddNote { .. } | F::EditNote { .. } | F::RemoveNote(_))
        | Command::Flow(L::Edit(_) | L::TakeOver)
        | Command::Improve(I::Add { .. } | I::Change(..) | I::Remove(_) | I::Group { .. } | I::Place(_) | I::NameGroup { .. })
        | Command::Dots(D::Place { .. })
        | Command::Actions(X::Propose(_) | X::Edit { .. } | X::Remove(_)) => May::Seated,
        Command::People(
            P::GrantSeat(_) | P::DeclineSeat(_) | P::Remove(_) | P::CloseDoor | P::OpenDoor | P::ShareFacilitation(_) | P::StepBack,
        )
        | Command::Vote(V::RaiseHands { .. } | V::Reveal { .. } | V::VoteAgain { .. } | V::Agree { .. } | V::UndoAgreement { .. })
        | Command::Survey(S::Choose(_) | S::Open { .. } | S::Close { .. } | S::OpenAgain { .. })
        | Command::Focus(F::Set { .. } | F::Undo)
        | Command::Flow(L::Draw(_))
        | Command::Actions(X::Accept(_) | X::Move { .. } | X::Split { .. } | X::Merge { .. })
        | Command::Improve(I::Hush | I::Show)
        | Command::Dots(D::Open { .. } | D::Adjust(_) | D::Reveal { .. } | D::Discard { .. })
        | Command::Agenda(_)
        | Command::Plan(_)
        | Command::Since(_)
        | Command::WarmUp(W::Show)
        | Command::Scene(_)
        | Command::Note(_)
        | Command::Summary(_) => May::Lead,
    }
}

fn every_command() -> Vec<Command> {
    use {agenda::Command as A, focus::Command as F, people::Command as P, survey::Command as S, vote::Command as V};
    use {dots::Command as D, improve::Command as I};
    let (step, round) = (LEAD_TIME, 1);
    let name = || "Dev".to_owned();
    let people = [
        P::Join {
            name: name(),
            observer: false,
        },
        P::AskForSeat { name: name() },
        P::GrantSeat(RequestId(1)),
        P::DeclineSeat(RequestId(1)),
        P::Remove(ANA),
        P::CloseDoor,
        P::OpenDoor,
        P::ShareFacilitation(ANA),
        P::StepBack,
        P::ClaimFacilitation,
    ];
    let agenda = [
        A::Start,
        A::GoTo(SCENE),
        A::UndoAdvance,
        A::StartTimer,
        A::PauseTimer,
        A::AddMinute,
        A::RestartTimer,
        A::EndPart,
        A::OpenPart,
    ];
    let votes = [
        V::Cast {
            step,
            round,
            ballot: ballot(3),
        },
        V::Withdraw { step, round },
        V::RaiseHands {
            step,
            round,
            hands: Hands::default(),
        },
        V::Reveal { step, round },
        V::VoteAgain { step },
        V::Agree {
            step,
            answer: code(3),
            why: String::new(),
        },
        V::UndoAgreement { step },
    ];
    let capability = || CapabilityKey::new("working-in-small-batches");
    let surveys = [
        S::Choose(vec![capability()]),
        S::Open { capability: capability() },
        S::Answer {
            capability: capability(),
            round,
            item: 0,
            answer: Likert::ALL[3],
        },
        S::Close {
            capability: capability(),
            round,
        },
        S::OpenAgain { capability: capability() },
    ];
    let board = [
        F::Set {
            capability: capability(),
            why: String::new(),
        },
        F::Undo,
        F::AddNote {
            capability: capability(),
            text: name(),
        },
        F::EditNote {
            note: NoteId(1),
            text: name(),
        },
        F::RemoveNote(NoteId(1)),
    ];
    let sticky = StickyId(1);
    let stickies = [
        I::Add {
            kind: Kind::Improvement,
            text: name(),
            on: None,
        },
        I::Change(sticky, Change::Outside(true)),
        I::Remove(sticky),
        I::Hush,
        I::Show,
        I::Group {
            stickies: vec![sticky],
            name: name(),
        },
        I::Place(vec![(sticky, None)]),
        I::NameGroup {
            group: GroupId(1),
            name: name(),
        },
    ];
    let terms = Terms { dots: 3, on_one: 2 };
    let dotted = [
        D::Open { terms, among: vec![] },
        D::Adjust(terms),
        D::Place { round, dots: vec![] },
        D::Reveal { round },
        D::Discard { round },
    ];
    let others = [
        Command::Flow(flow::Command::Edit(vec![])),
        Command::Flow(flow::Command::TakeOver),
        Command::Flow(flow::Command::Draw(flow::Mode::Together)),
        Command::Plan(plan::Command::Move { step: SCENE, after: None }),
        Command::Plan(plan::Command::Remove(FREQUENCY)),
        Command::Plan(plan::Command::Add {
            kind: agenda::StepKind::Talk,
            title: name(),
        }),
        Command::Plan(plan::Command::Rename {
            step: SCENE,
            title: name(),
        }),
        Command::Plan(plan::Command::Retime { step: SCENE, minutes: 9 }),
        Command::Plan(plan::Command::Break(Some(SCENE))),
        Command::Plan(plan::Command::Lay(plan::Template::default())),
        Command::Plan(plan::Command::Available(60)),
        Command::Plan(plan::Command::Choose(plan::Choice::AutoReveal(true))),
        Command::Plan(plan::Command::Write {
            step: SCENE,
            text: Some(name()),
        }),
        Command::Plan(plan::Command::Reschedule {
            held_on: "2023-12-01".to_owned(),
            starts: None,
        }),
        Command::Plan(plan::Command::Cancel),
        Command::Plan(plan::Command::Reopen),
        Command::Scene(scene::Command::Set {
            line: Line::Service,
            text: name(),
        }),
        Command::WarmUp(warmup::Command::Answer(0)),
        Command::WarmUp(warmup::Command::Show),
        Command::Since(since::Command::Settle {
            action: ActionId(1),
            status: Status::Done,
            why: name(),
        }),
        Command::Since(since::Command::Reopen(ActionId(1))),
        Command::Since(since::Command::Remove(ActionId(1))),
        Command::Since(since::Command::Add {
            title: name(),
            owner: name(),
            due: String::new(),
            expects: None,
        }),
        Command::Actions(actions::Command::Propose(actions::Draft::default())),
        Command::Actions(actions::Command::Accept(ActionId(1))),
        Command::Actions(actions::Command::Edit {
            action: ActionId(1),
            seen: None,
            draft: actions::Draft::default(),
        }),
        Command::Actions(actions::Command::Move {
            action: ActionId(1),
            after: None,
        }),
        Command::Actions(actions::Command::Split {
            action: ActionId(1),
            title: name(),
        }),
        Command::Actions(actions::Command::Merge {
            action: ActionId(1),
            into: ActionId(2),
        }),
        Command::Actions(actions::Command::Remove(ActionId(1))),
        Command::Note(note::Command::Add(name())),
        Command::Note(note::Command::Remove(NoteId(1))),
        Command::Summary(summary::Command::Edit {
            title: name(),
            foreword: name(),
        }),
        Command::Summary(summary::Command::LeaveOut(summary::Part::FocusReason)),
        Command::Summary(summary::Command::PutBack(summary::Part::FocusReason)),
        Command::Summary(summary::Command::OnlyNumbers(true)),
        Command::Summary(summary::Command::Publish),
    ];
    let people = people.into_iter().map(Command::People);
    let agenda = agenda.into_iter().map(Command::Agenda);
    let votes = votes.into_iter().map(Command::Vote);
    let surveys = surveys.into_iter().map(Command::Survey);
    let board = board.into_iter().map(Command::Focus);
    people
        .chain(agenda)
        .chain(votes)
        .chain(surveys)
        .chain(board)
        .chain(stickies.into_iter().map(Command::Improve))
        .chain(dotted.into_iter().map(Command::Dots))
        .chain(others)
        .collect()
}

#[test]
fn everybody_may_do_only_their_part() {
    for command in every_command() {
        let asked_by = |who: Actor| at_the_vote().tries(who, &command);
        for who in [ANA, OLA] {
            let outcome = asked_by(Actor::Participant(who));
            match may(&command) {
                May::Lead => assert_eq!(outcome, Err(Rejection::FacilitatorOnly), "{command:?}"),
                May::Newcomer => assert_eq!(outcome, Err(Rejection::AlreadyHere), "{command:?}"),
                May::Seated => assert_ne!(outcome, Err(Rejection::FacilitatorOnly), "{command:?}"),
            }
        }
        let leads = asked_by(Actor::Participant(FAY));
        assert!(
            !matches!(leads, Err(Rejection::FacilitatorOnly | Rejection::NotHere)),
            "{command:?}"
        );
        for stranger in [
            Actor::Participant(ParticipantId(0)),
            Actor::Participant(ParticipantId(99)),
            Actor::Newcomer(None),
            Actor::Newcomer(Some(account(1))),
        ] {
            if may(&command) != May::Newcomer {
                assert_eq!(asked_by(stranger), Err(Rejection::NotHere), "{command:?}");
            }
        }
    }
}

#[test]
fn a_facilitator_who_was_removed_leads_nothing() {
    for command in every_command().into_iter().filter(|c| may(c) != May::Newcomer) {
        let mut story = at_the_vote();
        story.shares_with(ANA);
        story.people(ANA, people::Command::Remove(FAY)).unwrap();
        assert_eq!(
            story.tries(Actor::Participant(FAY), &command),
            Err(Rejection::NotHere),
            "{command:?}"
        );
    }
}

#[test]
fn a_refusal_is_one_plain_sentence_or_two() {
    use Rejection as R;
    let what = || "The name".to_owned();
    let refusals = [
        R::Text(TextError::Empty(what())),
        R::Text(TextError::TooLong(what(), 40)),
        R::Text(TextError::Control(what())),
        R::Text(TextError::NoLetter(what())),
        R::FacilitatorOnly,
        R::NotHere,
        R::AlreadyHere,
        R::DoorClosed,
        R::RoomFull,
        R::NameTaken("Ana".to_owned()),
        R::SeatOfAccount,
        R::SeatAskedAlready,
        R::NoSuchRequest,
        R::NoSuchPerson,
        R::NotYourself,
        R::LastFacilitator,
        R::FacilitatorHere,
        R::NoSuchStep,
        R::LastStep,
        R::StepInUse,
        R::StepWritten("Improvements".to_owned()),
        R::StepThere,
        R::TooManySteps,
        R::StepMinutes,
        R::SessionMinutes,
        R::VotesFirst,
        R::BreakAtEnd,
        R::VotingBegan,
        R::StartedAlready,
        R::NoTextHere,
        R::NoDate,
        R::DayTooFar,
        R::TimeOfAnotherDay,
        R::Cancelled,
        R::TooLateToUndo,
        R::TimerFull,
        R::StepOver,
        R::RoundOver,
        R::ObserverVote,
        R::FacilitatorVote,
        R::NothingToReveal,
        R::NotRevealed,
        R::AgreedAlready,
        R::TooManyRounds,
        R::TooManyHands,
        R::NoCapability,
        R::NoSuchCapability,
        R::NothingToAsk,
        R::TooManySurveys,
        R::SurveyBegun,
        R::SurveyNotOpen,
        R::SurveyClosed,
        R::NoSuchItem,
        R::NothingToClose,
        R::NotSurveyed,
        R::NoSuchNote,
        R::NotYourNote,
        R::TooManyNotes,
        R::Published,
        R::NothingToPublish,
        R::HasBegun,
        R::NotEnded,
        R::NotOnThePage,
        R::NoSuchAction,
        R::CarriedAction,
        R::TooManyActions,
        R::NotYourAction,
        R::ActionOvertaken,
        R::DueBefore,
        R::DueTooFar,
        R::NotALink,
        R::MergedWithItself,
        R::NoDate,
        R::LastStep,
        R::NoBreak,
        R::OnBreak,
        R::WarmUpOver,
        R::NoSuchOption,
        R::NotStarted,
        R::TooManyEdits,
        R::FlowFull,
        R::FlowBegan,
        R::NoLastFlow,
        R::ElementGone,
        R::ToItself,
        R::TooLongATime,
        R::TooFar(20_000),
        R::ObserversWatch,
        R::ScribeDraws("Ana".to_owned()),
        R::StickiesBegan,
        R::NoSuchSticky,
        R::NotYourSticky,
        R::TooManyStickies,
        R::ObserversStick,
        R::StillHidden,
        R::GroupOfOne,
        R::NoSuchGroup,
        R::DotsOpen,
        R::NothingToDot,
        R::DotTerms,
        R::DotsOver,
        R::TooManyDots(3),
        R::TooManyOnOne(2),
        R::NoSuchImprovement,
        R::ObserverDots,
    ];
    // The source knows them all: one message for each variant.
    let written = include_str!("../../src/domain/rejection.rs").matches("#[error(").count();
    assert_eq!(refusals.len() - 3, written, "a refusal is missing in this list");
    for refusal in refusals {
        let sentence = refusal.to_string();
        assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
        assert!(
            !sentence.contains(['!', '\n', '_', '{', ';']) || matches!(refusal, R::NameTaken(_)),
            "{sentence}"
        );
        assert!(sentence.matches(". ").count() <= 1 && sentence.len() < 140, "{sentence}");
    }
}
