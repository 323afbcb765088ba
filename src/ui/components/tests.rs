//! What each component writes on the server: escaped, labelled, without a `style` attribute.

use super::*;
use chrono::NaiveDate;
use leptos::prelude::*;

/// A text that would leave any place it is written to as it is.
const NASTY: &str = r#"</textarea></title><script>alert(1)</script>"'"#;

/// Renders as the server does, and holds what is true of every component.
fn html<V: IntoView + 'static>(of: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    let html = owner.with(|| of().into_view().to_html());
    assert!(!html.contains(" style="), "style attribute: {html}");
    for name in tags(&html) {
        assert!(
            !["script", "title", "/title", "/textarea>"].contains(&name),
            "a text became markup: {html}"
        );
    }
    html
}

/// The names of the tags, read as a browser does; fails where a text has broken out of its attribute.
fn tags(html: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").expect("comments end").1;
            continue;
        }
        names.push(rest.split([' ', '>']).next().unwrap_or_default());
        let mut parts = rest.split('"');
        let mut read = 0;
        loop {
            let outside = parts.next().expect("tags end");
            assert!(
                !outside.split('>').next().unwrap_or_default().contains(['<', '\'']),
                "broken tag: {html}"
            );
            if let Some(end) = outside.find('>') {
                rest = &rest[read + end + 1..];
                break;
            }
            let inside = parts.next().expect("attributes end");
            assert!(!inside.contains(['<', '>']), "broken attribute {inside}: {html}");
            read += outside.len() + inside.len() + 2;
        }
    }
    names
}

#[test]
#[should_panic(expected = "broken")]
fn the_reader_of_tags_sees_a_broken_attribute() {
    tags(&format!(r#"<a title="{NASTY}">x</a>"#));
}

fn refused() -> Signal<Option<String>> {
    Signal::stored(Some(NASTY.to_owned()))
}

#[test]
fn icons_are_drawn_and_silent() {
    for &name in IconName::ALL {
        let html = html(move || view! { <Icon name=name small=true class="extra" /> });
        assert!(html.contains(r#"class="icon icon--s extra""#), "{html}");
        assert!(html.contains(r#"aria-hidden="true""#), "{html}");
        assert!(html.contains(name.path()), "{html}");
    }
    assert!(html(|| view! { <BrandMark /> }).contains("brand__mark"));
}

#[test]
fn level_says_its_word_and_fills_its_steps() {
    let html = html(|| view! { <LevelBadge key="high" name="High" rank=3 /> });
    assert!(html.contains("level--high") && html.contains("High"), "{html}");
    assert_eq!(html.matches(r#"class="on""#).count(), 3, "{html}");
}

#[test]
fn initials_are_the_first_and_the_last() {
    assert_eq!(initials("Varuna Venkatesh"), "VV");
    assert_eq!(initials("  ana  "), "a");
    assert_eq!(initials("Ana de la Cruz"), "AC");
    assert_eq!(initials("(élodie)"), "é");
    assert_eq!(initials("!"), "");
}

#[test]
fn person_is_a_name_and_a_state() {
    let html = html(|| view! { <Person name=NASTY tint=9 state=NASTY.to_owned() ticked=true waiting=true /> });
    assert!(html.contains("person--waiting") && html.contains("avatar p3"), "{html}");
    assert!(html.contains("avatar__tick") && html.contains("&lt;/title&gt;"), "{html}");
}

#[test]
fn text_field_is_labelled_and_described() {
    let html = html(|| {
        let value = RwSignal::new(NASTY.to_owned());
        view! { <TextField label=NASTY name="name" value=value hint=NASTY error=refused() maxlength=40 required=true /> }
    });
    assert!(html.contains(r#"<label for="field-name">"#), "{html}");
    assert!(html.contains(r#"aria-describedby="field-name-hint field-name-error""#), "{html}");
    assert!(
        html.contains(r#"aria-invalid="true""#) && html.contains(r#"maxlength="40""#),
        "{html}"
    );
    assert!(
        html.contains(r#"value="&lt;/textarea&gt;"#),
        "the first value works without script: {html}"
    );
}

#[test]
fn text_field_without_complaint_says_nothing() {
    let html = html(|| view! { <TextField label="Name" name="name" initial="Tom" /> });
    assert!(!html.contains("aria-invalid") && !html.contains("aria-describedby"), "{html}");
    assert!(html.contains(r#"value="Tom""#), "{html}");
}

#[test]
fn text_area_never_has_a_body() {
    let html = html(|| {
        let value = RwSignal::new(NASTY.to_owned());
        view! { <TextArea label=NASTY name="why" value=value hint=NASTY error=refused() /> }
    });
    assert!(html.contains("></textarea>"), "{html}");
    assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    assert!(html.contains(r#"<label for="field-why">"#), "{html}");
}

#[test]
fn select_offers_and_marks() {
    let html = html(|| {
        let choices = vec![Choice::new("a", "Ja"), Choice::new(NASTY, NASTY)];
        let value = RwSignal::new(NASTY.to_owned());
        view! { <Select label=NASTY name="tribe" choices=choices value=value hint=NASTY error=refused() /> }
    });
    assert!(html.contains(r#"<label for="field-tribe">"#), "{html}");
    assert_eq!(html.matches(" selected").count(), 1, "{html}");
}

#[test]
fn checkbox_is_inside_its_label() {
    let html = html(|| view! { <Checkbox label=NASTY name="observe" checked=RwSignal::new(true) hint=NASTY /> });
    assert!(html.starts_with("<label") && html.contains(" checked"), "{html}");
}

#[test]
fn dialog_is_named_by_its_title() {
    let html = html(|| view! { <Dialog id="keys" title=NASTY open=RwSignal::new(false)>"Body"</Dialog> });
    assert!(
        html.contains(r#"aria-labelledby="keys-title""#) && html.contains(r#"id="keys-title""#),
        "{html}"
    );
    assert!(html.contains(r#"aria-label="Close""#) && !html.contains(" open"), "{html}");
}

#[test]
fn percentile_bar_marks_the_band_it_is_in() {
    let band = |key: &str, from, to| Band {
        key: key.to_owned(),
        name: NASTY.to_owned(),
        from,
        to,
    };
    let html = html(move || {
        let bands = vec![
            band("low", 0.0, 22.64),
            band("medium", 22.64, 55.9),
            band("high", 55.9, 82.84),
            band("elite", 82.84, 100.0),
        ];
        view! { <PercentileBar percentile=89 bands=bands label=NASTY /> }
    });
    assert_eq!(html.matches("band dim").count(), 3, "{html}");
    assert!(
        html.contains(r#"role="img""#) && html.contains("89 %") && html.contains(r#"width="17.16%""#),
        "{html}"
    );
}

#[test]
fn distribution_draws_the_agreed_column() {
    let html = html(|| view! { <Distribution counts=vec![0, 0, 0, 2, 4, 0] agreed=Some(5) label=NASTY /> });
    assert!(
        html.contains(r#"x="203" y="26" width="44" height="32" rx="3" class="agreed""#),
        "{html}"
    );
    assert!(html.contains(r#"role="img""#) && html.contains("aria-label="), "{html}");
    assert_eq!(html.matches(r#"class="base""#).count(), 6, "{html}");
}

#[test]
fn distribution_of_a_crowd_stays_in_the_picture() {
    let html = html(|| view! { <Distribution counts=vec![40, 1] agreed=None label="Votes" /> });
    assert!(html.contains(r#"y="18" width="44" height="40""#), "{html}");
}

#[test]
fn spread_has_a_dot_for_each_ballot() {
    let html = html(|| view! { <SpreadGlyph counts=vec![0, 0, 0, 2, 4, 0] /> });
    assert_eq!(html.matches("<circle").count(), 6, "{html}");
    assert!(html.contains(r#"cx="54" cy="5.2""#), "{html}");
}

#[test]
fn comparison_says_its_rows_in_words() {
    let html = html(|| {
        let row = CompareRow {
            name: NASTY.into(),
            answer: NASTY.into(),
            own: 120.0,
            mean: Some(40.0),
            reading: NASTY.into(),
        };
        view! { <CompareBars rows=vec![row] own_label=NASTY mean_label=NASTY /> }
    });
    assert!(
        html.contains(r#"role="img""#) && html.contains(r#"cx="100%""#) && html.contains(r#"x1="40%""#),
        "{html}"
    );
}

#[test]
fn times_are_utc_on_the_server() {
    let at = 1_673_344_920_000;
    let time = html(move || view! { <LocalTime at_ms=at kind=TimeKind::DateTime /> });
    assert!(
        time.contains(r#"datetime="2023-01-10T10:02:00Z""#) && time.contains("10 Jan 2023, 10:02 UTC"),
        "{time}"
    );
    let date = html(move || view! { <LocalTime at_ms=at kind=TimeKind::Date /> });
    assert!(date.contains("10 Jan 2023") && !date.contains("UTC"), "{date}");
    let held = html(|| view! { <HeldOn date=NaiveDate::from_ymd_opt(2023, 1, 10).unwrap_or_default() /> });
    assert!(held.contains(r#"<time datetime="2023-01-10">10 Jan 2023<"#), "{held}");
}

#[test]
fn a_list_of_several_days_says_which_line_is_on_another_day() {
    let (tuesday, evening, friday) = (1_673_344_920_000, 1_673_380_000_000, 1_673_604_120_000);
    assert_eq!(neighbours(&[tuesday, evening, friday]), [friday, tuesday, evening]);
    assert_eq!(neighbours(&[tuesday]), [tuesday]);
    assert!(neighbours(&[]).is_empty());
    let line = |at, beside| html(move || view! { <LocalTime at_ms=at kind=TimeKind::TimeBeside(beside) /> });
    let same = line(evening, tuesday);
    assert!(same.contains(">19:46 UTC<") && !same.contains("dated"), "{same}");
    let other = line(friday, evening);
    assert!(
        other.contains(">13 Jan 2023, 10:02 UTC<") && other.contains(r#"class="dated""#),
        "{other}"
    );
    assert!(line(tuesday, friday).contains(">10 Jan 2023, 10:02 UTC<"));
}

#[test]
fn copy_button_has_a_polite_voice() {
    let html = html(|| view! { <CopyButton label=NASTY text=NASTY.to_owned() small=true /> });
    assert!(html.contains(r#"role="status""#) && html.contains(r#"type="button""#), "{html}");
}

#[test]
fn header_knows_where_it_is_and_who_is_here() {
    let out = html(|| view! { <SiteHeader current="/" name=None /> });
    assert!(
        out.contains("Sign in") && !out.contains("Checkpoints") && !out.contains("Administration"),
        "{out}"
    );
    let inside = html(|| view! { <SiteHeader current="/admin" name=Some(NASTY.to_owned()) admin=true /> });
    assert!(inside.contains(r##"href="#main" class="skip""##), "{inside}");
    assert!(inside.contains(r#"<a href="/admin" aria-current="page">"#), "{inside}");
}

#[test]
fn page_is_one_main_with_one_heading() {
    let html = html(|| view! { <Page title=NASTY lead=NASTY narrow=true act=|| "Act">"Body"</Page> });
    assert!(html.contains("<h1>&lt;/textarea&gt;") && html.contains(r#"id="main""#), "{html}");
    assert!(
        html.contains("page--narrow") && html.contains("Act") && html.contains("Body"),
        "{html}"
    );
}

#[test]
fn title_in_the_tab_is_escaped_on_the_server_only() {
    use super::title::in_tab;
    assert_eq!(in_tab("Partner Tooling", true), "Partner Tooling · Checkpoint");
    assert_eq!(in_tab("", true), "Checkpoint");
    assert_eq!(in_tab("</title>&", true), "&lt;/title&gt;&amp; · Checkpoint");
    assert_eq!(in_tab("</title>&", false), "</title>& · Checkpoint");
}

#[test]
fn footer_leads_to_about() {
    assert!(html(|| view! { <SiteFooter /> }).contains("/about"));
}
