//! Whole e-books from small trees made by hand: what a reader, a voice and a store would notice.

mod broad;
mod packaging;

use super::{MADE_CLASSES, package, write};
use crate::asset::{Faces, Picture, PictureFormat, Pictures};
use crate::base::{Lang, Sink};
use crate::book::{Admonition, Align, Contributor, Matter, Metadata};
use crate::layout::tree::*;
use crate::layout::{PageMap, PageStart};
use crate::theme::{Role, Theme, Token};
use std::collections::BTreeMap;

/// Builds trees in reading order.
struct Grower {
    tree: Tree,
}

impl Grower {
    fn new() -> Grower {
        let metadata = Metadata {
            title: "Bells & <Whistles>".into(),
            subtitle: Some("A test".into()),
            authors: vec![Contributor {
                name: "Ann O’Nymous".into(),
                role: "aut".into(),
                file_as: Some("O’Nymous, Ann".into()),
            }],
            ..Metadata::default()
        };
        Grower {
            tree: Tree {
                metadata,
                nodes: Vec::new(),
                sections: Vec::new(),
                notes: Vec::new(),
                outline: Vec::new(),
                anchors: BTreeMap::new(),
            },
        }
    }

    fn section(&mut self, kind: SectionKind, matter: Matter, stem: &str, title: &str, fill: impl FnOnce(&mut Grower)) {
        let start = self.tree.nodes.len() as u32;
        fill(self);
        let anchor = Anchor(stem.into());
        self.tree.anchors.entry(anchor.clone()).or_insert(Locus { leaf: NodeId(start), offset: 0 });
        let id = SectionId(self.tree.sections.len() as u32);
        self.tree.sections.push(Section {
            kind,
            matter,
            nodes: start..self.tree.nodes.len() as u32,
            title: title.into(),
            label: String::new(),
            anchor,
            depth: 1,
            file_stem: stem.into(),
            at: None,
        });
        for node in start..self.tree.nodes.len() as u32 {
            let found = self.tree.node(NodeId(node));
            let depth = match found.role {
                Role::ChapterTitle | Role::PartTitle => 0,
                Role::Heading(depth) => depth,
                _ => continue,
            };
            let entry = OutlineEntry {
                depth,
                title: found.text().map(|text| text.string.clone()).unwrap_or_default(),
                label: String::new(),
                anchor: found.anchor.clone().unwrap(),
                section: id,
                node: NodeId(node),
            };
            self.tree.outline.push(entry);
        }
    }

    fn node(&mut self, role: Role, content: Content, detail: Detail, anchor: &str) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let anchor = (!anchor.is_empty()).then(|| Anchor(anchor.into()));
        if let Some(anchor) = &anchor {
            self.tree.anchors.insert(anchor.clone(), Locus { leaf: id, offset: 0 });
        }
        let end = NodeId(id.0 + 1);
        self.tree.nodes.push(Node { role, end, content, detail, anchor, lang: None, classes: vec![], at: None });
        id
    }

    fn leaf(&mut self, role: Role, text: Text, anchor: &str) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        for mark in &text.marks {
            if let Mark::Anchor(anchor) = &mark.mark {
                self.tree.anchors.insert(anchor.clone(), Locus { leaf: id, offset: mark.range.start });
            }
        }
        for atom in &text.atoms {
            if let Atom::NoteCall { anchor, .. } = &atom.atom {
                self.tree.anchors.insert(anchor.clone(), Locus { leaf: id, offset: atom.at });
            }
        }
        self.node(role, Content::Leaf(text), Detail::None, anchor)
    }

    fn say(&mut self, role: Role, text: &str) -> NodeId {
        self.leaf(role, Text::plain(text), "")
    }

    fn group(&mut self, role: Role, detail: Detail, fill: impl FnOnce(&mut Grower)) -> NodeId {
        let id = self.node(role, Content::Group, detail, "");
        fill(self);
        let end = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes[id.0 as usize].end = end;
        id
    }
}

fn marked(string: &str, marks: &[(&str, Mark)]) -> Text {
    let mut text = Text::plain(string);
    for (piece, mark) in marks {
        let start = string.find(piece).unwrap() as u32;
        text.marks.push(MarkedRange { range: start..start + piece.len() as u32, mark: mark.clone() });
    }
    text.marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    let atoms = string.match_indices(ATOM).map(|(at, _)| AtomAt { at: at as u32, atom: Atom::Break });
    text.atoms = atoms.collect();
    text
}

fn cell(grower: &mut Grower, text: &str, is_header: bool) {
    let detail = Detail::Cell { align: Align::End, columns: 1, rows: 1, is_header };
    grower.node(Role::Cell, Content::Leaf(Text::plain(text)), detail, "");
}

/// A book with one of everything.
fn everything() -> (Tree, Pictures) {
    let mut pictures = Pictures::default();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"60\" viewBox=\"0 0 90 60\"><path d=\"M5 5L80 50\" stroke=\"black\"/></svg>";
    let drawing = pictures.add(Picture {
        path: "figures/a map.svg".into(),
        bytes: svg.as_bytes().into(),
        format: PictureFormat::Svg,
        width: 90,
        height: 60,
        orientation: 1,
        dpi: None,
    });
    let placed =
        |alt: &str, decorative| PlacedPicture { picture: Some(drawing), alt: alt.into(), decorative, width: None };
    let mut g = Grower::new();
    g.section(SectionKind::TitlePage, Matter::Front, "title-page", "", |g| {
        g.say(Role::BookTitle, "Bells & <Whistles>");
        g.say(Role::BookAuthor, "Ann O’Nymous");
    });
    g.section(SectionKind::Contents, Matter::Front, "contents", "Contents", |g| {
        g.leaf(Role::ListTitle, Text::plain("Contents"), "contents-title");
        for (title, to) in [("The first", "first"), ("The second", "second")] {
            let mut line = marked(&format!("{title} {ATOM}"), &[(title, Mark::Link(Link::Inside(Anchor(to.into()))))]);
            line.atoms[0].atom = Atom::PageRef { to: Anchor(to.into()), label: "1".into() };
            g.leaf(Role::ContentsEntry(1), line, "");
        }
    });
    g.section(SectionKind::Chapter, Matter::Main, "first", "The first", |g| {
        g.leaf(Role::ChapterTitle, Text::plain("The first"), "first");
        let mut text = marked(
            &format!("Plain, very emphatic, Xocalı and a link over two{ATOM} words."),
            &[
                ("very emphatic", Mark::Emphasis),
                ("emphatic", Mark::Strong),
                ("Xocalı", Mark::Lang(Lang::parse("az").unwrap())),
                ("a link over two", Mark::Link(Link::Outside("https://example.org/?a=1&b=2".into()))),
            ],
        );
        text.atoms[0].atom = Atom::NoteCall { note: NoteId(0), anchor: Anchor("first-call".into()) };
        let calls = Locus { leaf: g.leaf(Role::BodyFirst, text.clone(), ""), offset: text.atoms[0].at };
        g.leaf(Role::Heading(3), Text::plain("A heading that skips"), "skips");
        g.group(Role::OrderedList, Detail::List { tight: true }, |g| {
            for (at, value) in [3, 4, 9].into_iter().enumerate() {
                let task = (at == 1).then_some(true);
                let detail = Detail::Item { marker: format!("{value}."), task, value: Some(value) };
                g.node(Role::Item, Content::Leaf(Text::plain(format!("Item {value}"))), detail, "");
            }
        });
        g.group(Role::Table, Detail::Table { columns: vec![Align::Start, Align::End] }, |g| {
            g.say(Role::Caption, "What was counted");
            g.group(Role::HeadRow, Detail::None, |g| {
                cell(g, "Year", true);
                cell(g, "Count", true);
            });
            g.group(Role::Row, Detail::None, |g| {
                cell(g, "1992", true);
                cell(g, "12", false);
            });
        });
        g.group(Role::Figure, Detail::None, |g| {
            g.node(Role::Picture, Content::Picture(placed("A road runs south", false)), Detail::None, "map");
            g.leaf(Role::Caption, marked("Figure 1 The road", &[("Figure 1", Mark::Label)]), "");
        });
        let code = marked(
            "fn main() {\n    let x = \"<&>\";\n}",
            &[("fn", Mark::Token(Token::Keyword)), ("\"<&>\"", Mark::Token(Token::String))],
        );
        g.node(Role::Code, Content::Leaf(code), Detail::Code { language: "rust".into() }, "");
        g.node(Role::Ornament, Content::Empty, Detail::None, "");
        g.group(Role::Quote, Detail::None, |g| {
            g.say(Role::Body, "Said once.");
            g.say(Role::Attribution, "Somebody");
        });
        g.group(Role::Admonition, Detail::Admonition(Admonition::Warning), |g| {
            g.say(Role::AdmonitionTitle, "Warning");
            g.say(Role::BodyFirst, "Mind the gap.");
        });
        g.group(Role::DefinitionList, Detail::None, |g| {
            g.say(Role::Term, "leaf");
            g.say(Role::Definition, "Two pages.");
        });
        g.leaf(Role::Verse, marked(&format!("One line{ATOM}another"), &[]), "");
        g.group(Role::Notes, Detail::None, |g| {
            let body = g.group(Role::Note, Detail::Note(NoteId(0)), |g| {
                g.say(Role::BodyFirst, "The body of the note.");
            });
            g.tree.nodes[body.0 as usize].anchor = Some(Anchor("note-1".into()));
            g.tree.anchors.insert(Anchor("note-1".into()), Locus { leaf: body, offset: 0 });
            g.tree.notes.push(Note { label: "1".into(), body, calls: vec![calls] });
        });
    });
    g.section(SectionKind::Chapter, Matter::Main, "second", "The second", |g| {
        g.leaf(Role::ChapterTitle, Text::plain("The second"), "second");
        let mut text = marked(
            &format!("See page {ATOM} and the map."),
            &[("the map", Mark::Link(Link::Inside(Anchor("map".into()))))],
        );
        text.atoms[0].atom = Atom::PageRef { to: Anchor("map".into()), label: "Figure 1".into() };
        g.leaf(Role::BodyFirst, text, "");
        g.say(Role::Body, &"words that fill a paragraph over the end of a page ".repeat(12));
    });
    g.section(SectionKind::Index, Matter::Back, "index", "Index", |g| {
        g.leaf(Role::ListTitle, Text::plain("Index"), "index-title");
        g.say(Role::IndexLetter, "M");
        for (depth, text) in [(0, "map"), (1, "of roads"), (1, "of towns"), (0, "measure")] {
            let mut text = Text::plain(format!("{text}, {ATOM}"));
            let at = text.string.find(ATOM).unwrap() as u32;
            text.atoms.push(AtomAt { at, atom: Atom::PageRef { to: Anchor("map".into()), label: "1".into() } });
            g.leaf(Role::IndexEntry(depth), text, "");
        }
    });
    (g.tree, pictures)
}

/// A page at the title page, one within the first paragraph, one at the picture, one within the last.
fn pages(tree: &Tree) -> PageMap {
    let leaf = |wanted: &str| {
        let at = tree.nodes.iter().position(|node| node.text().is_some_and(|text| text.string.starts_with(wanted)));
        NodeId(at.unwrap() as u32)
    };
    let picture = tree.place_of(&Anchor("map".into())).unwrap().leaf;
    let places = [
        ("i", NodeId(0), 0),
        ("1", leaf("The first"), 0),
        ("2", leaf("Plain"), 14),
        ("3", picture, 0),
        ("4", leaf("words"), 103),
    ];
    let start = |(label, leaf, offset): (&str, NodeId, u32)| (label.to_owned(), Locus { leaf, offset });
    let mut starts: Vec<_> = places.into_iter().map(start).collect();
    starts.sort_by_key(|(_, at)| *at);
    PageMap {
        starts: starts.into_iter().enumerate().map(|(index, (label, at))| PageStart { at, label, index }).collect(),
    }
}

fn book(tree: &Tree, pictures: &Pictures, pages: Option<&PageMap>) -> Vec<u8> {
    let theme = Theme::default();
    let material = super::Material::gather(tree, &theme, &Faces::with(vec![]), pictures);
    write(tree, &theme, pictures, pages, material, &mut Sink::new()).unwrap()
}

fn text_of(entries: &[(String, bool, Vec<u8>)], name: &str) -> String {
    let found = entries.iter().find(|entry| entry.0 == format!("OEBPS/{name}")).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(found.2.clone()).unwrap()
}

/// The text of an XHTML body by the rules of `xhtml.rs`; panics where elements do not nest.
pub fn shown_text(xhtml: &str) -> String {
    let body = &xhtml[xhtml.find("<body").unwrap()..];
    let (mut out, mut open) = (String::new(), Vec::<(String, bool)>::new());
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        let is_made = open.iter().any(|(_, made)| *made);
        let is_between_blocks =
            text.contains('\n') && text.trim().is_empty() && !open.iter().any(|(name, _)| name == "pre");
        if !is_made && !is_between_blocks {
            out.push_str(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        }
        let end = tag.find('>').unwrap();
        let (inner, after) = (&tag[1..end], &tag[end + 1..]);
        let name: String = inner.chars().take_while(|c| !c.is_whitespace() && *c != '/').collect();
        if let Some(closed) = inner.strip_prefix('/') {
            assert_eq!(open.pop().map(|(name, _)| name).as_deref(), Some(closed), "in {out}");
        } else if !inner.ends_with('/') {
            let class = inner.split("class=\"").nth(1).and_then(|class| class.split('"').next()).unwrap_or_default();
            let is_made = class.split(' ').any(|class| MADE_CLASSES.contains(&class));
            open.push((name, is_made || inner.contains("hidden=")));
        }
        rest = after;
        if open.is_empty() {
            break;
        }
    }
    out
}

#[test]
fn the_archive_begins_as_epub_asks_and_is_the_same_twice() {
    let (tree, pictures) = everything();
    let map = pages(&tree);
    let first = book(&tree, &pictures, Some(&map));
    let entries = package::entries(&first);
    assert_eq!(entries[0], ("mimetype".to_owned(), true, b"application/epub+zip".to_vec()));
    assert_eq!(&first[30..58], b"mimetypeapplication/epub+zip");
    assert_eq!(first, book(&tree, &pictures, Some(&map)));
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| book(&tree, &pictures, Some(&map))) == first, "{threads} threads");
    }
    let mut names: Vec<&str> = entries.iter().map(|entry| entry.0.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), entries.len());
}

#[test]
fn the_text_is_the_tree_s() {
    let (tree, pictures) = everything();
    for map in [None, Some(pages(&tree))] {
        let entries = package::entries(&book(&tree, &pictures, map.as_ref()));
        for section in &tree.sections {
            let name = if section.kind == SectionKind::Contents { "nav" } else { &section.file_stem };
            let leaves =
                tree.nodes[section.nodes.start as usize..section.nodes.end as usize].iter().filter_map(Node::text);
            let wanted: String = leaves.map(|text| text.string.replace(ATOM, "")).collect();
            assert_eq!(shown_text(&text_of(&entries, &format!("{name}.xhtml"))), wanted, "{name}");
        }
    }
}

#[test]
fn every_anchor_stands_once_and_every_link_finds_one() {
    let (tree, pictures) = everything();
    let map = pages(&tree);
    let entries = package::entries(&book(&tree, &pictures, Some(&map)));
    let files: Vec<(&str, String)> = entries
        .iter()
        .filter(|entry| entry.0.ends_with(".xhtml") || entry.0.ends_with(".ncx"))
        .map(|entry| (entry.0.trim_start_matches("OEBPS/"), String::from_utf8(entry.2.clone()).unwrap()))
        .collect();
    let values = |text: &str, name: &str| -> Vec<String> {
        text.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    for anchor in tree.anchors.keys() {
        let times: usize =
            files.iter().map(|(_, text)| values(text, "id").iter().filter(|id| **id == *anchor.0).count()).sum();
        let is_line_of_contents = anchor.0.starts_with("contents-title");
        assert!(times == 1 || is_line_of_contents, "{anchor} stands {times} times");
    }
    for (file, text) in &files {
        for link in values(text, "href").into_iter().chain(values(text, "src")) {
            if link.contains("://") || !link.contains(".xhtml") && !link.contains('#') {
                continue;
            }
            let (name, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = if name.is_empty() { file } else { &name };
            let target = files.iter().find(|(name, _)| name == target).unwrap_or_else(|| panic!("{file} → {link}"));
            assert!(fragment.is_empty() || values(&target.1, "id").iter().any(|id| id == fragment), "{file} → {link}");
        }
    }
}

#[test]
fn pages_are_marked_where_they_begin() {
    let (tree, pictures) = everything();
    let map = pages(&tree);
    let entries = package::entries(&book(&tree, &pictures, Some(&map)));
    let first = text_of(&entries, "first.xhtml");
    // Offset 14 lies in “emphatic”: the mark moves to the next word, out of the emphasis.
    assert!(
        first.contains("</strong></em>, <span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-2\""),
        "{first}"
    );
    let picture = first.find("id=\"page-3\"").unwrap();
    assert!(picture < first.find("<img").unwrap());
    let nav = text_of(&entries, "nav.xhtml");
    for start in &map.starts {
        assert!(nav.contains(&format!("#page-{}\">{}</a>", start.label, start.label)), "{}", start.label);
    }
    let opf = text_of(&entries, "content.opf");
    assert!(opf.contains("pageBreakMarkers") && opf.contains("pageBreakSource"));
    let without = package::entries(&book(&tree, &pictures, None));
    assert!(!text_of(&without, "content.opf").contains("ageBreak"));
    assert!(!text_of(&without, "nav.xhtml").contains("page-list"));
    assert!(text_of(&without, "second.xhtml").contains(">Figure 1</a>"));
    assert!(text_of(&entries, "second.xhtml").contains(">3</a>"));
}

#[test]
fn headings_do_not_skip_and_notes_lead_back() {
    let (tree, pictures) = everything();
    let entries = package::entries(&book(&tree, &pictures, None));
    let first = text_of(&entries, "first.xhtml");
    assert!(first.contains("<h1 class=\"chapter-title\" id=\"first\">The first</h1>"));
    assert!(first.contains("<h2 class=\"heading-3\" id=\"skips\">"));
    assert!(first.contains("href=\"#note-1\" id=\"first-call\">1</a>"));
    assert!(first.contains("href=\"#first-call\" aria-label=\"1. Back to the text\">1</a>"));
    assert!(first.contains("<ol class=\"ordered-list tight\" start=\"3\">"));
    assert!(first.contains("<li class=\"item\" value=\"9\">"));
    assert!(first.contains("<th class=\"cell align-end\" scope=\"col\">Year</th>"));
    assert!(first.contains("<th class=\"cell align-end\" scope=\"row\">1992</th>"));
    assert!(first.contains("<span lang=\"az\" xml:lang=\"az\">Xocalı</span>"));
}

#[test]
fn what_stands_over_a_text_is_not_parted_from_it() {
    let (tree, pictures) = everything();
    let entries = package::entries(&book(&tree, &pictures, None));
    let css = text_of(&entries, "stylesheet.css");
    for class in [".chapter-title {", ".admonition-title {"] {
        let rule = css.lines().find(|line| line.starts_with(class)).unwrap_or_else(|| panic!("{class}"));
        assert!(rule.contains("break-after: avoid"), "{rule}");
    }
}

#[test]
fn a_long_section_is_cut_at_headings_and_links_still_hold() {
    let mut g = Grower::new();
    g.section(SectionKind::Chapter, Matter::Main, "long", "Long", |g| {
        g.leaf(Role::ChapterTitle, Text::plain("Long"), "long");
        for part in 0..9 {
            g.leaf(Role::Heading(1), Text::plain(format!("Part {part}")), &format!("part-{part}"));
            g.say(Role::Body, &"many words ".repeat(8000));
        }
        g.leaf(
            Role::Body,
            marked("back to the start", &[("the start", Mark::Link(Link::Inside(Anchor("part-0".into()))))]),
            "",
        );
    });
    let entries = package::entries(&book(&g.tree, &Pictures::default(), None));
    let sizes: Vec<(String, usize)> = entries
        .iter()
        .filter(|entry| entry.0.starts_with("OEBPS/long"))
        .map(|entry| (entry.0.clone(), entry.2.len()))
        .collect();
    assert_eq!(sizes.len(), 3, "{sizes:?}");
    assert!(sizes.iter().all(|(_, size)| *size < 310_000), "{sizes:?}");
    assert!(text_of(&entries, "long-3.xhtml").contains("href=\"long.xhtml#part-0\""));
    assert!(text_of(&entries, "long-2.xhtml").contains("<h1 class=\"heading-1\""));
    assert!(text_of(&entries, "nav.xhtml").contains("href=\"long-3.xhtml#part-8\""));
}

#[test]
fn a_book_from_right_to_left_says_so() {
    let (mut tree, pictures) = everything();
    tree.metadata.language = Lang::parse("ar").unwrap();
    let entries = package::entries(&book(&tree, &pictures, None));
    assert!(text_of(&entries, "content.opf").contains("page-progression-direction=\"rtl\""));
    assert!(text_of(&entries, "first.xhtml").contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\""));
    assert!(text_of(&entries, "first.xhtml").contains("<span lang=\"az\" xml:lang=\"az\" dir=\"ltr\">"));
}

/// Writes the books of this file for the outside judges: `BIFOLIO_OUT=dir cargo test --lib epub -- --ignored`.
#[test]
#[ignore = "writes files for the outside judges"]
fn write_for_the_judges() {
    let Some(out) = std::env::var_os("BIFOLIO_OUT").map(std::path::PathBuf::from) else { return };
    let (tree, pictures) = everything();
    let map = pages(&tree);
    std::fs::write(out.join("everything.epub"), book(&tree, &pictures, Some(&map))).unwrap();
    std::fs::write(out.join("pageless.epub"), book(&tree, &pictures, None)).unwrap();
}
