//! Routes, each thin: take the request apart, ask app or backend, answer.

pub mod assets;
pub mod certificates;
pub mod console;
pub mod feeds;
mod forms;
pub mod health;
pub mod media;
pub mod notes;
pub mod offline;
pub mod pages;
pub mod receipts;
pub mod webhooks;
