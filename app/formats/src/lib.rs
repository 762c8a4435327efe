//! The forms that courses come in, and the rendering of their text.
//!
//! Pure with respect to the portal: knows files and `domain`, neither database nor web. Everything that is read
//! here was written by strangers: sizes are bounded, paths confined, markup sanitised.

#![doc = include_str!("../README.md")]

pub mod hls;
pub mod native;
pub mod olx;
mod plain;
mod problem;
pub mod render;
mod source;
mod unpack;
pub mod vtt;

use std::{collections::BTreeMap, path::PathBuf};

use domain::course::Course;
use serde::Serialize;

pub use problem::{Problem, Problems};
pub use source::{Source, decode, has_scheme, open, resolve};

/// A course that was read, with the files it refers to.
#[derive(Debug)]
pub struct Bundle {
    pub course: Course,
    /// By path relative to the course's folder.
    pub files: BTreeMap<String, File>,
    pub report: Report,
}

/// Content of a course's file.
#[derive(Debug)]
pub enum File {
    /// On disk, for as long as the [`Source`] it came from lives.
    Disk(PathBuf),
    /// Made by the importer, e.g. captions converted to WebVTT.
    Memory(Vec<u8>),
}

/// What became of everything that was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// How many of each kind were carried as they are: `lesson` → 12.
    pub kept: BTreeMap<String, u32>,
    pub converted: Vec<Note>,
    pub left_out: Vec<Note>,
}

/// One thing that did not go over as it was, and why.
#[derive(Debug, Serialize)]
pub struct Note {
    pub file: String,
    pub what: String,
    pub why: String,
}

impl Report {
    pub fn keep(&mut self, kind: &str) {
        *self.kept.entry(kind.to_owned()).or_default() += 1;
    }
}
