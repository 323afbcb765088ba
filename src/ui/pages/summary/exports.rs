//! The page in other forms: what each is for, behind one word.

use crate::api::checkpoints::load_confluence;
use crate::domain::page::{Page, Table};
use crate::ui::components::{CopyButton, Show};
use leptos::prelude::*;

/// All forms of the revision that is shown. Works without script, but for the clipboard.
#[component]
pub fn Exports(
    /// The page.
    page: Page,
) -> AnyView {
    let (id, has_flow) = (page.id, page.flow.is_some());
    let revision = page.published_at.map(|_| page.revision);
    let file = move |ending: &str, table: Option<Table>, name: &'static str, what_for: &'static str| {
        let revision = revision.map(|number| format!("revision={number}"));
        let query: Vec<_> = table
            .map(|table| format!("table={}", table.key()))
            .into_iter()
            .chain(revision)
            .collect();
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{}", query.join("&"))
        };
        view! {
            <li>
                <a href=format!("/checkpoints/{id}.{ending}{query}") rel="external" download>
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
    // Copying must follow the click at once, so the text is fetched when somebody looks at the list.
    let confluence = RwSignal::new(String::new());
    let opened = move |_| {
        if confluence.with_untracked(String::is_empty) {
            leptos::task::spawn_local(async move {
                if let Ok(text) = load_confluence(id, revision).await {
                    // The page may have gone while the text was on its way.
                    let _ = confluence.try_set(text);
                }
            });
        }
    };
    view! {
        <details class="exports" on:toggle=opened>
            <summary class="btn btn--s btn--ghost">"Export"</summary>
            <ul>
                {file("html", None, "HTML file", "The whole page in one file, to keep. Opens without Checkpoint, and another Checkpoint can import it.")}
                {file("md", None, "Markdown", "The text, for a wiki or a repository.")}
                {file("confluence.xml", None, "Confluence", "The text in storage format, for Confluence’s source editor or its REST API.")}
                <Show when=move || !confluence.with(String::is_empty)>
                    <li>
                        <CopyButton label="Copy for Confluence" text=confluence small=true />
                    </li>
                </Show>
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
