//! A flow as an SVG file that stands for itself: nothing is fetched, nothing runs, and text is text.

use super::Kind;
use super::layout::{Frame, TEXT_LINE};
use super::scene::{
    CLOCK, ConnectorShape, GEAR, HAND, LaneShape, NAME_LINE, Pill, PinShape, SMALL_LINE, Scene, StepShape, TextShape, environment_frame,
    share_frame,
};
use crate::domain::markup::Xml as Escaped;
use std::fmt::{Result, Write};

/// The type that most readers have, or something like it.
const FONT: &str = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif";

/// The light theme of `style/tokens.css`: a file is pasted into pages that are white.
const STYLE: &str = "
text{fill:#17171c;font-size:14px}
.ground{fill:#fff}
.lane{fill:#fff;stroke:#d0d0d8}
.lane-name,.lane-sub,.words{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.lane-name{font-weight:600}
.lane-sub{fill:#64646f}
.glyph{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.wire{fill:none;stroke:#83838f;stroke-width:1.5}
.tip{fill:#83838f}
.words{font-size:12px;fill:#4c4c57;text-anchor:middle}
.box{stroke-width:1.5}
.name{font-size:13px;font-weight:600}
.meta{font-size:12px}
.rail{fill-opacity:.2}
.env rect{fill:#fff}
.env text{font-size:11px;fill:#4c4c57;text-anchor:middle}
.manual .box{fill:#fef6e4}
.manual .box,.manual .env rect{stroke:#b87a1e}
.manual .glyph{stroke:#8a4b08}
.manual .meta,.manual .share,.manual .rail{fill:#8a4b08}
.auto .box{fill:#edf8f0}
.auto .box,.auto .env rect{stroke:#3f9663}
.auto .glyph{stroke:#166534}
.auto .meta,.auto .share,.auto .rail{fill:#166534}
.pill rect{fill:#fff;stroke:#d0d0d8}
.pill text{font-size:12px;fill:#4c4c57;text-anchor:middle}
.pill .glyph{stroke:#64646f;stroke-width:2}
.longest rect{fill:#17171c;stroke:#17171c}
.longest text{fill:#fff;font-weight:600}
.longest .glyph{stroke:#fff}
.pin rect{fill:#17171c}
.pin text{font-size:12px;font-weight:600;fill:#fff;text-anchor:middle}
.ghost .box{fill:#fff}
.ghost .box,.ghost .wire{stroke-dasharray:5 4}
.ghost .name,.ghost .says{fill:#4c4c57;font-weight:400}
";

/// The file.
#[must_use]
pub fn svg(scene: &Scene, title: &str) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = file(&mut out, scene, title);
    out
}

fn file(out: &mut String, scene: &Scene, title: &str) -> Result {
    let Frame { x, y, width, height } = scene.size;
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="t d" font-family="{FONT}">"#
    )?;
    writeln!(out, r#"<title id="t">{}</title>"#, Escaped(title))?;
    write!(out, r#"<desc id="d">"#)?;
    for (n, step) in scene.steps.iter().enumerate() {
        write!(out, "{}{}", if n == 0 { "" } else { "; " }, Escaped(&step.label))?;
    }
    writeln!(out, "</desc>\n<style>{STYLE}</style>")?;
    writeln!(out, r#"<rect class="ground" x="{x}" y="{y}" width="{width}" height="{height}"/>"#)?;
    for lane in &scene.lanes {
        rect(out, "lane", lane.frame, 10)?;
        writeln!(out)?;
    }
    for connector in &scene.connectors {
        write_wire(out, connector)?;
    }
    for lane in &scene.lanes {
        write_title(out, lane)?;
    }
    for step in &scene.steps {
        write_step(out, step)?;
    }
    for connector in &scene.connectors {
        write_sign(out, connector)?;
    }
    for text in &scene.texts {
        write_text(out, text)?;
    }
    for PinShape { frame, text } in &scene.pins {
        write!(out, r#"<g class="pin">"#)?;
        rect(out, "", *frame, frame.height / 2)?;
        let (x, y) = (frame.x + frame.width / 2, frame.y + 13);
        writeln!(out, r#"<text x="{x}" y="{y}">{text}</text></g>"#)?;
    }
    writeln!(out, "</svg>")
}

fn write_title(out: &mut String, lane: &LaneShape) -> Result {
    let (x, y) = (lane.frame.x + 18, lane.frame.y + 26);
    writeln!(
        out,
        r#"<text class="lane-name" x="{x}" y="{y}">{}</text><text class="lane-sub" x="{}" y="{y}">{}</text>"#,
        Escaped(&lane.name),
        lane.way_x,
        Escaped(&lane.way)
    )
}

fn write_wire(out: &mut String, shape: &ConnectorShape) -> Result {
    let (ghost, back) = (if shape.ghost { " ghost" } else { "" }, if shape.back { " back" } else { "" });
    write!(out, r#"<g class="link{ghost}{back}"><title>{}</title>"#, Escaped(&shape.label))?;
    writeln!(
        out,
        r#"<path class="wire" d="{}"/><path class="tip" d="{}"/></g>"#,
        shape.path, shape.tip
    )
}

fn write_sign(out: &mut String, shape: &ConnectorShape) -> Result {
    if let Some(pill) = &shape.pill {
        write_pill(out, pill)?;
    }
    if let Some(words) = &shape.words {
        lines(out, &words.lines, "words", (words.at.x, words.at.y), SMALL_LINE)?;
    }
    writeln!(out)
}

fn write_pill(out: &mut String, pill: &Pill) -> Result {
    let Frame { x, y, width, height } = pill.frame;
    let longest = if pill.longest { " longest" } else { "" };
    write!(out, r#"<g class="pill{longest}">"#)?;
    rect(out, "", pill.frame, height / 2)?;
    let (text_x, text_y) = (x + i32::midpoint(width, 16), y + 14);
    let (x, y) = (x + 6, y + 3);
    write!(
        out,
        r#"<path class="glyph" transform="translate({x} {y}) scale(0.7)" d="{CLOCK}"/>"#
    )?;
    write!(out, r#"<text x="{text_x}" y="{text_y}">{}</text></g>"#, Escaped(&pill.text))
}

fn write_step(out: &mut String, shape: &StepShape) -> Result {
    let Frame { x, y, width, height } = shape.frame;
    let (kind, glyph, radius) = match shape.kind {
        Kind::Manual => ("manual", HAND, 4),
        Kind::Automated => ("auto", GEAR, 10),
    };
    let ghost = if shape.ghost { " ghost" } else { "" };
    write!(out, r#"<g class="step {kind}{ghost}" transform="translate({x} {y})">"#)?;
    write!(out, "<title>{}</title>", Escaped(&shape.label))?;
    let own = Frame { x: 0, y: 0, width, height };
    rect(out, "box", own, radius)?;
    write!(out, r#"<path class="glyph" transform="translate(9 9) scale(0.9)" d="{glyph}"/>"#)?;
    lines(out, &shape.lines, "name", (32, 22), NAME_LINE)?;
    write!(out, r#"<text class="meta" x="11" y="56">{}</text>"#, Escaped(&shape.meta))?;
    if let Some(bar) = share_frame(shape) {
        let rail = Frame {
            width: width - 2 * bar.x,
            ..bar
        };
        rect(out, "rail", rail, 1)?;
        rect(out, "share", bar, 1)?;
    }
    if let Some(tag) = environment_frame(shape) {
        write!(out, r#"<g class="env">"#)?;
        rect(out, "", tag, 4)?;
        let (x, y) = (tag.x + tag.width / 2, tag.y + 12);
        write!(out, r#"<text x="{x}" y="{y}">{}</text></g>"#, Escaped(&shape.environment))?;
    }
    writeln!(out, "</g>")
}

fn write_text(out: &mut String, shape: &TextShape) -> Result {
    rect(out, "ground", shape.frame, 4)?;
    lines(out, &shape.lines, "says", (shape.frame.x + 8, shape.frame.y + 19), TEXT_LINE)?;
    writeln!(out)
}

fn rect(out: &mut String, class: &str, frame: Frame, radius: i32) -> Result {
    let Frame { x, y, width, height } = frame;
    write!(
        out,
        r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>"#
    )
}

/// Lines of text below each other.
fn lines(out: &mut String, lines: &[String], class: &str, (x, y): (i32, i32), pitch: i32) -> Result {
    write!(out, r#"<text class="{class}">"#)?;
    for (n, line) in (0..).zip(lines) {
        write!(out, r#"<tspan x="{x}" y="{}">{}</tspan>"#, y + n * pitch, Escaped(line))?;
    }
    write!(out, "</text>")
}
