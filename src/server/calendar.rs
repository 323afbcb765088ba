//! A checkpoint as a calendar file (RFC 5545). Lines end with CRLF and are folded at 75 bytes, and what people typed is escaped.

use crate::domain::budget::minutes_of_a_part;
use crate::domain::ids::WorkshopId;
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use chrono::{DateTime, Days};

/// The file. Without a time of day it lasts the whole day, and in parts it is about the first.
#[must_use]
pub fn invitation(w: &Workshop, id: WorkshopId, join: &str, now: Timestamp) -> String {
    let what = format!("Join at {join}. No account needed. We look at how we deliver software, and agree on what to improve.");
    let (start, end) = match w.plan.starts {
        Some(at) => (
            format!("DTSTART:{}", utc(at)),
            format!("DTEND:{}", utc(at.plus(i64::from(minutes_of_a_part(w)) * 60_000))),
        ),
        None => (
            format!("DTSTART;VALUE=DATE:{}", w.held_on.format("%Y%m%d")),
            format!("DTEND;VALUE=DATE:{}", (w.held_on + Days::new(1)).format("%Y%m%d")),
        ),
    };
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Checkpoint//Checkpoint//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{id}@checkpoint"),
        format!("DTSTAMP:{}", utc(now)),
        // Every change of the room counts, so a later file always replaces an earlier one.
        format!("SEQUENCE:{}", w.seq),
        start,
        end,
        format!("SUMMARY:{}", text(&format!("{}: DevOps checkpoint", w.squad))),
        format!("DESCRIPTION:{}", text(&what)),
        format!("LOCATION:{}", text(join)),
        format!("URL:{join}"),
        format!("STATUS:{}", if w.plan.cancelled { "CANCELLED" } else { "CONFIRMED" }),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| fold(line)).collect()
}

fn utc(at: Timestamp) -> String {
    DateTime::from_timestamp_millis(at.0)
        .unwrap_or_default()
        .format("%Y%m%dT%H%M%SZ")
        .to_string()
}

/// A value of type TEXT.
fn text(raw: &str) -> String {
    let mut escaped = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line of at most 75 bytes, and what does not fit on lines that begin with a space. No character is cut in two.
fn fold(line: &str) -> String {
    const MOST: usize = 75;
    let (mut folded, mut width) = (String::with_capacity(line.len() + 2), 0);
    for c in line.chars() {
        if width + c.len_utf8() > MOST {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(c);
        width += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::StepId;
    use crate::domain::plan::{BuiltIn, laid};
    use crate::domain::text::SquadName;
    use chrono::NaiveDate;

    fn planned() -> Workshop {
        Workshop {
            squad: SquadName::parse("Pay; bill, \\ship").unwrap(),
            held_on: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
            seq: 7,
            ..Workshop::default()
        }
    }

    fn file(w: &Workshop) -> String {
        let id = WorkshopId::new(uuid::Uuid::from_u128(1));
        invitation(w, id, "https://checkpoint.example/join/K7QM-2XFD-9TRC", Timestamp(0))
    }

    /// As a calendar reads it.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_day_without_a_time_is_a_whole_day() {
        let lines = unfolded(&file(&planned()));
        assert!(lines.contains(&"DTSTART;VALUE=DATE:20261231".to_owned()), "{lines:?}");
        assert!(lines.contains(&"DTEND;VALUE=DATE:20270101".to_owned()));
        assert!(lines.contains(&"DTSTAMP:19700101T000000Z".to_owned()));
        assert!(lines.contains(&"STATUS:CONFIRMED".to_owned()));
        assert_eq!(
            (lines[0].as_str(), lines[lines.len() - 2].as_str()),
            ("BEGIN:VCALENDAR", "END:VCALENDAR")
        );
        assert_eq!(lines.last().unwrap(), "", "the last line ends too");
    }

    #[test]
    fn a_time_of_day_lasts_as_long_as_there_are_minutes() {
        let mut w = planned();
        w.plan.starts = Some(Timestamp(1_798_722_000_000));
        w.plan.minutes = 90;
        w.plan.cancelled = true;
        let lines = unfolded(&file(&w));
        assert!(lines.contains(&"DTSTART:20261231T130000Z".to_owned()), "{lines:?}");
        assert!(lines.contains(&"DTEND:20261231T143000Z".to_owned()));
        assert!(lines.contains(&"STATUS:CANCELLED".to_owned()));
    }

    #[test]
    fn in_two_parts_the_first_is_in_the_calendar() {
        let mut w = planned();
        w.plan.starts = Some(Timestamp(1_798_722_000_000));
        w.agenda.steps = laid(&BuiltIn::TwoParts.template(), StepId(1)).unwrap();
        let lines = unfolded(&file(&w));
        assert!(lines.contains(&"DTEND:20261231T140000Z".to_owned()), "{lines:?}");
    }

    #[test]
    fn what_people_typed_cannot_add_a_line() {
        let lines = unfolded(&file(&planned()));
        assert!(
            lines.contains(&"SUMMARY:Pay\\; bill\\, \\\\ship: DevOps checkpoint".to_owned()),
            "{lines:?}"
        );
        assert_eq!(text("a\r\nATTENDEE:x\u{7}"), "a\\nATTENDEE:x");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let long = "Zoë 李雷 ".repeat(40);
        let folded = fold(&long);
        assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded}");
        assert_eq!(folded.replace("\r\n ", "").trim_end_matches("\r\n"), long.trim_end_matches("\r\n"));
    }
}
