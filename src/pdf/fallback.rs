//! Which face shows which characters: the one asked for, else the first that has them.
//!
//! In:     a token, the face asked for, the list of faces in the order of fallback.
//! Out:    the token cut into stretches of one face and one script.
//! Faults: characters that no face has are handed back, to be reported once each by the composer.
//! Absent: glyphs, sizes.

use super::shape::{OpenFace, is_ignorable};
use crate::asset::{FaceId, Faces};
use std::ops::Range;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// The bundled families that serve one script only; they are not opened for any other.
const COMPANIONS: [(&str, Script); 4] = [
    ("Noto Serif Armenian", Script::Armenian),
    ("Noto Serif Georgian", Script::Georgian),
    ("Noto Serif Hebrew", Script::Hebrew),
    ("Amiri", Script::Arabic),
];
const EMOJI: &str = "Noto Emoji";
/// VARIATION SELECTOR-16: the character before it is wanted as a picture.
const AS_EMOJI: char = '\u{FE0F}';

/// The faces of a book, each read at its first use.
pub struct OpenFaces<'a> {
    pub faces: &'a Faces,
    open: Vec<OnceLock<Option<OpenFace>>>,
}

/// What the face asked for is, for choosing a face beside it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Wanted {
    pub face: FaceId,
    pub bold: bool,
    pub italic: bool,
    pub mono: bool,
}

/// A stretch of a token in one face and one script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    pub range: Range<usize>,
    pub face: FaceId,
    /// ISO 15924.
    pub script: [u8; 4],
}

impl<'a> OpenFaces<'a> {
    pub fn new(faces: &'a Faces) -> OpenFaces<'a> {
        OpenFaces { faces, open: (0..faces.count()).map(|_| OnceLock::new()).collect() }
    }

    /// `None`: the face is broken.
    pub fn get(&self, id: FaceId) -> Option<&OpenFace> {
        self.open[usize::from(id.0)].get_or_init(|| OpenFace::open(self.faces.get(id).bytes())).as_ref()
    }

    /// Cuts a token into stretches, and names the characters that no face has.
    pub fn cut(&self, token: &str, wanted: Wanted) -> (Vec<Stretch>, Vec<char>) {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut missing = Vec::new();
        for (at, cluster) in token.grapheme_indices(true) {
            let face = self.face_for(cluster, wanted).unwrap_or_else(|| {
                // A mark that no face has leaves its letter as it is.
                let is_shown = |c: char| self.get(wanted.face).is_some_and(|face| face.covers(c));
                missing.extend(cluster.chars().filter(|&c| !is_ignorable(c) && !is_shown(c)));
                wanted.face
            });
            let range = at..at + cluster.len();
            let script = cluster.chars().map(|c| c.script()).find(|s| !matches!(s, Script::Common | Script::Inherited));
            let tag = script.map(|script| script.as_iso15924_tag().to_be_bytes());
            match stretches.last_mut() {
                // Punctuation goes with the script before it; a leading one takes that of what follows.
                Some(last)
                    if last.face == face && (tag.is_none() || tag == Some(last.script) || last.script == NONE) =>
                {
                    last.range.end = range.end;
                    if last.script == NONE {
                        last.script = tag.unwrap_or(NONE);
                    }
                }
                _ => stretches.push(Stretch { range, face, script: tag.unwrap_or(NONE) }),
            }
        }
        for stretch in &mut stretches {
            if stretch.script == NONE {
                stretch.script = *b"Latn";
            }
        }
        (stretches, missing)
    }

    fn face_for(&self, cluster: &str, wanted: Wanted) -> Option<FaceId> {
        if cluster.contains(AS_EMOJI)
            && let Some(id) = self.faces.find(EMOJI, 400, false).filter(|id| self.shows(*id, cluster))
        {
            return Some(id);
        }
        if self.shows(wanted.face, cluster) {
            return Some(wanted.face);
        }
        let script = cluster.chars().next().map_or(Script::Common, |c| c.script());
        let serves = |family: &str| COMPANIONS.iter().all(|(name, own)| *name != family || *own == script);
        // Letters of one width among others, or the other way round, only where nothing else has the character.
        let of_kind = |family: &str| family.contains("Mono") == wanted.mono;
        let families = self.faces.families();
        let candidates = families.iter().filter(|family| serves(family));
        let first = candidates.clone().filter(|family| of_kind(family));
        let then = candidates.filter(|family| !of_kind(family));
        let weight = if wanted.bold { 700 } else { 400 };
        first.chain(then).find_map(|family| {
            let near = self.faces.find(family, weight, wanted.italic);
            let plain = self.faces.find(family, 400, false);
            [near, plain].into_iter().flatten().find(|id| self.shows(*id, cluster))
        })
    }

    /// Whether a face has every character of a cluster, as it stands or composed.
    fn shows(&self, id: FaceId, cluster: &str) -> bool {
        self.get(id)
            .is_some_and(|face| cluster.chars().all(|c| face.covers(c)) || cluster.nfc().all(|c| face.covers(c)))
    }
}

/// No script found yet.
const NONE: [u8; 4] = *b"Zyyy";

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(token: &str, family: &str) -> (Vec<(String, String)>, Vec<char>) {
        let faces = Faces::with(Vec::new());
        let face = faces.find(family, 400, false).unwrap();
        let open = OpenFaces::new(&faces);
        let mono = family.contains("Mono");
        let (stretches, missing) = open.cut(token, Wanted { face, bold: false, italic: false, mono });
        let named = stretches
            .into_iter()
            .map(|stretch| (token[stretch.range.clone()].to_owned(), faces.get(stretch.face).family.clone()));
        (named.collect(), missing)
    }

    #[test]
    fn other_scripts_get_their_companions() {
        let (stretches, missing) = cut("Xocalı/Խոջալու", "Literata");
        assert_eq!(missing, []);
        assert_eq!(stretches[0], ("Xocalı/".to_owned(), "Literata".to_owned()));
        assert_eq!(stretches[1], ("Խոջալու".to_owned(), "Noto Serif Armenian".to_owned()));
        assert_eq!(cut("שלום", "Literata").0[0].1, "Noto Serif Hebrew");
        assert_eq!(cut("سلام", "Literata").0[0].1, "Amiri");
        assert_eq!(cut("Ходжалы", "Literata").0[0].1, "Literata");
        assert_eq!(cut("✅", "Literata").0[0].1, "Noto Emoji");
    }

    #[test]
    fn code_falls_back_to_letters_of_one_width() {
        assert_eq!(cut("☂", "JetBrains Mono").0[0].1, "DejaVu Sans Mono");
    }

    #[test]
    fn a_character_without_a_face_is_named() {
        let (stretches, missing) = cut("a漢", "Literata");
        assert_eq!(missing, ['漢']);
        assert_eq!(stretches[1].1, "Literata", "shown by the face asked for, as its box");
        assert_eq!(cut("'\u{94D}", "Literata").1, ['\u{94D}']);
    }

    #[test]
    fn a_cluster_stays_in_one_face() {
        for (text, _) in cut("e\u{301}x\u{332}", "Literata").0 {
            assert!(!text.starts_with('\u{301}') && !text.starts_with('\u{332}'), "{text:?}");
        }
    }
}
