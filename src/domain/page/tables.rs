//! The page as tables, for a spreadsheet: figures as numbers, days as in ISO 8601, the checkpoint in each row, so that the files of
//! several can be put below each other. `docs/EXPORTS.md` says what each column means.

use super::Page;
use crate::domain::action::Action;
use crate::domain::actions::cells;
use crate::domain::csv::{Cell, table};
use crate::domain::vote::Confidence;

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// A row for each round of each question; a question without a round has one row.
    Answers,
    /// A row for each statement of each survey.
    Surveys,
    /// A row for each action: what was decided here, then what stood from before.
    Actions,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Answers, Self::Surveys, Self::Actions];

    /// The name machines use: in addresses and names of files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Surveys => "surveys",
            Self::Actions => "actions",
        }
    }
}

impl Page {
    /// One of its tables as comma-separated values.
    #[must_use]
    pub fn csv(&self, which: Table) -> String {
        match which {
            Table::Answers => self.answers_csv(),
            Table::Surveys => self.surveys_csv(),
            Table::Actions => self.actions_csv(),
        }
    }

    /// What every row begins with.
    fn which(&self) -> [Cell; 3] {
        [self.id.to_string().into(), self.squad.as_str().into(), self.held_on.into()]
    }

    fn answers_csv(&self) -> String {
        let columns = [
            "checkpoint",
            "squad",
            "held_on",
            "question",
            "question_name",
            "answer",
            "answer_name",
            "last_time",
            "why",
            "round",
            "votes_1",
            "votes_2",
            "votes_3",
            "votes_4",
            "votes_5",
            "votes_6",
            "not_sure",
            "measured",
            "remember",
            "guess",
        ];
        let rows = self.answers.iter().flat_map(|answered| {
            let rounds = (1u32..).zip(&answered.rounds).map(|(round, tally)| Some((round, tally)));
            let none = answered.rounds.is_empty().then_some(None);
            rounds.chain(none).map(move |round| {
                let [checkpoint, squad, held_on] = self.which();
                let tally = round.map(|(_, tally)| tally);
                let [one, two, three, four, five, six] = std::array::from_fn(|code| tally.map(|tally| tally.totals()[code]).into());
                let [measured, remember, guess] = Confidence::ALL.map(|how| tally.map(|tally| tally.confident(how)).into());
                [
                    checkpoint,
                    squad,
                    held_on,
                    answered.metric.key().into(),
                    answered.metric.name().into(),
                    answered.answer.map(super::Code::get).into(),
                    answered.label.as_deref().into(),
                    answered.last_time.map(super::Code::get).into(),
                    answered.why.as_str().into(),
                    round.map(|(round, _)| round).into(),
                    one,
                    two,
                    three,
                    four,
                    five,
                    six,
                    tally.map(super::Tally::unsure).into(),
                    measured,
                    remember,
                    guess,
                ]
            })
        });
        table(columns, rows)
    }

    fn surveys_csv(&self) -> String {
        let columns = [
            "checkpoint",
            "squad",
            "held_on",
            "capability",
            "capability_name",
            "edition",
            "people",
            "score",
            "mean_2019",
            "mean_of_level",
            "statement",
            "reversed",
            "answered",
            "strongly_disagree",
            "disagree",
            "neither",
            "agree",
            "strongly_agree",
            "statement_score",
        ];
        let rows = self.capabilities.iter().flat_map(|one| {
            one.items.iter().map(move |statement| {
                let [checkpoint, squad, held_on] = self.which();
                let counts = statement.counted.counts;
                let [strongly_disagree, disagree, neither, agree, strongly_agree] =
                    std::array::from_fn(|answer| counts.map(|counts| counts[answer]).into());
                [
                    checkpoint,
                    squad,
                    held_on,
                    one.key.as_str().into(),
                    one.title.as_str().into(),
                    one.edition.as_deref().into(),
                    one.people.into(),
                    one.score.into(),
                    one.mean.into(),
                    one.level_mean.into(),
                    statement.text.as_str().into(),
                    yes_or_no(statement.reversed),
                    statement.counted.answered.into(),
                    strongly_disagree,
                    disagree,
                    neither,
                    agree,
                    strongly_agree,
                    statement.mean.map(|mean| 25.0 * mean).into(),
                ]
            })
        });
        table(columns, rows)
    }

    fn actions_csv(&self) -> String {
        let columns = [
            "checkpoint",
            "squad",
            "held_on",
            "list",
            "action",
            "done_when",
            "owner",
            "due",
            "expected_effect",
            "improvement",
            "capability",
            "outside",
            "tracker",
            "status",
            "why",
            "opened_on",
            "checkpoints",
        ];
        let decided = self.decided.iter().map(|decided| ("decided", &decided.action));
        let before = self.actions.iter().map(|looked| ("before", &looked.action));
        let rows = decided.chain(before).map(|(list, action): (&str, &Action)| {
            let [checkpoint, squad, held_on] = self.which();
            let [title, done_when, owner, due, effect, improvement, capability, _, tracker] = cells(action);
            [
                checkpoint,
                squad,
                held_on,
                list.into(),
                title,
                done_when,
                owner,
                due,
                effect,
                improvement,
                capability,
                yes_or_no(action.outside),
                tracker,
                action.status.key().into(),
                action.why.as_str().into(),
                action.opened_on.into(),
                action.age.into(),
            ]
        });
        table(columns, rows)
    }
}

fn yes_or_no(value: bool) -> Cell {
    if value { "yes" } else { "no" }.into()
}
