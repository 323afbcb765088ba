//! The parts of the room's bundle besides its first: the rest of the room, and the canvas.
//!
//! Where a page shows something of a part, it is there before the page wakes up; elsewhere it comes right after. Until then the screen
//! stays at the step that it shows. So the first render is the same on both sides: the server gives a part to the pages that
//! need it and to no other, and says so in the page.

use super::OnStage;
use super::document::Inside;
use super::rest::{Rest, rest};
use crate::domain::agenda::StepKind;
use crate::domain::parts::Phase;
use crate::ui::steps::flow::part::{CanvasPart, canvas};
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use std::future::Future;
use std::time::Duration;

/// When a part did not come, it is fetched again after this time.
const AGAIN: Duration = Duration::from_secs(2);

/// Those that are here.
#[derive(Clone, Copy, Default)]
pub struct Parts {
    /// Everything but the first step and the canvas.
    pub rest: Option<Rest>,
    /// The step in which the squad draws its flow.
    pub canvas: Option<CanvasPart>,
}

impl Parts {
    /// Those that a page needs from its first moment; for the server, which has all.
    #[must_use]
    pub fn of(page: &Inside) -> Self {
        Self {
            rest: Rest::needed(page).then(Rest::here),
            canvas: shows_canvas(page).then(CanvasPart::here),
        }
    }

    /// The names of the functions that load them, the first part's before all.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match (self.rest, self.canvas) {
            (None, _) => &["take_over_room"],
            (Some(_), None) => &["take_over_room", "room_rest"],
            (Some(_), Some(_)) => &["take_over_room", "room_rest", "room_canvas"],
        }
    }

    /// The word in the page about them.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        self.rest.map(|_| if self.canvas.is_some() { "canvas" } else { "" })
    }

    /// Fetches those that the page in the browser says it needs; nothing when one does not come.
    pub async fn fetched() -> Option<Self> {
        let (needs_rest, needs_canvas) = needed_in_browser();
        let rest = if needs_rest { Some(rest().await.ok()?) } else { None };
        let canvas = if needs_canvas { Some(canvas().await.ok()?) } else { None };
        Some(Self { rest, canvas })
    }
}

fn shows_canvas(page: &Inside) -> bool {
    let Inside::Room(view) = page else { return false };
    let agenda = &view.workshop.agenda;
    agenda.phase() == Phase::Step && agenda.step(agenda.current).is_some_and(|step| step.kind == StepKind::Flow)
}

/// Whether the page shows something of the rest and of the canvas: a room says so, and a page that hangs on a room needs the rest.
fn needed_in_browser() -> (bool, bool) {
    let says = |selector| document().query_selector(selector).is_ok_and(|found| found.is_some());
    let hangs = window().location().pathname().is_ok_and(|path| path.matches('/').count() > 2);
    (hangs || says("[data-whole]"), says("[data-whole=canvas]"))
}

/// The parts of a room that is alive. Copying it shares it.
#[derive(Clone, Copy)]
pub(super) struct LiveParts {
    pub(super) rest: RwSignal<Option<Rest>>,
    pub(super) canvas: RwSignal<Option<CanvasPart>>,
}

impl LiveParts {
    /// What the page has, and from then on what comes; the canvas last, and only where it is on the agenda.
    pub(super) fn new(parts: Parts, draws: Memo<bool>) -> Self {
        let live = Self {
            rest: RwSignal::new(parts.rest),
            canvas: RwSignal::new(parts.canvas),
        };
        if parts.rest.is_none() {
            Effect::new(move || fetch(live.rest, rest));
        }
        if parts.canvas.is_none() {
            let ready = Memo::new(move |_| live.rest.with(Option::is_some) && draws.get());
            Effect::new(move || {
                if ready.get() {
                    fetch(live.canvas, canvas);
                }
            });
        }
        live
    }

    /// Whether this can be shown.
    pub(super) fn can_show(self, what: OnStage) -> bool {
        match what {
            OnStage::Step(_, StepKind::Welcome) => true,
            OnStage::Step(_, StepKind::Flow) => self.canvas.with(Option::is_some),
            _ => self.rest.with(Option::is_some),
        }
    }
}

/// Fetches a part until it is there.
fn fetch<T, F>(into: RwSignal<Option<T>>, part: fn() -> F)
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, SplitLoaderError>> + 'static,
{
    leptos::task::spawn_local(async move {
        match part().await {
            // The page may have gone.
            Ok(part) => drop(into.try_set(Some(part))),
            Err(_) => set_timeout(move || fetch(into, part), AGAIN),
        }
    });
}
