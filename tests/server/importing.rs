//! Checkpoints that were held elsewhere: what a file may hold, what becomes of it, and what stands where a room would be.

use crate::app::{Place, TestApp};
use crate::between::{decided, list, page};
use crate::browser::Browser;
use crate::screen::Screen;
use crate::story::{Story, VOTE, cast, go, note, reveal};
use checkpoint::api::checkpoints::{LoadSummary, SummaryView};
use checkpoint::api::import::Report;
use checkpoint::domain::command::Command;
use checkpoint::domain::metric::Code;
use checkpoint::domain::{summary, vote};
use checkpoint::server::archive::{Archive, Which};
use checkpoint::server::exports::html::with_json;
use checkpoint::server::import::{self, Source};
use checkpoint::server::store::people;
use checkpoint::server::store::workshops::{self, Filter, WorkshopRow};
use serde_json::{Value, json};
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

const NO_ROOM: &str = "This checkpoint was held elsewhere and imported: it has a summary, no room.";
pub(crate) const EXAMPLE: &str = include_str!("../../docs/past-checkpoints.csv");

/// An instance with an administrator and nothing else.
pub(crate) async fn empty(place: Place) -> (TestApp, Browser) {
    let app = TestApp::on(place).await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    (app, kim)
}

pub(crate) async fn import(app: &TestApp, files: &[&str], commit: bool) -> Report {
    let named = (1..).zip(files).map(|(number, content)| Source {
        name: format!("file {number}"),
        content: Box::new(std::io::Cursor::new((*content).to_owned().into_bytes())),
    });
    let kim = people::all(&app.state.db).await.unwrap().remove(0);
    import::import(&app.state.db, named.collect(), (kim.id, &kim.name), commit)
        .await
        .unwrap()
}

pub(crate) async fn export(app: &TestApp) -> String {
    let mut archive = Archive::of(&app.state.db, &Which::default()).await.unwrap();
    let mut file = String::new();
    while let Some(piece) = archive.next().await.unwrap() {
        file.push_str(&piece);
    }
    file
}

pub(crate) async fn rows(app: &TestApp) -> Vec<WorkshopRow> {
    workshops::list(&app.state.db, &Filter::default()).await.unwrap()
}

pub(crate) async fn publish(lead: &mut Screen) {
    lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
}

/// A checkpoint with a vote, actions and two revisions of its page.
pub(crate) async fn held() -> Story {
    let mut story = decided().await;
    let lead = &mut story.lead;
    lead.act(go(VOTE)).await.unwrap();
    let ana = story.app.browser();
    ana.join(&story.code, "Ana").await.result.unwrap();
    Screen::enter(&ana, &story.code).await.act(cast(5)).await.unwrap();
    lead.act(reveal()).await.unwrap();
    let agree = vote::Command::Agree {
        step: VOTE,
        answer: Code::ALL[4],
        why: "Reviews <b>wait</b>".to_owned(),
    };
    lead.act(Command::Vote(agree)).await.unwrap();
    publish(lead).await;
    lead.act(note("We forgot this")).await.unwrap();
    publish(lead).await;
    story
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_export_that_was_imported_exports_the_same() {
    let story = held().await;
    assert_eq!(import(&story.app, &[EXAMPLE], true).await.refused, []);
    let file = export(&story.app).await;
    assert_eq!(file.lines().count(), 2 + 5, "each revision on a line: {file}");
    let mut places = vec![Place::sqlite()];
    places.extend(Place::postgres().await);
    for place in places {
        let (app, kim) = empty(place).await;
        let looked = import(&app, &[&file], false).await;
        assert_eq!(
            (looked.fresh.len(), looked.done, rows(&app).await.len()),
            (5, false, 0),
            "only looked at"
        );
        let report = import(&app, &[&file], true).await;
        assert_eq!((report.fresh.len(), report.here, report.done), (5, 0, true));
        assert_eq!((report.refused, report.ignored), (vec![], vec![]));
        assert_eq!(export(&app).await, file);
        let again = import(&app, &[&file, &file], true).await;
        assert_eq!((again.fresh.len(), again.here), (0, 10));
        assert_eq!(again.sentence(), "There is nothing new to import. 10 pages are here already.");
        assert_eq!(export(&app).await, file, "no duplicates");
        // What lists show is what they show where it was held.
        let shown = |row: WorkshopRow| {
            (
                row.id,
                row.squad_name,
                row.held_on,
                row.level,
                row.lead_time,
                row.revision,
                row.status,
            )
        };
        let there: Vec<_> = rows(&story.app).await.into_iter().map(shown).collect();
        assert_eq!(rows(&app).await.into_iter().map(shown).collect::<Vec<_>>(), there);
        let titles = |view: checkpoint::api::actions::ActionsView| -> Vec<String> {
            view.lines.into_iter().map(|line| line.action.title.to_string()).collect()
        };
        assert_eq!(titles(list(&kim, &[]).await), titles(list(&story.kim, &[]).await));
    }
    // And where it was held, it is here already.
    assert_eq!(import(&story.app, &[&file], true).await.here, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn where_a_room_would_be_one_sentence_says_so() {
    let story = held().await;
    let (app, kim) = empty(Place::sqlite()).await;
    import(&app, &[&export(&story.app).await], true).await;
    let row = rows(&app).await.remove(0);
    for path in [
        "/join/{}",
        "/w/{}",
        "/w/{}/present",
        "/w/{}/recap",
        "/w/{}/invite.ics",
        "/w/{}/mine.json",
        "/w/{}/flow.svg",
    ] {
        let path = path.replace("{}", &row.code);
        let answer = kim.get(&path).header("accept", "text/html").send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 404, "{path}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(NO_ROOM), "{path}: {text}");
    }
    assert_eq!(Screen::open(&kim, &row.code).await.err(), Some(404), "nor is there a socket");
    assert_eq!(kim.join(&row.code, "Ana").await.refusal(), NO_ROOM);
    let html = page(&kim, &format!("/checkpoints/{}", row.id)).await;
    assert!(
        html.contains("held elsewhere and imported on") && html.contains("Reviews &lt;b&gt;wait&lt;/b&gt;"),
        "{html}"
    );
    assert!(page(&kim, "/").await.contains("Partner Tooling"));
    assert_eq!(
        kim.get(&format!("/checkpoints/{}?revision=7", row.id))
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
    // The next checkpoint takes it for the one before.
    let code = kim.start_checkpoint(&[("form[held_on]", "2023-04-11")]).await;
    let lead = Screen::enter(&kim, &code).await;
    let previous = lead.state.previous.clone().unwrap();
    assert_eq!(
        (previous.id, previous.answers.len(), previous.actions.len()),
        (row.id, 0, 2),
        "answers come with the reveal"
    );
    assert_eq!(lead.state.since.0.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_table_kept_by_hand_becomes_pages() {
    let (app, kim) = empty(Place::sqlite()).await;
    let report = import(&app, &[EXAMPLE], true).await;
    assert_eq!((report.refused, report.ignored, report.fresh.len()), (vec![], vec![], 3));
    let again = EXAMPLE
        .replace(',', ";")
        .replace("; ", " ")
        .replace("Test automation Trunk-based development", "");
    let semicolons = import(&app, &[&again.replace("Partner", "Other").replace("Payments", "Paying")], true).await;
    assert_eq!(
        (semicolons.refused, semicolons.fresh.len()),
        (vec![], 3),
        "as spreadsheets of some countries write it"
    );
    assert_eq!(import(&app, &[EXAMPLE], true).await.here, 3, "twice gives no duplicate");
    let rows = rows(&app).await;
    let of = |squad: &str, day: &str| rows.iter().find(|row| row.squad_name == squad && row.held_on == day).unwrap();
    let first = of("Partner Tooling", "2022-07-05");
    assert_eq!(
        (first.level.as_deref(), first.sum, first.tribe_name.as_deref()),
        (Some("high"), Some(19), Some("Partners"))
    );
    let words = of("Partner Tooling", "2022-10-06");
    assert_eq!(
        (words.lead_time, words.deployment_frequency, words.change_failure_rate),
        (Some(5), Some(5), Some(6))
    );
    let level_only = of("Payments", "2022-10-11");
    assert_eq!(
        (level_only.level.as_deref(), level_only.sum, level_only.facilitator_name.as_str()),
        (Some("medium"), None, "")
    );
    let html = page(&kim, &format!("/checkpoints/{}", first.id)).await;
    for part in [
        "https://wiki.example/checkpoints/17",
        "Test automation",
        "kept by hand",
        "How the votes lay was not kept.",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let html = page(&kim, &format!("/checkpoints/{}", level_only.id)).await;
    assert!(
        html.contains("Revision 1, kept by hand"),
        "when and by whom it was published is not known: {html}"
    );
    assert!(
        html.contains("Medium") && html.contains("Not known are who was there, who facilitated, the answers"),
        "{html}"
    );
    assert!(
        !html.contains("The answers</h2>") && !html.contains("<dt>Present"),
        "nothing stands there empty: {html}"
    );
    // Who corrects a line imports the table again.
    let corrected = EXAMPLE.replace("Payments,,2022-10-11,,", "Payments,,2022-10-11,Ben Okri,");
    let report = import(&app, &[&corrected], true).await;
    assert_eq!((report.fresh.len(), report.here, report.fresh[0].revision), (1, 2, 2));
    assert_eq!(import(&app, &[&corrected], true).await.here, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_table_with_a_mistake_is_refused_with_its_line() {
    let (app, _) = empty(Place::sqlite()).await;
    let head = "squad,date,lead_time,deployment_frequency,time_to_restore,change_failure_rate,level,capabilities,link";
    let said = [
        ("A,10.1.2023,,,,,,,", "“10.1.2023” is no date."),
        ("A,2023-02-30,,,,,,,", "“2023-02-30” is no date."),
        ("A,2099-01-10,,,,,,,", "in the future"),
        ("A,1999-01-10,,,,,,,", "before 2000"),
        ("A,2023-01-10,7,,,,,,", "“7” is no answer for Lead time for changes"),
        ("A,2023-01-10,soon,,,,,,", "“soon” is no answer for Lead time for changes"),
        ("A,2023-01-10,6,6,6,6,Low,,", "The level says Low, and the four answers give Elite."),
        ("A,2023-01-10,,,,,Best,,", "“Best” is no level."),
        ("A,2023-01-10,,,,,,Juggling,", "There is no capability named “Juggling”."),
        ("A,2023-01-10,,,,,,,javascript:alert(1)", "http"),
        (",2023-01-10,,,,,,,", "The squad&#x27;s name is empty."),
        ("A\u{202e},2023-01-10,,,,,,,", "invisible control characters"),
        ("A,2023-01-10,,,,,,,,more", "more columns than the first one"),
        (
            "B,2023-01-10,,,,,,,\nb,2023-01-10,1,,,,,,",
            "The squad and the day are those of line 3.",
        ),
    ];
    for (line, why) in said {
        let table = format!("{head}\nFine,2023-01-10,,,,,,,\n{line}\n");
        let report = import(&app, &[&table], true).await;
        let problem = report.refused.first().unwrap_or_else(|| panic!("{line} is taken"));
        assert!(problem.why.contains(&why.replace("&#x27;", "'")), "{line}: {}", problem.why);
        let place = if line.contains('\n') { "file 1, line 4" } else { "file 1, line 3" };
        assert_eq!((problem.place.as_str(), report.refused.len()), (place, 1), "{line}");
        assert_eq!(rows(&app).await, [], "nothing half done");
    }
    let unknown = import(&app, &[&format!("{head},mood\nA,2023-01-10,,,,,,,,good\n")], true).await;
    assert_eq!((unknown.ignored, unknown.fresh.len()), (vec!["the column mood".to_owned()], 1));
    let taken = import(&app, &["squad,date\n a ,2023-01-11\nA,2023-01-12\nA,2023-01-10\n"], true).await;
    assert_eq!((taken.fresh.len(), taken.here, taken.refused), (2, 1, vec![]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_table_does_not_stand_beside_what_was_held() {
    let story = held().await;
    let report = import(&story.app, &["squad,date\nPartner Tooling,2023-01-10\n"], true).await;
    assert_eq!(
        report.refused[0].why,
        "The squad has a checkpoint of this day already. Take the row out of the table."
    );
}

/// A page as JSON, changed.
pub(crate) fn changed(page: &Value, change: impl Fn(&mut Value)) -> String {
    let mut page = page.clone();
    change(&mut page);
    page.to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_that_cannot_be_taken_changes_nothing() {
    let story = held().await;
    let file = export(&story.app).await;
    let (app, _) = empty(Place::sqlite()).await;
    let all: Value = serde_json::from_str(&file).unwrap();
    let page = &all["checkpoints"][1];
    let whole = page.to_string();
    let long = "x".repeat(11_000);
    let files = [
        (String::new(), "The file is empty."),
        (file[..file.len() - 4].to_owned(), "The file ends in the middle, at line 3."),
        (file[..file.len() / 2].to_owned(), "The file ends in the middle"),
        (whole[..whole.len() - 1].to_owned(), "The file ends in the middle, at line 1."),
        (format!("{whole}{whole}"), "This is no export of Checkpoint: trailing characters"),
        (
            changed(page, |page| page["format"] = json!(2)),
            "from a newer version of Checkpoint: it has format 2",
        ),
        (
            json!({"format": 2, "checkpoints": [], "x": 1}).to_string(),
            "from a newer version of Checkpoint",
        ),
        ("{\"checkpoints\":[{}]}".to_owned(), "This is no page of Checkpoint: missing field"),
        ("[1,2]".to_owned(), "This is no export of Checkpoint"),
        ("{\"checkpoints\":7}".to_owned(), "This is no export of Checkpoint: invalid type"),
        ("hello".to_owned(), "The first line names no columns squad and date"),
        ("<p>hello</p>".to_owned(), "This HTML file holds no summary of Checkpoint."),
        ("SQLite format 3\0…".to_owned(), "Use `checkpoint restore` for it."),
        ("PK\u{3}\u{4}".to_owned(), "Save the table as CSV"),
        (
            changed(page, |page| page["published_at"] = Value::Null),
            "This page is not published yet.",
        ),
        (
            changed(page, |page| page["held_on"] = json!("2023-13-01")),
            "This is no page of Checkpoint",
        ),
        (changed(page, |page| page["held_on"] = json!("2999-01-01")), "in the future"),
        (
            changed(page, |page| {
                page["maturity"] = json!({ "edition": 2019, "level": "elite", "percentile": 97, "sum": 24 });
            }),
            "not the one that follows from the answers",
        ),
        (
            changed(page, |page| page["squad"] = json!("\u{202e}gnilooT")),
            "invisible control characters",
        ),
        (changed(page, |page| page["squad"] = json!("")), "The squad's name is empty."),
        (changed(page, |page| page["squad"] = json!("x".repeat(81))), "at most 80 characters"),
        (
            changed(page, |page| page["timeline"][0]["text"] = json!(long.clone())),
            "more than 10000 characters",
        ),
        (
            changed(page, |page| page["gaps"] = json!(["a\u{7}b"])),
            "invisible control characters",
        ),
        (
            changed(page, |page| page["gaps"] = json!(vec!["a"; 11_000])),
            "more than 10000 entries",
        ),
        (changed(page, |page| page["revision"] = json!(0)), "from 1 to 10,000"),
        (
            changed(page, |page| page["answers"][0]["answer"] = json!(7)),
            "an answer is a number from 1 to 6",
        ),
        (
            changed(page, |page| page["answers"][0]["rounds"][0]["counts"][0] = json!(4_000_000_000_u32)),
            "more answers than a room",
        ),
        (
            changed(page, |page| page["decided"][1]["tracker"] = json!("javascript:alert(1)")),
            "is not an address",
        ),
        (
            changed(page, |page| page["decided"][1]["number"] = page["decided"][0]["number"].clone()),
            "the same number",
        ),
        (
            changed(page, |page| {
                let mut looked = page["decided"][0].clone();
                looked["settled"] = json!(true);
                page["actions"] = json!([looked, looked]);
            }),
            "the same number",
        ),
        (
            changed(page, |page| page["flow"] = json!({"connectors": {"1": {"from": 2, "to": 3}}})),
            "The delivery flow is one that nobody could have drawn here",
        ),
    ];
    for (file, why) in &files {
        let report = import(&app, &[EXAMPLE, file], true).await;
        let problem = report.refused.first().unwrap_or_else(|| panic!("{why}: it is taken"));
        assert!(problem.why.contains(why), "{why}: {}", problem.why);
        assert!(problem.place.starts_with("file 2"), "{}", problem.place);
        assert!(!report.done && rows(&app).await.is_empty(), "nothing half done");
    }
    // And the same revision of the same page never says two things.
    let (one, other) = (whole.clone(), changed(page, |page| page["title"] = json!("Other")));
    let report = import(&app, &[&one, &other], true).await;
    assert!(
        report.refused[0]
            .why
            .starts_with("Revision 2 of this checkpoint is here already and says something else.")
    );
    let report = import(&story.app, &[&changed(page, |page| page["revision"] = json!(3))], true).await;
    assert_eq!(
        report.refused[0].why,
        "This checkpoint is held here. Only its own room publishes it."
    );
    // A newer revision of one that was imported is added.
    assert_eq!(import(&app, &[&one], true).await.fresh.len(), 1);
    let newer = changed(page, |page| {
        page["revision"] = json!(3);
        page["title"] = json!("Newer");
        page["mood"] = json!("good");
    });
    let report = import(&app, &[&newer], true).await;
    assert_eq!((report.fresh.len(), report.ignored), (1, vec!["the field mood".to_owned()]));
    let row = rows(&app).await.remove(0);
    assert_eq!((row.revision, row.title.as_str()), (3, "Newer"));
}

/// Pages as they were written before some fields were there, and as they are written now.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_of_older_versions_are_taken() {
    let (app, kim) = empty(Place::sqlite()).await;
    let files = [include_str!("pages/first.json"), include_str!("pages/issue-5.json")];
    let report = import(&app, &files, true).await;
    assert_eq!((report.refused, report.ignored, report.fresh.len()), (vec![], vec![], 2));
    // The same as a file of HTML.
    let html = format!("\u{feff}\n<!DOCTYPE html>{}<p>More</p>", with_json(files[0]));
    assert_eq!(import(&app, &[&html], true).await.here, 1);
    for row in rows(&app).await {
        let id = row.id.to_string();
        let view: SummaryView = kim.ask::<LoadSummary>(&[("id", id.as_str())]).await;
        assert_eq!(view.id, row.id);
        assert!(view.imported_at.is_some());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_corrected_line_that_was_exported_is_imported_twice_without_a_new_revision() {
    let (app, _) = empty(Place::sqlite()).await;
    import(&app, &[EXAMPLE], true).await;
    let corrected = EXAMPLE.replace("Payments,,2022-10-11,,", "Payments,,2022-10-11,Ben Okri,");
    import(&app, &[&corrected], true).await;
    let file = export(&app).await;
    let report = import(&app, &[&file], true).await;
    assert_eq!((report.fresh.len(), report.here, report.refused), (0, 4, vec![]));
    let (other, _) = empty(Place::sqlite()).await;
    for here in [0, 4] {
        let report = import(&other, &[&file], true).await;
        assert_eq!((report.fresh.len(), report.here, report.refused), (4 - here, here, vec![]));
        assert_eq!(export(&other).await, file);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_that_is_too_long_is_not_read_to_its_end() {
    let (app, _) = empty(Place::sqlite()).await;
    for begin in ["{\"checkpoints\":[{\"squad\":\"", "{\"squad\":\""] {
        let sent = Arc::new(AtomicU64::new(0));
        let long = Endless(sent.clone());
        let source = Source {
            name: "long.json".to_owned(),
            content: Box::new(std::io::Cursor::new(begin).chain(long.take(1 << 26))),
        };
        let by = people::all(&app.state.db).await.unwrap().remove(0);
        let report = import::import(&app.state.db, vec![source], (by.id, &by.name), true).await.unwrap();
        assert_eq!(report.refused[0].why, "This page has more than 8 MiB.", "{begin}");
        assert!(sent.load(Relaxed) < 9 << 20, "{begin}");
    }
}

/// One letter again and again; how often.
struct Endless(Arc<AtomicU64>);

impl Read for Endless {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        buf.fill(b'x');
        self.0.fetch_add(buf.len() as u64, Relaxed);
        Ok(buf.len())
    }
}
