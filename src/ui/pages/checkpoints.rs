//! All published checkpoints, narrowed, searched and sorted by what stands in the address.

use crate::api::checkpoints::Card;
use crate::api::past::{Earlier, Filter, Listed, ListedCapability, Listing, list_checkpoints};
use crate::domain::facts::Edition;
use crate::domain::maturity::{Level, Rescored, Score};
use crate::domain::text::day;
use crate::ui::components::{Choice, Filters, HeldOn, Icon, IconName, Page, Pager, Select, TextField};
use crate::ui::frame::Frame;
use crate::ui::lists::{LevelCell, SquadCell};
use crate::ui::load;
use crate::ui::maturity::EditionSwitch;
use crate::ui::query::{Here, address};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use std::cmp::Ordering;

/// What stays in the address when a list is narrowed anew.
const KEPT: &[&str] = &["sort", "order", "edition", "with"];

/// `/checkpoints`.
#[component]
pub fn CheckpointsPage() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(read));
    let listing = load::again(move || filter.get(), list_checkpoints);
    load::show(listing, "/checkpoints", move |listing: Listing| {
        view! {
            <Frame current="/checkpoints" me=listing.me.clone()>
                <Page title="Checkpoints" lead="What the squads found and agreed on.">
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
        q: text("q"),
        squad: text("squad"),
        tribe: text("tribe"),
        level: text("level"),
        capability: text("capability"),
        from: text("from"),
        to: text("to"),
        sort: text("sort"),
        order: text("order"),
        edition: text("edition"),
        with: text("with"),
        page: text("page").parse().unwrap_or(1).max(1),
    }
}

fn here(filter: &Filter) -> Here {
    let parameters = [
        ("q", filter.q.as_str()),
        ("squad", &filter.squad),
        ("tribe", &filter.tribe),
        ("level", &filter.level),
        ("capability", &filter.capability),
        ("from", &filter.from),
        ("to", &filter.to),
        ("sort", &filter.sort),
        ("order", &filter.order),
        ("edition", &filter.edition),
        ("with", &filter.with),
    ];
    Here::new("/checkpoints", parameters)
}

#[component]
fn List(listing: Listing, filter: Filter) -> impl IntoView {
    let Listing {
        rows,
        total,
        per_page,
        remarks,
        squads,
        tribes,
        capabilities,
        with,
        ..
    } = listing;
    let (here, page) = (here(&filter), filter.page);
    let edition = Edition::asked(&filter.edition).unwrap_or(Edition::Y2019);
    let squads: Vec<(String, String)> = squads.into_iter().map(|squad| (squad.slug, squad.name)).collect();
    let tribes: Vec<(String, String)> = tribes.into_iter().map(|name| (name.clone(), name)).collect();
    let narrowed = narrowed(&filter);
    let list = if rows.is_empty() {
        nothing(total, narrowed, remarks)
    } else {
        let count = match total {
            1 => "1 checkpoint".to_owned(),
            total => format!("{total} checkpoints"),
        };
        view! {
            <div class="list-head">
                <p class="small quiet">{count}</p>
                <EditionSwitch here=here.clone() current=edition />
            </div>
            {(edition != Edition::Y2019).then(|| view! { <p class="small quiet gap-below">{edition.on_many()}</p> }.into_any())}
            <Table rows=rows here=here.clone() filter=filter.clone() edition=edition with=with.clone() />
        }
        .into_any()
    };
    view! {
        {with.map(|with| view! { <Choosing with=with here=here.clone() /> }.into_any())}
        <Narrow here=here.clone() filter=filter squads=squads tribes=tribes capabilities=capabilities narrowed=narrowed />
        {list}
        <Pager here=here page=page total=total per_page=per_page />
    }
}

/// Whether something is left out of the list.
fn narrowed(filter: &Filter) -> bool {
    let Filter {
        q,
        squad,
        tribe,
        level,
        capability,
        from,
        to,
        ..
    } = filter;
    [q, squad, tribe, level, capability, from, to]
        .into_iter()
        .any(|given| !given.is_empty())
}

/// Why nothing is listed, and what to do.
fn nothing(total: u32, narrowed: bool, mut remarks: Vec<String>) -> AnyView {
    remarks.push(
        if total > 0 {
            "This page of the list is empty."
        } else if narrowed {
            "No checkpoint fits these filters. Take one away, or clear them all."
        } else if remarks.is_empty() {
            "No summary is published yet. Start a checkpoint, hold it with the squad, and publish its summary: then it stands here."
        } else {
            "Open the list without it."
        }
        .to_owned(),
    );
    let sentences = remarks
        .into_iter()
        .map(|sentence| view! { <p>{sentence}</p> }.into_any())
        .collect_view();
    view! { <div class="empty">{sentences}</div> }.into_any()
}

/// That another checkpoint is chosen to be compared with this one.
#[component]
fn Choosing(with: Card, here: Here) -> impl IntoView {
    view! {
        <p class="note gap-below">
            {format!("Choose the checkpoint to compare with that of {}, {}. ", with.squad, day(with.held_on))}
            <a href=here.with(&[("with", "")])>"Choose none"</a>
        </p>
    }
}

/// The form: what is typed and chosen stands in the address, so that the list can be sent to somebody.
#[component]
fn Narrow(
    here: Here,
    filter: Filter,
    squads: Vec<(String, String)>,
    tribes: Vec<(String, String)>,
    capabilities: Vec<(String, String)>,
    narrowed: bool,
) -> impl IntoView {
    let with_all = |all: &str, entries: Vec<(String, String)>| -> Vec<Choice> {
        let entries = entries.into_iter().map(|(value, text)| Choice::new(value, text));
        std::iter::once(Choice::new("", all)).chain(entries).collect()
    };
    let levels = Level::ALL.map(|level| (level.key().to_owned(), level.name().to_owned())).into();
    view! {
        <Filters label="Filter the checkpoints" here=here kept=KEPT narrowed=narrowed>
            <TextField label="Search" name="q" kind="search" initial=filter.q maxlength=100 />
            <Select label="Squad" name="squad" choices=with_all("All squads", squads) value=RwSignal::new(filter.squad) />
            <Select label="Tribe" name="tribe" choices=with_all("All tribes", tribes) value=RwSignal::new(filter.tribe) />
            <Select label="Level" name="level" choices=with_all("All levels", levels) value=RwSignal::new(filter.level) />
            <Select
                label="Capability"
                name="capability"
                choices=with_all("All capabilities", capabilities)
                value=RwSignal::new(filter.capability)
            />
            <TextField label="From" name="from" kind="date" initial=filter.from />
            <TextField label="To" name="to" kind="date" initial=filter.to />
        </Filters>
    }
}

/// The table, in a form that compares the two that are ticked.
#[component]
fn Table(rows: Vec<Listed>, here: Here, filter: Filter, edition: Edition, #[prop(optional_no_strip)] with: Option<Card>) -> impl IntoView {
    let level = if edition == Edition::Y2019 {
        view! { <SortHeader name=level_head(edition) key="level" here=here.clone() filter=filter.clone() /> }.into_any()
    } else {
        // The order of the list is that of 2019: it says nothing about these scores.
        view! { <th scope="col">{level_head(edition)}</th> }.into_any()
    };
    let several = rows.len() > 1 && with.is_none();
    let with = with.map(|card| card.id.to_string());
    let rows = rows
        .into_iter()
        .map(|row| view! { <Row row=row edition=edition several=several with=with.clone() /> }.into_any())
        .collect_view();
    view! {
        <form method="get" action="/compare">
            {(edition != Edition::Y2019)
                .then(|| view! { <input type="hidden" name="edition" value=edition.label() /> }.into_any())}
            <table class="table table--stack past">
                <caption class="vh">"Past checkpoints"</caption>
                <thead>
                    <tr>
                        <SortHeader name="Squad".to_owned() key="squad" here=here.clone() filter=filter.clone() />
                        <SortHeader name="Held".to_owned() key="" here=here filter=filter />
                        <th scope="col">"Facilitator"</th>
                        {level}
                        <th scope="col">"Capabilities"</th>
                        <th scope="col">"Compare"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {several
                .then(|| {
                    view! {
                        <p class="buttons gap-above">
                            <button class="btn" type="submit">
                                "Compare the two ticked"
                            </button>
                        </p>
                    }
                        .into_any()
                })}
        </form>
    }
}

/// What stands over the levels, or over the scores of another edition.
fn level_head(edition: Edition) -> String {
    if edition == Edition::Y2019 {
        "Level, better than".to_owned()
    } else {
        format!("Score under {}", edition.label())
    }
}

/// The head of a column that sorts: a click on the one that sorts already turns the order round.
#[component]
fn SortHeader(
    name: String,
    /// What stands in the address; empty for the day, which sorts by itself.
    key: &'static str,
    here: Here,
    filter: Filter,
) -> impl IntoView {
    let current = filter.sort == key;
    // Names begin with A, days and levels with the most.
    let usual_is_ascending = key == "squad";
    let ascending = match filter.order.as_str() {
        "asc" => true,
        "desc" => false,
        _ => usual_is_ascending,
    };
    let turned = match (current, ascending) {
        (false, _) => "",
        (true, true) => "desc",
        (true, false) => "asc",
    };
    let href = here.with(&[("sort", key), ("order", turned)]);
    let sorted = current.then_some(if ascending { "ascending" } else { "descending" });
    let icon = if ascending { IconName::Up } else { IconName::Down };
    view! {
        <th scope="col" aria-sort=sorted>
            <a href=href>{name} {current.then(|| view! { <Icon name=icon small=true /> }.into_any())}</a>
        </th>
    }
}

#[component]
fn Row(row: Listed, edition: Edition, several: bool, #[prop(optional_no_strip)] with: Option<String>) -> impl IntoView {
    let Listed {
        card,
        answers,
        industry,
        capabilities,
        before,
    } = row;
    let id = card.id.to_string();
    let (held_on, led_by) = (card.held_on, card.facilitator.clone());
    let said = format!("{}, {}", card.squad, day(held_on));
    let href = address(
        &format!("/checkpoints/{id}"),
        &[("edition", if edition == Edition::Y2019 { "" } else { edition.label() })],
    );
    let score = answers.map(|answers| Rescored::of(edition, &answers, industry).score);
    let change = score
        .as_ref()
        .zip(before)
        .and_then(|(score, before)| change(score, &before, edition));
    let level = match score {
        Some(Score::Today(today)) => view! {
            {format!("{:.1} of 10", today.overall)}
            " "
            <span class="quiet small">{format!("{} answers", today.metrics_counted)}</span>
        }
        .into_any(),
        None if edition != Edition::Y2019 => view! { <span class="quiet">"No score: not all four answers are agreed"</span> }.into_any(),
        _ => view! { <LevelCell level=card.level percentile=card.percentile /> }.into_any(),
    };
    let pick = match with {
        Some(with) if with == id => view! { <span class="quiet">"This one"</span> }.into_any(),
        Some(with) => view! {
            <a href=address("/compare", &[("a", &with), ("b", &id), ("edition", edition.label())]) aria-label=format!("Compare with {said}")>
                "Compare"
            </a>
        }
        .into_any(),
        None if !several => view! { <span class="quiet">"Nothing to compare with"</span> }.into_any(),
        None => view! {
            <label class="tick">
                <input type="checkbox" name="id" value=id />
                <span class="vh">{format!("Compare {said}")}</span>
            </label>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <SquadCell card=card href=href />
            </th>
            <td class="nowrap" data-l="Held">
                <HeldOn date=held_on />
            </td>
            <td data-l="Facilitator">{led_by}</td>
            <td data-l=level_head(edition)>
                {level}
                {change.map(|change| view! { <span class="small quiet line">{change}</span> }.into_any())}
            </td>
            <td data-l="Capabilities">{capabilities.into_iter().map(capability).collect_view()}</td>
            <td data-l="Compare">{pick}</td>
        </tr>
    }
}

/// "Trunk-based development 61, focus"
fn capability(capability: ListedCapability) -> AnyView {
    let score = capability.score.map_or(String::new(), |score| format!(" {score}"));
    let focus = capability
        .focus
        .then(|| view! { <span class="chip chip--accent">"Focus"</span> }.into_any());
    view! { <span class="small line">{capability.title} {score} " " {focus}</span> }.into_any()
}

/// "up from 77 % on 6 Oct 2022", where the same can be said of the squad's checkpoint before.
fn change(now: &Score, before: &Earlier, edition: Edition) -> Option<String> {
    let then = Rescored::of(edition, &before.answers?, None).score;
    let (words, order) = match (now, &then) {
        (Score::Percentile { percentile: now, .. }, Score::Percentile { percentile: then, .. }) => (format!("{then} %"), now.cmp(then)),
        (Score::Today(now), Score::Today(then)) if now.metrics_counted == then.metrics_counted => {
            let [said, before] = [now, then].map(|today| format!("{:.1}", today.overall));
            // What reads the same is the same.
            let order = if said == before {
                Ordering::Equal
            } else {
                now.overall.total_cmp(&then.overall)
            };
            (before, order)
        }
        _ => return None,
    };
    let when = day(before.held_on);
    Some(match order {
        Ordering::Greater => format!("up from {words} on {when}"),
        Ordering::Less => format!("down from {words} on {when}"),
        Ordering::Equal => format!("as on {when}"),
    })
}
