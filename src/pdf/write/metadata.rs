//! What the file says of the book: Info and XMP, which must agree (ISO 19005-2, 6.6; ISO 14289-1, 7.1).
//!
//! In:     the form of the file, [`Metadata`].
//! Out:    the Info dictionary and the XMP packet.
//! Absent: the clock: dates come from the metadata.

use super::form::Form;
use crate::book::Metadata;
use crate::press::{PressFile, Standard};
use lopdf::{Dictionary, Object, dictionary};
use sha2::{Digest, Sha256};

/// The program that made the file.
const PRODUCER: &str = concat!("bifolio ", env!("CARGO_PKG_VERSION"));

pub fn info(form: Form, metadata: &Metadata) -> Dictionary {
    let mut info = dictionary! {
        "Title" => text(&title(metadata)),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
    };
    let authors = authors(metadata);
    if !authors.is_empty() {
        info.set("Author", text(&authors.join("; ")));
    }
    if let Some(description) = &metadata.description {
        info.set("Subject", text(description));
    }
    if !metadata.subjects.is_empty() {
        info.set("Keywords", text(&metadata.subjects.join(", ")));
    }
    if let Some(date) = pdf_date(&metadata.modified) {
        info.set("CreationDate", text(&date));
        info.set("ModDate", text(&date));
    }
    match form {
        Form::Reading(_) => info,
        Form::Press { printer, .. } => for_press(printer.file, info),
    }
}

/// What a press must know (ISO 15930-1, 6.14), and who made what; it has no use for the rest.
fn for_press(file: PressFile, mut info: Dictionary) -> Dictionary {
    for key in ["Subject", "Keywords"] {
        info.remove(key.as_bytes());
    }
    info.set("Trapped", "False");
    match file {
        PressFile::X1a => {
            info.set("GTS_PDFXVersion", text("PDF/X-1:2001"));
            info.set("GTS_PDFXConformance", text("PDF/X-1a:2001"));
        }
        PressFile::X4 => info.set("GTS_PDFXVersion", text(X4)),
    }
    info
}

const X4: &str = "PDF/X-4";

/// The packet (XMP specification, part 1), where the form has one. It declares what the file is; `has_files` says whether
/// other files stand in it.
pub fn xmp(form: Form, metadata: &Metadata, has_files: bool) -> Option<Vec<u8>> {
    let mut body = String::new();
    let mut element = |name: &str, value: &str| {
        body.push_str(&format!("<{name}>{}</{name}>\n", escaped(value)));
    };
    // The schema of PDF/UA is not among those that PDF/A-2 and -3 know, so it is described (ISO 19005-2, 6.6.2.3).
    let mut extension = "";
    match form {
        Form::Reading(standards) => {
            if let Some((part, level)) = standards.archive() {
                element("pdfaid:part", part);
                match level {
                    Some(level) => element("pdfaid:conformance", level),
                    None => element("pdfaid:rev", "2020"),
                }
                // PDF/A-4 with files of any kind in it is PDF/A-4f (ISO 19005-4, annex A).
                if level.is_none() && has_files {
                    element("pdfaid:conformance", "F");
                }
            }
            if standards.has(Standard::Ua1) {
                element("pdfuaid:part", "1");
                extension = EXTENSION;
            }
            if standards.has(Standard::Ua2) {
                element("pdfuaid:part", "2");
                element("pdfuaid:rev", "2024");
                extension = DECLARATIONS;
            }
        }
        Form::Press { printer, .. } => match printer.file {
            PressFile::X1a => return None,
            PressFile::X4 => {
                element("pdfxid:GTS_PDFXVersion", X4);
                element("pdf:Trapped", "False");
                element("xmpMM:DocumentID", &identity(metadata));
                element("xmpMM:VersionID", "1");
                element("xmpMM:RenditionClass", "default");
            }
        },
    }
    element("dc:format", "application/pdf");
    element("xmp:CreatorTool", PRODUCER);
    element("pdf:Producer", PRODUCER);
    if pdf_date(&metadata.modified).is_some() {
        element("xmp:CreateDate", &metadata.modified);
        element("xmp:ModifyDate", &metadata.modified);
        element("xmp:MetadataDate", &metadata.modified);
    }
    if !metadata.subjects.is_empty() {
        element("pdf:Keywords", &metadata.subjects.join(", "));
    }
    let mut list = |name: &str, kind: &str, values: &[&str]| {
        if values.is_empty() {
            return;
        }
        let attribute = if kind == "Alt" { " xml:lang=\"x-default\"" } else { "" };
        let items: String =
            values.iter().map(|value| format!("<rdf:li{attribute}>{}</rdf:li>", escaped(value))).collect();
        body.push_str(&format!("<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>\n"));
    };
    list("dc:title", "Alt", &[&title(metadata)]);
    list("dc:creator", "Seq", &authors(metadata));
    let contributors: Vec<&str> = metadata.contributors.iter().map(|person| person.name.as_str()).collect();
    list("dc:contributor", "Bag", &contributors);
    list("dc:language", "Bag", &[metadata.language.tag()]);
    list("dc:description", "Alt", &option(&metadata.description));
    list("dc:publisher", "Bag", &option(&metadata.publisher));
    list("dc:rights", "Alt", &option(&metadata.rights));
    list("dc:subject", "Bag", &metadata.subjects.iter().map(String::as_str).collect::<Vec<_>>());
    if let Some(date) = &metadata.date {
        list("dc:date", "Seq", &[date]);
    }
    if let Some(isbn) = &metadata.isbn_print {
        body.push_str(&format!("<dc:identifier>urn:isbn:{}</dc:identifier>\n", escaped(isbn)));
    } else if let Some(identifier) = &metadata.identifier {
        body.push_str(&format!("<dc:identifier>{}</dc:identifier>\n", escaped(identifier)));
    }
    Some(format!("{OPENING}{body}{extension}{CLOSING}").into_bytes())
}

/// A name for the document that is the same whenever the same edition is made.
fn identity(metadata: &Metadata) -> String {
    let digest = Sha256::digest(format!("{}\n{}", title(metadata), metadata.modified));
    let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

const OPENING: &str = "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">
<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" \
xmlns:pdfd=\"http://pdfa.org/declarations/\" \
xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" \
xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">
";

const EXTENSION: &str = "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
";

/// What the file is declared to be by the PDF Association's schema (PDF Declarations, 1.0): Well-Tagged PDF for
/// accessibility, whose rules are those of PDF/UA-2 (WTPDF 1.0, 6.1.3).
const DECLARATIONS: &str = "<pdfd:declarations><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo>\
</rdf:li></rdf:Bag></pdfd:declarations>
";

const CLOSING: &str = "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";

/// A text string: in the letters of PDF's own encoding where that is enough, else in UTF-16.
pub fn text(value: &str) -> Object {
    lopdf::text_string(value)
}

fn title(metadata: &Metadata) -> String {
    match &metadata.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", metadata.title),
        None => metadata.title.clone(),
    }
}

fn authors(metadata: &Metadata) -> Vec<&str> {
    metadata.authors.iter().map(|author| author.name.as_str()).collect()
}

fn option(value: &Option<String>) -> Vec<&str> {
    value.as_deref().into_iter().collect()
}

/// `2026-11-22T10:20:30Z` as `D:20261122102030Z`; `None` for anything else.
fn pdf_date(iso: &str) -> Option<String> {
    let digits: String = iso.chars().filter(char::is_ascii_digit).collect();
    let shaped = iso.len() == 20 && iso.ends_with('Z') && iso.as_bytes()[10] == b'T';
    (shaped && digits.len() == 14).then(|| format!("D:{digits}Z"))
}

/// For XML's text: also drops the control characters that XML 1.0 cannot hold.
fn escaped(value: &str) -> String {
    let mut safe = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\t' | '\n' => safe.push(character),
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_taken_only_when_whole() {
        assert_eq!(pdf_date("2026-11-22T10:20:30Z").as_deref(), Some("D:20261122102030Z"));
        assert_eq!(pdf_date("2026-11"), None);
        assert_eq!(pdf_date(""), None);
    }

    #[test]
    fn a_title_with_an_ampersand_stays_xml() {
        let metadata = Metadata { title: "Q & A <1>\u{1}".to_owned(), ..Metadata::default() };
        let packet = String::from_utf8(
            xmp(Form::Reading(&crate::press::Standards::default()), &metadata, false).expect("a packet"),
        )
        .expect("UTF-8");
        assert!(packet.contains("Q &amp; A &lt;1&gt;</rdf:li>"), "{packet}");
    }
}
