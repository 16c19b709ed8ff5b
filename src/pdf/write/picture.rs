//! Picture files → image objects, each once, however often it is shown.
//!
//! In:     the pictures of a tree, which are decoded while its pages are made; those that stand on pages.
//! Out:    [`Decoded`] by picture; [`Prepared`]: its objects, and the operations that place it.
//! Faults: `picture.decode` for a file that cannot be read, at the place that names it; `press.ink` for one that is
//!         printed with less ink than it asks for.
//! Absent: pages.

mod cmyk;
mod jpeg;
mod paint;
mod pixels;
mod png;
mod raster;
mod svg;

use super::form::Form;
use super::ink::Inks;
use super::objects::Objects;
use crate::asset::{Faces, Picture, PictureFormat, PictureId, Pictures};
use crate::base::{Diagnostic, Sink, Span};
use crate::layout::Content;
use crate::layout::tree::{Atom, Tree};
use crate::pdf::{Shape, Sheet};
use crate::theme::Theme;
use lopdf::{Dictionary, Object};
use printpdf::{CurTransMat, Op, Pt, XObjectId, XObjectTransform};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A picture ready for the file.
pub struct Prepared {
    /// The name by which pages call it: `P0`.
    resource: String,
    /// The EXIF orientation that is still to be applied, 1 to 8.
    orientation: u8,
    /// The picture first, then what it refers to.
    objects: Vec<Object>,
}

/// What the file asks of its pictures.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    pub inks: &'a Inks,
    /// Nothing may shine through: pictures lie on white.
    pub is_flat: bool,
}

impl<'a> Wish<'a> {
    pub fn of(form: Form, inks: &'a Inks) -> Wish<'a> {
        Wish { inks, is_flat: form.is_flat() }
    }
}

/// What a decoder hands back: objects that refer to each other by their place in the list.
#[derive(Clone)]
struct Parts {
    objects: Vec<Object>,
    /// Whether the orientation of the file is still to be applied.
    turned: bool,
    /// What the author should know of it.
    note: Option<String>,
}

/// Pictures as the file holds them, or why they cannot be read.
#[derive(Clone, Default)]
pub struct Decoded(BTreeMap<PictureId, Result<Parts, String>>);

impl Decoded {
    pub fn of(used: BTreeSet<PictureId>, faces: &Faces, theme: &Theme, pictures: &Pictures, wish: Wish) -> Decoded {
        Decoded(used.into_par_iter().map(|id| (id, parts(pictures.get(id), faces, theme, wish))).collect())
    }
}

/// The pictures that a tree names.
pub fn named(tree: &Tree) -> BTreeSet<PictureId> {
    let mut named = BTreeSet::new();
    for node in &tree.nodes {
        match &node.content {
            Content::Picture(placed) => named.extend(placed.picture),
            Content::Leaf(text) => named.extend(text.atoms.iter().filter_map(|atom| match &atom.atom {
                Atom::Picture(placed) => placed.picture,
                Atom::NoteCall { .. } | Atom::Formula(_) | Atom::PageRef { .. } | Atom::Break => None,
            })),
            Content::Group | Content::Empty => {}
        }
    }
    named
}

/// The pictures that stand on pages.
pub fn shown(sheets: &[Sheet]) -> BTreeSet<PictureId> {
    let items = sheets.iter().flat_map(|sheet| &sheet.items);
    items
        .filter_map(|item| match item.shape {
            Shape::Picture { picture, .. } => Some(picture),
            Shape::Run(_) | Shape::Formula { .. } | Shape::Fill { .. } => None,
        })
        .collect()
}

/// Names the pictures that stand on pages, and tells which of them cannot be read.
pub fn prepare(
    sheets: &[Sheet],
    mut decoded: Decoded,
    tree: &Tree,
    pictures: &Pictures,
    sink: &mut Sink,
) -> BTreeMap<PictureId, Prepared> {
    let mut prepared = BTreeMap::new();
    for (index, id) in shown(sheets).into_iter().enumerate() {
        let picture = pictures.get(id);
        match decoded.0.remove(&id).unwrap_or_else(|| Err("the tree does not name it".to_owned())) {
            Ok(parts) => {
                if let Some(note) = &parts.note {
                    let message = format!("the picture {}: {note}", picture.path);
                    sink.push(Diagnostic::note("press.ink", message).at(first_use(tree, id)));
                }
                let orientation = if parts.turned { picture.orientation } else { 1 };
                let resource = format!("P{index}");
                prepared.insert(id, Prepared { resource, orientation, objects: parts.objects });
            }
            Err(why) => sink.push(
                Diagnostic::error("picture.decode", format!("the picture {} cannot be read: {why}", picture.path))
                    .at(first_use(tree, id))
                    .hint("open it in an image program and save it again"),
            ),
        }
    }
    prepared
}

fn parts(picture: &Picture, faces: &Faces, theme: &Theme, wish: Wish) -> Result<Parts, String> {
    match picture.format {
        PictureFormat::Jpeg => jpeg::parts(&picture.bytes, wish),
        PictureFormat::Png => png::parts(&picture.bytes, wish),
        PictureFormat::Gif | PictureFormat::Webp => pixels::decoded(&picture.bytes, picture.format, wish),
        PictureFormat::Svg => svg::parts(&picture.bytes, faces, &theme.families, wish),
    }
}

fn first_use(tree: &Tree, id: PictureId) -> Option<Span> {
    let shows = |content: &Content| match content {
        Content::Picture(placed) => placed.picture == Some(id),
        Content::Leaf(text) => text.atoms.iter().any(|atom| match &atom.atom {
            Atom::Picture(placed) => placed.picture == Some(id),
            Atom::NoteCall { .. } | Atom::Formula(_) | Atom::PageRef { .. } | Atom::Break => false,
        }),
        Content::Group | Content::Empty => false,
    };
    tree.nodes.iter().find(|node| shows(&node.content)).and_then(|node| node.at)
}

impl Prepared {
    /// Draws the picture into a box: left, bottom, right, top in points.
    pub fn place(&self, [left, bottom, right, top]: [f32; 4]) -> Vec<Op> {
        let (w, h) = (right - left, top - bottom);
        let id = XObjectId(self.resource.clone());
        let Some(matrix) = turned(self.orientation, w, h, left, bottom) else {
            let transform = XObjectTransform {
                translate_x: Some(Pt(left)),
                translate_y: Some(Pt(bottom)),
                scale_x: Some(w),
                scale_y: Some(h),
                no_auto_scale: true,
                ..XObjectTransform::default()
            };
            return vec![Op::UseXobject { id, transform }];
        };
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        vec![
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) },
            Op::UseXobject { id, transform },
            Op::RestoreGraphicsState,
        ]
    }
}

/// The matrix that turns the unit square as EXIF asks (TIFF 6.0, tag 274) and fills the box; `None` for upright.
fn turned(orientation: u8, w: f32, h: f32, x: f32, y: f32) -> Option<[f32; 6]> {
    match orientation {
        2 => Some([-w, 0.0, 0.0, h, x + w, y]),
        3 => Some([-w, 0.0, 0.0, -h, x + w, y + h]),
        4 => Some([w, 0.0, 0.0, -h, x, y + h]),
        5 => Some([0.0, -h, -w, 0.0, x + w, y + h]),
        6 => Some([0.0, -h, w, 0.0, x, y + h]),
        7 => Some([0.0, h, w, 0.0, x, y]),
        8 => Some([0.0, h, -w, 0.0, x + w, y]),
        _ => None,
    }
}

/// The resource dictionary that names every picture.
pub fn write(prepared: BTreeMap<PictureId, Prepared>, objects: &mut Objects) -> Dictionary {
    let mut names = Dictionary::new();
    for picture in prepared.into_values() {
        names.set(picture.resource, Object::Reference(objects.graft(picture.objects)));
    }
    names
}
