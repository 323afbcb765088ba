//! The run-sheet: what whoever leads may want to say and do in the present step, and in a rehearsal what the simulated members do
//! there and what was practised so far. The words are in `content/run-sheet.json`.
//!
//! The invariant: it is for those who lead and nobody else, so it is asked for and never part of what a room tells.

use super::rehearsals::MEMBERS;
use super::request::Request;
use super::simulated::{LATE, LOST, UNSURE};
use super::{markdown, planning};
use crate::api::ApiError;
use crate::domain::agenda::{Step, StepKind};
use crate::domain::parts::Phase;
use crate::domain::scene::Scope;
use crate::domain::workshop::Workshop;
use serde::Deserialize;
use std::sync::LazyLock;

/// All of it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RunSheet {
    /// Between two parts.
    pause: Words,
    steps: Vec<StepSheet>,
}

/// One step.
#[derive(Debug, Deserialize)]
struct StepSheet {
    step: StepKind,
    #[serde(flatten)]
    words: Words,
    practise: Option<Practice>,
}

#[derive(Debug, Default, Deserialize)]
struct Words {
    say: Vec<String>,
    #[serde(rename = "do")]
    acts: Vec<String>,
}

/// What the simulated members do in a step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Practice {
    /// To somebody who is about to handle it.
    now: String,
    /// To somebody who has.
    done: String,
}

static SHEET: LazyLock<RunSheet> = LazyLock::new(|| serde_json::from_str(include_str!("content/run-sheet.json")).unwrap_or_default());

/// The sheet of the present step as HTML, for somebody who leads.
pub async fn now(request: &Request, code: &str) -> Result<String, ApiError> {
    let workshop = planning::led(request, code).await?;
    Ok(markdown::to_html(&written(&workshop)))
}

/// The sheet of the present step as Markdown.
fn written(w: &Workshop) -> String {
    let Some(step) = w.agenda.step(w.agenda.current) else {
        return String::new();
    };
    let sheet = of(step.kind);
    let paused = w.agenda.phase() == Phase::Break;
    let mut parts = vec![];
    if !paused {
        parts.push(match step.minutes {
            1 => "1 minute is planned for this step.".to_owned(),
            minutes => format!("{minutes} minutes are planned for this step."),
        });
    }
    if let Some(words) = if paused {
        Some(&SHEET.pause)
    } else {
        sheet.map(|sheet| &sheet.words)
    } {
        parts.push(list("Say", &words.say));
        parts.push(list("Do", &words.acts));
    }
    if w.rehearsal {
        if let Some(practice) = sheet.and_then(|sheet| sheet.practise.as_ref()).filter(|_| !paused) {
            parts.push(format!("### Practise now\n\n{}", named(&practice.now)));
        }
        let held = w.agenda.steps.iter().filter(|step| was_held(w, step));
        let done: Vec<String> = held
            .filter_map(|step| Some(of(step.kind)?.practise.as_ref()?.done.clone()))
            .collect();
        if !done.is_empty() {
            parts.push(list("Practised so far", &done));
        }
    }
    parts.join("\n\n")
}

fn of(kind: StepKind) -> Option<&'static StepSheet> {
    SHEET.steps.iter().find(|sheet| sheet.step == kind)
}

fn list(title: &str, lines: &[String]) -> String {
    let lines: String = lines.iter().map(|line| format!("- {}\n", named(line))).collect();
    format!("### {title}\n\n{lines}")
}

/// The simulated members have names in a rehearsal.
fn named(line: &str) -> String {
    let who = [("{late}", MEMBERS[LATE]), ("{lost}", MEMBERS[LOST]), ("{unsure}", MEMBERS[UNSURE])];
    who.into_iter()
        .fold(line.to_owned(), |line, (place, name)| line.replace(place, name))
}

/// Whether what a step is for has happened in it.
fn was_held(w: &Workshop, step: &Step) -> bool {
    match step.kind {
        StepKind::Scene => w.scope != Scope::default(),
        StepKind::Vote(_) => w.votes.get(&step.id).is_some_and(|vote| vote.agreed.is_some()),
        StepKind::Maturity => w.level().is_some(),
        StepKind::Surveys => w.surveys.surveyed().next().is_some(),
        StepKind::Focus => w.focus.chosen.is_some(),
        StepKind::Flow => !w.flow.is_empty(),
        StepKind::Improvements => !w.improvements.stickies.is_empty(),
        StepKind::Dots => !w.dots.ranking().is_empty(),
        StepKind::Actions => w.actions.accepted().next().is_some(),
        StepKind::Summary => w.published(),
        StepKind::Feedback => w.agenda.current == step.id,
        StepKind::Welcome | StepKind::Since | StepKind::Talk => {
            w.agenda.timers.contains_key(&step.id) && w.agenda.place(step.id) < w.agenda.place(w.agenda.current)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agenda::default_steps;

    #[test]
    fn every_kind_of_step_has_words_for_who_leads() {
        for kind in default_steps(true).iter().map(|step| step.kind).chain([StepKind::Talk]) {
            let sheet = of(kind).unwrap();
            assert!(!sheet.words.say.is_empty() && !sheet.words.acts.is_empty(), "{kind:?}");
        }
        assert!(!SHEET.pause.say.is_empty());
    }

    #[test]
    fn each_step_of_a_rehearsal_has_something_to_practise_with_somebody_who_is_there() {
        let without = [StepKind::Since];
        for kind in default_steps(false)
            .iter()
            .map(|step| step.kind)
            .filter(|kind| !without.contains(kind))
        {
            let practice = of(kind).unwrap().practise.as_ref().unwrap();
            for text in [&practice.now, &practice.done] {
                assert!(!text.is_empty() && !named(text).contains(['{', '}']), "{text}");
            }
        }
        assert_eq!(named("{late}, {lost} and {unsure}"), "Emil, Chidi and Farah");
    }
}
