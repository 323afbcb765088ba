//! The picture that a link's preview shows: squad, day, level and bar. As a PNG, which is drawn twice as large, it is 1200 by 630,
//! as the common previews want it.

use crate::domain::flow::measure;
use crate::domain::markup::Xml as Escaped;
use crate::domain::maturity::{Level, bands};
use crate::domain::page::Page;
use crate::domain::text::day;
use std::fmt::Write;

/// Where everything begins, and how wide it may be.
const LEFT: i32 = 80;
const ROOM: i32 = 1040;

/// The light theme of `style/tokens.css`.
const STYLE: &str = "text{font-family:Inter;fill:#17171c}.quiet{fill:#4c4c57}.b{font-weight:600}\
    .low{fill:#c2410c}.medium{fill:#b45309}.high{fill:#15803d}.elite{fill:#0f766e}.dim{fill-opacity:.3}";

/// The picture as SVG.
#[must_use]
pub fn card(page: &Page) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = draw(&mut out, page);
    out
}

fn draw(out: &mut String, page: &Page) -> std::fmt::Result {
    write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="600" height="315" viewBox="0 0 1200 630"><style>{STYLE}</style>"#
    )?;
    write!(out, r##"<rect width="1200" height="630" fill="#fff"/>"##)?;
    text(out, "quiet", 34, 110, &format!("DevOps Checkpoint, {}", day(page.held_on)))?;
    text(out, "b", 64, 195, page.squad.as_str())?;
    match &page.maturity {
        Some(maturity) => {
            let level = format!("b {}", maturity.level.key());
            text(out, "quiet", 40, 300, "DevOps maturity is")?;
            text(out, &level, 84, 388, maturity.level.name())?;
            bar(out, maturity.level, maturity.percentile)?;
            text(out, "quiet", 30, 580, &maturity.sentence())?;
        }
        None => text(out, "quiet", 40, 300, "What the squad agreed, and what it does next")?,
    }
    write!(out, "</svg>")
}

/// One line, cut where it is too long.
fn text(out: &mut String, class: &str, size: i32, y: i32, words: &str) -> std::fmt::Result {
    let words = measure::cut(words, size, ROOM);
    write!(
        out,
        r#"<text class="{class}" x="{LEFT}" y="{y}" font-size="{size}">{}</text>"#,
        Escaped(&words)
    )
}

/// The bar from 0 to 100 % with its four bands, and the mark on it.
fn bar(out: &mut String, home: Level, percentile: u8) -> std::fmt::Result {
    let at = |percent: f64| f64::from(LEFT) + percent / 100.0 * f64::from(ROOM);
    for (level, from, to) in bands() {
        let (x, width) = (at(from), at(to) - at(from) - 4.0);
        let dim = if level == home { "" } else { " dim" };
        write!(
            out,
            r#"<rect class="{}{dim}" x="{x:.1}" y="470" width="{width:.1}" height="40"/>"#,
            level.key()
        )?;
    }
    let here = at(f64::from(percentile));
    write!(out, r##"<path d="M{:.1} 446h28l-14 18z" fill="#17171c"/>"##, here - 14.0)
}
