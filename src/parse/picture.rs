//! Pictures named in the text: first a list of requests, made by chapters in parallel; then each file is read once.
//!
//! In:     [`Request`]s of all chapters in reading order.
//! Out:    the manuscript's `Pictures`, and the ids put where the pictures are shown.
//! Faults: `picture.remote`, `picture.missing`, `picture.corrupt`, `path.*`.
//! Absent: captions.

use super::attribute;
use super::walk::{self, Seen};
use crate::asset::PictureId;
use crate::base::{Diagnostic, Sink, Span};
use crate::book::{Attributes, Block, NoteBody, Picture};
use crate::source::{Manuscript, picture};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A picture that a chapter shows. Its place in the chapter's list is, for the time being, the id in the blocks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    pub what: Wanted,
    pub span: Span,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// A file, as written in the text.
    File(String),
    /// A drawing in the text.
    Drawn(String),
}

/// Whether a picture is not in the book's folder, and how that is told.
pub fn is_remote(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or_default();
    let is_scheme =
        scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    target.starts_with("//") || (target.contains(':') && is_scheme)
}

pub fn remote(target: &str, at: Span) -> Diagnostic {
    let shown: String = target.chars().take(80).collect();
    let told =
        Diagnostic::warning("picture.remote", format!("the picture \"{shown}\" is not in the book's folder")).at(at);
    told.hint("save it beside the text; a book is made without the network. Its description is shown instead")
}

fn outside(path: &str, at: Span) -> Diagnostic {
    let message = format!("the picture \"{path}\" is outside the book's folder, in the repository around it");
    Diagnostic::warning("picture.outside", message).at(at)
}

/// Takes from attributes what belongs to the picture itself.
pub fn attach(picture: &mut Picture, attributes: &mut Attributes, at: Span, sink: &mut Sink) {
    if let Some(place) = attributes.pairs.iter().position(|(key, _)| key == "width") {
        let (_, written) = attributes.pairs.remove(place);
        picture.width = attribute::width(&written, at, sink).or(picture.width);
    }
    if let Some(place) = attributes.pairs.iter().position(|(key, _)| key == "alt") {
        picture.alt = Some(attributes.pairs.remove(place).1);
    }
    if let Some(place) = attributes.classes.iter().position(|class| class == "decorative") {
        attributes.classes.remove(place);
        picture.decorative = true;
        picture.alt = Some(String::new());
    }
}

/// A chapter whose pictures still bear the numbers of its own requests.
pub struct Shown<'b> {
    /// The folder of the chapter's file, from which its paths are written.
    pub base: String,
    pub requests: Vec<Request>,
    pub blocks: &'b mut Vec<Block>,
    pub notes: &'b mut Vec<NoteBody>,
}

/// Reads every picture once, and puts the ids in.
pub fn load(manuscript: &mut Manuscript, chapters: &mut [Shown], sink: &mut Sink) {
    let folder = &manuscript.folder;
    // By its name in the book's folder, the first place that names each picture.
    let mut wanted: Vec<(String, &str, &Request)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut places: Vec<Vec<Option<usize>>> = Vec::new();
    for (number, chapter) in chapters.iter().enumerate() {
        let mut of_chapter = Vec::new();
        for (at, request) in chapter.requests.iter().enumerate() {
            let name = match &request.what {
                Wanted::File(written) => picture::name(folder, &chapter.base, &manuscript.options.src, written),
                Wanted::Drawn(_) => Ok(format!("drawing-{}-{}.svg", number + 1, at + 1)),
            };
            of_chapter.push(match name {
                Ok(name) => Some(*known.entry(name).or_insert_with_key(|name| {
                    wanted.push((name.clone(), &chapter.base, request));
                    wanted.len() - 1
                })),
                Err(told) => {
                    sink.push(told.at(request.span));
                    None
                }
            });
        }
        places.push(of_chapter);
    }
    let loaded: Vec<_> = wanted
        .par_iter()
        .map(|(name, base, request)| match (&request.what, manuscript.pictures.find(name)) {
            (_, Some(id)) => Ok(Err(id)),
            (Wanted::File(_), None) => picture::load_near(folder, base, name).map(Ok),
            (Wanted::Drawn(svg), None) => {
                picture::of_bytes(name.clone(), svg.as_bytes().into()).map(|picture| Ok((picture, false)))
            }
        })
        .collect();
    let spans: Vec<Span> = wanted.iter().map(|(_, _, request)| request.span).collect();
    let ids: Vec<Option<PictureId>> = loaded
        .into_iter()
        .zip(spans)
        .map(|(loaded, span)| match loaded {
            Ok(Ok((picture, is_outside))) => {
                if is_outside {
                    sink.push(outside(&picture.path, span));
                }
                Some(manuscript.pictures.add(picture))
            }
            Ok(Err(id)) => Some(id),
            Err(told) => {
                sink.push(told.at(span));
                None
            }
        })
        .collect();
    for (chapter, places) in chapters.iter_mut().zip(places) {
        if chapter.requests.is_empty() {
            continue;
        }
        let mut put = |seen: Seen| {
            let Seen::Picture(picture) = seen else { return };
            let place = picture.id.and_then(|id| places.get(id.0 as usize).copied().flatten());
            picture.id = place.and_then(|at| ids.get(at).copied().flatten());
        };
        walk::blocks(chapter.blocks, &mut put);
        for note in chapter.notes.iter_mut() {
            walk::blocks(&mut note.blocks, &mut put);
        }
    }
}
