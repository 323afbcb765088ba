//! What one edit of the delivery flow costs the server as the flow grows, and what follows from it costs a screen. Prints two tables
//! for docs/BENCHMARKS.md.
#![expect(clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

#[expect(dead_code, reason = "the stories of the tests need more of it")]
#[path = "../tests/support/story.rs"]
mod story;

use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::event::Recorded;
use checkpoint::domain::flow::figures::figures;
use checkpoint::domain::flow::layout::layout;
use checkpoint::domain::flow::{self, Connector, Edit, Flow, Lane, Point, Step};
use checkpoint::domain::ids::ElementId;
use checkpoint::domain::vote::Options;
use std::hint::black_box;
use std::time::Instant;
use story::{ANA, Story, created};

/// So many steps.
const SIZES: [u64; 4] = [10, 100, 200, 490];
/// So many edits of each size and kind.
const EDITS: u32 = 20_000;
/// So many layouts.
const LAYOUTS: u32 = 200;

/// A chain of so many steps.
fn chain(steps: u64) -> Story {
    let mut story = Story::new(created(Options::default(), false, None));
    for id in 1..=steps {
        let name = serde_json::from_value(format!("Step {id}").into()).unwrap();
        let mut edits = vec![Edit::AddStep(ElementId(id), Step { name, ..Step::default() })];
        if id > 1 {
            let connector = Connector {
                from: ElementId(id - 1),
                to: ElementId(id),
                ..Connector::default()
            };
            edits.push(Edit::AddConnector(ElementId(10_000 + id), connector));
        }
        story
            .tries(Actor::Participant(ANA), &Command::Flow(flow::Command::Edit(edits)))
            .unwrap();
    }
    story
}

/// Decides, takes in, redacts and encodes these edits, one after the other; the mean time of one in microseconds, and the bytes of the
/// last on the wire.
fn edits(story: &mut Story, edit: impl Fn(u32) -> Edit) -> (f64, usize) {
    let mut bytes = 0;
    let begin = Instant::now();
    for n in 0..EDITS {
        let command = Command::Flow(flow::Command::Edit(vec![edit(n)]));
        let events = story.state.decide(Actor::Participant(ANA), &command, &story.cx).unwrap();
        for event in events {
            let recorded = Recorded {
                seq: story.state.seq + 1,
                at: story.cx.now,
                event,
            };
            story.state.apply(&recorded);
            bytes = serde_json::to_string(&recorded.seen_by(Audience::Everyone)).unwrap().len();
        }
    }
    (mean(begin, EDITS), bytes)
}

/// The mean time in microseconds of what a screen works out after an edit.
fn drawn<T>(story: &Story, work: impl Fn(&Flow) -> T) -> f64 {
    let begin = Instant::now();
    for _ in 0..LAYOUTS {
        black_box(work(black_box(&story.state.flow)));
    }
    mean(begin, LAYOUTS)
}

fn mean(begin: Instant, times: u32) -> f64 {
    begin.elapsed().as_secs_f64() * 1e6 / f64::from(times)
}

/// By turns there and away.
fn by_turns(n: u32, there: Edit) -> Edit {
    if n.is_multiple_of(2) { there } else { Edit::Remove(there.id()) }
}

fn main() {
    println!("| steps | put elsewhere, us | bytes to each screen | connected, disconnected, us | added, deleted, us |");
    println!("|---|---|---|---|---|");
    for steps in SIZES {
        let mut story = chain(steps);
        let (moved, bytes) = edits(&mut story, |n| {
            let x = i32::try_from(n % 1_000).unwrap();
            Edit::At(ElementId(u64::from(n) % steps + 1), Some(Point { x, y: 40 }))
        });
        let connector = Connector {
            from: ElementId(1),
            to: ElementId(steps),
            ..Connector::default()
        };
        let (connected, _) = edits(&mut story, |n| {
            by_turns(n, Edit::AddConnector(ElementId(20_000), connector.clone()))
        });
        let (added, _) = edits(&mut story, |n| by_turns(n, Edit::AddStep(ElementId(30_000), Step::default())));
        println!("| {steps} | {moved:.2} | {bytes} | {connected:.2} | {added:.2} |");
    }
    println!("\n| steps | the flow copied, us | whether anything can have moved, us | figures, us | layout, us |");
    println!("|---|---|---|---|---|");
    for steps in SIZES {
        let story = chain(steps);
        let before = story.state.flow.placed();
        let copied = drawn(&story, Flow::clone);
        let asked = drawn(&story, |flow| flow.placed() == before);
        let counted = drawn(&story, |flow| Lane::ALL.map(|lane| figures(flow, lane)));
        let laid_out = drawn(&story, layout);
        println!("| {steps} | {copied:.0} | {asked:.0} | {counted:.0} | {laid_out:.0} |");
    }
}
