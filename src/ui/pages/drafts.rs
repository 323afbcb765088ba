//! Deleting a checkpoint that never began.

use crate::api::drafts::{DeleteDraft, DraftView, load_draft};
use crate::domain::ids::WorkshopId;
use crate::domain::text::day;
use crate::ui::components::Page;
use crate::ui::forms::{Refusal, Submit, refusal};
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// `/checkpoints/{id}/delete`.
#[component]
pub fn DraftPage() -> AnyView {
    let delete = ServerAction::<DeleteDraft>::new();
    let params = use_params_map();
    let id = params.with_untracked(|params| params.get("id")).and_then(|id| id.parse().ok());
    // What is no id names no checkpoint, and the server says so.
    let view = load::once(load_draft(id.unwrap_or(WorkshopId::new(Uuid::nil()))));
    load::show(view, "/", move |view: DraftView| {
        let lead = format!("The checkpoint of {}, planned for {}.", view.squad, day(view.held_on));
        let room = format!("/w/{}", view.code);
        let ask = if view.begun {
            view! { <p class="empty">"This checkpoint has begun, so it stays."</p> }.into_any()
        } else {
            view! {
                <p>
                    "Its agenda, its texts and the seats of who joined already are deleted from this server, and its link opens nothing any more. "
                    <strong>"This cannot be undone."</strong> " A checkpoint that you cancel in its room can be brought back."
                </p>
                <ActionForm action=delete attr:class="form gap-above">
                    <input type="hidden" name="id" value=view.id.to_string() />
                    <label class="check">
                        <input type="checkbox" name="sure" value="true" required />
                        <span>"I am sure. A deleted draft does not come back."</span>
                    </label>
                    <Refusal why=refusal(delete) />
                    <div class="form__end">
                        <Submit label="Delete this draft" pending=delete.pending() class="btn btn--danger" />
                    </div>
                </ActionForm>
            }
            .into_any()
        };
        view! {
            <Frame current="/" me=view.me>
                <Page title="Delete a draft" lead=lead narrow=true>
                    {ask}
                    <p class="gap-above">
                        <a href=room>"Go to its room"</a>
                    </p>
                </Page>
            </Frame>
        }
        .into_any()
    })
}
