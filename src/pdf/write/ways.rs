//! Where links, bookmarks and names lead: to a place on a page and, in PDF 2.0, to the element that stands there.
//!
//! In:     the places and loci of the anchors, the numbers of pages and elements.
//! Out:    destinations (ISO 32000-1, 12.3.2) and structure destinations (ISO 32000-2, 12.3.2.3).
//! Absent: what leads there.
//!
//! PDF/UA-2 wants every way inside the book to end at an element (ISO 14289-2, 8.8), so that a voice goes on from there.
//! The place on the page stands beside it, for viewers that know nothing of elements.

use super::content::milli;
use super::structure::Numbers;
use super::tags::Tags;
use crate::layout::tree::{Anchor, Locus};
use crate::pdf::{Pages, Place};
use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use std::collections::BTreeMap;

pub struct Ways<'a> {
    pub pages: &'a Pages,
    /// The pages, by sheet.
    pub numbers: &'a [ObjectId],
    /// For PDF 2.0.
    pub elements: Option<Elements<'a>>,
}

/// What stands at the anchors.
pub struct Elements<'a> {
    pub tags: &'a Tags<'a>,
    pub numbers: &'a Numbers,
    pub loci: &'a BTreeMap<Anchor, Locus>,
}

impl Ways<'_> {
    /// A destination: the page, its left edge kept, the place at the top, the zoom as it is.
    fn on_page(&self, place: &Place) -> Option<Object> {
        let page = *self.numbers.get(place.sheet)?;
        let [left, top] = self.corner(place);
        Some(vec![page.into(), "XYZ".into(), left, top, Object::Null].into())
    }

    fn corner(&self, place: &Place) -> [Object; 2] {
        let top = milli(self.pages.page.height - place.at.y) as f32 / 1000.0;
        let left = milli(place.at.x) as f32 / 1000.0;
        [left.into(), top.into()]
    }

    /// The element at an anchor, shown where it begins.
    fn at_element(&self, anchor: &Anchor, place: &Place) -> Option<Object> {
        let elements = self.elements.as_ref()?;
        let element = elements.tags.at(*elements.loci.get(anchor)?)?;
        // The corner is on the page where the element begins; a place further on is left to the viewer.
        let begins_here = elements.tags.sheet(element) == Some(place.sheet);
        let [left, top] = if begins_here { self.corner(place) } else { [Object::Null, Object::Null] };
        let number = elements.numbers.of(element)?;
        Some(vec![number.into(), "XYZ".into(), left, top, Object::Null].into())
    }

    /// What a name stands for.
    pub fn named(&self, anchor: &Anchor, place: &Place) -> Option<Object> {
        let page = self.on_page(place)?;
        match self.at_element(anchor, place) {
            Some(element) => Some(dictionary! { "D" => page, "SD" => element }.into()),
            None => Some(page),
        }
    }

    /// How a bookmark leads to an anchor: the key of its dictionary, and the value.
    pub fn bookmark(&self, anchor: &Anchor) -> Option<(&'static str, Object)> {
        let place = self.pages.places.get(anchor)?;
        let page = self.on_page(place)?;
        match self.at_element(anchor, place) {
            Some(element) => Some(("A", action(page, element).into())),
            None => Some(("Dest", page)),
        }
    }

    /// How a link leads to an anchor.
    pub fn link(&self, anchor: &Anchor) -> (&'static str, Object) {
        let place = self.pages.places.get(anchor);
        match place.and_then(|place| self.at_element(anchor, place)) {
            Some(element) => ("A", action(name(anchor), element).into()),
            None => ("Dest", name(anchor)),
        }
    }
}

fn action(page: Object, element: Object) -> Dictionary {
    dictionary! { "S" => "GoTo", "D" => page, "SD" => element }
}

/// A string that names a destination.
fn name(anchor: &Anchor) -> Object {
    Object::String(anchor.to_string().into_bytes(), StringFormat::Literal)
}
