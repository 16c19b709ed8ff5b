//! Covers as a printer meets them: one page of the right size, in inks, with bars that belong to the ISBN; and what an author
//! is told of hers.

use lopdf::content::Content;
use lopdf::{Document, Object};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A book of 6 × 9 in with an ISBN, and some more lines under `[output.bifolio.cover]`.
fn book(more: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("src")).unwrap();
    let toml = format!(
        "[book]\ntitle = \"Lamp\"\nauthors = [\"A. Writer\"]\n[output.bifolio]\npublisher = \"Quay\"\ntrim = \"6x9\"\n\
         isbn-print = \"978-3-16-148410-0\"\n[output.bifolio.cover]\n{more}"
    );
    fs::write(dir.path().join("book.toml"), toml).unwrap();
    fs::write(dir.path().join("src/SUMMARY.md"), "- [One](one.md)\n").unwrap();
    fs::write(dir.path().join("src/one.md"), "# One\n\nA sentence.\n").unwrap();
    dir
}

fn cover(dir: &Path, options: &[&str]) -> Output {
    let output = dir.join("out");
    let mut run = Command::new(env!("CARGO_BIN_EXE_bifolio"));
    run.args(["cover", "--message-format", "short", "-o"]).args([output.as_path(), dir]).args(options);
    run.env_remove("SOURCE_DATE_EPOCH").output().unwrap()
}

fn told(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

fn numbers(document: &Document, key: &[u8]) -> Vec<f32> {
    let page = document.get_dictionary(*document.get_pages().values().next().unwrap()).unwrap();
    let list = page.get(key).and_then(Object::as_array).unwrap();
    list.iter().map(|edge| edge.as_float().unwrap()).collect()
}

#[test]
fn a_cover_has_the_printers_size_and_nothing_that_a_press_stumbles_over() {
    let dir = book("back = \"A **bright** book.\"\nprice = \"51499\"\n");
    let done = cover(dir.path(), &["--profile", "kdp", "--paper", "cream", "--pages", "200"]);
    assert!(done.status.success(), "{}", told(&done));
    let file = fs::read(dir.path().join("out/lamp-kdp-cover.pdf")).unwrap();
    let document = Document::load_mem(&file).unwrap();
    assert_eq!((document.version.as_str(), document.get_pages().len()), ("1.3", 1));
    // 0.125 + 6 + 200 × 0.0025 + 6 + 0.125 by 0.125 + 9 + 0.125 in, in points.
    let near = |found: &[f32], wanted: [f32; 4]| {
        assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.1), "{found:?}, not {wanted:?}");
    };
    near(&numbers(&document, b"MediaBox"), [0.0, 0.0, 918.0, 666.0]);
    near(&numbers(&document, b"BleedBox"), [0.0, 0.0, 918.0, 666.0]);
    near(&numbers(&document, b"TrimBox"), [9.0, 9.0, 909.0, 657.0]);
    let page = *document.get_pages().values().next().unwrap();
    let operators: Vec<String> = Content::decode(&document.get_page_content(page))
        .unwrap()
        .operations
        .into_iter()
        .map(|operation| operation.operator)
        .collect();
    assert!(!operators.iter().any(|name| ["rg", "RG", "gs", "sh", "BDC"].contains(&name.as_str())), "{operators:?}");
    assert!(operators.iter().any(|name| name == "k") && operators.iter().any(|name| name == "g"));
    let mut texts = document.extract_text(&[1]).unwrap_or_default();
    texts.retain(|c| !c.is_whitespace());
    for text in ["Lamp", "A.Writer", "Quay", "bright", "ISBN9783161484100", "51499"] {
        assert!(texts.contains(text), "{text} is not in {texts}");
    }
}

#[test]
fn the_same_book_has_the_same_covers_and_a_proof_does_not_change_them() {
    let dir = book("");
    let files = |options: &[&str]| {
        let done = cover(dir.path(), options);
        assert!(done.status.success(), "{}", told(&done));
        ["lamp-ingram-cover.pdf", "lamp-cover.jpg"].map(|name| fs::read(dir.path().join("out").join(name)).unwrap())
    };
    let plain = files(&["--profile", "ingram", "--ebook", "--pages", "120"]);
    assert_eq!(plain, files(&["--profile", "ingram", "--ebook", "--pages", "120", "--guides"]));
    assert!(dir.path().join("out/lamp-ingram-cover-proof.pdf").is_file());
    let picture = image::load_from_memory_with_format(&plain[1], image::ImageFormat::Jpeg).unwrap();
    assert_eq!((picture.width(), picture.height()), (1600, 2560));
}

#[test]
fn faults_of_a_cover_are_told_at_their_place_and_nothing_is_written() {
    let long = "A sentence that says too much of what the back has no room for, again and again. ".repeat(60);
    let dir = book(&format!("back = \"{long}\"\n"));
    let done = cover(dir.path(), &["--profile", "kdp", "--pages", "200"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(told(&done).contains("book.toml:9:8: error: the text of the back does not fit"), "{}", told(&done));
    assert!(!dir.path().join("out/lamp-kdp-cover.pdf").exists());

    let dir = book("bak = \"x\"\nback = \"missing.md\"\n");
    let done = cover(dir.path(), &["--profile", "kdp"]);
    let told_both = told(&done);
    assert_eq!(done.status.code(), Some(1));
    assert!(told_both.contains("book.toml:9:1") && told_both.contains("book.toml:10:8"), "{told_both}");
}

#[test]
fn what_a_printer_does_not_make_is_told() {
    let dir = book("");
    let paper = cover(dir.path(), &["--profile", "kdp", "--paper", "vellum"]);
    assert_eq!(paper.status.code(), Some(1));
    assert!(told(&paper).contains("vellum"), "{}", told(&paper));
    let thin = cover(dir.path(), &["--profile", "kdp", "--pages", "20"]);
    assert!(thin.status.success() && told(&thin).contains("24 to 828"), "{}", told(&thin));
    let guess = cover(dir.path(), &["--profile", "ingram", "--pages", "200", "--strict"]);
    assert_eq!(guess.status.code(), Some(1), "an estimated spine is no spine: {}", told(&guess));
    let known = cover(dir.path(), &["--profile", "ingram", "--pages", "200", "--strict", "--spine", "11.4mm"]);
    assert!(known.status.success(), "{}", told(&known));
    let nobody = cover(dir.path(), &["--profile", "kpd"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(told(&nobody).contains("kdp"), "{}", told(&nobody));
}

#[test]
fn a_release_holds_the_covers_it_is_asked_for_and_they_can_be_made_anew() {
    let dir = book("");
    fs::write(dir.path().join("src/one.md"), "# One\n\n".to_owned() + &"A sentence of a page. ".repeat(9000)).unwrap();
    let run = |arguments: &[&str]| {
        let done =
            Command::new(env!("CARGO_BIN_EXE_bifolio")).args(arguments).current_dir(dir.path()).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", told(&done));
    };
    run(&["release", "1.0", "--profile", "print,kdp-cover,cover", "--allow-warnings"]);
    let names = ["lamp-1.0.pdf", "lamp-1.0-kdp-cover.pdf", "lamp-1.0-cover.jpg"];
    assert!(names.iter().all(|name| dir.path().join("dist/lamp-1.0").join(name).is_file()));
    run(&["verify", "dist/lamp-1.0"]);
}
