//! Dates and times. The server does not know the reader's zone: it writes UTC and says so, the browser then writes the
//! reader's own time, in the same words, once the page is awake.

use crate::ui::components::changing;
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How much of a moment is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// `10 Jan 2023`
    Date,
    /// `10:02`
    Time,
    /// `10 Jan 2023, 10:02`
    DateTime,
    /// `10:02`, and `10 Jan 2023, 10:02` where this other moment (in milliseconds since 1970, UTC) is on another day: for the
    /// lines of a list, see [`neighbours`].
    TimeBeside(i64),
}

impl TimeKind {
    /// As the page says it to the browser.
    fn attribute(self) -> String {
        match self {
            Self::Date => "date".to_owned(),
            Self::Time => "time".to_owned(),
            Self::DateTime => "both".to_owned(),
            Self::TimeBeside(other) => other.to_string(),
        }
    }

    fn of_attribute(shows: &str) -> Self {
        match shows {
            "date" => Self::Date,
            "time" => Self::Time,
            other => other.parse().map_or(Self::DateTime, Self::TimeBeside),
        }
    }
}

/// The moment that each line of a list stands beside: the one before it, and the first one beside the last, so that a list of one
/// day has no date and a list of several begins with one.
#[must_use]
pub fn neighbours(moments: &[i64]) -> Vec<i64> {
    let last = moments.last().into_iter();
    last.chain(moments).take(moments.len()).copied().collect()
}

/// A moment in the reader's zone.
#[component]
pub fn LocalTime(
    /// Milliseconds since 1970, UTC.
    at_ms: i64,
    /// How much of it is shown.
    kind: TimeKind,
) -> impl IntoView {
    let at = DateTime::from_timestamp_millis(at_ms).unwrap_or(DateTime::UNIX_EPOCH);
    let iso = format!("{}T{}:{:02}Z", at.date_naive(), clock(at.hour(), at.minute()), at.second());
    let text = RwSignal::new(in_utc(at, kind));
    Effect::new(move |_| text.set(in_readers_zone(double(at_ms), kind)));
    // What day it is depends on the zone: a line may gain or lose its date when the page wakes up.
    let dated = move || text.with(|text| text.contains(',')).then_some("dated");
    view! { <time datetime=iso class=dated data-shows=kind.attribute()>{changing(move || text.get())}</time> }
}

/// Writes every moment of a page that is only read in the reader's zone, as [`LocalTime`] does where it is awake.
pub fn tell_local_times() {
    let Ok(found) = document().query_selector_all("time[data-shows]") else {
        return;
    };
    for time in (0..found.length()).filter_map(|n| found.get(n)?.dyn_into::<Element>().ok()) {
        let (Some(iso), Some(shows)) = (time.get_attribute("datetime"), time.get_attribute("data-shows")) else {
            continue;
        };
        let text = in_readers_zone(js_sys::Date::parse(&iso), TimeKind::of_attribute(&shows));
        time.set_class_name(if text.contains(',') { "dated" } else { "" });
        time.set_text_content(Some(&text));
    }
}

/// A calendar day, such as the one a checkpoint was held on: the same in every zone.
#[component]
pub fn HeldOn(
    /// The day.
    date: NaiveDate,
) -> impl IntoView {
    view! { <time datetime=date.to_string()>{day(date.day(), date.month0(), date.year())}</time> }
}

fn in_utc(at: DateTime<Utc>, kind: TimeKind) -> String {
    let date = |at: DateTime<Utc>| day(at.day(), at.month0(), at.year());
    let other = |ms| date(DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH));
    let time = format!("{} UTC", clock(at.hour(), at.minute()));
    in_words(kind, date(at), &time, other)
}

fn in_readers_zone(at_ms: f64, kind: TimeKind) -> String {
    let moment = |ms: f64| js_sys::Date::new(&ms.into());
    let date = |at: &js_sys::Date| day(at.get_date(), at.get_month(), i32::try_from(at.get_full_year()).unwrap_or_default());
    let at = moment(at_ms);
    let time = clock(at.get_hours(), at.get_minutes());
    in_words(kind, date(&at), &time, |ms| date(&moment(double(ms))))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript counts milliseconds in doubles; exact until the year 285428"
)]
fn double(ms: i64) -> f64 {
    ms as f64
}

fn in_words(kind: TimeKind, date: String, time: &str, date_of: impl Fn(i64) -> String) -> String {
    match kind {
        TimeKind::Date => date,
        TimeKind::TimeBeside(other) if date_of(other) != date => format!("{date}, {time}"),
        TimeKind::Time | TimeKind::TimeBeside(_) => time.to_owned(),
        TimeKind::DateTime => format!("{date}, {time}"),
    }
}

fn day(day: u32, month0: u32, year: i32) -> String {
    let month = usize::try_from(month0).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    format!("{day} {month} {year}")
}

fn clock(hour: u32, minute: u32) -> String {
    format!("{hour:02}:{minute:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_of_a_moment_is_what_the_browser_reads() {
        for kind in [
            TimeKind::Date,
            TimeKind::Time,
            TimeKind::DateTime,
            TimeKind::TimeBeside(1_673_344_920_000),
        ] {
            assert_eq!(TimeKind::of_attribute(&kind.attribute()), kind);
        }
    }
}
