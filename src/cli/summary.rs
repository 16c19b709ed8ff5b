//! What a finished run tells the author on stdout.
//!
//! In:     the finished run, the files written, the time it took.
//! Out:    a few lines.
//! Absent: diagnostics; those are the report's.

use crate::bundle::notes::{bytes, grouped};
use crate::layout::Tree;
use crate::phase::Timings;
use crate::{Made, Print};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

pub struct Summary<'a> {
    title: &'a str,
    pages: usize,
    sections: usize,
    words: usize,
    /// Path and size in bytes.
    files: Vec<(PathBuf, usize)>,
    /// A line for each printer: pages, and the margin they ask for.
    presses: Vec<String>,
    timings: &'a Timings,
    took: Duration,
}

impl<'a> Summary<'a> {
    pub fn of(made: &'a Made, files: Vec<(PathBuf, usize)>, took: Duration) -> Summary<'a> {
        let tree = &made.settled.tree;
        Summary {
            title: &tree.metadata.title,
            pages: made.pages.sheets.len(),
            sections: tree.sections.len(),
            words: words(tree),
            files,
            presses: made.prints.iter().map(printed).collect(),
            timings: &made.settled.timings,
            took,
        }
    }

    pub fn print(&self, timings: bool) {
        // Nobody may be reading any more; the files are written all the same.
        let _ = io::stdout().lock().write_all(self.text(timings).as_bytes());
    }

    fn text(&self, timings: bool) -> String {
        let mut out = String::new();
        let count = |n: usize, one: &str| format!("{} {one}{}", grouped(n), if n == 1 { "" } else { "s" });
        let (pages, sections) = (count(self.pages, "page"), count(self.sections, "section"));
        let (words, took) = (count(self.words, "word"), seconds(self.took));
        let _ = writeln!(out, "{}: {pages}, {sections}, {words} in {took}", self.title);
        let width = self.files.iter().map(|(path, _)| path.display().to_string().chars().count()).max().unwrap_or(0);
        for (path, size) in &self.files {
            let _ = writeln!(out, "  {:width$}  {:>9}", path.display().to_string(), bytes(*size as u64));
        }
        for press in &self.presses {
            let _ = writeln!(out, "  {press}");
        }
        if timings {
            for (phase, took) in &self.timings.phases {
                let _ = writeln!(out, "  {phase:<11} {:>8}", seconds(*took));
            }
        }
        out
    }
}

/// `Amazon KDP: 346 pages, 20.3 mm at the spine; 15.9 mm are asked for 301 to 500 pages`.
fn printed(print: &Print) -> String {
    let (printer, fitted) = (print.press.printer(), &print.fitted);
    let asked = match fitted.row {
        Some(row) => {
            let (from, to) = (row.pages.start(), row.pages.end());
            format!("{:.1} mm are asked for {from} to {to} pages", row.inner.to_mm())
        }
        None => format!("{:.1} mm are asked", printer.inner(fitted.count).to_mm()),
    };
    let anew = if fitted.pages.is_some() { ", laid out anew" } else { "" };
    let (title, pages, inner) = (printer.title, grouped(fitted.count), fitted.margins.inner.to_mm());
    format!("{title}: {pages} pages{anew}, {inner:.1} mm at the spine; {asked}")
}

/// Words of the text: runs of characters between spaces that hold a letter or a digit.
fn words(tree: &Tree) -> usize {
    let text = tree.nodes.iter().filter_map(|node| node.text());
    text.map(|text| text.string.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()).sum()
}

fn seconds(took: Duration) -> String {
    format!("{:.3} s", took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phase::Phase;

    #[test]
    fn tells_what_was_made_and_how_long_it_took() {
        let timings = Timings { phases: vec![(Phase::Read, Duration::from_millis(4))] };
        let summary = Summary {
            title: "A Book",
            pages: 1,
            sections: 12,
            words: 1_234_567,
            files: vec![("dist/a-book.epub".into(), 1_500_000), ("dist/a-book.pdf".into(), 999)],
            presses: Vec::new(),
            timings: &timings,
            took: Duration::from_millis(412),
        };
        let short = "A Book: 1 page, 12 sections, 1,234,567 words in 0.412 s\n  dist/a-book.epub    1.50 MB\n  dist/a-book.pdf      1.0 kB\n";
        assert_eq!(summary.text(false), short);
        assert_eq!(summary.text(true), format!("{short}  read         0.004 s\n"));
    }
}
