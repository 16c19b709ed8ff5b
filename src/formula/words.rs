//! What is meant → one line of characters: for voices, searches, outlines and whoever copies a formula from a page.
//!
//! In:     [`Math`].
//! Out:    text such as `x = (−b ± √(b² − 4ac))/(2a)`.
//! Absent: words of any language: a voice reads the signs in the language of the book.
//!
//! The form is near to that of Unicode Technical Note 28 (*UnicodeMath*): scripts by raised characters where there are
//! such, else after `^` and `_`; fractions by a slash; what would be misread stands in brackets.

use super::letters;
use super::math::{Class, Limits, Math, Sign, Table};
use super::signs::Side;

pub fn line(math: &Math) -> String {
    let mut out = String::new();
    write(math, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write(math: &Math, out: &mut String) {
    match math {
        Math::Row(row) => write_row(row, out),
        Math::Name { text, .. } => {
            // Two names side by side must not become one.
            if text.chars().count() > 1 && out.ends_with(char::is_alphanumeric) {
                out.push(' ');
            }
            out.extend(text.chars().map(letters::plain));
        }
        Math::Number(text) => out.extend(text.chars().map(letters::plain)),
        Math::Text(text) => out.push_str(text),
        Math::Sign(sign) => out.push_str(&sign.text),
        Math::Space(em) => {
            if *em > 0.2 {
                out.push(' ');
            }
        }
        Math::Fraction { over, under, bar: true } => {
            grouped(over, out);
            out.push('/');
            grouped(under, out);
        }
        Math::Fraction { over, under, bar: false } => {
            write(over, out);
            out.push_str(" \u{A6} ");
            write(under, out);
        }
        Math::Root { body, index } => {
            match index.as_deref().map(line).as_deref() {
                None => out.push('\u{221A}'),
                Some("3") => out.push('\u{221B}'),
                Some("4") => out.push('\u{221C}'),
                Some(index) => {
                    match raised(index, &SUPERIORS) {
                        Some(index) => out.push_str(&index),
                        None => out.push_str(&format!("({index})")),
                    }
                    out.push('\u{221A}');
                }
            }
            grouped(body, out);
        }
        Math::Scripts { base, sub, sup, limits } => {
            if matches!(**base, Math::Row(ref row) if row.len() > 1) {
                grouped(base, out);
            } else {
                write(base, out);
            }
            if let Some(sub) = sub {
                script(sub, '_', &INFERIORS, out);
            }
            if let Some(sup) = sup {
                script(sup, '^', &SUPERIORS, out);
            }
            let is_operator = matches!(&**base, Math::Sign(Sign { class: Class::Operator, .. }));
            if is_operator || *limits != Limits::Beside {
                out.push(' ');
            }
        }
        Math::Accent { base, sign, side, .. } => accent(base, *sign, *side, out),
        Math::Fenced { open, body, close } => {
            out.push_str(open);
            write(body, out);
            if out.ends_with(' ') {
                out.pop();
            }
            out.push_str(close);
        }
        Math::Table(table) => write_table(table, out),
        Math::Style { body, .. } | Math::Color { body, .. } | Math::Enclosed { body, .. } => write(body, out),
        Math::Phantom(_) => {}
    }
}

fn write_row(row: &[Math], out: &mut String) {
    // What stands before a sign decides whether it is one of two or of one: a − b, −b.
    let mut has_left = false;
    for (at, math) in row.iter().enumerate() {
        let class = math.class();
        match class {
            Some(Class::Relation) => spaced(math, out),
            // A sign at the end has nothing to its right: the charge of an ion.
            Some(Class::Binary) if has_left && at + 1 < row.len() => spaced(math, out),
            Some(Class::Punctuation) => {
                write(math, out);
                out.push(' ');
            }
            Some(Class::Operator) => {
                if has_left {
                    out.push(' ');
                }
                write(math, out);
            }
            Some(Class::Ordinary | Class::Binary | Class::Open | Class::Close) | None => {
                // `sin x`, but `sin(x)`.
                let follows_word = at > 0
                    && match &row[at - 1] {
                        Math::Scripts { base, .. } => is_word(base),
                        math => is_word(math),
                    };
                if follows_word
                    && !matches!(class, Some(Class::Open | Class::Close))
                    && !matches!(math, Math::Fenced { .. })
                {
                    out.push(' ');
                }
                write(math, out);
            }
        }
        has_left = match class {
            Some(Class::Relation | Class::Binary | Class::Open | Class::Punctuation | Class::Operator) => false,
            Some(Class::Close | Class::Ordinary) => true,
            None => has_left || !matches!(math, Math::Space(_)),
        };
    }
}

fn spaced(math: &Math, out: &mut String) {
    out.push(' ');
    write(math, out);
    out.push(' ');
}

fn is_word(math: &Math) -> bool {
    matches!(math, Math::Name { text, .. } if text.chars().count() > 1)
}

/// Whether a line of words is one thing: a name, a number, something in its own brackets.
fn is_one(text: &str) -> bool {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '\u{2032}') || is_mark(c));
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let count = text.chars().filter(|c| !is_mark(*c)).count();
    is_plain && (is_number || count <= 1)
}

fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x20D0..=0x20FF)
}

/// In brackets, unless it is one thing.
fn grouped(math: &Math, out: &mut String) {
    let text = line(math);
    let is_fenced = matches!(math, Math::Fenced { open, close, .. } if !open.is_empty() && !close.is_empty());
    if is_one(&text) || is_fenced {
        out.push_str(&text);
    } else {
        out.push('(');
        out.push_str(&text);
        out.push(')');
    }
}

fn script(math: &Math, sign: char, raised_forms: &[(char, char)], out: &mut String) {
    let text = line(math);
    // Primes are raised as they stand.
    if !text.is_empty() && sign == '^' && text.chars().all(|c| matches!(c, '\u{2032}'..='\u{2034}')) {
        out.push_str(&text);
    } else if let Some(raised) = raised(&text, raised_forms) {
        out.push_str(&raised);
    } else if !text.is_empty() {
        out.push(sign);
        if is_one(&text) || text.chars().count() == 1 {
            out.push_str(&text);
        } else {
            out.push('(');
            out.push_str(&text);
            out.push(')');
        }
    }
}

/// A script longer than this is easier read after its sign.
const RAISED_AT_MOST: usize = 4;

/// Characters that Unicode has raised and lowered, and that common fonts and voices know.
const SUPERIORS: [(char, char); 15] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('\u{2212}', '⁻'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
    (' ', ' '),
];
const INFERIORS: [(char, char); 13] = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('\u{2212}', '₋'),
    (' ', ' '),
];

fn raised(text: &str, forms: &[(char, char)]) -> Option<String> {
    let is_short = !text.is_empty() && text.chars().count() <= RAISED_AT_MOST && !text.contains(' ');
    let of = |c: char| forms.iter().find(|(plain, _)| *plain == c).map(|(_, raised)| *raised);
    if is_short { text.chars().map(of).collect() } else { None }
}

fn accent(base: &Math, sign: char, side: Side, out: &mut String) {
    let text = line(base);
    let combining = match (sign, side) {
        ('^', _) => '\u{302}',
        ('~', Side::Over) => '\u{303}',
        ('\u{AF}' | '\u{203E}', _) => '\u{305}',
        ('\u{2C7}', _) => '\u{30C}',
        ('\u{B4}', _) => '\u{301}',
        ('`', _) => '\u{300}',
        ('\u{2D8}', _) => '\u{306}',
        ('\u{2D9}', _) => '\u{307}',
        ('\u{A8}', _) => '\u{308}',
        ('\u{2DA}', _) => '\u{30A}',
        ('\u{2192}', Side::Over) => '\u{20D7}',
        ('_', _) => '\u{332}',
        // Braces and long arrows hold together what their brackets do here.
        _ => return grouped(base, out),
    };
    let count = text.chars().filter(|c| !is_mark(*c)).count();
    if count == 1 {
        out.push_str(&text);
        out.push(combining);
    } else {
        out.push('(');
        out.push_str(&text);
        out.push(')');
        out.push(combining);
    }
}

fn write_table(table: &Table, out: &mut String) {
    for (at, row) in table.rows.iter().enumerate() {
        if at > 0 {
            out.push_str("; ");
        }
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                // The columns of aligned equations are parts of one line.
                out.push_str(if table.is_aligned { " " } else { ", " });
            }
            write(cell, out);
        }
    }
}
