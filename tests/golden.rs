//! Golden pairs: what the program makes of a small manuscript, held against the file beside it.
//!
//! `tests/golden/tree/x.md` → `x.tree`, by `bifolio dump tree`; `tests/golden/pages/x.md` → `x.pages`, by `bifolio dump
//! pages`. What the program says on stderr stands under a rule at the end. `UPDATE_GOLDEN=1 cargo test --test golden`
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
