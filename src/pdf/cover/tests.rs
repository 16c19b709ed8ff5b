use super::*;
use crate::asset::{Picture, PictureFormat};
use crate::base::Severity;
use crate::book::{Book, Contributor};
use crate::cover::{Barcode, SpineText};
use crate::layout;
use crate::pdf::sheet::Shape;
use crate::press::Spine;

/// A cover without a back, of a book with these metadata.
fn lay(metadata: Metadata, order: &CoverOrder, pictures: &Pictures, pages: usize, press: Press) -> (CoverSheet, Sink) {
    let (faces, theme) = (Faces::with(Vec::new()), Theme::default());
    let mut sink = Sink::new();
    let tree = layout::settle(&Book { metadata, ..Book::default() }, &theme, pictures, &mut sink);
    let spine = Spine::of(press, pages, None, None).width;
    let wrap = Wrap::new(press, (Length::inch(6.0), Length::inch(9.0)), spine, false);
    let binding = Binding { press, wrap, pages };
    let desk =
        CoverDesk { texts: &tree, has_back: false, has_note: false, theme: &theme, faces: &faces, pictures, order };
    (cover(desk, &binding, false, &mut sink), sink)
}

fn book() -> Metadata {
    Metadata {
        title: "The Keeper’s Almanac".to_owned(),
        authors: vec![Contributor { name: "A. Writer".to_owned(), role: "aut".to_owned(), file_as: None }],
        isbn_print: Some("9783161484100".to_owned()),
        ..Metadata::default()
    }
}

fn fills(sheet: &CoverSheet, color: Color) -> Vec<Area> {
    let items = sheet.layers.iter().flat_map(|layer| &layer.items);
    let areas = items.filter_map(|item| match item.shape {
        Shape::Fill { width, height, color: own } if own == color => {
            Some(Area { left: item.at.x, top: item.at.y, width, height })
        }
        Shape::Fill { .. } | Shape::Run(_) | Shape::Picture { .. } | Shape::Formula { .. } => None,
    });
    areas.collect()
}

#[test]
fn bars_are_of_a_size_that_scanners_read_and_stand_in_their_white_box() {
    for price in [None, Some("51499".to_owned())] {
        let order = CoverOrder { price: price.clone(), ..CoverOrder::default() };
        let (sheet, _) = lay(book(), &order, &Pictures::default(), 200, Press::Kdp);
        let boxes = fills(&sheet, Color::WHITE);
        assert_eq!(boxes.len(), 1);
        let bars = fills(&sheet, Color::BLACK);
        assert_eq!(bars.len(), if price.is_some() { 30 + 16 } else { 30 });
        assert!(bars.iter().all(|bar| boxes[0].holds(*bar)), "{price:?}");
        // GS1 General Specifications, 5.12.3.1: the module, and the height that belongs to it.
        let module = bars.iter().map(|bar| bar.width.to_mm()).fold(f64::INFINITY, f64::min);
        assert!((0.264..=0.66).contains(&module), "{price:?}: {module:.3} mm");
        let height = bars[0].height.to_mm();
        assert!(height >= 22.85 / 0.33 * module - 0.01, "{price:?}: {height:.2} mm");
        // The light margin left of the first bar.
        assert!((bars[0].left - boxes[0].left).to_mm() >= 11.0 * module - 0.01);
    }
}

#[test]
fn without_an_isbn_the_printers_box_is_left_and_without_a_barcode_nothing() {
    let metadata = Metadata { isbn_print: None, ..book() };
    let (sheet, _) = lay(metadata, &CoverOrder::default(), &Pictures::default(), 200, Press::Kdp);
    let boxes = fills(&sheet, Color::WHITE);
    assert_eq!((boxes[0].width, boxes[0].height), (Length::inch(2.0), Length::inch(1.2)));
    assert!(fills(&sheet, Color::BLACK).is_empty());
    let order = CoverOrder { barcode: Barcode::None, ..CoverOrder::default() };
    assert!(fills(&lay(book(), &order, &Pictures::default(), 200, Press::Kdp).0, Color::WHITE).is_empty());
}

fn turned(sheet: &CoverSheet) -> Option<&Layer> {
    sheet.layers.iter().find(|layer| layer.turn != Turn::Upright)
}

#[test]
fn a_spine_has_text_only_where_the_printer_allows_it() {
    let spine = |pages, spine_text| {
        let order = CoverOrder { spine_text, ..CoverOrder::default() };
        let (sheet, sink) = lay(book(), &order, &Pictures::default(), pages, Press::Kdp);
        (turned(&sheet).map(|layer| layer.turn), sink.list().iter().any(|told| told.code == "cover.spine"))
    };
    assert_eq!(spine(60, SpineText::Down), (None, true));
    assert!(matches!(spine(200, SpineText::Down), (Some(Turn::Down(_)), false)));
    assert!(matches!(spine(200, SpineText::Up), (Some(Turn::Up(_)), false)));
    assert_eq!(spine(200, SpineText::None), (None, false));
}

#[test]
fn type_of_the_spine_keeps_off_the_folds_at_any_thickness() {
    for pages in [90, 120, 300, 776] {
        let (sheet, _) = lay(book(), &CoverOrder::default(), &Pictures::default(), pages, Press::Kdp);
        let Some(layer) = turned(&sheet) else { continue };
        let half = sheet.wrap.safe_on_spine().width / 2;
        for item in &layer.items {
            let Shape::Run(run) = &item.shape else { continue };
            assert!(run.size >= Length::pt(7.0), "{pages} pages: {}", run.size);
            // Ascenders and descenders of book faces reach so far from the baseline.
            assert!(run.size.scale(0.75) - item.at.y <= half + Length::pt(0.05), "{pages} pages");
            assert!(run.size.scale(0.22) + item.at.y <= half + Length::pt(0.05), "{pages} pages");
        }
    }
}

#[test]
fn a_picture_fills_the_front_and_tells_when_it_is_coarse_or_cut() {
    let told = |width, height| {
        let mut pictures = Pictures::default();
        let id = pictures.add(Picture {
            path: "front.jpg".to_owned(),
            bytes: Vec::new().into(),
            format: PictureFormat::Jpeg,
            width,
            height,
            orientation: 1,
            dpi: None,
        });
        let metadata = Metadata { cover: Some(id), ..book() };
        let (sheet, sink) = lay(metadata, &CoverOrder::default(), &pictures, 200, Press::Kdp);
        let layer = sheet.layers.iter().find(|layer| layer.clip.is_some()).expect("a picture");
        let front = sheet.wrap.front_bled();
        assert_eq!(layer.clip, Some(front));
        let Shape::Picture { width, height, .. } = layer.items[0].shape else { panic!("no picture") };
        assert!(width >= front.width && height >= front.height);
        sink.list().iter().filter(|told| told.severity == Severity::Warning).map(|told| told.code).collect::<Vec<_>>()
    };
    // 6.125 × 9.25 in at 300 pixels to the inch.
    assert!(told(1838, 2775).is_empty());
    assert_eq!(told(800, 1208), ["cover.resolution"]);
    assert_eq!(told(4000, 3000), ["cover.shape"]);
}
