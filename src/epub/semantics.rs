//! What a section is → what the e-book calls it: `epub:type`, ARIA role, landmark.
//!
//! In:     the kind and the matter of a section.
//! Out:    names of the *EPUB 3 Structural Semantics Vocabulary 1.1* and of *DPUB-ARIA 1.1*.
//! Absent: text and files.

use crate::book::Matter;
use crate::layout::tree::SectionKind;

/// The names of one kind of section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Semantics {
    /// `epub:type` of the section; empty where the vocabulary has no word.
    pub kind: &'static str,
    /// The role that assistive technology hears; empty where a plain section is right.
    pub role: &'static str,
    /// Whether the landmarks list it: the places that readers jump to (EPUB 3.3, 7.4.3 advises few).
    pub is_landmark: bool,
}

pub fn of(kind: SectionKind) -> Semantics {
    let (kind, role, is_landmark) = match kind {
        SectionKind::HalfTitle => ("halftitlepage", "", false),
        SectionKind::TitlePage => ("titlepage", "", true),
        SectionKind::Copyright => ("copyright-page", "", false),
        SectionKind::Dedication => ("dedication", "doc-dedication", false),
        SectionKind::Epigraph => ("epigraph", "doc-epigraph", false),
        SectionKind::Contents => ("toc", "doc-toc", true),
        SectionKind::ListOfFigures => ("loi", "", true),
        SectionKind::ListOfTables => ("lot", "", true),
        SectionKind::Part => ("part", "doc-part", false),
        SectionKind::Chapter => ("chapter", "doc-chapter", false),
        SectionKind::Subchapter => ("subchapter", "", false),
        SectionKind::Foreword => ("foreword", "doc-foreword", true),
        SectionKind::Preface => ("preface", "doc-preface", true),
        SectionKind::Introduction => ("introduction", "doc-introduction", true),
        SectionKind::Acknowledgments => ("acknowledgments", "doc-acknowledgments", true),
        SectionKind::Afterword => ("afterword", "doc-afterword", true),
        SectionKind::Appendix => ("appendix", "doc-appendix", true),
        SectionKind::Glossary => ("glossary", "doc-glossary", true),
        SectionKind::Bibliography => ("bibliography", "doc-bibliography", true),
        SectionKind::Chronology => ("", "", false),
        SectionKind::Index => ("index", "doc-index", true),
        SectionKind::Other => ("", "", false),
    };
    Semantics { kind, role, is_landmark }
}

/// `epub:type` of the body.
pub fn of_matter(matter: Matter) -> &'static str {
    match matter {
        Matter::Front => "frontmatter",
        Matter::Main => "bodymatter",
        Matter::Back => "backmatter",
    }
}
