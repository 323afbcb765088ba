//! Every form in which a page leaves the product, of four pages: the one of the seed, one kept by hand, one with nothing, one with everything.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod alone;
mod confluence;
mod golden;
mod pages;
mod schema;

#[path = "../support/drawn.rs"]
mod drawn;
