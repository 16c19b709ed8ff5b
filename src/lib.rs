//! `bifolio` turns one Markdown manuscript into an EPUB e-book and a print PDF, in one run, through one layout tree.

pub mod asset;
pub mod base;
pub mod book;
pub mod bundle;
pub mod check;
pub mod epub;
pub mod layout;
pub mod parse;
pub mod pdf;
pub mod phase;
pub mod source;
pub mod theme;
