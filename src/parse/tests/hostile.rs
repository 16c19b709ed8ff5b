//! Texts that nobody writes: none may stop the program, and none may take long.

use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Generous: the machine may be busy, and none of these takes a tenth of it.
const PATIENCE: Duration = Duration::from_secs(20);

fn depth(blocks: &[Block]) -> usize {
    let of = |block: &Block| match &block.kind {
        BlockKind::Quote(body)
        | BlockKind::Group(body)
        | BlockKind::Details { body, .. }
        | BlockKind::Figure { body, .. } => 1 + depth(body),
        BlockKind::Admonition { body, .. } => 1 + depth(body),
        BlockKind::List { items, .. } => 1 + items.iter().map(|item| depth(&item.body)).max().unwrap_or(0),
        _ => 1,
    };
    blocks.iter().map(of).max().unwrap_or(0)
}

#[track_caller]
fn survives(markdown: &str) -> Vec<String> {
    let started = Instant::now();
    let mut outcome = Outcome::default();
    let mut files = Files::default();
    let file = files.add(Path::new("a.md"), markdown.to_owned());
    let text = Expanded { text: markdown.to_owned(), map: Map::of_file(file, 0) };
    // The stack of a rayon thread, where chapters are read.
    let read = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        let handle = thread.spawn_scoped(scope, || {
            let blocks = crate::parse::block::chapter(&text, &Options::default(), &mut outcome);
            let deep = depth(&blocks);
            drop(blocks);
            deep
        });
        handle.unwrap().join().unwrap()
    });
    assert!(read <= crate::parse::grow::DEEPEST + 2, "{read} deep");
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    println!("{:?} {}", started.elapsed(), markdown.chars().take(20).collect::<String>());
    faults(&files, &outcome.sink)
}

#[test]
fn depths() {
    let many = 100_000;
    assert_eq!(survives(&format!("{}x", ">".repeat(many))), ["1:49 nesting.deep"]);
    assert_eq!(survives(&format!("{}x", "- ".repeat(many))).len(), 1);
    survives(&format!("{}x", "<div>".repeat(many)));
    survives(&format!("{}x{}", "<div>\n\n".repeat(20_000), "</span>\n\n".repeat(20_000)));
    survives(&format!("a {}x{}", "<b>".repeat(many), "</b>".repeat(many)));
    survives(&format!("{}x{}", "*a ".repeat(many), " b*".repeat(many)));
    survives(&format!("{}x{}", "[".repeat(many), "]{.a}".repeat(many)));
    survives(&format!("{}x", "{{i:".repeat(many)));
    survives(&format!("{}x", "{".repeat(many)));
    survives(&format!("{}x", "{#".repeat(many)));
    survives(&"<svg>".repeat(many));
    survives(&format!("<table>{}", "<tr><td colspan=1000 rowspan=99999>".repeat(10_000)));
    survives(&(0..2_000).map(|n| format!("{}- x\n", " ".repeat(2 * n))).collect::<String>());
    survives(&"[^a]: x\n".repeat(20_000));
    survives(&"<span>".repeat(20_000).replace("<span>", "<span><p>"));
}

#[test]
fn at_most_a_few_faults_of_one_kind() {
    assert!(survives(&"<T> x\n\n".repeat(1_000)).len() <= 20);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in ".{0,200}") {
        read(&text);
    }

    #[test]
    fn any_mixture_of_signs_is_read(parts in proptest::collection::vec(0usize..PARTS.len(), 0..30)) {
        let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
        read(&text);
    }
}

const PARTS: [&str; 56] = [
    "a",
    "é\u{301}",
    " ",
    "\n",
    "\n\n",
    "  ",
    "\t",
    "# ",
    "> ",
    "- ",
    "1. ",
    "```rust\n",
    "```\n",
    "```admonish tip \"x\"\n",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "[",
    "]",
    "](x.png)",
    "![",
    "](x \"t\")",
    "{#a}",
    "{.b}",
    "{",
    "}",
    "{{i:",
    "{{hi:",
    "{{page:#x}}",
    "}}",
    "[^1]",
    "[^1]: ",
    "\\",
    "&amp;",
    "---\n",
    "| a | b |\n|---|---|\n",
    "| c |\n",
    "Table: t {#t}\n",
    "<b>",
    "</b>",
    "<div class=\"verse\">\n\n",
    "</div>\n",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</table>",
    "<li>",
    "<Listing number=\"1\" caption=\"*x\">\n\n",
    "</Listing>\n",
    "<svg>",
    "</svg>",
    "<details><summary>",
    "<!-- ",
    " -->",
];
