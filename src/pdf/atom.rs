//! What an atom shows in its line: the label of a note, a page number, a small picture.
//!
//! In:     the atoms of a leaf, the notes of the tree, the page numbers known so far, the pictures.
//! Out:    pieces for the line; none for what shows nothing.
//! Absent: where it stands.

use super::compose::{Composer, Leaf};
use super::folios::Folios;
use super::look::{Looks, State};
use super::piece::{Body, Piece, Shown};
use super::style::Resolved;
use crate::base::Length;
use crate::book::block::PictureWidth;
use crate::layout::tree::{ATOM, Atom, PlacedPicture};
use crate::theme::Role;

/// Stands where a page number is not known yet.
pub const UNKNOWN_PAGE: &str = "000";
/// Pictures in a line: at most so high, and standing so far under the baseline, in em.
const PICTURE_HEIGHT: f64 = 1.15;
const PICTURE_DROP: f64 = 0.2;
/// Pixels of pictures that do not say otherwise, to the inch (CSS).
const CSS_DPI: f64 = 96.0;

/// What the atoms of a leaf stand in.
pub(super) struct Around {
    base: State,
    /// The page numbers that end a run of pages, rising: those of an index entry.
    run_ends: Vec<u32>,
}

impl<'a> Composer<'a> {
    /// What an atom shows in its line.
    pub(super) fn atom(
        &self,
        leaf: &Leaf<'_>,
        around: &Around,
        looks: &mut Looks<'a>,
        at: u32,
        look: usize,
    ) -> Vec<Piece> {
        if let Some(Atom::Formula(formula)) = leaf.text.atom_at(at) {
            return self.formula_pieces(formula, leaf, at, look, &looks.list[look]);
        }
        self.single(leaf, around, looks, at, look).into_iter().collect()
    }

    fn single(&self, leaf: &Leaf<'_>, around: &Around, looks: &mut Looks<'a>, at: u32, look: usize) -> Option<Piece> {
        let range = at..at + ATOM.len_utf8() as u32;
        let word = |looks: &Looks<'a>, look: usize, text: &str, note| Piece {
            body: Body::Word(looks.list[look].font.word(text, false)),
            range: range.clone(),
            span: 0,
            look,
            level: 0,
            shown: Shown::Atom(text.into()),
            note,
            is_whole: true,
        };
        match leaf.text.atom_at(at)? {
            Atom::NoteCall { note, .. } => {
                let label = &self.tree.note(*note).label;
                let raised = looks.look(&around.base.raised(), label, leaf.style, &self.fonts);
                Some(word(looks, raised, label, Some(*note)))
            }
            Atom::PageRef { to, .. } => {
                let number = leaf.numbers.get(to).map_or(UNKNOWN_PAGE, String::as_str);
                if around.run_ends.binary_search(&at).is_ok() {
                    return Some(word(looks, look, &format!("–{number}"), None));
                }
                Some(word(looks, look, number, None))
            }
            Atom::Picture(placed) => match self.inline_picture(placed, leaf.style) {
                Some(body) => Some(Piece { body, ..word(looks, look, "", None) }),
                None if placed.alt.is_empty() => None,
                None => Some(word(looks, look, &format!("[{}]", placed.alt), None)),
            },
            // A formula is more than one piece.
            Atom::Formula(_) | Atom::Break => None,
        }
    }

    /// What the atoms of a leaf stand in.
    pub(super) fn around(&self, leaf: &Leaf<'_>) -> Around {
        let is_entry = matches!(self.tree.node(leaf.id).role, Role::IndexEntry(_));
        Around {
            base: State::new(leaf.style, self.lang(leaf.id).clone()),
            run_ends: if is_entry { Folios::of(leaf.text, leaf.numbers).ends } else { Vec::new() },
        }
    }

    /// A picture in a line, scaled so that it does not push the lines apart.
    fn inline_picture(&self, placed: &PlacedPicture, style: &Resolved) -> Option<Body> {
        let id = placed.picture?;
        let picture = self.pictures.get(id);
        let dpi = picture.dpi.filter(|dpi| *dpi > 1.0).unwrap_or(CSS_DPI);
        let natural = |pixels: u32| Length::inch(f64::from(pixels.max(1)) / dpi);
        let (width, height) = (natural(picture.width), natural(picture.height));
        let width = match placed.width {
            Some(PictureWidth::Length(wanted)) if wanted > Length::ZERO => wanted,
            Some(PictureWidth::Length(_) | PictureWidth::OfMeasure(_)) | None => width,
        };
        let height = width.scale(height.ratio(natural(picture.width)));
        let most = style.size.scale(PICTURE_HEIGHT);
        let scale = if height > most { most.ratio(height) } else { 1.0 };
        let (width, height) = (width.scale(scale), height.scale(scale));
        let rise =
            if height > style.size.scale(1.0 - PICTURE_DROP) { -style.size.scale(PICTURE_DROP) } else { Length::ZERO };
        Some(Body::Picture { picture: id, width: width.sp(), height: height.sp(), rise: rise.sp() })
    }
}
