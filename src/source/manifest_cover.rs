//! `cover` and `[output.bifolio.cover]`: what a book says of its cover.
//!
//! In:     the table `[output.bifolio]`.
//! Out:    [`CoverKeys`]: a [`CoverOrder`], and the names of pictures and texts that are still to be read.
//! Faults: `config.color`, `config.length`, `config.choice`, `config.price`, `toml.*`.
//! Absent: files: `read_cover` reads them.

use super::manifest_edition::{choice, read_length};
use super::manifest_table::{Loose, Set, Table};
use crate::base::{Diagnostic, Length, Severity, Sink};
use crate::cover::{Barcode, CoverInks, CoverOrder, SpineText, bars};

/// What is written of the cover.
#[derive(Default, Debug)]
pub struct CoverKeys {
    /// The picture of the e-book's cover.
    pub picture: Option<Set<String>>,
    pub alt: Option<String>,
    /// The picture of the printed front.
    pub front: Option<Set<String>>,
    /// Markdown, or the name of a file of it.
    pub back: Option<Set<String>>,
    pub note: Option<Set<String>>,
    /// Red, green, blue.
    pub ground: Option<[u8; 3]>,
    pub accent: Option<[u8; 3]>,
    pub order: CoverOrder,
}

/// The widest spine that a book can have: a hand.
const WIDEST_SPINE: f64 = 300.0;

pub fn read_cover(edition: &Table, sink: &mut Sink) -> CoverKeys {
    let mut keys = CoverKeys::default();
    let Some(written) = edition.loose("cover") else { return keys };
    if let Loose::Text(_) = written.value {
        // The short form: the picture alone.
        keys.picture = edition.text("cover", sink);
        keys.order.picture_at = keys.picture.as_ref().map(|set| set.span);
        return keys;
    }
    let Some(table) = edition.table("cover", sink) else { return keys };
    keys.picture = table.text("picture", sink);
    keys.order.picture_at = keys.picture.as_ref().map(|set| set.span);
    keys.alt = table.text("alt", sink).map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty());
    keys.front = table.text("front", sink);
    keys.back = table.text("back", sink);
    keys.note = table.text("author-note", sink);
    let order = &mut keys.order;
    order.back_at = keys.back.as_ref().map(|set| set.span);
    keys.ground = read_color(&table, "ground", sink);
    keys.accent = read_color(&table, "accent", sink);
    order.inks =
        choice(&table, "inks", &[("cmyk", CoverInks::Cmyk), ("grey", CoverInks::Grey)], sink).unwrap_or_default();
    let barcodes = [("isbn", Barcode::Isbn), ("box", Barcode::Box), ("none", Barcode::None)];
    order.barcode = choice(&table, "barcode", &barcodes, sink).unwrap_or_default();
    let ways = [("down", SpineText::Down), ("up", SpineText::Up), ("none", SpineText::None)];
    order.spine_text = choice(&table, "spine-text", &ways, sink).unwrap_or_default();
    order.spine = read_length(&table, "spine", sink).filter(|width| {
        let is_spine = *width > Length::ZERO && width.to_pt() <= WIDEST_SPINE;
        if !is_spine {
            let told = Diagnostic::error("config.length", format!("no spine is {width} wide")).at(table.place("spine"));
            sink.push(told.hint("take the width from the printer's cover template: \"12.4mm\""));
        }
        is_spine
    });
    if let Some(price) = table.text_or_number("price", sink) {
        if bars::price(price.value.trim()).is_some() {
            order.price = Some(price.value.trim().to_owned());
        } else {
            let told = Diagnostic::error("config.price", format!("\"{}\" is no price for a barcode", price.value));
            sink.push(told.at(price.span).hint("write five digits: \"51499\" is 14.99 US dollars, \"90000\" no price"));
        }
    }
    table.close(Severity::Error, sink);
    keys
}

/// `#1d3540` or `#abc`.
fn read_color(table: &Table, key: &'static str, sink: &mut Sink) -> Option<[u8; 3]> {
    let written = table.text(key, sink)?;
    let color = color(written.value.trim());
    if color.is_none() {
        let told = Diagnostic::error("config.color", format!("\"{}\" is not a colour", written.value));
        sink.push(told.at(written.span).hint("write red, green and blue like \"#1d3540\""));
    }
    color
}

fn color(written: &str) -> Option<[u8; 3]> {
    let digits: Option<Vec<u8>> =
        written.strip_prefix('#')?.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    match digits?[..] {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r, s, g, h, b, c] => Some([r * 16 + s, g * 16 + h, b * 16 + c]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::Faces;
    use crate::base::Files;
    use crate::source::manifest;
    use std::path::Path;

    fn read(text: &str) -> (manifest::Manifest, Vec<Diagnostic>) {
        let (mut files, mut sink) = (Files::default(), Sink::new());
        let file = files.add(Path::new("book.toml"), text.to_owned());
        let manifest = manifest::read(text, file, &Faces::with(Vec::new()), &mut sink);
        (manifest, sink.list().to_vec())
    }

    #[test]
    fn a_cover_is_a_picture_or_a_table() {
        let (short, told) = read("[output.bifolio]\ncover = \"a.jpg\"\n");
        assert_eq!(short.cover.picture.map(|set| set.value).as_deref(), Some("a.jpg"));
        assert!(told.is_empty(), "{told:?}");
        let (long, told) = read(
            "[output.bifolio.cover]\npicture = \"a.jpg\"\nback = \"back.md\"\nground = \"#abc\"\nprice = 51499\n\
             barcode = \"box\"\nspine-text = \"up\"\nspine = \"12mm\"\ninks = \"grey\"\n",
        );
        assert!(told.is_empty(), "{told:?}");
        let order = &long.cover.order;
        assert_eq!(long.cover.ground, Some([0xaa, 0xbb, 0xcc]));
        assert_eq!((order.barcode, order.spine_text, order.inks), (Barcode::Box, SpineText::Up, CoverInks::Grey));
        assert_eq!((order.price.as_deref(), order.spine), (Some("51499"), Some(Length::mm(12.0))));
    }

    #[test]
    fn every_slip_of_it_is_told_at_its_place() {
        let (_, told) = read(
            "[output.bifolio.cover]\nbak = \"x\"\nground = \"green\"\nprice = \"14.99\"\nspine = \"0mm\"\nbarcode = \"ibsn\"\n",
        );
        let codes: Vec<&str> = told.iter().map(|told| told.code).collect();
        for code in ["toml.key", "config.color", "config.price", "config.length", "config.choice"] {
            assert!(codes.contains(&code), "{code} is not among {codes:?}");
        }
        assert!(told.iter().all(|told| told.at.is_some()), "{told:?}");
        assert!(told.iter().any(|told| told.hints.iter().any(|hint| hint.contains("back"))), "{told:?}");
    }
}
