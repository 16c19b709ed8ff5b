//! Where lines end: the breaks that make the whole paragraph look best.
//!
//! In:     [`Stop`]s, each with the sums of widths before and after it; the measure; a [`Setting`].
//! Out:    the stops at which lines end, with the ratio of each line.
//! Absent: text, glyphs, fonts: whole numbers only.
//!
//! The algorithm is that of D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", *Software: Practice and
//! Experience* 11 (1981) 1119–1184, with these differences. A paragraph comes as its legal breaks, not as boxes, glue and
//! penalties: discarded glue, added hyphens and hanging punctuation are in the sums already. The fitness class and the
//! length of a ladder of hyphens are part of a node's state, so that the best path is found exactly; a test compares it
//! with all paths. Glyphs may be scaled a little beside the spaces (Thành 2000); the ratio counts both.
//!
//! Three passes, each tried only where the one before finds no faultless lines: whole words; with hyphens; and one that
//! takes what there is, at a price for each fault (`FAULT`): breaks that readers like less, spaces down to the
//! least that still parts words, and at the very last a hole.

/// Sums of widths from the start of the paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Sums {
    pub width: i64,
    /// How much the spaces so far like to be stretched and shrunk, at most.
    pub stretch: i64,
    pub shrink: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The start of the paragraph; the first stop and no other.
    Start,
    /// At a space, or at a dash or hyphen of the text.
    Open,
    /// Inside a word or a name: only when no good lines are found without.
    Inside,
    /// Where a break is seen and not liked, as in a compound or before the name that a title belongs to: only where a
    /// line would have a fault without it.
    Rare,
    /// Anywhere in a name longer than a line: only when nothing else is left.
    Forced,
    /// The end of the paragraph; the last stop and no other.
    End,
}

/// A legal break.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stop {
    /// The sums if a line ends here: without the space, with the hyphen, less what hangs in the margin.
    pub end: Sums,
    /// The sums where a line starts after this: the space left out, what hangs in the margin too.
    pub start: Sums,
    pub cost: i32,
    pub kind: Kind,
    /// Whether the line ends in a hyphen.
    pub hyphen: bool,
    /// What stands for the word before the stop and for the one after it; the same for the same word, 0 for none.
    pub words: (u32, u32),
}

/// How lines are to be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Setting {
    /// The measures of the first line, or of the first few, and of the others.
    pub first: i64,
    pub rest: i64,
    /// How many lines have the first measure: 1, or as many as stand beside a large capital.
    pub beside: u16,
    /// The line that may not end in a hyphen, and how many lines there are to be.
    pub whole_at: Option<(u16, u16)>,
    /// Lines that are not stretched to the measure may fall short of it by this much without looking bad. `None`:
    /// justified.
    pub ragged: Option<i64>,
    /// Glyphs may be scaled by so many thousandths.
    pub scaling: i64,
    /// A last line shorter than this is a stub (Bringhurst 2.1.9).
    pub stub: i64,
}

impl Setting {
    /// How many lines are told from one another.
    fn counted(&self) -> u16 {
        self.whole_at.map_or(self.beside, |(_, lines)| self.beside.max(lines))
    }

    /// Whether the line that follows `before` may end at a stop.
    fn allows(&self, before: State, to: &Stop) -> bool {
        self.whole_at.is_none_or(|(whole, lines)| {
            let is_done = before.line + 1 == lines;
            !(to.hyphen && before.line == whole) && (to.kind == Kind::End) == is_done
        })
    }
}

/// A line: the stop it ends at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Chosen {
    pub stop: usize,
    /// The ratio that the line was chosen for; ±1 is all that spaces and glyphs like to give.
    pub ratio: f64,
}

/// One in ratios, which are kept in 1/1,024.
const ONE: i64 = 1 << 10;
/// Ratios above are all alike; keeps the cube in range.
const HIGHEST: i64 = 24 * ONE;
/// The badness at ratio 1 (*The TeXbook*, p. 97).
const BADNESS: i64 = 100;
/// Added to the badness of each line, so that fewer lines win (TeX's `\linepenalty`).
const LINE: i64 = 10;
/// Two lines after each other whose spacing differs by more than a class (TeX's `\adjdemerits`).
const UNLIKE: i64 = 10_000;
/// The second hyphen in a row; TeX has the same.
const DOUBLE: i64 = 10_000;
/// A hyphen in the last line but one (TeX's `\finalhyphendemerits` is 5,000).
const FINAL: i64 = 8_000;
/// Two lines after each other that begin or end with the same word (Bringhurst 2.1.8 allows two, and no third).
const ALIKE: i64 = 5_000;
/// A last line that is the rest of a divided word and nothing else: a reader sees it as a fault, and takes lines with
/// spaces of 0.45 em before it.
const REST: i64 = 300_000;
/// What a reader sees as a fault, beside what the looseness costs anyway: a hole, that is a line looser than
/// [`LOOSEST`]; the third hyphen in a row and each after it (Chicago 2.112 allows three, the eye not gladly); a last line
/// that is a stub. As much as the loosest line that is none, so that one fault is never bought off with two.
const FAULT: i64 = 650_000;

/// Without breaks inside words a paragraph is taken when no line is looser than this.
const FIRST_PASS: i64 = ONE;
/// With them: TeX's tolerance of 200 is 1.26, and LaTeX's books are known for the lines that it leaves unset.
const SECOND_PASS: i64 = 3 * ONE / 2;
/// The looseness at which a space of 1/4 em is 1/2 em, the most that a reader does not see (Bringhurst 2.1.2 gives that
/// as the upper bound).
const LOOSEST: i64 = 2 * ONE;
/// How far the spaces shrink, as a ratio: by all they like to give; and in the last pass by twice that and a bit, from
/// 1/4 em to 1/7, which a reader sees less than a hole.
const WHOLE: i64 = ONE;
const LAST_GIVE: i64 = 21 * ONE / 10;

/// The best lines for a paragraph. Never empty for a paragraph with an end; no line is wider than its measure unless a
/// single piece between two stops is.
pub fn lines(stops: &[Stop], setting: &Setting) -> Vec<Chosen> {
    if stops.len() < 2 {
        return Vec::new();
    }
    // The whole on one line needs no search.
    if stops[stops.len() - 1].end.width - stops[0].start.width <= setting.first {
        return vec![Chosen { stop: stops.len() - 1, ratio: 0.0 }];
    }
    let passes =
        [(Kind::Open, FIRST_PASS, WHOLE), (Kind::Inside, SECOND_PASS, WHOLE), (Kind::Forced, i64::MAX, LAST_GIVE)];
    for (depth, tolerance, give) in passes {
        let is_last = depth == Kind::Forced;
        if let Some(lines) = Search::new(stops, setting, depth, tolerance, give).run()
            && (is_last || !has_fault(stops, &lines, setting))
        {
            return lines;
        }
    }
    one_by_one(stops, setting)
}

/// Lines as a setting that has [`Setting::whole_at`] asks for them; `None` where they would have a fault.
pub fn whole_at(stops: &[Stop], setting: &Setting) -> Option<Vec<Chosen>> {
    let lines = Search::new(stops, setting, Kind::Inside, LOOSEST, LAST_GIVE).run()?;
    (!has_fault(stops, &lines, setting)).then_some(lines)
}

/// Whether lines that are not too loose have another fault: a stub, or a ladder.
fn has_fault(stops: &[Stop], lines: &[Chosen], setting: &Setting) -> bool {
    let from = lines.len().checked_sub(2).map_or(0, |at| lines[at].stop);
    let (from, end) = (&stops[from], &stops[stops.len() - 1]);
    let is_stub = end.end.width - from.start.width < setting.stub || is_rest(from, end);
    is_stub || lines.windows(3).any(|three| three.iter().all(|line| stops[line.stop].hyphen))
}

/// Whether a line is the rest of a word that the line before divides: there is no space on it.
fn is_rest(from: &Stop, to: &Stop) -> bool {
    from.hyphen && from.start.stretch == to.end.stretch
}

/// As many stops to each line as fit: for the rare paragraph with a piece wider than its line.
fn one_by_one(stops: &[Stop], setting: &Setting) -> Vec<Chosen> {
    let mut list: Vec<Chosen> = Vec::new();
    let mut from = 0;
    while from + 1 < stops.len() {
        let measure = if list.len() < usize::from(setting.beside) { setting.first } else { setting.rest };
        let fits = |to: &usize| stops[*to].end.width - stops[from].start.width <= measure;
        let to = (from + 1..stops.len()).take_while(fits).last().unwrap_or(from + 1);
        list.push(Chosen { stop: to, ratio: 0.0 });
        from = to;
    }
    list
}

/// How far the line from `a` to `b` must be stretched (above 0) or shrunk, in 1/1,024 of what it likes to give; `None`
/// where it cannot be made short enough by `give`.
fn ratio(a: &Stop, b: &Stop, measure: i64, setting: &Setting, last: bool, give: i64) -> Option<i64> {
    let width = b.end.width - a.start.width;
    let short = measure - width;
    let scaling = if setting.ragged.is_some() { 0 } else { width * setting.scaling / 1000 };
    if short < 0 {
        let shrink = b.end.shrink - a.start.shrink;
        if setting.ragged.is_some() || -short > shrink * give / ONE + scaling {
            return None;
        }
        // Glyphs give as much of what they may as the spaces; then the spaces give alone.
        let likes = shrink + scaling;
        return Some(if -short <= likes { short * ONE / likes } else { (short + scaling) * ONE / shrink });
    }
    if last {
        return Some(0);
    }
    if let Some(ragged) = setting.ragged {
        return Some((short * ONE / ragged.max(1)).min(HIGHEST));
    }
    let stretch = b.end.stretch - a.start.stretch;
    if short <= stretch + scaling {
        return Some(if short == 0 { 0 } else { short * ONE / (stretch + scaling) });
    }
    Some(if stretch == 0 { HIGHEST } else { ((short - scaling).saturating_mul(ONE) / stretch).min(HIGHEST) })
}

/// The four classes of spacing (Knuth & Plass, p. 1156): tight, normal, loose, very loose.
fn class(ratio: i64) -> u8 {
    match ratio {
        r if r < -ONE / 2 => 0,
        r if r <= ONE / 2 => 1,
        r if r <= ONE => 2,
        _ => 3,
    }
}

/// What the line from `from` to `to` costs, in demerits. `before` is the state it starts from.
fn demerits(from: &Stop, to: &Stop, ratio: i64, before: State, setting: &Setting) -> (i64, State) {
    let cube = ratio.abs().pow(3) / (ONE * ONE);
    let badness = LINE + BADNESS * cube / ONE;
    let cost = i64::from(to.cost);
    let mut sum = badness * badness + cost * cost;
    let is_last = to.kind == Kind::End;
    let after = State {
        class: if is_last { 1 } else { class(ratio) },
        ladder: if to.hyphen { (before.ladder + 1).min(3) } else { 0 },
        line: (before.line + 1).min(setting.counted()),
    };
    if setting.ragged.is_none() {
        if after.class.abs_diff(before.class) > 1 {
            sum += UNLIKE;
        }
        if ratio > LOOSEST {
            sum += FAULT;
        }
    }
    match after.ladder {
        0 | 1 => {}
        2 => sum += DOUBLE,
        _ => sum += FAULT,
    }
    if is_last {
        if before.ladder > 0 {
            sum += FINAL;
        }
        if to.end.width - from.start.width < setting.stub {
            sum += FAULT;
        } else if is_rest(from, to) {
            sum += REST;
        }
    } else {
        let alike = |a: u32, b: u32| if a == b && a != 0 { ALIKE } else { 0 };
        sum += alike(from.words.0, to.words.0) + alike(from.words.1, to.words.1);
    }
    (sum, after)
}

/// What the cost of the next line hangs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct State {
    class: u8,
    /// Hyphens in a row, at most 3.
    ladder: u8,
    /// Lines so far, at most as many as have the first measure: past these all are alike.
    line: u16,
}

const FRESH: State = State { class: 1, ladder: 0, line: 0 };

#[derive(Clone, Copy, Debug)]
struct Node {
    stop: usize,
    state: State,
    demerits: i64,
    ratio: i64,
    /// The node of the line before.
    from: usize,
}

struct Search<'a> {
    stops: &'a [Stop],
    setting: &'a Setting,
    /// The least good kind of stop that may be used.
    depth: Kind,
    tolerance: i64,
    /// How far the spaces shrink, as a ratio.
    give: i64,
    /// The smallest width to each stop and all after it, shrunk as far as it will go.
    least: Vec<i64>,
}

impl<'a> Search<'a> {
    fn new(stops: &'a [Stop], setting: &'a Setting, depth: Kind, tolerance: i64, give: i64) -> Search<'a> {
        let mut least = vec![i64::MAX; stops.len()];
        let mut lowest = i64::MAX;
        for (at, stop) in stops.iter().enumerate().rev() {
            lowest = lowest.min(stop.end.width - stop.end.shrink * give / ONE);
            least[at] = lowest;
        }
        Search { stops, setting, depth, tolerance, give, least }
    }

    fn allows(&self, stop: &Stop) -> bool {
        match stop.kind {
            Kind::Start => false,
            Kind::Open | Kind::End => true,
            Kind::Inside => self.depth != Kind::Open,
            Kind::Rare | Kind::Forced => self.depth == Kind::Forced,
        }
    }

    fn measure(&self, from: State) -> i64 {
        if from.line < self.setting.beside { self.setting.first } else { self.setting.rest }
    }

    /// `None`: no lines within the tolerance.
    fn run(&self) -> Option<Vec<Chosen>> {
        let mut nodes = vec![Node { stop: 0, state: FRESH, demerits: 0, ratio: 0, from: 0 }];
        let mut active = vec![0usize];
        let mut fresh: Vec<Node> = Vec::new();
        for (at, stop) in self.stops.iter().enumerate().skip(1) {
            if !self.allows(stop) {
                continue;
            }
            let last = stop.kind == Kind::End;
            fresh.clear();
            active.retain(|&index| {
                let node = nodes[index];
                let start = &self.stops[node.stop];
                let measure = self.measure(node.state);
                if let Some(ratio) = ratio(start, stop, measure, self.setting, last, self.give)
                    && ratio <= self.tolerance
                    && self.setting.allows(node.state, stop)
                {
                    let (more, state) = demerits(start, stop, ratio, node.state, self.setting);
                    let demerits = node.demerits.saturating_add(more);
                    let found = Node { stop: at, state, demerits, ratio, from: index };
                    match fresh.iter_mut().find(|known| known.state == state) {
                        Some(known) if demerits < known.demerits => *known = found,
                        Some(_) => {}
                        None => fresh.push(found),
                    }
                }
                // A node is done when no later stop can end its line. Knuth and Plass (p. 1161) may drop it at the first
                // stop too far away, as their widths never fall; hyphens and hanging signs make ours fall a little, so
                // the least of all later ends decides. Scaling shrinks a line of at most its measure and a bit.
                let slack = if self.setting.ragged.is_some() {
                    0
                } else {
                    (measure + measure / 8) * self.setting.scaling / 1000
                };
                self.least[at] - (start.start.width - start.start.shrink * self.give / ONE) <= measure + slack + 1
            });
            active.extend(nodes.len()..nodes.len() + fresh.len());
            nodes.append(&mut fresh);
            if active.is_empty() {
                return None;
            }
        }
        let end = self.stops.len() - 1;
        let best =
            nodes.iter().enumerate().filter(|(_, node)| node.stop == end).min_by_key(|(_, node)| node.demerits)?.0;
        let mut list = Vec::new();
        let mut at = best;
        while at != 0 {
            list.push(Chosen { stop: nodes[at].stop, ratio: nodes[at].ratio as f64 / ONE as f64 });
            at = nodes[at].from;
        }
        list.reverse();
        Some(list)
    }
}

#[cfg(test)]
mod tests;
