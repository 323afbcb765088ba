//! The link by which members without an account say how far their squad's actions are.

use crate::between::{SLUG, decided, deciding, draft, list, meddle, page, propose, say};
use crate::browser::Browser;
use crate::screen::Screen;
use checkpoint::api::actions::{LoadShared, MakeLink, RevokeLink};

/// Makes the squad's link; its token.
async fn link(browser: &Browser) -> String {
    let answer = browser.call::<MakeLink>(&[("slug", SLUG)]).await;
    answer.result.unwrap();
    answer.location.strip_prefix("/squads/partner-tooling?link=").unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn members_change_actions_by_the_link_of_their_squad() {
    let story = decided().await;
    let (kim, ana) = (&story.kim, story.app.browser());
    let token = link(kim).await;
    let shown = page(kim, &format!("/squads/{SLUG}?link={token}")).await;
    assert!(shown.contains(&format!("{}/actions/{token}", story.app.base)));
    for path in [format!("/squads/{SLUG}"), format!("/squads/{SLUG}?link=evil")] {
        let html = page(kim, &path).await;
        assert!(
            html.contains("Its address is not kept") && !html.contains("/actions/evil"),
            "{html}"
        );
    }
    let answer = ana.get(&format!("/actions/{token}")).send().await.unwrap();
    assert_eq!(answer.headers()["x-robots-tag"], "noindex, nofollow");
    assert_eq!(answer.headers()["referrer-policy"], "same-origin");
    let html = answer.text().await.unwrap();
    assert!(
        html.contains("Split the pipeline") && html.contains("name=\"said[name]\""),
        "{html}"
    );

    let shared = [("token", token.as_str()), ("closed", "false")];
    let lines = ana.ask::<LoadShared>(&shared).await.lines;
    let by_ana = [("said[token]", token.as_str()), ("said[name]", "Ana"), ("said[note]", "Begun")];
    say(&ana, &lines[0], "in_progress", &by_ana).await.result.unwrap();
    let nameless = [("said[token]", token.as_str()), ("said[name]", " ")];
    assert_eq!(
        say(&ana, &lines[1], "done", &nameless).await.refusal(),
        "The name is empty. Please type something."
    );
    let view = ana.ask::<LoadShared>(&shared).await;
    assert_eq!((view.name.as_str(), view.lines[0].changes[0].who.as_str()), ("Ana", "Ana"));
    // Of other squads nobody learns or changes anything.
    let other = kim.start_checkpoint(&[("form[squad]", "Falcon")]).await;
    let mut lead = Screen::enter(kim, &other).await;
    deciding(&mut lead).await;
    propose(&mut lead, draft("Secret of Falcon", "", "")).await;
    let foreign = list(kim, &[("filter[squad]", "falcon")]).await.lines.remove(0);
    assert_eq!(say(&ana, &foreign, "done", &by_ana).await.status, 404);
    assert!(!page(&ana, &format!("/actions/{token}")).await.contains("Falcon"));
    assert!(!crate::log::text().contains(&token), "the log opens nothing");

    // A new link ends the one before; one that ended says so and shows nothing.
    let second = link(kim).await;
    let ended = async |token: &str, sentence: &str| {
        let html = page(&ana, &format!("/actions/{token}")).await;
        assert!(html.contains(sentence) && !html.contains("Split the pipeline"), "{html}");
        let name = [("said[token]", token), ("said[name]", "Ana")];
        assert!(say(&ana, &lines[0], "done", &name).await.refusal().contains(sentence));
    };
    ended(&token, "This link was taken back.").await;
    meddle(&story.app, "UPDATE squad_links SET expires_at = 1 WHERE revoked_at IS NULL").await;
    ended(&second, "This link ended on 1 Jan 1970.").await;
    let third = link(kim).await;
    kim.ask::<RevokeLink>(&[("slug", SLUG)]).await;
    ended(&third, "This link was taken back.").await;
    ended("0123456789abcdef", "There is no such link.").await;
    assert_eq!(ana.get("/actions/none").send().await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_takes_only_so_many_changes() {
    let story = decided().await;
    let token = link(&story.kim).await;
    let line = list(&story.kim, &[]).await.lines.remove(0);
    let mut statuses = vec![];
    for _ in 0..70 {
        // Whoever throws the cookie away is limited all the same.
        let by_link = [("said[token]", token.as_str()), ("said[name]", "Ana")];
        statuses.push(say(&story.app.browser(), &line, "not_started", &by_link).await.status);
    }
    assert_eq!((statuses[0], statuses[69]), (200, 429), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_that_is_no_web_address_is_never_one_to_click() {
    let story = decided().await;
    let html = page(&story.kim, "/actions").await;
    assert!(
        html.contains("href=\"https://tracker.example/A-1\" rel=\"noopener noreferrer\""),
        "{html}"
    );
    meddle(
        &story.app,
        "UPDATE actions SET body = replace(body, 'https://tracker.example/A-1', 'javascript:alert(1)') WHERE body LIKE '%tracker.example%'",
    )
    .await;
    let token = link(&story.kim).await;
    for path in ["/actions".to_owned(), format!("/squads/{SLUG}"), format!("/actions/{token}")] {
        let html = page(&story.kim, &path).await;
        assert!(html.contains("Test data on demand") && !html.contains("javascript:"), "{html}");
    }
}
