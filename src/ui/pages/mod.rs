//! The pages, one file for each address. Each asks one question of the server at its top and shows the answer.

pub mod about;
pub mod account;
pub mod actions;
pub mod admin;
pub mod capabilities;
pub mod checkpoints;
pub mod compare;
pub mod drafts;
pub mod elsewhere;
pub mod feedback;
pub mod home;
pub mod join;
pub mod join_code;
pub mod names;
pub mod not_found;
pub mod organisation;
pub mod setup;
pub mod shared_actions;
pub mod shared_summary;
pub mod sharing;
pub mod sign_in;
pub mod squad;
pub mod start;
pub mod summary;
