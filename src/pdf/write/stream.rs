//! printpdf operations → compressed content streams.
//!
//! In:     the operations of some pages.
//! Out:    the bytes of each page's content, deflated.
//! Faults: [`Error::Package`] when printpdf does not hand back what it was given.
//! Absent: resources: fonts and pictures are called by names that the file's own dictionary explains.

use super::objects::deflate;
use crate::base::Error;
use lopdf::Object;
use printpdf::{Mm, Op, PdfDocument, PdfPage, PdfSaveOptions};

/// Serializes pages with printpdf and compresses their contents.
pub fn compressed(pages: Vec<Vec<Op>>) -> Result<Vec<Vec<u8>>, Error> {
    Ok(serialized(pages)?.iter().map(|content| deflate(content)).collect())
}

/// The content of a page that shows nothing.
pub fn blank() -> Vec<u8> {
    deflate(b"")
}

/// Serializes pages with printpdf.
pub fn serialized(pages: Vec<Vec<Op>>) -> Result<Vec<Vec<u8>>, Error> {
    let count = pages.len();
    let fault = |why: &str| Error::Package { name: "printpdf", why: why.to_owned() };
    let mut document = PdfDocument::new("");
    // Its boxes are left behind with its page objects, so any size will do.
    document.with_pages(pages.into_iter().map(|ops| PdfPage::new(Mm(1.0), Mm(1.0), ops)).collect());
    // Text is shown by operators that printpdf does not know by name, which it calls insecure.
    let options = PdfSaveOptions { secure: false, optimize: false, ..PdfSaveOptions::default() };
    let mut document = printpdf::to_lopdf_doc(&document, &options, &mut Vec::new());
    let mut contents = Vec::with_capacity(count);
    for page in document.get_pages().into_values() {
        let stream =
            document.get_dictionary(page).and_then(|page| page.get(b"Contents")).and_then(Object::as_reference);
        let stream = stream.map_err(|error| fault(&error.to_string()))?;
        match document.objects.remove(&stream) {
            Some(Object::Stream(stream)) => contents.push(stream.content),
            Some(_) | None => return Err(fault("a page has no content")),
        }
    }
    if contents.len() == count { Ok(contents) } else { Err(fault("a page is missing")) }
}
