//! Manuscript → Book.
