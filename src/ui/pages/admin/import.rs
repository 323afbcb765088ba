//! Import and export for administrators: a page that is only read, whose forms the server answers.

use crate::api::import::{Entry, ImportView, Problem, Report, load_import};
use crate::domain::text::day;
use crate::ui::components::Page;
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::prelude::*;

/// So many pages are named one by one.
const NAMED: usize = 100;

/// `/admin/import`.
#[component]
pub fn ImportPage() -> AnyView {
    let view = load::once(load_import());
    load::show(view, "/admin", |view: ImportView| {
        view! {
            <Frame current="/admin" me=view.me>
                <Page
                    title="Import and export"
                    lead="Bring in checkpoints that were held elsewhere, and take all published summaries along."
                    narrow=true
                >
                    {view.report.map(|report| view! { <Looked report=report /> }.into_any())}
                    <Choose />
                    <Export />
                </Page>
            </Frame>
        }
        .into_any()
    })
}

/// What became of the files that were chosen last.
#[component]
fn Looked(report: Report) -> impl IntoView {
    let sentence = report.sentence();
    let refused = !report.refused.is_empty();
    let problems = report.refused.into_iter().map(|Problem { place, why }| {
        view! {
            <li>
                <strong class="own-words">{place}</strong>
                ": "
                <span class="own-words">{why}</span>
            </li>
        }
        .into_any()
    });
    let problems = problems.collect_view();
    let ignored = report.ignored.join(", ");
    let count = report.fresh.len();
    let done = report.done;
    let entries = report
        .fresh
        .into_iter()
        .take(NAMED)
        .map(|entry| entry_line(entry, done))
        .collect_view();
    let more = count.saturating_sub(NAMED);
    view! {
        <section class="note" aria-labelledby="h-looked">
            <h2 id="h-looked">{if done { "Imported" } else { "What is in the files" }}</h2>
            <p role="status">{sentence}</p>
            {refused.then(|| view! { <ul>{problems}</ul> }.into_any())}
            {(!ignored.is_empty())
                .then(|| {
                    view! { <p class="own-words">{format!("Left out, because this version does not know it: {ignored}.")}</p> }.into_any()
                })}
            {(!refused && count > 0)
                .then(|| {
                    view! {
                        <ul>
                            {entries} {(more > 0).then(|| view! { <li>{format!("and {more} more")}</li> })}
                        </ul>
                    }
                        .into_any()
                })}
            {(!refused && !done && count > 0)
                .then(|| {
                    let label = if count == 1 { "Import this page".to_owned() } else { format!("Import these {count} pages") };
                    view! {
                        <form method="post" action="/admin/import/take" class="buttons">
                            <button class="btn btn--primary" type="submit">
                                {label}
                            </button>
                        </form>
                    }
                        .into_any()
                })}
        </section>
    }
}

fn entry_line(entry: Entry, done: bool) -> AnyView {
    let Entry {
        id,
        squad,
        held_on,
        revision,
    } = entry;
    let words = if revision > 1 {
        format!("{squad}, {}, revision {revision}", day(held_on))
    } else {
        format!("{squad}, {}", day(held_on))
    };
    if done {
        view! {
            <li>
                <a class="own-words" href=format!("/checkpoints/{id}")>
                    {words}
                </a>
            </li>
        }
        .into_any()
    } else {
        view! { <li class="own-words">{words}</li> }.into_any()
    }
}

/// Choosing files.
#[component]
fn Choose() -> impl IntoView {
    view! {
        <section aria-labelledby="h-import">
            <h2 id="h-import">"Import"</h2>
            <p>
                "Nothing is imported yet when you look at the files: you see what is new, what is here already, and what cannot be taken. Importing the same twice gives no duplicate."
            </p>
            <form method="post" action="/admin/import/look" enctype="multipart/form-data" class="form">
                <div class="field">
                    <label for="field-files">"Files"</label>
                    <span class="hint" id="field-files-hint">
                        "Exports and summaries as JSON, summaries as HTML, tables as CSV; 32 MiB at most."
                    </span>
                    <input
                        class="input"
                        id="field-files"
                        name="files"
                        type="file"
                        multiple
                        required
                        accept=".json,.html,.htm,.csv,.txt"
                        aria-describedby="field-files-hint"
                    />
                </div>
                <div class="form__end">
                    <button class="btn btn--primary" type="submit">
                        "Look at the files"
                    </button>
                </div>
            </form>
            <details>
                <summary>"A table of checkpoints kept by hand"</summary>
                <p>
                    "The first line names the columns, in any order: "
                    <strong>"squad"</strong>
                    " and "
                    <strong>"date"</strong>
                    " (such as 2023-01-10) must be there; tribe, facilitator, lead_time, deployment_frequency, time_to_restore, change_failure_rate, level, capabilities and link may be. An answer is a number from 1, the worst, to 6, the best, or its words. Capabilities are separated by semicolons."
                </p>
                <p>
                    <a href="/admin/import/example.csv" rel="external" download>
                        "Download an example"
                    </a>
                </p>
            </details>
        </section>
    }
}

/// Taking everything along.
#[component]
fn Export() -> impl IntoView {
    view! {
        <section aria-labelledby="h-export">
            <h2 id="h-export">"Export"</h2>
            <p>"All published summaries with their revisions, as one file that another server imports."</p>
            <p class="buttons">
                <a class="btn" href="/admin/export.json" rel="external" download>
                    "Export everything"
                </a>
            </p>
        </section>
    }
}
