//! The improvements in the document, and the actions that follow from them.

use crate::domain::page::{Decided, Improvement};
use crate::domain::text::day;
use crate::ui::steps::improve::write::mark;
use leptos::prelude::*;

/// What would help, most dots first.
#[component]
pub(super) fn Improvements(improvements: Vec<Improvement>) -> AnyView {
    let pinned = improvements.iter().any(|improvement| improvement.on.is_some());
    let row = |(number, improvement): (usize, Improvement)| {
        let about = improvement.about();
        let said = improvement.stickies.join(" · ");
        let dots = improvement.dots_in_words();
        let marks = improvement.dots.first().copied().flatten().unwrap_or_default().min(12);
        view! {
            <li>
                <span class="tops__number">{number}</span>
                {mark(improvement.kind)}
                <span>
                    <span class="vh">{improvement.kind.name()} ": "</span>
                    <span class="own-words">{improvement.title}</span>
                    <small class="own-words">{about}</small>
                    {(!said.is_empty()).then(|| view! { <small class="own-words">{said}</small> })}
                </span>
                <span class="tops__dots">
                    <span class="dot-row" aria-hidden="true">
                        {(0..marks).map(|_| view! { <span class="dot dot--on"></span> }).collect_view()}
                    </span>
                    <small>{dots}</small>
                </span>
            </li>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="s-improvements">
            <h2 id="s-improvements">"Improvements"</h2>
            {pinned.then(|| view! { <p class="lead-in">"The numbers are on the picture of the flow."</p> })}
            <ol class="tops" role="list">{(1..).zip(improvements).map(row).collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// What the squad does until the next checkpoint.
#[component]
pub(super) fn DecidedActions(decided: Vec<Decided>, gaps: Vec<String>) -> AnyView {
    let row = |Decided { action, .. }: Decided| {
        let owner = if action.owner.is_empty() {
            "No owner yet".to_owned()
        } else {
            action.owner.to_string()
        };
        let due = action.due.map_or_else(|| "No date yet".to_owned(), day);
        let done =
            (!action.done_when.is_empty()).then(|| view! { <small class="own-words">{format!("Done when: {}", action.done_when)}</small> });
        let from = (!action.improvement.is_empty())
            .then(|| view! { <small class="own-words">{format!("Improvement: {}", action.improvement)}</small> });
        let serves = action
            .serves
            .as_ref()
            .map(|serves| view! { <small class="own-words">{format!("Capability: {}", serves.title)}</small> });
        let expects = action
            .expectation()
            .map(|words| view! { <small>{format!("Expected: {words}")}</small> });
        let outside = action.outside.then(|| view! { <small>"Needs help from outside the squad"</small> });
        let tracker = action.tracker.as_ref().map(|link| {
            let address = link.to_string();
            view! {
                <a class="small" href=address.clone() rel="noopener noreferrer">
                    {address.clone()}
                </a>
            }
        });
        view! {
            <tr>
                <th scope="row">
                    <span class="own-words">{action.title.to_string()}</span>
                    {done}
                    {from}
                    {serves}
                    {expects}
                    {outside}
                    {tracker}
                </th>
                <td data-l="Owner" class="own-words">{owner}</td>
                <td data-l="Due">{due}</td>
            </tr>
        }
        .into_any()
    };
    let gap = |gap: String| view! { <p class="own-words">{gap}</p> }.into_any();
    view! {
        <section aria-labelledby="s-decided">
            <h2 id="s-decided">"Actions"</h2>
            <table class="table table--stack decided">
                <thead>
                    <tr>
                        <th scope="col">"Action"</th>
                        <th scope="col">"Owner"</th>
                        <th scope="col">"Due"</th>
                    </tr>
                </thead>
                <tbody>{decided.into_iter().map(row).collect_view()}</tbody>
            </table>
            {gaps.into_iter().map(gap).collect_view()}
        </section>
    }
    .into_any()
}
