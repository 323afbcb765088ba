//! What every field shares: the ids that tie label, hint and refusal together, and the text typed before the page woke.

use leptos::prelude::*;

/// The ids of one field and of what describes it.
#[derive(Clone)]
pub(super) struct Ids {
    pub(super) field: String,
    pub(super) hint: String,
    pub(super) error: String,
    has_hint: bool,
}

impl Ids {
    pub(super) fn new(id: Option<String>, name: &str, has_hint: bool) -> Self {
        let field = id.unwrap_or_else(|| format!("field-{name}"));
        Self {
            hint: format!("{field}-hint"),
            error: format!("{field}-error"),
            field,
            has_hint,
        }
    }

    /// What `aria-describedby` says: the hint, and the refusal while there is one.
    pub(super) fn described_by(&self, refused: bool) -> Option<String> {
        match (self.has_hint, refused) {
            (true, true) => Some(format!("{} {}", self.hint, self.error)),
            (true, false) => Some(self.hint.clone()),
            (false, true) => Some(self.error.clone()),
            (false, false) => None,
        }
    }
}

/// The value for `prop:value`. While the page wakes up, a text that somebody typed before wins over what the server sent,
/// and an effect then tells the signal; from there on the signal leads. A field that comes later, or that is filled anew with
/// another answer of the server, never looks at what its element held before.
pub(super) fn keep_typed(
    value: RwSignal<String>,
    typed: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
) -> impl Fn() -> String + Send + Sync + 'static {
    let waking = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    let first = StoredValue::new(waking);
    if waking {
        Effect::new(move |_| {
            if let Some(typed) = typed()
                && typed != value.get_untracked()
            {
                value.set(typed);
            }
        });
    }
    move || {
        let text = value.get();
        if !first.get_value() {
            return text;
        }
        first.set_value(false);
        typed().filter(|typed| !typed.is_empty()).unwrap_or(text)
    }
}
