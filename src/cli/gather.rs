//! The faults of a run, for people: what is one cause is told once.
//!
//! In:     faults in the order of the manuscript.
//! Out:    each with the other places that it is told of, and how many more of its kind are not shown.
//! Absent: errors, which all stand for themselves; machines, which get every line.

use crate::base::{Diagnostic, Severity, Span};
use std::collections::HashMap;

/// As many warnings or notes of one code are shown: whoever reads on is helped more by the next kind.
pub const SHOWN: usize = 12;
/// As many other places of one fault are named.
pub const PLACES: usize = 3;

/// One fault as it is shown.
pub struct Told<'a> {
    pub fault: &'a Diagnostic,
    /// The first of the other places with the same fault.
    pub also: Vec<Span>,
    /// How many places more.
    pub more: usize,
}

pub struct Gathered<'a> {
    pub told: Vec<Told<'a>>,
    /// Code, severity, and how many faults of it are not shown; in the order of their first.
    pub rest: Vec<(&'static str, Severity, usize)>,
}

pub fn gather<'a>(list: &[&'a Diagnostic]) -> Gathered<'a> {
    let mut told: Vec<Told<'a>> = Vec::new();
    let mut known: HashMap<(&str, &str, &[String]), usize> = HashMap::new();
    let mut shown: HashMap<(&str, Severity), usize> = HashMap::new();
    let mut rest: Vec<(&'static str, Severity, usize)> = Vec::new();
    for &fault in list {
        let Diagnostic { severity, code, message, at, hints } = fault;
        if *severity == Severity::Error {
            told.push(Told { fault, also: Vec::new(), more: 0 });
            continue;
        }
        if let Some(&index) = known.get(&(*code, message.as_str(), hints.as_slice())) {
            match at {
                Some(span) if told[index].also.len() < PLACES => told[index].also.push(*span),
                Some(_) | None => told[index].more += 1,
            }
            continue;
        }
        let count = shown.entry((code, *severity)).or_default();
        if *count == SHOWN {
            match rest.iter_mut().find(|(known, of, _)| (known, of) == (code, severity)) {
                Some((_, _, more)) => *more += 1,
                None => rest.push((code, *severity, 1)),
            }
            continue;
        }
        *count += 1;
        known.insert((code, message, hints), told.len());
        told.push(Told { fault, also: Vec::new(), more: 0 });
    }
    Gathered { told, rest }
}
