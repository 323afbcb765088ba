//! What would move it: the smallest changes of answer that reach the next level of the 2019 model.

use super::score::{level_of_sum, sum};
use super::{Answers, Level};
use crate::domain::metric::{Code, Metric};
use crate::domain::sorted::sort_by_key;
use serde::{Deserialize, Serialize};

/// The next level up and all the shortest ways to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextLevel {
    /// The level.
    pub level: Level,
    /// By how many answers the squad has to do better, over all metrics together.
    pub steps: u8,
    /// Every way to do so, those that touch the fewest metrics first. From far below there are many: show the first few.
    pub ways: Vec<Way>,
}

/// One way to the next level: what to change, in the order of the metrics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Way {
    /// The changes, one for each metric touched.
    pub moves: Vec<Move>,
}

/// A better answer for one metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The metric.
    pub metric: Metric,
    /// The answer of now.
    pub from: Code,
    /// The answer it takes.
    pub to: Code,
}

/// The next level and the ways to it; `None` at the top.
#[must_use]
pub fn next_level(answers: &Answers) -> Option<NextLevel> {
    let now = sum(answers);
    let best = 6 * 4;
    let target = (now..=best).find(|sum| level_of_sum(*sum) > level_of_sum(now))?;
    let steps = target - now;
    let mut ways = ways(*answers, steps);
    sort_by_key(&mut ways, |way| {
        let metrics: Vec<_> = way.moves.iter().map(|m| m.metric).collect();
        let answers: Vec<_> = way.moves.iter().map(|m| m.to).collect();
        (metrics.len(), metrics, answers)
    });
    Some(NextLevel {
        level: level_of_sum(target),
        steps,
        ways,
    })
}

/// Every way to spread the steps over the four metrics.
fn ways(answers: Answers, steps: u8) -> Vec<Way> {
    let mut open = vec![(Way { moves: Vec::new() }, steps)];
    for (metric, from) in Metric::FOUR.into_iter().zip(answers.four()) {
        open = open.into_iter().flat_map(|(way, left)| spend(&way, left, metric, from)).collect();
    }
    open.into_iter().filter(|(_, left)| *left == 0).map(|(way, _)| way).collect()
}

/// A way so far, carried on with no step or with some steps on this metric.
fn spend(way: &Way, left: u8, metric: Metric, from: Code) -> Vec<(Way, u8)> {
    let better = Code::ALL.into_iter().filter(|to| *to >= from && to.get() - from.get() <= left);
    better
        .map(|to| {
            let mut way = way.clone();
            if to > from {
                way.moves.push(Move { metric, from, to });
            }
            (way, left - (to.get() - from.get()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::score::level;
    use super::super::tests::{answers, everything, with_rework};
    use super::*;
    use std::collections::HashSet;

    fn taken(answers: Answers, way: &Way) -> Answers {
        Answers::from_fn(|metric| way.moves.iter().find(|m| m.metric == metric).map(|m| m.to).or(answers.get(metric)))
            .expect("all four are there")
    }

    /// The slow way round: of all answers that are nowhere worse and one level up or more, those that cost least.
    fn cheapest(now: Answers) -> (Option<u8>, HashSet<Answers>) {
        let reachable: Vec<_> = everything()
            .filter(|there| level(there) > level(&now) && there.four().iter().zip(now.four()).all(|(to, from)| *to >= from))
            .map(|there| (sum(&there) - sum(&now), there))
            .collect();
        let cost = reachable.iter().map(|(cost, _)| *cost).min();
        let best = reachable
            .into_iter()
            .filter(|(this, _)| Some(*this) == cost)
            .map(|(_, there)| there)
            .collect();
        (cost, best)
    }

    #[test]
    fn no_combination_has_a_shorter_way_and_none_is_left_out() {
        for now in everything() {
            let (cost, best) = cheapest(now);
            let found = next_level(&now);
            assert_eq!(found.as_ref().map(|next| next.steps), cost, "{now:?}");
            let Some(next) = found else {
                assert_eq!(level(&now), Level::Elite);
                continue;
            };
            assert_eq!(next.level as usize, level(&now) as usize + 1);
            let there: HashSet<_> = next.ways.iter().map(|way| taken(now, way)).collect();
            assert_eq!(there.len(), next.ways.len(), "no way twice: {now:?}");
            assert_eq!(there, best, "{now:?}");
            for way in &next.ways {
                assert_eq!(way.moves.iter().map(|m| m.to.get() - m.from.get()).sum::<u8>(), next.steps);
                assert!(way.moves.iter().all(|m| m.to > m.from && Some(m.from) == now.get(m.metric)));
                assert!(way.moves.is_sorted_by_key(|m| m.metric));
            }
            assert!(next.ways.is_sorted_by_key(|way| way.moves.len()));
        }
    }

    #[test]
    fn levels_begin_at_15_18_and_21() {
        let begin = |wanted| (4..=24).find(|sum| level_of_sum(*sum) == wanted);
        assert_eq!(Level::ALL.map(begin), [4, 15, 18, 21].map(Some));
    }

    #[test]
    fn one_step_can_be_taken_where_there_is_room() {
        let next = next_level(&answers([5, 5, 4, 6])).expect("high has a level above");
        assert_eq!((next.level, next.steps), (Level::Elite, 1));
        let metrics: Vec<_> = next.ways.iter().map(|way| way.moves[0].metric).collect();
        assert_eq!(metrics, [Metric::LeadTime, Metric::DeploymentFrequency, Metric::TimeToRestore]);
    }

    #[test]
    fn ways_come_in_order() {
        let next = next_level(&answers([4, 4, 5, 6])).expect("high has a level above");
        let shown: Vec<Vec<_>> = next
            .ways
            .iter()
            .map(|way| way.moves.iter().map(|m| (m.metric as usize, m.to.get())).collect())
            .collect();
        assert_eq!(
            shown,
            [
                vec![(0, 6)],
                vec![(1, 6)],
                vec![(0, 5), (1, 5)],
                vec![(0, 5), (2, 6)],
                vec![(1, 5), (2, 6)]
            ]
        );
    }

    #[test]
    fn the_top_has_no_next_and_rework_is_no_way_up() {
        assert_eq!(next_level(&answers([5, 5, 5, 6])), None);
        assert_eq!(next_level(&with_rework([4, 4, 5, 6], 1)), next_level(&answers([4, 4, 5, 6])));
    }
}
