#![doc = include_str!("README.md")]

pub mod asset;
pub mod audit;
pub mod base;
pub mod book;
pub mod bundle;
pub mod check;
pub mod cli;
pub mod cover;
pub mod covers;
pub mod epub;
pub mod formula;
pub mod layout;
pub mod parse;
pub mod pdf;
pub mod phase;
pub mod press;
pub mod source;
pub mod theme;

use base::{Diagnostic, Error, Severity, Sink};
use layout::Tree;
use pdf::fit::{self, Fitted};
use pdf::{Form, Material, Pages};
use phase::{Phase, Timings, Watch, timed};
use press::Press;
use rayon::prelude::*;
use source::Manuscript;
use std::path::Path;

/// What to make of a manuscript.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// A folder with a `book.toml`, a folder of Markdown files, or one Markdown file.
    pub input: &'a Path,
    pub pdf: bool,
    pub epub: bool,
    /// The printers to make PDFs for; `None`: those that the book orders.
    pub presses: Option<&'a [Press]>,
    pub refuse: Refuse,
}

/// Which faults forbid a book.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Refuse {
    /// Stand-ins are shown for what is at fault.
    Nothing,
    #[default]
    Errors,
    Warnings,
}

impl Refuse {
    /// Whether there is such a fault.
    pub fn forbids(self, faults: &Sink) -> bool {
        match self {
            Refuse::Nothing => false,
            Refuse::Errors => faults.has_errors(),
            Refuse::Warnings => faults.has_errors() || faults.count(Severity::Warning) > 0,
        }
    }
}

/// A manuscript with everything settled that does not depend on a width: the shared tree, and the faults so far.
#[derive(Debug)]
pub struct Settled {
    pub manuscript: Manuscript,
    pub tree: Tree,
    pub sink: Sink,
    pub timings: Timings,
}

/// A finished run. With faults that forbid a book both editions are absent, and `settled.sink` says why.
#[derive(Debug)]
pub struct Made {
    pub settled: Settled,
    pub pages: Pages,
    pub pdf: Option<Vec<u8>>,
    pub epub: Option<Vec<u8>>,
    /// The PDFs for printers, in the order of [`Press::ALL`].
    pub prints: Vec<Print>,
}

/// A PDF for a printer.
#[derive(Debug)]
pub struct Print {
    pub press: Press,
    pub fitted: Fitted,
    pub bytes: Vec<u8>,
}

/// Disk → Tree.
pub fn settle(input: &Path, watch: Watch<'_>) -> Result<Settled, Error> {
    let (mut sink, mut timings) = (Sink::new(), Timings::default());
    let mut manuscript = timings.time(Phase::Read, watch, || source::read(input, &mut sink))?;
    let book = timings.time(Phase::Parse, watch, || parse::parse(&mut manuscript, &mut sink));
    let tree = timings
        .time(Phase::Settle, watch, || layout::settle(&book, &manuscript.theme, &manuscript.pictures, &mut sink));
    Ok(Settled { manuscript, tree, sink, timings })
}

impl Settled {
    /// Tree → Pages, proved against the tree.
    pub fn paginate(&mut self, watch: Watch<'_>) -> Pages {
        let Settled { manuscript, tree, sink, timings } = self;
        proved_pages(manuscript, tree, sink, timings, watch)
    }

    /// Pages → the pages for some printers, held against what each asks.
    fn fit(&mut self, reading: &Pages, presses: &[Press], watch: Watch<'_>) -> Vec<(Press, Fitted)> {
        let Settled { manuscript: m, tree, sink, timings } = self;
        let known = sink.list().to_vec();
        if presses.is_empty() {
            return Vec::new();
        }
        let fitted = timings.time(Phase::FitPress, watch, || {
            let fit = |press: &Press| {
                let order = m.press.of(*press);
                let printer = press.printer();
                let mut fitted = fit::fit(reading, tree, &m.theme, (&m.faces, &m.pictures), printer, &order);
                let mut told = std::mem::take(&mut fitted.sink);
                let (pages, count) = (fitted.pages.as_ref().unwrap_or(reading), fitted.count);
                check::editions(tree, pages, &mut told);
                let proof = check::Proof {
                    tree,
                    pages,
                    count,
                    pictures: &m.pictures,
                    faces: &m.faces,
                    families: &m.theme.families,
                    printer,
                    order: &order,
                };
                check::preflight(&proof, &mut told);
                (*press, fitted, told)
            };
            presses.par_iter().map(fit).collect::<Vec<_>>()
        });
        let mut prints = Vec::with_capacity(fitted.len());
        for (press, fitted, told) in fitted {
            // What is true of the reading pages has been told of them, and one printer's word on a place is enough.
            let of_presses = sink.list()[known.len()..].to_vec();
            let is_told = |fault: &Diagnostic| {
                known.contains(fault)
                    || fault.at.is_some()
                        && of_presses.iter().any(|other| (other.code, other.at) == (fault.code, fault.at))
            };
            told.list().iter().filter(|fault| !is_told(fault)).for_each(|fault| sink.push(fault.clone()));
            prints.push((press, fitted));
        }
        prints
    }

    /// Writes the PDFs for printers.
    fn print(&mut self, reading: &Pages, fitted: Vec<(Press, Fitted)>, watch: Watch<'_>) -> Result<Vec<Print>, Error> {
        if fitted.is_empty() {
            return Ok(Vec::new());
        }
        let Settled { manuscript: m, tree, timings, sink } = self;
        let written: Vec<(Print, Sink)> = timings.time(Phase::WritePress, watch, || {
            let form_of = |press: Press, blanks| {
                let (printer, colour) = (press.printer(), m.press.of(press).colour);
                Form::Press { printer, colour, blanks }
            };
            let mut forms: Vec<Form> = Vec::new();
            for (press, _) in &fitted {
                let form = form_of(*press, 0);
                if !forms.iter().any(|known| known.has_pictures_of(form)) {
                    forms.push(form);
                }
            }
            let gather = |form: &Form| Material::gather(*form, tree, &m.theme, &m.faces, &m.pictures);
            let materials = forms.par_iter().map(gather).collect::<Result<Vec<_>, Error>>()?;
            let write = |(press, fitted): (Press, Fitted)| {
                let pages = fitted.pages.as_ref().unwrap_or(reading);
                let form = form_of(press, fitted.blanks);
                let shared = forms.iter().zip(&materials).find(|(known, _)| known.has_pictures_of(form));
                let material = shared.map_or_else(|| gather(&form), |(_, material)| Ok(material.clone()))?;
                let mut told = Sink::new();
                let bytes = pdf::write(form, pages, tree, &m.faces, &m.pictures, material, &mut told)?;
                Ok((Print { press, fitted, bytes }, told))
            };
            fitted.into_par_iter().map(write).collect::<Result<_, Error>>()
        })?;
        let mut prints = Vec::with_capacity(written.len());
        for (print, told) in written {
            for fault in told.list() {
                if !sink.list().contains(fault) {
                    sink.push(fault.clone());
                }
            }
            prints.push(print);
        }
        Ok(prints)
    }

    /// Dates both editions: `modified` is a moment as `dcterms:modified` has it, `2026-11-22T00:00:00Z`.
    pub fn date(&mut self, modified: &str) {
        modified.clone_into(&mut self.manuscript.metadata.modified);
        modified.clone_into(&mut self.tree.metadata.modified);
    }

    /// Whether the faults found so far forbid a book.
    pub fn is_refused(&self, refuse: Refuse) -> bool {
        refuse.forbids(&self.sink)
    }
}

/// The whole program: disk → both editions, in memory.
///
/// The e-book shows the printed page numbers, so the pages are made even when only the e-book is asked for: each
/// edition is the same, byte for byte, whether it is made alone or with the other.
pub fn make(order: Order<'_>, watch: Watch<'_>) -> Result<Made, Error> {
    finish(settle(order.input, watch)?, order, watch)
}

/// Tree → Pages, proved against the tree.
fn proved_pages(m: &Manuscript, tree: &Tree, sink: &mut Sink, timings: &mut Timings, watch: Watch<'_>) -> Pages {
    let paginate = || pdf::paginate(tree, &m.theme, &m.faces, &m.pictures, sink);
    let pages = timings.time(Phase::Paginate, watch, paginate);
    timings.time(Phase::Check, watch, || check::editions(tree, &pages, sink));
    pages
}

/// Tree → both editions, in memory.
pub fn finish(mut settled: Settled, order: Order<'_>, watch: Watch<'_>) -> Result<Made, Error> {
    // Faults that forbid a book are told with those of its pages; nothing else is done for it.
    let is_refused = settled.is_refused(order.refuse);
    let (has_pdf, has_epub) = (order.pdf && !is_refused, order.epub && !is_refused);
    let Settled { manuscript: m, tree, sink, timings } = &mut settled;
    let (m, tree) = (&*m, &*tree);
    // Pictures and fonts hang on the tree alone, and pages come one after the other: they leave cores free.
    let (pages, (material, gathering)) = rayon::join(
        || proved_pages(m, tree, sink, timings, watch),
        || {
            timed(Phase::Gather, watch, || {
                let form = Form::Reading(&m.press.standards);
                rayon::join(
                    || has_epub.then(|| epub::Material::gather(tree, &m.theme, &m.faces, &m.pictures)),
                    || has_pdf.then(|| Material::gather(form, tree, &m.theme, &m.faces, &m.pictures)),
                )
            })
        },
    );
    timings.phases.push((Phase::Gather, gathering));
    let (epub_material, pdf_material) = material;
    let presses = order.presses.unwrap_or(&settled.manuscript.press.profiles).to_vec();
    let fitted = if settled.is_refused(order.refuse) { Vec::new() } else { settled.fit(&pages, &presses, watch) };
    if settled.is_refused(order.refuse) {
        return Ok(Made { settled, pages, pdf: None, epub: None, prints: Vec::new() });
    }
    let (mut pdf_sink, mut epub_sink) = (Sink::new(), Sink::new());
    let Settled { manuscript: m, tree, .. } = &settled;
    let (pdf, epub) = rayon::join(
        || {
            let material = pdf_material?;
            let form = Form::Reading(&m.press.standards);
            let write = || pdf::write(form, &pages, tree, &m.faces, &m.pictures, material?, &mut pdf_sink);
            Some(timed(Phase::WritePdf, watch, write))
        },
        || {
            let material = epub_material?;
            let write = || epub::write(tree, &m.theme, &m.pictures, Some(&pages.map), material, &mut epub_sink);
            Some(timed(Phase::WriteEpub, watch, write))
        },
    );
    settled.sink.append(pdf_sink);
    settled.sink.append(epub_sink);
    let mut finish = |phase, written: Option<(Result<Vec<u8>, Error>, _)>| {
        let Some((bytes, took)) = written else { return Ok(None) };
        settled.timings.phases.push((phase, took));
        bytes.map(Some)
    };
    let (pdf, epub) = (finish(Phase::WritePdf, pdf)?, finish(Phase::WriteEpub, epub)?);
    let prints = settled.print(&pages, fitted, watch)?;
    if settled.is_refused(order.refuse) {
        return Ok(Made { settled, pages, pdf: None, epub: None, prints: Vec::new() });
    }
    Ok(Made { settled, pages, pdf, epub, prints })
}
