//! Open actions over all squads, narrowed by what stands in the address, and what squads need from outside.

use crate::api::actions::{ActionsView, Filter, list_actions};
use crate::api::checkpoints::SquadChoice;
use crate::domain::outside::Shared;
use crate::ui::actions::{ActionList, Changing, ReadOnly, Reader};
use crate::ui::components::{Choice, Filters, Page, Pager, Select};
use crate::ui::forms::successes;
use crate::ui::frame::Frame;
use crate::ui::lists;
use crate::ui::load;
use crate::ui::query::Here;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

const OUTSIDE: &str = "/actions?outside=1";

/// `/actions`.
#[component]
pub fn ActionsPage() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(read));
    let change = Changing::default();
    let changed = successes(change.action);
    let view = load::again(move || (filter.get(), changed.get()), |(filter, _)| list_actions(filter));
    load::show(view, "/actions", move |view: ActionsView| {
        let filter = filter.get_untracked();
        let me = view.me.clone();
        let body = if filter.outside {
            view! { <Outside lines=view.outside left_out=view.left_out /> }.into_any()
        } else {
            view! { <List view=view filter=filter change=change /> }.into_any()
        };
        view! {
            <Frame current="/actions" me=me>
                <Page title="Actions" lead="What the squads decided to do, and how far they are.">
                    {body}
                </Page>
            </Frame>
        }
        .into_any()
    })
}

fn read(query: &ParamsMap) -> Filter {
    let text = |name| query.get(name).unwrap_or_default();
    Filter {
        who: text("who"),
        squad: text("squad"),
        due: text("due"),
        state: text("state"),
        sort: text("sort"),
        outside: query.get("outside").is_some(),
        page: text("page").parse().unwrap_or(1).max(1),
    }
}

fn here(filter: &Filter) -> Here {
    let parameters = [
        ("who", filter.who.as_str()),
        ("squad", &filter.squad),
        ("due", &filter.due),
        ("state", &filter.state),
        ("sort", &filter.sort),
    ];
    Here::new("/actions", parameters)
}

#[component]
fn List(view: ActionsView, filter: Filter, change: Changing) -> impl IntoView {
    let plain = Filter {
        page: filter.page,
        ..Filter::default()
    };
    let narrowed = filter != plain;
    let count = match view.total {
        1 => "1 action".to_owned(),
        total => format!("{total} actions"),
    };
    let (here, page) = (here(&filter), filter.page);
    let may_change = view.me.as_ref().is_some_and(|me| me.may_facilitate);
    let reader = if may_change { Reader::Account } else { Reader::Viewer };
    let list = if view.lines.is_empty() {
        let sentence = if view.total > 0 {
            "This page of the list is empty."
        } else if narrowed {
            "No action fits these filters. Take one away, or clear them all."
        } else {
            "No action is open. What a squad decides in the step Actions of a checkpoint stands here until it is done or dropped."
        };
        view! { <p class="empty">{sentence}</p> }.into_any()
    } else {
        view! {
            <ReadOnly reader=reader.clone() />
            <h2 class="small quiet">{count}</h2>
            <ActionList lines=view.lines reader=reader change=change squads=true />
        }
        .into_any()
    };
    view! {
        <Narrow squads=view.squads filter=filter narrowed=narrowed />
        <p class="gap-below">
            <a href=OUTSIDE>"What squads need from outside"</a>
        </p>
        {list}
        <Pager here=here page=page total=view.total per_page=view.per_page />
    }
}

#[component]
fn Narrow(squads: Vec<SquadChoice>, filter: Filter, narrowed: bool) -> impl IntoView {
    let choices = |entries: &[(&str, &str)]| -> Vec<Choice> { entries.iter().map(|(value, text)| Choice::new(*value, *text)).collect() };
    let mut of_squads = vec![Choice::new("", "All squads")];
    of_squads.extend(squads.into_iter().map(|squad| Choice::new(squad.slug, squad.name)));
    view! {
        <Filters label="Filter the actions" here=here(&filter) narrowed=narrowed>
            <Select label="Owner" name="who" choices=choices(&[("", "Everybody"), ("mine", "Me")]) value=RwSignal::new(filter.who) />
            <Select label="Squad" name="squad" choices=of_squads value=RwSignal::new(filter.squad) />
            <Select label="Due" name="due" choices=choices(&[("", "At any time"), ("overdue", "Overdue")]) value=RwSignal::new(filter.due) />
            <Select label="State" name="state" choices=choices(&[("", "Open"), ("closed", "Done and dropped")]) value=RwSignal::new(filter.state) />
            <Select label="Order" name="sort" choices=choices(&[("", "Due first"), ("age", "Oldest first")]) value=RwSignal::new(filter.sort) />
        </Filters>
    }
}

/// What squads need from outside, gathered: who says the same stands in one line.
#[component]
fn Outside(lines: Vec<Shared>, left_out: String) -> impl IntoView {
    let none = lines.is_empty();
    let items = lines.into_iter().map(need).collect_view();
    view! {
        <section aria-labelledby="h-outside">
            <h2 id="h-outside">"Needs help from outside"</h2>
            <p class="quiet lead-in">
                "Open actions, and improvements of the last summaries, that squads have marked as needing help from outside. A squad is named where it has agreed to that, on its own page."
            </p>
            {lists::left_out(left_out)}
            {if none {
                view! { <p class="empty">"No squad has marked an open action or an improvement as needing help from outside."</p> }.into_any()
            } else {
                view! { <ul class="deeds">{items}</ul> }.into_any()
            }}
            <p class="gap-above">
                <a href="/actions">"All open actions"</a>
            </p>
        </section>
    }
}

fn need(line: Shared) -> AnyView {
    let agreement = line
        .agreement()
        .map(|words| view! { <span class="chip chip--accent">{words}</span> }.into_any());
    let serves =
        (!line.serves.is_empty()).then(|| view! { <p class="small quiet">{format!("Serves {}", line.serves.join(", "))}</p> }.into_any());
    let named: Vec<String> = line.named.into_iter().collect();
    let named = (!named.is_empty()).then(|| view! { <p class="small quiet">{format!("Named: {}", named.join(", "))}</p> }.into_any());
    let mut words = line.words.into_iter();
    let first = words.next();
    let others = words.map(|words| view! { <p class="small">{words}</p> }.into_any()).collect_view();
    view! {
        <li class="deed">
            <div>
                <h3>{first}</h3>
                {others}
                {serves}
                {named}
            </div>
            <div class="deed__now">{agreement}</div>
        </li>
    }
    .into_any()
}
