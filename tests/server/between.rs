//! Actions between checkpoints: what the lists show, who may say how far one is, and the link for members without an account.

use crate::app::{Place, TestApp};
use crate::browser::{Answer, Browser, PASSWORD};
use crate::screen::Screen;
use crate::story::{Story, go};
use checkpoint::api::actions::{ActionsView, ChangeAction, Line, ListActions, LoadSquad, MakeLink, NameOutside, RevokeLink};
use checkpoint::api::admin::CreateAccount;
use checkpoint::api::checkpoints::LoadHome;
use checkpoint::domain::action::{Action, Status};
use checkpoint::domain::actions::{self, Draft};
use checkpoint::domain::agenda::StepKind;
use checkpoint::domain::command::Command;
use checkpoint::domain::ids::ActionId;
use checkpoint::domain::{improve, plan, since, summary};
use sqlx::Connection;

pub(crate) const SLUG: &str = "partner-tooling";
const NOT_ALLOWED: &str = "Your account does not allow this. Ask an administrator.";

async fn act(screen: &mut Screen, command: Command) {
    screen.act(command).await.unwrap();
}

pub(crate) fn draft(title: &str, owner: &str, due: &str) -> Draft {
    Draft {
        title: title.to_owned(),
        owner: owner.to_owned(),
        due: due.to_owned(),
        ..Draft::default()
    }
}

pub(crate) async fn propose(screen: &mut Screen, draft: Draft) -> ActionId {
    act(screen, Command::Actions(actions::Command::Propose(draft))).await;
    screen.state.actions.0.last().unwrap().id
}

/// A checkpoint whose agenda has the step in which actions are decided.
pub(crate) async fn deciding(lead: &mut Screen) {
    if lead.state.agenda.steps.iter().all(|step| step.kind != StepKind::Actions) {
        let (kind, title) = (StepKind::Actions, String::new());
        act(lead, Command::Plan(plan::Command::Add { kind, title })).await;
    }
    let step = lead
        .state
        .agenda
        .steps
        .iter()
        .find(|step| step.kind == StepKind::Actions)
        .unwrap()
        .id;
    if lead.state.agenda.current != step {
        act(lead, go(step)).await;
    }
}

/// Two actions were decided: one is Kim's and late, one is nobody's and needs help.
pub(crate) async fn decided() -> Story {
    let mut story = Story::with(0).await;
    deciding(&mut story.lead).await;
    propose(&mut story.lead, draft("Split the pipeline", "kim  ITO", "2023-02-01")).await;
    let help = Draft {
        outside: true,
        tracker: "https://tracker.example/A-1".to_owned(),
        ..draft("Test data on demand", "", "")
    };
    propose(&mut story.lead, help).await;
    story
}

pub(crate) async fn list(browser: &Browser, filter: &[(&str, &str)]) -> ActionsView {
    let mut form = vec![("filter[page]", "1")];
    form.extend(filter);
    browser.ask::<ListActions>(&form).await
}

fn titles(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.action.title.as_str()).collect()
}

/// Says how far an action is.
pub(crate) async fn say(browser: &Browser, line: &Line, status: &str, more: &[(&str, &str)]) -> Answer<()> {
    let (workshop, number, seen) = (line.workshop.to_string(), line.number.to_string(), line.version.to_string());
    let mut form = vec![
        ("said[workshop]", workshop.as_str()),
        ("said[number]", &number),
        ("said[seen]", &seen),
        ("said[status]", status),
    ];
    form.extend(more);
    browser.call::<ChangeAction>(&form).await
}

pub(crate) async fn signed_in(story: &Story, email: &str, role: &str) -> Browser {
    let account = [("name", "Vic Ray"), ("email", email), ("role", role), ("password", PASSWORD)];
    story.kim.ask::<CreateAccount>(&account).await;
    let browser = story.app.browser();
    browser.sign_in(email).await.result.unwrap();
    browser
}

pub(crate) async fn page(browser: &Browser, path: &str) -> String {
    browser.get(path).send().await.unwrap().text().await.unwrap()
}

/// Changes the database as nobody can through the server.
pub(crate) async fn meddle(app: &TestApp, sql: &'static str) {
    let Place::Sqlite(folder) = &app.place else {
        unreachable!("these stories are on SQLite")
    };
    let url = format!("sqlite:{}/checkpoint.db", folder.path().display());
    let mut db = sqlx::SqliteConnection::connect(&url).await.unwrap();
    assert!(sqlx::query(sql).execute(&mut db).await.unwrap().rows_affected() > 0);
    db.close().await.unwrap();
}

/// What stands to be settled, by its number.
fn carried(screen: &Screen) -> Vec<(ActionId, Action)> {
    let items = screen.state.since.0.iter();
    items.map(|(id, item)| (*id, item.action.clone())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_decided_is_listed_as_it_stands() {
    let mut story = decided().await;
    let kim = story.kim.clone();
    let all = list(&kim, &[]).await;
    assert_eq!(
        titles(&all.lines),
        ["Split the pipeline", "Test data on demand"],
        "also before it is published"
    );
    assert!(all.lines[0].overdue.is_some_and(|days| days > 300) && all.lines[1].overdue.is_none());
    assert_eq!((all.total, all.lines[0].slug.as_str()), (2, SLUG));
    assert_eq!(titles(&list(&kim, &[("filter[who]", "mine")]).await.lines), ["Split the pipeline"]);
    assert_eq!(list(&kim, &[("filter[due]", "overdue")]).await.total, 1);
    assert_eq!(list(&kim, &[("filter[squad]", "nobody")]).await.total, 0);
    assert_eq!(list(&kim, &[("filter[state]", "closed")]).await.total, 0);
    assert_eq!(kim.ask::<LoadHome>(&[]).await.my_actions, 1);
    // Written anew and taken away in the room, also after a restart: said once.
    let lead = &mut story.lead;
    let ids: Vec<ActionId> = lead.state.actions.0.iter().map(|entry| entry.id).collect();
    let anew = actions::Command::Edit {
        action: ids[0],
        seen: None,
        draft: draft("Split it in two", "Ana", ""),
    };
    act(lead, Command::Actions(anew)).await;
    act(lead, Command::Actions(actions::Command::Remove(ids[1]))).await;
    assert_eq!(titles(&list(&kim, &[]).await.lines), ["Split it in two"]);
    say(&kim, &list(&kim, &[]).await.lines[0], "in_progress", &[]).await.result.unwrap();
    story.app.restart().await;
    let mut lead = Screen::enter(&kim, &story.code).await;
    propose(&mut lead, draft("Another", "", "")).await;
    act(&mut lead, Command::Summary(summary::Command::Publish)).await;
    let lines = list(&kim, &[]).await.lines;
    assert_eq!(titles(&lines), ["Split it in two", "Another"]);
    assert_eq!(
        (lines[0].action.status, lines[0].changes.len()),
        (Status::InProgress, 1),
        "what was changed stays"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn facilitators_change_actions_and_viewers_read_them() {
    let story = decided().await;
    let (kim, vic, anybody) = (
        &story.kim,
        signed_in(&story, "vic@example.org", "viewer").await,
        story.app.browser(),
    );
    let line = list(&vic, &[]).await.lines.remove(0);
    assert_eq!(say(&vic, &line, "done", &[]).await.refusal(), NOT_ALLOWED);
    assert_eq!(say(&anybody, &line, "done", &[]).await.refusal(), "Sign in first.");
    assert_eq!(
        anybody.call::<ListActions>(&[("filter[page]", "1")]).await.refusal(),
        "Sign in first."
    );
    let door = anybody.get("/actions?who=mine").header("accept", "text/html").send().await.unwrap();
    assert_eq!(
        (door.status().as_u16(), &door.headers()["location"]),
        (302, &"/sign-in?next=%2Factions%3Fwho%3Dmine".parse().unwrap())
    );
    let squad = [("slug", SLUG), ("closed", "false"), ("link", "")];
    assert_eq!(anybody.call::<LoadSquad>(&squad).await.refusal(), "Sign in first.");
    for answer in [
        vic.call::<MakeLink>(&[("slug", SLUG)]).await.refusal(),
        vic.call::<RevokeLink>(&[("slug", SLUG)]).await.refusal(),
        vic.call::<NameOutside>(&[("slug", SLUG)]).await.refusal(),
    ] {
        assert_eq!(answer, NOT_ALLOWED);
    }
    let html = page(&vic, "/actions").await;
    assert!(
        html.contains("Your account reads actions") && !html.contains("said[status]"),
        "{html}"
    );

    say(kim, &line, "done", &[("said[note]", "All <b>of</b> it")]).await.result.unwrap();
    assert_eq!(titles(&list(kim, &[]).await.lines), ["Test data on demand"]);
    let done = list(kim, &[("filter[state]", "closed")]).await.lines.remove(0);
    assert_eq!((done.action.status, done.action.why.as_str()), (Status::Done, "All <b>of</b> it"));
    let change = &done.changes[0];
    assert_eq!(
        (change.who.as_str(), change.from, change.to),
        ("Kim Ito", Status::NotStarted, Status::Done)
    );
    let html = page(kim, "/actions?state=closed").await;
    assert!(
        html.contains("All &lt;b&gt;of&lt;/b&gt; it") && html.contains("From “Not started” to “Done”"),
        "{html}"
    );
    // Bad input.
    let long = "x".repeat(501);
    let refused = say(kim, &done, "done", &[("said[note]", &long)]).await;
    assert_eq!(
        (refused.status, refused.refusal().as_str()),
        (409, "The note is too long: at most 500 characters, please.")
    );
    assert_eq!(say(kim, &done, "finished", &[]).await.status, 422);
    let gone = Line {
        number: ActionId(77),
        ..done
    };
    assert_eq!(say(kim, &gone, "done", &[]).await.refusal(), "This action does not exist any more.");
    assert_eq!(kim.get("/squads/nobody").send().await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_people_who_disagree_hear_of_each_other() {
    let story = decided().await;
    let (kim, fay) = (&story.kim, signed_in(&story, "fay@example.org", "facilitator").await);
    let line = list(kim, &[]).await.lines.remove(0);
    say(&fay, &line, "in_progress", &[("said[note]", "Half of it")])
        .await
        .result
        .unwrap();
    let refused = say(kim, &line, "dropped", &[("said[note]", "Not worth it")]).await;
    assert_eq!(
        refused.refusal(),
        "Vic Ray set this to “In progress” with the note “Half of it” since you opened this page; save again if what you typed should stand instead."
    );
    // Without script the sentence, and what was typed, come back in the page.
    let form = [
        ("said[workshop]", line.workshop.to_string()),
        ("said[number]", line.number.to_string()),
        ("said[seen]", "0".to_owned()),
        ("said[status]", "dropped".to_owned()),
        ("said[note]", "Not worth it".to_owned()),
    ];
    let post = kim
        .post(<ChangeAction as leptos::server_fn::ServerFn>::PATH)
        .header("accept", "text/html");
    let answer = post
        .header("referer", kim.url("/actions?who=mine"))
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 302);
    let back = answer.headers()["location"].to_str().unwrap().to_owned();
    let html = page(kim, back.strip_prefix(&kim.url("")).unwrap_or(&back)).await;
    assert!(
        html.contains("Vic Ray set this to “In progress”") && html.contains("value=\"Not worth it\""),
        "{html}"
    );
    assert!(html.contains("value=\"dropped\" selected"), "{html}");

    // Whoever has read it may insist.
    let line = list(kim, &[]).await.lines.remove(0);
    say(kim, &line, "dropped", &[("said[note]", "Not worth it")]).await.result.unwrap();
    let lines = list(kim, &[("filter[state]", "closed")]).await.lines;
    let told: Vec<_> = lines[0].changes.iter().map(|change| (change.who.as_str(), change.to)).collect();
    assert_eq!(
        told,
        [("Kim Ito", Status::Dropped), ("Vic Ray", Status::InProgress)],
        "nothing is lost"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_next_checkpoint_begins_with_what_was_changed_and_settles_it() {
    let mut story = decided().await;
    act(&mut story.lead, Command::Summary(summary::Command::Publish)).await;
    let kim = story.kim.clone();
    let planned = kim.start_checkpoint(&[("form[held_on]", "2023-04-11")]).await;
    let mut next = Screen::enter(&kim, &planned).await;
    let open = carried(&next);
    assert_eq!(open.len(), 2);
    let (first, action) = &open[0];
    assert_eq!((action.title.as_str(), action.age), ("Split the pipeline", 1));
    assert_eq!(action.opened_on.unwrap().to_string(), "2023-01-10");
    let origin = action.origin.unwrap();
    let line = list(&kim, &[]).await.lines.remove(0);
    assert_eq!((origin.workshop, origin.action), (line.workshop, line.number));

    let (status, why) = (Status::InProgress, "Waits for the vault".to_owned());
    let settle = since::Command::Settle {
        action: *first,
        status,
        why,
    };
    act(&mut next, Command::Since(settle)).await;
    let add = since::Command::Add {
        title: "Decided in the hall".to_owned(),
        owner: String::new(),
        due: String::new(),
        expects: None,
    };
    act(&mut next, Command::Since(add)).await;
    let lines = list(&kim, &[]).await.lines;
    assert_eq!(titles(&lines), ["Split the pipeline", "Decided in the hall", "Test data on demand"]);
    assert_eq!(
        (lines[0].action.status, lines[0].action.why.as_str()),
        (Status::InProgress, "Waits for the vault")
    );
    assert_eq!((lines[0].workshop, lines[0].action.age), (line.workshop, 1));
    let change = &lines[0].changes[0];
    assert_eq!(change.who, "Kim Ito");
    assert_eq!(
        change.place,
        checkpoint::api::actions::Place::Checkpoint("2023-04-11".parse().unwrap())
    );
    // A restart says nothing twice.
    story.app.restart().await;
    let mut next = Screen::enter(&kim, &planned).await;
    act(&mut next, Command::Summary(summary::Command::Publish)).await;
    let lines = list(&kim, &[]).await.lines;
    assert_eq!((lines.len(), lines[0].changes.len(), lines[1].changes.len()), (3, 1, 0));

    // What is done between checkpoints does not come up; the rest is older, and keeps its own.
    say(&kim, &lines[2], "done", &[]).await.result.unwrap();
    let last = kim.start_checkpoint(&[("form[held_on]", "2023-07-11")]).await;
    let last = carried(&Screen::enter(&kim, &last).await);
    let told: Vec<_> = last
        .iter()
        .map(|(_, action)| (action.title.as_str(), action.age, action.status))
        .collect();
    assert_eq!(
        told,
        [
            ("Decided in the hall", 2, Status::NotStarted),
            ("Split the pipeline", 2, Status::InProgress)
        ]
    );
    assert_eq!(last[1].1.origin, Some(origin));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_squads_need_from_outside_is_gathered_without_their_names() {
    let story = decided().await;
    let kim = &story.kim;
    for (squad, words) in [("Falcon", "test data  ON demand"), ("Heron", "A quieter firewall")] {
        let code = kim.start_checkpoint(&[("form[squad]", squad)]).await;
        let mut lead = Screen::enter(kim, &code).await;
        deciding(&mut lead).await;
        let help = Draft {
            outside: true,
            ..draft(words, "", "")
        };
        propose(&mut lead, help).await;
    }
    // Improvements of the last page that are marked are needs too, until an action is made of one.
    let heron = kim
        .start_checkpoint(&[("form[squad]", "Heron"), ("form[held_on]", "2023-04-11")])
        .await;
    let mut lead = Screen::enter(kim, &heron).await;
    deciding(&mut lead).await;
    for words in ["Licences for all", "A faster network", "Nobody else can help"] {
        let (kind, text) = (improve::Kind::Improvement, words.to_owned());
        act(&mut lead, Command::Improve(improve::Command::Add { kind, text, on: None })).await;
        if words != "Nobody else can help" {
            let sticky = *lead.state.improvements.stickies.keys().next_back().unwrap();
            let needed = improve::Command::Change(sticky, improve::Change::Outside(true));
            act(&mut lead, Command::Improve(needed)).await;
        }
    }
    let taken_on = Draft {
        item: lead.state.improvements.items().get(1).copied(),
        ..draft("Measure the network first", "", "")
    };
    propose(&mut lead, taken_on).await;
    assert!(
        !page(kim, "/actions?outside").await.contains("Licences"),
        "not before it is published"
    );
    act(&mut lead, Command::Summary(summary::Command::Publish)).await;
    let html = page(kim, "/actions?outside").await;
    assert!(html.contains("Licences for all") && !html.contains("A faster network"), "{html}");
    assert!(!html.contains("Nobody else"), "{html}");
    assert!(
        html.contains("2 squads say the same") && html.contains("A quieter firewall"),
        "{html}"
    );
    for name in ["Falcon", "Heron", "Partner Tooling"] {
        assert!(!html.contains(name), "{name} in {html}");
    }
    // Over all squads the mark would name one, too.
    assert!(list(kim, &[]).await.lines.iter().all(|line| !line.action.outside));
    kim.ask::<NameOutside>(&[("slug", "falcon"), ("named", "true")]).await;
    let html = page(kim, "/actions?outside").await;
    assert!(html.contains("Named: Falcon") && !html.contains("Heron"), "{html}");
    assert_eq!(list(kim, &[]).await.lines.iter().filter(|line| line.action.outside).count(), 1);
    let squad = [("slug", SLUG), ("closed", "false"), ("link", "")];
    let own = kim.ask::<LoadSquad>(&squad).await;
    assert!(
        own.lines.iter().any(|line| line.action.outside) && !own.named,
        "the squad itself knows"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn actions_of_a_page_from_before_there_were_rows_get_one_in_the_next_checkpoint() {
    let mut story = decided().await;
    act(&mut story.lead, Command::Summary(summary::Command::Publish)).await;
    meddle(&story.app, "DELETE FROM actions").await;
    let kim = &story.kim;
    let next = kim.start_checkpoint(&[("form[held_on]", "2023-04-11")]).await;
    let mut next = Screen::enter(kim, &next).await;
    let open = carried(&next);
    assert_eq!(open.len(), 2);
    assert!(open.iter().all(|(_, action)| action.origin.is_none() && action.age == 1));
    assert_eq!(list(kim, &[]).await.total, 2);
    let (status, why) = (Status::Done, String::new());
    let settle = since::Command::Settle {
        action: open[0].0,
        status,
        why,
    };
    act(&mut next, Command::Since(settle)).await;
    let done = list(kim, &[("filter[state]", "closed")]).await.lines;
    assert_eq!((titles(&done), done[0].changes.len()), (vec!["Split the pipeline"], 1));
    act(&mut next, Command::Summary(summary::Command::Publish)).await;
    let last = kim.start_checkpoint(&[("form[held_on]", "2023-07-11")]).await;
    let last = carried(&Screen::enter(kim, &last).await);
    assert_eq!((last.len(), last[0].1.title.as_str(), last[0].1.age), (1, "Test data on demand", 2));
    assert!(last[0].1.origin.is_some(), "from now on it has one");
}
