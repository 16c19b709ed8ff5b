//! A face at a size with its features: shapes each distinct token once and keeps it.
//!
//! In:     [`Font`] (everything that shaping hangs on but the text), tokens between spaces.
//! Out:    [`Word`]s: glyphs, width, and where the token may be broken.
//! Absent: where the token stands. What is kept never shows in the result: the same token always makes the same word.

use super::fallback::{OpenFaces, Wanted};
use super::hang;
use super::hyphen;
use super::joint;
use super::line::Glyph;
use super::shape::{Features, Request};
use crate::asset::{FaceId, Faces};
use crate::base::{Lang, Length};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock, RwLock};
use unicode_normalization::char::is_combining_mark;

/// How a token may be broken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Breaking {
    /// Not at all, but after a dash or a hyphen that is there.
    Whole,
    /// By the hyphenation of the language too.
    Words,
    /// Where names and paths break.
    Code,
}

/// Everything that shaping and breaking a token hang on but its text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Font {
    pub wanted: Wanted,
    pub size: Length,
    pub features: Features,
    /// Added after each glyph.
    pub tracking: Length,
    /// Added between the letters of a word in capitals.
    pub caps_tracking: Length,
    pub lang: Lang,
    pub breaking: Breaking,
}

/// A shaped token.
#[derive(Default, Debug)]
pub struct Word {
    pub width: i64,
    /// In the order of the text.
    pub parts: Box<[Part]>,
    pub breaks: Box<[Inside]>,
    /// How far its first character hangs over the start of a line, its last over the end.
    pub hang_start: i64,
    pub hang_end: i64,
    /// Characters that no face has.
    pub missing: Box<[char]>,
    /// The same for the same letters, whatever signs stand around them; 0 where there are none.
    pub key: u32,
}

/// A stretch of a word in one face. Clusters count from the start of the word.
#[derive(Debug)]
pub struct Part {
    pub face: FaceId,
    pub range: Range<u32>,
    pub glyphs: Box<[Glyph]>,
}

/// A place to break inside a word.
#[derive(Clone, Copy, Debug)]
pub struct Inside {
    pub at: u32,
    /// The width of the word up to here.
    pub width: i64,
    pub cost: i32,
    pub adds_hyphen: bool,
    /// Whether the line then ends in a hyphen, added or there already.
    pub ends_in_hyphen: bool,
    /// How far the character before hangs over the end of the line, the one after over the start of the next.
    pub hang_end: i64,
    pub hang_start: i64,
}

/// What one break with an added hyphen costs. Knuth and Plass give 50, which hyphenates too eagerly where glyphs may
/// stretch as well: at 100 the books tried lose a third of their hyphens and no evenness that shows.
pub const HYPHEN_COST: i32 = 100;

/// The height of `x` in most book faces, in em.
const BOOK_X_HEIGHT: f64 = 0.5;

/// Locks to spread the words over: more than there are threads.
const SHARDS: usize = 16;

type Shard = RwLock<HashMap<Box<str>, Arc<Word>, foldhash::fast::FixedState>>;

/// A font with its words.
pub struct OpenFont<'a> {
    pub font: Font,
    faces: Arc<OpenFaces<'a>>,
    /// One set for each direction.
    words: [[Shard; SHARDS]; 2],
    /// U+0020, tracking included.
    pub space: Arc<Word>,
    hyphen: OnceLock<Arc<Word>>,
}

/// The fonts of a book, each opened once.
pub struct Fonts<'a> {
    faces: Arc<OpenFaces<'a>>,
    open: RwLock<HashMap<Font, Arc<OpenFont<'a>>, foldhash::fast::FixedState>>,
}

impl<'a> Fonts<'a> {
    pub fn new(faces: &'a Faces) -> Fonts<'a> {
        Fonts { faces: Arc::new(OpenFaces::new(faces)), open: RwLock::default() }
    }

    /// The faces of the book.
    pub fn faces(&self) -> &'a Faces {
        self.faces.faces
    }

    /// The glyph of a character in a face; `None` where the face has it not.
    pub fn glyph(&self, face: FaceId, c: char) -> Option<u16> {
        self.faces.get(face)?.glyph(c)
    }

    /// The height of `x` in em; a book face's where the face is broken.
    pub fn x_height(&self, face: FaceId) -> f64 {
        self.faces.get(face).map_or(BOOK_X_HEIGHT, |face| face.x_height)
    }

    pub fn open(&self, font: Font) -> Arc<OpenFont<'a>> {
        if let Some(open) = self.open.read().unwrap_or_else(|poisoned| poisoned.into_inner()).get(&font) {
            return open.clone();
        }
        let open = Arc::new(OpenFont::new(font.clone(), self.faces.clone()));
        let mut held = self.open.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        held.entry(font).or_insert(open).clone()
    }
}

impl<'a> OpenFont<'a> {
    pub fn new(font: Font, faces: Arc<OpenFaces<'a>>) -> OpenFont<'a> {
        let nothing = Word::default();
        let mut open =
            OpenFont { font, faces, words: Default::default(), space: Arc::new(nothing), hyphen: OnceLock::new() };
        open.space = Arc::new(open.shape(" ", false));
        open
    }

    /// The hyphen that is added at a line's end.
    pub fn hyphen(&self) -> &Arc<Word> {
        self.hyphen.get_or_init(|| self.word("\u{2010}", false))
    }

    /// A token, shaped now or before.
    pub fn word(&self, token: &str, right_to_left: bool) -> Arc<Word> {
        let shard = &self.words[usize::from(right_to_left)][spread(token)];
        if let Some(word) = shard.read().unwrap_or_else(|poisoned| poisoned.into_inner()).get(token) {
            return word.clone();
        }
        let word = Arc::new(self.shape(token, right_to_left));
        shard.write().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(token.into(), word.clone());
        word
    }

    /// Whether superiors or inferiors of the face show every character of `token`; if not they must be made smaller.
    pub fn has_forms(&self, token: &str, forms: Features) -> bool {
        let Some(face) = self.faces.get(self.font.wanted.face) else { return false };
        let plain = face.shape(token, 0, &self.request(*b"Latn", false, self.font.features));
        let formed = face.shape(token, 0, &self.request(*b"Latn", false, self.font.features.and(forms)));
        plain.len() == formed.len()
            && plain.iter().zip(&formed).all(|(plain, formed)| plain.id != formed.id && formed.id != 0)
    }

    /// The height of `x` in em; a book face's where the face is broken.
    pub fn x_height(&self) -> f64 {
        self.faces.get(self.font.wanted.face).map_or(BOOK_X_HEIGHT, |face| face.x_height)
    }

    /// The height of capitals in em.
    pub fn cap_height(&self) -> f64 {
        self.faces.get(self.font.wanted.face).map_or(0.7, |face| face.cap_height)
    }

    /// The box of a glyph's ink in em: left, bottom, right, top. `None` where it shows nothing.
    pub fn ink(&self, glyph: u16) -> Option<[f64; 4]> {
        self.faces.get(self.font.wanted.face)?.ink(glyph)
    }

    fn request(&self, script: [u8; 4], right_to_left: bool, features: Features) -> Request<'_> {
        Request { size: self.font.size, features, lang: &self.font.lang, script, right_to_left }
    }

    fn shape(&self, token: &str, right_to_left: bool) -> Word {
        let wanted = self.font.wanted;
        let mut features = self.font.features;
        let capitals = Capitals::of(token);
        if capitals.are_alone {
            // Bringhurst 3.2.1: figures and signs among capitals are as high as these.
            features = features.without(Features::OLD_STYLE).and(Features::CASE);
            if self.font.features.has(Features::OLD_STYLE) {
                features = features.and(Features::LINING);
            }
        }
        let plain = token.is_ascii() && self.faces.get(wanted.face).is_some_and(|face| face.has_ascii);
        let (stretches, missing) = if plain { (Vec::new(), Vec::new()) } else { self.faces.cut(token, wanted) };
        let shape = |range: Range<usize>, face: FaceId, script: [u8; 4]| {
            let request = self.request(script, right_to_left, features);
            let shaped =
                self.faces.get(face).map(|open| open.shape(&token[range.clone()], range.start as u32, &request));
            let mut glyphs = shaped.unwrap_or_default();
            let tracking = self.font.tracking.sp() as i32;
            glyphs.iter_mut().for_each(|glyph| glyph.advance += tracking);
            if self.font.caps_tracking != Length::ZERO {
                for run in &capitals.runs {
                    // What stands after the last letter is no space between letters.
                    let inside = |glyph: &&mut Glyph| run.contains(&glyph.cluster) && glyph.advance > 0;
                    let caps = self.font.caps_tracking.sp() as i32;
                    glyphs.iter_mut().filter(inside).for_each(|glyph| glyph.advance += caps);
                }
            }
            Part { face, range: range.start as u32..range.end as u32, glyphs: glyphs.into() }
        };
        let parts: Box<[Part]> = if plain {
            Box::new([shape(0..token.len(), wanted.face, *b"Latn")])
        } else {
            stretches.into_iter().map(|stretch| shape(stretch.range, stretch.face, stretch.script)).collect()
        };
        let width = parts.iter().flat_map(|part| part.glyphs.iter()).map(|glyph| i64::from(glyph.advance)).sum();
        let key = key(token);
        let mut word =
            Word { width, parts, breaks: Box::new([]), hang_start: 0, hang_end: 0, missing: missing.into(), key };
        word.hang_start = token.chars().next().map_or(0, |c| self.over_start(&word, token, 0, c));
        word.hang_end = token.chars().next_back().map_or(0, |c| self.over_end(&word, token, token.len(), c));
        word.breaks = self.breaks(&word, token);
        word
    }

    fn breaks(&self, word: &Word, token: &str) -> Box<[Inside]> {
        let is_code = self.font.breaking == Breaking::Code;
        let joints =
            joint::joints(token, is_code).into_iter().map(|joint| (joint.at, joint.cost, false, joint.is_hyphen));
        let is_technical = joint::is_technical(token);
        let points = match self.font.breaking {
            Breaking::Words if !is_technical => hyphen::points(token, &self.font.lang),
            Breaking::Words | Breaking::Whole | Breaking::Code => Vec::new(),
        };
        let points = points.into_iter().map(|point| {
            let cost = if point.is_rare { joint::RARE } else { HYPHEN_COST };
            (point.at, cost, true, true)
        });
        // A hyphen in an address or a name would be read as part of it.
        let syllables = match self.font.breaking {
            Breaking::Words if is_technical => hyphen::syllables(token, &self.font.lang),
            Breaking::Code => hyphen::syllables(token, &self.font.lang),
            Breaking::Words | Breaking::Whole => Vec::new(),
        };
        let cost = if joint::is_address(token) { joint::RARE } else { joint::IN_NAME };
        let syllables = syllables.into_iter().map(|at| (at, cost, false, false));
        let mut list: Vec<Inside> = joints
            .chain(points)
            .chain(syllables)
            .map(|(at, cost, adds_hyphen, ends_in_hyphen)| {
                let before = token[..at].chars().next_back();
                let after = token[at..].chars().next();
                let hang_end = if adds_hyphen {
                    self.hyphen_hang()
                } else {
                    before.map_or(0, |c| self.over_end(word, token, at, c))
                };
                Inside {
                    at: at as u32,
                    width: word.width_to(at as u32),
                    cost,
                    adds_hyphen,
                    ends_in_hyphen,
                    hang_end,
                    hang_start: after.map_or(0, |c| self.over_start(word, token, at, c)),
                }
            })
            .collect();
        list.sort_by_key(|inside| inside.at);
        list.into()
    }

    pub fn hyphen_hang(&self) -> i64 {
        hang::over_end('-', self.hyphen().width, self.font.size)
    }

    /// The hang of the character that ends at byte `end`.
    fn over_end(&self, word: &Word, token: &str, end: usize, c: char) -> i64 {
        let start = token[..end].len() - c.len_utf8();
        let advance = word.width_to(end as u32) - word.width_to(start as u32);
        hang::over_end(c, advance, self.font.size)
    }

    /// The hang of the character that starts at byte `start`.
    fn over_start(&self, word: &Word, token: &str, start: usize, c: char) -> i64 {
        let end = (start + c.len_utf8()).min(token.len());
        let advance = word.width_to(end as u32) - word.width_to(start as u32);
        hang::over_start(c, advance, self.font.size)
    }
}

impl Word {
    /// The width of what stands before a byte of the word; of a ligature over it, all.
    pub fn width_to(&self, at: u32) -> i64 {
        let glyphs = self.parts.iter().flat_map(|part| part.glyphs.iter());
        glyphs.filter(|glyph| glyph.cluster < at).map(|glyph| i64::from(glyph.advance)).sum()
    }

    /// The same for many bytes that rise, each with its width; every glyph is looked at once.
    pub fn widths_to(&self, places: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, i64)> {
        let glyphs = self.parts.iter().flat_map(|part| part.glyphs.iter());
        let mut glyphs: Vec<(u32, i64)> = glyphs.map(|glyph| (glyph.cluster, i64::from(glyph.advance))).collect();
        // From right to left the first glyph is that of the last letter.
        glyphs.sort_by_key(|(cluster, _)| *cluster);
        let (mut next, mut width) = (0, 0);
        places.map(move |at| {
            while let Some((_, advance)) = glyphs.get(next).filter(|(cluster, _)| *cluster < at) {
                width += advance;
                next += 1;
            }
            (at, width)
        })
    }
}

/// What of a token is in capitals.
#[derive(Default)]
struct Capitals {
    /// Two capitals or more, no small letter, and some figure or sign.
    are_alone: bool,
    /// From the start of each run of capitals and figures to its last letter, of those with [`LEAST_CAPITALS`].
    runs: Vec<Range<u32>>,
}

/// Fewer capitals in a row need no space between them.
const LEAST_CAPITALS: usize = 3;

impl Capitals {
    fn of(token: &str) -> Capitals {
        let is_upper = |c: char| c.is_ascii_uppercase() || (!c.is_ascii() && c.is_uppercase());
        let count = token.chars().filter(|&c| is_upper(c)).count();
        if count < 2 {
            return Capitals::default();
        }
        let mut runs = Vec::new();
        let (mut run, mut capitals) = (0..0, 0);
        for (at, c) in token.char_indices().chain([(token.len(), ' ')]) {
            if is_upper(c) || (c.is_ascii_digit() && capitals > 0) || is_combining_mark(c) {
                run = if capitals == 0 { at as u32..at as u32 } else { run.start..at as u32 };
                capitals += usize::from(is_upper(c));
            } else {
                if capitals >= LEAST_CAPITALS {
                    runs.push(run.clone());
                }
                capitals = 0;
            }
        }
        Capitals { are_alone: !token.chars().any(char::is_lowercase) && !token.chars().all(char::is_uppercase), runs }
    }
}

/// A hash (Fowler, Noll and Vo's) of the token's letters and figures, as if all were small.
fn key(token: &str) -> u32 {
    let letters = token.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.fold(0, |hash: u32, c| {
        let hash = if hash == 0 { 0x811C_9DC5 } else { hash };
        (hash ^ c as u32).wrapping_mul(0x0100_0193)
    })
}

fn spread(token: &str) -> usize {
    // The ends of words differ most.
    token.bytes().rev().take(4).fold(token.len(), |sum, byte| sum * 31 + usize::from(byte)) % SHARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font(faces: &Faces, family: &str, breaking: Breaking) -> Font {
        let face = faces.find(family, 400, false).unwrap();
        Font {
            wanted: Wanted { face, bold: false, italic: false, mono: false },
            size: Length::pt(10.0),
            features: Features::default(),
            tracking: Length::ZERO,
            caps_tracking: Length::ZERO,
            lang: Lang::english(),
            breaking,
        }
    }

    #[test]
    fn a_word_knows_its_width_and_its_breaks() {
        let faces = Faces::with(Vec::new());
        let open = Arc::new(OpenFaces::new(&faces));
        let font = OpenFont::new(font(&faces, "Literata", Breaking::Words), open);
        let word = font.word("extensive,", false);
        assert_eq!(word.breaks.iter().map(|inside| inside.at).collect::<Vec<_>>(), [2, 5]);
        assert!(word.breaks[0].width > 0 && word.breaks[0].width < word.breaks[1].width);
        assert!(word.breaks[1].width < word.width);
        assert!(word.hang_end > 0, "a comma hangs");
        assert_eq!(word.width_to(u32::MAX), word.width);
        for (at, width) in word.widths_to(0..9) {
            assert_eq!(width, word.width_to(at), "up to byte {at}");
        }
        assert!(Arc::ptr_eq(&word, &font.word("extensive,", false)), "shaped once");
    }

    #[test]
    fn tracking_widens_each_letter() {
        let faces = Faces::with(Vec::new());
        let open = Arc::new(OpenFaces::new(&faces));
        let plain = font(&faces, "Literata", Breaking::Whole);
        let tracked = Font { tracking: Length::pt(1.0), ..plain.clone() };
        let (plain, tracked) = (OpenFont::new(plain, open.clone()), OpenFont::new(tracked, open));
        let wider = tracked.word("NATO", false).width - plain.word("NATO", false).width;
        assert_eq!(wider, Length::pt(4.0).sp());
    }

    #[test]
    fn capitals_are_set_apart_and_the_signs_after_them_are_not() {
        let faces = Faces::with(Vec::new());
        let open = Arc::new(OpenFaces::new(&faces));
        let plain = font(&faces, "Literata", Breaking::Whole);
        let fitted = Font { caps_tracking: Length::pt(0.3), ..plain.clone() };
        let (plain, fitted) = (OpenFont::new(plain, open.clone()), OpenFont::new(fitted, open));
        for (token, spaces) in
            [("NATO", 3), ("(HTTP/2)", 3), ("UTF8,", 3), ("JSONs", 3), ("US", 0), ("McD", 0), ("text", 0)]
        {
            let wider = fitted.word(token, false).width - plain.word(token, false).width;
            assert_eq!(wider, Length::pt(0.3).sp() * spaces, "{token}");
        }
    }

    #[test]
    fn figures_among_capitals_are_as_high_as_these() {
        let faces = Faces::with(Vec::new());
        let open = Arc::new(OpenFaces::new(&faces));
        let base = font(&faces, "Literata", Breaking::Whole);
        let old = OpenFont::new(Font { features: Features::OLD_STYLE, ..base.clone() }, open.clone());
        let lining = OpenFont::new(Font { features: Features::LINING, ..base }, open);
        let last = |font: &OpenFont<'_>, token| font.word(token, false).parts[0].glyphs.last().map(|glyph| glyph.id);
        assert_eq!(last(&old, "UTF-8"), last(&lining, "UTF-8"));
        assert_ne!(last(&old, "1978"), last(&lining, "1978"));
    }

    #[test]
    fn superiors_are_real_where_the_face_has_them() {
        let faces = Faces::with(Vec::new());
        let open = Arc::new(OpenFaces::new(&faces));
        let font = OpenFont::new(font(&faces, "Literata", Breaking::Whole), open);
        assert!(font.has_forms("12", Features::SUPERIORS));
        assert!(!font.has_forms("Ж1", Features::SUPERIORS));
    }
}
