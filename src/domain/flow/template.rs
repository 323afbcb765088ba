//! Flows to begin with: believable ways to production, without times, which the squad writes itself.

use super::{Connector, Edit, Flow, Step, outline};
use crate::domain::ids::ElementId;

/// A flow that comes with the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// Every commit on the trunk goes to production by itself.
    TrunkBased,
    /// A release goes from environment to environment.
    Staged,
    /// A release goes through an app store.
    Store,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::TrunkBased, Self::Staged, Self::Store];

    /// Its word in forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TrunkBased => "trunk-based",
            Self::Staged => "staged",
            Self::Store => "store",
        }
    }

    /// Its name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TrunkBased => "Trunk-based continuous deployment",
            Self::Staged => "Staged releases",
            Self::Store => "Mobile or store release",
        }
    }

    /// One line on whom it suits.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::TrunkBased => "Small changes to one branch, and machines bring each of them to production.",
            Self::Staged => "A release is tested in one environment after the other before it goes live.",
            Self::Store => "An app is built, reviewed by a store and rolled out to devices step by step.",
        }
    }

    /// The flow as an outline.
    #[must_use]
    pub fn outline(self) -> &'static str {
        match self {
            Self::TrunkBased => TRUNK_BASED,
            Self::Staged => STAGED,
            Self::Store => STORE,
        }
    }

    /// What draws it. The ids are the same each time: two people who choose it at once draw it once, and its steps are known again
    /// from checkpoint to checkpoint.
    #[must_use]
    pub fn edits(self) -> Vec<Edit> {
        let first = match self {
            Self::TrunkBased => 1_000,
            Self::Staged => 2_000,
            Self::Store => 3_000,
        };
        let id = |id: ElementId| ElementId(first + id.0);
        let Ok(flow) = outline::read(self.outline()) else {
            return vec![];
        };
        let Flow {
            steps, connectors, texts, ..
        } = flow;
        let steps = steps.into_iter().map(|(step_id, step): (_, Step)| Edit::AddStep(id(step_id), step));
        let connectors = connectors.into_iter().map(|(connector_id, c)| {
            let (from, to) = (id(c.from), id(c.to));
            Edit::AddConnector(id(connector_id), Connector { from, to, ..c })
        });
        let texts = texts.into_iter().map(|(text_id, text)| Edit::AddText(id(text_id), text));
        steps.chain(connectors).chain(texts).collect()
    }
}

const TRUNK_BASED: &str = "\
delivery
commit to trunk m
> build and unit tests a @ci
> integration tests a @ci
> deploy to staging a @staging
> smoke tests a @staging
> canary release a @prod
> in production a @prod
build and unit tests > (red) fix forward m > commit to trunk
canary release > (unhealthy) roll back a @prod > fix forward

recovery
alert fires a @prod
> acknowledge m
> find the change m
> turn off or revert m @prod
> service restored a @prod
> review without blame m
";

const STAGED: &str = "\
delivery
commit to branch m
> build and unit tests a @ci
> open pull request m
> review m
> merge to main m
> deploy to test a @test
> manual test m @test
> deploy to staging a @staging
> acceptance test m @staging
> approve release m
> deploy to production m @prod
> check in production m @prod
review > (changes wanted) rework m > commit to branch
manual test > (bug found) rework

recovery
alert or call m @prod
> acknowledge m
> find the cause m
> write hotfix m
> approve hotfix m
> deploy hotfix m @prod
> service restored m @prod
find the cause > (known release) roll back m @prod > service restored
";

const STORE: &str = "\
delivery
commit to branch m
> build and unit tests a @ci
> review m
> merge to main m
> build the app a @ci
> tests on devices a @\"device farm\"
> beta release m @beta
> manual test m @beta
> submit to the store m
> store review m @store
> staged rollout m @store
> on all devices m @prod
manual test > (bug found) rework m > commit to branch
store review > (rejected) rework

recovery
crash reports rise a @prod
> acknowledge m
> halt the rollout m @store
> find the cause m
> write hotfix m
> ask for a quick review m @store
> roll out the hotfix m @store
> crash rate normal a @prod
find the cause > (behind a flag) turn off the flag m @prod > crash rate normal
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::flow::{Lane, MOST_EDITS};
    use crate::domain::sorted::SortedSet;

    fn drawn(template: Template) -> Flow {
        let mut flow = Flow::default();
        for edit in template.edits() {
            flow.take_in(&edit);
        }
        flow
    }

    #[test]
    fn every_template_draws_both_lanes_without_times() {
        for template in Template::ALL {
            let flow = drawn(template);
            assert_eq!(outline::write(&flow), template.outline(), "{}", template.name());
            assert!(Lane::ALL.iter().all(|lane| flow.of_lane(*lane).count() >= 5));
            assert!(flow.steps.values().all(|step| step.work.is_none()) && flow.connectors.values().all(|c| c.wait.is_none()));
            assert!(template.edits().len() <= MOST_EDITS && template.summary().ends_with('.'));
        }
    }

    #[test]
    fn ids_are_fixed_and_belong_to_one_template() {
        let ids: Vec<ElementId> = Template::ALL.into_iter().flat_map(Template::edits).map(|edit| edit.id()).collect();
        assert_eq!(ids.iter().collect::<SortedSet<_>>().len(), ids.len());
        assert!(ids.iter().all(|id| id.0 < 1 << 20));
        let id = |name: &str| {
            let flow = drawn(Template::Staged);
            flow.steps.iter().find(|(_, step)| step.name.as_str() == name).map(|(id, _)| id.0)
        };
        assert_eq!((id("commit to branch"), id("review")), (Some(2_001), Some(2_004)));
    }
}
