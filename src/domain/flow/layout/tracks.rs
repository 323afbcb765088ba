//! Who runs beside whom in the channels between rows and the gaps between columns.

use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, sort_by_key};

/// Whether it is a gap, and which.
type Place = (bool, i32);

/// A piece of a channel or a gap that one connector uses.
#[derive(Clone, Copy)]
pub(super) struct Claim {
    /// Where it is.
    pub(super) place: Place,
    /// Where the piece begins, in ranks across.
    pub(super) low: i32,
    /// Where it ends.
    pub(super) high: i32,
    /// Those of a group may run over each other.
    pub(super) group: Option<ElementId>,
}

impl Claim {
    fn minds(&self, other: &Self) -> bool {
        let same_group = self.group.is_some() && self.group == other.group;
        !same_group && self.low <= other.high && other.low <= self.high
    }
}

/// The track of each claim.
pub(super) struct Tracks {
    given: SortedMap<usize, i32>,
    places: Vec<Place>,
    counts: SortedMap<Place, i32>,
}

impl Tracks {
    /// Gives each claim the first track on which nobody minds. The longest come first, but where `short_first` says otherwise of a
    /// channel: so they lie around the short ones and cross them less.
    pub(super) fn share(claims: Vec<Claim>, short_first: impl Fn(i32) -> bool) -> Self {
        let mut by_place: SortedMap<Place, Vec<(i32, usize, Claim)>> = SortedMap::new();
        for (n, claim) in claims.iter().enumerate() {
            let (gap, channel) = claim.place;
            let length = claim.high - claim.low;
            let key = if !gap && short_first(channel) { length } else { -length };
            by_place.entry(claim.place).or_default().push((key, n, *claim));
        }
        let (mut given, mut counts) = (SortedMap::new(), SortedMap::new());
        for (place, mut claims) in by_place {
            sort_by_key(&mut claims, |(key, n, _)| (*key, *n));
            let mut used: Vec<Vec<Claim>> = vec![];
            for (_, n, claim) in claims {
                let free = used.iter().position(|track| track.iter().all(|other| !claim.minds(other)));
                let track = free.unwrap_or(used.len());
                match used.get_mut(track) {
                    Some(track) => track.push(claim),
                    None => used.push(vec![claim]),
                }
                given.insert(n, i32::try_from(track).unwrap_or_default());
            }
            counts.insert(place, i32::try_from(used.len()).unwrap_or_default());
        }
        let places = claims.iter().map(|claim| claim.place).collect();
        Self { given, places, counts }
    }

    /// The track of a claim, and how many there are beside each other.
    pub(super) fn of(&self, claim: usize) -> (i32, i32) {
        let count = self.places.get(claim).and_then(|place| self.counts.get(place));
        (self.given.get(&claim).copied().unwrap_or_default(), count.copied().unwrap_or(1))
    }

    /// How many tracks a channel has.
    pub(super) fn in_channel(&self, rank: i32) -> i32 {
        self.counts.get(&(false, rank)).copied().unwrap_or_default()
    }
}
