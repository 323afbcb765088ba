//! Capability focus: the ranking and its ties, the board's notes, and what the page says.

use crate::Outcome;
use crate::story::{ANA, BEN, CEM, FAY, OLA, Story};
use crate::survey::{BATCHES, begun, key};
use checkpoint::domain::command::Command;
use checkpoint::domain::focus::{Command as C, ranking, suggested};
use checkpoint::domain::ids::{NoteId, ParticipantId, WorkshopId};
use checkpoint::domain::page::Page;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::summary;
use checkpoint::domain::timeline::Moment;

const CULTURE: &str = "generative-organizational-culture";
const MONITORING: &str = "monitoring-and-observability";

impl Story {
    fn focus(&mut self, who: ParticipantId, command: C) -> Outcome {
        self.does(who, Command::Focus(command))
    }

    fn sets(&mut self, name: &str, why: &str) -> Outcome {
        let why = why.to_owned();
        self.focus(
            FAY,
            C::Set {
                capability: key(name),
                why,
            },
        )
    }

    fn notes(&mut self, who: ParticipantId, name: &str, text: &str) -> Outcome {
        let (capability, text) = (key(name), text.to_owned());
        self.focus(who, C::AddNote { capability, text })
    }

    /// Three people give these answers to every statement, each their own.
    pub(crate) fn surveyed(&mut self, name: &str, answers: [u8; 3]) {
        self.opens(name).unwrap();
        let items = self.state.surveys.get(&key(name)).unwrap().capability.items.len();
        for (who, n) in [ANA, BEN, CEM].into_iter().zip(answers) {
            self.fills_in(who, name, &vec![n; items]);
        }
        self.closes(name, 1).unwrap();
    }

    fn ranked(&self) -> Vec<(String, Option<f64>)> {
        ranking(&self.state)
            .into_iter()
            .map(|r| (r.capability.to_string(), r.score))
            .collect()
    }
}

fn elite() -> Story {
    let mut story = begun();
    story.agrees_on([6, 6, 5, 5]);
    story
}

#[test]
fn the_lowest_score_comes_first() {
    let mut story = elite();
    story.surveyed(CULTURE, [4, 4, 4]);
    story.surveyed(MONITORING, [3, 3, 3]);
    story.surveyed(BATCHES, [5, 4, 3]);
    let ranked = story.ranked();
    assert_eq!(ranked[0], (MONITORING.to_owned(), Some(50.0)));
    assert_eq!(suggested(&story.state), Some(key(MONITORING)));
    // 75 twice: culture is 10 below its level's 85, small batches are 8 below 83.
    assert_eq!(ranked[1], (CULTURE.to_owned(), Some(75.0)));
    assert_eq!(ranked[2], (BATCHES.to_owned(), Some(75.0)));
}

#[test]
fn a_tie_goes_to_the_one_further_below_its_mean() {
    for order in [
        [CULTURE, MONITORING, BATCHES],
        [BATCHES, MONITORING, CULTURE],
        [MONITORING, BATCHES, CULTURE],
    ] {
        let mut story = elite();
        story.chooses(&order).unwrap();
        for name in order {
            story.surveyed(name, [4, 4, 4]);
        }
        // Gaps of 10, 8 and 0 to the means of Elite: 85, 83 and 75.
        let names: Vec<String> = story.ranked().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, [CULTURE, BATCHES, MONITORING]);
    }
}

#[test]
fn without_a_level_the_mean_of_all_breaks_the_tie() {
    let mut story = begun();
    story.chooses(&["version-control", BATCHES, CULTURE]).unwrap();
    for name in ["version-control", BATCHES, CULTURE] {
        story.surveyed(name, [3, 3, 3]);
    }
    // All are at 50; the means of all are unknown, 61 and 77.
    let names: Vec<String> = story.ranked().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [CULTURE, BATCHES, "version-control"]);
}

#[test]
fn what_too_few_answered_comes_last_and_suggests_nothing() {
    let mut story = elite();
    story.opens(BATCHES).unwrap();
    story.fills_in(ANA, BATCHES, &[1, 1, 1]);
    story.closes(BATCHES, 1).unwrap();
    assert_eq!(suggested(&story.state), None);
    story.surveyed(CULTURE, [5, 5, 5]);
    assert_eq!(story.ranked(), [(CULTURE.to_owned(), Some(100.0)), (BATCHES.to_owned(), None)]);
    // The facilitator may still choose it.
    story.sets(BATCHES, "").unwrap();
}

#[test]
fn the_focus_is_confirmed_changed_and_taken_back_until_publishing() {
    let mut story = elite();
    assert_eq!(story.sets(MONITORING, ""), Err(Rejection::NotSurveyed));
    story.surveyed(MONITORING, [3, 3, 3]);
    story.surveyed(CULTURE, [4, 4, 4]);
    assert_eq!(story.focus(ANA, C::Undo), Err(Rejection::FacilitatorOnly));
    story.sets(MONITORING, " We find out late. ").unwrap();
    assert_eq!(story.sets(MONITORING, "We find out late."), Ok(vec![]));
    story.sets(CULTURE, "").unwrap();
    assert_eq!(story.state.focus.chosen.as_ref().unwrap().capability, key(CULTURE));
    story.focus(FAY, C::Undo).unwrap();
    assert_eq!(story.focus(FAY, C::Undo), Ok(vec![]));
    story.sets(MONITORING, "We find out late.").unwrap();
    let line = |moment: &Moment| matches!(moment, Moment::SurveyClosed { .. } | Moment::FocusSet(_) | Moment::FocusUndone);
    let moments = story.state.timeline.0.iter().filter(|entry| line(&entry.moment));
    let lines: Vec<String> = moments.map(|entry| entry.moment.sentence(&story.state)).collect();
    assert_eq!(
        lines,
        [
            "Monitoring and observability: survey closed, 3 people answered",
            "Generative organizational culture: survey closed, 3 people answered",
            "Focus: Monitoring and observability",
            "Focus: Generative organizational culture",
            "The focus was taken back",
            "Focus: Monitoring and observability",
        ]
    );
    story.does(FAY, Command::Summary(summary::Command::Publish)).unwrap();
    assert_eq!(story.focus(FAY, C::Undo), Err(Rejection::Published));
}

#[test]
fn anybody_notes_and_changes_their_own() {
    let mut story = elite();
    story.notes(ANA, MONITORING, "Alerts come late").unwrap();
    story.notes(OLA, MONITORING, "Two dashboards").unwrap();
    assert_eq!(story.notes(ANA, "juggling", "x"), Err(Rejection::NoSuchCapability));
    assert!(matches!(story.notes(ANA, MONITORING, " "), Err(Rejection::Text(_))));
    let ids: Vec<NoteId> = story.state.focus.under(&key(MONITORING)).map(|(id, _)| id).collect();
    let edit = |note: NoteId, text: &str| C::EditNote {
        note,
        text: text.to_owned(),
    };
    assert_eq!(story.focus(BEN, edit(ids[0], "Mine")), Err(Rejection::NotYourNote));
    assert_eq!(story.focus(BEN, C::RemoveNote(ids[0])), Err(Rejection::NotYourNote));
    story.focus(ANA, edit(ids[0], "Alerts come too late")).unwrap();
    assert_eq!(story.focus(ANA, edit(ids[0], "Alerts come too late")), Ok(vec![]));
    story.focus(FAY, C::RemoveNote(ids[1])).unwrap();
    assert_eq!(story.focus(OLA, C::RemoveNote(ids[1])), Ok(vec![]), "it is gone already");
    assert_eq!(story.focus(OLA, edit(ids[1], "Back")), Err(Rejection::NoSuchNote));
    let left: Vec<&str> = story.state.focus.notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!(left, ["Alerts come too late"]);
}

fn page(story: &Story) -> Page {
    Page::of(WorkshopId::new(uuid::Uuid::from_u128(9)), &story.state)
}

#[test]
fn the_page_holds_scores_notes_and_focus_and_no_names_beside_notes() {
    let mut story = elite();
    story.surveyed(MONITORING, [3, 2, 3]);
    story.surveyed(CULTURE, [4, 4, 4]);
    story.notes(ANA, MONITORING, "Alerts | come late").unwrap();
    story.sets(MONITORING, "We find out late.").unwrap();
    let page = page(&story);
    let titles: Vec<&str> = page.capabilities.iter().map(|c| c.title.as_str()).collect();
    assert_eq!(titles, ["Monitoring and observability", "Generative organizational culture"]);
    let first = &page.capabilities[0];
    assert_eq!(
        (first.mean, first.level_mean, first.people, first.items.len()),
        (Some(67), Some(75), 3, 6)
    );
    assert!((first.score.unwrap() - 41.667).abs() < 0.001);
    assert_eq!(
        first.sentence(),
        "Score 42 of 100, mean of all 67, mean of the level 75. 3 people answered. Statements after DORA’s questions of 2019."
    );
    assert_eq!(page.focus.as_ref().unwrap().title, "Monitoring and observability");
    let markdown = page.markdown();
    for part in [
        "The squad works on **Monitoring and observability** first.",
        "We find out late.",
        "### Generative organizational culture",
        "Score 75 of 100",
        "- Alerts \\| come late",
        "<https://dora.dev/capabilities/monitoring-and-observability/>",
        "| Information is actively sought. | ",
    ] {
        assert!(markdown.contains(part), "{part}: {markdown}");
    }
    let json = serde_json::to_string(&page).unwrap();
    assert_eq!(serde_json::from_str::<Page>(&json).unwrap(), page);
    assert!(!json.contains("\"by\""), "{json}");
}

#[test]
fn a_page_of_before_is_still_read() {
    let story = elite();
    let mut old = serde_json::to_value(page(&story)).unwrap();
    let fields = old.as_object_mut().unwrap();
    fields.remove("capabilities").unwrap();
    fields.remove("focus").unwrap();
    assert_eq!(serde_json::from_value::<Page>(old).unwrap(), page(&story));
}
