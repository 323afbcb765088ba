//! `/w/{code}`: the live room, for people with a seat in it. A document of its own, without the other pages' router and forms, so
//! that a first visit loads the room and nothing else.

use super::LiveRoom;
use super::rest::Rest;
use crate::api::ApiError;
use crate::api::room::RoomView;
use crate::ui::app::wake;
use crate::ui::components::Page;
use leptos::prelude::*;
use leptos::server::SharedValue;

/// What the server found out before it rendered the page.
pub type Entered = Result<RoomView, ApiError>;

/// The room's page. The server renders it from `entered`; the browser, which gives nothing, finds the same in the page.
#[component]
pub fn RoomDocument(
    /// The room, or why it does not open.
    #[prop(optional)]
    entered: Option<Entered>,
    /// The rest of the room, on pages that show something of it.
    #[prop(optional_no_strip)]
    rest: Option<Rest>,
) -> impl IntoView {
    wake();
    let entered: Entered = SharedValue::new(move || entered.unwrap_or(Err(ApiError::Unreachable))).into_inner();
    match entered {
        Ok(view) => view! { <LiveRoom view rest /> }.into_any(),
        Err(error) => view! { <NoRoom error /> }.into_any(),
    }
}

/// Why there is no room to show.
#[component]
fn NoRoom(
    /// What the server said.
    error: ApiError,
) -> impl IntoView {
    view! {
        <Page title="This room does not open" narrow=true>
            <p>{error.to_string()}</p>
            <p>
                <a href="/join">"Join with another code"</a>
            </p>
        </Page>
    }
}

/// Whether the page in the browser shows something of the rest of the room.
#[must_use]
pub fn needs_rest() -> bool {
    document().query_selector("[data-whole]").is_ok_and(|found| found.is_some())
}

/// Whether the address in the browser is a room's.
#[must_use]
pub fn in_browser() -> bool {
    window().location().pathname().is_ok_and(|path| path.starts_with("/w/"))
}
