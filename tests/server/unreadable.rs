//! Stored pages that cannot be read: damaged, or of a newer version that was taken back. They are left out where there are others.

use crate::app::TestApp;
use crate::between::{meddle, page};
use crate::browser::ADMIN;
use crate::importing::export;
use crate::past::{Past, publish};
use crate::screen::Screen;
use checkpoint::domain::page::Page;
use checkpoint::server::past;
use checkpoint::server::store::people;
use serde_json::{Value, json};

/// A checkpoint with a flow and a need that goes beyond the squad.
fn held(squad: &str) -> Page {
    let past = Past {
        squad: squad.to_owned(),
        held_on: "2023-01-10".to_owned(),
        codes: [4, 4, 4, 4, 0],
        flow: "delivery\ncommit 1h m\n> [3d] deploy 1h m\n".to_owned(),
        ..Past::default()
    };
    let mut page = json!(past.page());
    page["improvements"] = json!([{ "title": format!("{squad} waits for licences"), "kind": "improvement", "place": "", "outside": true }]);
    serde_json::from_value(page).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_that_cannot_be_read_is_left_out_and_counted() {
    let app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    let account = people::by_email(&app.state.db, ADMIN).await.unwrap().unwrap();
    let [damaged, newer, fine] = ["Falcon", "Heron", "Wren"].map(held);
    for page in [&damaged, &newer, &fine] {
        publish(&app.state, &account, page).await;
    }
    meddle(
        &app,
        "UPDATE summaries SET body = substr(body, 1, length(body) - 9)
         WHERE workshop_id = (SELECT w.id FROM workshops w JOIN squads s ON s.id = w.squad_id WHERE s.slug = 'falcon')",
    )
    .await;
    meddle(
        &app,
        "UPDATE summaries SET body = replace(body, '\"format\":1,', '\"format\":2,')
         WHERE workshop_id = (SELECT w.id FROM workshops w JOIN squads s ON s.id = w.squad_id WHERE s.slug = 'heron')",
    )
    .await;

    let two = "The summaries of 2 checkpoints could not be read and are left out here.";
    for path in ["/organisation", "/actions?outside=1"] {
        let html = page(&kim, path).await;
        assert!(html.contains(two) && html.contains("Wren waits for licences"), "{path}: {html}");
        assert!(!html.contains("Falcon waits") && !html.contains("Heron waits"), "{path}");
    }
    for squad in ["falcon", "heron"] {
        let html = page(&kim, &format!("/squads/{squad}")).await;
        assert!(
            html.contains("The summary of one checkpoint could not be read and is left out here."),
            "{html}"
        );
        assert!(html.contains("One checkpoint, on 10 Jan 2023."), "its columns are there");
    }
    assert!(!page(&kim, "/squads/wren").await.contains("could not be read"));
    let list = page(&kim, "/checkpoints").await;
    assert!(["Falcon", "Heron", "Wren"].iter().all(|squad| list.contains(squad)));
    let both = page(&kim, &format!("/compare?a={}&b={}", damaged.id, fine.id)).await;
    assert!(both.contains("The summary of Falcon on 2023-01-10 cannot be read."), "{both}");
    for id in [damaged.id, newer.id] {
        for form in ["", ".md"] {
            let answer = kim.get(&format!("/checkpoints/{id}{form}")).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), 422);
            assert!(answer.text().await.unwrap().contains("This summary cannot be read: it is damaged"));
        }
    }

    let kept: Value = serde_json::from_str(&export(&app).await).unwrap();
    let squads: Vec<_> = kept["checkpoints"].as_array().unwrap().iter().map(|page| &page["squad"]).collect();
    assert_eq!(squads, ["Wren"]);
    meddle(&app, "UPDATE workshops SET indexed = 0").await;
    past::catch_up(&app.state.db).await.unwrap();
    // The squad meets all the same.
    let code = kim
        .start_checkpoint(&[("form[squad]", "Falcon"), ("form[held_on]", "2023-04-11")])
        .await;
    assert!(Screen::enter(&kim, &code).await.state.previous.is_none());

    let log = crate::log::text();
    for id in [damaged.id, newer.id] {
        let named = log
            .lines()
            .filter(|line| line.contains("is left out") && line.contains(&id.to_string()));
        assert_eq!(named.count(), 1, "the log names it once");
    }
}
