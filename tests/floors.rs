//! The shape of the house: which module may import which, which file may name a foreign crate, and how a file reads.
//! The tables are the law; a change of them is a decision, not a repair.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and all it may import, itself apart. What stands at the crate's root is `(root)`.
const FLOORS: [(&str, &[&str]); 20] = [
    ("base", &[]),
    ("phase", &[]),
    ("asset", &["base"]),
    ("book", &["base", "asset"]),
    ("theme", &["base", "asset"]),
    ("formula", &["base", "book", "theme"]),
    ("press", &["base"]),
    ("cover", &["base", "asset", "book", "theme"]),
    ("source", &["base", "asset", "book", "theme", "press", "cover"]),
    ("parse", &["base", "asset", "book", "theme", "formula", "source"]),
    ("layout", &["base", "asset", "book", "theme", "formula"]),
    ("pdf", &["base", "asset", "book", "theme", "press", "cover", "formula", "layout"]),
    ("epub", &["base", "asset", "book", "theme", "cover", "formula", "layout"]),
    ("audit", &["base", "asset", "book", "theme", "layout", "pdf"]),
    ("check", &["base", "asset", "theme", "press", "layout", "pdf"]),
    ("bundle", &["base", "asset", "book", "theme", "press", "source", "layout", "pdf", "epub"]),
    (
        "covers",
        &["base", "phase", "asset", "book", "theme", "press", "cover", "source", "parse", "layout", "pdf", "(root)"],
    ),
    ("cli", &["base", "phase", "theme", "press", "layout", "pdf", "audit", "check", "bundle", "covers", "(root)"]),
    ("lib", &["base", "phase", "press", "source", "parse", "layout", "pdf", "epub", "check", "(root)"]),
    ("main", &["cli"]),
];

/// Each foreign crate, as code names it, and the files that may: a path, or the start of one.
const DOORS: [(&str, &[&str]); 39] = [
    ("clap", &["cli/args"]),
    ("mimalloc", &["main.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("serde_json", &["cli/report", "cli/audit/json.rs", "bundle/json.rs", "bundle/manifest.rs", "bundle/github/"]),
    ("pulldown_cmark", &["parse/markdown", "source/summary"]),
    ("html5gum", &["parse/html"]),
    ("toml", &["source/manifest"]),
    ("strsim", &["base/diagnostic.rs"]),
    ("harfrust", &["pdf/shape", "asset/subset"]),
    ("skrifa", &["pdf/shape", "asset/", "source/font"]),
    ("skera", &["asset/subset"]),
    ("subsetter", &["asset/subset"]),
    ("hypher", &["pdf/hyphen"]),
    ("unicode_linebreak", &["pdf/"]),
    ("unicode_segmentation", &["pdf/", "layout/"]),
    ("unicode_bidi", &["pdf/"]),
    ("unicode_script", &["pdf/", "source/tongue.rs"]),
    ("unicode_normalization", &["base/", "layout/", "parse/", "pdf/", "source/"]),
    ("syntect", &["layout/highlight"]),
    ("two_face", &["layout/highlight"]),
    ("ratex_parser", &["formula/latex.rs", "formula/sense.rs", "formula/signs.rs", "formula/draw.rs"]),
    ("ratex_layout", &["formula/draw.rs"]),
    ("ratex_types", &["formula/draw.rs"]),
    ("ratex_font", &["formula/signs.rs", "formula/draw.rs"]),
    ("imagesize", &["asset/", "source/picture"]),
    ("image", &["asset/", "source/picture", "pdf/write", "epub/"]),
    ("moxcms", &["pdf/write/separation.rs"]),
    ("zune_jpeg", &["pdf/write/picture/cmyk.rs"]),
    ("usvg", &["asset/", "source/picture", "pdf/write"]),
    ("resvg", &["asset/", "pdf/write", "epub/"]),
    ("epub_builder", &["epub/package"]),
    ("zip", &["epub/package", "check/epub/archive.rs"]),
    ("roxmltree", &["check/epub/xml.rs"]),
    ("barcoders", &["cover/bars.rs"]),
    ("ureq", &["bundle/github/http.rs"]),
    ("printpdf", &["pdf/write"]),
    ("lopdf", &["pdf/write"]),
    ("sha1", &["asset/obfuscate.rs"]),
    ("sha2", &["asset/", "cover/palette.rs", "pdf/write", "epub/", "bundle/"]),
];

/// Crates that are part of how everything is written: threads, maps, streams of bytes.
const EVERYWHERE: [&str; 3] = ["rayon", "foldhash", "flate2"];

/// Lines that a file may have, its tests included.
const LONGEST: usize = 500;

/// Names that tell nothing.
const EMPTY_NAMES: [&str; 5] = ["util", "helper", "common", "manager", "context"];

struct Source {
    /// Relative to `src`, with `/` between the parts.
    path: String,
    text: String,
    /// The text without comments.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let shown = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let code = text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
        Source { path: shown, text, code }
    };
    files.into_iter().map(read).collect()
}

fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The floor a file stands on.
fn floor(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/")
}

/// The names that follow each `crate::` (and `use crate::{a, b}`) of a text.
fn imports(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            names.extend(heads(list));
        } else {
            names.extend(head(rest));
        }
    }
    names
}

/// The first name of each part of a braced list, whose opening brace is already gone.
fn heads(list: &str) -> Vec<String> {
    let (mut depth, mut parts, mut part) = (1, Vec::new(), String::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if c == ',' && depth == 1 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    parts.iter().filter_map(|part| head(part.trim())).collect()
}

fn head(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

#[test]
fn a_module_imports_only_floors_below_it() {
    let table: BTreeMap<&str, &[&str]> = FLOORS.into();
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !is_test(&source.path)) {
        let own = floor(&source.path);
        let Some(allowed) = table.get(own) else {
            faults.push(format!("{}: the module `{own}` has no row in FLOORS", source.path));
            continue;
        };
        for name in imports(&source.code) {
            let named = if table.contains_key(name.as_str()) { name.as_str() } else { "(root)" };
            if named != own && !allowed.contains(&named) {
                faults.push(format!("{}: `{own}` may not import `{name}`", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Functions whose last bit each system's C library rounds in its own way; IEEE 754 asks an exact result only of `+ - * /`
/// and `sqrt`.
const UNEXACT: [&str; 13] =
    ["powf", "exp", "exp2", "ln", "log", "log10", "log2", "cbrt", "hypot", "sin", "cos", "tan", "atan2"];

/// Where such a result decides between two of a few steps, far from the border of either: contrasts of colours.
const UNEXACT_ALLOWED: [&str; 1] = ["theme/style.rs"];

#[test]
fn no_length_depends_on_the_system() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !UNEXACT_ALLOWED.contains(&source.path.as_str())) {
        for name in UNEXACT {
            if source.code.contains(&format!(".{name}(")) {
                faults.push(format!("{}: `{name}` may differ by a bit from system to system", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_foreign_crate_has_one_door() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !is_test(&source.path)) {
        for (name, doors) in DOORS {
            if names_crate(&source.code, name) && !doors.iter().any(|door| source.path.starts_with(door)) {
                faults.push(format!("{}: `{name}` is named outside its door ({})", source.path, doors.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_dependency_has_a_door_and_is_used() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap();
    let named = section.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().replace('-', "_"));
    let known: BTreeSet<&str> = DOORS.iter().map(|(name, _)| *name).chain(EVERYWHERE).collect();
    let sources = sources();
    let mut faults = Vec::new();
    for name in named.filter(|name| !name.starts_with('#')) {
        if !known.contains(name.as_str()) {
            faults.push(format!("`{name}` has no row in DOORS"));
        }
        if !sources.iter().any(|source| names_crate(&source.code, &name)) {
            faults.push(format!("`{name}` stands in Cargo.toml, and nothing uses it"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Whether `name::` stands in the code as a path's first part.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = &code[..at];
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !before.ends_with("::")
    }) || code.contains(&format!("use {name};"))
}

#[test]
fn a_file_says_at_its_head_what_it_does() {
    let silent =
        |source: &Source| !source.text.starts_with("//! ") && !source.text.starts_with("#![doc = include_str!");
    let faults: Vec<_> = sources().into_iter().filter(|s| !is_test(&s.path) && silent(s)).map(|s| s.path).collect();
    assert!(faults.is_empty(), "no head: {faults:#?}");
}

#[test]
fn no_file_is_too_long() {
    let lines = |source: &Source| source.text.lines().count();
    let faults: Vec<_> =
        sources().iter().filter(|s| lines(s) > LONGEST).map(|s| format!("{} ({} lines)", s.path, lines(s))).collect();
    assert!(faults.is_empty(), "over {LONGEST} lines: {faults:#?}");
}

#[test]
fn a_name_tells_what_a_file_holds() {
    let says_nothing = |part: &str| EMPTY_NAMES.iter().any(|name| part == *name || part == format!("{name}s"));
    let faults: Vec<_> = sources()
        .into_iter()
        .map(|s| s.path)
        .filter(|p| p.trim_end_matches(".rs").split('/').any(says_nothing))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nothing_an_edition_holds_comes_from_the_clock_or_from_chance() {
    const FORBIDDEN: [&str; 6] =
        ["SystemTime", "Instant", "HashMap::new()", "RandomState", "thread_rng", "process::id"];
    let may =
        |path: &str| path.starts_with("cli/") || path == "phase.rs" || path.starts_with("bundle/") || is_test(path);
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !may(&source.path)) {
        let shipped = source.code.split("#[cfg(test)]").next().unwrap_or("");
        for word in FORBIDDEN.into_iter().filter(|word| shipped.contains(word)) {
            faults.push(format!("{}: {word}", source.path));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_closed_set_is_matched_in_full() {
    // A wildcard arm in an edition's match on roles would hide the next role from its readers.
    let mut faults = Vec::new();
    let is_edition = |path: &str| path.starts_with("pdf/") || path.starts_with("epub/");
    for source in sources().iter().filter(|source| is_edition(&source.path) && !is_test(&source.path)) {
        let mut role_match = None;
        for (number, line) in source.code.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            if line.contains("match ") && (line.contains("role") || line.contains(".mark") || line.contains(".atom")) {
                role_match = Some(indent);
            } else if role_match.is_some_and(|at| indent <= at && line.trim_start().starts_with('}')) {
                role_match = None;
            } else if role_match == Some(indent.wrapping_sub(4)) && line.trim_start().starts_with("_ =>") {
                faults.push(format!("{}:{}", source.path, number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "`_ =>` on a set of our own: {faults:#?}");
}
