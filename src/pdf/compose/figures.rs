//! Figures of a real book, printed for comparison; asserts only what holds for every book.
//!
//! `BOOK=folder cargo test --lib figures -- --ignored --nocapture`; with `SHOW=1` the loose lines too.

use super::*;
use crate::{layout, parse, source};
use rayon::prelude::*;
use std::time::Instant;

/// Milliseconds that this thread has had the processor, where the system tells (Linux); 0 elsewhere.
fn busy() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

#[test]
#[ignore = "prints the figures of the book in $BOOK"]
fn figures_of_a_book() {
    let folder = std::env::var("BOOK").expect("BOOK names the folder of a book");
    let mut sink = Sink::new();
    let mut manuscript = source::read(folder.as_ref(), &mut sink).expect("the book can be read");
    let book = parse::parse(&mut manuscript, &mut sink);
    let theme = manuscript.theme.clone();
    let tree = layout::settle(&book, &theme, &manuscript.pictures, &mut sink);
    let composer = Composer::new(&tree, &theme, &manuscript.faces, &manuscript.pictures);
    let leaves: Vec<NodeId> =
        (0..tree.nodes.len() as u32).map(NodeId).filter(|id| tree.node(*id).text().is_some()).collect();
    let words: usize =
        leaves.iter().filter_map(|id| tree.node(*id).text()).map(|text| text.string.split_whitespace().count()).sum();
    let set = |id: &NodeId| {
        let style = composer.style(tree.node(*id).role);
        let measure = theme.measure() - style.inset_start - style.inset_end;
        composer.leaf(*id, style, measure, &PageNumbers::new(), &mut Sink::new())
    };
    for name in ["first", "again"] {
        let began = busy();
        let count: usize = leaves.iter().map(|id| set(id).len()).sum();
        println!("{name}, one thread: {words} words, {count} lines, {:.0} ms of the processor", busy() - began);
    }
    let began = Instant::now();
    let lines: Vec<Vec<Line>> = leaves.par_iter().map(set).collect();
    println!("all threads: {:?}", began.elapsed());
    let mut figures = Figures::default();
    for (id, lines) in leaves.iter().zip(&lines) {
        let text = tree.node(*id).text().expect("only leaves are here");
        if matches!(tree.node(*id).role, Role::Body | Role::BodyFirst) {
            figures.count(lines, theme.text_size, &text.string);
        }
        assert_eq!(lines.last().map_or(0, |line| line.range.end as usize), text.string.len(), "all of it is set");
    }
    println!("{figures:#?}");
}

/// Faults of body text by the measures of the outside judge, and the mean badness as Knuth and Plass reckon it.
#[derive(Default, Debug)]
struct Figures {
    justified: usize,
    characters_to_a_line: f64,
    hyphens: usize,
    ladders_of_three: usize,
    over_half_an_em: usize,
    over_three_quarters: usize,
    under_a_fifth: usize,
    stubs: usize,
    mean_badness: f64,
}

impl Figures {
    fn count(&mut self, lines: &[Line], size: Length, string: &str) {
        let Some((last, filled)) = lines.split_last() else { return };
        let mut ladder = 0;
        for line in filled {
            let range = line.range.start as usize..line.range.end as usize;
            let mean = |old: f64, new: f64, count: usize| (old * count as f64 + new) / (count + 1) as f64;
            let badness = 100.0 * f64::from(line.ratio.abs()).powi(3);
            self.mean_badness = mean(self.mean_badness, badness, self.justified);
            let characters = string[range.clone()].chars().count() as f64;
            self.characters_to_a_line = mean(self.characters_to_a_line, characters, self.justified);
            self.justified += 1;
            ladder = if line.hyphenated { ladder + 1 } else { 0 };
            self.hyphens += usize::from(line.hyphenated);
            self.ladders_of_three += usize::from(ladder == 3);
            // The space at this ratio, in em.
            let space = if line.ratio < 0.0 {
                0.25 + 0.05 * f64::from(line.ratio)
            } else {
                0.25 + 0.125 * f64::from(line.ratio)
            };
            self.over_half_an_em += usize::from(space > 0.5);
            self.over_three_quarters += usize::from(space > 0.75);
            self.under_a_fifth += usize::from(space < 0.199);
            if space > 0.5 && std::env::var("SHOW").is_ok() {
                let next: String = string[range.end..].chars().take(30).collect();
                println!("{:.2} {}¦{next}", line.ratio, &string[range]);
            }
        }
        self.stubs += usize::from(lines.len() > 1 && line_width(last) < size.scale(2.0));
    }
}
