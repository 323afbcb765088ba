//! Importing through the pages of administrators, as a browser without script does it.

use crate::app::Place;
use crate::between::page;
use crate::browser::{Browser, PASSWORD};
use crate::importing::{EXAMPLE, empty, export, held, rows};
use checkpoint::api::admin::CreateAccount;
use reqwest::Response;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};

/// Sends the form with these files.
async fn send(browser: &Browser, files: &[(&str, &str)]) -> Response {
    let part = |(name, content): &(&str, &str)| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{content}\r\n")
    };
    let body = files.iter().map(part).chain(["--edge--\r\n".to_owned()]).collect::<String>();
    let form = browser
        .post("/admin/import/look")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=edge");
    form.body(body).send().await.unwrap()
}

/// The same, where it is taken: the page that follows.
async fn look(browser: &Browser, files: &[(&str, &str)]) -> String {
    let answer = send(browser, files).await;
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()[LOCATION], "/admin/import");
    page(browser, "/admin/import").await
}

async fn take(browser: &Browser) -> String {
    let answer = browser.post("/admin/import/take").send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()[LOCATION], "/admin/import");
    page(browser, "/admin/import").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn files_are_looked_at_then_imported() {
    let (app, kim) = empty(Place::sqlite()).await;
    assert!(page(&kim, "/admin").await.contains("href=\"/admin/import\""));
    let html = look(&kim, &[("past.csv", EXAMPLE)]).await;
    assert!(
        html.contains("3 pages can be imported.") && html.contains("Import these 3 pages"),
        "{html}"
    );
    assert_eq!(rows(&app).await, [], "nothing is imported by looking");
    let html = take(&kim).await;
    assert!(html.contains("3 pages imported.") && html.contains("/checkpoints/"), "{html}");
    assert_eq!(rows(&app).await.len(), 3);
    let html = take(&kim).await;
    assert!(html.contains("The files are not here any more. Choose them again."), "{html}");
    let html = look(&kim, &[("past.csv", EXAMPLE)]).await;
    assert!(html.contains("There is nothing new to import. 3 pages are here already."), "{html}");
    assert!(!html.contains("/admin/import/take"));
    // What cannot be taken is named with its line, and nothing of the rest is taken either.
    let bad = "squad,date\nA,2023-01-10\n<b>B</b>,soon\n";
    let html = look(&kim, &[("bad.csv", bad), ("past.csv", EXAMPLE)]).await;
    assert!(html.contains("bad.csv, line 3") && html.contains("“soon” is no date."), "{html}");
    assert!(!html.contains("/admin/import/take") && html.contains("1 thing cannot be imported, so nothing is."));
    take(&kim).await;
    assert_eq!(rows(&app).await.len(), 3);
    let html = look(&kim, &[("", "")]).await;
    assert!(html.contains("Choose a file first."), "{html}");
    let html = look(&kim, &[("large.json", &"x".repeat(33 * 1024 * 1024)), ("past.csv", EXAMPLE)]).await;
    assert!(html.contains("This is more than 32 MiB."), "{html}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_is_exported_for_another_server() {
    let story = held().await;
    let answer = story.kim.get("/admin/export.json").send().await.unwrap();
    assert_eq!(answer.headers()[CONTENT_TYPE], "application/json");
    assert_eq!(answer.headers()[CACHE_CONTROL], "no-store");
    let file = answer.text().await.unwrap();
    assert_eq!(file, export(&story.app).await);
    let (app, kim) = empty(Place::sqlite()).await;
    look(&kim, &[("all.json", &file)]).await;
    take(&kim).await;
    assert_eq!(export(&app).await, file);
    // One page by its address, and the table that the page offers.
    let id = rows(&app).await[0].id;
    let one = page(&story.kim, &format!("/checkpoints/{id}.json")).await;
    let html = look(&kim, &[("one.json", &one)]).await;
    assert!(html.contains("There is nothing new to import. 1 page is here already."), "{html}");
    assert_eq!(page(&kim, "/admin/import/example.csv").await, EXAMPLE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_administrators_import_and_export() {
    let (app, kim) = empty(Place::sqlite()).await;
    let account = [
        ("name", "Fay"),
        ("email", "fay@example.org"),
        ("role", "facilitator"),
        ("password", PASSWORD),
    ];
    kim.ask::<CreateAccount>(&account).await;
    let (fay, anybody) = (app.browser(), app.browser());
    fay.sign_in("fay@example.org").await.result.unwrap();
    assert_eq!(send(&fay, &[("past.csv", EXAMPLE)]).await.status(), 403);
    assert_eq!(fay.post("/admin/import/take").send().await.unwrap().status(), 403);
    for path in ["/admin/import", "/admin/export.json"] {
        let answer = fay.get(path).header("accept", "text/html").send().await.unwrap();
        assert_eq!(answer.status(), 403, "{path}");
        let answer = anybody.get(path).header("accept", "text/html").send().await.unwrap();
        assert_eq!(answer.headers()[LOCATION], "/sign-in?next=%2Fadmin%2Fimport", "{path}");
    }
    assert_eq!(
        send(&anybody, &[("past.csv", EXAMPLE)]).await.headers()[LOCATION],
        "/sign-in?next=%2Fadmin%2Fimport"
    );
    // Nor from another site, with the administrator's cookie.
    let foreign = kim
        .http
        .post(kim.url("/admin/import/take"))
        .header("origin", "https://evil.example");
    assert_eq!(foreign.send().await.unwrap().status(), 403);
    assert_eq!(rows(&app).await, []);
}
