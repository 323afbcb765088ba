//! Erasing display names from a checkpoint that has ended: what would become of whom, and the button.

use crate::api::names::{EraseNames, NamesView, load_names};
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

/// `/checkpoints/{id}/names`.
#[component]
pub fn NamesPage() -> AnyView {
    let erase = ServerAction::<EraseNames>::new();
    let params = use_params_map();
    let id = params.with_untracked(|params| params.get("id")).and_then(|id| id.parse().ok());
    // What is no id names no checkpoint, and the server says so.
    let view = load::once(load_names(id.unwrap_or(WorkshopId::new(Uuid::nil()))));
    load::show(view, "/checkpoints", move |view: NamesView| {
        let lead = format!("The checkpoint of {}, {}.", view.squad, day(view.held_on));
        let summary = format!("/checkpoints/{}", view.id);
        view! {
            <Frame current="/checkpoints" me=view.me.clone()>
                <Page title="Erase display names" lead=lead narrow=true>
                    {match (view.ended, view.names.is_empty()) {
                        (false, _) => {
                            view! { <p class="empty">"Names are erased once the checkpoint has ended. Publish its summary first."</p> }.into_any()
                        }
                        (true, true) => {
                            view! {
                                <p class="note note--good" role="status">
                                    "No display name is left in this checkpoint."
                                </p>
                            }
                                .into_any()
                        }
                        (true, false) => view! { <Ask view=view erase=erase /> }.into_any(),
                    }}
                    <p class="gap-above">
                        <a href=summary>"Back to the summary"</a>
                    </p>
                </Page>
            </Frame>
        }
        .into_any()
    })
}

/// What is erased, what stays, and the form.
#[component]
fn Ask(view: NamesView, erase: ServerAction<EraseNames>) -> AnyView {
    let rows = view.names.into_iter().map(|(old, new)| {
        view! {
            <tr>
                <td class="own-words">{old}</td>
                <td>{new}</td>
            </tr>
        }
        .into_any()
    });
    view! {
        <section class="prose">
            <p>
                "The names with which people joined are erased from everything this server keeps of the checkpoint: the summary and all its revisions, exports and share links made of it, its actions, and the log of its room. A number takes their place, so that who did what stays apart. "
                <strong>"This cannot be undone."</strong>
            </p>
            <h2>"What stays"</h2>
            <ul>
                <li>
                    "What people typed: notes, stickies, reasons, titles. A name in such a text stays there. The owner of an action is erased where it is one of the names below, and nothing else."
                </li>
                <li>"Who prepared the checkpoint, and who changed actions with an account."</li>
                <li>"The owners of actions that a later checkpoint took along, until their names are erased there."</li>
                <li>"Files that were exported before, and backups."</li>
            </ul>
        </section>
        <h2 class="gap-above">"Who becomes what"</h2>
        <table class="table">
            <caption class="vh">"Names and what stands in their place"</caption>
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Becomes"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <ActionForm action=erase attr:class="form gap-above">
            <input type="hidden" name="id" value=view.id.to_string() />
            <label class="check">
                <input type="checkbox" name="sure" value="true" required />
                <span>"I am sure. Erased names do not come back."</span>
            </label>
            <Refusal why=refusal(erase) />
            <div class="form__end">
                <Submit label="Erase these names" pending=erase.pending() class="btn btn--danger" />
            </div>
        </ActionForm>
    }
    .into_any()
}
