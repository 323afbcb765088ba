//! What holds in a dot vote, whatever people do at the same time: nobody has more dots than agreed, what comes back is what was
//! there, and the ranking says what was counted.

use crate::cases;
use crate::story::{ANA, BEN, CEM, FAY, OLA, Story, created};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::dots::{self, Dots, Event as E, Round, Terms};
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::{ParticipantId, StickyId};
use checkpoint::domain::improve::{self, Item, Kind};
use checkpoint::domain::people;
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Workshop;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const VOTERS: [ParticipantId; 4] = [FAY, ANA, BEN, CEM];

/// One thing that happens; numbers are places in the list of stickies there were at the beginning.
#[derive(Clone, Debug)]
enum Does {
    Places(usize, Vec<usize>),
    Opens(Terms, Vec<usize>),
    Adjusts(Terms),
    Reveals,
    Discards,
    TakesAway(usize),
    Groups(usize, usize),
    Leaves(usize),
}

fn some_terms() -> impl Strategy<Value = Terms> {
    (0u32..6, 0u32..4).prop_map(|(dots, on_one)| Terms { dots, on_one })
}

fn does() -> BoxedStrategy<Does> {
    let places = |most| prop::collection::vec(0usize..8, 0..most);
    prop_oneof![
        20 => (0usize..5, places(6)).prop_map(|(who, dots)| Does::Places(who, dots)),
        3 => (some_terms(), prop_oneof![2 => Just(vec![]), 1 => places(4)]).prop_map(|(terms, among)| Does::Opens(terms, among)),
        3 => some_terms().prop_map(Does::Adjusts),
        3 => Just(Does::Reveals),
        1 => Just(Does::Discards),
        2 => (0usize..8).prop_map(Does::TakesAway),
        1 => (0usize..8, 0usize..8).prop_map(|(a, b)| Does::Groups(a, b)),
        1 => (1usize..4).prop_map(Does::Leaves),
    ]
    .boxed()
}

fn acts() -> impl Strategy<Value = Vec<Does>> {
    prop::collection::vec(does(), 1..60)
}

/// A board with this many stickies, and a round that is open.
fn opened(stickies: usize) -> Story {
    let options = Options {
        facilitator_votes: true,
        ..Options::default()
    };
    let mut story = Story::new(created(options, false, None));
    for n in 0..stickies {
        let add = improve::Command::Add {
            kind: Kind::Improvement,
            text: format!("Idea {n}"),
            on: None,
        };
        story.tries(Actor::Participant(ANA), &Command::Improve(add)).unwrap();
    }
    let terms = Terms { dots: 3, on_one: 2 };
    let open = dots::Command::Open { terms, among: vec![] };
    story.tries(Actor::Participant(FAY), &Command::Dots(open)).unwrap();
    story
}

/// The stickies there were at the beginning.
fn first(story: &Story) -> Vec<StickyId> {
    let added = story.log.iter().filter_map(|r| match &r.event {
        Event::Improve(improve::Event::Added { sticky, .. }) => Some(*sticky),
        _ => None,
    });
    added.collect()
}

/// Who asks for what.
fn asked(story: &Story, act: &Does) -> (ParticipantId, Command) {
    let all = first(story);
    let item = |n: &usize| story.state.improvements.item_of(all[n % all.len()]);
    let round = story.state.dots.open().map_or(1, |(round, _)| round);
    let lead = |command| (FAY, Command::Dots(command));
    match act {
        Does::Places(who, dots) => {
            let who = [FAY, ANA, BEN, CEM, OLA][*who];
            let dots = dots.iter().map(item).collect();
            (who, Command::Dots(dots::Command::Place { round, dots }))
        }
        Does::Opens(terms, among) => lead(dots::Command::Open {
            terms: *terms,
            among: among.iter().map(item).collect(),
        }),
        Does::Adjusts(terms) => lead(dots::Command::Adjust(*terms)),
        Does::Reveals => lead(dots::Command::Reveal { round }),
        Does::Discards => lead(dots::Command::Discard { round }),
        Does::TakesAway(n) => (FAY, Command::Improve(improve::Command::Remove(all[n % all.len()]))),
        Does::Groups(a, b) => {
            let stickies = vec![all[a % all.len()], all[b % all.len()]];
            let name = String::new();
            (FAY, Command::Improve(improve::Command::Group { stickies, name }))
        }
        Does::Leaves(who) => (FAY, Command::People(people::Command::Remove(VOTERS[*who]))),
    }
}

fn happens(story: &mut Story, does: &Does) -> bool {
    let (who, command) = asked(story, does);
    story.tries(Actor::Participant(who), &command).is_ok()
}

fn on(dots: &[Item], item: Item) -> usize {
    dots.iter().filter(|dot| **dot == item).count()
}

/// Nobody has more than the terms allow, and nothing but what is on the list.
fn within_the_terms(round: &Round) {
    let Terms { dots: most, on_one } = round.terms;
    for (person, placed) in &round.placed {
        let dots = round.dots_of(*person);
        assert!(dots.len() <= most as usize, "{person} has {} of {most}", dots.len());
        assert!(placed.used <= most && dots.len() <= placed.used as usize);
        for item in dots {
            assert!(round.items.contains(item), "a dot on what is not on the list");
            assert!(on(dots, *item) <= on_one as usize, "{person} has too many on one");
        }
    }
}

/// Everybody's dots of the open round.
fn lying(dots: &Dots) -> BTreeMap<ParticipantId, Vec<Item>> {
    let people = dots.open().into_iter().flat_map(|(_, round)| &round.placed);
    people
        .map(|(person, placed)| (*person, placed.dots.clone().unwrap_or_default()))
        .collect()
}

/// How many of a person's dots lie there, and how many have come back, before and after something that takes some away.
fn came_back(before: &Workshop, after: &Workshop) {
    let (Some((_, was)), Some((_, is))) = (before.dots.open(), after.dots.open()) else {
        return;
    };
    for (person, placed) in &is.placed {
        let (had, has) = (was.dots_of(*person), is.dots_of(*person));
        // A dot that stays stays in its order; one that goes has a reason.
        let mut kept: Vec<Item> = vec![];
        for dot in had {
            let room = kept.len() < is.terms.dots as usize && on(&kept, *dot) < is.terms.on_one as usize;
            if room && is.items.contains(dot) {
                kept.push(*dot);
            }
        }
        assert_eq!(has, kept);
        let back = was.placed[person].back as usize + had.len() - has.len();
        assert_eq!(placed.back as usize, back, "as many come back as were taken away");
    }
    assert_eq!(was.placed.len(), is.placed.len());
}

/// What each item got in the rounds that count, most important first.
fn standing(dots: &Dots) -> BTreeMap<Item, Vec<Option<u32>>> {
    let shown: Vec<&Round> = dots
        .0
        .iter()
        .filter(|round| round.counts.as_ref().is_some_and(|c| !c.is_empty()))
        .collect();
    let from = shown.iter().rposition(|round| !round.run_off).unwrap_or(0);
    let mut standing: BTreeMap<Item, Vec<Option<u32>>> = BTreeMap::new();
    for round in &shown[from.min(shown.len())..] {
        let counts = round.counts.as_ref().unwrap();
        if standing.is_empty() {
            standing.extend(counts.iter().map(|counted| (counted.item, vec![])));
        }
        for (item, got) in &mut standing {
            got.push(counts.iter().find(|counted| counted.item == *item).map(|counted| counted.dots));
        }
    }
    standing
}

fn ranked_as_counted(dots: &Dots) {
    let standing = standing(dots);
    let ranking = dots.ranking();
    assert_eq!(ranking.len(), standing.len());
    for ranked in &ranking {
        let better = standing.values().filter(|got| **got > standing[&ranked.item]).count();
        assert_eq!(ranked.rank, better + 1, "{ranking:?}");
        assert_eq!(ranked.dots, standing[&ranked.item]);
    }
    assert!(ranking.windows(2).all(|pair| pair[0].rank <= pair[1].rank));
    for tie in dots.ties() {
        let ranks: BTreeSet<usize> = ranking.iter().filter(|r| tie.contains(&r.item)).map(|r| r.rank).collect();
        assert!(tie.len() > 1 && ranks.len() == 1, "{tie:?}");
        let rank = ranks.first().copied().unwrap();
        assert_eq!(
            ranking.iter().filter(|r| r.rank == rank).count(),
            tie.len(),
            "a tie has all who share the place"
        );
    }
}

/// The same, but the dots of this person go elsewhere.
fn turned(act: &Does, person: ParticipantId, by: usize, of: usize) -> Does {
    match act {
        Does::Places(who, dots) if [FAY, ANA, BEN, CEM, OLA][*who] == person => {
            Does::Places(*who, dots.iter().map(|dot| (dot + by) % of).collect())
        }
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn nobody_ever_has_more_dots_than_agreed(stickies in 1usize..8, acts in acts()) {
        let mut story = opened(stickies);
        let mut screens: Vec<(ParticipantId, Workshop)> = [FAY, ANA, BEN, CEM, OLA].map(|p| (p, Workshop::default())).into();
        let mut heard = 0;
        for does in &acts {
            happens(&mut story, does);
            for (person, screen) in &mut screens {
                for recorded in &story.log[heard..] {
                    screen.apply(&recorded.seen_by(Audience::Seat(*person)));
                }
                prop_assert_eq!(&screen.dots, &story.state.seen_by(Audience::Seat(*person)).dots);
                for (other, dots) in lying(&screen.dots) {
                    prop_assert!(other == *person || dots.is_empty(), "{} sees the dots of {}", person, other);
                }
                screen.dots.0.iter().for_each(within_the_terms);
            }
            heard = story.log.len();
            story.state.dots.0.iter().for_each(within_the_terms);
            prop_assert!(!lying(&story.state.dots).contains_key(&OLA), "an observer placed dots");
        }
    }

    #[test]
    fn dots_that_come_back_are_those_that_were_there(stickies in 1usize..8, acts in acts()) {
        let mut story = opened(stickies);
        for does in &acts {
            let before = story.state.clone();
            let done = happens(&mut story, does);
            match does {
                Does::TakesAway(_) | Does::Adjusts(_) => came_back(&before, &story.state),
                Does::Places(who, _) if done => {
                    let who = [FAY, ANA, BEN, CEM, OLA][*who];
                    let (was, is) = (lying(&before.dots), lying(&story.state.dots));
                    prop_assert!(VOTERS.iter().filter(|p| **p != who).all(|p| was.get(p) == is.get(p)), "of somebody else");
                }
                Does::Leaves(who) if done => {
                    let mut was = lying(&before.dots);
                    was.remove(&VOTERS[*who]);
                    prop_assert_eq!(was, lying(&story.state.dots));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn the_counts_are_the_dots_and_the_ranking_the_counts(stickies in 1usize..8, acts in acts()) {
        let mut story = opened(stickies);
        for does in &acts {
            let lay: Vec<Item> = lying(&story.state.dots).into_values().flatten().collect();
            let seen = story.log.len();
            happens(&mut story, does);
            for recorded in &story.log[seen..] {
                let Event::Dots(E::Revealed { counts, .. }) = &recorded.event else { continue };
                prop_assert_eq!(counts.iter().map(|counted| counted.dots as usize).sum::<usize>(), lay.len());
                prop_assert!(counts.iter().all(|counted| counted.dots as usize == on(&lay, counted.item)));
                prop_assert!(counts.windows(2).all(|pair| pair[0].dots >= pair[1].dots), "most dots first");
                prop_assert!(!lay.is_empty(), "nothing was revealed");
            }
            ranked_as_counted(&story.state.dots);
        }
        prop_assert_eq!(&Workshop::replay(&story.log), &story.state);
    }

    #[test]
    fn nobody_else_learns_where_the_dots_are(
        stickies in 2usize..8,
        acts in acts(),
        by in 1usize..7,
        person in prop::sample::select(vec![FAY, ANA, BEN]),
    ) {
        let (mut one, mut two) = (opened(stickies), opened(stickies));
        for does in &acts {
            let other = turned(does, person, by, stickies);
            if let Does::Places(who, _) = does && [FAY, ANA, BEN, CEM, OLA][*who] == person {
                // What the person alone decides: an act that does the same in both. A dot on what is gone would be refused in one.
                let outcome = |story: &Story, does| {
                    let (who, command) = asked(story, does);
                    story.state.decide(Actor::Participant(who), &command, &story.cx).map(|events| events.len()).ok()
                };
                if outcome(&one, does) != outcome(&two, &other) {
                    continue;
                }
            }
            let lies = |story: &Story| lying(&story.state.dots).get(&person).is_some_and(|dots| !dots.is_empty());
            if matches!(does, Does::Reveals) && (lies(&one) || lies(&two)) {
                break;
            }
            prop_assert_eq!(happens(&mut one, does), happens(&mut two, &other));
            for viewer in [Audience::Everyone, Audience::Seat(CEM), Audience::Seat(OLA)] {
                let told = |story: &Story| story.log.iter().map(|r| r.seen_by(viewer)).collect::<Vec<_>>();
                prop_assert_eq!(told(&one), told(&two));
                prop_assert_eq!(one.state.seen_by(viewer), two.state.seen_by(viewer));
            }
        }
    }
}
