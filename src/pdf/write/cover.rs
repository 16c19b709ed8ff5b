//! The printed cover → the bytes of a PDF: one page, with trim and bleed.
//!
//! In:     a [`CoverSheet`], the form of the file, faces and pictures.
//! Out:    the file.
//! Faults: `picture.decode`; [`Error::Font`], [`Error::Package`].
//! Absent: decisions about what stands where.

use super::content::{self, Desk, milli};
use super::fonts::Fonts;
use super::form::Form;
use super::glyphs::Usage;
use super::ink::Inks;
use super::objects::{Objects, raw};
use super::picture::{self, Decoded, Wish};
use super::{intent, metadata, points, stream};
use crate::asset::{Faces, Pictures};
use crate::base::{Error, Length, Sink};
use crate::layout::Tree;
use crate::pdf::cover::{CoverSheet, Layer, Turn};
use crate::pdf::sheet::Sheet;
use crate::press::Area;
use crate::theme::{Bound, Margins, Page, Theme, Wording};
use lopdf::{Object, dictionary};
use printpdf::{CurTransMat, Op, PaintMode, Pt, Rect, WindingOrder};
use std::collections::BTreeMap;

/// Writes a cover. `texts` is the tree of the back, whose metadata the file has.
pub fn cover(
    form: Form,
    sheet: CoverSheet,
    texts: &Tree,
    theme: &Theme,
    faces: &Faces,
    pictures: &Pictures,
    sink: &mut Sink,
) -> Result<Vec<u8>, Error> {
    let inks = Inks::of(form)?;
    let CoverSheet { wrap, around, layers } = sheet;
    let whole = wrap.sheet();
    let (turns, sheets): (Vec<_>, Vec<Sheet>) = layers
        .into_iter()
        .map(|Layer { turn, clip, items }| {
            ((turn, clip), Sheet { label: String::new(), section: None, turned: false, items })
        })
        .unzip();
    let fonts = Fonts::embed(&Usage::of(&sheets, texts), faces, form.has_whole_fonts())?;
    let decoded = Decoded::of(picture::shown(&sheets), faces, theme, pictures, Wish::of(form, &inks));
    let prepared = picture::prepare(&sheets, decoded, texts, pictures, sink);
    let zero = Length::ZERO;
    let margins = Margins { inner: zero, top: zero, outer: zero, bottom: zero };
    let page = Page { width: whole.width, height: whole.height, margins, bound: Bound::default() };
    let (wording, places) = (Wording::of(&texts.metadata.language), BTreeMap::new());
    let (fonts_used, pictures_used) = (&fonts, &prepared);
    let desk = Desk {
        form,
        inks: &inks,
        page,
        tree: texts,
        places: &places,
        fonts: fonts_used,
        pictures: pictures_used,
        wording,
    };
    let mut ops = vec![Op::SaveGraphicsState, matrix([1.0, 0.0, 0.0, 1.0, around.to_pt(), around.to_pt()])];
    for (sheet, (turn, clip)) in sheets.iter().zip(turns) {
        ops.push(Op::SaveGraphicsState);
        if let Some(area) = clip {
            ops.push(clipped(area, whole.height));
        }
        ops.extend(turned(turn, whole.height).map(matrix));
        ops.extend(content::draw(&desk, sheet, 0).ops);
        ops.push(Op::RestoreGraphicsState);
    }
    ops.push(Op::RestoreGraphicsState);

    let mut objects = Objects::default();
    let (root, parent, number) = (objects.reserve(), objects.reserve(), objects.reserve());
    let content = stream::compressed(vec![ops])?.into_iter().next().unwrap_or_default();
    let content = objects.add(Object::Stream(raw(dictionary! { "Filter" => "FlateDecode" }, content)));
    let xobjects = picture::write(prepared, &mut objects);
    let fonts = fonts.write(&mut objects);
    let resources = objects.add(dictionary! { "Font" => fonts, "XObject" => xobjects });
    let edges = |left: Length, bottom: Length, right: Length, top: Length| {
        [left, bottom, right, top].map(|edge| points(edge + around)).to_vec()
    };
    let media = [-around, -around, whole.width + around, whole.height + around];
    let [left, bottom, right, top] = media;
    let trimmed = wrap.trimmed();
    objects.set(
        number,
        dictionary! {
            "Type" => "Page",
            "Parent" => parent,
            "MediaBox" => edges(left, bottom, right, top),
            "BleedBox" => edges(zero, zero, whole.width, whole.height),
            // Bleed is the same on all sides, so that it does not matter from which one counts.
            "TrimBox" => edges(trimmed.left, trimmed.top, trimmed.right(), trimmed.foot()),
            "Resources" => resources,
            "Contents" => content,
        },
    );
    objects.set(parent, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![number.into()] });
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => parent };
    if let Some(packet) = metadata::xmp(form, &texts.metadata, false) {
        let head = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        catalog.set("Metadata", objects.add(Object::Stream(raw(head, packet))));
    }
    catalog.set("OutputIntents", intent::intents(form, &inks, &mut objects));
    objects.set(root, catalog);
    let info = objects.add(metadata::info(form, &texts.metadata));
    objects.into_file(form.layout(), root, Some(info))
}

fn matrix(matrix: [f64; 6]) -> Op {
    Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix.map(|part| part as f32)) }
}

/// How the space of a layer lies on the sheet. Layers are drawn from the foot up, as high as the sheet.
fn turned(turn: Turn, height: Length) -> Option<[f64; 6]> {
    let high = height.to_pt();
    match turn {
        Turn::Upright => None,
        Turn::Down(at) => Some([0.0, -1.0, 1.0, 0.0, at.x.to_pt() - high, high - at.y.to_pt()]),
        Turn::Up(at) => Some([0.0, 1.0, -1.0, 0.0, at.x.to_pt() + high, high - at.y.to_pt()]),
    }
}

fn clipped(area: Area, height: Length) -> Op {
    let points = |length: Length| Pt(milli(length) as f32 / 1000.0);
    let rectangle = Rect {
        x: points(area.left),
        y: points(height - area.foot()),
        width: points(area.width),
        height: points(area.height),
        mode: Some(PaintMode::Clip),
        winding_order: Some(WindingOrder::NonZero),
    };
    Op::DrawRectangle { rectangle }
}
