//! From text to flow. A line that cannot be read is told of with its place; the other lines are read on, so that all mistakes of a
//! text show at once.

use super::item::{Cursor, Item, Wrong};
use super::{LONGEST_TEXT, MOST_MISTAKES, Mistake};
use crate::domain::flow::{Connector, Flow, Kind, Lane, MOST_ELEMENTS, Span, Step, Text};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, sort, sort_by_key};
use crate::domain::text::{ConnectorLabel, Environment, FlowStepName, FlowText};

/// The flow that a text describes. Its ids are numbers of its own, from 1 in the order of the text but for steps of one name, which
/// are in the order of their numbers; nothing has a place.
pub fn read(text: &str) -> Result<Flow, Vec<Mistake>> {
    if text.len() > LONGEST_TEXT {
        return Err(vec![alone(format!(
            "This text is too long: at most {} KB, please.",
            LONGEST_TEXT / 1024
        ))]);
    }
    let mut reader = Reader::default();
    let mut mistakes = vec![];
    for (number, line) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
        if let Err(wrong) = reader.line(number, line) {
            mistakes.push(told(number, line, wrong));
            reader.last = Last::Unknown;
        }
        if reader.steps.len() + reader.connectors.len() + reader.texts.len() > MOST_ELEMENTS {
            return Err(vec![alone(format!(
                "This flow is too large: at most {MOST_ELEMENTS} steps, connectors and texts, please."
            ))]);
        }
        if mistakes.len() >= MOST_MISTAKES {
            break;
        }
    }
    if mistakes.is_empty() {
        mistakes = reader.uncounted();
    }
    if mistakes.is_empty() { Ok(reader.flow()) } else { Err(mistakes) }
}

/// A mistake of the whole text.
fn alone(message: String) -> Mistake {
    Mistake {
        line: 1,
        column: 1,
        message,
    }
}

fn told(number: usize, line: &str, (at, message): Wrong) -> Mistake {
    Mistake {
        line: number,
        column: line.get(..at).unwrap_or_default().chars().count() + 1,
        message,
    }
}

/// A step, as far as it is described.
struct Described {
    lane: Lane,
    name: FlowStepName,
    number: usize,
    kind: Option<Kind>,
    work: Option<Span>,
    environment: Option<Environment>,
    /// The line and column where it is first mentioned.
    place: (usize, usize),
}

/// What the next line may go on from.
#[derive(Default)]
enum Last {
    #[default]
    Nothing,
    /// The line before cannot be read.
    Unknown,
    Step(usize),
}

#[derive(Default)]
struct Reader {
    lane: Lane,
    last: Last,
    steps: Vec<Described>,
    named: SortedMap<(FlowStepName, usize), usize>,
    connectors: Vec<(usize, usize, Option<Span>, Option<ConnectorLabel>)>,
    between: SortedMap<(usize, usize), usize>,
    texts: Vec<Text>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), Wrong> {
        let mut cursor = Cursor::new(line);
        let said = line.trim();
        if said.is_empty() || said.starts_with("//") {
            return Ok(());
        }
        if let Some(lane) = Lane::ALL.into_iter().find(|lane| said.eq_ignore_ascii_case(lane.name())) {
            (self.lane, self.last) = (lane, Last::Nothing);
            return Ok(());
        }
        if cursor.take('=') {
            let text = FlowText::parse(cursor.rest()).map_err(|error| (cursor.at(), error.to_string()))?;
            self.texts.push(Text {
                lane: self.lane,
                text,
                at: None,
            });
            return Ok(());
        }
        let goes_on = cursor.at();
        if !cursor.take('>') {
            self.last = Last::Nothing;
        } else if matches!(self.last, Last::Nothing) {
            return Err((goes_on, "There is no step above that this could go on from.".to_owned()));
        }
        loop {
            let item = cursor.item()?;
            let at = item.at;
            let place = (number, line.get(..at).unwrap_or_default().chars().count() + 1);
            self.mention(item, place).map_err(|message| (at, message))?;
            if !cursor.take('>') {
                return Ok(());
            }
        }
    }

    /// Takes a step in, and the connector that leads to it.
    fn mention(&mut self, item: Item, place: (usize, usize)) -> Result<(), String> {
        let named = (item.name.clone(), item.number);
        let step = *self.named.entry(named).or_insert(self.steps.len());
        if step == self.steps.len() {
            self.steps.push(Described {
                lane: self.lane,
                name: item.name,
                number: item.number,
                kind: item.kind,
                work: item.work,
                environment: item.environment,
                place,
            });
        } else if let Some(known) = self.steps.get_mut(step) {
            let other = [
                ("kind", agree(&mut known.kind, item.kind)),
                ("time", agree(&mut known.work, item.work)),
                ("environment", agree(&mut known.environment, item.environment)),
            ];
            if let Some((what, _)) = other.into_iter().find(|(_, agrees)| !agrees) {
                let name = item.name;
                return Err(format!(
                    "{name} has another {what} above. A second step of this name is written {name} #2."
                ));
            }
        }
        match std::mem::replace(&mut self.last, Last::Step(step)) {
            Last::Step(before) if before == step => Err("A step cannot lead to itself.".to_owned()),
            Last::Step(before) => self.connect(before, step, item.wait, item.label),
            Last::Nothing if item.led_to => {
                Err("A wait or a label stands between two steps, and there is none before this one.".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn connect(&mut self, from: usize, to: usize, wait: Option<Span>, label: Option<ConnectorLabel>) -> Result<(), String> {
        let connector = *self.between.entry((from, to)).or_insert(self.connectors.len());
        let Some((_, _, known_wait, known_label)) = self.connectors.get_mut(connector) else {
            self.connectors.push((from, to, wait, label));
            return Ok(());
        };
        if !agree(known_wait, wait) {
            return Err("This connector has another wait above.".to_owned());
        }
        if !agree(known_label, label) {
            return Err("This connector has another label above.".to_owned());
        }
        Ok(())
    }

    /// The steps whose number is not the next one of their name.
    fn uncounted(&self) -> Vec<Mistake> {
        let mut mistakes = vec![];
        let mut before: Option<(&FlowStepName, usize)> = None;
        for ((name, number), step) in &self.named {
            let missing = before.filter(|(known, _)| *known == name).map_or(1, |(_, number)| number + 1);
            before = Some((name, *number));
            if let Some(step) = self.steps.get(*step).filter(|step| step.number > missing) {
                let message =
                    format!("There is no {name} #{missing}. A name that ends in a number like #{number} stands in quotation marks.");
                let (line, column) = step.place;
                mistakes.push(Mistake { line, column, message });
            }
        }
        sort_by_key(&mut mistakes, |mistake| (mistake.line, mistake.column));
        mistakes.truncate(MOST_MISTAKES);
        mistakes
    }

    fn flow(self) -> Flow {
        let mut same: SortedMap<&FlowStepName, Vec<usize>> = SortedMap::new();
        for ((name, _), step) in &self.named {
            same.entry(name).or_default().push(*step);
        }
        // Of one name, the lower number gets the lower id.
        let mut ids: SortedMap<usize, ElementId> = SortedMap::new();
        for steps in same.into_values() {
            let mut places = steps.clone();
            sort(&mut places);
            ids.extend(steps.into_iter().zip(places.into_iter().map(|place| ElementId(1 + place as u64))));
        }
        let id = |step: &usize| ids.get(step).copied().unwrap_or_default();
        let mut free = (1 + self.steps.len() as u64..).map(ElementId);
        let connector = |(from, to, wait, label): (usize, usize, Option<Span>, Option<ConnectorLabel>)| Connector {
            from: id(&from),
            to: id(&to),
            wait,
            label: label.unwrap_or_default(),
        };
        let step = |step: Described| Step {
            lane: step.lane,
            kind: step.kind.unwrap_or_default(),
            name: step.name,
            work: step.work,
            environment: step.environment.unwrap_or_default(),
            at: None,
        };
        Flow {
            steps: self
                .steps
                .into_iter()
                .enumerate()
                .map(|(n, described)| (id(&n), step(described)))
                .collect(),
            // The connectors first: a free id that is taken out for none of them is lost.
            connectors: (self.connectors.into_iter().map(connector).zip(free.by_ref()))
                .map(|(connector, id)| (id, connector))
                .collect(),
            texts: free.zip(self.texts).collect(),
            ..Flow::default()
        }
    }
}

/// Whether what is said now goes with what was said before.
fn agree<T: PartialEq>(known: &mut Option<T>, said: Option<T>) -> bool {
    match (&known, said) {
        (_, None) => true,
        (None, said) => {
            *known = said;
            true
        }
        (Some(known), Some(said)) => *known == said,
    }
}
