//! Events as the log keeps them. These are fixtures for ever: a log that was written today must be read by every later version,
//! so a line here is never changed, only added.

use crate::{ANA, ID, STEP, code, guess, hands, pin};
use checkpoint::domain::action::{Action, Status};
use checkpoint::domain::agenda::{self, Step, StepKind, default_steps};
use checkpoint::domain::code::JoinCode;
use checkpoint::domain::event::Event;
use checkpoint::domain::facts::Industry;
use checkpoint::domain::ids::{AccountId, ActionId, NoteId, ParticipantId, RequestId, StepId, WorkshopId};
use checkpoint::domain::metric::Metric;
use checkpoint::domain::people::Role;
use checkpoint::domain::plan::Choice;
use checkpoint::domain::scene::{Line, Scope};
use checkpoint::domain::text::{
    ActionTitle, DisplayName, Foreword, Markdown, NoteText, Owner, PersonName, ScopeText, SquadName, StepTitle, Title, TribeName, Why,
};
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::vote::{Answer, Ballot, Confidence, Options, Secrecy, Tally};
use checkpoint::domain::workshop::{Created, Previous};
use checkpoint::domain::{dots, flow, focus, improve, note, people, plan, scene, since, summary, survey, vote, warmup};

/// A new variant does not compile until it stands here, and then has its line below.
fn _all_are_pinned(event: &Event) {
    use {
        agenda::Event as A, note::Event as N, people::Event as P, plan::Event as L, scene::Event as C, summary::Event as S,
        vote::Event as V,
    };
    use {dots::Event as O, flow::Event as D, focus::Event as F, improve::Event as B, survey::Event as Q};
    use {since::Event as I, warmup::Event as W};
    match event {
        Event::Created(_)
        | Event::Recalled(_)
        | Event::People(
            P::Joined { .. } | P::SeatAsked { .. } | P::SeatAnswered { .. } | P::Removed(_) | P::DoorClosed(_) | P::RoleChanged { .. } | P::NamesErased,
        )
        | Event::Agenda(
            A::Started
            | A::Entered(_)
            | A::AdvanceUndone(_)
            | A::TimerStarted
            | A::TimerPaused
            | A::MinuteAdded
            | A::TimerRestarted
            | A::PartEnded { .. }
            | A::BreakUndone
            | A::PartOpened,
        )
        | Event::Plan(
            L::Moved { .. }
            | L::Removed(_)
            | L::Added { .. }
            | L::Renamed { .. }
            | L::Retimed { .. }
            | L::BreakSet(_)
            | L::Laid { .. }
            | L::AvailableSet(_)
            | L::Chosen(_)
            | L::Written { .. }
            | L::Rescheduled { .. }
            | L::Cancelled
            | L::Reopened,
        )
        | Event::WarmUp(W::Answered { .. } | W::Shown(_))
        | Event::Since(I::Settled { .. } | I::Reopened(_) | I::Added { .. } | I::Removed(_))
        | Event::Scene(C::Set { .. })
        | Event::Vote(
            V::Cast { .. }
            | V::Withdrawn { .. }
            | V::HandsRaised { .. }
            | V::Revealed { .. }
            | V::RoundOpened { .. }
            | V::Agreed { .. }
            | V::AgreementUndone { .. },
        )
        | Event::Survey(Q::Proposed { .. } | Q::Chosen(_) | Q::Opened { .. } | Q::Answered { .. } | Q::Closed { .. })
        | Event::Focus(F::Set { .. } | F::Undone | F::NoteAdded { .. } | F::NoteEdited { .. } | F::NoteRemoved(_))
        | Event::Flow(D::Edited(_) | D::TakenOver(_) | D::Drawn(_))
        // Those of actions are pinned in actions.rs.
        | Event::Actions(_)
        | Event::Improve(
            B::Added { .. }
            | B::Changed { .. }
            | B::Removed(_)
            | B::Hushed
            | B::Shown(_)
            | B::Grouped { .. }
            | B::Placed(_)
            | B::GroupNamed { .. }
            | B::AuthorsForgotten,
        )
        | Event::Dots(O::Opened { .. } | O::Adjusted(_) | O::Placed { .. } | O::Revealed { .. } | O::Discarded { .. })
        | Event::Note(N::Added { .. } | N::Removed(_))
        | Event::Summary(S::Edited { .. } | S::LeftOut(_) | S::PutBack(_) | S::NumbersOnly(_) | S::Published { .. }) => {}
    }
}

#[test]
fn a_checkpoint_comes_into_being() {
    let created = Created {
        squad: SquadName::parse("Falcon").unwrap(),
        tribe: Some(TribeName::parse("Birds").unwrap()),
        code: JoinCode::parse("K7QM-2XFD-9TRC").unwrap(),
        held_on: chrono::NaiveDate::from_ymd_opt(2023, 1, 10).unwrap(),
        facilitator: PersonName::parse("Fay").unwrap(),
        industry: Some(Industry::Finance),
        options: Options {
            secrecy: Secrecy::Open,
            facilitator_votes: true,
            ..Options::default()
        },
        steps: default_steps(true)
            .into_iter()
            .filter(|step| [1, 2, 4].contains(&step.id.0))
            .collect(),
        scope: Scope {
            service: ScopeText::parse("Orders").unwrap(),
            ..Scope::default()
        },
        previous: Some(Previous {
            id: WorkshopId::new(ID),
            held_on: chrono::NaiveDate::from_ymd_opt(2022, 10, 4).unwrap(),
            answers: [(Metric::LeadTime, code(3))].into(),
            actions: vec![],
            flow: None,
        }),
        minutes: None,
        texts: [].into(),
        rehearsal: false,
    };
    let full = Event::Created(Box::new(created.clone()));
    pin(
        &full,
        r#"{"created":{"squad":"Falcon","tribe":"Birds","code":"K7QM-2XFD-9TRC","held_on":"2023-01-10","facilitator":"Fay","industry":"finance","options":{"secrecy":"open","facilitator_votes":true,"auto_reveal":false},"steps":[{"id":1,"kind":"welcome","minutes":3},{"id":2,"kind":"since","minutes":5},{"id":4,"kind":{"vote":"lead_time"},"minutes":8}],"scope":{"service":"Orders","deployment":"","failure":""},"previous":{"id":"01920000-0000-7000-8000-000000000001","held_on":"2022-10-04","answers":{"lead_time":3}}}}"#,
    );
    let recalled = Previous {
        id: WorkshopId::new(ID),
        held_on: chrono::NaiveDate::from_ymd_opt(2022, 10, 4).unwrap(),
        answers: [].into(),
        actions: vec![],
        flow: None,
    };
    pin(
        &Event::Recalled(Box::new(recalled)),
        r#"{"recalled":{"id":"01920000-0000-7000-8000-000000000001","held_on":"2022-10-04"}}"#,
    );
    let least = Created {
        tribe: None,
        industry: None,
        options: Options::default(),
        steps: vec![],
        previous: None,
        ..created
    };
    pin(
        &Event::Created(Box::new(least)),
        r#"{"created":{"squad":"Falcon","code":"K7QM-2XFD-9TRC","held_on":"2023-01-10","facilitator":"Fay","options":{"secrecy":"anonymous","facilitator_votes":false,"auto_reveal":false},"steps":[],"scope":{"service":"Orders","deployment":"","failure":""}}}"#,
    );
    let kinds: Vec<_> = default_steps(true).into_iter().map(|step| step.kind).collect();
    pin(
        &kinds,
        r#"["welcome","since","scene",{"vote":"lead_time"},{"vote":"deployment_frequency"},{"vote":"time_to_restore"},{"vote":"change_failure_rate"},{"vote":"deployment_rework"},"maturity","surveys","focus","flow","improvements","dots","actions","summary","feedback"]"#,
    );
}

#[test]
fn people_come_and_go() {
    use people::Event as E;
    let joined = |account, role| E::Joined {
        participant: ANA,
        name: DisplayName::parse("Ana").unwrap(),
        role,
        account,
    };
    for (event, json) in [
        (
            joined(None, Role::Member),
            r#"{"joined":{"participant":2,"name":"Ana","role":"member"}}"#,
        ),
        (
            joined(None, Role::Observer),
            r#"{"joined":{"participant":2,"name":"Ana","role":"observer"}}"#,
        ),
        (
            joined(Some(AccountId::new(ID)), Role::Facilitator),
            r#"{"joined":{"participant":2,"name":"Ana","role":"facilitator","account":"01920000-0000-7000-8000-000000000001"}}"#,
        ),
        (
            E::SeatAsked {
                request: RequestId(1),
                participant: ANA,
            },
            r#"{"seat_asked":{"request":1,"participant":2}}"#,
        ),
        (
            E::SeatAnswered {
                request: RequestId(1),
                granted: true,
            },
            r#"{"seat_answered":{"request":1,"granted":true}}"#,
        ),
        (E::Removed(ANA), r#"{"removed":2}"#),
        (E::DoorClosed(true), r#"{"door_closed":true}"#),
        (
            E::RoleChanged {
                participant: ANA,
                role: Role::Facilitator,
            },
            r#"{"role_changed":{"participant":2,"role":"facilitator"}}"#,
        ),
        (E::NamesErased, r#""names_erased""#),
    ] {
        pin(&Event::People(event), &format!(r#"{{"people":{json}}}"#));
    }
}

#[test]
fn the_squad_moves_along_the_agenda() {
    use agenda::Event as E;
    for (event, json) in [
        (E::Started, r#""started""#),
        (E::Entered(STEP), r#"{"entered":3}"#),
        (E::AdvanceUndone(STEP), r#"{"advance_undone":3}"#),
        (E::TimerStarted, r#""timer_started""#),
        (E::TimerPaused, r#""timer_paused""#),
        (E::MinuteAdded, r#""minute_added""#),
        (E::TimerRestarted, r#""timer_restarted""#),
        (
            E::PartEnded {
                next: STEP,
                here: [ParticipantId(1), ANA].into(),
            },
            r#"{"part_ended":{"next":3,"here":[1,2]}}"#,
        ),
        (E::BreakUndone, r#""break_undone""#),
        (E::PartOpened, r#""part_opened""#),
    ] {
        pin(&Event::Agenda(event), &format!(r#"{{"agenda":{json}}}"#));
    }
}

#[test]
fn an_agenda_is_prepared() {
    use plan::Event as E;
    let own = Step {
        title: Some(StepTitle::parse("Retro").unwrap()),
        break_after: true,
        ..Step::new(StepId(9), StepKind::Talk)
    };
    let held_on = chrono::NaiveDate::from_ymd_opt(2026, 12, 5).unwrap();
    let text = Markdown::parse("# Hello").unwrap();
    for (event, json) in [
        (
            E::Moved {
                step: STEP,
                after: Some(StepId(1)),
            },
            r#"{"moved":{"step":3,"after":1}}"#,
        ),
        (E::Moved { step: STEP, after: None }, r#"{"moved":{"step":3,"after":null}}"#),
        (E::Removed(STEP), r#"{"removed":3}"#),
        (
            E::Added {
                step: own,
                after: Some(STEP),
            },
            r#"{"added":{"step":{"id":9,"kind":"talk","minutes":10,"title":"Retro","break_after":true},"after":3}}"#,
        ),
        (
            E::Renamed {
                step: STEP,
                title: Some(StepTitle::parse("Speed").unwrap()),
            },
            r#"{"renamed":{"step":3,"title":"Speed"}}"#,
        ),
        (E::Renamed { step: STEP, title: None }, r#"{"renamed":{"step":3,"title":null}}"#),
        (E::Retimed { step: STEP, minutes: 9 }, r#"{"retimed":{"step":3,"minutes":9}}"#),
        (E::BreakSet(Some(STEP)), r#"{"break_set":3}"#),
        (E::BreakSet(None), r#"{"break_set":null}"#),
        (
            E::Laid {
                steps: vec![Step::new(StepId(9), StepKind::Welcome)],
                minutes: 60,
            },
            r#"{"laid":{"steps":[{"id":9,"kind":"welcome","minutes":3}],"minutes":60}}"#,
        ),
        (E::AvailableSet(90), r#"{"available_set":90}"#),
        (E::Chosen(Choice::Secrecy(Secrecy::Open)), r#"{"chosen":{"secrecy":"open"}}"#),
        (
            E::Chosen(Choice::FacilitatorVotes(true)),
            r#"{"chosen":{"facilitator_votes":true}}"#,
        ),
        (E::Chosen(Choice::AutoReveal(true)), r#"{"chosen":{"auto_reveal":true}}"#),
        (
            E::Chosen(Choice::Industry(Some(Industry::Finance))),
            r#"{"chosen":{"industry":"finance"}}"#,
        ),
        (E::Chosen(Choice::Industry(None)), r#"{"chosen":{"industry":null}}"#),
        (
            E::Written {
                step: STEP,
                text: Some(text),
            },
            r##"{"written":{"step":3,"text":"# Hello"}}"##,
        ),
        (E::Written { step: STEP, text: None }, r#"{"written":{"step":3,"text":null}}"#),
        (
            E::Rescheduled {
                held_on,
                starts: Some(Timestamp(1_796_000_000_000)),
            },
            r#"{"rescheduled":{"held_on":"2026-12-05","starts":1796000000000}}"#,
        ),
        (
            E::Rescheduled { held_on, starts: None },
            r#"{"rescheduled":{"held_on":"2026-12-05"}}"#,
        ),
        (E::Cancelled, r#""cancelled""#),
        (E::Reopened, r#""reopened""#),
    ] {
        pin(&Event::Plan(event), &format!(r#"{{"plan":{json}}}"#));
    }
}

#[test]
fn actions_are_settled() {
    use since::Event as E;
    let action = ActionId(4);
    let what = Action {
        title: ActionTitle::parse("Split the pipeline").unwrap(),
        owner: Owner::parse("Ana").unwrap(),
        due: chrono::NaiveDate::from_ymd_opt(2023, 3, 3),
        expects: Some(Metric::LeadTime),
        status: Status::InProgress,
        why: Why::parse("So").unwrap(),
        opened_on: chrono::NaiveDate::from_ymd_opt(2023, 1, 10),
        age: 2,
        ..Action::default()
    };
    let least = Action {
        title: ActionTitle::parse("X").unwrap(),
        ..Action::default()
    };
    for (event, json) in [
        (
            E::Added {
                action,
                what: Box::new(what),
            },
            r#"{"added":{"action":4,"what":{"title":"Split the pipeline","owner":"Ana","due":"2023-03-03","expects":"lead_time","status":"in_progress","why":"So","opened_on":"2023-01-10","age":2}}}"#,
        ),
        (
            E::Added {
                action,
                what: Box::new(least),
            },
            r#"{"added":{"action":4,"what":{"title":"X","status":"not_started","age":0}}}"#,
        ),
        (
            E::Settled {
                action,
                status: Status::Done,
                why: Why::parse("So").unwrap(),
            },
            r#"{"settled":{"action":4,"status":"done","why":"So"}}"#,
        ),
        (E::Reopened(action), r#"{"reopened":4}"#),
        (E::Removed(action), r#"{"removed":4}"#),
    ] {
        pin(&Event::Since(event), &format!(r#"{{"since":{json}}}"#));
    }
    pin(&Status::ALL, r#"["done","in_progress","not_started","dropped"]"#);
}

#[test]
fn a_room_warms_up() {
    use warmup::Event as E;
    for (event, json) in [
        (E::Answered { by: ANA, option: Some(2) }, r#"{"answered":{"by":2,"option":2}}"#),
        (E::Answered { by: ANA, option: None }, r#"{"answered":{"by":2}}"#),
        (E::Shown([1, 0, 2, 0]), r#"{"shown":[1,0,2,0]}"#),
    ] {
        pin(&Event::WarmUp(event), &format!(r#"{{"warm_up":{json}}}"#));
    }
}

#[test]
fn votes_are_cast_and_counted() {
    use vote::Event as E;
    let (step, round, voter) = (STEP, 1, ANA);
    let cast = |ballot| E::Cast {
        step,
        round,
        voter,
        ballot,
    };
    let plain = |answer| Ballot { answer, confidence: None };
    let raised = |hands| E::HandsRaised {
        step,
        round,
        by: ParticipantId(1),
        total: 4,
        hands,
    };
    let tally = Tally {
        counts: [0, 0, 0, 1, 0, 0],
        not_sure: 1,
        hands: hands(),
        confidence: [0, 0, 1],
        open: Some(vec![(ANA, guess())]),
    };
    for (event, json) in [
        (cast(None), r#"{"cast":{"step":3,"round":1,"voter":2}}"#),
        (
            cast(Some(guess())),
            r#"{"cast":{"step":3,"round":1,"voter":2,"ballot":{"answer":{"code":4},"confidence":"guess"}}}"#,
        ),
        (
            cast(Some(plain(Answer::NotSure))),
            r#"{"cast":{"step":3,"round":1,"voter":2,"ballot":{"answer":"not_sure"}}}"#,
        ),
        (
            E::Withdrawn { step, round, voter },
            r#"{"withdrawn":{"step":3,"round":1,"voter":2}}"#,
        ),
        (raised(None), r#"{"hands_raised":{"step":3,"round":1,"by":1,"total":4}}"#),
        (
            raised(Some(hands())),
            r#"{"hands_raised":{"step":3,"round":1,"by":1,"total":4,"hands":{"counts":[0,0,2,1,0,0],"not_sure":1}}}"#,
        ),
        (
            E::Revealed {
                step,
                round,
                tally,
                last_time: Some(code(3)),
            },
            r#"{"revealed":{"step":3,"round":1,"tally":{"counts":[0,0,0,1,0,0],"not_sure":1,"hands":{"counts":[0,0,2,1,0,0],"not_sure":1},"confidence":[0,0,1],"open":[[2,{"answer":{"code":4},"confidence":"guess"}]]},"last_time":3}}"#,
        ),
        (
            E::Revealed {
                step,
                round,
                tally: Tally::default(),
                last_time: None,
            },
            r#"{"revealed":{"step":3,"round":1,"tally":{"counts":[0,0,0,0,0,0],"not_sure":0,"hands":{"counts":[0,0,0,0,0,0],"not_sure":0},"confidence":[0,0,0]}}}"#,
        ),
        (E::RoundOpened { step, round: 2 }, r#"{"round_opened":{"step":3,"round":2}}"#),
        (
            E::Agreed {
                step,
                answer: code(5),
                why: Why::parse("So").unwrap(),
            },
            r#"{"agreed":{"step":3,"answer":5,"why":"So"}}"#,
        ),
        (E::AgreementUndone { step }, r#"{"agreement_undone":{"step":3}}"#),
    ] {
        pin(&Event::Vote(event), &format!(r#"{{"vote":{json}}}"#));
    }
    pin(&Confidence::ALL, r#"["measured","remember","guess"]"#);
}

#[test]
fn scope_notes_and_page_are_written() {
    let line = |line| {
        Event::Scene(scene::Event::Set {
            line,
            text: ScopeText::parse("Orders").unwrap(),
        })
    };
    pin(&line(Line::Service), r#"{"scene":{"set":{"line":"service","text":"Orders"}}}"#);
    pin(
        &line(Line::Deployment),
        r#"{"scene":{"set":{"line":"deployment","text":"Orders"}}}"#,
    );
    pin(&line(Line::Failure), r#"{"scene":{"set":{"line":"failure","text":"Orders"}}}"#);
    let added = note::Event::Added {
        note: NoteId(9),
        text: NoteText::parse("One\ntwo").unwrap(),
        by: ANA,
    };
    pin(&Event::Note(added), r#"{"note":{"added":{"note":9,"text":"One\ntwo","by":2}}}"#);
    pin(&Event::Note(note::Event::Removed(NoteId(9))), r#"{"note":{"removed":9}}"#);
    let edited = summary::Event::Edited {
        title: Title::parse("Ours").unwrap(),
        foreword: Foreword::default(),
    };
    pin(&Event::Summary(edited), r#"{"summary":{"edited":{"title":"Ours","foreword":""}}}"#);
    pin(
        &Event::Summary(summary::Event::Published { revision: 2 }),
        r#"{"summary":{"published":{"revision":2}}}"#,
    );
}
