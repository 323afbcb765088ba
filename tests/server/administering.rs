//! Squads that get another name, are archived or merged; and who did it.

use crate::between;
use crate::browser::Browser;
use crate::story::{Story, go};
use checkpoint::api::actions::LoadSquad;
use checkpoint::api::admin::{
    ArchiveSquad, CreateSquad, CreateTribe, ListChanges, LoadAdmin, MergeSquads, RenameSquad, RenameTribe, SquadRow,
};
use checkpoint::api::checkpoints::LoadStartForm;
use checkpoint::api::past::ListCheckpoints;
use checkpoint::domain::command::Command;
use checkpoint::domain::{ids::StepId, summary};
use checkpoint::server::archive::{Archive, Which};

async fn squads(kim: &Browser) -> Vec<SquadRow> {
    kim.ask::<LoadAdmin>(&[]).await.squads
}

async fn id(kim: &Browser, name: &str) -> String {
    let found = squads(kim).await.into_iter().find(|squad| squad.name == name);
    found.unwrap().id.to_string()
}

async fn offered(kim: &Browser) -> Vec<String> {
    let form = kim.ask::<LoadStartForm>(&[]).await;
    form.squads.into_iter().map(|squad| squad.name).collect()
}

/// A published checkpoint of Partner Tooling, and the squad Falcon.
async fn published() -> Story {
    let mut story = Story::with(0).await;
    story.lead.act(go(StepId(4))).await.unwrap();
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    story.kim.ask::<CreateSquad>(&[("name", "Falcon")]).await;
    story
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_squad_keeps_its_past_under_another_name() {
    let story = published().await;
    let kim = &story.kim;
    let partner = id(kim, "Partner Tooling").await;
    let rename = async |name: &str| kim.call::<RenameSquad>(&[("squad", &partner), ("name", name)]).await;
    assert_eq!(rename("falcon").await.refusal(), "There is a squad named falcon already.");
    assert_eq!(rename(" ").await.refusal(), "The squad's name is empty. Please type something.");
    rename("Tooling").await.result.unwrap();
    let rows = kim.ask::<ListCheckpoints>(&[("filter[page]", "1")]).await.rows;
    assert_eq!(
        (rows[0].card.squad.as_str(), rows[0].card.slug.as_str()),
        ("Tooling", "partner-tooling")
    );
    let page = between::page(kim, &format!("/checkpoints/{}", rows[0].card.id)).await;
    assert!(page.contains("Partner Tooling"), "what is published keeps its words");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_archived_squad_is_not_offered_and_comes_back() {
    let story = published().await;
    let kim = &story.kim;
    let falcon = id(kim, "Falcon").await;
    kim.ask::<ArchiveSquad>(&[("squad", &falcon), ("archived", "on")]).await;
    assert_eq!(offered(kim).await, ["Partner Tooling"]);
    assert!(squads(kim).await.iter().any(|squad| squad.name == "Falcon" && squad.archived));
    // What it published is still listed.
    let partner = id(kim, "Partner Tooling").await;
    kim.ask::<ArchiveSquad>(&[("squad", &partner), ("archived", "on")]).await;
    let listed = kim
        .ask::<ListCheckpoints>(&[("filter[squad]", "partner-tooling"), ("filter[page]", "1")])
        .await;
    assert_eq!((listed.total, listed.remarks), (1, vec![]));
    assert!(
        listed.squads.iter().any(|squad| squad.slug == "partner-tooling"),
        "the form shows it"
    );
    kim.ask::<ArchiveSquad>(&[("squad", &partner)]).await;
    // It comes back by hand, or with a checkpoint of its own.
    kim.ask::<ArchiveSquad>(&[("squad", &falcon)]).await;
    assert_eq!(offered(kim).await, ["Falcon", "Partner Tooling"]);
    kim.ask::<ArchiveSquad>(&[("squad", &falcon), ("archived", "on")]).await;
    kim.start_checkpoint(&[("form[squad]", "Falcon")]).await;
    assert_eq!(offered(kim).await, ["Falcon", "Partner Tooling"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_merged_squad_answers_with_the_other() {
    let story = published().await;
    let kim = &story.kim;
    let (partner, falcon) = (id(kim, "Partner Tooling").await, id(kim, "Falcon").await);
    let choose = "Choose the squad that takes over from the list.";
    for into in ["", "x", &partner] {
        let answer = kim.call::<MergeSquads>(&[("squad", &partner), ("into", into)]).await;
        assert_eq!(answer.refusal(), choose, "{into}");
    }
    kim.ask::<MergeSquads>(&[("squad", &partner), ("into", &falcon)]).await;
    let form = [("slug", "partner-tooling"), ("closed", "false"), ("link", "")];
    let page = kim.ask::<LoadSquad>(&form).await;
    assert_eq!((page.name.as_str(), page.past.len()), ("Falcon", 1), "the old address leads on");
    let listed = kim
        .ask::<ListCheckpoints>(&[("filter[squad]", "partner-tooling"), ("filter[page]", "1")])
        .await;
    assert_eq!((listed.total, listed.remarks, listed.squads.len()), (1, vec![], 1));
    for squad in ["partner-tooling", "Partner TOOLING", "falcon"] {
        let which = Which {
            squad: Some(squad.to_owned()),
            ..Which::default()
        };
        assert!(!Archive::of(&story.app.state.db, &which).await.unwrap().is_empty(), "{squad}");
    }
    let again = kim.call::<MergeSquads>(&[("squad", &partner), ("into", &falcon)]).await;
    assert_eq!(again.refusal(), "This squad does not exist any more.");
    // Whoever types the old name starts a checkpoint of the squad that took over.
    let code = kim.start_checkpoint(&[("form[held_on]", "2023-04-11")]).await;
    let room = checkpoint::server::auth::room(&story.app.state, &code).await.unwrap().unwrap();
    let row = checkpoint::server::store::workshops::by_id(&story.app.state.db, room.id())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.squad_name, "Falcon");
    assert_eq!(squads(kim).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_changed_what_is_kept() {
    let story = published().await;
    let kim = &story.kim;
    kim.ask::<CreateTribe>(&[("name", "Partners")]).await;
    let tribe = kim.ask::<LoadAdmin>(&[]).await.tribes[0].id.to_string();
    kim.ask::<RenameTribe>(&[("tribe", &tribe), ("name", "Allies")]).await;
    let refused = kim.call::<RenameTribe>(&[("tribe", &tribe), ("name", "")]).await;
    assert!(refused.result.is_err());
    let view = kim.ask::<ListChanges>(&[("page", "1")]).await;
    let said: Vec<&str> = view.lines.iter().map(|line| line.what.as_str()).collect();
    let changes = [
        "Renamed the tribe Partners to Allies",
        "Created the tribe Partners",
        "Created the squad Falcon",
    ];
    assert_eq!(said, changes, "the newest first, and nothing that was refused");
    assert!(view.lines.iter().all(|line| line.who == "Kim Ito" && line.at.0 > 0));
    let page = between::page(kim, "/admin/changes").await;
    assert!(page.contains("Renamed the tribe Partners to Allies"));
}
