//! The pictures and texts of the cover.
//!
//! In:     [`CoverKeys`], the book's folder.
//! Out:    [`CoverText`] and the pictures, taken in.
//! Faults: `cover.text`, `cover.size`, those of pictures and of texts.
//! Absent: Markdown.

use super::folder::Folder;
use super::manifest_cover::CoverKeys;
use super::manifest_table::Set;
use super::map::{Expanded, Map};
use super::plain::is_markdown;
use super::{SourceChapter, picture, text};
use crate::asset::{PictureId, Pictures};
use crate::base::{FileId, Files, Sink, Span};
use crate::book::{Matter, Metadata};
use crate::cover::{CoverOrder, store};
use std::path::Path;

/// What the cover says beside what the book says of itself.
#[derive(Default, Debug)]
pub struct CoverText {
    pub order: CoverOrder,
    /// What the back says of the book; its description where the author wrote nothing for it.
    pub back: Option<SourceChapter>,
    /// What it says of the author.
    pub note: Option<SourceChapter>,
}

/// Reads what the keys name.
pub fn read_cover(
    keys: CoverKeys,
    metadata: &mut Metadata,
    folder: &Folder,
    files: &mut Files,
    pictures: &mut Pictures,
    sink: &mut Sink,
) -> CoverText {
    let CoverKeys { picture, alt, front, back, note, ground, accent, mut order } = keys;
    (metadata.cover_ground, metadata.cover_accent) = (ground, accent);
    if alt.is_some() {
        metadata.cover_alt = alt;
    }
    let mut load = |named: &Set<String>, sink: &mut Sink| -> Option<PictureId> {
        let loaded = picture::name(folder, "", "", &named.value).and_then(|name| match pictures.find(&name) {
            Some(known) => Ok(known),
            None => picture::load(folder, "", &name).map(|picture| pictures.add(picture)),
        });
        loaded.map_err(|told| sink.push(told.at(named.span))).ok()
    };
    metadata.cover = picture.as_ref().and_then(|named| load(named, sink));
    order.front = front.as_ref().and_then(|named| Some((load(named, sink)?, named.span)));
    if let Some(told) = metadata.cover.and_then(|id| store::check(pictures.get(id), order.picture_at)) {
        sink.push(told);
    }
    let mut read = |named: Option<Set<String>>, sink: &mut Sink| chapter(&named?, folder, files, sink);
    let (back, note) = (read(back, sink), read(note, sink));
    // The description stands in `book.toml`, the first file that is read.
    let described = metadata.description.clone().filter(|_| back.is_none() && files.ids().next().is_some());
    let described = described.map(|text| made("book.toml", plain(&text), Span::top(FileId(0))));
    CoverText { order, back: back.or(described), note }
}

/// A text of the cover: the one that is written, or that of the file it names.
fn chapter(named: &Set<String>, folder: &Folder, files: &mut Files, sink: &mut Sink) -> Option<SourceChapter> {
    let written = named.value.trim();
    if written.contains(char::is_whitespace) || !is_markdown(written) {
        return Some(made("book.toml", named.value.clone(), named.span));
    }
    let decoded = folder
        .locate("", written)
        .and_then(|place| if place.is_outside { Err(super::folder::Refused::Outside) } else { folder.read(&place) });
    match decoded.map(text::decode) {
        Ok(decoded) => {
            let file = decoded.take_in(Path::new(written), files, sink);
            let text = Expanded { text: files.text(file).to_owned(), map: Map::of_file(file, 0) };
            Some(SourceChapter { text: Some(text), ..made(written, String::new(), Span::top(file)) })
        }
        Err(refused) => {
            sink.push(refused.diagnostic("cover.text", "text of the cover", written, named.span));
            None
        }
    }
}

/// A text without any Markdown in it, as Markdown.
fn plain(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.chars().enumerate() {
        let begins_list = at == 0 && matches!(c, '-' | '+' | '=');
        if begins_list
            || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~' | '{' | '}')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn made(path: &str, text: String, span: Span) -> SourceChapter {
    SourceChapter {
        // It is not shown: a text of the cover stands under no title.
        title: "–".to_owned(),
        path: path.to_owned(),
        matter: Matter::Main,
        depth: 0,
        numbered: false,
        span,
        text: Some(Expanded { text, map: Map::fixed(span) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_no_markdown() {
        assert_eq!(plain("A  *new* [book] & more: _x_"), "A \\*new\\* \\[book\\] \\& more: \\_x\\_");
        assert_eq!(plain("- not a list"), "\\- not a list");
    }
}
