//! Where the pages' router meets the address of a room: the room is a document of its own, so the browser loads it as one.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// Loads the address as a new document. The server never renders this: it answers the address with the room itself.
#[component]
pub fn RoomElsewhere() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |_| {
        let path = path.get();
        // The router writes the address into the history after it has shown this; only then is it this entry that is replaced,
        // and the way back leads to the page before.
        let leave = move || {
            // A browser that does not leave shows the line below.
            let _ = window().location().replace(&path);
        };
        set_timeout(leave, Duration::ZERO);
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
