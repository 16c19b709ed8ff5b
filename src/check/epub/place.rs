//! URLs of an e-book → files of its archive (EPUB 3.3, 4.1.5; *URL Standard*).
//!
//! In:     a reference as it is written, the path of the file it stands in.
//! Out:    [`Target`].
//! Absent: whether the file exists.

/// What a reference leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// A file of the archive by its path, and the place in it; the place is percent-decoded, maybe empty.
    Inside { path: String, fragment: String },
    /// A URL with a scheme: `https`, `mailto`.
    Outside { scheme: String },
    /// `data:`: it brings its bytes along.
    Data,
    /// It leaves the archive: `../../x`, `/x`.
    Escapes,
    /// A reference that no program can read.
    Broken,
}

/// Resolves a reference.
pub fn resolve(from: &str, reference: &str) -> Target {
    let reference = reference.trim();
    if let Some((scheme, _)) = reference.split_once(':')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    {
        let scheme = scheme.to_ascii_lowercase();
        return if scheme == "data" { Target::Data } else { Target::Outside { scheme } };
    }
    if reference.starts_with("//") {
        return Target::Outside { scheme: "https".to_owned() };
    }
    if reference.starts_with('/') {
        return Target::Escapes;
    }
    let (before, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = before.split_once('?').map_or(before, |(path, _)| path);
    let (Some(path), Some(fragment)) = (decoded(path), decoded(fragment)) else { return Target::Broken };
    if path.is_empty() {
        return Target::Inside { path: from.to_owned(), fragment };
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Target::Escapes;
                }
            }
            part => parts.push(part),
        }
    }
    Target::Inside { path: parts.join("/"), fragment }
}

/// Percent-decodes; `None` where what comes out is no text.
fn decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| byte == b'%') {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_to_files() {
        let inside = |path: &str, fragment: &str| Target::Inside { path: path.into(), fragment: fragment.into() };
        assert_eq!(resolve("OEBPS/text/a.xhtml", "../images/m%C3%A4p.svg"), inside("OEBPS/images/mäp.svg", ""));
        assert_eq!(resolve("OEBPS/a.xhtml", "#x"), inside("OEBPS/a.xhtml", "x"));
        assert_eq!(resolve("OEBPS/a.xhtml", "../../x"), Target::Escapes);
        assert_eq!(resolve("a.xhtml", "HTTPS://x.test/"), Target::Outside { scheme: "https".into() });
        assert_eq!(resolve("a.xhtml", "%FF"), Target::Broken);
        assert_eq!(resolve("a.xhtml", "100%"), inside("100%", ""));
    }
}
