//! Outline, landmarks, page map → `nav.xhtml` and `toc.ncx`.
//!
//! In:     the outline, the tree's contents section (its lines are shown as they stand there), the page map.
//! Out:    the navigation document (EPUB 3.3, 7) and the NCX (OPF 2.0.1, 2.4.1).
//! Absent: the pages themselves.

use super::inline::Allowed;
use super::xhtml::Writer;
use super::{Edition, files, frame, semantics, xml};
use crate::book::Matter;
use crate::layout::tree::{Anchor, Atom, Link, Mark, NodeId, OutlineEntry, SectionKind};
use crate::theme::Role;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The navigation document. It is the contents page too when the tree has one: then levels that the contents do not
/// show are there for machines only.
pub fn document(edition: &Edition) -> String {
    let index = edition.plan.nav();
    let section = index.and_then(|index| edition.plan.files.get(index)).map(|file| edition.tree.section(file.section));
    let mut writer = Writer::new(edition, index.unwrap_or(usize::MAX));
    let title = section.map_or_else(|| edition.wording.contents.to_owned(), |section| frame::title(edition, section));
    frame::head(edition, &mut writer.out, &title, semantics::of_matter(Matter::Front));
    writer.out.push_str("<nav class=\"contents\" epub:type=\"toc\" role=\"doc-toc\" aria-labelledby=\"nav-title\"");
    if let Some(section) = section {
        xml::attribute(&mut writer.out, "id", &section.anchor.0);
    }
    writer.out.push_str(">\n<h1 class=\"list-title\" id=\"nav-title\">");
    let nodes = section.map_or(0..0, |section| section.nodes.clone());
    let of_role = |wanted: fn(Role) -> bool| {
        let nodes = nodes.clone().map(NodeId);
        nodes.filter(move |&id| wanted(edition.tree.node(id).role))
    };
    match of_role(|role| role == Role::ListTitle).find_map(|id| Some((id, edition.tree.node(id).text()?))) {
        Some((id, text)) => writer.leaf_text(id, text, Allowed::TITLE),
        None => xml::text(&mut writer.out, &title),
    }
    writer.out.push_str("</h1>\n");
    let lines: BTreeMap<&Anchor, NodeId> = of_role(|role| matches!(role, Role::ContentsEntry(_)))
        .filter_map(|id| Some((target(edition, id)?, id)))
        .collect();
    contents(&mut writer, section.is_some().then_some(&lines));
    writer.out.push_str("</nav>\n");
    landmarks(edition, &mut writer.out);
    page_list(edition, &mut writer.out);
    writer.out.push_str("</body>\n</html>\n");
    writer.out
}

/// Where a line of the contents leads.
fn target<'a>(edition: &'a Edition, line: NodeId) -> Option<&'a Anchor> {
    let text = edition.tree.node(line).text()?;
    let linked = text
        .marks
        .iter()
        .find_map(|mark| if let Mark::Link(Link::Inside(anchor)) = &mark.mark { Some(anchor) } else { None });
    linked.or_else(|| {
        text.atoms.iter().find_map(|atom| match &atom.atom {
            Atom::PageRef { to, .. } => Some(to),
            Atom::NoteCall { .. } | Atom::Picture(_) | Atom::Formula(_) | Atom::Break => None,
        })
    })
}

/// An entry with what stands under it.
struct Branch<'a> {
    entry: &'a OutlineEntry,
    under: Vec<Branch<'a>>,
}

/// The outline as a forest: an entry stands under the nearest entry before it that is less deep.
fn branches<'a>(entries: &mut std::iter::Peekable<std::slice::Iter<'a, OutlineEntry>>, depth: u8) -> Vec<Branch<'a>> {
    let mut list = Vec::new();
    while let Some(entry) = entries.next_if(|entry| entry.depth >= depth) {
        let under = branches(entries, entry.depth.saturating_add(1));
        list.push(Branch { entry, under });
        if entry.depth == u8::MAX {
            break;
        }
    }
    list
}

/// The nested list of the contents. `lines`: the lines that the contents page shows; without it all are shown.
fn contents(writer: &mut Writer, lines: Option<&BTreeMap<&Anchor, NodeId>>) {
    let outline = branches(&mut writer.edition.tree.outline.iter().peekable(), 0);
    if outline.is_empty() {
        // A contents list must hold a line (EPUB 3.3, 7.4.1): the book's beginning serves.
        let first = writer.edition.plan.files.iter().find(|file| file.name != files::NAV);
        let name = first.map_or(files::COVER, |file| &file.name);
        let title = xml::escaped(&writer.edition.tree.metadata.title);
        let _ = write!(writer.out, "<ol>\n<li><a href=\"{name}\">{title}</a></li>\n</ol>\n");
        return;
    }
    list(writer, &outline, lines);
}

fn list(writer: &mut Writer, branches: &[Branch], lines: Option<&BTreeMap<&Anchor, NodeId>>) {
    let is_shown = |branch: &Branch| lines.is_none_or(|lines| shows(branch, lines));
    let none_shown = !branches.iter().any(is_shown);
    writer.out.push_str(if none_shown { "<ol hidden=\"hidden\">\n" } else { "<ol>\n" });
    for branch in branches {
        let entry = branch.entry;
        let line = lines.and_then(|lines| lines.get(&entry.anchor)).copied();
        let Some(href) = writer.edition.plan.href(writer.edition.tree, None, &entry.anchor) else { continue };
        writer.out.push_str("<li");
        if let Some(anchor) = line.and_then(|id| writer.edition.tree.node(id).anchor.as_ref()) {
            xml::attribute(&mut writer.out, "id", &anchor.0);
        }
        if !none_shown && !is_shown(branch) {
            writer.out.push_str(" hidden=\"hidden\"");
        }
        writer.out.push_str("><a");
        // The class is the line's, not the branch's: what stands under it must not inherit its look.
        if let Some(id) = line {
            xml::attribute(&mut writer.out, "class", writer.edition.tree.node(id).role.name());
        }
        xml::attribute(&mut writer.out, "href", &href);
        writer.out.push('>');
        match line.and_then(|id| Some((id, writer.edition.tree.node(id).text()?))) {
            Some((id, text)) => writer.leaf_text(id, text, Allowed { places: false, ..Allowed::TITLE }),
            None => xml::text(&mut writer.out, &label_and_title(entry)),
        }
        writer.out.push_str("</a>");
        if !branch.under.is_empty() {
            writer.out.push('\n');
            list(writer, &branch.under, lines);
        }
        writer.out.push_str("</li>\n");
    }
    writer.out.push_str("</ol>\n");
}

fn shows(branch: &Branch, lines: &BTreeMap<&Anchor, NodeId>) -> bool {
    lines.contains_key(&branch.entry.anchor) || branch.under.iter().any(|under| shows(under, lines))
}

fn label_and_title(entry: &OutlineEntry) -> String {
    match (entry.label.as_str(), entry.title.as_str()) {
        ("", title) => title.to_owned(),
        (label, "") => label.to_owned(),
        (label, title) => format!("{label} {title}"),
    }
}

/// The places readers jump to (EPUB 3.3, 7.4.3).
fn landmarks(edition: &Edition, out: &mut String) {
    out.push_str("<nav epub:type=\"landmarks\" hidden=\"hidden\"");
    xml::attribute(out, "aria-label", edition.wording.landmarks);
    out.push_str(">\n<ol>\n");
    let mut line = |kind: &str, name: &str, title: &str| {
        let _ = write!(out, "<li><a epub:type=\"{kind}\" href=\"{name}\">");
        xml::text(out, title);
        out.push_str("</a></li>\n");
    };
    line("cover", files::COVER, edition.wording.cover);
    let mut has_contents = false;
    let mut has_body = false;
    for file in edition.plan.files.iter().filter(|file| file.part == 0) {
        let section = edition.tree.section(file.section);
        let names = semantics::of(section.kind);
        let title = frame::title(edition, section);
        if !has_body && section.matter == Matter::Main {
            has_body = true;
            line("bodymatter", &file.name, &title);
        }
        if names.is_landmark {
            has_contents |= section.kind == SectionKind::Contents;
            line(names.kind, &file.name, &title);
        }
    }
    if !has_contents {
        line("toc", files::NAV, edition.wording.contents);
    }
    out.push_str("</ol>\n</nav>\n");
}

/// The printed pages (EPUB 3.3, 7.4.2).
fn page_list(edition: &Edition, out: &mut String) {
    if edition.pages.starts.is_empty() {
        return;
    }
    out.push_str("<nav epub:type=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\"");
    xml::attribute(out, "aria-label", edition.wording.pages);
    out.push_str(">\n<ol>\n");
    for (index, start) in edition.pages.starts.iter().enumerate() {
        let file = edition.plan.files.get(edition.plan.file_of(start.at.leaf));
        let name = file.map_or(files::NAV, |file| &file.name);
        let _ = write!(out, "<li><a href=\"{name}#{}\">", edition.page_names.get(index));
        xml::text(out, &start.label);
        out.push_str("</a></li>\n");
    }
    out.push_str("</ol>\n</nav>\n");
}

/// The same for readers of the second generation.
pub fn ncx(edition: &Edition, identifier: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\"",
    );
    xml::attribute(&mut out, "xml:lang", edition.tree.metadata.language.tag());
    out.push_str(">\n<head>\n<meta name=\"dtb:uid\"");
    xml::attribute(&mut out, "content", identifier);
    out.push_str("/>\n</head>\n<docTitle><text>");
    xml::text(&mut out, &edition.tree.metadata.title);
    out.push_str("</text></docTitle>\n<navMap>\n");
    let outline = branches(&mut edition.tree.outline.iter().peekable(), 0);
    let mut count = 0;
    points(edition, &outline, &mut count, &mut out);
    if count == 0 {
        let title = xml::escaped(&edition.tree.metadata.title);
        let _ = writeln!(
            out,
            "<navPoint id=\"point-1\" playOrder=\"1\"><navLabel><text>{title}</text></navLabel><content src=\"{}\"/></navPoint>",
            files::COVER
        );
    }
    out.push_str("</navMap>\n</ncx>\n");
    out
}

fn points(edition: &Edition, branches: &[Branch], count: &mut usize, out: &mut String) {
    for branch in branches {
        let Some(href) = edition.plan.href(edition.tree, None, &branch.entry.anchor) else { continue };
        *count += 1;
        let _ = write!(out, "<navPoint id=\"point-{count}\" playOrder=\"{count}\"><navLabel><text>");
        xml::text(out, &label_and_title(branch.entry));
        let _ = write!(out, "</text></navLabel><content src=\"{}\"/>", xml::escaped(&href));
        points(edition, &branch.under, count, out);
        out.push_str("</navPoint>\n");
    }
}
