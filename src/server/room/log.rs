//! A room's side of its event log: the state, what still waits for the disk, and what a reveal must scrub.

use super::actions::Projection;
use crate::domain::event::{Event, Recorded};
use crate::domain::facts::CapabilityKey;
use crate::domain::ids::{CommandId, ParticipantId, StepId, WorkshopId};
use crate::domain::names::Names;
use crate::domain::page::Page;
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use crate::domain::{dots, improve, summary, survey, vote, warmup};
use crate::server::columns;
use crate::server::store::events::{self, NewEvent, StoredEvent};
use crate::server::store::journal::{Append, Erased};
use crate::server::store::summaries::NewSummary;
use crate::server::store::workshops::{Status, WorkshopColumns};
use crate::server::store::{Db, StoreError, audit};
use std::collections::{HashMap, HashSet, VecDeque};

/// How many events are kept for screens that come back.
const RECENT: usize = 512;
/// How many commands that changed nothing are remembered.
const IDLE: usize = 512;

/// An event on its way to the disk.
struct Pending {
    recorded: Recorded,
    by: Option<ParticipantId>,
    cause: CommandId,
}

/// What holds secrets until it is settled.
#[derive(Clone, PartialEq, Eq, Hash)]
enum SecretRound {
    /// A round of a vote.
    Vote(StepId, u32),
    /// The warm-up in Welcome.
    WarmUp,
    /// A round of a survey.
    Survey(CapabilityKey, u32),
    /// Who wrote which sticky.
    Authors,
    /// A round of the dot vote.
    Dots(u32),
}

/// The state of a room and its log.
pub(super) struct RoomLog {
    pub(super) id: WorkshopId,
    /// The state, pending events included.
    pub(super) state: Workshop,
    pending: Vec<Pending>,
    /// The pages that pending events publish, each as it stood at that moment.
    pages: Vec<NewSummary>,
    /// The last events on the disk, for screens that come back.
    recent: VecDeque<Recorded>,
    causes: HashSet<CommandId>,
    /// The last commands that changed nothing. They stand in no log, but sent again after a later one they might change something.
    idle: VecDeque<CommandId>,
    /// Stored ballots and answers of rounds that are not settled yet.
    secrets: HashMap<SecretRound, Vec<Recorded>>,
    columns: Option<WorkshopColumns>,
    /// What the lists of actions know of this room.
    actions: Projection,
    /// Names that are erased with the pending event that says so.
    erased: Option<Erased>,
    last_at: Timestamp,
}

impl RoomLog {
    /// Replays what is stored. A checkpoint begins with an event, so one without any was imported and has no room.
    pub(super) async fn load(id: WorkshopId, db: &Db) -> Result<Self, StoreError> {
        let stored = events::load(db, id, 0).await?;
        if stored.is_empty() {
            return Err(StoreError::NoRoom);
        }
        let mut log = Self {
            id,
            state: Workshop::default(),
            pending: vec![],
            pages: vec![],
            recent: VecDeque::new(),
            causes: HashSet::new(),
            idle: VecDeque::new(),
            secrets: HashMap::new(),
            columns: None,
            actions: Projection::default(),
            erased: None,
            last_at: Timestamp::default(),
        };
        for event in stored {
            log.causes
                .extend(event.cause.as_deref().and_then(|cause| cause.parse::<CommandId>().ok()));
            let recorded = recorded(event)?;
            log.state.apply(&recorded);
            log.last_at = recorded.at;
            log.keep(recorded);
        }
        log.columns = Some(log.columns_now());
        Ok(log)
    }

    /// Whether a command was done before.
    pub(super) fn knows(&self, id: CommandId) -> bool {
        self.causes.contains(&id) || self.idle.contains(&id)
    }

    /// The time for the next decision: never before the last event's, also when the machine's clock was set back.
    pub(super) fn now(&self, clock: Timestamp) -> Timestamp {
        clock.max(self.last_at)
    }

    /// Takes decided events in, ahead of the disk.
    pub(super) fn record(&mut self, by: Option<ParticipantId>, cause: CommandId, at: Timestamp, events: &[Event]) {
        self.last_at = at;
        for event in events {
            let recorded = Recorded {
                seq: self.state.seq + 1,
                at,
                event: event.clone(),
            };
            self.state.apply(&recorded);
            if matches!(event, Event::Summary(summary::Event::Published { .. })) {
                self.pages.push(self.published_page(at, by));
            }
            self.pending.push(Pending { recorded, by, cause });
        }
        if !events.is_empty() {
            self.causes.insert(cause);
            return;
        }
        if self.idle.len() == IDLE {
            self.idle.pop_front();
        }
        self.idle.push_back(cause);
    }

    /// Takes in that the names are erased. Nothing else may be pending: what was stored before is rewritten with it.
    pub(super) fn erase_names(&mut self, line: audit::Line, cause: CommandId, at: Timestamp, events: &[Event]) {
        if !events.is_empty() {
            let names = Names::of(&self.state.people);
            self.recent.iter_mut().for_each(|recorded| recorded.event.forget_names(&names));
            self.erased = Some(Erased { names, line: Some(line) });
        }
        self.record(None, cause, at, events);
    }

    /// What must be written for the pending events; `None` when there are none.
    pub(super) fn take_append(&mut self) -> Option<Append> {
        let first = self.pending.first()?.recorded.seq;
        let mut scrub = Vec::new();
        for (round, settled) in self.settled_rounds() {
            let stored = self.secrets.remove(&round).unwrap_or_default();
            scrub.extend(stored.iter().map(|event| (event.seq, body(&without_answer(&event.event)))));
            // A secret in the same batch is stored without its answer in the first place; one that came later is another one.
            let waiting = self.pending.iter_mut().map(|p| &mut p.recorded);
            let before = waiting.chain(&mut self.recent).filter(|r| r.seq < settled);
            for event in before.filter(|r| belongs(&r.event, &round)) {
                event.event = without_answer(&event.event);
            }
        }
        let columns = Some(self.columns_now()).filter(|now| self.columns.as_ref() != Some(now));
        let happened = self.pending.iter().map(|p| (&p.recorded, p.by));
        let actions = self.actions.take(self.id, &self.state, happened);
        Some(Append {
            workshop: self.id,
            expected_seq: first - 1,
            events: self.pending.iter().map(Pending::row).collect(),
            scrub,
            summaries: std::mem::take(&mut self.pages),
            columns: columns.inspect(|now| self.columns = Some(now.clone())),
            actions,
            erased: self.erased.take(),
        })
    }

    /// The pending events are on the disk.
    pub(super) fn committed(&mut self) -> Vec<Recorded> {
        let events: Vec<Recorded> = self.pending.drain(..).map(|p| p.recorded).collect();
        for event in &events {
            self.keep(event.clone());
        }
        events
    }

    /// The events after `seq`; `None` when they are not kept any more.
    pub(super) fn since(&self, seq: u64) -> Option<Vec<Recorded>> {
        let last = self.state.seq;
        let first_kept = self.recent.front().map_or(last + 1, |event| event.seq);
        let reachable = seq <= last && seq + 1 >= first_kept;
        reachable.then(|| self.recent.iter().filter(|event| event.seq > seq).cloned().collect())
    }

    fn keep(&mut self, recorded: Recorded) {
        if let Some(round) = secret_round(&recorded.event) {
            self.secrets.entry(round).or_default().push(recorded.clone());
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(recorded);
    }

    /// The rounds whose answers must not be stored any longer: revealed or closed by a pending event, or left open at publishing; and
    /// the number of that event.
    fn settled_rounds(&self) -> Vec<(SecretRound, u64)> {
        let mut rounds = Vec::new();
        for Pending { recorded, .. } in &self.pending {
            let mut settled = |round| rounds.push((round, recorded.seq));
            match &recorded.event {
                Event::Vote(vote::Event::Revealed { step, round, .. }) => settled(SecretRound::Vote(*step, *round)),
                Event::WarmUp(warmup::Event::Shown(_)) => settled(SecretRound::WarmUp),
                Event::Survey(survey::Event::Closed { capability, round, .. }) => {
                    settled(SecretRound::Survey(capability.clone(), *round));
                }
                Event::Improve(improve::Event::AuthorsForgotten) => settled(SecretRound::Authors),
                Event::Dots(dots::Event::Revealed { round, .. } | dots::Event::Discarded { round }) => settled(SecretRound::Dots(*round)),
                Event::Summary(summary::Event::Published { .. }) => {
                    self.secrets.keys().cloned().for_each(&mut settled);
                    // Ballots and answers may wait for the disk together with the publication.
                    self.pending
                        .iter()
                        .filter_map(|p| secret_round(&p.recorded.event))
                        .for_each(&mut settled);
                }
                _ => {}
            }
        }
        rounds
    }

    /// The page as it stands, which is that of the revision just published.
    fn published_page(&self, at: Timestamp, by: Option<ParticipantId>) -> NewSummary {
        let page = Page::of(self.id, &self.state);
        NewSummary {
            revision: i64::from(page.revision),
            published_at: at.0,
            published_by: by.map_or("", |seat| self.state.people.name(seat)).to_owned(),
            body: serde_json::to_string(&page).unwrap_or_default(),
            gist: page.gist(),
        }
    }

    /// What the lists show of this checkpoint.
    fn columns_now(&self) -> WorkshopColumns {
        let state = &self.state;
        let status = match (state.published(), state.agenda.started_at) {
            (true, _) => Status::Published,
            (false, Some(_)) => Status::Live,
            (false, None) => Status::Planned,
        };
        WorkshopColumns {
            status,
            revision: i64::from(state.summary.revision),
            started_at: state.agenda.started_at.map(|at| at.0),
            published_at: state.first_published_at().map(|at| at.0),
            cancelled: i64::from(state.plan.cancelled),
            names_erased: i64::from(state.people.names_erased),
            ..columns::of_result(
                state.held_on,
                &state.summary.title,
                state.industry,
                |metric| state.agreed(metric),
                None,
            )
        }
    }
}

impl Pending {
    fn row(&self) -> NewEvent {
        NewEvent {
            at: self.recorded.at.0,
            // Who changes an anonymous sticky is its writer, so no row of stickies says who.
            actor: self
                .by
                .filter(|_| !matches!(self.recorded.event, Event::Improve(_)))
                .map(|seat| seat.to_string()),
            cause: Some(self.cause.to_string()),
            kind: self.recorded.event.kind(),
            body: body(&self.recorded.event),
        }
    }
}

/// An event as the log stores it.
pub(in crate::server) fn body(event: &Event) -> String {
    serde_json::to_string(event).unwrap_or_default()
}

fn recorded(stored: StoredEvent) -> Result<Recorded, StoreError> {
    let event = serde_json::from_str(&stored.body).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    Ok(Recorded {
        seq: stored.seq,
        at: Timestamp(stored.at),
        event,
    })
}

/// The round whose secret an event holds.
fn secret_round(event: &Event) -> Option<SecretRound> {
    match event {
        Event::Vote(event) if event.secret_of().is_some() => match event {
            vote::Event::Cast { step, round, .. } | vote::Event::HandsRaised { step, round, .. } => Some(SecretRound::Vote(*step, *round)),
            _ => None,
        },
        Event::WarmUp(event) => event.secret_of().map(|_| SecretRound::WarmUp),
        Event::Survey(survey::Event::Answered {
            capability,
            round,
            given: Some(_),
            ..
        }) => Some(SecretRound::Survey(capability.clone(), *round)),
        Event::Improve(event) => event.secret_of().map(|_| SecretRound::Authors),
        Event::Dots(dots::Event::Placed { round, dots: Some(_), .. }) => Some(SecretRound::Dots(*round)),
        _ => None,
    }
}

fn belongs(event: &Event, of: &SecretRound) -> bool {
    match (event, of) {
        (Event::Vote(event), SecretRound::Vote(step, round)) => event.belongs_to(*step, *round),
        (Event::WarmUp(_), SecretRound::WarmUp) => true,
        (Event::Survey(event), SecretRound::Survey(capability, round)) => event.belongs_to(capability, *round),
        (Event::Improve(event), SecretRound::Authors) => event.secret_of().is_some(),
        (Event::Dots(dots::Event::Placed { round: placed, .. }), SecretRound::Dots(round)) => placed == round,
        _ => false,
    }
}

fn without_answer(event: &Event) -> Event {
    match event {
        Event::Vote(event) => Event::Vote(event.without_answer()),
        Event::WarmUp(event) => Event::WarmUp(event.without_answer()),
        Event::Survey(event) => Event::Survey(event.without_answer()),
        Event::Improve(event) => Event::Improve(event.for_others()),
        Event::Dots(event) => Event::Dots(event.without_places()),
        other => other.clone(),
    }
}
