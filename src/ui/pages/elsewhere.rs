//! Where the pages' router meets the address of another document, a room or a page that is only read: the browser loads it as one.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Loads the address as a new document. The server never renders this: it answers the address with the document itself.
#[component]
pub fn Elsewhere() -> impl IntoView {
    let location = use_location();
    let address = Signal::derive(move || format!("{}{}", location.pathname.get(), question(&location.search.get())));
    Effect::new(move |_| {
        // A browser that does not leave shows the line below.
        let _ = window().location().replace(&address.get());
    });
    view! {
        <main id="main">
            <p>
                <a href=address rel="external">
                    "Open the page"
                </a>
            </p>
        </main>
    }
}

/// What stands behind the path.
fn question(search: &str) -> String {
    match search.trim_start_matches('?') {
        "" => String::new(),
        search => format!("?{search}"),
    }
}
