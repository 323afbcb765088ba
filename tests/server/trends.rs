//! A squad over time and all squads at once: what the pages and the files say, and to whom.

use crate::app::TestApp;
use crate::between::{meddle, page};
use crate::browser::{ADMIN, Browser, PASSWORD};
use crate::past::{Past, publish};
use checkpoint::api::actions::{LoadSquad, SquadView};
use checkpoint::api::admin::CreateAccount;
use checkpoint::api::trends::{LoadOrganisation, OrganisationView, SetRhythm};
use checkpoint::domain::text::day;
use checkpoint::domain::trends::rhythm::Standing;
use checkpoint::reader;
use checkpoint::server::clock;
use checkpoint::server::store::people;
use chrono::Days;

/// A server with these checkpoints, and its administrator.
async fn with(pasts: &[Past]) -> (TestApp, Browser) {
    let app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    let account = people::by_email(&app.state.db, ADMIN).await.unwrap().unwrap();
    for past in pasts {
        publish(&app.state, &account, &past.page()).await;
    }
    (app, kim)
}

fn held(squad: &str, held_on: &str, codes: [u8; 5]) -> Past {
    Past {
        squad: squad.to_owned(),
        held_on: held_on.to_owned(),
        codes,
        ..Past::default()
    }
}

async fn organisation(browser: &Browser, filter: &[(&str, &str)]) -> OrganisationView {
    let mut form = vec![("filter[edition]", "")];
    form.extend(filter);
    browser.ask::<LoadOrganisation>(&form).await
}

fn names(view: &OrganisationView) -> Vec<&str> {
    view.rows.iter().map(|row| row.name.as_str()).collect()
}

/// Three checkpoints of one squad.
fn three() -> Vec<Past> {
    let flow = "delivery\ncommit 1h m\n> [3d] deploy 1h m\n";
    vec![
        Past {
            scores: vec![("Culture", Some(61.2))],
            flow: flow.to_owned(),
            ..held("Partner Tooling", "2022-07-12", [4, 5, 5, 6, 0])
        },
        Past {
            scores: vec![("Culture", None), ("Monitoring", Some(40.0))],
            focus: "Monitoring",
            ..held("Partner Tooling", "2022-10-11", [5, 5, 0, 6, 0])
        },
        Past {
            scores: vec![("Culture", Some(70.0)), ("Monitoring", Some(35.5))],
            flow: flow.replace("deploy 1h m", "deploy 1h a"),
            ..held("Partner Tooling", "2023-01-10", [5, 6, 5, 6, 0])
        },
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_squads_page_says_how_it_changed() {
    let (_app, kim) = with(&three()).await;
    let html = page(&kim, "/squads/partner-tooling").await;
    // The level, the four questions, two capabilities, and of the flow the time, the efficiency and the automated steps.
    assert_eq!(html.matches("class=\"trend\"").count(), 1 + 4 + 2 + 3);
    for words in [
        "Overdue: the next checkpoint was due by 10 Apr 2023, ",
        "3 checkpoints since 12 Jul 2022, one every 91 days on average.",
        "Level, 2 checkpoints: from 77 % on 12 Jul 2022 to 89 % on 10 Jan 2023.",
        "Time to restore service, 2 checkpoints: from 5 on 12 Jul 2022 to 5 on 10 Jan 2023.",
        "Lead time for changes, 3 checkpoints: from 4 on 12 Jul 2022 to 5 on 10 Jan 2023.",
        "deploy is automated now.",
        "/compare?a=",
        "/squads/partner-tooling.csv?table=answers",
    ] {
        assert!(html.contains(words), "{words} is not in {html}");
    }
    assert!(!html.contains("style="), "the content policy forbids it");
    let today = page(&kim, "/squads/partner-tooling?edition=2025").await;
    for words in [
        "Scored under 2025: ",
        "Score of 10, 2 checkpoints: from 7.8 on 12 Jul 2022 to 8.8 on 10 Jan 2023.",
        "8.8 of 10",
    ] {
        assert!(today.contains(words), "{words} is not in {today}");
    }
    assert!(!today.contains("Level, 2 checkpoints"));
    // The browser takes the page over with what its small reader makes of the same answer.
    let asked = [("slug", "partner-tooling"), ("closed", "false"), ("link", "")];
    let view = kim.ask::<LoadSquad>(&asked).await;
    let text = serde_json::to_string(&view).unwrap();
    assert_eq!(reader::read::<SquadView>(&text), Ok(view));
    let csv = page(&kim, "/squads/partner-tooling.csv?table=answers").await;
    assert_eq!(
        csv.lines().skip(1).collect::<Vec<_>>(),
        [
            "2022-07-12,high,77,4,5,5,6,,2019,77",
            "2022-10-11,,,5,5,,6,,2019,",
            "2023-01-10,elite,89,5,6,5,6,,2019,89"
        ]
    );
    let link = "/squads/partner-tooling.csv?table=answers&edition=2025";
    assert!(
        today.contains(&link.replace('&', "&amp;")),
        "the file beside the chart is that of the chart"
    );
    let csv = page(&kim, link).await;
    assert_eq!(csv.lines().nth(3), Some("2023-01-10,elite,89,5,6,5,6,,2025,8.8"));
    let csv = page(&kim, "/squads/partner-tooling.csv?table=capabilities").await;
    assert_eq!(csv.lines().nth(5), Some("monitoring,Monitoring,2023-01-10,35.5,0"));
    let csv = page(&kim, "/squads/partner-tooling.csv?table=flow").await;
    assert_eq!(csv.lines().nth(2), Some("2023-01-10,74.0,3,1,2,deploy is automated now."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_squad_with_little_behind_it_has_a_page_too() {
    let (app, kim) = with(&[held("Heron", "2023-01-10", [5, 0, 5, 6, 0])]).await;
    let ahead = clock::today() + Days::new(30);
    kim.start_checkpoint(&[("form[squad]", "Falcon"), ("form[held_on]", &ahead.to_string())])
        .await;
    let none = page(&kim, "/squads/falcon").await;
    assert!(none.contains(&format!("The next checkpoint is planned for {}.", day(ahead))));
    assert!(none.contains("This squad has not published a summary yet."));
    let one = page(&kim, "/squads/heron").await;
    assert!(one.contains("One checkpoint, on 10 Jan 2023.") && one.contains("From the second checkpoint on"));
    for html in [none, one] {
        assert!(!html.contains("class=\"trend\"") && !html.contains("/compare?a="));
    }
    let view = organisation(&kim, &[]).await;
    assert_eq!(names(&view), ["Falcon", "Heron"]);
    assert!(view.rows[0].last.is_none() && view.rows[0].last_held.is_none());
    assert_eq!(view.rows[1].better, [None; 5]);

    meddle(
        &app,
        "UPDATE squads SET name = 'Grey Heron', name_key = 'grey heron' WHERE slug = 'heron'",
    )
    .await;
    let renamed = page(&kim, "/squads/heron").await;
    assert!(renamed.contains("Grey Heron") && renamed.contains("One checkpoint, on 10 Jan 2023."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_organisation_is_shown_to_help_not_to_rank() {
    let mut pasts = three();
    let of_tribe = |past: Past| Past {
        tribe: "Ecommerce".to_owned(),
        scores: vec![("Culture", Some(80.0))],
        focus: "Culture",
        ..past
    };
    pasts.push(of_tribe(held("Checkout", "2022-11-14", [4, 4, 5, 5, 2])));
    pasts.push(of_tribe(held("Product", "2022-12-12", [4, 5, 5, 5, 0])));
    pasts.push(held("Valuation", "2022-09-09", [3, 3, 4, 4, 0]));
    let (_app, kim) = with(&pasts).await;
    let view = organisation(&kim, &[]).await;
    assert_eq!(names(&view), ["Checkout", "Partner Tooling", "Product", "Valuation"]);
    let tooling = &view.rows[1];
    assert_eq!(
        tooling.better,
        [Some(0), Some(1), None, Some(0), None],
        "against the one before alone"
    );
    assert!(matches!(tooling.standing, Standing::Overdue(..)));
    assert_eq!(
        view.focus.iter().map(|one| (one.title.as_str(), one.squads)).collect::<Vec<_>>(),
        [("Culture", 2)]
    );
    let scores: Vec<_> = view
        .capabilities
        .iter()
        .map(|one| (one.title.as_str(), one.squads, one.bands))
        .collect();
    assert_eq!(
        scores,
        [("Culture", 3, [0, 0, 0, 1, 2])],
        "one squad's score of monitoring is not shown"
    );

    let by_lead_time = organisation(&kim, &[("filter[sort]", "lead_time")]).await;
    assert_eq!(names(&by_lead_time), ["Valuation", "Checkout", "Product", "Partner Tooling"]);
    let by_level = organisation(&kim, &[("filter[sort]", "level")]).await;
    assert_eq!(names(&by_level), ["Valuation", "Checkout", "Product", "Partner Tooling"]);
    let by_day = organisation(&kim, &[("filter[sort]", "held")]).await;
    assert_eq!(names(&by_day), ["Valuation", "Checkout", "Product", "Partner Tooling"]);
    let of_tribe = organisation(&kim, &[("filter[tribe]", "Ecommerce")]).await;
    assert_eq!(names(&of_tribe), ["Checkout", "Product"]);
    assert!(of_tribe.capabilities.is_empty(), "two squads are too few");
    let lately = organisation(&kim, &[("filter[period]", "year")]).await;
    assert!(lately.rows.iter().all(|row| row.last.is_none() && row.last_held.is_some()));

    let html = page(&kim, "/organisation").await;
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words} is not in {html}"));
    assert!(at("/squads/checkout") < at("/squads/partner-tooling") && at("/squads/partner-tooling") < at("/squads/valuation"));
    at("What 4 squads agreed last, in alphabetical order. It is here to help, not to rank.");
    at("Lead time for changes: 1 squad gave answer 3, 2 squads gave answer 4, 1 squad gave answer 5");
    at("aria-sort=\"ascending\"");
    assert!(!html.contains("style="));
    let today = page(&kim, "/organisation?edition=2025&sort=level").await;
    for words in ["Scored under 2025: ", "6.2 of 10", "edition=2025&amp;sort=held"] {
        assert!(today.contains(words), "{words} is not in {today}");
    }
    let none = page(&kim, "/organisation?tribe=Nobody").await;
    assert!(none.contains("No squad fits these filters."));

    let csv = page(&kim, "/organisation.csv?table=answers").await;
    assert_eq!(
        csv.lines().collect::<Vec<_>>()[..3],
        [
            "squad,tribe,last_held_on,level,percentile,lead_time,lead_time_change,deployment_frequency,deployment_frequency_change,\
             time_to_restore,time_to_restore_change,change_failure_rate,change_failure_rate_change,deployment_rework,\
             deployment_rework_change,next_due_by,edition,score",
            "Checkout,Ecommerce,2022-11-14,high,60,4,,4,,5,,5,,2,,2023-02-14,2019,60",
            "Partner Tooling,,2023-01-10,elite,89,5,0,6,1,5,,6,0,,,2023-04-10,2019,89",
        ]
    );
    for (table, line) in [
        ("spread", "lead_time,4,One day to one week,2"),
        ("focus", "Culture,2"),
        ("capabilities", "Culture,80,2"),
        ("actions", "Done in the last two quarters,0"),
        ("outside", "need,capabilities,squads"),
        (
            "answers&edition=2024",
            "Valuation,,2022-09-09,low,23,3,,3,,4,,4,,,,2022-12-09,2024,5.0",
        ),
    ] {
        let csv = page(&kim, &format!("/organisation.csv?table={table}")).await;
        assert!(csv.lines().any(|found| found == line), "{csv}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn squads_that_are_archived_or_merged_are_not_lines_of_their_own() {
    let pasts = [
        held("Old Birds", "2022-10-10", [3, 3, 3, 3, 0]),
        held("Heron", "2022-07-10", [4, 4, 4, 4, 0]),
        held("Falcon", "2022-12-10", [5, 5, 5, 5, 0]),
    ];
    let (app, kim) = with(&pasts).await;
    meddle(&app, "UPDATE squads SET archived_at = 1 WHERE slug = 'falcon'").await;
    meddle(
        &app,
        "UPDATE squads SET merged_into = (SELECT id FROM squads WHERE slug = 'heron') WHERE slug = 'old-birds'",
    )
    .await;
    let view = organisation(&kim, &[]).await;
    assert_eq!((names(&view), view.archived), (vec!["Heron"], 1));
    let heron = &view.rows[0];
    assert_eq!(heron.last_held.unwrap().to_string(), "2022-10-10", "what was merged counts with it");
    assert_eq!(heron.better[..4], [Some(-1); 4]);
    let all = organisation(&kim, &[("filter[archived]", "true")]).await;
    assert_eq!(names(&all), ["Falcon", "Heron"]);
    assert!(page(&kim, "/organisation").await.contains("Show archived squads"));
    let csv = page(&kim, "/squads/heron.csv?table=answers").await;
    assert_eq!(csv.lines().count(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn figures_are_for_people_who_are_signed_in() {
    let (app, kim) = with(&three()).await;
    let anybody = app.browser();
    assert_eq!(
        anybody.call::<LoadOrganisation>(&[("filter[tribe]", "")]).await.refusal(),
        "Sign in first."
    );
    for path in ["/squads/partner-tooling.csv?table=answers", "/organisation.csv?table=answers"] {
        let refused = anybody.get(path).send().await.unwrap();
        assert_eq!(
            (refused.status().as_u16(), refused.text().await.unwrap().as_str()),
            (401, "Sign in first.")
        );
    }
    assert!(!page(&anybody, "/organisation").await.contains("Partner Tooling"));
    for (path, sentence) in [
        (
            "/squads/nobody.csv?table=answers",
            "There is no squad at this address. Look for it among the checkpoints.",
        ),
        (
            "/squads/partner-tooling.csv",
            "There is no such table. The tables are answers, capabilities and flow.",
        ),
        (
            "/organisation.csv?table=votes",
            "There is no such table. The tables are answers, spread, focus, actions, capabilities and outside.",
        ),
        (
            "/squads/partner-tooling.csv?table=answers&edition=1999",
            "There is no edition “1999”.",
        ),
        ("/organisation.csv?table=answers&edition=1999", "There is no edition “1999”."),
    ] {
        let refused = kim.get(path).send().await.unwrap();
        assert_eq!((refused.status().as_u16(), refused.text().await.unwrap().as_str()), (404, sentence));
    }
    let account = [
        ("name", "Vic Ray"),
        ("email", "vic@example.org"),
        ("role", "viewer"),
        ("password", PASSWORD),
    ];
    kim.ask::<CreateAccount>(&account).await;
    let vic = app.browser();
    vic.sign_in("vic@example.org").await.result.unwrap();
    assert_eq!(names(&organisation(&vic, &[]).await), ["Partner Tooling"]);
    let twice = [("slug", "partner-tooling"), ("rhythm", "biannual")];
    let refusal = vic.call::<SetRhythm>(&twice).await.refusal();
    assert_eq!(refusal, "Your account does not allow this. Ask an administrator.");
    assert!(!page(&vic, "/squads/partner-tooling").await.contains("A checkpoint is held"));
    kim.ask::<SetRhythm>(&twice).await;
    let html = page(&kim, "/squads/partner-tooling").await;
    assert!(html.contains("Overdue: the next checkpoint was due by 10 Jul 2023, ") && html.contains("Meant to be held twice a year."));
}
