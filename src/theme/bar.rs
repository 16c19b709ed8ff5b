//! The bar: the 25 rules that a printed page is held to, and the flaws that break them.
//!
//! In:     nothing; these are names and words.
//! Out:    [`RULES`], [`Flaw`], and the flaws that a book forbids when it does not say which ([`FORBIDDEN`]).
//! Absent: pages. `audit` finds the flaws; `source` reads from `book.toml` which of them are forbidden.
//!
//! Sources of the rules: Bringhurst, *The Elements of Typographic Style*; the *Chicago Manual of Style*; the manual of
//! Standard Ebooks; Butterick, *Practical Typography*; Tschichold on the page.

/// A rule of the bar.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// 1 to 25.
    pub number: u8,
    pub name: &'static str,
    /// What it asks.
    pub asks: &'static str,
    /// What is counted on the pages; where the pages cannot show it, what is looked at instead.
    pub checks: &'static str,
}

/// The rules in their order: number `n` stands at `n - 1`.
pub const RULES: [Rule; 25] = [
    rule(1, "measure", "45 to 75 characters a line, 66 at best", "the mean over all full lines of body text"),
    rule(2, "size", "body text of 10 to 12 pt, nothing under 7 pt", "the size of every run"),
    rule(3, "leading", "120 to 145 % of the size", "the theme's leading and size"),
    rule(4, "margins", "inner < top < outer < bottom", "the theme's page"),
    rule(5, "grid", "body lines on one grid; facing pages end alike", "every baseline; the feet of every opening"),
    rule(6, "widows", "no page begins with the last line of a paragraph", "every page"),
    rule(7, "orphans", "no page ends with the first line of a paragraph that goes on", "every page"),
    rule(
        8,
        "hyphens",
        "at least 2 letters before a hyphen and 3 after it (2 in languages that let them)",
        "every hyphen that was added",
    ),
    rule(9, "ladders", "at most 2 lines in a row end in a hyphen", "every line of body text"),
    rule(10, "page ends", "no page ends in a hyphen", "every page, recto or verso"),
    rule(11, "last lines", "a paragraph does not end in a stub", "every last line"),
    rule(12, "whole words", "no hyphen in headings, captions, code and URLs", "every hyphen that was added"),
    rule(13, "word spaces", "justified spaces of 1/5 to 1/2 em, glyphs scaled by 3 % at most", "every justified line"),
    rule(14, "texture", "no word three times at an edge, no river of four lines", "every paragraph"),
    rule(15, "indents", "paragraphs are told apart by an indent or by space, never by both", "every paragraph"),
    rule(16, "scene breaks", "a break between scenes is seen", "every break is drawn"),
    rule(17, "headings", "a heading keeps two lines of its text; three levels at most", "every heading"),
    rule(18, "openings", "chapters open alike, without a head; blank pages are blank", "every opening and blank"),
    rule(19, "folios", "front matter in roman figures, the text from 1", "the label of every page"),
    rule(20, "running heads", "one line, within the measure", "every head"),
    rule(21, "notes", "on the page of the call, 80 to 85 % of the text, at least 8 pt", "every note"),
    rule(22, "signs", "typographic quotes, dashes and dots; one space", "the text of every paragraph"),
    rule(23, "caps and figures", "tracked small caps, old-style figures, tabular ones in tables", "the theme's styles"),
    rule(24, "tables and pictures", "rules of 0.75 pt, none upright; 300 dpi; near their mention", "every display"),
    rule(25, "faces", "no empty box, no underline, no bold italic", "every glyph"),
];

const fn rule(number: u8, name: &'static str, asks: &'static str, checks: &'static str) -> Rule {
    Rule { number, name, asks, checks }
}

/// A way in which a page breaks a rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Flaw {
    Measure,
    BodySize,
    SmallPrint,
    Leading,
    Margins,
    OffGrid,
    UnevenFeet,
    Widow,
    Orphan,
    ShortHyphen,
    Ladder,
    PageHyphen,
    Runt,
    Stub,
    WrongHyphen,
    Overflow,
    Loose,
    VeryLoose,
    Tight,
    Scaled,
    Repeat,
    River,
    Indent,
    LostBreak,
    Stranded,
    BareHeading,
    Levels,
    Opening,
    Blank,
    Labels,
    Head,
    NoteAway,
    NoteSplit,
    NoteSize,
    Signs,
    Caps,
    Figures,
    ThinRule,
    UprightRule,
    Resolution,
    FarFigure,
    NoGlyph,
    Underline,
    BoldItalic,
}

/// What no printed book may have: forbidden where `book.toml` does not say otherwise.
pub const FORBIDDEN: [Flaw; 7] =
    [Flaw::Overflow, Flaw::Widow, Flaw::Orphan, Flaw::Stranded, Flaw::LostBreak, Flaw::NoteAway, Flaw::NoGlyph];

impl Flaw {
    /// Every flaw, by rule.
    pub const ALL: [Flaw; 44] = [
        Flaw::Measure,
        Flaw::BodySize,
        Flaw::SmallPrint,
        Flaw::Leading,
        Flaw::Margins,
        Flaw::OffGrid,
        Flaw::UnevenFeet,
        Flaw::Widow,
        Flaw::Orphan,
        Flaw::ShortHyphen,
        Flaw::Ladder,
        Flaw::PageHyphen,
        Flaw::Runt,
        Flaw::Stub,
        Flaw::WrongHyphen,
        Flaw::Overflow,
        Flaw::Loose,
        Flaw::VeryLoose,
        Flaw::Tight,
        Flaw::Scaled,
        Flaw::Repeat,
        Flaw::River,
        Flaw::Indent,
        Flaw::LostBreak,
        Flaw::Stranded,
        Flaw::BareHeading,
        Flaw::Levels,
        Flaw::Opening,
        Flaw::Blank,
        Flaw::Labels,
        Flaw::Head,
        Flaw::NoteAway,
        Flaw::NoteSplit,
        Flaw::NoteSize,
        Flaw::Signs,
        Flaw::Caps,
        Flaw::Figures,
        Flaw::ThinRule,
        Flaw::UprightRule,
        Flaw::Resolution,
        Flaw::FarFigure,
        Flaw::NoGlyph,
        Flaw::Underline,
        Flaw::BoldItalic,
    ];

    pub fn named(name: &str) -> Option<Flaw> {
        Flaw::ALL.into_iter().find(|flaw| flaw.name() == name)
    }

    /// Its stable name: in `book.toml`, in reports, after `--only`.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// The rule it breaks.
    pub fn rule(self) -> &'static Rule {
        &RULES[usize::from(self.entry().0) - 1]
    }

    /// What is wrong, for people.
    pub fn says(self) -> &'static str {
        self.entry().2
    }

    fn entry(self) -> (u8, &'static str, &'static str) {
        match self {
            Flaw::Measure => (1, "measure", "lines are too short or too long to read"),
            Flaw::BodySize => (2, "body-size", "body text is smaller than 10 pt or larger than 12 pt"),
            Flaw::SmallPrint => (2, "small-print", "text is smaller than 7 pt"),
            Flaw::Leading => (3, "leading", "leading is under 120 % or over 145 % of the size"),
            Flaw::Margins => (4, "margins", "margins do not grow from the spine by way of the head to the foot"),
            Flaw::OffGrid => (5, "off-grid", "a line of body text leaves the grid"),
            Flaw::UnevenFeet => (5, "uneven-feet", "facing pages end more than a line apart"),
            Flaw::Widow => (6, "widow", "a page begins with the last line of a paragraph"),
            Flaw::Orphan => (7, "orphan", "a page ends with the first line of a paragraph"),
            Flaw::ShortHyphen => (8, "short-hyphen", "a hyphen leaves too few letters"),
            Flaw::Ladder => (9, "ladder", "three lines in a row end in a hyphen"),
            Flaw::PageHyphen => (10, "pagehyph", "the last line of body text on a page ends in a hyphen"),
            Flaw::Runt => (11, "runt", "a paragraph's last line is under 2 em wide"),
            Flaw::Stub => (11, "stub", "a paragraph's last line is the rest of a word, or a word under four letters"),
            Flaw::WrongHyphen => (12, "wrong-hyphen", "a hyphen was added to a title, a caption, code or a URL"),
            Flaw::Overflow => (13, "overflow", "a line runs over the text block by more than 2 pt"),
            Flaw::Loose => (13, "loose", "the word spaces of a justified line are over 1/2 em in the mean"),
            Flaw::VeryLoose => (13, "vloose", "the word spaces of a justified line are over 3/4 em in the mean"),
            Flaw::Tight => (13, "tight", "the word spaces of a justified line are under 0.14 em in the mean"),
            Flaw::Scaled => (13, "scaled", "the glyphs of a line are scaled by more than 3 %"),
            Flaw::Repeat => (14, "repeat", "three lines in a row begin or end with the same word"),
            Flaw::River => (14, "river", "wide gaps stand under one another in four lines or more"),
            Flaw::Indent => (15, "indent", "a paragraph is not told from the one before, or is told twice"),
            Flaw::LostBreak => (16, "lost-break", "a break between scenes is not drawn"),
            Flaw::Stranded => (17, "stranded", "a page ends with a heading"),
            Flaw::BareHeading => (17, "bare-heading", "a heading has one line of its text on its page"),
            Flaw::Levels => (17, "levels", "there are more than three levels of headings"),
            Flaw::Opening => (18, "opening", "a chapter opens on the wrong side, or under a running head"),
            Flaw::Blank => (18, "blank", "a blank page carries something"),
            Flaw::Labels => (19, "labels", "a page has the wrong number, or shows one where it should be silent"),
            Flaw::Head => (20, "head", "a running head is wider than the text, or has several lines"),
            Flaw::NoteAway => (21, "note-away", "a note begins on another page than its call"),
            Flaw::NoteSplit => (21, "note-split", "one line of a note stands alone on a page"),
            Flaw::NoteSize => (21, "note-size", "notes are smaller than 8 pt, or not 80 to 85 % of the text"),
            Flaw::Signs => (22, "signs", "typewriter signs stand in the text"),
            Flaw::Caps => (23, "caps", "small capitals are not spaced by 5 to 12 %"),
            Flaw::Figures => (23, "figures", "figures are not old-style in text, or not tabular in tables"),
            Flaw::ThinRule => (24, "thin-rule", "a rule is thinner than 0.75 pt"),
            Flaw::UprightRule => (24, "upright-rule", "an upright rule stands in a table"),
            Flaw::Resolution => (24, "dpi", "a picture has less than 300 dots an inch"),
            Flaw::FarFigure => (24, "far-figure", "a figure is more than a page from its first mention"),
            Flaw::NoGlyph => (25, "notdef", "an empty box stands for a character"),
            Flaw::Underline => (25, "underline", "text is underlined"),
            Flaw::BoldItalic => (25, "bold-italic", "text is bold and italic"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn rules_are_numbered_in_order() {
        assert!(RULES.iter().zip(1..).all(|(rule, number)| rule.number == number));
    }

    #[test]
    fn every_rule_has_a_flaw_and_every_flaw_a_name_of_its_own() {
        let broken: BTreeSet<u8> = Flaw::ALL.iter().map(|flaw| flaw.rule().number).collect();
        assert_eq!(broken.len(), RULES.len());
        let names: BTreeSet<&str> = Flaw::ALL.iter().map(|flaw| flaw.name()).collect();
        assert_eq!(names.len(), Flaw::ALL.len());
        assert!(Flaw::ALL.into_iter().all(|flaw| Flaw::named(flaw.name()) == Some(flaw)));
        assert!(Flaw::ALL.is_sorted(), "in the order of the enum, so that none is left out unseen");
    }
}
