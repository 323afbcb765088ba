//! All capabilities, for reading: what each means, where to read more, and whether it can be surveyed.

use crate::api::capabilities::{CapabilitiesView, load_capabilities};
use crate::domain::facts::Capability;
use crate::domain::facts::capability::{Entry, Group, Group2019};
use crate::ui::components::{HeldOn, Page, changing};
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/capabilities?by=2019`.
#[component]
pub fn CapabilitiesPage() -> AnyView {
    let query = use_query_map();
    let then = Memo::new(move |_| query.with(|query| query.get("by").is_some_and(|by| by == "2019")));
    let view = load::again(|| (), |()| load_capabilities());
    load::show(view, "/capabilities", move |view: CapabilitiesView| {
        let lead = "What DORA found to make delivery better. A squad that knows its level looks at three of them first.";
        let entries = StoredValue::new(view.entries);
        let groups = move || entries.with_value(|entries| if then.get() { as_in_2019(entries) } else { as_today(entries) });
        view! {
            <Frame current="/capabilities" me=view.me.clone()>
                <Page title="Capabilities" lead=lead>
                    <p class="gap-below">
                        {changing(move || if then.get() {
                            view! { "Grouped as from 2019 to 2022. " <a href="/capabilities">"Group them as today"</a> }.into_any()
                        } else {
                            view! { "Grouped as today. " <a href="/capabilities?by=2019">"Group them as from 2019 to 2022"</a> }.into_any()
                        })}
                    </p>
                    {groups}
                    {own(view.own.clone())}
                    <p class="small quiet">
                        "Names and groups are those of DORA; the summaries are our own. Source: " {view.about.source.clone()} ". State of "
                        <HeldOn date=view.about.date /> ". " {view.about.license.clone()} ". " <a href="/about">"Credits and licences"</a>
                    </p>
                </Page>
            </Frame>
        }
        .into_any()
    })
}

fn as_today(entries: &[Entry]) -> AnyView {
    let group = |group: Group| {
        let of_it = entries.iter().filter(|entry| entry.group == group).collect::<Vec<_>>();
        section(group.name(), &of_it)
    };
    Group::ALL.map(group).collect_view().into_any()
}

fn as_in_2019(entries: &[Entry]) -> AnyView {
    let group = |group: Option<Group2019>| {
        let of_it = entries.iter().filter(|entry| entry.group_2019 == group).collect::<Vec<_>>();
        section(group.map_or("Added since", Group2019::name), &of_it)
    };
    let groups = Group2019::ALL.into_iter().map(Some).chain([None]);
    groups.map(group).collect_view().into_any()
}

fn section(name: &'static str, entries: &[&Entry]) -> AnyView {
    let rows = entries.iter().map(|entry| row(entry)).collect();
    listed(name, rows)
}

/// A table of capabilities under its heading.
fn listed(name: &'static str, rows: Vec<AnyView>) -> AnyView {
    view! {
        <section class="gap-below">
            <h2>{name}</h2>
            <table class="table table--stack">
                <caption class="vh">{name}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Capability"</th>
                        <th scope="col">"What it means"</th>
                        <th scope="col">"Survey"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(entry: &Entry) -> AnyView {
    let mut marks = Vec::new();
    if let Some(then) = &entry.title_2019 {
        marks.push(format!("in 2019: {then}"));
    }
    if entry.core {
        marks.push("DORA Core".to_owned());
    }
    if let Some(level) = entry.level {
        marks.push(format!("recommended for {}", level.name()));
    }
    let marks = (!marks.is_empty()).then(|| view! { <br/> <span class="small quiet">{marks.join(", ")}</span> });
    view! {
        <tr>
            <th scope="row">
                <a href=entry.url.clone() rel="noreferrer noopener external">{entry.title.clone()}</a>
                {marks}
            </th>
            <td data-l="What it means">{entry.summary.clone()}</td>
            <td class="nowrap" data-l="Survey">{statements(entry.sets.first().map_or(0, |set| set.items.len()))}</td>
        </tr>
    }
    .into_any()
}

fn statements(count: usize) -> String {
    match count {
        0 => "for reading only".to_owned(),
        1 => "1 statement".to_owned(),
        n => format!("{n} statements"),
    }
}

/// What the organisation wrote itself.
fn own(own: Vec<Capability>) -> AnyView {
    if own.is_empty() {
        return ().into_any();
    }
    let rows = own
        .into_iter()
        .map(|one| {
            view! {
                <tr>
                    <th scope="row">{one.title}</th>
                    <td data-l="What it means">{one.summary}</td>
                    <td class="nowrap" data-l="Survey">{statements(one.items.len())}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    listed("Your organisation’s own", rows)
}
