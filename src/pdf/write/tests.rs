//! A hand-made book of two pages: what a reader's software finds in the file.

use super::*;
use crate::asset::{FaceId, Picture, PictureFormat};
use crate::base::{Lang, Length};
use crate::book::{Align, Matter, Metadata};
use crate::layout::PageMap;
use crate::layout::tree::{
    Anchor, Atom, AtomAt, Content, Detail, Link, Locus, Mark, MarkedRange, Node, NodeId, Note, NoteId, OutlineEntry,
    PlacedPicture, Section, SectionId, SectionKind, Text,
};
use crate::pdf::{Furniture, Glyph, Owner, Place, Placed, Point, Run, RunSource, Shape, Sheet};
use crate::theme::{Bound, Color, Margins, Role};
use skrifa::MetadataProvider;
use std::collections::BTreeMap;

const SIZE: f64 = 10.0;

fn anchor(name: &str) -> Anchor {
    Anchor(name.into())
}

fn node(role: Role, end: u32, content: Content, detail: Detail) -> Node {
    Node { role, end: NodeId(end), content, detail, anchor: None, lang: None, classes: Vec::new(), at: None }
}

fn leaf(role: Role, id: u32, text: &str) -> Node {
    node(role, id + 1, Content::Leaf(Text::plain(text)), Detail::None)
}

/// Heading, paragraph with a link and a note call, a list, a table, a figure, a note.
fn tree() -> Tree {
    let cell = |id, text: &str, is_header| Node {
        detail: Detail::Cell { align: Align::Start, columns: 1, rows: 1, is_header },
        ..leaf(Role::Cell, id, text)
    };
    let call = "See the site for more\u{FFFC}.";
    let mut body = leaf(Role::Body, 1, call);
    if let Content::Leaf(text) = &mut body.content {
        text.marks.push(MarkedRange { range: 8..12, mark: Mark::Link(Link::Outside("https://example.org/".into())) });
        let atom = Atom::NoteCall { note: NoteId(0), anchor: anchor("call-1") };
        text.atoms.push(AtomAt { at: 21, atom });
    }
    let mut foreign = leaf(Role::Body, 2, "Слово");
    foreign.lang = Lang::parse("ru");
    let picture = PlacedPicture {
        picture: Some(crate::asset::PictureId(0)),
        alt: "A dot".into(),
        decorative: false,
        width: None,
    };
    let nodes = vec![
        Node { anchor: Some(anchor("one")), ..leaf(Role::ChapterTitle, 0, "One") },
        body,
        foreign,
        node(Role::List, 6, Content::Group, Detail::List { tight: true }),
        node(Role::Item, 6, Content::Group, Detail::Item { marker: "•".into(), task: None, value: None }),
        leaf(Role::Body, 5, "an item that is bro ken"),
        node(Role::Table, 11, Content::Group, Detail::Table { columns: vec![Align::Start] }),
        node(Role::HeadRow, 9, Content::Group, Detail::None),
        cell(8, "Head", true),
        node(Role::Row, 11, Content::Group, Detail::None),
        cell(10, "", false),
        node(Role::Figure, 14, Content::Group, Detail::None),
        node(Role::Picture, 13, Content::Picture(picture), Detail::None),
        leaf(Role::Caption, 13, "A figure"),
        node(Role::Notes, 17, Content::Group, Detail::None),
        Node { anchor: Some(anchor("note-1")), ..node(Role::Note, 17, Content::Group, Detail::Note(NoteId(0))) },
        leaf(Role::Body, 16, "The note."),
    ];
    let section = Section {
        kind: SectionKind::Chapter,
        matter: Matter::Main,
        nodes: 0..nodes.len() as u32,
        title: "One".into(),
        label: String::new(),
        anchor: anchor("one"),
        depth: 0,
        file_stem: "one".into(),
        at: None,
    };
    let locus = |leaf, offset| Locus { leaf: NodeId(leaf), offset };
    let entry = |depth, title: &str| OutlineEntry {
        depth,
        title: title.into(),
        label: String::new(),
        anchor: anchor("one"),
        section: SectionId(0),
        node: NodeId(0),
    };
    Tree {
        metadata: Metadata { title: "A & B".into(), modified: "2026-11-22T00:00:00Z".into(), ..Metadata::default() },
        nodes,
        sections: vec![section],
        notes: vec![Note { label: "1".into(), body: NodeId(15), calls: vec![locus(1, 21)] }],
        outline: vec![entry(0, "One"), entry(1, "Úñder")],
        anchors: BTreeMap::from([
            (anchor("one"), locus(0, 0)),
            (anchor("note-1"), locus(15, 0)),
            (anchor("call-1"), locus(1, 21)),
        ]),
    }
}

struct Setter {
    faces: Faces,
    face: FaceId,
}

impl Setter {
    fn new() -> Setter {
        let faces = Faces::with(Vec::new());
        let face = faces.find("Literata", 400, false).expect("bundled");
        Setter { faces, face }
    }

    /// One glyph a character, without kerning, every space a little wide.
    fn run(&self, text: &str, source: RunSource) -> Run {
        let bytes = self.faces.get(self.face).bytes();
        let font = skrifa::FontRef::new(&bytes).expect("a font");
        let size = Length::pt(SIZE);
        let advances =
            font.glyph_metrics(skrifa::instance::Size::new(1000.0), skrifa::instance::LocationRef::default());
        let glyphs = text.char_indices().map(|(at, character)| {
            let id = font.charmap().map(character).expect("a glyph");
            let wide = if character == ' ' { 333.3 } else { 0.0 };
            let advance = size.scale((f64::from(advances.advance_width(id).expect("an advance")) + wide) / 1000.0);
            Glyph { id: id.to_u32() as u16, advance: advance.sp() as i32, dx: 0, dy: 0, cluster: at as u32 }
        });
        Run {
            x: Length::ZERO,
            rise: Length::ZERO,
            face: self.face,
            size,
            color: Color::BLACK,
            stretch: 1.0,
            glyphs: glyphs.collect(),
            source,
            strike: false,
            underline: false,
            ground: None,
        }
    }

    fn leaf(&self, tree: &Tree, leaf: u32, range: std::ops::Range<u32>) -> Shape {
        let text = glyphs::leaf_string(tree, NodeId(leaf));
        let piece = &text[range.start as usize..range.end as usize];
        Shape::Run(self.run(piece, RunSource::Leaf { leaf: NodeId(leaf), range: range.clone() }))
    }
}

fn at(x: f64, y: f64) -> Point {
    Point { x: Length::pt(x), y: Length::pt(y) }
}

fn put(x: f64, y: f64, owner: Owner, shape: Shape) -> Placed {
    Placed { at: at(x, y), owner, shape }
}

fn pages(tree: &Tree, setter: &Setter) -> Pages {
    let own = |node| Owner::Node(NodeId(node));
    let leaf = |node, range| setter.leaf(tree, node, range);
    let made = |text: &str| Shape::Run(setter.run(text, RunSource::Made(text.into())));
    let hyphen = Shape::Run(setter.run("-", RunSource::Hyphen { leaf: NodeId(5), at: 19 }));
    let label = RunSource::Atom { leaf: NodeId(1), at: 21, text: "1".into() };
    let first = vec![
        put(50.0, 30.0, Owner::Furniture(Furniture::RunningHead), made("Head")),
        put(50.0, 80.0, own(0), leaf(0, 0..3)),
        put(50.0, 100.0, own(1), leaf(1, 0..8)),
        put(95.0, 100.0, own(1), leaf(1, 8..12)),
        put(50.0, 114.0, own(1), leaf(1, 13..21)),
        put(110.0, 114.0, own(1), Shape::Run(setter.run("1", label))),
        put(115.0, 114.0, own(1), leaf(1, 24..25)),
        put(50.0, 128.0, own(2), leaf(2, 0..10)),
        put(50.0, 142.0, Owner::Marker(NodeId(4)), made("•")),
        put(60.0, 142.0, own(5), leaf(5, 0..19)),
        put(150.0, 142.0, own(5), hyphen),
        put(
            50.0,
            500.0,
            Owner::Furniture(Furniture::Decoration),
            Shape::Fill { width: Length::pt(40.0), height: Length::pt(0.5), color: Color::grey(100) },
        ),
        put(50.0, 510.0, Owner::Marker(NodeId(15)), made("1")),
        put(60.0, 510.0, own(16), leaf(16, 0..9)),
    ];
    let picture =
        Shape::Picture { picture: crate::asset::PictureId(0), width: Length::pt(30.0), height: Length::pt(20.0) };
    let second = vec![
        put(60.0, 80.0, own(5), leaf(5, 20..23)),
        put(60.0, 100.0, own(8), leaf(8, 0..4)),
        put(60.0, 120.0, own(12), picture),
        put(60.0, 160.0, own(13), leaf(13, 0..8)),
        put(60.0, 560.0, Owner::Furniture(Furniture::Folio), made("2")),
    ];
    let sheet = |label: &str, items| Sheet { label: label.into(), section: Some(SectionId(0)), turned: false, items };
    let place = |sheet, y| Place { sheet, at: at(50.0, y) };
    let margins = Margins { inner: Length::ZERO, top: Length::ZERO, outer: Length::ZERO, bottom: Length::ZERO };
    Pages {
        page: crate::theme::Page { width: Length::inch(6.0), height: Length::inch(9.0), margins, bound: Bound::Left },
        sheets: vec![sheet("i", first), sheet("2", second)],
        places: BTreeMap::from([
            (anchor("one"), place(0, 70.0)),
            (anchor("note-1"), place(0, 500.0)),
            (anchor("call-1"), place(0, 105.0)),
        ]),
        map: PageMap::default(),
    }
}

fn pictures() -> Pictures {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let dot = image::RgbaImage::from_fn(9, 6, |x, y| image::Rgba([200, (x * 20) as u8, (y * 30) as u8, 100 + x as u8]));
    dot.write_to(&mut bytes, image::ImageFormat::Png).expect("encoded");
    let mut pictures = Pictures::default();
    pictures.add(Picture {
        path: "dot.png".into(),
        bytes: bytes.into_inner().into(),
        format: PictureFormat::Png,
        width: 9,
        height: 6,
        orientation: 1,
        dpi: None,
    });
    pictures
}

/// The reading PDF.
fn written(pages: &Pages, tree: &Tree, setter: &Setter, pictures: &Pictures, sink: &mut Sink) -> Vec<u8> {
    let theme = Theme::design("classic").expect("the default design");
    let standards = crate::press::Standards::default();
    let form = Form::Reading(&standards);
    let material = Material::gather(form, tree, &theme, &setter.faces, pictures).expect("gathered");
    write(form, pages, tree, &setter.faces, pictures, material, sink).expect("written")
}

fn book() -> (Vec<u8>, lopdf::Document) {
    let (tree, setter) = (tree(), Setter::new());
    let pages = pages(&tree, &setter);
    let mut sink = Sink::new();
    let file = written(&pages, &tree, &setter, &pictures(), &mut sink);
    assert!(sink.list().is_empty(), "{:?}", sink.list());
    if let Ok(path) = std::env::var("BIFOLIO_KEEP") {
        std::fs::write(path, &file).expect("kept");
    }
    let document = lopdf::Document::load_mem(&file).expect("readable");
    (file, document)
}

fn dictionaries(document: &lopdf::Document) -> impl Iterator<Item = &Dictionary> {
    document.objects.values().filter_map(|object| object.as_dict().ok())
}

fn elements<'a>(document: &'a lopdf::Document, role: &str) -> Vec<&'a Dictionary> {
    let is_role =
        |own: &Dictionary| own.has(b"P") && own.get(b"S").and_then(Object::as_name).ok() == Some(role.as_bytes());
    dictionaries(document).filter(|own| is_role(own)).collect()
}

#[test]
fn every_kind_of_content_is_tagged() {
    let (_, document) = book();
    for (role, count) in [
        ("H1", 1),
        ("P", 4),
        ("L", 1),
        ("LI", 1),
        ("LBody", 1),
        ("Lbl", 2),
        ("Table", 1),
        ("THead", 1),
        ("TBody", 1),
        ("TR", 2),
        ("TH", 1),
        ("TD", 1),
        ("Figure", 1),
        ("Caption", 1),
        ("Note", 1),
        ("Reference", 1),
        ("Link", 3),
    ] {
        assert_eq!(elements(&document, role).len(), count, "{role}");
    }
    let figure = elements(&document, "Figure")[0];
    assert_eq!(figure.get(b"Alt").and_then(Object::as_str).expect("words"), b"A dot");
}

#[test]
fn text_comes_back_as_written() {
    let (_, document) = book();
    let content = document.get_pages().into_values().map(|page| document.get_page_content(page)).collect::<Vec<_>>();
    let first = String::from_utf8_lossy(&content[0]);
    assert!(first.contains("/ActualText<FEFF00AD>"), "the hyphen at the line's end: {first}");
    let words = document.extract_text(&[1]).expect("text");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // The space between the lines is in the text, though no glyph of the lines shows it.
    assert!(words.contains("the site for more"), "{words}");
}

#[test]
fn links_lead_to_names_and_addresses() {
    let (_, document) = book();
    let links: Vec<&Dictionary> = dictionaries(&document)
        .filter(|own| own.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Link"))
        .collect();
    assert_eq!(links.len(), 3);
    let has_words =
        |link: &Dictionary| link.get(b"Contents").and_then(Object::as_str).is_ok_and(|words| !words.is_empty());
    assert!(links.iter().all(|link| has_words(link) && link.has(b"StructParent")));
    let goals: Vec<&[u8]> = links.iter().filter_map(|link| link.get(b"Dest").and_then(Object::as_str).ok()).collect();
    assert!(goals.contains(&b"note-1".as_slice()) && goals.contains(&b"call-1".as_slice()), "{goals:?}");
}

#[test]
fn the_same_book_makes_the_same_bytes() {
    let (first, _) = book();
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let (second, _) = one_thread.install(book);
    assert!(first == second);
}

#[test]
fn a_damaged_picture_is_reported_and_left_out() {
    let (tree, setter) = (tree(), Setter::new());
    let pages = pages(&tree, &setter);
    let mut damaged = Pictures::default();
    let mut picture = pictures().get(crate::asset::PictureId(0)).clone();
    let mut bytes = picture.bytes.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    picture.bytes = bytes.into();
    damaged.add(picture);
    let mut sink = Sink::new();
    written(&pages, &tree, &setter, &damaged, &mut sink);
    assert_eq!(sink.list().len(), 1);
    assert_eq!(sink.list()[0].code, "picture.decode");
}

#[test]
fn a_space_without_a_width_does_not_move_what_follows() {
    let (tree, setter) = (tree(), Setter::new());
    let mut pages = pages(&tree, &setter);
    let mut space = setter.run(" ", RunSource::Leaf { leaf: NodeId(1), range: 3..4 });
    space.glyphs[0].advance = 0;
    let place = |shape| put(50.0, 100.0, Owner::Node(NodeId(1)), shape);
    let word = setter.leaf(&tree, 1, 4..7);
    pages.sheets[0].items = vec![place(Shape::Run(space)), place(word)];
    let file = written(&pages, &tree, &setter, &pictures(), &mut Sink::new());
    let document = lopdf::Document::load_mem(&file).expect("readable");
    let content = document.get_page_content(document.get_pages()[&1]);
    assert!(String::from_utf8_lossy(&content).contains("0 0 Td"), "{}", String::from_utf8_lossy(&content));
}
