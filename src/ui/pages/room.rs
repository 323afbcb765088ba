//! `/w/{code}`: the live room, for people with a seat in it.

use crate::api::ApiError;
use crate::api::room::enter_room;
use crate::ui::room::LiveRoom;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The room's page. Without a seat the server sends the browser to the door.
#[component]
pub fn RoomPage() -> impl IntoView {
    let params = use_params_map();
    // Another code is another page load, so the room is asked for once.
    let code = params.with_untracked(|p| p.get("code").unwrap_or_default());
    let room = OnceResource::new_blocking(enter_room(code));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match room.await {
                    Ok(view) => view! { <LiveRoom view/> }.into_any(),
                    Err(error) => view! { <NoRoom error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// Why there is no room to show.
#[component]
fn NoRoom(
    /// What the server said.
    error: ApiError,
) -> impl IntoView {
    let params = use_params_map();
    let door = move || format!("/join/{}", params.with(|p| p.get("code").unwrap_or_default()));
    let no_seat = error == ApiError::NoSeat;
    view! {
        <crate::ui::components::Page title="This room does not open" narrow=true>
            <p>{error.to_string()}</p>
            <Show when=move || no_seat>
                <p><a class="btn btn--primary" href=door>"Join this checkpoint"</a></p>
            </Show>
        </crate::ui::components::Page>
    }
}
