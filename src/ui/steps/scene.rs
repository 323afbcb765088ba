//! Setting the scene: the three lines that make the numbers comparable, and the organisation's own page.

use super::following::{differs, following};
use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::command::Command;
use crate::domain::ids::StepId;
use crate::domain::scene::{self, Line};
use crate::domain::text::ScopeText;
use crate::ui::components::{Icon, IconName, Show, TextField, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Beside, StepText};
use leptos::prelude::*;

/// The step.
#[component]
pub fn Scene(
    /// The step.
    step: StepId,
) -> impl IntoView {
    let leads = Live::from_context().leads();
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step/>
                <div class="scene">
                    <section class="note" aria-labelledby="scope-title">
                        <h2 id="scope-title">"What we agreed to talk about"</h2>
                        <Show when=move || leads.get() fallback=ScopeRead>
                            {Line::ALL.map(|line| view! { <LineForm line/> }.into_any()).collect_view()}
                        </Show>
                    </section>
                    <StepText step/>
                </div>
                <Privacy kind=StepKind::Scene/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <section>
                    <h2>"Why three lines"</h2>
                    <p>
                        "The numbers of two checkpoints compare only while these lines stay the same. Agree on them before you vote; if one changes, say so on the timeline."
                    </p>
                </section>
                <Beside/>
            </aside>
        </div>
    }
}

/// A line that still stands as last time left it.
fn taken_over(line: Line) -> Memo<bool> {
    Live::from_context().select(move |w| w.taken_over.contains(&line))
}

/// The three lines for those who read them.
#[component]
fn ScopeRead() -> impl IntoView {
    let live = Live::from_context();
    let row = move |line: Line| {
        let words = live.select(move |w| w.scope.get(line).to_string());
        let kept = taken_over(line);
        view! {
            <div>
                <dt>{line.label()}</dt>
                <dd>
                    {changing(move || if words.with(String::is_empty) { view! { <span class="quiet">"Not said yet"</span> }.into_any() } else { words.get().into_any() })}
                    <Show when=move || kept.get()>
                        " "
                        <span class="chip">"Taken over from last time"</span>
                    </Show>
                </dd>
            </div>
        }.into_any()
    };
    view! { <dl class="scope-lines">{Line::ALL.map(row).collect_view()}</dl> }
}

/// One line for a facilitator, saved when the field is left, on Enter, and by its button.
#[component]
fn LineForm(
    /// The line.
    line: Line,
) -> impl IntoView {
    let live = Live::from_context();
    let stored = live.select(move |w| w.scope.get(line).to_string());
    let over = taken_over(line);
    let typed = following(stored);
    let topic = Topic::Scope(line);
    let dirty = Memo::new(move |_| differs(typed, stored));
    let save = move || {
        if dirty.get_untracked() {
            live.send(Command::Scene(scene::Command::Set {
                line,
                text: typed.get_untracked(),
            }));
        }
    };
    let state = move || {
        let (class, word) = match () {
            () if live.waiting(topic) => ("chip chip--saving", "Saving…"),
            () if dirty.get() || stored.with(String::is_empty) => return ().into_any(),
            () if over.get() => ("chip", "Taken over from last time"),
            () => ("chip chip--good", "Saved"),
        };
        let tick = word == "Saved";
        view! {
            <span class=class>
                {tick.then(|| view! { <Icon name=IconName::Check/> }.into_any())}
                {word}
            </span>
        }
        .into_any()
    };
    let refused = Signal::derive(move || live.refusal(topic));
    view! {
        <form
            class="scope-line"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
            on:focusout=move |_| save()
        >
            <TextField
                label=line.label()
                name=name(line)
                value=typed
                error=refused
                hint=hint(line)
                maxlength=u16::try_from(ScopeText::MAX).unwrap_or(u16::MAX)
            />
            <div class="scope-line__end">
                <Show when=move || dirty.get()>
                    <button class="btn btn--s" type="submit">"Save"</button>
                </Show>
                <span role="status">{changing(state)}</span>
            </div>
        </form>
    }
}

fn name(line: Line) -> &'static str {
    match line {
        Line::Service => "service",
        Line::Deployment => "deployment",
        Line::Failure => "failure",
    }
}

fn hint(line: Line) -> &'static str {
    match line {
        Line::Service => "The one application or service that all answers are about.",
        Line::Deployment => "For example: a change is live for users.",
        Line::Failure => "For example: any change that somebody has to put right.",
    }
}
