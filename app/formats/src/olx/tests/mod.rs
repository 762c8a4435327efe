//! Whole courses, written to a folder and read.

mod components;
mod course;
mod fixture;
mod garbage;
mod outline;
mod pages;
mod polls;
mod problems;
mod videos;
