//! Cover: the picture the book gives, else a typographic one of our design.
//!
//! In:     title, subtitle, authors, publisher; the theme's faces.
//! Out:    the picture for shelves and stores, and the page that shows it.
//! Faults: none; a face that lacks characters leaves them to the companions.
//! Absent: the print cover.

use super::package::{Part, Store};
use super::{Edition, files, frame, xml};
use crate::asset::measure;
use crate::asset::{Face, Faces, PictureFormat, raster};
use crate::base::lang::Direction;
use crate::book::Metadata;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The size that stores ask for (KDP: 2,560 high, 1.6 to 1).
const WIDTH: u32 = 1600;
const HEIGHT: u32 = 2560;
/// What Apple asks for at the shorter side (*Apple Books Asset Guide*, "Book Cover Art").
const SHORTER_SIDE: u32 = 1400;
/// White at both sides.
const MARGIN: f64 = 170.0;
/// Grounds and their accents: deep, so that light type passes 7:1 on each (a test computes it), and quiet.
const GROUNDS: [(&str, &str); 6] = [
    ("#1d3540", "#c9a35b"),
    ("#3b2430", "#c8987a"),
    ("#24362b", "#b9ad6a"),
    ("#2a2d45", "#b7a6c9"),
    ("#43291f", "#d0a878"),
    ("#2b2b2b", "#b9b2a3"),
];
const INK: &str = "#f5f0e6";

/// The cover's two parts.
pub struct Cover {
    /// `None`: the picture is among the book's pictures already.
    pub picture: Option<Part>,
    /// The name of the cover's picture in the archive.
    pub name: String,
    pub page: String,
    /// Whether the designed cover could not be drawn.
    pub is_missing: bool,
    /// The size of the given picture, where shops would refuse it.
    pub too_small: Option<(u32, u32)>,
}

pub fn make(edition: &Edition, faces: &Faces) -> Cover {
    let metadata = &edition.tree.metadata;
    let words = cover_words(edition);
    let given = metadata.cover.and_then(|id| Some((edition.pictures.get(id), edition.picture_names.get(&id)?)));
    let (name, picture) = match given {
        // Stores refuse a drawing as cover; a picture of it is taken.
        Some((picture, _)) if picture.format == PictureFormat::Svg => {
            let (width, height) = fit(picture.width, picture.height);
            match raster::png(&picture.bytes, faces, edition.families(), width, height) {
                Some(bytes) => own(bytes),
                None => own(designed(edition, faces)),
            }
        }
        Some((_, name)) => (name.clone(), None),
        None => own(designed(edition, faces)),
    };
    let too_small = given
        .map(|(picture, _)| picture)
        .filter(|picture| picture.format != PictureFormat::Svg && picture.width.min(picture.height) < SHORTER_SIDE);
    let is_missing = picture.as_ref().is_some_and(|part| part.bytes.is_empty());
    Cover {
        page: page(edition, &name, &words),
        name,
        picture,
        is_missing,
        too_small: too_small.map(|picture| (picture.width, picture.height)),
    }
}

fn own(bytes: Vec<u8>) -> (String, Option<Part>) {
    let name = "images/cover-page.png".to_owned();
    (name.clone(), Some(Part::file(name, "image/png", bytes, Store::AsIs)))
}

/// The size of a drawing enlarged to the cover's height, within reason.
fn fit(width: u32, height: u32) -> (u32, u32) {
    let scale = f64::from(HEIGHT) / f64::from(height.max(1));
    ((f64::from(width) * scale).round().clamp(1.0, 4000.0) as u32, HEIGHT)
}

fn cover_words(edition: &Edition) -> String {
    let metadata = &edition.tree.metadata;
    if let Some(alt) = metadata.cover_alt.as_deref().filter(|alt| !alt.trim().is_empty()) {
        return alt.to_owned();
    }
    let mut words = format!("{}: {}", edition.wording.cover, metadata.title);
    for piece in [metadata.subtitle.clone().unwrap_or_default(), authors(metadata)] {
        if !piece.is_empty() {
            words.push_str(". ");
            words.push_str(&piece);
        }
    }
    words
}

fn authors(metadata: &Metadata) -> String {
    let names: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
    names.join(", ")
}

fn page(edition: &Edition, picture: &str, words: &str) -> String {
    let mut out = String::new();
    frame::head(edition, &mut out, edition.wording.cover, "frontmatter");
    out.push_str("<section class=\"cover\" epub:type=\"cover\"");
    xml::attribute(&mut out, "aria-label", edition.wording.cover);
    out.push_str(">\n<img role=\"doc-cover\"");
    xml::attribute(&mut out, "src", picture);
    xml::attribute(&mut out, "alt", words);
    out.push_str("/>\n</section>\n</body>\n</html>\n");
    debug_assert!(files::COVER.ends_with(".xhtml"));
    out
}

/// A piece of text in one face, broken into lines.
struct Piece<'a> {
    lines: Vec<String>,
    size: f64,
    leading: f64,
    face: &'a Face,
}

impl Piece<'_> {
    fn height(&self) -> f64 {
        self.lines.len() as f64 * self.size * self.leading
    }
}

/// The designed cover: title in the upper part over a rule, people below, publisher at the foot.
fn designed(edition: &Edition, faces: &Faces) -> Vec<u8> {
    let svg = drawing(edition, faces);
    raster::png(svg.as_bytes(), faces, edition.families(), WIDTH, HEIGHT).unwrap_or_default()
}

fn drawing(edition: &Edition, faces: &Faces) -> String {
    let metadata = &edition.tree.metadata;
    let family = &edition.theme.families.text;
    let cut = |weight, italic| faces.find(family, weight, italic).map(|id| faces.get(id));
    let Some(regular) = cut(400, false).or_else(|| faces.iter().next().map(|(_, face)| face)) else {
        return String::new();
    };
    let bold = cut(700, false).unwrap_or(regular);
    let italic = cut(400, true).unwrap_or(regular);
    let hash = Sha256::digest(metadata.title.as_bytes());
    let (ground, accent) = GROUNDS[usize::from(hash.first().copied().unwrap_or(0)) % GROUNDS.len()];
    let measure = f64::from(WIDTH) - 2.0 * MARGIN;

    let title = set(&metadata.title, bold, measure, &[230.0, 200.0, 175.0, 150.0, 125.0, 105.0, 88.0], 5, 1.16);
    let subtitle = set(metadata.subtitle.as_deref().unwrap_or_default(), italic, measure, &[78.0, 66.0, 56.0], 4, 1.3);
    let people = set(&authors(metadata), regular, measure, &[84.0, 70.0, 58.0, 48.0], 4, 1.3);
    let publisher = set(metadata.publisher.as_deref().unwrap_or_default(), regular, measure, &[46.0, 38.0], 2, 1.3);

    let is_rtl = metadata.language.direction() == Direction::RightToLeft;
    let (edge, anchor) = if is_rtl { (f64::from(WIDTH) - MARGIN, "end") } else { (MARGIN, "start") };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\"{}>\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{ground}\"/>",
        if is_rtl { " direction=\"rtl\"" } else { "" }
    );
    let mut draw = |piece: &Piece, top: f64, fill: &str| {
        for (at, line) in piece.lines.iter().enumerate() {
            // The first baseline lies one ascender under the top; text faces rise three quarters of their size.
            let y = top + piece.size * 0.78 + at as f64 * piece.size * piece.leading;
            let slope = if piece.face.italic { " font-style=\"italic\"" } else { "" };
            let _ = write!(
                svg,
                "<text x=\"{edge:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-family=\"{}\" font-weight=\"{}\"{slope} font-size=\"{}\" fill=\"{fill}\">{}</text>",
                xml::escaped(&piece.face.family),
                piece.face.weight,
                piece.size,
                xml::escaped(line)
            );
        }
    };
    // The title hangs from the fifth of the height that the eye meets first, higher when it is long.
    let top = (f64::from(HEIGHT) * 0.2).min(f64::from(HEIGHT) * 0.62 - title.height() - subtitle.height()).max(MARGIN);
    draw(&title, top, INK);
    let rule = top + title.height() + 70.0;
    draw(&subtitle, rule + 80.0, INK);
    let foot = f64::from(HEIGHT) - MARGIN;
    draw(&publisher, foot - publisher.height(), accent);
    let over = if publisher.lines.is_empty() { 0.0 } else { publisher.height() + 90.0 };
    draw(&people, foot - over - people.height(), INK);
    let start = if is_rtl { edge - 240.0 } else { edge };
    let _ = write!(svg, "<rect x=\"{start:.1}\" y=\"{rule:.1}\" width=\"240\" height=\"10\" fill=\"{accent}\"/></svg>");
    svg
}

/// Sets a text in the largest of `sizes` at which it takes no more than `most` lines, its lines evenly long.
fn set<'a>(text: &str, face: &'a Face, measure: f64, sizes: &[f64], most: usize, leading: f64) -> Piece<'a> {
    let words: Vec<&str> = text.split_whitespace().collect();
    // A character that the face lacks is about as wide as a letter.
    let width = |word: &str| measure::width(face, word).unwrap_or_else(|| word.chars().count() as f64 * 0.6);
    let widths: Vec<f64> = words.iter().map(|word| width(word)).collect();
    let space = width(" ");
    let mut size = sizes.last().copied().unwrap_or(48.0);
    let mut lines = Vec::new();
    for &candidate in sizes {
        size = candidate;
        lines = balance(&widths, space, measure / candidate);
        let fits = widths.iter().all(|width| width * candidate <= measure);
        if fits && lines.len() <= most {
            break;
        }
    }
    let lines = lines.into_iter().filter_map(|range| Some(words.get(range)?.join(" "))).collect();
    Piece { lines, size, leading, face }
}

/// Breaks words into the fewest lines that fit, and among these the most even: the sum of squared rests is least.
fn balance(widths: &[f64], space: f64, measure: f64) -> Vec<std::ops::Range<usize>> {
    // best[n]: fewest lines and least raggedness of the first n words, and where the last of these lines begins.
    let mut best: Vec<(usize, f64, usize)> = vec![(0, 0.0, 0)];
    for end in 1..=widths.len() {
        let mut found = (usize::MAX, f64::INFINITY, end - 1);
        let mut line = -space;
        for start in (0..end).rev() {
            line += widths[start] + space;
            if line > measure && start + 1 < end {
                break;
            }
            let rest = (measure - line).max(0.0);
            let (lines, ragged) = (best[start].0 + 1, best[start].1 + rest * rest);
            if (lines, ragged) < (found.0, found.1) {
                found = (lines, ragged, start);
            }
        }
        best.push(found);
    }
    let mut lines = Vec::new();
    let mut end = widths.len();
    while end > 0 {
        let start = best[end].2;
        lines.push(start..end);
        end = start;
    }
    lines.reverse();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_broken_evenly() {
        // Not three words and a short one.
        assert_eq!(balance(&[5.0, 5.0, 5.0, 1.0], 1.0, 17.0), [0..2, 2..4]);
        assert!(balance(&[], 1.0, 20.0).is_empty());
        assert!(matches!(balance(&[50.0], 1.0, 20.0)[..], [std::ops::Range { start: 0, end: 1 }]));
    }
}
