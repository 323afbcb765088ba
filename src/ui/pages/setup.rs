//! The first administrator, created once with the token that the server printed.

use crate::api::account::{Door, SHORTEST_PASSWORD, SetUp, look_around};
use crate::ui::components::TextField;
use crate::ui::forms::{Refusal, Submit, refusal};
use crate::ui::frame::WayIn;
use crate::ui::load;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// `/setup`.
#[component]
pub fn SetupPage() -> AnyView {
    let door = load::once(look_around());
    let action = ServerAction::<SetUp>::new();
    load::show(door, "/setup", move |door: Door| {
        view! {
            <WayIn title="Set up Checkpoint">
                    {if door.setup_open {
                        view! { <Form action=action /> }.into_any()
                    } else {
                        view! {
                            <p class="quiet">
                                "Checkpoint is set up already. " <a href="/sign-in">"Sign in"</a> ", or ask your administrator for an account."
                            </p>
                        }
                            .into_any()
                    }}
            </WayIn>
        }
        .into_any()
    })
}

#[component]
fn Form(action: ServerAction<SetUp>) -> impl IntoView {
    view! {
        <p class="quiet">"You become the first administrator. You then create tribes, squads and the accounts of the others."</p>
        <ActionForm action=action attr:class="join__form">
            <TextField
                label="Setup token"
                name="token"
                required=true
                hint="The server printed it when it started; start it again to get a new one."
            />
            <TextField label="Your name" name="name" autocomplete="name" required=true maxlength=80 />
            <TextField label="E-mail address" name="email" kind="email" autocomplete="username" required=true maxlength=254 />
            <TextField
                label="Password"
                name="password"
                kind="password"
                autocomplete="new-password"
                required=true
                hint=format!("At least {SHORTEST_PASSWORD} characters. A few words do well.")
            />
            <Refusal why=refusal(action) />
            <Submit label="Create the administrator" pending=action.pending() class="btn btn--primary btn--wide" />
        </ActionForm>
    }
}
