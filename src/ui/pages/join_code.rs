//! Joining by a code that somebody reads out: a plain form, and its way on to the door.

use crate::domain::code::JoinCode;
use crate::ui::components::Page;
use crate::ui::forms::Refusal;
use crate::ui::frame::Frame;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;

/// The field for a code; a plain form, so that it works everywhere.
#[component]
pub fn JoinByCode(
    /// It is the main act of the page.
    #[prop(optional)]
    main: bool,
) -> impl IntoView {
    view! {
        <form class="inline-form" method="get" action="/join">
            <label class="vh" for="field-code">
                "Join code"
            </label>
            <input
                class="input input--code"
                id="field-code"
                name="code"
                placeholder="K7QM-2XFD-9TRC"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                maxlength="30"
                required
            />
            <button class=if main { "btn btn--primary" } else { "btn" } type="submit">
                "Join"
            </button>
        </form>
    }
}

/// `/join?code=`: on to the door, or the field again when it cannot be a code.
#[component]
pub fn JoinByCodePage() -> AnyView {
    let typed = use_query_map().with_untracked(|query| query.get("code")).unwrap_or_default();
    if let Some(code) = JoinCode::parse(&typed) {
        return view! { <Redirect path=format!("/join/{code}") /> }.into_any();
    }
    let why = (!typed.is_empty())
        .then(|| "A code has twelve letters and numbers, such as K7QM-2XFD-9TRC. Check it, then type it again.".to_owned());
    view! {
        <Frame current="/join">
            <Page title="Join a checkpoint" lead="The facilitator shows the code. You need no account." narrow=true>
                <Refusal why=Signal::stored(why) />
                <JoinByCode main=true />
            </Page>
        </Frame>
    }
    .into_any()
}
