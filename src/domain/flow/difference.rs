//! What has changed in the flow since last time.
//!
//! Only what is news to the squad is told: a step that was drawn anew under its name is the same step, a time that nobody had written
//! before is no longer nor shorter, and a new step on a connector does not part the two it stands between.

use super::{Flow, Kind, Lane, Span, Step};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, SortedSet, sort_by_key};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The step or connector it is about: of the flow now, or of the one before if it is gone.
    pub id: ElementId,
    /// The step, or the one that the connector leads to.
    pub name: String,
    /// What is different.
    pub what: What,
}

/// What is different about a step or a connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Machines do it now.
    Automated,
    /// People do it now.
    Manual,
    /// It waits for another time: before, now, and after which step where several lead to it.
    Wait(Span, Span, Option<String>),
    /// Its work takes another time: before and now.
    Work(Span, Span),
    /// A new step.
    Added,
    /// A step that was there before.
    Removed,
    /// It was called so.
    Renamed(String),
    /// It belongs to the other lane now, which is this one.
    Moved(Lane),
    /// The step of this name leads to it now.
    Connected(String),
    /// The step of this name does not lead to it any more.
    Parted(String),
}

/// All changes, those that count most first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The changes.
    pub changes: Vec<Changed>,
}

/// What has changed from one flow to the other.
#[must_use]
pub fn difference(before: &Flow, after: &Flow) -> Difference {
    let was = same_steps(before, after);
    let is: SortedMap<ElementId, ElementId> = was.iter().map(|(now, old)| (*old, *now)).collect();
    let mut changes = vec![];
    for (id, step) in &after.steps {
        let old = was.get(id).and_then(|old| before.steps.get(old));
        let what = old.map_or_else(|| vec![What::Added], |old| of_step(old, step));
        changes.extend(what.into_iter().map(|what| changed(*id, step, what)));
    }
    let gone = before.steps.iter().filter(|(id, _)| !is.contains_key(id));
    changes.extend(gone.map(|(id, step)| changed(*id, step, What::Removed)));

    let mut between = SortedMap::new();
    for (id, c) in &before.connectors {
        between.entry((c.from, c.to)).or_insert((*id, c));
    }
    let mut incoming: SortedMap<ElementId, usize> = SortedMap::new();
    for c in after.connectors.values() {
        *incoming.entry(c.to).or_default() += 1;
    }
    let added = |id: &ElementId| !was.contains_key(id);
    let removed = |id: &ElementId| !is.contains_key(id);
    let (left_before, left_after) = (leaving(before), leaving(after));
    let mut kept = SortedSet::new();
    for (id, c) in &after.connectors {
        let (Some(from), Some(to)) = (after.steps.get(&c.from), after.steps.get(&c.to)) else {
            continue;
        };
        let Some(ends) = was.get(&c.from).copied().zip(was.get(&c.to).copied()) else {
            continue;
        };
        let what = match between.get(&ends) {
            Some((old_id, old)) => {
                kept.insert(*old_id);
                let several = incoming.get(&c.to).is_some_and(|n| *n > 1);
                other_time(old.wait, c.wait).map(|(old, now)| What::Wait(old, now, several.then(|| from.name.to_string())))
            }
            None if leads(&left_before, ends, &removed) => None,
            None => Some(What::Connected(from.name.to_string())),
        };
        changes.extend(what.map(|what| changed(*id, to, what)));
    }
    for (id, c) in before.connectors.iter().filter(|(id, _)| !kept.contains(*id)) {
        let Some(ends) = is.get(&c.from).copied().zip(is.get(&c.to).copied()) else {
            continue;
        };
        let steps = after.steps.get(&ends.0).zip(after.steps.get(&ends.1));
        if let Some((from, to)) = steps.filter(|_| !leads(&left_after, ends, &added)) {
            changes.push(changed(*id, to, What::Parted(from.name.to_string())));
        }
    }
    sort_by_key(&mut changes, |change| change.what.rank());
    Difference { changes }
}

fn changed(id: ElementId, step: &Step, what: What) -> Changed {
    let name = step.name.to_string();
    Changed { id, name, what }
}

/// Which step each one was before: the one of its id, or else one of its lane and name.
fn same_steps(before: &Flow, after: &Flow) -> SortedMap<ElementId, ElementId> {
    let both = after.steps.keys().filter(|id| before.steps.contains_key(id));
    let mut was: SortedMap<ElementId, ElementId> = both.map(|id| (*id, *id)).collect();
    let mut left: SortedMap<(Lane, &str), Vec<ElementId>> = SortedMap::new();
    for (id, step) in before.steps.iter().rev().filter(|(id, _)| !after.steps.contains_key(id)) {
        left.entry((step.lane, step.name.as_str())).or_default().push(*id);
    }
    for (id, step) in &after.steps {
        if !was.contains_key(id)
            && let Some(old) = left.get_mut(&(step.lane, step.name.as_str())).and_then(Vec::pop)
        {
            was.insert(*id, old);
        }
    }
    was
}

fn of_step(old: &Step, step: &Step) -> Vec<What> {
    let kind = match step.kind {
        Kind::Automated => What::Automated,
        Kind::Manual => What::Manual,
    };
    let changes = [
        (old.kind != step.kind).then_some(kind),
        other_time(old.work, step.work).map(|(old, now)| What::Work(old, now)),
        (old.name != step.name).then(|| What::Renamed(old.name.to_string())),
        (old.lane != step.lane).then_some(What::Moved(step.lane)),
    ];
    changes.into_iter().flatten().collect()
}

/// Both times, if both are known and one is longer.
fn other_time(old: Option<Span>, now: Option<Span>) -> Option<(Span, Span)> {
    old.zip(now).filter(|(old, now)| middle(*old) != middle(*now))
}

/// The middle of a range, in seconds.
fn middle(span: Span) -> i64 {
    i64::from(span.least.midpoint(span.most))
}

/// The steps that each one leads to.
type Leaving = SortedMap<ElementId, Vec<ElementId>>;

fn leaving(flow: &Flow) -> Leaving {
    let mut leaving = Leaving::new();
    for c in flow.connectors.values() {
        leaving.entry(c.from).or_default().push(c.to);
    }
    leaving
}

/// Whether one step leads to another directly or over such steps alone.
fn leads(leaving: &Leaving, (from, to): (ElementId, ElementId), over: &dyn Fn(&ElementId) -> bool) -> bool {
    let mut open = vec![from];
    let mut seen = SortedSet::new();
    while let Some(step) = open.pop() {
        for next in leaving.get(&step).into_iter().flatten() {
            if *next == to {
                return true;
            }
            if over(next) && seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    false
}

impl What {
    /// Its place in the list.
    fn rank(&self) -> u8 {
        match self {
            Self::Automated => 0,
            Self::Manual => 1,
            Self::Wait(..) => 2,
            Self::Work(..) => 3,
            Self::Added => 4,
            Self::Removed => 5,
            Self::Renamed(_) => 6,
            Self::Moved(_) => 7,
            Self::Connected(_) => 8,
            Self::Parted(_) => 9,
        }
    }
}

impl Changed {
    /// The change in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let name = &self.name;
        match &self.what {
            What::Automated => format!("{name} is automated now."),
            What::Manual => format!("{name} is manual now."),
            What::Wait(old, now, None) => format!("{name} waits {} instead of {}.", now.words(), old.words()),
            What::Wait(old, now, Some(from)) => format!("{name} waits {} instead of {} after {from}.", now.words(), old.words()),
            What::Work(old, now) => format!("{name} takes {} instead of {}.", now.words(), old.words()),
            What::Added => format!("{name} is new."),
            What::Removed => format!("{name} is gone."),
            What::Renamed(old) => format!("{old} is called {name} now."),
            What::Moved(lane) => format!("{name} belongs to {} now.", lane.name().to_lowercase()),
            What::Connected(from) => format!("{from} leads to {name} now."),
            What::Parted(from) => format!("{from} does not lead to {name} any more."),
        }
    }
}

impl Difference {
    /// The changes, a sentence each.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        self.changes.iter().map(Changed::sentence)
    }

    /// All of it in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let count = |ranks: std::ops::RangeInclusive<u8>| self.changes.iter().filter(|change| ranks.contains(&change.what.rank())).count();
        let mut parts = vec![
            counted(count(0..=0), "step", " automated"),
            counted(count(1..=1), "step", " manual now"),
        ];
        let (mut waits, mut works) = (vec![], vec![]);
        for change in &self.changes {
            match &change.what {
                What::Wait(old, now, _) => waits.push(middle(*now) - middle(*old)),
                What::Work(old, now) => works.push(middle(*now) - middle(*old)),
                _ => {}
            }
        }
        parts.extend(timed(&waits, "wait", ["shorter", "longer"]));
        parts.extend(timed(&works, "step", ["quicker", "slower"]));
        parts.push(counted(count(4..=4), "step", " new"));
        parts.push(counted(count(5..=5), "step", " gone"));
        parts.push(counted(count(6..=9), "other change", ""));
        parts.retain(|part| !part.is_empty());
        let line = parts.join(", ");
        let mut letters = line.chars();
        match letters.next() {
            Some(first) => format!("{}{}.", first.to_ascii_uppercase(), letters.as_str()),
            None => "Nothing has changed since last time.".to_owned(),
        }
    }
}

/// `2 steps new`, or nothing when there is none.
fn counted(count: usize, what: &str, how: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!("one {what}{how}"),
        _ => format!("{count} {what}s{how}"),
    }
}

/// `one wait 1 h shorter, 2 waits 3 d longer`: all that became less, all that became more.
fn timed(seconds: &[i64], what: &str, [less, more]: [&str; 2]) -> [String; 2] {
    [(less, -1), (more, 1)].map(|(how, sign)| {
        let of_sign = seconds.iter().map(|seconds| seconds * sign).filter(|seconds| *seconds > 0);
        let sum = u32::try_from(of_sign.clone().sum::<i64>()).unwrap_or(u32::MAX);
        counted(of_sign.count(), what, &format!(" {} {how}", Span::exactly(sum).words()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::flow::outline::{self, edits};

    const BEFORE: &str = "commit > build 1h m > [1d] review 1h m > deploy 10m m @prod\nrecovery\nalert 5m a > fix 1h m";

    /// The flow that a text is, and the one that somebody makes of it who writes the other text.
    fn both(before: &str, after: &str) -> (Flow, Flow) {
        let (before, outline) = (outline::read(before).unwrap(), outline::read(after).unwrap());
        let mut now = before.clone();
        let mut next = 1000;
        let edits = edits(&before, &outline, || {
            next += 1;
            ElementId(next)
        });
        for edit in &edits {
            now.take_in(edit);
        }
        (before, now)
    }

    fn told(before: &str, after: &str) -> (Vec<String>, String) {
        let (before, after) = both(before, after);
        let difference = difference(&before, &after);
        (difference.sentences().collect(), difference.summary())
    }

    #[test]
    fn each_change_is_a_sentence() {
        for (from, to, sentence, summary) in [
            ("build 1h m", "build 1h a", "build is automated now.", "One step automated."),
            ("alert 5m a", "alert 5m m", "alert is manual now.", "One step manual now."),
            ("[1d]", "[3h]", "review waits 3 h instead of 1 d.", "One wait 21 h shorter."),
            ("[1d]", "[1d-3d]", "review waits 1 d to 3 d instead of 1 d.", "One wait 1 d longer."),
            (
                "deploy 10m",
                "deploy 5m",
                "deploy takes 5 min instead of 10 min.",
                "One step 5 min quicker.",
            ),
            ("fix 1h m", "fix 1h m > tell people m", "tell people is new.", "One step new."),
            (" > fix 1h m", "", "fix is gone.", "One step gone."),
            ("review 1h m", "pair 1h m", "review is called pair now.", "One other change."),
            (
                "commit > build",
                "commit\nbuild",
                "commit does not lead to build any more.",
                "One other change.",
            ),
            (
                "@prod",
                "@prod\ncommit > deploy",
                "commit leads to deploy now.",
                "One other change.",
            ),
            ("recovery", "delivery", "alert belongs to delivery now.", "2 other changes."),
        ] {
            let (sentences, line) = told(BEFORE, &BEFORE.replace(from, to));
            assert_eq!(sentences.first().map(String::as_str), Some(sentence), "{sentences:?}");
            assert_eq!(line, summary, "{sentences:?}");
        }
    }

    #[test]
    fn what_is_no_news_is_not_told() {
        let nothing = (vec![], "Nothing has changed since last time.".to_owned());
        assert_eq!(told(BEFORE, BEFORE), nothing);
        assert_eq!(told("a > b", "a 5m > [2h] b @prod"), nothing, "nobody had said");
        assert_eq!(told("a > b > c", "a > x > b > c").0, ["x is new."], "the connector was not lost");
        assert_eq!(told("a > b > c", "a > c").0, ["b is gone."]);
        let (before, mut after) = both(BEFORE, BEFORE);
        let id = *after.steps.keys().next_back().unwrap();
        let step = after.steps.remove(&id).unwrap();
        after.connectors.retain(|_, c| c.from != id && c.to != id);
        after.steps.insert(ElementId(5000), step);
        let drawn_anew = difference(&before, &after);
        assert_eq!(drawn_anew.sentences().collect::<Vec<_>>(), ["alert does not lead to fix any more."]);
    }

    #[test]
    fn all_of_it_is_one_line() {
        let after = "commit > build 30m a > [3h] review 1h a > deploy 40m m @prod > watch m\nrecovery\nalert 5m a";
        let (sentences, line) = told(BEFORE, after);
        assert_eq!(sentences.len(), 7, "{sentences:?}");
        assert_eq!(
            line,
            "2 steps automated, one wait 21 h shorter, one step 30 min quicker, one step 30 min slower, one step new, one step gone."
        );
    }

    #[test]
    fn of_several_ways_the_one_is_named() {
        let (sentences, _) = told("a > [1d] c\nb > [2d] c", "a > [1d] c\nb > [1d] c");
        assert_eq!(sentences, ["c waits 1 d instead of 2 d after b."]);
    }
}
