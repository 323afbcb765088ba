//! The delivery flow in the summary: the picture, its figures, and the same as text.

use super::file::FlowFile;
use crate::domain::flow::report::{Fact, Report};
use crate::ui::flow::Picture;
use leptos::prelude::*;

/// The section.
#[component]
pub fn DeliveryFlow(
    /// What there is to say.
    report: Report,
    /// Where the picture can be had as a file, if it can.
    file: Option<FlowFile>,
    /// What has changed since the checkpoint before.
    changes: Vec<String>,
    /// When that was.
    since: String,
) -> AnyView {
    let Report {
        picture,
        facts,
        remarks,
        outline,
    } = report;
    let label = label(&picture.steps.iter().map(|step| step.label.as_str()).collect::<Vec<_>>());
    let files = file.map(|(href, query)| {
        let file = |ending: &'static str, words: &'static str| {
            view! {
                <a href=format!("{href}.{ending}{query}") rel="external" download>
                    {words}
                </a>
            }
        };
        view! { <p class="doc-flow__files">"The picture as a file: " {file("svg", "SVG")} " or " {file("png", "PNG")} "."</p> }.into_any()
    });
    view! {
        <section aria-labelledby="s-flow">
            <h2 id="s-flow">"Delivery flow"</h2>
            <Figures facts=facts />
            {remarks.into_iter().map(|remark| view! { <p>{remark}</p> }).collect_view()}
            {(!changes.is_empty()).then(|| view! { <Changes changes=changes since=since /> })}
            // On a narrow screen it is moved sideways, by keyboard too.
            <div class="doc-flow" tabindex="0" role="region" aria-label="Picture of the delivery flow">
                <Picture scene=picture label=label />
            </div>
            {files}
            <details class="doc-flow__text">
                <summary>"The same flow as text"</summary>
                <pre tabindex="0" aria-label="The delivery flow as an outline">
                    {outline}
                </pre>
            </details>
        </section>
    }
    .into_any()
}

/// What has changed since the checkpoint before.
#[component]
fn Changes(changes: Vec<String>, since: String) -> AnyView {
    view! {
        <h3>{format!("Since {since}")}</h3>
        <ul class="doc-flow__changes own-words">{changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view()}</ul>
    }
    .into_any()
}

/// The figures beside each other.
#[component]
pub fn Figures(
    /// The figures.
    facts: Vec<Fact>,
) -> AnyView {
    let fact = |fact: Fact| {
        view! {
            <div>
                <dt>{fact.name}</dt>
                <dd>{fact.value} {(!fact.more.is_empty()).then(|| view! { <small class="own-words">{fact.more}</small> })}</dd>
            </div>
        }
        .into_any()
    };
    view! { <dl class="doc-figs doc-figs--flow">{facts.into_iter().map(fact).collect_view()}</dl> }.into_any()
}

/// "Delivery flow, 14 steps: Commit hook, automated work, 6 min; …"
pub fn label(steps: &[&str]) -> String {
    let count = match steps.len() {
        1 => "1 step".to_owned(),
        steps => format!("{steps} steps"),
    };
    format!("Delivery flow, {count}: {}", steps.join("; "))
}
