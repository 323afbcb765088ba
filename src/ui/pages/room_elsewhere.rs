//! Where the pages' router meets the address of a room: the room is a document of its own, so the browser loads it as one.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Loads the address as a new document. The server never renders this: it answers the address with the room itself.
#[component]
pub fn RoomElsewhere() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |_| {
        // A browser that does not leave shows the line below.
        let _ = window().location().replace(&path.get());
    });
    view! {
        <main id="main">
            <p>
                <a href=path rel="external">
                    "Open the room"
                </a>
            </p>
        </main>
    }
}
