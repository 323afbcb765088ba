//! The model: what a checkpoint is, what may happen in it, and what each person may see of it.
//!
//! A checkpoint is a log of events. [`workshop::Workshop::decide`] turns a [`command::Command`] into events or a
//! [`rejection::Rejection`]; [`workshop::Workshop::apply`] takes an event in, on the server and on every screen;
//! `seen_by` in [`audience`] says what a viewer may know of either.
//!
//! Nothing here waits, reads a clock, opens a file or knows a framework. Each step of the agenda that has rules of its own
//! is one module with its state, commands, events and rules.

pub mod action;
pub mod actions;
pub mod agenda;
pub mod audience;
pub mod budget;
pub mod code;
pub mod command;
pub mod compare;
pub mod context;
pub mod csv;
pub mod document;
pub mod dots;
pub mod event;
pub mod facts;
pub mod feedback;
pub mod flow;
pub mod focus;
pub mod ids;
pub mod improve;
pub mod markup;
pub mod maturity;
pub mod metric;
pub mod names;
pub mod note;
pub mod outside;
pub mod page;
pub mod parts;
pub mod people;
pub mod plan;
pub mod recap;
pub mod rejection;
pub mod scene;
pub mod since;
pub mod sorted;
pub mod summary;
pub mod survey;
pub mod text;
pub mod time;
pub mod timeline;
pub mod trends;
pub mod vote;
pub mod warmup;
pub mod workshop;
