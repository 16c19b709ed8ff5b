//! The program as an author meets it: exit codes, outputs, and what it says of each fault of a manuscript.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder in which a book is written and the program run.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    /// A desk with an mdBook of one chapter, which the caller spoils.
    fn with_book(chapter: &str) -> Desk {
        let desk = Desk::new();
        desk.write("book.toml", "[book]\ntitle = \"A Book\"\nauthors = [\"A. Author\"]\n");
        desk.write("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n");
        desk.write("src/one.md", chapter);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn run(&self, args: &[&str]) -> Run {
        Run(command(self.0.path()).args(args).output().unwrap())
    }

    /// The file names in a folder, sorted.
    fn names(&self, dir: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(dir)) else { return Vec::new() };
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn command(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bifolio"));
    command.current_dir(dir).env_remove("SOURCE_DATE_EPOCH");
    command
}

struct Run(Output);

impl Run {
    fn code(&self) -> i32 {
        self.0.status.code().expect("ended by itself")
    }

    fn said(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    fn told(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    #[track_caller]
    fn expect(&self, code: i32) -> &Run {
        assert_eq!(self.code(), code, "stdout: {}\nstderr: {}", self.told(), self.said());
        self
    }

    #[track_caller]
    fn says(&self, what: &str) -> &Run {
        assert!(self.said().contains(what), "no `{what}` in:\n{}", self.said());
        self
    }
}

/// A book with this fault ends in code 1, names the place, gives a hint, and leaves the outputs of the run before.
#[track_caller]
fn faulty(desk: &Desk, place: &str, message: &[&str]) {
    desk.write("dist/a-book.epub", "the edition before");
    let run = desk.run(&["build"]);
    run.expect(1).says(&format!("--> {place}\n")).says("hint: ").says("error[");
    for part in message {
        run.says(part);
    }
    assert_eq!(desk.names("dist"), ["a-book.epub"]);
    assert_eq!(fs::read_to_string(desk.path("dist/a-book.epub")).unwrap(), "the edition before");
    assert_eq!(run.told(), "", "a failed run has nothing to sum up");
}

#[test]
fn an_mdbook_becomes_two_editions() {
    let desk = Desk::with_book("# One\n\nText.\n");
    let run = desk.run(&["build"]);
    run.expect(0);
    assert_eq!(run.said(), "");
    assert_eq!(desk.names("dist"), ["a-book.epub", "a-book.pdf"]);
    assert!(run.told().starts_with("A Book: "), "{}", run.told());
    assert!(run.told().contains("dist/a-book.epub"), "{}", run.told());
    assert!(fs::read(desk.path("dist/a-book.pdf")).unwrap().starts_with(b"%PDF-1.7"));
    // EPUB OCF 3.3, 4.3: `mimetype` stands first, stored.
    assert_eq!(&fs::read(desk.path("dist/a-book.epub")).unwrap()[30..58], b"mimetypeapplication/epub+zip");
}

#[test]
fn a_folder_and_a_single_file_need_no_configuration() {
    let books = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books");
    let desk = Desk::new();
    for book in ["folder", "letter.md", "scripts.md"] {
        desk.run(&["build", books.join(book).to_str().unwrap()]).expect(0);
    }
    assert_eq!(desk.names("dist").len(), 6, "{:?}", desk.names("dist"));
}

#[test]
fn without_a_name_the_book_is_here_or_in_manuscript() {
    let desk = Desk::new();
    desk.run(&["build"]).expect(2).says("bifolio build DIR");
    desk.write("manuscript/one.md", "# One\n\nText.\n");
    desk.run(&["build"]).expect(0);
    assert_eq!(desk.names("dist").len(), 2);
}

#[test]
fn one_edition_alone_is_the_same_as_with_the_other() {
    let desk = Desk::with_book("# One\n\nText.\n");
    desk.run(&["build"]).expect(0);
    desk.run(&["build", "--only", "epub", "-o", "e"]).expect(0);
    desk.run(&["build", "--only", "pdf", "-o", "p"]).expect(0);
    assert_eq!((desk.names("e"), desk.names("p")), (vec!["a-book.epub".into()], vec!["a-book.pdf".into()]));
    for (alone, both) in [("e/a-book.epub", "dist/a-book.epub"), ("p/a-book.pdf", "dist/a-book.pdf")] {
        assert!(fs::read(desk.path(alone)).unwrap() == fs::read(desk.path(both)).unwrap(), "{alone} differs");
    }
}

#[test]
fn a_missing_chapter() {
    let desk = Desk::with_book("# One\n");
    desk.write("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n- [Two](onne.md)\n");
    faulty(&desk, "src/SUMMARY.md:4:3", &["onne.md", "one.md"]);
}

#[test]
fn a_broken_include() {
    let desk = Desk::with_book("# One\n\n```rust\n{{#include code/man.rs}}\n```\n");
    desk.write("src/code/main.rs", "fn main() {}\n");
    faulty(&desk, "src/one.md:4:1", &["code/man.rs"]);
}

#[test]
fn an_include_of_an_anchor_that_is_not_there() {
    let desk = Desk::with_book("# One\n\n{{#include code.rs:mian}}\n");
    desk.write("src/code.rs", "// ANCHOR: main\nfn main() {}\n// ANCHOR_END: main\n");
    faulty(&desk, "src/one.md:3:1", &["mian"]);
}

#[test]
fn an_unknown_anchor() {
    // The label of what is not there cannot be shown.
    let desk = Desk::with_book("# One {#one}\n\n[](#nowhere) says it.\n");
    faulty(&desk, "src/one.md:3:1", &["#nowhere"]);
    // A link that has a text of its own leads at least to the chapter; real books have such links.
    let desk = Desk::with_book("# One {#one}\n\nSee [there](#nowhere).\n");
    desk.run(&["build"]).expect(0).says("--> src/one.md:3:5\n").says("warning[").says("hint: ");
    desk.run(&["build", "--strict"]).expect(1).says("#nowhere");
}

#[test]
fn a_link_to_a_chapter_that_is_not_there() {
    let desk = Desk::with_book("# One\n\nSee [there](two.md).\n");
    let run = desk.run(&["build", "--message-format", "short"]);
    run.says("src/one.md:3:5: ").says("two.md");
}

#[test]
fn a_missing_picture() {
    let desk = Desk::with_book("# One\n\n![A map](map.svg)\n");
    desk.write("src/maps.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    faulty(&desk, "src/one.md:3:1", &["map.svg"]);
}

#[test]
fn a_corrupt_picture() {
    for (name, bytes) in [("x.png", &b"\x89PNG\r\n\x1a\nnonsense"[..]), ("x.jpg", b"text"), ("x.svg", b"<svg")] {
        let desk = Desk::with_book(&format!("# One\n\nA ![picture]({name}).\n"));
        desk.write(&format!("src/{name}"), bytes);
        faulty(&desk, "src/one.md:3:3", &[name]);
    }
}

#[test]
fn a_book_toml_that_is_no_toml() {
    let desk = Desk::with_book("# One\n");
    desk.write("book.toml", "[book]\ntitle = \"A Book\"\nauthors = [\"A\"\n");
    desk.write("dist/a-book.epub", "the edition before");
    let run = desk.run(&["build"]);
    run.expect(1).says("--> book.toml:").says("hint: ");
    assert_eq!(desk.names("dist"), ["a-book.epub"]);
}

#[test]
fn an_unknown_key_of_book_toml() {
    let desk = Desk::with_book("# One\n\nText.\n");
    desk.write("book.toml", "[book]\ntitle = \"A Book\"\n\n[output.bifolio]\nsubtitel = \"x\"\n");
    let run = desk.run(&["build", "--strict"]);
    run.expect(1).says("book.toml:5:1").says("subtitel").says("subtitle");
}

#[test]
fn text_that_is_not_utf_8() {
    let desk = Desk::with_book("");
    desk.write("src/one.md", b"# One\n\nCaf\xE9.\n");
    faulty(&desk, "src/one.md:3:4", &["UTF-8"]);
}

#[test]
fn a_path_that_leaves_the_folder() {
    let desk = Desk::new();
    desk.write("secret.txt", "secret");
    desk.write("book/book.toml", "[book]\ntitle = \"A Book\"\n");
    desk.write("book/src/SUMMARY.md", "- [One](one.md)\n");
    desk.write("book/src/one.md", "# One\n\n{{#include ../../secret.txt}}\n");
    let run = desk.run(&["build", "book"]);
    run.expect(1).says("--> book/src/one.md:3:1\n").says("hint: ");
    assert!(desk.names("dist").is_empty());
}

#[test]
fn an_empty_book() {
    let desk = Desk::with_book("# One\n");
    desk.write("src/SUMMARY.md", "# Summary\n");
    desk.run(&["build"]).expect(1).says("SUMMARY.md:1:1").says("hint: ");
    let desk = Desk::new();
    fs::create_dir(desk.path("nothing")).unwrap();
    let run = desk.run(&["build", "nothing"]);
    assert!(matches!(run.code(), 1 | 2), "{}", run.said());
    run.says("nothing");
    assert!(desk.names("dist").is_empty());
}

#[test]
fn all_faults_are_told_in_one_run_in_the_order_of_the_manuscript() {
    let desk = Desk::with_book("# One\n\n[](#nowhere)\n\n![b](none.png)\n\n{{#include none.rs}}\n");
    let run = desk.run(&["build", "--message-format", "short"]);
    run.expect(1);
    let said = run.said();
    let places: Vec<_> = said.lines().filter_map(|line| line.strip_prefix("src/one.md:")?.split(':').next()).collect();
    assert_eq!(places, ["3", "5", "7"], "{said}");
}

#[test]
fn json_is_one_object_a_line() {
    let desk = Desk::with_book("# One\n\n[](#nowhere)\n");
    let run = desk.run(&["build", "--message-format", "json"]);
    run.expect(1);
    for line in run.said().lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!((&value["file"], &value["line"]), (&"src/one.md".into(), &3.into()), "{line}");
    }
}

#[test]
fn warnings_fail_only_a_strict_run() {
    let desk = Desk::with_book("# One\n\nText.[^a]\n\n[^a]: A note.\n[^b]: Nobody calls it.\n");
    desk.run(&["build", "-o", "loose"]).expect(0).says("warning[");
    desk.run(&["build", "--strict", "-o", "strict"]).expect(1).says("warning[");
    assert_eq!((desk.names("loose").len(), desk.names("strict").len()), (2, 0));
}

#[test]
fn quiet_says_nothing_of_a_good_book() {
    let desk = Desk::with_book("# One\n\nText.[^a]\n\n[^a]: A note.\n[^b]: Nobody calls it.\n");
    let run = desk.run(&["build", "--quiet"]);
    run.expect(0);
    assert_eq!((run.told(), run.said()), (String::new(), String::new()));
    assert_eq!(desk.names("dist").len(), 2);
}

#[test]
fn timings_name_every_phase() {
    let desk = Desk::with_book("# One\n\nText.\n");
    let run = desk.run(&["build", "--timings"]);
    for phase in ["read", "parse", "settle", "paginate", "check", "write pdf", "write epub"] {
        assert!(run.told().lines().any(|line| line.trim_start().starts_with(phase)), "{phase}: {}", run.told());
    }
}

#[test]
fn wrong_usage_and_the_world_end_in_two() {
    let desk = Desk::with_book("# One\n\nText.\n");
    desk.run(&["bind"]).expect(2);
    desk.run(&["build", "--only", "mobi"]).expect(2).says("epub");
    desk.run(&["build", "no-such-folder"]).expect(2).says("no-such-folder");
    desk.write("taken", "a file");
    desk.run(&["build", "-o", "taken"]).expect(2).says("taken");
    desk.run(&["--version"]).expect(0);
    let help = desk.run(&["build", "--help"]);
    assert!(help.expect(0).told().contains("bifolio build my-book"), "{}", help.told());
}

#[test]
fn a_fault_of_the_folder_leaves_the_editions_before_it() {
    let desk = Desk::with_book("# One\n\nText.\n");
    desk.write("dist/a-book.epub", "the edition before");
    fs::create_dir_all(desk.path("dist/a-book.pdf")).unwrap();
    desk.run(&["build"]).expect(2).says("a-book.pdf");
    assert_eq!(fs::read_to_string(desk.path("dist/a-book.epub")).unwrap(), "the edition before");
    assert_eq!(desk.names("dist"), ["a-book.epub", "a-book.pdf"]);
}

#[test]
fn no_manuscript_makes_it_panic() {
    let deep = "> ".repeat(3000) + "deep";
    let lists = (0..2000).map(|n| " ".repeat(2 * (n % 500)) + "- x\n").collect::<String>();
    let marks = "*a **b ".repeat(2000);
    let html = "<div><span>".repeat(3000);
    let cases = [
        "",
        "\u{feff}",
        "#",
        "# \u{0} \u{7f} \u{202e} \u{fffc}",
        "[](",
        "![](x)",
        "[^a]\n\n[^a]: [^a]",
        "|a|\n|-|\n|b|c|",
        "{{#include one.md}}",
        "{{page:}}",
        "{{i:}} {{hi:!}} {{hi:|see}}",
        "<table><td>",
        "<!--",
        "# {#} {.} {=}",
        "a\u{301}\u{301}\u{301} 👩‍👩‍👧 ﷽ 𝔘",
        &deep,
        &lists,
        &marks,
        &html,
    ];
    for case in cases {
        let desk = Desk::with_book(case);
        let run = desk.run(&["build"]);
        let head: String = case.chars().take(40).collect();
        assert!(matches!(run.code(), 0 | 1), "{head:?}: {}", run.said());
        assert!(!run.said().contains("panicked"), "{head:?}: {}", run.said());
    }
}

/// The same manuscript makes the same bytes: on one thread or two, from another folder, in another time and language.
#[test]
fn the_same_text_makes_the_same_bytes() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/handbook");
    let desk = Desk::new();
    fs::create_dir(desk.path("elsewhere")).unwrap();
    let build = |out: &str, dir: &str, env: &[(&str, &str)]| {
        let out = desk.path(out);
        let mut command = command(&desk.path(dir));
        command.arg("build").arg(&book).arg("-o").arg(&out).envs(env.iter().copied());
        Run(command.output().unwrap()).expect(0);
        let files = ["the-keepers-handbook.epub", "the-keepers-handbook.pdf"];
        files.map(|name| fs::read(out.join(name)).unwrap())
    };
    let one = build("a", ".", &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LC_ALL", "C")]);
    let two = build("b", "elsewhere", &[("RAYON_NUM_THREADS", "2"), ("TZ", "Asia/Tokyo"), ("LC_ALL", "tr_TR.UTF-8")]);
    let more = build("c", ".", &[("RAYON_NUM_THREADS", "7"), ("HOME", "/nowhere")]);
    for (at, edition) in ["EPUB", "PDF"].into_iter().enumerate() {
        assert!(one[at] == two[at], "the {edition} differs between one thread and two");
        assert!(one[at] == more[at], "the {edition} differs between one thread and seven");
    }
}

#[test]
fn an_e_book_is_checked() {
    let desk = Desk::with_book("# One\n\nText.\n");
    desk.run(&["build", ".", "--only", "epub"]).expect(0);
    let checked = desk.run(&["check", "--epub", "dist/a-book.epub", "--strict"]);
    checked.expect(0);
    assert!(checked.told().contains("no faults found"), "{}", checked.told());

    let whole = fs::read(desk.path("dist/a-book.epub")).unwrap();
    desk.write("half.epub", &whole[..whole.len() / 2]);
    let faulty = desk.run(&["check", "--epub", "half.epub", "--message-format", "json"]);
    faulty.expect(1);
    assert!(faulty.said().contains("\"code\":\"ocf.zip\""), "{}", faulty.said());
    desk.run(&["check", "--epub", "none.epub"]).expect(2);
    desk.run(&["check"]).expect(2);
}

#[test]
fn an_author_styles_the_e_book() {
    let desk = Desk::with_book("# One\n\nText.\n");
    let keys = "[output.bifolio]\nepub-css = \"look/own.css\"\n";
    desk.write("book.toml", format!("[book]\ntitle = \"A Book\"\nauthors = [\"A. Author\"]\n{keys}"));
    desk.write("look/veil.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    desk.write("look/own.css", ".body { background: url(veil.svg); }\n");
    desk.run(&["build", ".", "--only", "epub"]).expect(0);
    desk.run(&["check", "--epub", "dist/a-book.epub", "--strict"]).expect(0);

    desk.write(
        "look/own.css",
        "@import 'more.css';\na { background: url(https://x.test/a.png) }\nb { src: url(b.png) }\n",
    );
    let refused = desk.run(&["build", ".", "--message-format", "short"]);
    refused.expect(1);
    for fault in ["look/own.css:1:10", "look/own.css:2:21", "look/own.css:3:14", "style.import", "style.remote"] {
        assert!(refused.said().contains(fault), "{fault}: {}", refused.said());
    }
}

#[test]
fn the_typography_report_names_flaws_with_their_lines() {
    let desk = Desk::with_book("# One\n\nHe came with\nthe officers of the ----shire.\n");
    let report = desk.run(&["audit", "--format", "json", "--only", "22"]);
    report.expect(0);
    for said in ["\"bifolio-audit/1\"", "\"flaw\": \"signs\"", "\"file\": \"src/one.md\"", "\"line\": 4"] {
        assert!(report.told().contains(said), "{said}: {}", report.told());
    }
    desk.run(&["audit", "--strict"]).expect(0);
    let book = "[book]\ntitle = \"A Book\"\n[output.bifolio.audit]\nforbid = [\"signs\"]\n";
    desk.write("book.toml", book);
    let strict = desk.run(&["audit", "--strict"]);
    strict.expect(1);
    assert!(strict.told().contains("src/one.md:4:"), "{}", strict.told());
    desk.run(&["audit", "--strict", "--only", "widow"]).expect(0);
    desk.run(&["audit", "--only", "windows"]).expect(2);

    desk.write("book.toml", book.replace("signs", "sings"));
    let misspelt = desk.run(&["build"]);
    misspelt.expect(1);
    assert!(misspelt.said().contains("did you mean \"signs\"?"), "{}", misspelt.said());
}

#[test]
fn a_book_with_errors_is_written_when_its_author_says_so() {
    let desk = Desk::with_book("# One\n\nText.\n\n![b](none.png)\n\n{{#include none.rs}}\n");
    desk.run(&["build"]).expect(1).says("--keep-going");
    assert!(desk.names("dist").is_empty());
    desk.run(&["build", "--keep-going"]).expect(1).says("picture.missing");
    assert_eq!(desk.names("dist").len(), 2);
    desk.run(&["build", "--keep-going", "--strict"]).expect(2);
}

#[test]
fn what_mdbook_leaves_as_it_is_does_not_stop_the_book() {
    let desk = Desk::with_book("# One\n\nText[^none].\n\n```rust\n{{#include a.rs:part}}\n```\n");
    desk.write("src/a.rs", "fn a() {}\n");
    let run = desk.run(&["build", "--message-format", "short"]);
    run.expect(0).says("note.missing");
    run.says("include.anchor");
}

#[test]
fn formulas_that_stand_alone_have_names_and_wide_ones_can_be_reached() {
    let wide = (1..30).map(|n| format!("x_{{{n}}}")).collect::<Vec<_>>().join(" + ");
    let text = format!("# One\n\n## $x^2$\n\n| $a$ | b |\n|---|---|\n| 1 | 2 |\n\n$$ {wide} $$\n\n$$ y $$\n");
    let desk = Desk::new();
    desk.write("one.md", text);
    desk.run(&["build", "one.md"]).expect(0);
    let epub = fs::File::open(desk.path("dist/one.epub")).unwrap();
    let mut archive = zip::ZipArchive::new(epub).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut pages = String::new();
    for name in names.iter().filter(|name| name.ends_with(".xhtml")) {
        pages.push_str(&std::io::read_to_string(archive.by_name(name).unwrap()).unwrap());
    }
    assert!(pages.contains("aria-label=\"x²\""), "{pages}");
    assert!(pages.contains("aria-label=\"a\" scope=\"col\""), "{pages}");
    assert_eq!(pages.matches("tabindex=\"0\"").count(), 1, "{pages}");
}
