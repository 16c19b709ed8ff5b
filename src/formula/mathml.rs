//! What is meant → MathML Core, the part of MathML that browsers and reading systems draw.
//!
//! In:     [`Math`].
//! Out:    one `math` element as text, well-formed, in the name space of MathML.
//! Absent: fonts; the reading system has its own.

use super::draw;
use super::math::{Class, Column, Enclosure, Limits, Math, Sign, Table};
use super::signs::Side;
use std::fmt::Write;

/// The class by which style sheets, and whoever compares the text of editions, know a formula.
pub const CLASS: &str = "formula";

/// Writes the element; `words` is what a voice reads where it cannot read MathML.
pub fn element(math: &Math, is_display: bool, words: &str) -> String {
    let mut out = String::from("<math xmlns=\"http://www.w3.org/1998/Math/MathML\" class=\"");
    out.push_str(CLASS);
    out.push_str(if is_display { "\" display=\"block\"" } else { "\" display=\"inline\"" });
    attribute("alttext", words, &mut out);
    out.push('>');
    // One element is asked for where several would be a row of their own.
    one(math, &mut out);
    out.push_str("</math>");
    out
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    text(value, out);
    out.push('"');
}

fn text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFC}' | '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            _ if c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
}

fn element_of(name: &str, content: &str, out: &mut String) {
    let _ = write!(out, "<{name}>");
    text(content, out);
    let _ = write!(out, "</{name}>");
}

/// A piece as just one element.
fn one(math: &Math, out: &mut String) {
    let Math::Row(row) = math else { return piece(math, None, out) };
    out.push_str("<mrow>");
    self::row(row, out);
    out.push_str("</mrow>");
}

/// The pieces of a row, each knowing what stands before it.
fn row(pieces: &[Math], out: &mut String) {
    let mut before: Option<Class> = Some(Class::Open);
    for math in pieces {
        let is_empty = matches!(math, Math::Row(inner) if inner.is_empty());
        if !is_empty {
            piece(math, before, out);
        }
        before = math.class().or(before.filter(|_| matches!(math, Math::Space(_))));
    }
}

fn piece(math: &Math, before: Option<Class>, out: &mut String) {
    match math {
        Math::Row(_) => one(math, out),
        Math::Name { text: name, upright } => {
            // A single letter is set in italics unless told otherwise; a word never is.
            let is_single = name.chars().count() == 1;
            if *upright && is_single && name.chars().all(|c| (c as u32) < 0x2100) {
                out.push_str("<mi mathvariant=\"normal\">");
                text(name, out);
                out.push_str("</mi>");
            } else {
                element_of("mi", name, out);
            }
        }
        Math::Number(number) => element_of("mn", number, out),
        Math::Sign(sign) => self::sign(sign, before, Limits::Beside, out),
        Math::Text(words) => {
            // Spaces at the ends would be swallowed.
            let words = words.replace(' ', "\u{A0}");
            element_of("mtext", &words, out);
        }
        Math::Space(em) => {
            let _ = write!(out, "<mspace width=\"{}em\"/>", number(*em));
        }
        Math::Fraction { over, under, bar } => {
            out.push_str(if *bar { "<mfrac>" } else { "<mfrac linethickness=\"0\">" });
            one(over, out);
            one(under, out);
            out.push_str("</mfrac>");
        }
        Math::Root { body, index: None } => {
            out.push_str("<msqrt>");
            one(body, out);
            out.push_str("</msqrt>");
        }
        Math::Root { body, index: Some(index) } => {
            out.push_str("<mroot>");
            one(body, out);
            one(index, out);
            out.push_str("</mroot>");
        }
        Math::Scripts { base, sub, sup, limits } => scripts(base, sub.as_deref(), sup.as_deref(), *limits, before, out),
        Math::Accent { base, sign, side, stretchy } => {
            let (name, accent) = match side {
                Side::Over => ("mover", "accent"),
                Side::Under => ("munder", "accentunder"),
            };
            let _ = write!(out, "<{name} {accent}=\"true\">");
            one(base, out);
            let _ = write!(out, "<mo stretchy=\"{stretchy}\">");
            text(sign.encode_utf8(&mut [0; 4]), out);
            let _ = write!(out, "</mo></{name}>");
        }
        Math::Fenced { open, body, close } => {
            out.push_str("<mrow>");
            fence(open, "prefix", out);
            match &**body {
                Math::Row(inner) => row(inner, out),
                body => piece(body, Some(Class::Open), out),
            }
            fence(close, "postfix", out);
            out.push_str("</mrow>");
        }
        Math::Table(table) => self::table(table, out),
        Math::Style { display, body } => {
            let _ = write!(out, "<mstyle displaystyle=\"{display}\" scriptlevel=\"0\">");
            one(body, out);
            out.push_str("</mstyle>");
        }
        Math::Color { color, body } => {
            out.push_str("<mstyle");
            if let Some(color) = draw::readable(color) {
                attribute("mathcolor", &color, out);
            }
            out.push('>');
            one(body, out);
            out.push_str("</mstyle>");
        }
        Math::Enclosed { how, body } => {
            let notation = match how {
                Enclosure::Box => "box",
                Enclosure::StrikeUp => "updiagonalstrike",
                Enclosure::StrikeDown => "downdiagonalstrike",
                Enclosure::StrikeBoth => "updiagonalstrike downdiagonalstrike",
                Enclosure::StrikeThrough => "horizontalstrike",
            };
            // Not in Core: who does not know the element shows what it holds, in the frame that its class draws.
            let class = notation.replace(' ', "-");
            let _ = write!(out, "<menclose notation=\"{notation}\" class=\"{class}\">");
            one(body, out);
            out.push_str("</menclose>");
        }
        Math::Phantom(body) => {
            out.push_str("<mphantom>");
            one(body, out);
            out.push_str("</mphantom>");
        }
    }
}

fn fence(sign: &str, form: &str, out: &mut String) {
    if !sign.is_empty() {
        let _ = write!(out, "<mo form=\"{form}\" fence=\"true\" stretchy=\"true\">");
        text(sign, out);
        out.push_str("</mo>");
    }
}

fn sign(sign: &Sign, before: Option<Class>, limits: Limits, out: &mut String) {
    out.push_str("<mo");
    match sign.class {
        Class::Open => out.push_str(" form=\"prefix\""),
        Class::Close => out.push_str(" form=\"postfix\""),
        // A sign of its own for its number: -1.
        Class::Binary if !matches!(before, None | Some(Class::Close | Class::Ordinary)) => {
            out.push_str(" form=\"prefix\"");
        }
        Class::Ordinary | Class::Operator | Class::Binary | Class::Relation | Class::Punctuation => {}
    }
    match (limits, sign.class) {
        (Limits::Always, Class::Operator) => out.push_str(" movablelimits=\"false\""),
        (Limits::Movable, Class::Operator) => out.push_str(" movablelimits=\"true\""),
        _ => {}
    }
    match sign.height {
        Some(height) => {
            let height = number(height);
            let _ = write!(out, " stretchy=\"true\" symmetric=\"true\" minsize=\"{height}em\" maxsize=\"{height}em\"");
        }
        None if sign.stretchy => out.push_str(" stretchy=\"true\""),
        // Brackets and bars grow by themselves unless told not to.
        None if matches!(sign.class, Class::Open | Class::Close | Class::Ordinary) => {
            out.push_str(" stretchy=\"false\"");
        }
        None => {}
    }
    out.push('>');
    text(&sign.text, out);
    out.push_str("</mo>");
}

fn scripts(
    base: &Math,
    sub: Option<&Math>,
    sup: Option<&Math>,
    limits: Limits,
    before: Option<Class>,
    out: &mut String,
) {
    let around = limits != Limits::Beside;
    let name = match (sub.is_some(), sup.is_some(), around) {
        (true, true, false) => "msubsup",
        (true, false, false) => "msub",
        (_, _, false) => "msup",
        (true, true, true) => "munderover",
        (true, false, true) => "munder",
        (_, _, true) => "mover",
    };
    let _ = write!(out, "<{name}>");
    match base {
        Math::Sign(sign) => self::sign(sign, before, limits, out),
        // `lim` and its like: a sign, so that its limits stand beside it in a line of text.
        Math::Name { text: word, .. } if around => {
            let movable = limits == Limits::Movable;
            let _ = write!(out, "<mo movablelimits=\"{movable}\" lspace=\"0\" rspace=\"0.1667em\">");
            text(word, out);
            out.push_str("</mo>");
        }
        base => one(base, out),
    }
    for script in [sub, sup].into_iter().flatten() {
        one(script, out);
    }
    if sub.is_none() && sup.is_none() {
        out.push_str("<mrow></mrow>");
    }
    let _ = write!(out, "</{name}>");
}

fn table(table: &Table, out: &mut String) {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let column = |at: usize| table.aligns.get(at).copied().unwrap_or(Column::Center);
    out.push_str("<mtable");
    if table.is_aligned {
        out.push_str(" class=\"aligned\" displaystyle=\"true\" columnspacing=\"0em\"");
    }
    let names: Vec<&str> = (0..width).map(|at| name(column(at))).collect();
    if names.iter().any(|name| *name != "center") {
        attribute("columnalign", &names.join(" "), out);
    }
    out.push('>');
    for cells in &table.rows {
        out.push_str("<mtr>");
        for (at, cell) in cells.iter().enumerate() {
            match column(at) {
                Column::Center => out.push_str("<mtd>"),
                side => {
                    let _ = write!(out, "<mtd style=\"text-align: {};\">", name(side));
                }
            }
            match cell {
                // The cell is a row by itself.
                Math::Row(inner) => row(inner, out),
                // What a cell says of its style is what the table says already.
                Math::Style { display: true, body } if table.is_aligned => one(body, out),
                cell => piece(cell, Some(Class::Open), out),
            }
            out.push_str("</mtd>");
        }
        out.push_str("</mtr>");
    }
    out.push_str("</mtable>");
}

fn name(column: Column) -> &'static str {
    match column {
        Column::Left => "left",
        Column::Center => "center",
        Column::Right => "right",
    }
}

/// At most four decimals, without trailing zeros.
fn number(value: f64) -> String {
    let value = if value.is_finite() { value.clamp(-100.0, 100.0) } else { 0.0 };
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
