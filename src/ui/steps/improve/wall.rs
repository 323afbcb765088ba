//! The improvements on the screen of the meeting room: the flow with its stickies, and nothing to press.

use super::board::pin;
use crate::domain::flow::layout::layout;
use crate::domain::flow::scene::scene;
use crate::domain::improve::Item;
use crate::domain::improve::pinned::pinned;
use crate::domain::workshop::Workshop;
use crate::ui::flow::Picture;
use crate::ui::live::Live;
use crate::ui::steps::count;
use leptos::prelude::*;

/// The picture, and what is free.
#[component]
pub fn ImproveOnWall() -> AnyView {
    let live = Live::from_context();
    let picture = live.select(|w| {
        (!w.flow.is_empty()).then(|| {
            let layout = layout(&w.flow);
            (scene(&w.flow, &layout), pinned(&w.improvements, &layout))
        })
    });
    let lists = live.select(lists);
    let body = move || {
        let picture = picture.get().map(|(scene, pins)| {
            view! { <Picture scene=scene label="The delivery flow with its stickies" on_it=pins.into_iter().map(pin).collect_view().into_any()/> }
        });
        let (items, hidden) = lists.get();
        let hidden = (hidden > 0).then(|| {
            let words = count(u32::try_from(hidden).unwrap_or(u32::MAX), "sticky is hidden", "stickies are hidden");
            view! { <p class="wall__question">{words}</p> }
        });
        view! {
            <div class="wall__flow">
                {picture}
                <div>
                    {hidden}
                    <ul class="wall__list">{items.into_iter().map(|title| view! { <li class="own-words">{title}</li> }).collect_view()}</ul>
                </div>
            </div>
        }
        .into_any()
    };
    view! { {body} }.into_any()
}

/// What there is to read, and how many are hidden.
fn lists(w: &Workshop) -> (Vec<String>, usize) {
    let board = &w.improvements;
    let title = |item: Item| Some(board.title(item)).filter(|title| !title.is_empty());
    (board.items().into_iter().filter_map(title).collect(), board.hidden())
}
