//! The page as Markdown, for a wiki or a repository.

use super::{Answered, Looked, Page, Surveyed};
use crate::domain::actions::ListForm;
use crate::domain::flow::report::{facts, remarks};
use crate::domain::flow::{Flow, outline};
use crate::domain::markup::markdown as escape;
use crate::domain::metric::Code;
use crate::domain::scene::Line as ScopeLine;
use crate::domain::text::day;
use crate::domain::vote::Confidence;
use std::fmt::Write;

impl Page {
    /// The whole page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut md = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_markdown(&mut md);
        md
    }

    fn write_markdown(&self, md: &mut String) -> std::fmt::Result {
        let heading = if self.title.is_empty() {
            self.name()
        } else {
            self.title.as_str().to_owned()
        };
        writeln!(md, "# {}\n", escape(&heading))?;
        if !self.foreword.is_empty() {
            writeln!(md, "{}\n", escape(self.foreword.as_str()))?;
        }
        match &self.maturity {
            Some(maturity) => writeln!(md, "DevOps maturity is **{}**. {}\n", maturity.level.name(), maturity.sentence())?,
            None => writeln!(md, "DevOps maturity is open: not all four answers are agreed.\n")?,
        }
        writeln!(md, "| | |\n|---|---|")?;
        self.write_properties(md)?;
        writeln!(md, "\n## Answers\n")?;
        for answered in &self.answers {
            write_answer(md, answered)?;
        }
        if !self.actions.is_empty() {
            writeln!(md, "## Since last time\n")?;
            for looked in &self.actions {
                write_action(md, looked)?;
            }
            writeln!(md)?;
        }
        if !self.capabilities.is_empty() {
            writeln!(md, "## Capabilities\n")?;
            self.write_focus(md)?;
            for surveyed in &self.capabilities {
                write_surveyed(md, surveyed)?;
            }
        }
        if let Some(flow) = &self.flow {
            write_flow(md, flow, &remarks(flow, |metric| self.answer_to(metric)))?;
            self.write_flow_changes(md)?;
        }
        self.write_improvements(md)?;
        self.write_decided(md)?;
        if !self.timeline.is_empty() {
            writeln!(md, "## How it went\n")?;
            for line in &self.timeline {
                let time = chrono::DateTime::from_timestamp_millis(line.at.0)
                    .unwrap_or_default()
                    .format("%Y-%m-%d %H:%M");
                writeln!(md, "- {time} UTC: {}", escape(&line.text))?;
            }
        }
        Ok(())
    }

    fn write_flow_changes(&self, md: &mut String) -> std::fmt::Result {
        if self.flow_changes.is_empty() {
            return Ok(());
        }
        let before = self.previous.as_ref().map_or("last time".to_owned(), |before| day(before.held_on));
        writeln!(md, "Since {before}:\n")?;
        for change in &self.flow_changes {
            writeln!(md, "- {}", escape(change))?;
        }
        writeln!(md)
    }

    fn write_improvements(&self, md: &mut String) -> std::fmt::Result {
        if self.improvements.is_empty() {
            return Ok(());
        }
        writeln!(md, "## Improvements\n")?;
        for improvement in &self.improvements {
            let dots = improvement.dots_in_words();
            let dots = if dots.is_empty() { dots } else { format!(" ({dots})") };
            let kind = improvement.kind.name();
            let (title, about) = (escape(&improvement.title), escape(&improvement.about()));
            writeln!(md, "- {kind}: **{title}**{dots}. {about}")?;
            for sticky in &improvement.stickies {
                writeln!(md, "  - {}", escape(sticky))?;
            }
        }
        writeln!(md)
    }

    fn write_decided(&self, md: &mut String) -> std::fmt::Result {
        if self.decided.is_empty() {
            return Ok(());
        }
        writeln!(md, "## Actions\n")?;
        writeln!(
            md,
            "{}",
            ListForm::TaskList.write(self.decided.iter().map(|decided| &decided.action))
        )?;
        for gap in &self.gaps {
            writeln!(md, "{}\n", escape(gap))?;
        }
        Ok(())
    }

    fn write_focus(&self, md: &mut String) -> std::fmt::Result {
        let Some(focus) = &self.focus else { return Ok(()) };
        writeln!(md, "Focus: **{}**\n", escape(&focus.title))?;
        if focus.why.is_empty() {
            Ok(())
        } else {
            writeln!(md, "{}\n", escape(focus.why.as_str()))
        }
    }

    fn write_properties(&self, md: &mut String) -> std::fmt::Result {
        let names = |people: &[crate::domain::text::DisplayName]| people.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let mut row = |label: &str, value: &str| {
            if value.is_empty() {
                Ok(())
            } else {
                writeln!(md, "| {label} | {} |", escape(value))
            }
        };
        row("Squad", self.squad.as_str())?;
        row("Tribe", self.tribe.as_ref().map_or("", |t| t.as_str()))?;
        row("Held on", &self.held_on.to_string())?;
        row("Facilitator", self.facilitator.as_str())?;
        row("Present", &names(&self.present))?;
        row("Observing", &names(&self.observing))?;
        for line in ScopeLine::ALL {
            row(line.label(), self.scope.get(line).as_str())?;
        }
        let state = match self.published_at {
            Some(_) => format!("{}, published", self.revision),
            None => format!("{}, not published yet", self.revision),
        };
        row("Revision", &state)
    }
}

fn write_action(md: &mut String, looked: &Looked) -> std::fmt::Result {
    let action = &looked.action;
    write!(
        md,
        "- **{}**: {} ({})",
        looked.standing(),
        escape(action.title.as_str()),
        escape(&action.about())
    )?;
    if !action.why.is_empty() {
        write!(md, ". {}", escape(action.why.as_str()))?;
    }
    match looked.effect {
        Some(effect) => writeln!(md, ". {}", escape(&effect.sentence())),
        None => writeln!(md),
    }
}

fn write_answer(md: &mut String, answered: &Answered) -> std::fmt::Result {
    writeln!(md, "### {}\n", answered.metric.name())?;
    match (&answered.label, answered.answer) {
        (Some(label), Some(code)) => writeln!(md, "**{label}** ({} of 6)\n", code.get())?,
        _ => writeln!(md, "Not agreed.\n")?,
    }
    if !answered.why.is_empty() {
        writeln!(md, "{}\n", escape(answered.why.as_str()))?;
    }
    for (round, tally) in (1..).zip(&answered.rounds) {
        let votes = Code::ALL
            .into_iter()
            .filter(|code| tally.of(*code) > 0)
            .map(|code| format!("{} for {}", tally.of(code), code.get()));
        let mut parts: Vec<String> = votes.collect();
        if tally.unsure() > 0 {
            parts.push(format!("{} not sure", tally.unsure()));
        }
        let known = Confidence::ALL.into_iter().filter(|c| tally.confident(*c) > 0);
        let known: Vec<String> = known
            .map(|c| format!("{} {}", tally.confident(c), c.label().to_lowercase()))
            .collect();
        let known = if known.is_empty() {
            String::new()
        } else {
            format!(" (how they know: {})", known.join(", "))
        };
        writeln!(md, "- Round {round}: {}{known}", parts.join(", "))?;
    }
    if !answered.rounds.is_empty() {
        writeln!(md)?;
    }
    Ok(())
}

fn write_surveyed(md: &mut String, surveyed: &Surveyed) -> std::fmt::Result {
    writeln!(md, "### {}\n\n{}\n", escape(&surveyed.title), surveyed.sentence())?;
    for statement in &surveyed.items {
        let text = escape(&statement.text);
        let turned = if statement.reversed { " (turned round)" } else { "" };
        match (statement.mean, statement.counted.answered) {
            (Some(mean), answered) => writeln!(md, "- {text} {:.0} of 100{turned}, {answered} answers", 25.0 * mean)?,
            (None, 1) => writeln!(md, "- {text} 1 answer")?,
            (None, answered) => writeln!(md, "- {text} {answered} answers")?,
        }
    }
    if !surveyed.notes.is_empty() {
        writeln!(md, "\nNotes:\n")?;
    }
    for note in &surveyed.notes {
        writeln!(md, "- {}", escape(note.as_str()))?;
    }
    if let Some(url) = &surveyed.url {
        writeln!(md, "\nMore: <{url}>")?;
    }
    writeln!(md)
}

fn write_flow(md: &mut String, flow: &Flow, remarks: &[String]) -> std::fmt::Result {
    writeln!(md, "## Delivery flow\n")?;
    for fact in facts(flow) {
        let more = if fact.more.is_empty() {
            String::new()
        } else {
            format!(" ({})", fact.more)
        };
        writeln!(md, "- {}: {}{}", fact.name, fact.value, escape(&more))?;
    }
    writeln!(md)?;
    for remark in remarks {
        writeln!(md, "{}\n", escape(remark))?;
    }
    let outline = outline::write(flow);
    // Longer than anything of the kind inside, so that nobody ends the block early.
    let fence = "`".repeat(longest_run(&outline, '`').max(2) + 1);
    writeln!(md, "{fence}text\n{}\n{fence}\n", outline.trim_end())
}

/// How many of a character stand beside each other at most.
fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_cannot_leave_its_block() {
        let flow = outline::read("```` b 6m a\n> [3h] *review* 30m m").unwrap();
        let mut md = String::new();
        write_flow(&mut md, &flow, &["It fits.".to_owned()]).unwrap();
        let block = format!("`````text\n{}\n`````\n", outline::write(&flow).trim_end());
        assert!(
            md.contains(&block) && md.contains("- Longest wait: 3 h (before \\*review\\*)"),
            "{md}"
        );
    }
}
