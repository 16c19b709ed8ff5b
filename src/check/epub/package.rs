//! The package file: what is in the e-book and in which order (EPUB 3.3, 5).
//!
//! In:     the package file's text, the names of the archive.
//! Out:    [`Package`].
//! Faults: `opf.version`, `opf.manifest`, `opf.spine`, `opf.missing`, `opf.unlisted`, `opf.id`.
//! Absent: what the metadata say (`metadata.rs`, `access.rs`), the files themselves.

use super::place::{Target, resolve};
use super::shelf::Shelf;
use super::xml::{self, Node};
use crate::base::{Diagnostic, FileId, Sink, Span};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub struct Package {
    pub path: String,
    pub version: String,
    pub unique: Option<(String, Span)>,
    /// Prefixes of properties that the package declares.
    pub prefixes: Vec<String>,
    /// In the order of the file: `dc:*`, `meta`, `link`.
    pub data: Vec<Datum>,
    pub items: Vec<Item>,
    /// Indices of items, in reading order.
    pub spine: Vec<usize>,
    pub top: Option<Span>,
    /// The place of `<metadata>`.
    pub metadata: Option<Span>,
}

/// One statement of the metadata.
pub struct Datum {
    /// `dc:title`, or the property of a `meta`.
    pub name: String,
    /// Whether it is a property of EPUB 3, whose prefix must be known.
    pub is_property: bool,
    pub value: String,
    pub id: Option<String>,
    pub refines: Option<String>,
    pub at: Span,
}

pub struct Item {
    pub id: String,
    pub href: String,
    /// In the archive; `None` for what lies on a server.
    pub path: Option<String>,
    pub media_type: String,
    pub properties: Vec<String>,
    pub fallback: Option<String>,
    pub at: Span,
}

impl Item {
    pub fn is_text(&self) -> bool {
        self.media_type == "application/xhtml+xml"
    }

    pub fn has(&self, property: &str) -> bool {
        self.properties.iter().any(|known| known == property)
    }
}

impl Package {
    pub fn is_old(&self) -> bool {
        self.version.starts_with('2')
    }

    /// The unique identifier; empty where there is none.
    pub fn identifier(&self) -> &str {
        let id = self.unique.as_ref().map(|(id, _)| id.as_str());
        self.of("dc:identifier")
            .find(|datum| id.is_some() && datum.id.as_deref() == id)
            .map_or("", |d| d.value.as_str())
    }

    /// The place of each file in reading order.
    pub fn order(&self) -> BTreeMap<&str, usize> {
        let path = |(at, item): (usize, &usize)| Some((self.items.get(*item)?.path.as_deref()?, at));
        self.spine.iter().enumerate().filter_map(path).collect()
    }

    pub fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Datum> {
        self.data.iter().filter(move |datum| datum.name == name && !datum.value.is_empty())
    }
}

pub fn read(shelf: &mut Shelf, path: &str, sink: &mut Sink) -> Option<Package> {
    let file = shelf.text(path, sink)?;
    let document = xml::parse(shelf.files(), file, false, sink)?;
    let root = document.root_element();
    let top = xml::place(file, root);
    if root.tag_name().name() != "package" || root.tag_name().namespace() != Some(xml::OPF) {
        let told = Diagnostic::error("opf.version", "this is no package file of EPUB").at(top);
        sink.push(told.hint("its root is <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" …>"));
        return None;
    }
    let version = xml::value(root, "version").unwrap_or_default().to_owned();
    match version.as_str() {
        "3.0" => {}
        "2.0" => sink.push(
            Diagnostic::note("opf.version", "this is EPUB 2; what only EPUB 3 asks for is not looked for")
                .at(xml::place_at(file, root, "version"))
                .hint("stores and screen readers ask for EPUB 3"),
        ),
        other => sink.push(
            Diagnostic::error("opf.version", format!("there is no EPUB version {other:?}"))
                .at(xml::place_at(file, root, "version"))
                .hint("write version=\"3.0\": it stands for every EPUB 3"),
        ),
    }
    let child = |name: &'static str| root.children().find(move |node| node.tag_name().name() == name);
    let mut package = Package { path: path.to_owned(), version, top: Some(top), ..Package::default() };
    package.unique = xml::value(root, "unique-identifier")
        .map(|name| (name.to_owned(), xml::place_at(file, root, "unique-identifier")));
    let prefix = xml::value(root, "prefix").unwrap_or_default();
    package.prefixes = prefix.split_whitespace().filter_map(|part| Some(part.strip_suffix(':')?.to_owned())).collect();
    ids(file, root, sink);
    match child("metadata") {
        Some(metadata) => {
            package.metadata = Some(xml::place(file, metadata));
            package.data = metadata.descendants().filter_map(|node| datum(file, node)).collect();
        }
        None => sink.push(Diagnostic::error("opf.metadata", "the package has no metadata").at(top)),
    }
    match child("manifest") {
        Some(manifest) => {
            let items = manifest.children().filter(|node| node.tag_name().name() == "item");
            package.items = items.filter_map(|node| item(file, path, node, sink)).collect();
        }
        None => sink.push(Diagnostic::error("opf.manifest", "the package has no manifest").at(top)),
    }
    match child("spine") {
        Some(spine) => read_spine(file, spine, &mut package, sink),
        None => sink.push(Diagnostic::error("opf.spine", "the package has no spine, the reading order").at(top)),
    }
    Some(package)
}

/// Identifiers that stand twice.
fn ids(file: FileId, root: Node, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    for node in root.descendants() {
        if let Some(id) = xml::value(node, "id").filter(|id| !seen.insert(*id)) {
            let told = Diagnostic::error("opf.id", format!("the id {id:?} stands twice in the package"));
            sink.push(told.at(xml::place_at(file, node, "id")).hint("give each element an id of its own"));
        }
    }
}

fn datum(file: FileId, node: Node) -> Option<Datum> {
    let (name, value) = match (node.tag_name().namespace(), node.tag_name().name()) {
        (Some(xml::DC), name) => (format!("dc:{name}"), xml::words(node)),
        (_, "meta") => match (xml::value(node, "property"), xml::value(node, "name")) {
            (Some(property), _) => (property.to_owned(), xml::words(node)),
            // The form of EPUB 2.
            (None, Some(name)) => (name.to_owned(), xml::value(node, "content").unwrap_or_default().to_owned()),
            (None, None) => return None,
        },
        (_, "link") => (xml::value(node, "rel")?.to_owned(), xml::value(node, "href").unwrap_or_default().to_owned()),
        _others => return None,
    };
    let text = |name| xml::value(node, name).map(str::to_owned);
    let is_property = node.has_attribute("property");
    Some(Datum { name, is_property, value, id: text("id"), refines: text("refines"), at: xml::place(file, node) })
}

fn item(file: FileId, opf: &str, node: Node, sink: &mut Sink) -> Option<Item> {
    let text = |name: &str| xml::value(node, name).unwrap_or_default().to_owned();
    let (id, href, media_type) = (text("id"), text("href"), text("media-type"));
    for (name, value) in [("id", &id), ("href", &href), ("media-type", &media_type)] {
        if value.is_empty() {
            let told = Diagnostic::error("opf.manifest", format!("this item has no {name}"));
            sink.push(told.at(xml::place(file, node)).hint("an item has id, href and media-type"));
        }
    }
    if href.is_empty() {
        return None;
    }
    let at = xml::place_at(file, node, "href");
    let path = match resolve(opf, &href) {
        Target::Inside { path, fragment } if fragment.is_empty() && !href.contains('#') => Some(path),
        Target::Outside { scheme } if scheme == "http" || scheme == "https" => None,
        Target::Inside { .. } | Target::Outside { .. } | Target::Data | Target::Escapes | Target::Broken => {
            let told = Diagnostic::error("opf.manifest", format!("the item {href:?} names no file of the archive"));
            sink.push(told.at(at).hint("href is a path from the package file's folder, without '#'"));
            return None;
        }
    };
    let properties = text("properties").split_whitespace().map(str::to_owned).collect();
    let fallback = xml::value(node, "fallback").map(str::to_owned);
    Some(Item { id, href, path, media_type, properties, fallback, at })
}

fn read_spine(file: FileId, spine: Node, package: &mut Package, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    let mut has_linear = false;
    for node in spine.children().filter(|node| node.tag_name().name() == "itemref") {
        let idref = xml::value(node, "idref").unwrap_or_default();
        let at = xml::place_at(file, node, "idref");
        let Some(found) = package.items.iter().position(|item| item.id == idref) else {
            let told =
                Diagnostic::error("opf.spine", format!("the spine names {idref:?}, which is not in the manifest"));
            sink.push(told.at(at).hint("idref is the id of an item of the manifest"));
            continue;
        };
        if !seen.insert(found) {
            let told = Diagnostic::error("opf.spine", format!("the spine names {idref:?} twice"));
            sink.push(told.at(at).hint("a file is read once"));
            continue;
        }
        has_linear |= xml::value(node, "linear") != Some("no");
        package.spine.push(found);
    }
    if !has_linear {
        let told = Diagnostic::error("opf.spine", "nothing in the spine is read in order");
        sink.push(told.at(xml::place(file, spine)).hint("at least one itemref has no linear=\"no\""));
    }
    if let Some(direction) = xml::value(spine, "page-progression-direction")
        && !["ltr", "rtl", "default"].contains(&direction)
    {
        let told = Diagnostic::error("opf.spine", format!("there is no direction {direction:?}"));
        sink.push(told.at(xml::place_at(file, spine, "page-progression-direction")).hint("write \"ltr\" or \"rtl\""));
    }
    if let Some(toc) = xml::value(spine, "toc")
        && !package.items.iter().any(|item| item.id == toc && item.media_type == "application/x-dtbncx+xml")
    {
        let told = Diagnostic::error("opf.spine", format!("toc={toc:?} names no NCX of the manifest"));
        sink.push(told.at(xml::place_at(file, spine, "toc")).hint("take it away, or list the NCX"));
    }
}

/// Holds the manifest against the archive, and the spine against what can be read in order.
pub fn manifest(shelf: &Shelf, package: &Package, sink: &mut Sink) {
    let (mut ids, mut paths) = (BTreeSet::new(), BTreeSet::new());
    for item in &package.items {
        ids.insert(item.id.as_str());
        let Some(path) = &item.path else { continue };
        if !paths.insert(path.as_str()) {
            let told = Diagnostic::error("opf.manifest", format!("the file {} is listed twice", item.href));
            sink.push(told.at(item.at).hint("a file has one item"));
        }
        if *path == package.path {
            sink.push(Diagnostic::error("opf.manifest", "the package file lists itself").at(item.at));
        }
        if shelf.get(path).is_none() {
            let told = Diagnostic::error("opf.missing", format!("the file {path} is not in the archive")).at(item.at);
            sink.push(match shelf.meant(path) {
                Some(near) => told.hint(format!("did you mean {near}?")),
                None => told.hint("put the file in, or take its item out"),
            });
        }
    }
    for item in package.items.iter().filter(|item| item.fallback.as_deref().is_some_and(|id| !ids.contains(id))) {
        let told = Diagnostic::error("opf.manifest", format!("the fallback of {} is not in the manifest", item.href));
        sink.push(told.at(item.at).hint("fallback is the id of another item"));
    }
    for &at in &package.spine {
        let Some(item) = package.items.get(at) else { continue };
        let can_be_read = |kind: &str| {
            kind == "application/xhtml+xml" || kind == "image/svg+xml" || package.is_old() && kind.ends_with("+xml")
        };
        if !can_be_read(&item.media_type) && !has_readable_fallback(package, item) {
            let message = format!("{} is of the type {}, which is no page to read", item.href, item.media_type);
            let told = Diagnostic::error("opf.spine", message).at(item.at);
            sink.push(told.hint("only XHTML and SVG stand in the spine, or what has a fallback of these types"));
        }
    }
    let is_own = |name: &str| name == "mimetype" || name.starts_with("META-INF/") || name == package.path;
    for name in shelf.names().filter(|name| !is_own(name) && !paths.contains(name)) {
        let told = Diagnostic::warning("opf.unlisted", format!("{name} is in the archive, but not in the manifest"));
        sink.push(told.hint("list it, or leave it out: reading systems never show it"));
    }
}

fn has_readable_fallback(package: &Package, item: &Item) -> bool {
    let (mut next, mut steps) = (item.fallback.as_deref(), 0);
    while let Some(found) = next.and_then(|id| package.items.iter().find(|item| item.id == id)) {
        if found.is_text() || found.media_type == "image/svg+xml" {
            return true;
        }
        steps += 1;
        next = found.fallback.as_deref().filter(|_| steps < package.items.len());
    }
    false
}
