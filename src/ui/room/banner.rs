//! The line that says when the connection is lost, back, or over; and that of a rehearsal.

use crate::api::rehearsal::EndRehearsal;
use crate::ui::components::{Icon, IconName, Show, changing};
use crate::ui::live::{Connection, Live};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What every page of a rehearsal says.
pub(super) const REHEARSAL: &str = "Rehearsal: nothing is kept. The members are simulated, and act when you move on.";

/// What a rehearsal is, and for those who lead the way to end it.
#[component]
fn Rehearsal() -> impl IntoView {
    let live = Live::from_context();
    let leads = live.leads();
    let code = live.with_untracked(|w| w.code.to_string());
    view! {
        <div class="banner">
            <Icon name=IconName::Flag small=true/>
            <span>{REHEARSAL}</span>
            <Show when=move || leads.get()>
                <form method="post" action=EndRehearsal::PATH>
                    <input type="hidden" name="code" value=code.clone()/>
                    <button class="btn btn--s" type="submit">"End the rehearsal"</button>
                </form>
            </Show>
        </div>
    }
}

/// Nothing while all is well, but in a rehearsal what that is.
#[component]
pub(super) fn Banner() -> impl IntoView {
    let live = Live::from_context();
    let rehearsal = live.with_untracked(|w| w.rehearsal);
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
        <div class="banner-place">
            {rehearsal.then(|| view! { <Rehearsal/> }.into_any())}
            <div role="status">
                {changing(move || {
                    words.get().map(|words| view! {
                        <p class="banner">
                            <Icon name=IconName::Offline small=true/>
                            <span>{words}</span>
                        </p>
                    }.into_any())
                })}
            </div>
        </div>
    }
}
