//! Writing a sticky: the tools over the flow, and the form beside it.

use super::desk::{Desk, chosen, places};
use crate::domain::improve::{Authors, Kind};
use crate::domain::text::StickyText;
use crate::ui::components::{Choice, Icon, IconName, changing, option};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The mark of a kind.
pub fn mark(kind: Kind) -> AnyView {
    let (class, icon) = match kind {
        Kind::Improvement => ("mark__box", IconName::Up),
        Kind::FailedDeployment => ("mark__box mark__box--failed", IconName::Cross),
    };
    view! {
        <span class=class aria-hidden="true">
            <Icon name=icon/>
        </span>
    }
    .into_any()
}

/// The tools.
#[component]
pub(super) fn Tools() -> AnyView {
    let desk = Desk::from_context();
    let may = desk.may_write();
    let voting = desk.live.select(|w| w.dots.open().is_some());
    let picked = move || desk.picked.with(crate::domain::sorted::SortedSet::len);
    let add = move |kind: Kind, words: &'static str| {
        view! {
            <button class="btn btn--s btn--ghost" type="button" disabled=move || !may.get() on:click=move |_| desk.begin(kind)>
                {mark(kind)}
                {words}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="tools__set" role="toolbar" aria-label="Stickies">
            {add(Kind::Improvement, "Add improvement")}
            {add(Kind::FailedDeployment, "Add failed deployment")}
            <span class="sep" aria-hidden="true"></span>
            <button
                class="btn btn--s btn--ghost"
                type="button"
                disabled=move || !may.get() || voting.get() || picked() < 2
                on:click=move |_| desk.group_picked()
            >
                <Icon name=IconName::Box/>
                {changing(move || if picked() < 2 { "Group the picked".to_owned() } else { format!("Group the {} picked", picked()) })}
            </button>
            <button
                class="btn btn--s btn--icon btn--ghost"
                type="button"
                aria-label="Undo my last grouping"
                title="Undo my last grouping"
                disabled=move || !may.get() || voting.get() || !desk.can_undo()
                on:click=move |_| desk.undo()
            >
                <Icon name=IconName::Undo/>
            </button>
        </div>
    }
    .into_any()
}

/// The form.
#[component]
pub(super) fn Write() -> AnyView {
    let desk = Desk::from_context();
    let may = desk.may_write();
    let choices = desk.live.select(places);
    let silent = desk.live.select(|w| w.improvements.silent);
    let anonymous = desk.live.select(|w| w.options.authors == Authors::Anonymous);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        desk.add();
    };
    let kind = move |kind: Kind| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="sticky-kind"
                    checked=desk.kind.get_untracked() == kind
                    prop:checked=move || desk.kind.get() == kind
                    on:change=move |_| desk.kind.set(kind)
                />
                <span class="mark">{mark(kind)} {kind.name()}</span>
            </label>
        }
        .into_any()
    };
    let place = move |choice: Choice| {
        let own = choice.value.clone();
        option(choice.value, choice.text, Signal::derive(move || chosen(&own) == desk.at.get()))
    };
    let about = move || match (silent.get(), anonymous.get()) {
        (true, true) => "Nobody sees it before all are shown, and nobody learns who wrote it.",
        (true, false) => "Nobody sees it before all are shown; then with your name.",
        (false, true) => "Everybody sees it at once, nobody learns who wrote it.",
        (false, false) => "Everybody sees it at once, with your name.",
    };
    let form = move || {
        may.get().then(|| {
            view! {
                <form class="details" on:submit=submit aria-label="New sticky">
                    <h2>"New sticky"</h2>
                    <fieldset class="write__kinds">
                        <legend class="vh">"What is it about?"</legend>
                        {Kind::ALL.map(kind).collect_view()}
                    </fieldset>
                    <div class="field">
                        <label for="sticky-text">{changing(move || if desk.kind.get() == Kind::Improvement { "What would help?" } else { "What failed?" })}</label>
                        <input
                            node_ref=desk.field
                            class="input"
                            id="sticky-text"
                            type="text"
                            autocomplete="off"
                            maxlength=StickyText::MAX.to_string()
                            prop:value=move || desk.text.get()
                            on:input=move |event| desk.text.set(event_target_value(&event))
                        />
                    </div>
                    <div class="field">
                        <label for="sticky-place">"Where?"</label>
                        <select class="select" id="sticky-place" on:change=move |event| desk.at.set(chosen(&event_target_value(&event)))>
                            {changing(move || choices.get().into_iter().map(place).collect_view())}
                        </select>
                    </div>
                    <p class="small quiet">{about}</p>
                    <button class="btn btn--primary" type="submit">"Stick it"</button>
                </form>
            }
            .into_any()
        })
    };
    view! { {form} }.into_any()
}
