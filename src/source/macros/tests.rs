//! The macros of a book, as its author sees them.

use super::*;
use crate::base::FileId;

fn file(text: &str) -> (Macros, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("macros.txt"), text).unwrap();
    let fence = Folder::open(folder.path()).unwrap();
    let written = Set { value: "macros.txt".to_owned(), span: Span::top(FileId(0)) };
    let (mut macros, mut files, mut sink) = (Macros::default(), Files::default(), Sink::new());
    read(&written, &fence, &mut files, &mut macros, &mut sink);
    let places = sink.list().iter().filter_map(|told| told.at);
    let told = places.map(|at| files.text(at.file)[at.start as usize..at.end as usize].to_owned());
    (macros, told.collect())
}

#[test]
fn a_file_is_read_as_mdbook_katex_reads_it() {
    let (macros, told) = file("% sets\n\\RR:{\\mathbb{R}}\n\n\\grad:{\\nabla #1}\r\n\\*:{\\times}\n");
    assert_eq!(macros.0.get("\\RR").map(String::as_str), Some("{\\mathbb{R}}"));
    assert_eq!(macros.0.get("\\grad").map(String::as_str), Some("{\\nabla #1}"));
    assert_eq!((macros.0.len(), told.len()), (3, 0));
}

#[test]
fn what_cannot_work_is_told_and_left_out() {
    let (macros, told) = file("\\a:{\\b}\n\\b:{\\a}\n\\c:{x\nnonsense\n\\ok:{y}\n");
    assert_eq!(macros.0.keys().collect::<Vec<_>>(), ["\\ok"]);
    assert_eq!(told, ["nonsense", "\\c:{x", "\\a:{\\b}", "\\b:{\\a}"]);
}
