//! The server as its users meet it: over HTTP and over sockets, on both databases, through crashes. One binary, because each
//! links the whole server; `cargo nextest` runs every test in a process of its own all the same.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "a test draws its ids and measures time itself")]

mod accounts;
mod administering;
mod between;
mod checkpoints;
mod commands;
mod crash;
mod crowd;
mod demo;
mod door;
mod drawing;
mod erasing;
mod exports;
mod feedback;
mod http;
mod import_order;
mod importing;
mod improving;
mod keeping;
mod live;
mod parts;
mod pictures;
mod planning;
mod refusals;
mod rehearsing;
mod secrecy;
mod shared_links;
mod sharing;
mod simulated;
mod slow;
mod surveys;
mod trends;
mod unreadable;
mod uploads;

#[path = "../support/app.rs"]
mod app;
#[path = "../support/browser.rs"]
mod browser;
#[path = "../support/drawn.rs"]
mod drawn;
#[path = "../support/log.rs"]
mod log;
#[path = "../support/past.rs"]
mod past;
#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/screen.rs"]
mod screen;
#[path = "../support/meeting.rs"]
mod story;
