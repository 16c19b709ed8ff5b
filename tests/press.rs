//! PDFs for printers as a printer's checker meets them: one ink, no links, right boxes, margins that grow with the page
//! count; and what is told of the manuscript beforehand.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A book whose `[output.bifolio]` holds some more lines.
fn book(more: &str, chapters: &[(&str, String)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let src = dir.path().join("src");
    fs::create_dir_all(&src).unwrap();
    fs::write(dir.path().join("book.toml"), format!("[book]\ntitle = \"Press\"\n[output.bifolio]\n{more}")).unwrap();
    let list: String = chapters.iter().map(|(name, _)| format!("- [{name}]({name}.md)\n")).collect();
    fs::write(src.join("SUMMARY.md"), list).unwrap();
    for (name, text) in chapters {
        fs::write(src.join(format!("{name}.md")), text).unwrap();
    }
    let picture =
        image::RgbaImage::from_fn(40, 30, |x, y| image::Rgba([x as u8 * 6, 90, y as u8 * 8, 40 + x as u8 * 5]));
    picture.save_with_format(src.join("dot.png"), image::ImageFormat::Png).unwrap();
    dir
}

fn build(dir: &Path, options: &[&str]) -> Output {
    let output = dir.join("out");
    let done = Command::new(env!("CARGO_BIN_EXE_bifolio"))
        .args(["build", "--message-format", "short", "-o"])
        .args([output.as_path(), dir])
        .args(options)
        .env_remove("SOURCE_DATE_EPOCH")
        .output();
    done.unwrap()
}

fn chapter(words: usize) -> String {
    let text = "A sentence of some plain words that fill a line, and then a few more of them. ".repeat(words / 16);
    format!(
        "# One\n\nSee [the site](https://example.org) and `code`.\n\n![A dot](dot.png){{width=30mm}}\n\n```rust\nfn main() {{}} // why\n```\n\n{text}\n"
    )
}

fn open(dir: &Path, name: &str) -> Document {
    Document::load(dir.join("out").join(name)).unwrap()
}

fn catalog(document: &Document) -> &Dictionary {
    document.catalog().unwrap()
}

/// Every operator of a page's content.
fn operators(document: &Document, page: lopdf::ObjectId) -> Vec<String> {
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    content.operations.into_iter().map(|operation| operation.operator).collect()
}

#[test]
fn a_printer_gets_pages_and_nothing_else() {
    let dir = book("", &[("one", chapter(14_000))]);
    let done = build(dir.path(), &["--profile", "kdp", "--profile", "ingram"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for name in ["press-kdp.pdf", "press-ingram.pdf"] {
        let document = open(dir.path(), name);
        assert_eq!(document.version, "1.3", "{name}");
        for key in
            [&b"Outlines"[..], b"StructTreeRoot", b"Names", b"Metadata", b"PageLabels", b"OpenAction", b"AcroForm"]
        {
            assert!(!catalog(&document).has(key), "{name}: {}", String::from_utf8_lossy(key));
        }
        let pages: Vec<lopdf::ObjectId> = document.get_pages().into_values().collect();
        assert!(pages.len().is_multiple_of(2) && pages.len() > 24, "{name}: {}", pages.len());
        assert!(operators(&document, pages[pages.len() - 1]).is_empty(), "{name}: the last page is blank");
        for page in &pages {
            let own = document.get_dictionary(*page).unwrap();
            assert!(!own.has(b"Annots"), "{name}");
            for boundary in [&b"MediaBox"[..], b"TrimBox", b"BleedBox"] {
                let edges = own.get(boundary).and_then(Object::as_array).unwrap();
                let edges: Vec<f32> = edges.iter().map(|edge| edge.as_float().unwrap()).collect();
                assert_eq!(edges, [0.0, 0.0, 432.0, 648.0], "{name}");
            }
            let of_colour = ["rg", "RG", "k", "K", "cs", "CS", "sc", "scn", "gs", "BDC", "BMC", "sh"];
            let found = operators(&document, *page).into_iter().find(|operator| of_colour.contains(&operator.as_str()));
            assert_eq!(found, None, "{name}");
        }
        // The picture lies on white, in shades of black.
        let pictures: Vec<&Dictionary> = document
            .objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .map(|stream| &stream.dict)
            .filter(|own| own.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image"))
            .collect();
        assert_eq!(pictures.len(), 1, "{name}");
        assert!(!pictures[0].has(b"SMask"), "{name}");
        assert_eq!(pictures[0].get(b"ColorSpace").and_then(Object::as_name).unwrap(), b"DeviceGray", "{name}");
        let info = document.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
        let info = document.get_dictionary(info).unwrap();
        assert_eq!(info.get(b"GTS_PDFXConformance").and_then(Object::as_str).unwrap(), b"PDF/X-1a:2001", "{name}");
        assert_eq!(info.get(b"Trapped").and_then(Object::as_name).unwrap(), b"False", "{name}");
    }
    // The reading PDF is made beside them, and has what they lack.
    assert!(catalog(&open(dir.path(), "press.pdf")).has(b"StructTreeRoot"));
    // Whole fonts for one printer, cut ones for the other.
    let cut = |name: &str| {
        let document = open(dir.path(), name);
        let names = document.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"FontName").ok());
        names.filter_map(|name| name.as_name().ok()).any(|name| name.contains(&b'+'))
    };
    assert!(!cut("press-kdp.pdf") && cut("press-ingram.pdf"));
}

#[test]
fn the_margin_at_the_spine_grows_with_the_page_count() {
    let chapters: Vec<(String, String)> = (0..8).map(|at| (format!("c{at}"), chapter(12_000))).collect();
    let chapters: Vec<(&str, String)> = chapters.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let more = "trim = \"5x8\"\nmargins = { inner = \"8mm\", outer = \"8mm\" }\nprofiles = [\"kdp\"]\n";
    let dir = book(more, &chapters);
    let done = build(dir.path(), &[]);
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    // A little more than is asked, so that what hangs out of the text block stays out of the printer's white too.
    assert!(told.contains("laid out anew, 13.8 mm at the spine; 12.7 mm are asked for 151 to 300 pages"), "{told}");
    assert!(!String::from_utf8_lossy(&done.stderr).contains("press.safety"));
    // The reading PDF keeps the margins that the book asked for.
    let first = |name: &str| open(dir.path(), name).get_pages().len();
    assert!(first("press-kdp.pdf") > first("press.pdf"));
}

#[test]
fn colour_is_made_of_four_inks_only_where_it_is_ordered() {
    let dir = book("[output.bifolio.press.pdfx-4]\ninks = \"cmyk\"\n", &[("one", chapter(400))]);
    let done = build(dir.path(), &["--profile", "pdfx-4", "--only", "pdf"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let document = open(dir.path(), "press-pdfx-4.pdf");
    assert_eq!(document.version, "1.6");
    let pictures = document.objects.values().filter_map(|object| object.as_stream().ok()).map(|stream| &stream.dict);
    let spaces: Vec<&[u8]> = pictures.filter_map(|own| own.get(b"ColorSpace").and_then(Object::as_name).ok()).collect();
    // The picture and its mask, which this standard lets shine through.
    assert!(spaces.contains(&&b"DeviceCMYK"[..]) && !spaces.contains(&&b"DeviceRGB"[..]), "{spaces:?}");
    let intent = catalog(&document).get(b"OutputIntents").and_then(Object::as_array).unwrap()[0].as_dict().unwrap();
    let profile = intent.get(b"DestOutputProfile").and_then(Object::as_reference).unwrap();
    let profile = document.get_object(profile).and_then(Object::as_stream).unwrap();
    assert_eq!(profile.dict.get(b"N").and_then(Object::as_i64).unwrap(), 4);
    let profile = profile.decompressed_content().unwrap();
    assert_eq!((&profile[12..20], &profile[36..40]), (&b"prtrCMYK"[..], &b"acsp"[..]));
}

#[test]
fn breaches_are_told_with_their_place_and_stop_a_strict_run() {
    let dir = book("trim = \"a6\"\n", &[("one", chapter(100))]);
    let done = build(dir.path(), &["--profile", "kdp"]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{told}");
    for part in
        ["src/one.md:5:1: warning: the picture src/dot.png has 34 pixels to the inch", "[press.pages]", "[press.trim]"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(dir.path().join("out/press-kdp.pdf").is_file());
    fs::remove_dir_all(dir.path().join("out")).unwrap();
    let done = build(dir.path(), &["--profile", "kdp", "--strict"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(!dir.path().join("out").exists());
}

#[test]
fn orders_that_cannot_be_are_told() {
    let more =
        "profiles = [\"kpd\"]\npdf-standard = [\"a-4\", \"ua-1\"]\n[output.bifolio.press.kdp]\npaper = \"silk\"\n";
    let dir = book(more, &[("one", "# One\n\nText.\n".to_owned())]);
    let done = build(dir.path(), &[]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{told}");
    for part in ["config.profile", "\"kpd\"", "config.standard", "config.choice"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_release_holds_what_is_ordered_of_printers() {
    let more = "date = \"2026-11-22\"\nprofiles = [\"pdfx-1a\"]\n";
    let dir = book(more, &[("one", "# One\n\nText.\n".to_owned())]);
    let run = |args: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_bifolio")).args(args).current_dir(dir.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    run(&["release", "1.0"]);
    let folder = PathBuf::from("dist/press-1.0");
    assert!(dir.path().join(&folder).join("press-1.0-pdfx-1a.pdf").is_file());
    assert!(run(&["verify", "dist/press-1.0"]).contains("all 7 files are the same"));
}

#[test]
fn a_picture_that_bleeds_makes_every_page_larger_than_its_trim() {
    let text = format!("{}\n![A dot](dot.png){{.bleed}}\n\n{}", chapter(4_000), "More words. ".repeat(900));
    let dir = book("", &[("one", text)]);
    let done = build(dir.path(), &["--profile", "kdp", "--profile", "bod"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let edges = |page: &Dictionary, name: &[u8]| -> Vec<i64> {
        let list = page.get(name).and_then(Object::as_array).unwrap();
        list.iter().map(|edge| edge.as_float().unwrap().round() as i64).collect()
    };
    // An eighth of an inch, but not at the spine; 5 mm all round.
    for (name, media, trims) in [
        ("press-kdp.pdf", [0, 0, 441, 666], [[0, 9, 432, 657], [9, 9, 441, 657]]),
        ("press-bod.pdf", [0, 0, 460, 676], [[14, 14, 446, 662]; 2]),
    ] {
        let document = open(dir.path(), name);
        for (index, page) in document.get_pages().into_values().enumerate() {
            let own = document.get_dictionary(page).unwrap();
            assert_eq!((edges(own, b"MediaBox"), edges(own, b"BleedBox")), (media.to_vec(), media.to_vec()), "{name}");
            assert_eq!(edges(own, b"TrimBox"), trims[index % 2], "{name}, page {}", index + 1);
        }
    }
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(told.contains("press.picture"), "it is coarse over a whole page: {told}");
    assert!(!told.contains("press.safety"), "what bleeds may be cut: {told}");
}
