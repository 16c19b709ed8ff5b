//! The few things that formulas are made of.
//!
//! In:     nothing; `sense` fills these types.
//! Out:    [`Math`], from which MathML and words are written.
//! Absent: LaTeX, fonts, places.

use super::signs::Side;

/// A piece of a formula.
#[derive(Clone, PartialEq, Debug)]
pub enum Math {
    Row(Vec<Math>),
    /// A name: one letter in italics unless `upright`, or a word.
    Name {
        text: String,
        upright: bool,
    },
    Number(String),
    Sign(Sign),
    Text(String),
    /// In em.
    Space(f64),
    Fraction {
        over: Box<Math>,
        under: Box<Math>,
        bar: bool,
    },
    Root {
        body: Box<Math>,
        index: Option<Box<Math>>,
    },
    /// Beside the base, or with `limits` over and under it.
    Scripts {
        base: Box<Math>,
        sub: Option<Box<Math>>,
        sup: Option<Box<Math>>,
        limits: Limits,
    },
    /// A sign over or under all of the base.
    Accent {
        base: Box<Math>,
        sign: char,
        side: Side,
        stretchy: bool,
    },
    /// With brackets as high as what they hold; an empty one is not shown.
    Fenced {
        open: String,
        body: Box<Math>,
        close: String,
    },
    Table(Table),
    /// In display or text style, whatever is around.
    Style {
        display: bool,
        body: Box<Math>,
    },
    Color {
        color: String,
        body: Box<Math>,
    },
    /// In a frame, or struck out.
    Enclosed {
        how: Enclosure,
        body: Box<Math>,
    },
    /// Keeps its room and is not seen.
    Phantom(Box<Math>),
}

#[derive(Clone, PartialEq, Debug)]
pub struct Sign {
    pub text: String,
    pub class: Class,
    /// Its height, when the author gave it one, in em.
    pub height: Option<f64>,
    /// Grows with what stands beside it.
    pub stretchy: bool,
}

impl Math {
    /// What a piece is to what stands beside it; `None` for everything that is no sign.
    pub fn class(&self) -> Option<Class> {
        match self {
            Math::Sign(sign) => Some(sign.class),
            Math::Scripts { base, .. } => base.class(),
            Math::Row(_)
            | Math::Name { .. }
            | Math::Number(_)
            | Math::Text(_)
            | Math::Space(_)
            | Math::Fraction { .. }
            | Math::Root { .. }
            | Math::Accent { .. }
            | Math::Fenced { .. }
            | Math::Table(_)
            | Math::Style { .. }
            | Math::Color { .. }
            | Math::Enclosed { .. }
            | Math::Phantom(_) => None,
        }
    }
}

/// What a sign is to its neighbours (*The TeXbook*, ch. 17).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    Ordinary,
    /// A large operator.
    Operator,
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limits {
    Beside,
    /// Over and under in displays, else beside.
    Movable,
    Always,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Enclosure {
    Box,
    StrikeUp,
    StrikeDown,
    StrikeBoth,
    StrikeThrough,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    pub rows: Vec<Vec<Math>>,
    /// By column.
    pub aligns: Vec<Column>,
    /// Lines of equations: in display style, and no space between the columns of a pair.
    pub is_aligned: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    Left,
    Center,
    Right,
}
