//! What a book says of its cover: `[output.bifolio.cover]`.
//!
//! In:     nothing; `source/manifest_cover.rs` fills it.
//! Out:    [`CoverOrder`].
//! Absent: the texts of the back, which are Markdown.

use crate::asset::PictureId;
use crate::base::{Length, Span};

#[derive(Clone, Default, Debug)]
pub struct CoverOrder {
    /// The picture of the printed front, and where it is named; the e-book's cover serves where there is none.
    pub front: Option<(PictureId, Span)>,
    /// Where the picture of the e-book's cover is named.
    pub picture_at: Option<Span>,
    pub inks: CoverInks,
    pub barcode: Barcode,
    /// The five digits beside the bars: a currency and a price.
    pub price: Option<String>,
    /// As the printer's own template tells it.
    pub spine: Option<Length>,
    pub spine_text: SpineText,
    /// Where the back's text is written, for what is wrong with it.
    pub back_at: Option<Span>,
}

/// What a printed cover is printed with.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum CoverInks {
    #[default]
    Cmyk,
    Grey,
}

/// What stands where shops scan.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Barcode {
    /// The ISBN's bars; an empty box where there is no ISBN.
    #[default]
    Isbn,
    /// An empty box, for the printer's own.
    Box,
    None,
}

/// How the text of the spine runs.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum SpineText {
    /// From head to foot: readable where the book lies on its back (ISO 6357:1985, 4.2).
    #[default]
    Down,
    /// From foot to head, as in many books of continental Europe.
    Up,
    None,
}
