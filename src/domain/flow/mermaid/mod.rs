//! The flow as a Mermaid flowchart, for pages that draw those, and flowcharts from elsewhere as a flow.
//!
//! What Mermaid has no word for is written so that it looks right there and is found again here: times and environments stand in the
//! second line of a step, waits in brackets before the label of a connector, and the kind of a step is its class. Free text is a
//! comment and stays behind.

mod read;

pub use self::read::read;

use super::order::order;
use super::{Connector, Flow, Kind, Lane, Step, outline};
use crate::domain::ids::ElementId;
use crate::domain::sorted::SortedMap;
use std::fmt::Write;

/// The class of steps that machines do.
const AUTOMATED: &str = "automated";

/// The flowchart of a flow.
#[must_use]
pub fn write(flow: &Flow) -> String {
    let names: SortedMap<ElementId, String> = (1..).zip(flow.steps.keys()).map(|(n, id)| (*id, format!("s{n}"))).collect();
    let name = |id: &ElementId| names.get(id).map_or("", String::as_str);
    let mut text = "flowchart LR\n".to_owned();
    for lane in Lane::ALL {
        let texts: Vec<&str> = flow
            .texts
            .values()
            .filter(|text| text.lane == lane)
            .map(|text| text.text.as_str())
            .collect();
        let steps = order(flow, lane).steps;
        if steps.is_empty() && texts.is_empty() {
            continue;
        }
        let _ = writeln!(
            text,
            "  subgraph {}[\"{}: {}\"]",
            lane.name().to_lowercase(),
            lane.name(),
            lane.way()
        );
        for id in steps {
            if let Some(step) = flow.steps.get(&id) {
                let _ = writeln!(text, "    {}{}", name(&id), node(step));
            }
        }
        for says in texts {
            let _ = writeln!(text, "    %% {says}");
        }
        text.push_str("  end\n");
    }
    for c in flow.connectors.values() {
        let _ = writeln!(text, "  {} {} {}", name(&c.from), edge(c), name(&c.to));
    }
    if flow.steps.values().any(|step| step.kind == Kind::Automated) {
        let _ = writeln!(text, "  classDef {AUTOMATED} stroke-width:2px");
    }
    text
}

/// Automated steps are boxes, manual ones have round ends.
fn node(step: &Step) -> String {
    let mut says = escaped(step.name.as_str());
    let environment = Some(&step.environment)
        .filter(|environment| !environment.is_empty())
        .map(outline::at);
    let work = step.work.map(|work| work.to_string());
    let more: Vec<String> = work.into_iter().chain(environment).collect();
    if !more.is_empty() {
        says.push_str("<br/>");
        says.push_str(&escaped(&more.join(" ")));
    }
    match step.kind {
        Kind::Automated => format!("[\"{says}\"]:::{AUTOMATED}"),
        Kind::Manual => format!("([\"{says}\"])"),
    }
}

fn edge(c: &Connector) -> String {
    let wait = c.wait.map(|wait| format!("[{wait}]"));
    let label = Some(escaped(c.label.as_str())).filter(|label| !label.is_empty());
    let parts: Vec<String> = wait.into_iter().chain(label).collect();
    if parts.is_empty() {
        "-->".to_owned()
    } else {
        format!("-->|\"{}\"|", parts.join(" "))
    }
}

/// A text with what Mermaid would read as markup written as numbers.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut begins = true;
    for c in text.chars() {
        // A dash or a number with a dot at the beginning would be a list.
        let list = begins && matches!(c, '-' | '+' | '*' | '.' | ')' | '[');
        begins &= c.is_ascii_digit();
        if list || matches!(c, '"' | '#' | '<' | '>' | '&' | '`' | '\\' | ';') {
            let _ = write!(escaped, "#{};", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
