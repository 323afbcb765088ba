//! The catalogue against DORA's: every name, group, mean and number of statements.

use super::*;
use crate::domain::sorted::SortedSet;

/// Each capability: key, group today, group then, in Core, among the seven for AI, statements of each set.
type Row = (&'static str, Group, Option<Group2019>, bool, bool, &'static [usize]);

#[rustfmt::skip]
fn rows() -> [Row; 34] {
    use Group::{Ai, ClimateForLearning as Climate, FastFeedback as Feedback, FastFlow as Flow};
    const T: Option<Group2019> = Some(Group2019::Technical);
    const M: Option<Group2019> = Some(Group2019::Measurement);
    const P: Option<Group2019> = Some(Group2019::Process);
    const C: Option<Group2019> = Some(Group2019::Cultural);
    [
        ("version-control", Flow, T, true, true, &[2]),
        ("continuous-integration", Feedback, T, true, false, &[5, 2]),
        ("continuous-delivery", Flow, T, true, false, &[5, 3]),
        ("deployment-automation", Flow, T, true, false, &[1]),
        ("trunk-based-development", Flow, T, false, false, &[4, 2]),
        ("test-automation", Feedback, T, true, false, &[12, 2]),
        ("test-data-management", Feedback, T, true, false, &[2]),
        ("loosely-coupled-teams", Flow, T, true, false, &[7, 2]),
        ("flexible-infrastructure", Flow, T, true, false, &[5, 2]),
        ("code-maintainability", Climate, T, true, false, &[6, 3]),
        ("database-change-management", Flow, T, true, false, &[2]),
        ("pervasive-security", Feedback, T, true, false, &[3]),
        ("teams-empowered-to-choose-tools", Climate, T, true, false, &[2]),
        ("monitoring-and-observability", Feedback, M, true, false, &[6, 2]),
        ("monitoring-systems", Feedback, M, false, false, &[2]),
        ("proactive-failure-notification", Feedback, M, false, false, &[3]),
        ("wip-limits", Flow, M, false, false, &[5]),
        ("visual-management", Flow, M, false, false, &[6]),
        ("working-in-small-batches", Flow, P, true, true, &[3, 2]),
        ("work-visibility-in-value-stream", Feedback, P, false, false, &[3]),
        ("customer-feedback", Feedback, P, false, false, &[4]),
        ("team-experimentation", Climate, P, false, false, &[4]),
        ("streamlining-change-approval", Flow, P, true, false, &[2]),
        ("generative-organizational-culture", Climate, C, true, false, &[7, 6]),
        ("learning-culture", Climate, C, false, false, &[3]),
        ("job-satisfaction", Climate, C, true, false, &[1]),
        ("transformational-leadership", Climate, C, false, false, &[3]),
        ("documentation-quality", Climate, None, true, false, &[3]),
        ("well-being", Climate, None, true, false, &[6]),
        ("platform-engineering", Ai, None, false, true, &[]),
        ("user-centric-focus", Ai, None, false, true, &[3]),
        ("healthy-data-ecosystems", Ai, None, false, true, &[]),
        ("ai-accessible-internal-data", Ai, None, false, true, &[]),
        ("clear-and-communicated-ai-stance", Ai, None, false, true, &[]),
    ]
}

#[test]
fn the_catalogue_is_doras() {
    assert_eq!(entries().len(), rows().len());
    for (entry, (key, group, group_2019, core, ai, items)) in entries().iter().zip(rows()) {
        let found = (entry.key.as_str(), entry.group, entry.group_2019, entry.core, entry.ai);
        assert_eq!(found, (key, group, group_2019, core, ai));
        assert_eq!(entry.sets.iter().map(|set| set.items.len()).collect::<Vec<_>>(), items, "{key}");
        assert_eq!(entry.url, format!("https://dora.dev/capabilities/{key}/"));
        assert!(entry.summary.ends_with('.') && entry.summary.len() > 40, "{key}");
    }
    let then: Vec<_> = entries()
        .iter()
        .filter_map(|e| Some((e.key.as_str(), e.title_2019.as_deref()?)))
        .collect();
    assert_eq!(
        then,
        [
            ("test-automation", "Continuous testing"),
            ("loosely-coupled-teams", "Architecture"),
            ("flexible-infrastructure", "Cloud infrastructure"),
            ("pervasive-security", "Shifting left on security"),
            ("generative-organizational-culture", "Westrum organizational culture"),
        ]
    );
}

#[test]
fn the_check_of_2019_recommends_three_for_each_level() {
    #[rustfmt::skip]
    let published = [
        (Level::Low, [("conttest", 12, 63, 53), ("cloud", 5, 64, 55), ("maintainability", 6, 65, 56)]),
        (Level::Medium, [("ci", 5, 66, 61), ("cd", 5, 65, 61), ("architecture", 7, 56, 51)]),
        (Level::High, [("learn", 3, 82, 85), ("wip", 5, 54, 56), ("trunk", 4, 54, 60)]),
        (Level::Elite, [("westrum", 7, 77, 85), ("monitoring", 6, 67, 75), ("mvp", 3, 61, 83)]),
    ];
    let catalogue = Catalogue::with_own(vec![]);
    for (level, three) in published {
        let offered = catalogue.recommended(level);
        assert_eq!(offered.len(), 3);
        for (one, (key_2019, items, mean, of_level)) in offered.iter().zip(three) {
            let entry = entries().iter().find(|e| e.key == one.key).expect("it is in the catalogue");
            assert_eq!(entry.key_2019.as_deref(), Some(key_2019));
            assert_eq!(
                (one.items.len(), one.mean, one.level_mean),
                (items, Some(mean), Some((level, of_level))),
                "{key_2019}"
            );
            assert_eq!(one.mean_of(Some(level)), Some(of_level));
            let others = Level::ALL.into_iter().filter(|other| *other != level);
            assert!(others.map(Some).chain([None]).all(|other| one.mean_of(other).is_none()));
        }
    }
    let known = entries()
        .iter()
        .filter(|e| e.mean.is_some() || e.level_mean.is_some() || e.key_2019.is_some());
    assert_eq!(known.count(), 12, "no other means were published");
}

#[test]
fn the_three_sets_of_the_seed_stand_in_their_corrected_wording() {
    let first = |key: &str| -> Vec<&str> {
        let entry = entries().iter().find(|e| e.key.as_str() == key).expect("it is in the catalogue");
        entry.sets[0].items.iter().map(|item| item.text.as_str()).collect()
    };
    assert_eq!(
        first("generative-organizational-culture"),
        [
            "Information is actively sought.",
            "Messengers are not punished when they deliver news of failures or other bad news.",
            "Responsibilities are shared.",
            "Cross-functional collaboration is encouraged and rewarded.",
            "Failure causes inquiry.",
            "New ideas are welcomed.",
            "Failures are treated primarily as opportunities to improve the system.",
        ]
    );
    let monitoring = first("monitoring-and-observability");
    assert!(monitoring.iter().all(|item| item.starts_with("My team has")));
    assert!(monitoring[0].contains("a tech solution in place to report on the overall health of systems"));
    let batches = first("working-in-small-batches");
    assert_eq!(
        batches[0],
        "Our features are sliced in a way that lend themselves to frequent production releases."
    );
    assert!(batches[2].contains("minimum viable products (MVPs) and rapid development"));
}

#[test]
fn what_is_bad_to_agree_with_is_turned_round() {
    let reversed: Vec<_> = entries()
        .iter()
        .flat_map(|entry| entry.sets.iter().flat_map(|set| &set.items).map(|item| (entry.key.as_str(), item)))
        .filter(|(_, item)| item.reversed)
        .map(|(key, _)| key)
        .collect();
    let approval = ["streamlining-change-approval"; 2];
    assert_eq!(reversed, approval.into_iter().chain(["well-being"; 4]).collect::<Vec<_>>());
}

#[test]
fn every_set_says_where_it_comes_from_and_no_two_offers_share_a_key() {
    for set in entries().iter().flat_map(|entry| &entry.sets) {
        assert!(set.source.starts_with("dora-team/dora.dev, commit "), "{}", set.source);
        assert!(["2019", "2018", "core", "article"].contains(&set.edition.as_str()));
        assert!(!set.prompt.is_empty() && set.items.iter().all(|item| item.text.ends_with('.')));
        let texts: SortedSet<_> = set.items.iter().map(|item| &item.text).collect();
        assert_eq!(texts.len(), set.items.len(), "a statement stands twice");
    }
    let about = about_capabilities();
    assert!(about.license.starts_with("CC BY 4.0") && !about.source.is_empty());
    let catalogue = Catalogue::with_own(vec![]);
    let keys: SortedSet<_> = catalogue.all().map(|one| &one.key).collect();
    assert_eq!(keys.len(), catalogue.all().count());
    // Ten of the twelve have a compact set beside the one of 2019.
    assert_eq!(keys.iter().filter(|key| key.as_str().ends_with(SHORT)).count(), 10);
    assert!(keys.iter().all(|key| !key.is_own()));
    let short = catalogue.get(&CapabilityKey::new("test-automation.core")).expect("the compact set");
    assert_eq!((short.items.len(), short.mean, short.level_mean), (2, None, None));
}

#[test]
fn all_catalogues_share_the_built_in_capabilities_and_each_has_its_own() {
    let own = Capability {
        key: CapabilityKey::new("own-1"),
        ..Capability::default()
    };
    let (bare, with) = (Catalogue::with_own(vec![]), Catalogue::with_own(vec![own.clone()]));
    // Every room holds one.
    let first = |catalogue: &Catalogue| std::ptr::from_ref(catalogue.all().next().expect("there are some"));
    assert_eq!(first(&bare), first(&with));
    assert_eq!(with.all().count(), bare.all().count() + 1);
    assert_eq!((bare.get(&own.key), with.get(&own.key)), (None, Some(&own)));
}
