//! Keeps the screen of the meeting room awake, where the browser can.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Asks at once, again whenever the page comes into view, and on a click while it was refused. `None` until there is an answer.
pub(super) fn keep_awake() -> RwSignal<Option<bool>> {
    let awake = RwSignal::new(None);
    // Effects run in the browser only.
    Effect::new(move || {
        ask(awake);
        // The browser takes the lock back when the page is hidden.
        let seen = window_event_listener_untyped("visibilitychange", move |_| {
            if document().visibility_state() == web_sys::VisibilityState::Visible {
                ask(awake);
            }
        });
        let clicked = window_event_listener(leptos::ev::click, move |_| {
            if awake.get_untracked() != Some(true) {
                ask(awake);
            }
        });
        on_cleanup(move || {
            seen.remove();
            clicked.remove();
        });
    });
    awake
}

fn ask(awake: RwSignal<Option<bool>>) {
    match request() {
        Ok(promise) => spawn_local(async move {
            let granted = JsFuture::from(promise).await.is_ok();
            // The page may be gone by now.
            let _ = awake.try_set(Some(granted));
        }),
        Err(_) => awake.set(Some(false)),
    }
}

/// `navigator.wakeLock.request("screen")`; an error where the browser does not know it, for example without HTTPS.
fn request() -> Result<js_sys::Promise, JsValue> {
    let lock = js_sys::Reflect::get(&window().navigator(), &"wakeLock".into())?;
    let request: js_sys::Function = js_sys::Reflect::get(&lock, &"request".into())?.dyn_into()?;
    request.call1(&lock, &"screen".into())?.dyn_into()
}
