//! Accounts: who signs in and what they may do.

use super::Forms;
use crate::api::account::SHORTEST_PASSWORD;
use crate::api::admin::{AccountRole, AccountRow};
use crate::ui::components::{Checkbox, Choice, For, Select, TextField};
use crate::ui::forms::{Done, Refusal, Submit, refusal};
use leptos::form::ActionForm;
use leptos::prelude::*;

fn roles() -> Vec<Choice> {
    AccountRole::ALL
        .into_iter()
        .map(|role| Choice::new(role.key(), role.name()))
        .collect()
}

/// All accounts, and a form for a new one.
#[component]
pub fn Accounts(
    /// By name.
    accounts: Vec<AccountRow>,
    /// The page's forms.
    forms: Forms,
) -> impl IntoView {
    view! {
        <section id="accounts" aria-labelledby="h-accounts">
            <h2 id="h-accounts">"Accounts"</h2>
            <p class="quiet gap-below">
                "Facilitators lead checkpoints, viewers read summaries, administrators do both and everything here. Members of a squad need no account."
            </p>
            <table class="table table--middle table--stack">
                <caption class="vh">"Accounts with their roles"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Role"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || accounts.clone() key=|account| (account.id, account.role.key(), account.active) let:account>
                        <Account account=account forms=forms />
                    </For>
                </tbody>
            </table>
            <Refusal why=refusal(forms.change) />
            <h3 class="gap-above">"New account"</h3>
            <New forms=forms />
        </section>
    }
}

#[component]
fn Account(account: AccountRow, forms: Forms) -> impl IntoView {
    let id = account.id.to_string();
    view! {
        <tr>
            <th scope="row">
                {account.name.clone()} <br /> <span class="small quiet">{account.email}</span>
            </th>
            <td>
                <ActionForm action=forms.change attr:class="row-form">
                    <input type="hidden" name="account" value=id.clone() />
                    <Select
                        label=format!("Role of {}", account.name)
                        name="role"
                        id=format!("role-{id}")
                        choices=roles()
                        value=RwSignal::new(account.role.key().to_owned())
                    />
                    <Checkbox label="Can sign in" name="active" checked=RwSignal::new(account.active) />
                    <Submit label="Save" pending=forms.change.pending() class="btn btn--s" />
                </ActionForm>
            </td>
        </tr>
    }
}

#[component]
fn New(forms: Forms) -> impl IntoView {
    let role = RwSignal::new(AccountRole::Facilitator.key().to_owned());
    view! {
        <ActionForm action=forms.account attr:class="form">
            <TextField label="Name" name="name" id="field-account-name" value=forms.typed.name required=true maxlength=80 />
            <TextField
                label="E-mail address"
                name="email"
                id="field-account-email"
                kind="email"
                value=forms.typed.email
                required=true
                maxlength=254
            />
            <Select label="Role" name="role" id="field-account-role" choices=roles() value=role />
            <TextField
                label="First password"
                name="password"
                id="field-account-password"
                kind="password"
                autocomplete="new-password"
                value=forms.typed.password
                required=true
                hint=format!("At least {SHORTEST_PASSWORD} characters. Tell it to the person, who changes it under their name at the top.")
            />
            <Refusal why=refusal(forms.account) />
            <div class="form__end">
                <Submit label="Create the account" pending=forms.account.pending() class="btn" />
                <Done action=forms.account text="Created" />
            </div>
        </ActionForm>
    }
}
