//! Marks → looks: in which font, colour and place each stretch of a leaf is set.
//!
//! In:     a leaf's text, the style it stands in.
//! Out:    [`Span`]s, each covered by the same marks from end to end, with their [`Look`]s.
//! Absent: tokens, widths.

use super::fallback::Wanted;
use super::font::{Breaking, Font, Fonts, OpenFont};
use super::shape::Features;
use super::style::Resolved;
use crate::asset::FaceId;
use crate::base::{Lang, Length};
use crate::layout::tree::{Mark, Text};
use crate::theme::{Color, Emphasis, Family, Figures, Role, Theme};
use std::ops::Range;
use std::sync::Arc;

/// Inferiors and superiors made of the ordinary forms where the face has none: their size, and how far up and down, of
/// the size around them.
const SMALL_SIZE: f64 = 0.65;
const SUPERIOR_RISE: f64 = 0.36;
const INFERIOR_DROP: f64 = 0.14;
/// Keys are set in the sans, a little smaller, on a ground.
const KEY_SIZE: f64 = 0.86;
const KEY_GROUND: Color = Color::grey(232);
/// Code in a line is set so that its `x` is as high as the text's, less this share: letters of one width look larger.
const CODE_SHARE: f64 = 0.96;
/// The bounds of that: a face with strange heights must not make code unreadable.
const CODE_SIZES: (f64, f64) = (0.8, 1.0);

/// How a stretch of text is drawn.
pub struct Look<'a> {
    pub font: Arc<OpenFont<'a>>,
    pub rise: Length,
    pub color: Color,
    pub strike: bool,
    pub underline: bool,
    pub ground: Option<Color>,
}

/// A stretch of a leaf under the same marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    pub range: Range<u32>,
    /// Its place among the looks.
    pub look: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Script {
    Plain,
    Superior,
    Inferior,
}

/// What the marks around a stretch add up to.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    family: Family,
    bold: bool,
    italic: bool,
    small_caps: bool,
    is_code: bool,
    is_key: bool,
    /// Keys stand on a ground, unless the theme has none under code.
    on_ground: bool,
    script: Script,
    strike: bool,
    underline: bool,
    color: Color,
    lang: Lang,
}

impl State {
    pub fn new(style: &Resolved, lang: Lang) -> State {
        State {
            family: style.family,
            bold: style.bold,
            italic: style.italic,
            small_caps: style.small_caps,
            is_code: style.family == Family::Mono,
            is_key: false,
            on_ground: false,
            script: Script::Plain,
            strike: false,
            underline: false,
            color: style.color,
            lang,
        }
    }

    /// The same, raised: for the call of a note.
    pub fn raised(&self) -> State {
        State { script: Script::Superior, italic: false, ..self.clone() }
    }

    fn add(&mut self, mark: &Mark, style: &Resolved, theme: &Theme) {
        match mark {
            Mark::Emphasis => match theme.emphasis {
                // Emphasis among italics stands upright.
                Emphasis::Italic => self.italic = !self.italic,
                Emphasis::Weight => self.bold = true,
            },
            Mark::Strong => self.bold = true,
            Mark::Strike => self.strike = true,
            Mark::Underline => self.underline = true,
            Mark::SmallCaps | Mark::LeadIn => self.small_caps = true,
            Mark::Sans => self.family = Family::Sans,
            Mark::Superscript => self.script = Script::Superior,
            Mark::Subscript => self.script = Script::Inferior,
            Mark::Keyboard => {
                self.family = Family::Sans;
                self.is_key = true;
                self.on_ground = theme.style(Role::Code).ground.is_some();
                // Without a ground, weight tells a key from the words around it.
                self.bold |= !self.on_ground;
            }
            Mark::Code => {
                self.family = Family::Mono;
                self.is_code = true;
                self.small_caps = false;
            }
            // Bold among italics would be both; there small capitals set it apart.
            Mark::Label if style.role == Role::Caption && self.italic => (self.italic, self.small_caps) = (false, true),
            Mark::Label => self.bold |= style.role == Role::Caption,
            Mark::Lang(lang) => self.lang = lang.clone(),
            Mark::Token(token) => {
                let look = theme.token(*token);
                self.color = look.color;
                self.bold |= look.bold;
                self.italic |= look.italic;
            }
            Mark::Abbreviation(_) | Mark::Link(_) | Mark::Anchor(_) | Mark::Class(_) => {}
        }
    }
}

/// The looks of one leaf, each once.
#[derive(Default)]
pub struct Looks<'a> {
    pub list: Vec<Look<'a>>,
    known: Vec<(State, bool, usize)>,
}

impl<'a> Looks<'a> {
    /// The spans of a part of a leaf, in order, with their looks.
    pub fn spans(
        &mut self,
        text: &Text,
        range: Range<u32>,
        base: &State,
        style: &Resolved,
        fonts: &Fonts<'a>,
        theme: &Theme,
    ) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let marks: Vec<_> = text.marks.iter().filter(|mark| mark.range.start < mark.range.end).collect();
        // The marks that cover the place reached, outermost first, with the state inside each.
        let mut open: Vec<(u32, State)> = Vec::new();
        let mut next = 0;
        let mut at = 0;
        while at < range.end {
            open.retain(|(end, _)| *end > at);
            while let Some(mark) = marks.get(next).filter(|mark| mark.range.start <= at) {
                let mut state = open.last().map_or_else(|| base.clone(), |(_, state)| state.clone());
                state.add(&mark.mark, style, theme);
                open.push((mark.range.end, state));
                next += 1;
            }
            let starts = marks.get(next).map(|mark| mark.range.start);
            let ends = open.iter().map(|(end, _)| *end).min();
            let to = [starts, ends, Some(range.end)].into_iter().flatten().min().unwrap_or(range.end).max(at + 1);
            let (from, until) = (at.max(range.start), to.min(range.end));
            if from < until {
                let state = open.last().map_or(base, |(_, state)| state);
                let shown = text.string.get(from as usize..until as usize).unwrap_or_default();
                let look = self.look(state, shown, style, fonts);
                spans.push(Span { range: from..until, look });
            }
            at = to;
        }
        spans
    }

    /// The look of a state; `shown` decides whether the face has raised forms for it.
    pub fn look(&mut self, state: &State, shown: &str, style: &Resolved, fonts: &Fonts<'a>) -> usize {
        let all_caps = state.small_caps && !shown.chars().any(char::is_lowercase);
        let depends = all_caps || state.script != Script::Plain;
        if !depends && let Some((_, _, look)) = self.known.iter().find(|(known, _, _)| known == state) {
            return *look;
        }
        let look = make(state, shown, all_caps, style, fonts);
        self.list.push(look);
        if !depends {
            self.known.push((state.clone(), all_caps, self.list.len() - 1));
        }
        self.list.len() - 1
    }
}

fn make<'a>(state: &State, shown: &str, all_caps: bool, style: &Resolved, fonts: &Fonts<'a>) -> Look<'a> {
    let four = style.faces.of(state.family);
    let wanted = Wanted {
        face: four.pick(state.bold, state.italic),
        bold: state.bold,
        italic: state.italic,
        mono: state.family == Family::Mono,
    };
    let mut size = style.size;
    let mut rise = Length::ZERO;
    let mut features = match (state.family, style.figures) {
        (Family::Mono, _) => Features::VERBATIM,
        (Family::Text | Family::Sans, Figures::OldStyle) => Features::OLD_STYLE.and(Features::PROPORTIONAL),
        (Family::Text | Family::Sans, Figures::Lining) => Features::LINING.and(Features::PROPORTIONAL),
        (Family::Text | Family::Sans, Figures::Tabular) => Features::LINING.and(Features::TABULAR),
    };
    if state.small_caps {
        features = features.and(Features::SMALL_CAPS);
        // Text typed in capitals alone: the author wants small ones.
        if all_caps {
            features = features.and(Features::CAPS_TO_SMALL);
        }
    }
    let tracking = if state.small_caps && style.tracking == Length::ZERO {
        size.scale(SMALL_CAPS_TRACKING)
    } else if state.is_code {
        Length::ZERO
    } else {
        style.tracking
    };
    if tracking != Length::ZERO {
        features = features.and(Features::APART);
    }
    let is_plain = tracking == Length::ZERO && !state.is_code && !state.small_caps && state.family != Family::Mono;
    let caps_tracking = if is_plain { style.caps_tracking } else { Length::ZERO };
    let breaking = if state.is_code {
        Breaking::Code
    } else if style.hyphenate {
        Breaking::Words
    } else {
        Breaking::Whole
    };
    let font =
        |size, features| Font { wanted, size, features, tracking, caps_tracking, lang: state.lang.clone(), breaking };
    if state.is_code && style.family != Family::Mono {
        size = size.scale(code_share(style, wanted.face, fonts));
    }
    if state.on_ground {
        size = size.scale(KEY_SIZE);
    }
    match state.script {
        Script::Plain => {}
        Script::Superior if fonts.open(font(size, features)).has_forms(shown, Features::SUPERIORS) => {
            features = features.and(Features::SUPERIORS);
        }
        Script::Inferior if fonts.open(font(size, features)).has_forms(shown, Features::INFERIORS) => {
            features = features.and(Features::INFERIORS);
        }
        Script::Superior => {
            rise = size.scale(SUPERIOR_RISE);
            size = size.scale(SMALL_SIZE);
        }
        Script::Inferior => {
            rise = -size.scale(INFERIOR_DROP);
            size = size.scale(SMALL_SIZE);
        }
    }
    Look {
        font: fonts.open(font(size, features)),
        rise,
        color: state.color,
        strike: state.strike,
        underline: state.underline,
        ground: state.on_ground.then_some(KEY_GROUND),
    }
}

/// The size of code in a line, of that of the text around it.
pub fn code_share(style: &Resolved, code: FaceId, fonts: &Fonts<'_>) -> f64 {
    (fonts.x_height(style.face()) / fonts.x_height(code) * CODE_SHARE).clamp(CODE_SIZES.0, CODE_SIZES.1)
}

/// Space between small capitals in running text (Butterick: 5 to 12 %).
const SMALL_CAPS_TRACKING: f64 = 0.05;
