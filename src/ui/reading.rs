//! Pages that are only read: documents of their own, which the server writes whole and the browser never takes over.
//!
//! So nothing of them is in the browser's bundle, and their answers do not travel twice. What script adds stands in [`awake`].

pub mod awake;

use super::pages::about::AboutPage;
use super::pages::admin::changes::ChangesPage;
use super::pages::admin::import::ImportPage;
use super::pages::admin::retention::RetentionPage;
use super::pages::checkpoints::CheckpointsPage;
use super::pages::compare::ComparePage;
use super::pages::drafts::DraftPage;
use super::pages::feedback::FeedbackPage;
use super::pages::names::NamesPage;
use super::pages::not_found::NotFoundPage;
use super::pages::organisation::OrganisationPage;
use super::pages::shared_summary::SharedSummaryPage;
use super::pages::summary::SummaryPage;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// Their addresses, as the server's router writes them.
pub const ADDRESSES: [&str; 12] = [
    "/about",
    "/admin/changes",
    "/admin/import",
    "/admin/retention",
    "/checkpoints",
    "/checkpoints/{id}",
    "/checkpoints/{id}/delete",
    "/checkpoints/{id}/names",
    "/compare",
    "/feedback/{code}",
    "/organisation",
    "/s/{token}",
];

/// Whether a path is one of these addresses.
#[must_use]
pub fn is_at(path: &str) -> bool {
    ADDRESSES.iter().any(|address| {
        let fits = |(part, given): (&str, &str)| part == given || (part.starts_with('{') && !given.is_empty());
        address.split('/').count() == path.split('/').count() && address.split('/').zip(path.split('/')).all(fits)
    })
}

/// All pages that are only read; the server renders one for each request.
#[component]
pub fn Reading() -> impl IntoView {
    // Answers travel with a page so that the browser can take it over; here they would be sent for nothing.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/about") view=AboutPage />
                <Route path=path!("/admin/changes") view=ChangesPage />
                <Route path=path!("/admin/import") view=ImportPage />
                <Route path=path!("/admin/retention") view=RetentionPage />
                <Route path=path!("/checkpoints") view=CheckpointsPage />
                <Route path=path!("/checkpoints/:id") view=SummaryPage />
                <Route path=path!("/checkpoints/:id/delete") view=DraftPage />
                <Route path=path!("/checkpoints/:id/names") view=NamesPage />
                <Route path=path!("/feedback/:code") view=FeedbackPage />
                <Route path=path!("/organisation") view=OrganisationPage />
                <Route path=path!("/compare") view=ComparePage />
                <Route path=path!("/s/:token") view=SharedSummaryPage />
            </Routes>
        </Router>
    }
}

/// Whether the document in the browser is one of them.
#[must_use]
pub fn in_browser() -> bool {
    window().location().pathname().is_ok_and(|path| is_at(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_by_its_parts() {
        for path in [
            "/about",
            "/checkpoints",
            "/checkpoints/1",
            "/checkpoints/1/names",
            "/feedback/K7QM-2XFD-9TRC",
        ] {
            assert!(is_at(path), "{path}");
        }
        for path in ["/", "/checkpoints/1/other", "/feedback", "/feedback/", "/feedback/a/b", "/abouts"] {
            assert!(!is_at(path), "{path}");
        }
    }
}
