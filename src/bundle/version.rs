//! The name of a release: from the command line, the book or the repository's tag.
//!
//! In:     what was typed, what `book.toml` says, the tags of the newest commit.
//! Out:    a version that may stand in a file name on every system.
//! Faults: [`Error::Release`].
//! Absent: an order of versions: they are names.

use super::git;
use crate::base::Error;
use std::path::Path;

/// Longer names are a slip, and some file systems end at 255 bytes for the whole name.
const LONGEST: usize = 64;

/// The version of a release: the one typed, else the book's, else the tag of the commit that is checked out.
pub fn settle(typed: Option<&str>, of_book: Option<&str>, root: &Path) -> Result<String, Error> {
    let (found, from) = match (typed, of_book) {
        (Some(version), _) => (version.to_owned(), "the version given"),
        (None, Some(version)) => (version.to_owned(), "the version in book.toml"),
        (None, None) => (tagged(root)?, "the tag"),
    };
    let version = bare(found.trim());
    check(version).map_err(|why| Error::Release {
        why: format!("{from}, {found:?}, cannot name files: {why}"),
        hint: "use letters, digits, '.', '-' and '_': 1.0, 2026-11, 2nd-edition".to_owned(),
    })?;
    Ok(version.to_owned())
}

fn tagged(root: &Path) -> Result<String, Error> {
    let none = |why: String| Error::Release {
        why: format!("no version for this release: {why}"),
        hint: "name it: 'bifolio release 1.0', or version = \"1.0\" under [output.bifolio] in book.toml".to_owned(),
    };
    let tags = git::tags_here(root).map_err(none)?;
    match tags.as_slice() {
        [] => Err(none("none is given, book.toml has none, and the commit that is checked out has no tag".to_owned())),
        [tag] => Ok(tag.clone()),
        several => Err(none(format!("the commit that is checked out has several tags, {}", several.join(", ")))),
    }
}

/// `1.0` of `v1.0`: tags of software are written so, names of files are not.
fn bare(version: &str) -> &str {
    match version.strip_prefix('v') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        Some(_) | None => version,
    }
}

fn check(version: &str) -> Result<(), &'static str> {
    if version.is_empty() {
        return Err("it is empty");
    }
    if version.len() > LONGEST {
        return Err("it is longer than 64 characters");
    }
    if !version.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')) {
        return Err("it holds other characters than letters, digits, '.', '-' and '_'");
    }
    if !version.starts_with(|c: char| c.is_ascii_alphanumeric()) || version.ends_with('.') {
        return Err("it must start with a letter or a digit, and not end with a full stop");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_wins_over_the_book() {
        let here = Path::new(".");
        assert_eq!(settle(Some("v1.2"), Some("9"), here).unwrap(), "1.2");
        assert_eq!(settle(None, Some("9"), here).unwrap(), "9");
        assert_eq!(settle(Some("vellum"), None, here).unwrap(), "vellum");
    }

    #[test]
    fn a_version_that_cannot_name_a_file_is_refused() {
        for bad in ["", "1/2", "../x", ".x", "1.", "a b", "ü", &"9".repeat(65)] {
            let fault = settle(Some(bad), None, Path::new(".")).unwrap_err().to_string();
            assert!(fault.contains("cannot name files"), "{bad}: {fault}");
        }
    }

    #[test]
    fn without_any_version_the_author_is_told_how_to_give_one() {
        let dir = tempfile::tempdir().unwrap();
        let fault = settle(None, None, dir.path()).unwrap_err().to_string();
        assert!(fault.contains("bifolio release 1.0"), "{fault}");
    }
}
