//! Past checkpoints over HTTP: the list with its filters, its search and its order, two side by side, and pages of before.

use crate::app::TestApp;
use crate::between::{meddle, page};
use crate::browser::{ADMIN, Browser};
use crate::past::{Past, publish};
use crate::story::{Story, VOTE, go};
use checkpoint::api::admin::RenameSquad;
use checkpoint::api::past::{CompareCheckpoints, ListCheckpoints, Listing};
use checkpoint::domain::command::Command;
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::page::{Focus, Line, Page, Surveyed};
use checkpoint::domain::text::{Foreword, ScopeText, Title, TribeName, Why};
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::{note, summary};
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::people::Account;
use checkpoint::server::store::{people, workshops};
use chrono::NaiveDate;

/// The page of a past checkpoint of a squad with these four answers.
fn past_page(squad: &str, held_on: NaiveDate, codes: Option<[u8; 4]>) -> Page {
    let [a, b, c, d] = codes.unwrap_or_default();
    let past = Past {
        squad: squad.to_owned(),
        held_on: held_on.to_string(),
        codes: [a, b, c, d, 0],
        ..Past::default()
    };
    past.page()
}

fn surveyed(key: &str, score: f64) -> Surveyed {
    let json = serde_json::json!({
        "key": key, "title": format!("On {key}"), "summary": "", "score": score, "people": 4, "items": [],
    });
    serde_json::from_value(json).unwrap()
}

/// An organisation whose checkpoints are published as rooms publish them.
struct Company {
    app: TestApp,
    kim: Browser,
    account: Account,
}

impl Company {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let kim = app.browser();
        kim.set_up(app.state.setup.shown().unwrap()).await;
        let account = people::by_email(&app.state.db, ADMIN).await.unwrap().unwrap();
        Self { app, kim, account }
    }

    async fn publish(&self, page: &Page) {
        publish(&self.app.state, &self.account, page).await;
    }

    async fn list(&self, filter: &[(&str, &str)]) -> Listing {
        let named: Vec<(String, &str)> = filter.iter().map(|(name, value)| (format!("filter[{name}]"), *value)).collect();
        let mut form: Vec<(&str, &str)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        if filter.iter().all(|(name, _)| *name != "page") {
            form.push(("filter[page]", "1"));
        }
        self.kim.ask::<ListCheckpoints>(&form).await
    }
}

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn squads_of(listing: &Listing) -> Vec<&str> {
    listing.rows.iter().map(|row| row.card.squad.as_str()).collect()
}

/// Three squads, one of them twice, one without all its answers.
async fn few(company: &Company) -> [Page; 4] {
    let mut first = past_page("Partner Tooling", on(2023, 1, 10), Some([5, 6, 5, 6]));
    first.title = Title::parse("Überfällige Freigaben").unwrap();
    first.scope.deployment = ScopeText::parse("A merge").unwrap();
    first.capabilities = vec![surveyed("trunk", 61.26), surveyed("culture", 40.0)];
    first.focus = Some(Focus {
        key: CapabilityKey::new("culture"),
        title: "On culture".to_owned(),
        why: Why::parse("The CAB meets weekly").unwrap(),
    });
    let mut second = past_page("Partner Tooling", on(2023, 4, 11), Some([4, 6, 5, 6]));
    second.capabilities = vec![surveyed("trunk", 70.0)];
    second.scope.deployment = ScopeText::parse("A release to the shop").unwrap();
    second.timeline = vec![
        Line {
            at: Timestamp(1),
            text: "Flaky pipeline again".to_owned(),
            note: true,
        },
        Line {
            at: Timestamp(2),
            text: "Vote agreed".to_owned(),
            note: false,
        },
    ];
    let mut grid = past_page("Grid Nord", on(2023, 4, 11), Some([1, 1, 3, 4]));
    grid.tribe = TribeName::parse("Grid").ok();
    grid.foreword = Foreword::parse("<script>alert('x')</script>").unwrap();
    let open = past_page("Amber", on(2022, 12, 1), None);
    for page in [&first, &second, &grid, &open] {
        company.publish(page).await;
    }
    [first, second, grid, open]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_list_is_narrowed_searched_and_sorted_by_its_address() {
    let company = Company::new().await;
    few(&company).await;
    for (filter, expected) in [
        (
            vec![("sort", "squad")],
            vec!["Amber", "Grid Nord", "Partner Tooling", "Partner Tooling"],
        ),
        (
            vec![("sort", "level")],
            vec!["Partner Tooling", "Partner Tooling", "Grid Nord", "Amber"],
        ),
        (
            vec![("sort", "level"), ("order", "asc")],
            vec!["Grid Nord", "Partner Tooling", "Partner Tooling", "Amber"],
        ),
        (vec![("order", "asc"), ("to", "2023-01-31")], vec!["Amber", "Partner Tooling"]),
        (vec![("tribe", "Grid")], vec!["Grid Nord"]),
        (vec![("squad", "amber")], vec!["Amber"]),
        (vec![("level", "elite"), ("from", "2023-02-01")], vec!["Partner Tooling"]),
        (vec![("capability", "culture")], vec!["Partner Tooling"]),
        (vec![("q", "uberfallig")], vec!["Partner Tooling"]),
        (vec![("q", "cab weekly")], vec!["Partner Tooling"]),
        (vec![("q", "flaky")], vec!["Partner Tooling"]),
        (vec![("q", "agreed")], vec![]),
        (vec![("q", "nord ALERT")], vec!["Grid Nord"]),
        (vec![("page", "9")], vec![]),
    ] {
        let listing = company.list(&filter).await;
        assert_eq!(squads_of(&listing), expected, "{filter:?}");
        let on_no_page = filter == [("q", "agreed")];
        assert_eq!(listing.remarks.is_empty(), !on_no_page, "{filter:?} {:?}", listing.remarks);
    }
    let listing = company.list(&[("squad", "partner-tooling")]).await;
    let [later, first] = listing.rows.as_slice() else {
        panic!("{listing:?}")
    };
    let before = later.before.as_ref().unwrap();
    assert_eq!((before.held_on, before.answers), (on(2023, 1, 10), first.answers));
    assert_eq!(first.before, None);
    let shown: Vec<_> = first.capabilities.iter().map(|c| (c.title.as_str(), c.score, c.focus)).collect();
    assert_eq!(shown, [("On culture", Some(40), true), ("On trunk", Some(61), false)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_not_understood_is_said_and_nothing_is_listed() {
    let company = Company::new().await;
    few(&company).await;
    let hostile = "x".repeat(20_000);
    for (filter, sentence) in [
        (("from", "2023-13-45"), "“2023-13-45” is no day: write it like 2023-01-10."),
        (("squad", "nobody"), "There is no squad “nobody”."),
        (("tribe", "' OR 1=1"), "There is no tribe “' OR 1=1”."),
        (("level", "best"), "There is no level “best”."),
        (("capability", "%"), "There is no capability “%”."),
        (("sort", "name"), "There is no order of the list “name”."),
        (("edition", "2031"), "There is no edition “2031”."),
        (("with", "no-id"), "The checkpoint to compare with is not there any more."),
        (("q", "%%%"), "“%%%” holds no word to look for: type two letters or more."),
        (("q", "zzz"), "No page has a word that begins with “zzz”."),
        (
            ("q", hostile.as_str()),
            "No page has a word that begins with “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx”.",
        ),
    ] {
        let listing = company.list(&[filter]).await;
        assert_eq!(listing.remarks, [sentence]);
        assert_eq!((listing.rows.len(), listing.total), (0, 0));
    }
    let turned = company.list(&[("from", "2023-05-01"), ("to", "2023-04-01")]).await;
    assert_eq!(turned.remarks, ["The period ends before it begins."]);

    // Without script: what was typed is still there, as text.
    let html = page(
        &company.kim,
        "/checkpoints?q=%3Cscript%3Ealert(1)%3C/script%3E%22onload%3D&from=tomorrow",
    )
    .await;
    assert!(
        html.contains("is no day: write it like 2023-01-10.") && !html.contains("<script>alert(1)"),
        "{html}"
    );
    assert!(html.contains("value=\"tomorrow\"") && html.contains("Clear"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hundreds_are_paged_without_a_gap_and_work_without_script() {
    let company = Company::new().await;
    let mut ids = Vec::new();
    for n in 0..120u8 {
        // Many of the same day and the same level.
        let page = past_page(
            &format!("Squad {}", n % 7),
            on(2023, u32::from(n % 12) + 1, 5),
            Some([n % 3 + 1, 4, 4, 4]),
        );
        company.publish(&page).await;
        ids.push(page.id);
    }
    for sort in ["", "squad", "level"] {
        let mut seen = Vec::new();
        for number in 1..=5 {
            let listing = company.list(&[("sort", sort), ("page", &number.to_string())]).await;
            assert_eq!((listing.total, listing.per_page), (120, 25));
            seen.extend(listing.rows.iter().map(|row| row.card.id));
        }
        seen.sort_unstable();
        ids.sort_unstable();
        assert_eq!(seen, ids, "each once, sorted by {sort:?}");
    }
    let html = page(&company.kim, "/checkpoints?sort=level&page=2&q=squad").await;
    for expected in [
        "aria-sort=\"descending\"",
        "href=\"/checkpoints?q=squad&amp;sort=level&amp;order=asc\"",
        "href=\"/checkpoints?q=squad&amp;sort=level\"",
        "href=\"/checkpoints?q=squad&amp;sort=level&amp;page=3\"",
        "Page 2 of 5",
        "value=\"squad\"",
        "name=\"sort\" value=\"level\"",
    ] {
        assert!(html.contains(expected), "{expected}\n{html}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn any_two_are_compared_and_the_earlier_one_stands_first() {
    let company = Company::new().await;
    let [first, second, grid, _] = few(&company).await;
    let (a, b, c) = (first.id.to_string(), second.id.to_string(), grid.id.to_string());
    let form = [("ids[0]", b.as_str()), ("ids[1]", &a), ("edition", "")];
    let comparison = company.kim.ask::<CompareCheckpoints>(&form).await.comparison.unwrap();
    assert_eq!(comparison.sides.each_ref().map(|side| side.id), [first.id, second.id]);
    let said: Vec<_> = comparison.sections.iter().flat_map(|section| &section.rows).collect();
    let row = |name: &str| said.iter().find(|row| row.name == name).unwrap();
    let score = row("Score under 2019");
    assert_eq!(score.values, ["Elite, better than 89 %", "Elite, better than 84 %"]);
    assert_eq!(score.difference, "5 points fewer");
    assert_eq!(row("Lead time for changes").difference, "1 option worse");
    assert_eq!(
        (row("On trunk").values.clone(), row("On trunk").difference.as_str()),
        (["61 of 100".to_owned(), "70 of 100".to_owned()], "9 points more")
    );
    assert_eq!(row("On culture").values[1], "Not surveyed");
    assert_eq!(
        comparison.cautions,
        ["The two differ in what counts as a deployment. Compare their answers with care."]
    );

    // The page does the same, from boxes too, under another edition, and as a file.
    let html = page(&company.kim, &format!("/compare?id={c}&id={a}&edition=2025")).await;
    for expected in [
        "Grid Nord, 11 Apr 2023",
        "Score under 2025",
        "8.8 of 10",
        "no levels and no percentile",
    ] {
        assert!(html.contains(expected), "{expected}\n{html}");
    }
    let csv = company
        .kim
        .get(&format!("/compare.csv?a={c}&b={a}&edition=2025"))
        .send()
        .await
        .unwrap();
    assert_eq!(csv.headers()["content-type"], "text/csv; charset=utf-8");
    let csv = csv.text().await.unwrap();
    assert!(
        csv.starts_with("Theme,What,\"Grid Nord, 11 Apr 2023\",\"Partner Tooling, 10 Jan 2023\",Difference\r\n"),
        "{csv}"
    );
    assert!(csv.contains("Result,Score under 2025,"), "{csv}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_squad_that_was_renamed_is_compared_with_itself() {
    let company = Company::new().await;
    let [first, ..] = few(&company).await;
    let squad = workshops::by_id(&company.app.state.db, first.id).await.unwrap().unwrap().squad_id;
    let rename = [("squad", squad.to_string()), ("name", "Tooling".to_owned())];
    let rename: Vec<_> = rename.iter().map(|(name, value)| (*name, value.as_str())).collect();
    company.kim.call::<RenameSquad>(&rename).await.result.unwrap();
    let later = past_page("Tooling", first.held_on + chrono::Days::new(300), None);
    company.publish(&later).await;
    let ids = [later.id, first.id].map(|id| id.to_string());
    let form = [("ids[0]", ids[0].as_str()), ("ids[1]", &ids[1]), ("edition", "")];
    let comparison = company.kim.ask::<CompareCheckpoints>(&form).await.comparison.unwrap();
    assert!(comparison.one_squad);
    assert_eq!(comparison.sides.map(|side| side.id), [first.id, later.id]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_cannot_be_compared_gets_a_plain_sentence() {
    let company = Company::new().await;
    let [first, ..] = few(&company).await;
    let id = first.id.to_string();
    let code = company.kim.start_checkpoint(&[("form[squad]", "Newcomers")]).await;
    let open = workshops::by_code(&company.app.state.db, &code).await.unwrap().unwrap().id;
    for (query, sentence) in [
        (String::new(), "None is chosen: choose two checkpoints."),
        (format!("?a={id}"), "One is chosen: choose two checkpoints."),
        (format!("?id={id}&id={id}&id={id}"), "3 are chosen: choose two checkpoints."),
        (format!("?a={id}&b={id}"), "The two are the same checkpoint. Choose another one."),
        (format!("?a={id}&b=%3Cb%3E"), "One of the two checkpoints is not there."),
        (format!("?a={id}&b={}", fresh_id()), "One of the two checkpoints is not there."),
        (format!("?a={id}&b={open}"), "has no published summary yet."),
        (format!("?a={id}&b={open}&edition=1999"), "There is no edition “1999”."),
    ] {
        let html = page(&company.kim, &format!("/compare{query}")).await;
        assert!(html.contains(sentence) && html.contains("href=\"/checkpoints\""), "{query}\n{html}");
        let csv = company.kim.get(&format!("/compare.csv{query}")).send().await.unwrap();
        assert_eq!(csv.status(), 404, "{query}");
    }
    let stranger = company.app.browser();
    for (path, status) in [("/compare.csv?a=1&b=2", 401), ("/compare?a=1&b=2", 302), ("/checkpoints", 302)] {
        let request = stranger.get(path).header("accept", "text/html");
        assert_eq!(request.send().await.unwrap().status(), status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn another_edition_is_shown_beside_what_was_published() {
    let company = Company::new().await;
    let [first, second, ..] = few(&company).await;
    let html = page(&company.kim, &format!("/checkpoints/{}", second.id)).await;
    assert!(html.contains("DevOps maturity is…") && !html.contains("Under 2025"));
    assert!(
        html.contains(&format!("href=\"/compare?a={}&amp;b={}\"", first.id, second.id)),
        "{html}"
    );
    assert!(html.contains("edition=2024") && html.contains("edition=2025"));
    let html = page(&company.kim, &format!("/checkpoints/{}?edition=2025", first.id)).await;
    assert!(
        html.contains("Under 2025: 8.8 of 10") && html.contains("did not vote on the deployment rework rate"),
        "{html}"
    );
    assert!(html.contains("DevOps maturity is…"), "what was published stays");
    let list = page(&company.kim, "/checkpoints?edition=2024").await;
    assert!(list.contains("8.8 of 10") && list.contains("Score under 2024"));
    assert!(
        list.contains("sort=squad") && !list.contains("sort=level"),
        "nothing sorts by scores that the order does not follow\n{list}"
    );
    assert!(!list.contains("89 %"), "no percentile under an edition that has none\n{list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_published_page_is_found_and_so_are_pages_of_before() {
    let mut story = Story::with(0).await;
    story.lead.act(go(VOTE)).await.unwrap();
    story
        .lead
        .act(Command::Note(note::Command::Add("Wartezeit beim Prüfen".to_owned())))
        .await
        .unwrap();
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    let form = [("filter[q]", "prufen"), ("filter[page]", "1")];
    assert_eq!(story.kim.ask::<ListCheckpoints>(&form).await.total, 1);
    // As a server of the version before left it.
    meddle(&story.app, "DELETE FROM page_words").await;
    meddle(&story.app, "UPDATE workshops SET indexed = 0").await;
    assert_eq!(story.kim.ask::<ListCheckpoints>(&form).await.total, 0);
    checkpoint::server::past::catch_up(&story.app.state.db).await.unwrap();
    assert_eq!(story.kim.ask::<ListCheckpoints>(&form).await.total, 1);
    let form = [("filter[q]", "Partner Tooling"), ("filter[page]", "1")];
    assert_eq!(story.kim.ask::<ListCheckpoints>(&form).await.total, 1);
}
