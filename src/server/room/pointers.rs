//! Where people point on the canvas right now, and what they drag: gathered between two tellings, never stored.

use crate::domain::flow::Pointing;
use crate::domain::ids::ParticipantId;
use crate::domain::sorted::{SortedMap, SortedSet};

/// The pointers of a room.
#[derive(Debug, Default)]
pub(super) struct Pointers {
    /// Whose pointer the others see.
    seen: SortedSet<ParticipantId>,
    /// What has changed since it was last told.
    changed: SortedMap<ParticipantId, Option<Pointing>>,
}

impl Pointers {
    pub(super) fn point(&mut self, who: ParticipantId, pointing: Option<Pointing>) {
        let seen_before = match pointing {
            Some(_) => !self.seen.insert(who),
            None => self.seen.remove(&who),
        };
        if seen_before || pointing.is_some() {
            self.changed.insert(who, pointing.map(Pointing::bounded));
        }
    }

    pub(super) fn changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// What to tell; it counts as told.
    pub(super) fn tell(&mut self) -> SortedMap<ParticipantId, Option<Pointing>> {
        std::mem::take(&mut self.changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_that_nobody_saw_is_not_told_to_be_gone() {
        let (ana, ben) = (ParticipantId(1), ParticipantId(2));
        let mut pointers = Pointers::default();
        pointers.point(ana, None);
        assert!(!pointers.changed());
        pointers.point(ana, Some(Pointing::default()));
        pointers.point(ben, Some(Pointing::default()));
        pointers.point(ben, None);
        assert_eq!(
            pointers.tell().into_iter().collect::<Vec<_>>(),
            [(ana, Some(Pointing::default())), (ben, None)]
        );
        pointers.point(ben, None);
        assert!(!pointers.changed(), "told already");
    }
}
