//! Pages → the bytes of a PDF: tagged, to be read and kept, or bare, for a press.
//!
//! In:     the [`Form`] of the file, [`Pages`], the tree they show, faces and pictures.
//! Out:    the file.
//! Faults: `picture.decode`; [`Error::Font`], [`Error::Package`].
//! Absent: decisions about text and place: it draws what it is given.
//!
//! 1. `picture` decodes, while the pages are still being made ([`Material`]); `glyphs` collects which glyphs the pages
//!    show, `fonts` cuts the faces down to them.
//! 2. `content` draws each sheet as printpdf operations (`show` a run at a time), `stream` serializes and deflates
//!    them: in parallel, in chunks of fixed size.
//!    `ink` gives every colour in the inks of the file.
//! 3. `tags` hangs the marked content into the tree's structure; `structure`, `ways`, `outline`, `metadata` and `profile`
//!    make the rest of the document as lopdf objects.
//! 4. `objects` writes the file.

mod content;
pub mod cover;
mod fonts;
pub mod form;
mod glyphs;
mod ink;
mod intent;
mod leaf;
mod metadata;
mod objects;
mod outline;
mod picture;
mod profile;
pub mod read;
mod roles;
mod separation;
mod show;
mod stream;
mod structure;
mod tags;
#[cfg(test)]
mod tests;
mod trees;
mod verbatim;
mod ways;

use crate::asset::{Faces, Pictures};
use crate::base::lang::Direction;
use crate::base::{Error, Length, Sink};
use crate::layout::Tree;
use crate::pdf::{Pages, bleed, places};
use crate::press::{Bleed, Standard};
use crate::theme::{Theme, Wording};
use content::{Desk, Drawn, LinkArea, Marked};
use fonts::Fonts;
pub use form::Form;
use glyphs::{CHUNK, Usage};
use ink::Inks;
use leaf::Goal;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use objects::{Objects, raw};
use picture::{Decoded, Wish};
use printpdf::{CurTransMat, Op};
use rayon::prelude::*;
use roles::Vocabulary;
use std::collections::BTreeMap;
use std::sync::Arc;
use tags::Tags;
use ways::Ways;

/// What is left of a sheet once it is drawn.
struct Page {
    content: Vec<u8>,
    marked: Vec<Marked>,
    links: Vec<LinkArea>,
}

/// What a file is made of that does not hang on its pages, and can be gathered while they are made.
#[derive(Clone)]
pub struct Material {
    inks: Arc<Inks>,
    decoded: Decoded,
}

impl Material {
    pub fn gather(
        form: Form<'_>,
        tree: &Tree,
        theme: &Theme,
        faces: &Faces,
        pictures: &Pictures,
    ) -> Result<Material, Error> {
        let inks = Inks::of(form)?;
        let decoded = Decoded::of(picture::named(tree), faces, theme, pictures, Wish::of(form, &inks));
        Ok(Material { inks: Arc::new(inks), decoded })
    }
}

/// Writes a print edition.
pub fn write(
    form: Form<'_>,
    pages: &Pages,
    tree: &Tree,
    faces: &Faces,
    pictures: &Pictures,
    material: Material,
    sink: &mut Sink,
) -> Result<Vec<u8>, Error> {
    let Material { inks, decoded } = material;
    let fonts = Fonts::embed(&Usage::of(&pages.sheets, tree), faces, form.has_whole_fonts())?;
    let prepared = picture::prepare(&pages.sheets, decoded, tree, pictures, sink);
    let desk = Desk {
        form,
        inks: &inks,
        page: pages.page,
        tree,
        places: &pages.places,
        fonts: &fonts,
        pictures: &prepared,
        wording: Wording::of(&tree.metadata.language),
    };
    // If one page bleeds, all are sheets with bleed (KDP Help, "Set Trim Size, Bleed, and Margins").
    let bleed = (!form.is_for_readers() && bleed::any(tree, &pages.sheets)).then(|| form.bleed());
    let mut objects = Objects::default();
    let root = objects.reserve();
    let count = pages.sheets.len() + form.blanks();
    let numbers: Vec<ObjectId> = (0..count).map(|_| objects.reserve()).collect();
    let mut catalog = dictionary! { "Type" => "Catalog" };
    let (drawn, annotations) = if form.is_for_readers() {
        let (drawn, tags) =
            rayon::join(|| draw(&desk, pages, None), || Tags::plan(tree, &pages.places, pictures, form.vocabulary()));
        let drawn = drawn?;
        let annotations = for_readers(&mut catalog, &desk, pages, tags, &drawn, &numbers, &mut objects);
        (drawn, annotations)
    } else {
        (draw(&desk, pages, bleed)?, Vec::new())
    };

    let parent = objects.reserve();
    let resources = objects.reserve();
    let size = [Object::Integer(0), Object::Integer(0), points(pages.page.width), points(pages.page.height)].to_vec();
    let contents = drawn.iter().map(|page| page.marked.is_empty()).chain(std::iter::repeat(true));
    let is_bare: Vec<bool> = contents.take(count).collect();
    let blank = Page { content: stream::blank(), marked: Vec::new(), links: Vec::new() };
    let contents = drawn.into_iter().map(|page| page.content).chain(std::iter::repeat(blank.content));
    for (index, content) in contents.take(count).enumerate() {
        let content = objects.add(Object::Stream(raw(dictionary! { "Filter" => "FlateDecode" }, content)));
        let mut dictionary = dictionary! {
            "Type" => "Page",
            "Parent" => parent,
            "Contents" => content,
            // Neither is inherited: the trim never (ISO 32000-1, table 30), resources not in PDF/A-2 (6.2.2).
            "TrimBox" => size.clone(),
            "Resources" => resources,
        };
        if form.is_for_readers() {
            // Reading order of annotations is that of the structure (ISO 14289-1, 7.18.3).
            dictionary.set("Tabs", "S");
        } else {
            let [left, bottom, right, top] =
                bleed.map_or([Length::ZERO; 4], |bleed| bleed::over(bleed, pages.page.bound, index));
            let (width, height) = (pages.page.width, pages.page.height);
            let sheet = [Length::ZERO, Length::ZERO, left + width + right, bottom + height + top].map(points);
            dictionary.set("TrimBox", [left, bottom, left + width, bottom + height].map(points).to_vec());
            dictionary.set("MediaBox", sheet.to_vec());
            dictionary.set("BleedBox", sheet.to_vec());
        }
        if !is_bare[index] {
            dictionary.set("StructParents", index as i64);
        }
        if let Some(links) = annotations.get(index).filter(|links| !links.is_empty()) {
            dictionary.set("Annots", links.iter().map(|id| Object::from(*id)).collect::<Vec<_>>());
        }
        objects.set(numbers[index], dictionary);
    }
    objects.set(
        parent,
        dictionary! {
            "Type" => "Pages",
            "Count" => numbers.len() as i64,
            "Kids" => numbers.iter().map(|id| Object::from(*id)).collect::<Vec<_>>(),
            "MediaBox" => size,
        },
    );
    let xobjects = picture::write(prepared, &mut objects);
    let fonts = fonts.write(&mut objects);
    objects.set(resources, dictionary! { "Font" => fonts, "XObject" => xobjects });

    catalog.set("Pages", parent);
    if let Some(packet) = metadata::xmp(form, &tree.metadata, names_files(&catalog)) {
        let head = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        // Never compressed, so that it can be read without a PDF library (ISO 19005-2, 6.6.2.1).
        catalog.set("Metadata", objects.add(Object::Stream(raw(head, packet))));
    }
    catalog.set("OutputIntents", intent::intents(form, &inks, &mut objects));
    objects.set(root, catalog);
    // PDF 2.0 leaves what it says to the metadata (ISO 19005-4, 6.1.3).
    let info = (form.vocabulary() == Vocabulary::Pdf1).then(|| objects.add(metadata::info(form, &tree.metadata)));
    objects.into_file(form.layout(), root, info)
}

/// Draws the sheets, a chunk at a time; chunks are fixed, so the bytes are the same for any number of threads.
fn draw(desk: &Desk, pages: &Pages, bleed: Option<Bleed>) -> Result<Vec<Page>, Error> {
    let chunks: Vec<Vec<Page>> = pages
        .sheets
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, sheets)| {
            let draw = |(at, sheet)| {
                let index = chunk * CHUNK + at;
                let mut drawn = content::draw(desk, sheet, index);
                if let Some(bleed) = bleed {
                    // The page lies inside of what is printed.
                    let [left, bottom, ..] =
                        bleed::over(bleed, desk.page.bound, index).map(|edge| content::milli(edge) as f32 / 1000.0);
                    let matrix = CurTransMat::Raw([1.0, 0.0, 0.0, 1.0, left, bottom]);
                    drawn.ops.insert(0, Op::SetTransformationMatrix { matrix });
                }
                drawn
            };
            let mut drawn: Vec<Drawn> = sheets.iter().enumerate().map(draw).collect();
            let contents = stream::compressed(drawn.iter_mut().map(|sheet| std::mem::take(&mut sheet.ops)).collect())?;
            let pages = drawn.into_iter().zip(contents);
            Ok(pages.map(|(sheet, content)| Page { content, marked: sheet.marked, links: sheet.links }).collect())
        })
        .collect::<Result<_, Error>>()?;
    Ok(chunks.into_iter().flatten().collect())
}

/// What the catalog says for those who read on a screen, or are read to; hands back the annotations by sheet.
fn for_readers(
    catalog: &mut Dictionary,
    desk: &Desk,
    pages: &Pages,
    mut tags: Tags,
    drawn: &[Page],
    numbers: &[ObjectId],
    objects: &mut Objects,
) -> Vec<Vec<ObjectId>> {
    let Desk { form, tree, .. } = *desk;
    let mut owners = Vec::with_capacity(drawn.len());
    for (sheet, page) in drawn.iter().enumerate() {
        owners.push(tags.take(sheet, page.marked.iter(), page.links.iter().map(|link| &link.target)));
    }
    let links = drawn.iter().flat_map(|page| &page.links);
    let annotation_owners: Vec<Option<usize>> = links.map(|link| tags.owner(link.target)).collect();
    tags.settle();
    let is_new = form.vocabulary() == Vocabulary::Pdf2;
    let loci = if is_new { places::anchors(tree) } else { BTreeMap::new() };
    tags.refer(&loci);
    let elements = structure::Numbers::reserve(&tags, objects);
    let at = is_new.then_some(ways::Elements { tags: &tags, numbers: &elements, loci: &loci });
    let ways = Ways { pages, numbers, elements: at };

    let mut annotations = Vec::with_capacity(drawn.len());
    let mut next = drawn.len() as i64;
    for (sheet, page) in drawn.iter().enumerate() {
        let mut list = Vec::with_capacity(page.links.len());
        for link in &page.links {
            list.push(objects.add(annotation(link, next, numbers[sheet], &ways)));
            next += 1;
        }
        annotations.push(list);
    }
    let targets = structure::Targets {
        pages: numbers,
        annotations: &annotations,
        owners: &owners,
        annotation_owners: &annotation_owners,
        has_mathml: form.has_mathml(),
    };
    let (structure, files) = structure::write(&tags, &elements, &targets, objects);

    catalog.set("Lang", Object::string_literal(tree.metadata.language.tag()));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", structure);
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if tree.metadata.language.direction() == Direction::RightToLeft {
        // Facing pages stand as in the book, the first at the left.
        preferences.set("Direction", "R2L");
    }
    catalog.set("ViewerPreferences", preferences);
    catalog.set("PageLabels", outline::page_labels(pages, objects));
    let mut names = dictionary! { "Dests" => outline::names(&ways, objects) };
    // PDF/A-4 lets files of other kinds stand in a file that lists them (ISO 19005-4, annex A).
    if !files.is_empty() && matches!(form, Form::Reading(standards) if standards.has(Standard::A4)) {
        names.set(FILES, trees::name_tree(objects, files));
    }
    catalog.set("Names", names);
    if let Some(bookmarks) = outline::bookmarks(tree, &ways, objects) {
        catalog.set("Outlines", bookmarks);
        catalog.set("PageMode", "UseOutlines");
    }
    annotations
}

/// The names of the files that stand in the file.
const FILES: &str = "EmbeddedFiles";

fn names_files(catalog: &Dictionary) -> bool {
    catalog.get(b"Names").and_then(Object::as_dict).is_ok_and(|names| names.has(FILES.as_bytes()))
}

/// A link's annotation: printed, without a border, with words for those who do not see it (ISO 14289-1, 7.18.5).
fn annotation(link: &LinkArea, number: i64, page: ObjectId, ways: &Ways) -> Dictionary {
    const PRINT: i64 = 4;
    let mut dictionary = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => link.area.map(|edge| Object::Real(edge as f32 / 1000.0)).to_vec(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "F" => PRINT,
        "P" => page,
        "StructParent" => number,
        "Contents" => metadata::text(&link.contents),
    };
    match &link.goal {
        Goal::Inside(anchor) => {
            let (key, way) = ways.link(anchor);
            dictionary.set(key, way);
        }
        Goal::Outside(url) => dictionary
            .set("A", dictionary! { "Type" => "Action", "S" => "URI", "URI" => Object::string_literal(url.as_str()) }),
    }
    dictionary
}

fn points(length: crate::base::Length) -> Object {
    Object::Real(content::milli(length) as f32 / 1000.0)
}
