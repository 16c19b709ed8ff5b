//! Parts → the archive: `epub-builder` assembles the text, `zip` completes it.
//!
//! In:     every file of the edition, the package file and both navigation files.
//! Out:    the bytes of the e-book (*EPUB 3.3*, 4.2: `mimetype` first and stored).
//! Faults: `Error::Package` when one of the two crates refuses: a fault of ours.
//! Absent: what is in the files. The only door to `epub-builder` and `zip`.
//!
//! `epub-builder` lays out the container (`mimetype`, `META-INF`) and deflates the text. Its own package file, nav and
//! NCX cannot say what ours must: they are left behind, and with them the random identifier and the clock in them. What
//! it deflated is carried over as it is; pictures join stored, for they are compressed already.

use super::xml;
use crate::asset::PictureFormat;
use crate::base::Error;
use crate::book::Metadata;
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::{PreparedZipFile, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// Where `epub-builder` puts everything but the container's own files.
const FOLDER: &str = "OEBPS/";
/// The file that names what is obfuscated.
const ENCRYPTION: &str = "META-INF/encryption.xml";
/// zlib's default: level 9 takes three times as long for 1 % less.
const LEVEL: i64 = 6;

/// How a part enters the archive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Store {
    /// Through `epub-builder`.
    Text,
    /// Deflated by us.
    Deflated,
    /// Compressed already.
    AsIs,
}

impl Store {
    pub fn of_picture(format: PictureFormat) -> Store {
        match format {
            PictureFormat::Jpeg | PictureFormat::Png | PictureFormat::Gif | PictureFormat::Webp => Store::AsIs,
            PictureFormat::Svg => Store::Deflated,
        }
    }
}

/// A file of the archive, but for those that every e-book has.
#[derive(Debug)]
pub struct Part {
    /// Relative to the package file.
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
    pub store: Store,
    pub is_cover: bool,
    /// Whether its first bytes are changed by the key of the e-book (EPUB 3.3, 4.3).
    pub is_obfuscated: bool,
}

impl Part {
    pub fn text(name: &str, media_type: &'static str, text: String) -> Part {
        Part {
            name: name.to_owned(),
            media_type,
            bytes: text.into_bytes(),
            store: Store::Text,
            is_cover: false,
            is_obfuscated: false,
        }
    }

    pub fn file(name: String, media_type: &'static str, bytes: Vec<u8>, store: Store) -> Part {
        Part { name, media_type, bytes, store, is_cover: false, is_obfuscated: false }
    }
}

/// The finished e-book.
pub fn archive(metadata: &Metadata, parts: &[Part], opf: &str, nav: &str, ncx: &str) -> Result<Vec<u8>, Error> {
    let ours = [("content.opf", opf), ("nav.xhtml", nav), ("toc.ncx", ncx)];
    let (assembled, prepared) = rayon::join(
        || assemble(metadata, parts),
        || {
            let ours = ours.par_iter().map(|(name, text)| prepare(name, text.as_bytes(), Store::Deflated));
            let others = parts.par_iter().filter(|part| part.store != Store::Text);
            let others = others.map(|part| prepare(&part.name, &part.bytes, part.store));
            ours.chain(others).collect::<Result<Vec<_>, Error>>()
        },
    );
    let encryption = encryption(parts).map(|text| seal(ENCRYPTION.to_owned(), text.as_bytes(), Store::Deflated));
    let assembled = assembled.map_err(|why| fault("epub-builder", why))?;
    complete(assembled, encryption.transpose()?, prepared?).map_err(|why| fault("zip", why))
}

/// What tells reading systems which files are obfuscated (EPUB 3.3, 4.2.6.3.2 and 4.3.5); `None` where none is.
fn encryption(parts: &[Part]) -> Option<String> {
    let mut obfuscated = parts.iter().filter(|part| part.is_obfuscated).peekable();
    obfuscated.peek()?;
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<encryption xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\">\n",
    );
    for part in obfuscated {
        text.push_str("<enc:EncryptedData><enc:EncryptionMethod Algorithm=\"http://www.idpf.org/2008/embedding\"/><enc:CipherData><enc:CipherReference");
        xml::attribute(&mut text, "URI", &format!("{FOLDER}{}", part.name));
        text.push_str("/></enc:CipherData></enc:EncryptedData>\n");
    }
    text.push_str("</encryption>\n");
    Some(text)
}

fn fault(name: &'static str, why: impl std::fmt::Display) -> Error {
    Error::Package { name, why: why.to_string() }
}

/// The container with the text in it, as `epub-builder` makes it.
fn assemble(metadata: &Metadata, parts: &[Part]) -> epub_builder::Result<Vec<u8>> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.set_title(&metadata.title);
    builder.set_authors(metadata.authors.iter().map(|author| author.name.clone()).collect());
    builder.set_languages(vec![metadata.language.tag().to_owned()]);
    for part in parts.iter().filter(|part| part.store == Store::Text) {
        if part.media_type == "text/css" {
            builder.stylesheet(part.bytes.as_slice())?;
        } else {
            builder.add_content(EpubContent::new(&part.name, part.bytes.as_slice()))?;
        }
    }
    let mut bytes = Vec::new();
    builder.generate(&mut bytes)?;
    Ok(bytes)
}

/// Every entry alike: no clock, no rights of a machine's user.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    let level = (method == CompressionMethod::Deflated).then_some(LEVEL);
    SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(level)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .system(System::Unix)
}

fn prepare(name: &str, bytes: &[u8], store: Store) -> Result<PreparedZipFile, Error> {
    seal(format!("{FOLDER}{name}"), bytes, store)
}

/// An entry of the archive by its whole path.
fn seal(path: String, bytes: &[u8], store: Store) -> Result<PreparedZipFile, Error> {
    let method = match store {
        Store::Text | Store::Deflated => CompressionMethod::Deflated,
        Store::AsIs => CompressionMethod::Stored,
    };
    PreparedZipFile::from_data(path, options(method), bytes).map_err(|why| fault("zip", why))
}

/// The container's own files, our package and navigation files, the text, then pictures and fonts.
fn complete(
    assembled: Vec<u8>,
    encryption: Option<PreparedZipFile>,
    prepared: Vec<PreparedZipFile>,
) -> ZipResult<Vec<u8>> {
    let mut source = ZipArchive::new(Cursor::new(assembled))?;
    let mut target = ZipWriter::new(Cursor::new(Vec::new()));
    let (mut encryption, mut prepared) = (encryption.into_iter(), prepared.into_iter());
    target.start_file("mimetype", options(CompressionMethod::Stored))?;
    target.write_all(b"application/epub+zip")?;
    let names = source.file_names().map(|name| name.map(Cow::into_owned)).collect::<ZipResult<Vec<_>>>()?;
    let is_replaced =
        |name: &str| ["content.opf", "nav.xhtml", "toc.ncx"].iter().any(|ours| name == format!("{FOLDER}{ours}"));
    for container in [true, false] {
        for (at, name) in names.iter().enumerate() {
            if name.starts_with("META-INF/") == container && name != "mimetype" && !is_replaced(name) {
                let entry = source.by_index_raw(at)?;
                target.raw_copy_file_touch(entry, DateTime::DEFAULT, Some(0o644))?;
            }
        }
        if container {
            target.add_prepared_files(encryption.by_ref())?;
            target.add_prepared_files(prepared.by_ref().take(3))?;
        }
    }
    target.add_prepared_files(prepared)?;
    Ok(target.finish()?.into_inner())
}

/// The entries of an archive in order: name, whether it is stored, bytes.
#[cfg(test)]
pub fn entries(archive: &[u8]) -> Vec<(String, bool, Vec<u8>)> {
    use std::io::Read;
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().to_string(), entry.compression() == CompressionMethod::Stored, bytes)
        })
        .collect()
}
