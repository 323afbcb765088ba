//! How long names and drafts are kept: what is set, and what would follow from something else before it is set.

use crate::api::retention::{Due, Periods, RetentionView, SetRetention, load_retention};
use crate::ui::components::{Page, TextField};
use crate::ui::forms::{Refusal, Submit, refusal};
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/admin/retention?names=&drafts=`.
#[component]
pub fn RetentionPage() -> AnyView {
    let save = ServerAction::<SetRetention>::new();
    let query = use_query_map();
    let typed = move |name| query.with_untracked(|query| query.get(name));
    let (names, drafts) = (typed("names"), typed("drafts"));
    let asked = names.is_some() || drafts.is_some();
    let (names, drafts) = (names.unwrap_or_default(), drafts.unwrap_or_default());
    let view = load::once(load_retention(names.clone(), drafts.clone(), asked));
    load::show(view, "/admin", move |view: RetentionView| {
        let set = view.set;
        let shown = |typed: &str, set: Option<u32>| if asked { typed.to_owned() } else { days(set) };
        let (names, drafts) = (shown(&names, set.names), shown(&drafts, set.drafts));
        view! {
            <Frame current="/admin" me=view.me>
                <Page
                    title="How long things are kept"
                    lead="Display names and drafts need not stay for ever. What you set here is done when the server starts and every hour."
                    narrow=true
                >
                    <p role="status">{standing(set)}</p>
                    <form method="get" action="/admin/retention" class="form gap-above">
                        <TextField
                            label="Erase display names after (days)"
                            name="names"
                            initial=names
                            kind="number"
                            hint="Counted from the day a summary was first published. A checkpoint that was never published has not ended. Empty means never."
                        />
                        <TextField
                            label="Delete drafts after (days)"
                            name="drafts"
                            initial=drafts
                            kind="number"
                            hint="A draft is a checkpoint that never began. Counted from the day it was planned for or its last change, whichever is later. Empty means never."
                        />
                        <div class="form__end">
                            <button class="btn" type="submit">
                                "Look at what would follow"
                            </button>
                        </div>
                    </form>
                    {view.asked.map(|asked| follows(asked, save))}
                    <Refusal why=refusal(save) />
                    <p class="small quiet gap-above">
                        "Erasing replaces the names with which people joined by numbers. What people typed stays, and so do the names of accounts. Files that were exported before and backups keep what they hold."
                    </p>
                </Page>
            </Frame>
        }
        .into_any()
    })
}

fn days(period: Option<u32>) -> String {
    period.map_or_else(String::new, |days| days.to_string())
}

/// "Now display names are erased after 365 days, and drafts are never deleted."
fn standing(set: Periods) -> String {
    let said = |period: Option<u32>, what: &str, done: &str| match period {
        None => format!("{what} are never {done}"),
        Some(1) => format!("{what} are {done} after 1 day"),
        Some(days) => format!("{what} are {done} after {days} days"),
    };
    format!(
        "Now {}, and {}.",
        said(set.names, "display names", "erased"),
        said(set.drafts, "drafts", "deleted")
    )
}

/// What would be done, and the button that sets it.
fn follows(asked: Result<(Periods, Due), String>, save: ServerAction<SetRetention>) -> AnyView {
    let (periods, due) = match asked {
        Ok(asked) => asked,
        Err(why) => return view! { <div class="gap-above"><Refusal why=Signal::stored(Some(why)) /></div> }.into_any(),
    };
    view! {
        <section class="note gap-above" aria-labelledby="h-follows">
            <h2 id="h-follows">"What would follow"</h2>
            <p>{sentence(due)}</p>
            <ActionForm action=save attr:class="buttons">
                <input type="hidden" name="names" value=days(periods.names) />
                <input type="hidden" name="drafts" value=days(periods.drafts) />
                <Submit label="Save" pending=save.pending() />
            </ActionForm>
        </section>
    }
    .into_any()
}

/// "Within an hour the names in 2 checkpoints are erased and 1 draft is deleted. This cannot be undone."
fn sentence(due: Due) -> String {
    let names = match due.names {
        0 => None,
        1 => Some("the names in 1 checkpoint are erased".to_owned()),
        n => Some(format!("the names in {n} checkpoints are erased")),
    };
    let drafts = match due.drafts {
        0 => None,
        1 => Some("1 draft is deleted".to_owned()),
        n => Some(format!("{n} drafts are deleted")),
    };
    let both: Vec<String> = names.into_iter().chain(drafts).collect();
    if both.is_empty() {
        "As of now nothing is old enough: nothing is erased or deleted yet.".to_owned()
    } else {
        format!("Within an hour {}. This cannot be undone.", both.join(" and "))
    }
}
