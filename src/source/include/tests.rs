use super::*;
use crate::source::text;
use std::path::Path;

/// Expands `src/a.md` of a folder with these files; hands back the text and the faults with their places.
fn run(files_of_book: &[(&str, &str)]) -> (Expanded, Vec<String>, Files) {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files_of_book {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let folder = Folder::open(dir.path()).unwrap();
    let (mut files, mut sink) = (Files::default(), Sink::new());
    let bytes = std::fs::read(dir.path().join("src/a.md")).unwrap();
    let file = text::decode(bytes).take_in(Path::new("src/a.md"), &mut files, &mut sink);
    let included = Included::load(&[file], &folder, &mut files, &mut sink);
    let library = Library { folder: &folder, files: &files, included: &included };
    let expanded = expand(library, file, 0, &mut sink);
    let faults = sink.list().iter().map(|d| {
        let (line, col) = d.at.map(|s| files.line_col(s.file, s.start)).unwrap_or_default();
        let path = d.at.map(|s| files.path(s.file).display().to_string()).unwrap_or_default();
        format!(
            "{path}:{line}:{col} {} {}{}",
            d.code,
            d.message,
            d.hints.iter().map(|h| format!(" | {h}")).collect::<String>()
        )
    });
    let faults = faults.collect();
    (expanded, faults, files)
}

fn text_of(files: &[(&str, &str)]) -> String {
    let (expanded, faults, _) = run(files);
    assert_eq!(faults, Vec::<String>::new());
    expanded.text
}

const LOREM: &str = "Lorem\nipsum\ndolor\nsit\namet\n";

#[test]
fn lines_by_number() {
    for (written, text) in [
        ("{{#include l.txt:2:3}}", "ipsum\ndolor"),
        ("{{#include l.txt:4:}}", "sit\namet"),
        ("{{#include l.txt::3}}", "Lorem\nipsum\ndolor"),
        ("{{#include l.txt}}", "Lorem\nipsum\ndolor\nsit\namet"),
        ("{{#include l.txt:5:3}}", ""),
        ("{{#include l.txt::100}}", "Lorem\nipsum\ndolor\nsit\namet"),
    ] {
        assert_eq!(text_of(&[("src/a.md", written), ("src/l.txt", LOREM)]), text, "{written}");
    }
}

#[test]
fn lines_by_anchor_without_the_marks_within() {
    let file = "Lorem\n// ANCHOR:    test2\nipsum\n// ANCHOR: test\ndolor\nsit\n// ANCHOR_END: test\nlorem\n// ANCHOR_END:test2\nipsum";
    let with = |a: &str| text_of(&[("src/a.md", a), ("src/l.rs", file)]);
    assert_eq!(with("{{#include l.rs:test2}}"), "ipsum\ndolor\nsit\nlorem");
    assert_eq!(with("{{#include l.rs:test}}"), "dolor\nsit");
    assert_eq!(with("{{#rustdoc_include l.rs:test}}"), "# Lorem\n# ipsum\ndolor\nsit\n# lorem\n# ipsum");
    assert_eq!(with("{{#rustdoc_include l.rs:3:3}}").lines().nth(2), Some("ipsum"));
}

#[test]
fn rustdoc_include_hides_the_other_lines() {
    let text = text_of(&[("src/a.md", "{{#rustdoc_include l.txt:2:3}}"), ("src/l.txt", LOREM)]);
    assert_eq!(text, "# Lorem\nipsum\ndolor\n# sit\n# amet");
}

#[test]
fn playground_makes_a_fence() {
    let text = text_of(&[("src/a.md", "a\n\n{{#playground m.rs editable}}\n\nb"), ("src/m.rs", "fn main() {}\n")]);
    assert_eq!(text, "a\n\n```rust,editable\nfn main() {}\n```\n\nb");
}

#[test]
fn escapes_and_titles() {
    assert_eq!(
        text_of(&[("src/a.md", "```\n\\{{#include file.rs}} << escaped\n```")]),
        "```\n{{#include file.rs}} << escaped\n```"
    );
    assert_eq!(text_of(&[("src/a.md", "{{#title My Title}}\n# My Chapter")]), "\n# My Chapter");
}

#[test]
fn paths_are_relative_to_the_including_file() {
    let files =
        [("src/a.md", "{{#include sub/b.md}}"), ("src/sub/b.md", "b {{#include c.md}}\n"), ("src/sub/c.md", "c\n")];
    assert_eq!(text_of(&files), "b c");
}

#[test]
fn quotes_and_lists_keep_their_prefix() {
    let files = [
        ("src/a.md", "> > {{#include b.md}}\n\n- x\n\n  {{#include b.md}}\ntext {{#include b.md}}"),
        ("src/b.md", "one\n\ntwo\n"),
    ];
    assert_eq!(text_of(&files), "> > one\n> > \n> > two\n\n- x\n\n  one\n  \n  two\ntext one\n\ntwo");
}

#[test]
fn every_byte_leads_to_the_file_it_came_from() {
    let (expanded, _, files) = run(&[("src/a.md", "top\n  {{#include b.md:2:}}\nend"), ("src/b.md", "no\none\ntwo\n")]);
    let place = |needle: &str| {
        let at = expanded.text.find(needle).unwrap();
        let span = expanded.map.span(at..at + needle.len());
        let (line, col) = files.line_col(span.file, span.start);
        format!("{}:{line}:{col}+{}", files.path(span.file).display(), span.end - span.start)
    };
    assert_eq!(expanded.text, "top\n  one\n  two\nend");
    assert_eq!(place("one"), "src/b.md:2:1+3");
    assert_eq!(place("two"), "src/b.md:3:1+3");
    assert_eq!(place("end"), "src/a.md:3:1+3");
}

#[test]
fn faults_stand_at_the_directive_with_the_nearest_name() {
    let (_, faults, _) = run(&[
        (
            "src/a.md",
            "x {{#include lorem.tx}}\n{{#include lorem.txt:anchr}}\n{{#include ../../etc/passwd}}\n{{#include /etc/passwd}}\n{{#inlude lorem.txt}}\n{{#include lorem.txt:90}}",
        ),
        ("src/lorem.txt", "ANCHOR: anchor\nx\n"),
    ]);
    assert_eq!(
        faults,
        [
            "src/a.md:1:3 include.missing no file \"lorem.tx\" | did you mean \"lorem.txt\"?",
            "src/a.md:2:1 include.anchor no anchor \"anchr\" in \"lorem.txt\" | did you mean \"anchor\"?",
            "src/a.md:3:1 path.outside the file \"../../etc/passwd\" is outside the book's folder | a book reads only what stands in its own folder, or in the git repository around it: copy the file there",
            "src/a.md:4:1 path.outside the file \"/etc/passwd\" is outside the book's folder | a book reads only what stands in its own folder, or in the git repository around it: copy the file there | write the path relative to the file it stands in",
            "src/a.md:5:1 include.name no directive is named \"#inlude\" | did you mean \"#include\"?",
            "src/a.md:6:1 include.range \"lorem.txt\" has only 2 lines",
        ]
    );
}

#[test]
fn a_fault_in_an_included_file_stands_there() {
    let (_, faults, _) = run(&[("src/a.md", "\n{{#include b.md}}"), ("src/b.md", "one\ntwo {{#include gone}}\n")]);
    assert_eq!(
        faults,
        [
            "src/b.md:2:5 include.missing no file \"gone\" | paths are relative to the file they are written in; capitals count"
        ]
    );
}

#[test]
fn circles_end() {
    let (_, faults, _) = run(&[("src/a.md", "{{#include b.md}}"), ("src/b.md", "{{#include a.md}}")]);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].contains("include.cycle"), "{faults:?}");
}

#[test]
fn includes_that_grow_without_measure_end() {
    let ten = "{{#include big.md}}{{#include b1.md}}".repeat(10);
    let mut files =
        vec![("src/a.md".to_owned(), "{{#include b1.md}}".to_owned()), ("src/big.md".to_owned(), "x".repeat(100_000))];
    for n in 1..9 {
        files.push((format!("src/b{n}.md"), ten.replace("b1", &format!("b{}", n + 1))));
    }
    files.push(("src/b9.md".to_owned(), "end".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (_, faults, _) = run(&files);
    assert!(faults.iter().any(|fault| fault.contains("include.size")), "{}", faults.len());
}
