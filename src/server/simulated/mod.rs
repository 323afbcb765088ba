//! Simulated members: seven people who join a room through its door, sit at the socket like any browser, and do what a squad does.
//!
//! They only ever answer what the facilitator opens, so nobody waits for them and nothing goes on by itself. Each knows no more than
//! its own screen is told, and what to do next follows from that; so a lost connection costs them nothing.

mod acts;
mod screen;

use self::acts::{Memory, Person};
use self::screen::{Heard, Screen};
use super::app::AppState;
use crate::domain::agenda::StepKind;
use crate::domain::code::JoinCode;
use crate::domain::ids::ParticipantId;
use crate::domain::metric::Metric;
use crate::domain::workshop::Workshop;
use fastrand::Rng;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

/// How many there are.
pub const MEMBERS: usize = 7;
/// The one who comes when the first vote is open.
pub(super) const LATE: usize = 4;
/// The one whose connection is lost in the second vote.
pub(super) const LOST: usize = 2;
/// The one who is not sure how often changes fail.
pub(super) const UNSURE: usize = 5;
/// So often in a row somebody tries to come in before giving up.
const TRIES: u32 = 8;

/// How quick they are, in milliseconds.
#[derive(Clone, Debug)]
pub struct Pace {
    /// From the start of something to doing it.
    pub think: Range<u64>,
    /// From one small thing to the next: a statement of a survey, a dot.
    pub click: Range<u64>,
    /// How long the one with the bad connection is gone.
    pub away: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            think: 1_500..8_000,
            click: 350..1_400,
            away: 12_000,
        }
    }
}

/// The room they come to.
#[derive(Clone, Debug)]
struct Place {
    addr: SocketAddr,
    /// How people reach the server.
    base_url: String,
    code: JoinCode,
    pace: Pace,
    /// Whether the squad has come to its first vote.
    voting: Arc<watch::Sender<bool>>,
}

/// Sends the first seven of these people to a room of this server. They leave by themselves when its page is published and they have
/// been asked for feedback, or when the room is gone.
pub fn send(app: &AppState, code: &JoinCode, names: &[String], pace: Pace) {
    let room = Place {
        addr: reachable(app.config.addr),
        base_url: app.config.base_url.clone(),
        code: code.clone(),
        pace,
        voting: Arc::new(watch::Sender::new(false)),
    };
    for (number, name) in names.iter().take(MEMBERS).enumerate() {
        tokio::spawn(attend(room.clone(), Person::new(number, name)));
    }
}

/// A server that listens everywhere is reached on this machine.
fn reachable(addr: SocketAddr) -> SocketAddr {
    let ip = match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, addr.port())
}

/// Why somebody is not at the screen any more.
enum Left {
    /// The connection is gone.
    Lost,
    /// There is nothing more to do here.
    Over,
}

/// One member, from the door to the end.
async fn attend(place: Place, person: Person) {
    let mut rng = Rng::with_seed(person.number as u64);
    if person.number == LATE {
        let mut voting = place.voting.subscribe();
        if voting.wait_for(|begun| *begun).await.is_err() {
            return;
        }
    }
    pause(&mut rng, &place.pace.think).await;
    let mut tries = 0;
    let Some(cookie) = come_in(&place, &person, &mut tries).await else {
        return;
    };
    let mut memory = Memory::default();
    let mut known: Option<Workshop> = None;
    while tries < TRIES {
        let mut screen = match Screen::open(&place, &cookie, known.take()).await {
            Ok(screen) => screen,
            Err(screen::NotOpen::Refused) => return,
            Err(screen::NotOpen::Unreachable) => {
                tries += 1;
                sleep(Duration::from_secs(u64::from(tries))).await;
                continue;
            }
        };
        tries = 0;
        match sit(&place, &mut screen, &person, &mut memory, &mut rng).await {
            Left::Over => return,
            Left::Lost => sleep(Duration::from_millis(place.pace.away)).await,
        }
        known = Some(screen.state);
    }
}

/// Takes a seat; the cookie that remembers it.
async fn come_in(place: &Place, person: &Person, tries: &mut u32) -> Option<String> {
    while *tries < TRIES {
        match screen::join(place, &person.name).await {
            Ok(cookie) => return Some(cookie),
            Err(error) => tracing::debug!(%error, name = %person.name, "a simulated member did not come in"),
        }
        *tries += 1;
        sleep(Duration::from_secs(1)).await;
    }
    None
}

async fn give_feedback(place: &Place, person: &Person) {
    if let Some(said) = person.feedback()
        && let Err(error) = screen::give_feedback(place, said).await
    {
        tracing::debug!(%error, name = %person.name, "a simulated member's feedback was not taken");
    }
}

async fn pause(rng: &mut Rng, range: &Range<u64>) {
    sleep(Duration::from_millis(rng.u64(range.clone()))).await;
}

/// At the screen, until the connection or the checkpoint is over.
async fn sit(place: &Place, screen: &mut Screen, person: &Person, memory: &mut Memory, rng: &mut Rng) -> Left {
    let mut acts_at: Option<Instant> = None;
    loop {
        let state = &screen.state;
        if is_kind(state, |kind| matches!(kind, StepKind::Vote(_))) {
            place.voting.send_if_modified(|begun| !std::mem::replace(begun, true));
        }
        if is_kind(state, |kind| kind == StepKind::Feedback) && !std::mem::replace(&mut memory.was_asked, true) {
            pause(rng, &place.pace.think).await;
            give_feedback(place, person).await;
        }
        let asked_later = !memory.was_asked && state.agenda.steps.iter().any(|step| step.kind == StepKind::Feedback);
        if (state.published() && !asked_later) || state.plan.cancelled {
            pause(rng, &place.pace.think).await;
            return Left::Over;
        }
        if person.number == LOST && !memory.was_lost && has_voted(state, screen.you) {
            memory.was_lost = true;
            return Left::Lost;
        }
        let idle = acts_at.is_none() && !screen.waits();
        if idle && let Some(command) = person.next(state, screen.you, memory, rng) {
            let range = if acts::is_small(&command) {
                &place.pace.click
            } else {
                &place.pace.think
            };
            acts_at = Some(Instant::now() + Duration::from_millis(rng.u64(range.clone())));
        }
        tokio::select! {
            heard = screen.read() => match heard {
                Heard::News => {}
                Heard::Answer { done } => memory.answered(&screen.state, done),
                Heard::Nothing => return Left::Lost,
                Heard::Unwanted => return Left::Over,
            },
            () = sleep_until(acts_at.unwrap_or_else(Instant::now)), if acts_at.is_some() => {
                acts_at = None;
                // Much may have happened meanwhile, so it is decided again.
                if let Some(command) = person.next(&screen.state, screen.you, memory, rng) {
                    memory.tries(&command);
                    screen.send(command).await;
                }
            }
        }
    }
}

fn is_kind(state: &Workshop, is: impl Fn(StepKind) -> bool) -> bool {
    state.agenda.started_at.is_some() && state.agenda.step(state.agenda.current).is_some_and(|step| is(step.kind))
}

/// Whether the second vote is open and this person has voted in it.
fn has_voted(state: &Workshop, me: ParticipantId) -> bool {
    let second = |kind| kind == StepKind::Vote(Metric::DeploymentFrequency);
    is_kind(state, second)
        && state
            .vote_on(Metric::DeploymentFrequency)
            .is_some_and(|vote| vote.round().1.ballots.contains_key(&me))
}
