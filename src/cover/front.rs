//! The typographic front: title in the upper part over a rule, subtitle, people below, publisher at the foot.
//!
//! In:     title, subtitle, authors, publisher; the theme's faces; a [`Panel`].
//! Out:    [`Front`].
//! Absent: colours; the file it is drawn into.

use crate::asset::{Face, FaceId, Faces, measure};
use crate::base::lang::Direction;
use crate::book::Metadata;
use crate::theme::Theme;

/// The size of a front; any unit, y down.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Panel {
    pub width: f64,
    pub height: f64,
}

/// The width that the sizes below are drawn for.
const DRAWN_FOR: f64 = 1600.0;
/// White at the sides, at the head and at the foot, in panel widths.
const MARGIN: f64 = 170.0 / DRAWN_FOR;

impl Panel {
    pub fn margin(self) -> f64 {
        self.width * MARGIN
    }
}

/// A line of type at its place.
#[derive(Clone, PartialEq, Debug)]
pub struct FrontLine {
    pub text: String,
    /// The line's start; of a book that runs from right to left, its end.
    pub x: f64,
    /// Of the baseline.
    pub y: f64,
    pub size: f64,
    pub face: FaceId,
}

/// A designed front.
#[derive(Clone, PartialEq, Debug)]
pub struct Front {
    pub lines: Vec<FrontLine>,
    /// Left, top, width, height.
    pub rule: [f64; 4],
    /// The top of the title's first line: other panels begin at this height too.
    pub top: f64,
    /// `x` of the lines is their right end.
    pub right_to_left: bool,
}

/// The names on the cover.
pub fn authors(metadata: &Metadata) -> String {
    let names: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
    names.join(", ")
}

/// A piece of text in one face, broken into lines.
struct Piece {
    lines: Vec<String>,
    size: f64,
    leading: f64,
    face: FaceId,
}

impl Piece {
    fn height(&self) -> f64 {
        self.lines.len() as f64 * self.size * self.leading
    }
}

/// Sizes to try, from the largest, the most lines, the leading.
struct Manner {
    sizes: &'static [f64],
    most: usize,
    leading: f64,
}

const TITLE: Manner = Manner { sizes: &[230.0, 200.0, 175.0, 150.0, 125.0, 105.0, 88.0], most: 5, leading: 1.16 };
const SUBTITLE: Manner = Manner { sizes: &[78.0, 66.0, 56.0], most: 4, leading: 1.3 };
const PEOPLE: Manner = Manner { sizes: &[84.0, 70.0, 58.0, 48.0], most: 4, leading: 1.3 };
const PUBLISHER: Manner = Manner { sizes: &[46.0, 38.0], most: 2, leading: 1.3 };
/// What is tried where the pieces do not fit under one another: on a low panel, with a long title.
const SHARES: [f64; 5] = [1.0, 0.88, 0.76, 0.64, 0.52];

impl Front {
    pub fn of(metadata: &Metadata, theme: &Theme, faces: &Faces, panel: Panel) -> Front {
        let mut front = None;
        for share in SHARES {
            let (made, fits) = Front::at(metadata, theme, faces, panel, share);
            front = Some(made);
            if fits {
                break;
            }
        }
        front.unwrap_or(Front { lines: Vec::new(), rule: [0.0; 4], top: panel.margin(), right_to_left: false })
    }

    /// The front with type of a share of its size, and whether all of it fits.
    fn at(metadata: &Metadata, theme: &Theme, faces: &Faces, panel: Panel, share: f64) -> (Front, bool) {
        let family = &theme.families.text;
        let cut = |weight, italic| faces.find(family, weight, italic).unwrap_or(FaceId(0));
        let (regular, bold, italic) = (cut(400, false), cut(700, false), cut(400, true));
        let unit = panel.width / DRAWN_FOR;
        let margin = panel.margin();
        let measure = panel.width - 2.0 * margin;
        let set = |text: &str, face, manner: &Manner| set(text, (face, faces.get(face)), measure, unit * share, manner);
        let title = set(&metadata.title, bold, &TITLE);
        let subtitle = set(metadata.subtitle.as_deref().unwrap_or_default(), italic, &SUBTITLE);
        let people = set(&authors(metadata), regular, &PEOPLE);
        let publisher = set(metadata.publisher.as_deref().unwrap_or_default(), regular, &PUBLISHER);

        let right_to_left = metadata.language.direction() == Direction::RightToLeft;
        let x = if right_to_left { panel.width - margin } else { margin };
        let mut lines = Vec::new();
        let mut draw = |piece: &Piece, top: f64| {
            for (at, text) in piece.lines.iter().enumerate() {
                // The first baseline lies one ascender under the top; text faces rise three quarters of their size.
                let y = top + piece.size * 0.78 + at as f64 * piece.size * piece.leading;
                lines.push(FrontLine { text: text.clone(), x, y, size: piece.size, face: piece.face });
            }
        };
        // The title hangs from the fifth of the height that the eye meets first, higher when it is long.
        let low = panel.height * 0.62 - title.height() - subtitle.height();
        let top = (panel.height * 0.2).min(low).max(margin);
        draw(&title, top);
        let rule = top + title.height() + 70.0 * unit * share;
        draw(&subtitle, rule + 80.0 * unit * share);
        let foot = panel.height - margin;
        draw(&publisher, foot - publisher.height());
        let over = if publisher.lines.is_empty() { 0.0 } else { publisher.height() + 90.0 * unit * share };
        draw(&people, foot - over - people.height());
        let width = 240.0 * unit;
        let left = if right_to_left { x - width } else { x };
        let gap = 100.0 * unit * share;
        let fits = rule + 80.0 * unit * share + subtitle.height() + gap <= foot - over - people.height();
        (Front { lines, rule: [left, rule, width, 10.0 * unit], top, right_to_left }, fits)
    }
}

/// Sets a text in the largest of the sizes at which it takes no more than so many lines, its lines evenly long.
fn set(text: &str, (id, face): (FaceId, &Face), measure: f64, unit: f64, manner: &Manner) -> Piece {
    let words: Vec<&str> = text.split_whitespace().collect();
    // A character that the face lacks is about as wide as a letter.
    let width = |word: &str| measure::width(face, word).unwrap_or_else(|| word.chars().count() as f64 * 0.6);
    let widths: Vec<f64> = words.iter().map(|word| width(word)).collect();
    let bad: Vec<bool> = words.windows(2).map(|pair| parts_badly(pair[0], pair[1])).collect();
    let space = width(" ");
    let at = |size: f64| {
        let lines = balance(&widths, &bad, space, measure / size);
        let fits = widths.iter().all(|width| width * size <= measure) && lines.len() <= manner.most;
        let torn = lines.iter().any(|line| line.end < words.len() && bad.get(line.end - 1) == Some(&true));
        (size, lines, fits, torn)
    };
    let mut tries = manner.sizes.iter().map(|size| at(size * unit)).skip_while(|(_, _, fits, _)| !fits);
    let first = tries.next();
    // A size smaller is better than a date in two pieces; two sizes smaller is not.
    let next = tries
        .next()
        .filter(|(_, lines, _, torn)| !torn && first.as_ref().is_some_and(|(_, own, _, _)| lines.len() <= own.len()));
    let chosen = match (first, next) {
        (Some((_, _, _, true)), Some(next)) => Some(next),
        (first, _) => first,
    };
    let smallest = || at(manner.sizes.last().copied().unwrap_or(48.0) * unit);
    let (size, lines, ..) = chosen.unwrap_or_else(smallest);
    let lines = lines.into_iter().filter_map(|range| Some(words.get(range)?.join(" "))).collect();
    Piece { lines, size, leading: manner.leading, face: id }
}

/// Whether a line should not end between two words: in a date, or after a small word that belongs to the next.
fn parts_badly(before: &str, after: &str) -> bool {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_small = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_lowercase);
    is_small(before) || is_number(after) || (is_number(before) && !is_small(after))
}

/// What a bad end of a line counts as: so much of the measure left over.
const BAD_END: f64 = 0.55;

/// Breaks words into the fewest lines that fit, and among these the most even: the sum of squared rests is least.
/// `bad[n]`: a line should not end after word `n`.
fn balance(widths: &[f64], bad: &[bool], space: f64, measure: f64) -> Vec<std::ops::Range<usize>> {
    // best[n]: fewest lines and least raggedness of the first n words, and where the last of these lines begins.
    let mut best: Vec<(usize, f64, usize)> = vec![(0, 0.0, 0)];
    for end in 1..=widths.len() {
        let mut found = (usize::MAX, f64::INFINITY, end - 1);
        let mut line = -space;
        let penalty = if bad.get(end - 1) == Some(&true) { BAD_END * measure } else { 0.0 };
        for start in (0..end).rev() {
            line += widths[start] + space;
            if line > measure && start + 1 < end {
                break;
            }
            let rest = (measure - line).max(0.0);
            let (lines, ragged) = (best[start].0 + 1, best[start].1 + rest * rest + penalty * penalty);
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
        assert_eq!(balance(&[5.0, 5.0, 5.0, 1.0], &[false; 3], 1.0, 17.0), [0..2, 2..4]);
        assert!(balance(&[], &[], 1.0, 20.0).is_empty());
        assert!(matches!(balance(&[50.0], &[], 1.0, 20.0)[..], [std::ops::Range { start: 0, end: 1 }]));
    }

    #[test]
    fn a_date_and_a_small_word_are_not_torn() {
        assert!(parts_badly("26", "February") && parts_badly("February", "1992") && parts_badly("of", "Night"));
        assert!(!parts_badly("Night", "of") && !parts_badly("1992", "and"));
        // The even break after the second word is bad, the one after the third is not.
        assert_eq!(balance(&[5.0; 4], &[false, true, false], 1.0, 18.0), [0..3, 3..4]);
    }

    #[test]
    fn nothing_leaves_the_panel_whatever_its_shape() {
        let faces = Faces::with(Vec::new());
        let theme = Theme::default();
        let long = "A very long title of a book that has more to say than its cover has room for".to_owned();
        for title in [long, "Night".to_owned(), "Donaudampfschifffahrtsgesellschaft".to_owned()] {
            let metadata = Metadata {
                title,
                subtitle: Some("With a subtitle that explains it at length, and then explains itself".to_owned()),
                authors: vec![crate::book::Contributor {
                    name: "Anna Maria von und zu Beispiel".to_owned(),
                    role: "aut".to_owned(),
                    file_as: None,
                }],
                publisher: Some("Publisher".to_owned()),
                ..Metadata::default()
            };
            for (width, height) in [(1600.0, 2560.0), (396.0, 612.0), (612.0, 612.0), (600.0, 430.0)] {
                let panel = Panel { width, height };
                let front = Front::of(&metadata, &theme, &faces, panel);
                let mut last = 0.0;
                let mut lines = front.lines.clone();
                lines.sort_by(|a, b| a.y.total_cmp(&b.y));
                for line in &lines {
                    assert!(line.y - last >= line.size * 0.8, "{width} × {height}: {:?}", line.text);
                    assert!(line.y < height - panel.margin() * 0.9, "{width} × {height}: {:?}", line.text);
                    last = line.y;
                }
            }
        }
    }
}
