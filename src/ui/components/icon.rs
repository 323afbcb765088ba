//! Icons of one weight, drawn in the page so that they take its colour. They never speak: the words beside them do.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident: $path:literal;)+) => {
        /// The icons there are; each name says what is drawn.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each name says what is drawn")]
        pub enum IconName { $($name),+ }

        impl IconName {
            /// Every icon, for a test or a page that shows them all.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The strokes on a square of 20 by 20.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$name => $path),+ }
            }
        }
    };
}

icons! {
    Above: "m5 12.5 5-5 5 5";
    Arrow: "M3.5 10h12M11.5 6l4 4-4 4";
    Box: "M5.5 6h9a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z";
    Branch: "M3.5 10h4M7.5 10c3 0 3-4.5 6-4.5h3M7.5 10c3 0 3 4.5 6 4.5h3";
    Cal: "M5.5 4.5h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM3.5 8.5h13M7 3v3M13 3v3";
    Check: "m4.5 10.5 3.6 3.6 7.4-8";
    Clock: "M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM10 6.3V10l2.5 1.7";
    Copy: "M9 7h5a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM13 4.5H6A1.5 1.5 0 0 0 4.5 6v7";
    Cross: "M5.5 5.5l9 9M14.5 5.5l-9 9";
    Door: "M5.5 16.5v-13h9v13M3.5 16.5h13M12 10v.1";
    Down: "m5 7.5 5 5 5-5";
    Eye: "M2.3 10C3.2 7.9 6 5 10 5s6.8 2.9 7.7 5c-.9 2.1-3.7 5-7.7 5s-6.8-2.9-7.7-5zM12.5 10a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z";
    EyeOff: "M4 4l12 12M8.2 8.3a2.5 2.5 0 0 0 3.5 3.5M6 5.9C4 7.1 2.7 9 2.3 10c.9 2.1 3.7 5 7.7 5 1.4 0 2.7-.4 3.8-1M8.5 5.2A7 7 0 0 1 10 5c4 0 6.8 2.9 7.7 5-.3.7-.9 1.7-1.9 2.7";
    Fall: "M10 4v11.5M5 10.5l5 5 5-5";
    Fit: "M4 7.5V4h3.5M16 7.5V4h-3.5M4 12.5V16h3.5M16 12.5V16h-3.5";
    Flag: "M5 17V3.5h9.5l-2 3.5 2 3.5H5";
    Gear: "M12.3 10a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0zM15 10a5 5 0 1 1-10 0 5 5 0 0 1 10 0zM10 3v2M10 15v2M3 10h2M15 10h2M5.05 5.05l1.4 1.4M13.55 13.55l1.4 1.4M5.05 14.95l1.4-1.4M13.55 6.45l1.4-1.4";
    Grip: "M7.5 5v.1M7.5 10v.1M7.5 15v.1M12.5 5v.1M12.5 10v.1M12.5 15v.1";
    Hand: "M6.5 10.5V5.2a1.2 1.2 0 0 1 2.4 0V9M8.9 8.5V4a1.2 1.2 0 0 1 2.4 0v4.7M11.3 8.8V5a1.2 1.2 0 0 1 2.4 0v6.2c0 3-1.7 5.3-4.6 5.3-2.2 0-3.3-1-4.3-2.9L3.4 10.9a1.2 1.2 0 0 1 2-1.3l1.1 1.5";
    Help: "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM8 8a2 2 0 1 1 2.8 1.9c-.6.3-.8.7-.8 1.3M10 13.6v.1";
    Link: "M8.5 11.5a3 3 0 0 0 4.3 0l2.5-2.5a3 3 0 0 0-4.3-4.3l-.9.9M11.5 8.5a3 3 0 0 0-4.3 0L4.7 11a3 3 0 0 0 4.3 4.3l.9-.9";
    Minus: "M5 10h10";
    Moon: "M16 12.2A6.5 6.5 0 0 1 7.8 4a6.5 6.5 0 1 0 8.2 8.2z";
    Next: "M7.5 4.5 13 10l-5.5 5.5";
    Offline: "M4 4l12 12M2.8 8.3A11 11 0 0 1 5.6 6.5M9 5.1a10.6 10.6 0 0 1 8.2 3.2M5.4 11a7 7 0 0 1 3-1.8M12.5 9.6a7 7 0 0 1 2.1 1.4M8.2 13.6a2.9 2.9 0 0 1 3.6 0M10 16v.1";
    Pause: "M7 5v10M13 5v10";
    Pencil: "m4 16 .8-3.4 8.3-8.3 2.6 2.6-8.3 8.3z";
    People: "M10 7a2.6 2.6 0 1 1-5.2 0A2.6 2.6 0 0 1 10 7zM2.8 15.5c0-2.6 2-4.2 4.6-4.2s4.6 1.6 4.6 4.2M12.5 4.6a2.6 2.6 0 0 1 0 4.8M13.8 11.6c2 .4 3.4 1.8 3.4 3.9";
    Play: "M6.5 4.5v11l9-5.5z";
    Plus: "M10 4.5v11M4.5 10h11";
    Prev: "M12.5 4.5 7 10l5.5 5.5";
    Print: "M6 8V3.5h8V8M6 14H4V8h12v6h-2M6 12h8v4.5H6z";
    Redo: "M12.5 5 16 8.5 12.5 12M15.5 8.5H8a4 4 0 0 0 0 8h3";
    Restart: "M4.5 10a5.5 5.5 0 1 0 1.8-4.1L4.2 8M4.2 4.3V8h3.7";
    Same: "M4.5 10h11";
    Speech: "M4 5.5h12v8H9l-3 3v-3H4z";
    Sun: "M13.2 10a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0zM10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4";
    Tidy: "M3.5 5.5h4v4h-4zM12.5 5.5h4v4h-4zM7.5 7.5h5M3.5 14.5h13";
    Undo: "M7 4 3.5 7.5 7 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8";
    Up: "M10 16V4.5M5 9.5l5-5 5 5";
    Warn: "M10 3.5 17.5 16h-15zM10 8.5v3.5M10 13.9v.1";
    Words: "M5 5.5h10M10 5.5v9.5M8 15h4";
}

/// One icon, without a voice of its own.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
    /// As small as the text beside it.
    #[prop(optional)]
    small: bool,
    /// Further classes, such as `avatar__tick`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let size = if small { " icon--s" } else { "" };
    let gap = if class.is_empty() { "" } else { " " };
    view! {
        <svg class=format!("icon{size}{gap}{class}") viewBox="0 0 20 20" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}

/// The mark of the product.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand__mark" viewBox="0 0 24 24" aria-hidden="true">
            <rect x="1" y="1" width="22" height="22" rx="6.5" fill="currentColor"></rect>
            <path class="brand__bars" d="M6.5 16.5v-3M10.2 16.5v-5.5M13.8 16.5V9M17.5 16.5V6.5"></path>
        </svg>
    }
}
