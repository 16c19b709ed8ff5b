//! `[output.bifolio]`: what a book says to this program.
//!
//! In:     the table, the faces there are.
//! Out:    metadata and theme of the [`Manifest`] changed as it says.
//! Faults: `config.isbn`, `config.trim`, `config.length`, `config.margins`, `config.font`, `config.role`, `config.date`,
//!         `config.choice`, `config.theme`, `math.macro`, `toml.key`.
//! Absent: files: the cover is loaded by `read`.

use super::identifier::{ROLES, grouped, isbn, role};
use super::manifest::Manifest;
use super::manifest_audit::read_audit;
use super::manifest_cover::read_cover;
use super::manifest_ebook::read_packaging;
use super::manifest_look::read_look;
use super::manifest_press::read_press;
use super::manifest_style::read_styles;
use super::manifest_table::{Loose, Set, Table};
use super::measure::{Extent, UNITS, date, extent, length};
use super::{Formulas, macros};
use crate::asset::Faces;
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Em, Length, Severity, Sink, Span};
use crate::book::Contributor;
use crate::theme::trim::{trim_named, trim_names};
use crate::theme::{Lists, Margins, Theme};

/// Trim sizes between these are pages; beyond them someone forgot a unit. From a miniature book to a newspaper.
const SMALLEST_PAGE: f64 = 144.0;
const LARGEST_PAGE: f64 = 2_000.0;
/// Sizes of body text, in points, that can be read and set.
const TEXT_SIZES: std::ops::RangeInclusive<f64> = 5.0..=36.0;
/// Space between capitals, in em: what is wider parts letters, not words.
const CAPS_TRACKINGS: std::ops::RangeInclusive<f64> = 0.0..=0.2;
/// Leading as a multiple of the text size: less overlaps, more falls apart.
const LEADINGS: std::ops::RangeInclusive<f64> = 0.9..=3.0;
/// The narrowest text block, in points: a dozen characters of body text.
const NARROWEST: f64 = 72.0;

pub fn read_edition(table: &Table, manifest: &mut Manifest, faces: &Faces, sink: &mut Sink) {
    read_metadata(table, manifest, sink);
    if let Some(name) = table.text("theme", sink) {
        read_theme(&name, manifest, sink);
    }
    // Each of these lets what stands after it follow: text size follows the trim, leading the text size.
    read_page(table, &mut manifest.theme, sink);
    read_families(table, &mut manifest.theme, faces, sink);
    read_sizes(table, &mut manifest.theme, sink);
    read_margins(table, &mut manifest.theme, sink);
    read_choices(table, &mut manifest.theme, sink);
    if let Some(audit) = table.table("audit", sink) {
        manifest.forbidden = read_audit(&audit, sink);
    }
    read_look(table, &mut manifest.theme, sink);
    read_styles(table, &mut manifest.theme, sink);
    read_math(table, manifest, sink);
    manifest.press = read_press(table, sink);
    table.close(Severity::Error, sink);
}

/// `math = true`, or `[output.bifolio.math]`.
fn read_math(table: &Table, manifest: &mut Manifest, sink: &mut Sink) {
    let Some(math) = table.table_of("math") else {
        if let Some(math) = table.bool("math", sink) {
            let halved = manifest.formulas.is_some_and(|formulas| formulas.halved);
            manifest.formulas = Some(if math { Formulas { halved, ..Formulas::ALL } } else { Formulas::NONE });
        }
        return;
    };
    table.accept(&["math"]);
    // Who names macros wants formulas.
    manifest.formulas = manifest.formulas.or(Some(Formulas::ALL));
    if let Some(named) = math.table("macros", sink) {
        manifest.options.macros = macros::of_table(&named, sink);
    }
    math.close(Severity::Error, sink);
}

fn read_metadata(table: &Table, manifest: &mut Manifest, sink: &mut Sink) {
    let text = |key, sink: &mut Sink| {
        table.text_or_number(key, sink).map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let texts = |key, sink: &mut Sink| table.texts(key, sink).into_iter().map(|text| text.value).collect::<Vec<_>>();
    let metadata = &mut manifest.metadata;
    metadata.subtitle = text("subtitle", sink);
    metadata.publisher = text("publisher", sink);
    metadata.rights = text("rights", sink);
    metadata.edition = text("edition", sink);
    metadata.version = text("version", sink);
    metadata.series = text("series", sink);
    metadata.series_number = text("series-number", sink);
    metadata.identifier = text("identifier", sink);
    metadata.cover_alt = text("cover-alt", sink);
    metadata.subjects = texts("subjects", sink);
    metadata.credits = texts("credits", sink);
    metadata.isbn_print = read_isbn(table, "isbn-print", sink);
    metadata.isbn_epub = read_isbn(table, "isbn-epub", sink);
    let shown = |key| table.text_of(key).and_then(grouped);
    metadata.isbn_print_shown = shown("isbn-print");
    metadata.isbn_epub_shown = shown("isbn-epub");
    if metadata.isbn_print.is_some() && metadata.isbn_print == metadata.isbn_epub {
        let told = Diagnostic::warning("config.isbn", "both editions have the same ISBN").at(table.place("isbn-epub"));
        sink.push(told.hint("each edition needs its own (ISBN Users' Manual, 4)"));
    }
    if let Some(written) = table.text_or_number("date", sink) {
        match date(&written.value) {
            Some((year, month, day)) => {
                metadata.modified = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
                metadata.date = Some(written.value.trim().to_owned());
            }
            None => {
                let told = Diagnostic::error("config.date", format!("\"{}\" is not a date", written.value));
                sink.push(told.at(written.span).hint("write \"2026\", \"2026-11\" or \"2026-11-22\""));
            }
        }
    }
    for person in table.tables("contributors", sink) {
        metadata.contributors.extend(read_person(&person, sink));
    }
    metadata.packaging = read_packaging(table, metadata, sink);
    manifest.cover = read_cover(table, sink);
    manifest.epub_css = table.text("epub-css", sink);
}

fn read_isbn(table: &Table, key: &'static str, sink: &mut Sink) -> Option<String> {
    let written = table.text_or_number(key, sink)?;
    match isbn(&written.value) {
        Ok(digits) => Some(digits),
        Err(why) => {
            let message = format!("{key} \"{}\" is not an ISBN: {why}", written.value);
            sink.push(
                Diagnostic::error("config.isbn", message)
                    .at(written.span)
                    .hint("copy it again, digit by digit, from where it was given"),
            );
            None
        }
    }
}

fn read_person(person: &Set<Table>, sink: &mut Sink) -> Option<Contributor> {
    let table = &person.value;
    let name = table.text("name", sink);
    let written = table.text("role", sink);
    let file_as = table.text("file-as", sink).map(|text| text.value);
    table.close(Severity::Error, sink);
    let code = match &written {
        None => "ctb".to_owned(),
        Some(written) => role(&written.value).unwrap_or_else(|| {
            let told = Diagnostic::error("config.role", format!("unknown role \"{}\"", written.value)).at(written.span);
            let word = written.value.to_lowercase();
            sink.push(match nearest(&word, ROLES.iter().map(|(name, _)| *name)) {
                Some(near) => told.hint(format!("did you mean \"{near}\"?")),
                None => told.hint("write a word like \"translator\", or a MARC relator code like \"trl\""),
            });
            "ctb".to_owned()
        }),
    };
    let Some(name) = name else {
        sink.push(
            Diagnostic::error("config.person", "this contributor has no name")
                .at(person.span)
                .hint("write { name = \"…\", role = \"…\" }"),
        );
        return None;
    };
    Some(Contributor { name: name.value, role: code, file_as })
}

fn read_theme(name: &Set<String>, manifest: &mut Manifest, sink: &mut Sink) {
    let kept = (manifest.theme.smart_punctuation, manifest.theme.numbering);
    match Theme::design(&name.value) {
        Some(theme) => {
            manifest.theme = theme;
            (manifest.theme.smart_punctuation, manifest.theme.numbering) = kept;
        }
        None => {
            let told = Diagnostic::error("config.theme", format!("no theme \"{}\"", name.value)).at(name.span);
            sink.push(match nearest(&name.value.to_lowercase(), Theme::DESIGNS) {
                Some(near) => told.hint(format!("did you mean \"{near}\"?")),
                None => told.hint(format!("the themes are: {}", Theme::DESIGNS.join(", "))),
            });
        }
    }
}

fn read_page(table: &Table, theme: &mut Theme, sink: &mut Sink) {
    if let Some(trim) = table.loose("trim") {
        match read_trim(&trim, sink) {
            Some((width, height)) => theme.set_trim(width, height),
            None => {
                let told = Diagnostic::error("config.trim", "this is not a page size").at(trim.span);
                let near = match &trim.value {
                    Loose::Text(name) => nearest(&name.to_lowercase(), trim_names()),
                    Loose::Number(_) | Loose::Bool(_) | Loose::List(_) | Loose::Other(_) => None,
                };
                let known = trim_names().collect::<Vec<_>>().join(", ");
                sink.push(match near {
                    Some(near) => told.hint(format!("did you mean \"{near}\"?")),
                    None => told.hint(format!("write one of {known}, or [\"6in\", \"9in\"]")),
                });
            }
        }
    }
}

fn read_margins(table: &Table, theme: &mut Theme, sink: &mut Sink) {
    let Some(written) = table.table("margins", sink) else { return };
    let place = table.place("margins");
    let mut margins = theme.page.margins;
    for (key, side) in [
        ("inner", &mut margins.inner),
        ("top", &mut margins.top),
        ("outer", &mut margins.outer),
        ("bottom", &mut margins.bottom),
    ] {
        if let Some(length) = read_length(&written, key, sink) {
            *side = length;
        }
    }
    written.close(Severity::Error, sink);
    set_margins(theme, margins, place, sink);
}

fn set_margins(theme: &mut Theme, margins: Margins, place: Option<Span>, sink: &mut Sink) {
    let (width, height) = (theme.page.width, theme.page.height);
    let sides = [margins.inner, margins.outer, margins.top, margins.bottom];
    let is_negative = sides.iter().any(|side| *side < Length::ZERO);
    let narrowest = Length::pt(NARROWEST);
    if is_negative
        || width - margins.inner - margins.outer < narrowest
        || height - margins.top - margins.bottom < narrowest
    {
        let message = format!("these margins leave too little of a page of {width} by {height} for the text");
        sink.push(Diagnostic::error("config.margins", message).at(place).hint("make them smaller, or the trim larger"));
    } else {
        theme.set_margins(margins);
    }
}

/// A name, `"6in x 9in"`, or a pair of lengths.
pub(super) fn read_trim(trim: &Set<Loose>, sink: &mut Sink) -> Option<(Length, Length)> {
    let (width, height) = match &trim.value {
        Loose::Text(name) => {
            let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
            if let Some(found) = trim_named(&bare) {
                return Some(found);
            }
            let (width, height) = bare.split_once(['x', '×'])?;
            let height = length(height)?;
            // `150x220mm`: one unit for both.
            let unit: String =
                bare.chars().rev().take_while(|c| c.is_alphabetic()).collect::<Vec<_>>().into_iter().rev().collect();
            (length(width).or_else(|| length(&format!("{width}{unit}")))?, height)
        }
        Loose::List(pair) => match pair.as_slice() {
            [Set { value: Loose::Text(width), .. }, Set { value: Loose::Text(height), .. }] => {
                (length(width)?, length(height)?)
            }
            _ => return None,
        },
        Loose::Number(_) | Loose::Bool(_) | Loose::Other(_) => return None,
    };
    let fits = |length: Length| (SMALLEST_PAGE..=LARGEST_PAGE).contains(&length.to_pt());
    if !fits(width) || !fits(height) {
        let message = format!("a page of {width} by {height} cannot be made");
        sink.push(Diagnostic::error("config.trim", message).at(trim.span).hint("see whether the unit is right"));
        return trim_named("6x9");
    }
    Some((width, height))
}

pub(super) fn read_length(table: &Table, key: &'static str, sink: &mut Sink) -> Option<Length> {
    let written = table.text(key, sink)?;
    let found = length(&written.value);
    if found.is_none() {
        let told = Diagnostic::error("config.length", format!("\"{}\" is not a length", written.value));
        sink.push(told.at(written.span).hint(format!("write a number and a unit: {UNITS}")));
    }
    found
}

fn read_families(table: &Table, theme: &mut Theme, faces: &Faces, sink: &mut Sink) {
    let families = &mut theme.families;
    for (key, family) in
        [("text-font", &mut families.text), ("sans-font", &mut families.sans), ("mono-font", &mut families.mono)]
    {
        let Some(name) = table.text(key, sink) else { continue };
        match faces.find(&name.value, 400, false) {
            // As the font writes it, so that both editions name it alike.
            Some(face) => *family = faces.get(face).family.clone(),
            None => {
                let told = Diagnostic::error("config.font", format!("no font \"{}\"", name.value)).at(name.span);
                let told = match nearest(&name.value, faces.families()) {
                    Some(near) => told.hint(format!("did you mean \"{near}\"?")),
                    None => told,
                };
                sink.push(
                    told.hint(format!("there are: {}", faces.families().join(", ")))
                        .hint("a font of your own goes as .ttf or .otf into the folder \"fonts\" of the book"),
                );
            }
        }
    }
}

fn read_sizes(table: &Table, theme: &mut Theme, sink: &mut Sink) {
    if let Some(size) = read_length(table, "text-size", sink) {
        if TEXT_SIZES.contains(&size.to_pt()) {
            theme.set_text_size(size);
        } else {
            let message = format!("text of {size} cannot be set: it must be between 5pt and 36pt");
            let told = Diagnostic::error("config.length", message).at(table.place("text-size"));
            sink.push(told.hint("text of a book is mostly 9.5pt to 12pt"));
        }
    }
    if let Some(leading) = table.loose("leading") {
        let found = match &leading.value {
            Loose::Text(text) => {
                length(text).or_else(|| text.trim().parse().ok().map(|times: f64| theme.text_size.scale(times)))
            }
            Loose::Number(times) => Some(theme.text_size.scale(times.clamp(0.0, 100.0))),
            Loose::Bool(_) | Loose::List(_) | Loose::Other(_) => None,
        };
        match found.filter(|found| LEADINGS.contains(&found.ratio(theme.text_size))) {
            Some(found) => theme.set_leading(found),
            None => {
                let told = Diagnostic::error("config.length", "this is not a leading for the size of the text");
                sink.push(told.at(leading.span).hint("write \"14pt\", or a multiple of the text size like 1.35"));
            }
        }
    }
}

fn read_choices(table: &Table, theme: &mut Theme, sink: &mut Sink) {
    if let Some(depth) = table.integer("contents-depth", sink) {
        match u8::try_from(depth.value) {
            Ok(levels @ 1..=4) => theme.contents_depth = levels,
            Ok(_) | Err(_) => {
                sink.push(
                    Diagnostic::error("config.choice", "contents-depth is 1, 2, 3 or 4")
                        .at(depth.span)
                        .hint("2 shows chapters and their sections"),
                );
            }
        }
    }
    if let Some(justify) = table.bool("justify", sink) {
        theme.justify = justify;
    }
    if let Some(hanging) = table.bool("hanging-punctuation", sink) {
        theme.hanging_punctuation = hanging;
    }
    if let Some(scaling) = table.bool("glyph-scaling", sink) {
        theme.glyph_scaling = scaling;
    }
    read_caps(table, theme, sink);
    if let Some(smart) = table.bool("smart-punctuation", sink) {
        theme.smart_punctuation = smart;
    }
    if let Some(numbered) = table.bool("numbered-parts", sink) {
        theme.numbered_parts = numbered;
    }
    let mut lists = theme.lists;
    if table.place("lists").is_some() {
        lists = Lists { figures: false, tables: false, ..lists };
    }
    for list in table.texts("lists", sink) {
        match list.value.as_str() {
            "figures" => lists.figures = true,
            "tables" => lists.tables = true,
            other => {
                let told = Diagnostic::error("config.choice", format!("no list of \"{other}\"")).at(list.span);
                sink.push(told.hint("lists are made of \"figures\" and \"tables\""));
            }
        }
    }
    if let Some(index) = table.bool("index", sink) {
        lists.index = index;
    }
    theme.lists = lists;
}

fn read_caps(table: &Table, theme: &mut Theme, sink: &mut Sink) {
    let Some(written) = table.loose("caps-tracking") else { return };
    let found = match &written.value {
        Loose::Text(text) => match extent(text) {
            Some(Extent::Em(em) | Extent::Share(em)) => Some(em),
            Some(Extent::Length(length)) => Some(length.ratio(theme.text_size)),
            Some(Extent::Number(0.0)) => Some(0.0),
            Some(Extent::Number(_) | Extent::Lines(_)) | None => None,
        },
        Loose::Number(0.0) => Some(0.0),
        Loose::Number(_) | Loose::Bool(_) | Loose::List(_) | Loose::Other(_) => None,
    };
    match found.filter(|em| CAPS_TRACKINGS.contains(em)) {
        Some(em) => theme.caps_tracking = Em(em),
        None => {
            let told = Diagnostic::error("config.length", "this is no space to set between capitals").at(written.span);
            sink.push(told.hint("write \"3%\", \"0.03em\" or \"0.3pt\": at most 20% of the size; \"0\" sets none"));
        }
    }
}

/// One of a few words.
pub(super) fn choice<T: Copy>(
    table: &Table,
    key: &'static str,
    known: &[(&'static str, T)],
    sink: &mut Sink,
) -> Option<T> {
    let written = table.text(key, sink)?;
    let found = known.iter().find(|(name, _)| *name == written.value).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let told =
            Diagnostic::error("config.choice", format!("{key} cannot be \"{}\"", written.value)).at(written.span);
        let near = nearest(&written.value, names.iter().copied());
        sink.push(match near {
            Some(near) => told.hint(format!("did you mean \"{near}\"?")),
            None => told.hint(format!("it is one of: {}", names.join(", "))),
        });
    }
    found
}
