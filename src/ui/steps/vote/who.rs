//! Who has answered, never what: the count and the people.

use super::super::count;
use super::{Phase, of_vote};
use crate::domain::context::Presence;
use crate::domain::ids::{ParticipantId, StepId};
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use crate::ui::components::{For, Person, Show, changing};
use crate::ui::live::Live;
use crate::ui::room::tint;
use leptos::prelude::*;

/// The count and the people of the round at hand.
#[component]
pub fn Who(
    /// The step.
    step: StepId,
) -> impl IntoView {
    let live = Live::from_context();
    let turnout = live.select(move |w| w.votes.get(&step).map(|vote| w.turnout(vote)).unwrap_or_default());
    let people = live.select(move |w| people(w, step).map(|id| (id, w.people.name(id).to_owned())).collect::<Vec<_>>());
    let hands = of_vote(live, step, |vote| vote.round().1.hands_total);
    let by_itself = live.select(|w| w.options.auto_reveal);
    let heading = move || match turnout.get() {
        (0, 0) => "Nobody here has a vote yet".to_owned(),
        (voted, of) => format!("{voted} of {of} voted"),
    };
    view! {
        <section>
            <div aria-live="polite">
                <h2 class="big">{changing(heading)}</h2>
            </div>
            <ul class="people">
                <For each=move || people.get() key=Clone::clone let((id, name))>
                    <Voter step id name/>
                </For>
            </ul>
            <Show when=move || { hands.get() > 0 }>
                <p class="who__more">{changing(move || format!("+ {}", count(hands.get(), "raised hand", "raised hands")))}</p>
            </Show>
            <Show when=move || by_itself.get()>
                <p class="who__more">"The votes are revealed by themselves as soon as everybody here has voted."</p>
            </Show>
        </section>
    }
}

/// Everybody whose ballot counts, and those whose ballot is in although they no longer vote.
fn people(w: &Workshop, step: StepId) -> impl Iterator<Item = ParticipantId> {
    let voted = w
        .votes
        .get(&step)
        .into_iter()
        .flat_map(|vote| vote.round().1.ballots.keys().copied());
    w.voters().chain(voted.filter(|id| !w.is_voter(*id)))
}

#[component]
fn Voter(step: StepId, id: ParticipantId, name: String) -> impl IntoView {
    let live = Live::from_context();
    let voted = of_vote(live, step, move |vote| vote.round().1.ballots.contains_key(&id));
    let here = Memo::new(move |_| live.presence().here(id));
    let state = Memo::new(move |_| live.with(|w| state(w, step, id, &live.presence(), live.now())));
    view! {
        <Person
            name
            tint=tint(id)
            state=state
            ticked=voted
            waiting=Signal::derive(move || !voted.get() && here.get())
            gone=Signal::derive(move || !voted.get() && !here.get())
            you=id == live.you
        />
    }
}

/// "voted", "thinking", "away 2 min".
fn state(w: &Workshop, step: StepId, id: ParticipantId, presence: &Presence, now: Timestamp) -> String {
    let voted = w.votes.get(&step).is_some_and(|vote| vote.round().1.ballots.contains_key(&id));
    match presence.gone_for(id, now) {
        _ if voted => "voted".to_owned(),
        Some(ms) if ms >= 60_000 => format!("away {} min", ms / 60_000),
        _ if !presence.here(id) => "away".to_owned(),
        _ if w.agenda.current == step && !Phase::of(w, step).revealed => "thinking".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::context::Seen;

    #[test]
    fn a_person_who_has_not_voted_is_thinking_or_away() {
        let (ana, now) = (ParticipantId(1), Timestamp(600_000));
        let say = |presence: &Presence| state(&Workshop::default(), StepId::default(), ana, presence, now);
        let seen = |seen| Presence([(ana, seen)].into());
        assert_eq!(say(&seen(Seen::Here)), "thinking");
        assert_eq!(say(&seen(Seen::Away(Timestamp(480_000)))), "away 2 min");
        assert_eq!(say(&seen(Seen::Away(Timestamp(590_000)))), "away");
        assert_eq!(say(&Presence::default()), "away");
    }
}
