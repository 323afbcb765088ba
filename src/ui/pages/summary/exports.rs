//! The page in other forms: what each is for, behind one word.

use crate::domain::ids::WorkshopId;
use crate::domain::page::Table;
use crate::ui::query::address;
use crate::ui::reading::awake::CopyText;
use leptos::prelude::*;

/// All forms of the revision that is shown. Works without script, but for the clipboard.
#[component]
pub fn Exports(
    /// The checkpoint.
    id: WorkshopId,
    /// The revision; `None` while nothing is published.
    revision: Option<u32>,
    /// Whether there is a flow to draw.
    has_flow: bool,
) -> AnyView {
    let address = move |ending: &str, table: Option<Table>| {
        let revision = revision.map_or(String::new(), |number| number.to_string());
        address(
            &format!("/checkpoints/{id}.{ending}"),
            &[("table", table.map_or("", Table::key)), ("revision", &revision)],
        )
    };
    let file = move |ending: &str, table: Option<Table>, name: &'static str, what_for: &'static str| {
        view! {
            <li>
                <a href=address(ending, table) download>
                    {name}
                </a>
                <small>{what_for}</small>
            </li>
        }
        .into_any()
    };
    let pictures = has_flow.then(|| {
        let svg = file("svg", None, "Delivery flow as SVG", "A picture that stays sharp at any size.");
        let png = file("png", None, "Delivery flow as PNG", "A picture for slides and chats.");
        view! { {svg} {png} }.into_any()
    });
    view! {
        <details class="exports">
            <summary class="btn btn--s btn--ghost">"Export"</summary>
            <ul>
                {file("html", None, "HTML file", "The whole page in one file, to keep. Opens without Checkpoint, and another Checkpoint can import it.")}
                {file("md", None, "Markdown", "The text, for a wiki or a repository.")}
                {file("confluence.xml", None, "Confluence", "The text in storage format, for Confluence’s source editor or its REST API.")}
                <li class="awake-only">
                    <CopyText label="Copy for Confluence" from=address("confluence.xml", None) />
                </li>
                {file("json", None, "JSON", "All of it for programs, and for import.")}
                {file("csv", Some(Table::Answers), "Answers as CSV", "The votes and answers, for a spreadsheet.")}
                {file("csv", Some(Table::Surveys), "Surveys as CSV", "The figures of each statement.")}
                {file("csv", Some(Table::Actions), "Actions as CSV", "What was decided, and what stood from before.")}
                {pictures}
            </ul>
        </details>
    }
    .into_any()
}
