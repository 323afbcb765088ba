//! Links to one summary: who makes, sees and takes them back, and what whoever has one is shown.

use crate::between::{meddle, signed_in};
use crate::browser::Browser;
use crate::drawn;
use crate::pictures::draw;
use crate::story::{Story, go};
use checkpoint::api::ApiError;
use checkpoint::api::checkpoints::{LoadSummary, SummaryView};
use checkpoint::api::sharing::{SharePage, Sharing, Standing, TakeBackPageLink};
use checkpoint::domain::command::Command;
use checkpoint::domain::summary::{Command as C, Part, Section};
use checkpoint::domain::{improve, note};
use checkpoint::server::store::workshops;
use reqwest::Response;
use resvg::tiny_skia::Pixmap;

fn add_note(text: &str) -> Command {
    Command::Note(note::Command::Add(text.to_owned()))
}

/// A published checkpoint with a flow and a note, and its id.
async fn published() -> (Story, String) {
    let mut story = Story::with(1).await;
    story.lead.act(go(crate::story::VOTE)).await.unwrap();
    story.lead.act(add_note("Printed note")).await.unwrap();
    story.lead.act(add_note("Secret note")).await.unwrap();
    draw(&mut story, crate::pictures::drawing(drawn::PARTNER_TOOLING)).await;
    let stick = improve::Command::Add {
        kind: improve::Kind::Improvement,
        text: "Hidden sticky".to_owned(),
        on: None,
    };
    story.lead.act(Command::Improve(stick)).await.unwrap();
    let secret = story
        .lead
        .state
        .timeline
        .0
        .iter()
        .find(|entry| entry.moment.sentence(&story.lead.state) == "Secret note");
    let secret = Part::Moment(secret.unwrap().seq);
    story.lead.act(Command::Summary(C::LeaveOut(secret))).await.unwrap();
    story.lead.act(Command::Summary(C::Publish)).await.unwrap();
    let row = workshops::by_code(&story.app.state.db, &story.code).await.unwrap().unwrap();
    (story, row.id.to_string())
}

/// Makes a link; its token.
async fn link(browser: &Browser, id: &str, days: &str) -> String {
    let answer = browser.call::<SharePage>(&[("id", id), ("days", days)]).await;
    answer.result.unwrap();
    let token = answer.location.strip_prefix(&format!("/checkpoints/{id}?shared=")).unwrap();
    token.strip_suffix("#share").unwrap().to_owned()
}

async fn list(browser: &Browser, id: &str, made: &str) -> Sharing {
    let view: SummaryView = browser.ask::<LoadSummary>(&[("id", id), ("shared", made)]).await;
    view.sharing.unwrap()
}

async fn open(browser: &Browser, path: &str) -> (u16, Response) {
    let answer = browser.get(path).send().await.unwrap();
    (answer.status().as_u16(), answer)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_has_the_link_reads_the_newest_revision_and_nothing_else() {
    let (mut story, id) = published().await;
    let anybody = story.app.browser();
    let token = link(&story.kim, &id, "30").await;
    assert_eq!(token.len(), 64, "244 random bits");
    let (status, answer) = open(&anybody, &format!("/s/{token}")).await;
    assert_eq!(status, 200);
    for (name, value) in [
        ("x-robots-tag", "noindex, nofollow"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.headers()[name], value);
    }
    assert!(!answer.headers().contains_key("set-cookie"));
    let html = answer.text().await.unwrap();
    for shown in [
        "Printed note",
        "Partner Tooling",
        "Left out by the squad: 1 line of how it went.",
        "class=\"flow\"",
        "name=\"robots\" content=\"noindex, nofollow\"",
    ] {
        assert!(html.contains(shown), "{shown}\n{html}");
    }
    for kept in ["Secret note", story.code.as_str(), "href=\"/", "kim@example.org", "/checkpoints/"] {
        // Styles and scripts are addresses of ours too.
        let body = html.split_once("<body").unwrap().1.replace("href=\"/s/", "");
        assert!(!body.contains(kept), "{kept}\n{html}");
    }
    let base = &story.app.base;
    assert!(
        html.contains(&format!("property=\"og:image\" content=\"{base}/s/{token}/card.png\"")),
        "{html}"
    );

    let (status, card) = open(&anybody, &format!("/s/{token}/card.png")).await;
    assert_eq!(
        (status, &card.headers()["x-robots-tag"]),
        (200, &reqwest::header::HeaderValue::from_static("noindex, nofollow"))
    );
    let card = Pixmap::decode_png(&card.bytes().await.unwrap()).unwrap();
    assert_eq!((card.width(), card.height()), (1200, 630));
    let (status, svg) = open(&anybody, &format!("/s/{token}/flow.svg")).await;
    assert_eq!(status, 200);
    assert!(svg.text().await.unwrap().contains("<svg"));
    for file in ["page.md", "page.html"] {
        assert!(html.contains(&format!("href=\"/s/{token}/{file}\"")), "{file} is offered");
        let (status, answer) = open(&anybody, &format!("/s/{token}/{file}")).await;
        assert_eq!(status, 200, "{file}");
        assert_eq!(answer.headers()["x-robots-tag"], "noindex, nofollow");
        let text = answer.text().await.unwrap();
        assert!(text.contains("Printed note"), "{file}: {text}");
        for kept in ["Secret note", story.code.as_str(), "kim@example.org", "/checkpoints/"] {
            assert!(!text.contains(kept), "{kept} in {file}: {text}");
        }
    }
    assert_eq!(open(&anybody, &format!("/s/{token}/page.json")).await.0, 404);

    // A correction shows at once.
    story
        .lead
        .act(Command::Summary(C::LeaveOut(Part::Section(Section::Timeline))))
        .await
        .unwrap();
    assert!(
        open(&anybody, &format!("/s/{token}"))
            .await
            .1
            .text()
            .await
            .unwrap()
            .contains("Printed note")
    );
    story.lead.act(Command::Summary(C::Publish)).await.unwrap();
    assert!(
        !open(&anybody, &format!("/s/{token}"))
            .await
            .1
            .text()
            .await
            .unwrap()
            .contains("Printed note")
    );
    assert_eq!(list(&story.kim, &id, "").await.links[0].reads, 3, "the picture is no reading");
    assert!(!crate::log::text().contains(&token), "the log opens nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn facilitators_make_and_take_back_and_nobody_else() {
    let (story, id) = published().await;
    let token = link(&story.kim, &id, "7").await;
    let viewer = signed_in(&story, "vic@example.org", "viewer").await;
    let facilitator = signed_in(&story, "fay@example.org", "facilitator").await;
    let name = list(&story.kim, &id, "").await.links.remove(0).name;
    for (browser, refusal) in [
        (&viewer, ApiError::NotAllowed),
        (&story.browsers[0], ApiError::NotSignedIn),
        (&story.app.browser(), ApiError::NotSignedIn),
    ] {
        let share = [("id", id.as_str()), ("days", "30")];
        assert_eq!(browser.call::<SharePage>(&share).await.result.unwrap_err(), refusal);
        let see = [("id", id.as_str()), ("shared", token.as_str())];
        let seen = browser.call::<LoadSummary>(&see).await.result;
        match refusal {
            ApiError::NotAllowed => assert_eq!(seen.unwrap().sharing, None),
            _ => assert_eq!(seen.unwrap_err(), refusal),
        }
        assert_eq!(
            browser
                .call::<TakeBackPageLink>(&[("name", name.as_str())])
                .await
                .result
                .unwrap_err(),
            refusal
        );
        assert_eq!(open(browser, &format!("/s/{token}")).await.0, 200, "reading needs the link alone");
    }
    let html = |browser: Browser| {
        let path = format!("/checkpoints/{id}?shared={token}");
        async move { browser.get(&path).send().await.unwrap().text().await.unwrap() }
    };
    assert!(html(facilitator.clone()).await.contains(&format!("{}/s/{token}", story.app.base)));
    let seen = html(viewer.clone()).await;
    assert!(!seen.contains("id=\"share\"") && !seen.contains("/s/"), "{seen}");
    // A token that opens nothing here is not repeated, and what is shown once is not kept.
    assert_eq!(list(&facilitator, &id, "evil").await.made, None);
    link(&facilitator, &id, "365").await;
    let ends: Vec<_> = list(&story.kim, &id, "").await.links.into_iter().map(|link| link.by).collect();
    assert_eq!(ends.len(), 2);
    for wrong in ["0", "31", "100000"] {
        let answer = story.kim.call::<SharePage>(&[("id", &id), ("days", wrong)]).await;
        assert_eq!(answer.refusal(), "Choose how long the link opens from the list.");
    }
    let unpublished = story.kim.start_checkpoint(&[("form[squad]", "Falcon")]).await;
    let row = workshops::by_code(&story.app.state.db, &unpublished).await.unwrap().unwrap();
    let answer = story.kim.call::<SharePage>(&[("id", &row.id.to_string()), ("days", "30")]).await;
    assert_eq!(answer.refusal(), "Publish the summary first, then share it.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_that_does_not_open_says_so_and_shows_nothing() {
    let (story, id) = published().await;
    let anybody = story.app.browser();
    let closed = async |token: &str, status: u16, sentence: &str| {
        for path in ["", "/card.png", "/flow.svg", "/flow.png", "/page.md", "/page.html"] {
            let (answered, answer) = open(&anybody, &format!("/s/{token}{path}")).await;
            assert_eq!(answered, status, "{path}");
            assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
            let text = answer.text().await.unwrap();
            assert!(text.contains(sentence) && !text.contains("Partner Tooling"), "{text}");
        }
    };
    let token = link(&story.kim, &id, "30").await;
    let name = list(&story.kim, &id, "").await.links.remove(0).name;
    story.kim.ask::<TakeBackPageLink>(&[("name", &name)]).await;
    closed(&token, 410, "This link was taken back.").await;
    assert_eq!(list(&story.kim, &id, &token).await.made, None);
    let token = link(&story.kim, &id, "30").await;
    meddle(&story.app, "UPDATE page_links SET expires_at = 1 WHERE revoked_at IS NULL").await;
    closed(&token, 410, "This link ended on 1 Jan 1970.").await;
    assert_eq!(list(&story.kim, &id, "").await.links[0].standing, Standing::Ended);
    closed(&"0".repeat(64), 404, "There is no such link.").await;
    closed("x", 404, "There is no such link.").await;

    let mut statuses = vec![];
    for guess in 0..60 {
        statuses.push(open(&story.app.browser(), &format!("/s/{guess}")).await.0);
    }
    assert_eq!((statuses[0], statuses[59]), (404, 429), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_left_out_is_in_no_export_of_the_revision() {
    let (mut story, id) = published().await;
    let sticky = *story.lead.state.improvements.stickies.keys().next_back().unwrap();
    let exports = async |story: &Story| {
        let mut all = String::new();
        for ending in ["", ".json", ".md", ".svg"] {
            let (status, answer) = open(&story.kim, &format!("/checkpoints/{id}{ending}")).await;
            assert_eq!(status, 200, "{ending}");
            all.push_str(&answer.text().await.unwrap());
        }
        all
    };
    assert!(exports(&story).await.contains("Hidden sticky"));
    story
        .lead
        .act(Command::Summary(C::LeaveOut(Part::Improvement(sticky))))
        .await
        .unwrap();
    story.lead.act(Command::Summary(C::OnlyNumbers(true))).await.unwrap();
    story.lead.act(Command::Summary(C::Publish)).await.unwrap();
    let said = exports(&story).await;
    for kept in ["Hidden sticky", "Secret note", "Member 1"] {
        assert!(!said.contains(kept), "{kept}\n{said}");
    }
    assert!(said.contains("2 people") && said.contains("1 improvement"));
}
