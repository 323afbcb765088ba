//! How often a squad meets, and when it meets again.

use crate::api::trends::SetRhythm;
use crate::domain::trends::Trend;
use crate::domain::trends::rhythm::{Rhythm, Standing, how_often};
use crate::ui::components::{Choice, Icon, IconName, Select};
use crate::ui::forms::{Done, Refusal, Submit, refusal};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The next checkpoint, and how often there were some.
#[component]
pub fn Next(
    /// The squad's checkpoints.
    trend: Trend,
) -> impl IntoView {
    let days: Vec<_> = trend.held.iter().map(|held| held.held_on).collect();
    let late = matches!(trend.standing, Standing::Overdue(..));
    let icon = if late { IconName::Warn } else { IconName::Cal };
    view! {
        <p class=if late { "next next--late" } else { "next" }>
            <Icon name=icon small=true />
            <span>{trend.standing.sentence()}</span>
        </p>
        <p class="quiet small">{how_often(&days)} " " {format!("Meant to be held {}.", meant(trend.rhythm))}</p>
    }
}

fn meant(rhythm: Rhythm) -> String {
    rhythm.name().to_lowercase()
}

/// Lets a facilitator say how often.
#[component]
pub fn RhythmForm(
    /// The squad's part of an address.
    slug: String,
    /// What holds now.
    rhythm: Rhythm,
    /// The form.
    action: ServerAction<SetRhythm>,
) -> impl IntoView {
    let choices: Vec<_> = Rhythm::ALL.map(|rhythm| Choice::new(key(rhythm), rhythm.name())).to_vec();
    view! {
        <section aria-labelledby="h-rhythm">
            <h2 id="h-rhythm">"How often"</h2>
            <ActionForm action=action attr:class="form">
                <input type="hidden" name="slug" value=slug />
                <Select
                    label="A checkpoint is held"
                    name="rhythm"
                    choices=choices
                    value=RwSignal::new(key(rhythm).to_owned())
                    hint="The next one is due so long after the last. This is what the organisation's page calls overdue."
                />
                <p class="buttons">
                    <Submit label="Save" pending=action.pending() class="btn" />
                    <Done action=action text="Saved" />
                </p>
                <Refusal why=refusal(action) />
            </ActionForm>
        </section>
    }
}

/// A rhythm as the form sends it.
fn key(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Quarterly => "quarterly",
        Rhythm::Biannual => "biannual",
    }
}
