//! How often a squad holds checkpoints, and when the next one is due.

use crate::domain::text::day;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How often a squad means to hold one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Every three months.
    #[default]
    Quarterly,
    /// Every six months.
    Biannual,
}

impl Rhythm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Quarterly, Self::Biannual];

    /// The months from one to the next.
    #[must_use]
    pub const fn months(self) -> u32 {
        match self {
            Self::Quarterly => 3,
            Self::Biannual => 6,
        }
    }

    /// The one of so many months.
    #[must_use]
    pub fn of_months(months: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| i64::from(rhythm.months()) == months)
    }

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quarterly => "Every quarter",
            Self::Biannual => "Twice a year",
        }
    }
}

/// Where a squad stands with its next checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has held none, and none is planned.
    Never,
    /// One is planned for this day.
    Planned(NaiveDate),
    /// The next checkpoint is due by this day.
    Due(NaiveDate),
    /// It was due by this day, so many days ago, and none is planned.
    Overdue(NaiveDate, i64),
}

impl Standing {
    /// Of a squad that held its last one then and has planned this one.
    #[must_use]
    pub fn of(last: Option<NaiveDate>, planned: Option<NaiveDate>, rhythm: Rhythm, today: NaiveDate) -> Self {
        if let Some(planned) = planned {
            return Self::Planned(planned);
        }
        // Only the end of the calendar has no day so many months later.
        match last.and_then(|last| last.checked_add_months(Months::new(rhythm.months()))) {
            None => Self::Never,
            Some(due) if due < today => Self::Overdue(due, (today - due).num_days()),
            Some(due) => Self::Due(due),
        }
    }

    /// The same in a sentence.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::Never => "No checkpoint is held yet, and none is planned.".to_owned(),
            Self::Planned(on) => format!("The next checkpoint is planned for {}.", day(on)),
            Self::Due(by) => format!("The next checkpoint is due by {}.", day(by)),
            Self::Overdue(by, 1) => format!(
                "Overdue: the next checkpoint was due by {}, yesterday, and none is planned.",
                day(by)
            ),
            Self::Overdue(by, days) => format!(
                "Overdue: the next checkpoint was due by {}, {days} days ago, and none is planned.",
                day(by)
            ),
        }
    }
}

/// How often checkpoints were held on these days, oldest first, in a sentence; nothing where there is none.
#[must_use]
pub fn how_often(days: &[NaiveDate]) -> Option<String> {
    let (first, last) = (days.first()?, days.last()?);
    let intervals = i64::try_from(days.len()).unwrap_or(i64::MAX) - 1;
    Some(if intervals == 0 {
        format!("One checkpoint, on {}.", day(*first))
    } else {
        let every = ((*last - *first).num_days() + intervals / 2) / intervals;
        let every = match every {
            // More than one on the same days.
            0 => String::new(),
            1 => ", one every day on average".to_owned(),
            days => format!(", one every {days} days on average"),
        };
        format!("{} checkpoints since {}{every}.", days.len(), day(*first))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::date;
    use super::*;

    #[test]
    fn the_next_one_is_due_a_rhythm_after_the_last() {
        let standing = |last: Option<&str>, planned: Option<&str>, rhythm, today: &str| {
            Standing::of(last.map(date), planned.map(date), rhythm, date(today)).sentence()
        };
        let (quarterly, biannual) = (Rhythm::Quarterly, Rhythm::Biannual);
        for (found, said) in [
            (
                standing(None, None, quarterly, "2023-01-10"),
                "No checkpoint is held yet, and none is planned.",
            ),
            (
                standing(Some("2023-01-10"), None, quarterly, "2023-04-10"),
                "The next checkpoint is due by 10 Apr 2023.",
            ),
            (
                standing(Some("2023-01-10"), None, quarterly, "2023-04-11"),
                "Overdue: the next checkpoint was due by 10 Apr 2023, yesterday, and none is planned.",
            ),
            (
                standing(Some("2023-01-10"), None, biannual, "2023-04-12"),
                "The next checkpoint is due by 10 Jul 2023.",
            ),
            (
                standing(Some("2022-11-30"), None, quarterly, "2023-03-12"),
                "Overdue: the next checkpoint was due by 28 Feb 2023, 12 days ago, and none is planned.",
            ),
            (
                standing(Some("2022-01-10"), Some("2023-03-20"), quarterly, "2023-03-12"),
                "The next checkpoint is planned for 20 Mar 2023.",
            ),
            (
                standing(None, Some("2023-03-20"), quarterly, "2023-03-12"),
                "The next checkpoint is planned for 20 Mar 2023.",
            ),
        ] {
            assert_eq!(found, said);
        }
    }

    #[test]
    fn how_often_is_a_mean() {
        let said = |days: &[&str]| how_often(&days.iter().map(|day| date(day)).collect::<Vec<_>>());
        assert_eq!(said(&[]), None);
        assert_eq!(said(&["2023-01-10"]).as_deref(), Some("One checkpoint, on 10 Jan 2023."));
        assert_eq!(
            said(&["2022-07-12", "2022-10-11", "2023-01-10"]).as_deref(),
            Some("3 checkpoints since 12 Jul 2022, one every 91 days on average.")
        );
        assert_eq!(
            said(&["2023-01-10", "2023-01-11"]).as_deref(),
            Some("2 checkpoints since 10 Jan 2023, one every day on average.")
        );
        assert_eq!(
            said(&["2023-01-10", "2023-01-10"]).as_deref(),
            Some("2 checkpoints since 10 Jan 2023.")
        );
    }

    #[test]
    fn a_rhythm_is_kept_as_its_months() {
        for rhythm in Rhythm::ALL {
            assert_eq!(Rhythm::of_months(i64::from(rhythm.months())), Some(rhythm));
        }
        assert_eq!(Rhythm::of_months(4), None);
    }
}
