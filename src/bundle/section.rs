//! Sections as a reader names them, with their words and pages.
//!
//! In:     the tree, the pages.
//! Out:    [`SectionFacts`] of each section, and the words by which a reader finds it.
//! Absent: the editions.

use super::checksum::sha256;
use super::manifest::SectionFacts;
use crate::base::Files;
use crate::layout::tree::{Content, Locus, NodeId, Section, SectionKind, Tree};
use crate::pdf::Pages;
use crate::theme::Wording;

/// The facts of every section, in reading order.
pub fn facts(tree: &Tree, pages: &Pages, files: &Files) -> Vec<SectionFacts> {
    tree.sections.iter().map(|section| facts_of(section, tree, pages, files)).collect()
}

fn facts_of(section: &Section, tree: &Tree, pages: &Pages, files: &Files) -> SectionFacts {
    let text = text(section, tree);
    let (first, last) = extent(section, tree, pages);
    SectionFacts {
        kind: kind(section.kind).to_owned(),
        label: label(section, tree),
        title: section.title.clone(),
        anchor: section.anchor.to_string(),
        file: section.file_stem.clone(),
        source: source(section, tree, files),
        words: words(&text),
        pages: (last + 1).saturating_sub(first),
        first_page: pages.map.starts.get(first).map(|start| start.label.clone()).unwrap_or_default(),
        text_sha256: sha256(text.as_bytes()),
    }
}

/// Words of a text: runs of characters between spaces that hold a letter or a digit.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// The text that a reader of either edition reads, a leaf a line.
fn text(section: &Section, tree: &Tree) -> String {
    let nodes = &tree.nodes[section.nodes.start as usize..section.nodes.end as usize];
    let mut out = String::new();
    for leaf in nodes.iter().filter_map(|node| node.text()) {
        out.push_str(&leaf.string);
        out.push('\n');
    }
    out
}

/// The first and the last page that show some of a section, by their places in the page map.
fn extent(section: &Section, tree: &Tree, pages: &Pages) -> (usize, usize) {
    let is_shown = |id: &NodeId| !matches!(tree.node(*id).content, Content::Group);
    let mut shown = section.nodes.clone().map(NodeId).filter(is_shown);
    let Some(first) = shown.next() else { return (0, 0) };
    let last = shown.next_back().unwrap_or(first);
    let page = |at: Locus| pages.map.starts.partition_point(|start| start.at <= at).saturating_sub(1);
    (page(Locus { leaf: first, offset: 0 }), page(Locus { leaf: last, offset: u32::MAX }))
}

/// The file that a section is written in: the first that its text comes from.
fn source(section: &Section, tree: &Tree, files: &Files) -> Option<String> {
    let nodes = section.nodes.clone().map(NodeId);
    let spans = nodes.filter_map(|id| tree.node(id).at).chain(section.at);
    spans.map(|span| files.path(span.file).to_string_lossy().replace('\\', "/")).next()
}

/// `Chapter 3`, `Part II`, `Section 3.1`; empty where no number is shown.
fn label(section: &Section, tree: &Tree) -> String {
    if section.label.is_empty() {
        return String::new();
    }
    let wording = Wording::of(&tree.metadata.language);
    let word = match section.kind {
        SectionKind::Part => wording.part,
        SectionKind::Subchapter => wording.section,
        SectionKind::Chapter if section.depth > 0 && section.label.contains('.') => wording.section,
        SectionKind::Chapter => wording.chapter,
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Copyright
        | SectionKind::Dedication
        | SectionKind::Epigraph
        | SectionKind::Contents
        | SectionKind::ListOfFigures
        | SectionKind::ListOfTables
        | SectionKind::Foreword
        | SectionKind::Preface
        | SectionKind::Introduction
        | SectionKind::Acknowledgments
        | SectionKind::Afterword
        | SectionKind::Appendix
        | SectionKind::Glossary
        | SectionKind::Bibliography
        | SectionKind::Chronology
        | SectionKind::Index
        | SectionKind::Other => return section.label.clone(),
    };
    format!("{word} {}", section.label)
}

/// How a section is named to a reader: `Chapter 3, “The siege”`.
pub fn shown(section: &Section, tree: &Tree) -> String {
    let label = label(section, tree);
    match (label.is_empty(), section.title.is_empty()) {
        (true, true) => format!("the {}", kind(section.kind).replace('-', " ")),
        (true, false) => format!("“{}”", section.title),
        (false, true) => label,
        (false, false) => format!("{label}, “{}”", section.title),
    }
}

/// The kind's name in the manifest.
fn kind(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::HalfTitle => "half-title",
        SectionKind::TitlePage => "title-page",
        SectionKind::Copyright => "copyright",
        SectionKind::Dedication => "dedication",
        SectionKind::Epigraph => "epigraph",
        SectionKind::Contents => "contents",
        SectionKind::ListOfFigures => "list-of-figures",
        SectionKind::ListOfTables => "list-of-tables",
        SectionKind::Part => "part",
        SectionKind::Chapter => "chapter",
        SectionKind::Subchapter => "subchapter",
        SectionKind::Foreword => "foreword",
        SectionKind::Preface => "preface",
        SectionKind::Introduction => "introduction",
        SectionKind::Acknowledgments => "acknowledgments",
        SectionKind::Afterword => "afterword",
        SectionKind::Appendix => "appendix",
        SectionKind::Glossary => "glossary",
        SectionKind::Bibliography => "bibliography",
        SectionKind::Chronology => "chronology",
        SectionKind::Index => "index",
        SectionKind::Other => "other",
    }
}
