//! The door to `roxmltree`: text → XML document with the place of everything in it.
//!
//! In:     a text, maybe hostile: nested without end, entities that swell.
//! Out:    a [`Document`], or the fault with its place.
//! Faults: `xml.syntax`, `xml.entity`.
//! Absent: what the elements mean.

use crate::base::{Diagnostic, FileId, Files, Sink, Span};
use roxmltree::{Error, ParsingOptions};

pub use roxmltree::{Attribute, Document, Node};

/// Nodes of one text: the longest chapters of real books have some ten thousand.
const MOST_NODES: u32 = 4_000_000;
/// Elements inside one another. Browsers stop at 512 or so; deeper ones serve to break readers.
const DEEPEST: usize = 1_000;
/// Attributes of one element. Each is held against the others, so that a million of them would never end.
const MOST_ATTRIBUTES: usize = 256;

pub const XHTML: &str = "http://www.w3.org/1999/xhtml";
pub const OPS: &str = "http://www.idpf.org/2007/ops";
pub const OPF: &str = "http://www.idpf.org/2007/opf";
pub const DC: &str = "http://purl.org/dc/elements/1.1/";
pub const SVG: &str = "http://www.w3.org/2000/svg";
pub const MATHML: &str = "http://www.w3.org/1998/Math/MathML";
pub const XLINK: &str = "http://www.w3.org/1999/xlink";
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Parses a text. `is_old`: a package of EPUB 2, whose texts may name the entities of XHTML 1.1.
pub fn parse<'t>(files: &'t Files, file: FileId, is_old: bool, sink: &mut Sink) -> Option<Document<'t>> {
    let text = files.text(file);
    if let Some(at) = trap(text) {
        let told = Diagnostic::error("xml.syntax", "elements or attributes are heaped up here without measure");
        sink.push(told.at(Span::new(file, at, at + 1)).hint("no reading system will show this text"));
        return None;
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, entity_resolver: None };
    match Document::parse_with_options(text, options) {
        Ok(document) => Some(document),
        Err(Error::UnknownEntityReference(..)) if is_old => None,
        Err(fault) => {
            sink.push(told(text, file, &fault));
            None
        }
    }
}

fn told(text: &str, file: FileId, fault: &Error) -> Diagnostic {
    let pos = fault.pos();
    let line = text.split('\n').take(pos.row.saturating_sub(1) as usize).map(|line| line.len() + 1).sum::<usize>();
    let at = text.get(line..).map_or(text.len(), |rest| {
        line + rest.char_indices().nth(pos.col.saturating_sub(1) as usize).map_or(0, |(at, _)| at)
    });
    let span = Span::new(file, at.min(text.len()), (at + 1).min(text.len()));
    match fault {
        Error::UnknownEntityReference(name, _) => Diagnostic::error("xml.entity", format!("unknown entity &{name};"))
            .at(span)
            .hint("XHTML of EPUB 3 knows &amp; &lt; &gt; &quot; &apos; only; write the character itself"),
        Error::EntityReferenceLoop(_) => {
            Diagnostic::error("xml.entity", "these entities name one another without end").at(span)
        }
        fault => {
            let message = fault.to_string();
            let bare = message.rsplit_once(" at ").map_or(message.as_str(), |(bare, _)| bare);
            Diagnostic::error("xml.syntax", format!("this is not well-formed XML: {bare}"))
                .at(span)
                .hint("every element is closed, in its order; & is written &amp;, < is written &lt;")
        }
    }
}

/// Where a text begins to nest, or to heap attributes, as no book does.
fn trap(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0usize, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == b'<')) {
        let open = at + found;
        at = open + 1;
        let rest = bytes.get(at..).unwrap_or_default();
        let skip_to = |end: &str| text.get(at..).and_then(|rest| rest.find(end)).map(|found| at + found + end.len());
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!') if rest.starts_with(b"!--") => at = skip_to("-->").unwrap_or(bytes.len()),
            Some(b'!') if rest.starts_with(b"![CDATA[") => at = skip_to("]]>").unwrap_or(bytes.len()),
            Some(b'!') => {}
            Some(b'?') => at = skip_to("?>").unwrap_or(bytes.len()),
            Some(_) | None => {
                let (mut quote, mut equals, mut last) = (None, 0, 0);
                let mut ends = bytes.len();
                for (step, &byte) in rest.iter().enumerate() {
                    match (quote, byte) {
                        (None, b'>') => {
                            ends = at + step + 1;
                            break;
                        }
                        (None, b'"' | b'\'') => quote = Some(byte),
                        (None, b'=') => equals += 1,
                        (Some(open), byte) if open == byte => quote = None,
                        (None | Some(_), _) => {}
                    }
                    last = byte;
                }
                at = ends;
                depth += usize::from(last != b'/');
                if depth > DEEPEST || equals > MOST_ATTRIBUTES {
                    return Some(open);
                }
            }
        }
    }
    None
}

/// The value of an attribute without a namespace, trimmed.
pub fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute(name).map(str::trim)
}

/// The place of an attribute's value.
pub fn place_of(file: FileId, attribute: &Attribute) -> Span {
    let range = attribute.range_value();
    Span::new(file, range.start, range.end)
}

/// The place of an attribute's value, or of the element where it lacks the attribute.
pub fn place_at(file: FileId, node: Node, name: &str) -> Span {
    match node.attribute_node(name) {
        Some(attribute) => place_of(file, &attribute),
        None => place(file, node),
    }
}

/// The place of an element: its name after the `<`.
pub fn place(file: FileId, node: Node) -> Span {
    let start = node.range().start;
    Span::new(file, start, start + 1 + node.tag_name().name().len())
}

/// All text in an element, white space run together.
pub fn words(node: Node) -> String {
    let texts = node.descendants().filter(Node::is_text).filter_map(|node| node.text());
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
