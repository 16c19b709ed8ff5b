//! `[output.bifolio.audit]`: the flaws that a book forbids.
//!
//! In:     the table.
//! Out:    [`Flaw`]s; those of the bar where the book names none.
//! Faults: `config.choice`, `toml.*`.
//! Absent: pages.

use super::manifest_table::Table;
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Severity, Sink};
use crate::theme::bar::{FORBIDDEN, Flaw};

pub fn read_audit(table: &Table, sink: &mut Sink) -> Vec<Flaw> {
    let mut forbidden = Vec::new();
    for name in table.texts("forbid", sink) {
        match Flaw::named(&name.value) {
            Some(flaw) => forbidden.push(flaw),
            None => {
                let told = Diagnostic::error("config.choice", format!("no flaw \"{}\"", name.value)).at(name.span);
                let names = Flaw::ALL.map(Flaw::name);
                sink.push(match nearest(&name.value, names) {
                    Some(near) => told.hint(format!("did you mean \"{near}\"?")),
                    None => told.hint(format!("there are: {}", names.join(", "))),
                });
            }
        }
    }
    table.close(Severity::Error, sink);
    // An empty list forbids nothing; no list forbids what no book may have.
    if table.place("forbid").is_none() { FORBIDDEN.to_vec() } else { forbidden }
}
