//! Where each printed page begins: the only thing that flows back from the pages to the e-book.

use super::tree::Locus;

/// The start of one printed page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageStart {
    /// The first place of the running text on the page.
    pub at: Locus,
    /// The folio as printed, or as it would be where the page shows none: `iv`, `17`.
    pub label: String,
    /// The leaf side, counted from 0: the page's index in the PDF.
    pub index: usize,
}

/// The pages that show running text, in order. Loci strictly increase; blank pages are absent.
#[derive(Clone, Default, Debug)]
pub struct PageMap {
    pub starts: Vec<PageStart>,
}

impl PageMap {
    /// The page that shows a place; `None` only for a map without pages.
    pub fn page_of(&self, at: Locus) -> Option<&PageStart> {
        let after = self.starts.partition_point(|start| start.at <= at);
        self.starts.get(after.saturating_sub(1))
    }
}
