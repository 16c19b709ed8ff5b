//! Text → the include directives in it, by the grammar of mdBook's `links` preprocessor.
//!
//! In:     raw text, before Markdown: directives work inside code too.
//! Out:    [`Directive`]s with their byte ranges, in order.
//! Faults: none; what is not a directive is text.
//! Absent: files.
//!
//! Source: mdBook `crates/mdbook-driver/src/builtin_preprocessors/links.rs`, whose pattern is
//! `\\\{\{\#.*\}\}` or `\{\{\s*\#([a-zA-Z0-9_]+)\s+([^}]+)\}\}`.

use super::text::cut;
use crate::base::diagnostic::nearest;
use std::ops::Range;

/// No directive is longer; without an end to the search, very many open braces would take very long.
const LONGEST: usize = 4_000;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directive<'a> {
    pub range: Range<usize>,
    pub action: Action<'a>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action<'a> {
    /// `\{{#…}}`: the backslash goes, the rest stays as text.
    Escaped,
    Include {
        path: &'a str,
        selection: Selection<'a>,
    },
    /// The whole file, with the lines outside the selection hidden.
    RustdocInclude {
        path: &'a str,
        selection: Selection<'a>,
    },
    /// A block of Rust code; `old` when written `playpen`.
    Playground {
        path: &'a str,
        attributes: Vec<&'a str>,
        old: bool,
    },
    /// Sets the title of a web page: of no use in a book.
    Title,
    /// A name that no directive has: left as text.
    Unknown(&'a str),
}

/// Which lines of a file are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Selection<'a> {
    /// From line `from`, counted from 0, to before line `to`.
    Lines {
        from: usize,
        to: Option<usize>,
    },
    Anchor(&'a str),
}

impl Selection<'_> {
    pub const ALL: Selection<'static> = Selection::Lines { from: 0, to: None };
}

/// The names that [`Action`] knows, for hints.
pub const NAMES: [&str; 4] = ["include", "rustdoc_include", "playground", "title"];

/// Whether a directive of this name is done, or what is wrong with it told, before Markdown is read.
pub fn answers_for(name: &str) -> bool {
    name == "playpen" || nearest(name, NAMES).is_some()
}

/// Whether a text can hold a directive at all.
pub fn may_hold(text: &str) -> bool {
    text.contains("{{")
}

pub fn scan(text: &str) -> Vec<Directive<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(braces) = text[from..].find("{{").map(|at| at + from) {
        if let Some(end) = escaped(text, braces) {
            found.push(Directive { range: braces - 1..end, action: Action::Escaped });
            from = end;
        } else if let Some((end, action)) = directive(text, braces) {
            if let Some(action) = action {
                found.push(Directive { range: braces..end, action });
            }
            from = end;
        } else {
            // `{{{#include` matches from its second brace on.
            from = braces + 1;
        }
    }
    found
}

/// `\{{#…}}`, to the last `}}` of the line.
fn escaped(text: &str, braces: usize) -> Option<usize> {
    if !text[..braces].ends_with('\\') || !text[braces..].starts_with("{{#") {
        return None;
    }
    let rest = cut(&text[braces..], LONGEST);
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    line[3..].rfind("}}").map(|at| braces + 3 + at + 2)
}

/// The end of a directive, and what it asks for; `None` for one without a path.
fn directive(text: &str, braces: usize) -> Option<(usize, Option<Action<'_>>)> {
    let space = cut(&text[braces + 2..], LONGEST);
    let hash = text[braces + 2 + space.len() - space.trim_start().len()..].strip_prefix('#')?;
    let name_length = hash.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let (name, rest) = hash.split_at(name_length);
    let arguments = &rest[..cut(rest, LONGEST).find('}')?];
    if name.is_empty() || !arguments.starts_with(char::is_whitespace) || !rest[arguments.len()..].starts_with("}}") {
        return None;
    }
    // The pattern wants at least one character after the white space.
    if arguments.chars().count() < 2 {
        return None;
    }
    let end = text.len() - rest.len() + arguments.len() + 2;
    let mut words = arguments.split_whitespace();
    let path = words.next();
    let action = match (name, path) {
        ("title", _) => Some(Action::Title),
        ("include", Some(path)) => Some(select(path, |path, selection| Action::Include { path, selection })),
        ("rustdoc_include", Some(path)) => {
            Some(select(path, |path, selection| Action::RustdocInclude { path, selection }))
        }
        ("playground" | "playpen", Some(path)) => {
            Some(Action::Playground { path, attributes: words.collect(), old: name == "playpen" })
        }
        (_, Some(_)) => Some(Action::Unknown(name)),
        (_, None) => None,
    };
    Some((end, action))
}

fn select<'a>(written: &'a str, make: impl Fn(&'a str, Selection<'a>) -> Action<'a>) -> Action<'a> {
    match written.split_once(':') {
        Some((path, selection)) => make(path, parse_selection(selection)),
        None => make(written, Selection::ALL),
    }
}

/// `N`, `N:`, `:M`, `N:M` or the name of an anchor. Lines are counted from 1, both ends included; a second part that is
/// not a number leaves the end open.
fn parse_selection(written: &str) -> Selection<'_> {
    let mut parts = written.splitn(3, ':');
    let first = parts.next().unwrap_or_default();
    let from = match first.parse::<usize>() {
        Ok(number) => Some(number.saturating_sub(1)),
        Err(_) if first.is_empty() => None,
        Err(_) => return Selection::Anchor(first),
    };
    let to = parts.next().map(|part| part.parse::<usize>().ok());
    match (from, to) {
        (Some(from), Some(to)) => Selection::Lines { from, to },
        (Some(from), None) => Selection::Lines { from, to: Some(from.saturating_add(1)) },
        (None, to) => Selection::Lines { from: 0, to: to.flatten() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> Action<'_> {
        let mut found = scan(text);
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0).action
    }

    #[test]
    fn texts_that_are_no_directives() {
        for text in [
            "{{#playground...",
            "\\{{#include...",
            "{{#playground}} {{#playground   }} {{}} {{#}}",
            "{{#incn}} {{baz}} {{#bar}}",
            "{{# include x}}",
        ] {
            assert_eq!(scan(text), [], "{text}");
        }
        assert_eq!(one("{{#playgroundz ar.rs}}"), Action::Unknown("playgroundz"));
    }

    #[test]
    fn forms_of_the_selection() {
        let lines = |from, to| Selection::Lines { from, to };
        for (written, selection) in [
            ("{{#include f.rs}}", Selection::ALL),
            ("{{#include f.rs:10:20}}", lines(9, Some(20))),
            ("{{#include f.rs:10}}", lines(9, Some(10))),
            ("{{#include f.rs:10:}}", lines(9, None)),
            ("{{#include f.rs::20}}", lines(0, Some(20))),
            ("{{#include f.rs::}}", Selection::ALL),
            ("{{#include f.rs:anchor}}", Selection::Anchor("anchor")),
            ("{{#include f.rs:5:a}}", lines(4, None)),
            ("{{ #include f.rs:0 }}", lines(0, Some(1))),
        ] {
            assert_eq!(one(written), Action::Include { path: "f.rs", selection }, "{written}");
        }
    }

    #[test]
    fn playground_takes_attributes() {
        let text = "x {{#playground my.rs editable no_run }} y";
        let attributes = vec!["editable", "no_run"];
        assert_eq!(one(text), Action::Playground { path: "my.rs", attributes, old: false });
        assert_eq!(scan(text)[0].range, 2..text.len() - 2);
    }

    #[test]
    fn a_backslash_takes_the_line_to_its_last_braces() {
        let text = "a \\{{#include x}} {{#include y}} b\n{{#include z}}";
        let found = scan(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].range.clone(), &found[0].action), (2..32, &Action::Escaped));
    }

    #[test]
    fn very_many_braces_end() {
        for part in ["{{#a ", "\\{{#", "{{ ", "{{#include x"] {
            assert_eq!(scan(&part.repeat(100_000)), []);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_scanned(text in "[{}#\\\\a:\\n é]{0,40}|.{0,60}") {
            let mut last = 0;
            for directive in scan(&text) {
                prop_assert!(directive.range.start >= last);
                last = directive.range.end;
                prop_assert!(text.get(directive.range).is_some());
            }
        }
    }
}
