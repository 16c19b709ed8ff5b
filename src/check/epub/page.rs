//! One text of the e-book → its faults, and what leads from it and to it.
//!
//! In:     an XHTML or SVG file.
//! Out:    [`Page`]: names, references, page marks, what it uses.
//! Faults: `xhtml.*`, `access.alt`, `access.heading`, `access.language`, `access.page-mark`.
//! Absent: whether references lead anywhere (`links.rs`).

use super::xml::{self, Document, Node};
use super::{style, vocabulary};
use crate::base::{Diagnostic, FileId, Files, Lang, Sink, Span};
use std::collections::BTreeMap;

/// A file as the others see it.
#[derive(Default)]
pub struct Page {
    /// Each name with the byte at which its element starts: the order of reading.
    pub ids: BTreeMap<String, usize>,
    pub references: Vec<Reference>,
    /// Page marks in their order.
    pub marks: Vec<Mark>,
    pub uses: Uses,
    pub wordless_pictures: usize,
    pub formulas_without_words: usize,
}

/// What an item of the manifest must say that its file holds (EPUB 3.3, 5.6.2.2).
#[derive(Default)]
pub struct Uses {
    pub svg: bool,
    pub mathml: bool,
    pub scripted: bool,
    pub switch: bool,
}

/// How something is referred to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Link,
    Style,
    Picture,
    Sound,
    Script,
    Frame,
}

pub struct Reference {
    pub kind: Kind,
    pub url: String,
    pub at: Span,
}

pub struct Mark {
    pub id: Option<String>,
    pub label: String,
    pub at: Span,
}

pub fn read(files: &Files, file: FileId, path: &str, is_old: bool, sink: &mut Sink) -> Option<Page> {
    let document = xml::parse(files, file, is_old, sink)?;
    let mut page = Page::default();
    let root = document.root_element();
    let is_drawing = root.tag_name().name() == "svg";
    if !is_drawing && (root.tag_name().name() != "html" || root.tag_name().namespace() != Some(xml::XHTML)) {
        let told = Diagnostic::error("xhtml.root", format!("{path} is no XHTML")).at(xml::place(file, root));
        sink.push(told.hint("its root is <html xmlns=\"http://www.w3.org/1999/xhtml\">"));
        return Some(page);
    }
    if !is_drawing {
        head(file, &document, sink);
    }
    let mut level = 0;
    for node in document.descendants().filter(Node::is_element) {
        names(file, node, &mut page, sink);
        references(file, node, &mut page);
        language(file, node, sink);
        if let Some(css) = node.attribute_node("style") {
            style::of_attribute(file, &css, &mut page);
        }
        match node.tag_name().namespace() {
            Some(xml::XHTML) => element(file, node, &mut page, &mut level, is_old, sink),
            Some(xml::SVG) => page.uses.svg |= !is_drawing,
            Some(xml::MATHML) => formula(file, node, &mut page, sink),
            Some(xml::OPS) => page.uses.switch |= node.tag_name().name() == "switch",
            Some(_) | None => {}
        }
        page.uses.scripted |= node.tag_name().name() == "script" && !is_data(node);
    }
    Some(page)
}

/// Whether a script is data, which nothing runs.
fn is_data(script: Node) -> bool {
    xml::value(script, "type").is_some_and(|kind| !kind.is_empty() && !kind.contains("script") && kind != "module")
}

fn head(file: FileId, document: &Document, sink: &mut Sink) {
    let root = document.root_element();
    let child = |parent: Node<'_, '_>, name: &str| parent.children().any(|node| node.tag_name().name() == name);
    let head = root.children().find(|node| node.tag_name().name() == "head");
    let title = head.and_then(|head| head.children().find(|node| node.tag_name().name() == "title"));
    if title.is_none_or(|title| xml::words(title).is_empty()) {
        let at = xml::place(file, title.or(head).unwrap_or(root));
        let told = Diagnostic::error("xhtml.title", "this file has no title").at(at);
        sink.push(told.hint("write <title>…</title>: it is what a voice says first"));
    }
    if !child(root, "body") {
        let told = Diagnostic::error("xhtml.root", "this file has no <body>").at(xml::place(file, root));
        sink.push(told.hint("what is read stands in <body>"));
    }
    if !root.has_attribute("lang") && !root.has_attribute((xml::XML, "lang")) {
        let told = Diagnostic::warning("access.language", "this file does not say its language");
        sink.push(
            told.at(xml::place(file, root)).hint("write lang=\"…\" xml:lang=\"…\" on <html>: a voice needs to know"),
        );
    }
}

fn language(file: FileId, node: Node, sink: &mut Sink) {
    let (html, xml_lang) = (xml::value(node, "lang"), node.attribute((xml::XML, "lang")).map(str::trim));
    let at = || xml::place_at(file, node, "lang");
    for tag in [html, xml_lang].into_iter().flatten() {
        // An empty tag says that the language is not known.
        if !tag.is_empty() && (tag.contains('_') || Lang::parse(tag).is_none()) {
            let told = Diagnostic::error("xhtml.language", format!("{tag:?} is not a language tag")).at(at());
            sink.push(told.hint("write one like \"en\" or \"pt-BR\""));
            return;
        }
    }
    if let (Some(html), Some(xml_lang)) = (html, xml_lang)
        && !html.eq_ignore_ascii_case(xml_lang)
    {
        let told = Diagnostic::error("xhtml.language", format!("lang says {html:?}, xml:lang says {xml_lang:?}"));
        sink.push(told.at(at()).hint("both say the same, or one of them is left out"));
    }
}

fn names(file: FileId, node: Node, page: &mut Page, sink: &mut Sink) {
    let Some(attribute) = node.attribute_node("id") else { return };
    let (id, at) = (attribute.value(), xml::place_of(file, &attribute));
    if id.is_empty() || id.contains(char::is_whitespace) {
        let told = Diagnostic::error("xhtml.id", format!("{id:?} is no id")).at(at);
        sink.push(told.hint("an id has at least one character and no white space"));
    } else if page.ids.contains_key(id) {
        let told = Diagnostic::error("xhtml.id", format!("the id {id:?} stands twice in this file")).at(at);
        sink.push(told.hint("links find the first one only; give each element an id of its own"));
    } else {
        page.ids.insert(id.to_owned(), node.range().start);
    }
}

fn references(file: FileId, node: Node, page: &mut Page) {
    let is_svg = node.tag_name().namespace() == Some(xml::SVG);
    let (kind, attributes): (Kind, &[&str]) = match node.tag_name().name() {
        "a" | "area" => (Kind::Link, &["href"]),
        "link" => match xml::value(node, "rel") {
            Some(rel) if rel.split_whitespace().any(|rel| rel.eq_ignore_ascii_case("stylesheet")) => {
                (Kind::Style, &["href"])
            }
            Some(_) | None => return,
        },
        "img" => (Kind::Picture, &["src"]),
        "image" | "use" | "feImage" if is_svg => (Kind::Picture, &["href"]),
        "audio" | "video" | "source" | "track" | "embed" => (Kind::Sound, &["src"]),
        "object" => (Kind::Sound, &["data"]),
        "script" => (Kind::Script, &["src"]),
        "iframe" => (Kind::Frame, &["src"]),
        _others => return,
    };
    let mut add = |kind, url: &str, at| {
        if !url.trim().is_empty() {
            page.references.push(Reference { kind, url: url.trim().to_owned(), at });
        }
    };
    for name in attributes {
        let found = node.attribute_node(*name).or_else(|| node.attribute_node((xml::XLINK, *name)).filter(|_| is_svg));
        if let Some(attribute) = found {
            add(kind, attribute.value(), xml::place_of(file, &attribute));
        }
    }
    if let Some(set) = node.attribute_node("srcset") {
        for url in set.value().split(',').filter_map(|part| part.split_whitespace().next()) {
            add(Kind::Picture, url, xml::place_of(file, &set));
        }
    }
    if let Some(poster) = node.attribute_node("poster") {
        add(Kind::Picture, poster.value(), xml::place_of(file, &poster));
    }
}

fn element(file: FileId, node: Node, page: &mut Page, level: &mut u8, is_old: bool, sink: &mut Sink) {
    let name = node.tag_name().name();
    let parent = node.parent_element();
    let in_html = parent.filter(|parent| parent.tag_name().namespace() == Some(xml::XHTML));
    if !is_old
        && let Some((message, hint)) = vocabulary::fault(name, in_html.map_or("", |parent| parent.tag_name().name()))
        && (in_html.is_some() || name != "html")
    {
        sink.push(Diagnostic::error("xhtml.element", message).at(xml::place(file, node)).hint(hint));
    }
    if name == "a" && node.ancestors().skip(1).any(|above| above.tag_name().name() == "a") {
        let told = Diagnostic::error("xhtml.element", "a link stands within a link").at(xml::place(file, node));
        sink.push(told.hint("close the outer one before it"));
    }
    if let Some(depth) = vocabulary::heading(name) {
        if *level > 0 && depth > *level + 1 {
            let message = format!("the heading <h{depth}> follows <h{level}>: a level is skipped");
            let told = Diagnostic::warning("access.heading", message).at(xml::place(file, node));
            sink.push(told.hint(format!("write <h{}>: whoever hears the book moves by headings", *level + 1)));
        }
        *level = depth;
        if !says_something(node) {
            let told = Diagnostic::warning("access.heading", "this heading is empty").at(xml::place(file, node));
            sink.push(told.hint("say something, or write <p>"));
        }
    }
    match name {
        "img" => match node.attribute("alt") {
            // An empty one says that the picture only adorns; white space alone says nothing.
            Some(alt) if alt.is_empty() || !alt.trim().is_empty() || is_decorative(node) => {}
            Some(_) | None => {
                page.wordless_pictures += 1;
                let told = Diagnostic::warning("access.alt", "this picture has no alternative text");
                sink.push(
                    told.at(xml::place(file, node)).hint("say in alt=\"…\" what it shows; alt=\"\" if it only adorns"),
                );
            }
        },
        "a" if node.has_attribute("href") && !says_something(node) => {
            let told = Diagnostic::warning("access.link", "this link has no words").at(xml::place(file, node));
            sink.push(told.hint("put text into it, or aria-label=\"…\""));
        }
        _others => {}
    }
    let kind = node.attribute((xml::OPS, "type")).unwrap_or_default();
    let role = xml::value(node, "role").unwrap_or_default();
    if kind.split_whitespace().any(|kind| kind == "pagebreak") || role == "doc-pagebreak" {
        mark(file, node, page, sink);
    }
}

fn is_decorative(node: Node) -> bool {
    matches!(xml::value(node, "role"), Some("presentation" | "none")) || xml::value(node, "aria-hidden") == Some("true")
}

/// Whether a voice has something to say here.
fn says_something(node: Node) -> bool {
    node.descendants().any(|inner| {
        let named = ["aria-label", "aria-labelledby", "title"].iter().any(|name| xml::value(inner, name).is_some());
        let text = inner.is_text() && inner.text().is_some_and(|text| !text.trim().is_empty());
        let picture = matches!(inner.tag_name().name(), "img") && xml::value(inner, "alt") != Some("");
        text || inner.is_element() && (named || picture || matches!(inner.tag_name().name(), "svg" | "math"))
    })
}

fn mark(file: FileId, node: Node, page: &mut Page, sink: &mut Sink) {
    let at = xml::place(file, node);
    let id = xml::value(node, "id").map(str::to_owned);
    let named = xml::value(node, "aria-label").or_else(|| xml::value(node, "title"));
    let label = named.map_or_else(|| xml::words(node), str::to_owned);
    if label.is_empty() {
        let told = Diagnostic::warning("access.page-mark", "this page mark does not say which page begins").at(at);
        sink.push(told.hint("write role=\"doc-pagebreak\" aria-label=\"17\""));
    }
    page.marks.push(Mark { id, label, at });
}

fn formula(file: FileId, node: Node, page: &mut Page, sink: &mut Sink) {
    page.uses.mathml = true;
    let is_named = ["alttext", "altimg", "aria-label"].iter().any(|name| xml::value(node, name).is_some());
    if node.tag_name().name() == "math" && !is_named {
        page.formulas_without_words += 1;
        let told = Diagnostic::note("access.formula", "this formula has no alttext").at(xml::place(file, node));
        sink.push(told.hint("reading systems that cannot show MathML read alttext=\"…\" instead"));
    }
}
