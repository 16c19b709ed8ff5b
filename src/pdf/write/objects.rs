//! Numbered objects → the bytes of a PDF file.
//!
//! In:     `lopdf` objects, each under a number.
//! Out:    the file: streams first, everything else in object streams, a compressed cross-reference stream at the end;
//!         or, for old presses, all objects one by one and a plain table.
//! Faults: [`Error::Package`] when `lopdf` cannot write an object.
//! Absent: what the objects mean.
//!
//! `lopdf` can save a document itself, but writes each object of an object stream four times and leaves the
//! cross-reference stream uncompressed. Here each is written once, in parallel, with the same bytes for any number of
//! threads: the groups are fixed by number.

use crate::base::Error;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::io::Write;

/// Level 5: level 6 takes a tenth longer for pages and a third for pictures, for half a percent; level 9 three times as long.
const LEVEL: Compression = Compression::new(5);

/// Objects of one object stream: larger groups pack better, but a viewer must inflate a whole group for one object.
const GROUP: usize = 250;

/// Bytes by which transports see that the file is binary (ISO 32000-1, 7.5.2).
const BINARY: &[u8] = b"%\xE2\xE3\xCF\xD3\n";

/// How a file is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    /// `1.7`.
    pub version: &'static str,
    /// Objects in object streams, the table of objects compressed; needs version 1.5.
    pub is_packed: bool,
}

/// The generation of references that are not numbered yet; see [`Objects::graft`].
pub const LOCAL: u16 = u16::MAX;

/// The objects of a file, numbered from 1.
#[derive(Default)]
pub struct Objects {
    list: Vec<Object>,
}

impl Objects {
    /// A number for an object that is [`set`](Objects::set) later.
    pub fn reserve(&mut self) -> ObjectId {
        self.add(Object::Null)
    }

    pub fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.list.push(object.into());
        (self.list.len() as u32, 0)
    }

    pub fn set(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.list[id.0 as usize - 1] = object.into();
    }

    /// Takes in objects that refer to each other by their place in the list, as `(place, LOCAL)`; hands back the
    /// number of the first.
    pub fn graft(&mut self, objects: Vec<Object>) -> ObjectId {
        let base = self.list.len() as u32 + 1;
        for mut object in objects {
            renumber(&mut object, base);
            self.list.push(object);
        }
        (base, 0)
    }

    /// The whole file. Its `/ID` is made from its content, so that the same book has the same identifier.
    pub fn into_file(self, layout: Layout, root: ObjectId, info: Option<ObjectId>) -> Result<Vec<u8>, Error> {
        let mut head = format!("%PDF-{}\n", layout.version).into_bytes();
        head.extend_from_slice(BINARY);
        if layout.is_packed { self.packed(head, root, info) } else { self.plain(head, root, info) }
    }

    /// Object after object, and the table of their places as text (ISO 32000-1, 7.5.4).
    fn plain(self, mut file: Vec<u8>, root: ObjectId, info: Option<ObjectId>) -> Result<Vec<u8>, Error> {
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.list.len() + 1);
        for (index, object) in self.list.into_iter().enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", file.len()));
            let number = index as u32 + 1;
            match object {
                Object::Stream(stream) => write_stream(&mut file, number, stream)?,
                Object::Null
                | Object::Boolean(_)
                | Object::Integer(_)
                | Object::Real(_)
                | Object::Name(_)
                | Object::String(..)
                | Object::Array(_)
                | Object::Dictionary(_)
                | Object::Reference(_) => {
                    file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
                    file.extend(serialized(vec![object])?);
                    file.extend_from_slice(b"\nendobj\n");
                }
            }
        }
        let start = file.len();
        let mut trailer = ends(&file, root, info);
        trailer.set("Size", table.lines().count() as i64 - 2);
        file.extend_from_slice(table.as_bytes());
        file.extend_from_slice(b"trailer\n");
        file.extend(serialized(vec![trailer.into()])?);
        file.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
        Ok(file)
    }

    fn packed(self, head: Vec<u8>, root: ObjectId, info: Option<ObjectId>) -> Result<Vec<u8>, Error> {
        let total = self.list.len() as u32;
        let mut direct = Vec::new();
        let mut packed = Vec::new();
        for (index, object) in self.list.into_iter().enumerate() {
            let number = index as u32 + 1;
            match object {
                Object::Stream(stream) => direct.push((number, stream)),
                Object::Null
                | Object::Boolean(_)
                | Object::Integer(_)
                | Object::Real(_)
                | Object::Name(_)
                | Object::String(..)
                | Object::Array(_)
                | Object::Dictionary(_)
                | Object::Reference(_) => packed.push((number, object)),
            }
        }
        let groups: Vec<(u32, Vec<(u32, Object)>)> = {
            let mut groups = Vec::new();
            let mut packed = packed.into_iter();
            loop {
                let group: Vec<_> = packed.by_ref().take(GROUP).collect();
                if group.is_empty() {
                    break;
                }
                groups.push((total + 1 + groups.len() as u32, group));
            }
            groups
        };
        let containers: Vec<(u32, Vec<u32>, Stream)> = groups
            .into_par_iter()
            .map(|(container, group)| {
                let numbers = group.iter().map(|(number, _)| *number).collect();
                Ok((container, numbers, object_stream(group)?))
            })
            .collect::<Result<_, Error>>()?;

        let mut places = vec![Place::Free; total as usize + containers.len() + 2];
        for (container, numbers, _) in &containers {
            for (index, &number) in numbers.iter().enumerate() {
                places[number as usize] = Place::Packed { container: *container, index: index as u16 };
            }
        }
        let streams = direct.into_iter().chain(containers.into_iter().map(|(number, _, stream)| (number, stream)));
        let mut file = head;
        for (number, stream) in streams {
            places[number as usize] = Place::At(file.len() as u32);
            write_stream(&mut file, number, stream)?;
        }
        let start = file.len();
        let last = places.len() as u32 - 1;
        places[last as usize] = Place::At(start as u32);
        let mut trailer = dictionary! { "Type" => "XRef", "Size" => i64::from(last) + 1 };
        trailer.extend(&ends(&file, root, info));
        let table = cross_references(&places, trailer);
        write_stream(&mut file, last, table)?;
        file.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(file)
    }
}

/// What the trailer says of the whole file.
fn ends(file: &[u8], root: ObjectId, info: Option<ObjectId>) -> Dictionary {
    let digest = Sha256::digest(file);
    let id = Object::String(digest[..16].to_vec(), StringFormat::Hexadecimal);
    let mut trailer = dictionary! { "Root" => root };
    if let Some(info) = info {
        trailer.set("Info", info);
    }
    trailer.set("ID", vec![id.clone(), id]);
    trailer
}

/// Where an object stands (ISO 32000-1, table 18).
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(u32),
    Packed { container: u32, index: u16 },
}

fn renumber(object: &mut Object, base: u32) {
    match object {
        Object::Reference((place, generation)) if *generation == LOCAL => {
            *place += base;
            *generation = 0;
        }
        Object::Array(array) => array.iter_mut().for_each(|item| renumber(item, base)),
        Object::Dictionary(dictionary) => dictionary.iter_mut().for_each(|(_, item)| renumber(item, base)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, item)| renumber(item, base)),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..)
        | Object::Reference(_) => {}
    }
}

/// A compressed stream.
pub fn deflated(mut dictionary: Dictionary, content: &[u8]) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    raw(dictionary, deflate(content))
}

/// A stream whose content stands as it is to be written.
pub fn raw(dictionary: Dictionary, content: Vec<u8>) -> Stream {
    Stream::new(dictionary, content)
}

pub fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 3 + 64), LEVEL);
    // Writing into memory does not fail.
    if encoder.write_all(content).is_err() {
        return Vec::new();
    }
    encoder.finish().unwrap_or_default()
}

/// Objects without streams, as `lopdf` writes them: it shows its writer only through content streams, where operands
/// are objects too.
fn serialized(objects: Vec<Object>) -> Result<Vec<u8>, Error> {
    let operation = [Operation::new("", objects)];
    Content { operations: &operation[..] }
        .encode()
        .map_err(|error| Error::Package { name: "lopdf", why: error.to_string() })
}

fn object_stream(group: Vec<(u32, Object)>) -> Result<Stream, Error> {
    let count = group.len();
    let mut index = String::new();
    let mut body = Vec::new();
    for (number, object) in group {
        index.push_str(&format!("{number} {} ", body.len()));
        body.extend(serialized(vec![object])?);
    }
    let first = index.len();
    let mut content = index.into_bytes();
    content.extend(body);
    let dictionary = dictionary! { "Type" => "ObjStm", "N" => count as i64, "First" => first as i64 };
    Ok(deflated(dictionary, &content))
}

fn write_stream(file: &mut Vec<u8>, number: u32, mut stream: Stream) -> Result<(), Error> {
    stream.dict.set("Length", stream.content.len() as i64);
    file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    file.extend(serialized(vec![Object::Dictionary(stream.dict)])?);
    file.extend_from_slice(b"\nstream\n");
    file.append(&mut stream.content);
    file.extend_from_slice(b"\nendstream\nendobj\n");
    Ok(())
}

/// One row of 7 bytes an object; each row is written as its difference from the row above (PNG's filter "up"), which
/// makes the numbers, that rise by little, vanish in the compression.
fn cross_references(places: &[Place], mut dictionary: Dictionary) -> Stream {
    const ROW: usize = 7;
    const UP: u8 = 2;
    let mut rows = Vec::with_capacity(places.len() * (ROW + 1));
    let mut above = [0u8; ROW];
    for (number, place) in places.iter().enumerate() {
        let (kind, first, second) = match *place {
            // Object 0 heads the list of free objects (ISO 32000-1, 7.5.4).
            Place::Free if number == 0 => (0, 0, u16::MAX),
            Place::Free => (0, 0, 0),
            Place::At(offset) => (1, offset, 0),
            Place::Packed { container, index } => (2, container, index),
        };
        let mut row = [kind, 0, 0, 0, 0, 0, 0];
        row[1..5].copy_from_slice(&first.to_be_bytes());
        row[5..].copy_from_slice(&second.to_be_bytes());
        rows.push(UP);
        rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    dictionary.set("W", vec![1.into(), 4.into(), 2.into()]);
    dictionary.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => ROW as i64 });
    deflated(dictionary, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_can_be_read_back() {
        let mut objects = Objects::default();
        let page = objects.reserve();
        let pages = objects.add(dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] });
        let content = objects.add(Object::Stream(deflated(Dictionary::new(), b"q Q")));
        objects.set(page, dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content });
        let root = objects.add(dictionary! { "Type" => "Catalog", "Pages" => pages });
        let info = objects.add(dictionary! { "Title" => Object::string_literal("A (b) c\\") });
        for layout in [Layout { version: "1.7", is_packed: true }, Layout { version: "1.3", is_packed: false }] {
            let copy = Objects { list: objects.list.clone() };
            let file = copy.into_file(layout, root, Some(info)).expect("written");
            let read = lopdf::Document::load_mem(&file).expect("read");
            assert_eq!((read.version.as_str(), read.get_pages().len()), (layout.version, 1));
            let title = read.get_object(info).and_then(Object::as_dict).and_then(|info| info.get(b"Title"));
            assert_eq!(title.and_then(Object::as_str).expect("a title"), b"A (b) c\\");
        }
    }

    #[test]
    fn grafted_objects_find_each_other() {
        let mut objects = Objects::default();
        objects.add(Object::Null);
        let first =
            objects.graft(vec![dictionary! { "Other" => Object::Reference((1, LOCAL)) }.into(), Object::Integer(7)]);
        assert_eq!(first, (2, 0));
        let other = objects.list[1].as_dict().and_then(|first| first.get(b"Other"));
        assert_eq!(other.and_then(Object::as_reference).expect("a reference"), (3, 0));
    }
}
