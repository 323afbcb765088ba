//! The home page: the way in for whoever comes, and what goes on for those who sign in.

use super::join_code::JoinByCode;
use crate::api::Me;
use crate::api::checkpoints::{Card, Home, Live, load_home};
use crate::domain::text::day;
use crate::ui::components::{CopyButton, HeldOn, Icon, IconName, Page};
use crate::ui::frame::Frame;
use crate::ui::lists::{HeldTable, SquadCell};
use crate::ui::load;
use leptos::prelude::*;

/// `/`.
#[component]
pub fn HomePage() -> AnyView {
    let home = load::once(load_home());
    load::show(home, "/", |home: Home| match home.me.clone() {
        Some(me) => view! { <Inside home=home me=me /> }.into_any(),
        None => view! { <Outside setup_open=home.setup_open /> }.into_any(),
    })
}

/// For those who are not signed in.
#[component]
fn Outside(
    /// Whether the first administrator is still to be created.
    setup_open: bool,
) -> impl IntoView {
    let lead = "The quarterly look at how your squad delivers: vote, talk, agree, and keep what you found.";
    view! {
        <Frame current="/">
            <Page title="Join your squad's checkpoint" lead=lead narrow=true>
                {setup_open
                    .then(|| {
                        view! {
                            <div class="note">
                                <h2>"Set up Checkpoint"</h2>
                                <p>"Nobody has an account here yet. Create the first administrator with the token that the server printed when it started."</p>
                                <p class="buttons">
                                    <a class="btn" href="/setup">
                                        "Set up"
                                    </a>
                                </p>
                            </div>
                        }
                    })}
                <section class="after-note" aria-labelledby="h-join">
                    <h2 id="h-join">"Join with a code"</h2>
                    <p class="quiet gap-below">"The facilitator shows the code. You need no account."</p>
                    <JoinByCode main=true />
                </section>
                <section aria-labelledby="h-lead">
                    <h2 id="h-lead">"Lead a checkpoint or read summaries"</h2>
                    <p class="buttons">
                        <a class="btn" href="/sign-in">
                            "Use your account"
                        </a>
                    </p>
                </section>
            </Page>
        </Frame>
    }
}

/// For those who are.
#[component]
fn Inside(
    /// What goes on.
    home: Home,
    /// Who reads.
    me: Me,
) -> impl IntoView {
    let first_name = me.name.split_whitespace().next().unwrap_or(&me.name).to_owned();
    let may_start = me.may_facilitate;
    let unpublished: Vec<Card> = home
        .live
        .iter()
        .filter(|live| looks_held(live))
        .map(|live| live.card.clone())
        .collect();
    let start = move || {
        may_start.then(|| {
            view! {
                <a class="btn" href="/start">
                    <Icon name=IconName::Plus />
                    "Start a checkpoint"
                </a>
            }
        })
    };
    view! {
        <Frame current="/" me=Some(me)>
            <Page title=format!("Hello, {first_name}") act=start>
                <div class="home">
                    <div class="home__main">
                        <LiveNow live=home.live may_start=may_start />
                        <Planned cards=home.planned />
                        <Recent cards=home.recent />
                        <CalledOff cards=home.cancelled />
                    </div>
                    <div class="home__side">
                        {(!unpublished.is_empty()).then(|| view! { <NeedsYou cards=unpublished /> })}
                        {(home.my_actions > 0).then(|| view! { <MyActions count=home.my_actions /> }.into_any())}
                        <section aria-labelledby="h-join">
                            <h2 id="h-join">"Join with a code"</h2>
                            <JoinByCode />
                        </section>
                    </div>
                </div>
            </Page>
        </Frame>
    }
}

#[component]
fn LiveNow(live: Vec<Live>, may_start: bool) -> impl IntoView {
    let empty = live.is_empty();
    let cards = live
        .into_iter()
        .enumerate()
        .map(|(n, live)| {
            let (used, planned) = live.minutes;
            let here = match live.here {
                0 => "Nobody is in the room.".to_owned(),
                here => format!("{here} here."),
            };
            // The main act of the page is one button, not one for each card.
            let class = if n == 0 { "btn btn--primary" } else { "btn" };
            view! {
                <li class="live">
                    <p>
                        <span class="chip chip--good">
                            <span class="live-dot" aria-hidden="true"></span>
                            {if live.between { format!("Between parts, {used} of {planned} min") } else { format!("Live, {used} of {planned} min") }}
                        </span>
                    </p>
                    <h3>{live.card.squad.clone()}</h3>
                    <p class="live__now">{format!("{}. {here}", live.step)}</p>
                    <a class=class href=format!("/w/{}", live.card.code)>
                        "Go to the room"
                        <span class="vh">{format!(" of {}", live.card.squad)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let first = if may_start {
        "No checkpoint is being held. Start one, then give its link to the squad."
    } else {
        "No checkpoint is being held. When a facilitator starts one, it stands here."
    };
    view! {
        <section aria-labelledby="h-live">
            <h2 id="h-live">"Live now"</h2>
            {if empty {
                view! { <p class="empty">{first}</p> }.into_any()
            } else {
                view! { <ul class="stack">{cards}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Planned(cards: Vec<Card>) -> impl IntoView {
    let count = cards.len();
    let origin = RwSignal::new(String::new());
    Effect::new(move |_| origin.set(window().location().origin().unwrap_or_default()));
    let rows = cards
        .into_iter()
        .map(|card| {
            let join = format!("/join/{}", card.code);
            let link = Signal::derive(move || format!("{}{join}", origin.get()));
            let room = format!("/w/{}", card.code);
            let (held_on, led_by) = (card.held_on, card.facilitator.clone());
            view! {
                <tr>
                    <th scope="row">
                        <SquadCell card=card href=room />
                    </th>
                    <td class="nowrap" data-l="When">
                        <HeldOn date=held_on />
                    </td>
                    <td data-l="Facilitator">{led_by}</td>
                    <td data-l="Link">
                        <CopyButton label="Copy link" text=link small=true />
                    </td>
                </tr>
            }
        })
        .collect_view();
    (count > 0).then(|| {
        view! {
            <section aria-labelledby="h-plan">
                <h2 id="h-plan">"Planned " <span>{count}</span></h2>
                <table class="table table--stack">
                    <caption class="vh">"Planned checkpoints"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Squad"</th>
                            <th scope="col">"When"</th>
                            <th scope="col">"Facilitator"</th>
                            <th scope="col">"Link"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

/// Checkpoints that do not take place; in the room a facilitator can open them again.
#[component]
fn CalledOff(cards: Vec<Card>) -> AnyView {
    if cards.is_empty() {
        return ().into_any();
    }
    let row = |card: Card| {
        view! {
            <li>
                <a href=format!("/w/{}", card.code)>{card.squad.clone()}</a>
                <span class="quiet">{format!(", {}", day(card.held_on))}</span>
            </li>
        }
    };
    view! {
        <section aria-labelledby="h-off">
            <h2 id="h-off">"Cancelled"</h2>
            <p class="small quiet">"A facilitator can open these again in their room."</p>
            <ul class="stack">{cards.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn MyActions(count: u32) -> impl IntoView {
    let words = match count {
        1 => "1 open action is yours".to_owned(),
        count => format!("{count} open actions are yours"),
    };
    view! {
        <section aria-labelledby="h-mine">
            <h2 id="h-mine">"My actions"</h2>
            <p>
                <a href="/actions?who=mine">{words}</a>
            </p>
        </section>
    }
}

#[component]
fn Recent(cards: Vec<Card>) -> impl IntoView {
    view! {
        <section aria-labelledby="h-recent">
            <h2 id="h-recent">"Recent"</h2>
            {if cards.is_empty() {
                view! { <p class="empty">"No summary is published yet. The facilitator publishes it at the end of a checkpoint."</p> }.into_any()
            } else {
                view! {
                    <HeldTable caption="Recent checkpoints" cards=cards />
                    <p class="small gap-above">
                        <a href="/checkpoints">"All checkpoints"</a>
                    </p>
                }
                    .into_any()
            }}
        </section>
    }
}

/// Everybody has left, not for a break, and at least half of the time is used: it was held, and its summary is not published.
fn looks_held(live: &Live) -> bool {
    let (used, planned) = live.minutes;
    !live.between && live.here == 0 && 2 * used >= i64::from(planned)
}

/// Checkpoints that were held and whose summary is not published.
#[component]
fn NeedsYou(cards: Vec<Card>) -> impl IntoView {
    let count = cards.len();
    let tasks = cards
        .into_iter()
        .map(|card| {
            view! {
                <li>
                    <Icon name=IconName::Pencil />
                    <span>
                        <a href=format!("/w/{}", card.code)>{format!("Publish the summary of {}", card.squad)}</a>
                        <small>{format!("held {}, nobody is in the room", day(card.held_on))}</small>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="h-need">
            <h2 id="h-need">"Needs you " <span>{count}</span></h2>
            <ul class="tasks">{tasks}</ul>
        </section>
    }
}
