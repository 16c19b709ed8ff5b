//! A folder of Markdown files, or one file, without any configuration → the list of chapters.
//!
//! In:     the names in the folder.
//! Out:    chapters in the order a person would read the names: `README` or `index` first, `2` before `10`.
//! Faults: none.
//! Absent: Markdown, but for the three keys of a front matter block and the first heading.
//!
//! A folder within the folder that holds Markdown files is a part, named as the folder is.
//! Files named for front matter (`preface.md`) at the start and for back matter (`glossary.md`) at the end are that.

use super::folder::Folder;
use crate::book::Matter;
use std::cmp::Ordering;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// A part with its title.
    Part(String),
    Chapter {
        path: String,
        title: String,
        matter: Matter,
    },
}

/// Stems of files that come before the text proper, and after it (*Chicago Manual of Style*, 1.4).
const FRONT: [&str; 10] = [
    "dedication",
    "epigraph",
    "foreword",
    "preface",
    "introduction",
    "acknowledgments",
    "acknowledgements",
    "copyright",
    "readme",
    "index",
];
const BACK: [&str; 11] = [
    "afterword",
    "appendix",
    "glossary",
    "bibliography",
    "chronology",
    "colophon",
    "endnotes",
    "notes",
    "references",
    "acknowledgments",
    "acknowledgements",
];

/// The Markdown files under `src`, in reading order; paths are relative to `src`.
pub fn list(folder: &Folder, src: &str) -> Vec<Found> {
    let mut files = markdown_in(folder, src);
    files.sort_by(|a, b| in_order(a, b));
    let mut found: Vec<Found> = Vec::new();
    for name in &files {
        found.push(Found::Chapter { path: name.clone(), title: title_of(name), matter: Matter::Main });
    }
    let mut folders: Vec<String> =
        folder.list(src).into_iter().filter(|(_, is_dir)| *is_dir).map(|(name, _)| name).collect();
    folders.sort_by(|a, b| in_order(a, b));
    for name in folders.iter().filter(|name| !name.starts_with('_')) {
        let within = if src.is_empty() { name.clone() } else { format!("{src}/{name}") };
        let mut files = markdown_in(folder, &within);
        files.sort_by(|a, b| in_order(a, b));
        if !files.is_empty() {
            found.push(Found::Part(title_of(name)));
        }
        for file in files {
            found.push(Found::Chapter { path: format!("{name}/{file}"), title: title_of(&file), matter: Matter::Main });
        }
    }
    set_matter(&mut found);
    found
}

fn markdown_in(folder: &Folder, within: &str) -> Vec<String> {
    let files = folder.list(within).into_iter().filter(|(name, is_dir)| !is_dir && is_markdown(name));
    files.map(|(name, _)| name).filter(|name| !name.starts_with('_') && name != "SUMMARY.md").collect()
}

pub fn is_markdown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".md") || name.ends_with(".markdown")
}

/// The first run of front-matter names and the last run of back-matter names are that; the rest is the text.
fn set_matter(found: &mut [Found]) {
    let is_named = |found: &Found, names: &[&str]| match found {
        Found::Chapter { path, .. } => {
            let bare = bare_stem(path);
            names.iter().any(|name| {
                bare == *name || bare.strip_prefix(name).is_some_and(|rest| rest.starts_with(['-', '_', ' ']))
            })
        }
        Found::Part(_) => false,
    };
    let front = found.iter().take_while(|found| is_named(found, &FRONT)).count();
    // A book of nothing but an introduction has a text all the same.
    let front = if front == found.len() { 0 } else { front };
    let back = found[front..].iter().rev().take_while(|found| is_named(found, &BACK)).count();
    let back = if front + back == found.len() { 0 } else { back };
    let end = found.len() - back;
    for (at, found) in found.iter_mut().enumerate() {
        if let Found::Chapter { matter, .. } = found {
            *matter = if at < front {
                Matter::Front
            } else if at >= end {
                Matter::Back
            } else {
                Matter::Main
            };
        }
    }
}

/// `README` and `index` first, then by [`natural`] order.
fn in_order(a: &str, b: &str) -> Ordering {
    let is_opening = |name: &str| matches!(stem(name).to_lowercase().as_str(), "readme" | "index");
    is_opening(b).cmp(&is_opening(a)).then_with(|| natural(a, b)).then_with(|| a.cmp(b))
}

/// Compares names as a person does: numbers by their value, letters without case.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) else { return a.len().cmp(&b.len()) };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
            let ((m, rest_a), (n, rest_b)) = (a.split_at(digits(a)), b.split_at(digits(b)));
            let (m, n) = (m.trim_start_matches('0'), n.trim_start_matches('0'));
            let order = m.len().cmp(&n.len()).then_with(|| m.cmp(n));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (rest_a, rest_b);
        } else {
            let order = x.to_lowercase().cmp(y.to_lowercase());
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]);
        }
    }
}

/// The name without folder and extension.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    if is_markdown(name) { name.rsplit_once('.').map_or(name, |(stem, _)| stem) } else { name }
}

/// The stem without the number before it, in small letters: `preface` of `00-Preface.md`.
fn bare_stem(path: &str) -> String {
    without_number(stem(path)).to_lowercase()
}

/// `01-`, `1. `, `2_` before a name only order it.
fn without_number(stem: &str) -> &str {
    let rest = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = rest.trim_start_matches(['-', '_', '.', ' ', ')']);
    if rest.len() == stem.len() || bare.is_empty() || bare.len() == rest.len() { stem } else { bare }
}

/// A title from a file's name: `The long road` of `03-the-long-road.md`.
pub fn title_of(path: &str) -> String {
    let words = without_number(stem(path)).replace(['-', '_'], " ");
    let words = words.trim();
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words.to_owned(),
    }
}

/// What a front matter block says: only what a book without configuration has no other place for.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct FrontMatter {
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    /// The byte after the block; 0 where there is none.
    pub end: usize,
}

/// Reads a block of YAML between `---` lines at the start of a file: lines of `key: value`, of items, further in, or of
/// nothing. What holds another line is a text between two rules.
pub fn front_matter(text: &str) -> FrontMatter {
    let mut found = FrontMatter::default();
    let mut has_key = false;
    let Some(rest) = text.strip_prefix("---\n") else { return found };
    let mut at = 4;
    let mut list_of = "";
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            found.end = at;
            return if has_key { found } else { FrontMatter::default() };
        }
        let item = line.trim_start().strip_prefix("- ");
        if let (Some(item), "author" | "authors") = (item, list_of) {
            found.authors.extend(unquoted(item));
            continue;
        }
        let is_inner = line.is_empty() || line.starts_with([' ', '\t', '#', '-', ']', '}']);
        let Some((key, value)) = line.split_once(':').filter(|(key, _)| is_inner || is_key(key)) else {
            if is_inner {
                continue;
            }
            return FrontMatter::default();
        };
        has_key |= !is_inner;
        list_of = if value.trim().is_empty() { key.trim() } else { "" };
        match key {
            "title" => found.title = unquoted(value),
            "author" | "authors" => {
                let value = value.trim().trim_start_matches('[').trim_end_matches(']');
                let is_list = value.len() < line.len() && line.contains('[');
                let names: Vec<&str> = if is_list { value.split(',').collect() } else { vec![value] };
                found.authors.extend(names.into_iter().filter_map(unquoted));
            }
            "lang" | "language" => found.language = unquoted(value),
            _ => {}
        }
    }
    // Without an end it is a rule and text.
    FrontMatter::default()
}

fn is_key(written: &str) -> bool {
    let written = written.trim_matches(['"', '\'']);
    !written.is_empty() && written.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
}

fn unquoted(value: &str) -> Option<String> {
    let value = value.trim();
    let inner = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    Some(inner.unwrap_or(value).trim().to_owned()).filter(|value| !value.is_empty())
}

/// The first heading of level 1 (`# Title`), outside code.
pub fn first_heading(text: &str) -> Option<String> {
    let mut is_code = false;
    for line in text.lines() {
        if line.starts_with("```") || line.starts_with("~~~") {
            is_code = !is_code;
        } else if let (false, Some(title)) = (is_code, line.strip_prefix("# ")) {
            let title = title.trim().trim_end_matches('#').trim_end();
            let bare = title
                .rsplit_once('{')
                .filter(|(_, rest)| rest.ends_with('}'))
                .map_or(title, |(bare, _)| bare.trim_end());
            let words = bare.replace(['*', '`'], "");
            return (!words.trim().is_empty()).then_some(words);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_a_person() {
        let mut names = vec!["10-end.md", "2-b.md", "B.md", "a.md", "README.md", "01-a.md", "2-a.md"];
        names.sort_by(|a, b| in_order(a, b));
        assert_eq!(names, ["README.md", "01-a.md", "2-a.md", "2-b.md", "10-end.md", "a.md", "B.md"]);
    }

    #[test]
    fn titles_come_from_names() {
        assert_eq!(title_of("x/03-the-long_road.md"), "The long road");
        assert_eq!(title_of("1984.md"), "1984");
        assert_eq!(title_of("ünder.md"), "Ünder");
    }

    #[test]
    fn a_folder_is_read_with_its_parts() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("2 The end")).unwrap();
        for name in
            ["00-preface.md", "1-one.md", "2-two.md", "3-glossary.md", "2 The end/x.md", "note.txt", "_draft.md"]
        {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        let found = list(&Folder::open(dir.path()).unwrap(), "");
        let told: Vec<String> = found
            .iter()
            .map(|found| match found {
                Found::Part(title) => format!("part {title}"),
                Found::Chapter { path, title, matter } => format!("{matter:?} {path} {title}"),
            })
            .collect();
        assert_eq!(
            told,
            [
                "Front 00-preface.md Preface",
                "Main 1-one.md One",
                "Main 2-two.md Two",
                "Main 3-glossary.md Glossary",
                "part The end",
                "Main 2 The end/x.md X"
            ]
        );
    }

    #[test]
    fn front_matter_is_read_leniently() {
        let text = "---\ntitle: \"A: B\"\nauthor:\n  - X\n  - Y\nlang: az\nother: {\n---\nText";
        let found = front_matter(text);
        assert_eq!((found.title.as_deref(), found.language.as_deref()), (Some("A: B"), Some("az")));
        assert_eq!(found.authors, ["X", "Y"]);
        assert_eq!(&text[found.end..], "Text");
        assert_eq!(front_matter("---\nno end").end, 0);
        assert_eq!(front_matter("---\n\nOne scene: a lamp.\n\n---\n\nAnother.\n").end, 0);
        assert_eq!(front_matter("---\n---\nText").end, 0);
        assert_eq!(front_matter("---\nauthors: [A, 'B']\n---\n").authors, ["A", "B"]);
    }

    #[test]
    fn the_first_heading_stands_outside_code() {
        assert_eq!(first_heading("```\n# no\n```\n# Yes {#id}\n"), Some("Yes".to_owned()));
    }
}
