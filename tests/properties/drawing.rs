//! What holds when many people draw one flow at once.

use crate::cases;
use checkpoint::domain::command::Command;
use checkpoint::domain::event::Event;
use checkpoint::domain::flow::undo::{changes, revert};
use checkpoint::domain::flow::{self, Connector, Edit, Flow, Kind, Lane, Mode, Point, Span, Step, Text};
use checkpoint::domain::ids::{ElementId, ParticipantId};
use checkpoint::domain::text::{FlowStepName, FlowText};
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Workshop;
use proptest::prelude::*;

use crate::story::{ANA, BEN, CEM, FAY, Story, created};

pub(crate) fn an_id() -> impl Strategy<Value = ElementId> {
    (0u64..12).prop_map(ElementId)
}

pub(crate) fn a_time() -> impl Strategy<Value = Option<Span>> {
    prop::option::of((0u32..5, 0u32..5).prop_map(|(least, more)| Span {
        least: 60 * least,
        most: 60 * (least + more),
    }))
}

fn a_name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["Build", "Review", "🚀", "בנייה", "x"])
}

pub(crate) fn an_edit() -> BoxedStrategy<Edit> {
    let name = || a_name().prop_map(|name| serde_json::from_value(name.into()).unwrap());
    let point = || prop::option::of((0i32..500, 0i32..500).prop_map(|(x, y)| Point { x, y }));
    let lane = || prop::sample::select(Lane::ALL.to_vec());
    let step = (lane(), name(), a_time(), point()).prop_map(|(lane, name, work, at)| Step {
        lane,
        name,
        work,
        at,
        ..Step::default()
    });
    let connector = (an_id(), an_id(), a_time()).prop_map(|(from, to, wait)| Connector {
        from,
        to,
        wait,
        ..Connector::default()
    });
    let text = || a_name().prop_map(|text| FlowText::parse(text).unwrap());
    prop_oneof![
        4 => (an_id(), step).prop_map(|(id, step)| Edit::AddStep(id, step)),
        4 => (an_id(), connector).prop_map(|(id, connector)| Edit::AddConnector(id, connector)),
        1 => (an_id(), text()).prop_map(|(id, text)| Edit::AddText(id, Text { text, ..Text::default() })),
        2 => an_id().prop_map(Edit::Remove),
        2 => (an_id(), name()).prop_map(|(id, name)| Edit::Name(id, name)),
        1 => (an_id(), prop::bool::ANY).prop_map(|(id, by_hand)| Edit::Kind(id, if by_hand { Kind::Manual } else { Kind::Automated })),
        1 => (an_id(), lane()).prop_map(|(id, lane)| Edit::Lane(id, lane)),
        1 => (an_id(), a_time()).prop_map(|(id, work)| Edit::Work(id, work)),
        1 => (an_id(), a_time()).prop_map(|(id, wait)| Edit::Wait(id, wait)),
        1 => (an_id(), point()).prop_map(|(id, at)| Edit::At(id, at)),
        1 => (an_id(), an_id(), an_id()).prop_map(|(id, from, to)| Edit::Ends(id, from, to)),
        1 => (an_id(), text()).prop_map(|(id, text)| Edit::Says(id, text)),
        1 => an_id().prop_map(Edit::Keep),
    ]
    .boxed()
}

/// What the squad drew last time: two steps.
pub(crate) fn last_flow() -> Flow {
    let mut flow = Flow::default();
    for id in [1, 2] {
        let step = Step {
            name: FlowStepName::parse(&format!("Step {id}")).unwrap(),
            ..Step::default()
        };
        flow.take_in(&Edit::AddStep(ElementId(id), step));
    }
    let (from, to) = (ElementId(1), ElementId(2));
    let connector = Connector {
        from,
        to,
        ..Connector::default()
    };
    flow.take_in(&Edit::AddConnector(ElementId(3), connector));
    flow
}

/// Whatever people may ask of the flow.
pub(crate) fn flow_command(who: impl Strategy<Value = ParticipantId> + 'static) -> BoxedStrategy<flow::Command> {
    prop_oneof![
        8 => prop::collection::vec(an_edit(), 0..4).prop_map(flow::Command::Edit),
        2 => Just(flow::Command::TakeOver),
        1 => Just(flow::Command::Draw(Mode::Together)),
        2 => who.prop_map(|who| flow::Command::Draw(Mode::Scribe(who))),
    ]
    .boxed()
}

/// What somebody does: a gesture, or taking their last one back.
#[derive(Clone, Debug)]
enum Does {
    Draws(Vec<Edit>),
    Undoes,
}

fn an_act() -> BoxedStrategy<(usize, Does)> {
    let does = prop_oneof![
        3 => prop::collection::vec(an_edit(), 1..4).prop_map(Does::Draws),
        1 => Just(Does::Undoes),
    ];
    (0usize..4, does).boxed()
}

/// A screen: what it has heard, and what it can take back.
struct Screen {
    who: ParticipantId,
    state: Workshop,
    heard: usize,
    past: Vec<Vec<flow::undo::Change>>,
}

/// Plays the acts on four screens that hear late; what the acknowledged edits were, in their order.
fn play(acts: &[(usize, Does)], late: &[usize]) -> (Story, Vec<Screen>) {
    let mut story = Story::new(created(Options::default(), false, None));
    let screen = |who| Screen {
        who,
        state: story.state.clone(),
        heard: story.log.len(),
        past: vec![],
    };
    let mut screens: Vec<Screen> = [FAY, ANA, BEN, CEM].into_iter().map(screen).collect();
    for (n, (who, does)) in acts.iter().enumerate() {
        let screen = &mut screens[*who];
        let edits = match does {
            Does::Draws(edits) => edits.clone(),
            Does::Undoes => screen
                .past
                .pop()
                .map(|change| revert(&screen.state.flow, &change))
                .unwrap_or_default(),
        };
        let change = changes(&screen.state.flow, &edits);
        let outcome = story.does_flow(screen.who, edits);
        if outcome.is_ok() && matches!(does, Does::Draws(_)) {
            screen.past.push(change);
        }
        // One of the screens hears what it has missed, in one go.
        let hears = &mut screens[late[n % late.len()] % 4];
        hears.catch_up(&story);
    }
    for screen in &mut screens {
        screen.catch_up(&story);
    }
    (story, screens)
}

impl Screen {
    fn catch_up(&mut self, story: &Story) {
        story.log.iter().skip(self.heard).for_each(|event| self.state.apply(event));
        self.heard = story.log.len();
    }
}

impl Story {
    fn does_flow(&mut self, who: ParticipantId, edits: Vec<Edit>) -> Result<Vec<Event>, checkpoint::domain::rejection::Rejection> {
        let command = Command::Flow(flow::Command::Edit(edits));
        self.tries(checkpoint::domain::context::Actor::Participant(who), &command)
    }
}

fn sound(flow: &Flow) -> bool {
    let ends = |c: &Connector| c.from != c.to && flow.steps.contains_key(&c.from) && flow.steps.contains_key(&c.to);
    flow.connectors.values().all(ends) && flow.ghosts.iter().all(|ghost| flow.contains(*ghost))
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn all_screens_end_with_the_same_flow(
        acts in prop::collection::vec(an_act(), 1..60),
        late in prop::collection::vec(0usize..4, 1..9),
    ) {
        let (story, screens) = play(&acts, &late);
        for screen in &screens {
            prop_assert_eq!(&screen.state, &story.state);
        }
        prop_assert_eq!(&Workshop::replay(&story.log), &story.state);
        prop_assert!(sound(&story.state.flow));
    }

    #[test]
    fn what_a_decision_keeps_is_what_its_edits_do(acts in prop::collection::vec(an_act(), 1..40)) {
        let mut story = Story::new(created(Options::default(), false, None));
        for (_, does) in acts {
            let Does::Draws(edits) = does else { continue };
            let mut raw = story.state.flow.clone();
            let before = raw.clone();
            raw.take_all(&edits);
            if story.does_flow(ANA, edits).is_ok() {
                // The decision leaves out only what changes nothing, and a second connector between the same steps.
                prop_assert_eq!(&raw.steps, &story.state.flow.steps);
                prop_assert_eq!(&raw.texts, &story.state.flow.texts);
            } else {
                prop_assert_eq!(&before, &story.state.flow);
            }
        }
    }

    #[test]
    fn undo_alone_brings_everything_back(first in prop::collection::vec(an_edit(), 0..20), then in prop::collection::vec(an_edit(), 1..6)) {
        let mut flow = Flow::default();
        flow.take_all(&first);
        let before = flow.drawn();
        let mine = changes(&flow, &then);
        flow.take_all(&then);
        let after = flow.drawn();
        let back = revert(&flow, &mine);
        let again = changes(&flow, &back);
        flow.take_all(&back);
        prop_assert_eq!(&flow.drawn(), &before);
        flow.take_all(&revert(&flow, &again));
        prop_assert_eq!(&flow.drawn(), &after, "done again");
    }

    #[test]
    fn undo_never_changes_what_others_did_since(
        first in prop::collection::vec(an_edit(), 0..20),
        mine in prop::collection::vec(an_edit(), 1..5),
        others in prop::collection::vec(an_edit(), 1..8),
    ) {
        let mut flow = Flow::default();
        flow.take_all(&first);
        let change = changes(&flow, &mine);
        flow.take_all(&mine);
        let left = flow.clone();
        flow.take_all(&others);
        let theirs = flow.clone();
        flow.take_all(&revert(&flow, &change));
        for (id, step) in &theirs.steps {
            let was = left.steps.get(id);
            if was != Some(step) {
                // Whatever field the others changed is as they left it.
                let now = flow.steps.get(id);
                prop_assert!(now.is_some(), "{:?} was changed by others and is gone", id);
                let now = now.unwrap();
                if was.is_none_or(|was| was.name != step.name) { prop_assert_eq!(&now.name, &step.name); }
                if was.is_none_or(|was| was.work != step.work) { prop_assert_eq!(&now.work, &step.work); }
                if was.is_none_or(|was| was.at != step.at) { prop_assert_eq!(&now.at, &step.at); }
            }
        }
        for (id, connector) in &theirs.connectors {
            if left.connectors.get(id) != Some(connector) {
                let now = flow.connectors.get(id);
                prop_assert!(now.is_some(), "connector {:?} of others is gone", id);
                prop_assert_eq!((now.unwrap().from, now.unwrap().to), (connector.from, connector.to));
            }
        }
        prop_assert!(sound(&flow));
    }
}
