//! The line that says when the connection is lost, back, or over.

use crate::ui::components::{Icon, IconName};
use crate::ui::live::{Connection, Live};
use leptos::prelude::*;

/// Nothing while all is well.
#[component]
pub(super) fn Banner() -> impl IntoView {
    let live = Live::from_context();
    let words = Memo::new(move |_| match live.connection() {
        Connection::Opening | Connection::Open => None,
        Connection::Lost => Some(match live.unsaved() {
            0 => "The connection is lost. Checkpoint is trying to get it back; nothing saved is lost.".to_owned(),
            1 => "The connection is lost. One change of yours waits and is sent as soon as it is back.".to_owned(),
            n => format!("The connection is lost. {n} changes of yours wait and are sent as soon as it is back."),
        }),
        Connection::Over(reason) => Some(reason.to_owned()),
    });
    view! {
        <div role="status" class="banner-place">
            {move || {
                words.get().map(|words| view! {
                    <p class="banner">
                        <Icon name=IconName::Offline small=true/>
                        <span>{words}</span>
                    </p>
                }.into_any())
            }}
        </div>
    }
}
