//! The covers of a book: disk → the printers' covers and the picture that shops show.
//!
//! In:     the manuscript, the printers asked for, what the command line says of paper, pages and spine.
//! Out:    [`Covers`]: the files by their endings, and what each was made for.
//! Faults: `cover.pages`, `cover.paper`, `cover.spine`, `cover.trim`, and those of every phase.
//! Absent: where the files go.
//!
//! 1. The book is paginated as the printer's interior has it: its page count makes the spine.
//! 2. The texts of the back are read as chapters of their own, and settled as a small tree.
//! 3. `pdf::cover` lays out back, spine and front; `pdf::write` makes the file.

use crate::asset::{PictureFormat, raster};
use crate::base::lang::Direction;
use crate::base::{Diagnostic, Error, Length, Sink};
use crate::book::Metadata;
use crate::cover::{CoverInks, Palette, drawing, store};
use crate::layout::Tree;
use crate::pdf::cover::{Binding, CoverDesk};
use crate::pdf::{Form, Pages, cover, fit};
use crate::phase::Watch;
use crate::press::{Colour, Paper, Press, Spine, SpineFrom, Wrap};
use crate::source::{Kind, SourceEntry};
use crate::theme::Lists;
use crate::{Refuse, Settled, layout, parse, pdf, settle};
use std::path::Path;

pub use crate::source::measure::length;

/// What covers to make.
#[derive(Clone, Copy, Default, Debug)]
pub struct CoverCall<'a> {
    /// Printers; where none is named and no picture is asked for, those that the book orders, and the picture.
    pub presses: &'a [Press],
    /// The picture for shops.
    pub ebook: bool,
    /// A proof of each cover beside it, with trim, folds and safe areas.
    pub guides: bool,
    /// Instead of the paper that the book names.
    pub paper: Option<&'a str>,
    /// Instead of counting them.
    pub pages: Option<usize>,
    /// Instead of pages times paper.
    pub spine: Option<Length>,
    pub refuse: Refuse,
}

/// A finished run; without files where the manuscript has errors.
#[derive(Debug)]
pub struct Covers {
    pub settled: Settled,
    pub files: Vec<CoverFile>,
}

#[derive(Debug)]
pub struct CoverFile {
    /// What follows the book's name in that of the file: `-kdp-cover.pdf`.
    pub ending: String,
    pub bytes: Vec<u8>,
    /// What it was made for, in a line.
    pub told: String,
}

/// Makes covers, in memory.
pub fn covers(input: &Path, call: CoverCall, watch: Watch) -> Result<Covers, Error> {
    let mut settled = settle(input, watch)?;
    let is_open = call.presses.is_empty() && !call.ebook;
    let presses = if is_open { settled.manuscript.press.profiles.clone() } else { call.presses.to_vec() };
    let call = CoverCall { presses: &presses, ebook: call.ebook || is_open, ..call };
    let pages = (call.pages.is_none() && !presses.is_empty()).then(|| settled.paginate(watch));
    let files = of(&mut settled, pages.as_ref(), call)?;
    Ok(Covers { settled, files })
}

/// The covers of a settled book; none where it has errors. `pages` are those that are read.
pub fn of(settled: &mut Settled, pages: Option<&Pages>, call: CoverCall) -> Result<Vec<CoverFile>, Error> {
    let texts = back(settled);
    let mut files = Vec::new();
    for &press in call.presses {
        if !settled.is_refused(call.refuse) {
            files.extend(printed(settled, &texts, pages, press, call)?);
        }
    }
    if call.ebook && !settled.is_refused(call.refuse) {
        files.extend(picture(settled));
    }
    if settled.is_refused(call.refuse) {
        files.clear();
    }
    Ok(files)
}

/// What the back says.
struct Texts {
    tree: Tree,
    has_back: bool,
    has_note: bool,
}

/// The texts of the back as a tree of their own.
fn back(settled: &mut Settled) -> Texts {
    let Settled { manuscript: m, sink, .. } = settled;
    let texts = [m.cover.back.take(), m.cover.note.take()];
    let [has_back, has_note] = [texts[0].is_some(), texts[1].is_some()];
    let chapters = texts.into_iter().flatten().map(SourceEntry::Chapter).collect();
    let entries = std::mem::replace(&mut m.entries, chapters);
    let kind = std::mem::replace(&mut m.options.kind, Kind::Summary);
    let book = parse::parse(m, sink);
    m.entries = entries;
    m.options.kind = kind;
    let lists = Lists { figures: false, tables: false, index: false };
    let mut theme = m.theme.clone();
    theme.lists = lists;
    Texts { tree: layout::settle(&book, &theme, &m.pictures, sink), has_back, has_note }
}

/// A printer's cover, and its proof.
fn printed(
    settled: &mut Settled,
    texts: &Texts,
    pages: Option<&Pages>,
    press: Press,
    call: CoverCall,
) -> Result<Vec<CoverFile>, Error> {
    let Settled { manuscript: m, tree, sink, .. } = settled;
    let printer = press.printer();
    let ordered = m.press.of(press);
    let trim = ordered.trim.unwrap_or((m.theme.page.width, m.theme.page.height));
    let count = match (call.pages, pages) {
        (Some(count), _) => count.next_multiple_of(2),
        (None, Some(pages)) => fit::fit(pages, tree, &m.theme, (&m.faces, &m.pictures), printer, &ordered).count,
        (None, None) => 0,
    };
    let named = call.paper.or(ordered.paper.as_deref());
    let paper = paper(press, named, ordered.colour, call.paper.is_some(), sink);
    check_limits(press, paper, trim, count, sink);
    let spine = Spine::of(press, count, paper, call.spine.or(m.cover.order.spine));
    if spine.from == SpineFrom::Estimate {
        let message =
            format!("the spine of the cover for {} is an estimate: {:.2} mm", printer.title, spine.width.to_mm());
        sink.push(Diagnostic::warning("cover.spine", message).hint(
            "take its width from the printer's cover template: spine = \"…mm\" under [output.bifolio.cover], or --spine",
        ));
    }
    let right_to_left = tree.metadata.language.direction() == Direction::RightToLeft;
    let binding = Binding { press, wrap: Wrap::new(press, trim, spine.width, right_to_left), pages: count };
    let &Texts { tree: ref texts, has_back, has_note } = texts;
    let desk = CoverDesk {
        texts,
        has_back,
        has_note,
        theme: &m.theme,
        faces: &m.faces,
        pictures: &m.pictures,
        order: &m.cover.order,
    };
    let colour = match m.cover.order.inks {
        CoverInks::Cmyk => Colour::Cmyk,
        CoverInks::Grey => Colour::Grey,
    };
    let form = Form::Press { printer, colour, blanks: 0 };
    let size = binding.wrap.sheet();
    let told = format!(
        "{}, {count} pages{}, spine {:.2} mm, sheet {:.1} × {:.1} mm",
        printer.title,
        paper.map_or(String::new(), |paper| format!(" on {}", paper.name)),
        binding.wrap.spine.to_mm(),
        size.width.to_mm(),
        size.height.to_mm()
    );
    let mut files = Vec::new();
    for (guides, ending) in [(false, "cover"), (true, "cover-proof")] {
        if guides && !call.guides {
            continue;
        }
        let mut own = Sink::new();
        let sheet = cover::cover(desk, &binding, guides, &mut own);
        let bytes = pdf::write::cover::cover(form, sheet, texts, &m.theme, &m.faces, &m.pictures, &mut own)?;
        let told = if guides { "a proof: not for printing".to_owned() } else { told.clone() };
        files.push(CoverFile { ending: format!("-{}-{ending}.pdf", press.name()), bytes, told });
        if !guides {
            sink.append(own);
        }
    }
    Ok(files)
}

fn paper(press: Press, named: Option<&str>, colour: Colour, must: bool, sink: &mut Sink) -> Option<&'static Paper> {
    let printer = press.printer();
    let found = printer.paper(named, colour);
    if let Some(name) = named.filter(|_| must)
        && !printer.papers.is_empty()
        && found.is_none_or(|paper| paper.name != name)
    {
        let known: Vec<&str> = printer.papers.iter().map(|paper| paper.name).collect();
        let told = Diagnostic::error("cover.paper", format!("{} has no paper \"{name}\"", printer.title));
        sink.push(told.hint(format!("it has: {}", known.join(", "))));
    }
    found
}

/// Whether the printer makes such a book at all.
fn check_limits(press: Press, paper: Option<&Paper>, trim: (Length, Length), count: usize, sink: &mut Sink) {
    let printer = press.printer();
    if !printer.offers(trim.0, trim.1) {
        let size = format!("{:.1} × {:.1} mm", trim.0.to_mm(), trim.1.to_mm());
        let told = Diagnostic::warning("cover.trim", format!("{} prints no books of {size}", printer.title));
        sink.push(match printer.nearest_trim(trim.0, trim.1) {
            Some(near) => told.hint(format!("the nearest size is {}", near.name)),
            None => told,
        });
    }
    let Some(paper) = paper else { return };
    let limits = printer.pages(paper, trim.0, trim.1);
    if !limits.contains(&count) {
        let message = format!(
            "{} binds {} to {} pages of this size on {}, not {count}",
            printer.title,
            limits.start(),
            limits.end(),
            paper.name
        );
        sink.push(Diagnostic::warning("cover.pages", message));
    }
}

/// The picture that shops show: the one the author gives, else the design drawn.
fn picture(settled: &mut Settled) -> Option<CoverFile> {
    let Settled { manuscript: m, tree, sink, .. } = settled;
    let metadata: &Metadata = &tree.metadata;
    let families = [&*m.theme.families.text, &*m.theme.families.sans, &*m.theme.families.mono];
    let (bytes, told) = match metadata.cover {
        Some(id) => {
            let picture = m.pictures.get(id);
            let (width, height) = match picture.format {
                PictureFormat::Svg => store::fit(picture.width, picture.height),
                PictureFormat::Jpeg | PictureFormat::Png | PictureFormat::Gif | PictureFormat::Webp => {
                    (picture.width, picture.height)
                }
            };
            (store::jpeg(picture, &m.faces, families), format!("for shops, {width} × {height} pixels"))
        }
        None => {
            let svg = drawing(metadata, &m.theme, &m.faces, Palette::of(metadata));
            let (width, height) = (store::WIDTH, store::HEIGHT);
            let drawn = raster::jpeg(svg.as_bytes(), &m.faces, families, width, height);
            (drawn, format!("for shops, {width} × {height} pixels"))
        }
    };
    if bytes.is_none() {
        sink.push(
            Diagnostic::error("picture.decode", "the picture of the cover cannot be read")
                .at(m.cover.order.picture_at)
                .hint("open it in an image program and save it again"),
        );
    }
    Some(CoverFile { ending: "-cover.jpg".to_owned(), bytes: bytes?, told })
}
