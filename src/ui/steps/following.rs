//! Fields over something that all facilitators may write.

use leptos::prelude::*;

/// A field's text that follows what is stored until this person types; then what was typed stays until it is saved.
#[must_use]
pub fn following(stored: Memo<String>) -> RwSignal<String> {
    let typed = RwSignal::new(stored.get_untracked());
    Effect::new(move |before: Option<String>| {
        let now = stored.get();
        if before.is_some_and(|before| before != now && typed.get_untracked().trim() == before) {
            typed.set(now.clone());
        }
        now
    });
    typed
}

/// Whether a field says something else than what is stored.
#[must_use]
pub fn differs(typed: RwSignal<String>, stored: Memo<String>) -> bool {
    typed.with(|typed| stored.with(|stored| typed.trim() != stored))
}
