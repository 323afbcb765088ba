//! Everything that only the server has: the database, the rooms, the sockets, the sessions.

pub mod administration;
pub mod app;
pub mod auth;
pub mod calendar;
pub mod capabilities;
pub mod cli;
pub mod clock;
pub mod config;
pub mod content;
pub mod error;
pub mod exports;
pub mod hub;
pub mod last_time;
pub mod limits;
pub mod markdown;
pub mod pictures;
pub mod planning;
pub mod request;
pub mod room;
pub mod rooms;
pub mod security;
pub mod setup;
pub mod start;
pub mod store;
pub mod views;
pub mod ws;
