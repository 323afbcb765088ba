//! Joining, roles, the door, and seats taken again.

use crate::story::{ANA, BEN, CEM, FAY, OLA, Story, account};
use crate::{Outcome, at_the_vote};
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::{ParticipantId, RequestId};
use checkpoint::domain::people::{self, Command as C, Role};
use checkpoint::domain::rejection::Rejection;

impl Story {
    fn asks_for_the_seat_of(&mut self, name: &str) -> Outcome {
        let command = C::AskForSeat { name: name.to_owned() };
        self.tries(Actor::Newcomer(None), &Command::People(command))
    }

    fn signed_in_joins(&mut self, n: u128, name: &str) -> Outcome {
        let command = C::Join {
            name: name.to_owned(),
            observer: true,
        };
        self.tries(Actor::Newcomer(Some(account(n))), &Command::People(command))
    }

    fn role(&self, who: ParticipantId) -> Role {
        self.state.people.get(who).unwrap().role
    }
}

#[test]
fn newcomers_get_the_next_seat() {
    let mut story = at_the_vote();
    let events = story.joins(" Dev ").unwrap();
    let Event::People(people::Event::Joined {
        participant, name, role, ..
    }) = &events[0]
    else {
        panic!("{events:?}")
    };
    assert_eq!((*participant, name.as_str(), *role), (ParticipantId(6), "Dev", Role::Member));
    story.people(FAY, C::Remove(ParticipantId(6))).unwrap();
    story.joins("Dev").unwrap();
    assert_eq!(story.state.people.name(ParticipantId(7)), "Dev", "a seat is never given twice");
}

#[test]
fn two_people_of_one_name_cannot_be_told_apart() {
    let mut story = at_the_vote();
    for name in ["Ana", " ana ", "ANA", "A\u{200B}na"] {
        assert_eq!(story.joins(name), Err(Rejection::NameTaken("Ana".to_owned())), "{name}");
    }
    assert!(matches!(story.joins(" \t"), Err(Rejection::Text(_))));
    story.joins("Ana K").unwrap();
    story.people(FAY, C::Remove(ANA)).unwrap();
    story.joins("Ana").unwrap();
}

#[test]
fn nobody_joins_twice() {
    let mut story = at_the_vote();
    let join = C::Join {
        name: "Other".to_owned(),
        observer: false,
    };
    assert_eq!(story.people(ANA, join), Err(Rejection::AlreadyHere));
    assert_eq!(
        story.people(ANA, C::AskForSeat { name: "Ben".to_owned() }),
        Err(Rejection::AlreadyHere)
    );
    story.signed_in_joins(5, "Pia").unwrap();
    assert_eq!(story.signed_in_joins(5, "Pia too"), Err(Rejection::AlreadyHere));
    let seat = story.state.people.seat_of(account(5)).unwrap();
    assert_eq!(story.role(seat), Role::Observer);
    story.people(FAY, C::Remove(seat)).unwrap();
    assert_eq!(story.state.people.seat_of(account(5)), None);
    story.signed_in_joins(5, "Pia").unwrap();
}

#[test]
fn a_closed_door_keeps_newcomers_out_and_lets_people_back_in() {
    let mut story = at_the_vote();
    story.people(FAY, C::CloseDoor).unwrap();
    assert_eq!(story.people(FAY, C::CloseDoor), Ok(vec![]));
    assert_eq!(story.joins("Dev"), Err(Rejection::DoorClosed));
    story.asks_for_the_seat_of("Ana").unwrap();
    story.people(FAY, C::OpenDoor).unwrap();
    assert_eq!(story.people(FAY, C::OpenDoor), Ok(vec![]));
    story.joins("Dev").unwrap();
}

#[test]
fn a_room_takes_two_hundred() {
    let mut story = at_the_vote();
    for n in 5..people::MOST_PEOPLE {
        story.joins(&format!("Person {n}")).unwrap();
    }
    assert_eq!(story.joins("One more"), Err(Rejection::RoomFull));
    story.people(FAY, C::Remove(ANA)).unwrap();
    story.joins("One more").unwrap();
}

#[test]
fn a_seat_is_taken_again_when_a_facilitator_says_so() {
    let mut story = at_the_vote();
    let first = RequestId(1);
    story.asks_for_the_seat_of("ana").unwrap();
    assert_eq!(story.asks_for_the_seat_of("Ana"), Err(Rejection::SeatAskedAlready));
    assert_eq!(story.people(BEN, C::GrantSeat(first)), Err(Rejection::FacilitatorOnly));
    story.people(FAY, C::GrantSeat(first)).unwrap();
    assert_eq!(story.people(FAY, C::GrantSeat(first)), Ok(vec![]));
    assert_eq!(story.people(FAY, C::DeclineSeat(first)), Err(Rejection::NoSuchRequest));
    assert_eq!(story.state.people.requests[&first].granted, Some(true));

    story.asks_for_the_seat_of("Ana").unwrap();
    story.people(FAY, C::DeclineSeat(RequestId(2))).unwrap();
    assert_eq!(story.state.people.open_requests().count(), 0);
    assert_eq!(story.people(FAY, C::GrantSeat(RequestId(99))), Err(Rejection::NoSuchRequest));
}

#[test]
fn who_remembers_a_seat_has_it_until_it_is_taken_away_and_who_asked_only_when_it_is_granted() {
    let mut story = at_the_vote();
    let asks = Some(RequestId(1));
    assert!(story.state.people.grants(ANA, None));
    assert!(!story.state.people.grants(ANA, asks), "nobody asked");
    story.asks_for_the_seat_of("Ana").unwrap();
    assert!(!story.state.people.grants(ANA, asks), "nobody has answered");
    story.people(FAY, C::GrantSeat(RequestId(1))).unwrap();
    assert!(story.state.people.grants(ANA, asks));
    story.asks_for_the_seat_of("Ana").unwrap();
    story.people(FAY, C::DeclineSeat(RequestId(2))).unwrap();
    assert!(!story.state.people.grants(ANA, Some(RequestId(2))), "it was declined");
    story.people(FAY, C::Remove(ANA)).unwrap();
    assert!(!story.state.people.grants(ANA, None) && !story.state.people.grants(ANA, asks));
}

#[test]
fn seats_of_accounts_and_of_nobody_cannot_be_asked_for() {
    let mut story = at_the_vote();
    assert_eq!(story.asks_for_the_seat_of("Fay"), Err(Rejection::SeatOfAccount));
    assert_eq!(story.asks_for_the_seat_of("Nobody"), Err(Rejection::NoSuchPerson));
    story.people(FAY, C::Remove(ANA)).unwrap();
    assert_eq!(story.asks_for_the_seat_of("Ana"), Err(Rejection::NoSuchPerson));
}

#[test]
fn a_wish_for_a_seat_that_is_taken_away_is_settled() {
    let mut story = at_the_vote();
    story.asks_for_the_seat_of("Ana").unwrap();
    story.people(FAY, C::Remove(ANA)).unwrap();
    assert_eq!(story.state.people.open_requests().count(), 0);
    assert_eq!(story.state.people.requests[&RequestId(1)].granted, Some(false));
    assert_eq!(story.people(FAY, C::GrantSeat(RequestId(1))), Err(Rejection::NoSuchRequest));
}

#[test]
fn removed_people_are_out_and_keep_their_name_in_the_past() {
    let mut story = at_the_vote();
    story.people(FAY, C::Remove(ANA)).unwrap();
    assert_eq!(story.casts(ANA, 3), Err(Rejection::NotHere));
    assert_eq!(story.people(FAY, C::Remove(ANA)), Err(Rejection::NoSuchPerson));
    assert_eq!(story.people(FAY, C::Remove(FAY)), Err(Rejection::NotYourself));
    assert_eq!(story.state.people.name(ANA), "Ana");
    assert_eq!(story.state.people.name(ParticipantId(99)), "Somebody");
}

#[test]
fn facilitation_is_shared_and_given_up_but_never_by_the_last() {
    let mut story = at_the_vote();
    assert_eq!(story.people(FAY, C::StepBack), Err(Rejection::LastFacilitator));
    assert_eq!(
        story.people(FAY, C::ShareFacilitation(ParticipantId(99))),
        Err(Rejection::NoSuchPerson)
    );
    story.shares_with(ANA);
    assert_eq!(story.people(FAY, C::ShareFacilitation(ANA)), Ok(vec![]));
    story.people(FAY, C::StepBack).unwrap();
    assert_eq!((story.role(FAY), story.role(ANA)), (Role::Member, Role::Facilitator));
    assert_eq!(story.people(FAY, C::CloseDoor), Err(Rejection::FacilitatorOnly));
    assert_eq!(story.people(ANA, C::StepBack), Err(Rejection::LastFacilitator));
}

#[test]
fn the_role_is_claimed_only_when_all_facilitators_are_gone_for_a_minute() {
    let claim = |story: &mut Story| story.people(BEN, C::ClaimFacilitation);
    let mut story = at_the_vote();
    story.shares_with(CEM);
    assert_eq!(claim(&mut story), Err(Rejection::FacilitatorHere), "both are here");
    story.is_gone_for(FAY, 60_000);
    assert_eq!(claim(&mut story), Err(Rejection::FacilitatorHere), "Cem is here");
    story.is_gone_for(CEM, 59_999);
    assert_eq!(claim(&mut story), Err(Rejection::FacilitatorHere), "Cem may come back");
    story.wait(1);
    claim(&mut story).unwrap();
    assert_eq!(story.role(BEN), Role::Facilitator);
    assert_eq!(
        story.people(OLA, C::ClaimFacilitation),
        Err(Rejection::FacilitatorHere),
        "Ben is here"
    );
}
