//! Who is in the room: joining, leaving, roles, the door, and taking a seat again from another device.
//!
//! A seat belongs to a person, not to a connection: presence comes and goes, the seat and all that hangs on it stays.

use super::context::{Actor, Context};
use super::ids::{AccountId, ParticipantId, RequestId};
use super::rejection::Rejection;
use super::text::DisplayName;
use super::time::Timestamp;
use crate::domain::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The most people one room takes.
pub const MOST_PEOPLE: usize = 200;

/// A facilitator's role can be claimed when all facilitators have been gone for this long, in milliseconds.
pub const CLAIM_AFTER: i64 = 60_000;

/// What a person does in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Leads: drives the agenda, reveals, records.
    Facilitator,
    /// Votes.
    Member,
    /// Sees the room and is in no denominator.
    Observer,
}

impl Role {
    /// The role in a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Member => "member",
            Self::Observer => "observer",
        }
    }
}

/// One person's seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// How the room calls the person.
    pub name: DisplayName,
    /// What the person does here.
    pub role: Role,
    /// The account behind the seat, known to the server alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// When the person joined.
    pub joined_at: Timestamp,
    /// Whether a facilitator has removed the person.
    #[serde(default)]
    pub removed: bool,
}

/// A wish to take a seat again from another device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The seat asked for.
    pub participant: ParticipantId,
    /// What a facilitator said; `None` while nobody has answered.
    pub granted: Option<bool>,
}

/// All seats, open wishes and the door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Everybody who ever had a seat, removed people included.
    pub seats: SortedMap<ParticipantId, Participant>,
    /// Every wish to take a seat again.
    pub requests: SortedMap<RequestId, Request>,
    /// Whether newcomers stay outside.
    pub door_closed: bool,
    /// Whether the names of all of them are erased.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub names_erased: bool,
}

/// What people ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Take a new seat. Comes from the join page, never from a socket.
    Join {
        /// The name as typed.
        name: String,
        /// Only watch.
        observer: bool,
    },
    /// Ask for a seat that is taken, from another device. Comes from the join page.
    AskForSeat {
        /// The name as typed.
        name: String,
    },
    /// Let the person with this wish have the seat.
    GrantSeat(RequestId),
    /// Do not let them.
    DeclineSeat(RequestId),
    /// Take the seat away from a person.
    Remove(ParticipantId),
    /// Let nobody else in.
    CloseDoor,
    /// Let newcomers in again.
    OpenDoor,
    /// Make another person a facilitator too.
    ShareFacilitation(ParticipantId),
    /// Give one's own facilitator role up.
    StepBack,
    /// Become facilitator when all of them are gone.
    ClaimFacilitation,
}

/// What happened to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody took a seat.
    Joined {
        /// The new seat.
        participant: ParticipantId,
        /// Their name.
        name: DisplayName,
        /// What they do here.
        role: Role,
        /// The account behind the seat; the server tells nobody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<AccountId>,
    },
    /// Somebody asks for a taken seat.
    SeatAsked {
        /// The wish.
        request: RequestId,
        /// The seat.
        participant: ParticipantId,
    },
    /// A facilitator answered the wish.
    SeatAnswered {
        /// The wish.
        request: RequestId,
        /// Yes or no.
        granted: bool,
    },
    /// A facilitator removed the person.
    Removed(ParticipantId),
    /// The door was closed or opened.
    DoorClosed(bool),
    /// The person's role changed.
    RoleChanged {
        /// Who.
        participant: ParticipantId,
        /// The new role.
        role: Role,
    },
    /// All names were erased, in everything that was stored before as well; see [`super::names`].
    NamesErased,
}

impl Event {
    /// Whether the summary page says something else after it: it names who was there, who watched and who led.
    #[must_use]
    pub fn is_printed(&self) -> bool {
        matches!(self, Self::Joined { .. } | Self::Removed(_) | Self::RoleChanged { .. })
    }
}

impl People {
    /// The person behind a seat, unless removed.
    #[must_use]
    pub fn get(&self, id: ParticipantId) -> Option<&Participant> {
        self.seats.get(&id).filter(|p| !p.removed)
    }

    /// Everybody with a seat, in the order they came.
    pub fn all(&self) -> impl Iterator<Item = (ParticipantId, &Participant)> {
        self.seats.iter().filter(|(_, p)| !p.removed).map(|(id, p)| (*id, p))
    }

    /// The facilitators.
    pub fn facilitators(&self) -> impl Iterator<Item = (ParticipantId, &Participant)> {
        self.all().filter(|(_, p)| p.role == Role::Facilitator)
    }

    /// The name of a person, also of one who was removed.
    #[must_use]
    pub fn name(&self, id: ParticipantId) -> &str {
        self.seats.get(&id).map_or("Somebody", |p| p.name.as_str())
    }

    /// The seat that belongs to an account.
    #[must_use]
    pub fn seat_of(&self, account: AccountId) -> Option<ParticipantId> {
        self.all().find(|(_, p)| p.account == Some(account)).map(|(id, _)| id)
    }

    /// Whether a browser that remembers a seat may have it: nobody took the seat away, and if the browser asked for it, it was granted.
    #[must_use]
    pub fn grants(&self, seat: ParticipantId, asked: Option<RequestId>) -> bool {
        let granted = |request| self.requests.get(&request).is_some_and(|r| r.granted == Some(true));
        self.get(seat).is_some() && asked.is_none_or(granted)
    }

    /// The wishes that wait for an answer.
    pub fn open_requests(&self) -> impl Iterator<Item = (RequestId, &Request)> {
        self.requests.iter().filter(|(_, r)| r.granted.is_none()).map(|(id, r)| (*id, r))
    }

    fn named(&self, name: &DisplayName) -> Option<(ParticipantId, &Participant)> {
        let folded = name.folded();
        self.all().find(|(_, p)| p.name.folded() == folded)
    }

    /// Whether the role of facilitator may be claimed: all facilitators have been gone for a minute.
    #[must_use]
    pub fn claimable(&self, cx: &Context) -> bool {
        self.facilitators()
            .all(|(id, _)| cx.presence.gone_for(id, cx.now).is_some_and(|ms| ms >= CLAIM_AFTER))
    }

    /// What follows from a command about people.
    pub(super) fn decide(&self, who: Actor, command: &Command, cx: &Context) -> Result<Vec<Event>, Rejection> {
        let one = |event| Ok(vec![event]);
        match command {
            Command::Join { name, observer } => self.join(who, name, *observer),
            Command::AskForSeat { name } => self.ask(who, name),
            Command::GrantSeat(request) => self.answer(who, *request, true),
            Command::DeclineSeat(request) => self.answer(who, *request, false),
            Command::Remove(participant) => {
                let me = self.facilitator(who)?;
                self.get(*participant).ok_or(Rejection::NoSuchPerson)?;
                if me == *participant {
                    return Err(Rejection::NotYourself);
                }
                one(Event::Removed(*participant))
            }
            Command::CloseDoor | Command::OpenDoor => {
                self.facilitator(who)?;
                let close = matches!(command, Command::CloseDoor);
                if self.door_closed == close {
                    Ok(vec![])
                } else {
                    one(Event::DoorClosed(close))
                }
            }
            Command::ShareFacilitation(participant) => {
                self.facilitator(who)?;
                let person = self.get(*participant).ok_or(Rejection::NoSuchPerson)?;
                if person.role == Role::Facilitator {
                    return Ok(vec![]);
                }
                one(Event::RoleChanged {
                    participant: *participant,
                    role: Role::Facilitator,
                })
            }
            Command::StepBack => {
                let me = self.facilitator(who)?;
                if self.facilitators().count() < 2 {
                    return Err(Rejection::LastFacilitator);
                }
                one(Event::RoleChanged {
                    participant: me,
                    role: Role::Member,
                })
            }
            Command::ClaimFacilitation => {
                let me = self.seated(who)?;
                if !self.claimable(cx) {
                    return Err(Rejection::FacilitatorHere);
                }
                one(Event::RoleChanged {
                    participant: me,
                    role: Role::Facilitator,
                })
            }
        }
    }

    /// The seat of the one who acts.
    pub(super) fn seated(&self, who: Actor) -> Result<ParticipantId, Rejection> {
        match who {
            Actor::Participant(id) if self.get(id).is_some() => Ok(id),
            _ => Err(Rejection::NotHere),
        }
    }

    /// The seat of the facilitator who acts.
    pub(super) fn facilitator(&self, who: Actor) -> Result<ParticipantId, Rejection> {
        let me = self.seated(who)?;
        let leads = self.get(me).is_some_and(|p| p.role == Role::Facilitator);
        if leads { Ok(me) } else { Err(Rejection::FacilitatorOnly) }
    }

    fn join(&self, who: Actor, name: &str, observer: bool) -> Result<Vec<Event>, Rejection> {
        let Actor::Newcomer(account) = who else {
            return Err(Rejection::AlreadyHere);
        };
        if account.is_some_and(|account| self.seat_of(account).is_some()) {
            return Err(Rejection::AlreadyHere);
        }
        let name = DisplayName::parse(name)?;
        if self.door_closed {
            return Err(Rejection::DoorClosed);
        }
        if self.all().count() >= MOST_PEOPLE {
            return Err(Rejection::RoomFull);
        }
        if let Some((_, taken)) = self.named(&name) {
            return Err(Rejection::NameTaken(taken.name.as_str().to_owned()));
        }
        let role = if observer { Role::Observer } else { Role::Member };
        Ok(vec![Event::Joined {
            participant: self.next_seat(),
            name,
            role,
            account,
        }])
    }

    fn ask(&self, who: Actor, name: &str) -> Result<Vec<Event>, Rejection> {
        let Actor::Newcomer(_) = who else {
            return Err(Rejection::AlreadyHere);
        };
        let (participant, seat) = self.named(&DisplayName::parse(name)?).ok_or(Rejection::NoSuchPerson)?;
        if seat.account.is_some() {
            return Err(Rejection::SeatOfAccount);
        }
        if self.open_requests().any(|(_, r)| r.participant == participant) {
            return Err(Rejection::SeatAskedAlready);
        }
        let request = RequestId(self.requests.keys().next_back().map_or(1, |r| r.0 + 1));
        Ok(vec![Event::SeatAsked { request, participant }])
    }

    fn answer(&self, who: Actor, request: RequestId, granted: bool) -> Result<Vec<Event>, Rejection> {
        self.facilitator(who)?;
        match self.requests.get(&request).map(|r| r.granted) {
            Some(None) => Ok(vec![Event::SeatAnswered { request, granted }]),
            Some(Some(before)) if before == granted => Ok(vec![]),
            _ => Err(Rejection::NoSuchRequest),
        }
    }

    fn next_seat(&self) -> ParticipantId {
        ParticipantId(self.seats.keys().next_back().map_or(1, |id| id.0 + 1))
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Joined {
                participant,
                name,
                role,
                account,
            } => {
                let seat = Participant {
                    name: name.clone(),
                    role: *role,
                    account: *account,
                    joined_at: at,
                    removed: false,
                };
                self.seats.insert(*participant, seat);
                self.names_erased = false;
            }
            Event::SeatAsked { request, participant } => {
                self.requests.insert(
                    *request,
                    Request {
                        participant: *participant,
                        granted: None,
                    },
                );
            }
            Event::SeatAnswered { request, granted } => {
                if let Some(request) = self.requests.get_mut(request) {
                    request.granted = Some(*granted);
                }
            }
            Event::Removed(participant) => {
                if let Some(seat) = self.seats.get_mut(participant) {
                    seat.removed = true;
                }
                // Nobody can be let into a seat that is taken away; whoever waits for it is told so.
                let waiting = self
                    .requests
                    .values_mut()
                    .filter(|r| r.participant == *participant && r.granted.is_none());
                waiting.for_each(|request| request.granted = Some(false));
            }
            Event::DoorClosed(closed) => self.door_closed = *closed,
            Event::NamesErased => self.names_erased = true,
            Event::RoleChanged { participant, role } => {
                if let Some(seat) = self.seats.get_mut(participant) {
                    seat.role = *role;
                }
            }
        }
    }
}
