//! The default design.
