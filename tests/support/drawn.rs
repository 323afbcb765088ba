//! Two delivery flows to look at, as outlines.

/// The flow of the squad in the design.
pub(crate) const PARTNER_TOOLING: &str = "\
Commit hook 6m a
> Open pull request 10m m
> [3h] Review 30m m
> [20m] Merge 2m m
> Build and unit tests 9m a
> CDK tests 9m a
> Deploy to integration 7m a
> [2h] Integration tests 12m a
> [10m] Deploy to production 6m a
> Check in production 15m m

recovery
Alert fires 5m a
> [15m] Acknowledge 5m m
> Find the cause 45m m
> Roll back 10m a
";

/// Branches, ways back, ways from lane to lane, and names that are hard to fit.
pub(crate) const TANGLED: &str = "\
Plan the change together 1h m
> Build 5m a @ci
> Unit tests 10m a @ci
> Approval by the change advisory board 15m m
> [1d-3d] Deploy a @production
> بررسی تغییرات در محیط آزمایش 2h m
> 🚀 发布到生产环境 ship it 👩‍👩‍👧‍👦 5m a @生产
> Donaudampfschifffahrtsgesellschaftskapitän 3d m
> [30m] \"Watch <b>the</b> & 'graphs'\" 1d-3d m
> (once more) Deploy
Build > Security scan 20m a @ci > Approval by the change advisory board
Build > (if the interface changed) Contract tests for every consumer of the public interface 45m a @integration
> [1h30m] Approval by the change advisory board
Approval by the change advisory board > (refused) Plan the change together
Unit tests > (flaky) Build
Build > (hotfix) Deploy
= We deploy from a branch on Fridays; nobody knows why, and nobody has dared to ask since the big outage
= Ask Ana

recovery
Alert fires 5m a
> Acknowledge 5m m
> [15m] Roll back or roll forward 20m m
> Write down what was learned 1h m
> [2d] Plan the change together
Acknowledge > Write down what was learned
\"Watch <b>the</b> & 'graphs'\" > (when it fails) Alert fires
";
