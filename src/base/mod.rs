//! The ground floor: lengths, places in the manuscript, faults, languages.
//!
//! Imports nothing of ours; every other floor may import it.

pub mod css;
pub mod diagnostic;
pub mod error;
pub mod lang;
pub mod length;
pub mod span;

pub use diagnostic::{Diagnostic, Severity, Sink};
pub use error::Error;
pub use lang::Lang;
pub use length::{Em, Length};
pub use span::{FileId, Files, Span};
