//! TOML and JSON → pieces.
//!
//! In:     configuration files, whole or cut out.
//! Out:    pieces: keys, strings, numbers, comments, heads of tables.
//! Sources: TOML 1.0; RFC 8259, and the comments that JSON5 allows.

use super::Pieces;
use crate::theme::Token;

pub fn toml(text: &str, out: &mut Pieces) {
    let mut at = 0;
    // A string of three quotes runs over lines.
    let mut long: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let trimmed = body.trim_start();
        let indent = body.len() - trimmed.len();
        if let Some(quotes) = long {
            let end = body.find(quotes).map(|found| found + quotes.len());
            out.push(at, at + end.unwrap_or(body.len()), Token::String);
            if let Some(end) = end {
                long = None;
                values(body, at, end, out);
            }
        } else if trimmed.starts_with('[') && !trimmed.contains('=') {
            let end = trimmed.find('#').unwrap_or(trimmed.len());
            let head = trimmed[..end].trim_end().len();
            out.push(at + indent, at + indent + head, Token::Type);
            out.push(at + indent + end, at + body.len(), Token::Comment);
        } else {
            let key = trimmed.find('=').filter(|_| !trimmed.starts_with(['#', '"', '\'', ';']));
            let from = match key {
                Some(equals) => {
                    out.push(at + indent, at + indent + trimmed[..equals].trim_end().len(), Token::Attribute);
                    indent + equals
                }
                None => indent,
            };
            long = values(body, at, from, out);
        }
        at += line.len();
    }
}

/// The values of a line from a byte on; hands back the quotes of a string that the line leaves open.
fn values(line: &str, start: usize, from: usize, out: &mut Pieces) -> Option<&'static str> {
    let bytes = line.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'#' | b';' => {
                out.push(start + at, start + bytes.len(), Token::Comment);
                return None;
            }
            quote @ (b'"' | b'\'') => {
                for long in ["\"\"\"", "'''"] {
                    if line[at..].starts_with(long) && !line[at + 3..].contains(long) {
                        out.push(start + at, start + bytes.len(), Token::String);
                        return Some(long);
                    }
                }
                let end = string_end(bytes, at, quote);
                out.push(start + at, start + end, Token::String);
                at = end;
            }
            _ => at = word(line, start, at, out),
        }
    }
    None
}

pub fn json(text: &str, out: &mut Pieces) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at, b'"');
                let is_key = text[end..].trim_start().starts_with(':');
                out.push(at, end, if is_key { Token::Attribute } else { Token::String });
                at = end;
            }
            b'/' if text[at..].starts_with("//") => {
                let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
                out.push(at, end, Token::Comment);
                at = end;
            }
            _ => at = word(text, 0, at, out),
        }
    }
}

/// Past the quote that closes the string opened at `at`; a string never runs over its line.
fn string_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != b'\n' {
        match bytes[end] {
            b'\\' if quote == b'"' => end += 1,
            byte if byte == quote => return end + 1,
            _ => {}
        }
        end += 1;
    }
    // A backslash at the very end has stepped over it.
    let end = end.min(bytes.len());
    (end..=bytes.len()).find(|&at| at == bytes.len() || bytes[at] & 0xC0 != 0x80).unwrap_or(bytes.len())
}

/// A word or any other character; hands back the byte behind it.
fn word(text: &str, start: usize, at: usize, out: &mut Pieces) -> usize {
    let rest = &text[at..];
    let length = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-' | b':'))
        .count();
    if length == 0 {
        return at + rest.chars().next().map_or(1, char::len_utf8);
    }
    let word = rest[..length].trim_start_matches(['+', '-']);
    let token = if word == "true" || word == "false" || word == "null" {
        Some(Token::Constant)
    } else {
        word.starts_with(|c: char| c.is_ascii_digit()).then_some(Token::Number)
    };
    if let Some(token) = token {
        out.push(start + at, start + at + length, token);
    }
    at + length
}
