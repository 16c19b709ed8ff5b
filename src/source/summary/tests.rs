use super::*;
use crate::base::Files;
use std::path::Path;

fn run(text: &str) -> (String, Vec<String>) {
    let (mut files, mut sink) = (Files::default(), Sink::new());
    let file = files.add(Path::new("SUMMARY.md"), text.to_owned());
    let listed = read(text, file, &mut sink);
    let lines = listed.iter().map(|listed| match listed {
        Listed::Part { title, .. } => format!("part {title}"),
        Listed::Separator => "---".to_owned(),
        Listed::Chapter(c) => {
            let number = if c.numbered { "#" } else { "" };
            format!("{:?}{number} {} {} <{}>", c.matter, c.depth, c.title, c.path)
        }
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let faults = sink.list().iter().map(|d| {
        let (line, col) = d.at.map(|s| files.line_col(s.file, s.start)).unwrap_or_default();
        format!("{line}:{col} {}", d.code)
    });
    (lines, faults.collect())
}

#[test]
fn sections_and_sites_that_gitbook_lists_are_no_chapters() {
    let (lines, faults) =
        run("* [One](one.md)\n  * [Its part](one.md#part)\n* [Two](two.md#top)\n* [Chat](https://example.com)\n");
    assert_eq!(lines, "Main# 0 One <one.md>\nMain# 0 Two <two.md>");
    assert_eq!(faults, ["4:3 summary.link"]);
}

#[test]
fn the_whole_grammar() {
    let (lines, faults) = run("<!-- a comment -->
# My *Summary*

[Preface](./preface.md)
[Second `code`](b%20c.md)

---

- [One](one.md)
    - [One one](sub/one.md) and more
    * [Draft]()
- [Two](two.md)

## skipped

# Part *two*

1. [Three](three.md)

---

# Part three

some text

- [Four](four.md)

[After](after.md)
---
[Index]()
");
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(
        lines,
        "Front 0 Preface <preface.md>
Front 0 Second `code` <b c.md>
---
Main# 0 One <one.md>
Main# 1 One one <sub/one.md>
Main# 1 Draft <>
Main# 0 Two <two.md>
part Part *two*
Main# 0 Three <three.md>
---
part Part three
Main# 0 Four <four.md>
Back 0 After <after.md>
---
Back 0 Index <>"
    );
}

#[test]
fn every_fault_is_told_with_its_place() {
    let (_, faults) = run("# S

- [A](a.md)
- text
- [B](b.md)
  - **no**
- [A](./a.md)
- [W](https://example.com)

[Z](z.md)

- [Y](y.md)
");
    assert_eq!(
        faults,
        ["4:3 summary.item", "6:7 summary.item", "7:3 summary.duplicate", "8:3 summary.link", "12:1 summary.suffix"]
    );
}

#[test]
fn a_list_without_title_and_a_loose_list() {
    assert_eq!(run("- [A](a.md)\n\n- [B](b.md)\n").0, "Main# 0 A <a.md>\nMain# 0 B <b.md>");
    assert_eq!(run("").0, "");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "([-#*1. ]{0,4}\\[[a-zé]*\\]\\([a-z/.]*\\)\n{0,2}){0,9}|.{0,80}") {
        run(&text);
    }
}
