//! An address that leads nowhere. The server answers it with the status 404.

use crate::api::account::{Door, look_around};
use crate::ui::components::Page;
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::prelude::*;

/// Anything that is no page.
#[component]
pub fn NotFoundPage() -> AnyView {
    let door = load::once(look_around());
    load::show(door, "", |door: Door| {
        view! {
            <Frame current="" me=door.me>
                <Page title="Not found" lead="There is no page at this address. Check it for a typing mistake, or start from the home page." narrow=true>
                    <p>
                        <a href="/">"Go to the home page"</a>
                    </p>
                </Page>
            </Frame>
        }
        .into_any()
    })
}
