//! Answers in few words, and how much better one is than another.

use crate::domain::metric::{Code, Metric};
use crate::ui::components::{Icon, IconName};
use leptos::prelude::*;

/// The answers to a question in words that fit beside a chart and into a cell, worst first.
#[must_use]
pub const fn short(metric: Metric) -> [&'static str; 6] {
    match metric {
        Metric::LeadTime | Metric::TimeToRestore => ["> 6 months", "1–6 months", "1 week–1 month", "1 day–1 week", "< 1 day", "< 1 hour"],
        Metric::DeploymentFrequency => [
            "< twice a year",
            "every 1–6 months",
            "weekly to monthly",
            "daily to weekly",
            "hourly to daily",
            "on demand",
        ],
        Metric::ChangeFailureRate | Metric::DeploymentRework => ["76–100 %", "61–75 %", "46–60 %", "31–45 %", "16–30 %", "0–15 %"],
    }
}

/// The short words of an answer.
#[must_use]
pub fn short_answer(metric: Metric, code: Code) -> &'static str {
    short(metric)[usize::from(code.get()) - 1]
}

/// An arrow with a number: by how many answers, or by how many points, something is better or worse than before.
#[component]
pub fn Better(
    /// By so many; negative for worse.
    by: i32,
    /// What it counts: "answer", "point".
    unit: &'static str,
) -> impl IntoView {
    let count = by.unsigned_abs();
    let (class, icon, than) = match by {
        0 => ("delta delta--same", IconName::Same, "as before".to_owned()),
        1.. => ("delta delta--up", IconName::Up, heard(count, unit, "better")),
        _ => ("delta delta--down", IconName::Fall, heard(count, unit, "worse")),
    };
    view! {
        <span class=class>
            <Icon name=icon />
            {(by != 0).then_some(count)}
            <span class="vh">{than}</span>
        </span>
    }
}

/// " answers better than before", after a number.
fn heard(count: u32, unit: &str, than: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!(" {unit}{plural} {than} than before")
}

/// Where the figures can be had as a file.
#[component]
pub fn AsCsv(
    /// The address.
    href: String,
    /// What is in it: "the answers".
    what: &'static str,
) -> impl IntoView {
    view! {
        <p class="small gap-above as-csv">
            <a href=href rel="external" download>
                {format!("Download {what} as CSV")}
            </a>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_words_too() {
        let html = |by| view! { <Better by=by unit="answer" /> }.to_html();
        assert!(html(1).contains(" answer better than before") && html(1).contains("delta--up"));
        assert!(html(-2).contains(" answers worse than before") && html(-2).contains("delta--down"));
        assert!(html(0).contains("as before"));
    }
}
