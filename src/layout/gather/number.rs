//! Entries → the plan of sections: which there are, what each is, its title, its depth and its number.
//!
//! In:     the entries of `SUMMARY.md` with their files, the theme's numbering.
//! Out:    [`Planned`] sections in reading order, display pages and made lists not among them.
//! Absent: the text under the titles, anchors.

use super::kind;
use crate::base::Span;
use crate::book::{Attributes, Block, BlockKind, Book, Chapter, Entry, Inline, InlineKind, Matter, inline};
use crate::layout::slug;
use crate::layout::tree::SectionKind;
use crate::theme::{Numbering, Theme, Wording};
use std::collections::BTreeSet;

/// A section to be made from the manuscript.
#[derive(Debug)]
pub struct Planned<'b> {
    pub kind: SectionKind,
    pub matter: Matter,
    /// The depth of its chapter: 0 makes a chapter's title, 1 a heading of the first level…
    pub depth: u8,
    /// Whether it stands under a part in the outline.
    pub in_part: bool,
    pub source: Source<'b>,
    pub title: Title<'b>,
    /// The number alone: `3`, `3.1`, `IV`. Empty when there is none to show.
    pub number: String,
    /// The file name in the e-book; unique.
    pub stem: String,
}

#[derive(Clone, Copy, Debug)]
pub enum Source<'b> {
    Part,
    Chapter(&'b Chapter),
    /// The place where the index is wanted: `[Index]()` among the suffix chapters.
    Index,
}

/// Where the title of a section stands.
#[derive(Clone, Copy, Debug)]
pub struct Title<'b> {
    pub text: &'b [Inline],
    /// The heading block it is, by its place in the chapter; `None`: it comes from `SUMMARY.md`.
    pub block: Option<usize>,
    pub attributes: Option<&'b Attributes>,
    pub span: Span,
}

/// Lays out which sections the book has.
pub fn plan<'b>(book: &'b Book, theme: &Theme) -> Vec<Planned<'b>> {
    let wording = Wording::of(&book.metadata.language);
    let mut out: Vec<Planned<'b>> = Vec::with_capacity(book.entries.len());
    let mut counters: Vec<u32> = Vec::new();
    let mut parts = 0_u32;
    let mut in_part = false;
    // Set by a chapter that shows no number, for the chapters nested in it.
    let mut mute_under: Option<u8> = None;
    for (at, entry) in book.entries.iter().enumerate() {
        match entry {
            Entry::Separator => {}
            Entry::Part(part) => {
                parts += 1;
                in_part = true;
                let title = Title { text: &part.title, block: None, attributes: None, span: part.span };
                let number = if theme.numbered_parts { roman(parts) } else { String::new() };
                let number = if says_number(&inline::plain(&part.title), &number, [wording.part, "Part"]) {
                    String::new()
                } else {
                    number
                };
                let (kind, matter) = (SectionKind::Part, Matter::Main);
                out.push(Planned {
                    kind,
                    matter,
                    depth: 0,
                    in_part: false,
                    source: Source::Part,
                    title,
                    number,
                    stem: String::new(),
                });
            }
            Entry::Chapter(chapter) => {
                if chapter.numbered {
                    count(&mut counters, chapter.depth);
                }
                in_part &= chapter.matter == Matter::Main;
                let title = title_of(chapter);
                let plain = inline::plain(title.text);
                if chapter.is_draft() && !has_files_under(&book.entries[at + 1..], chapter.depth) {
                    if chapter.matter == Matter::Back && kind::named(&plain) == Some(SectionKind::Index) {
                        out.push(index_here(title));
                    }
                    continue;
                }
                let kind = kind::of(chapter, &plain);
                mute_under = mute_under.filter(|&depth| chapter.depth > depth);
                let mut number = if chapter.numbered { join(&counters) } else { String::new() };
                let shown = match theme.numbering {
                    Numbering::None => false,
                    Numbering::Chapters => chapter.depth == 0,
                    Numbering::Sections => true,
                };
                let doubled = says_number(&plain, &number, [wording.chapter, "Chapter"])
                    || title.attributes.is_some_and(|attributes| attributes.has_class("unnumbered"));
                // An appendix names itself: "Chapter 22. Appendix" helps nobody.
                if kind == SectionKind::Appendix {
                    mute_under = Some(chapter.depth);
                }
                if !shown || doubled || mute_under.is_some() {
                    number.clear();
                }
                out.push(Planned {
                    kind,
                    matter: chapter.matter,
                    depth: chapter.depth,
                    in_part,
                    source: Source::Chapter(chapter),
                    title,
                    number,
                    stem: String::new(),
                });
            }
        }
    }
    appendices_are_back_matter(&mut out);
    name_files(&mut out);
    out
}

/// The file names of the display pages and made lists, which no chapter may take.
pub const MADE_STEMS: [&str; 7] = ["half-title", "title-page", "copyright", "contents", "figures", "tables", "index"];

/// Names the sections' files after their number and title: `ch03-the-siege`, `part-1-the-town`, `preface`.
fn name_files(sections: &mut [Planned<'_>]) {
    /// Long enough to know a chapter by, short enough for a file name beside others.
    const LONGEST: usize = 40;
    let mut taken: BTreeSet<String> = MADE_STEMS.iter().map(|stem| (*stem).to_owned()).collect();
    let mut parts = 0_u32;
    for section in sections {
        let slug = slug::ascii(&inline::plain(section.title.text));
        let slug = slug::shorten(&slug, LONGEST);
        let prefix = match section.source {
            Source::Part => {
                parts += 1;
                format!("part-{parts}")
            }
            Source::Chapter(_) if section.number.is_empty() => String::new(),
            Source::Chapter(_) => {
                let numbers: Vec<String> = section.number.split('.').map(|number| format!("{number:0>2}")).collect();
                format!("ch{}", numbers.join("-"))
            }
            Source::Index => {
                section.stem = "index".to_owned();
                continue;
            }
        };
        let stem = match (prefix.is_empty(), slug.is_empty()) {
            (true, true) => "section".to_owned(),
            // A file name that begins with a figure is no XML name.
            (true, false) if !slug.starts_with(|c: char| c.is_ascii_alphabetic()) => format!("s-{slug}"),
            (true, false) => slug.to_owned(),
            (false, true) => prefix,
            (false, false) => format!("{prefix}-{slug}"),
        };
        section.stem = unique(&stem, &mut taken);
    }
}

/// `name`, or the first of `name-2`, `name-3`… that is not taken; takes it.
pub fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    if taken.insert(name.to_owned()) {
        return name.to_owned();
    }
    let mut number = 2_u32;
    loop {
        let candidate = format!("{name}-{number}");
        if taken.insert(candidate.clone()) {
            return candidate;
        }
        number += 1;
    }
}

fn index_here(title: Title<'_>) -> Planned<'_> {
    Planned {
        kind: SectionKind::Index,
        matter: Matter::Back,
        depth: 0,
        in_part: false,
        source: Source::Index,
        title,
        number: String::new(),
        stem: String::new(),
    }
}

/// Appendices that end the text proper are back matter, though `SUMMARY.md` numbers them.
fn appendices_are_back_matter(sections: &mut [Planned<'_>]) {
    let Some(last) = sections.iter().rposition(|s| s.kind == SectionKind::Chapter || s.kind == SectionKind::Part)
    else {
        return;
    };
    let Some(first) = sections[last..].iter().position(|s| s.kind == SectionKind::Appendix) else { return };
    for section in &mut sections[last + first..] {
        section.matter = Matter::Back;
        section.in_part = false;
    }
}

/// Whether a chapter nested in a draft has a file: the draft's title is then needed as its roof.
fn has_files_under(after: &[Entry], depth: u8) -> bool {
    after
        .iter()
        .map_while(|entry| match entry {
            Entry::Chapter(chapter) if chapter.depth > depth => Some(chapter),
            Entry::Chapter(_) | Entry::Part(_) | Entry::Separator => None,
        })
        .any(|chapter| !chapter.is_draft())
}

/// The title of a chapter: its first heading when that is of the first level, or when it is plainly meant as the
/// title (books often begin a nested file at `##`); else what `SUMMARY.md` says.
fn title_of(chapter: &Chapter) -> Title<'_> {
    let headings = chapter.blocks.iter().enumerate().filter_map(|(at, block)| heading(block).map(|h| (at, h)));
    let listed = Title { text: &chapter.title, block: None, attributes: None, span: chapter.span };
    let Some((at, (level, text))) = headings.into_iter().next() else { return listed };
    let is_first_block = chapter.blocks[..at].iter().all(is_silent);
    let meant = level == 1
        || is_first_block
            && (level == chapter.depth.saturating_add(1)
                || inline::plain(text).trim().eq_ignore_ascii_case(inline::plain(&chapter.title).trim()));
    if !meant {
        return listed;
    }
    let block = &chapter.blocks[at];
    Title { text, block: Some(at), attributes: Some(&block.attributes), span: block.span }
}

/// Whether a block shows nothing: places for old links stand before many titles.
pub fn is_silent(block: &Block) -> bool {
    fn silent(inlines: &[Inline]) -> bool {
        let white = |kind: &InlineKind| matches!(kind, InlineKind::Text(text) if text.trim().is_empty());
        inlines.iter().all(|Inline { kind, .. }| {
            white(kind)
                || matches!(kind, InlineKind::SoftBreak)
                || matches!(kind, InlineKind::Span { text, .. } | InlineKind::Index { text, .. } if silent(text))
        })
    }
    matches!(&block.kind, BlockKind::Paragraph(text) if silent(text))
}

fn heading(block: &Block) -> Option<(u8, &[Inline])> {
    if let BlockKind::Heading { level, text } = &block.kind { Some((*level, text)) } else { None }
}

fn count(counters: &mut Vec<u32>, depth: u8) {
    let depth = usize::from(depth);
    counters.truncate(depth + 1);
    // A list that jumps a level leaves a zero behind, as mdBook does.
    counters.resize(depth + 1, 0);
    counters[depth] = counters[depth].saturating_add(1);
}

fn join(counters: &[u32]) -> String {
    counters.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

/// Whether the author's title already shows a number: `3. The Siege`, `3.1 The Road`, `Chapter 3`, `Part I`.
fn says_number(title: &str, number: &str, words: [&str; 2]) -> bool {
    let title = title.trim();
    let after_word = words.iter().find_map(|word| {
        let (head, rest) = title.split_at_checked(word.len())?;
        head.eq_ignore_ascii_case(word).then_some(rest)
    });
    if let Some(rest) = after_word {
        let first = rest.trim_start().split([' ', ':', '.', '\u{A0}']).next().unwrap_or_default();
        return rest.starts_with([' ', '\u{A0}'])
            && (first.starts_with(|c: char| c.is_ascii_digit())
                || !first.is_empty() && first.chars().all(|c| "IVXLC".contains(c)));
    }
    let Some(rest) = title.strip_prefix(number).filter(|_| !number.is_empty()) else { return false };
    rest.starts_with(['.', ':', ')']) || number.contains('.') && rest.starts_with(' ')
}

/// A number in roman capitals; beyond 3,999 in arabic figures.
pub fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_the_author_wrote_is_not_doubled() {
        let says = |title, number| says_number(title, number, ["Kapitel", "Chapter"]);
        assert!(says("Chapter 3", "7"));
        assert!(says("kapitel IV: Krieg", ""));
        assert!(says("3. The Siege", "3"));
        assert!(says("3.1 The Road", "3.1"));
        assert!(!says("3 Ways to Win", "3"));
        assert!(!says("Chapters in a Life", "3"));
        assert!(!says("1984", "1"));
    }

    #[test]
    fn roman_numbers() {
        assert_eq!(roman(4), "IV");
        assert_eq!(roman(1992), "MCMXCII");
        assert_eq!(roman(0), "0");
    }
}
