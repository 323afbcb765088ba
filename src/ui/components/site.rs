//! The frame of the pages outside the room: header, page, footer.

use super::{Avatar, BrandMark, DocumentTitle};
use leptos::prelude::*;

/// The header of every page outside the room, with the skip link before it.
#[component]
pub fn SiteHeader(
    /// The address of the part of the site that is open, such as `/checkpoints`.
    current: &'static str,
    /// The name of the person who is signed in.
    #[prop(optional_no_strip)]
    name: Option<String>,
    /// Shows the way to the administration.
    #[prop(optional)]
    admin: bool,
) -> impl IntoView {
    let signed_in = name.is_some();
    let links = [
        ("/", "Home", true),
        ("/checkpoints", "Checkpoints", signed_in),
        ("/actions", "Actions", signed_in),
        ("/organisation", "Organisation", signed_in),
        ("/capabilities", "Capabilities", signed_in),
        ("/admin", "Administration", admin),
    ]
    .into_iter()
    .filter(|(_, _, shown)| *shown)
    .map(|(href, text, _)| {
        view! {
            <li>
                <a href=href aria-current=(href == current).then_some("page")>
                    {text}
                </a>
            </li>
        }
        .into_any()
    })
    .collect_view();
    let account = match name {
        Some(name) => {
            let label = format!("Your account, {name}");
            view! {
                <a class="site__me" href="/account" aria-label=label>
                    <Avatar name=name.clone() tint=1 />
                    <span>{name}</span>
                </a>
            }
            .into_any()
        }
        None => view! {
            <a class="site__me" href="/sign-in">
                "Sign in"
            </a>
        }
        .into_any(),
    };
    view! {
        <a class="skip" href="#main">
            "Skip to the content"
        </a>
        <header class="site">
            <a class="brand" href="/">
                <BrandMark />
                "Checkpoint"
            </a>
            <nav aria-label="Main">
                <ul>{links}</ul>
            </nav>
            {account}
        </header>
    }
}

/// A page under the header: its title in the tab and as the heading, then what stands on it.
#[component]
pub fn Page(
    /// The heading, and the title in the tab.
    #[prop(into)]
    title: String,
    /// A sentence under the heading.
    #[prop(optional, into)]
    lead: String,
    /// A narrower page, for forms and words.
    #[prop(optional)]
    narrow: bool,
    /// What stands beside the heading: the main act of the page.
    #[prop(optional, into)]
    act: ViewFn,
    /// What stands on the page.
    children: Children,
) -> impl IntoView {
    view! {
        <DocumentTitle text=title.clone() />
        <main class=if narrow { "page page--narrow" } else { "page" } id="main">
            <div class="page__head">
                <div>
                    <h1>{title}</h1>
                    {(!lead.is_empty()).then(|| view! { <p class="quiet">{lead}</p> }.into_any())}
                </div>
                {act.run()}
            </div>
            {children()}
        </main>
    }
}

/// The foot of every page outside the room.
#[component]
pub fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="foot">
            <p>"Checkpoint"</p>
            <a href="/about">"About Checkpoint"</a>
        </footer>
    }
}
