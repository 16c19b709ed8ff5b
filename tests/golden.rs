//! Golden pairs: what the program makes of a small manuscript, held against the file beside it.
//!
//! `tests/golden/tree/x.md` → `x.tree`, by `bifolio dump tree`; `tests/golden/pages/x.md` → `x.pages`, by `bifolio dump
//! pages`. `tests/golden/designs/book.md` is made in each design: its pages and the style sheet of its e-book stand beside
//! it. What the program says on stderr stands under a rule at the end. `UPDATE_GOLDEN=1 cargo test --test golden`
//! writes the expectations anew: read the difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Parts the dump from the diagnostics.
const RULE: &str = "\n---- diagnostics ----\n";

fn cases(dir: &Path) -> Vec<PathBuf> {
    let is_case = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).filter(is_case).collect();
    cases.sort();
    assert!(!cases.is_empty(), "no cases in {}", dir.display());
    cases
}

fn dump(stage: &str, dir: &Path, case: &Path) -> String {
    let program = env!("CARGO_BIN_EXE_bifolio");
    let name = case.file_name().unwrap();
    let out = Command::new(program).args(["dump", stage]).arg(name).current_dir(dir).output().unwrap();
    assert!(out.status.code().is_some_and(|code| code < 2), "{}: {out:?}", case.display());
    let (text, said) = (String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap());
    if said.is_empty() { text } else { text + RULE + &said }
}

fn run(stage: &str) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(stage);
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut faults = Vec::new();
    for case in cases(&dir) {
        let got = dump(stage, &dir, &case);
        let expectation = case.with_extension(stage);
        if update {
            fs::write(&expectation, got).unwrap();
            continue;
        }
        match fs::read_to_string(&expectation) {
            Ok(expected) if expected == got => {}
            Ok(expected) => faults.push(format!("{}\n{}", case.display(), first_difference(&expected, &got))),
            Err(_) => faults.push(format!("{} has no expectation; UPDATE_GOLDEN=1 writes it", case.display())),
        }
    }
    orphans(stage, &dir, &mut faults);
    assert!(faults.is_empty(), "\n{}", faults.join("\n\n"));
}

/// An expectation whose case is gone proves nothing.
fn orphans(stage: &str, dir: &Path, faults: &mut Vec<String>) {
    for path in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|extension| extension == stage) && !path.with_extension("md").exists() {
            faults.push(format!("{} has no case", path.display()));
        }
    }
}

fn first_difference(expected: &str, got: &str) -> String {
    let (mut left, mut right) = (expected.lines(), got.lines());
    for line in 1.. {
        match (left.next(), right.next()) {
            (Some(a), Some(b)) if a == b => {}
            (None, None) => break,
            (a, b) => {
                return format!(
                    "line {line}\n  expected {}\n  got      {}",
                    a.unwrap_or("nothing"),
                    b.unwrap_or("nothing")
                );
            }
        }
    }
    "only the line ends differ".to_owned()
}

#[test]
fn trees() {
    run("tree");
}

#[test]
fn pages() {
    run("pages");
}

/// One small book in every design: what changes in one of them is seen in both editions.
#[test]
fn designs() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/designs");
    let program = env!("CARGO_BIN_EXE_bifolio");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut faults = Vec::new();
    // The last one is changed in everything that a book may change, and both editions show it.
    const CHANGED: &str = r##"
chapter-start = "drop-cap"
running-heads = "none"
folios = "foot"
ornament = "~"
style.chapter-title = { size = "22pt", align = "center", label = "inline", color = "#003366" }
style.heading-1 = { family = "sans", before = "2 lines", after = "1 lines" }
style.body = { indent = "2em", leading = 1.5, hyphenate = false }
style.quote = { inset = "10%", italic = true, ground = "#eef4ff" }
style.code = { ground = "none", rule = "1pt" }
style.caption = { align = "justify", tracking = "2%" }
"##;
    let designs = [("classic", ""), ("literary", ""), ("technical", ""), ("large-print", ""), ("changed", CHANGED)];
    for (design, keys) in designs {
        let book = tempfile::tempdir().unwrap();
        fs::create_dir(book.path().join("src")).unwrap();
        fs::copy(dir.join("book.md"), book.path().join("src/book.md")).unwrap();
        fs::write(book.path().join("src/SUMMARY.md"), "# Summary\n\n- [The keeper and his book](book.md)\n").unwrap();
        let theme = if keys.is_empty() { design } else { "classic" };
        let manifest = format!("[book]\ntitle = \"The lamp\"\n[output.bifolio]\ntheme = \"{theme}\"\n{keys}");
        fs::write(book.path().join("book.toml"), manifest).unwrap();
        let out = book.path().join("out");
        let run = |args: &[&std::ffi::OsStr]| Command::new(program).args(args).output().unwrap();
        let pages = run(&["dump".as_ref(), "pages".as_ref(), book.path().as_ref()]);
        assert!(pages.status.success(), "{design}: {pages:?}");
        let made = run(&[
            "build".as_ref(),
            book.path().as_ref(),
            "--only".as_ref(),
            "epub".as_ref(),
            "--output".as_ref(),
            out.as_ref(),
        ]);
        assert!(made.status.success(), "{design}: {made:?}");
        let results =
            [("pages", String::from_utf8(pages.stdout).unwrap()), ("css", style_sheet(&out.join("the-lamp.epub")))];
        for (extension, got) in results {
            let expectation = dir.join(design).with_extension(extension);
            if update {
                fs::write(&expectation, got).unwrap();
            } else {
                let expected = fs::read_to_string(&expectation).unwrap_or_default();
                if expected != got {
                    faults.push(format!("{design}.{extension}\n{}", first_difference(&expected, &got)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n\n"));
}

/// The style sheet of an e-book, without what tells nothing of the design: the names of fonts, the rules that every book has.
fn style_sheet(epub: &Path) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(fs::File::open(epub).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let name = names.iter().find(|name| name.ends_with(".css")).unwrap();
    let mut css = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut css).unwrap();
    let fixed = include_str!("../src/epub/fixed.css");
    let is_own = |line: &&str| !line.starts_with("@font-face") && !fixed.lines().any(|fixed| fixed == *line);
    css.lines().filter(is_own).map(|line| format!("{line}\n")).collect()
}
