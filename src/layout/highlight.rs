//! Code → its pieces by class, from which both editions take their colours.
//!
//! In:     blocks of code with the name of their language.
//! Out:    [`Highlights`]: ranges with a [`Token`], which follow one another and leave plain what needs no colour.
//! Absent: colours; the code itself is never changed.
//!
//! Rust, shell, TOML, C, HTML and a few more make nearly all the code of the books we know. Lexers of our own read them: 288 KB of
//! Rust in 2.9 ms where the grammar of syntect takes 2.5 s (and one line of HTML 77 ms, as its patterns are compiled
//! first), and they know `async`, `await` and the calls of functions besides. For every other language there are the
//! 213 grammars of two-face, loaded when the first such block is met.
//!
//! Names of variables, operators and punctuation stay plain: on paper, colour on every word is noise.

mod config;
mod diff;
mod family;
mod markup;
mod rust;
mod shell;

use crate::layout::tree::{Mark, MarkedRange};
use crate::theme::Token;
use family::Family;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// A piece of code of one class. Bytes.
pub type Piece = (Range<u32>, Token);

/// The pieces of every distinct block.
#[derive(Debug, Default)]
pub struct Highlights {
    blocks: BTreeMap<(String, String), Vec<Piece>>,
}

impl Highlights {
    /// Reads each distinct block once, in parallel.
    pub fn read<'a>(blocks: impl IntoIterator<Item = (&'a str, &'a str)>) -> Highlights {
        let distinct: BTreeMap<(&str, &str), ()> = blocks.into_iter().map(|block| (block, ())).collect();
        let distinct: Vec<(&str, &str)> = distinct.into_keys().collect();
        let read = |(language, text): (&str, &str)| ((language.to_owned(), text.to_owned()), pieces(language, text));
        Highlights { blocks: distinct.into_par_iter().map(read).collect() }
    }

    /// The marks of a block that was among those read.
    pub fn of(&self, language: &str, text: &str) -> impl Iterator<Item = MarkedRange> + '_ {
        let found = self.blocks.get(&(language.to_owned(), text.to_owned()));
        found
            .into_iter()
            .flatten()
            .map(|(range, token)| MarkedRange { range: range.clone(), mark: Mark::Token(*token) })
    }
}

/// The pieces of one block.
fn pieces(language: &str, text: &str) -> Vec<Piece> {
    let mut out = Pieces::default();
    match language {
        // Attributes of rustdoc stand alone where the language is meant to be Rust; Cairo and Noir took its letters.
        "rust" | "rs" | "ignore" | "no_run" | "should_panic" | "compile_fail" | "cairo" | "noir" => {
            rust::read(text, &mut out)
        }
        "toml" | "ini" => config::toml(text, &mut out),
        "json" | "json5" | "jsonc" => config::json(text, &mut out),
        "sh" | "bash" | "shell" | "zsh" | "nu" | "nushell" => shell::script(text, &mut out),
        "html" | "xml" | "svg" | "xhtml" | "hbs" | "handlebars" => markup::read(text, &mut out),
        "diff" | "patch" => diff::read(text, &mut out),
        "console" | "sh-session" | "shell-session" | "shellsession" | "session" | "terminal" | "powershell" | "ps1"
        | "cmd" | "bat" => shell::session(text, &mut out),
        "" | "text" | "txt" | "plain" | "plaintext" | "none" | "output" => {}
        "markdown" | "md" | "mdx" => markup::markdown(text, &mut out),
        _ => match Family::of(language) {
            Some(family) => family.read(text, &mut out),
            None => grammar(language, text, &mut out),
        },
    }
    out.list
}

/// Pieces in order; neighbours of one class are one piece.
#[derive(Default)]
struct Pieces {
    list: Vec<Piece>,
}

impl Pieces {
    fn push(&mut self, start: usize, end: usize, token: Token) {
        if start >= end {
            return;
        }
        let (start, end) = (start as u32, end as u32);
        match self.list.last_mut() {
            Some((range, last)) if *last == token && range.end == start => range.end = end,
            _ => self.list.push((start..end, token)),
        }
    }
}

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Reads with a grammar of two-face. What the grammar cannot read stays plain from there on.
fn grammar(language: &str, text: &str, out: &mut Pieces) {
    let Some(syntax) = syntax(language) else { return };
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut known: BTreeMap<Scope, Option<Token>> = BTreeMap::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        // The grammars want every line to end.
        let ended = if line.ends_with('\n') { None } else { Some(format!("{line}\n")) };
        let Ok(steps) = state.parse_line(ended.as_deref().unwrap_or(line), &SYNTAXES) else { return };
        let mut from = 0;
        for (at, step) in steps {
            let at = at.min(line.len());
            if let Some(token) = class(&scopes, &mut known) {
                out.push(start + from, start + at, token);
            }
            from = from.max(at);
            if scopes.apply(&step).is_err() {
                return;
            }
        }
        if let Some(token) = class(&scopes, &mut known) {
            out.push(start + from, start + line.trim_end_matches('\n').len().max(from), token);
        }
        start += line.len();
    }
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language {
        "yml" => "yaml",
        "asm" | "armasm" | "assembly" => "asm",
        "dockerfile" => "Dockerfile",
        "make" => "makefile",
        other => other,
    };
    SYNTAXES.find_syntax_by_token(name).filter(|syntax| syntax.name != "Plain Text")
}

/// The class of the innermost scope that has one.
fn class(scopes: &ScopeStack, known: &mut BTreeMap<Scope, Option<Token>>) -> Option<Token> {
    scopes.as_slice().iter().rev().find_map(|scope| *known.entry(*scope).or_insert_with(|| class_of(*scope)))
}

/// The beginnings of scope names and their classes; the first that fits counts. After the naming conventions of
/// TextMate and Sublime Text.
static CLASSES: LazyLock<Vec<(Scope, Token)>> = LazyLock::new(|| {
    [
        ("comment", Token::Comment),
        ("punctuation.definition.comment", Token::Comment),
        ("constant.character.escape", Token::Escape),
        ("punctuation.definition.string", Token::String),
        ("string", Token::String),
        ("constant.numeric", Token::Number),
        ("constant", Token::Constant),
        ("variable.language", Token::Keyword),
        ("keyword.operator.word", Token::Keyword),
        ("keyword.control", Token::Keyword),
        ("keyword.declaration", Token::Keyword),
        ("keyword.other", Token::Keyword),
        ("storage", Token::Keyword),
        ("entity.name.function", Token::Function),
        ("support.function", Token::Function),
        ("variable.function", Token::Function),
        ("entity.name.tag", Token::Tag),
        ("entity.other.attribute-name", Token::Attribute),
        ("variable.annotation", Token::Attribute),
        ("entity.name.type", Token::Type),
        ("entity.name.class", Token::Type),
        ("entity.name.struct", Token::Type),
        ("entity.other.inherited-class", Token::Type),
        ("support.type", Token::Type),
        ("support.class", Token::Type),
        ("entity.name.section", Token::Keyword),
        ("markup.inserted", Token::Inserted),
        ("markup.deleted", Token::Deleted),
        ("meta.diff.header", Token::Comment),
        ("meta.diff.range", Token::Attribute),
    ]
    .into_iter()
    .filter_map(|(name, token)| Some((Scope::from_str(name).ok()?, token)))
    .collect()
});

fn class_of(scope: Scope) -> Option<Token> {
    CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, token)| *token)
}

#[cfg(test)]
mod tests;
