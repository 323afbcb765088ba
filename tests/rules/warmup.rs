//! The warm-up: secret as a vote until it is shown, printed nowhere.

use crate::story::{ANA, BEN, FAY, Story, created, previous};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::page::Page;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::vote::Options;
use checkpoint::domain::warmup::Command as C;

fn story() -> Story {
    Story::new(created(Options::default(), false, None))
}

#[test]
fn who_has_answered_is_seen_and_what_is_not() {
    let mut story = story();
    story.does(ANA, Command::WarmUp(C::Answer(1))).unwrap();
    story.does(ANA, Command::WarmUp(C::Answer(2))).unwrap();
    assert_eq!(story.does(ANA, Command::WarmUp(C::Answer(2))), Ok(vec![]));
    let seen = |audience| story.state.seen_by(audience).warm_up.given[&ANA];
    assert_eq!(
        [Audience::Seat(ANA), Audience::Seat(FAY), Audience::Everyone].map(seen),
        [Some(2), None, None]
    );
}

#[test]
fn the_count_is_shown_to_all_and_then_it_is_over() {
    let mut story = story();
    assert_eq!(story.does(FAY, Command::WarmUp(C::Show)), Err(Rejection::NothingToReveal));
    assert_eq!(story.does(ANA, Command::WarmUp(C::Answer(4))), Err(Rejection::NoSuchOption));
    story.does(ANA, Command::WarmUp(C::Answer(1))).unwrap();
    story.does(FAY, Command::WarmUp(C::Answer(1))).unwrap();
    story.does(FAY, Command::WarmUp(C::Show)).unwrap();
    assert_eq!(story.does(FAY, Command::WarmUp(C::Show)), Ok(vec![]));
    assert_eq!(story.state.warm_up.counts, Some([0, 2, 0, 0]));
    assert!(story.state.warm_up.given.values().all(Option::is_none), "nobody knows who any more");
    assert_eq!(story.does(BEN, Command::WarmUp(C::Answer(0))), Err(Rejection::WarmUpOver));
    let page = serde_json::to_string(&Page::of(previous(&[]).id, &story.state)).unwrap();
    let without = serde_json::to_string(&Page::of(previous(&[]).id, &self::story().state)).unwrap();
    assert_eq!(page, without, "nothing of it is printed");
}
