//! Preparing: for facilitators in place of a step, until the start by itself and later on request.

pub mod agenda;
pub mod capabilities;
pub mod choices;
pub mod day;
pub mod row;
pub mod templates;
pub mod texts;

use self::agenda::AgendaEditor;
use self::capabilities::Capabilities;
use self::choices::Choices;
use self::day::{Invitation, When};
use self::templates::Templates;
use self::texts::Texts;
use super::{Refusal, Room};
use crate::domain::command::Command;
use crate::domain::plan;
use crate::ui::live::{Live, Part, Topic};
use leptos::prelude::*;

/// Sends what a facilitator changes about the plan.
fn change(live: Live, command: plan::Command) {
    live.send(Command::Plan(command));
}

/// The whole preparation; once the checkpoint runs, what of it can still change.
#[component]
pub(super) fn Prepare() -> AnyView {
    let live = Live::from_context();
    let room = Room::from_context();
    let started = live.select(|w| w.agenda.started_at.is_some());
    let title = move || {
        if started.get() {
            "Edit the agenda"
        } else {
            "Prepare this checkpoint"
        }
    };
    let lead = move || {
        if started.get() {
            "Everybody sees a change at once. Steps you have been at stay where they are told from."
        } else {
            "Everything has a good default. The squad sees changes at once, and you start when everybody is here."
        }
    };
    let beside = move || (!started.get()).then(|| view! { <When/><Invitation/> }.into_any());
    view! {
        <div class="stage__one">
            <header class="step-head prepare__head">
                <div>
                    <h1>{title}</h1>
                    <p class="quiet">{lead}</p>
                </div>
                <button class="btn btn--s" type="button" on:click=move |_| room.preparing.set(false)>"Show the steps"</button>
            </header>
            <div class="prepare">
                <div class="prepare__main">
                    <AgendaEditor/>
                    <Templates/>
                    <Texts/>
                </div>
                <div class="prepare__side">
                    {beside}
                    <Choices/>
                    <Capabilities/>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// A checkpoint that does not take place, and the way back.
#[component]
pub(super) fn Cancelled() -> AnyView {
    let live = Live::from_context();
    let leads = live.leads();
    let way_back = move || {
        if leads.get() {
            view! {
                <button class="btn btn--primary" type="button" on:click=move |_| change(live, plan::Command::Reopen)>"Open it again"</button>
                <Refusal topic=Topic::Plan(Part::Day)/>
            }
            .into_any()
        } else {
            view! { <p>"You need not do anything. If it is held after all, this page follows by itself."</p> }.into_any()
        }
    };
    view! {
        <div class="stage__one">
            <section class="empty">
                <h1>"This checkpoint is cancelled"</h1>
                <p>"Nothing of its preparation is lost."</p>
                {way_back}
            </section>
        </div>
    }
    .into_any()
}
