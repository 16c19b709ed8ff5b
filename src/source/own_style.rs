//! `epub-css`: the author's own style sheet for the e-book, with the pictures it names.
//!
//! In:     the path as written in `book.toml`, the book's folder.
//! Out:    [`OwnStyle`]: its text, and a picture for each `url(…)`.
//! Faults: `style.missing`, `style.remote`, `style.import`, `style.outside`, `picture.*`.
//! Absent: CSS itself; what a reading system does not know it leaves out.

use super::folder::{Folder, parent};
use super::manifest_table::Set;
use super::{picture, text};
use crate::asset::Pictures;
use crate::base::css::{urls, without_comments};
use crate::base::{Diagnostic, Files, Sink, Span};
use crate::theme::OwnStyle;
use std::path::Path;

pub fn read(
    written: &Set<String>,
    folder: &Folder,
    files: &mut Files,
    pictures: &mut Pictures,
    sink: &mut Sink,
) -> Option<OwnStyle> {
    let place = match folder.locate("", &written.value) {
        Ok(place) => place,
        Err(refused) => {
            let told = refused.diagnostic("style.missing", "style sheet", &written.value, None);
            sink.push(told.at(written.span));
            return None;
        }
    };
    let bytes = match folder.read(&place) {
        Ok(bytes) if !place.is_outside => bytes,
        Ok(_) => {
            let told = Diagnostic::error("style.outside", "this style sheet lies outside the book's folder");
            sink.push(told.at(written.span).hint("copy it into the book's folder"));
            return None;
        }
        Err(refused) => {
            let told = refused.diagnostic("style.missing", "style sheet", &written.value, None);
            sink.push(told.at(written.span));
            return None;
        }
    };
    let file = text::decode(bytes).take_in(Path::new(&place.name), files, sink);
    let css = files.text(file).to_owned();
    let base = parent(&place.name);
    let mut style = OwnStyle::default();
    for (range, is_import) in urls(&without_comments(&css)) {
        let url = css.get(range.clone()).unwrap_or_default();
        let at = Span::new(file, range.start, range.end);
        if url.starts_with("data:") || url.starts_with('#') {
            continue;
        }
        if is_import {
            let told = Diagnostic::error("style.import", format!("{url} is not imported")).at(at);
            sink.push(told.hint("write its rules here: an e-book has one style sheet"));
        } else if url.contains("://") || url.starts_with("//") {
            let told = Diagnostic::error("style.remote", format!("{url} lies on a server")).at(at);
            sink.push(told.hint("put the file into the book's folder: whoever reads on a train sees nothing else"));
        } else {
            let loaded = picture::name(folder, base, "", url).and_then(|name| match pictures.find(&name) {
                Some(known) => Ok(known),
                None => picture::load(folder, base, &name).map(|loaded| pictures.add(loaded)),
            });
            match loaded {
                Ok(picture) => style.pictures.push((range, picture)),
                Err(told) => sink.push(
                    told.at(at).hint("a font needs no url: put it into the folder \"fonts\" and name its family"),
                ),
            }
        }
    }
    style.pictures.sort_by_key(|(range, _)| range.start);
    style.text = css;
    Some(style)
}
