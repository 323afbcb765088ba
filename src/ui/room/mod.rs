//! The room: one page for facilitator and members, with controls by role.

pub mod agenda;
pub mod banner;
pub mod bar;
pub mod beside;
pub mod dialogs;
pub mod document;
pub mod follow;
pub mod pause;
pub mod prepare;
pub mod recap;
pub mod rest;
pub mod sheet;
pub mod texts;
pub mod top;
pub mod wake;
pub mod wall;

use self::agenda::AgendaList;
use self::banner::Banner;
use self::rest::Rest;
use self::top::TopBar;
use super::components::DocumentTitle;
use super::live::{Live, Topic};
use super::steps::{Welcome, provide_drafts};
use crate::api::planning;
use crate::api::room::{Qr, RoomView};
use crate::domain::agenda::{Step, StepKind};
use crate::domain::ids::{StepId, WorkshopId};
use crate::domain::parts::Phase;
use crate::domain::sorted::SortedMap;
use crate::ui::components::changing;
use leptos::prelude::*;

pub use self::beside::Beside;
pub use self::texts::StepText;
pub use self::top::{chime, tint};

/// What every part of the room may ask for besides the live state.
#[derive(Clone, Copy)]
pub struct Room {
    /// The checkpoint.
    pub id: WorkshopId,
    /// Texts of the page that never change while it is open.
    pub fixed: StoredValue<Fixed>,
    /// The step this person looks at on their own; `None` follows the squad.
    pub looking_at: RwSignal<Option<StepId>>,
    /// The texts of the steps that show one.
    pub texts: RwSignal<SortedMap<StepId, planning::StepText>>,
    /// Whether this screen shows the preparation instead of a step.
    pub preparing: RwSignal<bool>,
    /// Which dialog is open.
    pub dialog: DialogSwitches,
}

/// Texts of the page that never change while it is open.
#[derive(Clone, Debug)]
pub struct Fixed {
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
    /// Provides the room as the server rendered it; `on` is what stands behind the code in the socket's address.
    pub fn enter(view: RoomView, on: &'static str) -> (Live, Self) {
        let room = Self {
            id: view.id,
            fixed: StoredValue::new(Fixed {
                join_url: view.join_url,
                qr: view.qr,
            }),
            looking_at: RwSignal::new(None),
            texts: RwSignal::new(view.texts),
            preparing: RwSignal::new(view.workshop.agenda.started_at.is_none()),
            dialog: DialogSwitches {
                people: RwSignal::new(false),
                keys: RwSignal::new(false),
                note: RwSignal::new(false),
            },
        };
        let live = Live::new(view.you, view.workshop, view.presence, view.now, on);
        provide_context(live);
        provide_drafts();
        provide_context(room);
        (live, room)
    }

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
        Memo::new(move |_| {
            // A step that was taken off the agenda is nowhere to look at.
            let own = self.looking_at.get().filter(|id| live.with(|w| w.agenda.step(*id).is_some()));
            own.unwrap_or_else(|| current.get())
        })
    }

    /// Goes to a step on this screen alone; the squad's own step means following again.
    pub fn look_at(self, step: StepId) {
        self.preparing.set(false);
        let current = Live::from_context().with_untracked(|w| w.agenda.current);
        self.looking_at.set((step != current).then_some(step));
    }
}

/// What stands on the stage, in the middle of the room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum OnStage {
    /// Word that the checkpoint is cancelled.
    Cancelled,
    /// The agenda to be prepared.
    Prepare,
    /// The time between two parts.
    Pause(Phase),
    /// A step.
    Step(StepId, StepKind),
}

impl OnStage {
    /// The first step, which the room itself can show.
    fn is_welcome(self) -> bool {
        matches!(self, Self::Step(_, StepKind::Welcome))
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
    let (live, room) = Room::enter(view, "");
    let shown = room.shown();
    let leads = live.leads();
    let on_agenda = live.select(move |w| w.agenda.step(shown.get()).map(|step| (step.id, step.kind)));
    let cancelled = live.select(|w| w.plan.cancelled);
    let started = live.select(|w| w.agenda.started_at.is_some());
    Effect::new(move |before: Option<bool>| {
        let started = started.get();
        if before == Some(false) && started {
            room.preparing.set(false);
        }
        started
    });
    let title = move || live.with(|w| format!("{}, {}", w.agenda.step(shown.get()).map_or("", Step::title), w.squad));
    let phase = live.select(|w| w.agenda.phase());
    let wanted = Memo::new(move |_| match (phase.get(), on_agenda.get()) {
        _ if cancelled.get() => Some(OnStage::Cancelled),
        _ if leads.get() && room.preparing.get() => Some(OnStage::Prepare),
        (phase @ (Phase::Break | Phase::Recap), _) if room.looking_at.get().is_none() => Some(OnStage::Pause(phase)),
        (_, step) => step.map(|(id, kind)| OnStage::Step(id, kind)),
    });
    // What cannot be shown yet does not take the place of what is.
    let on_stage = Memo::new(move |before: Option<&Option<OnStage>>| match wanted.get() {
        Some(later) if !later.is_welcome() && rest.with(Option::is_none) => before.copied().flatten(),
        wanted => wanted,
    });
    let stage = move || match (on_stage.get(), rest.get_untracked()) {
        (Some(OnStage::Step(step, StepKind::Welcome)), _) => view! { <Welcome step/> }.into_any(),
        (Some(later), Some(rest)) => (rest.stage)(later),
        _ => ().into_any(),
    };
    follow::hold_while_typing(room, live);
    texts::keep_fresh(room, live);
    dialogs::listen_for_keys(room);
    view! {
        <DocumentTitle text=Signal::derive(title)/>
        <a class="skip" href="#main">"Skip to the content"</a>
        <div class="room" data-connection=move || live.connection().key() data-whole=whole.then_some("")>
            <TopBar/>
            <Banner/>
            <AgendaList/>
            <main class="stage" id="main" tabindex="-1">
                {changing(move || rest.get().map(|rest| (rest.follow)()))}
                {changing(stage)}
            </main>
            {changing(move || rest.get().filter(|_| leads.get() && !cancelled.get()).map(|rest| (rest.bar)()))}
        </div>
        {changing(move || rest.get().map(|rest| (rest.dialogs)()))}
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
