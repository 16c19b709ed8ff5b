//! The macros of formulas: a table of `book.toml`, and the file that mdbook-katex reads.
//!
//! In:     `[output.bifolio.math.macros]`; the path of the file, `macros = "macros.txt"` under `[preprocessor.katex]`.
//! Out:    [`Macros`].
//! Faults: `math.macro`, `math.macros`, `path.*`, `toml.type`.
//! Absent: LaTeX: what a macro stands for is read where a formula calls it.
//!
//! A line of the file is `\name:{what it stands for}`, with `#1` to `#9` for what follows the name.

use super::folder::{Folder, Refused};
use super::manifest_table::{Set, Table};
use super::text;
use crate::base::{Diagnostic, Files, Sink, Span};
use crate::book::Macros;
use crate::book::inline::names;
use std::collections::BTreeSet;
use std::path::Path;

/// Macros of one book at the most: the largest collections have a few hundred.
const MOST: usize = 2_000;

/// Reads `"\\RR" = "\\mathbb{R}"`.
pub fn of_table(table: &Table, sink: &mut Sink) -> Macros {
    let mut places = Vec::new();
    for key in table.keys() {
        let Some(body) = table.text_at(&key.value, sink) else { continue };
        if is_name(&key.value) {
            places.push((key.value, body.value, key.span));
        } else {
            let message = format!("\"{}\" is not the name of a macro", key.value);
            let told = Diagnostic::error("math.macro", message).at(key.span);
            sink.push(told.hint(r#"write a backslash, which TOML doubles, and letters: "\\RR" = "\\mathbb{R}""#));
        }
    }
    let mut macros = Macros::default();
    take(places, &mut macros, sink);
    macros
}

/// Reads a file of macros; what the table says of a name counts more.
pub fn read(written: &Set<String>, folder: &Folder, files: &mut Files, macros: &mut Macros, sink: &mut Sink) {
    let found = folder.locate("", &written.value).and_then(|place| match place.is_outside {
        true => Err(Refused::Outside),
        false => Ok((folder.read(&place)?, place.name)),
    });
    let (bytes, name) = match found {
        Ok(found) => found,
        Err(refused) => {
            return sink.push(refused.diagnostic("math.macros", "file of macros", &written.value, written.span));
        }
    };
    let file = text::decode(bytes).take_in(Path::new(&name), files, sink);
    let mut places = Vec::new();
    let mut start = 0;
    for line in files.text(file).split_inclusive('\n') {
        let typed = line.trim_end();
        let at = Span::new(file, start, start + typed.len());
        start += line.len();
        let is_remark = typed.is_empty() || typed.starts_with(['%', '#']) || typed.starts_with("//");
        match typed.split_once(':').filter(|(name, _)| is_name(name.trim_end())) {
            Some((name, body)) => places.push((name.trim_end().to_owned(), body.trim().to_owned(), at)),
            None if is_remark => {}
            None => {
                let told = Diagnostic::warning("math.macro", "this line is not a macro").at(at);
                sink.push(told.hint("write \\name:{what it stands for}, one a line"));
            }
        }
    }
    let mut read = Macros::default();
    take(places, &mut read, sink);
    for (name, body) in read.0 {
        macros.0.entry(name).or_insert(body);
    }
}

/// A backslash and letters, or one sign.
fn is_name(name: &str) -> bool {
    name.len() > 1 && names(name).next() == Some(name)
}

/// Takes macros with their places; those that cannot work are told and left out.
fn take(places: Vec<(String, String, Span)>, out: &mut Macros, sink: &mut Sink) {
    if let Some((_, _, at)) = places.get(MOST) {
        let told = Diagnostic::warning("math.macro", format!("only the first {MOST} macros are taken")).at(*at);
        sink.push(told.hint("remove those that no formula calls"));
    }
    let mut spans = Vec::new();
    for (name, body, at) in places.into_iter().take(MOST) {
        if let Some(why) = unbalanced(&body) {
            let told = Diagnostic::error("math.macro", format!("the macro {name} has {why}")).at(at);
            sink.push(told.hint("each { needs its }; a brace that is shown is \\{ or \\}"));
        } else {
            out.0.insert(name.clone(), body);
            spans.push((name, at));
        }
    }
    let endless: Vec<_> = spans.into_iter().filter(|(name, _)| calls_itself(name, out)).collect();
    for (name, at) in endless {
        out.0.remove(&name);
        let told = Diagnostic::error("math.macro", format!("the macro {name} calls itself, without end")).at(at);
        sink.push(told.hint("give it a name that nothing it stands for has"));
    }
}

fn unbalanced(body: &str) -> Option<&'static str> {
    let mut open = 0_usize;
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '{' => open += 1,
            '}' if open == 0 => return Some("a } too many"),
            '}' => open -= 1,
            _other => {}
        }
    }
    (open > 0).then_some("a { that is not closed")
}

fn calls_itself(name: &str, macros: &Macros) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut bodies: Vec<&str> = macros.0.get(name).map(String::as_str).into_iter().collect();
    while let Some(body) = bodies.pop() {
        for called in names(body) {
            if called == name {
                return true;
            }
            if seen.insert(called) {
                bodies.extend(macros.0.get(called).map(String::as_str));
            }
        }
    }
    false
}

#[cfg(test)]
mod tests;
