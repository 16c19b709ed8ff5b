//! Faults of the world: a file that cannot be read, a full disk, a font that is broken. The manuscript's own faults are
//! [`Diagnostic`](super::Diagnostic)s.

use std::fmt;
use std::io;
use std::path::PathBuf;

#[derive(Debug)]
pub enum Error {
    /// A file or folder that could not be read.
    Read { path: PathBuf, source: io::Error },
    /// A file or folder that could not be written.
    Write { path: PathBuf, source: io::Error },
    /// No book stands at this path.
    NoBook { path: PathBuf, looked_for: &'static str },
    /// A bundled or named font that could not be used.
    Font { name: String, why: String },
    /// A package we build on refused its input: a fault of ours, told with what it said.
    Package { name: &'static str, why: String },
    /// A release that cannot be made, or a release folder that cannot be read, with what to do about it.
    Release { why: String, hint: String },
    /// A service on the network that refused or broke off, with what to do about it. Never holds a secret.
    Remote { why: String, hint: String },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Read { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Error::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
            Error::NoBook { path, looked_for } => write!(f, "no book in {}: {looked_for}", path.display()),
            Error::Font { name, why } => write!(f, "cannot use the font {name}: {why}"),
            Error::Package { name, why } => write!(f, "{name} failed: {why}"),
            Error::Release { why, hint } | Error::Remote { why, hint } if hint.is_empty() => f.write_str(why),
            Error::Release { why, hint } | Error::Remote { why, hint } => write!(f, "{why}; {hint}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read { source, .. } | Error::Write { source, .. } => Some(source),
            Error::NoBook { .. }
            | Error::Font { .. }
            | Error::Package { .. }
            | Error::Release { .. }
            | Error::Remote { .. } => None,
        }
    }
}
