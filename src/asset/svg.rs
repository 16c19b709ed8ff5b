//! Drawings (SVG): their size, and the faces their words are set in. A door to `usvg`.
//!
//! In:     the bytes of a picture; the faces of the book.
//! Out:    width and height in CSS pixels; options that both editions read drawings with; a drawing without text.
//! Faults: `Err` with what the parser says.
//! Absent: files: a picture within the picture is never read from disk, and no face of the system is used.

use super::{FaceId, Faces};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use usvg::{FontFamily, FontResolver, FontStyle, ImageHrefResolver, Options, Tree, WriteOptions, fontdb};

/// The width and height of an SVG picture, in CSS pixels (96 to the inch).
pub fn size(bytes: &[u8]) -> Result<(f32, f32), String> {
    let tree = Tree::from_data(bytes, &options()).map_err(|error| error.to_string())?;
    Ok((tree.size().width(), tree.size().height()))
}

/// The drawing with its words as outlines. A picture in an e-book cannot use the book's faces: a reading system would set
/// the words in whatever it has, and they would burst their boxes. `None`: the drawing holds no words, or cannot be read.
pub fn outlined(bytes: &[u8], faces: &Faces, families: [&str; 3]) -> Option<Vec<u8>> {
    if !bytes.windows(5).any(|piece| piece == b"<text") {
        return None;
    }
    let tree = Tree::from_data(bytes, &with_faces(faces, families)).ok()?;
    // A hundredth of a CSS pixel is 1/9,600 in: finer than any screen shows.
    let write = WriteOptions { coordinates_precision: 2, transforms_precision: 5, ..WriteOptions::default() };
    Some(tree.to_string(&write).into_bytes())
}

/// The finest that a drawing shows, in its own units (CSS pixels).
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Finest {
    /// The thinnest stroke.
    pub line: Option<f32>,
    /// The smallest type size.
    pub words: Option<f32>,
}

/// The thinnest line and the smallest words of a drawing; `None` where it cannot be read.
pub fn finest(bytes: &[u8], faces: &Faces, families: [&str; 3]) -> Option<Finest> {
    let tree = Tree::from_data(bytes, &with_faces(faces, families)).ok()?;
    let mut finest = Finest::default();
    finer(tree.root(), &mut finest);
    Some(finest)
}

fn finer(group: &usvg::Group, finest: &mut Finest) {
    let least = |known: &mut Option<f32>, found: f32| *known = Some(known.map_or(found, |known| known.min(found)));
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => finer(group, finest),
            usvg::Node::Path(path) => {
                let (across, down) = path.abs_transform().get_scale();
                let stroke = path.stroke().filter(|stroke| path.is_visible() && stroke.opacity().get() > 0.0);
                if let Some(stroke) = stroke {
                    least(&mut finest.line, stroke.width().get() * across.min(down));
                }
            }
            usvg::Node::Text(text) => {
                let (across, down) = text.abs_transform().get_scale();
                let spans = text.chunks().iter().flat_map(|chunk| chunk.spans());
                spans.for_each(|span| least(&mut finest.words, span.font_size().get() * across.min(down)));
            }
            usvg::Node::Image(image) => {
                if let usvg::ImageKind::SVG(tree) = image.kind() {
                    finer(tree.root(), finest);
                }
            }
        }
    }
}

/// Options that read nothing from disk and know no fonts.
fn options() -> Options<'static> {
    let resolver = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    Options { image_href_resolver: resolver, ..Options::default() }
}

/// Options that read no file but the picture itself, and no face but ours. `families`: for text, for sans, for code.
pub fn with_faces<'a>(faces: &'a Faces, families: [&'a str; 3]) -> Options<'a> {
    let [text, sans, mono] = families;
    let loaded: Arc<Mutex<BTreeMap<FaceId, fontdb::ID>>> = Arc::default();
    let known = loaded.clone();
    let select = move |font: &usvg::Font, fonts: &mut Arc<fontdb::Database>| {
        let italic = font.style() != FontStyle::Normal;
        let named = font.families().iter().filter_map(|family| {
            let name = match family {
                FontFamily::Named(name) => name.as_str(),
                FontFamily::SansSerif => sans,
                FontFamily::Monospace => mono,
                FontFamily::Serif | FontFamily::Cursive | FontFamily::Fantasy => text,
            };
            faces.find(name, font.weight(), italic).or_else(|| faces.find(like(name, families)?, font.weight(), italic))
        });
        let face = named.into_iter().next().or_else(|| faces.find(sans, font.weight(), italic))?;
        load(face, faces, &known, fonts)
    };
    let fallback = FontResolver::default_fallback_selector();
    let select_fallback = move |character: char, used: &[fontdb::ID], fonts: &mut Arc<fontdb::Database>| {
        for (face, _) in faces.iter() {
            load(face, faces, &loaded, fonts);
        }
        fallback(character, used, fonts)
    };
    Options {
        font_family: text.to_owned(),
        font_resolver: FontResolver { select_font: Box::new(select), select_fallback: Box::new(select_fallback) },
        ..options()
    }
}

/// The bundled face nearest to Times in width.
const LIKE_TIMES: &str = "Alegreya";

/// Our family for the well-known ones that drawing programs name.
fn like<'a>(name: &str, families: [&'a str; 3]) -> Option<&'a str> {
    let [text, sans, mono] = families;
    let name = name.to_ascii_lowercase();
    let has = |part: &&str| name.contains(*part);
    if ["mono", "courier", "consolas", "menlo", "code"].iter().any(has) {
        Some(mono)
    } else if ["arial", "helvetica", "sans", "verdana", "roboto", "segoe", "inter"].iter().any(has) {
        Some(sans)
    } else if has(&"times") {
        // Boxes drawn for Times burst with any wider face.
        Some(LIKE_TIMES)
    } else if ["georgia", "serif", "garamond"].iter().any(has) {
        Some(text)
    } else {
        None
    }
}

fn load(
    face: FaceId,
    faces: &Faces,
    known: &Mutex<BTreeMap<FaceId, fontdb::ID>>,
    fonts: &mut Arc<fontdb::Database>,
) -> Option<fontdb::ID> {
    let mut known = known.lock().ok()?;
    if let Some(id) = known.get(&face) {
        return Some(*id);
    }
    let source = fontdb::Source::Binary(Arc::new(faces.get(face).bytes()));
    let id = *Arc::make_mut(fonts).load_font_source(source).first()?;
    known.insert(face, id);
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_s_words_become_outlines() {
        let faces = Faces::with(Vec::new());
        let families = ["Literata", "Fira Sans", "JetBrains Mono"];
        let head = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>";
        let drawn = outlined(format!("{head}<text y='9'>Xocalı</text></svg>").as_bytes(), &faces, families).unwrap();
        let drawn = String::from_utf8(drawn).unwrap();
        assert!(drawn.contains("<path") && !drawn.contains("<text"), "{drawn}");
        assert_eq!(outlined(format!("{head}<rect width='9' height='9'/></svg>").as_bytes(), &faces, families), None);
    }
}
