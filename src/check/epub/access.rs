//! What the package promises to readers with disabilities, against what the e-book holds (EPUB Accessibility 1.1;
//! *Schema.org Accessibility Properties for Discoverability Vocabulary*).
//!
//! In:     the metadata, what was counted in the texts, the lists of the navigation document.
//! Out:    nothing.
//! Faults: `access.metadata`, `access.value`, `access.promise`, `access.source`.
//! Absent: whether words are good words: that is for people to judge.

use super::Book;
use super::nav::Lists;
use super::package::Datum;
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Sink};

const MODES: [&str; 11] = [
    "auditory",
    "chartOnVisual",
    "chemOnVisual",
    "colorDependent",
    "diagramOnVisual",
    "mathOnVisual",
    "musicOnVisual",
    "tactile",
    "textOnVisual",
    "textual",
    "visual",
];
const SUFFICIENT: [&str; 4] = ["auditory", "tactile", "textual", "visual"];
const FEATURES: [&str; 54] = [
    "annotations",
    "ARIA",
    "bookmarks",
    "index",
    "pageBreakMarkers",
    "printPageNumbers",
    "pageNavigation",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "taggedPDF",
    "alternativeText",
    "audioDescription",
    "closeCaptions",
    "closedCaptions",
    "captions",
    "describedMath",
    "longDescription",
    "openCaptions",
    "rubyAnnotations",
    "signLanguage",
    "transcript",
    "displayTransformability",
    "synchronizedAudioText",
    "timingControl",
    "unlocked",
    "ChemML",
    "latex",
    "latex-chemistry",
    "MathML",
    "MathML-chemistry",
    "ttsMarkup",
    "highContrastAudio",
    "highContrastDisplay",
    "largePrint",
    "braille",
    "tactileGraphic",
    "tactileObject",
    "fullRubyAnnotations",
    "horizontalWriting",
    "verticalWriting",
    "withAdditionalWordSegmentation",
    "withoutAdditionalWordSegmentation",
    "unknown",
    "none",
    "bookmark",
    "sound",
    "pageBreakSource",
    "transformability",
    "accessibleInteractivity",
    "describedCharts",
    "highContrast",
    "highContrastAudio/noBackground",
    "highContrastAudio/switchableBackground",
];
const HAZARDS: [&str; 12] = [
    "flashing",
    "motionSimulation",
    "sound",
    "noFlashingHazard",
    "noMotionSimulationHazard",
    "noSoundHazard",
    "unknown",
    "unknownFlashingHazard",
    "unknownMotionSimulationHazard",
    "unknownSoundHazard",
    "none",
    "flashingHazard",
];

pub fn check(book: &Book, lists: &Lists, sink: &mut Sink) {
    if book.package.is_old() {
        return;
    }
    for (name, hint) in [
        (
            "schema:accessMode",
            "write <meta property=\"schema:accessMode\">textual</meta>, visual too where there are pictures",
        ),
        (
            "schema:accessibilityFeature",
            "write <meta property=\"schema:accessibilityFeature\">tableOfContents</meta> and what else there is",
        ),
        ("schema:accessibilityHazard", "write <meta property=\"schema:accessibilityHazard\">none</meta>"),
    ] {
        if book.package.of(name).next().is_none() {
            let told = Diagnostic::warning("access.metadata", format!("the package has no {name}"));
            sink.push(told.at(book.package.metadata).hint(hint));
        }
    }
    if book.package.of("schema:accessModeSufficient").next().is_none() {
        let told = Diagnostic::note("access.metadata", "the package has no schema:accessModeSufficient");
        sink.push(told.at(book.package.metadata).hint("write textual where the whole book can be heard"));
    }
    values(book, "schema:accessMode", &MODES, sink);
    values(book, "schema:accessModeSufficient", &SUFFICIENT, sink);
    values(book, "schema:accessibilityFeature", &FEATURES, sink);
    values(book, "schema:accessibilityHazard", &HAZARDS, sink);
    hazards(book, sink);
    promises(book, lists, sink);
    sources(book, lists, sink);
}

fn values(book: &Book, name: &str, known: &[&'static str], sink: &mut Sink) {
    for datum in book.package.of(name) {
        for value in datum.value.split(',').map(str::trim).filter(|value| !known.contains(value)) {
            let told = Diagnostic::warning("access.value", format!("{name} knows no {value:?}")).at(datum.at);
            sink.push(match nearest(value, known.iter().copied()) {
                Some(near) => told.hint(format!("did you mean {near:?}?")),
                None => told.hint("see the Schema.org Accessibility Properties vocabulary"),
            });
        }
    }
}

fn hazards(book: &Book, sink: &mut Sink) {
    let list: Vec<&Datum> = book.package.of("schema:accessibilityHazard").collect();
    for datum in &list {
        let said = |value: &str| list.iter().any(|other| other.value == value);
        let is_at_odds = match datum.value.as_str() {
            "none" | "unknown" => list.len() > 1,
            "flashing" => said("noFlashingHazard"),
            "motionSimulation" => said("noMotionSimulationHazard"),
            "sound" => said("noSoundHazard"),
            _others => false,
        };
        if is_at_odds {
            let told = Diagnostic::warning("access.value", format!("the hazard {:?} contradicts another", datum.value));
            sink.push(told.at(datum.at).hint("\"none\" stands alone"));
        }
    }
}

fn promises(book: &Book, lists: &Lists, sink: &mut Sink) {
    let sum = |count: fn(&super::Page) -> usize| book.pages.values().map(count).sum::<usize>();
    let (wordless, marks) = (sum(|page| page.wordless_pictures), sum(|page| page.marks.len()));
    let has_formulas = book.pages.values().any(|page| page.uses.mathml);
    for datum in book.package.of("schema:accessibilityFeature") {
        let lacks = match datum.value.as_str() {
            "tableOfContents" if !lists.has_contents => "there are no contents",
            "pageBreakMarkers" | "printPageNumbers" if marks == 0 => "no page mark stands in the texts",
            "pageNavigation" if !lists.has_page_list => "there is no page list",
            "alternativeText" if wordless > 0 => "there are pictures without alternative text",
            "MathML" if !has_formulas => "there is no formula in MathML",
            _kept => continue,
        };
        let told = Diagnostic::warning("access.promise", format!("{} is promised, but {lacks}", datum.value));
        sink.push(told.at(datum.at).hint("keep the promise, or take it back"));
    }
    for datum in book.package.of("dcterms:conformsTo").filter(|datum| datum.value.contains("WCAG") && wordless > 0) {
        let told = Diagnostic::warning("access.promise", "WCAG is promised, but there are pictures without words");
        sink.push(told.at(datum.at).hint("WCAG asks for alternative text at its lowest level (1.1.1)"));
    }
}

/// Page marks name the edition they come from (EPUB Accessibility 1.1, 3.2).
fn sources(book: &Book, lists: &Lists, sink: &mut Sink) {
    let source = book.package.of("pageBreakSource").next().or_else(|| book.package.of("source-of").next());
    match (lists.has_page_list, source) {
        (true, None) => {
            let told = Diagnostic::warning("access.source", "nothing says which edition the page numbers come from");
            let hint =
                "write <meta property=\"pageBreakSource\">urn:isbn:…</meta>, or none for pages of the e-book's own";
            sink.push(told.at(book.package.metadata).hint(hint));
        }
        (false, Some(source)) => {
            let told =
                Diagnostic::warning("access.source", "a source of page numbers is named, but there is no page list");
            sink.push(told.at(source.at).hint("add the page list, or take the source away"));
        }
        (true, Some(_)) | (false, None) => {}
    }
}
