//! Where the points of a chart over time stand: across in percent of its width, so that it fits every screen, and down in pixels, so
//! that its words stay as large as they are.

use chrono::NaiveDate;

/// The first and the last point are so far from the edge, in percent: half the words under them.
const EDGE: f64 = 5.0;
/// A date under the chart, and a figure over a point, needs so much of its width, in percent: on most screens, and on a phone.
pub(super) const DATE: (f64, f64) = (16.0, 27.0);
pub(super) const FIGURE: (f64, f64) = (9.0, 20.0);

/// How far across each day stands, in percent, in proportion to the time between them.
pub(super) fn across(days: &[NaiveDate]) -> Vec<f64> {
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return vec![];
    };
    let length = between(*first, *last);
    let place = |day: &NaiveDate| {
        if length > 0.0 {
            EDGE + (100.0 - 2.0 * EDGE) * between(*first, *day) / length
        } else {
            50.0
        }
    };
    days.iter().map(place).collect()
}

#[expect(clippy::cast_precision_loss, reason = "the calendar has fewer days than a double counts exactly")]
fn between(first: NaiveDate, last: NaiveDate) -> f64 {
    (last - first).num_days() as f64
}

/// How far down a value stands, in pixels below the highest one.
pub(super) fn down(value: f64, (low, high): (f64, f64), height: f64) -> f64 {
    let value = value.clamp(low, high);
    if high > low {
        height * (high - value) / (high - low)
    } else {
        height
    }
}

/// Between which values a line is drawn: neighbours that are both there. A gap stays a gap.
pub(super) fn strokes(values: &[Option<f64>]) -> Vec<(usize, usize)> {
    let both = |at: &usize| values[*at].is_some() && values[at + 1].is_some();
    (0..values.len().saturating_sub(1)).filter(both).map(|at| (at, at + 1)).collect()
}

/// Where there is room for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// On every screen.
    Everywhere,
    /// Not on a phone.
    OffPhones,
    /// Nowhere.
    Nowhere,
}

impl Room {
    /// The class of words there.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::OffPhones => "hide-s",
            Self::Everywhere | Self::Nowhere => "",
        }
    }
}

/// At which places there is room for words of this width: the last of them has it, and no two touch.
pub(super) fn rooms(across: &[f64], (wide, phone): (f64, f64)) -> Vec<Room> {
    let everywhere: Vec<usize> = (0..across.len()).collect();
    let off_phones = apart(across, &everywhere, wide);
    let on_phones = apart(across, &off_phones, phone);
    let room = |at: &usize| match (on_phones.contains(at), off_phones.contains(at)) {
        (true, _) => Room::Everywhere,
        (_, true) => Room::OffPhones,
        _ => Room::Nowhere,
    };
    everywhere.iter().map(room).collect()
}

/// Of these places those that stand at least so far apart, from the last one on.
fn apart(across: &[f64], places: &[usize], least: f64) -> Vec<usize> {
    let mut kept: Vec<usize> = vec![];
    for at in places.iter().rev() {
        if kept.last().is_none_or(|before| across[*before] - across[*at] >= least) {
            kept.push(*at);
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[&str]) -> Vec<NaiveDate> {
        days.iter().map(|day| day.parse().expect("a day")).collect()
    }

    fn places(given: &[&str]) -> Vec<f64> {
        across(&days(given)).into_iter().map(|x| (x * 10.0).round() / 10.0).collect()
    }

    #[test]
    fn days_stand_in_proportion_inside_the_frame() {
        assert_eq!(places(&[]), [0.0; 0]);
        assert_eq!(places(&["2023-01-10"]), [50.0]);
        assert_eq!(places(&["2023-01-10", "2023-01-10"]), [50.0, 50.0]);
        assert_eq!(places(&["2023-01-01", "2023-01-02", "2023-01-05"]), [5.0, 27.5, 95.0]);
    }

    #[test]
    fn equal_values_stand_equally_high_and_none_leaves_the_frame() {
        let scale = (1.0, 6.0);
        for (value, y) in [(6.0, 0.0), (1.0, 100.0), (3.5, 50.0), (7.0, 0.0), (-1.0, 100.0)] {
            assert!((down(value, scale, 100.0) - y).abs() < 1e-9, "{value}");
        }
        assert!(
            (down(0.0, (0.0, 0.0), 100.0) - 100.0).abs() < 1e-9,
            "a scale without length lies at the bottom"
        );
    }

    #[test]
    fn a_gap_is_not_bridged() {
        let (some, none) = (Some(1.0), None);
        assert_eq!(strokes(&[]), []);
        assert_eq!(strokes(&[some]), []);
        assert_eq!(strokes(&[some, some, none, some, some]), [(0, 1), (3, 4)]);
        assert_eq!(strokes(&[some, none, some]), []);
    }

    #[test]
    fn words_stand_where_they_do_not_touch_the_last_among_them() {
        use Room::{Everywhere as E, Nowhere as N, OffPhones as O};
        assert_eq!(rooms(&[], DATE), []);
        assert_eq!(rooms(&[50.0], DATE), [E]);
        assert_eq!(rooms(&[5.0, 50.0, 95.0], DATE), [E, E, E]);
        assert_eq!(rooms(&[5.0, 12.0, 23.0, 41.0, 59.0, 77.0, 95.0], DATE), [O, N, E, O, E, O, E]);
        let forty: Vec<f64> = (0..40).map(|n| 5.0 + 90.0 * f64::from(n) / 39.0).collect();
        for (least, shown) in [(DATE.1, &[E][..]), (DATE.0, &[E, O])] {
            let at: Vec<f64> = forty
                .iter()
                .zip(rooms(&forty, DATE))
                .filter(|(_, room)| shown.contains(room))
                .map(|(x, _)| *x)
                .collect();
            assert!(at.len() > 2 && at.windows(2).all(|two| two[1] - two[0] >= least), "{at:?}");
        }
    }
}
