use super::*;

fn book() -> (Files, Sink) {
    let mut files = Files::default();
    let one = files.add(Path::new("src/one.md"), "# One\n\nsee [x](missing.md).\n".to_owned());
    let two = files.add(Path::new("src/two.md"), "text\n".to_owned());
    let mut sink = Sink::new();
    sink.push(Diagnostic::warning("glyph.missing", "no font has ⟰").at(Span::new(two, 0, 4)));
    sink.push(
        Diagnostic::error("ref.unknown", "no chapter `missing.md`").at(Span::new(one, 11, 26)).hint("is it `one.md`?"),
    );
    sink.push(Diagnostic::note("page.loose", "a page\nis loose"));
    sink.push(Diagnostic::warning("glyph.missing", "no font has ⟰").at(Span::new(two, 0, 4)));
    (files, sink)
}

fn text(format: Format, least: Severity) -> String {
    let (files, sink) = book();
    Report { format, paint: Paint(false) }.text(&sink, &files, Path::new("my-book"), least)
}

#[test]
fn a_person_sees_the_line_the_place_and_the_hint() {
    let expected = "\
error[ref.unknown]: no chapter `missing.md`
 --> my-book/src/one.md:3:5
  |
3 | see [x](missing.md).
  |     ^^^^^^^^^^^^^^^
  = hint: is it `one.md`?

warning[glyph.missing]: no font has ⟰
 --> my-book/src/two.md:1:1
  |
1 | text
  | ^^^^

note[page.loose]: a page is loose

1 error, 1 warning, 1 note
";
    assert_eq!(text(Format::Human, Severity::Note), expected);
}

#[test]
fn short_is_one_line_a_fault() {
    let expected = "\
my-book/src/one.md:3:5: error: no chapter `missing.md` [ref.unknown]; is it `one.md`?
my-book/src/two.md:1:1: warning: no font has ⟰ [glyph.missing]
1 error, 1 warning
";
    assert_eq!(text(Format::Short, Severity::Warning), expected);
}

#[test]
fn json_is_one_object_a_line() {
    let text = text(Format::Json, Severity::Error);
    let value: serde_json::Value = serde_json::from_str(text.trim_end()).unwrap();
    assert_eq!(value["file"], "my-book/src/one.md");
    assert_eq!((&value["line"], &value["column"]), (&json!(3), &json!(5)));
    assert_eq!((&value["severity"], &value["code"]), (&json!("error"), &json!("ref.unknown")));
    assert_eq!(value["hints"], json!(["is it `one.md`?"]));
    assert_eq!(text.lines().count(), 1);
}

#[test]
fn colours_change_nothing_but_the_looks() {
    let (files, sink) = book();
    let report = Report { format: Format::Human, paint: Paint(true) };
    let painted = report.text(&sink, &files, Path::new("my-book"), Severity::Note);
    assert!(painted.contains("\x1b[1;31m"));
    let mut plain = painted;
    for code in [RED, YELLOW, CYAN, BLUE, BOLD, "0"] {
        plain = plain.replace(&format!("\x1b[{code}m"), "");
    }
    assert_eq!(plain, text(Format::Human, Severity::Note));
}

#[test]
fn nothing_to_say_says_nothing() {
    let (files, _) = book();
    let report = Report { format: Format::Human, paint: Paint(false) };
    assert_eq!(report.text(&Sink::new(), &files, Path::new("."), Severity::Note), "");
}

#[test]
fn people_are_told_of_one_cause_once() {
    let mut files = Files::default();
    let one = files.add(Path::new("one.md"), "a b c d e f\n".repeat(20));
    let mut sink = Sink::new();
    for at in 0..6 {
        sink.push(Diagnostic::warning("ref.unknown", "no chapter \"x.md\"").at(Span::new(one, at * 2, at * 2 + 1)));
    }
    for at in 0..20 {
        sink.push(Diagnostic::note("line.loose", format!("stretched by {at}")).at(Span::new(
            one,
            12 * at,
            12 * at + 1,
        )));
        sink.push(Diagnostic::error("include.missing", format!("no file {at}")).at(Span::new(
            one,
            12 * at,
            12 * at + 1,
        )));
    }
    let text = |format| Report { format, paint: Paint(false) }.text(&sink, &files, Path::new(""), Severity::Note);
    let human = text(Format::Human);
    assert_eq!(human.matches("no chapter").count(), 1, "{human}");
    assert!(human.contains("  = also at one.md:1:3, one.md:1:5, one.md:1:7, 2 more places\n\n"), "{human}");
    assert_eq!(human.matches("error[include.missing]: no file").count(), 20, "{human}");
    assert_eq!(human.matches("stretched by").count(), super::super::gather::SHOWN, "{human}");
    assert!(human.contains("note[line.loose]: 8 more; --message-format short"), "{human}");
    assert!(human.ends_with("20 errors, 6 warnings, 20 notes\n"), "{human}");
    assert_eq!(text(Format::Short).lines().count(), 47);
}
