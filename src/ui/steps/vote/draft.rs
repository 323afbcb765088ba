//! What a facilitator has in mind to agree on: chosen in the bar, explained in the page, so it is kept above both.

use crate::domain::ids::StepId;
use crate::domain::metric::Code;
use crate::domain::sorted::SortedMap;
use crate::ui::live::Live;
use leptos::prelude::*;

/// The answer and its why, before they are agreed.
#[derive(Clone, Copy)]
pub(super) struct AgreeDraft {
    /// Why this answer.
    pub(super) why: RwSignal<String>,
    /// The answer chosen instead of the median, and the round it was chosen in.
    pub(super) choice: RwSignal<Option<(u32, Code)>>,
}

#[derive(Clone, Copy)]
struct Drafts(StoredValue<SortedMap<StepId, AgreeDraft>>);

/// Keeps a draft for each vote of the room; called once where [`Live`] is provided.
pub fn provide_drafts() {
    let drafts = Live::from_context().with_untracked(|w| {
        let one = |(step, vote): (&StepId, &crate::domain::vote::Vote)| {
            let why = vote.agreed.as_ref().map(|agreed| agreed.why.to_string()).unwrap_or_default();
            (*step, AgreeDraft::new(why))
        };
        w.votes.iter().map(one).collect()
    });
    provide_context(Drafts(StoredValue::new(drafts)));
}

impl AgreeDraft {
    fn new(why: String) -> Self {
        Self {
            why: RwSignal::new(why),
            choice: RwSignal::new(None),
        }
    }

    /// The draft of a vote.
    pub(super) fn of(step: StepId) -> Self {
        let kept = use_context::<Drafts>().and_then(|drafts| drafts.0.with_value(|all| all.get(&step).copied()));
        kept.unwrap_or_else(|| Self::new(String::new()))
    }
}
