//! The standards that a reading PDF can be held to.
//!
//! In:     names as `pdf-standard` has them.
//! Out:    [`Standards`]: a choice that one file can meet.
//! Faults: `Err` with the reason for a list that no file can meet.
//! Absent: how a file meets them.

/// A standard by which a reading PDF is checked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standard {
    /// PDF/A-2, level A (ISO 19005-2): kept for good, and tagged.
    A2a,
    /// PDF/A-2, level B: kept for good.
    A2b,
    /// PDF/A-3, level A (ISO 19005-3).
    A3a,
    /// PDF/A-4 (ISO 19005-4): on PDF 2.0.
    A4,
    /// PDF/UA-1 (ISO 14289-1): read aloud.
    Ua1,
    /// PDF/UA-2 (ISO 14289-2): on PDF 2.0, which says more of what is read.
    Ua2,
}

impl Standard {
    pub const ALL: [Standard; 6] =
        [Standard::A2a, Standard::A2b, Standard::A3a, Standard::A4, Standard::Ua1, Standard::Ua2];

    /// As `book.toml` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Standard::A2a => "a-2a",
            Standard::A2b => "a-2b",
            Standard::A3a => "a-3a",
            Standard::A4 => "a-4",
            Standard::Ua1 => "ua-1",
            Standard::Ua2 => "ua-2",
        }
    }

    pub fn named(name: &str) -> Option<Standard> {
        Standard::ALL.into_iter().find(|standard| standard.name() == name)
    }

    /// Part and level of PDF/A, as the metadata declare them; `None` for PDF/UA.
    pub const fn archive(self) -> Option<(&'static str, Option<&'static str>)> {
        match self {
            Standard::A2a => Some(("2", Some("A"))),
            Standard::A2b => Some(("2", Some("B"))),
            Standard::A3a => Some(("3", Some("A"))),
            // It has no levels any more.
            Standard::A4 => Some(("4", None)),
            Standard::Ua1 | Standard::Ua2 => None,
        }
    }

    /// Whether it is built on PDF 2.0 (ISO 32000-2); the others are on PDF 1.7.
    pub const fn is_on_pdf_2(self) -> bool {
        match self {
            Standard::A4 | Standard::Ua2 => true,
            Standard::A2a | Standard::A2b | Standard::A3a | Standard::Ua1 => false,
        }
    }
}

/// What one file is held to at once: at most one of the PDF/A family.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standards {
    list: Vec<Standard>,
}

impl Default for Standards {
    fn default() -> Standards {
        Standards { list: vec![Standard::A2a, Standard::Ua1] }
    }
}

impl Standards {
    /// A choice of standards, if one file can meet them all.
    pub fn new(mut list: Vec<Standard>) -> Result<Standards, &'static str> {
        list.sort();
        list.dedup();
        if list.iter().filter(|standard| standard.archive().is_some()).count() > 1 {
            return Err("a file declares one part and level of PDF/A");
        }
        if list.iter().any(|standard| standard.is_on_pdf_2()) && !list.iter().all(|standard| standard.is_on_pdf_2()) {
            return Err("PDF/A-4 and PDF/UA-2 are built on PDF 2.0, the others on PDF 1.7: no file is both");
        }
        Ok(Standards { list })
    }

    /// Part and level of PDF/A.
    pub fn archive(&self) -> Option<(&'static str, Option<&'static str>)> {
        self.list.iter().find_map(|standard| standard.archive())
    }

    /// Whether the file is PDF 2.0.
    pub fn are_on_pdf_2(&self) -> bool {
        self.list.iter().any(|standard| standard.is_on_pdf_2())
    }

    pub fn has(&self, standard: Standard) -> bool {
        self.list.contains(&standard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_one_file_can_be_is_taken() {
        let named =
            |names: &[&str]| Standards::new(names.iter().map(|name| Standard::named(name).expect("known")).collect());
        assert_eq!(named(&["ua-1", "a-2a"]), Ok(Standards::default()));
        assert!(named(&["a-2a", "a-3a"]).is_err() && named(&["a-4", "ua-1"]).is_err());
        assert!(named(&["a-2a", "ua-2"]).is_err() && named(&["ua-1", "ua-2"]).is_err());
        assert!(named(&["a-4", "ua-2"]).is_ok_and(|standards| standards.are_on_pdf_2()));
        assert_eq!(named(&["ua-1"]).map(|standards| standards.archive()), Ok(None));
        assert_eq!(Standard::named("a-1a"), None);
    }
}
