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

/// The value for `prop:value`. The first time, a text that somebody typed before the page woke up wins over what the
/// server sent, and an effect then tells the signal; from there on the signal leads.
pub(super) fn keep_typed(
    value: RwSignal<String>,
    typed: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
) -> impl Fn() -> String + Send + Sync + 'static {
    let awake = StoredValue::new(false);
    Effect::new(move |_| {
        if let Some(typed) = typed()
            && typed != value.get_untracked()
        {
            value.set(typed);
        }
    });
    move || {
        let text = value.get();
        if awake.get_value() {
            return text;
        }
        awake.set_value(true);
        typed().filter(|typed| !typed.is_empty()).unwrap_or(text)
    }
}
