//! Two lists of sections → which were added, removed, renamed and rewritten.
//!
//! In:     the sections of two manifests, in reading order.
//! Out:    [`Changes`]: those of the later release in its order, then the removed ones.
//! Absent: sections that the program makes (contents, index): they follow from the others.

use super::manifest::SectionFacts;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change<'a> {
    Added(&'a SectionFacts),
    Removed(&'a SectionFacts),
    /// From, to: another title or number, whatever happened to the text.
    Renamed(&'a SectionFacts, &'a SectionFacts),
    /// From, to: the same title, another text.
    Rewritten(&'a SectionFacts, &'a SectionFacts),
}

pub struct Changes<'a> {
    pub list: Vec<Change<'a>>,
    pub unchanged: usize,
}

impl<'a> Changes<'a> {
    pub fn between(old: &'a [SectionFacts], new: &'a [SectionFacts]) -> Changes<'a> {
        let written = |list: &'a [SectionFacts]| list.iter().filter(|section| section.source.is_some());
        let mut old: Vec<&SectionFacts> = written(old).collect();
        let mut pairs: Vec<(&SectionFacts, Option<&SectionFacts>)> = written(new).map(|now| (now, None)).collect();
        // The surest sign first: a chapter that moved to another file keeps its text, one that was rewritten its file.
        let signs: [fn(&SectionFacts, &SectionFacts) -> bool; 4] = [
            |was, now| was.source == now.source && was.text_sha256 == now.text_sha256,
            |was, now| was.source == now.source,
            |was, now| was.text_sha256 == now.text_sha256,
            |was, now| was.title == now.title && was.kind == now.kind,
        ];
        for same in signs {
            for (now, was) in pairs.iter_mut().filter(|(_, was)| was.is_none()) {
                if let Some(at) = old.iter().position(|candidate| same(candidate, now)) {
                    *was = Some(old.remove(at));
                }
            }
        }
        let mut changes = Changes { list: Vec::new(), unchanged: 0 };
        for (now, was) in pairs {
            match was {
                None => changes.list.push(Change::Added(now)),
                Some(was) if (&was.title, &was.label) != (&now.title, &now.label) => {
                    changes.list.push(Change::Renamed(was, now));
                }
                Some(was) if was.text_sha256 != now.text_sha256 => changes.list.push(Change::Rewritten(was, now)),
                Some(_) => changes.unchanged += 1,
            }
        }
        changes.list.extend(old.into_iter().map(Change::Removed));
        changes
    }

    pub fn of(&self, kind: impl Fn(&Change<'a>) -> bool) -> Vec<Change<'a>> {
        self.list.iter().filter(|change| kind(change)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(source: &str, title: &str, text: &str) -> SectionFacts {
        let (source, title, text) = (Some(source.to_owned()), title.to_owned(), text.to_owned());
        SectionFacts { source, title, text_sha256: text, ..SectionFacts::default() }
    }

    #[test]
    fn a_chapter_is_followed_through_file_title_and_text() {
        let old = [section("a.md", "A", "1"), section("b.md", "B", "2"), section("c.md", "C", "3")];
        let new = [section("a.md", "A", "1x"), section("moved.md", "B", "2"), section("d.md", "C", "3x")];
        let changes = Changes::between(&old, &new);
        assert_eq!(changes.list, [Change::Rewritten(&old[0], &new[0]), Change::Rewritten(&old[2], &new[2])]);
        assert_eq!(changes.unchanged, 1);
    }

    #[test]
    fn sections_the_program_makes_are_passed_over() {
        let contents = SectionFacts { title: "Contents".to_owned(), ..SectionFacts::default() };
        let changes = Changes::between(&[], std::slice::from_ref(&contents));
        assert!(changes.list.is_empty() && changes.unchanged == 0);
    }
}
