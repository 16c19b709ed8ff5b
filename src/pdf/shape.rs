//! Text → glyphs of one face. The only door to harfrust and skrifa.
//!
//! In:     the bytes of a face; text of one script and direction; size, features, language.
//! Out:    [`Glyph`]s with advances in scaled points, in visual order; which characters the face has; its proportions.
//! Faults: none here: a face that cannot be read covers no character.
//! Absent: which face to take (`fallback.rs`), what is kept (`font.rs`), lines.

use super::line::Glyph;
use crate::base::{Lang, Length};
use harfrust::{
    Direction, Feature, FontRef, Language, Script, ShapeOptions, ShapePlan, ShaperData, Tag, UnicodeBuffer,
};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use std::sync::{Arc, RwLock};

/// A feature's tag and its value: 0 turns it off.
type Setting = (&'static [u8; 4], u32);

/// OpenType features as a set. What is off by default in fonts is asked for, what is on is only ever taken away.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Features(u16);

impl Features {
    pub const SMALL_CAPS: Features = Features(1);
    /// Capitals too become small capitals.
    pub const CAPS_TO_SMALL: Features = Features(2);
    pub const OLD_STYLE: Features = Features(4);
    pub const LINING: Features = Features(8);
    pub const PROPORTIONAL: Features = Features(16);
    pub const TABULAR: Features = Features(32);
    pub const SUPERIORS: Features = Features(64);
    pub const INFERIORS: Features = Features(128);
    /// Punctuation raised to the height of capitals.
    pub const CASE: Features = Features(256);
    /// No ligatures: for letters set apart.
    pub const APART: Features = Features(512);
    /// Neither ligatures nor contextual forms: code shows what was typed.
    pub const VERBATIM: Features = Features(1024);

    /// What each bit asks of the font.
    const TABLE: [(Features, &'static [Setting]); 11] = [
        (Features::SMALL_CAPS, &[(b"smcp", 1)]),
        (Features::CAPS_TO_SMALL, &[(b"c2sc", 1)]),
        (Features::OLD_STYLE, &[(b"onum", 1)]),
        (Features::LINING, &[(b"lnum", 1)]),
        (Features::PROPORTIONAL, &[(b"pnum", 1)]),
        (Features::TABULAR, &[(b"tnum", 1)]),
        (Features::SUPERIORS, &[(b"sups", 1)]),
        (Features::INFERIORS, &[(b"subs", 1)]),
        (Features::CASE, &[(b"case", 1)]),
        (Features::APART, &[(b"liga", 0), (b"clig", 0)]),
        (Features::VERBATIM, &[(b"liga", 0), (b"clig", 0), (b"calt", 0)]),
    ];

    pub const fn and(self, other: Features) -> Features {
        Features(self.0 | other.0)
    }

    pub const fn without(self, other: Features) -> Features {
        Features(self.0 & !other.0)
    }

    pub const fn has(self, other: Features) -> bool {
        self.0 & other.0 == other.0
    }

    fn list(self) -> Vec<Feature> {
        let asked = Features::TABLE.into_iter().filter(|(bit, _)| self.has(*bit));
        asked.flat_map(|(_, tags)| tags).map(|&(tag, value)| Feature::new(Tag::new(tag), value, ..)).collect()
    }
}

/// How a stretch of text is to be shaped.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub size: Length,
    pub features: Features,
    pub lang: &'a Lang,
    /// ISO 15924, as four letters: `Latn`.
    pub script: [u8; 4],
    pub right_to_left: bool,
}

/// A face that has been read.
pub struct OpenFace {
    bytes: Arc<[u8]>,
    data: ShaperData,
    plans: RwLock<Vec<(PlanKey, Arc<ShapePlan>)>>,
    /// First and last of each run of characters that the face has; rising.
    coverage: Vec<(u32, u32)>,
    /// Whether all of printable ASCII is there.
    pub has_ascii: bool,
    /// The heights of `x` and `H`, in em.
    pub x_height: f64,
    pub cap_height: f64,
}

#[derive(Clone, PartialEq, Eq)]
struct PlanKey {
    script: [u8; 4],
    right_to_left: bool,
    features: Features,
    lang: Lang,
}

impl OpenFace {
    /// `None`: not a font, or one without a character map.
    pub fn open(bytes: Arc<[u8]>) -> Option<OpenFace> {
        let font = FontRef::new(&bytes).ok()?;
        font.head().ok()?;
        let mut coverage: Vec<(u32, u32)> = Vec::new();
        for (c, _) in font.charmap().mappings() {
            match coverage.last_mut() {
                Some((_, last)) if *last + 1 == c => *last = c,
                Some((_, last)) if *last >= c => {}
                _ => coverage.push((c, c)),
            }
        }
        let metrics = font.metrics(Size::new(1.0), LocationRef::default());
        // Typical proportions of a roman, for fonts that do not say (OS/2 before version 2).
        let x_height = f64::from(metrics.x_height.filter(|height| *height > 0.0).unwrap_or(0.5));
        let cap_height = f64::from(metrics.cap_height.filter(|height| *height > 0.0).unwrap_or(0.7));
        let data = ShaperData::new(&font);
        let has_ascii = (0x20..0x7F).all(|c| covered(&coverage, c));
        Some(OpenFace { data, plans: RwLock::default(), coverage, has_ascii, x_height, cap_height, bytes })
    }

    /// The box of a glyph's ink in em: left, bottom, right, top. `None` where it shows nothing.
    pub fn ink(&self, glyph: u16) -> Option<[f64; 4]> {
        let font = FontRef::new(&self.bytes).ok()?;
        let bounds = font.glyph_metrics(Size::new(1.0), LocationRef::default()).bounds(glyph.into())?;
        let ink = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(f64::from);
        (ink[2] > ink[0]).then_some(ink)
    }

    /// Whether the face has the character, or shows it by other means: missing spaces are made by the shaper from the
    /// face's own, the hyphens U+2010 and U+2011 are shown by `-`, and what is invisible needs no glyph.
    pub fn covers(&self, c: char) -> bool {
        covered(&self.coverage, c as u32)
            || match c {
                '\u{2010}' | '\u{2011}' => covered(&self.coverage, '-' as u32),
                _ => is_space(c) || is_ignorable(c),
            }
    }

    /// The glyph of one character, without any shaping.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let id = FontRef::new(&self.bytes).ok()?.charmap().map(c)?;
        u16::try_from(id.to_u32()).ok().filter(|id| *id != 0)
    }

    /// The glyphs of `text`. Clusters are `base` and on. A character the face does not have gets glyph 0.
    pub fn shape(&self, text: &str, base: u32, request: &Request<'_>) -> Vec<Glyph> {
        // It was read once; the bytes are the same.
        let Ok(font) = FontRef::new(&self.bytes) else { return Vec::new() };
        let shaper = self.data.shaper(&font).build();
        let script = Script::from_iso15924_tag(Tag::new(&request.script));
        let direction = if request.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let features = request.features.list();
        let language = Language::new(request.lang.tag());
        let plan = self.plan(request, || ShapePlan::new(&shaper, direction, script, language.as_ref(), &features));
        let mut buffer = UnicodeBuffer::new();
        for (at, c) in text.char_indices() {
            let c = match c {
                '\u{2010}' | '\u{2011}' if !covered(&self.coverage, c as u32) => '-',
                _ => c,
            };
            buffer.add(c, base + at as u32);
        }
        buffer.set_direction(direction);
        if let Some(script) = script {
            buffer.set_script(script);
        }
        if let Some(language) = language {
            buffer.set_language(language);
        }
        // No size in scaled points that fits a glyph is over the range of `i32`.
        let size = i32::try_from(request.size.sp()).unwrap_or(i32::MAX);
        let options = ShapeOptions::new().plan(Some(&plan)).scale(Some(size)).features(&features);
        let shaped = shaper.shape(buffer, options);
        let both = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        let mut glyphs: Vec<Glyph> = both
            .map(|(info, position)| Glyph {
                id: info.glyph_id as u16,
                advance: position.x_advance,
                dx: position.x_offset,
                dy: position.y_offset,
                cluster: info.cluster,
            })
            .collect();
        if !request.right_to_left && glyphs.len() < text.len() {
            free_ligatures(&mut glyphs, &font, text, base, size);
        }
        glyphs
    }

    fn plan(&self, request: &Request<'_>, make: impl FnOnce() -> ShapePlan) -> Arc<ShapePlan> {
        let key = PlanKey {
            script: request.script,
            right_to_left: request.right_to_left,
            features: request.features,
            lang: request.lang.clone(),
        };
        let held = self.plans.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((_, plan)) = held.iter().find(|(known, _)| *known == key) {
            return plan.clone();
        }
        drop(held);
        let plan = Arc::new(make());
        self.plans.write().unwrap_or_else(|poisoned| poisoned.into_inner()).push((key, plan.clone()));
        plan
    }
}

/// Takes back what is not seen of the kerning after a ligature. Readers that order letters by their place have the last
/// letter of a ligature begin where its glyph ends; kerning that pulls the next letter back over that place would have
/// them read `Teh` and `defni e`.
fn free_ligatures(glyphs: &mut [Glyph], font: &FontRef<'_>, text: &str, base: u32, size: i32) {
    let advances = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units = font.head().map_or(1000, |head| head.units_per_em());
    let ends: Vec<u32> = glyphs.iter().skip(1).map(|next| next.cluster).chain([base + text.len() as u32]).collect();
    for (glyph, end) in glyphs.iter_mut().zip(ends) {
        let shown = text.get(glyph.cluster.saturating_sub(base) as usize..end.saturating_sub(base) as usize);
        if shown.is_none_or(|shown| shown.chars().nth(1).is_none()) {
            continue;
        }
        let Some(own) = advances.advance_width(glyph.id.into()) else { continue };
        let own = (f64::from(own) * f64::from(size) / f64::from(units.max(1))).round() as i32;
        if (1..=size / UNSEEN).contains(&(own - glyph.advance)) {
            glyph.advance = own;
        }
    }
}

/// Kerning of less than the type size over this is not seen: 1/10 pt at 10 pt, less than a dot of most printers.
const UNSEEN: i32 = 90;

fn covered(coverage: &[(u32, u32)], c: u32) -> bool {
    let after = coverage.partition_point(|&(first, _)| first <= c);
    after > 0 && coverage[after - 1].1 >= c
}

/// Spaces with an advance that the shaper can make from the face's own space.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// Characters that are not seen (Unicode's Default_Ignorable_Code_Point, those that turn up in manuscripts) and controls.
pub fn is_ignorable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::Faces;

    fn open(family: &str) -> OpenFace {
        let faces = Faces::with(Vec::new());
        let id = faces.find(family, 400, false).unwrap();
        OpenFace::open(faces.get(id).bytes()).unwrap()
    }

    fn ids(face: &OpenFace, text: &str, features: Features, lang: &str) -> Vec<u16> {
        let request = Request {
            size: Length::pt(10.0),
            features,
            lang: &Lang::parse(lang).unwrap(),
            script: *b"Latn",
            right_to_left: false,
        };
        face.shape(text, 0, &request).iter().map(|glyph| glyph.id).collect()
    }

    #[test]
    fn an_fi_is_one_glyph_but_not_in_azerbaijani() {
        let face = open("Literata");
        assert_eq!(ids(&face, "fi", Features::default(), "en").len(), 1);
        assert_eq!(ids(&face, "fi", Features::default(), "az").len(), 2);
    }

    /// What orders letters by their place reads `The`, not `Teh`.
    #[test]
    fn no_letter_begins_before_the_end_of_a_ligature() {
        let face = open("Literata");
        let lang = Lang::english();
        let request = Request {
            size: Length::pt(10.0),
            features: Features::default(),
            lang: &lang,
            script: *b"Latn",
            right_to_left: false,
        };
        for (pair, whole) in [("Th", "The"), ("fi", "fin"), ("ff", "ffs")] {
            let advance = |text| face.shape(text, 0, &request)[0].advance;
            assert_eq!(face.shape(whole, 0, &request).len(), 2, "{whole}");
            assert!(advance(whole) >= advance(pair), "{whole}");
        }
    }

    #[test]
    fn features_change_the_figures() {
        let face = open("Literata");
        assert_ne!(ids(&face, "1975", Features::OLD_STYLE, "en"), ids(&face, "1975", Features::LINING, "en"));
        assert_ne!(ids(&face, "abc", Features::SMALL_CAPS, "en"), ids(&face, "abc", Features::default(), "en"));
    }

    #[test]
    fn a_hyphen_is_shown_by_a_face_without_one() {
        let face = open("Fira Sans");
        assert!(face.covers('\u{2010}'));
        assert!(ids(&face, "\u{2010}\u{2011}", Features::default(), "en").iter().all(|id| *id != 0));
    }

    #[test]
    fn missing_spaces_are_made() {
        let face = open("Literata");
        let request = Request {
            size: Length::pt(10.0),
            features: Features::default(),
            lang: &Lang::english(),
            script: *b"Latn",
            right_to_left: false,
        };
        let glyphs = face.shape("\u{202F}", 0, &request);
        assert!(glyphs[0].id != 0 && glyphs[0].advance > 0, "{glyphs:?}");
    }

    #[test]
    fn what_is_no_font_is_no_face() {
        assert!(OpenFace::open(Vec::new().into()).is_none());
        assert!(OpenFace::open(vec![0; 400].into()).is_none());
    }
}
