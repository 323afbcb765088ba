//! The door of a room: a name, and in. Without an account and without script.

use crate::api::ApiError;
use crate::api::room::{Asked, DoorView, Join, Standing, look_at_door};
use crate::domain::code::JoinCode;
use crate::domain::text::day;
use crate::ui::components::{Checkbox, Icon, IconName, Show, TextField};
use crate::ui::forms::{Refusal, Submit, refusal, successes};
use crate::ui::frame::WayIn;
use crate::ui::load;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use std::time::Duration;

/// Under this key the browser keeps the name for the next time.
const NAME_KEY: &str = "checkpoint.name";
/// How often somebody who waits at the door looks again.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// What the door's page keeps while the answer changes.
#[derive(Clone, Copy)]
struct Door {
    join: ServerAction<Join>,
    name: RwSignal<String>,
    /// Counts the looks of somebody who waits.
    looks: RwSignal<u32>,
}

/// `/join/{code}`.
#[component]
pub fn JoinPage() -> AnyView {
    let door = Door {
        join: ServerAction::new(),
        name: RwSignal::default(),
        looks: RwSignal::default(),
    };
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code")).unwrap_or_default());
    let joined = successes(door.join);
    let view = load::again(
        move || (code.get(), joined.get(), door.looks.get()),
        |(code, ..)| look_at_door(code),
    );
    load::show(view, "/join", move |view: DoorView| {
        let typed = code.get_untracked();
        let code = JoinCode::parse(&typed).map_or(typed, |code| code.to_string());
        at_the_door(view, code, door)
    })
}

fn at_the_door(view: DoorView, code: String, door: Door) -> AnyView {
    let room = format!("/w/{code}");
    let granted = view.asked.as_ref().is_some_and(|asked| asked.granted == Some(true));
    if view.seated_as.is_some() && granted {
        return view! { <Redirect path=room /> }.into_any();
    }
    let title = format!("Join the checkpoint of {}", view.squad);
    let preview = format!(
        "{}, facilitated by {}. You need a name and no account.",
        day(view.held_on),
        view.facilitator
    );
    let body = match (&view.seated_as, &view.asked) {
        (Some(name), _) => view! { <Seated name=name.clone() room=room /> }.into_any(),
        (None, Some(Asked { name, granted: None })) => view! { <Waiting name=name.clone() code=code looks=door.looks /> }.into_any(),
        _ if view.standing == Standing::Cancelled => ().into_any(),
        _ => view! { <Newcomer view=view.clone() code=code door=door /> }.into_any(),
    };
    view! {
        <Meta name="description" content=preview.clone() />
        <Meta property="og:title" content=title.clone() />
        <Meta property="og:description" content=preview />
        <WayIn title=title>
            <Now view=view />
            {body}
        </WayIn>
    }
    .into_any()
}

/// Where the squad is.
#[component]
fn Now(view: DoorView) -> impl IntoView {
    let (step, number, of) = view.step;
    let led_by = view.facilitator;
    let (title, about) = match view.standing {
        Standing::Cancelled => (
            "This checkpoint is cancelled".to_owned(),
            format!("It was planned for {}. Ask {led_by} when there is another one.", day(view.held_on)),
        ),
        Standing::Between => (
            "Between parts".to_owned(),
            format!("One part is over. {led_by} opens the next one; you can come in and read what was decided so far."),
        ),
        Standing::Live => {
            let here = match view.here {
                0 => "nobody is here just now".to_owned(),
                1 => "1 person is here".to_owned(),
                n => format!("{n} people are here"),
            };
            (step, format!("Step {number} of {of}. {led_by} facilitates, {here}."))
        }
        Standing::Planned => (
            format!("Planned for {}", day(view.held_on)),
            format!("{led_by} facilitates. You can come in and wait for the start."),
        ),
    };
    let chip = match view.standing {
        Standing::Live => Some("Live"),
        Standing::Between => Some("Break"),
        Standing::Planned | Standing::Cancelled => None,
    };
    view! {
        <div class="join__card">
            <p>
                <strong>{title}</strong>
            </p>
            {chip
                .map(|chip| {
                    view! {
                        <p>
                            <span class="chip chip--good">
                                <span class="live-dot" aria-hidden="true"></span>
                                {chip}
                            </span>
                        </p>
                    }
                })}
            <p>{about}</p>
            {view.rehearsal.then(|| view! { <p>"This is a rehearsal: nothing of it is kept."</p> })}
        </div>
    }
}

#[component]
fn Seated(name: String, room: String) -> impl IntoView {
    view! {
        <p>{format!("You are here as {name}.")}</p>
        <a class="btn btn--primary btn--wide" href=room>
            "Go to the room"
        </a>
    }
}

/// Somebody who asked for a seat and waits for the facilitator.
#[component]
fn Waiting(name: String, code: String, looks: RwSignal<u32>) -> impl IntoView {
    Effect::new(move |_| {
        if let Ok(timer) = set_timeout_with_handle(move || look_again(looks), LOOK_AGAIN) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <div class="note" role="status">
            <h2>"Waiting for the facilitator"</h2>
            <p>{format!("You asked for the seat of {name}. The facilitator sees it and lets you in.")}</p>
        </div>
        <p class="small quiet">
            "This page looks again by itself every few seconds. " <a href=format!("/join/{code}") rel="external">
                "Check again now"
            </a>
        </p>
    }
}

/// The page may be gone when the timer rings.
fn look_again(looks: RwSignal<u32>) {
    let _ = looks.try_update(|n| *n = n.wrapping_add(1));
}

/// Somebody without a seat: the form.
#[component]
fn Newcomer(view: DoorView, code: String, door: Door) -> impl IntoView {
    let declined = view
        .asked
        .as_ref()
        .filter(|asked| asked.granted == Some(false))
        .map(|asked| asked.name.clone());
    let closed = view.closed;
    prefill(door, view.me.map(|me| me.name));
    view! {
        {declined
            .map(|name| {
                view! {
                    <p class="refusal">
                        <Icon name=IconName::Warn small=true />
                        <span>
                            {format!(
                                "The facilitator did not let you take the seat of {name}. Join under another name, or talk to the facilitator.",
                            )}
                        </span>
                    </p>
                }
            })}
        {closed
            .then(|| {
                view! {
                    <div class="note note--warn">
                        <h2>"The door is closed"</h2>
                        <p>
                            "The facilitator lets nobody new in just now. Ask them to open the door, then "
                            <a href=format!("/join/{code}") rel="external">
                                "check again"
                            </a> ". Were you here before? Then ask for your seat."
                        </p>
                    </div>
                }
            })}
        <Form code=code.clone() door=door closed=closed />
        <p class="privacy">
            <Icon name=IconName::EyeOff small=true />
            <span>"Nobody sees an answer before the reveal. Whether votes are anonymous stands beside each question."</span>
        </p>
        <p class="small quiet">"Were you here before on another device? Use the same name, the facilitator confirms it."</p>
    }
}

#[component]
fn Form(code: String, door: Door, closed: bool) -> impl IntoView {
    let Door { join, name, .. } = door;
    let value = join.value();
    let taken = move || value.with(|last| matches!(last, Some(Err(ApiError::AskForSeat { .. }))));
    let keep = move |_| {
        if let Ok(Some(storage)) = window().local_storage() {
            // A browser that keeps nothing asks for the name again.
            let _ = storage.set_item(NAME_KEY, &name.get_untracked());
        }
    };
    view! {
        <ActionForm action=join attr:class="join__form" on:submit:capture=keep>
            <input type="hidden" name="code" value=code />
            <TextField
                label="Your name"
                name="name"
                value=name
                hint="As your squad knows you. No account needed."
                class="input--l"
                autocomplete="given-name"
                maxlength=40
                required=true
            />
            {(!closed)
                .then(|| {
                    view! {
                        <Checkbox
                            label="I only observe"
                            name="observe"
                            checked=RwSignal::new(false)
                            hint="You see the room and are not counted in votes."
                        />
                    }
                })}
            <Refusal why=refusal(join) />
            {(!closed).then(|| view! { <Submit label="Join" pending=join.pending() class="btn btn--primary btn--wide" /> })}
            <Show when=move || closed || taken()>
                <button class="btn btn--wide" type="submit" name="again" value="1" disabled=move || join.pending().get()>
                    "Ask for my seat"
                </button>
            </Show>
        </ActionForm>
    }
}

/// The name to begin with: the one that was just refused, that of the account, or once the page is awake that of last time.
fn prefill(door: Door, account: Option<String>) {
    let refused = door.join.value().with_untracked(|last| match last {
        Some(Err(ApiError::AskForSeat { name, .. })) if !name.is_empty() => Some(name.clone()),
        _ => None,
    });
    if let Some(name) = refused.or(account)
        && door.name.with_untracked(String::is_empty)
    {
        door.name.set(name.chars().take(40).collect());
    }
    Effect::new(move |_| {
        if !door.name.with_untracked(String::is_empty) {
            return;
        }
        if let Ok(Some(storage)) = window().local_storage()
            && let Ok(Some(name)) = storage.get_item(NAME_KEY)
        {
            door.name.set(name);
        }
    });
}
