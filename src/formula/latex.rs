//! The door to `ratex-parser`: LaTeX → its nodes.
//!
//! In:     the source of a formula.
//! Out:    the parser's nodes.
//! Faults: [`Unread`].
//! Absent: what the nodes mean (`sense.rs`), how they look (`draw.rs`).
//!
//! The parser caps nesting (32), the work of macros and the size of what it makes by itself; the length is capped here.

use crate::book::Macros;
use ratex_parser::ParseNode;
use std::borrow::Cow;
use std::ops::Range;

/// The longest source, in bytes. The longest formulas of books fill a page, some 3,000 bytes; the time that reading
/// takes grows with the length.
pub const LONGEST: usize = 20_000;

/// Why a formula could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unread {
    pub message: String,
    /// The bytes of the source that it is about; empty range at 0 when it is about the whole.
    pub at: Range<usize>,
}

/// Reads a source with the macros it calls.
pub fn parse(source: &str, macros: &Macros) -> Result<Vec<ParseNode>, Unread> {
    if source.len() > LONGEST {
        let message = format!("it is longer than {LONGEST} bytes");
        return Err(Unread { message, at: 0..0 });
    }
    let prepared = prepared(source);
    match parsed(&prepared, macros) {
        // KaTeX sets what has more columns than its array names, the others in the middle.
        Err(unread) if unread.message.starts_with(TOO_MANY) => parsed(&widened(&prepared), macros).map_err(|_| unread),
        read => read,
    }
}

/// What the parser says of a row that has more cells than its array has columns.
const TOO_MANY: &str = "too many tab";

/// Gives each array as many columns as any row of the source has cells.
fn widened(source: &str) -> String {
    let rows = source.split("\\\\").map(|row| row.matches('&').count() + 1);
    let more = "c".repeat(rows.max().unwrap_or(0));
    let mut parts = source.split("\\begin{array}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("\\begin{array}");
        match part.split_once('}') {
            Some((columns, rest)) => out.extend([columns, &more, "}", rest]),
            None => out.push_str(part),
        }
    }
    out
}

fn parsed(prepared: &str, macros: &Macros) -> Result<Vec<ParseNode>, Unread> {
    // What `parse` of the package does beside this is to strip dollars, which are no part of a source here.
    let mut parser = ratex_parser::Parser::new(prepared);
    for (name, body) in &macros.0 {
        parser.gullet.set_text_macro(name, body);
    }
    parser.parse().map_err(|fault| {
        let at = fault.loc.map_or(0..0, |loc| loc.start..loc.end);
        // A place may be one within a macro: it is believed where the message speaks of what stands there.
        let is_here = |found: &str| macros.0.is_empty() || !found.trim().is_empty() && fault.message.contains(found);
        let at = if prepared.get(at.clone()).is_some_and(is_here) { at } else { 0..0 };
        Unread { message: said(&fault.message), at }
    })
}

/// The source with what the parser does not know blanked out, byte for byte, so that places stay what they are:
/// `\label{…}` names a formula and shows nothing; control characters mean nothing.
fn prepared(source: &str) -> Cow<'_, str> {
    let has_label = source.contains("\\label{");
    let has_kin = KIN.iter().any(|(name, _)| source.contains(name));
    if !has_label && !has_kin && !source.contains(|c: char| c.is_control()) {
        return Cow::Borrowed(source);
    }
    let mut out: String = source.chars().map(|c| if c.is_ascii_control() { ' ' } else { c }).collect();
    while let Some((range, _)) = label_in(&out) {
        let blank = " ".repeat(range.len());
        out.replace_range(range, &blank);
    }
    if has_kin {
        if source.contains("eqnarray") {
            out = at_relations(&out);
        }
        for (name, known) in KIN {
            for edge in ["begin", "end"] {
                for star in ["", "*"] {
                    let (name, known) = (format!("\\{edge}{{{name}{star}}}"), format!("\\{edge}{{{known}{star}}}"));
                    out = out.replace(&name, &format!("{known:<0$}", name.len()));
                }
            }
        }
    }
    Cow::Owned(out)
}

/// Environments of LaTeX and MathJax that the parser lacks, and those nearest to them.
const KIN: [(&str, &str); 3] = [("multline", "gather"), ("flalign", "align"), ("eqnarray", "align")];

/// Rows of three columns as rows of two: `a &=& b` as `a &=  b`.
fn at_relations(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let (mut columns, mut before) = (0, ' ');
    for c in source.chars() {
        match (before, c) {
            ('\\', '\\') => columns = 0,
            (before, '&') if before != '\\' => columns += 1,
            _ => {}
        }
        out.push(if c == '&' && before != '\\' && columns == 2 { ' ' } else { c });
        // `\\` is a whole.
        before = if before == '\\' && c == '\\' { ' ' } else { c };
    }
    out
}

/// The first `\label{name}` of a source: its bytes, and the name.
pub fn label_in(source: &str) -> Option<(Range<usize>, &str)> {
    const OPENING: &str = "\\label{";
    let start = source.find(OPENING)?;
    let rest = &source[start + OPENING.len()..];
    let length = rest.find('}')?;
    Some((start..start + OPENING.len() + length + 1, &rest[..length]))
}

/// The parser's message as a sentence of ours: it begins small, and does not shout.
fn said(message: &str) -> String {
    let message = message.trim().trim_end_matches(['.', ':']);
    let mut chars = message.chars();
    let rest = |chars: std::str::Chars<'_>| chars.as_str().to_owned();
    match chars.next() {
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => {
            format!("{}{}", first.to_lowercase(), rest(chars))
        }
        Some(_) | None => message.to_owned(),
    }
}

/// The nodes without a `\tag` at the outermost level, and the tag's own.
pub fn without_tag(nodes: &[ParseNode]) -> (&[ParseNode], Option<&[ParseNode]>) {
    match nodes.split_last() {
        Some((ParseNode::Tag { body, tag, .. }, rest)) if body.is_empty() => (rest, Some(tag)),
        _ => match nodes {
            [ParseNode::Tag { body, tag, .. }] => (body, Some(tag)),
            _ => (nodes, None),
        },
    }
}
