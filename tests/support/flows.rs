//! Delivery flows to look at and to measure.

use checkpoint::domain::flow::{Connector, Flow, Kind, Lane, Step, Text};
use checkpoint::domain::ids::ElementId;
use checkpoint::domain::text::{ConnectorLabel, Environment, FlowStepName, FlowText};

/// A flow in a few lines: `2 manual Review 30m @staging` is a step, `1 > 2 3h if red` a connector, `text words` a text. A line
/// `recovery` begins the other lane.
pub(crate) fn flow(lines: &str) -> Flow {
    let (mut flow, mut lane) = (Flow::default(), Lane::Delivery);
    for (n, line) in (1_000..).zip(lines.lines().map(str::trim).filter(|line| !line.is_empty())) {
        let words: Vec<&str> = line.split(' ').collect();
        let id = |word: &str| ElementId(word.parse().expect("an id"));
        match words.as_slice() {
            ["recovery"] => lane = Lane::Recovery,
            ["text", says @ ..] => {
                let text = FlowText::parse(&says.join(" ")).expect("a text");
                flow.texts.insert(ElementId(n), Text { lane, text, at: None });
            }
            [from, ">", to, rest @ ..] => {
                let wait = rest.first().and_then(|word| word.parse().ok());
                let label = rest.get(usize::from(wait.is_some())..).unwrap_or_default().join(" ");
                let connector = Connector {
                    from: id(from),
                    to: id(to),
                    wait,
                    label: ConnectorLabel::parse(&label).expect("a label"),
                };
                flow.connectors.insert(ElementId(n), connector);
            }
            [step, kind, rest @ ..] => {
                let environment = rest.last().and_then(|word| word.strip_prefix('@')).unwrap_or_default();
                let rest: Vec<&str> = rest.iter().filter(|word| !word.starts_with('@')).copied().collect();
                let work = rest.last().and_then(|word| word.parse().ok());
                let name = rest.get(..rest.len() - usize::from(work.is_some())).unwrap_or_default().join(" ");
                let step_there = Step {
                    lane,
                    kind: if *kind == "auto" { Kind::Automated } else { Kind::Manual },
                    name: FlowStepName::parse(&name).expect("a name"),
                    work,
                    environment: Environment::parse(environment).expect("an environment"),
                    at: None,
                };
                flow.steps.insert(id(step), step_there);
            }
            _ => panic!("what is {line:?}?"),
        }
    }
    flow
}

/// The flow of the squad in the design.
pub(crate) const PARTNER_TOOLING: &str = "
    1 auto Commit hook 6m
    2 manual Open pull request 10m
    3 manual Review 30m
    4 manual Merge 2m
    5 auto Build and unit tests 9m
    6 auto CDK tests 9m
    7 auto Deploy to integration 7m
    8 auto Integration tests 12m
    9 auto Deploy to production 6m
    10 manual Check in production 15m
    1 > 2
    2 > 3 3h
    3 > 4 20m
    4 > 5
    5 > 6
    6 > 7
    7 > 8 2h
    8 > 9 10m
    9 > 10
    recovery
    21 auto Alert fires 5m
    22 manual Acknowledge 5m
    23 manual Find the cause 45m
    24 auto Roll back 10m
    21 > 22 15m
    22 > 23
    23 > 24
";

/// Branches, ways back, ways from lane to lane, and names that are hard to fit.
pub(crate) const TANGLED: &str = "
    1 manual Plan the change together 1h
    2 auto Build 5m @ci
    3 auto Unit tests 10m @ci
    4 auto Security scan 20m @ci
    5 auto Contract tests for every consumer of the public interface 45m @integration
    6 manual Approval by the change advisory board 15m
    7 auto Deploy @production
    8 manual بررسی تغییرات در محیط آزمایش 2h
    9 auto 🚀 发布到生产环境 ship it 👩‍👩‍👧‍👦 5m @生产
    10 manual Donaudampfschifffahrtsgesellschaftskapitän 3d
    11 manual Watch <b>the</b> & \"graphs\" 1d-3d
    1 > 2
    2 > 3
    2 > 4
    2 > 5 if the interface changed
    3 > 6
    4 > 6
    5 > 6 1h30m
    6 > 7 1d-3d
    6 > 1 refused
    7 > 8
    3 > 2 flaky
    8 > 9
    9 > 10
    10 > 11 30m
    11 > 7 once more
    2 > 7 hotfix
    text We deploy from a branch on Fridays; nobody knows why, and nobody has dared to ask since the big outage
    text Ask Ana
    recovery
    21 auto Alert fires 5m
    22 manual Acknowledge 5m
    23 manual Roll back or roll forward 20m
    24 manual Write down what was learned 1h
    21 > 22
    22 > 23 15m
    22 > 24
    23 > 24
    11 > 21 when it fails
    24 > 1 2d
";
