//! The languages that share the lexical habits of C or of Python → pieces.
//!
//! In:     code, and the [`Family`] its language belongs to.
//! Out:    pieces: comments, strings, numbers, keywords, types, calls of functions.
//! Absent: grammar; what a name is, its letters and the sign behind it tell.

use super::Pieces;
use crate::theme::Token;

/// What one language writes otherwise than its relatives.
pub struct Family {
    line_comment: &'static str,
    block_comment: Option<(&'static str, &'static str)>,
    /// The signs round strings; those of three run over lines.
    quotes: &'static [&'static str],
    /// Lines that begin with this sign are directives (`#include`) or decorators (`@property`).
    directive: Option<u8>,
    keywords: &'static [&'static str],
    types: &'static [&'static str],
}

const C_KEYWORDS: &[&str] = &[
    "auto",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "constexpr",
    "continue",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "explicit",
    "extern",
    "final",
    "for",
    "friend",
    "goto",
    "if",
    "inline",
    "namespace",
    "new",
    "noexcept",
    "operator",
    "override",
    "private",
    "protected",
    "public",
    "register",
    "restrict",
    "return",
    "sizeof",
    "static",
    "struct",
    "switch",
    "template",
    "this",
    "throw",
    "try",
    "typedef",
    "typename",
    "union",
    "using",
    "virtual",
    "volatile",
    "while",
];
const C_TYPES: &[&str] = &[
    "bool",
    "char",
    "double",
    "float",
    "int",
    "int16_t",
    "int32_t",
    "int64_t",
    "int8_t",
    "long",
    "ptrdiff_t",
    "short",
    "signed",
    "size_t",
    "ssize_t",
    "uint16_t",
    "uint32_t",
    "uint64_t",
    "uint8_t",
    "uintptr_t",
    "unsigned",
    "void",
    "wchar_t",
];
const C: Family = Family {
    line_comment: "//",
    block_comment: Some(("/*", "*/")),
    quotes: &["\"", "'"],
    directive: Some(b'#'),
    keywords: C_KEYWORDS,
    types: C_TYPES,
};
const JAVASCRIPT: Family = Family {
    quotes: &["\"", "'", "`"],
    directive: Some(b'@'),
    keywords: &[
        "abstract",
        "as",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "export",
        "extends",
        "finally",
        "for",
        "from",
        "function",
        "get",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "namespace",
        "new",
        "of",
        "package",
        "private",
        "protected",
        "public",
        "readonly",
        "return",
        "set",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "try",
        "type",
        "typeof",
        "var",
        "while",
        "with",
        "yield",
    ],
    types: &["any", "bigint", "boolean", "never", "number", "object", "string", "symbol", "unknown", "void"],
    ..C
};
const JAVA: Family = Family {
    quotes: &["\"\"\"", "\"", "'"],
    directive: Some(b'@'),
    keywords: &[
        "abstract",
        "assert",
        "break",
        "case",
        "catch",
        "class",
        "continue",
        "default",
        "do",
        "else",
        "enum",
        "extends",
        "final",
        "finally",
        "for",
        "if",
        "implements",
        "import",
        "instanceof",
        "interface",
        "native",
        "new",
        "package",
        "permits",
        "private",
        "protected",
        "public",
        "record",
        "return",
        "sealed",
        "static",
        "super",
        "switch",
        "synchronized",
        "this",
        "throw",
        "throws",
        "transient",
        "try",
        "var",
        "volatile",
        "while",
        "yield",
    ],
    types: &["boolean", "byte", "char", "double", "float", "int", "long", "short", "void"],
    ..C
};
const GO: Family = Family {
    quotes: &["\"", "'", "`"],
    directive: None,
    keywords: &[
        "break",
        "case",
        "chan",
        "const",
        "continue",
        "default",
        "defer",
        "else",
        "fallthrough",
        "for",
        "func",
        "go",
        "goto",
        "if",
        "import",
        "interface",
        "map",
        "package",
        "range",
        "return",
        "select",
        "struct",
        "switch",
        "type",
        "var",
    ],
    types: &[
        "any",
        "bool",
        "byte",
        "complex128",
        "complex64",
        "error",
        "float32",
        "float64",
        "int",
        "int16",
        "int32",
        "int64",
        "int8",
        "rune",
        "string",
        "uint",
        "uint16",
        "uint32",
        "uint64",
        "uint8",
        "uintptr",
    ],
    ..C
};
const PYTHON: Family = Family {
    line_comment: "#",
    block_comment: None,
    quotes: &["\"\"\"", "'''", "\"", "'"],
    directive: Some(b'@'),
    keywords: &[
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
        "raise", "return", "self", "try", "while", "with", "yield",
    ],
    types: &["bool", "bytes", "dict", "float", "int", "list", "object", "set", "str", "tuple"],
};

impl Family {
    pub fn of(language: &str) -> Option<&'static Family> {
        Some(match language {
            "c" | "h" | "cpp" | "c++" | "cxx" | "hpp" | "cc" => &C,
            "javascript" | "js" | "mjs" | "node" | "jsx" | "typescript" | "ts" | "tsx" => &JAVASCRIPT,
            "java" => &JAVA,
            "go" | "golang" => &GO,
            "python" | "py" | "python3" => &PYTHON,
            _ => return None,
        })
    }

    pub fn read(&self, text: &str, out: &mut Pieces) {
        let mut at = 0;
        while at < text.len() {
            at = self.step(text, at, out);
        }
    }

    /// Reads what begins at a byte; hands back the byte behind it.
    fn step(&self, text: &str, at: usize, out: &mut Pieces) -> usize {
        let rest = &text[at..];
        let byte = text.as_bytes()[at];
        if rest.starts_with(self.line_comment) {
            return line(text, at, Token::Comment, out);
        }
        if let Some((open, close)) = self.block_comment
            && rest.starts_with(open)
        {
            let end = rest[open.len()..].find(close).map_or(text.len(), |found| at + open.len() + found + close.len());
            out.push(at, end, Token::Comment);
            return end;
        }
        if let Some(quote) = self.quotes.iter().find(|quote| rest.starts_with(**quote)) {
            return string(text, at, quote, out);
        }
        if self.directive == Some(byte) && text[..at].bytes().rev().take_while(|b| *b != b'\n').all(|b| b == b' ') {
            let end = at + rest.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(rest.len());
            out.push(at, end, Token::Attribute);
            return end;
        }
        if byte.is_ascii_digit() {
            let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.')).count();
            out.push(at, at + length, Token::Number);
            return at + length;
        }
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if length == 0 {
            return at + rest.chars().next().map_or(1, char::len_utf8);
        }
        if let Some(token) = self.class(&rest[..length], &rest[length..]) {
            out.push(at, at + length, token);
        }
        at + length
    }

    fn class(&self, word: &str, behind: &str) -> Option<Token> {
        const CONSTANTS: [&str; 9] = ["False", "NULL", "None", "True", "false", "nil", "null", "true", "undefined"];
        if self.keywords.binary_search(&word).is_ok() {
            Some(Token::Keyword)
        } else if self.types.binary_search(&word).is_ok() {
            Some(Token::Type)
        } else if CONSTANTS.contains(&word) {
            Some(Token::Constant)
        } else if behind.starts_with('(') {
            Some(Token::Function)
        } else if word.starts_with(|c: char| c.is_uppercase()) {
            let is_constant = word.len() > 1 && !word.chars().any(char::is_lowercase);
            Some(if is_constant { Token::Constant } else { Token::Type })
        } else {
            None
        }
    }
}

fn line(text: &str, at: usize, token: Token, out: &mut Pieces) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
    out.push(at, end, token);
    end
}

/// A string; one quote does not run over its line, but for the backquote.
fn string(text: &str, at: usize, quote: &str, out: &mut Pieces) -> usize {
    let long = quote.len() > 1 || quote == "`";
    let bytes = text.as_bytes();
    let mut from = at;
    let mut end = at + quote.len();
    while end < bytes.len() {
        if bytes[end] == b'\\' && quote.len() == 1 {
            out.push(from, end, Token::String);
            let escaped = text[end + 1..].chars().next().map_or(0, char::len_utf8);
            out.push(end, end + 1 + escaped, Token::Escape);
            end += 1 + escaped;
            from = end;
        } else if bytes[end..].starts_with(quote.as_bytes()) {
            end += quote.len();
            break;
        } else if bytes[end] == b'\n' && !long {
            break;
        } else {
            end += 1;
        }
    }
    out.push(from, end, Token::String);
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_the_search() {
        for family in [&C, &JAVASCRIPT, &JAVA, &GO, &PYTHON] {
            assert!(family.keywords.is_sorted() && family.types.is_sorted());
        }
    }
}
