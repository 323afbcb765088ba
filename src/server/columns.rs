//! What the lists show of a result, the same for a room as it stands and for a page that is imported.

use super::store::workshops::{Status, WorkshopColumns};
use crate::domain::facts::Industry;
use crate::domain::maturity::{self, Answers, Level};
use crate::domain::metric::{Code, Metric};
use crate::domain::text::Title;
use chrono::NaiveDate;

/// The columns that follow from day, title and answers, of a checkpoint that is planned; the level was kept without all four answers in
/// some that were imported.
pub(super) fn of_result(
    held_on: NaiveDate,
    title: &Title,
    industry: Option<Industry>,
    answer: impl Fn(Metric) -> Option<Code>,
    kept_level: Option<Level>,
) -> WorkshopColumns {
    let answers = Answers::from_fn(&answer);
    let code = |metric| answer(metric).map(|code| i64::from(code.get()));
    let level = answers.as_ref().map(maturity::level).or(kept_level);
    WorkshopColumns {
        status: Status::Planned,
        held_on: held_on.to_string(),
        title: title.as_str().to_owned(),
        industry: industry.map(|industry| industry.key().to_owned()),
        level: level.map(|level| level.key().to_owned()),
        percentile: answers.as_ref().map(|answers| i64::from(maturity::percentile(answers))),
        sum: answers.as_ref().map(|answers| i64::from(maturity::sum(answers))),
        lead_time: code(Metric::LeadTime),
        deployment_frequency: code(Metric::DeploymentFrequency),
        time_to_restore: code(Metric::TimeToRestore),
        change_failure_rate: code(Metric::ChangeFailureRate),
        deployment_rework: code(Metric::DeploymentRework),
        revision: 0,
        started_at: None,
        published_at: None,
        cancelled: 0,
        names_erased: 0,
    }
}
