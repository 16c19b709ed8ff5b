//! What the package says only when it is asked for: obfuscated fonts, versions, presentation, series.

use super::*;
use crate::asset::obfuscate::obfuscate;

#[test]
fn fonts_are_obfuscated_only_when_asked_and_come_back() {
    let (mut tree, pictures) = everything();
    let plain = package::entries(&book(&tree, &pictures, None));
    assert!(plain.iter().all(|(name, ..)| name != "META-INF/encryption.xml"));
    tree.metadata.packaging.obfuscate_fonts = true;
    let entries = package::entries(&book(&tree, &pictures, None));
    let named =
        String::from_utf8(entries.iter().find(|e| e.0 == "META-INF/encryption.xml").unwrap().2.clone()).unwrap();
    let fonts: Vec<_> = plain.iter().zip(entries.iter().filter(|e| e.0 != "META-INF/encryption.xml")).collect();
    let identifier = crate::epub::opf::identifier(&tree.metadata);
    for ((name, _, font), (same, _, obfuscated)) in fonts.into_iter().filter(|(entry, _)| entry.0.contains("/fonts/")) {
        assert_eq!(name, same);
        assert!(named.contains(&format!("URI=\"{name}\"")), "{name}");
        assert_ne!(font, obfuscated);
        let mut back = obfuscated.clone();
        obfuscate(&mut back, &identifier);
        assert!(back == *font, "{name}");
    }
    assert!(named.contains("http://www.idpf.org/2008/embedding"));
}

#[test]
fn the_package_says_what_was_asked_of_it_and_no_more() {
    let (mut tree, pictures) = everything();
    let opf = |tree: &Tree| text_of(&package::entries(&book(tree, &pictures, None)), "content.opf").to_owned();
    let plain = opf(&tree);
    assert!(["ibooks", "rendition:", "belongs-to-collection"].iter().all(|word| !plain.contains(word)));
    let metadata = &mut tree.metadata;
    (metadata.series, metadata.series_number) = (Some("Lights".into()), Some("2".into()));
    metadata.packaging.ibooks_version = Some("1.0".into());
    metadata.packaging.rendition = vec![("spread", "none"), ("flow", "scrolled-doc")];
    let asked = opf(&tree);
    for line in [
        "prefix=\"ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/\"",
        "<meta property=\"ibooks:version\">1.0</meta>",
        "<meta property=\"rendition:flow\">scrolled-doc</meta>",
        "<meta property=\"group-position\" refines=\"#series\">2</meta>",
    ] {
        assert!(asked.contains(line), "{line}\n{asked}");
    }
}

#[test]
fn readers_of_both_generations_find_the_cover() {
    let (tree, pictures) = everything();
    let opf = text_of(&package::entries(&book(&tree, &pictures, None)), "content.opf").to_owned();
    let package = roxmltree::Document::parse(&opf).unwrap();
    let named = package.descendants().find(|node| node.attribute("name") == Some("cover")).unwrap();
    let item = package.descendants().find(|node| node.attribute("id") == named.attribute("content")).unwrap();
    assert_eq!(item.attribute("properties"), Some("cover-image"));
    assert!(item.attribute("media-type").unwrap().starts_with("image/"));
}
