//! A book of a few items against the rules of a printer.

use super::*;
use crate::asset::{Picture, PictureFormat, PictureId};
use crate::base::{FileId, Lang};
use crate::book::{Matter, Metadata};
use crate::layout::PageMap;
use crate::layout::tree::{Anchor, Content, Detail, Node, Section, Text};
use crate::pdf::{Glyph, Point, Sheet};
use crate::press::{Colour, Press};
use crate::theme::{Bound, Color, Margins, Page};
use std::collections::BTreeMap;

fn leaf(id: u32, role: Role, text: &str) -> Node {
    Node {
        role,
        end: NodeId(id + 1),
        content: Content::Leaf(Text::plain(text)),
        detail: Detail::None,
        anchor: None,
        lang: None,
        classes: Vec::new(),
        at: Some(Span::new(FileId(0), 10 * id as usize, 10 * id as usize + 5)),
    }
}

/// A copyright page, a paragraph, a picture.
fn tree() -> Tree {
    let section = |kind, nodes: std::ops::Range<u32>| Section {
        kind,
        matter: Matter::Main,
        nodes,
        title: String::new(),
        label: String::new(),
        anchor: Anchor("a".into()),
        depth: 0,
        file_stem: String::new(),
        at: None,
    };
    Tree {
        metadata: Metadata { language: Lang::english(), ..Metadata::default() },
        nodes: vec![
            leaf(0, Role::Imprint, "Printed in Kars on acid-free paper. A transfscript."),
            leaf(1, Role::Body, "Words."),
            leaf(2, Role::Body, "A picture."),
        ],
        sections: vec![section(SectionKind::Copyright, 0..1), section(SectionKind::Chapter, 1..3)],
        notes: Vec::new(),
        outline: Vec::new(),
        anchors: BTreeMap::new(),
    }
}

fn run(x: f64, y: f64, size: f64, width: f64) -> Placed {
    let glyph = Glyph { id: 1, advance: Length::pt(width).sp() as i32, dx: 0, dy: 0, cluster: 0 };
    let run = Run {
        x: Length::ZERO,
        rise: Length::ZERO,
        face: crate::asset::FaceId(0),
        size: Length::pt(size),
        color: Color::BLACK,
        stretch: 1.0,
        glyphs: vec![glyph],
        source: RunSource::Leaf { leaf: NodeId(1), range: 0..5 },
        strike: false,
        underline: false,
        ground: None,
    };
    let at = Point { x: Length::pt(x), y: Length::pt(y) };
    Placed { at, owner: Owner::Node(NodeId(1)), shape: Shape::Run(run) }
}

/// What a printer says of a page with some items, by code, with the place in the manuscript.
fn told(press: Press, count: usize, items: Vec<Placed>) -> Vec<(&'static str, Option<u32>)> {
    told_for(press, count, items, &Order::default())
}

fn told_for(press: Press, count: usize, items: Vec<Placed>, order: &Order) -> Vec<(&'static str, Option<u32>)> {
    let tree = tree();
    let mut pictures = Pictures::default();
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>\
                   <path d='M0 0h90' stroke='black' stroke-width='.5'/><text y='50' font-size='5'>small</text></svg>";
    for (path, format, width, bytes) in
        [("a.png", PictureFormat::Png, 500, &b""[..]), ("b.svg", PictureFormat::Svg, 200, drawing.as_bytes())]
    {
        let (bytes, path) = (bytes.into(), path.to_owned());
        pictures.add(Picture { path, bytes, format, width, height: 100, orientation: 1, dpi: None });
    }
    let margin = Length::inch(0.75);
    let margins = Margins { inner: margin, top: margin, outer: margin, bottom: margin };
    let pages = Pages {
        page: Page { width: Length::inch(6.0), height: Length::inch(9.0), margins, bound: Bound::Left },
        sheets: vec![Sheet { label: "1".into(), section: None, turned: false, items }],
        places: BTreeMap::new(),
        map: PageMap::default(),
    };
    let faces = Faces::with(Vec::new());
    let families = crate::theme::Theme::default().families;
    let proof = Proof {
        tree: &tree,
        pages: &pages,
        count,
        pictures: &pictures,
        faces: &faces,
        families: &families,
        printer: press.printer(),
        order,
    };
    let mut sink = Sink::new();
    preflight(&proof, &mut sink);
    sink.list().iter().map(|told| (told.code, told.at.map(|at| at.start))).collect()
}

fn picture(id: u32, width: f64) -> Placed {
    let (width, height) = (Length::pt(width), Length::pt(50.0));
    let at = Point { x: Length::pt(100.0), y: Length::pt(100.0) };
    Placed { at, owner: Owner::Node(NodeId(2)), shape: Shape::Picture { picture: PictureId(id), width, height } }
}

#[test]
fn a_sound_page_is_not_blamed() {
    assert_eq!(told(Press::Kdp, 200, vec![run(60.0, 100.0, 10.0, 300.0), picture(0, 120.0)]), []);
}

#[test]
fn sizes_and_page_counts_out_of_range_are_told() {
    assert_eq!(told(Press::Kdp, 10, Vec::new()), [("press.pages", None)]);
    assert_eq!(told(Press::Kdp, 830, Vec::new()), [("press.pages", None)]);
    assert_eq!(told(Press::Bod, 200, Vec::new()), [("press.trim", None)]);
    assert_eq!(told(Press::PdfX4, 3, Vec::new()), []);
}

#[test]
fn what_the_knife_may_cut_is_told_with_its_place() {
    // 300 pt from 110 pt on a page of 432 pt: 22 pt from the edge, where IngramSpark wants 36.
    let wide = || vec![run(110.0, 100.0, 10.0, 300.0)];
    assert!(told(Press::Ingram, 200, wide()).contains(&("press.safety", Some(10))));
    assert_eq!(told(Press::Kdp, 200, wide()), []);
    // Of each page what reaches farthest is told, not every line.
    let twice = vec![run(110.0, 100.0, 10.0, 290.0), picture(0, 320.0), run(110.0, 120.0, 10.0, 310.0)];
    let told_of = told(Press::Ingram, 200, twice).into_iter().filter(|told| told.0 == "press.safety");
    assert_eq!(told_of.collect::<Vec<_>>(), [("press.safety", Some(20))]);
    // Eight hundred pages bend deeper into the spine.
    assert_eq!(told(Press::Kdp, 800, vec![run(50.0, 100.0, 10.0, 300.0)]), [("press.safety", Some(10))]);
}

#[test]
fn small_type_and_coarse_pictures_are_told() {
    assert_eq!(told(Press::Kdp, 200, vec![run(60.0, 100.0, 6.0, 90.0)]), [("press.text", Some(10))]);
    // 500 pixels over 144 points are 250 to the inch.
    assert_eq!(told(Press::Kdp, 200, vec![picture(0, 144.0)]), [("press.picture", Some(20))]);
    assert_eq!(told(Press::Kdp, 200, vec![picture(1, 200.0)]), [("press.rule", Some(20)), ("press.text", Some(20))]);
    assert!(told(Press::Ingram, 200, vec![picture(0, 60.0)]).contains(&("press.heavy", Some(20))));
}

#[test]
fn inks_that_a_paper_does_not_take_are_told() {
    let of = |colour, paper: Option<&str>| {
        let order = Order { colour, paper: paper.map(str::to_owned), ..Order::default() };
        told_for(Press::Kdp, 200, Vec::new(), &order)
    };
    assert_eq!(of(Colour::Cmyk, Some("cream")), [("press.inks", None)]);
    assert_eq!(of(Colour::Grey, Some("premium-color")), [("press.inks", None)]);
    // Who asks for colours alone gets a paper that takes them.
    assert_eq!(of(Colour::Cmyk, None), []);
    assert_eq!(of(Colour::Grey, None), []);
}

#[test]
fn phrases_are_found_as_words() {
    let found = told(Press::Ingram, 200, Vec::new());
    assert_eq!(found, [("press.phrase", Some(0))]);
}
