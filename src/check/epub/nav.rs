//! Contents, landmarks, page list; the NCX (EPUB 3.3, 7; OPF 2.0.1, 2.4.1).
//!
//! In:     the navigation document, the page marks of all texts.
//! Out:    [`Lists`].
//! Faults: `nav.missing`, `nav.entry`, `nav.order`, `nav.pages`, `nav.landmarks`, `nav.ncx`.
//! Absent: whether the links arrive (`links.rs`).

use super::Book;
use super::place::{Target, resolve};
use super::xml::{self, Node};
use crate::base::{Diagnostic, FileId, Sink, Span};
use std::collections::BTreeSet;

/// What the navigation document offers.
#[derive(Default)]
pub struct Lists {
    pub has_contents: bool,
    pub has_page_list: bool,
    /// Entries of the page list.
    pub pages: usize,
}

pub fn check(book: &Book, sink: &mut Sink) -> Lists {
    let mut lists = Lists::default();
    ncx(book, &mut lists, sink);
    if book.package.is_old() {
        return lists;
    }
    let navs: Vec<_> = book.package.items.iter().filter(|item| item.has("nav")).collect();
    let nav = match navs.as_slice() {
        [] => {
            let told = Diagnostic::error("nav.missing", "no file is the navigation document").at(book.package.top);
            sink.push(told.hint("write properties=\"nav\" on the item of the contents"));
            return lists;
        }
        [one] => one,
        [_, second, ..] => {
            sink.push(Diagnostic::error("nav.missing", "there are two navigation documents").at(second.at));
            second
        }
    };
    let Some((path, file)) = nav.path.as_deref().and_then(|path| Some((path, book.shelf.taken(path)?))) else {
        return lists;
    };
    // Its own faults are told already.
    let Some(document) = xml::parse(book.shelf.files(), file, false, &mut Sink::new()) else { return lists };
    let is_nav = |node: &Node| node.tag_name().name() == "nav";
    let has = |node: Node, kind: &str| {
        node.attribute((xml::OPS, "type")).is_some_and(|kinds| kinds.split_whitespace().any(|known| known == kind))
    };
    let of = |kind: &'static str| document.descendants().filter(is_nav).filter(move |node| has(*node, kind));
    let root = xml::place(file, document.root_element());
    for kind in ["toc", "page-list", "landmarks"] {
        if let Some(second) = of(kind).nth(1) {
            let told = Diagnostic::error("nav.missing", format!("there are two navs of the type {kind}"));
            sink.push(told.at(xml::place(file, second)));
        }
    }
    lists.has_contents = of("toc").next().is_some();
    if !lists.has_contents {
        let told = Diagnostic::error("nav.missing", "the navigation document has no contents").at(root);
        sink.push(told.hint("write <nav epub:type=\"toc\"><ol>…</ol></nav>"));
    }
    for nav in of("toc") {
        let entries = entries(file, nav, sink);
        order(book, path, file, &entries, "contents", sink);
    }
    for nav in of("landmarks") {
        landmarks(file, nav, sink);
    }
    for nav in of("page-list") {
        lists.has_page_list = true;
        let entries = entries(file, nav, sink);
        lists.pages = entries.len();
        order(book, path, file, &entries, "page list", sink);
        pages(book, path, file, &entries, sink);
    }
    let marks = book.pages.values().map(|page| page.marks.len()).sum::<usize>();
    if marks > 0 && !lists.has_page_list {
        let told = Diagnostic::warning("nav.pages", "there are page marks, but no page list").at(root);
        sink.push(told.hint("write <nav epub:type=\"page-list\"> with a link to each mark"));
    }
    lists
}

/// The links of a nav; told where a line has none, or one without words.
fn entries<'a, 'b>(file: FileId, nav: Node<'a, 'b>, sink: &mut Sink) -> Vec<Node<'a, 'b>> {
    if !nav.descendants().any(|node| node.tag_name().name() == "li") {
        let told = Diagnostic::error("nav.entry", "this nav lists nothing").at(xml::place(file, nav));
        sink.push(told.hint("an <ol> holds at least one <li>; or leave the nav out"));
    }
    for line in nav.descendants().filter(|node| node.tag_name().name() == "li") {
        let first = line.children().find(Node::is_element);
        let Some(first) = first.filter(|first| matches!(first.tag_name().name(), "a" | "span")) else {
            let told = Diagnostic::error("nav.entry", "this line begins with neither a link nor a title");
            sink.push(told.at(xml::place(file, line)).hint("<li> begins with <a href=\"…\"> or <span>"));
            continue;
        };
        let is_named = first.descendants().any(|node| node.has_attribute("alt") || node.has_attribute("aria-label"));
        if xml::words(first).is_empty() && !is_named {
            let told = Diagnostic::error("nav.entry", "this line has no words").at(xml::place(file, first));
            sink.push(told.hint("say where it leads"));
        }
    }
    nav.descendants().filter(|node| node.tag_name().name() == "a" && node.has_attribute("href")).collect()
}

/// Lines that lead back before the line above them.
fn order(book: &Book, path: &str, file: FileId, entries: &[Node], list: &str, sink: &mut Sink) {
    let mut last = (0, 0);
    for entry in entries {
        let url = xml::value(*entry, "href").unwrap_or_default();
        let at = xml::place_at(file, *entry, "href");
        let Target::Inside { path, fragment } = resolve(path, url) else {
            let told = Diagnostic::error("nav.entry", format!("this line of the {list} leads out of the e-book"));
            sink.push(told.at(at).hint("it leads to a text of the e-book"));
            continue;
        };
        let Some(&turn) = book.order.get(path.as_str()) else { continue };
        let within = book.pages.get(path.as_str()).and_then(|page| page.ids.get(&fragment)).copied().unwrap_or(0);
        if (turn, within) < last {
            let message = format!("the {list} goes back here: {} comes earlier in the book", xml::words(*entry));
            let told = Diagnostic::warning("nav.order", message).at(at);
            sink.push(told.hint("its lines stand in the order in which the book is read"));
        }
        last = (turn, within);
    }
}

fn pages(book: &Book, path: &str, file: FileId, entries: &[Node], sink: &mut Sink) {
    let (mut labels, mut listed) = (BTreeSet::new(), BTreeSet::new());
    for entry in entries {
        let label = xml::words(*entry);
        if !label.is_empty() && !labels.insert(label.clone()) {
            let told = Diagnostic::warning("nav.pages", format!("the page {label} is listed twice"));
            sink.push(told.at(xml::place(file, *entry)).hint("readers who ask for a page find the first one only"));
        }
        if let Target::Inside { path, fragment } = resolve(path, xml::value(*entry, "href").unwrap_or_default()) {
            listed.insert((path, fragment));
        }
    }
    for (path, page) in &book.pages {
        for mark in &page.marks {
            let is_listed = mark.id.as_ref().is_some_and(|id| listed.contains(&((*path).to_owned(), id.clone())));
            if !is_listed {
                let told = Diagnostic::warning("nav.pages", format!("the page mark {} is in no page list", mark.label));
                sink.push(told.at(mark.at).hint("give it an id, and list it"));
            }
        }
    }
}

fn landmarks(file: FileId, nav: Node, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    for entry in entries(file, nav, sink) {
        let at = xml::place(file, entry);
        let Some(kind) = entry.attribute((xml::OPS, "type")).map(str::trim).filter(|kind| !kind.is_empty()) else {
            let told = Diagnostic::error("nav.landmarks", "this landmark does not say what it is").at(at);
            sink.push(told.hint("write epub:type=\"bodymatter\" or the like on its link"));
            continue;
        };
        if !seen.insert((kind.to_owned(), xml::value(entry, "href").unwrap_or_default().to_owned())) {
            let told = Diagnostic::error("nav.landmarks", format!("the landmark {kind} stands twice"));
            sink.push(told.at(at).hint("leave one out"));
        }
    }
}

/// The contents of EPUB 2, which older readers use.
fn ncx(book: &Book, lists: &mut Lists, sink: &mut Sink) {
    let Some(item) = book.package.items.iter().find(|item| item.media_type == "application/x-dtbncx+xml") else {
        if book.package.is_old() {
            let told = Diagnostic::error("nav.missing", "no file is the contents (NCX)").at(book.package.top);
            sink.push(told.hint("EPUB 2 needs a toc.ncx"));
        }
        return;
    };
    let Some((path, file)) = item.path.as_deref().and_then(|path| Some((path, book.shelf.taken(path)?))) else {
        return;
    };
    let Some(document) = xml::parse(book.shelf.files(), file, false, sink) else { return };
    lists.has_contents |= document.descendants().any(|node| node.tag_name().name() == "navPoint");
    let uid = document
        .descendants()
        .find(|node| node.tag_name().name() == "meta" && xml::value(*node, "name") == Some("dtb:uid"))
        .and_then(|node| Some((xml::value(node, "content")?, xml::place_at(file, node, "content"))));
    let unique = book.package.unique.as_ref().and_then(|(id, _)| {
        book.package.data.iter().find(|datum| datum.id.as_deref() == Some(id.as_str())).map(|datum| &datum.value)
    });
    if let (Some((uid, at)), Some(unique)) = (uid, unique)
        && uid != unique
    {
        let told = Diagnostic::error("nav.ncx", format!("dtb:uid {uid:?} is not the package's identifier {unique:?}"));
        sink.push(told.at(at).hint("both name the same book"));
    }
    for content in document.descendants().filter(|node| node.tag_name().name() == "content") {
        let url = xml::value(content, "src").unwrap_or_default();
        let at: Span = xml::place_at(file, content, "src");
        let Target::Inside { path, fragment } = resolve(path, url) else {
            let told = Diagnostic::error("nav.ncx", format!("{url} leads out of the e-book")).at(at);
            sink.push(told.hint("it leads to a text of the e-book"));
            continue;
        };
        let is_lost = |page: &super::Page| !fragment.is_empty() && !page.ids.contains_key(&fragment);
        if book.shelf.get(&path).is_none() {
            let told = Diagnostic::error("link.missing", format!("{path} is not in the archive")).at(at);
            sink.push(told.hint("put the file in, or take this line out"));
        } else if book.pages.get(path.as_str()).is_some_and(is_lost) {
            let told = Diagnostic::error("link.fragment", format!("nothing in {path} is named {fragment:?}")).at(at);
            sink.push(told.hint("the NCX and the navigation document lead to the same places"));
        }
    }
}
