//! A dialog on the browser's own element: it keeps the focus inside, closes with Escape and gives the focus back.

use super::{Icon, IconName};
use leptos::html;
use leptos::prelude::*;

/// A modal dialog that is open exactly while the signal is true.
#[component]
pub fn Dialog(
    /// Names the dialog in the page; its title carries `{id}-title`.
    id: &'static str,
    /// The heading, which is also the name that is read out.
    #[prop(into)]
    title: String,
    /// Open or not; closing by Escape or by the cross sets it to false.
    open: RwSignal<bool>,
    /// A wider one, for tables and lists.
    #[prop(optional)]
    wide: bool,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            // Refused only for an element that has just left the page: then there is nothing to open.
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let heading = format!("{id}-title");
    view! {
        <dialog
            id=id
            class=if wide { "dialog dialog--wide" } else { "dialog" }
            aria-labelledby=heading
            node_ref=node
            on:close=move |_| open.set(false)
        >
            <header class="dialog__head">
                <h2 id=heading.clone()>{title}</h2>
                <button
                    class="btn btn--ghost btn--icon btn--s"
                    type="button"
                    aria-label="Close"
                    on:click=move |_| open.set(false)
                >
                    <Icon name=IconName::Cross />
                </button>
            </header>
            <div class="dialog__body">{children()}</div>
        </dialog>
    }
}
