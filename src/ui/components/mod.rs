//! Small components that know nothing of the server: they are told what to show and say what was done.
//!
//! Three rules hold for all of them. The first render is the same on the server and in the browser: no clock, no
//! random number, no storage, no locale. No `style` attribute, because the content security policy forbids it. Text from
//! people reaches the page only through the escaping of the view: never `inner_html` (but see `html.rs`), never the body of a
//! `textarea`.

pub mod area;
pub mod avatar;
pub mod chart;
pub mod checkbox;
pub mod compare;
pub mod copy;
pub mod dialog;
pub mod distribution;
pub mod field;
pub mod filters;
pub mod flow;
pub mod html;
pub mod icon;
pub mod level;
pub mod select;
pub mod site;
pub mod time;
pub mod title;
pub mod track;
mod wiring;

pub use area::TextArea;
pub use avatar::{Avatar, Person, initials};
pub use chart::{Band, PercentileBar, round};
pub use checkbox::Checkbox;
pub use compare::{CompareBars, CompareRow};
pub use copy::{CopyButton, write_to_clipboard};
pub use dialog::Dialog;
pub use distribution::{Distribution, SpreadGlyph};
pub use field::{ErrorText, TextField};
pub use filters::{Filters, Pager};
pub use flow::{For, Show, changing};
pub use html::{DrawnSummary, SafeHtml};
pub use icon::{BrandMark, Icon, IconName};
pub use level::LevelBadge;
pub use select::{Choice, Select, option};
pub use site::{Page, SiteFooter, SiteHeader};
pub use time::{HeldOn, LocalTime, TimeKind, neighbours, tell_local_times};
pub use title::DocumentTitle;
pub use track::ScoreTrack;

#[cfg(test)]
mod tests;
