//! The document around every page, and which address shows which page.

use super::pages::about::AboutPage;
use super::pages::account::AccountPage;
use super::pages::admin::AdminPage;
use super::pages::capabilities::CapabilitiesPage;
use super::pages::checkpoints::CheckpointsPage;
use super::pages::home::HomePage;
use super::pages::join::JoinPage;
use super::pages::join_code::JoinByCodePage;
use super::pages::not_found::NotFoundPage;
use super::pages::room::RoomPage;
use super::pages::setup::SetupPage;
use super::pages::sign_in::SignInPage;
use super::pages::start::StartPage;
use super::pages::summary::SummaryPage;
use super::theme;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The document; the server renders it once for each request.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <AutoReload options=options.clone() />
                <HashedStylesheet options=options.clone() id="leptos" />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// All pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    theme::provide();
    Effect::new(|_| say_awake());
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
                <Route path=path!("/start") view=StartPage ssr=SsrMode::Async />
                <Route path=path!("/join") view=JoinByCodePage ssr=SsrMode::Async />
                <Route path=path!("/join/:code") view=JoinPage ssr=SsrMode::Async />
                <Route path=path!("/w/:code") view=RoomPage ssr=SsrMode::Async />
                <Route path=path!("/checkpoints") view=CheckpointsPage ssr=SsrMode::Async />
                <Route path=path!("/checkpoints/:id") view=SummaryPage ssr=SsrMode::Async />
                <Route path=path!("/capabilities") view=CapabilitiesPage ssr=SsrMode::Async />
                <Route path=path!("/admin") view=AdminPage ssr=SsrMode::Async />
                <Route path=path!("/about") view=AboutPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// Marks the document as awake: tests wait for it, and what needs script shows itself.
fn say_awake() {
    if let Some(root) = document().document_element() {
        // Setting an attribute with a plain name cannot fail.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
