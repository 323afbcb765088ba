//! `/w/{code}/present`: the room on the screen of the meeting room. Large type, no controls, never anything hidden.
//!
//! It holds what everybody may see and nothing else: the server sends it the state of [`Audience::Everyone`], not of a seat.
//!
//! [`Audience::Everyone`]: crate::domain::audience::Audience::Everyone

use super::banner::Banner;
use super::pause::{begins_with, next_part};
use super::recap::RecapList;
use super::texts::keep_fresh;
use super::top::{count, reading};
use super::wake::keep_awake;
use super::{Fixed, Room, StepText};
use crate::api::room::RoomView;
use crate::domain::agenda::{Step, StepKind};
use crate::domain::facts;
use crate::domain::ids::StepId;
use crate::domain::metric::{Code, Metric};
use crate::domain::parts::Phase;
use crate::domain::recap::Recap;
use crate::domain::scene::Line;
use crate::domain::vote::Vote;
use crate::ui::components::{DocumentTitle, changing};
use crate::ui::live::Live;
use crate::ui::steps::{
    ActionAtHand, ActionsOnWall, DotsOnWall, FeedbackOnWall, FlowOnWall, FocusOnWall, ImproveOnWall, MaturityOnWall, SummaryOnWall,
    SurveysOnWall, WarmUpOnWall, host, results, reveal, who,
};
use leptos::prelude::*;

/// What the screen shows now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// The way in, with what Welcome says where the squad is there.
    Invitation(Option<StepId>),
    /// A break or the recap after it.
    Pause(Phase),
    /// A step.
    Step(StepId, StepKind),
}

/// The screen.
#[component]
pub fn Wall(
    /// What the server rendered it from.
    view: RoomView,
) -> AnyView {
    let (live, room) = Room::enter(view, "?wall");
    keep_fresh(room, live);
    let squad = live.with_untracked(|w| w.squad.to_string());
    let title = live.select(|w| {
        w.agenda
            .step(w.agenda.current)
            .map_or_else(String::new, |step| step.title().to_owned())
    });
    let tab = Signal::derive(move || live.with(|w| format!("Presenter view, {}, {}", title.get(), w.squad)));
    let shown = live.select(|w| match w.agenda.step(w.agenda.current).map(|step| (step.id, step.kind)) {
        _ if w.agenda.phase() != Phase::Step => Shown::Pause(w.agenda.phase()),
        Some((id, StepKind::Welcome)) => Shown::Invitation(Some(id)),
        Some(_) if w.agenda.started_at.is_none() => Shown::Invitation(None),
        None => Shown::Invitation(None),
        Some((id, kind)) => Shown::Step(id, kind),
    });
    let clock = Memo::new(move |_| live.with(|w| reading(w, live.now())));
    let awake = keep_awake();
    let body = move || match shown.get() {
        Shown::Invitation(step) => invitation(live, room, step),
        Shown::Pause(phase) => pause(live, phase),
        Shown::Step(id, kind) => view! {
            <div class="wall__step">
                <h1>{title}</h1>
                {step_body(live, id, kind)}
            </div>
        }
        .into_any(),
    };
    view! {
        <DocumentTitle text=tab/>
        <a class="skip" href="#main">"Skip to the content"</a>
        <div class="wall" data-connection=move || live.connection().key()>
            <header class="wall__top">
                <p>{squad}", DevOps Checkpoint"</p>
                <p class=move || clock.get().0 role="timer" aria-label="Time left in this step">
                    <span>{changing(move || clock.get().1)}</span>
                    " "
                    <small>{changing(move || clock.get().2)}</small>
                </p>
            </header>
            <Banner/>
            <main id="main" tabindex="-1">{body}</main>
            <footer class="wall__foot">
                <p>{changing(move || live.with(|w| count(w, &live.presence())))}</p>
                <p role="status">
                    {changing(move || (awake.get() == Some(false)).then_some(
                        "This browser does not let the page keep the screen awake. Click on the page to try again, or set the screen not to sleep.",
                    ))}
                </p>
            </footer>
        </div>
    }
    .into_any()
}

/// The break, and the recap that the next part begins with.
fn pause(live: Live, phase: Phase) -> AnyView {
    let (next, first) = live.with_untracked(|w| (next_part(&w.agenda), begins_with(&w.agenda)));
    let (title, words) = if phase == Phase::Break {
        ("Break".to_owned(), format!("The same link leads back: {next} begins with {first}."))
    } else {
        (format!("Where we are, before {next}"), format!("We go on with {first}."))
    };
    let recap = live.select(Recap::of);
    view! {
        <div class="wall__step">
            <h1>{title}</h1>
            <p class="wall__question">{words}</p>
            {changing(move || view! { <RecapList recap=recap.get()/> })}
        </div>
    }
    .into_any()
}

/// Address, code and square; beside them what Welcome says.
fn invitation(live: Live, room: Room, step: Option<StepId>) -> AnyView {
    let Fixed { join_url, qr } = room.fixed.get_value();
    let code = live.with_untracked(|w| w.code.to_string());
    let address = format!("{}/join", host(&join_url));
    let square = qr.size + 2;
    let planned = live.select(|w| w.agenda.started_at.is_none());
    let title = live.select(move |w| {
        let step = step.and_then(|id| w.agenda.step(id));
        step.map_or("Welcome", Step::title).to_owned()
    });
    let said = step.map(|step| {
        view! {
            <div class="wall__said">
                <StepText step/>
                <WarmUpOnWall/>
            </div>
        }
        .into_any()
    });
    view! {
        <div class="wall__welcome">
            <section class="wall__invite" aria-label="Invitation">
                <h1>{title}</h1>
                <svg class="qr" viewBox=format!("-1 -1 {square} {square}") role="img" aria-label="The link as a square code for a phone's camera">
                    <path d=qr.path></path>
                </svg>
                <p>"Join at"</p>
                <p class="wall__code">{address}</p>
                <p>"with the code"</p>
                <p class="wall__code">{code}</p>
                <p class="quiet">{changing(move || planned.get().then_some("We have not started yet."))}</p>
            </section>
            {said}
        </div>
    }
    .into_any()
}

fn step_body(live: Live, step: StepId, kind: StepKind) -> AnyView {
    match kind {
        // Stands with the invitation.
        StepKind::Welcome => ().into_any(),
        StepKind::Vote(metric) => vote(live, step, metric),
        StepKind::Scene => view! {
            <div class="wall__scene">
                {scope(live)}
                <StepText step/>
            </div>
        }
        .into_any(),
        StepKind::Since => view! { <ActionAtHand/> }.into_any(),
        StepKind::Maturity => view! { <MaturityOnWall/> }.into_any(),
        StepKind::Surveys => view! { <SurveysOnWall/> }.into_any(),
        StepKind::Focus => view! { <FocusOnWall/> }.into_any(),
        StepKind::Flow => view! { <FlowOnWall/> }.into_any(),
        StepKind::Improvements => view! { <ImproveOnWall/> }.into_any(),
        StepKind::Dots => view! { <DotsOnWall/> }.into_any(),
        StepKind::Actions => view! { <ActionsOnWall/> }.into_any(),
        StepKind::Summary => view! { <SummaryOnWall/> }.into_any(),
        StepKind::Feedback => view! { <FeedbackOnWall/> }.into_any(),
        StepKind::Talk => view! { <div class="wall__talk"><StepText step/></div> }.into_any(),
    }
}

/// The question and who has voted; from the reveal on the count.
fn vote(live: Live, step: StepId, metric: Metric) -> AnyView {
    let revealed = live.select(move |w| w.votes.get(&step).map(Vote::round).is_some_and(|(_, round)| round.tally.is_some()));
    let question = facts::question(metric);
    let option = move |code: Code| {
        view! {
            <li>
                <b>{code.get()}</b>
                <span>{question.label(code)}</span>
            </li>
        }
    };
    let asked = move || {
        view! {
            <ol class="wall__options">{Code::ALL.map(option).collect_view()}</ol>
            <aside class="aside" aria-label="Who has voted">
                <who::Who step/>
            </aside>
        }
        .into_any()
    };
    let counted = move || {
        view! {
            <div class="wall__count">
                <reveal::Headline step metric/>
                <results::Results step metric/>
            </div>
        }
        .into_any()
    };
    view! {
        <p class="wall__question">
            {question.before.as_str()}
            <strong>{question.strong.as_str()}</strong>
            {question.after.as_str()}
        </p>
        <div class="wall__vote">{changing(move || if revealed.get() { counted() } else { asked() })}</div>
    }
    .into_any()
}

/// What the squad talks about.
fn scope(live: Live) -> AnyView {
    let row = move |line: Line| {
        let words = live.select(move |w| w.scope.get(line).to_string());
        view! {
            <div>
                <dt>{line.label()}</dt>
                <dd>{changing(move || if words.with(String::is_empty) { "Not said yet".to_owned() } else { words.get() })}</dd>
            </div>
        }
    };
    view! { <dl class="scope-lines">{Line::ALL.map(row).collect_view()}</dl> }.into_any()
}

#[cfg(test)]
mod tests;
