//! `/w/{code}/present`: the room on the screen of the meeting room. Large type, no controls, never anything hidden.
//!
//! It holds what everybody may see and nothing else: the server sends it the state of [`Audience::Everyone`], not of a seat.
//!
//! [`Audience::Everyone`]: crate::domain::audience::Audience::Everyone

use super::banner::Banner;
use super::pause::{begins_with, next_part};
use super::recap::RecapList;
use super::top::{count, reading};
use super::wake::keep_awake;
use crate::api::room::{Qr, RoomView};
use crate::domain::agenda::StepKind;
use crate::domain::facts;
use crate::domain::ids::StepId;
use crate::domain::metric::{Code, Metric};
use crate::domain::parts::Phase;
use crate::domain::recap::Recap;
use crate::domain::scene::Line;
use crate::domain::vote::Vote;
use crate::ui::components::DocumentTitle;
use crate::ui::live::Live;
use crate::ui::maturity::MaturityBar;
use crate::ui::steps::{ActionAtHand, host, provide_drafts, results, reveal, who};
use leptos::prelude::*;

/// What the screen shows now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// The way in.
    Invitation,
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
    let live = Live::new(&view, "?wall");
    provide_context(live);
    provide_drafts();
    let (url, qr) = (view.join_url, view.qr);
    let squad = live.with_untracked(|w| w.squad.to_string());
    let title = live.select(|w| {
        w.agenda
            .step(w.agenda.current)
            .map_or_else(String::new, |step| step.title().to_owned())
    });
    let tab = Signal::derive(move || live.with(|w| format!("Presenter view, {}, {}", title.get(), w.squad)));
    let shown = live.select(|w| match w.agenda.step(w.agenda.current).map(|step| (step.id, step.kind)) {
        _ if w.agenda.phase() != Phase::Step => Shown::Pause(w.agenda.phase()),
        Some((_, StepKind::Welcome)) | None => Shown::Invitation,
        Some(_) if w.agenda.started_at.is_none() => Shown::Invitation,
        Some((id, kind)) => Shown::Step(id, kind),
    });
    let clock = Memo::new(move |_| live.with(|w| reading(w, live.now())));
    let awake = keep_awake();
    let body = move || match shown.get() {
        Shown::Invitation => invitation(live, &url, qr.clone()),
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
                    <span>{move || clock.get().1}</span>
                    " "
                    <small>{move || clock.get().2}</small>
                </p>
            </header>
            <Banner/>
            <main id="main" tabindex="-1">{body}</main>
            <footer class="wall__foot">
                <p>{move || live.with(|w| count(w, &live.presence()))}</p>
                <p role="status">
                    {move || (awake.get() == Some(false)).then_some(
                        "This browser does not let the page keep the screen awake. Click on the page to try again, or set the screen not to sleep.",
                    )}
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
            {move || view! { <RecapList recap=recap.get()/> }}
        </div>
    }
    .into_any()
}

/// Address, code and square.
fn invitation(live: Live, url: &str, qr: Qr) -> AnyView {
    let code = live.with_untracked(|w| w.code.to_string());
    let address = format!("{}/join", host(url));
    let square = qr.size + 2;
    let planned = live.select(|w| w.agenda.started_at.is_none());
    view! {
        <section class="wall__invite" aria-label="Invitation">
            <svg class="qr" viewBox=format!("-1 -1 {square} {square}") role="img" aria-label="The link as a square code for a phone's camera">
                <path d=qr.path></path>
            </svg>
            <div>
                <h1>"Welcome"</h1>
                <p>"Join at"</p>
                <p class="wall__code">{address}</p>
                <p>"with the code"</p>
                <p class="wall__code">{code}</p>
                <p class="quiet">{move || planned.get().then_some("We have not started yet.")}</p>
            </div>
        </section>
    }
    .into_any()
}

fn step_body(live: Live, step: StepId, kind: StepKind) -> AnyView {
    match kind {
        StepKind::Vote(metric) => vote(live, step, metric),
        StepKind::Scene => scope(live),
        StepKind::Since => view! { <ActionAtHand/> }.into_any(),
        StepKind::Maturity => maturity(live),
        _ => {
            let recap = live.select(Recap::of);
            (move || view! { <RecapList recap=recap.get()/> }).into_any()
        }
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
        <div class="wall__vote">{move || if revealed.get() { counted() } else { asked() }}</div>
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
                <dd>{move || if words.with(String::is_empty) { "Not said yet".to_owned() } else { words.get() }}</dd>
            </div>
        }
    };
    view! { <dl class="scope-lines">{Line::ALL.map(row).collect_view()}</dl> }.into_any()
}

/// The level, once all four answers are agreed.
fn maturity(live: Live) -> AnyView {
    let answers = live.select(crate::domain::workshop::Workshop::answers);
    (move || match answers.get() {
        Some(answers) => {
            let maturity = crate::domain::page::Maturity::of(&answers);
            view! {
                <section class=format!("verdict level--{}", maturity.level.key())>
                    <p class="doc__title">"DevOps maturity is… "<em>{maturity.level.name()}</em></p>
                    <p class="doc__lead">{maturity.sentence()}</p>
                    <MaturityBar answers=answers/>
                </section>
            }
            .into_any()
        }
        None => view! { <p>"Not all four answers are agreed yet."</p> }.into_any(),
    })
    .into_any()
}
