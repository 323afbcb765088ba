//! The room: one page for facilitator and members, with controls by role.

pub mod agenda;
pub mod banner;
pub mod bar;
pub mod beside;
pub mod dialogs;
pub mod document;
pub mod follow;
pub mod rest;
pub mod top;

use self::agenda::AgendaList;
use self::banner::Banner;
use self::follow::{FollowPill, Toasts};
use self::rest::Rest;
use self::top::TopBar;
use super::components::DocumentTitle;
use super::live::{Live, Topic};
use super::steps::{Welcome, provide_drafts};
use crate::api::room::{Qr, RoomView};
use crate::domain::agenda::{Step, StepKind};
use crate::domain::ids::{StepId, WorkshopId};
use crate::ui::components::changing;
use leptos::prelude::*;

pub use self::beside::Beside;
pub use self::top::tint;

/// What every part of the room may ask for besides the live state.
#[derive(Clone, Copy)]
pub struct Room {
    /// The checkpoint.
    pub id: WorkshopId,
    /// Texts of the page that never change while it is open.
    pub fixed: StoredValue<Fixed>,
    /// The step this person looks at on their own; `None` follows the squad.
    pub looking_at: RwSignal<Option<StepId>>,
    /// Which dialog is open.
    pub dialog: DialogSwitches,
}

/// Texts of the page that never change while it is open.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The organisation's welcome, as safe HTML.
    pub welcome_html: String,
    /// The organisation's page for setting the scene, as safe HTML.
    pub scene_html: String,
    /// The address to join at.
    pub join_url: String,
    /// The same as a square.
    pub qr: Qr,
}

/// One switch for each dialog.
#[derive(Clone, Copy)]
pub struct DialogSwitches {
    /// Who is here.
    pub people: RwSignal<bool>,
    /// The keys.
    pub keys: RwSignal<bool>,
    /// A note for the timeline.
    pub note: RwSignal<bool>,
}

impl Room {
    /// The room of the page around.
    #[must_use]
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The step on this screen: the squad's, unless this person looks elsewhere.
    #[must_use]
    pub fn shown(self) -> Memo<StepId> {
        let live = Live::from_context();
        let current = live.select(|w| w.agenda.current);
        Memo::new(move |_| self.looking_at.get().unwrap_or_else(|| current.get()))
    }

    /// Goes to a step on this screen alone; the squad's own step means following again.
    pub fn look_at(self, step: StepId) {
        let current = Live::from_context().with_untracked(|w| w.agenda.current);
        self.looking_at.set((step != current).then_some(step));
    }
}

/// The live room, for somebody with a seat.
#[component]
pub fn LiveRoom(
    /// What the server rendered it from.
    view: RoomView,
    /// The rest of the room, on pages that show something of it.
    #[prop(optional_no_strip)]
    rest: Option<Rest>,
) -> impl IntoView {
    let whole = rest.is_some();
    let rest = RwSignal::new(rest);
    if !whole {
        Effect::new(move || rest::fetch(rest));
    }
    let live = Live::new(view.workshop.code.to_string(), view.you, view.workshop, view.presence, view.now);
    provide_context(live);
    provide_drafts();
    let room = Room {
        id: view.id,
        fixed: StoredValue::new(Fixed {
            welcome_html: view.welcome_html,
            scene_html: view.scene_html,
            join_url: view.join_url,
            qr: view.qr,
        }),
        looking_at: RwSignal::new(None),
        dialog: DialogSwitches {
            people: RwSignal::new(false),
            keys: RwSignal::new(false),
            note: RwSignal::new(false),
        },
    };
    provide_context(room);
    let shown = room.shown();
    let leads = live.leads();
    let wanted = live.select(move |w| w.agenda.step(shown.get()).cloned());
    // What cannot be shown yet does not take the place of what is.
    let step = Memo::new(move |before: Option<&Option<Step>>| match wanted.get() {
        Some(step) if step.kind != StepKind::Welcome && rest.with(Option::is_none) => before.cloned().flatten(),
        wanted => wanted,
    });
    let stage = move || match (step.get(), rest.get_untracked()) {
        (
            Some(Step {
                id,
                kind: StepKind::Welcome,
                ..
            }),
            _,
        ) => view! { <Welcome step=id/> }.into_any(),
        (Some(step), Some(rest)) => (rest.step)(step),
        _ => ().into_any(),
    };
    let title = move || live.with(|w| format!("{}, {}", w.agenda.step(shown.get()).map_or("", Step::title), w.squad));
    follow::hold_while_typing(room, live);
    dialogs::listen_for_keys(room);
    view! {
        <DocumentTitle text=Signal::derive(title)/>
        <a class="skip" href="#main">"Skip to the content"</a>
        <div class="room" data-connection=move || live.connection().key() data-whole=whole.then_some("")>
            <TopBar/>
            <Banner/>
            <AgendaList/>
            <main class="stage" id="main" tabindex="-1">
                <FollowPill/>
                {move || stage()}
            </main>
            {move || rest.get().filter(|_| leads.get()).map(|rest| (rest.bar)())}
        </div>
        <Toasts/>
        {move || rest.get().map(|rest| (rest.dialogs)())}
    }
}

/// The last refusal about something, beside its control.
#[component]
pub fn Refusal(
    /// What it is about.
    topic: Topic,
) -> impl IntoView {
    let live = Live::from_context();
    changing(move || {
        live.refusal(topic)
            .map(|reason| view! { <p class="refusal" role="alert">{reason}</p> }.into_any())
    })
}
