//! The document around every page, and which address shows which page.

use super::pages::account::AccountPage;
use super::pages::actions::ActionsPage;
use super::pages::admin::AdminPage;
use super::pages::capabilities::CapabilitiesPage;
use super::pages::elsewhere::Elsewhere;
use super::pages::home::HomePage;
use super::pages::join::JoinPage;
use super::pages::join_code::JoinByCodePage;
use super::pages::not_found::NotFoundPage;
use super::pages::setup::SetupPage;
use super::pages::shared_actions::SharedActionsPage;
use super::pages::sign_in::SignInPage;
use super::pages::squad::SquadPage;
use super::pages::start::StartPage;
use super::reading::{self, Reading};
use super::room::document::{Entered, RoomDocument};
use super::room::rest::Rest;
use super::theme;
use crate::domain::sorted::SortedSet;
use leptos::WasmSplitManifest;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, path};

/// The document of every page that the browser takes over, the room excepted; the server renders it once for each request.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    page_document(options, &["take_over_pages"], App())
}

/// The document of the room.
pub fn room_shell(options: LeptosOptions, entered: Entered) -> impl IntoView {
    let rest = entered.as_ref().is_ok_and(Rest::needed).then(Rest::here);
    let parts: &[_] = if rest.is_some() {
        &["take_over_room", "room_rest"]
    } else {
        &["take_over_room"]
    };
    page_document(options, parts, view! { <RoomDocument entered rest /> })
}

fn page_document(options: LeptosOptions, parts: &'static [&'static str], page: impl IntoView + 'static) -> impl IntoView {
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
                <Preload parts />
                <MetaTags />
            </head>
            <body>
                {page}
            </body>
        </html>
    }
}

/// Lets the browser fetch this document's parts of the bundle beside the main one, which would name them only once it runs.
#[component]
fn Preload(
    /// Their names: those of the functions that load them.
    parts: &'static [&'static str],
) -> impl IntoView {
    // `HydrationScripts` provides it where the bundle is split.
    use_context::<WasmSplitManifest>().map(|manifest| {
        let (folder, all, loader) = &*manifest.0.read_value();
        let wanted = all.iter().filter(|(name, _)| parts.iter().any(|part| name.starts_with(part)));
        // Two parts share files.
        let files: SortedSet<_> = wanted.flat_map(|(_, files)| files).collect();
        let files = files.into_iter().map(|file| {
            let href = format!("{folder}/{file}.wasm");
            view! { <link rel="preload" href=href r#as="fetch" r#type="application/wasm" crossorigin="anonymous" /> }
        });
        view! {
            <link rel="modulepreload" href=format!("{folder}/{loader}") crossorigin="anonymous" />
            {files.collect_view()}
        }
    })
}

/// The document of a page that is only read.
pub fn reading_shell(options: LeptosOptions) -> impl IntoView {
    page_document(options, &["wake_reading"], Reading())
}

/// All pages but the room and those that are only read.
#[component]
pub fn App() -> impl IntoView {
    wake();
    view! {
        <Router>
            <Routes fallback=NoPage>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
                <Route path=path!("/start") view=StartPage ssr=SsrMode::Async />
                <Route path=path!("/join") view=JoinByCodePage ssr=SsrMode::Async />
                <Route path=path!("/join/:code") view=JoinPage ssr=SsrMode::Async />
                <Route path=path!("/w/:code") view=Elsewhere ssr=SsrMode::Async />
                <Route path=path!("/squads/:slug") view=SquadPage ssr=SsrMode::Async />
                <Route path=path!("/actions") view=ActionsPage ssr=SsrMode::Async />
                <Route path=path!("/actions/:token") view=SharedActionsPage ssr=SsrMode::Async />
                <Route path=path!("/capabilities") view=CapabilitiesPage ssr=SsrMode::Async />
                <Route path=path!("/admin") view=AdminPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// Where no route leads: to a page that is only read, or nowhere.
#[component]
fn NoPage() -> AnyView {
    if reading::is_at(&use_location().pathname.get_untracked()) {
        Elsewhere().into_any()
    } else {
        NotFoundPage()
    }
}

/// What each of the documents begins with.
pub fn wake() {
    provide_meta_context();
    theme::provide();
    Effect::new(|_| say_awake());
}

/// Marks the document as awake: tests wait for it, and what needs script shows itself.
fn say_awake() {
    if let Some(root) = document().document_element() {
        // Setting an attribute with a plain name cannot fail.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
