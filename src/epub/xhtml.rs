//! Nodes → XHTML: one file of the plan, from its head to its last block.
//!
//! In:     the nodes of a file, by role; the page starts that lie in them.
//! Out:    the file's text. Text nodes are the leaves' strings and nothing else, but for elements of the classes
//!         [`MADE_CLASSES`](super::MADE_CLASSES) and for white space with a line end between blocks.
//! Absent: the order of files, styles.

use super::frame::{class_of, head, title};
use super::inline::Allowed;
use super::{Edition, files, semantics, xml};
use crate::layout::PageStart;
use crate::layout::tree::{Anchor, Content, Detail, Mark, MarkedRange, Node, NodeId, NoteId, Text};
use crate::theme::{LabelPlace, Role};
use std::ops::Range;

/// Blocks nested deeper than this are written beside one another, so that no manuscript exhausts the stack.
const DEEPEST: usize = 120;

/// Writes one file, block after block.
pub struct Writer<'a> {
    pub edition: &'a Edition<'a>,
    /// The file in the plan, for links.
    pub file: usize,
    pub out: String,
    /// The page starts that wait for their place, as indices of the page map.
    pages: Range<usize>,
    /// The level of the last heading: the next may be one deeper, so that none is skipped (WCAG technique G141).
    level: u8,
    /// Levels that headings of this file stand too deep: 1 in a file that continues a chapter.
    lift: u8,
    nesting: usize,
    /// The way back that the next leaf must show: the body of a note begins with it.
    note: Option<NoteId>,
    /// The page that the index entry being written named last, and how often it had named it before.
    pub last_page: Option<(NodeId, String, usize)>,
}

/// The whole text of a file of the plan; empty for the contents page, which `nav.rs` writes.
pub fn file(edition: &Edition, index: usize) -> String {
    let Some(file) = edition.plan.files.get(index).filter(|file| file.name != files::NAV) else {
        return String::new();
    };
    let section = edition.tree.section(file.section);
    let names = semantics::of(section.kind);
    let mut writer = Writer::new(edition, index);
    head(edition, &mut writer.out, &title(edition, section), semantics::of_matter(section.matter));
    writer.out.push_str("<section");
    xml::attribute(&mut writer.out, "class", class_of(section.kind));
    if !names.kind.is_empty() && file.part == 0 {
        xml::attribute(&mut writer.out, "epub:type", names.kind);
    }
    if !names.role.is_empty() && file.part == 0 {
        xml::attribute(&mut writer.out, "role", names.role);
        // The landmark is named by its heading.
        let heading = edition.tree.roots(section).map(|id| edition.tree.node(id)).find(|node| is_title(node));
        match heading.and_then(|node| node.anchor.as_ref()) {
            Some(anchor) => xml::attribute(&mut writer.out, "aria-labelledby", &anchor.0),
            None if !section.title.is_empty() => xml::attribute(&mut writer.out, "aria-label", &section.title),
            None => {}
        }
    }
    let place = edition.tree.place_of(&section.anchor);
    let is_named = place.is_some_and(|at| names_itself(edition.tree.node(at.leaf), &section.anchor));
    if file.part == 0 && !is_named {
        xml::attribute(&mut writer.out, "id", &section.anchor.0);
    }
    writer.out.push_str(">\n");
    writer.siblings(file.nodes.clone());
    writer.rest_of_page_marks();
    writer.out.push_str("</section>\n</body>\n</html>\n");
    writer.out
}

/// Whether a node carries an anchor, itself or in its text.
fn names_itself(node: &Node, anchor: &Anchor) -> bool {
    let in_text =
        |text: &Text| text.marks.iter().any(|mark| matches!(&mark.mark, Mark::Anchor(name) if name == anchor));
    node.anchor.as_ref() == Some(anchor) || node.text().is_some_and(in_text)
}

fn is_title(node: &Node) -> bool {
    matches!(node.role, Role::BookTitle | Role::PartTitle | Role::ChapterTitle | Role::ListTitle | Role::Heading(_))
}

/// A title whose number stands on a line of its own: the space that parts the two is marked, so that the style sheet can
/// take it away.
fn gap(text: &Text) -> Option<Text> {
    let end = text.marks.iter().find(|mark| mark.mark == Mark::Label)?.range.end;
    let space = text.string.get(end as usize..)?.chars().next().filter(|c| c.is_whitespace())?;
    let range = end..end + space.len_utf8() as u32;
    let after = text.marks.partition_point(|mark| mark.range.start < range.start);
    let mut parted = text.clone();
    parted.marks.insert(after, MarkedRange { range, mark: Mark::Class("gap".to_owned()) });
    Some(parted)
}

impl Edition<'_> {
    /// The link to the body of a note.
    pub fn note_href(&self, from: usize, note: NoteId) -> String {
        let body = self.tree.note(note).body;
        let file = self.plan.file_of(body);
        let name = if file == from { "" } else { self.plan.files.get(file).map_or("", |file| &file.name) };
        format!("{name}#{}", self.note_anchor(note))
    }

    /// The name of a note's body: its own anchor, else one that no anchor can be, for anchors have no `:`.
    fn note_anchor(&self, note: NoteId) -> String {
        match &self.tree.node(self.tree.note(note).body).anchor {
            Some(anchor) => anchor.to_string(),
            None => format!("note.{}", note.0 + 1),
        }
    }
}

impl<'a> Writer<'a> {
    pub fn new(edition: &'a Edition<'a>, file: usize) -> Writer<'a> {
        let of_file = edition.plan.files.get(file);
        let nodes = of_file.map_or(0..0, |file| file.nodes.clone());
        let page_at = |node: u32| edition.pages.starts.partition_point(|start| start.at.leaf.0 < node);
        Writer {
            edition,
            file,
            out: String::with_capacity(8192),
            pages: page_at(nodes.start)..page_at(nodes.end),
            level: 0,
            lift: u8::from(of_file.is_some_and(|file| file.part > 0)),
            nesting: 0,
            note: None,
            last_page: None,
        }
    }

    /// The next page start, when it lies in this leaf.
    pub fn next_page_in(&self, leaf: NodeId) -> Option<(usize, &'a PageStart)> {
        self.next_page().filter(|(_, start)| start.at.leaf <= leaf)
    }

    fn next_page(&self) -> Option<(usize, &'a PageStart)> {
        let index = self.pages.clone().next()?;
        Some((index, self.edition.pages.starts.get(index)?))
    }

    /// Writes the marks of the pages that began before this leaf, in nodes that could not hold a mark.
    pub fn page_marks_before(&mut self, leaf: NodeId) {
        while let Some((index, _)) = self.next_page().filter(|(_, start)| start.at.leaf < leaf) {
            self.page_mark(index, "span");
        }
    }

    /// Writes the mark of a printed page's start (EPUB Accessibility 1.1, 3.1).
    pub fn page_mark(&mut self, index: usize, element: &str) {
        self.pages.start = self.pages.start.max(index + 1);
        let Some(start) = self.edition.pages.starts.get(index) else { return };
        self.out.push('<');
        self.out.push_str(element);
        self.out.push_str(" epub:type=\"pagebreak\" role=\"doc-pagebreak\"");
        xml::attribute(&mut self.out, "id", self.edition.page_names.get(index));
        xml::attribute(&mut self.out, "aria-label", &start.label);
        self.out.push_str("></");
        self.out.push_str(element);
        self.out.push('>');
    }

    fn rest_of_page_marks(&mut self) {
        while let Some((index, _)) = self.next_page() {
            self.page_mark(index, "div");
        }
    }

    /// Writes blocks that stand beside one another.
    pub fn siblings(&mut self, nodes: Range<u32>) {
        let mut next = nodes.start;
        while next < nodes.end {
            let id = NodeId(next);
            let role = self.edition.tree.node(id).role;
            next = if matches!(role, Role::IndexEntry(_)) {
                self.index_entries(next, nodes.end)
            } else if matches!(role, Role::ContentsEntry(_) | Role::ListEntry) {
                self.list_entries(next, nodes.end)
            } else if matches!(role, Role::Term | Role::Definition) {
                self.definitions(next, nodes.end)
            } else {
                self.block(id);
                self.edition.tree.node(id).end.0.max(next + 1)
            };
        }
    }

    pub fn children(&mut self, id: NodeId) {
        let end = self.edition.tree.node(id).end.0;
        if self.nesting >= DEEPEST {
            // Only leaves are left of what is nested so deep.
            for leaf in id.0 + 1..end {
                if self.edition.tree.node(NodeId(leaf)).text().is_some() {
                    self.leaf(NodeId(leaf), "p", Allowed::ALL);
                }
            }
            return;
        }
        self.nesting += 1;
        self.siblings(id.0 + 1..end);
        self.nesting -= 1;
    }

    /// Writes one block.
    pub fn block(&mut self, id: NodeId) {
        let node = self.edition.tree.node(id);
        match node.role {
            Role::BookTitle | Role::PartTitle | Role::ChapterTitle | Role::ListTitle => self.heading(id, 1),
            Role::Heading(depth) => self.heading(id, depth.saturating_add(1)),
            Role::IndexLetter => self.heading(id, 2),
            Role::HalfTitle
            | Role::BookSubtitle
            | Role::BookAuthor
            | Role::BookPublisher
            | Role::Imprint
            | Role::Body
            | Role::BodyFirst
            | Role::Lead
            | Role::Small
            | Role::Centered
            | Role::FlushEnd
            | Role::Verse
            | Role::Attribution
            | Role::CodeTitle
            | Role::AdmonitionTitle => self.flow(id, "p", "div"),
            Role::Dedication | Role::Epigraph | Role::Group | Role::Bibliography => self.flow(id, "p", "div"),
            Role::Quote => self.quote(id),
            Role::List => self.list(id, "ul"),
            Role::OrderedList => self.list(id, "ol"),
            Role::Item => self.item(id, None),
            Role::DefinitionList => self.definition_list(id),
            Role::Term => self.flow(id, "dt", "dt"),
            Role::Definition => self.flow(id, "dd", "dd"),
            Role::Code => self.code(id),
            Role::Figure => self.figure(id),
            Role::Picture => self.picture_block(id),
            Role::Caption => self.flow(id, "p", "div"),
            Role::Formula => self.equation(id),
            Role::Table => self.table(id),
            Role::HeadRow | Role::Row => self.flow(id, "p", "tr"),
            Role::Cell => self.flow(id, "td", "td"),
            Role::Admonition => self.admonition(id),
            Role::Ornament => self.ornament(id),
            Role::Notes => self.notes(id),
            Role::Note => self.note(id),
            Role::ContentsEntry(_) | Role::ListEntry | Role::IndexEntry(_) => self.flow(id, "p", "div"),
        }
    }

    /// Writes a node as `leaf` when it holds text, else as `group` round its children.
    pub fn flow(&mut self, id: NodeId, leaf: &str, group: &str) {
        match &self.edition.tree.node(id).content {
            Content::Leaf(_) => self.leaf(id, leaf, Allowed::ALL),
            Content::Group => {
                self.page_div_before(id);
                self.open(id, group, "");
                self.out.push_str(">\n");
                self.children(id);
                self.close(group);
            }
            Content::Picture(_) => self.picture_block(id),
            Content::Empty => self.ornament(id),
        }
    }

    /// Writes a leaf as one element.
    pub fn leaf(&mut self, id: NodeId, element: &str, allowed: Allowed) {
        let Some(text) = self.edition.tree.node(id).text() else { return };
        let is_initial = matches!(self.edition.tree.node(id).detail, Detail::Initial { .. });
        self.open(id, element, if is_initial { "initial" } else { "" });
        self.out.push('>');
        self.note_label();
        let role = self.edition.tree.node(id).role;
        match (self.edition.theme.style(role).label == LabelPlace::Above).then(|| gap(text)).flatten() {
            Some(parted) => self.leaf_text(id, &parted, allowed),
            None => self.leaf_text(id, text, allowed),
        }
        self.close(element);
    }

    pub fn close(&mut self, element: &str) {
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push_str(">\n");
    }

    /// Opens a node's element without its `>`: class, id, language.
    pub fn open(&mut self, id: NodeId, element: &str, more_classes: &str) {
        let node = self.edition.tree.node(id);
        self.out.push('<');
        self.out.push_str(element);
        let mut class = node.role.name().to_owned();
        if !more_classes.is_empty() {
            class.push(' ');
            class.push_str(more_classes);
        }
        self.author_classes(&class, &node.classes);
        if let Some(anchor) = node.anchor.as_ref().filter(|anchor| self.is_here(anchor, id.0..node.end.0)) {
            xml::attribute(&mut self.out, "id", &anchor.0);
        }
        if let Some(lang) = &node.lang {
            self.language(lang);
        }
        if matches!(element, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th") {
            self.name_of_formulas(id);
        }
    }

    /// Whether an anchor's place is among these nodes. Were a name given twice, links would lead to the place that the
    /// tree knows, and only there may the name stand.
    pub fn is_here(&self, anchor: &Anchor, nodes: Range<u32>) -> bool {
        self.edition.tree.place_of(anchor).is_none_or(|at| nodes.contains(&at.leaf.0))
    }

    /// Writes the class attribute: our classes, then the author's, but for those that would mean one of ours.
    pub fn author_classes(&mut self, ours: &str, classes: &[String]) {
        let is_plain = |class: &&String| {
            let mut bytes = class.bytes();
            bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
                && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        let is_ours = |class: &str| Role::ALL.iter().any(|role| role.name() == class);
        let mut all = ours.to_owned();
        for class in classes.iter().filter(is_plain).filter(|class| !is_ours(class)) {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(class);
        }
        if !all.is_empty() {
            xml::attribute(&mut self.out, "class", &all);
        }
    }

    /// Marks of pages that begin with a node which holds no text, where a block may stand.
    pub fn page_div_before(&mut self, id: NodeId) {
        while let Some((index, _)) = self.next_page().filter(|(_, start)| start.at.leaf <= id) {
            self.page_mark(index, "div");
        }
    }

    fn heading(&mut self, id: NodeId, wanted: u8) {
        let level = wanted.saturating_sub(self.lift).clamp(1, (self.level + 1).min(6));
        self.level = level;
        const ELEMENTS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        self.leaf(id, ELEMENTS[usize::from(level) - 1], Allowed::ALL);
    }

    fn picture_block(&mut self, id: NodeId) {
        let Content::Picture(placed) = &self.edition.tree.node(id).content else { return self.flow(id, "p", "div") };
        self.page_div_before(id);
        self.open(id, "div", "");
        self.out.push('>');
        self.picture(placed, "block-picture");
        self.close("div");
    }

    fn ornament(&mut self, id: NodeId) {
        if self.edition.tree.node(id).text().is_some() {
            return self.leaf(id, "p", Allowed::ALL);
        }
        self.page_div_before(id);
        self.open(id, "hr", "");
        self.out.push_str("/>\n");
    }

    /// Takes the note whose label the leaf being written must show.
    pub fn take_note(&mut self) -> Option<NoteId> {
        self.note.take()
    }

    pub fn expect_label(&mut self, note: NoteId) {
        self.note = Some(note);
    }

    pub fn note_id(&self, note: NoteId) -> String {
        self.edition.note_anchor(note)
    }
}
