//! Two checkpoints side by side.

use crate::api::past::{Comparing, compare_checkpoints};
use crate::domain::compare::{Comparison, Row, Section, Side};
use crate::domain::facts::Edition;
use crate::ui::components::Page;
use crate::ui::frame::Frame;
use crate::ui::load;
use crate::ui::maturity::EditionSwitch;
use crate::ui::query::Here;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// `/compare?a=&b=`, or `?id=&id=` from the boxes of the list.
#[component]
pub fn ComparePage() -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| (ids(query), query.get("edition").unwrap_or_default())));
    let comparing = load::again(move || asked.get(), |(ids, edition)| compare_checkpoints(ids, edition));
    load::show(comparing, "/checkpoints", move |view: Comparing| {
        let edition = asked.with_untracked(|(_, edition)| Edition::asked(edition));
        let body = match view.comparison {
            Some(comparison) => view! { <Both comparison=comparison edition=edition.unwrap_or(Edition::Y2019) /> }.into_any(),
            None => view! {
                <p class="empty">{view.remark}</p>
                <p class="gap-above">
                    <a href="/checkpoints">"Choose two checkpoints in the list"</a>
                </p>
            }
            .into_any(),
        };
        view! {
            <Frame current="/checkpoints" me=view.me>
                <Page title="Compare two checkpoints">{body}</Page>
            </Frame>
        }
        .into_any()
    })
}

/// The checkpoints that the address names.
fn ids(query: &ParamsMap) -> Vec<String> {
    let named = ["a", "b"].into_iter().filter_map(|name| query.get(name));
    let ticked = query.get_all("id").unwrap_or_default();
    named.chain(ticked).filter(|id| !id.is_empty()).collect()
}

#[component]
fn Both(comparison: Comparison, edition: Edition) -> impl IntoView {
    let Comparison {
        sides,
        one_squad,
        sections,
        flow,
        cautions,
        scored,
    } = comparison;
    let [a, b] = sides.each_ref().map(|side| side.id.to_string());
    let parameters = [("a", a.as_str()), ("b", &b), ("edition", edition_asked(edition))];
    let here = Here::new("/compare", parameters);
    let csv = Here::new("/compare.csv", parameters).with(&[]);
    let names = sides.each_ref().map(|side| side.name.clone());
    let difference = if one_squad { "Since then" } else { "The second beside the first" };
    let tables = sections
        .into_iter()
        .map(|section| view! { <Theme section=section names=names.clone() difference=difference /> }.into_any())
        .collect_view();
    let cautions = cautions
        .into_iter()
        .map(|caution| view! { <p class="note note--warn gap-below">{caution}</p> }.into_any())
        .collect_view();
    view! {
        <div class="list-head">
            <p>{sides.map(side).collect_view()}</p>
            <EditionSwitch here=here current=edition />
        </div>
        <p class="small quiet gap-below">{scored}</p>
        {cautions}
        {tables}
        {(!flow.is_empty()).then(|| view! { <Changes flow=flow /> }.into_any())}
        <p class="gap-above">
            <a href=csv rel="external" download>
                "This comparison as CSV"
            </a>
        </p>
    }
}

/// The edition as an address asks for it.
fn edition_asked(edition: Edition) -> &'static str {
    if edition == Edition::Y2019 { "" } else { edition.label() }
}

/// One of the two, leading to its page.
fn side(side: Side) -> AnyView {
    let title = (!side.title.is_empty()).then(|| view! { <span class="quiet">{format!(" {}", side.title)}</span> }.into_any());
    view! {
        <span class="line">
            <a href=format!("/checkpoints/{}", side.id)>{side.name}</a>
            {title}
        </span>
    }
    .into_any()
}

/// A theme as a table of both.
#[component]
fn Theme(section: Section, names: [String; 2], difference: &'static str) -> impl IntoView {
    let [a, b] = names.clone();
    let rows = section
        .rows
        .into_iter()
        .map(|row| line(row, names.clone(), difference))
        .collect_view();
    view! {
        <section>
            <table class="table table--stack both">
                <caption>
                    <h2>{section.title}</h2>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="vh">"What"</span>
                        </th>
                        <th scope="col">{a}</th>
                        <th scope="col">{b}</th>
                        <th scope="col">{difference}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn line(row: Row, [a, b]: [String; 2], difference: &'static str) -> AnyView {
    let [one, other] = row.values;
    let difference = (!row.difference.is_empty()).then_some(difference);
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            <td class="own-words" data-l=a>
                {one}
            </td>
            <td class="own-words" data-l=b>
                {other}
            </td>
            <td data-l=difference>{row.difference}</td>
        </tr>
    }
    .into_any()
}

/// What changed in the flow between two checkpoints of one squad.
#[component]
fn Changes(flow: Vec<String>) -> impl IntoView {
    let lines = flow
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> }.into_any())
        .collect_view();
    view! {
        <section aria-labelledby="h-changes">
            <h2 id="h-changes">"What changed in the flow"</h2>
            <ul class="ways">{lines}</ul>
        </section>
    }
}
