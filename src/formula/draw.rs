//! The door to `ratex-layout`: a formula → glyphs, rules and outlines at their places.
//!
//! In:     a formula; how wide and high the characters are that the faces of formulas lack.
//! Out:    [`Drawing`]s: one, or for a formula in a line one for each piece at whose end a line may end.
//! Absent: the size of the type: everything is in em of the formula, y up from the baseline.

use super::{Formula, latex, sense, words};
use crate::theme::Color;
use ratex_font::FontId;
use ratex_layout::{
    FallbackGlyphMetrics, LayoutOptions, layout_with_fallback_metrics, to_display_list, validate_layout,
};
use ratex_parser::ParseNode;
use ratex_parser::parse_node::AtomFamily;
use ratex_types::display_item::DisplayItem;
use ratex_types::math_style::MathStyle;
use ratex_types::path_command::PathCommand;
use std::collections::HashMap;
use std::sync::Arc;

/// A formula, or a piece of one, ready to be set. Lengths are in em.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawing {
    /// Of the piece alone, see [`Formula::words`](super::Formula::words).
    pub words: String,
    pub width: f64,
    pub height: f64,
    /// Below the baseline; positive.
    pub depth: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    pub outlines: Vec<Outline>,
    /// What may follow it on a new line, and the space at its end that a line's end swallows.
    pub after: Option<(Break, f64)>,
}

/// After which kind of sign a line may end (*The TeXbook*, p. 173; TeX does not part at commas, and leaves a hole instead).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Break {
    Relation,
    Operator,
    Comma,
    /// Any of them, within brackets.
    Within,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Glyph {
    /// The file of the face among the bundled ones, `katex/KaTeX_Main-Regular.ttf`; `None`: the face of the text.
    pub face: Option<&'static str>,
    pub character: char,
    pub x: f64,
    pub y: f64,
    /// Its size, of the formula's.
    pub scale: f64,
    /// `None`: that of the text.
    pub color: Option<Color>,
}

/// A filled rectangle; `y` is its foot.
#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub color: Option<Color>,
}

/// A closed shape, filled, or a line of [`STROKE`].
#[derive(Clone, PartialEq, Debug)]
pub struct Outline {
    pub steps: Vec<Step>,
    pub fill: bool,
    pub color: Option<Color>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step {
    Move(f64, f64),
    Line(f64, f64),
    /// Two control points and the end.
    Curve([f64; 6]),
    Close,
}

/// The extent of a character in em.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Extent {
    pub width: f64,
    pub height: f64,
    pub depth: f64,
}

/// The thickness of drawn lines in em: that of the rules of fractions in the faces of formulas.
pub const STROKE: f64 = 0.04;
/// Dashes of a dashed line, and the gaps between them, in em.
const DASH: f64 = 0.16;
/// Dashes of one line at the most: a line a metre long at 10 pt has so many.
const DASHES: usize = 1_000;
/// Nothing in a formula is farther away than this, in em: it would not be on the page.
const FARTHEST: f64 = 1_000.0;

/// The pieces of a formula. None: it can be read, but not be set.
pub fn draw(formula: &Formula, extent: &dyn Fn(char) -> Option<Extent>) -> Vec<Drawing> {
    let Formula { source, is_display, macros, .. } = formula;
    let Ok(read) = latex::parse(source, macros) else { return Vec::new() };
    let (nodes, _) = latex::without_tag(&read);
    let texts = macros.0.values().chain([source]);
    let extents: HashMap<char, FallbackGlyphMetrics> = texts
        .flat_map(|text| text.chars())
        .filter(|c| !c.is_ascii() && !c.is_control())
        .filter_map(|c| {
            extent(c).map(|e| (c, FallbackGlyphMetrics { width: e.width, height: e.height, depth: e.depth }))
        })
        .collect();
    let pen = Pen { extents: Arc::new(extents), style: if *is_display { MathStyle::Display } else { MathStyle::Text } };
    let cuts = if *is_display { Vec::new() } else { breaks(nodes) };
    let mut from = 0;
    let mut out = Vec::with_capacity(cuts.len() + 1);
    for (at, kind) in cuts {
        let Some(piece) = pen.piece(&nodes[from..at], Some(kind)) else { return Vec::new() };
        out.push(piece);
        from = at;
    }
    let Some(last) = pen.piece(&nodes[from..], None) else { return Vec::new() };
    out.push(last);
    out
}

/// Where a formula in a line may be broken, and the space there: behind relations, binary operators and commas at its
/// outermost level. What follows must be such that the space before it is the same on one line.
fn breaks(nodes: &[ParseNode]) -> Vec<(usize, (Break, f64))> {
    const MU: f64 = 1.0 / 18.0;
    let mut out = Vec::new();
    let mut before = None;
    let mut open = 0;
    for (at, pair) in nodes.windows(2).enumerate() {
        let (last, next) = (family(&pair[0]), &pair[1]);
        let is_space = matches!(next, ParseNode::SpacingNode { .. } | ParseNode::Kern { .. });
        let follows = matches!(family(next), None | Some(AtomFamily::Open | AtomFamily::Inner | AtomFamily::Bin));
        // A sign that opens the formula, or follows another one, belongs to what it stands before.
        let has_left =
            at > 0 && !matches!(before, Some(AtomFamily::Rel | AtomFamily::Bin | AtomFamily::Open | AtomFamily::Punct));
        open += match last {
            Some(AtomFamily::Open) => 1,
            Some(AtomFamily::Close) => -1,
            Some(AtomFamily::Bin | AtomFamily::Inner | AtomFamily::Punct | AtomFamily::Rel) | None => 0,
        };
        let kind = match last {
            Some(AtomFamily::Rel) if follows => Some((Break::Relation, 5.0 * MU)),
            Some(AtomFamily::Bin) if follows && has_left => Some((Break::Operator, 4.0 * MU)),
            Some(AtomFamily::Punct) if has_left => Some((Break::Comma, 3.0 * MU)),
            _other => None,
        };
        if let Some((kind, space)) = kind.filter(|_| !is_space) {
            // In brackets only where all else is worse.
            out.push((at + 1, (if open > 0 { Break::Within } else { kind }, space)));
        }
        before = last;
    }
    out
}

/// What a sign is to its neighbours, its scripts left aside.
fn family(node: &ParseNode) -> Option<AtomFamily> {
    match node {
        ParseNode::Atom { family, .. } => Some(*family),
        ParseNode::SupSub { base: Some(base), .. } => match &**base {
            ParseNode::Atom { family, .. } => Some(*family),
            _other => None,
        },
        _other => None,
    }
}

struct Pen {
    extents: Arc<HashMap<char, FallbackGlyphMetrics>>,
    style: MathStyle,
}

impl Pen {
    fn piece(&self, nodes: &[ParseNode], after: Option<(Break, f64)>) -> Option<Drawing> {
        let options = LayoutOptions { style: self.style, ..LayoutOptions::default() };
        let set = |nodes: &[ParseNode]| {
            let set = layout_with_fallback_metrics(nodes, &options, self.extents.clone());
            // It bounds the work of what follows; a formula of so many parts fills more than a page.
            validate_layout(&set).is_ok().then_some(set)
        };
        // Something that shows nothing behind the sign brings the space that belongs between the two.
        let (whole, swallowed, words) = match after {
            None => (set(nodes)?, 0.0, words::line(&sense::row(nodes))),
            Some((_, space)) => {
                let nothing = ParseNode::OrdGroup {
                    mode: ratex_parser::Mode::Math,
                    body: Vec::new(),
                    semisimple: None,
                    loc: None,
                };
                let mut with: Vec<ParseNode> = nodes.to_vec();
                with.push(nothing);
                let whole = set(&with)?;
                let swallowed = if whole.width >= space { space } else { 0.0 };
                (whole, swallowed, words::line(&sense::row(&with)))
            }
        };
        let list = to_display_list(&whole);
        let is_sound = [list.width, list.height, list.depth].iter().all(|v| v.is_finite() && v.abs() < FARTHEST);
        if !is_sound {
            return None;
        }
        let mut drawing = Drawing {
            words,
            width: list.width.max(0.0),
            height: list.height,
            depth: list.depth,
            glyphs: Vec::new(),
            rules: Vec::new(),
            outlines: Vec::new(),
            after: after.map(|(kind, _)| (kind, swallowed)),
        };
        for item in list.items {
            take(item, list.height, &mut drawing)?;
        }
        Some(drawing)
    }
}

/// Takes an item, whose y runs down from the top, `height` over the baseline. `None`: it cannot be on a page.
fn take(item: DisplayItem, height: f64, out: &mut Drawing) -> Option<()> {
    let near = |value: f64| (value.is_finite() && value.abs() < FARTHEST).then_some(value);
    match item {
        DisplayItem::GlyphPath { x, y, scale, font, char_code, color } => {
            let character = char::from_u32(char_code)?;
            let id = FontId::parse(&font);
            let face = id.and_then(file);
            let character = match (id, face) {
                (Some(id), Some(_)) => ratex_font::katex_ttf_glyph_char(id, char_code),
                _ => character,
            };
            let (x, y, scale) = (near(x)?, near(height - y)?, near(scale)?);
            out.glyphs.push(Glyph { face, character, x, y, scale, color: ink(color) });
        }
        DisplayItem::Line { x, y, width, thickness, color, dashed } => {
            let (x, y, width, thickness) = (near(x)?, near(height - y)?, near(width)?, near(thickness)?);
            let rule = Rule { x, y: y - thickness / 2.0, width, height: thickness, color: ink(color) };
            if dashed {
                let count = ((width / (2.0 * DASH)).ceil().max(0.0) as usize).min(DASHES);
                for dash in 0..count {
                    let start = dash as f64 * 2.0 * DASH;
                    let dash = Rule { x: x + start, width: DASH.min(width - start), ..rule.clone() };
                    out.rules.push(dash);
                }
            } else {
                out.rules.push(rule);
            }
        }
        DisplayItem::Rect { x, y, width, height: high, color } => {
            let (x, y, width, high) = (near(x)?, near(height - y - high)?, near(width)?, near(high)?);
            out.rules.push(Rule { x, y, width, height: high, color: ink(color) });
        }
        DisplayItem::Path { x, y, commands, fill, color } => {
            let mut steps = Vec::with_capacity(commands.len());
            let at = |px: f64, py: f64| Some((near(x + px)?, near(height - y - py)?));
            let mut pen = (0.0, 0.0);
            for command in commands {
                match command {
                    PathCommand::MoveTo { x, y } => {
                        pen = at(x, y)?;
                        steps.push(Step::Move(pen.0, pen.1));
                    }
                    PathCommand::LineTo { x, y } => {
                        pen = at(x, y)?;
                        steps.push(Step::Line(pen.0, pen.1));
                    }
                    PathCommand::CubicTo { x1, y1, x2, y2, x, y } => {
                        let (a, b, end) = (at(x1, y1)?, at(x2, y2)?, at(x, y)?);
                        steps.push(Step::Curve([a.0, a.1, b.0, b.1, end.0, end.1]));
                        pen = end;
                    }
                    PathCommand::QuadTo { x1, y1, x, y } => {
                        // PDF has cubic curves only: the same curve, its control points two thirds of the way.
                        let (c, end) = (at(x1, y1)?, at(x, y)?);
                        let two_thirds = |from: (f64, f64)| {
                            (from.0 + (c.0 - from.0) * 2.0 / 3.0, from.1 + (c.1 - from.1) * 2.0 / 3.0)
                        };
                        let (a, b) = (two_thirds(pen), two_thirds(end));
                        steps.push(Step::Curve([a.0, a.1, b.0, b.1, end.0, end.1]));
                        pen = end;
                    }
                    PathCommand::Close => steps.push(Step::Close),
                }
            }
            out.outlines.push(Outline { steps, fill, color: ink(color) });
        }
    }
    Some(())
}

/// Black is the colour of the text, whatever that is.
fn ink(color: ratex_types::color::Color) -> Option<Color> {
    let part = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    let color = Color::rgb(part(color.r), part(color.g), part(color.b));
    (color != Color::BLACK).then_some(color)
}

/// A colour by name or in hexadecimal, dark enough to be read on white (WCAG 2.1, 1.4.3: a contrast of 4.5), in
/// hexadecimal; `None` for what names no colour.
pub fn readable(color: &str) -> Option<String> {
    /// The luminance that has that contrast with white is 0.183; squares are a little off the curve of sRGB.
    const LIGHTEST: f64 = 0.165;
    let color = ratex_types::color::Color::parse(color)?;
    let mut parts = [color.r, color.g, color.b].map(|part| f64::from(part.clamp(0.0, 1.0)));
    let luminance = |[r, g, b]: [f64; 3]| 0.2126 * r * r + 0.7152 * g * g + 0.0722 * b * b;
    let light = luminance(parts);
    if light > LIGHTEST {
        let scale = (LIGHTEST / light).sqrt();
        parts = parts.map(|part| part * scale);
    }
    let [red, green, blue] = parts.map(|part| (part * 255.0).floor() as u8);
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// The file of a face of formulas.
fn file(font: FontId) -> Option<&'static str> {
    Some(match font {
        FontId::AmsRegular => "katex/KaTeX_AMS-Regular.ttf",
        FontId::CaligraphicRegular => "katex/KaTeX_Caligraphic-Regular.ttf",
        FontId::FrakturRegular => "katex/KaTeX_Fraktur-Regular.ttf",
        FontId::FrakturBold => "katex/KaTeX_Fraktur-Bold.ttf",
        FontId::MainBold => "katex/KaTeX_Main-Bold.ttf",
        FontId::MainBoldItalic => "katex/KaTeX_Main-BoldItalic.ttf",
        FontId::MainItalic => "katex/KaTeX_Main-Italic.ttf",
        FontId::MainRegular => "katex/KaTeX_Main-Regular.ttf",
        FontId::MathBoldItalic => "katex/KaTeX_Math-BoldItalic.ttf",
        FontId::MathItalic => "katex/KaTeX_Math-Italic.ttf",
        FontId::SansSerifBold => "katex/KaTeX_SansSerif-Bold.ttf",
        FontId::SansSerifItalic => "katex/KaTeX_SansSerif-Italic.ttf",
        FontId::SansSerifRegular => "katex/KaTeX_SansSerif-Regular.ttf",
        FontId::ScriptRegular => "katex/KaTeX_Script-Regular.ttf",
        FontId::Size1Regular => "katex/KaTeX_Size1-Regular.ttf",
        FontId::Size2Regular => "katex/KaTeX_Size2-Regular.ttf",
        FontId::Size3Regular => "katex/KaTeX_Size3-Regular.ttf",
        FontId::Size4Regular => "katex/KaTeX_Size4-Regular.ttf",
        FontId::TypewriterRegular => "katex/KaTeX_Typewriter-Regular.ttf",
        FontId::CjkRegular | FontId::CjkFallback | FontId::EmojiFallback => return None,
    })
}
