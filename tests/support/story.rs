//! A checkpoint that stands on nothing but the domain: commands go in, events are kept, time passes when it is told to.

use checkpoint::domain::agenda::default_steps;
use checkpoint::domain::code::JoinCode;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::{Actor, Context, Presence, Seen};
use checkpoint::domain::event::{Event, Recorded};
use checkpoint::domain::facts::Catalogue;
use checkpoint::domain::ids::{AccountId, ParticipantId, WorkshopId};
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::people::{self, Role};
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::scene::Scope;
use checkpoint::domain::text::{DisplayName, PersonName, SquadName};
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::{Created, Previous, Workshop};
use chrono::NaiveDate;

/// The facilitator, who signs in.
pub(crate) const FAY: ParticipantId = ParticipantId(1);
/// Three members.
pub(crate) const ANA: ParticipantId = ParticipantId(2);
pub(crate) const BEN: ParticipantId = ParticipantId(3);
pub(crate) const CEM: ParticipantId = ParticipantId(4);
/// The observer.
pub(crate) const OLA: ParticipantId = ParticipantId(5);

/// When every story begins.
pub(crate) const BEGIN: Timestamp = Timestamp(1_700_000_000_000);

/// One checkpoint and everything that happened in it.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) state: Workshop,
    pub(crate) log: Vec<Recorded>,
    pub(crate) cx: Context,
}

/// The account with this number.
pub(crate) fn account(n: u128) -> AccountId {
    AccountId::new(uuid::Uuid::from_u128(n))
}

/// The checkpoint before, with these agreed answers.
pub(crate) fn previous(answers: &[(Metric, u8)]) -> Previous {
    Previous {
        id: WorkshopId::new(uuid::Uuid::from_u128(7)),
        held_on: NaiveDate::from_ymd_opt(2023, 7, 4).unwrap(),
        answers: answers.iter().map(|(metric, code)| (*metric, Code::new(*code).unwrap())).collect(),
        actions: vec![],
        flow: None,
    }
}

/// What is fixed at preparation: the default agenda with these choices.
pub(crate) fn created(options: Options, rework: bool, previous: Option<Previous>) -> Created {
    Created {
        squad: SquadName::parse("Falcon").unwrap(),
        tribe: None,
        code: JoinCode::from_bits(42),
        held_on: NaiveDate::from_ymd_opt(2023, 11, 14).unwrap(),
        facilitator: PersonName::parse("Fay").unwrap(),
        industry: None,
        options,
        steps: default_steps(rework),
        scope: Scope::default(),
        previous,
        minutes: None,
        texts: [].into(),
        rehearsal: false,
    }
}

impl Story {
    /// Fay leads, Ana, Ben and Cem are members, Ola observes; all are connected and nothing has started.
    pub(crate) fn new(created: Created) -> Self {
        let mut story = Self {
            state: Workshop::default(),
            log: vec![],
            cx: Context {
                now: BEGIN,
                presence: Presence::default(),
                catalogue: Catalogue::with_own(vec![]),
                previous: None,
            },
        };
        story.record(Event::Created(Box::new(created)));
        let seats = [
            (FAY, "Fay", Role::Facilitator),
            (ANA, "Ana", Role::Member),
            (BEN, "Ben", Role::Member),
            (CEM, "Cem", Role::Member),
            (OLA, "Ola", Role::Observer),
        ];
        for (participant, name, role) in seats {
            story.record(Event::People(people::Event::Joined {
                participant,
                name: DisplayName::parse(name).unwrap(),
                role,
                account: (participant == FAY).then(|| account(1)),
            }));
            story.cx.presence.0.insert(participant, Seen::Here);
        }
        story
    }

    /// Somebody asks for something; what follows is recorded.
    pub(crate) fn tries(&mut self, who: Actor, command: &Command) -> Result<Vec<Event>, Rejection> {
        let events = self.state.decide(who, command, &self.cx)?;
        for event in &events {
            self.record(event.clone());
        }
        Ok(events)
    }

    fn record(&mut self, event: Event) {
        let recorded = Recorded {
            seq: self.state.seq + 1,
            at: self.cx.now,
            event,
        };
        self.state.apply(&recorded);
        self.log.push(recorded);
    }

    /// Time passes.
    pub(crate) fn wait(&mut self, ms: i64) {
        self.cx.now = self.cx.now.plus(ms);
    }
}
