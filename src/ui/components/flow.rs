//! Parts of a page that come, go and change: what leptos calls `Show` and `For`, made once for all uses.
//!
//! leptos compiles its own for each place that uses them, with everything that a view needs to be built, hydrated and removed
//! again: several kilobytes for a `Show`, fifteen for a `For`. Here what differs stands behind a pointer, and the browser
//! loads one of each. Pages use these and never those of leptos.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

/// A part of the page that is made anew whenever something that it reads changes.
pub fn changing<V: IntoView + 'static>(part: impl Fn() -> V + Send + 'static) -> AnyView {
    let part: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || part().into_any()));
    part.into_any()
}

/// The children while a condition holds.
#[component]
pub fn Show(
    /// The condition; the children stay as they are until it changes.
    #[prop(into)]
    when: Signal<bool>,
    /// What stands there otherwise.
    #[prop(optional, into)]
    fallback: ViewFn,
    /// What is shown.
    children: ChildrenFn,
) -> AnyView {
    let shown = Memo::new(move |_| when.get());
    changing(move || if shown.get() { children() } else { fallback.run() })
}

/// A row that is made only when its key is new.
type Row = (u64, Box<dyn FnOnce() -> AnyView + Send>);

/// One view for each item; the views of items that stay are kept.
#[component]
pub fn For<T, K, N>(
    /// The items.
    each: impl Fn() -> Vec<T> + Send + 'static,
    /// What an item is known by.
    key: impl Fn(&T) -> K + Send + 'static,
    /// Its view.
    children: impl Fn(T) -> N + Send + Sync + 'static,
) -> AnyView
where
    T: Send + 'static,
    K: Hash + 'static,
    N: IntoView + 'static,
{
    let children = Arc::new(children);
    keyed(Box::new(move || {
        let row = |item: T| -> Row {
            let mut known_by = DefaultHasher::new();
            key(&item).hash(&mut known_by);
            let children = children.clone();
            (known_by.finish(), Box::new(move || children(item).into_any()))
        };
        each().into_iter().map(row).collect()
    }))
}

fn keyed(rows: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <leptos::control_flow::For each=rows key=|(key, _)| *key let((_, row))>{row()}</leptos::control_flow::For> }.into_any()
}
