//! Each phase on a made book of some 500 pages: `cargo bench`. The text is the same on every run and every machine.

use bifolio::base::Sink;
use bifolio::layout::NodeId;
use bifolio::pdf::{Composer, PageNumbers};
use bifolio::phase::UNWATCHED;
use bifolio::{Made, Order, Refuse, epub, layout, make, parse, pdf, source};
use divan::Bencher;
use divan::counter::ItemsCount;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Chapters of the made book, and words in each: 500 pages of 6 × 9 in.
const CHAPTERS: usize = 40;
const WORDS: usize = 4_200;

/// Knuth's generator for 64 bits (*TAOCP* 2, 3.3.4, table 1, line 26): chance that is the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

const SYLLABLES: [&str; 40] = [
    "an", "ber", "cal", "con", "de", "di", "dis", "en", "er", "es", "est", "fi", "for", "gen", "in", "ing", "is", "la",
    "li", "ly", "man", "ment", "mo", "na", "ness", "no", "on", "per", "pre", "ra", "re", "sa", "se", "ter", "ti",
    "tion", "to", "un", "ver", "vi",
];
/// Short words are the most frequent of any language.
const SHORT: [&str; 16] =
    ["the", "of", "and", "to", "a", "in", "that", "it", "was", "he", "for", "on", "as", "with", "his", "at"];

fn word(chance: &mut Chance, out: &mut String) {
    if chance.below(100) < 45 {
        out.push_str(SHORT[chance.below(SHORT.len())]);
        return;
    }
    for _ in 0..=chance.below(4) {
        out.push_str(SYLLABLES[chance.below(SYLLABLES.len())]);
    }
}

fn sentence(chance: &mut Chance, words: usize, out: &mut String) {
    for at in 0..words {
        let mark = chance.below(60);
        match mark {
            0 => out.push('*'),
            1 => out.push('`'),
            _ => {}
        }
        word(chance, out);
        match mark {
            0 => out.push('*'),
            1 => out.push('`'),
            2 => out.push(','),
            _ => {}
        }
        out.push_str(if at + 1 == words { ". " } else { " " });
    }
}

fn chapter(number: usize) -> String {
    let mut chance = Chance(number as u64);
    let mut out = format!("# Chapter the {number}th\n\n");
    let (mut words, mut paragraph) = (0, 0);
    while words < WORDS {
        paragraph += 1;
        for _ in 0..3 + chance.below(5) {
            let length = 6 + chance.below(24);
            sentence(&mut chance, length, &mut out);
            words += length;
        }
        match paragraph % 12 {
            3 => {
                let _ = write!(out, "[^{paragraph}]\n\n[^{paragraph}]: ");
                sentence(&mut chance, 12, &mut out);
            }
            5 => out.push_str("\n\n## A section of it"),
            7 => out.push_str("\n\n- one thing\n- another thing that is longer\n- a third"),
            9 => out.push_str("\n\n```rust\nfn answer(x: u32) -> u32 {\n    x.wrapping_mul(42) // always\n}\n```"),
            11 => out.push_str("\n\n| name | count |\n|------|------:|\n| one | 1 |\n| twenty | 20 |"),
            _ => {}
        }
        out.push_str("\n\n");
    }
    out
}

/// The made book on disk, once for the whole run.
static BOOK: LazyLock<PathBuf> = LazyLock::new(|| {
    let dir = std::env::temp_dir().join(format!("bifolio-bench-{}", std::process::id()));
    fs::create_dir_all(&dir).expect("the folder for temporary files can be written");
    for number in 1..=CHAPTERS {
        fs::write(dir.join(format!("{number:02}.md")), chapter(number)).expect("room for a book");
    }
    dir
});

static MADE: LazyLock<Made> = LazyLock::new(whole_book);

fn whole_book() -> Made {
    make(Order { input: &BOOK, pdf: true, epub: true, presses: None, refuse: Refuse::Errors }, UNWATCHED)
        .expect("the made book is sound")
}

fn main() {
    println!("{} pages", MADE.pages.sheets.len());
    divan::main();
    let _ = fs::remove_dir_all(&*BOOK);
}

fn pages() -> ItemsCount {
    ItemsCount::new(MADE.pages.sheets.len())
}

#[divan::bench]
fn a_read(bencher: Bencher) {
    bencher.counter(pages()).bench(|| source::read(&BOOK, &mut Sink::new()));
}

#[divan::bench]
fn b_parse(bencher: Bencher) {
    bencher
        .counter(pages())
        .with_inputs(|| source::read(&BOOK, &mut Sink::new()).expect("read before"))
        .bench_refs(|manuscript| parse::parse(manuscript, &mut Sink::new()));
}

#[divan::bench]
fn c_settle(bencher: Bencher) {
    let mut manuscript = source::read(&BOOK, &mut Sink::new()).expect("read before");
    let book = parse::parse(&mut manuscript, &mut Sink::new());
    bencher.counter(pages()).bench(|| layout::settle(&book, &manuscript.theme, &manuscript.pictures, &mut Sink::new()));
}

#[divan::bench]
fn d_compose_lines(bencher: Bencher) {
    let made = &MADE.settled;
    let (m, tree) = (&made.manuscript, &made.tree);
    let leaves: Vec<NodeId> =
        (0..tree.nodes.len() as u32).map(NodeId).filter(|id| tree.node(*id).text().is_some()).collect();
    bencher.counter(pages()).bench(|| {
        let composer = Composer::new(tree, &m.theme, &m.faces, &m.pictures);
        let lines = |id: &NodeId| {
            let style = composer.style(tree.node(*id).role);
            composer.leaf(*id, style, m.theme.measure(), &PageNumbers::new(), &mut Sink::new()).len()
        };
        leaves.par_iter().map(lines).sum::<usize>()
    });
}

#[divan::bench]
fn e_paginate(bencher: Bencher) {
    let made = &MADE.settled;
    let m = &made.manuscript;
    bencher.counter(pages()).bench(|| pdf::paginate(&made.tree, &m.theme, &m.faces, &m.pictures, &mut Sink::new()));
}

#[divan::bench]
fn f_write_pdf(bencher: Bencher) {
    let made = &MADE.settled;
    let m = &made.manuscript;
    bencher.counter(pages()).bench(|| {
        let form = pdf::Form::Reading(&m.press.standards);
        let material = pdf::Material::gather(form, &made.tree, &m.theme, &m.faces, &m.pictures)?;
        pdf::write(form, &MADE.pages, &made.tree, &m.faces, &m.pictures, material, &mut Sink::new())
    });
}

#[divan::bench]
fn g_write_epub(bencher: Bencher) {
    let made = &MADE.settled;
    let m = &made.manuscript;
    let map = Some(&MADE.pages.map);
    bencher.counter(pages()).bench(|| {
        let material = epub::Material::gather(&made.tree, &m.theme, &m.faces, &m.pictures);
        epub::write(&made.tree, &m.theme, &m.pictures, map, material, &mut Sink::new())
    });
}

#[divan::bench]
fn h_whole(bencher: Bencher) {
    bencher.counter(pages()).bench(whole_book);
}
