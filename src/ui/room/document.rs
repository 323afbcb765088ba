//! `/w/{code}` and what hangs on it: the live room, the screen of the meeting room, the recap. A document of its own, without the
//! other pages' router and forms, so that a first visit loads the room and nothing else.

use super::LiveRoom;
use super::recap::RecapPage;
use super::wall::Wall;
use crate::api::ApiError;
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
) -> impl IntoView {
    wake();
    let entered: Entered = SharedValue::new(move || entered.unwrap_or(Err(ApiError::Unreachable))).into_inner();
    match entered {
        Ok(Inside::Room(view)) => view! { <LiveRoom view=*view /> }.into_any(),
        Ok(Inside::Wall(view)) => view! { <Wall view=*view /> }.into_any(),
        Ok(Inside::Recap(view)) => view! { <RecapPage view /> }.into_any(),
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

/// Whether the address in the browser is a room's.
#[must_use]
pub fn in_browser() -> bool {
    window().location().pathname().is_ok_and(|path| path.starts_with("/w/"))
}
