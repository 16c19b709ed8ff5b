//! The parser's nodes → what is meant: the few things that formulas are made of.
//!
//! In:     nodes of `ratex-parser`.
//! Out:    [`Math`].
//! Absent: fonts, sizes and places. What only moves ink on paper (`\smash`, `\raisebox`) is passed over.
//!
//! No depth of nesting costs stack: the parser allows 32 levels.

use super::letters::{Letters, styled};
use super::math::{Class, Column, Enclosure, Limits, Math, Sign, Table};
use super::signs::{self, Side};
use ratex_parser::ParseNode;
use ratex_parser::parse_node::{AtomFamily, Measurement, Mode, ProofBranch, StyleStr};

/// A row of nodes.
pub fn row(nodes: &[ParseNode]) -> Math {
    Reader { letters: None }.row(nodes)
}

#[derive(Clone, Copy)]
struct Reader {
    /// The letters that a command around asked for.
    letters: Option<Letters>,
}

impl Reader {
    fn row(self, nodes: &[ParseNode]) -> Math {
        let mut out: Vec<Math> = Vec::with_capacity(nodes.len());
        for node in nodes {
            if let Some(math) = self.node(node) {
                push(math, &mut out);
            }
        }
        if out.len() == 1 { out.swap_remove(0) } else { Math::Row(out) }
    }

    fn boxed(self, node: &ParseNode) -> Box<Math> {
        Box::new(self.node(node).unwrap_or(Math::Row(Vec::new())))
    }

    fn optional(self, node: Option<&ParseNode>) -> Option<Box<Math>> {
        node.map(|node| self.boxed(node))
    }

    fn node(self, node: &ParseNode) -> Option<Math> {
        Some(match node {
            ParseNode::Atom { family, text, mode, .. } => {
                let text = signs::text(text, *mode);
                if *mode == Mode::Text {
                    return Some(Math::Text(text));
                }
                let class = match family {
                    AtomFamily::Bin => Class::Binary,
                    AtomFamily::Close => Class::Close,
                    AtomFamily::Inner => Class::Ordinary,
                    AtomFamily::Open => Class::Open,
                    AtomFamily::Punct => Class::Punctuation,
                    AtomFamily::Rel => Class::Relation,
                };
                sign(text, class)
            }
            ParseNode::MathOrd { text, mode, .. } => self.letter(signs::text(text, *mode), *mode, false),
            ParseNode::TextOrd { text, mode, .. } => self.letter(signs::text(text, *mode), *mode, true),
            ParseNode::OpToken { text, mode, .. } => sign(signs::text(text, *mode), Class::Operator),
            ParseNode::AccentToken { text, mode, .. } => Math::Text(signs::text(text, *mode)),
            ParseNode::SpacingNode { text, mode: Mode::Text, .. } => Math::Text(signs::text_space(text)),
            ParseNode::SpacingNode { text, .. } => Math::Space(signs::space(text)?),
            ParseNode::OrdGroup { body, .. }
            | ParseNode::Sizing { body, .. }
            | ParseNode::Href { body, .. }
            | ParseNode::Html { body, .. } => self.row(body),
            ParseNode::SupSub { base, sup, sub, .. } => self.scripts(base.as_deref(), sub.as_deref(), sup.as_deref()),
            ParseNode::GenFrac { numer, denom, has_bar_line, left_delim, right_delim, .. } => {
                let (over, under) = (self.boxed(numer), self.boxed(denom));
                let fraction = Math::Fraction { over, under, bar: *has_bar_line };
                match (left_delim, right_delim) {
                    (None, None) => fraction,
                    (left, right) => fenced(left.as_deref(), fraction, right.as_deref()),
                }
            }
            ParseNode::Sqrt { body, index, .. } => {
                Math::Root { body: self.boxed(body), index: self.optional(index.as_deref()) }
            }
            ParseNode::Accent { label, base, is_stretchy, .. } => {
                let (base, stretchy) = (self.boxed(base), *is_stretchy == Some(true));
                Math::Accent { base, sign: signs::accent(label), side: Side::Over, stretchy }
            }
            ParseNode::AccentUnder { label, base, .. } => {
                Math::Accent { base: self.boxed(base), sign: signs::accent(label), side: Side::Under, stretchy: true }
            }
            ParseNode::Overline { body, .. } => {
                Math::Accent { base: self.boxed(body), sign: '\u{203E}', side: Side::Over, stretchy: true }
            }
            ParseNode::Underline { body, .. } => {
                Math::Accent { base: self.boxed(body), sign: '_', side: Side::Under, stretchy: true }
            }
            ParseNode::HorizBrace { label, is_over, base, .. } => {
                let side = if *is_over { Side::Over } else { Side::Under };
                Math::Accent { base: self.boxed(base), sign: signs::accent(label), side, stretchy: true }
            }
            ParseNode::Op { .. } | ParseNode::OperatorName { .. } => self.operator(node)?.0,
            ParseNode::Font { font, body, .. } => self.in_letters(font).node(body)?,
            ParseNode::Pmb { body, .. } => self.in_letters("boldsymbol").row(body),
            ParseNode::Text { body, font, .. } => font.as_deref().map_or(self, |font| self.in_letters(font)).text(body),
            ParseNode::HBox { body, .. } => self.text(body),
            ParseNode::Color { color, body, .. } => {
                Math::Color { color: color.clone(), body: Box::new(self.row(body)) }
            }
            ParseNode::Styling { style, body, mode, .. } => {
                let body = self.row(body);
                match (style, mode) {
                    (StyleStr::Display, _) => Math::Style { display: true, body: Box::new(body) },
                    (StyleStr::Text, Mode::Math) => Math::Style { display: false, body: Box::new(body) },
                    (StyleStr::Text | StyleStr::Script | StyleStr::Scriptscript, _) => body,
                }
            }
            ParseNode::DelimSizing { size, mclass, delim, .. } => {
                let class = match mclass.as_str() {
                    "mopen" => Class::Open,
                    "mclose" => Class::Close,
                    "mrel" => Class::Relation,
                    _ => Class::Ordinary,
                };
                // The heights of TeX's \big, \Big, \bigg and \Bigg.
                let height = [1.2, 1.8, 2.4, 3.0][usize::from(size.clamp(&1, &4) - 1)];
                Math::Sign(Sign { text: signs::delimiter(delim), class, height: Some(height), stretchy: true })
            }
            ParseNode::LeftRight { body, left, right, .. } => fenced(Some(left), self.row(body), Some(right)),
            ParseNode::Middle { delim, .. } => {
                let text = signs::delimiter(delim);
                Math::Sign(Sign { text, class: Class::Relation, height: None, stretchy: true })
            }
            ParseNode::Rule { width, .. } => Math::Space(em(width)),
            ParseNode::Kern { dimension, .. } => Math::Space(em(dimension)),
            ParseNode::Phantom { body, .. } => Math::Phantom(Box::new(self.row(body))),
            ParseNode::Smash { body, .. }
            | ParseNode::Lap { body, .. }
            | ParseNode::RaiseBox { body, .. }
            | ParseNode::VCenter { body, .. } => self.node(body)?,
            ParseNode::MClass { mclass, body, .. } => self.classed(mclass, body),
            ParseNode::Array { body, cols, col_separation_type, .. } => {
                self.table(body, cols.as_deref(), col_separation_type.as_deref())
            }
            ParseNode::Verb { body, .. } => Math::Text(body.clone()),
            ParseNode::Url { url, .. } => Math::Text(url.clone()),
            ParseNode::Raw { string, .. } => Math::Text(string.clone()),
            ParseNode::Enclose { label, body, .. } => {
                let how = match label.trim_start_matches('\\') {
                    "cancel" => Enclosure::StrikeUp,
                    "bcancel" => Enclosure::StrikeDown,
                    "xcancel" => Enclosure::StrikeBoth,
                    "sout" => Enclosure::StrikeThrough,
                    _ => Enclosure::Box,
                };
                Math::Enclosed { how, body: self.boxed(body) }
            }
            // The drawing's style is settled by TeX's rules; here the one of running text is told.
            ParseNode::MathChoice { text, .. } => self.row(text),
            ParseNode::XArrow { label, body, below, .. } => {
                let arrow =
                    Sign { text: signs::accent(label).into(), class: Class::Relation, height: None, stretchy: true };
                let (sub, sup) = (self.optional(below.as_deref()), Some(self.boxed(body)));
                Math::Scripts { base: Box::new(Math::Sign(arrow)), sub, sup, limits: Limits::Always }
            }
            ParseNode::HtmlMathMl { mathml, .. } => self.row(mathml),
            ParseNode::IncludeGraphics { alt, .. } => Math::Text(alt.clone()),
            ParseNode::Tag { body, tag, .. } => {
                let mut out = vec![self.row(body), Math::Space(2.0)];
                out.push(self.row(tag));
                Math::Row(out)
            }
            ParseNode::CdLabel { label, .. } => self.node(label)?,
            ParseNode::CdLabelParent { fragment, .. } => self.node(fragment)?,
            ParseNode::CdArrow { direction, label_above, label_below, .. } => {
                let arrow = Sign { text: signs::diagram_arrow(direction).into(), ..plain(Class::Relation) };
                let (sub, sup) = (self.optional(label_below.as_deref()), self.optional(label_above.as_deref()));
                Math::Scripts { base: Box::new(Math::Sign(arrow)), sub, sup, limits: Limits::Always }
            }
            ParseNode::ProofTree { tree, .. } => self.proof(tree),
            // They show nothing, or are gone when the parser is done.
            ParseNode::VPhantom { .. }
            | ParseNode::NoNumber { .. }
            | ParseNode::ColorToken { .. }
            | ParseNode::Size { .. }
            | ParseNode::LeftRightRight { .. }
            | ParseNode::Environment { .. }
            | ParseNode::Cr { .. }
            | ParseNode::Infix { .. }
            | ParseNode::Internal { .. } => return None,
        })
    }

    fn in_letters(self, font: &str) -> Reader {
        Reader { letters: Letters::named(font).or(self.letters) }
    }

    fn letter(self, text: String, mode: Mode, upright: bool) -> Math {
        if mode == Mode::Text {
            return Math::Text(self.letters.map_or(text.clone(), |letters| styled(&text, letters)));
        }
        let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
        if let Some(letters) = self.letters {
            let text = styled(&text, letters);
            return if is_number { Math::Number(text) } else { Math::Name { text, upright: true } };
        }
        match text.as_str() {
            _ if is_number && !text.is_empty() => Math::Number(text),
            "(" | "[" => sign(text, Class::Open),
            ")" | "]" | "!" => sign(text, Class::Close),
            // Primes, ellipses, bars and arrows: signs, not names.
            _ if !text.chars().any(char::is_alphanumeric) => sign(text, Class::Ordinary),
            _ => Math::Name { text, upright },
        }
    }

    /// Text in a formula, with the formulas in it.
    fn text(self, body: &[ParseNode]) -> Math {
        let mut out: Vec<Math> = Vec::new();
        for node in body {
            let Some(math) = self.node(node) else { continue };
            match (out.last_mut(), math) {
                (Some(Math::Text(last)), Math::Text(text)) => last.push_str(&text),
                // Groups in text part nothing.
                (_, Math::Row(inner)) if inner.iter().all(|math| matches!(math, Math::Text(_))) => {
                    inner.into_iter().for_each(|math| push(math, &mut out));
                }
                (_, math) => out.push(math),
            }
        }
        if out.len() == 1 { out.swap_remove(0) } else { Math::Row(out) }
    }

    /// An operator and where its limits stand; `None` for other nodes.
    fn operator(self, node: &ParseNode) -> Option<(Math, Limits)> {
        match node {
            ParseNode::Op { limits, always_handle_sup_sub, symbol, name, body, .. } => {
                let limits = limits_of(*limits, *always_handle_sup_sub == Some(true));
                let math = match (name, body) {
                    (Some(name), _) if *symbol => sign(signs::text(name, Mode::Math), Class::Operator),
                    (Some(name), _) => Math::Name { text: signs::operator(name), upright: true },
                    (None, Some(body)) => self.row(body),
                    (None, None) => return None,
                };
                Some((math, limits))
            }
            ParseNode::OperatorName { body, always_handle_sup_sub, limits, .. } => {
                let mut name = String::new();
                let math = self.row(body);
                let is_word = letters_of(&math, &mut name);
                let math = if is_word { Math::Name { text: name, upright: true } } else { math };
                Some((math, limits_of(*limits || *always_handle_sup_sub, false)))
            }
            _ => None,
        }
    }

    fn scripts(self, base: Option<&ParseNode>, sub: Option<&ParseNode>, sup: Option<&ParseNode>) -> Math {
        let (base, limits) = match base {
            None => (Math::Row(Vec::new()), Limits::Beside),
            Some(node) => match self.operator(node) {
                Some(pair) => pair,
                None => {
                    let is_brace = matches!(node, ParseNode::HorizBrace { .. });
                    let limits = if is_brace { Limits::Always } else { Limits::Beside };
                    (*self.boxed(node), limits)
                }
            },
        };
        Math::Scripts { base: Box::new(base), sub: self.optional(sub), sup: self.optional(sup), limits }
    }

    fn classed(self, mclass: &str, body: &[ParseNode]) -> Math {
        let class = match mclass {
            "mbin" => Class::Binary,
            "mrel" => Class::Relation,
            "mopen" => Class::Open,
            "mclose" => Class::Close,
            "mpunct" => Class::Punctuation,
            "mop" => Class::Operator,
            _ => Class::Ordinary,
        };
        match self.row(body) {
            Math::Sign(sign) => Math::Sign(Sign { class, ..sign }),
            math => math,
        }
    }

    fn table(
        self,
        body: &[Vec<ParseNode>],
        cols: Option<&[ratex_parser::parse_node::AlignSpec]>,
        separation: Option<&str>,
    ) -> Math {
        let rows: Vec<Vec<Math>> = body
            .iter()
            .map(|cells| cells.iter().map(|cell| self.node(cell).unwrap_or(Math::Row(Vec::new()))).collect())
            .collect();
        // A `\\` at the end begins a row that holds nothing.
        let is_empty = |row: &Vec<Math>| row.iter().all(|cell| matches!(cell, Math::Row(inner) if inner.is_empty()));
        let shown = rows.iter().rposition(|row| !is_empty(row)).map_or(0, |last| last + 1);
        let rows: Vec<Vec<Math>> = rows.into_iter().take(shown).collect();
        let columns = cols.unwrap_or_default().iter().filter_map(|column| column.align.as_deref());
        let aligns = columns.map(|align| match align {
            "l" => Column::Left,
            "r" => Column::Right,
            _ => Column::Center,
        });
        let is_aligned = matches!(separation, Some("align" | "alignat" | "gather"));
        Math::Table(Table { rows, aligns: aligns.collect(), is_aligned })
    }

    fn proof(self, tree: &ProofBranch) -> Math {
        let conclusion = self.row(&tree.conclusion);
        if tree.premises.is_empty() {
            return conclusion;
        }
        let mut over = Vec::new();
        for (at, premise) in tree.premises.iter().enumerate() {
            if at > 0 {
                over.push(Math::Space(1.0));
            }
            over.push(self.proof(premise));
        }
        let fraction = Math::Fraction { over: Box::new(Math::Row(over)), under: Box::new(conclusion), bar: true };
        match &tree.right_label {
            Some(label) => Math::Row(vec![fraction, Math::Space(0.3), self.row(label)]),
            None => fraction,
        }
    }
}

fn limits_of(limits: bool, always: bool) -> Limits {
    match (limits, always) {
        (true, true) => Limits::Always,
        (true, false) => Limits::Movable,
        (false, _) => Limits::Beside,
    }
}

fn plain(class: Class) -> Sign {
    Sign { text: String::new(), class, height: None, stretchy: false }
}

fn sign(text: String, class: Class) -> Math {
    Math::Sign(Sign { text, ..plain(class) })
}

fn fenced(open: Option<&str>, body: Math, close: Option<&str>) -> Math {
    let of = |delimiter: Option<&str>| delimiter.map(signs::delimiter).unwrap_or_default();
    Math::Fenced { open: of(open), body: Box::new(body), close: of(close) }
}

/// Adds to a row; the figures of one number become one, its scripts those of the whole.
fn push(math: Math, out: &mut Vec<Math>) {
    match (out.last_mut(), math) {
        (Some(Math::Number(number)), Math::Number(figure)) => number.push_str(&figure),
        (Some(Math::Number(number)), Math::Scripts { base, sub, sup, limits }) => {
            if let Math::Number(last) = &*base {
                let whole = format!("{number}{last}");
                out.pop();
                out.push(Math::Scripts { base: Box::new(Math::Number(whole)), sub, sup, limits });
            } else {
                out.push(Math::Scripts { base, sub, sup, limits });
            }
        }
        (_, math) => out.push(math),
    }
}

/// The letters of a name made of single ones; whether it is made of nothing else.
fn letters_of(math: &Math, out: &mut String) -> bool {
    match math {
        Math::Name { text, .. } | Math::Number(text) | Math::Text(text) => {
            out.push_str(text);
            true
        }
        Math::Row(row) => row.iter().all(|math| letters_of(math, out)),
        Math::Space(_) => {
            out.push('\u{A0}');
            true
        }
        Math::Sign(sign) if sign.text == "-" || sign.text == "\u{2212}" => {
            out.push('-');
            true
        }
        Math::Sign(_)
        | Math::Fraction { .. }
        | Math::Root { .. }
        | Math::Scripts { .. }
        | Math::Accent { .. }
        | Math::Fenced { .. }
        | Math::Table(_)
        | Math::Style { .. }
        | Math::Color { .. }
        | Math::Enclosed { .. }
        | Math::Phantom(_) => false,
    }
}

/// A length in em, of TeX's units; 18 mu make an em.
fn em(measure: &Measurement) -> f64 {
    // The size that TeX's own lengths were chosen for.
    const POINTS: f64 = 10.0;
    let per_unit = match measure.unit.as_str() {
        "mu" => 1.0 / 18.0,
        "ex" => 0.43,
        "pt" => 1.0 / POINTS,
        "mm" => 2.845 / POINTS,
        "cm" => 28.45 / POINTS,
        "in" => 72.27 / POINTS,
        _ => 1.0,
    };
    measure.number * per_unit
}
