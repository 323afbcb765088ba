//! What screens and server say to each other. It may change, with another `PROTOCOL`.

use crate::{ANA, ID, STEP, code, guess, hands, pin};
use checkpoint::domain::action::Status;
use checkpoint::domain::agenda::StepKind;
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::{Presence, Seen};
use checkpoint::domain::event::{Event, Recorded};
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::ids::{ActionId, CommandId, NoteId, ParticipantId, RequestId, StepId};
use checkpoint::domain::metric::Metric;
use checkpoint::domain::plan::{Choice, Template};
use checkpoint::domain::scene::Line;
use checkpoint::domain::survey::Likert;
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::workshop::Workshop;
use checkpoint::domain::{agenda, focus, note, people, plan, scene, since, summary, survey, vote, warmup};
use checkpoint::protocol::{ClientMessage, Missing, PROTOCOL, ServerMessage};

#[test]
fn screens_say() {
    use {agenda::Command as A, people::Command as P, plan::Command as L, vote::Command as V};
    let hello = |last_seq| ClientMessage::Hello {
        protocol: PROTOCOL,
        last_seq,
    };
    pin(&hello(Some(12)), r#"{"hello":{"protocol":5,"last_seq":12}}"#);
    pin(&hello(None), r#"{"hello":{"protocol":5,"last_seq":null}}"#);
    pin(&ClientMessage::Ping, r#""ping""#);
    let (step, round) = (STEP, 1);
    let capability = || CapabilityKey::new("ci");
    let agree = V::Agree {
        step,
        answer: code(5),
        why: "So".to_owned(),
    };
    let edit = summary::Command::Edit {
        title: "T".to_owned(),
        foreword: String::new(),
    };
    let set = scene::Command::Set {
        line: Line::Service,
        text: "Orders".to_owned(),
    };
    for (command, json) in [
        (
            Command::Vote(V::Cast {
                step,
                round,
                ballot: guess(),
            }),
            r#"{"vote":{"cast":{"step":3,"round":1,"ballot":{"answer":{"code":4},"confidence":"guess"}}}}"#,
        ),
        (
            Command::Vote(V::Withdraw { step, round }),
            r#"{"vote":{"withdraw":{"step":3,"round":1}}}"#,
        ),
        (
            Command::Vote(V::RaiseHands {
                step,
                round,
                hands: hands(),
            }),
            r#"{"vote":{"raise_hands":{"step":3,"round":1,"hands":{"counts":[0,0,2,1,0,0],"not_sure":1}}}}"#,
        ),
        (
            Command::Vote(V::Reveal { step, round }),
            r#"{"vote":{"reveal":{"step":3,"round":1}}}"#,
        ),
        (Command::Vote(V::VoteAgain { step }), r#"{"vote":{"vote_again":{"step":3}}}"#),
        (Command::Vote(agree), r#"{"vote":{"agree":{"step":3,"answer":5,"why":"So"}}}"#),
        (
            Command::Vote(V::UndoAgreement { step }),
            r#"{"vote":{"undo_agreement":{"step":3}}}"#,
        ),
        (
            Command::Survey(survey::Command::Choose(vec![capability()])),
            r#"{"survey":{"choose":["ci"]}}"#,
        ),
        (
            Command::Survey(survey::Command::Open { capability: capability() }),
            r#"{"survey":{"open":{"capability":"ci"}}}"#,
        ),
        (
            Command::Survey(survey::Command::Answer {
                capability: capability(),
                round,
                item: 2,
                answer: Likert::ALL[4],
            }),
            r#"{"survey":{"answer":{"capability":"ci","round":1,"item":2,"answer":5}}}"#,
        ),
        (
            Command::Survey(survey::Command::Close {
                capability: capability(),
                round,
            }),
            r#"{"survey":{"close":{"capability":"ci","round":1}}}"#,
        ),
        (
            Command::Survey(survey::Command::OpenAgain { capability: capability() }),
            r#"{"survey":{"open_again":{"capability":"ci"}}}"#,
        ),
        (
            Command::Focus(focus::Command::Set {
                capability: capability(),
                why: "So".to_owned(),
            }),
            r#"{"focus":{"set":{"capability":"ci","why":"So"}}}"#,
        ),
        (Command::Focus(focus::Command::Undo), r#"{"focus":"undo"}"#),
        (
            Command::Focus(focus::Command::AddNote {
                capability: capability(),
                text: "Slow".to_owned(),
            }),
            r#"{"focus":{"add_note":{"capability":"ci","text":"Slow"}}}"#,
        ),
        (
            Command::Focus(focus::Command::EditNote {
                note: NoteId(9),
                text: "Slow".to_owned(),
            }),
            r#"{"focus":{"edit_note":{"note":9,"text":"Slow"}}}"#,
        ),
        (
            Command::Focus(focus::Command::RemoveNote(NoteId(9))),
            r#"{"focus":{"remove_note":9}}"#,
        ),
        (Command::Agenda(A::Start), r#"{"agenda":"start"}"#),
        (Command::Agenda(A::GoTo(step)), r#"{"agenda":{"go_to":3}}"#),
        (Command::Agenda(A::UndoAdvance), r#"{"agenda":"undo_advance"}"#),
        (Command::Agenda(A::StartTimer), r#"{"agenda":"start_timer"}"#),
        (Command::Agenda(A::PauseTimer), r#"{"agenda":"pause_timer"}"#),
        (Command::Agenda(A::AddMinute), r#"{"agenda":"add_minute"}"#),
        (Command::Agenda(A::RestartTimer), r#"{"agenda":"restart_timer"}"#),
        (Command::Agenda(A::EndPart), r#"{"agenda":"end_part"}"#),
        (Command::Agenda(A::OpenPart), r#"{"agenda":"open_part"}"#),
        (Command::WarmUp(warmup::Command::Answer(2)), r#"{"warm_up":{"answer":2}}"#),
        (Command::WarmUp(warmup::Command::Show), r#"{"warm_up":"show"}"#),
        (
            Command::Since(since::Command::Settle {
                action: ActionId(4),
                status: Status::Dropped,
                why: "So".to_owned(),
            }),
            r#"{"since":{"settle":{"action":4,"status":"dropped","why":"So"}}}"#,
        ),
        (Command::Since(since::Command::Reopen(ActionId(4))), r#"{"since":{"reopen":4}}"#),
        (Command::Since(since::Command::Remove(ActionId(4))), r#"{"since":{"remove":4}}"#),
        (
            Command::Since(since::Command::Add {
                title: "T".to_owned(),
                owner: String::new(),
                due: "2023-03-03".to_owned(),
                expects: Some(Metric::LeadTime),
            }),
            r#"{"since":{"add":{"title":"T","owner":"","due":"2023-03-03","expects":"lead_time"}}}"#,
        ),
        (
            Command::Plan(L::Move {
                step,
                after: Some(StepId(1)),
            }),
            r#"{"plan":{"move":{"step":3,"after":1}}}"#,
        ),
        (Command::Plan(L::Remove(step)), r#"{"plan":{"remove":3}}"#),
        (
            Command::Plan(L::Add {
                kind: StepKind::Talk,
                title: "Retro".to_owned(),
            }),
            r#"{"plan":{"add":{"kind":"talk","title":"Retro"}}}"#,
        ),
        (
            Command::Plan(L::Rename {
                step,
                title: "Speed".to_owned(),
            }),
            r#"{"plan":{"rename":{"step":3,"title":"Speed"}}}"#,
        ),
        (
            Command::Plan(L::Retime { step, minutes: 9 }),
            r#"{"plan":{"retime":{"step":3,"minutes":9}}}"#,
        ),
        (Command::Plan(L::Break(Some(step))), r#"{"plan":{"break":3}}"#),
        (
            Command::Plan(L::Lay(Template {
                minutes: 60,
                steps: vec![],
            })),
            r#"{"plan":{"lay":{"minutes":60,"steps":[]}}}"#,
        ),
        (Command::Plan(L::Available(90)), r#"{"plan":{"available":90}}"#),
        (
            Command::Plan(L::Choose(Choice::AutoReveal(true))),
            r#"{"plan":{"choose":{"auto_reveal":true}}}"#,
        ),
        (
            Command::Plan(L::Write { step, text: None }),
            r#"{"plan":{"write":{"step":3,"text":null}}}"#,
        ),
        (
            Command::Plan(L::Reschedule {
                held_on: "2026-12-05".to_owned(),
                starts: None,
            }),
            r#"{"plan":{"reschedule":{"held_on":"2026-12-05","starts":null}}}"#,
        ),
        (Command::Plan(L::Cancel), r#"{"plan":"cancel"}"#),
        (Command::Plan(L::Reopen), r#"{"plan":"reopen"}"#),
        (
            Command::People(P::Join {
                name: "Dev".to_owned(),
                observer: true,
            }),
            r#"{"people":{"join":{"name":"Dev","observer":true}}}"#,
        ),
        (
            Command::People(P::AskForSeat { name: "Ana".to_owned() }),
            r#"{"people":{"ask_for_seat":{"name":"Ana"}}}"#,
        ),
        (Command::People(P::GrantSeat(RequestId(1))), r#"{"people":{"grant_seat":1}}"#),
        (Command::People(P::DeclineSeat(RequestId(1))), r#"{"people":{"decline_seat":1}}"#),
        (Command::People(P::Remove(ANA)), r#"{"people":{"remove":2}}"#),
        (Command::People(P::CloseDoor), r#"{"people":"close_door"}"#),
        (Command::People(P::OpenDoor), r#"{"people":"open_door"}"#),
        (Command::People(P::ShareFacilitation(ANA)), r#"{"people":{"share_facilitation":2}}"#),
        (Command::People(P::StepBack), r#"{"people":"step_back"}"#),
        (Command::People(P::ClaimFacilitation), r#"{"people":"claim_facilitation"}"#),
        (Command::Scene(set), r#"{"scene":{"set":{"line":"service","text":"Orders"}}}"#),
        (Command::Note(note::Command::Add("One".to_owned())), r#"{"note":{"add":"One"}}"#),
        (Command::Note(note::Command::Remove(NoteId(9))), r#"{"note":{"remove":9}}"#),
        (Command::Summary(edit), r#"{"summary":{"edit":{"title":"T","foreword":""}}}"#),
        (
            Command::Summary(summary::Command::LeaveOut(summary::Part::Moment(9))),
            r#"{"summary":{"leave_out":{"moment":9}}}"#,
        ),
        (
            Command::Summary(summary::Command::PutBack(summary::Part::FocusReason)),
            r#"{"summary":{"put_back":"focus_reason"}}"#,
        ),
        (
            Command::Summary(summary::Command::OnlyNumbers(true)),
            r#"{"summary":{"only_numbers":true}}"#,
        ),
        (Command::Summary(summary::Command::Publish), r#"{"summary":"publish"}"#),
    ] {
        let message = ClientMessage::Command {
            id: CommandId::new(ID),
            command,
        };
        pin(
            &message,
            &format!(r#"{{"command":{{"id":"01920000-0000-7000-8000-000000000001","command":{json}}}}}"#),
        );
    }
}

/// An event as a screen gets it, with numbers as large as a long checkpoint makes them.
fn delivered(event: vote::Event) -> Recorded {
    Recorded {
        seq: 123_456,
        at: Timestamp(1_700_000_000_000),
        event: Event::Vote(event),
    }
}

#[test]
fn the_server_says() {
    let withdrawn = vote::Event::Withdrawn {
        step: STEP,
        round: 1,
        voter: ANA,
    };
    let json = r#"{"seq":123456,"at":1700000000000,"event":{"vote":{"withdrawn":{"step":3,"round":1,"voter":2}}}}"#;
    let recorded = delivered(withdrawn);
    pin(&recorded, json);
    let presence = Presence([(ParticipantId(1), Seen::Here), (ANA, Seen::Away(Timestamp(17)))].into());
    pin(&ServerMessage::Events(vec![recorded.clone()]), &format!(r#"{{"events":[{json}]}}"#));
    pin(
        &ServerMessage::Presence(presence.clone()),
        r#"{"presence":{"1":"here","2":{"away":17}}}"#,
    );
    pin(&ServerMessage::Feedback(3), r#"{"feedback":3}"#);
    pin(&ServerMessage::Pong, r#""pong""#);
    let id = CommandId::new(ID);
    pin(&ServerMessage::Done(id), r#"{"done":"01920000-0000-7000-8000-000000000001"}"#);
    let refused = ServerMessage::Refused {
        id,
        reason: "No.".to_owned(),
    };
    pin(
        &refused,
        r#"{"refused":{"id":"01920000-0000-7000-8000-000000000001","reason":"No."}}"#,
    );
    let welcome = |missing| ServerMessage::Welcome {
        you: ANA,
        now: Timestamp(18),
        presence: presence.clone(),
        missing,
    };
    let with =
        |missing: &str| format!(r#"{{"welcome":{{"you":2,"now":18,"presence":{{"1":"here","2":{{"away":17}}}},"missing":{missing}}}}}"#);
    pin(
        &welcome(Missing::Events(vec![recorded])),
        &with(&format!(r#"{{"events":[{json}]}}"#)),
    );
    let empty = r#"{"snapshot":{"seq":0,"squad":"","tribe":null,"code":"","held_on":"1970-01-01","facilitator":"","industry":null,"options":{"secrecy":"anonymous","facilitator_votes":false,"auto_reveal":false},"previous":null,"people":{"seats":{},"requests":{},"door_closed":false},"agenda":{"steps":[],"current":0,"entered_at":0,"came_from":null,"furthest":0,"started_at":null,"timers":{},"last_id":0},"plan":{"minutes":120},"scope":{"service":"","deployment":"","failure":""},"votes":{},"surveys":{"list":[],"by_hand":false},"focus":{},"notes":{},"timeline":[],"summary":{"title":"","foreword":"","revision":0,"published_at":null,"changed":false}}}"#;
    pin(&welcome(Missing::Snapshot(Box::default())), &with(empty));
    pin(&ServerMessage::Snapshot(Box::<Workshop>::default()), empty);
}

#[test]
fn a_vote_is_short_on_every_screen() {
    let cast = delivered(vote::Event::Cast {
        step: STEP,
        round: 20,
        voter: ParticipantId(199),
        ballot: Some(guess()),
    });
    for viewer in [Audience::Everyone, Audience::Seat(ANA)] {
        let json = serde_json::to_string(&cast.seen_by(viewer)).unwrap();
        assert!(json.len() <= 120, "{} bytes: {json}", json.len());
    }
}

#[test]
fn a_message_that_is_not_of_the_protocol_is_an_error() {
    let of = |command: &str| format!(r#"{{"command":{{"id":"01920000-0000-7000-8000-000000000001","command":{command}}}}}"#);
    let known = of(r#"{"vote":{"withdraw":{"step":3,"round":1}}}"#);
    assert!(serde_json::from_str::<ClientMessage>(&known).is_ok());
    let garbage = [
        String::new(),
        "null".to_owned(),
        "[]".to_owned(),
        "\"hello\"".to_owned(),
        "{}".to_owned(),
        r#"{"hello":{}}"#.to_owned(),
        r#"{"hello":{"protocol":-1}}"#.to_owned(),
        r#"{"hello":{"protocol":5,"last_seq":1,"more":1}}"#.to_owned(),
        r#"{"hello":{"protocol":5,"last_seq":1},"more":1}"#.to_owned(),
        r#"{"farewell":{}}"#.to_owned(),
        format!("{known} {known}"),
        known[..known.len() - 1].to_owned(),
        known.replacen("{\"id\"", "{\"who\":1,\"id\"", 1),
        known.replacen("01920000", "zzzz", 1),
        of(r#"{"vote":{"withdraw":{"step":3,"round":1,"voter":2}}}"#),
        of(r#"{"vote":{"withdraw":{"step":3}}}"#),
        of(r#"{"vote":{"withdraw":{"step":3.5,"round":1}}}"#),
        of(r#"{"vote":{"withdraw":{"step":4294967296,"round":1}}}"#),
        of(r#"{"vote":{"cast":{"step":3,"round":1,"ballot":{"answer":{"code":7}}}}}"#),
        of(r#"{"vote":{"raise_hands":{"step":3,"round":1,"hands":{"counts":[1],"not_sure":0}}}}"#),
        of(r#"{"people":{"join":{"name":"Dev","observer":false,"role":"facilitator"}}}"#),
        of(r#"{"scene":{"set":{"line":"service","text":"x","by":1}}}"#),
        of(r#"{"summary":{"edit":{"title":"","foreword":"","revision":9}}}"#),
        of(r#"{"summary":"unpublish"}"#),
        of(&"[".repeat(10_000)),
    ];
    for text in garbage {
        assert!(serde_json::from_str::<ClientMessage>(&text).is_err(), "taken: {text}");
    }
}
