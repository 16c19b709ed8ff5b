use super::*;
use crate::base::{Files, Length};
use crate::theme::Numbering;
use std::path::Path;

fn run(text: &str) -> (Manifest, Vec<String>) {
    let (mut files, mut sink) = (Files::default(), Sink::new());
    let file = files.add(Path::new("book.toml"), text.to_owned());
    let manifest = read(text, file, &Faces::with(Vec::new()), &mut sink);
    let told = sink.list().iter().map(|d| {
        let (line, col) = d.at.map(|s| files.line_col(s.file, s.start)).unwrap_or_default();
        let hints: String = d.hints.iter().map(|hint| format!(" | {hint}")).collect();
        format!("{line}:{col} {} {}{hints}", d.code, d.message)
    });
    (manifest, told.collect())
}

#[test]
fn a_whole_manifest() {
    let (manifest, faults) = run(r#"
[book]
title = "T"
authors = ["A B <a@b>", "C"]
language = "pt_br"
src = "text"
[output.html]
mathjax-support = true
[output.html.code.hidelines]
python = "~"
[output.html.search]
anything = 1
[output.bifolio]
isbn-print = "978-3-16-148410-0"
date = 2026-11-22
trim = ["148mm", "21cm"]
margins = { inner = "20mm", outer = "18mm" }
text-font = "alegreya"
text-size = "11pt"
leading = 1.4
numbering = "chapters"
lists = ["figures"]
index = false
numbered-parts = true
contributors = [{ name = "D", role = "translator" }]
[output.epub]
any = 1
"#);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(manifest.metadata.authors[0].name, "A B");
    assert_eq!(manifest.metadata.language.tag(), "pt-BR");
    assert_eq!(manifest.metadata.modified, "2026-11-22T00:00:00Z");
    assert_eq!(manifest.metadata.contributors[0].role, "trl");
    assert_eq!(manifest.theme.page.height, Length::mm(210.0));
    assert_eq!(manifest.theme.page.margins.inner, Length::mm(20.0));
    assert_eq!(manifest.theme.families.text, "Alegreya");
    assert_eq!(manifest.theme.text_size, Length::pt(11.0));
    assert_eq!(manifest.theme.numbering, Numbering::Chapters);
    assert!(manifest.theme.lists.figures && !manifest.theme.lists.index && manifest.theme.numbered_parts);
    assert_eq!(manifest.options.hidden_lines["python"], "~");
    assert_eq!(manifest.options.src, "text");
}

#[test]
fn all_faults_in_one_run_each_with_its_place() {
    let (_, faults) = run(r#"[book]
titel = "T"
multilingual = false
authors = 3
[output.html]
curly-quotes = true
[output.bifolio]
isbn-print = "978-3-16-148410-1"
trim = "6y9"
margins = { inner = "9in" }
text-font = "Literatta"
numbering = "section"
subtitel = "x"
contributors = [{ name = "D", role = "tranlator" }, { role = "edt" }]
text-size = "3"
date = "yesterday"
[preprocessor.mermaid]
[preprocessor.links]
"#);
    let starts = [
        "4:11 toml.type book.authors is a list of texts in quotes, not a whole number",
        "3:16 config.old-key \"multilingual\"",
        "2:1 toml.key unknown key \"titel\" in [book] | did you mean \"title\"?",
        "17:15 config.preprocessor preprocessors of this book are not run: mermaid",
        "6:16 config.old-key \"curly-quotes\"",
        "8:14 config.isbn isbn-print \"978-3-16-148410-1\" is not an ISBN: its last digit should be 0",
        "16:8 config.date",
        "14:38 config.role unknown role \"tranlator\" | did you mean \"translator\"?",
        "14:53 config.person",
        "9:8 config.trim",
        "11:13 config.font no font \"Literatta\" | did you mean \"Literata\"?",
        "15:13 config.length \"3\" is not a length",
        "10:11 config.margins",
        "12:13 config.choice numbering cannot be \"section\" | did you mean \"sections\"?",
        "13:1 toml.key unknown key \"subtitel\" in [output.bifolio] | did you mean \"subtitle\"?",
    ];
    for (fault, start) in faults.iter().zip(starts) {
        assert!(fault.starts_with(start), "{fault}\n{start}");
    }
    assert_eq!(faults.len(), starts.len(), "{faults:#?}");
    let without: Vec<&String> = faults.iter().filter(|fault| !fault.contains(" | ")).collect();
    assert!(without.is_empty(), "every fault comes with a hint: {without:?}");
}

#[test]
fn what_is_asked_of_the_package_is_proved() {
    let (manifest, faults) = run("[output.bifolio]\nseries = \"S\"\nseries-number = 2\nobfuscate-fonts = true\n\
        ibooks-version = \"1.2.10\"\nrendition = { flow = \"scrolled-doc\", layout = \"reflowable\" }\n");
    assert_eq!(faults, Vec::<String>::new());
    let packaging = &manifest.metadata.packaging;
    assert!(packaging.obfuscate_fonts);
    assert_eq!(packaging.ibooks_version.as_deref(), Some("1.2.10"));
    assert_eq!(packaging.rendition, [("layout", "reflowable"), ("flow", "scrolled-doc")]);
    let (manifest, faults) = run("[output.bifolio]\nseries-number = \"II\"\nobfuscate-fonts = 1\n\
        ibooks-version = \"1.0-beta\"\nrendition = { flow = \"scroll-doc\", layout = \"pre-paginated\", fold = 1 }\n");
    let starts = [
        "2:17 config.series series-number stands without a series | ",
        "3:19 toml.type",
        "4:18 config.ibooks \"1.0-beta\" is not a version for Apple Books | ",
        "5:45 config.choice layout cannot be \"pre-paginated\" | ",
        "5:22 config.choice flow cannot be \"scroll-doc\" | did you mean \"scrolled-doc\"?",
        "5:62 toml.key unknown key \"fold\" in [output.bifolio.rendition]",
    ];
    for (fault, start) in faults.iter().zip(starts) {
        assert!(fault.starts_with(start), "{fault}\n{start}");
    }
    assert_eq!(faults.len(), starts.len(), "{faults:#?}");
    assert!(manifest.metadata.packaging.rendition.is_empty());
    let (_, faults) = run("[output.bifolio]\nseries = \"S\"\nseries-number = \"II\"\n");
    assert!(faults[0].starts_with("3:17 config.series shelves cannot sort by"), "{faults:?}");
}

#[test]
fn redirects_are_read_with_their_places() {
    let (manifest, faults) = run("[output.html]\nsite-url = \"/book/\"\n[output.html.redirect]\n\
        \"/a.html\" = \"b.html\"\n\"/b.html\" = \"/book/c.html#x\"\n\"/d.html\" = 4\n");
    assert_eq!(
        faults,
        ["6:13 toml.type output.html.redirect./d.html is a text in quotes, not a whole number \
        | write /d.html as a text in quotes"]
    );
    let read: Vec<_> = manifest.redirects.iter().map(|r| (r.from.as_str(), r.to.as_str())).collect();
    assert_eq!(read, [("/a.html", "b.html"), ("/b.html", "/c.html#x")]);
}

#[test]
fn broken_syntax_does_not_hide_the_rest() {
    let (manifest, faults) = run("[book]\ntitle = \"T\"\nlanguage = \n[output.bifolio]\ntrim = 3\n");
    assert_eq!(manifest.metadata.title, "T");
    assert!(faults[0].starts_with("3:"), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.contains("config.trim")), "{faults:?}");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(\\[output.bifolio\\]\n)?([a-z-]{1,9} ?= ?[\\[\\]{}\"0-9a-zé,.]{0,9}\n){0,5}|.{0,80}") {
        run(&text);
    }
}
