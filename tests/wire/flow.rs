//! The delivery flow in the log and on the socket.

use crate::{ANA, ID, pin};
use checkpoint::domain::command::Command;
use checkpoint::domain::event::Event;
use checkpoint::domain::flow::{self, Connector, Edit, Flow, Kind, Lane, Mode, Point, Pointing, Span, Step, Text};
use checkpoint::domain::ids::{CommandId, ElementId, ParticipantId};
use checkpoint::domain::text::{ConnectorLabel, Environment, FlowStepName, FlowText};
use checkpoint::protocol::{ClientMessage, ServerMessage};

const BUILD: ElementId = ElementId(7);

/// Every edit, and how it is written.
fn edits() -> Vec<(Edit, &'static str)> {
    let least = Step {
        name: FlowStepName::parse("Commit").unwrap(),
        ..Step::default()
    };
    let full = Step {
        lane: Lane::Recovery,
        kind: Kind::Automated,
        name: FlowStepName::parse("Roll back").unwrap(),
        work: Some(Span { least: 60, most: 300 }),
        environment: Environment::parse("prod").unwrap(),
        at: Some(Point { x: -3, y: 40 }),
    };
    let (from, to) = (ElementId(1), BUILD);
    let connector = Connector {
        from,
        to,
        ..Connector::default()
    };
    let labelled = Connector {
        wait: Some(Span::exactly(60)),
        label: ConnectorLabel::parse("ok").unwrap(),
        ..connector.clone()
    };
    let text = FlowText::parse("Only on Fridays").unwrap();
    let note = Text {
        text: text.clone(),
        ..Text::default()
    };
    vec![
        (
            Edit::AddStep(BUILD, least),
            r#"{"add_step":[7,{"lane":"delivery","kind":"manual","name":"Commit"}]}"#,
        ),
        (
            Edit::AddStep(BUILD, full),
            r#"{"add_step":[7,{"lane":"recovery","kind":"automated","name":"Roll back","work":[60,300],"environment":"prod","at":[-3,40]}]}"#,
        ),
        (
            Edit::AddConnector(ElementId(8), connector),
            r#"{"add_connector":[8,{"from":1,"to":7}]}"#,
        ),
        (
            Edit::AddConnector(ElementId(8), labelled),
            r#"{"add_connector":[8,{"from":1,"to":7,"wait":[60,60],"label":"ok"}]}"#,
        ),
        (
            Edit::AddText(ElementId(9), note),
            r#"{"add_text":[9,{"lane":"delivery","text":"Only on Fridays"}]}"#,
        ),
        (Edit::Remove(ElementId(ElementId::LARGEST)), r#"{"remove":9007199254740991}"#),
        (Edit::Name(BUILD, FlowStepName::parse("Build").unwrap()), r#"{"name":[7,"Build"]}"#),
        (Edit::Kind(BUILD, Kind::Automated), r#"{"kind":[7,"automated"]}"#),
        (Edit::Lane(BUILD, Lane::Recovery), r#"{"lane":[7,"recovery"]}"#),
        (Edit::Work(BUILD, Some(Span::exactly(300))), r#"{"work":[7,[300,300]]}"#),
        (Edit::Work(BUILD, None), r#"{"work":[7,null]}"#),
        (
            Edit::Environment(BUILD, Environment::parse("").unwrap()),
            r#"{"environment":[7,""]}"#,
        ),
        (Edit::At(BUILD, Some(Point { x: 20_000, y: 0 })), r#"{"at":[7,[20000,0]]}"#),
        (Edit::At(BUILD, None), r#"{"at":[7,null]}"#),
        (Edit::Wait(ElementId(8), None), r#"{"wait":[8,null]}"#),
        (
            Edit::Label(ElementId(8), ConnectorLabel::parse("no").unwrap()),
            r#"{"label":[8,"no"]}"#,
        ),
        (Edit::Ends(ElementId(8), from, to), r#"{"ends":[8,1,7]}"#),
        (Edit::Says(ElementId(9), text), r#"{"says":[9,"Only on Fridays"]}"#),
        (Edit::Keep(BUILD), r#"{"keep":7}"#),
    ]
}

/// The matches have no other arm: a new variant does not compile until it is pinned below.
fn pinned(edit: &Edit) {
    match edit {
        Edit::AddStep(..)
        | Edit::AddConnector(..)
        | Edit::AddText(..)
        | Edit::Remove(_)
        | Edit::Name(..)
        | Edit::Kind(..)
        | Edit::Lane(..)
        | Edit::Work(..)
        | Edit::Environment(..)
        | Edit::At(..)
        | Edit::Wait(..)
        | Edit::Label(..)
        | Edit::Ends(..)
        | Edit::Says(..)
        | Edit::Keep(_) => {}
    }
}

#[test]
fn a_flow_is_drawn() {
    for (edit, json) in edits() {
        pinned(&edit);
        pin(&edit, json);
        let drawn = Event::Flow(flow::Event::Edited(vec![edit.clone()]));
        pin(&drawn, &format!(r#"{{"flow":{{"edited":[{json}]}}}}"#));
        let asked = Command::Flow(flow::Command::Edit(vec![edit]));
        pin(&asked, &format!(r#"{{"flow":{{"edit":[{json}]}}}}"#));
    }
    let mut flow = Flow::default();
    flow.take_in(&edits()[0].0);
    flow.ghosts.insert(BUILD);
    let json = r#"{"steps":{"7":{"lane":"delivery","kind":"manual","name":"Commit"}},"ghosts":[7]}"#;
    pin(&flow, json);
    pin(
        &Event::Flow(flow::Event::TakenOver(Box::new(flow))),
        &format!(r#"{{"flow":{{"taken_over":{json}}}}}"#),
    );
    pin(&Event::Flow(flow::Event::Drawn(Mode::Together)), r#"{"flow":{"drawn":"together"}}"#);
    pin(
        &Event::Flow(flow::Event::Drawn(Mode::Scribe(ANA))),
        r#"{"flow":{"drawn":{"scribe":2}}}"#,
    );
    pin(&Command::Flow(flow::Command::TakeOver), r#"{"flow":"take_over"}"#);
    pin(
        &Command::Flow(flow::Command::Draw(Mode::Scribe(ANA))),
        r#"{"flow":{"draw":{"scribe":2}}}"#,
    );
}

#[test]
fn pointers_are_shown() {
    let drags = Pointing {
        at: Some(Point { x: 10, y: 20 }),
        drags: vec![BUILD],
        by: Point { x: 5, y: 0 },
        writes: None,
    };
    let writes = Pointing {
        writes: Some(BUILD),
        ..Pointing::default()
    };
    let dragging = r#"{"at":[10,20],"drags":[7],"by":[5,0]}"#;
    pin(&ClientMessage::Point(Some(drags.clone())), &format!(r#"{{"point":{dragging}}}"#));
    pin(&ClientMessage::Point(Some(writes)), r#"{"point":{"writes":7}}"#);
    pin(&ClientMessage::Point(None), r#"{"point":null}"#);
    let told = ServerMessage::Pointing([(ANA, Some(drags)), (ParticipantId(3), None)].into());
    pin(&told, &format!(r#"{{"pointing":{{"2":{dragging},"3":null}}}}"#));
}

#[test]
fn an_edit_is_short_on_every_screen() {
    let drag = ClientMessage::Point(Some(Pointing {
        at: Some(Point { x: 1234, y: -567 }),
        drags: vec![ElementId(ElementId::LARGEST)],
        by: Point { x: -300, y: 200 },
        writes: None,
    }));
    let bytes = |message: &ClientMessage| serde_json::to_string(message).unwrap().len();
    assert!(bytes(&drag) <= 80, "{}", bytes(&drag));
    let drop = ClientMessage::Command {
        id: CommandId::new(ID),
        command: Command::Flow(flow::Command::Edit(vec![Edit::At(
            ElementId(ElementId::LARGEST),
            Some(Point { x: 1234, y: -567 }),
        )])),
    };
    assert!(bytes(&drop) <= 140, "{}", bytes(&drop));
}
