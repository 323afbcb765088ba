//! What every answer carries and every request must show; exports; addresses that lead nowhere.

use crate::app::TestApp;
use crate::browser::Browser;
use crate::erasing::id_of;
use crate::story::{SCENE, Story, VOTE, cast, go, note, reveal};
use checkpoint::api::account::{ChangeName, LookAround, SignIn, SignOut};
use checkpoint::api::admin::SaveContent;
use checkpoint::api::checkpoints::LoadHome;
use checkpoint::api::room::LookAtDoor;
use checkpoint::domain::metric::Code;
use checkpoint::domain::page::Page;
use checkpoint::domain::{command::Command, scene, summary, vote};
use leptos::server_fn::ServerFn;
use uuid::Uuid;

const HOSTILE: &str = r#"a</textarea></title><script>alert(1)</script>"'"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_our_own_pages_may_post() {
    let app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    let https = app.base.replace("http", "https");
    let foreign = ["null", "https://evil.example", "http://127.0.0.1", &https];
    for path in [
        SignOut::PATH,
        LookAround::PATH,
        SignIn::PATH,
        LookAtDoor::PATH,
        "/api/none",
        "/about",
    ] {
        for origin in foreign {
            let post = kim.http.post(kim.url(path)).header("origin", origin).send().await.unwrap();
            assert_eq!(post.status(), 403, "{path} from {origin}");
        }
        let missing = kim.http.post(kim.url(path)).send().await.unwrap();
        assert_eq!(missing.status(), 403, "{path} from nowhere");
        let cross = kim
            .http
            .post(kim.url(path))
            .header("sec-fetch-site", "cross-site")
            .send()
            .await
            .unwrap();
        assert_eq!(cross.status(), 403, "{path}");
    }
    // What opens an address by itself is in no log, not even when it is refused.
    for path in ["/s/once-upon-a-time", "/actions/once-upon-a-time/say"] {
        let refused = kim.http.post(kim.url(path)).header("origin", "https://evil.example");
        assert_eq!(refused.send().await.unwrap().status(), 403, "{path}");
    }
    assert!(!crate::log::text().contains("path=/s/once") && !crate::log::text().contains("path=/actions/once"));
    for method in ["PUT", "PATCH", "DELETE"] {
        let request = kim.http.request(method.parse().unwrap(), kim.url(SignOut::PATH));
        assert_eq!(request.send().await.unwrap().status(), 403, "{method}");
    }
    // No GET changes anything: a link on another site signs nobody out.
    kim.get(SignOut::PATH).send().await.unwrap();
    assert!(kim.ask::<LookAround>(&[]).await.me.is_some(), "still signed in");
    assert!(crate::log::text().contains("refused a request from another site"));
    let own = kim.http.post(kim.url(LookAround::PATH)).header("sec-fetch-site", "same-origin");
    assert_eq!(own.send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_carry_a_policy_that_fits_their_scripts() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let mut nonces = vec![];
    for _ in 0..2 {
        let page = browser.get("/about").send().await.unwrap();
        assert_eq!(page.status(), 200);
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        for part in [
            "default-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "'wasm-unsafe-eval'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        let html = page.text().await.unwrap();
        let (_, rest) = policy.split_once("'nonce-").unwrap();
        let nonce = rest.split('\'').next().unwrap().to_owned();
        let inline: Vec<&str> = html.split("<script").skip(1).filter_map(|tag| tag.split('>').next()).collect();
        assert!(!inline.is_empty());
        for tag in inline.iter().filter(|tag| !tag.contains("src=")) {
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}> under {nonce}");
        }
        assert!(!html.contains(" style=\""), "an inline style would be blocked");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_carries_the_headers() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for path in ["/healthz", "/about", "/nowhere", "/pkg/none.js", "/api/none"] {
        let answer = browser.get(path).send().await.unwrap();
        let headers = answer.headers();
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(headers[name], value, "{path}");
        }
        assert!(
            headers.contains_key("permissions-policy") && headers.contains_key("x-request-id"),
            "{path}"
        );
        assert!(
            !headers.contains_key("server") && !headers.contains_key("strict-transport-security"),
            "{path}"
        );
    }
    assert!(
        !browser
            .get("/pkg/none.js")
            .send()
            .await
            .unwrap()
            .headers()
            .contains_key("cache-control")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn operators_see_whether_it_is_well() {
    let mut app = TestApp::start().await;
    let browser = app.browser();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(browser.get(path).send().await.unwrap().status(), 200);
    }
    app.state.db.close().await;
    assert_eq!(browser.get("/healthz").send().await.unwrap().status(), 200);
    assert_eq!(browser.get("/readyz").send().await.unwrap().status(), 503);
    // Nobody reads an internal text; the log knows more under the number.
    let answer = browser.call::<LookAround>(&[]).await;
    assert_eq!(answer.status, 500);
    let sentence = answer.result.unwrap_err().to_string();
    let id = sentence.rsplit_once("quote ").unwrap().1.trim_end_matches('.').to_owned();
    assert!(Uuid::parse_str(&id).is_ok(), "{sentence}");
    assert!(crate::log::text().contains(&id));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn large_bodies_are_refused() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let body = format!("email=a%40b.cd&password={}", "x".repeat(300_000));
    let form = ("content-type", "application/x-www-form-urlencoded");
    let post = browser.post(SignIn::PATH).header(form.0, form.1).body(body.clone());
    assert_eq!(post.send().await.unwrap().status(), 413);
    // Without a length the server only finds out while it reads.
    let chunks = body
        .into_bytes()
        .chunks(10_000)
        .map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec()))
        .collect::<Vec<_>>();
    let post = browser.post(SignIn::PATH).header(form.0, form.1);
    let post = post.body(reqwest::Body::wrap_stream(futures_util::stream::iter(chunks)));
    assert_eq!(post.send().await.unwrap().status(), 413);
    let nearly = format!("email=a%40b.cd&password={}", "x".repeat(200_000));
    let post = browser.post(SignIn::PATH).header(form.0, form.1).body(nearly);
    assert_eq!(post.send().await.unwrap().status(), 422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_missing_in_a_form_is_said() {
    let app = TestApp::start().await;
    let answer = app.browser().call::<SignIn>(&[("email", "a@b.cd")]).await;
    assert_eq!(
        (answer.status, answer.refusal().as_str()),
        (422, "Something in this form is missing.")
    );
}

/// A published checkpoint whose every text is hostile.
async fn published(names: &str) -> (Story, String) {
    let texts = [("form[tribe]", names), ("form[squad]", names)];
    let mut story = Story::on(TestApp::start().await, 0, &texts).await;
    story.kim.ask::<ChangeName>(&[("name", names)]).await;
    let member = story.app.browser();
    let short: String = names.chars().take(40).collect();
    member.join(&story.code, &short).await.result.unwrap();
    story.screens.push(crate::screen::Screen::enter(&member, &story.code).await);
    let set = |line| {
        Command::Scene(scene::Command::Set {
            line,
            text: names.to_owned(),
        })
    };
    let answer = Code::new(6).unwrap();
    let agree = Command::Vote(vote::Command::Agree {
        step: VOTE,
        answer,
        why: names.to_owned(),
    });
    let edit = Command::Summary(summary::Command::Edit {
        title: names.to_owned(),
        foreword: names.to_owned(),
    });
    story.lead.act(go(VOTE)).await.unwrap();
    story.screens[0].act(cast(6)).await.unwrap();
    let publish = Command::Summary(summary::Command::Publish);
    let lines = scene::Line::ALL.map(set);
    for command in lines.into_iter().chain([reveal(), agree, note(names), edit, publish]) {
        story.lead.act(command).await.unwrap();
    }
    let room = story.room().await;
    let id = room.id().to_string();
    (story, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn exports_are_for_those_who_signed_in() {
    let (story, id) = published("Partner Tooling").await;
    let read = async |who: &Browser, ending: &str| who.get(&format!("/checkpoints/{id}.{ending}")).send().await.unwrap();
    for ending in ["json", "md"] {
        let refused = read(&story.app.browser(), ending).await;
        assert_eq!(refused.status(), 401);
        assert_eq!(refused.text().await.unwrap(), "Sign in to read summaries.");
    }
    let json = read(&story.kim, "json").await;
    assert_eq!(json.headers()["content-type"], "application/json");
    assert_eq!(
        json.headers()["content-disposition"],
        "attachment; filename=\"checkpoint-partner-tooling-2023-01-10.json\""
    );
    let page: Page = json.json().await.unwrap();
    assert_eq!(
        (page.revision, page.answers[0].answer, page.answers[0].rounds.len()),
        (1, Code::new(6), 1)
    );
    let md = read(&story.kim, "md").await;
    assert_eq!(md.headers()["content-type"], "text/markdown; charset=utf-8");
    assert!(md.text().await.unwrap().contains("Partner Tooling"));
    let other = story
        .kim
        .get(&format!("/checkpoints/{}.json", Uuid::new_v4()))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (other.status().as_u16(), other.text().await.unwrap().as_str()),
        (404, "There is no such checkpoint.")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn addresses_that_lead_nowhere_say_so() {
    let story = Story::with(0).await;
    let kim = &story.kim;
    for path in [
        "/nowhere",
        "/checkpoints/x.json",
        "/checkpoints/%00.md",
        "/pkg/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/squads/none",
    ] {
        let answer = kim.get(path).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        assert!(!answer.text().await.unwrap().contains("[package]"), "{path}");
    }
    let none = Uuid::new_v4().to_string();
    let answer = kim.call::<checkpoint::api::checkpoints::LoadSummary>(&[("id", &none)]).await;
    assert_eq!(
        (answer.status, answer.refusal().starts_with("There is no such checkpoint.")),
        (404, true)
    );
    for code in ["AAAA-AAAA-AAAA", "x", "%F0%9F%92%A5"] {
        let answer = kim.get(&format!("/w/{code}")).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{code}");
        let html = answer.text().await.unwrap();
        assert!(html.contains("There is no checkpoint with this code."), "{code}: {html}");
    }
}

/// Whatever HTML the server makes of what people typed.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hostile_texts_stay_texts() {
    let (mut story, id) = published(HOSTILE).await;
    let body = format!("The scene is set. {HOSTILE}");
    story.kim.ask::<SaveContent>(&[("key", "scene"), ("body", &body)]).await;
    story.lead.act(go(SCENE)).await.unwrap();
    let kim = &story.kim;
    let room = kim.get(&format!("/w/{}", story.code)).send().await.unwrap().text().await.unwrap();
    assert!(room.contains("<p>The scene is set. "), "{room}");
    assert!(
        story
            .told_to(story.lead.you)
            .await
            .people
            .all()
            .any(|(_, p)| p.name.as_str().contains("</title>")),
        "it was taken in as it is"
    );
    let pages = ["/", "/about", "/sign-in", "/checkpoints", "/admin", "/account", "/checkpoints/new"].map(str::to_owned);
    let own = [
        format!("/w/{}", story.code),
        format!("/join/{}", story.code),
        format!("/checkpoints/{id}"),
    ];
    for path in pages.into_iter().chain(own) {
        let html = kim.get(&path).send().await.unwrap().text().await.unwrap();
        assert!(!html.contains("<script>alert"), "{path}: {html}");
    }
    for ending in ["md", "json"] {
        let export = kim.get(&format!("/checkpoints/{id}.{ending}")).send().await.unwrap();
        assert_eq!(export.headers()["x-content-type-options"], "nosniff");
        assert!(export.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert!(!export.headers()["content-type"].to_str().unwrap().contains("html"));
    }
    let home = kim.ask::<LoadHome>(&[]).await;
    assert_eq!(home.recent[0].squad, HOSTILE);
}

/// A page is rendered on one thread and may be sent by another, where nothing of the render is at hand any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn pages_are_sent_from_any_thread() {
    let story = Story::with(0).await;
    let paths = [format!("/w/{}", story.code), "/about".to_owned(), "/".to_owned()];
    for _ in 0..20 {
        let asked = paths.iter().cycle().take(48).map(|path| story.kim.get(path).send());
        for answer in futures_util::future::join_all(asked).await {
            let html = answer.unwrap().text().await.unwrap();
            assert!(html.contains("Checkpoint</title>"), "{html:.300}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_that_are_only_read_carry_no_answer_to_take_over() {
    let story = Story::with(0).await;
    let id = id_of(&story).await;
    let travels = async |path: &str| {
        let page = story.kim.get(path).send().await.unwrap();
        assert!(page.status().is_success(), "{path}");
        page.text().await.unwrap().contains("__RESOLVED_RESOURCES[")
    };
    // A page behind a link of its own is in tests/server/sharing.rs.
    for path in checkpoint::ui::reading::ADDRESSES
        .into_iter()
        .filter(|path| !path.contains("{token}"))
    {
        let path = path.replace("{code}", &story.code).replace("{id}", &id);
        assert!(!travels(&path).await, "{path} sends its answer twice");
    }
    assert!(travels("/actions").await, "the others are taken over with it");
}
