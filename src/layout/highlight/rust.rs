//! Rust → pieces. A lexer, not a parser: what a name is, it tells by its letters and by the sign behind it.
//!
//! In:     Rust, whole programs or cut-outs.
//! Out:    pieces.
//! Sources: The Rust Reference, "Lexical structure".

use super::Pieces;
use crate::theme::Token;

/// Strict and reserved keywords, and the weak ones that read as keywords wherever they are met.
const KEYWORDS: [&str; 43] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut",
    "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "type", "unsafe", "use", "where",
    "while", "yield",
];

const TYPES: [&str; 18] = [
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8",
    "union", "usize",
];

pub fn read(text: &str, out: &mut Pieces) {
    let mut lexer = Lexer { bytes: text.as_bytes(), at: 0, out };
    while lexer.at < lexer.bytes.len() {
        lexer.step();
    }
}

struct Lexer<'a, 'o> {
    bytes: &'a [u8],
    at: usize,
    out: &'o mut Pieces,
}

impl Lexer<'_, '_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn step(&mut self) {
        let start = self.at;
        match (self.peek(0), self.peek(1)) {
            (b'/', b'/') => {
                self.at = self.find(start, b'\n');
                self.out.push(start, self.at, Token::Comment);
            }
            (b'/', b'*') => self.block_comment(),
            (b'#', b'[') | (b'#', b'!') if self.is_attribute() => self.attribute(),
            (b'"', _) => self.string(start),
            (b'\'', _) => self.quote(),
            (byte, _) if byte.is_ascii_digit() => self.number(),
            (byte, _) if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => self.word(),
            _ => self.at += 1,
        }
    }

    /// The place of a byte at or after `from`, else the end.
    fn find(&self, from: usize, byte: u8) -> usize {
        self.bytes[from..].iter().position(|&b| b == byte).map_or(self.bytes.len(), |found| from + found)
    }

    /// Block comments nest.
    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        while self.at < self.bytes.len() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        break;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.bytes.len());
        self.out.push(start, self.at, Token::Comment);
    }

    fn is_attribute(&self) -> bool {
        self.peek(1) == b'[' || self.peek(2) == b'['
    }

    /// `#[…]` to its bracket; brackets in strings do not count.
    fn attribute(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        let mut in_string = false;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' if in_string => self.at += 1,
                b'"' => in_string = !in_string,
                b'[' if !in_string => depth += 1,
                b']' if !in_string => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.at += 1;
                        break;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
        self.out.push(start, self.at, Token::Attribute);
    }

    /// A string whose opening quote stands at `self.at`; `start` is its prefix.
    fn string(&mut self, start: usize) {
        self.at += 1;
        let mut from = start;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'"' => {
                    self.at += 1;
                    break;
                }
                b'\\' => {
                    self.out.push(from, self.at, Token::String);
                    from = self.escape();
                }
                _ => self.at += 1,
            }
        }
        self.out.push(from, self.at, Token::String);
    }

    /// An escape; hands back the byte behind it.
    fn escape(&mut self) -> usize {
        let start = self.at;
        self.at += match self.peek(1) {
            b'x' => 4,
            b'u' if self.peek(2) == b'{' => self.find(start, b'}') + 1 - start,
            // What is escaped may be a longer character.
            byte if byte >= 0x80 => 1,
            _ => 2,
        };
        self.at = self.at.min(self.bytes.len());
        // An escape cut short must not end inside a character.
        while self.at < self.bytes.len() && self.bytes[self.at] & 0xC0 == 0x80 {
            self.at += 1;
        }
        self.out.push(start, self.at, Token::Escape);
        self.at
    }

    /// `r#"…"#`, whose hashes begin at `hashes`.
    fn raw_string(&mut self, start: usize, hashes: usize) {
        let count = self.bytes[hashes..].iter().take_while(|&&byte| byte == b'#').count();
        let mut at = hashes + count + 1;
        self.at = loop {
            let quote = self.find(at.min(self.bytes.len()), b'"');
            if quote >= self.bytes.len() {
                break self.bytes.len();
            }
            let closes = self.bytes[quote + 1..].iter().take(count).filter(|&&byte| byte == b'#').count() == count;
            at = quote + 1;
            if closes {
                break at + count;
            }
        };
        self.out.push(start, self.at, Token::String);
    }

    /// A character or a lifetime.
    fn quote(&mut self) {
        let start = self.at;
        if self.peek(1) == b'\\' {
            self.at += 1;
            self.out.push(start, self.at, Token::String);
            let from = self.escape();
            if self.peek(0) == b'\'' {
                self.at += 1;
            }
            self.out.push(from, self.at, Token::String);
            return;
        }
        // The length of the character behind the quote, by its first byte (RFC 3629).
        let length = match self.peek(1) {
            byte if byte < 0x80 => 1,
            byte if byte >= 0xF0 => 4,
            byte if byte >= 0xE0 => 3,
            _ => 2,
        };
        if self.peek(1 + length) == b'\'' && self.peek(1) != b'\'' {
            self.at += length + 2;
            self.out.push(start, self.at, Token::String);
            return;
        }
        self.at += 1;
        while is_name(self.peek(0)) {
            self.at += 1;
        }
        if self.at > start + 1 {
            self.out.push(start, self.at, Token::Variable);
        }
    }

    fn number(&mut self) {
        let start = self.at;
        let is_hex = self.peek(0) == b'0' && self.peek(1) == b'x';
        loop {
            let byte = self.peek(0);
            let is_sign = matches!(byte, b'+' | b'-') && !is_hex && matches!(self.bytes[self.at - 1], b'e' | b'E');
            // `1.5`, but not the range `1..5` nor the method `1.max(2)`.
            let is_point = byte == b'.' && self.peek(1).is_ascii_digit();
            if !(byte.is_ascii_alphanumeric() || byte == b'_' || is_point || is_sign && self.at > start) {
                break;
            }
            self.at += 1;
        }
        self.out.push(start, self.at, Token::Number);
    }

    fn word(&mut self) {
        let start = self.at;
        while is_name(self.peek(0)) {
            self.at += 1;
        }
        let word = &self.bytes[start..self.at];
        match (word, self.peek(0), self.peek(1)) {
            (b"r" | b"br" | b"cr", b'"', _) | (b"r" | b"br" | b"cr", b'#', b'"' | b'#') => {
                return self.raw_string(start, self.at);
            }
            (b"r", b'#', _) => {
                self.at += 1;
                while is_name(self.peek(0)) {
                    self.at += 1;
                }
                return;
            }
            (b"b" | b"c", b'"', _) => return self.string(start),
            (b"b", b'\'', _) => return self.quote(),
            _ => {}
        }
        let text = std::str::from_utf8(word).unwrap_or_default();
        let token = if KEYWORDS.binary_search(&text).is_ok() {
            Some(Token::Keyword)
        } else if text == "true" || text == "false" {
            Some(Token::Constant)
        } else if TYPES.binary_search(&text).is_ok() {
            Some(Token::Type)
        } else if self.peek(0) == b'!' && self.peek(1) != b'=' {
            // A macro, with its sign.
            self.at += 1;
            Some(Token::Function)
        } else if word[0].is_ascii_uppercase() {
            // `T1` is a type.
            let capitals = word.iter().filter(|byte| byte.is_ascii_uppercase()).count();
            let is_constant = capitals > 1 && !word.iter().any(u8::is_ascii_lowercase);
            Some(if is_constant { Token::Constant } else { Token::Type })
        } else if self.peek(0) == b'(' || self.bytes[self.at..].starts_with(b"::<") || self.follows_fn(start) {
            Some(Token::Function)
        } else {
            None
        };
        if let Some(token) = token {
            self.out.push(start, self.at, token);
        }
    }

    fn follows_fn(&self, start: usize) -> bool {
        self.bytes[..start].ends_with(b"fn ")
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_the_search() {
        assert!(KEYWORDS.is_sorted() && TYPES.is_sorted());
    }
}
