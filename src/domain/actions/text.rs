//! Actions in other forms, to be copied to where the squad keeps its work.
//!
//! Whatever people typed is text there too: no form lets a title become a link, a macro or a formula.

use crate::domain::action::Action;
use crate::domain::csv::{self, Cell};
use crate::domain::document::{Block, Item, Words, markdown};
use crate::domain::markup;
use crate::domain::text::day;
use std::fmt::Write;

/// A form of all actions together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListForm {
    /// Plain text, for a chat or a mail.
    Text,
    /// A task list in Markdown, for a wiki, a repository or an issue of GitHub.
    TaskList,
    /// Comma-separated values (RFC 4180), for a spreadsheet; what would be a formula there begins with an apostrophe.
    Csv,
}

/// The form in which a tracker takes one action when it is pasted: the title, an empty line, the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Jira's wiki markup.
    Jira,
    /// Markdown.
    GitHub,
    /// Markdown.
    Linear,
}

impl ListForm {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Text, Self::TaskList, Self::Csv];

    /// The words on the button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "Copy as text",
            Self::TaskList => "Copy as task list",
            Self::Csv => "Copy as CSV",
        }
    }

    /// The actions in this form.
    #[must_use]
    pub fn write<'a>(self, actions: impl IntoIterator<Item = &'a Action>) -> String {
        let actions = actions.into_iter();
        match self {
            Self::Text => (1..).zip(actions).map(|(n, action)| text(n, action)).collect(),
            Self::TaskList => markdown(&[Block::Tasks(actions.map(task).collect())]),
            Self::Csv => csv::table(COLUMNS, actions.map(cells)),
        }
    }
}

impl Form {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Jira, Self::GitHub, Self::Linear];

    /// The words on the button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Jira => "Copy for Jira",
            Self::GitHub => "Copy for GitHub",
            Self::Linear => "Copy for Linear",
        }
    }

    /// The action in this form.
    #[must_use]
    pub fn write(self, action: &Action) -> String {
        let title = action.title.as_str();
        match self {
            Self::Jira => described(action, &markup::jira(title), |label, value| {
                format!("* *{label}:* {}", value.said(markup::jira, str::to_owned))
            }),
            Self::GitHub | Self::Linear => described(action, &markup::line_of_markdown(title), |label, value| {
                format!("- **{label}:** {}", value.said(markup::markdown, link))
            }),
        }
    }
}

/// What there is to say of an action.
enum Value<'a> {
    /// Words; some of them are typed.
    Words(String),
    /// A sound address.
    Address(&'a str),
}

impl Value<'_> {
    fn said(&self, words: impl Fn(&str) -> String, address: impl Fn(&str) -> String) -> String {
        match self {
            Self::Words(text) => words(text),
            Self::Address(link) => address(link),
        }
    }
}

/// An address in Markdown. It holds no `<` and no `>` (see `TrackerLink`), so that nothing of it gets out.
fn link(address: &str) -> String {
    format!("<{address}>")
}

/// What there is to say besides the title. Owner and date are always said: that there is none is worth knowing.
fn facts(action: &Action) -> Vec<(&'static str, Value<'_>)> {
    let words = |text: &str| (!text.is_empty()).then(|| Value::Words(text.to_owned()));
    let owner = words(action.owner.as_str()).unwrap_or(Value::Words("nobody yet".to_owned()));
    let due = action.due.map_or_else(|| "no date yet".to_owned(), day);
    let all = [
        ("Done when", words(action.done_when.as_str())),
        ("Owner", Some(owner)),
        ("Due", Some(Value::Words(due))),
        ("Expected effect", action.expectation().map(Value::Words)),
        ("Improvement", words(&action.improvement)),
        ("Capability", action.serves.as_ref().and_then(|serves| words(&serves.title))),
        ("Help from outside", words(if action.outside { "needed" } else { "" })),
        ("Tracker", action.tracker.as_ref().map(|link| Value::Address(link.as_str()))),
    ];
    all.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

/// The title, an empty line, and a line for each fact.
fn described(action: &Action, title: &str, line: impl Fn(&str, &Value<'_>) -> String) -> String {
    let facts = facts(action);
    let lines = facts.iter().map(|(label, value)| line(label, value) + "\n");
    format!("{title}\n\n{}", lines.collect::<String>())
}

fn text(n: usize, action: &Action) -> String {
    let mut text = format!("{n}. {}\n", action.title);
    for (label, value) in facts(action) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "   {label}: {}", value.said(str::to_owned, str::to_owned));
    }
    text
}

/// An action as what is to be done.
pub(in crate::domain) fn task(action: &Action) -> Item {
    let fact = |(label, value): (&str, Value<'_>)| {
        let value = match value {
            Value::Words(text) => text.into(),
            Value::Address(link) => Words::link(link, link),
        };
        vec![format!("{label}: ").into(), value]
    };
    Item {
        line: vec![action.title.as_str().into()],
        below: facts(action).into_iter().map(fact).collect(),
    }
}

/// The first line of the comma-separated form.
const COLUMNS: [&str; 9] = [
    "Action",
    "Done when",
    "Owner",
    "Due",
    "Expected effect",
    "Improvement",
    "Capability",
    "Help from outside",
    "Tracker",
];

/// An action as a row.
pub(in crate::domain) fn cells(action: &Action) -> [Cell; COLUMNS.len()] {
    [
        action.title.as_str().into(),
        action.done_when.as_str().into(),
        action.owner.as_str().into(),
        action.due.into(),
        action.expectation().into(),
        (&action.improvement).into(),
        action.serves.as_ref().map(|serves| &serves.title).into(),
        action.outside.then_some("needed").into(),
        action.tracker.as_ref().map(|link| link.as_str()).into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::action::{Serves, TrackerLink};
    use crate::domain::facts::CapabilityKey;
    use crate::domain::metric::Metric;
    use crate::domain::text::{ActionTitle, DoneWhen, Owner};

    fn full() -> Action {
        Action {
            title: ActionTitle::parse("Split the pipeline").unwrap(),
            done_when: DoneWhen::parse("One queue, no waiting").unwrap(),
            owner: Owner::parse("Ana").unwrap(),
            due: chrono::NaiveDate::from_ymd_opt(2024, 2, 29),
            expects: Some(Metric::LeadTime),
            improvement: "Smaller batches".to_owned(),
            serves: Some(Serves {
                key: CapabilityKey::new("working-in-small-batches"),
                title: "Working in small batches".to_owned(),
            }),
            outside: true,
            tracker: Some(TrackerLink::parse("https://tracker.example/A_1*2").unwrap()),
            ..Action::default()
        }
    }

    fn titled(title: &str) -> Action {
        Action {
            title: ActionTitle::parse(title).unwrap(),
            ..Action::default()
        }
    }

    #[test]
    fn a_list_is_written_in_three_forms() {
        let actions = [full(), titled("[x](javascript:alert(1)) {code}")];
        assert_eq!(
            ListForm::Text.write(&actions),
            "1. Split the pipeline\n   Done when: One queue, no waiting\n   Owner: Ana\n   Due: 29 Feb 2024\n   \
             Expected effect: Lead time for changes moves up\n   Improvement: Smaller batches\n   Capability: Working in small batches\n   \
             Help from outside: needed\n   Tracker: https://tracker.example/A_1*2\n\
             2. [x](javascript:alert(1)) {code}\n   Owner: nobody yet\n   Due: no date yet\n"
        );
        assert_eq!(
            ListForm::TaskList.write(&actions),
            "- [ ] Split the pipeline\n  - Done when: One queue, no waiting\n  - Owner: Ana\n  - Due: 29 Feb 2024\n  \
             - Expected effect: Lead time for changes moves up\n  - Improvement: Smaller batches\n  - Capability: Working in small batches\n  \
             - Help from outside: needed\n  - Tracker: <https://tracker.example/A_1*2>\n\
             - [ ] \\[x\\](javascript:alert(1)) {code}\n  - Owner: nobody yet\n  - Due: no date yet\n"
        );
        assert_eq!(
            ListForm::Csv.write(&actions),
            "Action,Done when,Owner,Due,Expected effect,Improvement,Capability,Help from outside,Tracker\r\n\
             Split the pipeline,\"One queue, no waiting\",Ana,2024-02-29,Lead time for changes moves up,Smaller batches,\
             Working in small batches,needed,https://tracker.example/A_1*2\r\n\
             [x](javascript:alert(1)) {code},,,,,,,,\r\n"
        );
        assert_eq!(ListForm::TaskList.write(&[]), "");
    }

    #[test]
    fn no_cell_is_a_formula() {
        let evil = Action {
            owner: Owner::parse("@SUM(A1)").unwrap(),
            improvement: "-1+2".to_owned(),
            ..titled("=HYPERLINK(\"https://evil.example\",\"x\")")
        };
        let csv = ListForm::Csv.write([&evil]);
        let row = csv.lines().nth(1).unwrap();
        assert_eq!(row, "\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"x\"\")\",,'@SUM(A1),,,'-1+2,,,");
    }

    #[test]
    fn one_action_is_written_for_each_tracker() {
        let jira = Form::Jira.write(&full());
        assert!(
            jira.starts_with("Split the pipeline\n\n* *Done when:* One queue, no waiting\n* *Owner:* Ana\n"),
            "{jira}"
        );
        assert!(jira.ends_with("* *Tracker:* https://tracker.example/A_1*2\n"), "{jira}");
        let github = Form::GitHub.write(&full());
        assert!(
            github.starts_with("Split the pipeline\n\n- **Done when:** One queue, no waiting\n- **Owner:** Ana\n"),
            "{github}"
        );
        assert!(github.ends_with("- **Tracker:** <https://tracker.example/A_1*2>\n"), "{github}");
        assert_eq!(github, Form::Linear.write(&full()));
    }

    #[test]
    fn a_title_stays_text_in_every_tracker() {
        let evil = titled("- [x](javascript:alert(1)) {code}");
        let first = |form: Form| form.write(&evil).lines().next().unwrap().to_owned();
        assert_eq!(first(Form::Jira), "\\- \\[x\\](javascript:alert(1)) \\{code\\}");
        assert_eq!(first(Form::GitHub), "\\- \\[x\\](javascript:alert(1)) {code}");
        assert_eq!(first(Form::Linear), first(Form::GitHub));
    }
}
