//! What may be typed after `bifolio audit`.
//!
//! In:     the arguments.
//! Out:    [`Audit`].
//! Faults: [`Error::NoBook`]; a rule that does not exist ends in clap.
//! Absent: the manuscript.

use super::{Format, find_book};
use crate::base::Error;
use crate::base::diagnostic::nearest;
use crate::theme::bar::{Flaw, RULES};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub struct Audit {
    pub input: PathBuf,
    pub output: Output,
    pub strict: bool,
    /// Everything when empty.
    pub only: Vec<Only>,
    pub format: Format,
}

/// How the report is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Output {
    /// A table of the rules, then each flaw with its page and its line of the manuscript
    Text,
    /// One JSON object
    Json,
}

/// A part of the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Only {
    /// A rule, by its number.
    Rule(u8),
    Flaw(Flaw),
}

impl Only {
    pub fn holds(self, flaw: Flaw) -> bool {
        match self {
            Only::Rule(number) => flaw.rule().number == number,
            Only::Flaw(wanted) => flaw == wanted,
        }
    }

    fn read(text: &str) -> Result<Only, String> {
        let by_number = text.parse().ok().and_then(|number: u8| RULES.iter().find(|rule| rule.number == number));
        let rule = by_number.or_else(|| RULES.iter().find(|rule| rule.name == text));
        // A rule and its only flaw may share a name; they hold the same then.
        if let Some(rule) = rule {
            return Ok(Only::Rule(rule.number));
        }
        Flaw::named(text).map(Only::Flaw).ok_or_else(|| {
            let names = Flaw::ALL.map(Flaw::name);
            match nearest(text, names.into_iter().chain(RULES.map(|rule| rule.name))) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("give the number of a rule, 1 to {}, or one of {}", RULES.len(), names.join(", ")),
            }
        })
    }
}

#[derive(Args)]
pub struct LowAudit {
    /// An mdBook, a folder of Markdown files, or one .md file; found as for `build` when absent
    dir: Option<PathBuf>,
    /// How the report is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Output,
    /// Report one rule, by its number or name, or one kind of flaw; may be given several times
    #[arg(long, value_name = "RULE", value_parser = Only::read)]
    only: Vec<Only>,
    /// Fail on flaws that the book forbids
    ///
    /// They are listed in book.toml: `forbid = ["widow", "overflow"]` under [output.bifolio.audit].
    #[arg(long)]
    strict: bool,
    /// How faults of the manuscript are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: Format,
}

impl LowAudit {
    pub fn check(self) -> Result<Audit, Error> {
        let LowAudit { dir, format, only, strict, message_format } = self;
        Ok(Audit { input: find_book(dir, Path::new("."))?, output: format, strict, only, format: message_format })
    }
}

pub const AUDIT_EXAMPLES: &str = "\
Examples:
  bifolio audit                       all 25 rules on the book in this folder
  bifolio audit --only loose my-book  every loose line, with file, line and column
  bifolio audit --only 13             all that concerns rule 13, word spaces
  bifolio audit --format json         for a program
  bifolio audit --strict              for a build server: forbidden flaws fail the run

Exit codes:
  0  the report is printed
  1  the manuscript has errors; with --strict, or the pages have flaws that the book forbids
  2  wrong usage, or a fault of the world";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_named_by_number_name_or_flaw() {
        assert_eq!(Only::read("13"), Ok(Only::Rule(13)));
        assert_eq!(Only::read("word spaces"), Ok(Only::Rule(13)));
        assert_eq!(Only::read("loose"), Ok(Only::Flaw(Flaw::Loose)));
        assert!(Only::read("26").is_err());
        assert!(Only::read("wido").is_err_and(|fault| fault.contains("widow")));
    }
}
