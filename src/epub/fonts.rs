//! Tree, theme → the faces of the e-book, each cut to the characters that the book shows in it.
//!
//! In:     the text of every leaf with the style it stands in; the faces of the program and of the book.
//! Out:    [`Font`]s in the order of the style sheet: the theme's families, then companions for what these lack.
//! Absent: fallback beyond our faces; a character that none of them has is left to the reading system.

use super::Edition;
use crate::asset::measure::missing;
use crate::asset::subset::for_epub;
use crate::asset::{Face, FaceId, Faces};
use crate::layout::tree::{Content, Mark, Text, Tree};
use crate::theme::{Emphasis, Family, Role, Theme, Weight};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A font file of the e-book. Measured with `skera` on the 124 signs of an English book: Literata 255 KB → 47 KB,
/// deflated 112 → 25 KB, in 0.7 ms; it keeps kerning, ligatures, small capitals and all figures.
#[derive(Debug)]
pub struct Font {
    /// The name in the style sheet.
    pub family: String,
    pub weight: u16,
    pub italic: bool,
    /// Relative to the package file: `fonts/Literata-Regular.ttf`.
    pub file: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
    /// Whether its characters are of one width, like those of code.
    pub is_mono: bool,
}

/// The look of a piece of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Look {
    family: Family,
    bold: bool,
    italic: bool,
}

/// What a family is used for.
#[derive(Default)]
struct Use {
    characters: Characters,
    /// Regular, italic, bold, bold italic.
    cuts: [bool; 4],
}

impl Use {
    fn add(&mut self, text: &str, look: Look) {
        if !text.is_empty() {
            self.cuts[usize::from(look.bold) * 2 + usize::from(look.italic)] = true;
            self.characters.add(text);
        }
    }
}

/// A set of characters, quick to fill: whole books pass through it.
struct Characters {
    /// A bit for each character of the basic plane.
    basic: Vec<u64>,
    beyond: BTreeSet<char>,
}

impl Default for Characters {
    fn default() -> Characters {
        Characters { basic: vec![0; 0x1_0000 / 64], beyond: BTreeSet::new() }
    }
}

impl Characters {
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            let code = u32::from(c) as usize;
            match self.basic.get_mut(code / 64) {
                Some(bits) => *bits |= 1 << (code % 64),
                None => {
                    self.beyond.insert(c);
                }
            }
        }
    }

    fn list(&self) -> BTreeSet<char> {
        let basic = self.basic.iter().enumerate().filter(|(_, bits)| **bits != 0).flat_map(|(at, bits)| {
            (0..64)
                .filter(move |bit| bits >> bit & 1 == 1)
                .filter_map(move |bit| char::from_u32((at * 64 + bit) as u32))
        });
        // Spaces are drawn as advances; controls and the stand-in of atoms are never drawn.
        let is_drawn = |c: &char| {
            !c.is_control() && !matches!(*c, '\u{FFFC}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
        };
        basic.chain(self.beyond.iter().copied()).filter(is_drawn).collect()
    }
}

/// Chooses the faces and cuts them.
pub fn choose(edition: &Edition, faces: &Faces) -> Vec<Font> {
    let wanted = wanted(edition.tree, edition.theme, faces);
    wanted.par_iter().filter_map(|(id, characters)| font(faces.get(*id), characters)).collect()
}

/// The faces of the e-book, each with the characters it shows.
pub fn wanted(tree: &Tree, theme: &Theme, faces: &Faces) -> Vec<(FaceId, BTreeSet<char>)> {
    let uses = survey(tree, theme);
    let mut wanted: Vec<(FaceId, BTreeSet<char>)> = Vec::new();
    let mut companions: BTreeMap<FaceId, BTreeSet<char>> = BTreeMap::new();
    let families = &theme.families;
    for (used, name) in uses.iter().zip([&families.text, &families.sans, &families.mono]) {
        if !used.cuts.contains(&true) {
            continue;
        }
        let characters = used.characters.list();
        let mut chosen: Vec<FaceId> = Vec::new();
        for (cut, (weight, italic)) in [(400, false), (400, true), (700, false), (700, true)].into_iter().enumerate() {
            let face = faces.find(name, weight, italic).filter(|id| used.cuts[cut] && !chosen.contains(id));
            chosen.extend(face);
        }
        let is_mono = *name == families.mono;
        let lacking = chosen.first().map_or_else(BTreeSet::new, |&id| missing(faces.get(id), &characters));
        companions_for(faces, lacking, is_mono, &chosen, &mut companions);
        wanted.extend(chosen.into_iter().map(|id| (id, characters.clone())));
    }
    for (id, characters) in companions {
        match wanted.iter_mut().find(|(known, _)| *known == id) {
            Some((_, known)) => known.extend(characters),
            None => wanted.push((id, characters)),
        }
    }
    wanted
}

/// Finds a face for each character that a family lacks: faces of one width first for code.
fn companions_for(
    faces: &Faces,
    mut lacking: BTreeSet<char>,
    is_mono: bool,
    chosen: &[FaceId],
    companions: &mut BTreeMap<FaceId, BTreeSet<char>>,
) {
    lacking.retain(|c| !c.is_whitespace());
    let upright = |face: &Face| !face.italic && face.weight == 400;
    let (of_one_width, others): (Vec<_>, Vec<_>) = faces
        .iter()
        .filter(|(id, face)| upright(face) && !chosen.contains(id))
        .partition(|(_, face)| is_mono && has_one_width(face));
    for (id, face) in of_one_width.into_iter().chain(others) {
        if lacking.is_empty() {
            return;
        }
        let still = missing(face, &lacking);
        // Faces with outlines of the other kind would go in whole: half a megabyte for a sign or two.
        if still.len() == lacking.len() || face.bytes().starts_with(b"OTTO") {
            continue;
        }
        let found: BTreeSet<char> = lacking.difference(&still).copied().collect();
        companions.entry(id).or_default().extend(found);
        lacking = still;
    }
}

fn has_one_width(face: &Face) -> bool {
    face.family.contains("Mono")
}

fn font(face: &Face, characters: &BTreeSet<char>) -> Option<Font> {
    let whole = face.bytes();
    // A font of the other kind (CFF outlines), which a book may bring along, goes in whole.
    let is_cff = whole.starts_with(b"OTTO");
    let bytes = for_epub(&whole, characters).to_vec();
    if bytes.is_empty() {
        return None;
    }
    let file = face.name.rsplit('/').next().unwrap_or(&face.name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let safe: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    Some(Font {
        family: face.family.clone(),
        weight: face.weight,
        italic: face.italic,
        file: format!("fonts/{safe}.{}", if is_cff { "otf" } else { "ttf" }),
        media_type: if is_cff { "font/otf" } else { "font/ttf" },
        bytes,
        is_mono: has_one_width(face),
    })
}

/// Goes through the book: which characters, in which cuts of text, sans and mono.
fn survey(tree: &Tree, theme: &Theme) -> [Use; 3] {
    let mut uses: [Use; 3] = Default::default();
    // Labels, page numbers, markers and the words of lists are in no leaf.
    let plain = Look { family: Family::Text, bold: false, italic: false };
    let ascii: String = (' '..='~').collect();
    uses[0].add(&ascii, plain);
    uses[0].add("\u{2022}\u{21A9}\u{2610}\u{2611}", plain);
    let mut around: Vec<(u32, Look)> = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        while around.pop_if(|(end, _)| *end <= at as u32).is_some() {}
        let outer = around.last().map_or(plain, |(_, look)| *look);
        // As in the style sheet: what a style does not ask for is inherited.
        let style = theme.style(node.role);
        let look = Look {
            family: if style.family == Family::Text { outer.family } else { style.family },
            bold: style.weight == Weight::Bold || outer.bold || node.role == Role::HeadRow,
            italic: style.italic || outer.italic,
        };
        match &node.content {
            Content::Leaf(text) => leaf(theme, text, look, &mut uses),
            Content::Group => around.push((node.end.0, look)),
            Content::Picture(_) | Content::Empty => {}
        }
    }
    uses
}

fn leaf(theme: &Theme, text: &Text, base: Look, uses: &mut [Use; 3]) {
    let mut add = |from: u32, to: u32, look: Look| {
        let piece = text.string.get(from as usize..to as usize).unwrap_or_default();
        uses[look.family as usize].add(piece, look);
    };
    let mut open: Vec<(u32, Look)> = Vec::new();
    let mut at = 0;
    for marked in &text.marks {
        let start = marked.range.start;
        while let Some((end, look)) = open.pop_if(|(end, _)| *end <= start) {
            add(at, end, look);
            at = at.max(end);
        }
        let outer = open.last().map_or(base, |(_, look)| *look);
        let look = marked_look(theme, &marked.mark, outer);
        if look != outer {
            add(at, start, outer);
            at = at.max(start);
            open.push((marked.range.end, look));
        }
    }
    while let Some((end, look)) = open.pop() {
        add(at, end, look);
        at = at.max(end);
    }
    add(at, text.string.len() as u32, base);
}

fn marked_look(theme: &Theme, mark: &Mark, outer: Look) -> Look {
    match mark {
        Mark::Emphasis => match theme.emphasis {
            Emphasis::Italic => Look { italic: true, ..outer },
            Emphasis::Weight => Look { bold: true, ..outer },
        },
        Mark::Strong => Look { bold: true, ..outer },
        Mark::Sans => Look { family: Family::Sans, ..outer },
        Mark::Code | Mark::Keyboard => Look { family: Family::Mono, ..outer },
        Mark::Token(token) => {
            let style = theme.token(*token);
            Look { bold: outer.bold || style.bold, italic: outer.italic || style.italic, ..outer }
        }
        Mark::Strike
        | Mark::Underline
        | Mark::SmallCaps
        | Mark::LeadIn
        | Mark::Superscript
        | Mark::Subscript
        | Mark::Label
        | Mark::Lang(_)
        | Mark::Abbreviation(_)
        | Mark::Link(_)
        | Mark::Anchor(_)
        | Mark::Class(_) => outer,
    }
}
