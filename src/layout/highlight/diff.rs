//! Differences between two files → pieces, line by line.
//!
//! In:     what `diff -u` prints.
//! Out:    pieces: lines that came and went, heads.

use super::Pieces;
use crate::theme::Token;

pub fn read(text: &str, out: &mut Pieces) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let token = if ["+++ ", "--- ", "diff ", "index "].iter().any(|head| body.starts_with(head)) {
            Some(Token::Comment)
        } else {
            match body.as_bytes().first() {
                Some(b'@') => Some(Token::Attribute),
                Some(b'+') => Some(Token::Inserted),
                Some(b'-') => Some(Token::Deleted),
                Some(_) | None => None,
            }
        };
        if let Some(token) = token {
            out.push(at, at + body.len(), token);
        }
        at += line.len();
    }
}
