//! What people see: pages, steps and the small components they are made of.
pub mod components;
