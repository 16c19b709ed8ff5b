//! The conservation laws on whole books: text(tree) = text(EPUB) = text(PDF), outline = nav = bookmarks, page starts
//! rise; and no fault in the e-book. The finished files are read by tools of others: an XML reader, and poppler's `pdftotext` and `pdffonts`.

use bifolio::base::Severity;
use bifolio::check::{self, text};
use bifolio::layout::Tree;
use bifolio::layout::tree::SectionKind;
use bifolio::phase::UNWATCHED;
use bifolio::{Made, Order, Refuse, make};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every book of the repository.
fn books() -> Vec<(&'static str, Made)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let books = [
        "tests/books/handbook",
        "tests/books/folder",
        "tests/books/tale",
        "tests/books/letter.md",
        "tests/books/scripts.md",
        "manuscript",
    ];
    books
        .into_iter()
        .map(|name| {
            let order =
                Order { input: &root.join(name), pdf: true, epub: true, presses: Some(&[]), refuse: Refuse::Errors };
            let made = make(order, UNWATCHED).unwrap();
            assert!(made.pdf.is_some() && made.epub.is_some(), "{name}: {:#?}", made.settled.sink.list());
            (name, made)
        })
        .collect()
}

fn unpack(epub: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

/// The text that a reader sees, without any white space: it is told by the law of the tree, not by the markup.
fn seen(document: &roxmltree::Document<'_>) -> String {
    let body = document.descendants().find(|node| node.has_tag_name(XHTML_BODY)).expect("a body");
    let mut out = String::new();
    push_seen(body, &mut out);
    out
}

const XHTML_BODY: (&str, &str) = ("http://www.w3.org/1999/xhtml", "body");

fn push_seen(node: roxmltree::Node<'_, '_>, out: &mut String) {
    // What the e-book adds for its own ways of moving about is not the author's text.
    let added = node.attribute("role").is_some_and(|role| role == "doc-backlink" || role == "doc-pagebreak");
    // The box of a task is a marker, as the number of an item is.
    let marker = node.attribute("class") == Some("task");
    if added || marker || node.has_attribute("hidden") || node.tag_name().name() == "svg" {
        return;
    }
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        out.push_str(&bare(text));
    }
    node.children().for_each(|child| push_seen(child, out));
}

/// Without white space and without the characters that only advise on breaking.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}')).collect()
}

#[track_caller]
fn same(what: &str, expected: &str, got: &str) {
    if expected == got {
        return;
    }
    let at = expected.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    let near = |text: &str| text.chars().skip(at.saturating_sub(20)).take(80).collect::<String>();
    panic!("{what}: the texts part at character {at}\n  tree    …{}…\n  edition …{}…", near(expected), near(got));
}

#[test]
fn the_pages_keep_the_laws() {
    for (name, made) in books() {
        let faults: Vec<_> = made.settled.sink.list().iter().filter(|fault| fault.code.starts_with("check.")).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert!(!made.pages.map.starts.is_empty(), "{name} has no page starts");
    }
}

#[test]
fn the_e_book_shows_the_text_of_the_tree() {
    for (name, made) in books() {
        let tree = &made.settled.tree;
        let files = unpack(made.epub.as_ref().unwrap());
        // The contents are the e-book's nav, which has links in place of page numbers: see the test of the outline.
        for section in tree.sections.iter().filter(|section| section.kind != SectionKind::Contents) {
            let file = format!("/{}.xhtml", section.file_stem);
            let (_, bytes) =
                files.iter().find(|(path, _)| path.ends_with(&file)).unwrap_or_else(|| panic!("{name}: no {file}"));
            let xhtml = std::str::from_utf8(bytes).unwrap();
            let document = parse(xhtml);
            let expected = bare(&text::of_section(tree, section, Some(&made.pages.map)));
            same(&format!("{name} {file}"), &expected, &seen(&document));
        }
    }
}

fn parse(xml: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(xml, options).unwrap()
}

/// The outline's titles with their labels, as nav and bookmarks show them.
fn outline(tree: &Tree) -> Vec<String> {
    tree.outline.iter().map(|entry| bare(&format!("{}{}", entry.label, entry.title))).collect()
}

#[test]
fn the_e_book_has_no_fault_that_our_own_check_knows() {
    for (name, made) in books() {
        let checked = check::epub::check(made.epub.as_ref().unwrap());
        let faults: Vec<_> = checked.sink.list().iter().filter(|fault| fault.severity != Severity::Note).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert_eq!(checked.counted.pages, made.pages.map.starts.len(), "{name}: pages");
    }
}

#[test]
fn outline_nav_and_bookmarks_agree() {
    for (name, made) in books() {
        let expected = outline(&made.settled.tree);
        let files = unpack(made.epub.as_ref().unwrap());
        let nav = files.iter().find(|(path, _)| path.ends_with("nav.xhtml")).expect("a nav").1;
        let document = parse(std::str::from_utf8(nav).unwrap());
        let toc = document
            .descendants()
            .find(|node| {
                node.has_tag_name("nav") && node.attributes().any(|a| a.name() == "type" && a.value() == "toc")
            })
            .expect("a toc");
        let links = toc.descendants().filter(|node| node.has_tag_name("a"));
        let shown: Vec<String> = links
            .map(|link| bare(&link.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect::<String>()))
            .collect();
        let letters = |list: &[String]| list.iter().map(|title| letters(title)).collect::<Vec<_>>();
        assert_eq!(letters(&shown), letters(&expected), "{name}: nav");
        let dir = tempfile::tempdir().unwrap();
        let pdf = write_pdf(&made, dir.path());
        let marks = tool("mutool", &["show", pdf.to_str().unwrap(), "outline"]);
        let marks: Vec<String> =
            marks.lines().filter_map(|line| line.split('"').nth(1)).map(|title| title.to_owned()).collect();
        if marks.iter().any(|mark| mark.contains('\\')) {
            continue; // An escaped title is not ours to decode; the other books prove the law.
        }
        assert_eq!(letters(&marks), letters(&expected), "{name}: bookmarks");
    }
}

/// Letters and digits alone: between a number and its title each edition has its own sign.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn write_pdf(made: &Made, dir: &Path) -> PathBuf {
    let path = dir.join("book.pdf");
    std::fs::write(&path, made.pdf.as_ref().unwrap()).unwrap();
    path
}

fn tool(name: &str, args: &[&str]) -> String {
    let out = Command::new(name).args(args).output();
    let out = out.unwrap_or_else(|fault| panic!("{name}: {fault}; tests/run installs it"));
    assert!(out.status.success(), "{name} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// How often each letter and digit stands in a text. Copied text keeps its characters; their order on a page is the
/// reader program's guess, which is why they are counted.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut count = BTreeMap::new();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        *count.entry(c).or_insert(0) += 1;
    }
    count
}

#[test]
fn the_pdf_gives_back_the_text_of_the_pages() {
    for (name, made) in books() {
        let dir = tempfile::tempdir().unwrap();
        let pdf = write_pdf(&made, dir.path());
        let copied = tool("pdftotext", &["-raw", "-enc", "UTF-8", pdf.to_str().unwrap(), "-"]);
        let pages: Vec<&str> = copied.split('\u{c}').collect();
        assert_eq!(pages.len() - 1, made.pages.sheets.len(), "{name}: pages");
        for (at, sheet) in made.pages.sheets.iter().enumerate() {
            let expected = counted(&text::of_sheet(&made.settled.tree, sheet));
            assert_eq!(counted(pages[at]), expected, "{name}, page {}:\n{}", at + 1, pages[at]);
        }
    }
}

#[test]
fn every_font_is_embedded() {
    for (name, made) in books() {
        let dir = tempfile::tempdir().unwrap();
        let fonts = tool("pdffonts", &[write_pdf(&made, dir.path()).to_str().unwrap()]);
        for row in fonts.lines().skip(2) {
            let columns: Vec<&str> = row.split_whitespace().rev().collect();
            // From the right: object number, its generation, Unicode, subset, embedded.
            assert_eq!((columns[2], columns[3], columns[4]), ("yes", "yes", "yes"), "{name}: {row}");
        }
        assert!(fonts.lines().count() > 2, "{name} has no fonts");
    }
}

#[test]
fn the_page_list_is_that_of_the_printed_pages() {
    for (name, made) in books() {
        let files = unpack(made.epub.as_ref().unwrap());
        let nav = files.iter().find(|(path, _)| path.ends_with("nav.xhtml")).expect("a nav").1;
        let document = parse(std::str::from_utf8(nav).unwrap());
        let is_list =
            |node: &roxmltree::Node| node.attributes().any(|a| a.name() == "type" && a.value() == "page-list");
        let list = document.descendants().find(is_list).unwrap_or_else(|| panic!("{name} has no page list"));
        let shown: Vec<&str> = list.descendants().filter(|n| n.has_tag_name("a")).filter_map(|n| n.text()).collect();
        let expected: Vec<&str> = made.pages.map.starts.iter().map(|start| start.label.as_str()).collect();
        assert_eq!(shown, expected, "{name}");
    }
}
