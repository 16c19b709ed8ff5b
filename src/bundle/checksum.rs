//! Checksums of files, in the form that `sha256sum -c` reads.
//!
//! In:     names and bytes; a `SHA256SUMS` file.
//! Out:    hexadecimal SHA-256 (FIPS 180-4); the lines of the file; the verdict on each.
//! Faults: a line that is none, with its number.
//! Absent: what the bytes mean.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The file of a release that lists the checksums of all others.
pub const SUMS: &str = "SHA256SUMS";

/// The SHA-256 of some bytes: 64 small hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// One line of a checksum file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// 64 small hexadecimal digits.
    pub digest: String,
    pub name: String,
}

/// The text of a checksum file. The names are ours: no line breaks, no backslashes, so none has to be escaped.
pub fn sums<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    files.into_iter().fold(String::new(), |mut out, (name, bytes)| {
        let _ = writeln!(out, "{}  {name}", sha256(bytes));
        out
    })
}

/// Reads a checksum file. A name that would leave the folder is a fault: a release is flat.
pub fn parse(text: &str) -> Result<Vec<Line>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| read_line(line).ok_or_else(|| format!("line {} is no checksum of a file", at + 1))).collect()
}

/// `<digest>  <name>`; coreutils puts `*` in place of the second space for files read as binary.
fn read_line(line: &str) -> Option<Line> {
    let (digest, rest) = line.split_at_checked(64)?;
    let name = rest.strip_prefix("  ").or_else(|| rest.strip_prefix(" *"))?;
    let is_plain = !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\']);
    let is_hex = digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_plain && is_hex).then(|| Line { digest: digest.to_ascii_lowercase(), name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_abc_is_that_of_the_standard() {
        // FIPS 180-2, B.1.
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = sums([("a.epub", b"abc".as_slice()), ("b c.pdf", b"".as_slice())]);
        let lines = parse(&text).unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1], Line { digest: sha256(b""), name: "b c.pdf".to_owned() });
        assert_eq!(parse(&text.replace("  ", " *")).unwrap(), lines);
    }

    #[test]
    fn a_line_that_leaves_the_folder_or_is_none_is_refused() {
        let digest = sha256(b"");
        for name in ["../x", "a/b", "..", ""] {
            assert!(parse(&format!("{digest}  {name}\n")).is_err(), "{name}");
        }
        assert_eq!(parse(&format!("{digest}  a\nnonsense\n")).unwrap_err(), "line 2 is no checksum of a file");
        assert!(parse(&format!("{}é  x\n", &digest[..63])).is_err());
    }
}
