//! From a flowchart to a flow: nodes become steps, edges connectors. How it looks there has no part in it.

use super::AUTOMATED;
use crate::domain::flow::outline::{self, LONGEST_TEXT, Mistake};
use crate::domain::flow::{Connector, Flow, Kind, Lane, MOST_ELEMENTS, Span, Step};
use crate::domain::ids::ElementId;
use crate::domain::sorted::SortedMap;
use crate::domain::text::{ConnectorLabel, FlowStepName, TextError};

/// What is wrong, and at which byte of the line.
type Wrong = (usize, String);

/// Statements that say how something looks or behaves.
const LOOKS: [&str; 9] = [
    "style",
    "classDef",
    "class",
    "click",
    "linkStyle",
    "direction",
    "accTitle",
    "accDescr",
    "title",
];

/// How nodes are opened and closed; the longer ones first.
const SHAPES: [(&str, &[&str]); 12] = [
    ("(((", &[")))"]),
    ("((", &["))"]),
    ("([", &["])"]),
    ("(", &[")"]),
    ("[[", &["]]"]),
    ("[(", &[")]"]),
    ("[/", &["/]", "\\]"]),
    ("[\\", &["\\]", "/]"]),
    ("[", &["]"]),
    ("{{", &["}}"]),
    ("{", &["}"]),
    (">", &["]"]),
];

/// The flow of a flowchart. Its ids are numbers of its own, from 1 in the order of the text; nothing has a place. A subgraph whose name
/// speaks of recovery is that lane.
pub fn read(text: &str) -> Result<Flow, Mistake> {
    let alone = |message: String| Mistake {
        line: 1,
        column: 1,
        message,
    };
    if text.len() > LONGEST_TEXT {
        return Err(alone(format!("This text is too long: at most {} KB, please.", LONGEST_TEXT / 1024)));
    }
    let mut reader = Reader::default();
    let mut front_matter = false;
    for (number, line) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
        let said = line.trim();
        if said == "---" && !reader.begun {
            front_matter = !front_matter;
        } else if !front_matter && !said.starts_with("```") {
            reader.line(line).map_err(|(at, message)| Mistake {
                line: number,
                column: line.get(..at).unwrap_or_default().chars().count() + 1,
                message,
            })?;
        }
        if reader.flow.len() > MOST_ELEMENTS {
            return Err(alone(format!(
                "This flow is too large: at most {MOST_ELEMENTS} steps, connectors and texts, please."
            )));
        }
    }
    if reader.begun {
        Ok(reader.flow())
    } else {
        Err(alone(NO_FLOWCHART.to_owned()))
    }
}

const NO_FLOWCHART: &str = "This is no Mermaid flowchart: one begins with flowchart or graph.";

#[derive(Default)]
struct Reader {
    begun: bool,
    /// The lanes of the subgraphs that are open.
    lanes: Vec<Lane>,
    named: SortedMap<String, ElementId>,
    between: SortedMap<(ElementId, ElementId), ElementId>,
    flow: Flow,
}

struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at = self.line.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, what: &str) -> bool {
        let there = self.rest().starts_with(what);
        if there {
            self.at += what.len();
        }
        there
    }

    /// The characters from here on that are like this.
    fn run(&mut self, like: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let run = rest.split(|c| !like(c)).next().unwrap_or_default();
        self.at += run.len();
        run
    }

    /// What stands before the first of these ends, in quotation marks or not; the end is taken too.
    fn inside(&mut self, ends: &[&str]) -> Option<&'a str> {
        self.skip_space();
        if self.rest().starts_with('"') {
            let (text, _) = self.rest().get(1..)?.split_once('"')?;
            self.at += text.len() + 2;
            self.skip_space();
            return ends.iter().any(|end| self.take(end)).then_some(text);
        }
        let rest = self.rest();
        let (place, end) = ends.iter().filter_map(|end| Some((rest.find(end)?, *end))).min()?;
        self.at += place + end.len();
        rest.get(..place)
    }
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), Wrong> {
        let mut cursor = Cursor { line, at: 0 };
        loop {
            cursor.skip_space();
            if cursor.rest().is_empty() || cursor.rest().starts_with("%%") {
                return Ok(());
            }
            if cursor.take(";") {
                continue;
            }
            self.statement(&mut cursor)?;
        }
    }

    fn statement(&mut self, cursor: &mut Cursor) -> Result<(), Wrong> {
        let at = cursor.at;
        let word = cursor.run(char::is_alphanumeric);
        // Up to the end of the statement.
        let said = cursor.rest().split(';').next().unwrap_or_default();
        let alone = said.is_empty() || said.starts_with([' ', '\t', ':']);
        let after = cursor.at + said.len();
        match word {
            "flowchart" | "graph" if !self.begun && alone => {
                self.begun = true;
                cursor.at = after;
            }
            _ if !self.begun => return Err((at, NO_FLOWCHART.to_owned())),
            "subgraph" if alone => {
                let outer = self.lanes.last().copied().unwrap_or_default();
                let recovery = said.to_lowercase().contains("recovery");
                self.lanes.push(if recovery { Lane::Recovery } else { outer });
                cursor.at = cursor.line.len();
            }
            "end" if said.trim().is_empty() => {
                self.lanes.pop();
                cursor.at = after;
            }
            word if LOOKS.contains(&word) && alone => cursor.at = cursor.line.len(),
            _ => {
                cursor.at = at;
                self.chain(cursor)?;
            }
        }
        Ok(())
    }

    /// `A --> B & C --> D`, up to the end of the statement.
    fn chain(&mut self, cursor: &mut Cursor) -> Result<(), Wrong> {
        let mut before = self.nodes(cursor)?;
        loop {
            cursor.skip_space();
            if cursor.rest().is_empty() || cursor.rest().starts_with(';') {
                return Ok(());
            }
            let at = cursor.at;
            let Some(says) = edge(cursor) else {
                return Err((at, "An arrow like --> is missing here.".to_owned()));
            };
            let (wait, label) = waits(&says);
            let label = ConnectorLabel::parse(&label).map_err(|error| (at, error.to_string()))?;
            cursor.skip_space();
            let after = self.nodes(cursor)?;
            for from in &before {
                for to in &after {
                    self.connect(*from, *to, wait, &label);
                }
            }
            before = after;
        }
    }

    fn connect(&mut self, from: ElementId, to: ElementId, wait: Option<Span>, label: &ConnectorLabel) {
        if from == to || self.flow.len() > MOST_ELEMENTS {
            return;
        }
        let next = ElementId(self.between.len() as u64);
        let id = *self.between.entry((from, to)).or_insert(next);
        let label = label.clone();
        self.flow.connectors.entry(id).or_insert(Connector { from, to, wait, label });
    }

    /// `A & B`.
    fn nodes(&mut self, cursor: &mut Cursor) -> Result<Vec<ElementId>, Wrong> {
        let mut nodes = vec![];
        loop {
            cursor.skip_space();
            nodes.push(self.node(cursor)?);
            cursor.skip_space();
            if !cursor.take("&") {
                return Ok(nodes);
            }
        }
    }

    /// `A[text]:::class`.
    fn node(&mut self, cursor: &mut Cursor) -> Result<ElementId, Wrong> {
        let at = cursor.at;
        loop {
            cursor.run(|c| c.is_alphanumeric() || c == '_');
            // A dash or a dot inside of a name, not one that begins an arrow.
            let mut next = cursor.rest().chars();
            let inside = matches!(next.next(), Some('-' | '.')) && next.next().is_some_and(char::is_alphanumeric);
            if !inside || cursor.at == at {
                break;
            }
            cursor.at += 1;
        }
        let key = cursor.line.get(at..cursor.at).unwrap_or_default();
        if key.is_empty() {
            return Err((at, "A node is missing here.".to_owned()));
        }
        let next = ElementId(self.named.len() as u64 + 1);
        let id = *self.named.entry(key.to_owned()).or_insert(next);
        let says_at = cursor.at;
        let says = text_of(cursor)?;
        let described = described(says.as_deref().unwrap_or(key), key).map_err(|error| (says_at, error.to_string()))?;
        let step = self.flow.steps.entry(id).or_default();
        if says.is_some() || step.name.is_empty() {
            (step.name, step.work, step.environment) = (described.name, described.work, described.environment);
        }
        if let Some(lane) = self.lanes.last() {
            step.lane = *lane;
        }
        if cursor.take(":::") {
            let class = cursor.run(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
            if class == AUTOMATED {
                step.kind = Kind::Automated;
            }
        }
        Ok(id)
    }

    fn flow(self) -> Flow {
        let first = self.flow.steps.len() as u64 + 1;
        let connectors = self.flow.connectors.into_iter();
        Flow {
            connectors: connectors.map(|(id, c)| (ElementId(first + id.0), c)).collect(),
            ..self.flow
        }
    }
}

/// The text of a node, if it has one.
fn text_of(cursor: &mut Cursor) -> Result<Option<String>, Wrong> {
    let at = cursor.at;
    let not_closed = || (at, "The bracket of this node is not closed.".to_owned());
    if cursor.take("@{") {
        let said = cursor.inside(&["}"]).ok_or_else(not_closed)?;
        let label = said
            .split_once("label:")
            .and_then(|(_, label)| label.trim_start().strip_prefix('"')?.split_once('"'));
        return Ok(label.map(|(label, _)| label.to_owned()));
    }
    let Some((_, ends)) = SHAPES.iter().find(|(begin, _)| cursor.take(begin)) else {
        return Ok(None);
    };
    cursor.inside(ends).map(|text| Some(text.to_owned())).ok_or_else(not_closed)
}

/// The step that the text of a node describes: its name, and in a second line what [`super::write`] puts there.
fn described(says: &str, key: &str) -> Result<Step, TextError> {
    let says = says.trim().trim_matches('`').replace("<br>", "<br/>").replace("<br />", "<br/>");
    let details = |line: &str| {
        outline::read(&format!("\"x\" {line}"))
            .ok()
            .filter(|flow| flow.len() == 1 && !line.is_empty())
    };
    let lines: Vec<String> = says.split("<br/>").map(|line| plain(line).trim().to_owned()).collect();
    let found = lines.split_last().filter(|(_, name)| !name.is_empty());
    let found = found.and_then(|(last, name)| Some((details(last)?.steps.into_values().next()?, name)));
    let (step, name) = found.map_or_else(|| (Step::default(), lines.join(" ")), |(step, name)| (step, name.join(" ")));
    let name = if name.trim().is_empty() { key } else { &name };
    Ok(Step {
        name: FlowStepName::parse(name)?,
        ..step
    })
}

/// The text with its entities as the characters they stand for.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(place) = rest.find(['#', '&']) {
        let (before, from) = rest.split_at(place);
        plain.push_str(before);
        let entity = from
            .split_once(';')
            .and_then(|(name, after)| Some((character(name.get(1..)?.trim_start_matches('#'))?, after)));
        let (c, after) = entity.unwrap_or_else(|| (if from.starts_with('#') { '#' } else { '&' }, from.get(1..).unwrap_or_default()));
        plain.push(c);
        rest = after;
    }
    plain + rest
}

fn character(entity: &str) -> Option<char> {
    Some(match entity {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        number => char::from_u32(number.parse().ok()?)?,
    })
}

/// What an arrow says, if there is one here.
fn edge(cursor: &mut Cursor) -> Option<String> {
    let shaft = |c| matches!(c, '-' | '=' | '.' | '~');
    if cursor.rest().starts_with(['<', 'o', 'x']) && cursor.rest().chars().nth(1).is_some_and(shaft) {
        cursor.at += 1;
    }
    let run = cursor.run(shaft);
    if run.len() < 2 {
        return None;
    }
    let head = |cursor: &mut Cursor| {
        let next = cursor.rest().chars().nth(1).is_none_or(|c| c.is_whitespace() || c == '|');
        cursor.take(">") || (next && (cursor.take("x") || cursor.take("o")))
    };
    let mut says = "";
    let has_head = head(cursor);
    // `-- text -->`: a short shaft without a head opens a text.
    let end = match run {
        "--" => "--",
        "==" => "==",
        "-." => ".-",
        _ => "",
    };
    if !has_head && !end.is_empty() {
        let before = cursor.at;
        says = cursor.inside(&[end])?;
        if cursor.at == before {
            return None;
        }
        cursor.run(shaft);
        head(cursor);
    }
    cursor.skip_space();
    if cursor.take("|") {
        says = cursor.inside(&["|"])?;
    }
    Some(says.trim().to_owned())
}

/// The wait and the label that a text on an arrow tells of.
fn waits(says: &str) -> (Option<Span>, String) {
    let bracket = says.strip_prefix('[').and_then(|says| says.split_once(']'));
    let found = bracket.and_then(|(wait, label)| Some((wait.parse().ok()?, label)));
    match found {
        Some((wait, label)) => (Some(wait), plain(label)),
        None => (None, plain(says)),
    }
}
