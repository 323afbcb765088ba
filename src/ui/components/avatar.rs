//! People: a coloured initial, and the row that says what somebody is doing.

use super::{Icon, IconName, Show};
use crate::ui::components::changing;
use leptos::prelude::*;

/// The first letters of the first and the last word of a name, at most two. style/people.css writes them large: the table of all
/// large letters would be 13 KB of the bundle.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).collect()
}

/// The initials of a person on their tint. It does not speak: the name stands beside it.
#[component]
pub fn Avatar(
    /// The display name.
    #[prop(into)]
    name: String,
    /// One of six tints; any number finds one.
    tint: u8,
    /// Shows the tick of "done".
    #[prop(optional, into)]
    ticked: Signal<bool>,
) -> impl IntoView {
    let tint = tint.saturating_sub(1) % 6 + 1;
    view! {
        <span class=format!("avatar p{tint}") aria-hidden="true">
            {initials(&name)}
            <Show when=move || ticked.get()>
                <Icon name=IconName::Check class="avatar__tick" />
            </Show>
        </span>
    }
}

/// A person in a list: filled with a tick is done, an outline is waiting, and the word says it.
#[component]
pub fn Person(
    /// The display name.
    #[prop(into)]
    name: String,
    /// One of six tints.
    tint: u8,
    /// What the person is doing, in a word or two; nothing is shown for an empty one.
    #[prop(optional, into)]
    state: Signal<String>,
    /// The person has done what the step asks for.
    #[prop(optional, into)]
    ticked: Signal<bool>,
    /// The room waits for the person.
    #[prop(optional, into)]
    waiting: Signal<bool>,
    /// The person is not connected.
    #[prop(optional, into)]
    gone: Signal<bool>,
    /// The person is the reader.
    #[prop(optional)]
    you: bool,
) -> impl IntoView {
    view! {
        <li
            class="person"
            class=("person--waiting", move || waiting.get())
            class=("person--gone", move || gone.get())
        >
            <Avatar name=name.clone() tint=tint ticked=ticked />
            <span>
                <bdi>{name}</bdi>
                {you.then_some(" (you)")}
                <Show when=move || state.with(|state| !state.is_empty())>
                    <small>{changing(move || state.get())}</small>
                </Show>
            </span>
        </li>
    }
}
