//! Pages and components. They may ask `api`, read `domain` and speak `protocol`; they never name `server`.

pub mod actions;
pub mod app;
pub mod charts;
pub mod components;
pub mod flow;
pub mod forms;
pub mod frame;
pub mod lists;
pub mod live;
pub mod load;
pub mod maturity;
pub mod pages;
pub mod query;
pub mod reading;
pub mod room;
pub mod steps;
pub mod summary;
pub mod theme;
pub mod trends;
