//! What one edit of the delivery flow costs the server as the flow grows, and what the layout costs a screen. Prints a table for
//! docs/BENCHMARKS.md.
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
use checkpoint::domain::flow::{self, Connector, Edit, Lane, Point, Step};
use checkpoint::domain::ids::ElementId;
use checkpoint::domain::vote::Options;
use std::hint::black_box;
use std::time::{Duration, Instant};
use story::{ANA, Story, created};

/// So many edits of each size.
const EDITS: u32 = 20_000;
/// So many layouts.
const LAYOUTS: u32 = 50;

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

/// Decides, takes in, redacts and encodes; the mean time of one edit, and its bytes on the wire.
fn edits(story: &mut Story, steps: u64) -> (Duration, usize) {
    let mut bytes = 0;
    let begin = Instant::now();
    for n in 0..EDITS {
        let at = Point {
            x: i32::try_from(n % 1_000).unwrap(),
            y: 40,
        };
        let edit = Edit::At(ElementId(u64::from(n) % steps + 1), Some(at));
        let command = Command::Flow(flow::Command::Edit(vec![edit]));
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
    (begin.elapsed() / EDITS, bytes)
}

/// The mean time of what a screen works out after an edit.
fn drawn(story: &Story) -> Duration {
    let begin = Instant::now();
    for _ in 0..LAYOUTS {
        black_box(layout(&story.state.flow));
        black_box(Lane::ALL.map(|lane| figures(&story.state.flow, lane)));
    }
    begin.elapsed() / LAYOUTS
}

fn main() {
    println!("| steps | one edit on the server, us | bytes to each screen | layout and figures, ms |");
    println!("|---|---|---|---|");
    for steps in [10, 100, 200, 490] {
        let mut story = chain(steps);
        let drawn = drawn(&story).as_secs_f64() * 1e3;
        let (edit, bytes) = edits(&mut story, steps);
        println!("| {steps} | {:.2} | {bytes} | {drawn:.2} |", edit.as_secs_f64() * 1e6);
    }
}
