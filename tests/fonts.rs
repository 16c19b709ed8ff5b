//! The bundled fonts are the files that `fonts/README.md` says they are.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_font_has_the_sum_that_the_table_gives_it() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let table = fs::read_to_string(fonts.join("README.md")).unwrap();
    let mut named = BTreeSet::new();
    for (sum, file) in table.lines().filter_map(|line| line.split_once("  ")).filter(|(sum, _)| sum.len() == 64) {
        let digest = Sha256::digest(fs::read(fonts.join(file)).unwrap());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, sum, "{file}");
        named.insert(file.to_owned());
    }
    let mut packed = BTreeSet::new();
    for folder in fs::read_dir(&fonts).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|extension| extension == "ttf" || extension == "otf") {
                packed.insert(file.strip_prefix(&fonts).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    assert_eq!(named, packed, "fonts/README.md names each file once, and no other");
}
