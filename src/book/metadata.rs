//! What is said of the book as a whole: title, people, publisher, identifiers.

use crate::asset::PictureId;
use crate::base::Lang;
use crate::book::Packaging;

#[derive(Clone, Debug)]
pub struct Metadata {
    /// Never empty: the folder's name serves when none is given.
    pub title: String,
    pub subtitle: Option<String>,
    pub authors: Vec<Contributor>,
    pub contributors: Vec<Contributor>,
    pub language: Lang,
    pub description: Option<String>,
    pub publisher: Option<String>,
    pub rights: Option<String>,
    /// ISO 8601: a year, a month or a day.
    pub date: Option<String>,
    /// When this edition was last changed, as EPUB and PDF must say: `2026-11-22T00:00:00Z`. From `SOURCE_DATE_EPOCH`,
    /// else from `date`, else the first second of 1970: never from the clock.
    pub modified: String,
    pub edition: Option<String>,
    /// Names the files of a release, `1.0`; neither edition shows it.
    pub version: Option<String>,
    pub series: Option<String>,
    pub series_number: Option<String>,
    pub subjects: Vec<String>,
    /// Thirteen digits without hyphens, check digit proved.
    pub isbn_print: Option<String>,
    pub isbn_epub: Option<String>,
    /// The same as the copyright page shows them: in the groups in which they were given.
    pub isbn_print_shown: Option<String>,
    pub isbn_epub_shown: Option<String>,
    /// A URN or URL given by the publisher; without it one is made from title and authors.
    pub identifier: Option<String>,
    /// More lines for the copyright page.
    pub credits: Vec<String>,
    pub cover: Option<PictureId>,
    pub cover_alt: Option<String>,
    /// The ground and the accent of a designed cover: red, green, blue.
    pub cover_ground: Option<[u8; 3]>,
    pub cover_accent: Option<[u8; 3]>,
    /// What is asked of the e-book alone.
    pub packaging: Packaging,
}

impl Metadata {
    /// Whether the number in the series is one that EPUB can say: `2`, `2.1` (EPUB 3.3, D.3.4).
    pub fn has_series_position(&self) -> bool {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        self.series_number.as_deref().is_some_and(|number| number.split('.').all(is_number))
    }
}

/// A person or body, with a MARC relator code (`aut`, `trl`, `edt`…).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contributor {
    pub name: String,
    pub role: String,
    /// The form to sort by: `Klabnik, Steve`.
    pub file_as: Option<String>,
}

impl Default for Metadata {
    fn default() -> Metadata {
        Metadata {
            title: String::new(),
            subtitle: None,
            authors: Vec::new(),
            contributors: Vec::new(),
            language: Lang::english(),
            description: None,
            publisher: None,
            rights: None,
            date: None,
            modified: "1970-01-01T00:00:00Z".to_owned(),
            edition: None,
            version: None,
            series: None,
            series_number: None,
            subjects: Vec::new(),
            isbn_print: None,
            isbn_epub: None,
            isbn_print_shown: None,
            isbn_epub_shown: None,
            identifier: None,
            credits: Vec::new(),
            cover: None,
            cover_alt: None,
            cover_ground: None,
            cover_accent: None,
            packaging: Packaging::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_number_is_decimal() {
        let is_position = |number: &str| {
            Metadata { series_number: Some(number.to_owned()), ..Metadata::default() }.has_series_position()
        };
        assert!(is_position("2") && is_position("2.10"));
        assert!(!is_position("") && !is_position("II") && !is_position("2."));
        assert!(!Metadata::default().has_series_position());
    }
}
