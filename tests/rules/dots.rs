//! The dot vote: who places how many dots on what, what comes back, what is counted, and what nobody learns.

use crate::Outcome;
use crate::improve::{DOTS, IMPROVEMENTS};
use crate::story::{ANA, BEN, CEM, FAY, OLA, Story, created};
use checkpoint::domain::command::Command;
use checkpoint::domain::dots::{Command as C, Counted, Event as E, MOST_ROUNDS, Placed, Round, Terms};
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::{ParticipantId, StickyId};
use checkpoint::domain::improve::{self, Change, Item, Kind};
use checkpoint::domain::rejection::Rejection as R;
use checkpoint::domain::timeline::Moment;
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Workshop;
use checkpoint::domain::{people, summary};

pub(crate) const THREE: Terms = Terms { dots: 3, on_one: 2 };

/// A round about three stickies, and which they are.
fn voting() -> (Story, [Item; 3]) {
    voting_with(Options::default())
}

fn voting_with(options: Options) -> (Story, [Item; 3]) {
    let mut story = Story::new(created(options, false, None));
    story.goes_to(IMPROVEMENTS).unwrap();
    let items = ["Small", "Smaller", "Smallest"].map(|words| Item::Sticky(story.sticks(ANA, words)));
    story.goes_to(DOTS).unwrap();
    story.opens_dots(THREE, &[]).unwrap();
    (story, items)
}

fn sticky(item: Item) -> StickyId {
    match item {
        Item::Sticky(id) => id,
        Item::Group(_) => panic!("a group"),
    }
}

impl Story {
    fn dots(&mut self, who: ParticipantId, command: C) -> Outcome {
        self.does(who, Command::Dots(command))
    }

    pub(crate) fn opens_dots(&mut self, terms: Terms, among: &[Item]) -> Outcome {
        let among = among.to_vec();
        self.dots(FAY, C::Open { terms, among })
    }

    /// Somebody's dots of the open round, or of the last one.
    pub(crate) fn places(&mut self, who: ParticipantId, dots: &[Item]) -> Outcome {
        let round = u32::try_from(self.state.dots.0.len()).unwrap();
        self.dots(
            who,
            C::Place {
                round,
                dots: dots.to_vec(),
            },
        )
    }

    fn adjusts(&mut self, dots: u32, on_one: u32) -> Outcome {
        self.dots(FAY, C::Adjust(Terms { dots, on_one }))
    }

    pub(crate) fn shows_dots(&mut self) -> Outcome {
        let round = u32::try_from(self.state.dots.0.len()).unwrap();
        self.dots(FAY, C::Reveal { round })
    }

    fn round(&self) -> &Round {
        self.state.dots.0.last().unwrap()
    }

    fn dots_of(&self, who: ParticipantId) -> &[Item] {
        self.round().dots_of(who)
    }

    /// Everybody in the order of the ranking, with their places.
    fn places_taken(&self) -> Vec<(usize, Item)> {
        self.state
            .dots
            .ranking()
            .into_iter()
            .map(|ranked| (ranked.rank, ranked.item))
            .collect()
    }
}

/// What one screen knows of another person's dots.
fn seen_of(screen: &Workshop, who: ParticipantId) -> Placed {
    screen.dots.0.last().unwrap().placed[&who].clone()
}

#[test]
fn only_those_who_vote_place_dots() {
    let (mut story, [a, b, _]) = voting();
    assert_eq!(story.places(OLA, &[a]), Err(R::ObserverDots));
    assert_eq!(story.places(FAY, &[a]), Err(R::FacilitatorVote));
    story.places(ANA, &[a, b, a]).unwrap();
    assert_eq!(story.dots_of(ANA), [a, b, a]);
    assert_eq!(story.places(ANA, &[a, b, a]), Ok(vec![]), "the same again");
    story.places(ANA, &[]).unwrap();
    assert_eq!(story.round().left(ANA), 3);
    assert_eq!(story.places(BEN, &[]), Ok(vec![]), "nothing from nothing");
    let votes = Options {
        facilitator_votes: true,
        ..Options::default()
    };
    let (mut story, [a, ..]) = voting_with(votes);
    story.places(FAY, &[a]).unwrap();
    story.people(FAY, people::Command::ShareFacilitation(ANA)).unwrap();
    story.places(ANA, &[a]).unwrap();
}

#[test]
fn nobody_places_more_than_agreed_or_on_what_is_not_on_the_list() {
    let (mut story, [a, b, c]) = voting();
    assert_eq!(story.places(ANA, &[a, b, c, a]), Err(R::TooManyDots(3)));
    assert_eq!(story.places(ANA, &[a; 1000]), Err(R::TooManyDots(3)));
    assert_eq!(story.places(ANA, &[a, a, a]), Err(R::TooManyOnOne(2)));
    let later = Item::Sticky(story.sticks(BEN, "Written too late"));
    for item in [later, Item::Sticky(StickyId(99)), Item::Group(checkpoint::domain::ids::GroupId(1))] {
        assert_eq!(story.places(ANA, &[item]), Err(R::NoSuchImprovement));
    }
    assert!(story.round().placed.is_empty());
    for round in [0, 2, u32::MAX] {
        let dots = vec![a];
        assert_eq!(story.dots(ANA, C::Place { round, dots }), Err(R::DotsOver));
        assert_eq!(story.dots(FAY, C::Reveal { round }), Err(R::DotsOver));
        assert_eq!(story.dots(FAY, C::Discard { round }), Err(R::DotsOver));
    }
}

#[test]
fn opening_needs_something_to_choose_from_and_terms_that_make_sense() {
    let mut story = Story::new(created(Options::default(), false, None));
    assert_eq!(story.opens_dots(THREE, &[]), Err(R::NothingToDot));
    let failed = improve::Command::Add {
        kind: Kind::FailedDeployment,
        text: "It failed".to_owned(),
        on: None,
    };
    story.improves(ANA, failed).unwrap();
    assert_eq!(story.opens_dots(THREE, &[]), Err(R::NothingToDot), "a failure is no idea");
    let failure = *story.board().stickies.keys().next().unwrap();
    let a = Item::Sticky(story.sticks(ANA, "Small"));
    for (dots, on_one) in [(0, 0), (0, 1), (3, 0), (2, 3), (11, 1), (u32::MAX, u32::MAX)] {
        assert_eq!(story.opens_dots(Terms { dots, on_one }, &[]), Err(R::DotTerms));
    }
    assert_eq!(story.opens_dots(THREE, &[Item::Sticky(failure)]), Err(R::NoSuchImprovement));
    assert_eq!(story.opens_dots(THREE, &[a, Item::Sticky(StickyId(99))]), Err(R::NoSuchImprovement));
    assert_eq!(story.adjusts(3, 2), Err(R::DotsOver), "no round is open");
    story.opens_dots(Terms { dots: 10, on_one: 10 }, &[]).unwrap();
    assert_eq!(story.round().items, [a]);
    assert_eq!(story.opens_dots(THREE, &[]), Ok(vec![]), "it is open");
    assert_eq!(story.adjusts(0, 0), Err(R::DotTerms));
    assert_eq!(story.adjusts(10, 10), Ok(vec![]));
    assert_eq!(story.shows_dots(), Err(R::NothingToReveal));
}

#[test]
fn a_group_is_one_item() {
    let mut story = Story::new(created(Options::default(), false, None));
    let [a, b, c] = ["Small", "Smaller", "Other"].map(|words| story.sticks(ANA, words));
    let group = Item::Group(story.gathers(&[a, b]));
    story.opens_dots(THREE, &[]).unwrap();
    assert_eq!(story.round().items, [group, Item::Sticky(c)]);
    assert_eq!(
        story.places(ANA, &[Item::Sticky(a)]),
        Err(R::NoSuchImprovement),
        "it is in the group"
    );
    story.places(ANA, &[group, group]).unwrap();
    // The group is there for as long as a sticky is in it.
    story.takes_away(ANA, a).unwrap();
    assert_eq!(story.dots_of(ANA), [group, group]);
    story.takes_away(ANA, b).unwrap();
    assert_eq!(story.dots_of(ANA), []);
    assert_eq!(story.round().items, [Item::Sticky(c)]);
}

#[test]
fn what_is_taken_away_gives_its_dots_back_to_those_concerned_alone() {
    let (mut story, [a, b, c]) = voting();
    story.places(ANA, &[a, b, a]).unwrap();
    story.places(BEN, &[b, c]).unwrap();
    let others = story.screen_of(CEM);
    let heard = story.log.len();
    story.takes_away(ANA, sticky(a)).unwrap();
    assert_eq!(story.log.len(), heard + 1, "nothing is sent but that it was taken away");
    assert_eq!((story.dots_of(ANA), story.dots_of(BEN)), (&[b][..], &[b, c][..]));
    assert_eq!(seen_of(&story.screen_of(ANA), ANA).back, 2);
    assert_eq!(seen_of(&story.screen_of(BEN), BEN).back, 0);
    for who in [BEN, CEM, FAY, OLA] {
        let screen = story.screen_of(who);
        assert_eq!(seen_of(&screen, ANA), seen_of(&others, ANA), "the same as before");
        assert_eq!(seen_of(&screen, ANA).used, 3);
    }
    assert_eq!(story.places(ANA, &[a]), Err(R::NoSuchImprovement));
    story.places(ANA, &[b, c, c]).unwrap();
    assert_eq!(story.round().placed[&ANA].back, 0, "placed again");
    // A dot of nobody's comes back to nobody, and what is left is counted.
    let counts = story.shows_dots().unwrap();
    let got = |item, dots| Counted { item, dots };
    let counts_then = vec![got(c, 3), got(b, 2)];
    assert_eq!(
        counts,
        [Event::Dots(E::Revealed {
            round: 1,
            counts: counts_then
        })]
    );
}

#[test]
fn fewer_dots_leave_those_that_were_placed_first() {
    let (mut story, [a, b, c]) = voting();
    story.places(ANA, &[c, a, c]).unwrap();
    story.places(BEN, &[b]).unwrap();
    story.adjusts(2, 1).unwrap();
    assert_eq!((story.dots_of(ANA), story.dots_of(BEN)), (&[c, a][..], &[b][..]));
    assert_eq!((story.round().placed[&ANA].used, story.round().placed[&ANA].back), (2, 1));
    assert_eq!(story.places(ANA, &[c, a, b]), Err(R::TooManyDots(2)));
    assert_eq!(story.places(ANA, &[c, c]), Err(R::TooManyOnOne(1)));
    story.adjusts(1, 1).unwrap();
    assert_eq!(story.dots_of(ANA), [c]);
    assert_eq!(story.round().placed[&ANA].back, 2);
    // More again: nothing comes by itself, and there is room for it.
    story.adjusts(5, 3).unwrap();
    assert_eq!(story.dots_of(ANA), [c]);
    story.places(ANA, &[c, c, c, a, a]).unwrap();
    assert!(story.round().is_done(ANA));
    // One dot less on each: what is over comes back, and nobody else learns from how many.
    story.adjusts(5, 2).unwrap();
    assert_eq!(story.dots_of(ANA), [c, c, a, a]);
    assert_eq!(
        seen_of(&story.screen_of(BEN), ANA),
        Placed {
            used: 5,
            ..Placed::default()
        }
    );
}

#[test]
fn there_are_never_more_dots_than_room() {
    let (mut story, [a, b, c]) = voting();
    story.adjusts(10, 1).unwrap();
    assert_eq!(story.round().most(), 3);
    story.places(ANA, &[a, b, c]).unwrap();
    assert!(story.round().is_done(ANA));
    assert_eq!(story.round().left(ANA), 0);
    story.takes_away(ANA, sticky(a)).unwrap();
    assert_eq!(story.round().left(ANA), 0, "as all may know");
    assert_eq!(story.round().left(BEN), 2);
}

#[test]
fn the_dots_of_somebody_who_is_removed_go_along() {
    let (mut story, [a, b, _]) = voting();
    story.places(ANA, &[a, a, b]).unwrap();
    story.places(BEN, &[b]).unwrap();
    story.people(FAY, people::Command::Remove(ANA)).unwrap();
    assert_eq!(story.places(ANA, &[a]), Err(R::NotHere));
    story.shows_dots().unwrap();
    assert_eq!(story.places_taken()[0], (1, b));
    // After the reveal nothing is taken out of the count.
    story.people(FAY, people::Command::Remove(BEN)).unwrap();
    assert_eq!(story.state.dots.first_of(1), Some(b));
}

#[test]
fn the_reveal_shows_counts_and_nobodys_dots() {
    let (mut story, [a, b, c]) = voting();
    story.places(ANA, &[b, b]).unwrap();
    story.places(BEN, &[a, b]).unwrap();
    assert!(story.screen_of(CEM).dots.0[0].counts.is_none());
    story.shows_dots().unwrap();
    for who in [FAY, ANA, BEN, CEM, OLA] {
        let screen = story.screen_of(who);
        assert!(
            screen.dots.0[0]
                .placed
                .values()
                .all(|placed| placed.dots.is_none() && placed.back == 0)
        );
        let counts: Vec<(Item, u32)> = screen.dots.0[0].counts.as_ref().unwrap().iter().map(|c| (c.item, c.dots)).collect();
        assert_eq!(counts, [(b, 3), (a, 1), (c, 0)]);
    }
    assert_eq!(story.places_taken(), [(1, b), (2, a), (3, c)]);
    assert_eq!(story.places(ANA, &[a]), Err(R::DotsOver));
    assert_eq!(story.adjusts(2, 1), Err(R::DotsOver));
    assert_eq!(story.state.timeline.0.last().unwrap().moment, Moment::DotsRevealed(1));
    let sentence = story.state.timeline.0.last().unwrap().moment.sentence(&story.state);
    assert_eq!(sentence, "Dot vote, round 1, most on: Smaller");
}

#[test]
fn a_round_that_is_taken_back_shows_nothing_and_counts_nowhere() {
    let (mut story, [a, b, c]) = voting();
    story.places(ANA, &[a]).unwrap();
    story.dots(FAY, C::Discard { round: 1 }).unwrap();
    assert!(story.round().placed[&ANA].dots.is_none());
    assert!(story.state.dots.open().is_none());
    assert!(story.state.dots.ranking().is_empty() && story.state.dots.first_of(1).is_none());
    assert_eq!(story.places(ANA, &[a]), Err(R::DotsOver));
    // It did not run, so what follows is no run-off, and the first that counts.
    story.opens_dots(THREE, &[b, c]).unwrap();
    assert!(!story.round().run_off);
    story.places(ANA, &[c]).unwrap();
    story.shows_dots().unwrap();
    assert_eq!(story.places_taken(), [(1, c), (2, b)]);
}

#[test]
fn a_run_off_parts_those_that_were_even() {
    let (mut story, [a, b, c]) = voting();
    story.places(ANA, &[a, b]).unwrap();
    story.places(BEN, &[a, b, c]).unwrap();
    story.shows_dots().unwrap();
    assert_eq!(story.places_taken(), [(1, a), (1, b), (3, c)]);
    assert_eq!(story.state.dots.ties(), [vec![a, b]]);
    assert_eq!(story.state.dots.first_of(1), None);
    let sentence = story.state.timeline.0.last().unwrap().moment.sentence(&story.state);
    assert_eq!(sentence, "Dot vote, round 1");
    story.opens_dots(Terms { dots: 1, on_one: 1 }, &[b, a, b]).unwrap();
    assert_eq!((story.round().items.as_slice(), story.round().run_off), (&[a, b][..], true));
    assert_eq!(story.places(ANA, &[c]), Err(R::NoSuchImprovement));
    story.places(ANA, &[b]).unwrap();
    story.shows_dots().unwrap();
    assert_eq!(story.places_taken(), [(1, b), (2, a), (3, c)]);
    assert!(story.state.dots.ties().is_empty());
    // Once more among all: it starts afresh.
    story.opens_dots(THREE, &[]).unwrap();
    story.places(ANA, &[c]).unwrap();
    story.shows_dots().unwrap();
    assert_eq!(story.places_taken(), [(1, c), (2, a), (2, b)]);
    assert!(story.state.dots.ties().is_empty(), "what has no dot is not worth parting");
}

/// Found while these tests were written: the second round was taken for a run-off, because it had fewer items than the first.
#[test]
fn a_round_among_all_that_are_left_is_no_run_off() {
    let (mut story, [a, b, c]) = voting();
    story.places(ANA, &[a, a, b]).unwrap();
    story.shows_dots().unwrap();
    story.takes_away(ANA, sticky(c)).unwrap();
    story.opens_dots(THREE, &[]).unwrap();
    story.places(ANA, &[b, b]).unwrap();
    story.shows_dots().unwrap();
    assert_eq!(story.places_taken(), [(1, b), (2, a)]);
    assert_eq!(story.state.dots.ranking()[0].dots, [Some(2)]);
}

#[test]
fn there_are_twenty_rounds_at_most() {
    let (mut story, _) = voting();
    for round in 1..=u32::try_from(MOST_ROUNDS).unwrap() {
        story.dots(FAY, C::Discard { round }).unwrap();
        let again = story.opens_dots(THREE, &[]);
        assert_eq!(again.is_err(), round as usize == MOST_ROUNDS);
        assert!(again.is_ok() || again == Err(R::TooManyRounds));
    }
}

#[test]
fn facilitators_alone_lead_the_vote() {
    let (mut story, _) = voting();
    for who in [ANA, OLA] {
        for command in [
            C::Open {
                terms: THREE,
                among: vec![],
            },
            C::Adjust(THREE),
            C::Reveal { round: 1 },
            C::Discard { round: 1 },
        ] {
            assert_eq!(story.dots(who, command), Err(R::FacilitatorOnly));
        }
    }
    assert_eq!(story.dots(FAY, C::Adjust(THREE)), Ok(vec![]));
}

#[test]
fn publishing_ends_the_vote_and_forgets_where_the_dots_were() {
    let (mut story, [a, ..]) = voting();
    story.places(ANA, &[a]).unwrap();
    story.does(FAY, Command::Summary(summary::Command::Publish)).unwrap();
    assert!(story.round().placed[&ANA].dots.is_none());
    assert_eq!(story.places(ANA, &[a]), Err(R::Published));
    assert_eq!(story.shows_dots(), Err(R::Published));
    assert_eq!(story.opens_dots(THREE, &[]), Err(R::Published));
    assert!(story.state.dots.ranking().is_empty());
}

#[test]
fn what_is_taken_away_after_the_reveal_keeps_its_count() {
    let (mut story, [a, b, _]) = voting();
    story.places(ANA, &[a, a, b]).unwrap();
    story.shows_dots().unwrap();
    story.takes_away(ANA, sticky(a)).unwrap();
    assert_eq!(story.places_taken()[0], (1, a));
    assert_eq!(story.board().title(a), "");
    // An improvement that became a failure stays where it is; it is not on the next list.
    let change = Change::Kind(Kind::FailedDeployment);
    story.improves(ANA, improve::Command::Change(sticky(b), change)).unwrap();
    assert_eq!(story.opens_dots(THREE, &[b]), Err(R::NoSuchImprovement));
    assert_eq!(story.places(CEM, &[b]), Err(R::DotsOver));
}
