//! Actions of checkpoints that were held elsewhere, in whatever order these come.

use crate::app::Place;
use crate::between::{decided, list, say};
use crate::browser::Browser;
use crate::importing::{changed, empty, export, import, publish};
use crate::screen::Screen;
use checkpoint::domain::action::Status;
use checkpoint::domain::command::Command;
use checkpoint::domain::since;
use serde_json::{Value, json};

/// Two actions were decided, and looked at in two checkpoints that followed: a file for each of the three.
async fn three_in_a_row() -> Vec<String> {
    let mut story = decided().await;
    publish(&mut story.lead).await;
    for (day, said) in [
        ("2023-04-11", [Status::InProgress; 2]),
        ("2023-07-11", [Status::Done, Status::InProgress]),
    ] {
        let code = story.kim.start_checkpoint(&[("form[held_on]", day)]).await;
        let mut lead = Screen::enter(&story.kim, &code).await;
        let open: Vec<_> = lead.state.since.0.keys().copied().collect();
        for (action, status) in open.into_iter().zip(said) {
            let why = day.to_owned();
            lead.act(Command::Since(since::Command::Settle { action, status, why }))
                .await
                .unwrap();
        }
        publish(&mut lead).await;
    }
    let all: Value = serde_json::from_str(&export(&story.app).await).unwrap();
    all["checkpoints"].as_array().unwrap().iter().map(Value::to_string).collect()
}

/// The squad's actions: what each is, how far, and the note.
async fn stand(kim: &Browser) -> Vec<(String, Status, String)> {
    let mut lines = list(kim, &[]).await.lines;
    lines.extend(list(kim, &[("filter[state]", "closed")]).await.lines);
    let mut all: Vec<_> = lines
        .into_iter()
        .map(|line| (line.action.title.to_string(), line.action.status, line.action.why.to_string()))
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_action_stands_once_in_whatever_order_its_checkpoints_come() {
    let files = three_in_a_row().await;
    let expected = [
        ("Split the pipeline", Status::Done, "2023-07-11"),
        ("Test data on demand", Status::InProgress, "2023-07-11"),
    ]
    .map(|(title, status, why)| (title.to_owned(), status, why.to_owned()));
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1], [1, 0, 2]] {
        let (app, kim) = empty(Place::sqlite()).await;
        for file in order {
            assert_eq!(import(&app, &[&files[file]], true).await.refused, []);
        }
        assert_eq!(stand(&kim).await, expected, "one after the other: {order:?}");
        let (app, kim) = empty(Place::sqlite()).await;
        assert_eq!(import(&app, &order.map(|file| files[file].as_str()), true).await.refused, []);
        assert_eq!(stand(&kim).await, expected, "together: {order:?}");
    }
    // What was said on a page before the rest came is the newest word.
    let (app, kim) = empty(Place::sqlite()).await;
    import(&app, &[&files[2]], true).await;
    let open = list(&kim, &[]).await.lines;
    say(&kim, &open[0], "dropped", &[("said[note]", "Not needed")])
        .await
        .result
        .unwrap();
    import(&app, &[&files[0], &files[1]], true).await;
    let dropped = ("Test data on demand".to_owned(), Status::Dropped, "Not needed".to_owned());
    assert_eq!(stand(&kim).await, [expected[0].clone(), dropped]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_corrected_page_corrects_its_actions() {
    let files = three_in_a_row().await;
    let corrected = |file: usize, change: &dyn Fn(&mut Value)| {
        changed(&serde_json::from_str(&files[file]).unwrap(), |page| {
            page["revision"] = json!(2);
            page["published_at"] = json!(page["published_at"].as_i64().unwrap() + 1_000_000);
            change(page);
        })
    };
    let line = |title: &str, status: Status, why: &str| (title.to_owned(), status, why.to_owned());
    // The checkpoint that decided them is not here: these are rows of the page itself.
    let (app, kim) = empty(Place::sqlite()).await;
    import(&app, &[&files[1]], true).await;
    let shorter = corrected(1, &|page| {
        page["actions"].as_array_mut().unwrap().remove(0);
        assert_eq!(page["actions"][0]["number"], json!(2), "it keeps its row");
        page["actions"][0]["status"] = json!("done");
        page["actions"][0]["why"] = json!("It is there");
    });
    assert_eq!(import(&app, &[&shorter], true).await.refused, []);
    assert_eq!(stand(&kim).await, [line("Test data on demand", Status::Done, "It is there")]);
    // What a later checkpoint found stands, although an earlier page was corrected since.
    let expected = [
        line("Split the pipeline", Status::Done, "2023-07-11"),
        line("Test data on demand", Status::InProgress, "2023-07-11"),
    ];
    let dropped = corrected(1, &|page| page["actions"][1]["status"] = json!("dropped"));
    for all in [&files[..], &files[1..]] {
        let (app, kim) = empty(Place::sqlite()).await;
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        import(&app, &all, true).await;
        import(&app, &[&dropped], true).await;
        assert_eq!(stand(&kim).await, expected);
        let (app, kim) = empty(Place::sqlite()).await;
        import(&app, &[&all[..], &[&dropped]].concat(), true).await;
        assert_eq!(stand(&kim).await, expected);
    }
    // What was decided, and then taken from the page.
    let (app, kim) = empty(Place::sqlite()).await;
    import(&app, &[&files[0]], true).await;
    let fewer = corrected(0, &|page| drop(page["decided"].as_array_mut().unwrap().remove(0)));
    import(&app, &[&fewer], true).await;
    assert_eq!(stand(&kim).await.len(), 1);
}
