//! Font faces: those built into the program, and those a book names.
//!
//! In:     the blobs that `fonts/pack.rs` deflates into the program; font files of the book.
//! Out:    [`Faces`], from which shaping and both editions take bytes by [`FaceId`].
//! Absent: system fonts, unless the book asks for one by name.

use std::io::Read;
use std::sync::{Arc, OnceLock};

/// A face by its place in [`Faces`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FaceId(pub u16);

/// One font file.
#[derive(Debug)]
pub struct Face {
    /// `Literata`, `Fira Sans`.
    pub family: String,
    /// 400 is regular, 700 bold (OpenType `usWeightClass`).
    pub weight: u16,
    pub italic: bool,
    /// `literata/Literata-Regular.ttf` of the bundled fonts, or the path in the book's folder.
    pub name: String,
    bytes: Bytes,
}

#[derive(Debug)]
enum Bytes {
    /// Inflated at first use.
    Packed {
        packed: &'static [u8],
        length: usize,
        open: OnceLock<Arc<[u8]>>,
    },
    Owned(Arc<[u8]>),
}

struct Packed {
    family: &'static str,
    weight: u16,
    italic: bool,
    name: &'static str,
    length: usize,
    packed: &'static [u8],
}

static BUNDLED: [Packed; 48] = include!(concat!(env!("OUT_DIR"), "/fonts.in"));

impl Face {
    /// A face of the book's own.
    pub fn new(family: String, weight: u16, italic: bool, name: String, bytes: Arc<[u8]>) -> Face {
        Face { family, weight, italic, name, bytes: Bytes::Owned(bytes) }
    }

    /// Whether it is built into the program.
    pub fn is_bundled(&self) -> bool {
        matches!(self.bytes, Bytes::Packed { .. })
    }

    /// The font file.
    pub fn bytes(&self) -> Arc<[u8]> {
        match &self.bytes {
            Bytes::Owned(bytes) => bytes.clone(),
            Bytes::Packed { packed, length, open } => open.get_or_init(|| inflate(packed, *length)).clone(),
        }
    }
}

fn inflate(packed: &[u8], length: usize) -> Arc<[u8]> {
    let mut raw = Vec::with_capacity(length);
    // The blob is our own and was made in the same build; were it broken, the face would be empty and every
    // character of it be reported as missing.
    if flate2::read::DeflateDecoder::new(packed).read_to_end(&mut raw).is_err() {
        raw.clear();
    }
    raw.into()
}

/// Every face a book can use: the book's own first, then the bundled ones in the order of fallback, then those of
/// formulas, which serve no text.
#[derive(Debug)]
pub struct Faces {
    list: Vec<Face>,
    /// How many of them serve text.
    texts: usize,
}

/// The folder of the faces of formulas.
const FORMULAS: &str = "katex/";

impl Faces {
    /// The bundled faces, after those of the book.
    pub fn with(own: Vec<Face>) -> Faces {
        let bundled = BUNDLED.iter().map(|font| Face {
            family: font.family.to_owned(),
            weight: font.weight,
            italic: font.italic,
            name: font.name.to_owned(),
            bytes: Bytes::Packed { packed: font.packed, length: font.length, open: OnceLock::new() },
        });
        let texts = own.len() + BUNDLED.iter().filter(|font| !font.name.starts_with(FORMULAS)).count();
        Faces { list: own.into_iter().chain(bundled).collect(), texts }
    }

    pub fn get(&self, id: FaceId) -> &Face {
        &self.list[usize::from(id.0)]
    }

    /// How many faces there are, those of formulas among them.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// A face of formulas by its file: `katex/KaTeX_Main-Regular.ttf`.
    pub fn of_formulas(&self, file: &str) -> Option<FaceId> {
        let at = self.list[self.texts..].iter().position(|face| face.name == file)?;
        Some(FaceId((self.texts + at) as u16))
    }

    /// The faces of text, in the order in which a face is sought for a character that the family asked for does not have.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.list[..self.texts].iter().enumerate().map(|(at, face)| (FaceId(at as u16), face))
    }

    /// The face of a family nearest to the weight, upright or italic as asked; the other slope when the family has
    /// no such one. `None`: no such family.
    pub fn find(&self, family: &str, weight: u16, italic: bool) -> Option<FaceId> {
        self.iter()
            .filter(|(_, face)| face.family.eq_ignore_ascii_case(family))
            .min_by_key(|(id, face)| (face.italic != italic, face.weight.abs_diff(weight), *id))
            .map(|(id, _)| id)
    }

    /// The families, each once, for hints.
    pub fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (_, face) in self.iter() {
            if !names.contains(&face.family.as_str()) {
                names.push(&face.family);
            }
        }
        names
    }
}
