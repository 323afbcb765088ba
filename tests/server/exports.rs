//! The summary in other forms, over HTTP.

use super::drawn;
use super::story::Story;
use crate::between;
use checkpoint::domain::command::Command;
use checkpoint::domain::flow::outline::{edits, read};
use checkpoint::domain::flow::{self, Flow};
use checkpoint::domain::ids::ElementId;
use checkpoint::domain::page::Page;
use checkpoint::domain::summary;
use checkpoint::server::exports::html::page_json_in;

async fn publish(story: &mut Story) {
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
}

/// A checkpoint with a flow, published once; and where its page is.
async fn published() -> (Story, String) {
    let mut story = Story::with(1).await;
    let mut next = 0;
    let drawn = edits(&Flow::default(), &read(drawn::PARTNER_TOOLING).unwrap(), || {
        next += 1;
        ElementId(next)
    });
    story.lead.act(Command::Flow(flow::Command::Edit(drawn))).await.unwrap();
    publish(&mut story).await;
    let room = story.room().await;
    (story, format!("/checkpoints/{}", room.id()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_form_is_a_file_of_its_kind() {
    let (story, page) = published().await;
    let sandbox = Some("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    let name = "partner-tooling-2023-01-10";
    for (ending, kind, file, policy) in [
        (".json", "application/json", format!("checkpoint-{name}.json"), None),
        (".md", "text/markdown; charset=utf-8", format!("checkpoint-{name}.md"), None),
        (".html", "text/html; charset=utf-8", format!("checkpoint-{name}.html"), sandbox),
        (
            ".confluence.xml",
            "application/xml; charset=utf-8",
            format!("checkpoint-{name}.confluence.xml"),
            None,
        ),
        (".csv", "text/csv; charset=utf-8", format!("checkpoint-{name}-answers.csv"), None),
        (
            ".csv?table=surveys",
            "text/csv; charset=utf-8",
            format!("checkpoint-{name}-surveys.csv"),
            None,
        ),
        (
            ".csv?revision=1&table=actions",
            "text/csv; charset=utf-8",
            format!("checkpoint-{name}-actions.csv"),
            None,
        ),
        (".svg?revision=1", "image/svg+xml", format!("flow-{name}.svg"), sandbox),
        (".png", "image/png", format!("flow-{name}.png"), sandbox),
    ] {
        let address = format!("{page}{ending}");
        let answer = story.kim.get(&address).send().await.unwrap();
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(answer.status(), 200, "{address}");
        assert_eq!(header("content-type").as_deref(), Some(kind));
        assert_eq!(header("content-disposition"), Some(format!("attachment; filename=\"{file}\"")));
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"));
        assert_eq!(header("cache-control").as_deref(), Some("no-store"), "{address}");
        assert_eq!(header("content-security-policy").as_deref(), policy, "{address}");

        let stranger = story.app.browser().get(&address).send().await.unwrap();
        assert_eq!(
            (stranger.status().as_u16(), stranger.text().await.unwrap().as_str()),
            (401, "Sign in to read summaries.")
        );
        let nobody = address.replacen(&page, "/checkpoints/018f0000-0000-7000-8000-000000000001", 1);
        assert_eq!(story.kim.get(&nobody).send().await.unwrap().status(), 404, "{nobody}");
    }
    let status = async |ending: &str| story.kim.get(&format!("{page}{ending}")).send().await.unwrap().status().as_u16();
    assert_eq!(status(".md?revision=2").await, 404);
    assert_eq!(status(".md?revision=two").await, 400);
    assert_eq!(status(".csv?table=dots").await, 404);
    assert_eq!(status(".exe").await, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_revision_stays_as_it_was_in_every_form() {
    let (mut story, page) = published().await;
    let words = summary::Command::Edit {
        title: "The second one".to_owned(),
        foreword: String::new(),
    };
    story.lead.act(Command::Summary(words)).await.unwrap();
    publish(&mut story).await;
    for ending in ["json", "md", "html", "confluence.xml"] {
        let text = async |query: &str| {
            let answer = story.kim.get(&format!("{page}.{ending}{query}")).send().await.unwrap();
            answer.text().await.unwrap()
        };
        assert!(!text("?revision=1").await.contains("The second one"), "{ending}");
        assert!(text("?revision=2").await.contains("The second one"), "{ending}");
        assert!(text("").await.contains("The second one"), "{ending}");
    }
    let shown = between::page(&story.kim, &format!("{page}?revision=1")).await;
    for link in [
        ".html?revision=1",
        ".csv?table=surveys&amp;revision=1",
        ".confluence.xml?revision=1",
    ] {
        assert!(
            shown.contains(&format!("href=\"{page}{link}\"")),
            "{link}: the list of forms keeps the revision"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_data_of_the_html_file_is_the_page() {
    let (story, page) = published().await;
    let get = async |ending: &str| between::page(&story.kim, &format!("{page}.{ending}")).await;
    let (html, json) = (get("html").await, get("json").await);
    let inside: Page = serde_json::from_str(page_json_in(&html).unwrap()).unwrap();
    assert_eq!(inside, serde_json::from_str::<Page>(&json).unwrap());
    let anybody = story.app.browser().get("/api/v1/page.schema.json").send().await.unwrap();
    assert_eq!(anybody.headers()["content-type"], "application/schema+json");
    let schema: serde_json::Value = anybody.json().await.unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(schema["$id"], json["$schema"]);
}
