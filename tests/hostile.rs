//! Manuscripts that nobody writes: whatever stands in one, both editions are made or its faults told, soon, and the editions
//! hold what the tree holds.

use bifolio::check;
use bifolio::phase::UNWATCHED;
use bifolio::{Made, Order, Refuse, make};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Generous, for the machine may be busy: each of these takes some seconds, and a step whose time grows with the square of
/// the length many minutes.
const PATIENCE: Duration = Duration::from_secs(150);

fn made(manuscript: &str) -> Made {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("book.md");
    std::fs::write(&input, manuscript).unwrap();
    let order = Order { input: &input, pdf: true, epub: true, presses: Some(&[]), refuse: Refuse::Nothing };
    make(order, UNWATCHED).unwrap()
}

/// Both editions are made, whole.
#[track_caller]
fn survives(manuscript: &str) -> Made {
    let started = Instant::now();
    let made = made(manuscript);
    let told = made.settled.sink.list().iter().filter(|fault| fault.code.starts_with("check."));
    assert_eq!(told.collect::<Vec<_>>(), Vec::<&bifolio::base::Diagnostic>::new(), "in the print edition");
    assert!(made.pdf.as_ref().is_some_and(|pdf| pdf.starts_with(b"%PDF-")));
    let checked = check::epub::check(made.epub.as_ref().unwrap());
    assert!(!checked.sink.has_errors(), "in the e-book: {:#?}", checked.sink.list());
    assert!(started.elapsed() < PATIENCE, "{:?} for {} bytes", started.elapsed(), manuscript.len());
    made
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn a_word_as_long_as_a_chapter() {
    let made = survives(&format!("# T\n\n{}\n", "&".repeat(200_000)));
    assert!(made.pages.sheets.len() > 30, "it is broken where no rule allows it");
    survives(&format!("# T\n\n{}\n", "中".repeat(20_000)));
}

#[test]
fn a_paragraph_of_links() {
    survives(&format!("# T\n\n{}\n", "<http://a> ".repeat(20_000)));
}

#[test]
fn an_index_of_one_term() {
    survives(&format!("# T\n\n{}\n", "{{i:t}} ".repeat(20_000)));
}

#[test]
fn a_list_of_one_term() {
    survives(&format!("# T\n\n{}", "Term\n: x\n\n".repeat(10_000)));
}

#[test]
fn a_block_of_code_as_long_as_a_book() {
    survives(&format!("# T\n\n```rust\n{}```\n", "fn a() { let x = \"1\"; }\n".repeat(10_000)));
}

#[test]
fn a_table_as_long_as_a_book() {
    survives(&format!("# T\n\n| a | b |\n|---|---|\n{}", "| x | y |\n".repeat(20_000)));
}

#[test]
fn notes_without_end() {
    let calls = lines(5_000, |n| format!("Word[^n{n}] here.\n\n"));
    let bodies = lines(5_000, |n| format!("[^n{n}]: The note {n}.\n\n"));
    survives(&format!("# T\n\n{calls}{bodies}"));
}

#[test]
fn a_title_as_long_as_a_chapter() {
    survives(&format!("# {}\n\ntext\n", "word ".repeat(20_000)));
}

proptest! {
    // Each case makes a whole book; the parts have many cases of their own.
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_makes_both_editions(parts in proptest::collection::vec(proptest::sample::select(PARTS), 1..60)) {
        let manuscript = format!("# T\n\n{}", parts.concat());
        let made = made(&manuscript);
        for fault in made.settled.sink.list() {
            prop_assert!(!fault.code.starts_with("check."), "{fault:?}\n{manuscript}");
        }
        let checked = check::epub::check(made.epub.as_ref().unwrap());
        prop_assert!(!checked.sink.has_errors(), "{:#?}\n{manuscript}", checked.sink.list());
    }
}

const PARTS: &[&str] = &[
    "word ",
    "Wörter, ",
    "слово ",
    "שלום ",
    "中文",
    "\u{301}",
    "\u{AD}",
    "\u{202E}",
    "👩\u{200D}🚀",
    "\n",
    "\n\n",
    "    ",
    "## Head {#a}\n\n",
    "### ",
    "> ",
    "> [!NOTE]\n> ",
    "- ",
    "- [ ] ",
    "1. ",
    "```rust\nfn a() {}\n```\n\n",
    "```\n",
    "*",
    "**",
    "~~",
    "`",
    "[",
    "](#a)",
    "](http://x.test \"t\")",
    "![x](no.png)",
    "{.smallcaps}",
    "{lang=he}",
    "{{i:a!b}}",
    "{{hi:c|see a}}",
    "{{page:#a}}",
    "[^1]",
    "\n\n[^1]: ",
    "$x^2$",
    "$$\\frac{1}{2}$$ {#e}\n\n",
    "$$\\begin{matrix}a & b\\\\c\\end{matrix}$$\n\n",
    "| a | b |\n|:-:|--:|\n| 1.5 | x |\n\n",
    "Table: T {#t}\n\n",
    "<table><tr><td rowspan=3 colspan=2>x<td>y</table>\n\n",
    "<div class=\"verse\">\n\n",
    "</div>\n\n",
    "<details><summary>s</summary>\n\n",
    "<sup>",
    "</sup>",
    "<br>",
    "<ruby>a<rt>b</ruby>",
    "<svg viewBox=\"0 0 9 9\"><path d=\"M0 0L9 9\"/></svg>\n\n",
    "Term\n: definition\n\n",
    "***\n\n",
    "-- ",
    "\"",
    "…",
    "\0",
    "&nbsp;",
    "\\",
];
