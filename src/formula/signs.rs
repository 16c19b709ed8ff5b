//! The names of signs: `\le`, `\langle`, `\widehat`, `\quad` → characters and widths.
//!
//! In:     names as the parser hands them over.
//! Out:    text.
//! Absent: what a sign is to its neighbours.

use ratex_parser::Mode;

/// Where an accent stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Over,
    Under,
}

/// The characters of a symbol.
pub fn text(name: &str, mode: Mode) -> String {
    // Signs that the table has under glyphs of the font's own, and keys whose sign is another one.
    let own = match (name, mode) {
        ("-", Mode::Math) => "\u{2212}",
        ("*", Mode::Math) => "\u{2217}",
        ("\\ne" | "\\neq", _) => "\u{2260}",
        ("\\notin", _) => "\u{2209}",
        ("\\prime", _) => "\u{2032}",
        ("\\@not", _) => "\u{338}",
        ("``", _) => "\u{201C}",
        ("''", _) => "\u{201D}",
        ("`", Mode::Text) => "\u{2018}",
        ("'", Mode::Text) => "\u{2019}",
        ("--", Mode::Text) => "\u{2013}",
        ("---", Mode::Text) => "\u{2014}",
        _ => "",
    };
    if !own.is_empty() {
        return own.to_owned();
    }
    let mode = match mode {
        Mode::Math => ratex_font::symbols::Mode::Math,
        Mode::Text => ratex_font::symbols::Mode::Text,
    };
    let known = if name.starts_with('\\') { ratex_font::get_symbol(name, mode) } else { None };
    match known.and_then(|symbol| symbol.codepoint) {
        Some(c) => c.to_string(),
        None => name.trim_start_matches('\\').to_owned(),
    }
}

/// The words of an operator that is set as a name: `\limsup` is `lim sup`.
pub fn operator(name: &str) -> String {
    match name.trim_start_matches('\\') {
        "limsup" => "lim\u{202F}sup".to_owned(),
        "liminf" => "lim\u{202F}inf".to_owned(),
        "injlim" => "inj\u{202F}lim".to_owned(),
        "projlim" => "proj\u{202F}lim".to_owned(),
        name => name.to_owned(),
    }
}

/// A bracket or another sign that grows; empty for `.`, the bracket that is not shown.
pub fn delimiter(name: &str) -> String {
    let bare = name.trim_start_matches('\\');
    match bare {
        "." => "",
        "|" if name != bare => "\u{2016}",
        "lparen" => "(",
        "rparen" => ")",
        "lbrack" => "[",
        "rbrack" => "]",
        "lbrace" => "{",
        "rbrace" => "}",
        "<" | "lt" | "langle" => "\u{27E8}",
        ">" | "gt" | "rangle" => "\u{27E9}",
        "lfloor" => "\u{230A}",
        "rfloor" => "\u{230B}",
        "lceil" => "\u{2308}",
        "rceil" => "\u{2309}",
        "vert" | "lvert" | "rvert" => "|",
        "Vert" | "lVert" | "rVert" => "\u{2016}",
        "lgroup" => "\u{27EE}",
        "rgroup" => "\u{27EF}",
        "lmoustache" => "\u{23B0}",
        "rmoustache" => "\u{23B1}",
        "backslash" => "\\",
        "uparrow" => "\u{2191}",
        "downarrow" => "\u{2193}",
        "updownarrow" => "\u{2195}",
        "Uparrow" => "\u{21D1}",
        "Downarrow" => "\u{21D3}",
        "Updownarrow" => "\u{21D5}",
        "ulcorner" => "\u{231C}",
        "urcorner" => "\u{231D}",
        "llcorner" => "\u{231E}",
        "lrcorner" => "\u{231F}",
        other => other,
    }
    .to_owned()
}

/// The sign of an accent, a brace or an arrow that grows.
pub fn accent(label: &str) -> char {
    match label.trim_start_matches('\\') {
        "hat" | "widehat" | "^" => '^',
        "tilde" | "widetilde" | "utilde" | "~" => '~',
        "bar" | "overline" | "=" => '\u{AF}',
        "check" | "widecheck" | "v" => '\u{2C7}',
        "acute" | "'" => '\u{B4}',
        "grave" | "`" => '`',
        "breve" | "u" => '\u{2D8}',
        "dot" | "." => '\u{2D9}',
        "ddot" | "\"" => '\u{A8}',
        "dddot" => '\u{20DB}',
        "ddddot" => '\u{20DC}',
        "mathring" | "r" => '\u{2DA}',
        "H" => '\u{2DD}',
        "c" => '\u{B8}',
        "underbar" | "underline" => '_',
        "overbrace" => '\u{23DE}',
        "underbrace" => '\u{23DF}',
        "overbracket" => '\u{23B4}',
        "underbracket" => '\u{23B5}',
        "overparen" | "overgroup" | "wideparen" => '\u{23DC}',
        "underparen" | "undergroup" => '\u{23DD}',
        "overlinesegment" | "underlinesegment" => '\u{2015}',
        "vec" | "overrightarrow" | "underrightarrow" | "xrightarrow" | "xtwoheadrightarrow" => '\u{2192}',
        "overleftarrow" | "underleftarrow" | "xleftarrow" | "xtwoheadleftarrow" => '\u{2190}',
        "overleftrightarrow" | "underleftrightarrow" | "xleftrightarrow" => '\u{2194}',
        "Overrightarrow" | "xRightarrow" => '\u{21D2}',
        "xLeftarrow" => '\u{21D0}',
        "xLeftrightarrow" => '\u{21D4}',
        "overrightharpoon" | "xrightharpoonup" => '\u{21C0}',
        "overleftharpoon" | "xleftharpoonup" => '\u{21BC}',
        "xrightharpoondown" => '\u{21C1}',
        "xleftharpoondown" => '\u{21BD}',
        "xhookleftarrow" => '\u{21A9}',
        "xhookrightarrow" => '\u{21AA}',
        "xmapsto" => '\u{21A6}',
        "xlongequal" => '=',
        "xrightleftharpoons" | "xrightequilibrium" => '\u{21CC}',
        "xleftrightharpoons" | "xleftequilibrium" => '\u{21CB}',
        "xrightleftarrows" => '\u{21C4}',
        "xtofrom" => '\u{21C4}',
        _ => '\u{2192}',
    }
}

/// The arrows of a diagram by the key that draws them.
pub fn diagram_arrow(direction: &str) -> char {
    match direction {
        "left" | "<" => '\u{2190}',
        "up" | "A" => '\u{2191}',
        "down" | "V" => '\u{2193}',
        "horiz_eq" | "=" => '=',
        "vert_eq" | "|" | "." => '\u{2016}',
        _ => '\u{2192}',
    }
}

/// The width of a space in em; `None` for a sign that only says where a line may end.
pub fn space(name: &str) -> Option<f64> {
    const MU: f64 = 1.0 / 18.0;
    Some(match name {
        "\\thinspace" | "\\," => 3.0 * MU,
        "\\medspace" | "\\:" | "\\>" => 4.0 * MU,
        "\\thickspace" | "\\;" => 5.0 * MU,
        "\\negthinspace" | "\\!" => -3.0 * MU,
        "\\negmedspace" => -4.0 * MU,
        "\\negthickspace" => -5.0 * MU,
        "\\enspace" => 0.5,
        "\\quad" => 1.0,
        "\\qquad" => 2.0,
        "\\nobreak" | "\\allowbreak" | "\\hfill" => return None,
        // A space between words, a third of an em.
        _ => 1.0 / 3.0,
    })
}

/// A space in text.
pub fn text_space(name: &str) -> String {
    match name {
        "~" | "\\nobreakspace" => "\u{A0}".to_owned(),
        "\\nobreak" | "\\allowbreak" => String::new(),
        _ => " ".to_owned(),
    }
}
