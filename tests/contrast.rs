//! The colours of `style/tokens.css` hold their contrast in both themes: 4.5 for text, 3 for edges that carry meaning.

use std::collections::HashMap;

type Rgb = [f64; 3];

/// The name of a token and its light and dark colour.
fn tokens() -> HashMap<String, [Rgb; 2]> {
    let css = include_str!("../style/tokens.css");
    let root = css.split('}').next().expect("the first block holds the tokens");
    let mut tokens = HashMap::new();
    for line in root.lines() {
        let Some((name, value)) = line.trim().trim_end_matches(';').split_once(": ") else {
            continue;
        };
        let Some(name) = name.strip_prefix("--c-") else {
            continue;
        };
        let pair = value
            .strip_prefix("light-dark(")
            .and_then(|v| v.strip_suffix(')'))
            .and_then(|v| v.split_once(", "));
        let (light, dark) = pair.unwrap_or((value, value));
        if let (Some(light), Some(dark)) = (rgb(light), rgb(dark)) {
            tokens.insert(name.to_owned(), [light, dark]);
        }
    }
    tokens
}

fn rgb(hex: &str) -> Option<Rgb> {
    let hex = hex.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let channel = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok().map(f64::from);
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = colour.map(|channel| {
        let c = channel / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// `of` over `on` in `percent`, as `color-mix(in srgb, …)` does it.
fn mix(of: Rgb, on: Rgb, percent: f64) -> Rgb {
    std::array::from_fn(|n| of[n] * percent / 100.0 + on[n] * (1.0 - percent / 100.0))
}

/// Every pair that is under the bar, so that one run names them all.
fn too_weak(pairs: &[(&str, &str)], least: f64) -> Vec<String> {
    let tokens = tokens();
    let find = |name: &str| tokens.get(name).unwrap_or_else(|| panic!("no token --c-{name}"));
    let mut weak = Vec::new();
    for (front, back) in pairs {
        for (theme, word) in ["light", "dark"].into_iter().enumerate() {
            let ratio = contrast(find(front)[theme], find(back)[theme]);
            if ratio < least {
                weak.push(format!("{front} on {back}, {word}: {ratio:.2}"));
            }
        }
    }
    weak
}

#[test]
fn text_can_be_read() {
    let mut pairs = Vec::new();
    for text in ["text", "text-2", "text-3"] {
        pairs.extend(["page", "surface", "sunken"].map(|back| (text, back)));
    }
    for text in ["text", "text-2"] {
        pairs.extend(["hover", "accent-soft", "good-soft", "warn-soft", "bad-soft"].map(|back| (text, back)));
    }
    for text in ["accent", "good", "warn", "bad", "low", "medium", "high", "elite"] {
        pairs.extend(["page", "surface"].map(|back| (text, back)));
    }
    pairs.extend([
        ("text-3", "hover"),
        ("text", "accent-bar"),
        ("text", "accent-bar-strong"),
        ("accent", "accent-soft"),
        ("accent", "sunken"),
        ("good", "good-soft"),
        ("warn", "warn-soft"),
        ("bad", "bad-soft"),
        ("low", "low-soft"),
        ("medium", "medium-soft"),
        ("high", "high-soft"),
        ("elite", "elite-soft"),
        ("improve", "improve-soft"),
        ("failed", "failed-soft"),
        ("manual", "manual-soft"),
        ("auto", "auto-soft"),
        ("text", "manual-soft"),
        ("text", "auto-soft"),
        ("surface", "text"),
        ("on-accent", "accent-fill"),
        ("on-accent", "accent-fill-hover"),
        ("on-inverse", "inverse"),
        ("text", "h1"),
        ("text", "h2"),
        ("text", "h3"),
        ("text", "h4"),
        ("on-h5", "h5"),
        ("on-h6", "h6"),
        ("on-inverse-accent", "inverse"),
    ]);
    let weak = too_weak(&pairs, 4.5);
    assert!(weak.is_empty(), "{weak:#?}");
}

#[test]
fn edges_that_carry_meaning_can_be_seen() {
    let mut pairs = Vec::new();
    for edge in ["control", "focus", "accent-fill", "good", "warn", "bad"] {
        pairs.extend(["page", "surface"].map(|back| (edge, back)));
    }
    pairs.extend([
        ("control", "sunken"),
        ("control", "hover"),
        ("accent", "accent-soft"),
        ("surface", "good"),
        ("manual-edge", "surface"),
        ("manual-edge", "manual-soft"),
        ("auto-edge", "surface"),
        ("auto-edge", "auto-soft"),
    ]);
    let weak = too_weak(&pairs, 3.0);
    assert!(weak.is_empty(), "{weak:#?}");
}

#[test]
fn initials_can_be_read_on_their_tint() {
    let tokens = tokens();
    for person in ["p1", "p2", "p3", "p4", "p5", "p6"] {
        for (ink, surface) in tokens[person].into_iter().zip(tokens["surface"]) {
            let ratio = contrast(ink, mix(ink, surface, 14.0));
            assert!(ratio >= 4.5, "{person}, {ink:?}: {ratio:.2}");
        }
    }
}

#[test]
fn the_measure_itself_is_right() {
    let (black, white) = ([0.0; 3], [255.0; 3]);
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast([118.0; 3], white) - 4.54).abs() < 0.01);
}
