//! Welcome: the way in, who is here, why the squad came together.

use super::{Privacy, StepHead};
use crate::domain::agenda::{Step, StepKind};
use crate::domain::context::Presence;
use crate::domain::ids::{ParticipantId, StepId};
use crate::domain::people::Role;
use crate::domain::workshop::Workshop;
use crate::ui::components::{CopyButton, For, HeldOn, LocalTime, Person, TimeKind, changing};
use crate::ui::live::Live;
use crate::ui::room::{Beside, Room, StepText, tint};
use leptos::prelude::*;

/// The first step.
#[component]
pub fn Welcome(
    /// The step.
    step: StepId,
) -> impl IntoView {
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step/>
                <div class="welcome">
                    <Planned/>
                    <Invitation/>
                    <PassedOver/>
                    <super::warmup::WarmUp/>
                    <StepText step/>
                </div>
                <Privacy kind=StepKind::Welcome/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <WhoIsHere/>
                <Beside/>
            </aside>
        </div>
    }
}

/// A checkpoint that lies ahead says when it is, what is planned, and who starts it.
#[component]
fn Planned() -> AnyView {
    let live = Live::from_context();
    let leads = live.leads();
    let planned = live.select(|w| w.agenda.started_at.is_none());
    let when = live.select(|w| (w.held_on, w.plan.starts));
    let steps = live.select(|w| {
        let line = |step: &Step| (step.title().to_owned(), step.minutes, step.break_after);
        w.agenda.steps.iter().map(line).collect::<Vec<_>>()
    });
    let what_next = move || {
        if leads.get() {
            "Start it below when everybody is here."
        } else {
            "The facilitator starts it. Stay on this page: it follows by itself."
        }
    };
    let date = move || match when.get() {
        (_, Some(at)) => view! { <LocalTime at_ms=at.0 kind=TimeKind::DateTime/> }.into_any(),
        (day, None) => view! { <HeldOn date=day/> }.into_any(),
    };
    let lines = move || {
        let line = |(title, minutes, breaks): (String, u32, bool)| {
            view! {
                <li><span>{title}</span> <span class="quiet">{format!("{minutes} min")}</span></li>
                {breaks.then(|| view! { <li class="quiet">"Break"</li> })}
            }
        };
        steps.get().into_iter().map(line).collect_view().into_any()
    };
    let note = move || {
        planned.get().then(|| {
            view! {
                <section class="note">
                    <h2>"This checkpoint has not started yet"</h2>
                    <p>"It is planned for " {date} ". " {what_next}</p>
                    <h3>"What is planned"</h3>
                    <ol class="planned-steps">{lines}</ol>
                </section>
            }
            .into_any()
        })
    };
    note.into_any()
}

/// Tells facilitators that there is nothing to settle, and the way to write something down.
#[component]
fn PassedOver() -> AnyView {
    let live = Live::from_context();
    let room = Room::from_context();
    let leads = live.leads();
    let since = live.select(|w| {
        let step = w.agenda.steps.iter().find(|step| step.kind == StepKind::Since)?;
        w.passes_over(step.id).then(|| (step.id, step.title().to_owned()))
    });
    (move || {
        let (step, title) = since.get().filter(|_| leads.get())?;
        Some(
            view! {
                <p class="small quiet">
                    {format!("“{title}” has nothing to settle, so “Next step” goes past it. ")}
                    <button class="btn btn--s" type="button" on:click=move |_| room.look_at(step)>"Write down an action from before"</button>
                </p>
            }
            .into_any(),
        )
    })
    .into_any()
}

/// The way in for those who come: address, code and square.
#[component]
fn Invitation() -> impl IntoView {
    let live = Live::from_context();
    let (url, qr) = Room::from_context()
        .fixed
        .with_value(|fixed| (fixed.join_url.clone(), fixed.qr.clone()));
    let code = live.with_untracked(|w| w.code.to_string());
    let closed = live.select(|w| w.people.door_closed);
    let host = host(&url).to_owned();
    let square = qr.size + 2;
    view! {
        <section class="invite" aria-label="Invitation">
            <div>
                <p>"Join at"</p>
                <p class="invite__code invite__host">{host}</p>
                <p>"with the code"</p>
                <p class="invite__code">{code}</p>
                <CopyButton label="Copy link" text=Signal::stored(url)/>
                <p class="small">
                    {changing(move || if closed.get() { "The door is closed: nobody else can join now." } else { "No account needed. Anybody with the link can join." })}
                </p>
            </div>
            <svg class="qr" viewBox=format!("-1 -1 {square} {square}") role="img" aria-label="The link as a square code for a phone's camera">
                <path d=qr.path></path>
            </svg>
        </section>
    }
}

/// The part of an address that people type.
#[must_use]
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// Everybody with a seat, and whether they are connected.
#[component]
fn WhoIsHere() -> impl IntoView {
    let live = Live::from_context();
    let people = live.select(|w| w.people.all().map(|(id, p)| (id, p.name.to_string())).collect::<Vec<_>>());
    let here = Memo::new(move |_| live.with(|w| count(w, &live.presence())));
    view! {
        <section>
            <div aria-live="polite">
                <h2 class="big">{here}</h2>
            </div>
            <ul class="people">
                <For each=move || people.get() key=Clone::clone let((id, name))>
                    <Guest id name/>
                </For>
            </ul>
        </section>
    }
}

/// "5 here, 1 observing", as at the top of the page.
fn count(w: &Workshop, presence: &Presence) -> String {
    let of = |observing: bool| {
        w.people
            .all()
            .filter(|(id, p)| (p.role == Role::Observer) == observing && presence.here(*id))
            .count()
    };
    match (of(false), of(true)) {
        (here, 0) => format!("{here} here"),
        (here, observing) => format!("{here} here, {observing} observing"),
    }
}

#[component]
fn Guest(
    /// The person.
    id: ParticipantId,
    /// How the person is called.
    name: String,
) -> impl IntoView {
    let live = Live::from_context();
    let gone = Memo::new(move |_| !live.presence().here(id));
    let state = Memo::new(move |_| live.with(|w| state(w, &live.presence(), id)));
    view! { <Person name tint=tint(id) state=state gone=gone you=id == live.you/> }
}

fn state(w: &Workshop, presence: &Presence, id: ParticipantId) -> String {
    let word = match w.people.get(id).map(|p| p.role) {
        Some(Role::Facilitator) => "facilitates",
        Some(Role::Observer) => "observes",
        Some(Role::Member) | None => "here",
    };
    if presence.here(id) { word.to_owned() } else { "away".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn people_type_the_host_alone() {
        assert_eq!(host("https://checkpoint.example.com/join/K7QM-2XFD-9TRC"), "checkpoint.example.com");
        assert_eq!(host("http://127.0.0.1:3000/join/K7QM"), "127.0.0.1:3000");
        assert_eq!(host("example.com"), "example.com");
    }
}
