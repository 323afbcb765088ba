//! What two checkpoints say of each other.

use super::*;
use crate::domain::flow::outline;
use crate::domain::ids::WorkshopId;
use crate::domain::metric::Code;
use crate::domain::page::{Answered, ByHand, Headcount};
use crate::domain::text::{ScopeText, SquadName, Why};
use crate::domain::workshop::Workshop;
use chrono::NaiveDate;
use uuid::Uuid;

fn page(n: u128, squad: &str, codes: &[u8]) -> Page {
    let mut page = Page::of(WorkshopId::new(Uuid::from_u128(n)), &Workshop::default());
    page.squad = SquadName::parse(squad).expect("a name");
    page.held_on = NaiveDate::from_ymd_opt(2023, 1, u32::try_from(n).expect("small")).expect("a day");
    let answered = |(metric, code): (Metric, &u8)| Answered {
        metric,
        answer: Code::new(*code),
        label: None,
        why: Why::default(),
        last_time: None,
        rounds: vec![],
    };
    page.answers = Metric::ALL.into_iter().zip(codes).map(answered).collect();
    page
}

/// Side by side; squads here have one name each.
fn compared(one: &Page, other: &Page, edition: Edition) -> Comparison {
    Comparison::of(one, other, one.squad == other.squad, edition)
}

fn row<'a>(comparison: &'a Comparison, name: &str) -> &'a Row {
    let mut rows = comparison.sections.iter().flat_map(|section| &section.rows);
    rows.find(|row| row.name == name).expect("the row is there")
}

#[test]
fn of_one_squad_the_earlier_stands_first_and_of_two_whoever_was_named_first() {
    let (one, later, other) = (page(1, "Red", &[]), page(2, "Red", &[]), page(3, "Blue", &[]));
    for (a, b, ids) in [(&one, &later, [1, 2]), (&later, &one, [1, 2]), (&other, &one, [3, 1])] {
        let sides = compared(a, b, Edition::Y2019).sides;
        assert_eq!(sides.map(|side| side.id), ids.map(|n| WorkshopId::new(Uuid::from_u128(n))));
    }
}

#[test]
fn answers_differ_in_options_and_scores_where_they_compare() {
    let (four, five) = (page(1, "Red", &[5, 6, 5, 6]), page(2, "Blue", &[6, 6, 4, 6, 3]));
    let under = |edition| compared(&four, &five, edition);
    let classic = under(Edition::Y2019);
    assert_eq!(row(&classic, "Lead time for changes").difference, "1 option better");
    assert_eq!(row(&classic, "Deployment frequency").difference, "the same");
    assert_eq!(row(&classic, "Time to restore service").difference, "1 option worse");
    assert_eq!(row(&classic, "Deployment rework rate").values[0], "No answer agreed");
    assert_eq!(row(&classic, "Score under 2019").difference, "the same");
    assert_eq!(
        row(&under(Edition::Y2025), "Score under 2025").difference,
        "does not compare: 4 answers and 5"
    );
    // 7.3125 and 7.55, which is a little less: they differ as they are written.
    let close = compared(&page(5, "Red", &[5, 4, 4, 6]), &page(6, "Blue", &[5, 5, 5, 4]), Edition::Y2025);
    let score = row(&close, "Score under 2025");
    assert_eq!(score.values, ["7.3 of 10", "7.5 of 10"]);
    assert_eq!(score.difference, "0.2 more");
    let open = compared(&four, &page(4, "Blue", &[1]), Edition::Y2024);
    let score = row(&open, "Score under 2024");
    assert_eq!(
        (score.values[1].as_str(), score.difference.as_str()),
        ("Not all four answers are agreed", "")
    );
}

#[test]
fn scores_of_other_statements_do_not_compare() {
    let surveyed = |score: f64, statement: &str| -> Surveyed {
        let items = serde_json::json!([{ "text": statement, "mean": null, "counted": { "answered": 3 } }]);
        let json = serde_json::json!({ "key": "trunk", "title": "Trunk", "summary": "", "score": score, "people": 4, "items": items });
        serde_json::from_value(json).expect("a survey")
    };
    let (mut a, mut b) = (page(1, "Red", &[]), page(2, "Red", &[]));
    for (then, now, statement, difference) in [
        (61.0, 70.4, "We merge daily.", "9 points more"),
        (61.0, 60.4, "We merge daily.", "1 point fewer"),
        // As the two are written, 63 and 70.
        (62.5, 69.6, "We merge daily.", "7 points more"),
        (61.0, 70.0, "We merge weekly.", "does not compare: other statements"),
    ] {
        a.capabilities = vec![surveyed(then, "We merge daily.")];
        b.capabilities = vec![surveyed(now, statement)];
        assert_eq!(row(&compared(&a, &b, Edition::Y2019), "Trunk").difference, difference);
    }
}

#[test]
fn between_two_of_one_squad_the_flow_tells_its_changes() {
    let drawn = |text: &str| outline::read(text).ok();
    let (mut a, mut b) = (page(1, "Red", &[]), page(2, "Red", &[]));
    a.flow = drawn("commit 10m a\n> [3h] review 30m m");
    b.flow = drawn("commit 10m a\n> [1h] review 30m m");
    let found = compared(&a, &b, Edition::Y2019);
    assert_eq!(found.flow, ["review waits 1 h instead of 3 h."]);
    assert_eq!(row(&found, "Automated steps").difference, "the same");
    b.squad = SquadName::parse("Blue").expect("a name");
    assert_eq!(compared(&a, &b, Edition::Y2019).flow, [""; 0]);
    assert!(
        found.csv().ends_with("Delivery flow,Change,,,review waits 1 h instead of 3 h.\r\n"),
        "{}",
        found.csv()
    );
}

#[test]
fn what_is_not_known_or_left_out_is_no_fact() {
    let (mut kept, mut held) = (page(1, "Red", &[6, 6]), page(2, "Blue", &[6, 6, 6, 6]));
    kept.by_hand = Some(ByHand::default());
    kept.capabilities = serde_json::from_value(serde_json::json!([
        { "key": "trunk", "title": "Trunk", "summary": "", "score": null, "people": 0, "items": [] },
    ]))
    .expect("a survey");
    held.scope.service = ScopeText::parse("Orders").expect("a line");
    held.headcount = Some(Headcount { present: 6, observing: 1 });
    held.left_out = vec!["Capabilities".to_owned(), "Actions".to_owned()];
    let found = compared(&kept, &held, Edition::Y2019);
    for (name, values, difference) in [
        ("Score under 2019", ["Not known", "Elite, better than 96 %"], ""),
        ("Compared with", ["Not known", "All industries"], ""),
        ("People present", ["Not known", "6"], ""),
        ("Time to restore service", ["Not known", "Less than one hour"], ""),
        ("Trunk", ["The score was not kept", "Left out by the squad"], ""),
        ("Improvements", ["Not known", "0"], ""),
        ("Actions decided", ["Not known", "Left out by the squad"], ""),
        ("Service", ["Not known", "Orders"], ""),
    ] {
        let row = row(&found, name);
        assert_eq!(
            (row.values.each_ref().map(String::as_str), row.difference.as_str()),
            (values, difference),
            "{name}"
        );
    }
    assert_eq!(found.cautions, [""; 0], "what one did not write down may be the same");
    let twice = compared(&kept, &kept, Edition::Y2019);
    assert_eq!(
        row(&twice, "Compared with").difference,
        "",
        "two that are not known are not the same"
    );
}
