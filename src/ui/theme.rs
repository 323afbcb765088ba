//! Light, dark, or as the system says; the browser remembers which.
//!
//! The first render knows nothing of it, so that it is the same on the server: the document takes its theme when the page wakes up.

use leptos::prelude::*;

const KEY: &str = "checkpoint.theme";

/// A choice of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All three.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word on the switch.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The value of `data-theme`; the system needs none.
    fn key(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// Makes the theme known to the pages and keeps the document in it.
pub fn provide() {
    let theme = RwSignal::new(Theme::default());
    provide_context(theme);
    Effect::new(move |woken: Option<()>| {
        if woken.is_none() {
            theme.set(remembered());
        }
        wear(theme.get());
    });
}

/// The switch in the foot of a page. Without script it could do nothing, so the style sheet shows it only on a page that is awake.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let theme = use_context::<RwSignal<Theme>>().unwrap_or_default();
    let choices = Theme::ALL
        .into_iter()
        .map(|choice| {
            view! {
                <label>
                    <input
                        type="radio"
                        name="theme"
                        prop:checked=move || theme.get() == choice
                        on:change=move |_| {
                            theme.set(choice);
                            remember(choice);
                        }
                    />
                    {choice.name()}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="segment theme">
            <legend class="vh">"Colours"</legend>
            {choices}
        </fieldset>
    }
}

/// The browser may refuse its storage; then the choice lasts as long as the page.
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn remembered() -> Theme {
    let stored = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    Theme::ALL
        .into_iter()
        .find(|theme| theme.key() == stored.as_deref())
        .unwrap_or_default()
}

fn remember(theme: Theme) {
    let Some(storage) = storage() else { return };
    // A full storage forgets the choice, which is no harm.
    let _ = match theme.key() {
        Some(key) => storage.set_item(KEY, key),
        None => storage.remove_item(KEY),
    };
}

fn wear(theme: Theme) {
    let Some(root) = document().document_element() else { return };
    // Setting an attribute with a plain name cannot fail.
    let _ = match theme.key() {
        Some(key) => root.set_attribute("data-theme", key),
        None => root.remove_attribute("data-theme"),
    };
}
