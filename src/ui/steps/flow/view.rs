//! The part of the canvas that a screen shows, and how its pixels become places on the canvas.

use crate::domain::flow::Point;
use crate::domain::flow::layout::Frame;

/// Below this scale nobody reads a step.
const READABLE: f64 = 0.75;
/// The least and the most a screen magnifies.
const SCALES: (f64, f64) = (0.1, 4.0);

/// What the screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum View {
    /// All of it where it can be read so, else its beginning, as wide as the screen.
    #[default]
    Auto,
    /// All of it, as large as it fits.
    Fit,
    /// What somebody has zoomed or panned to.
    At {
        /// The left edge on the canvas.
        x: f64,
        /// The upper edge.
        y: f64,
        /// Pixels for one unit of the canvas.
        scale: f64,
    },
}

/// Where the canvas is on the screen, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Window {
    /// Its left edge.
    pub(super) left: f64,
    /// Its upper edge.
    pub(super) top: f64,
    /// Its width; zero before the browser has laid out the page.
    pub(super) width: f64,
    /// Its height.
    pub(super) height: f64,
}

/// A place on the canvas before it is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spot {
    /// To the right.
    pub(super) x: f64,
    /// Downwards.
    pub(super) y: f64,
}

impl Spot {
    /// How far it is from another, per direction.
    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            x: self.x - other.x,
            y: self.y - other.y,
        }
    }

    /// How far it is from another.
    pub(super) fn distance(self, other: Self) -> f64 {
        let Self { x, y } = self.minus(other);
        x.hypot(y)
    }

    /// The middle of two.
    pub(super) fn middle(self, other: Self) -> Self {
        Self {
            x: f64::midpoint(self.x, other.x),
            y: f64::midpoint(self.y, other.y),
        }
    }

    /// The place of the model.
    pub(super) fn point(self) -> Point {
        Point::from((self.x, self.y))
    }
}

impl Window {
    /// Its middle on the screen.
    pub(super) fn middle(self) -> Spot {
        Spot {
            x: self.left + self.width / 2.0,
            y: self.top + self.height / 2.0,
        }
    }

    /// Whether all of it can be read at once.
    fn fits_readably(self, whole: Frame) -> bool {
        self.fitted(whole).2 >= READABLE
    }

    /// The same in another scale and from another corner: left edge, upper edge and pixels for a unit.
    fn fitted(self, whole: Frame) -> (f64, f64, f64) {
        let (width, height) = (f64::from(whole.width.max(1)), f64::from(whole.height.max(1)));
        let scale = (self.width / width).min(self.height / height);
        // As `preserveAspectRatio="xMidYMin meet"` places it.
        let left = f64::from(whole.x) - (self.width / scale - width) / 2.0;
        (left, f64::from(whole.y), scale)
    }
}

impl View {
    fn corner(self, window: Window, whole: Frame) -> (f64, f64, f64) {
        match self {
            Self::At { x, y, scale } => (x, y, scale),
            Self::Auto if !window.fits_readably(whole) => {
                let scale = (window.width / f64::from(whole.width.max(1))).clamp(READABLE, 1.25);
                (f64::from(whole.x), f64::from(whole.y), scale)
            }
            Self::Auto | Self::Fit => window.fitted(whole),
        }
    }

    /// The `viewBox` of the picture.
    pub(super) fn view_box(self, window: Window, whole: Frame) -> String {
        let fits = match self {
            Self::Fit => true,
            // Also on the server, which does not know the window.
            Self::Auto => window.width <= 0.0 || window.fits_readably(whole),
            Self::At { .. } => false,
        };
        if fits {
            return format!("{} {} {} {}", whole.x, whole.y, whole.width, whole.height);
        }
        let (x, y, scale) = self.corner(window, whole);
        format!("{x:.1} {y:.1} {:.1} {:.1}", window.width / scale, window.height / scale)
    }

    /// What lies under a pixel of the screen.
    pub(super) fn spot(self, window: Window, whole: Frame, client: Spot) -> Spot {
        let (x, y, scale) = self.corner(window, whole);
        Spot {
            x: x + (client.x - window.left) / scale,
            y: y + (client.y - window.top) / scale,
        }
    }

    /// Pixels for one unit of the canvas.
    pub(super) fn scale(self, window: Window, whole: Frame) -> f64 {
        self.corner(window, whole).2
    }

    /// Magnified by a factor; what lies under this pixel stays there.
    pub(super) fn zoomed(self, window: Window, whole: Frame, client: Spot, factor: f64) -> Self {
        let held = self.spot(window, whole, client);
        let scale = (self.scale(window, whole) * factor).clamp(SCALES.0, SCALES.1);
        Self::At {
            x: held.x - (client.x - window.left) / scale,
            y: held.y - (client.y - window.top) / scale,
            scale,
        }
    }

    /// Moved by so many pixels.
    pub(super) fn panned(self, window: Window, whole: Frame, by: Spot) -> Self {
        let (x, y, scale) = self.corner(window, whole);
        Self::At {
            x: x - by.x / scale,
            y: y - by.y / scale,
            scale,
        }
    }

    /// The same, moved as little as needed to show all of a frame.
    pub(super) fn showing(self, window: Window, whole: Frame, frame: Frame) -> Self {
        const MARGIN: f64 = 24.0;
        if self == Self::Fit || (self == Self::Auto && window.fits_readably(whole)) {
            return self;
        }
        let (x, y, scale) = self.corner(window, whole);
        // The margin is a wish; the ground does not begin before its edge.
        let moved = |corner: f64, shown: f64, edge: i32, from: i32, to: i32| {
            let (from, to) = ((f64::from(from) - MARGIN).max(f64::from(edge)), f64::from(to) + MARGIN);
            corner.max(to - shown).min(from)
        };
        let to = (
            moved(x, window.width / scale, whole.x, frame.x, frame.right()),
            moved(y, window.height / scale, whole.y, frame.y, frame.bottom()),
        );
        if to == (x, y) { self } else { Self::At { x: to.0, y: to.1, scale } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window {
        left: 10.0,
        top: 20.0,
        width: 800.0,
        height: 400.0,
    };
    const WHOLE: Frame = Frame {
        x: 0,
        y: 0,
        width: 400,
        height: 400,
    };

    fn near(a: Spot, b: Spot) -> bool {
        a.distance(b) < 1e-9
    }

    #[test]
    fn a_fitted_canvas_stands_in_the_middle() {
        let corner = View::Fit.spot(WINDOW, WHOLE, Spot { x: 210.0, y: 20.0 });
        assert!(near(corner, Spot::default()), "{corner:?}");
        assert_eq!(View::Fit.view_box(WINDOW, WHOLE), "0 0 400 400");
    }

    #[test]
    fn zooming_holds_what_is_under_the_pointer() {
        let pointer = Spot { x: 333.0, y: 111.0 };
        let mut view = View::Fit;
        let held = view.spot(WINDOW, WHOLE, pointer);
        for factor in [2.0, 0.3, 100.0, 0.000_01, 1.1] {
            view = view.zoomed(WINDOW, WHOLE, pointer, factor);
            assert!(near(view.spot(WINDOW, WHOLE, pointer), held), "{view:?}");
            assert!((SCALES.0..=SCALES.1).contains(&view.scale(WINDOW, WHOLE)));
        }
    }

    #[test]
    fn panning_moves_by_pixels() {
        let by = Spot { x: 50.0, y: -20.0 };
        let before = View::Fit.zoomed(WINDOW, WHOLE, Spot::default(), 2.0);
        let after = before.panned(WINDOW, WHOLE, by);
        let pixel = Spot { x: 100.0, y: 100.0 };
        let moved = Spot {
            x: pixel.x + by.x,
            y: pixel.y + by.y,
        };
        assert!(near(before.spot(WINDOW, WHOLE, pixel), after.spot(WINDOW, WHOLE, moved)));
    }

    #[test]
    fn what_could_not_be_read_shows_its_beginning() {
        assert_eq!(View::Auto.view_box(WINDOW, WHOLE), "0 0 400 400", "all of it where it can be read");
        assert_eq!(
            View::Auto.view_box(Window::default(), WHOLE),
            "0 0 400 400",
            "the server knows no window"
        );
        let tall = Frame {
            width: 800,
            height: 2_000,
            ..WHOLE
        };
        assert_eq!(View::Auto.view_box(WINDOW, tall), "0.0 0.0 800.0 400.0");
        let end = Frame {
            x: 0,
            y: 1_900,
            width: 140,
            height: 66,
        };
        let View::At { y, scale, .. } = View::Auto.showing(WINDOW, tall, end) else {
            panic!("moves there")
        };
        assert!((y, scale) == (1_590.0, 1.0), "{y} {scale}");
        assert_eq!(
            View::Auto.showing(WINDOW, tall, Frame { y: 100, ..end }),
            View::Auto,
            "it can be seen already"
        );
    }

    #[test]
    fn what_is_outside_comes_into_view() {
        let view = View::At {
            x: 0.0,
            y: 0.0,
            scale: 1.0,
        };
        let inside = Frame {
            x: 100,
            y: 100,
            width: 140,
            height: 66,
        };
        assert_eq!(view.showing(WINDOW, WHOLE, inside), view, "nothing moves that need not");
        let outside = Frame { x: 900, ..inside };
        let View::At { x, y, .. } = view.showing(WINDOW, WHOLE, outside) else {
            panic!("stays zoomed")
        };
        assert!((x, y) == (264.0, 0.0), "{x} {y}");
    }
}
