//! `[output.bifolio]`: what a book asks of the e-book's package.
//!
//! In:     the table, the metadata read so far.
//! Out:    [`Packaging`].
//! Faults: `config.ibooks`, `config.choice`, `config.series`, `toml.*`.
//! Absent: how the package says it.

use super::manifest_edition::choice;
use super::manifest_table::Table;
use crate::base::{Diagnostic, Severity, Sink};
use crate::book::{Metadata, Packaging};

/// What Apple Books takes as a version: numbers between dots, compared one by one (*Apple Books Asset Guide*, "Book
/// Versioning").
const MOST_NUMBERS: usize = 3;
const MOST_DIGITS: usize = 4;

pub fn read_packaging(table: &Table, metadata: &Metadata, sink: &mut Sink) -> Packaging {
    series(table, metadata, sink);
    let mut packaging =
        Packaging { obfuscate_fonts: table.bool("obfuscate-fonts", sink).unwrap_or_default(), ..Packaging::default() };
    if let Some(version) = table.text_or_number("ibooks-version", sink) {
        let text = version.value.trim();
        if is_version(text) {
            packaging.ibooks_version = Some(text.to_owned());
        } else {
            let told = Diagnostic::error("config.ibooks", format!("\"{text}\" is not a version for Apple Books"));
            sink.push(told.at(version.span).hint("write up to three numbers of up to four digits: \"1.0\", \"1.2.1\""));
        }
    }
    if let Some(rendition) = table.table("rendition", sink) {
        for (key, values) in Packaging::RENDITION {
            let known: Vec<_> = values.iter().map(|value| (*value, *value)).collect();
            let chosen = choice(&rendition, key, &known, sink);
            packaging.rendition.extend(chosen.map(|value| (key, value)));
        }
        rendition.close(Severity::Error, sink);
    }
    packaging
}

fn is_version(text: &str) -> bool {
    let is_number = |part: &str| (1..=MOST_DIGITS).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    text.split('.').count() <= MOST_NUMBERS && text.split('.').all(is_number)
}

/// Shelves sort a series by numbers; what is none stands on the copyright page alone.
fn series(table: &Table, metadata: &Metadata, sink: &mut Sink) {
    let Some(number) = &metadata.series_number else { return };
    let (message, hint) = if metadata.series.is_none() {
        ("series-number stands without a series".to_owned(), "write series = \"…\" too")
    } else if !metadata.has_series_position() {
        let message = format!("shelves cannot sort by the series-number \"{number}\": the e-book leaves it out");
        (message, "write a number in digits: \"2\", or \"2.1\" for a part of it")
    } else {
        return;
    };
    sink.push(Diagnostic::warning("config.series", message).at(table.place("series-number")).hint(hint));
}
