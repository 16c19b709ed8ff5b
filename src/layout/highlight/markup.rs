//! HTML, XML and templates made of them, and Markdown → pieces.
//!
//! In:     markup, whole or cut out.
//! Out:    pieces: names of tags and attributes, values, character references, comments, templates' expressions.
//! Sources: HTML Living Standard, 13.1; what stands in `script` and `style` is left plain.

use super::Pieces;
use crate::theme::Token;

pub fn read(text: &str, out: &mut Pieces) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        at = if rest.starts_with("<!--") {
            until(text, at, "-->", Token::Comment, out)
        } else if rest.starts_with("{{") {
            until(text, at, "}}", Token::Variable, out)
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            until(text, at, ">", Token::Keyword, out)
        } else if bytes[at] == b'<' {
            tag(text, at, out)
        } else if bytes[at] == b'&' {
            reference(text, at, out)
        } else {
            at + rest.chars().next().map_or(1, char::len_utf8)
        };
    }
}

/// Markdown: headings, code, comments, and what stands in brackets; its lists and emphasis speak for themselves.
pub fn markdown(text: &str, out: &mut Pieces) {
    let mut at = 0;
    let mut fenced = false;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let trimmed = body.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            out.push(at, at + body.len(), Token::Comment);
        } else if fenced {
            out.push(at, at + body.len(), Token::String);
        } else if trimmed.starts_with('#') {
            out.push(at, at + body.len(), Token::Keyword);
        } else if trimmed.starts_with("<!--") {
            out.push(at, at + body.len(), Token::Comment);
        } else {
            let mut code = body.match_indices('`').map(|(found, _)| found);
            while let (Some(open), Some(close)) = (code.next(), code.next()) {
                out.push(at + open, at + close + 1, Token::String);
            }
        }
        at += line.len();
    }
}

/// A piece to the end of `end`; hands back the byte behind it.
fn until(text: &str, at: usize, end: &str, token: Token, out: &mut Pieces) -> usize {
    let stop = text[at..].find(end).map_or(text.len(), |found| at + found + end.len());
    out.push(at, stop, token);
    stop
}

fn tag(text: &str, at: usize, out: &mut Pieces) -> usize {
    let bytes = text.as_bytes();
    let mut at = at + 1;
    if bytes.get(at) == Some(&b'/') {
        at += 1;
    }
    let name = name_end(bytes, at);
    // `a < b` is no tag.
    if name == at {
        return at;
    }
    out.push(at, name, Token::Tag);
    at = name;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return at + 1,
            b'<' => return at,
            b'"' | b'\'' => {
                let end = text[at + 1..].find(char::from(byte)).map_or(text.len(), |found| at + found + 2);
                out.push(at, end, Token::String);
                at = end;
            }
            _ if text[at..].starts_with("{{") => at = until(text, at, "}}", Token::Variable, out),
            _ => {
                let end = name_end(bytes, at);
                out.push(at, end, Token::Attribute);
                at = end.max(at + text[at..].chars().next().map_or(1, char::len_utf8));
            }
        }
    }
    at
}

/// `&amp;`, `&#160;`.
fn reference(text: &str, at: usize, out: &mut Pieces) -> usize {
    let name = text[at + 1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    if name > 0 && text.as_bytes().get(at + 1 + name) == Some(&b';') {
        out.push(at, at + name + 2, Token::Escape);
        return at + name + 2;
    }
    at + 1
}

fn name_end(bytes: &[u8], at: usize) -> usize {
    let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.@".contains(byte)).count();
    at + length
}
