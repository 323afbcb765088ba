//! Two checkpoints side by side: what each says, and how they differ in words.
//!
//! All of it is a table of texts, so the page and its CSV cannot say different things. Between two checkpoints of one squad the
//! earlier one stands first, and what changed in the flow is said as the summary says it.

use super::csv;
use super::facts::{CapabilityKey, Edition, question};
use super::flow::difference::difference;
use super::flow::report::facts;
use super::ids::WorkshopId;
use super::maturity::{Rescored, Score};
use super::metric::Metric;
use super::page::{Page, Surveyed};
use super::scene::Line;
use super::summary;
use super::survey::points;
use crate::domain::sorted::{SortedMap, SortedSet};
use serde::{Deserialize, Serialize};

/// Two checkpoints, compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Which two.
    pub sides: [Side; 2],
    /// Whether they are of one squad: then the first is the earlier one.
    pub one_squad: bool,
    /// What they say, by theme.
    pub sections: Vec<Section>,
    /// What changed in the flow, a sentence each; only between two of one squad.
    pub flow: Vec<String>,
    /// What makes the two hard to compare, a sentence each.
    pub cautions: Vec<String>,
    /// Under which edition they are scored, in words.
    pub scored: String,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The checkpoint.
    pub id: WorkshopId,
    /// Squad and date.
    pub name: String,
    /// The squad's own title, or empty.
    pub title: String,
}

/// What both say about a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The theme.
    pub title: String,
    /// The lines of the table.
    pub rows: Vec<Row>,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What is compared.
    pub name: String,
    /// What each says.
    pub values: [String; 2],
    /// How they differ, the second beside the first; empty where nothing can be said.
    pub difference: String,
}

impl Comparison {
    /// The two pages side by side, scored under an edition. Whether they are of one squad is not to be read from them: a page keeps the
    /// name that its squad had.
    #[must_use]
    pub fn of(one: &Page, other: &Page, one_squad: bool, edition: Edition) -> Self {
        let (a, b) = if one_squad && other.held_on < one.held_on {
            (other, one)
        } else {
            (one, other)
        };
        let sections = [
            ("Result", result(a, b, edition)),
            ("Answers", answers(a, b)),
            ("Capabilities", capabilities(a, b)),
            ("Delivery flow", flow(a, b)),
            ("Improvements and actions", decided(a, b)),
            ("Scope and definitions", scope(a, b)),
        ];
        let section = |(title, rows): (&str, Vec<Row>)| Section {
            title: title.to_owned(),
            rows,
        };
        Self {
            sides: [a, b].map(Side::of),
            one_squad,
            sections: sections.into_iter().filter(|(_, rows)| !rows.is_empty()).map(section).collect(),
            flow: match (&a.flow, &b.flow) {
                (Some(before), Some(after)) if one_squad => difference(before, after).sentences().collect(),
                _ => vec![],
            },
            cautions: cautions(a, b),
            scored: edition.on_many(),
        }
    }

    /// The table as comma-separated values: theme, what, the one, the other, difference.
    #[must_use]
    pub fn csv(&self) -> String {
        let [a, b] = &self.sides;
        let row = |theme: &str, name: &str, [a, b]: [&str; 2], difference: &str| [theme, name, a, b, difference].map(csv::Cell::from);
        let links = [a, b].map(|side| side.id.to_string());
        let head = row("Checkpoint", "Id", [&links[0], &links[1]], "");
        let sections = self.sections.iter().flat_map(|section| {
            let line = |found: &Row| row(&section.title, &found.name, [&found.values[0], &found.values[1]], &found.difference);
            section.rows.iter().map(line)
        });
        let flow = self.flow.iter().map(|sentence| row("Delivery flow", "Change", ["", ""], sentence));
        let columns = ["Theme", "What", a.name.as_str(), b.name.as_str(), "Difference"];
        csv::table(columns, std::iter::once(head).chain(sections).chain(flow))
    }
}

impl Side {
    fn of(page: &Page) -> Self {
        Self {
            id: page.id,
            name: page.name(),
            title: page.title.to_string(),
        }
    }
}

/// What a page says, or why it says nothing: what is not known or left out is no fact, and differs from nothing.
type Said<T> = Result<T, &'static str>;

/// Why a page without an entry says nothing, unless that there is none is what it says.
fn unsaid(page: &Page, section: Option<summary::Section>) -> Option<&'static str> {
    let left_out = |section: summary::Section| page.left_out.iter().any(|out| out == section.title());
    match section {
        _ if page.by_hand.is_some() => Some("Not known"),
        Some(section) if left_out(section) => Some("Left out by the squad"),
        _ => None,
    }
}

/// A line whose difference is that its words differ, or not.
fn words(name: &str, values: [Said<String>; 2]) -> Row {
    let same = values[0].is_ok() && values[0] == values[1];
    Row {
        name: name.to_owned(),
        difference: if same { "the same".to_owned() } else { String::new() },
        values: values.map(|value| value.unwrap_or_else(str::to_owned)),
    }
}

/// A line of numbers, with how many more or fewer they are in words.
fn numbers(name: &str, values: [Said<usize>; 2]) -> Row {
    let difference = match values {
        [Ok(a), Ok(b)] => more_or_fewer(number(b) - number(a), ["more", "fewer"], ""),
        _ => String::new(),
    };
    Row {
        name: name.to_owned(),
        difference,
        values: values.map(|value| value.map_or_else(str::to_owned, |number| number.to_string())),
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// "2 points more", "the same".
fn more_or_fewer(by: i32, [more, fewer]: [&str; 2], unit: &str) -> String {
    let unit = match (unit, by.abs()) {
        ("", _) => String::new(),
        (unit, 1) => format!(" {unit}"),
        (unit, _) => format!(" {unit}s"),
    };
    match by {
        0 => "the same".to_owned(),
        by if by > 0 => format!("{by}{unit} {more}"),
        by => format!("{}{unit} {fewer}", by.abs()),
    }
}

fn result(a: &Page, b: &Page, edition: Edition) -> Vec<Row> {
    let scores = [a, b].map(|page| page.agreed().map(|answers| Rescored::of(edition, &answers, page.industry).score));
    let said = |score: &Option<Score>, page: &Page| match (score, page.by_hand.as_ref().and_then(|kept| kept.level)) {
        (Some(score), _) => score.words(),
        (None, Some(level)) if edition == Edition::Y2019 => format!("{}, kept without all four answers", level.name()),
        (None, _) => unsaid(page, None).unwrap_or("Not all four answers are agreed").to_owned(),
    };
    let difference = match &scores {
        [
            Some(Score::Percentile { percentile: a, .. }),
            Some(Score::Percentile { percentile: b, .. }),
        ] => more_or_fewer(i32::from(*b) - i32::from(*a), ["more", "fewer"], "point"),
        // Another number of answers makes another mean.
        [Some(Score::Today(a)), Some(Score::Today(b))] if a.metrics_counted != b.metrics_counted => {
            format!("does not compare: {} answers and {}", a.metrics_counted, b.metrics_counted)
        }
        [Some(Score::Today(a)), Some(Score::Today(b))] => {
            // Of the numbers as they are written.
            let [a, b] = [a, b].map(|today| format!("{:.1}", today.overall).parse().unwrap_or(today.overall));
            match (10.0 * (b - a)).round() {
                0.0 => "the same".to_owned(),
                by if by > 0.0 => format!("{:.1} more", by / 10.0),
                by => format!("{:.1} less", -by / 10.0),
            }
        }
        _ => String::new(),
    };
    let industry = |page: &Page| match page.industry {
        Some(industry) => Ok(industry.name().to_owned()),
        None => unsaid(page, None).map_or_else(|| Ok("All industries".to_owned()), Err),
    };
    let present = |page: &Page| match page.headcount {
        Some(headcount) => Ok(headcount.present),
        None => unsaid(page, None).map_or(Ok(page.present.len()), Err),
    };
    vec![
        Row {
            name: format!("Score under {}", edition.label()),
            values: [said(&scores[0], a), said(&scores[1], b)],
            difference,
        },
        words("Compared with", [a, b].map(industry)),
        numbers("People present", [a, b].map(present)),
    ]
}

fn answers(a: &Page, b: &Page) -> Vec<Row> {
    let asked = |metric: &Metric| {
        [a, b]
            .iter()
            .any(|page| page.answers.iter().any(|answered| answered.metric == *metric))
    };
    let row = |metric: Metric| {
        let codes = [a, b].map(|page| page.answer_to(metric));
        let said = [a, b].map(|page| match page.answer_to(metric) {
            Some(code) => question(metric).label(code).to_owned(),
            None => unsaid(page, None).unwrap_or("No answer agreed").to_owned(),
        });
        let difference = match codes {
            [Some(a), Some(b)] => more_or_fewer(i32::from(b.get()) - i32::from(a.get()), ["better", "worse"], "option"),
            _ => String::new(),
        };
        Row {
            name: metric.name().to_owned(),
            values: said,
            difference,
        }
    };
    Metric::ALL.into_iter().filter(asked).map(row).collect()
}

fn capabilities(a: &Page, b: &Page) -> Vec<Row> {
    let found = |page: &Page, key: &CapabilityKey| page.capabilities.iter().find(|surveyed| surveyed.key == *key).cloned();
    let named = |page: &Page| {
        page.capabilities
            .iter()
            .map(|s| (s.key.clone(), s.title.clone()))
            .collect::<Vec<_>>()
    };
    let known: SortedMap<_, _> = [a, b].into_iter().flat_map(named).collect();
    let said = |page: &Page, key: &CapabilityKey| match found(page, key) {
        Some(surveyed) => score(&surveyed),
        None => unsaid(page, Some(summary::Section::Capabilities))
            .unwrap_or("Not surveyed")
            .to_owned(),
    };
    let surveyed = known.into_iter().map(|(key, title)| Row {
        name: title,
        difference: differ(&[found(a, &key), found(b, &key)]),
        values: [said(a, &key), said(b, &key)],
    });
    let focus = [a, b].map(|page| match &page.focus {
        Some(focus) => Ok(focus.title.clone()),
        None => unsaid(page, Some(summary::Section::Capabilities)).map_or_else(|| Ok("No focus recorded".to_owned()), Err),
    });
    let focus = (a.focus.is_some() || b.focus.is_some()).then(|| words("Focus", focus));
    focus.into_iter().chain(surveyed).collect()
}

fn score(surveyed: &Surveyed) -> String {
    match surveyed.score {
        Some(score) => format!("{} of 100", points(score)),
        None if surveyed.items.is_empty() => "The score was not kept".to_owned(),
        None => "No score: too few answered".to_owned(),
    }
}

/// How two scores differ; scores of other statements do not compare.
fn differ(both: &[Option<Surveyed>; 2]) -> String {
    let [Some(a), Some(b)] = both else { return String::new() };
    let statements = |surveyed: &Surveyed| surveyed.items.iter().map(|item| item.text.clone()).collect::<SortedSet<_>>();
    match (a.score, b.score) {
        (Some(_), Some(_)) if statements(a) != statements(b) => "does not compare: other statements".to_owned(),
        (Some(a), Some(b)) => more_or_fewer(points(b) - points(a), ["more", "fewer"], "point"),
        _ => String::new(),
    }
}

fn flow(a: &Page, b: &Page) -> Vec<Row> {
    let both = [a, b].map(|page| page.flow.as_ref().map(facts).unwrap_or_default());
    let mut names: Vec<String> = Vec::new();
    for fact in both.iter().flatten() {
        if !names.contains(&fact.name) {
            names.push(fact.name.clone());
        }
    }
    let value = |page: &Page, facts: &[super::flow::report::Fact], name: &str| {
        let fact = facts.iter().find(|fact| fact.name == name);
        fact.map_or(Err(unsaid(page, Some(summary::Section::Flow)).unwrap_or("Not known")), |fact| {
            Ok(fact.value.clone())
        })
    };
    names
        .into_iter()
        .map(|name| words(&name, [value(a, &both[0], &name), value(b, &both[1], &name)]))
        .collect()
}

fn decided(a: &Page, b: &Page) -> Vec<Row> {
    /// How many of something a page has.
    type Count = fn(&Page) -> usize;
    let rows: [(&str, summary::Section, Count); 4] = [
        ("Improvements", summary::Section::Improvements, |page| page.improvements.len()),
        ("Actions decided", summary::Section::Actions, |page| page.decided.len()),
        ("Actions of before, settled", summary::Section::Since, |page| {
            page.actions.iter().filter(|looked| !looked.action.status.is_open()).count()
        }),
        ("Actions of before, open", summary::Section::Since, |page| {
            page.actions.iter().filter(|looked| looked.action.status.is_open()).count()
        }),
    ];
    let counted = |page: &Page, section, count: Count| unsaid(page, Some(section)).map_or_else(|| Ok(count(page)), Err);
    rows.map(|(name, section, count)| numbers(name, [counted(a, section, count), counted(b, section, count)]))
        .into()
}

fn scope(a: &Page, b: &Page) -> Vec<Row> {
    let written = |line: &Line| [a, b].iter().any(|page| !page.scope.get(*line).is_empty());
    let said = |page: &Page, line| match page.scope.get(line) {
        text if text.is_empty() => unsaid(page, Some(summary::Section::Scope)).map_or_else(|| Ok("Not written down".to_owned()), Err),
        text => Ok(text.to_string()),
    };
    let row = |line: Line| words(line.label(), [said(a, line), said(b, line)]);
    Line::ALL.into_iter().filter(written).map(row).collect()
}

/// What makes the answers of two checkpoints hard to compare.
fn cautions(a: &Page, b: &Page) -> Vec<String> {
    let differs = |line: &Line| {
        let [a, b] = [a, b].map(|page| page.scope.get(*line));
        !a.is_empty() && !b.is_empty() && a != b
    };
    let what: Vec<&str> = Line::ALL
        .into_iter()
        .filter(differs)
        .map(|line| match line {
            Line::Service => "the service they talk about",
            Line::Deployment => "what counts as a deployment",
            Line::Failure => "what counts as a failure",
        })
        .collect();
    match what.as_slice() {
        [] => vec![],
        what => vec![format!(
            "The two differ in {}. Compare their answers with care.",
            what.join(" and ")
        )],
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
