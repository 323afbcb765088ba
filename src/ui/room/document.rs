//! `/w/{code}` and what hangs on it: the live room, the screen of the meeting room, the recap. A document of its own, without the
//! other pages' router and forms, so that a first visit loads the room and nothing else.

use super::LiveRoom;
use super::rest::Rest;
use crate::api::ApiError;
use crate::api::json::Json;
use crate::api::room::{RecapView, RoomView};
use crate::ui::app::wake;
use crate::ui::components::Page;
use leptos::prelude::*;
use leptos::server::SharedValue;
use serde::{Deserialize, Serialize};

/// What stands in the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Inside {
    /// The room for somebody with a seat.
    Room(Box<RoomView>),
    /// The room for the screen of the meeting room.
    Wall(Box<RoomView>),
    /// What was decided so far.
    Recap(RecapView),
}

/// What the server found out before it rendered the page.
pub type Entered = Result<Inside, ApiError>;

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
    Effect::new(|_| leave_when_left());
    let entered: Entered = SharedValue::<_, Json>::new_with_encoding(move || entered.unwrap_or(Err(ApiError::Unreachable))).into_inner();
    match entered {
        Ok(Inside::Room(view)) => view! { <LiveRoom view=*view rest /> }.into_any(),
        // The other two are behind the door of the rest; the server gives it to their pages.
        Ok(aside) => rest.map(|rest| (rest.aside)(aside)).into_any(),
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

/// Loads the page at an address that the browser has gone back to.
///
/// A browser may take a room and the pages' entry that it replaced (`ui/pages/elsewhere.rs`) for one document, and then only
/// changes the address when somebody goes back.
fn leave_when_left() {
    let here = || window().location().pathname();
    let room = here();
    let listening = window_event_listener(leptos::ev::popstate, move |_| {
        if here() != room {
            // Where this fails, the room stays.
            let _ = window().location().reload();
        }
    });
    on_cleanup(move || listening.remove());
}

/// Whether the page in the browser shows something of the rest of the room: a room that says so, or a page that hangs on a room.
#[must_use]
pub fn needs_rest() -> bool {
    let hangs = window().location().pathname().is_ok_and(|path| path.matches('/').count() > 2);
    hangs || document().query_selector("[data-whole]").is_ok_and(|found| found.is_some())
}

/// Whether the address in the browser is a room's.
#[must_use]
pub fn in_browser() -> bool {
    window().location().pathname().is_ok_and(|path| path.starts_with("/w/"))
}
