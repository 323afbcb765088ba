//! Comma-separated values (RFC 4180): the one place that writes them.
//!
//! What people typed is text in a spreadsheet too: no cell of words becomes a formula. Numbers stay numbers, also below zero.

use chrono::NaiveDate;

/// One cell, as it stands in the file. Made from words, numbers, days, or an `Option` of these, of which `None` is an empty cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell(String);

/// A table: the names of the columns, then the rows.
#[must_use]
pub fn table<const N: usize>(columns: [&str; N], rows: impl IntoIterator<Item = [Cell; N]>) -> String {
    let line = |cells: [Cell; N]| cells.map(|cell| cell.0).join(",") + "\r\n";
    std::iter::once(columns.map(Cell::from)).chain(rows).map(line).collect()
}

impl From<&str> for Cell {
    /// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula and runs it when the
    /// file is opened. Such a cell gets an apostrophe in front, as OWASP advises ("CSV Injection").
    fn from(text: &str) -> Self {
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let guard = if formula { "'" } else { "" };
        Self(if text.contains([',', '"', '\n', '\r']) {
            format!("\"{guard}{}\"", text.replace('"', "\"\""))
        } else {
            format!("{guard}{text}")
        })
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        i64::from(number).into()
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Self {
        i64::from(number).into()
    }
}

impl From<f64> for Cell {
    /// With one digit behind the point.
    fn from(number: f64) -> Self {
        Self(format!("{number:.1}"))
    }
}

impl From<NaiveDate> for Cell {
    /// `2023-01-10`
    fn from(day: NaiveDate) -> Self {
        Self(day.to_string())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self(String::new()), Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_never_a_formula() {
        for (raw, written) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"so\"", "\"say \"\"so\"\"\""),
            ("one\ntwo", "\"one\ntwo\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(Cell::from(raw).0, written);
        }
    }

    #[test]
    fn a_table_has_a_head_and_a_row_for_each_line() {
        let rows = [
            [
                "Ana, Ben".into(),
                (-3i64).into(),
                Some(61.25).into(),
                NaiveDate::from_ymd_opt(2023, 1, 10).into(),
            ],
            ["-".into(), 7u32.into(), None::<f64>.into(), None::<NaiveDate>.into()],
        ];
        assert_eq!(
            table(["who", "change", "score", "due"], rows),
            "who,change,score,due\r\n\"Ana, Ben\",-3,61.2,2023-01-10\r\n'-,7,,\r\n"
        );
    }
}
