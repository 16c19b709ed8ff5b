//! A sound e-book, then the same with one thing broken: the fault is told, at its place, and nothing else is.

use super::*;
use crate::base::Severity;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const CONTAINER: &str = r#"<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="E/p.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"#;

const PACKAGE: &str = r##"<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:isbn:9780306406157</dc:identifier>
<dc:title id="t">Lamps</dc:title>
<meta property="title-type" refines="#t">main</meta>
<dc:creator>A. Keeper</dc:creator>
<dc:language>en</dc:language>
<meta property="dcterms:modified">2026-11-22T00:00:00Z</meta>
<meta property="pageBreakSource">urn:isbn:9780306406157</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">pageNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="c2.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="s.css" media-type="text/css"/>
<item id="pic" href="lamp.png" media-type="image/png" properties="cover-image"/>
</manifest>
<spine><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/></spine>
</package>"##;

const NAV: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>Contents</title></head><body>
<nav epub:type="toc"><h1>Contents</h1><ol>
<li><a href="c1.xhtml">One</a></li>
<li><a href="c2.xhtml#two">Two</a></li>
</ol></nav>
<nav epub:type="landmarks"><ol><li><a epub:type="bodymatter" href="c1.xhtml">One</a></li></ol></nav>
<nav epub:type="page-list"><ol>
<li><a href="c1.xhtml#p1">1</a></li>
<li><a href="c2.xhtml#p2">2</a></li>
</ol></nav>
</body></html>"#;

const ONE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>One</title><link rel="stylesheet" href="s.css"/></head><body>
<h1 id="one">One</h1>
<p><span epub:type="pagebreak" role="doc-pagebreak" id="p1" aria-label="1"></span>See <a href="c2.xhtml#two">the other</a>.</p>
<p><img src="lamp.png" alt="A lamp"/></p>
</body></html>"#;

const TWO: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>Two</title></head><body>
<h1 id="two">Two</h1>
<p><span epub:type="pagebreak" role="doc-pagebreak" id="p2" aria-label="2"></span>The end.</p>
</body></html>"#;

const CSS: &str = "/* { */ body { margin: 0; }\n.cover { background: url('lamp.png'); }\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n and so on";

fn parts() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("mimetype", text("application/epub+zip")),
        ("META-INF/container.xml", text(CONTAINER)),
        ("E/p.opf", text(PACKAGE)),
        ("E/nav.xhtml", text(NAV)),
        ("E/c1.xhtml", text(ONE)),
        ("E/c2.xhtml", text(TWO)),
        ("E/s.css", text(CSS)),
        ("E/lamp.png", PNG.to_vec()),
    ]
}

fn packed(parts: &[(&str, Vec<u8>)], mimetype: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = if *name == "mimetype" { mimetype } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Each fault as `code file:line`.
fn told(bytes: &[u8]) -> Vec<String> {
    let Checked { files, sink, .. } = check(bytes);
    let line = |fault: &Diagnostic| match fault.at {
        Some(span) => {
            format!("{} {}:{}", fault.code, files.path(span.file).display(), files.line_col(span.file, span.start).0)
        }
        None => fault.code.to_owned(),
    };
    sink.list().iter().map(line).collect()
}

fn faults_of(parts: &[(&str, Vec<u8>)]) -> Vec<String> {
    told(&packed(parts, CompressionMethod::Stored))
}

/// The faults when one text of a file is another.
fn broken(name: &str, from: &str, to: &str) -> Vec<String> {
    let mut parts = parts();
    let (_, bytes) = parts.iter_mut().find(|(known, _)| *known == name).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{name} holds no {from}");
    *bytes = text.replacen(from, to, 1).into_bytes();
    faults_of(&parts)
}

#[test]
fn a_sound_book_has_no_fault() {
    assert_eq!(faults_of(&parts()), [""; 0]);
    let counted = check(&packed(&parts(), CompressionMethod::Stored)).counted;
    assert_eq!(counted, Counted { version: "3.0".into(), texts: 3, pictures: 1, fonts: 0, pages: 2 });
}

#[test]
fn each_fault_is_told_once_at_its_place() {
    let cases: [(&str, &str, &str, &[&str]); 44] = [
        ("mimetype", "epub", "zip", &["ocf.mimetype"]),
        ("META-INF/container.xml", "E/p.opf", "E/q.opf", &["ocf.container META-INF/container.xml:3"]),
        ("E/p.opf", "version=\"3.0\"", "version=\"3.2\"", &["opf.version E/p.opf:2"]),
        ("E/p.opf", "unique-identifier=\"id\"", "unique-identifier=\"ix\"", &["opf.identifier E/p.opf:2"]),
        ("E/p.opf", "9780306406157", "9780306406158", &["opf.identifier E/p.opf:4"]),
        ("E/p.opf", "<dc:language>en</dc:language>", "", &["opf.metadata E/p.opf:3"]),
        ("E/p.opf", "<dc:language>en<", "<dc:language>e<", &["opf.language E/p.opf:8"]),
        ("E/p.opf", "T00:00:00Z", "", &["opf.modified E/p.opf:9"]),
        ("E/p.opf", "refines=\"#t\"", "refines=\"#u\"", &["opf.refines E/p.opf:6"]),
        (
            "E/p.opf",
            "property=\"pageBreakSource\"",
            "property=\"x:pageBreakSource\"",
            &["opf.prefix E/p.opf:10", "access.source E/p.opf:3"],
        ),
        (
            "E/p.opf",
            "</metadata>",
            "<meta property=\"rendition:flow\">scroll</meta></metadata>",
            &["opf.rendition E/p.opf:16"],
        ),
        (
            "E/p.opf",
            "</metadata>",
            "<meta property=\"belongs-to-collection\" id=\"s\">Lights</meta></metadata>",
            &["opf.series E/p.opf:16"],
        ),
        (
            "E/p.opf",
            "</metadata>",
            "<meta property=\"belongs-to-collection\" id=\"s\">Lights</meta>\n\
             <meta property=\"collection-type\" refines=\"#s\">series</meta>\n\
             <meta property=\"group-position\" refines=\"#s\">II</meta></metadata>",
            &["opf.series E/p.opf:18"],
        ),
        ("E/p.opf", ">none<", ">nothing<", &["access.value E/p.opf:15"]),
        ("E/p.opf", "<meta property=\"schema:accessibilityHazard\">none</meta>", "", &["access.metadata E/p.opf:3"]),
        ("E/p.opf", ">alternativeText<", ">MathML<", &["access.promise E/p.opf:13"]),
        (
            "E/p.opf",
            "id=\"c2\" href=\"c2.xhtml\"",
            "id=\"c2\" href=\"C2.xhtml\"",
            &[
                "opf.missing E/p.opf:20",
                "opf.unlisted",
                "link.unlisted E/c1.xhtml:6",
                "link.unlisted E/nav.xhtml:6",
                "link.unlisted E/nav.xhtml:11",
            ],
        ),
        ("E/p.opf", "id=\"pic\"", "id=\"css\"", &["opf.id E/p.opf:22"]),
        ("E/p.opf", "<dc:creator>", "<meta name=\"cover\" content=\"picture\"/><dc:creator>", &["opf.cover E/p.opf:7"]),
        ("E/p.opf", "image/png", "image/jpeg", &["media.type E/p.opf:22"]),
        (
            "E/p.opf",
            "properties=\"cover-image\"",
            "properties=\"cover-image svg\" fallback=\"x\"",
            &["opf.manifest E/p.opf:22"],
        ),
        (
            "E/p.opf",
            "<itemref idref=\"c2\"/>",
            "<itemref idref=\"c3\"/>",
            &[
                "opf.spine E/p.opf:24",
                "link.spine E/c1.xhtml:6",
                "link.spine E/nav.xhtml:6",
                "link.spine E/nav.xhtml:11",
            ],
        ),
        (
            "E/p.opf",
            "<itemref idref=\"c2\"/>",
            "<itemref idref=\"c2\"/><itemref idref=\"c2\"/>",
            &["opf.spine E/p.opf:24"],
        ),
        (
            "E/p.opf",
            "<itemref idref=\"c2\"/>",
            "<itemref idref=\"c2\"/><itemref idref=\"css\"/>",
            &["opf.spine E/p.opf:21"],
        ),
        ("E/nav.xhtml", ">Two<", "><", &["access.link E/nav.xhtml:6", "nav.entry E/nav.xhtml:6"]),
        (
            "E/nav.xhtml",
            "<li><a href=\"c1.xhtml\">One</a></li>\n",
            "<li><a href=\"c2.xhtml\">Two</a></li><li><a href=\"c1.xhtml\">One</a></li>\n",
            &["nav.order E/nav.xhtml:5"],
        ),
        ("E/nav.xhtml", "<a epub:type=\"bodymatter\"", "<a", &["nav.landmarks E/nav.xhtml:8"]),
        ("E/nav.xhtml", "<li><a href=\"c2.xhtml#p2\">2</a></li>\n", "", &["nav.pages E/c2.xhtml:5"]),
        ("E/nav.xhtml", "#p2\">2<", "#p2\">1<", &["nav.pages E/nav.xhtml:11"]),
        ("E/c1.xhtml", "</p>", "", &["xml.syntax E/c1.xhtml:8"]),
        ("E/c1.xhtml", "See", "See&nbsp;", &["xml.entity E/c1.xhtml:6"]),
        ("E/c1.xhtml", "<p><img", "<p id=\"one\"><img", &["xhtml.id E/c1.xhtml:7"]),
        ("E/c1.xhtml", " alt=\"A lamp\"", "", &["access.alt E/c1.xhtml:7", "access.promise E/p.opf:13"]),
        ("E/c1.xhtml", "c2.xhtml#two", "c2.xhtml#three", &["link.fragment E/c1.xhtml:6"]),
        ("E/c1.xhtml", "c2.xhtml#two", "c9.xhtml", &["link.missing E/c1.xhtml:6"]),
        ("E/c1.xhtml", "c2.xhtml#two", "../../x", &["link.broken E/c1.xhtml:6"]),
        ("E/c1.xhtml", "lamp.png", "https://x.test/lamp.png", &["link.remote E/c1.xhtml:7"]),
        ("E/c1.xhtml", "<p><img", "<h3>Deep</h3><p><img", &["access.heading E/c1.xhtml:7"]),
        ("E/c1.xhtml", "See", "<div>See</div>", &["xhtml.element E/c1.xhtml:6"]),
        ("E/c1.xhtml", "lang=\"en\" xml:lang=\"en\"", "lang=\"en\" xml:lang=\"de\"", &["xhtml.language E/c1.xhtml:3"]),
        (
            "E/c1.xhtml",
            "See",
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"x\"><mi>x</mi></math>",
            &["opf.property E/p.opf:19"],
        ),
        ("E/c1.xhtml", "<title>One</title>", "<title> </title>", &["xhtml.title E/c1.xhtml:4"]),
        ("E/s.css", "margin: 0;", "margin: 0; direction: rtl;", &["css.property E/s.css:1"]),
        ("E/s.css", ".cover {", ".cover { .x {", &["css.syntax E/s.css:2"]),
    ];
    for (name, from, to, wanted) in cases {
        assert_eq!(broken(name, from, to), wanted, "{name}: {from} -> {to}");
    }
}

#[test]
fn the_container_is_looked_at() {
    let all = parts();
    assert_eq!(told(&packed(&all, CompressionMethod::Deflated)), ["ocf.mimetype"]);
    let mut turned = all.clone();
    turned.rotate_left(1);
    assert_eq!(faults_of(&turned), ["ocf.mimetype"]);
    let mut more = all.clone();
    more.push(("E/left.txt", b"x".to_vec()));
    assert_eq!(faults_of(&more), ["opf.unlisted"]);
    more.push(("E/../../evil.txt", b"x".to_vec()));
    assert!(faults_of(&more).contains(&"ocf.name".to_owned()));
    let less: Vec<_> = all.iter().filter(|(name, _)| *name != "E/lamp.png").cloned().collect();
    assert_eq!(faults_of(&less), ["opf.missing E/p.opf:22", "link.missing E/s.css:2", "link.missing E/c1.xhtml:7"]);
    let bytes = packed(&all, CompressionMethod::Stored);
    assert_eq!(told(&bytes[..bytes.len() / 2]), ["ocf.zip"]);
    assert_eq!(told(b""), ["ocf.zip"]);
}

#[test]
fn an_obfuscated_font_must_open_with_the_key_of_its_book() {
    let mut parts = parts();
    let mut font = b"\x00\x01\x00\x00 and so on".to_vec();
    crate::asset::obfuscate::obfuscate(&mut font, "urn:isbn:9780306406157");
    let encryption = r#"<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>
<enc:CipherData><enc:CipherReference URI="E/f.ttf"/></enc:CipherData></enc:EncryptedData></encryption>"#;
    parts.push(("META-INF/encryption.xml", encryption.as_bytes().to_vec()));
    parts.push(("E/f.ttf", font));
    let listed = |id: &str| {
        PACKAGE
            .replace("</manifest>", "<item id=\"f\" href=\"f.ttf\" media-type=\"font/ttf\"/></manifest>")
            .replace("9780306406157", id)
    };
    parts[2].1 = listed("9780306406157").into_bytes();
    assert_eq!(faults_of(&parts), [""; 0]);
    parts[2].1 = listed("9783161484100").into_bytes();
    assert_eq!(faults_of(&parts), ["ocf.encryption META-INF/encryption.xml:3"]);
}

#[test]
fn nothing_hostile_stops_the_check() {
    let with = |text: String| {
        let mut parts = parts();
        parts.iter_mut().find(|(name, _)| *name == "E/c2.xhtml").unwrap().1 = text.into_bytes();
        faults_of(&parts)
    };
    let head = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>x</title></head><body>";
    let deep = format!("{head}{}{}</body></html>", "<div>".repeat(200_000), "</div>".repeat(200_000));
    assert_eq!(with(deep), ["xml.syntax E/c2.xhtml:1"]);
    let wide = (0..100_000).map(|at| format!(" a{at}=\"\"")).collect::<String>();
    assert_eq!(with(format!("{head}<p{wide}/></body></html>")), ["xml.syntax E/c2.xhtml:1"]);
    let grows = (1..12).map(|at| format!("<!ENTITY e{at} \"{}\">", format!("&e{};", at - 1).repeat(10)));
    let laughs: String = std::iter::once("<!ENTITY e0 \"ha\">".to_owned()).chain(grows).collect();
    assert_eq!(
        with(format!("<!DOCTYPE html [{laughs}]>{head}<p>&e11;</p></body></html>")),
        ["xml.entity E/c2.xhtml:1"]
    );
    let many = format!("{head}{}</body></html>", "<p id=\"x\"/>".repeat(500));
    assert_eq!(with(many).iter().filter(|fault| fault.starts_with("xhtml.id")).count(), MOST_OF_A_KIND);
}

#[test]
fn no_byte_of_an_archive_makes_it_panic() {
    let bytes = packed(&parts(), CompressionMethod::Stored);
    for at in 0..bytes.len() {
        let mut broken = bytes.clone();
        broken[at] ^= 0xFF;
        let _ = check(&broken).sink.count(Severity::Error);
    }
}
