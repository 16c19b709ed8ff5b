//! What may be typed of faults after every command that makes something: which of them forbid it, and how they are told.
//!
//! In:     `--strict`, `--message-format`, `--quiet`.
//! Out:    [`Telling`].
//! Absent: the faults.

use crate::Refuse;
use crate::base::Severity;
use clap::{Args, ValueEnum};

/// Which faults forbid what was asked for, and which are told, in what form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Telling {
    pub refuse: Refuse,
    pub format: Format,
    /// Nothing is told but what makes the run fail.
    pub quiet: bool,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    /// With the line of the manuscript and a mark under the place
    Human,
    /// One line each: file:line:column: severity: message
    Short,
    /// One JSON object a line
    Json,
}

impl Telling {
    /// The least severity that is told.
    pub fn least(self) -> Severity {
        match (self.quiet, self.refuse) {
            (false, _) => Severity::Note,
            (true, Refuse::Warnings) => Severity::Warning,
            (true, Refuse::Errors | Refuse::Nothing) => Severity::Error,
        }
    }
}

#[derive(Args)]
pub struct LowTelling {
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// How faults are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: Format,
    /// Print errors only: no summary, no progress bar, no warnings
    #[arg(short, long)]
    quiet: bool,
}

impl LowTelling {
    pub fn settle(self) -> Telling {
        let LowTelling { strict, message_format, quiet } = self;
        let refuse = if strict { Refuse::Warnings } else { Refuse::Errors };
        Telling { refuse, format: message_format, quiet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiet_run_tells_what_makes_it_fail() {
        let least = |quiet, refuse| Telling { refuse, format: Format::Short, quiet }.least();
        assert_eq!(least(false, Refuse::Errors), Severity::Note);
        assert_eq!(least(true, Refuse::Errors), Severity::Error);
        assert_eq!(least(true, Refuse::Nothing), Severity::Error);
        assert_eq!(least(true, Refuse::Warnings), Severity::Warning);
    }
}
