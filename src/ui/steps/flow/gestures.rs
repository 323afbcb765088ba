//! The canvas by mouse, pen, finger and trackpad: what a pointer that goes down, moves and goes up means.

use super::editor::{Editor, Field, Held};
use super::hit::{Hit, client, hit, leave_field};
use super::view::{Spot, Window};
use crate::domain::flow::layout::{Frame, place};
use crate::domain::ids::ElementId;
use crate::domain::sorted::SortedMap;
use leptos::ev::{MouseEvent, PointerEvent, WheelEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// A pointer that moves less than this many pixels has not moved.
const STILL: f64 = 4.0;
/// A finger is not that steady.
const STILL_FINGER: f64 = 12.0;
/// A finger that rests for this long means more than a tap.
const LONG_PRESS: Duration = Duration::from_millis(500);
/// The others are told where the pointer is at most this often, in milliseconds.
const TELL_EVERY: f64 = 33.0;
/// How much one pixel of a wheel magnifies.
const WHEEL: f64 = 0.002;

/// What the pointer is doing.
#[derive(Clone, Debug, Default)]
enum Gesture {
    #[default]
    Nothing,
    Pan {
        last: Spot,
    },
    Marquee {
        from: Spot,
        before: Vec<ElementId>,
    },
    /// Down on an element, and still there.
    Press {
        client: Spot,
        from: Spot,
        /// What is selected alone when it goes up without having moved.
        alone: Option<ElementId>,
        /// So many pixels are no movement.
        still: f64,
    },
    Drag {
        from: Spot,
    },
    Connect {
        from: ElementId,
    },
    Pinch {
        distance: f64,
        middle: Spot,
    },
}

/// The pointer on this canvas. Copying it shares it.
#[derive(Clone, Copy)]
pub(super) struct Gestures {
    editor: Editor,
    gesture: StoredValue<Gesture>,
    fingers: StoredValue<SortedMap<i32, Spot>>,
    resting: StoredValue<Option<TimeoutHandle>>,
    told: StoredValue<f64>,
    /// The two corners of the frame that selects what it touches.
    pub(super) marquee: RwSignal<Option<(Spot, Spot)>>,
    /// The connector that is being drawn: from which step, to where.
    pub(super) wire: RwSignal<Option<(ElementId, Spot)>>,
}

/// The frame between two corners.
pub(super) fn between(a: Spot, b: Spot) -> Frame {
    let (from, to) = (
        Spot {
            x: a.x.min(b.x),
            y: a.y.min(b.y),
        }
        .point(),
        Spot {
            x: a.x.max(b.x),
            y: a.y.max(b.y),
        }
        .point(),
    );
    Frame {
        x: from.x,
        y: from.y,
        width: to.x - from.x,
        height: to.y - from.y,
    }
}

impl Gestures {
    /// The pointer of an editor.
    pub(super) fn new(editor: Editor) -> Self {
        Self {
            editor,
            gesture: StoredValue::new(Gesture::Nothing),
            fingers: StoredValue::new(SortedMap::new()),
            resting: StoredValue::new(None),
            told: StoredValue::new(0.0),
            marquee: RwSignal::new(None),
            wire: RwSignal::new(None),
        }
    }

    /// Notes where the canvas is on the screen.
    pub(super) fn measure(self) {
        if let Some(canvas) = self.editor.canvas.get_untracked() {
            let bounds = canvas.get_bounding_client_rect();
            let window = Window {
                left: bounds.left(),
                top: bounds.top(),
                width: bounds.width(),
                height: bounds.height(),
            };
            if self.editor.window.get_untracked() != window {
                self.editor.window.set(window);
            }
        }
    }

    fn whole(self) -> Frame {
        self.editor.layout.with_untracked(|layout| layout.size)
    }

    fn spot(self, client: Spot) -> Spot {
        let (view, window) = (self.editor.view.get_untracked(), self.editor.window.get_untracked());
        view.spot(window, self.whole(), client)
    }

    /// The pointer goes down.
    pub(super) fn down(self, event: &PointerEvent) {
        leave_field();
        self.measure();
        let client = client(event);
        if let Some(canvas) = self.editor.canvas.get_untracked() {
            // Refused when the pointer is up again already.
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        let touch = event.pointer_type() == "touch";
        if touch {
            let fingers = self.fingers.try_update_value(|fingers| {
                fingers.insert(event.pointer_id(), client);
                fingers.values().copied().collect::<Vec<_>>()
            });
            if let Some([one, two]) = fingers.as_deref() {
                return self.pinch(*one, *two);
            }
        }
        let gesture = if event.button() == 1 {
            event.prevent_default();
            Gesture::Pan { last: client }
        } else if event.button() == 0 {
            self.begin(event, client, touch)
        } else {
            Gesture::Nothing
        };
        self.gesture.set_value(gesture);
    }

    fn begin(self, event: &PointerEvent, client: Spot, touch: bool) -> Gesture {
        let editor = self.editor;
        let from = self.spot(client);
        let more = event.shift_key() || event.ctrl_key() || event.meta_key();
        let edits = editor.may_edit.get_untracked();
        match hit(client) {
            Hit::Handle(step) if edits => {
                self.wire.set(Some((step, from)));
                Gesture::Connect { from: step }
            }
            Hit::Element(id) | Hit::Handle(id) => {
                if let Some(start) = editor.connecting.get_untracked() {
                    editor.connect(start, id);
                    return Gesture::Nothing;
                }
                let before = editor.selected.get_untracked();
                if more {
                    editor.toggle(id);
                } else if editor.selected.with_untracked(|selected| !selected.contains(&id)) {
                    editor.selected.set(vec![id]);
                }
                if touch {
                    // As with Shift: to what was selected before.
                    self.rest(move || {
                        editor.selected.set(before);
                        editor.toggle(id);
                    });
                }
                Gesture::Press {
                    client,
                    from,
                    alone: (!more).then_some(id),
                    still: if touch { STILL_FINGER } else { STILL },
                }
            }
            Hit::Canvas if touch => {
                if edits {
                    self.rest(move || self.add_at(from));
                }
                Gesture::Pan { last: client }
            }
            Hit::Canvas => {
                let before = if more { editor.selected.get_untracked() } else { vec![] };
                editor.selected.set(before.clone());
                Gesture::Marquee { from, before }
            }
        }
    }

    /// Does something when the finger stays where it is.
    fn rest(self, then: impl FnOnce() + 'static) {
        let wait = set_timeout_with_handle(
            move || {
                // The step may have gone meanwhile.
                if self.marquee.is_disposed() {
                    return;
                }
                self.resting.set_value(None);
                self.gesture.set_value(Gesture::Nothing);
                then();
            },
            LONG_PRESS,
        );
        self.resting.set_value(wait.ok());
    }

    fn rests_no_more(self) {
        if let Some(handle) = self.resting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }

    /// One finger less on the canvas.
    fn lift(self, event: &PointerEvent) {
        self.fingers.update_value(|fingers| {
            fingers.remove(&event.pointer_id());
        });
    }

    fn pinch(self, one: Spot, two: Spot) {
        self.rests_no_more();
        self.let_go();
        self.gesture.set_value(Gesture::Pinch {
            distance: one.distance(two),
            middle: one.middle(two),
        });
    }

    /// The pointer moves, up or down.
    pub(super) fn moves(self, event: &PointerEvent) {
        let client = client(event);
        if event.pointer_type() == "touch" {
            self.fingers.update_value(|fingers| {
                if let Some(finger) = fingers.get_mut(&event.pointer_id()) {
                    *finger = client;
                }
            });
        }
        if self.editor.window.with_untracked(|window| window.width <= 0.0) {
            self.measure();
        }
        let spot = self.spot(client);
        match self.gesture.get_value() {
            Gesture::Pan { last } => {
                if client.distance(last) > STILL || self.resting.with_value(Option::is_none) {
                    self.rests_no_more();
                    self.pan(client.minus(last));
                    self.gesture.set_value(Gesture::Pan { last: client });
                }
            }
            Gesture::Marquee { from, before } => {
                self.marquee.set(Some((from, spot)));
                self.select_within(between(from, spot), before);
            }
            Gesture::Press {
                client: pressed,
                from,
                still,
                ..
            } if client.distance(pressed) > still => {
                self.rests_no_more();
                if self.editor.may_edit.get_untracked() {
                    self.take_up();
                    self.gesture.set_value(Gesture::Drag { from });
                }
            }
            Gesture::Nothing | Gesture::Press { .. } => {}
            Gesture::Drag { from } => self.editor.held.update(|held| {
                if let Some(held) = held {
                    held.by = spot.minus(from);
                }
            }),
            Gesture::Connect { from } => self.wire.set(Some((from, spot))),
            Gesture::Pinch { distance, middle } => self.spread(distance, middle),
        }
        self.tell(spot);
    }

    fn tell(self, spot: Spot) {
        let now = js_sys::Date::now();
        if now - self.told.get_value() >= TELL_EVERY {
            self.told.set_value(now);
            self.editor.point(Some(spot));
        }
    }

    fn pan(self, by: Spot) {
        let (window, whole) = (self.editor.window.get_untracked(), self.whole());
        self.editor.view.update(|view| *view = view.panned(window, whole, by));
    }

    fn spread(self, distance: f64, middle: Spot) {
        let fingers = self.fingers.with_value(|fingers| fingers.values().copied().collect::<Vec<_>>());
        let [one, two] = fingers.as_slice() else { return };
        let (apart, centre) = (one.distance(*two), one.middle(*two));
        self.pan(centre.minus(middle));
        self.zoom(centre, apart / distance.max(1.0));
        self.gesture.set_value(Gesture::Pinch {
            distance: apart,
            middle: centre,
        });
    }

    fn zoom(self, client: Spot, factor: f64) {
        let (window, whole) = (self.editor.window.get_untracked(), self.whole());
        self.editor.view.update(|view| *view = view.zoomed(window, whole, client, factor));
    }

    /// Takes what is selected in hand.
    fn take_up(self) {
        let selected = self.editor.selected.get_untracked();
        let from: SortedMap<ElementId, Frame> = self.editor.layout.with_untracked(|layout| {
            let frame = |id: ElementId| Some((id, layout.frame(id)?));
            selected.into_iter().filter_map(frame).collect()
        });
        if !from.is_empty() {
            self.editor.held.set(Some(Held { from, by: Spot::default() }));
        }
    }

    fn select_within(self, frame: Frame, mut selected: Vec<ElementId>) {
        self.editor.layout.with_untracked(|layout| {
            let touched = layout
                .steps
                .iter()
                .chain(&layout.texts)
                .filter(|(_, other)| frame.overlaps(**other));
            for (id, _) in touched {
                if !selected.contains(id) {
                    selected.push(*id);
                }
            }
        });
        if self.editor.selected.with_untracked(|now| *now != selected) {
            self.editor.selected.set(selected);
        }
    }

    /// The pointer goes up.
    pub(super) fn up(self, event: &PointerEvent) {
        self.rests_no_more();
        let client = client(event);
        self.lift(event);
        match self.gesture.get_value() {
            Gesture::Press { alone: Some(id), .. } => self.editor.selected.set(vec![id]),
            Gesture::Drag { .. } => {
                if let Some(held) = self.editor.held.get_untracked() {
                    self.editor.drop_at(&held);
                }
            }
            Gesture::Connect { from } => match hit(client) {
                Hit::Element(to) | Hit::Handle(to) if to != from => self.editor.connect(from, to),
                Hit::Canvas if self.wire.get_untracked().is_some_and(|(_, to)| self.is_far(from, to)) => self.editor.add_after(from, true),
                _ => {}
            },
            _ => {}
        }
        self.let_go();
        self.editor.point(Some(self.spot(client)));
    }

    /// Whether a connector was pulled well away from its step.
    fn is_far(self, step: ElementId, to: Spot) -> bool {
        let frame = self.editor.layout.with_untracked(|layout| layout.steps.get(&step).copied());
        frame.is_some_and(|frame| !frame.overlaps(between(to, to).grown(8)))
    }

    /// Ends whatever the pointer was doing, and changes nothing.
    pub(super) fn let_go(self) {
        self.gesture.set_value(Gesture::Nothing);
        self.editor.held.set(None);
        self.marquee.set(None);
        self.wire.set(None);
    }

    /// The pointer was taken away, or has left the canvas.
    pub(super) fn leave(self, event: &PointerEvent) {
        self.rests_no_more();
        self.lift(event);
        if matches!(self.gesture.get_value(), Gesture::Nothing) {
            self.editor.point(None);
        }
    }

    /// Two clicks: a new step on the canvas, writing on what is there.
    pub(super) fn twice(self, event: &MouseEvent) {
        let editor = self.editor;
        if !editor.may_edit.get_untracked() {
            return;
        }
        match hit(client(event)) {
            Hit::Element(id) | Hit::Handle(id) => {
                let connector = editor.flow.with_untracked(|flow| flow.connectors.contains_key(&id));
                let field = if connector { Field::Wait } else { Field::Name };
                editor.selected.set(vec![id]);
                editor.writing.set(Some((id, field)));
            }
            Hit::Canvas => self.add_at(self.spot(client(event))),
        }
    }

    fn add_at(self, spot: Spot) {
        let (lane, at) = self.editor.layout.with_untracked(|layout| {
            let at = spot.point();
            let lane = layout.lane_at(at);
            (lane, place(layout, lane, at))
        });
        self.editor.add_alone(lane, Some(at));
    }

    /// The wheel or two fingers on a trackpad pan; with Ctrl, which pinching on a trackpad sets, they zoom.
    pub(super) fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        self.measure();
        // Lines of a wheel that counts in lines.
        let unit = if event.delta_mode() == 0 { 1.0 } else { 20.0 };
        if event.ctrl_key() || event.meta_key() {
            self.zoom(client(event), (-event.delta_y() * unit * WHEEL * 2.0).exp());
        } else {
            let (x, y) = if event.shift_key() {
                (event.delta_y(), 0.0)
            } else {
                (event.delta_x(), event.delta_y())
            };
            self.pan(Spot {
                x: -x * unit,
                y: -y * unit,
            });
        }
    }
}
