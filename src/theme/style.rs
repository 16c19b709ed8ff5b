//! One style: how the text of a role is set. Sizes are relative, so that a book may change its text size alone.

use crate::base::Em;

/// A colour in sRGB, each part 0 to 255.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Color {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Color {
    pub const BLACK: Color = Color::grey(0);
    pub const WHITE: Color = Color::grey(255);

    pub const fn grey(level: u8) -> Color {
        Color { red: level, green: level, blue: level }
    }

    pub const fn rgb(red: u8, green: u8, blue: u8) -> Color {
        Color { red, green, blue }
    }

    pub const fn is_grey(self) -> bool {
        self.red == self.green && self.green == self.blue
    }

    /// Relative luminance (WCAG 2.2), 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast ratio of WCAG 2.2, 1 to 21.
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Family {
    Text,
    Sans,
    Mono,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Weight {
    Regular,
    Bold,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TextAlign {
    /// Both edges where the theme justifies, else the start edge.
    Justify,
    Start,
    Center,
    End,
}

/// The forms of the figures (OpenType `onum`, `lnum`, `pnum`, `tnum`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Figures {
    OldStyle,
    Lining,
    /// Lining figures of one width, for columns of numbers.
    Tabular,
}

/// Where a shown number stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LabelPlace {
    /// On the line of the title, before it.
    Inline,
    /// On a line of its own over the title.
    Above,
}

/// How the text of one role is set.
#[derive(Clone, PartialEq, Debug)]
pub struct Style {
    pub family: Family,
    pub weight: Weight,
    pub italic: bool,
    /// Real small caps (`smcp`), never scaled capitals.
    pub small_caps: bool,
    /// Of the text size.
    pub size: f64,
    /// Of the theme's leading: 1.0 keeps the baseline grid.
    pub leading: f64,
    pub align: TextAlign,
    pub hyphenate: bool,
    pub figures: Figures,
    pub color: Color,
    /// Added between letters, of the size; for capitals and small capitals only.
    pub tracking: Em,
    /// Of the first line, in units of the role's own size.
    pub indent: Em,
    /// Of the whole block, from the start and the end edge, in units of the text size.
    pub inset_start: Em,
    pub inset_end: Em,
    /// Space over and under the block, in lines of the grid. Between two blocks the larger one counts.
    pub before: f64,
    pub after: f64,
    /// Whether it stays on the page of what follows.
    pub keep_with_next: bool,
    /// Whether it is not broken over pages unless it is longer than one.
    pub keep_together: bool,
    pub label: LabelPlace,
    /// A ground behind the block.
    pub ground: Option<Color>,
    /// A rule at the start edge, in points of thickness.
    pub edge_rule: Option<f64>,
}

/// Body text with nothing special: the base that designs build on.
pub const PLAIN: Style = Style {
    family: Family::Text,
    weight: Weight::Regular,
    italic: false,
    small_caps: false,
    size: 1.0,
    leading: 1.0,
    align: TextAlign::Justify,
    hyphenate: true,
    figures: Figures::OldStyle,
    color: Color::BLACK,
    tracking: Em(0.0),
    indent: Em(0.0),
    inset_start: Em(0.0),
    inset_end: Em(0.0),
    before: 0.0,
    after: 0.0,
    keep_with_next: false,
    keep_together: false,
    label: LabelPlace::Inline,
    ground: None,
    edge_rule: None,
};

/// The class of a piece of code, from which its look follows in both editions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Token {
    Keyword,
    Type,
    Function,
    Variable,
    Constant,
    Number,
    String,
    Escape,
    Comment,
    Attribute,
    Tag,
    Operator,
    Punctuation,
    Inserted,
    Deleted,
}

impl Token {
    pub const ALL: [Token; 15] = [
        Token::Keyword,
        Token::Type,
        Token::Function,
        Token::Variable,
        Token::Constant,
        Token::Number,
        Token::String,
        Token::Escape,
        Token::Comment,
        Token::Attribute,
        Token::Tag,
        Token::Operator,
        Token::Punctuation,
        Token::Inserted,
        Token::Deleted,
    ];

    /// The CSS class without its prefix, and the word of the dump.
    pub fn name(self) -> &'static str {
        match self {
            Token::Keyword => "keyword",
            Token::Type => "type",
            Token::Function => "function",
            Token::Variable => "variable",
            Token::Constant => "constant",
            Token::Number => "number",
            Token::String => "string",
            Token::Escape => "escape",
            Token::Comment => "comment",
            Token::Attribute => "attribute",
            Token::Tag => "tag",
            Token::Operator => "operator",
            Token::Punctuation => "punctuation",
            Token::Inserted => "inserted",
            Token::Deleted => "deleted",
        }
    }
}
