use super::*;
use crate::base::Severity;

/// A folder with these files.
fn book(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn told(manuscript: &Manuscript, sink: &Sink) -> Vec<String> {
    let faults = sink.list().iter().filter(|d| d.severity == Severity::Error);
    faults
        .map(|d| {
            let place = d.at.map(|s| {
                (manuscript.files.path(s.file).display().to_string(), manuscript.files.line_col(s.file, s.start))
            });
            let hints: String = d.hints.iter().map(|hint| format!(" | {hint}")).collect();
            format!("{place:?} {} {}{hints}", d.code, d.message)
        })
        .collect()
}

fn chapters(manuscript: &Manuscript) -> Vec<String> {
    let chapters = manuscript.entries.iter().filter_map(|entry| match entry {
        SourceEntry::Chapter(chapter) => Some(format!("{:?} {} {}", chapter.matter, chapter.path, chapter.title)),
        SourceEntry::Part(_) | SourceEntry::Separator => None,
    });
    chapters.collect()
}

#[test]
fn all_faults_of_a_book_in_one_run() {
    let dir = book(&[
        ("book.toml", "[book]\ntitle = \"Ä T\"\n[output.bifolio]\nsubtitel = \"x\"\ncover = \"src/covr.png\"\n"),
        ("src/SUMMARY.md", "# S\n\n- [A](a.md)\n- [B](chapter-b.md)\n- [C](../../c.md)\n- [D]()\n"),
        ("src/a.md", "# A\n\n{{#include gone.md}}\n"),
        ("src/chapter_b.md", "b"),
        ("src/cover.png", "x"),
    ]);
    let mut sink = Sink::new();
    let manuscript = read(dir.path(), &mut sink).unwrap();
    assert_eq!(manuscript.name, "a-t");
    assert_eq!(chapters(&manuscript), ["Main a.md A", "Main chapter-b.md B", "Main ../../c.md C", "Main  D"]);
    assert_eq!(
        told(&manuscript, &sink),
        [
            "Some((\"book.toml\", (4, 1))) toml.key unknown key \"subtitel\" in [output.bifolio] | did you mean \"subtitle\"?",
            "Some((\"src/SUMMARY.md\", (4, 3))) chapter.missing no chapter file \"chapter-b.md\" | did you mean \"chapter_b.md\"?",
            "Some((\"src/SUMMARY.md\", (5, 3))) path.outside the chapter file \"../../c.md\" is outside the book's folder | a book reads only what stands in its own folder, or in the git repository around it: copy the file there",
            "Some((\"src/a.md\", (3, 1))) include.missing no file \"gone.md\" | paths are relative to the file they are written in; capitals count",
            "Some((\"book.toml\", (5, 9))) picture.missing no picture \"src/covr.png\" | did you mean \"src/cover.png\"?",
        ]
    );
}

#[test]
fn a_plain_folder_is_a_book() {
    let dir = book(&[
        ("README.md", "---\nauthor: Me\n---\n# My *Book*\n"),
        ("2-b.md", "b"),
        ("10-c.md", "c"),
        ("1-a.md", "# A"),
    ]);
    let mut sink = Sink::new();
    let manuscript = read(dir.path(), &mut sink).unwrap();
    assert_eq!(manuscript.metadata.title, "My Book");
    assert_eq!(manuscript.metadata.authors[0].name, "Me");
    assert_eq!(chapters(&manuscript), ["Front README.md README", "Main 1-a.md A", "Main 2-b.md B", "Main 10-c.md C"]);
    assert!(sink.list().is_empty());
}

#[test]
fn one_file_is_a_book() {
    let dir = book(&[("my-novel.md", "---\ntitle: T\nlang: az\n---\nText")]);
    let manuscript = read(&dir.path().join("my-novel.md"), &mut Sink::new()).unwrap();
    assert_eq!((manuscript.name.as_str(), manuscript.metadata.title.as_str()), ("my-novel", "T"));
    assert_eq!(manuscript.metadata.language.tag(), "az");
    let SourceEntry::Chapter(chapter) = &manuscript.entries[0] else { panic!() };
    assert_eq!(chapter.text.as_ref().unwrap().text, "Text");
}

#[test]
fn a_summary_without_a_manifest() {
    let dir = book(&[("src/SUMMARY.md", "- [A](a.md)"), ("src/a.md", "a")]);
    let manuscript = read(dir.path(), &mut Sink::new()).unwrap();
    assert_eq!(chapters(&manuscript), ["Main a.md A"]);
    assert_eq!(manuscript.files.path(FileId(1)), Path::new("src/a.md"));
}

#[test]
fn nothing_to_read() {
    let empty = book(&[]);
    assert!(matches!(read(empty.path(), &mut Sink::new()), Err(Error::NoBook { .. })));
    assert!(matches!(read(Path::new("/no/such"), &mut Sink::new()), Err(Error::Read { .. })));
    for files in [
        vec![("book.toml", ""), ("src/x.txt", "")],
        vec![("book.toml", ""), ("src/SUMMARY.md", "")],
        vec![("book.toml", ""), ("src/SUMMARY.md", "- [A](a.md)"), ("src/a.md", " \n")],
        vec![("a.md", "")],
    ] {
        let mut sink = Sink::new();
        read(book(&files).path(), &mut sink).unwrap();
        assert_eq!(sink.count(Severity::Error), 1, "{files:?} {sink:?}");
    }
}

#[test]
fn a_byte_that_is_not_utf8_stops_the_book_at_its_place() {
    let dir = book(&[("b.md", "b")]);
    fs::write(dir.path().join("a.md"), b"one\ntw\xFF").unwrap();
    let mut sink = Sink::new();
    let manuscript = read(dir.path(), &mut sink).unwrap();
    assert_eq!(
        told(&manuscript, &sink),
        ["Some((\"a.md\", (2, 3))) text.encoding this byte is not UTF-8 | save the file as UTF-8"]
    );
}
