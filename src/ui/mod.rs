//! Pages and components. They may ask `api`, read `domain` and speak `protocol`; they never name `server`.

pub mod app;
pub mod components;
pub mod live;
pub mod pages;
pub mod room;
pub mod steps;
