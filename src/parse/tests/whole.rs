//! Whole manuscripts: from files to a book.

use super::*;
use crate::asset::PictureId;
use crate::book::{Entry, Matter, inline::plain};
use crate::source;

fn make(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    dir
}

const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/>";

fn book_of(path: &Path) -> (crate::book::Book, source::Manuscript, Vec<String>) {
    let mut sink = Sink::new();
    let mut manuscript = source::read(path, &mut sink).unwrap();
    let book = crate::parse::parse(&mut manuscript, &mut sink);
    let told = sink.list().iter().map(|d| {
        let place = d.at.map(|s| (manuscript.files.path(s.file).display(), manuscript.files.line_col(s.file, s.start)));
        let place = place.map(|(path, (line, col))| format!("{path}:{line}:{col}")).unwrap_or_default();
        format!("{place} {} {}", d.code, d.hints.join(" | "))
    });
    let told = told.collect();
    (book, manuscript, told)
}

#[test]
fn a_heading_that_opens_a_file_is_its_title_whatever_its_level() {
    let dir = make(&[
        ("1-oil.md", b"## The price of oil\n\nText.\n\n### In winter\n\nText.\n"),
        ("2-wick.md", b"## The wick\n\nText.\n\n## The glass\n\nText.\n"),
    ]);
    let (book, _, _) = book_of(dir.path());
    let titles: Vec<String> = book
        .entries
        .iter()
        .map(|entry| match entry {
            Entry::Chapter(chapter) => plain(&chapter.title),
            Entry::Part(_) | Entry::Separator => String::new(),
        })
        .collect();
    assert_eq!(titles, ["The price of oil", "Wick"]);
}

#[test]
fn pictures_are_found_where_sites_and_pandoc_look_for_them() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    let dir = make(&[
        ("book.toml", b"[book]\ntitle = \"T\""),
        ("src/SUMMARY.md", b"- [A](sub/a.md)"),
        ("src/sub/a.md", b"![a](/img/a.svg)\n\n![b](art/b.svg)\n\n![c](img/c.svg)\n\n![d](/img/d.svg)\n"),
        ("src/img/a.svg", svg),
        ("art/b.svg", svg),
        ("src/sub/img/c.svg", svg),
        ("src/img/c.svg", b"not a picture"),
    ]);
    let (_, _, faults) = book_of(dir.path());
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("src/sub/a.md:7:1 "), "{faults:?}");
}

#[test]
fn pictures_are_read_once_and_faults_stand_where_they_are_named() {
    let dir = make(&[
        ("book.toml", b""),
        ("src/SUMMARY.md", b"- [A](a.md)\n- [B](sub/b.md)\n"),
        ("src/a.md", b"![x](img/m%20p.svg)\n\n![y](img/brokn.png)\n\n{{#include part.txt}}"),
        ("src/part.txt", b"one\n![z](img/broken.png) text\n"),
        ("src/sub/b.md", b"![x](../img/m%20p.svg)\n\n![o](../../../o.png) <svg width='1' height='1'></svg>"),
        ("src/img/m p.svg", SVG),
        ("src/img/broken.png", b"\x89PNG\r\n\x1A\n"),
    ]);
    let (book, manuscript, told) = book_of(dir.path());
    assert_eq!(
        told,
        [
            "src/a.md:3:1 picture.missing did you mean \"img/broken.png\"?",
            "src/part.txt:2:1 picture.corrupt open it in a picture program and save it anew, as PNG, JPEG or SVG",
            "src/sub/b.md:3:1 path.outside a book reads only what stands in its own folder, or in the git repository around it: copy the file there",
        ]
    );
    assert_eq!(manuscript.pictures.iter().count(), 2);
    for entry in &book.entries {
        let Entry::Chapter(chapter) = entry else { panic!() };
        let BlockKind::Picture(picture) = &chapter.blocks[0].kind else { panic!() };
        assert_eq!(picture.id, Some(PictureId(0)));
    }
}

fn chapters(markdown: &str) -> (String, Vec<String>) {
    let dir = make(&[("my-book.md", markdown.as_bytes())]);
    let (book, _, _) = book_of(&dir.path().join("my-book.md"));
    let told = book.entries.iter().map(|entry| {
        let Entry::Chapter(chapter) = entry else { panic!() };
        let notes: String = chapter.notes.iter().map(|note| format!(" ^{}", note.name)).collect();
        let matter = if chapter.matter == Matter::Front { "front " } else { "" };
        format!("{matter}{} {}{notes}", plain(&chapter.title), chapter.blocks.len())
    });
    (book.metadata.title, told.collect())
}

#[test]
fn one_file_is_divided_as_its_author_would() {
    let told = |markdown: &str| {
        let (title, chapters) = chapters(markdown);
        format!("{title}: {}", chapters.join(", "))
    };
    assert_eq!(told("# T\n\n## A\n\na\n\n## B\n\nb"), "T: A 2, B 2");
    assert_eq!(told("# T\n\nx\n\n## A\n\na\n\n## B\n\nb"), "T: front T 1, A 2, B 2");
    assert_eq!(told("# A\n\na\n\n# B\n\n## C\n\nb"), "My book: A 2, B 3");
    assert_eq!(told("# T\n\n# A\n\na\n\n# B\n\nb"), "T: A 2, B 2");
    assert_eq!(told("---\ntitle: F\n---\n# A\n\na\n\n# B\n"), "F: A 2, B 1");
    assert_eq!(told("# T\n\na\n\n## One\n"), "T: T 3");
    assert_eq!(told("only text"), "My book: My book 1");
    assert_eq!(told("# A\n\na[^1]\n\n# B\n\nb[^1] c[^2]\n\n[^1]: x\n\n[^2]: y"), "My book: A 2 ^1, B 2 ^1 ^2");
}

#[test]
fn the_title_of_a_divided_file_can_still_be_linked_to() {
    let dir = make(&[("a.md", b"# T {#top}\n\n## A {#a}\n\n[](#top)\n\n## B\n")]);
    let (book, _, _) = book_of(&dir.path().join("a.md"));
    let Entry::Chapter(chapter) = &book.entries[0] else { panic!() };
    assert_eq!(dump(&chapter.blocks), "h1 <span #top >A #a\np <to #top >\n");
}

#[test]
fn titles_hold_inline_markdown() {
    let dir = make(&[("src/SUMMARY.md", b"# S\n\n# Part *one*\n\n- [`a` 1. b](a.md)\n"), ("src/a.md", b"x")]);
    let (book, _, told) = book_of(dir.path());
    assert_eq!(told, Vec::<String>::new());
    let (Entry::Part(part), Entry::Chapter(chapter)) = (&book.entries[0], &book.entries[1]) else { panic!() };
    assert_eq!((words(&part.title), words(&chapter.title)), ("Part <em one>".to_owned(), "`a` 1. b".to_owned()));
}
