//! Setting up, signing in and out, and who may do what.

use crate::app::{Place, TestApp};
use crate::browser::{ADMIN, Browser, PASSWORD};
use checkpoint::api::account::{ChangePassword, LookAround, SetUp, SignIn, SignOut};
use checkpoint::api::admin::{ChangeAccount, CreateAccount, CreateSquad, CreateTribe, LoadAdmin, SaveContent, SetTribe};
use checkpoint::api::checkpoints::{LoadHome, LoadStartForm, LoadSummary, StartCheckpoint};
use checkpoint::api::past::ListCheckpoints;
use futures_util::future::join_all;
use uuid::Uuid;

const SIGN_IN_FIRST: &str = "Sign in first.";
const NOT_ALLOWED: &str = "Your account does not allow this. Ask an administrator.";

async fn ready() -> (TestApp, Browser) {
    let app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    (app, kim)
}

async fn account(kim: &Browser, email: &str, role: &str) {
    kim.ask::<CreateAccount>(&[("name", "Ana Sousa"), ("email", email), ("role", role), ("password", PASSWORD)])
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn set_up_happens_once() {
    let app = TestApp::start().await;
    let token = app.state.setup.shown().unwrap().to_owned();
    let form = |token: &str, password: &str| {
        [("token", token), ("name", "Kim Ito"), ("email", ADMIN), ("password", password)].map(|(k, v)| (k.to_owned(), v.to_owned()))
    };
    let call = async |token: &str, password: &str| {
        let owned = form(token, password);
        let borrowed: Vec<(&str, &str)> = owned.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        app.browser().call::<SetUp>(&borrowed).await
    };
    assert!(app.browser().ask::<LookAround>(&[]).await.setup_open);
    let wrong = "This is not the token that the server printed when it started.";
    assert_eq!(call("", PASSWORD).await.refusal(), wrong);
    assert_eq!(call("0123456789abcdef0123456789abcdef", PASSWORD).await.refusal(), wrong);
    assert!(call(&token, "short").await.refusal().contains("too short"));
    call(&token, PASSWORD).await.result.unwrap();
    let again = call(&token, PASSWORD).await;
    assert!(again.refusal().starts_with("Checkpoint is set up already."));
    assert!(!app.browser().ask::<LookAround>(&[]).await.setup_open);
    assert_eq!(app.browser().sign_in("kim@example.org ").await.result, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_who_set_up_at_once_make_one_administrator() {
    let app = TestApp::start().await;
    let token = app.state.setup.shown().unwrap().to_owned();
    let tries = (0..4).map(|n| {
        let (browser, token) = (app.browser(), token.clone());
        async move {
            let email = format!("kim{n}@example.org");
            let form = [
                ("token", token.as_str()),
                ("name", "Kim"),
                ("email", &email),
                ("password", PASSWORD),
            ];
            browser.call::<SetUp>(&form).await.result.is_ok()
        }
    });
    assert_eq!(join_all(tries).await.into_iter().filter(|done| *done).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn signing_in_and_out() {
    let (app, kim) = ready().await;
    let before = kim.cookies().unwrap();
    let browser = app.browser();
    let unfit = "This address and this password do not belong together.";
    let wrong = browser
        .call::<SignIn>(&[("email", ADMIN), ("password", "wrong horse battery")])
        .await;
    assert_eq!(wrong.refusal(), unfit);
    let unknown = browser
        .call::<SignIn>(&[("email", "nobody@example.org"), ("password", PASSWORD)])
        .await;
    assert_eq!(unknown.refusal(), unfit);
    assert_eq!(browser.cookies(), None);

    let answer = kim.sign_in("KIM@Example.org").await;
    assert_eq!(answer.result, Ok(()));
    let cookie = answer.cookie.unwrap();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(cookie.starts_with("checkpoint=") && !cookie.contains("Secure"), "{cookie}");
    assert_ne!(kim.cookies().unwrap(), before, "the id changes");
    let planted = app
        .browser()
        .post(<LoadAdmin as leptos::server_fn::ServerFn>::PATH)
        .header("cookie", &before);
    assert_eq!(planted.send().await.unwrap().status(), 401, "the old id is worth nothing");

    let session = kim.cookies().unwrap();
    kim.ask::<SignOut>(&[]).await;
    assert_eq!(kim.cookies(), None);
    let stolen = app
        .browser()
        .post(<LoadAdmin as leptos::server_fn::ServerFn>::PATH)
        .header("cookie", &session);
    assert_eq!(
        stolen.send().await.unwrap().status(),
        401,
        "signing out ends the session on the server"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn under_https_the_cookie_is_bound_to_the_host() {
    let app = TestApp::behind(Place::sqlite(), Some("https://checkpoint.example")).await;
    let token = app.state.setup.shown().unwrap().to_owned();
    let form = [("token", token.as_str()), ("name", "Kim"), ("email", ADMIN), ("password", PASSWORD)];
    let cookie = app.browser().call::<SetUp>(&form).await.cookie.unwrap();
    assert!(cookie.starts_with("__Host-checkpoint="), "{cookie}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let health = app.browser().get("/healthz").send().await.unwrap();
    assert_eq!(health.headers()["strict-transport-security"], "max-age=31536000; includeSubDomains");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn passwords_cannot_be_tried_for_long() {
    let (app, kim) = ready().await;
    account(&kim, "ana@example.org", "viewer").await;
    let wrong = [("email", ADMIN), ("password", "wrong horse battery")];
    let mut statuses = vec![];
    for _ in 0..12 {
        statuses.push(app.browser().call::<SignIn>(&wrong).await.status);
    }
    assert_eq!((statuses[0], statuses[11]), (422, 429), "{statuses:?}");
    assert_eq!(
        app.browser().sign_in(ADMIN).await.refusal(),
        "That was too often. Wait a minute, then try again."
    );
    assert_eq!(app.browser().sign_in("ana@example.org").await.result, Ok(()));
    // What is no address is no key of the limit either: nobody fills the server's memory with them.
    let long = format!("{}@example.org", "a".repeat(100_000));
    for _ in 0..12 {
        assert_eq!(app.browser().sign_in(&long).await.status, 422);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_signing_in_strange_ways_lead_home() {
    let (app, _) = ready().await;
    for (next, location) in [
        ("/checkpoints", "/checkpoints"),
        ("//evil.example", "/"),
        ("/caf\u{e9}\u{1}", "/"),
        ("/\u{7f}", "/"),
    ] {
        let form = [("email", ADMIN), ("password", PASSWORD), ("next", next)];
        let answer = app.browser().call::<SignIn>(&form).await;
        assert_eq!((answer.result, answer.location.as_str()), (Ok(()), location), "{next}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_role_may_do_its_own() {
    let (app, kim) = ready().await;
    account(&kim, "fay@example.org", "facilitator").await;
    account(&kim, "vic@example.org", "viewer").await;
    let (anybody, fay, vic) = (app.browser(), app.browser(), app.browser());
    fay.sign_in("fay@example.org").await.result.unwrap();
    vic.sign_in("vic@example.org").await.result.unwrap();
    let id = Uuid::nil().to_string();
    let account = [("account", id.as_str()), ("role", "viewer")];
    let new = [
        ("name", "X"),
        ("email", "x@example.org"),
        ("role", "viewer"),
        ("password", PASSWORD),
    ];
    let start = [("form[squad]", "Blue"), ("form[held_on]", "2023-01-10")];
    macro_rules! refused {
        ($who:expr, $sentence:expr, $($call:ident $form:expr),+) => {$(
            assert_eq!($who.call::<$call>(&$form).await.refusal(), $sentence, stringify!($call));
        )+};
    }
    for (who, sentence) in [(&anybody, SIGN_IN_FIRST), (&fay, NOT_ALLOWED), (&vic, NOT_ALLOWED)] {
        refused!(who, sentence, LoadAdmin [], CreateTribe [("name", "T")], CreateSquad [("name", "S")], CreateAccount new,
            SetTribe [("squad", id.as_str())], ChangeAccount account, SaveContent [("key", "scene"), ("body", "x")]);
    }
    for (who, sentence) in [(&anybody, SIGN_IN_FIRST), (&vic, NOT_ALLOWED)] {
        refused!(who, sentence, LoadStartForm [], StartCheckpoint start);
    }
    refused!(anybody, SIGN_IN_FIRST, ListCheckpoints [("filter[page]", "1")], LoadSummary [("id", id.as_str())],
        ChangePassword [("current", PASSWORD), ("new", PASSWORD)]);
    assert_eq!(anybody.ask::<LoadHome>(&[]).await.me, None);
    fay.start_checkpoint(&[]).await;
    vic.ask::<ListCheckpoints>(&[("filter[page]", "1")]).await;
    let view = kim.ask::<LoadAdmin>(&[]).await;
    assert_eq!(
        (view.tribes.len(), view.squads.len(), view.accounts.len()),
        (0, 1, 3),
        "what was refused was not done"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_administrator_is_left() {
    let (app, kim) = ready().await;
    let id = kim.ask::<LoadAdmin>(&[]).await.accounts[0].id.to_string();
    let last = "This is the last administrator. Make another one first.";
    let demote = [("account", id.as_str()), ("role", "facilitator"), ("active", "on")];
    let deactivate = [("account", id.as_str()), ("role", "administrator")];
    assert_eq!(kim.call::<ChangeAccount>(&demote).await.refusal(), last);
    assert_eq!(kim.call::<ChangeAccount>(&deactivate).await.refusal(), last);
    account(&kim, "ana@example.org", "administrator").await;
    let taken = [
        ("name", "Other"),
        ("email", "ANA@example.org"),
        ("role", "viewer"),
        ("password", PASSWORD),
    ];
    assert_eq!(
        kim.call::<CreateAccount>(&taken).await.refusal(),
        "There is an account with this address already."
    );
    // Both take the other's role away in the same moment: one of them stays.
    let ana = app.browser();
    ana.sign_in("ana@example.org").await.result.unwrap();
    let accounts = kim.ask::<LoadAdmin>(&[]).await.accounts;
    let other = accounts.iter().find(|a| a.email == "ana@example.org").unwrap().id.to_string();
    let ana_goes = [("account", other.as_str()), ("role", "viewer"), ("active", "on")];
    let (one, two) = tokio::join!(kim.call::<ChangeAccount>(&ana_goes), ana.call::<ChangeAccount>(&demote));
    assert!(one.result.is_ok() ^ two.result.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_account_that_is_switched_off_is_out_at_once() {
    let (app, kim) = ready().await;
    account(&kim, "ana@example.org", "administrator").await;
    let ana = app.browser();
    ana.sign_in("ana@example.org").await.result.unwrap();
    let accounts = ana.ask::<LoadAdmin>(&[]).await.accounts;
    let id = accounts.iter().find(|a| a.email == "ana@example.org").unwrap().id.to_string();
    kim.ask::<ChangeAccount>(&[("account", &id), ("role", "administrator")]).await;
    assert_eq!(ana.call::<LoadAdmin>(&[]).await.refusal(), SIGN_IN_FIRST);
    assert_eq!(ana.sign_in("ana@example.org").await.status, 422);
}
