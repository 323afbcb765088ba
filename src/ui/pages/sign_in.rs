//! Signing in.

use crate::api::account::{Door, SignIn, look_around};
use crate::ui::components::TextField;
use crate::ui::forms::{Refusal, Submit, refusal};
use crate::ui::frame::WayIn;
use crate::ui::load;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/sign-in?next=`.
#[component]
pub fn SignInPage() -> AnyView {
    let door = load::once(look_around());
    let action = ServerAction::<SignIn>::new();
    let query = use_query_map();
    load::show(door, "/sign-in", move |door: Door| {
        let next = query.with_untracked(|query| query.get("next")).unwrap_or_default();
        let name = door.me.map(|me| me.name);
        view! {
            <WayIn title="Sign in">
                    {name.map(|name| view! { <p class="quiet">{format!("You are signed in as {name}. Sign in below to change that.")}</p> })}
                    {door
                        .setup_open
                        .then(|| {
                            view! {
                                <p class="quiet">
                                    "Nobody has an account here yet. " <a href="/setup">"Create the first administrator"</a> "."
                                </p>
                            }
                        })}
                    <Form action=action next=next />
                    <p class="small quiet">
                        "You only want to take part? " <a href="/join">"Join with the code of your squad"</a>
                        "; you need no account for that. Forgotten passwords are set anew by your administrator."
                    </p>
            </WayIn>
        }
        .into_any()
    })
}

#[component]
fn Form(action: ServerAction<SignIn>, next: String) -> impl IntoView {
    view! {
        <ActionForm action=action attr:class="join__form">
            <input type="hidden" name="next" value=next />
            <TextField label="E-mail address" name="email" kind="email" autocomplete="username" required=true maxlength=254 />
            <TextField label="Password" name="password" kind="password" autocomplete="current-password" required=true />
            <Refusal why=refusal(action) />
            <Submit label="Sign in" pending=action.pending() class="btn btn--primary btn--wide" />
        </ActionForm>
    }
}
