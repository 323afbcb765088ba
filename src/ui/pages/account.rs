//! One's own name and password, and the way out.

use crate::api::account::{ChangeName, ChangePassword, Door, SHORTEST_PASSWORD, SignOut, look_around};
use crate::api::{ApiError, Me};
use crate::ui::components::{Page, TextField};
use crate::ui::forms::{Done, Refusal, Submit, refusal, successes};
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The page's forms; they outlive the answer they change.
#[derive(Clone, Copy)]
struct Forms {
    name: ServerAction<ChangeName>,
    password: ServerAction<ChangePassword>,
    out: ServerAction<SignOut>,
    current: RwSignal<String>,
    new: RwSignal<String>,
}

/// `/account`.
#[component]
pub fn AccountPage() -> AnyView {
    let forms = Forms {
        name: ServerAction::new(),
        password: ServerAction::new(),
        out: ServerAction::new(),
        current: RwSignal::default(),
        new: RwSignal::default(),
    };
    let renamed = successes(forms.name);
    let changed = successes(forms.password);
    Effect::new(move |before: Option<usize>| {
        let now = changed.get();
        if before.is_some_and(|before| before != now) {
            forms.current.set(String::new());
            forms.new.set(String::new());
        }
        now
    });
    let me = load::again(
        move || renamed.get(),
        |_| async { look_around().await.and_then(|door: Door| door.me.ok_or(ApiError::NotSignedIn)) },
    );
    load::show(me, "/account", move |me: Me| view! { <Account me=me forms=forms /> }.into_any())
}

#[component]
fn Account(me: Me, forms: Forms) -> impl IntoView {
    let name = me.name.clone();
    let lead = format!("You sign in as {}.", me.email);
    let out = move || {
        view! {
            <ActionForm action=forms.out>
                <Submit label="Sign out" pending=forms.out.pending() class="btn" />
            </ActionForm>
        }
    };
    view! {
        <Frame current="/account" me=Some(me)>
            <Page title="Your account" lead=lead narrow=true act=out>
                <section aria-labelledby="h-name">
                    <h2 id="h-name">"Name"</h2>
                    <ActionForm action=forms.name attr:class="form">
                        <TextField
                            label="Your name"
                            name="name"
                            initial=name
                            autocomplete="name"
                            required=true
                            maxlength=80
                            hint="It stands on the summaries of the checkpoints you lead from now on."
                        />
                        <Refusal why=refusal(forms.name) />
                        <div class="form__end">
                            <Submit label="Save the name" pending=forms.name.pending() class="btn" />
                            <Done action=forms.name text="Saved" />
                        </div>
                    </ActionForm>
                </section>
                <Password forms=forms />
            </Page>
        </Frame>
    }
}

#[component]
fn Password(forms: Forms) -> impl IntoView {
    view! {
        <section aria-labelledby="h-password">
            <h2 id="h-password">"Password"</h2>
            <ActionForm action=forms.password attr:class="form">
                <TextField
                    label="Current password"
                    name="current"
                    kind="password"
                    value=forms.current
                    autocomplete="current-password"
                    required=true
                />
                <TextField
                    label="New password"
                    name="new"
                    kind="password"
                    value=forms.new
                    autocomplete="new-password"
                    required=true
                    hint=format!("At least {SHORTEST_PASSWORD} characters. A few words do well.")
                />
                <Refusal why=refusal(forms.password) />
                <div class="form__end">
                    <Submit label="Change the password" pending=forms.password.pending() class="btn" />
                    <Done action=forms.password text="Changed" />
                </div>
            </ActionForm>
        </section>
    }
}
