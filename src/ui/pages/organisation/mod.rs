//! All squads at once, narrowed by what stands in the address. It compares to help, not to rank: the order is the alphabet's unless the
//! reader asks for another.

pub mod heat;
pub mod more;

use crate::api::trends::{Filter, OrganisationView, load_organisation};
use crate::domain::facts::Edition;
use crate::ui::components::{Checkbox, Choice, Filters, Page, Select};
use crate::ui::frame::Frame;
use crate::ui::load;
use crate::ui::maturity::EditionSwitch;
use crate::ui::query::{Here, address};
use crate::ui::trends::AsCsv;
use heat::HeatMap;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use more::{Actions, CapabilityMap, Focus, Late, Outside, Spread};

const HERE: &str = "/organisation";

/// `/organisation`.
#[component]
pub fn OrganisationPage() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(read));
    let view = load::again(move || filter.get(), load_organisation);
    load::show(view, HERE, move |view: OrganisationView| {
        let filter = filter.get_untracked();
        view! {
            <Frame current=HERE me=view.me.clone()>
                <Page title="Organisation" lead=lead(&view, &filter) act=compare>
                    <Squads view=view filter=filter />
                </Page>
            </Frame>
        }
        .into_any()
    })
}

fn read(query: &ParamsMap) -> Filter {
    let text = |name| query.get(name).unwrap_or_default();
    Filter {
        tribe: text("tribe"),
        period: text("period"),
        sort: text("sort"),
        archived: query.get("archived").is_some(),
        edition: text("edition"),
    }
}

fn here(filter: &Filter) -> Here {
    let parameters = [
        ("tribe", filter.tribe.as_str()),
        ("period", &filter.period),
        ("archived", if filter.archived { "true" } else { "" }),
        ("sort", &filter.sort),
        ("edition", &filter.edition),
    ];
    Here::new(HERE, parameters)
}

/// The edition that the page shows; the classic where none is asked for that it offers.
fn edition(filter: &Filter) -> Edition {
    Edition::asked(&filter.edition).unwrap_or(Edition::Y2019)
}

/// The address of a table as a file.
fn csv(filter: &Filter, table: &str) -> String {
    let parameters = [
        ("table", table),
        ("tribe", &filter.tribe),
        ("period", &filter.period),
        ("archived", if filter.archived { "true" } else { "" }),
        ("edition", &filter.edition),
    ];
    address("/organisation.csv", &parameters)
}

fn compare() -> impl IntoView {
    view! {
        <a class="btn" href="/compare">
            "Compare two"
        </a>
    }
}

fn lead(view: &OrganisationView, filter: &Filter) -> String {
    let squads = match view.rows.len() {
        0 => return "What squads agreed last. It is here to help, not to rank.".to_owned(),
        1 => "one squad".to_owned(),
        many => format!("{many} squads"),
    };
    let order = if filter.sort.is_empty() {
        "in alphabetical order"
    } else {
        "in the order you chose"
    };
    format!("What {squads} agreed last, {order}. It is here to help, not to rank.")
}

#[component]
fn Squads(view: OrganisationView, filter: Filter) -> impl IntoView {
    let narrowed = here(&filter) != here(&Filter::default());
    let filters = view! { <Narrowing tribes=view.tribes archived=view.archived filter=filter.clone() narrowed=narrowed /> };
    if view.rows.is_empty() {
        let sentence = if narrowed {
            "No squad fits these filters. Take one away, or clear them all."
        } else {
            "There is no squad yet. The first checkpoint that you start makes one."
        };
        return view! {
            {filters}
            <p class="empty">{sentence}</p>
        }
        .into_any();
    }
    view! {
        {filters}
        <section aria-label="Answers">
            <EditionSwitch here=here(&filter) current=edition(&filter) />
            <p class="small quiet lead-in gap-above">{edition(&filter).on_many()}</p>
            <HeatMap rows=view.rows.clone() filter=filter.clone() />
            <AsCsv href=csv(&filter, "answers") what="these answers" />
        </section>
        <Spread rows=view.rows.clone() filter=filter.clone() />
        <div class="org-more">
            <Focus chosen=view.focus filter=filter.clone() />
            <Actions deeds=view.deeds filter=filter.clone() />
            <Outside needs=view.outside left_out=view.left_out filter=filter.clone() />
        </div>
        <CapabilityMap scores=view.capabilities filter=filter />
        <Late rows=view.rows />
    }
    .into_any()
}

#[component]
fn Narrowing(tribes: Vec<String>, archived: usize, filter: Filter, narrowed: bool) -> impl IntoView {
    let mut of_tribes = vec![Choice::new("", "All tribes")];
    of_tribes.extend(tribes.into_iter().map(|name| Choice::new(name.clone(), name)));
    let periods: Vec<_> = [
        ("", "At any time"),
        ("quarter", "Last three months"),
        ("half", "Last six months"),
        ("year", "Last twelve months"),
    ]
    .map(|(value, text)| Choice::new(value, text))
    .to_vec();
    let with_archived = (archived > 0 || filter.archived)
        .then(|| view! { <Checkbox label="Show archived squads" name="archived" checked=RwSignal::new(filter.archived) /> }.into_any());
    view! {
        <Filters label="Filter the squads" here=here(&filter) kept=&["sort", "edition"] narrowed=narrowed>
            <Select label="Tribe" name="tribe" choices=of_tribes value=RwSignal::new(filter.tribe) />
            <Select label="Last held" name="period" choices=periods value=RwSignal::new(filter.period) />
            {with_archived}
        </Filters>
    }
}
