//! A squad's actions for its members: whoever has the link says their name, and how far an action is.

use super::squad::{OtherState, nothing};
use crate::api::actions::{LinkView, load_shared};
use crate::domain::text::day;
use crate::ui::actions::{ActionList, Changing, Reader};
use crate::ui::components::Page;
use crate::ui::forms::successes;
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/actions/{token}`.
#[component]
pub fn SharedActionsPage() -> AnyView {
    let change = Changing::default();
    // One name for all rows, kept while the answer changes.
    let name = RwSignal::new(String::new());
    let (params, query) = (use_params_map(), use_query_map());
    let token = Memo::new(move |_| params.with(|params| params.get("token")).unwrap_or_default());
    let closed = Memo::new(move |_| query.with(|query| query.get("state").is_some_and(|state| state == "closed")));
    let changed = successes(change.action);
    let view = load::again(
        move || (token.get(), closed.get(), changed.get()),
        |(token, closed, _)| load_shared(token, closed),
    );
    load::show(view, "/actions/", move |view: LinkView| {
        let (token, closed) = (token.get_untracked(), closed.get_untracked());
        if name.with_untracked(String::is_empty) {
            name.set(view.name.clone());
        }
        let lead = format!(
            "Say how far they are; your squad and its facilitators see it. This link opens until {}.",
            day(view.until)
        );
        let list = if view.lines.is_empty() {
            view! { <p class="empty">{nothing(closed)}</p> }.into_any()
        } else {
            let reader = Reader::Link {
                token: token.clone(),
                name,
            };
            view! { <ActionList lines=view.lines reader=reader change=change /> }.into_any()
        };
        view! {
            <Meta name="robots" content="noindex, nofollow" />
            <Frame current="/actions/">
                <Page title=format!("Actions of {}", view.squad) lead=lead>
                    <section aria-labelledby="h-actions">
                        <h2 id="h-actions">{if closed { "Done and dropped" } else { "Open" }}</h2>
                        {list}
                        <OtherState here=format!("/actions/{token}") closed=closed />
                    </section>
                </Page>
            </Frame>
        }
        .into_any()
    })
}
