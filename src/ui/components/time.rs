//! Dates and times. The server does not know the reader's zone: it writes UTC and says so, the browser then writes the
//! reader's own time, in the same words, once the page is awake.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use leptos::prelude::*;

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
    Effect::new(move |_| text.set(in_readers_zone(at_ms, kind)));
    view! { <time datetime=iso>{move || text.get()}</time> }
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
    let date = day(at.day(), at.month0(), at.year());
    match kind {
        TimeKind::Date => date,
        TimeKind::Time => format!("{} UTC", clock(at.hour(), at.minute())),
        TimeKind::DateTime => format!("{date}, {} UTC", clock(at.hour(), at.minute())),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript counts milliseconds in doubles; exact until the year 285428"
)]
fn in_readers_zone(at_ms: i64, kind: TimeKind) -> String {
    let at = js_sys::Date::new(&(at_ms as f64).into());
    let date = day(at.get_date(), at.get_month(), i32::try_from(at.get_full_year()).unwrap_or_default());
    let time = clock(at.get_hours(), at.get_minutes());
    match kind {
        TimeKind::Date => date,
        TimeKind::Time => time,
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
