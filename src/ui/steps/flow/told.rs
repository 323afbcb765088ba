//! Who is told of which element.
//!
//! The flow, its layout and what is dragged are one value each: whoever asked for them directly would be woken by every change
//! anywhere. What draws an element listens to that element alone; what has changed is found once for all of them.

use crate::domain::flow::Flow;
use crate::domain::flow::figures::Figures;
use crate::domain::flow::layout::Layout;
use crate::domain::ids::ElementId;
use crate::domain::sorted::SortedMap;
use leptos::prelude::*;

/// Those who listen, by element. Copying it shares it.
#[derive(Clone, Copy)]
pub(super) struct Told(StoredValue<SortedMap<ElementId, ArcTrigger>>);

impl Told {
    pub(super) fn new() -> Self {
        Self(StoredValue::new(SortedMap::new()))
    }

    /// Whatever runs now runs again when something of this element changes.
    pub(super) fn listen(self, id: ElementId) {
        self.0.update_value(|told| told.entry(id).or_default().track());
    }

    /// From here on those who listen are told when this value changes something of their element.
    pub(super) fn follow<T: Changes + Send + Sync + 'static>(self, value: impl Fn() -> T + Send + Sync + 'static) {
        let mut before: Option<T> = None;
        self.tell(Box::new(move || {
            let now = value();
            let changed = before.as_ref().map_or_else(Vec::new, |before| before.changed(&now));
            before = Some(now);
            changed
        }));
    }

    /// The same for all values, so that the browser loads it once.
    fn tell(self, mut changed: Box<dyn FnMut() -> Vec<ElementId> + Send + Sync>) {
        Effect::new(move || {
            let changed = changed();
            let told: Vec<ArcTrigger> = self
                .0
                .with_value(|told| changed.iter().filter_map(|id| told.get(id).cloned()).collect());
            told.notify();
        });
    }
}

/// Says which elements are not the same in a later value.
pub(super) trait Changes {
    fn changed(&self, now: &Self) -> Vec<ElementId>;
}

impl<V: PartialEq> Changes for SortedMap<ElementId, V> {
    fn changed(&self, now: &Self) -> Vec<ElementId> {
        let other = self.iter().filter(|(id, value)| now.get(id) != Some(*value)).map(|(id, _)| *id);
        let new = now.keys().filter(|id| !self.contains_key(id)).copied();
        other.chain(new).collect()
    }
}

impl Changes for Flow {
    fn changed(&self, now: &Self) -> Vec<ElementId> {
        let gone = self.ghosts.iter().filter(|id| !now.ghosts.contains(*id));
        let new = now.ghosts.iter().filter(|id| !self.ghosts.contains(*id));
        let ghosts = gone.chain(new).copied().collect();
        [
            self.steps.changed(&now.steps),
            self.connectors.changed(&now.connectors),
            self.texts.changed(&now.texts),
            ghosts,
        ]
        .concat()
    }
}

impl Changes for Layout {
    fn changed(&self, now: &Self) -> Vec<ElementId> {
        [
            self.steps.changed(&now.steps),
            self.connectors.changed(&now.connectors),
            self.texts.changed(&now.texts),
        ]
        .concat()
    }
}

impl Changes for Figures {
    fn changed(&self, now: &Self) -> Vec<ElementId> {
        let mut changed = self.shares.changed(&now.shares);
        let longest = [self.longest_wait, now.longest_wait];
        changed.extend(longest.into_iter().flatten().map(|(connector, _)| connector));
        changed
    }
}

impl Changes for Vec<ElementId> {
    fn changed(&self, now: &Self) -> Vec<ElementId> {
        let one_way = |from: &Self, to: &Self| from.iter().filter(|id| !to.contains(id)).copied().collect::<Vec<_>>();
        [one_way(self, now), one_way(now, self)].concat()
    }
}
