//! Shell scripts and what a terminal shows → pieces.
//!
//! In:     scripts; sessions, where lines after a prompt are commands and the others what was answered.
//! Out:    pieces: prompts, comments, strings, variables, keywords.
//! Sources: POSIX.1-2024, Shell Command Language, 2.

use super::Pieces;
use crate::theme::Token;

const KEYWORDS: [&str; 22] = [
    "case", "cd", "do", "done", "echo", "elif", "else", "esac", "eval", "exit", "export", "fi", "for", "function",
    "if", "in", "local", "return", "set", "source", "then", "while",
];

pub fn script(text: &str, out: &mut Pieces) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // Scripts in books often show a prompt.
        let body = line.trim_end_matches('\n');
        let from = prompt(body);
        out.push(at, at + from, Token::Comment);
        commands(body, at, from, out);
        at += line.len();
    }
}

pub fn session(text: &str, out: &mut Pieces) {
    let mut at = 0;
    let mut goes_on = false;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let from = prompt(body);
        if from > 0 || goes_on {
            out.push(at, at + from, Token::Comment);
            commands(body, at, from, out);
            goes_on = body.ends_with('\\');
        }
        at += line.len();
    }
}

/// The length of the prompt that a line begins with.
fn prompt(line: &str) -> usize {
    ["$ ", "> ", "PS> ", "% "]
        .iter()
        .find(|prompt| line.starts_with(**prompt))
        .map_or(0, |prompt| prompt.trim_end().len())
}

fn commands(line: &str, start: usize, from: usize, out: &mut Pieces) {
    let bytes = line.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let is_start = at == 0 || bytes[at - 1].is_ascii_whitespace();
        match bytes[at] {
            b'#' if is_start => {
                out.push(start + at, start + bytes.len(), Token::Comment);
                return;
            }
            quote @ (b'"' | b'\'') => {
                let end = line[at + 1..].find(char::from(quote)).map_or(bytes.len(), |found| at + found + 2);
                out.push(start + at, start + end, Token::String);
                at = end;
            }
            b'$' => {
                let name =
                    bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || b"_{}".contains(b)).count();
                if name > 0 {
                    out.push(start + at, start + at + 1 + name, Token::Variable);
                }
                at += 1 + name;
            }
            byte if byte.is_ascii_alphabetic() && is_start => {
                let length =
                    bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && !b";|&()\"'$".contains(b)).count();
                let word = line.get(at..at + length).unwrap_or_default();
                if KEYWORDS.binary_search(&word).is_ok() {
                    out.push(start + at, start + at + length, Token::Keyword);
                }
                at += length.max(1);
            }
            _ => at += 1,
        }
    }
}
