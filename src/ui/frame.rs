//! What stands around the pages outside the room: the header for whoever reads, the foot with the switch of colours.

use super::components::{BrandMark, DocumentTitle, SiteHeader};
use super::theme::ThemeSwitch;
use crate::api::Me;
use leptos::prelude::*;

/// A page with header and foot.
#[component]
pub fn Frame(
    /// The address of the part of the site that is open, such as `/checkpoints`.
    current: &'static str,
    /// Who is signed in.
    #[prop(optional_no_strip)]
    me: Option<Me>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let admin = me.as_ref().is_some_and(|me| me.may_administer);
    view! {
        <SiteHeader current=current name=me.map(|me| me.name) admin=admin />
        {children()}
        <Foot />
    }
}

/// A page with nothing but a way in: joining, signing in, setting up.
#[component]
pub fn WayIn(
    /// The heading, and the title in the tab.
    #[prop(into)]
    title: String,
    /// What stands under it.
    children: Children,
) -> impl IntoView {
    view! {
        <DocumentTitle text=title.clone() />
        <a class="skip" href="#main">
            "Skip to the content"
        </a>
        <div class="join">
            <header class="join__top">
                <a class="brand" href="/">
                    <BrandMark />
                    "Checkpoint"
                </a>
            </header>
            <main class="join__box" id="main">
                <h1>{title}</h1>
                {children()}
            </main>
            <Foot />
        </div>
    }
}

/// The foot of a page.
#[component]
pub fn Foot() -> impl IntoView {
    view! {
        <footer class="foot">
            <a href="/about">"About Checkpoint"</a>
            <ThemeSwitch />
        </footer>
    }
}
