//! What the outline looks like, and what it says of mistakes.

use super::*;
use crate::domain::flow::{Edit, Flow, Kind, Lane, MOST_ELEMENTS, Point, Span};
use crate::domain::ids::ElementId;

const EXAMPLE: &str = "\
delivery
commit hook 6m a
> [2h] open pull request 10m m
> [3h] (approved) review 30m m @github
> deploy to production 6m a @prod
review > (rejected) fix 1h m > commit hook
= The release calendar decides on Fridays.

recovery
alert fires 5m a > [15m] acknowledge 5m m
";

fn flow(text: &str) -> Flow {
    read(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"))
}

fn names(flow: &Flow) -> Vec<&str> {
    flow.steps.values().map(|step| step.name.as_str()).collect()
}

/// The first mistake, with its place.
fn mistake(text: &str) -> String {
    let mistake = read(text).map_err(|mistakes| mistakes.into_iter().next().unwrap());
    mistake.map_or_else(|m| format!("{}:{} {}", m.line, m.column, m.message), |flow| write(&flow))
}

/// The edits from one text to another, what they make, and the flow before.
fn turned(before: &str, after: &str) -> (Flow, Vec<Edit>, Flow) {
    let mut before = flow(before);
    for (id, step) in before.steps.iter_mut() {
        step.at = Some(Point {
            x: i32::try_from(id.0).unwrap(),
            y: 0,
        });
    }
    let mut next = 1000;
    let edits = edits(&before, &flow(after), || {
        next += 1;
        ElementId(next)
    });
    let mut now = before.clone();
    for edit in &edits {
        now.take_in(edit);
    }
    assert_eq!(write(&now), write(&flow(after)));
    (before, edits, now)
}

#[test]
fn the_example_is_written_as_it_is_read() {
    let flow = flow(EXAMPLE);
    assert_eq!(write(&flow), EXAMPLE);
    assert_eq!(flow.steps.len(), 7);
    assert_eq!(flow.connectors.len(), 6);
    let review = flow.steps.values().find(|step| step.name.as_str() == "review").unwrap();
    assert_eq!(
        (review.kind, review.environment.as_str(), review.lane),
        (Kind::Manual, "github", Lane::Delivery)
    );
    assert_eq!(review.work.unwrap().to_string(), "30m");
    let approved = flow.connectors.values().find(|c| c.label.as_str() == "approved").unwrap();
    assert_eq!(approved.wait.unwrap().to_string(), "3h");
    assert_eq!(flow.of_lane(Lane::Recovery).count(), 2);
}

#[test]
fn one_line_is_enough() {
    let text = write(&flow("commit > build 5m a > review 1d m > deploy prod a"));
    assert_eq!(text, "delivery\ncommit m\n> build 5m a\n> review 1d m\n> deploy prod a\n");
    assert_eq!(write(&Flow::default()), "");
    assert!(flow("\n  \n// nothing yet\n").is_empty());
}

#[test]
fn what_follows_a_name_comes_in_any_order() {
    for text in [
        "build 5m a @ci",
        "build @ci a 5m",
        "build a 5 min @\"ci\"",
        "  build   @ci 5m a  ",
        "\"build\" a 5 min @ci",
        "build > build 5m a @ci",
    ] {
        let text = text.replace("build > build", "build > x > y\nbuild");
        let flow = flow(&text);
        let build = flow.steps.values().next().unwrap();
        let says = (
            build.name.as_str(),
            build.kind,
            build.environment.as_str(),
            build.work.map(|w| w.to_string()),
        );
        assert_eq!(says, ("build", Kind::Automated, "ci", Some("5m".to_owned())), "{text}");
    }
}

#[test]
fn names_keep_what_looks_like_something_else() {
    let awkward = [
        "deploy > prod",
        "a",
        "plan a",
        "vitamin m",
        "wait 5m",
        "wait 5 min",
        "5m",
        "issue #4",
        "#4",
        "@home",
        "call @home",
        "[x]",
        "(or not)",
        "= 1",
        "// note",
        "> x",
        "delivery",
        "Recovery",
        "\"quoted\"",
        "say \"hi\"",
        "back\\slash",
        "\\",
        "\"",
        "run  twice",
        "🚀 ship",
        "שחרור גרסה",
        "3d-1d",
        "99999w",
        "a m",
        "5 m",
        "@",
        "#",
        "x @\"y z\"",
        "-",
        "…",
        "build [2h]",
    ];
    for name in awkward {
        let quoted = format!("\"{}\" 6m m > b > \"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""), "b #2");
        let flow = flow(&quoted);
        assert_eq!(names(&flow), [name, "b", "b #2"]);
        let text = write(&flow);
        assert_eq!(read(&text).as_ref(), Ok(&flow), "{text}");
    }
    for bare in [
        "plan B",
        "test (canary)",
        "k8s",
        "build [2h]",
        "say \"hi\"",
        "🚀 ship",
        "שחרור גרסה",
        "phase 2",
        "a",
    ] {
        assert_eq!(names(&flow(bare)), [bare]);
        assert!(
            !write(&flow(bare)).contains("\"\\") && !write(&flow(bare)).contains("\n\""),
            "{bare} needs no quotation marks"
        );
    }
}

#[test]
fn steps_of_one_name_are_numbered() {
    let text = "delivery\nbuild 5m a > test m > build #2 6m a\n\nrecovery\nbuild #3 m\nbuild #3 > build\n";
    assert_eq!(names(&flow(text)), ["build", "test", "build", "build"]);
    assert_eq!(write(&flow(text)), text);
    let backwards = flow("build #2 6m > build 5m");
    assert_eq!(
        backwards.steps[&ElementId(1)].work.unwrap().to_string(),
        "5m",
        "the lower number has the lower id"
    );
    assert_eq!(write(&backwards), "delivery\nbuild #2 6m m > build 5m m\n");
}

#[test]
fn branches_and_loops_begin_by_mention() {
    let text = "delivery\na a\n> b m\n> c m\n> d m\na > e m > d\nb > (no) a\nx m > d\n\nrecovery\nd > f m\n";
    let flow = flow(text);
    assert_eq!(flow.connectors.len(), 8);
    assert_eq!(
        write(&flow),
        "delivery\na a\n> b m\n> c m\n> d m\na > e m > d\nb > (no) a\nx m > d\n\nrecovery\nf m\nd > f\n"
    );
    assert_eq!(
        write(&self::flow("a > b\na > b\n")),
        "delivery\na m > b m\n",
        "said twice, it is one"
    );
    assert_eq!(write(&self::flow("a > b > a")), "delivery\na m > b m > a\n");
}

#[test]
fn a_new_step_leaves_the_other_lines_as_they_are() {
    let lines = |text: &str| write(&flow(text)).lines().map(str::to_owned).collect::<Vec<_>>();
    let before = lines(EXAMPLE);
    let after = lines(&EXAMPLE.replace("> deploy to", "> smoke test a\n> deploy to"));
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|line| after.contains(line)));
}

#[test]
fn a_mistake_is_told_at_its_place() {
    let no_name = "A step needs a name before this. A wait stands in brackets, like [2h], before the name.";
    for (text, told) in [
        ("a > ", "1:5 A step is missing here."),
        ("a >> b", "1:4 A step is missing here."),
        ("a > 5m > b", &format!("1:5 {no_name}")),
        ("a > @prod", &format!("1:5 {no_name}")),
        (
            "a\n\nb > [soon] c",
            "3:6 Write a time like 15m, 2h, 3d or 1w, or a range like 1d-3d.",
        ),
        ("é > [3d-1d] c", "1:6 A range goes from less to more, like 1d-3d."),
        ("a 99999w", "1:3 A time is at most ten years."),
        ("a > [2h b", "1:5 The bracket is not closed."),
        ("a > (no b", "1:5 The bracket is not closed."),
        ("a > (\"no\" b", "1:5 The bracket is not closed."),
        ("a > [1h] [2h] b", "1:10 A connector has one wait."),
        ("a > (x) (y) b", "1:9 A connector has one label."),
        ("\"a > b", "1:1 The quotation mark is not closed."),
        ("a @\"b", "1:4 The quotation mark is not closed."),
        (
            "\"a\" b",
            "1:5 After a name in quotation marks comes a time, a, m, an @environment or a number like #2.",
        ),
        ("\"\" > b", "1:1 The step's name is empty. Please type something."),
        ("> b", "1:1 There is no step above that this could go on from."),
        ("a\nrecovery\n> b", "3:1 There is no step above that this could go on from."),
        (
            "[2h] a",
            "1:1 A wait or a label stands between two steps, and there is none before this one.",
        ),
        ("a > a", "1:5 A step cannot lead to itself."),
        (
            "a 5m\na 6m > b",
            "2:1 a has another time above. A second step of this name is written a #2.",
        ),
        (
            "x a\nx m",
            "2:1 x has another kind above. A second step of this name is written x #2.",
        ),
        ("a > [1h] b\na > [2h] b", "2:5 This connector has another wait above."),
        ("a > (x) b\na > (y) b", "2:5 This connector has another label above."),
        (
            "a 5m 6m",
            "1:3 This is said twice of one step. A name that it belongs to stands in quotation marks.",
        ),
        (
            "issue #4",
            "1:1 There is no issue #1. A name that ends in a number like #4 stands in quotation marks.",
        ),
        ("a #0", "1:3 Steps of one name are counted from #1."),
        ("=", "1:2 The text is empty. Please type something."),
        (
            "a\u{7}",
            "1:1 The step's name holds invisible control characters. Please type it again without them.",
        ),
    ] {
        assert_eq!(mistake(text), told, "{text}");
    }
    let long = "x".repeat(81);
    assert_eq!(
        mistake(&format!("a > {long}")),
        "1:5 The step's name is too long: at most 80 characters, please."
    );
}

#[test]
fn all_mistakes_are_told_but_not_without_end() {
    let two = read("a >\n> b\nc\n> \n> d").unwrap_err();
    assert_eq!(
        two.iter().map(|m| m.line).collect::<Vec<_>>(),
        [1, 4],
        "what follows from a mistake is none"
    );
    assert_eq!(read(&"a >\n".repeat(1000)).unwrap_err().len(), MOST_MISTAKES);
}

#[test]
fn a_text_has_an_end() {
    let refused = |text: &str| {
        let mistakes = read(text).unwrap_err();
        assert_eq!(mistakes.len(), 1);
        mistakes[0].message.clone()
    };
    assert_eq!(
        refused(&"x".repeat(LONGEST_TEXT + 1)),
        "This text is too long: at most 1024 KB, please."
    );
    let steps: Vec<String> = (0..=MOST_ELEMENTS).map(|n| format!("step {n}")).collect();
    assert_eq!(
        refused(&steps.join("\n")),
        "This flow is too large: at most 1000 steps, connectors and texts, please."
    );
    let chain = (0..LONGEST_TEXT / 8).map(|n| n.to_string()).collect::<Vec<_>>().join(">");
    assert_eq!(
        refused(&chain),
        "This flow is too large: at most 1000 steps, connectors and texts, please."
    );
}

#[test]
fn typing_inside_a_name_changes_the_name_alone() {
    for (before, after) in [
        ("deploy to", "deploy on"),
        ("commit hook", "commit"),
        ("acknowledge", "see it"),
        ("fix", "mend"),
    ] {
        let (_, edits, _) = turned(EXAMPLE, &EXAMPLE.replace(before, after));
        assert!(matches!(edits[..], [Edit::Name(..)]), "{edits:?}");
    }
    let (_, edits, _) = turned("comm", "commi");
    assert!(matches!(edits[..], [Edit::Name(..)]), "{edits:?}");
    let (_, edits, _) = turned("a > b > c > d", "a > x > y > d");
    assert!(matches!(edits[..], [Edit::Name(..), Edit::Name(..)]), "{edits:?}");
}

#[test]
fn one_field_is_one_edit() {
    type Is = fn(&Edit) -> bool;
    let cases: [(&str, &str, Is); 9] = [
        ("review 30m", "review 40m", |e| matches!(e, Edit::Work(_, Some(_)))),
        ("review 30m", "review", |e| matches!(e, Edit::Work(_, None))),
        ("fix 1h m", "fix 1h a", |e| matches!(e, Edit::Kind(_, Kind::Automated))),
        ("@github", "@gitlab", |e| matches!(e, Edit::Environment(..))),
        ("[3h]", "[4h]", |e| matches!(e, Edit::Wait(..))),
        ("(rejected)", "(no)", |e| matches!(e, Edit::Label(..))),
        ("on Fridays", "on Mondays", |e| matches!(e, Edit::Says(..))),
        ("acknowledge 5m m", "acknowledge 5m m\n= Call us.", |e| {
            matches!(e, Edit::AddText(..))
        }),
        (" > commit hook\n", "\n", |e| matches!(e, Edit::Remove(..))),
    ];
    for (before, after, is) in cases {
        let (_, edits, _) = turned(EXAMPLE, &EXAMPLE.replace(before, after));
        assert!(edits.len() == 1 && is(&edits[0]), "{before} to {after}: {edits:?}");
    }
    assert_eq!(turned(EXAMPLE, EXAMPLE).1, []);
}

#[test]
fn what_stays_keeps_its_id_and_place() {
    let (before, edits, now) = turned("a > b > c", "a > [1h] x 5m > b\nrecovery\nc");
    let kept = before
        .steps
        .iter()
        .filter(|(id, step)| now.steps.get(id).is_some_and(|s| s.at == step.at && s.name == step.name));
    assert_eq!(kept.count(), 3);
    assert!(edits.contains(&Edit::Lane(ElementId(3), Lane::Recovery)));
    let (_, edits, now) = turned("a > b > c\n= x", "y > z");
    assert_eq!(edits.len(), 4 + 3, "another flow: {edits:?}");
    assert!(now.steps.keys().all(|id| id.0 > 1000));
}

#[test]
fn steps_of_one_name_are_not_mixed_up() {
    let (_, edits, _) = turned("a > t 5m > b > t #2 6m > c", "a > t 7m > b > t #2 6m > c");
    assert_eq!(edits, [Edit::Work(ElementId(2), "7m".parse().ok())]);
    let (_, edits, _) = turned("a > t 5m > b > t #2 6m > c", "a > b > t 6m > c");
    assert_eq!(edits.len(), 2, "{edits:?}");
    assert!(edits.contains(&Edit::Remove(ElementId(2))), "{edits:?}");
}

#[test]
fn a_line_that_is_cut_and_pasted_is_the_same_step() {
    let mut next = 100;
    let mut fresh = || {
        next += 1;
        ElementId(next)
    };
    let mut first = Flow::default();
    first.take_all(&edits(&first, &read("commit > build 5m a > deploy").unwrap(), &mut fresh));
    let build = first
        .steps
        .iter()
        .find(|(_, step)| step.name.as_str() == "build")
        .map(|(id, _)| *id)
        .unwrap();
    first.take_in(&Edit::At(build, Some(Point { x: 7, y: 8 })));
    let mut now = first.clone();
    now.take_all(&edits(&now, &read("commit > deploy").unwrap(), &mut fresh));
    assert!(!now.contains(build));
    let back = edits(&now, &read("commit > deploy > build 9m a").unwrap(), &mut fresh);
    now.take_all(&again(&first, &now, back));
    let step = &now.steps[&build];
    assert_eq!((step.at, step.work), (Some(Point { x: 7, y: 8 }), Some(Span::exactly(540))));
    assert_eq!(now.touching(build).count(), 1, "its connector leads to it");
}
