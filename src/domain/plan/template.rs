//! Agendas to begin with: those that come with the product, and those an organisation keeps.

use super::edit::{in_order, named};
use super::{MOST_STEPS, SESSION_MINUTES, STEP_MINUTES};
use crate::domain::agenda::{Step, StepKind, default_steps};
use crate::domain::ids::StepId;
use crate::domain::metric::Metric;
use crate::domain::rejection::Rejection;
use serde::{Deserialize, Serialize};

/// A step of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// What happens in it.
    pub kind: StepKind,
    /// Its minutes.
    pub minutes: u32,
    /// Its name; empty for the kind's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Part one ends after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub break_after: bool,
}

/// An agenda to begin with. It comes from people, so [`laid`] is the only way to steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The minutes there are.
    pub minutes: u32,
    /// The steps in order.
    pub steps: Vec<Outline>,
}

impl Template {
    /// The template that an agenda would be.
    #[must_use]
    pub fn of(steps: &[Step], minutes: u32) -> Self {
        let outline = |step: &Step| Outline {
            kind: step.kind,
            minutes: step.minutes,
            title: step.title.as_ref().map(ToString::to_string).unwrap_or_default(),
            break_after: step.break_after,
        };
        Self {
            minutes,
            steps: steps.iter().map(outline).collect(),
        }
    }

    /// The same with the fifth question, where it is wanted and missing.
    #[must_use]
    pub fn with_rework(mut self) -> Self {
        let kind = StepKind::Vote(Metric::DeploymentRework);
        let last_vote = self.steps.iter().rposition(|s| matches!(s.kind, StepKind::Vote(_)));
        if self.steps.iter().all(|s| s.kind != kind) {
            let fifth = Outline {
                kind,
                minutes: kind.minutes(),
                title: String::new(),
                break_after: false,
            };
            self.steps.insert(last_vote.map_or(0, |place| place + 1), fifth);
        }
        self
    }
}

/// The steps of a template, numbered from `first` on; refused when no agenda may look like this.
pub fn laid(template: &Template, first: StepId) -> Result<Vec<Step>, Rejection> {
    let outlines = &template.steps;
    if outlines.is_empty() {
        return Err(Rejection::LastStep);
    }
    if outlines.len() > MOST_STEPS {
        return Err(Rejection::TooManySteps);
    }
    if !SESSION_MINUTES.contains(&template.minutes) {
        return Err(Rejection::SessionMinutes);
    }
    if outlines.iter().any(|o| !STEP_MINUTES.contains(&o.minutes)) {
        return Err(Rejection::StepMinutes);
    }
    let twice = |(place, o): (usize, &Outline)| o.kind != StepKind::Talk && outlines.iter().skip(place + 1).any(|b| b.kind == o.kind);
    if outlines.iter().enumerate().any(twice) {
        return Err(Rejection::StepThere);
    }
    let breaks = outlines.iter().filter(|o| o.break_after).count();
    if breaks > 1 || outlines.last().is_some_and(|o| o.break_after) {
        return Err(Rejection::BreakAtEnd);
    }
    let step = |(id, o): (u32, &Outline)| {
        Ok(Step {
            minutes: o.minutes,
            title: named(o.kind, &o.title)?,
            break_after: o.break_after,
            ..Step::new(StepId(id), o.kind)
        })
    };
    let steps: Vec<Step> = (first.0..).zip(outlines).map(step).collect::<Result<_, Rejection>>()?;
    in_order(&steps)?;
    Ok(steps)
}

/// A template that comes with the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    /// Everything in one meeting.
    TwoHours,
    /// Everything in two meetings of an hour.
    TwoParts,
    /// The votes and what they say.
    OneHour,
}

impl BuiltIn {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::TwoHours, Self::TwoParts, Self::OneHour];

    /// Its word in forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TwoHours => "two-hours",
            Self::TwoParts => "two-parts",
            Self::OneHour => "one-hour",
        }
    }

    /// Its name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TwoHours => "Two hours",
            Self::TwoParts => "Two parts of one hour",
            Self::OneHour => "One hour, short form",
        }
    }

    /// The agenda.
    #[must_use]
    pub fn template(self) -> Template {
        let mut steps = default_steps(false);
        match self {
            Self::TwoHours => Template::of(&steps, 120),
            Self::TwoParts => {
                // Part one ends with the result; what to do about it is for part two.
                let result = |step: &&mut Step| step.kind == StepKind::Maturity;
                if let Some(step) = steps.iter_mut().find(result) {
                    step.break_after = true;
                }
                Template::of(&steps, 120)
            }
            Self::OneHour => {
                let short = |kind| {
                    matches!(
                        kind,
                        StepKind::Welcome | StepKind::Scene | StepKind::Vote(_) | StepKind::Maturity | StepKind::Summary
                    )
                };
                steps.retain(|step| short(step.kind));
                Template::of(&steps, 60)
            }
        }
    }
}

impl Default for Template {
    fn default() -> Self {
        BuiltIn::TwoHours.template()
    }
}
