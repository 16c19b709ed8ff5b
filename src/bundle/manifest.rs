//! `manifest.json`: what a release holds, from what it was made and by which tool.
//!
//! In:     nothing; `describe.rs` fills it, `json.rs` reads and writes it.
//! Out:    [`Manifest`], whose fields are the schema `bifolio-release/1`. Paths use `/`; sizes are bytes; checksums are
//!         SHA-256 in small hexadecimal digits. A later version of the schema only adds fields.
//! Faults: [`Error::Release`] for a file that is none.
//! Absent: the clock, the machine, the folder.

use super::json::{self, Record, record};
use crate::base::Error;
use serde_json::Value;

/// The file's name in a release.
pub const MANIFEST: &str = "manifest.json";
/// The schema that this program writes.
pub const SCHEMA: &str = "bifolio-release/1";

record! {
    #[derive(Clone, PartialEq, Debug)]
    pub struct Manifest {
        /// `bifolio-release/1`.
        pub schema: String,
        pub tool: Tool,
        pub release: ReleaseFacts,
        pub book: BookFacts,
        /// Every edition, in the order of the book's profiles.
        pub editions: Vec<EditionFacts>,
        /// The other files of the release, but for this one and `SHA256SUMS`.
        pub files: Vec<FileFacts>,
        /// Every file that was read to make the release, sorted by path.
        pub inputs: Vec<FileFacts>,
        /// The sections of the book, in reading order.
        pub sections: Vec<SectionFacts>,
        /// The fonts that show text in an edition, sorted by file.
        pub fonts: Vec<FontFacts>,
        /// What outside judges said of the editions; empty when none was asked.
        pub judges: Vec<Judgement>,
    }
}

record! {
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Tool {
        pub name: String,
        pub version: String,
    }
}

record! {
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct ReleaseFacts {
        pub version: String,
        /// The start of every file name: `<slug>-<version>`.
        pub stem: String,
        /// The moment written into the editions, ISO 8601 in UTC.
        pub date: String,
        /// Where the date comes from.
        pub date_from: DateFrom,
        /// The version that the release notes compare with.
        pub since: Option<String>,
    }
}

/// Where the date of a release comes from; never the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateFrom {
    /// The environment (reproducible-builds.org, specification of SOURCE_DATE_EPOCH).
    Environment,
    Book,
    /// The newest commit of the manuscript's repository.
    Commit,
    /// None of the three: the start of 1970.
    Nowhere,
}

record! {
    #[derive(Clone, PartialEq, Eq, Debug, Default)]
    pub struct BookFacts {
        pub title: String,
        pub subtitle: Option<String>,
        pub authors: Vec<Person>,
        pub contributors: Vec<Person>,
        pub language: String,
        pub description: Option<String>,
        pub publisher: Option<String>,
        pub rights: Option<String>,
        pub date: Option<String>,
        pub edition: Option<String>,
        pub series: Option<String>,
        pub series_number: Option<String>,
        pub subjects: Vec<String>,
        pub isbn_print: Option<String>,
        pub isbn_epub: Option<String>,
        pub identifier: Option<String>,
        /// Words of the text, counted as the summary of `bifolio build` does.
        pub words: usize,
    }
}

record! {
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Person {
        pub name: String,
        /// A MARC relator code: `aut`, `trl`.
        pub role: String,
    }
}

record! {
    /// One edition of the book.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct EditionFacts {
        pub file: String,
        /// `epub`, `print`, or the name of a printer's profile.
        pub profile: String,
        /// The media type of the file.
        pub media_type: String,
        /// Pages of a PDF; printed pages named in an e-book.
        pub pages: usize,
        pub size: u64,
        pub sha256: String,
    }
}

record! {
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
    pub struct FileFacts {
        /// In a release: its name. Of an input: relative to the book's folder.
        pub path: String,
        pub size: u64,
        pub sha256: String,
    }
}

record! {
    /// A section of the book: a file of the e-book, a run of pages of the print edition.
    #[derive(Clone, PartialEq, Eq, Debug, Default)]
    pub struct SectionFacts {
        /// `chapter`, `subchapter`, `part`, `contents`…
        pub kind: String,
        /// The shown number, with its word where one is shown; empty when there is none.
        pub label: String,
        pub title: String,
        /// The name by which links lead to it.
        pub anchor: String,
        /// Its file in the e-book, without folder and extension.
        pub file: String,
        /// The file of the manuscript it is written in; absent for sections that the program makes.
        pub source: Option<String>,
        pub words: usize,
        /// Printed pages that show some of it.
        pub pages: usize,
        /// The folio of its first page.
        pub first_page: String,
        /// Of its text as both editions show it, without marks.
        pub text_sha256: String,
    }
}

record! {
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
    pub struct FontFacts {
        /// The bundled file, or the path in the book's folder.
        pub file: String,
        pub family: String,
        /// 400 is regular, 700 bold.
        pub weight: u16,
        pub italic: bool,
        /// As the font says (OpenType `name`, 5).
        pub version: String,
        /// As the font says (OpenType `name`, 13), else the licence's address (14).
        pub licence: String,
        pub sha256: String,
        /// The profiles of the editions that show text in it; empty in manifests of before it was told.
        pub editions: Vec<String>,
    }
}

record! {
    /// What an outside judge said of one file.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Judgement {
        /// `epubcheck`, `verapdf`.
        pub judge: String,
        pub version: Option<String>,
        /// The file judged, by its name in the release.
        pub file: String,
        pub passed: bool,
        pub errors: Option<u64>,
        pub warnings: Option<u64>,
        pub note: Option<String>,
    }
}

impl DateFrom {
    const NAMES: [(DateFrom, &str); 4] = [
        (DateFrom::Environment, "SOURCE_DATE_EPOCH"),
        (DateFrom::Book, "book.toml"),
        (DateFrom::Commit, "commit"),
        (DateFrom::Nowhere, "none"),
    ];
}

impl Record for DateFrom {
    fn write(&self) -> Value {
        DateFrom::NAMES.iter().find(|(from, _)| from == self).map_or(Value::Null, |(_, name)| Value::from(*name))
    }

    fn read(value: &Value) -> Result<DateFrom, String> {
        let found = DateFrom::NAMES.iter().find(|(_, name)| value == name);
        found.map(|(from, _)| *from).ok_or_else(|| format!("{value} is no source of a date"))
    }
}

impl Manifest {
    /// The file's bytes: the same for equal manifests.
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        json::to_bytes(self).map_err(|why| Error::Package { name: "serde_json", why })
    }

    pub fn from_json(json: &[u8]) -> Result<Manifest, Error> {
        let refused = |why: String, hint: &str| Error::Release { why, hint: hint.to_owned() };
        let manifest: Manifest = json::from_bytes(json).map_err(|fault| {
            refused(
                format!("{MANIFEST} is not the manifest of a release: {fault}"),
                "'bifolio verify --checksums DIR' tells which files are damaged",
            )
        })?;
        if manifest.schema != SCHEMA {
            let why = format!("{MANIFEST} follows the schema {:?}, which this version does not know", manifest.schema);
            return Err(refused(why, &format!("use bifolio {} or newer", manifest.tool.version)));
        }
        Ok(manifest)
    }
}

/// Reads what judges said, from a file the author gives: a list of [`Judgement`]s.
pub fn judgements(json: &[u8]) -> Result<Vec<Judgement>, Error> {
    json::from_bytes(json).map_err(|fault| Error::Release {
        why: format!("the judges' results cannot be read: {fault}"),
        hint: r#"they are a list of {"judge", "version", "file", "passed", "errors", "warnings"}"#.to_owned(),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn sample() -> Manifest {
        Manifest {
            schema: SCHEMA.to_owned(),
            tool: Tool { name: "bifolio".to_owned(), version: "0.1.0".to_owned() },
            release: ReleaseFacts {
                version: "1.0".to_owned(),
                stem: "a-book-1.0".to_owned(),
                date: "2026-01-01T00:00:00Z".to_owned(),
                date_from: DateFrom::Book,
                since: None,
            },
            book: BookFacts { title: "A Book".to_owned(), language: "en".to_owned(), ..BookFacts::default() },
            editions: Vec::new(),
            files: Vec::new(),
            inputs: Vec::new(),
            sections: Vec::new(),
            fonts: Vec::new(),
            judges: Vec::new(),
        }
    }

    #[test]
    fn what_is_written_is_read_again_in_the_same_bytes() {
        let json = sample().to_json().unwrap();
        let again = Manifest::from_json(&json).unwrap();
        assert_eq!(again, sample());
        assert_eq!(again.to_json().unwrap(), json);
        assert!(json.ends_with(b"}\n"));
    }

    #[test]
    fn another_schema_and_damage_are_told_apart() {
        let later = String::from_utf8(sample().to_json().unwrap()).unwrap().replace(SCHEMA, "bifolio-release/9");
        let fault = Manifest::from_json(later.as_bytes()).unwrap_err().to_string();
        assert!(fault.contains("bifolio-release/9") && fault.contains("0.1.0"), "{fault}");
        let fault = Manifest::from_json(b"{\"schema\": 1").unwrap_err().to_string();
        assert!(fault.contains("--checksums"), "{fault}");
    }
}
