//! `RELEASE-NOTES.md`: what a release holds, and what changed since an earlier one.
//!
//! In:     the manifest of the release, and that of the earlier one when there is one.
//! Out:    Markdown that a release page shows as it is.
//! Absent: the text of the book: the manifests name each section's words, pages and the checksum of its text.

use super::changes::{Change, Changes};
use super::checksum::SUMS;
use super::manifest::{Manifest, SectionFacts};
use std::fmt::Write as _;

/// The file's name in a release.
pub const NOTES: &str = "RELEASE-NOTES.md";

/// The notes of a release.
pub fn notes(manifest: &Manifest, earlier: Option<&Manifest>) -> String {
    let mut out = String::new();
    let Manifest { book, release, .. } = manifest;
    let _ = writeln!(out, "# {} {}\n", escaped(&book.title), release.version);
    if let Some(subtitle) = &book.subtitle {
        let _ = writeln!(out, "*{}*\n", escaped(subtitle));
    }
    let names: Vec<String> = book.authors.iter().map(|person| escaped(&person.name)).collect();
    if !names.is_empty() {
        let _ = writeln!(out, "By {}.\n", names.join(", "));
    }
    editions(manifest, &mut out);
    if let Some(earlier) = earlier {
        since(manifest, earlier, &mut out);
    }
    let _ = write!(
        out,
        "## Check these files\n\n\
         `sha256sum -c {SUMS}` proves that they arrived whole. `bifolio verify DIR` makes them anew from the manuscript \
         and compares: made with bifolio {}, dated {}.\n",
        manifest.tool.version, release.date
    );
    out
}

fn editions(manifest: &Manifest, out: &mut String) {
    out.push_str("| Edition | File | Pages | Size |\n|---|---|---:|---:|\n");
    for edition in &manifest.editions {
        let (profile, file, size) = (named(&edition.profile), &edition.file, bytes(edition.size));
        let _ = writeln!(out, "| {profile} | `{file}` | {} | {size} |", grouped(edition.pages));
    }
    let _ = writeln!(out, "\n{} words in {} sections.\n", grouped(manifest.book.words), manifest.sections.len());
}

/// What a reader calls a profile; a printer's profile goes by its own name.
fn named(profile: &str) -> &str {
    match profile {
        "epub" => "E-book (EPUB)",
        "print" => "Print (PDF)",
        printer => printer,
    }
}

fn since(manifest: &Manifest, earlier: &Manifest, out: &mut String) {
    let changes = Changes::between(&earlier.sections, &manifest.sections);
    let _ = writeln!(out, "## Changes since {}\n", escaped(&earlier.release.version));
    let _ = writeln!(out, "{}\n", totals(manifest, earlier));
    let groups = [
        ("Added", changes.of(|change| matches!(change, Change::Added(_)))),
        ("Removed", changes.of(|change| matches!(change, Change::Removed(_)))),
        ("Renamed", changes.of(|change| matches!(change, Change::Renamed(..)))),
        ("Changed", changes.of(|change| matches!(change, Change::Rewritten(..)))),
    ];
    for (head, list) in groups.iter().filter(|(_, list)| !list.is_empty()) {
        let _ = writeln!(out, "### {head}\n");
        for change in list {
            let _ = writeln!(out, "- {}", line(change));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{} as they were.\n", counted(changes.unchanged, "section"));
}

fn totals(manifest: &Manifest, earlier: &Manifest) -> String {
    let words = step(earlier.book.words, manifest.book.words, "word");
    let mut parts = vec![words];
    for edition in manifest.editions.iter().filter(|edition| edition.profile != "epub") {
        let before = earlier.editions.iter().find(|before| before.profile == edition.profile);
        let name = named(&edition.profile);
        parts.push(match before {
            Some(before) => format!("{name}: {}", step(before.pages, edition.pages, "page")),
            None => format!("{name}: new, {}", counted(edition.pages, "page")),
        });
    }
    parts.join(". ") + "."
}

fn line(change: &Change<'_>) -> String {
    match change {
        Change::Added(now) => {
            format!("{}: {}, {}", shown(now), counted(now.words, "word"), counted(now.pages, "page"))
        }
        Change::Removed(was) => {
            format!("{}: {}, {}", shown(was), counted(was.words, "word"), counted(was.pages, "page"))
        }
        Change::Renamed(was, now) if was.text_sha256 == now.text_sha256 => {
            format!("{} is now {}", shown(was), shown(now))
        }
        Change::Renamed(was, now) => format!("{} is now {}: {}", shown(was), shown(now), steps(was, now)),
        Change::Rewritten(was, now) => format!("{}: {}", shown(now), steps(was, now)),
    }
}

fn steps(was: &SectionFacts, now: &SectionFacts) -> String {
    let words = match was.words == now.words {
        true => format!("reworded, {} as before", counted(now.words, "word")),
        false => step(was.words, now.words, "word"),
    };
    if was.pages == now.pages { words } else { format!("{words}; {}", step(was.pages, now.pages, "page")) }
}

/// `1,200 words (+35)`.
fn step(was: usize, now: usize, unit: &str) -> String {
    let count = counted(now, unit);
    match now.checked_sub(was) {
        Some(0) => format!("{count}, as before"),
        Some(more) => format!("{count} (+{})", grouped(more)),
        // U+2212, the minus sign.
        None => format!("{count} (\u{2212}{})", grouped(was - now)),
    }
}

/// `Chapter 3, “The siege”`.
fn shown(section: &SectionFacts) -> String {
    let title = format!("“{}”", escaped(&section.title));
    match (section.label.is_empty(), section.title.is_empty()) {
        (true, true) => section.kind.clone(),
        (true, false) => title,
        (false, true) => escaped(&section.label),
        (false, false) => format!("{}, {title}", escaped(&section.label)),
    }
}

fn counted(n: usize, unit: &str) -> String {
    format!("{} {unit}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// `12,345`.
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `552.4 kB`, `3.81 MB`: of 1,000 and 1,000,000 bytes, as shops and shells count.
pub(crate) fn bytes(n: u64) -> String {
    if n < 1_000_000 { format!("{:.1} kB", n as f64 / 1e3) } else { format!("{:.2} MB", n as f64 / 1e6) }
}

/// The text with what Markdown would read as markup escaped, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '@' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::manifest::{EditionFacts, tests::sample};
    use super::*;

    fn chapter(source: &str, label: &str, title: &str, words: usize, pages: usize) -> SectionFacts {
        SectionFacts {
            kind: "chapter".to_owned(),
            label: label.to_owned(),
            title: title.to_owned(),
            source: Some(source.to_owned()),
            words,
            pages,
            text_sha256: format!("{title}{words}"),
            ..SectionFacts::default()
        }
    }

    fn print(pages: usize) -> EditionFacts {
        EditionFacts {
            file: "a.pdf".to_owned(),
            profile: "print".to_owned(),
            media_type: "application/pdf".to_owned(),
            pages,
            size: 1_234_567,
            sha256: String::new(),
        }
    }

    #[test]
    fn tells_what_was_added_removed_renamed_and_changed() {
        let (mut old, mut new) = (sample(), sample());
        old.release.version = "0.9".to_owned();
        (old.book.words, new.book.words) = (1000, 2500);
        (old.editions, new.editions) = (vec![print(100)], vec![print(98)]);
        old.sections = vec![
            chapter("a.md", "Chapter 1", "One", 300, 5),
            chapter("b.md", "Chapter 2", "Two", 300, 5),
            chapter("c.md", "Chapter 3", "Gone", 400, 5),
        ];
        new.sections = vec![
            chapter("a.md", "Chapter 1", "One", 1250, 7),
            chapter("b.md", "Chapter 2", "Zwei", 300, 5),
            chapter("d.md", "Chapter 3", "A *new* one", 950, 1),
        ];
        let text = notes(&new, Some(&old));
        for wanted in [
            "# A Book 1.0\n",
            "| Print (PDF) | `a.pdf` | 98 | 1.23 MB |",
            "## Changes since 0.9\n\n2,500 words (+1,500). Print (PDF): 98 pages (\u{2212}2).\n",
            "### Added\n\n- Chapter 3, “A \\*new\\* one”: 950 words, 1 page\n",
            "### Removed\n\n- Chapter 3, “Gone”: 400 words, 5 pages\n",
            "### Renamed\n\n- Chapter 2, “Two” is now Chapter 2, “Zwei”: reworded, 300 words as before\n",
            "### Changed\n\n- Chapter 1, “One”: 1,250 words (+950); 7 pages (+2)\n",
            "0 sections as they were.",
        ] {
            assert!(text.contains(wanted), "{wanted:?} is missing in\n{text}");
        }
    }

    #[test]
    fn a_first_release_names_no_changes() {
        assert!(!notes(&sample(), None).contains("Changes"));
    }
}
