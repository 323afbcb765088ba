//! All published checkpoints, narrowed by what stands in the address.

use crate::api::checkpoints::{Filter, Listing, list_checkpoints};
use crate::domain::maturity::Level;
use crate::ui::components::{Choice, Page, Select, TextField};
use crate::ui::frame::Frame;
use crate::ui::lists::HeldTable;
use crate::ui::load;
use crate::ui::query::address;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// `/checkpoints`.
#[component]
pub fn CheckpointsPage() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(read));
    let listing = load::again(move || filter.get(), list_checkpoints);
    load::show(listing, "/checkpoints", move |listing: Listing| {
        view! {
            <Frame current="/checkpoints" me=listing.me.clone()>
                <Page title="Checkpoints" lead="What the squads found and agreed on, newest first.">
                    <List listing=listing filter=filter.get_untracked() />
                </Page>
            </Frame>
        }
        .into_any()
    })
}

fn read(query: &ParamsMap) -> Filter {
    let text = |name| query.get(name).unwrap_or_default();
    Filter {
        squad: text("squad"),
        tribe: text("tribe"),
        level: text("level"),
        from: text("from"),
        to: text("to"),
        page: text("page").parse().unwrap_or(1).max(1),
    }
}

fn at_page(filter: &Filter, page: u32) -> String {
    let number = if page > 1 { page.to_string() } else { String::new() };
    let parameters = [
        ("squad", filter.squad.as_str()),
        ("tribe", &filter.tribe),
        ("level", &filter.level),
        ("from", &filter.from),
        ("to", &filter.to),
        ("page", &number),
    ];
    address("/checkpoints", &parameters)
}

#[component]
fn List(listing: Listing, filter: Filter) -> impl IntoView {
    let narrowed = filter
        != Filter {
            page: filter.page,
            ..Filter::default()
        };
    let count = match listing.total {
        1 => "1 checkpoint".to_owned(),
        total => format!("{total} checkpoints"),
    };
    let none = listing.cards.is_empty();
    let rest = if none {
        let sentence = if listing.total > 0 {
            "This page of the list is empty."
        } else if narrowed {
            "No checkpoint fits these filters. Take one away, or clear them all."
        } else {
            "No summary is published yet. Start a checkpoint, hold it with the squad, and publish its summary: then it stands here."
        };
        view! { <p class="empty">{sentence}</p> }.into_any()
    } else {
        view! {
            <p class="small quiet">{count}</p>
            <HeldTable caption="Checkpoints, newest first" cards=listing.cards facilitator=true />
        }
        .into_any()
    };
    view! {
        <Filters squads=listing.squads.into_iter().map(|s| (s.slug, s.name)).collect() tribes=listing.tribes filter=filter.clone() narrowed=narrowed />
        {rest}
        <Pager filter=filter total=listing.total per_page=listing.per_page />
    }
}

/// A plain form: the filter stands in the address, so that it can be sent to somebody.
#[component]
fn Filters(squads: Vec<(String, String)>, tribes: Vec<String>, filter: Filter, narrowed: bool) -> impl IntoView {
    let all = |text: &str| vec![Choice::new("", text)];
    let mut squad_choices = all("All squads");
    squad_choices.extend(squads.into_iter().map(|(slug, name)| Choice::new(slug, name)));
    let mut tribe_choices = all("All tribes");
    tribe_choices.extend(tribes.into_iter().map(|name| Choice::new(name.clone(), name)));
    let mut levels = all("All levels");
    levels.extend(Level::ALL.into_iter().map(|level| Choice::new(level.key(), level.name())));
    view! {
        <form class="filters" method="get" action="/checkpoints" role="search" aria-label="Filter the checkpoints">
            <Select label="Squad" name="squad" choices=squad_choices value=RwSignal::new(filter.squad) />
            <Select label="Tribe" name="tribe" choices=tribe_choices value=RwSignal::new(filter.tribe) />
            <Select label="Level" name="level" choices=levels value=RwSignal::new(filter.level) />
            <TextField label="From" name="from" kind="date" initial=filter.from />
            <TextField label="To" name="to" kind="date" initial=filter.to />
            <div class="buttons">
                <button class="btn" type="submit">
                    "Filter"
                </button>
                {narrowed
                    .then(|| {
                        view! {
                            <a class="btn btn--ghost" href="/checkpoints">
                                "Clear"
                            </a>
                        }
                    })}
            </div>
        </form>
    }
}

#[component]
fn Pager(filter: Filter, total: u32, per_page: u32) -> impl IntoView {
    let pages = total.div_ceil(per_page.max(1)).max(1);
    let page = filter.page;
    (pages > 1 || page > 1).then(|| {
        let newer = (page > 1).then(|| view! { <a href=at_page(&filter, (page - 1).min(pages)) rel="prev">"Newer"</a> });
        let older = (page < pages).then(|| view! { <a href=at_page(&filter, page + 1) rel="next">"Older"</a> });
        view! {
            <nav class="pager" aria-label="Pages of the list">
                <span>{newer}</span>
                <span>{format!("Page {page} of {pages}")}</span>
                <span>{older}</span>
            </nav>
        }
    })
}
