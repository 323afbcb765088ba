//! Who changed what in the administration.

use crate::api::admin::{AuditView, list_changes};
use crate::ui::components::{LocalTime, Page, Pager, TimeKind};
use crate::ui::frame::Frame;
use crate::ui::load;
use crate::ui::query::Here;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/admin/changes?page=`.
#[component]
pub fn ChangesPage() -> AnyView {
    let asked = use_query_map().with_untracked(|query| query.get("page"));
    let page = asked.and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
    let view = load::once(list_changes(page));
    load::show(view, "/admin", move |view: AuditView| {
        let rows = view
            .lines
            .into_iter()
            .map(|line| {
                view! {
                    <tr>
                        <td>
                            <LocalTime at_ms=line.at.0 kind=TimeKind::DateTime />
                        </td>
                        <td>{line.who}</td>
                        <td>{line.what}</td>
                    </tr>
                }
                .into_any()
            })
            .collect_view();
        let list = if view.total == 0 {
            view! { <p class="empty">"Nothing was changed yet."</p> }.into_any()
        } else {
            view! {
                <table class="table table--stack">
                    <caption class="vh">"Changes, newest first"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col">"Who"</th>
                            <th scope="col">"What"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        view! {
            <Frame current="/admin" me=view.me>
                <Page title="Who changed what" lead="What was changed in the administration, imported, shared, erased and deleted, newest first.">
                    {list}
                    <Pager here=Here::new("/admin/changes", []) page=page total=view.total per_page=view.per_page />
                </Page>
            </Frame>
        }
        .into_any()
    })
}
