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
}

impl Standard {
    pub const ALL: [Standard; 5] = [Standard::A2a, Standard::A2b, Standard::A3a, Standard::A4, Standard::Ua1];

    /// As `book.toml` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Standard::A2a => "a-2a",
            Standard::A2b => "a-2b",
            Standard::A3a => "a-3a",
            Standard::A4 => "a-4",
            Standard::Ua1 => "ua-1",
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
            Standard::Ua1 => None,
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
        if list.contains(&Standard::A4) && list.contains(&Standard::Ua1) {
            return Err("PDF/A-4 is built on PDF 2.0 and PDF/UA-1 on PDF 1.7: no file is both");
        }
        Ok(Standards { list })
    }

    /// Part and level of PDF/A.
    pub fn archive(&self) -> Option<(&'static str, Option<&'static str>)> {
        self.list.iter().find_map(|standard| standard.archive())
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
        assert_eq!(named(&["ua-1"]).map(|standards| standards.archive()), Ok(None));
        assert_eq!(Standard::named("a-1a"), None);
    }
}
