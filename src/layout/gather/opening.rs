//! How the first paragraph of a chapter begins: its initial, and the words that lead into the text.
//!
//! In:     the nodes of a drafted section, the theme's [`ChapterStart`].
//! Out:    [`Detail::Initial`] and [`Mark::LeadIn`] on one leaf, or on none.
//! Absent: how large a capital is; whether there is room for it.
//!
//! Only scripts with capitals that our faces have as small ones begin so: Latin, Greek and Cyrillic.

use super::Draft;
use crate::layout::tree::{Content, Detail, Mark, MarkedRange, Node, SectionKind, Text};
use crate::theme::{ChapterStart, Role};

/// The words led in by: as many as make up this many letters, yet no more than so many words. A phrase that ends before
/// is long enough.
const LETTERS: usize = 16;
const WORDS: usize = 6;
/// A word of no more letters with a full stop behind it is an abbreviation: `Mr.`, `Mrs.`, `St.`
const ABBREVIATION: usize = 3;

/// Marks the paragraph that opens the section, where it is one of prose.
pub fn begin(draft: &mut Draft, start: ChapterStart) {
    if start == ChapterStart::Plain || !opens_with_prose(draft.kind) || draft.depth > 0 {
        return;
    }
    let Some(node) = opening(&mut draft.nodes) else { return };
    let Content::Leaf(text) = &mut node.content else { return };
    let Some(initial) = initial(&text.string) else { return };
    // A capital within a mark that ends with it would be torn from its word.
    let is_torn = text.marks.iter().any(|mark| mark.range.start < initial && mark.range.end <= initial);
    let lead = lead_in(text, initial);
    if let Some(end) = lead {
        // Within the marks that reach as far or farther.
        let around = text.marks.iter().rposition(|mark| mark.range.start == 0 && mark.range.end >= end);
        let at = around.map_or(0, |outer| outer + 1);
        text.marks.insert(at, MarkedRange { range: 0..end, mark: Mark::LeadIn });
    }
    match start {
        ChapterStart::DropCap { .. } if !is_torn => node.detail = Detail::Initial { end: initial },
        ChapterStart::DropCap { .. } | ChapterStart::SmallCaps | ChapterStart::Plain => {}
    }
}

fn opens_with_prose(kind: SectionKind) -> bool {
    match kind {
        SectionKind::Chapter
        | SectionKind::Foreword
        | SectionKind::Preface
        | SectionKind::Introduction
        | SectionKind::Acknowledgments
        | SectionKind::Afterword
        | SectionKind::Appendix
        | SectionKind::Other => true,
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Copyright
        | SectionKind::Dedication
        | SectionKind::Epigraph
        | SectionKind::Contents
        | SectionKind::ListOfFigures
        | SectionKind::ListOfTables
        | SectionKind::Part
        | SectionKind::Subchapter
        | SectionKind::Glossary
        | SectionKind::Bibliography
        | SectionKind::Chronology
        | SectionKind::Index => false,
    }
}

/// The paragraph after the title; an epigraph or a picture may stand between them.
fn opening(nodes: &mut [Node]) -> Option<&mut Node> {
    let title = nodes.iter().position(|node| node.role == Role::ChapterTitle)?;
    let mut at = title + 1;
    while let Some(Role::Epigraph | Role::Figure | Role::Picture) = nodes.get(at).map(|node| node.role) {
        at = nodes[at].end.0 as usize;
    }
    nodes.get_mut(at).filter(|node| matches!(node.role, Role::BodyFirst | Role::Body))
}

/// The end of the first letter, with the quotes before it and what is set over it.
fn initial(string: &str) -> Option<u32> {
    let quotes: usize = string.chars().take_while(|c| is_quote(*c)).map(char::len_utf8).sum();
    let mut rest = string[quotes..].chars();
    let letter = rest.next().filter(|c| c.is_uppercase() && has_small_capitals(*c))?;
    let over: usize = rest.take_while(|c| matches!(c, '\u{300}'..='\u{36F}')).map(char::len_utf8).sum();
    Some((quotes + letter.len_utf8() + over) as u32)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '„' | '‚' | '«' | '»' | '‹' | '›' | '¿' | '¡')
}

/// Latin, Greek, Cyrillic.
fn has_small_capitals(c: char) -> bool {
    matches!(c as u32, 0x41..=0x24F | 0x370..=0x52F | 0x1E00..=0x1FFF)
}

/// The end of the words that lead in.
fn lead_in(text: &Text, initial: u32) -> Option<u32> {
    // What has a look of its own is no part of them, nor what is more than letters.
    let plain =
        text.marks.iter().filter(|mark| mark.range.end > mark.range.start).filter_map(|mark| match &mark.mark {
            Mark::Code
            | Mark::Keyboard
            | Mark::Superscript
            | Mark::Subscript
            | Mark::SmallCaps
            | Mark::Token(_)
            | Mark::Label
            | Mark::Sans => Some(mark.range.start),
            Mark::Emphasis
            | Mark::Strong
            | Mark::Strike
            | Mark::Underline
            | Mark::LeadIn
            | Mark::Lang(_)
            | Mark::Abbreviation(_)
            | Mark::Link(_)
            | Mark::Anchor(_)
            | Mark::Class(_) => None,
        });
    let atoms = text.atoms.iter().map(|atom| atom.at);
    let limit = plain.chain(atoms).min().unwrap_or(u32::MAX).min(text.string.len() as u32);
    let shown = text.string.get(..limit as usize)?;
    let mut end = phrase(shown, initial as usize)?;
    // Marks nest: one that begins among these words and goes on behind them begins behind them instead.
    let crosses = |end: usize| {
        let ranges = text.marks.iter().map(|mark| mark.range.start as usize..mark.range.end as usize);
        ranges.filter(|range| range.start > 0 && range.start < end && range.end > end).map(|range| range.start).min()
    };
    while let Some(start) = crosses(end) {
        end = shown[..start].trim_end().len();
    }
    (end > initial as usize && shown[..end].chars().filter(|c| c.is_alphabetic()).count() > 1).then_some(end as u32)
}

/// The end of the last whole word of a phrase at the start of a text.
fn phrase(shown: &str, initial: usize) -> Option<usize> {
    let (mut end, mut words, mut letters) = (0, 0, 0);
    let mut at = 0;
    for word in shown.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let inside = if at == 0 { initial.min(bare.len()) } else { 0 };
        let cut = bare[inside..].find(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\'' | '-' | '\u{AD}'));
        let kept = cut.map_or(bare.len(), |cut| inside + cut);
        // A word that only the limit cuts off is not whole.
        if at + word.len() == shown.len() && bare.len() == word.len() && cut.is_none() {
            break;
        }
        if bare.is_empty() {
            at += word.len();
            continue;
        }
        end = at + kept;
        words += 1;
        letters += bare[..kept].chars().filter(|c| c.is_alphabetic()).count();
        // The stop of an abbreviation ends no phrase.
        let is_short = bare[kept..] == *"." && bare[inside..kept].chars().count() <= ABBREVIATION;
        if (cut.is_some() && !is_short) || letters >= LETTERS || words >= WORDS {
            break;
        }
        at += word.len();
    }
    (end > 0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(string: &str) -> Option<&str> {
        let initial = initial(string)?;
        let end = lead_in(&Text::plain(string), initial)?;
        string.get(..end as usize)
    }

    #[test]
    fn a_phrase_leads_in_up_to_its_first_stop() {
        assert_eq!(led("It was the best of times, it was the worst."), Some("It was the best of times"));
        assert_eq!(led("“Well, Prince, so Genoa and Lucca are ours."), Some("“Well"));
        assert_eq!(led("Tom’s uncle—an old man—sat by the fire."), Some("Tom’s uncle"));
        assert_eq!(led("Mr. Bennet was among the earliest."), Some("Mr. Bennet was among"));
        assert_eq!(led("Extraordinarily quiet days followed."), Some("Extraordinarily quiet"));
        assert_eq!(led("Все счастливые семьи похожи друг на друга."), Some("Все счастливые семьи"));
    }

    #[test]
    fn what_has_no_capital_begins_like_any_paragraph() {
        for plain in ["1984 was a year.", "— Bonjour, dit-il.", "iPhones ring.", "მთაში დილაა.", "", "“", "東京の朝。"]
        {
            assert_eq!(initial(plain), None, "{plain}");
        }
        assert_eq!(initial("“A man"), Some(4));
        assert_eq!(initial("É\u{301}t"), Some(4));
    }

    #[test]
    fn words_in_a_code_or_before_a_note_are_left_alone() {
        let mut text = Text::plain("The word let binds a name to a value.");
        text.marks = vec![MarkedRange { range: 9..12, mark: Mark::Code }];
        assert_eq!(lead_in(&text, 1), Some(8));
        text.marks = vec![MarkedRange { range: 4..30, mark: Mark::Emphasis }];
        assert_eq!(lead_in(&text, 1), Some(3));
    }
}
