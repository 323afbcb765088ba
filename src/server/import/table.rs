//! Checkpoints kept by hand as a table (CSV): docs/IMPORT.md describes its columns.

use super::{Found, Problem, Tell, id_of, refuse, shown};
use crate::domain::action::TrackerLink;
use crate::domain::facts::{self, Capability, Catalogue};
use crate::domain::maturity::{Answers, Level};
use crate::domain::metric::{Code, Metric};
use crate::domain::page::{Answered, ByHand, FORMAT, Maturity, Page, Surveyed};
use crate::domain::scene::Scope;
use crate::domain::text::{Foreword, PersonName, SquadName, Title, TribeName};
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord};
use std::collections::HashMap;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Squad,
    Tribe,
    Date,
    Facilitator,
    Answer(Metric),
    Level,
    Capabilities,
    Link,
}

impl Column {
    /// The column with this heading, by its name for machines or the one people read.
    fn named(heading: &str) -> Option<Self> {
        let heading = folded(heading).replace(' ', "_");
        let answer = |metric: &Metric| heading == metric.key() || heading == folded(metric.name()).replace(' ', "_");
        match heading.as_str() {
            "squad" => Some(Self::Squad),
            "tribe" => Some(Self::Tribe),
            "date" | "held_on" => Some(Self::Date),
            "facilitator" => Some(Self::Facilitator),
            "level" => Some(Self::Level),
            "capabilities" => Some(Self::Capabilities),
            "link" => Some(Self::Link),
            _ => Metric::ALL.into_iter().find(answer).map(Self::Answer),
        }
    }
}

/// Reads the table.
pub(super) fn read(name: &str, text: &str, catalogue: &Catalogue, tell: &mut Tell<'_>) {
    let mut rows = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headings = match rows.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => return refuse(tell, name, format!("The first line cannot be read: {error}.")),
    };
    let mut columns = HashMap::new();
    for (place, heading) in headings.iter().enumerate() {
        let told = match Column::named(heading) {
            Some(column) if columns.insert(column, place).is_none() => true,
            Some(_) => return refuse(tell, name, format!("The column {} is there twice.", shown(heading))),
            None if heading.is_empty() => true,
            None => tell(Found::Ignored(format!("the column {}", shown(heading)))),
        };
        if !told {
            return;
        }
    }
    if ![Column::Squad, Column::Date].iter().all(|column| columns.contains_key(column)) {
        let why = "The first line names no columns squad and date, so this is no table of checkpoints. docs/IMPORT.md describes it.";
        return refuse(tell, name, why.to_owned());
    }
    let mut seen = HashMap::new();
    for row in rows.records() {
        let (line, page) = match row {
            Ok(row) => {
                let line = row.position().map_or(0, csv::Position::line);
                let row = Row {
                    columns: &columns,
                    fields: &row,
                    width: headings.len(),
                };
                (line, row.page(catalogue))
            }
            Err(error) => (
                error.position().map_or(0, csv::Position::line),
                Err("The line cannot be read.".to_owned()),
            ),
        };
        let place = format!("{name}, line {line}");
        let page = page.and_then(|page| match seen.insert(page.id, line) {
            Some(before) => Err(format!("The squad and the day are those of line {before}.")),
            None => Ok(page),
        });
        let found = match page {
            Ok(page) => Found::Page {
                place,
                page: Box::new(page),
                line: true,
            },
            Err(why) => Found::Problem(Problem { place, why }),
        };
        if !tell(found) {
            return;
        }
    }
}

/// What stands between the columns: spreadsheets of some countries write a semicolon.
fn delimiter(text: &str) -> u8 {
    let headings = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| headings.bytes().filter(|byte| byte == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// A line of the table.
struct Row<'a> {
    columns: &'a HashMap<Column, usize>,
    fields: &'a StringRecord,
    width: usize,
}

impl Row<'_> {
    fn get(&self, column: Column) -> &str {
        self.columns
            .get(&column)
            .and_then(|place| self.fields.get(*place))
            .unwrap_or_default()
    }

    fn page(&self, catalogue: &Catalogue) -> Result<Page, String> {
        if self.fields.len() > self.width {
            return Err(
                "The line has more columns than the first one. Put a text that holds the separator into quotation marks.".to_owned(),
            );
        }
        let squad = SquadName::parse(self.get(Column::Squad)).map_err(|error| error.to_string())?;
        let held_on = self.day()?;
        let mut answers = vec![];
        for metric in Metric::ALL {
            answers.extend(answer(metric, self.get(Column::Answer(metric)))?.map(|code| Answered::bare(metric, code)));
        }
        let agreed = Answers::from_fn(|metric| answers.iter().find(|one| one.metric == metric).and_then(|one| one.answer));
        let maturity = agreed.as_ref().map(Maturity::of);
        let level = self.level(maturity.as_ref())?;
        Ok(Page {
            format: FORMAT,
            id: id_of(squad.as_str(), &held_on.to_string()),
            revision: 1,
            // It is not known when it was written down. Midday is the same day in most places.
            published_at: held_on
                .and_hms_opt(12, 0, 0)
                .map(|noon| Timestamp(noon.and_utc().timestamp_millis())),
            tribe: self.optional(Column::Tribe, TribeName::parse)?,
            squad,
            held_on,
            facilitator: self.optional(Column::Facilitator, PersonName::parse)?.unwrap_or_default(),
            present: vec![],
            observing: vec![],
            headcount: None,
            industry: None,
            title: Title::default(),
            foreword: Foreword::default(),
            scope: Scope::default(),
            answers,
            dissent: vec![],
            actions: vec![],
            maturity,
            recommended: vec![],
            capabilities: self.capabilities(catalogue)?,
            focus: None,
            flow: None,
            flow_changes: vec![],
            improvements: vec![],
            decided: vec![],
            gaps: vec![],
            timeline: vec![],
            previous: None,
            left_out: vec![],
            by_hand: Some(ByHand {
                level: level.filter(|_| agreed.is_none()),
                link: self.optional(Column::Link, TrackerLink::parse)?,
            }),
        })
    }

    fn optional<T, E: std::fmt::Display>(&self, column: Column, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, String> {
        match self.get(column) {
            "" => Ok(None),
            text => parse(text).map(Some).map_err(|error| error.to_string()),
        }
    }

    fn day(&self) -> Result<NaiveDate, String> {
        let text = self.get(Column::Date);
        text.parse()
            .map_err(|_| format!("“{}” is no date. Write it as year, month and day: 2023-01-10.", shown(text)))
    }

    /// The level that stands there, if it is that of the answers.
    fn level(&self, maturity: Option<&Maturity>) -> Result<Option<Level>, String> {
        let text = self.get(Column::Level);
        let level = match text {
            "" => None,
            text => Some(
                folded(text)
                    .parse::<Level>()
                    .map_err(|_| format!("“{}” is no level. There are Low, Medium, High and Elite.", shown(text)))?,
            ),
        };
        match (level, maturity.map(|maturity| maturity.level)) {
            (Some(level), Some(counted)) if level != counted => Err(format!(
                "The level says {}, and the four answers give {}. Correct one of them, or leave the level out.",
                level.name(),
                counted.name()
            )),
            _ => Ok(level),
        }
    }

    fn capabilities(&self, catalogue: &Catalogue) -> Result<Vec<Surveyed>, String> {
        let names = self
            .get(Column::Capabilities)
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let mut found: Vec<Surveyed> = vec![];
        for name in names {
            let wanted = folded(name);
            let is = |one: &&Capability| {
                let titles = [Some(&one.title), one.title_2019.as_ref()];
                one.key.as_str() == wanted || titles.into_iter().flatten().any(|title| folded(title) == wanted)
            };
            let one = catalogue.all().find(is).ok_or_else(|| {
                format!(
                    "There is no capability named “{}”. Write it as the page Capabilities does, or leave it out.",
                    shown(name)
                )
            })?;
            if found.iter().all(|known| known.key != one.key) {
                found.push(Surveyed::bare(one));
            }
        }
        Ok(found)
    }
}

/// An answer by its number or its words; `None` where nothing stands.
fn answer(metric: Metric, text: &str) -> Result<Option<Code>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let bare = |text: &str| folded(text).replace(' ', "");
    let wanted = bare(text);
    let question = facts::question(metric);
    let by_words = || Code::ALL.into_iter().find(|code| bare(question.label(*code)) == wanted);
    let code = wanted.parse().ok().and_then(Code::new).or_else(by_words);
    code.map(Some).ok_or_else(|| {
        format!(
            "“{}” is no answer for {}: write a number from 1, the worst, to 6, the best, or the words of the answer.",
            shown(text),
            metric.name()
        )
    })
}

/// A text without what differs between those who type it: case, spaces, kinds of dashes.
fn folded(text: &str) -> String {
    let plain = text.replace(['–', '—', '‑'], "-").replace('\u{a0}', " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
