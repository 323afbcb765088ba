//! The ballot: the question, its answers as rows, how one knows, and whether the server has it.

use super::keys;
use crate::domain::command::Command;
use crate::domain::facts;
use crate::domain::ids::{ParticipantId, StepId};
use crate::domain::metric::{Code, Metric};
use crate::domain::people::Role;
use crate::domain::vote::{self, Answer, Ballot, Confidence};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, Show, changing};
use crate::ui::live::{Connection, Live};
use leptos::prelude::*;

/// My ballot in the round at hand.
#[derive(Clone, Copy)]
struct Mine {
    live: Live,
    step: StepId,
    round: u32,
    /// As stored by the server.
    stored: Memo<Option<Ballot>>,
    /// As this screen shows it: what is on its way counts at once.
    shown: Memo<Option<Ballot>>,
    /// How I know, said before the answer.
    know: RwSignal<Option<Confidence>>,
    /// Why I cannot vote now.
    closed: Memo<Option<&'static str>>,
}

impl Mine {
    fn new(step: StepId, round: u32) -> Self {
        let live = Live::from_context();
        let you = live.you;
        let stored = live.select(move |w| {
            w.votes
                .get(&step)
                .and_then(|vote| vote.round().1.ballots.get(&you).copied().flatten())
        });
        Self {
            live,
            step,
            round,
            stored,
            shown: Memo::new(move |_| live.ballot_on_its_way(step).unwrap_or_else(|| stored.get())),
            know: RwSignal::new(None),
            closed: live.select(move |w| why_closed(w, you, step)),
        }
    }

    fn confidence(self) -> Option<Confidence> {
        self.shown.get().and_then(|ballot| ballot.confidence).or_else(|| self.know.get())
    }

    fn cast(self, answer: Answer, confidence: Option<Confidence>) {
        if untrack(|| self.closed.get()).is_none() {
            // A guess at "not sure" says nothing.
            let confidence = confidence.filter(|_| answer != Answer::NotSure);
            let (step, round) = (self.step, self.round);
            self.live.send(Command::Vote(vote::Command::Cast {
                step,
                round,
                ballot: Ballot { answer, confidence },
            }));
        }
    }

    fn choose(self, answer: Answer) {
        if untrack(|| self.shown.get()).is_none_or(|ballot| ballot.answer != answer) {
            let confidence = untrack(|| self.confidence());
            self.know.set(confidence);
            self.cast(answer, confidence);
        }
    }

    fn know(self, confidence: Confidence) {
        self.know.set(Some(confidence));
        if let Some(ballot) = untrack(|| self.shown.get()).filter(|ballot| ballot.confidence != Some(confidence)) {
            self.cast(ballot.answer, Some(confidence));
        }
    }

    fn withdraw(self) {
        if untrack(|| self.shown.get().is_some() && self.closed.get().is_none()) {
            let (step, round) = (self.step, self.round);
            self.live.send(Command::Vote(vote::Command::Withdraw { step, round }));
        }
    }
}

/// Why a person cannot vote now, in a sentence.
fn why_closed(w: &Workshop, you: ParticipantId, step: StepId) -> Option<&'static str> {
    let (here, there) = (w.agenda.place(w.agenda.current), w.agenda.place(step));
    match w.people.get(you).map(|p| p.role) {
        _ if w.published() => Some("The summary is published, so this vote takes no more answers."),
        Some(Role::Observer) => Some("You observe this checkpoint: you see the room and do not vote."),
        Some(Role::Facilitator) if !w.is_voter(you) => Some("In this checkpoint the facilitator does not vote."),
        _ if here < there => Some("This vote opens when the squad gets here."),
        _ if here > there => Some("The squad has gone on. This vote takes answers when the squad comes back to it."),
        _ => None,
    }
}

/// The ballot of one round.
#[component]
pub fn BallotForm(
    /// The step.
    step: StepId,
    /// What is asked.
    metric: Metric,
    /// The round, counted from 1.
    round: u32,
) -> impl IntoView {
    let mine = Mine::new(step, round);
    let walks = mine.live.select(|w| w.options.auto_reveal);
    let question = facts::question(metric);
    let legend = format!("question-{step}");
    keys::listen(move |answer| mine.choose(answer));
    let options = Code::ALL
        .map(|code| view! { <AnswerRow mine metric answer=Answer::Code(code) label=question.label(code)/> }.into_any())
        .collect_view();
    view! {
        <div>
            <fieldset
                class="options"
                role="radiogroup"
                aria-labelledby=legend
                disabled=move || mine.closed.get().is_some()
                on:keydown=move |event| if walks.get_untracked() { keys::walk(&event) }
            >
                <legend class="vote__q" id=legend.clone()>
                    {question.before.as_str()}
                    <strong>{question.strong.as_str()}</strong>
                    {question.after.as_str()}
                </legend>
                {options}
                <div class="vote__after">
                    <AnswerRow mine metric answer=Answer::NotSure label="Not sure"/>
                    <Show when=move || mine.shown.get().is_some()>
                        <button class="btn btn--text small vote__withdraw" type="button" on:click=move |_| mine.withdraw()>"Withdraw"</button>
                    </Show>
                </div>
            </fieldset>
            <Show
                when=move || mine.closed.get().is_none()
                fallback=move || view! { <p class="vote__closed">{changing(move || mine.closed.get().unwrap_or_default())}</p> }
            >
                <div class="vote__after">
                    <HowDoYouKnow mine metric/>
                    <SavedState mine/>
                </div>
            </Show>
        </div>
    }
}

/// One answer as a row that can be chosen.
#[component]
fn AnswerRow(mine: Mine, metric: Metric, answer: Answer, label: &'static str) -> impl IntoView {
    let chosen = Memo::new(move |_| mine.shown.get().is_some_and(|ballot| ballot.answer == answer));
    let key = match answer {
        Answer::Code(code) => Some(code.get()),
        Answer::NotSure => None,
    };
    view! {
        <label class=if key.is_some() { "option" } else { "option option--unsure" }>
            <input
                type="radio"
                name=metric.key()
                value=key.map_or("unsure".to_owned(), |key| key.to_string())
                checked=chosen.get_untracked()
                prop:checked=move || chosen.get()
                on:change=move |_| mine.choose(answer)
                // A click on the chosen answer takes it back; a change comes after its click, so this is never the click that chose it.
                on:click=move |_| if chosen.get_untracked() { mine.withdraw() }
            />
            <span class="radio" aria-hidden="true"></span>
            {key.map(|key| view! { <kbd class="key" aria-hidden="true">{key}</kbd> }.into_any())}
            <span>{label}</span>
            {key.map(|_| view! {
                <span class="option__state" aria-hidden="true">
                    <Icon name=IconName::Check small=true/>
                    "Your vote"
                </span>
            }.into_any())}
        </label>
    }
}

/// How the person knows; changing it casts the ballot again.
#[component]
fn HowDoYouKnow(mine: Mine, metric: Metric) -> impl IntoView {
    let unsure = Memo::new(move |_| mine.shown.get().is_some_and(|ballot| ballot.answer == Answer::NotSure));
    let name = format!("know-{}", metric.key());
    let choice = move |confidence: Confidence| {
        let chosen = Memo::new(move |_| mine.confidence() == Some(confidence));
        view! {
            <label>
                <input
                    type="radio"
                    name=name.clone()
                    checked=chosen.get_untracked()
                    prop:checked=move || chosen.get()
                    on:change=move |_| mine.know(confidence)
                />
                <span>{confidence.label()}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="know" disabled=move || unsure.get()>
            <legend>"How do you know?"</legend>
            <div class="segment">{Confidence::ALL.map(choice).collect_view()}</div>
        </fieldset>
    }
}

/// Whether the server has the ballot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Nothing,
    Saving,
    NotSent,
    Saved,
}

#[component]
fn SavedState(mine: Mine) -> impl IntoView {
    let state = Memo::new(move |_| match mine.live.ballot_on_its_way(mine.step) {
        Some(_) if mine.live.connection() == Connection::Lost => State::NotSent,
        Some(_) => State::Saving,
        None if mine.stored.get().is_some() => State::Saved,
        None => State::Nothing,
    });
    let chip = move || match state.get() {
        State::Nothing => ().into_any(),
        State::Saving => view! { <span class="chip chip--saving">"Saving…"</span> }.into_any(),
        State::NotSent => view! { <span class="chip chip--warn">"Not saved yet: no connection"</span> }.into_any(),
        State::Saved => view! {
            <span class="chip chip--good">
                <Icon name=IconName::Check/>
                "Saved, change it until the reveal"
            </span>
        }
        .into_any(),
    };
    view! {
        <span class="vote__state" role="status">{changing(chip)}</span>
    }
}
