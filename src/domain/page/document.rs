//! The page as a document of words, section for section as the screen shows it: what every text export says.

use super::{Answered, ByHand, Headcount, Improvement, Looked, Maturity, Page, Surveyed};
use crate::domain::actions::task;
use crate::domain::document::{Block, Item, Line, Words, confluence, markdown};
use crate::domain::facts::Industry;
use crate::domain::flow::report::{facts, remarks};
use crate::domain::flow::{Flow, outline};
use crate::domain::maturity::{Answers, Today, compare, dora_check_link, others, today};
use crate::domain::metric::Metric;
use crate::domain::scene::Line as ScopeLine;
use crate::domain::summary::Section;
use crate::domain::survey::{Likert, points};
use crate::domain::text::{DisplayName, day};
use std::cmp::Ordering;

impl Page {
    /// The whole page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown(&self.document())
    }

    /// The whole page in the storage format of Confluence.
    #[must_use]
    pub fn confluence(&self) -> String {
        confluence(&self.document())
    }

    /// The whole page as words.
    #[must_use]
    pub fn document(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Heading(1, self.heading())];
        blocks.extend(Block::paragraphs(self.foreword.as_str()));
        blocks.push(Block::Paragraph(self.level_and_lead()));
        blocks.extend(self.not_known().iter().flat_map(|words| Block::paragraphs(words)));
        blocks.push(Block::Facts(self.properties()));
        let sections = [
            ("The answers", self.answers.iter().flat_map(answer).collect()),
            (
                Section::Dissent.title(),
                list(self.dissent.iter().map(|line| vec![line.as_str().into()].into())),
            ),
            ("Beside others", self.agreed().map_or_else(Vec::new, |answers| self.beside(answers))),
            ("Capabilities", self.focus_and_capabilities()),
            ("Delivery flow", self.flow.as_ref().map_or_else(Vec::new, |flow| self.drawn(flow))),
            ("Improvements", list(self.improvements.iter().map(improvement))),
            ("Actions", self.taken_on()),
            ("Since last time", list(self.actions.iter().map(looked))),
            ("How it went", list(self.timeline.iter().map(moment))),
        ];
        for (heading, section) in sections {
            if !section.is_empty() {
                blocks.push(Block::Heading(2, heading.to_owned()));
                blocks.extend(section);
            }
        }
        blocks.extend(self.left_out_in_words().map(|words| Block::Paragraph(vec![words.into()])));
        blocks
    }

    /// What stands above everything: the squad's own title, or squad and date.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() {
            self.name()
        } else {
            self.title.to_string()
        }
    }

    /// What a browser's tab and the preview of a link call it: the squad's own title, with squad and date.
    #[must_use]
    pub fn full_title(&self) -> String {
        if self.title.is_empty() {
            self.name()
        } else {
            format!("{}, {}", self.title, self.name())
        }
    }

    /// What the preview of a link says below.
    #[must_use]
    pub fn preview(&self) -> String {
        match &self.maturity {
            Some(maturity) => format!("DevOps maturity is {}. {}", maturity.level.name(), maturity.sentence()),
            None => format!("The DevOps Checkpoint of {}, held {}.", self.squad, day(self.held_on)),
        }
    }

    /// What stands under the level: "Better than 89 % of the State of DevOps respondents of 2019, up from 77 % on 6 Oct 2022.", or what
    /// is missing for one.
    #[must_use]
    pub fn lead(&self) -> String {
        let Some(maturity) = &self.maturity else {
            if self.level().is_some() {
                return "The level is as it was written down; it cannot be worked out again without all four answers.".to_owned();
            }
            let agreed = Metric::FOUR.into_iter().filter(|metric| self.answer_to(*metric).is_some()).count();
            let known = if self.by_hand.is_some() {
                format!("known are {agreed}")
            } else {
                format!("the squad has agreed on {agreed}")
            };
            return format!("The level needs an answer to each of the four questions; {known}.");
        };
        let sentence = maturity.sentence();
        let before = Answers::from_fn(|metric| self.answers.iter().find(|a| a.metric == metric).and_then(|a| a.last_time));
        let (Some(before), Some(when)) = (before.as_ref().map(Maturity::of), self.previous.as_ref()) else {
            return sentence;
        };
        let (then, when) = (before.percentile, day(when.held_on));
        let change = match maturity.percentile.cmp(&then) {
            Ordering::Greater => format!("up from {then} % on {when}"),
            Ordering::Less => format!("down from {then} % on {when}"),
            Ordering::Equal => format!("as on {when}"),
        };
        format!("{}, {change}.", sentence.trim_end_matches('.'))
    }

    /// Who was there, in words: names, or how many; nothing where the page was kept by hand, because nobody knows.
    #[must_use]
    pub fn people(&self) -> String {
        let names = |people: &[DisplayName]| people.iter().map(DisplayName::as_str).collect::<Vec<_>>().join(", ");
        let count = |n: usize| if n == 1 { "1 person".to_owned() } else { format!("{n} people") };
        let (present, observing) = match self.headcount {
            Some(Headcount { present, observing }) => (count(present), if observing > 0 { count(observing) } else { String::new() }),
            None if self.by_hand.is_some() => (String::new(), String::new()),
            None if self.present.is_empty() => ("Nobody".to_owned(), names(&self.observing)),
            None => (names(&self.present), names(&self.observing)),
        };
        if observing.is_empty() {
            present
        } else {
            format!("{present}; observing: {observing}")
        }
    }

    /// What the squad left out, in a sentence.
    #[must_use]
    pub fn left_out_in_words(&self) -> Option<String> {
        (!self.left_out.is_empty()).then(|| format!("Left out by the squad: {}.", self.left_out.join(", ")))
    }

    fn level_and_lead(&self) -> Line {
        match self.level() {
            Some(level) => vec![
                "DevOps maturity is ".into(),
                Words::Level(level),
                format!(". {}", self.lead()).into(),
            ],
            None => vec![self.lead().into()],
        }
    }

    fn properties(&self) -> Vec<(String, Line)> {
        let revision = match self.published_at {
            Some(_) if self.by_hand.is_some() => format!("{}, kept by hand", self.revision),
            Some(_) => format!("{}, published", self.revision),
            None => format!("{}, not published yet", self.revision),
        };
        let titles = self
            .capabilities
            .iter()
            .map(|one| one.title.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let scope = ScopeLine::ALL.map(|line| (line.label(), self.scope.get(line).to_string()));
        // Of what was kept by hand nobody knows.
        let nobody_knows = self.by_hand.is_some() && self.industry.is_none();
        let compared_with = if nobody_knows {
            ""
        } else {
            self.industry.map_or("All industries", Industry::name)
        };
        let mut all = vec![
            ("Squad", self.squad.to_string()),
            ("Tribe", self.tribe.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("Held on", self.held_on.to_string()),
            ("Facilitator", self.facilitator.to_string()),
            ("Present", self.people()),
        ];
        all.extend(scope);
        all.extend([
            ("Compared with", compared_with.to_owned()),
            ("Capabilities", titles),
            ("Focus", self.focus.as_ref().map(|focus| focus.title.clone()).unwrap_or_default()),
            (
                "Checkpoint before",
                self.previous.as_ref().map(|before| before.held_on.to_string()).unwrap_or_default(),
            ),
            ("Revision", revision),
        ]);
        let known = all.into_iter().filter(|(_, value)| !value.is_empty());
        let written_down = self.by_hand.as_ref().and_then(ByHand::address);
        let written_down = written_down.map(|address| ("Written down at".to_owned(), vec![Words::link(address, address)]));
        known
            .map(|(name, value)| (name.to_owned(), vec![value.into()]))
            .chain(written_down)
            .collect()
    }

    /// The answers beside those of others: in 2019, then as DORA counts today.
    fn beside(&self, answers: Answers) -> Vec<Block> {
        let who = others(self.industry);
        let rows = compare(&answers, self.industry).into_iter().map(|row| {
            let cells = [
                row.metric.name().to_owned(),
                points(row.own).to_string(),
                points(row.mean).to_string(),
                row.reading().to_owned(),
            ];
            cells.map(|cell| vec![cell.into()]).to_vec()
        });
        let head = ["Question", "Your squad", "Mean of 2019", ""].map(str::to_owned).to_vec();
        let Today {
            edition,
            throughput,
            stability,
            overall,
            benchmark_overall,
            ..
        } = today(&answers, self.industry);
        vec![
            Block::Paragraph(vec![
                format!("Each answer from 0, the worst, to 100, the best, beside the mean of {who} in 2019.").into(),
            ]),
            Block::Table {
                head,
                rows: rows.collect(),
            },
            Block::Paragraph(vec![
                format!(
                    "As DORA scores it today, from 0 to 10 and without levels: throughput {throughput:.1}, stability {stability:.1}, overall \
                     {overall:.1}; the mean of {who} in {} is {benchmark_overall:.1}. ",
                    edition.label()
                )
                .into(),
                Words::link("Open DORA’s own check with these answers", &dora_check_link(&answers, self.industry)),
            ]),
        ]
    }

    fn focus_and_capabilities(&self) -> Vec<Block> {
        let focus = self.focus.iter().flat_map(|focus| {
            let first = vec!["The squad works on ".into(), Words::Strong(focus.title.clone()), " first.".into()];
            std::iter::once(Block::Paragraph(first)).chain(Block::paragraphs(focus.why.as_str()))
        });
        let recommended = list(self.recommended.iter().map(|one| match one.link() {
            Some(link) => vec![Words::link(&one.title, link.as_str())].into(),
            None => vec![one.title.as_str().into()].into(),
        }));
        let lead = self.maturity.as_ref().filter(|_| !recommended.is_empty()).map(|maturity| {
            let words = format!("DORA’s check recommends these to squads at the level {}:", maturity.level.name());
            Block::Paragraph(vec![words.into()])
        });
        let recommended = lead.into_iter().chain(recommended);
        recommended
            .chain(focus)
            .chain(self.capabilities.iter().flat_map(surveyed))
            .collect()
    }

    /// Figures, what follows from them, what has changed, and the flow as text.
    fn drawn(&self, flow: &Flow) -> Vec<Block> {
        let figures = facts(flow).into_iter().map(|fact| {
            let more = Some(fact.more)
                .filter(|more| !more.is_empty())
                .map(|more| format!(", {more}").into());
            (fact.name, std::iter::once(Words::Strong(fact.value)).chain(more).collect())
        });
        let figures: Vec<_> = figures.collect();
        let mut blocks = vec![];
        if !figures.is_empty() {
            blocks.push(Block::Facts(figures));
        }
        blocks.extend(
            remarks(flow, |metric| self.answer_to(metric))
                .iter()
                .flat_map(|remark| Block::paragraphs(remark)),
        );
        if !self.flow_changes.is_empty() {
            let before = self
                .previous
                .as_ref()
                .map_or_else(|| "last time".to_owned(), |before| day(before.held_on));
            blocks.push(Block::Heading(3, format!("Since {before}")));
            blocks.extend(list(self.flow_changes.iter().map(|change| vec![change.as_str().into()].into())));
        }
        blocks.push(Block::Heading(3, "The flow as text".to_owned()));
        blocks.push(Block::Fixed(outline::write(flow)));
        blocks
    }

    fn taken_on(&self) -> Vec<Block> {
        let tasks: Vec<_> = self.decided.iter().map(|decided| task(&decided.action)).collect();
        if tasks.is_empty() {
            return vec![];
        }
        let gaps = self.gaps.iter().flat_map(|gap| Block::paragraphs(gap));
        std::iter::once(Block::Tasks(tasks)).chain(gaps).collect()
    }
}

fn list(items: impl Iterator<Item = Item>) -> Vec<Block> {
    let items: Vec<_> = items.collect();
    if items.is_empty() { vec![] } else { vec![Block::List(items)] }
}

fn answer(answered: &Answered) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(3, answered.metric.name().to_owned())];
    blocks.push(Block::Paragraph(match (&answered.label, answered.answer) {
        (Some(label), Some(code)) => {
            let change = answered.since_last_time().map(|change| format!("; {change}")).unwrap_or_default();
            vec![Words::Strong(label.clone()), format!(", {} of 6{change}.", code.get()).into()]
        }
        _ => vec!["No answer is agreed.".into()],
    }));
    blocks.extend(Block::paragraphs(answered.why.as_str()));
    blocks.extend(list(answered.rounds_in_words().map(|round| vec![round.into()].into())));
    blocks
}

fn surveyed(one: &Surveyed) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(3, one.title.clone())];
    let mut sentence: Line = vec![one.sentence().into()];
    if let Some(link) = one.link() {
        sentence.extend([" Read more: ".into(), Words::link(link.as_str(), link.as_str())]);
    }
    blocks.push(Block::Paragraph(sentence));
    let rows = one.items.iter().map(|statement| {
        let turned = if statement.reversed { " (turned round)" } else { "" };
        let counts = statement.counted.counts.map_or_else(
            || vec!["–".to_owned(); 5],
            |counts| counts.iter().map(ToString::to_string).collect(),
        );
        let mean = statement
            .mean
            .map_or_else(|| "–".to_owned(), |mean| points(25.0 * mean).to_string());
        let cells = [format!("{}{turned}", statement.text)].into_iter().chain(counts);
        cells.chain([mean]).map(|cell| vec![cell.into()]).collect()
    });
    let labels = Likert::ALL.map(|answer| answer.label().to_owned());
    let head = std::iter::once("Statement".to_owned()).chain(labels).chain(["0 to 100".to_owned()]);
    if !one.items.is_empty() {
        blocks.push(Block::Table {
            head: head.collect(),
            rows: rows.collect(),
        });
    }
    blocks.extend(list(one.notes.iter().map(|note| vec![note.as_str().into()].into())));
    blocks
}

fn improvement(improvement: &Improvement) -> Item {
    let dots = Some(improvement.dots_in_words()).filter(|dots| !dots.is_empty());
    let dots = dots.map(|dots| format!(", {dots}")).unwrap_or_default();
    let kind = improvement.kind.name().to_lowercase();
    let about = improvement.about();
    let about = if about.is_empty() { about } else { format!(". {about}") };
    Item {
        line: vec![Words::Strong(improvement.title.clone()), format!(", {kind}{dots}{about}").into()],
        below: improvement.stickies.iter().map(|sticky| vec![sticky.as_str().into()]).collect(),
    }
}

fn looked(looked: &Looked) -> Item {
    let action = &looked.action;
    let why = Some(action.why.as_str()).filter(|why| !why.is_empty()).map(|why| vec![why.into()]);
    let effect = looked.effect.map(|effect| vec![effect.sentence().into()]);
    Item {
        line: vec![
            Words::Strong(looked.standing()),
            format!(": {} ({})", action.title, action.about()).into(),
        ],
        below: why.into_iter().chain(effect).collect(),
    }
}

fn moment(line: &super::Line) -> Item {
    let at = chrono::DateTime::from_timestamp_millis(line.at.0).unwrap_or_default();
    vec![format!("{} UTC: {}", at.format("%Y-%m-%d %H:%M"), line.text).into()].into()
}
