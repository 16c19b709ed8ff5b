//! Disk → Manuscript.
