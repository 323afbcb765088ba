//! The capabilities on the page: where each stands, what was noted, what people said.

use crate::domain::maturity::Level;
use crate::domain::page::{Focus, Recommended, Statement, Surveyed};
use crate::domain::survey::points;
use crate::ui::components::{Distribution, ScoreTrack};
use crate::ui::steps::surveys::in_words;
use leptos::prelude::*;

/// All of them, in the order of the ranking.
#[component]
pub fn Capabilities(
    /// What was surveyed.
    surveyed: Vec<Surveyed>,
    /// Which comes first.
    #[prop(optional_no_strip)]
    focus: Option<Focus>,
) -> impl IntoView {
    let lead = focus.as_ref().map(|focus| {
        let why = focus.why.to_string();
        view! {
            <p>"The squad works on " <strong>{focus.title.clone()}</strong> " first."</p>
            {(!why.is_empty()).then(|| view! { <p class="own-words">{why}</p> })}
        }
    });
    let first = focus.map(|focus| focus.key);
    let all = surveyed
        .into_iter()
        .map(|one| {
            let is_focus = first.as_ref() == Some(&one.key);
            capability(one, is_focus)
        })
        .collect_view();
    view! {
        {lead}
        <div class="board">{all}</div>
        <p class="key-line">"Scores run from 0 to 100. The thin line is the mean of all respondents of 2019, the thick one that of the squad’s level."</p>
    }
}

/// What DORA recommends, each with the way to read more.
pub(super) fn recommendation(level: Level, recommended: Vec<Recommended>) -> Option<AnyView> {
    if recommended.is_empty() {
        return None;
    }
    let one = |one: Recommended| match one.link() {
        Some(link) => view! { <li><a href=link.to_string() rel="noreferrer noopener external">{one.title}</a></li> }.into_any(),
        None => view! { <li>{one.title}</li> }.into_any(),
    };
    Some(
        view! {
            <p>{format!("DORA’s check recommends these to squads at the level {}:", level.name())}</p>
            <ul class="doc__list">{recommended.into_iter().map(one).collect_view()}</ul>
        }
        .into_any(),
    )
}

fn capability(one: Surveyed, is_focus: bool) -> AnyView {
    let sentence = one.sentence();
    let figure = one.score.map_or("–".to_owned(), |score| points(score).to_string());
    let track = one
        .score
        .map(|score| view! { <ScoreTrack score mean=one.mean level_mean=one.level_mean/> }.into_any());
    let title = match one.link() {
        Some(link) => view! { <a href=link.to_string() rel="noreferrer noopener external">{one.title}</a> }.into_any(),
        None => one.title.into_any(),
    };
    let notes = one
        .notes
        .iter()
        .map(|note| view! { <li class="own-words">{note.to_string()}</li> })
        .collect_view();
    let said_nothing = one.items.is_empty();
    let statements = one.items.into_iter().map(statement).collect_view();
    view! {
        <section class="cap">
            <div class="cap__head">
                <h3>{title}</h3>
                {is_focus.then(|| view! { <span class="chip chip--accent">"Focus first"</span> })}
                <b>{figure}</b>
            </div>
            {track}
            <p class="small quiet">{sentence}</p>
            <ul>{notes}</ul>
            <details hidden=said_nothing>
                <summary>"What people said"</summary>
                <table class="counted">
                    <thead>
                        <tr>
                            <th scope="col">"Statement"</th>
                            <th scope="col">"1 strongly disagree to 5 strongly agree"</th>
                            <th scope="col" class="n">"0 to 100"</th>
                        </tr>
                    </thead>
                    <tbody>{statements}</tbody>
                </table>
            </details>
        </section>
    }
    .into_any()
}

fn statement(statement: Statement) -> AnyView {
    let answered = statement.counted.answered;
    let turned = statement.reversed.then_some(" (turned round)");
    let chart = match statement.counted.counts {
        Some(counts) => view! { <Distribution counts=counts.to_vec() label=in_words(counts)/> }.into_any(),
        None => format!("Too few answers to show: {answered}").into_any(),
    };
    view! {
        <tr>
            <th scope="row">{statement.text} {turned}</th>
            <td>{chart}</td>
            <td class="n">{statement.mean.map_or("–".to_owned(), |mean| points(25.0 * mean).to_string())}</td>
        </tr>
    }
    .into_any()
}
