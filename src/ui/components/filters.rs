//! Lists that are narrowed and paged by their address: a plain form and links, so that a list can be sent to somebody and works
//! without script.

use crate::ui::query::Here;
use leptos::prelude::*;

/// The form that narrows a list. Its children are the fields.
#[component]
pub fn Filters(
    /// What it does, for those who hear it.
    #[prop(into)]
    label: String,
    /// The page of the list.
    here: Here,
    /// Parameters that are no filters, such as the order: they stay as they are.
    #[prop(default = &[])]
    kept: &'static [&'static str],
    /// Whether the list is narrowed, so that there is something to clear.
    narrowed: bool,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let hidden = here
        .parameters()
        .iter()
        .filter(|(name, value)| kept.contains(name) && !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone() /> }.into_any())
        .collect_view();
    let clear = narrowed.then(|| {
        view! {
            <a class="btn btn--ghost" href=here.path().to_owned()>
                "Clear"
            </a>
        }
        .into_any()
    });
    view! {
        <form class="filters" method="get" action=here.path().to_owned() role="search" aria-label=label>
            {hidden}
            {children()}
            <div class="buttons">
                <button class="btn" type="submit">
                    "Filter"
                </button>
                {clear}
            </div>
        </form>
    }
}

/// The way to the pages before and after this one; nothing where there is one page.
#[component]
pub fn Pager(
    /// The page of the list.
    here: Here,
    /// Which it is, counted from 1.
    page: u32,
    /// How many lines there are in all.
    total: u32,
    /// How many lines a page shows.
    per_page: u32,
) -> impl IntoView {
    let pages = total.div_ceil(per_page.max(1)).max(1);
    let at = |page: u32| {
        let number = if page > 1 { page.to_string() } else { String::new() };
        here.with(&[("page", &number)])
    };
    (pages > 1 || page > 1).then(|| {
        let before = (page > 1).then(|| view! { <a href=at((page - 1).min(pages)) rel="prev">"Previous"</a> }.into_any());
        let after = (page < pages).then(|| view! { <a href=at(page + 1) rel="next">"Next"</a> }.into_any());
        view! {
            <nav class="pager" aria-label="Pages of the list">
                <span>{before}</span>
                <span>{format!("Page {page} of {pages}")}</span>
                <span>{after}</span>
            </nav>
        }
        .into_any()
    })
}
