//! Letters of mathematics: bold, script, blackboard (Unicode 15, 22.2, block Mathematical Alphanumeric Symbols).
//!
//! In:     letters and figures as typed, the kind asked for.
//! Out:    the characters of that kind; those that have none stay as they are.
//! Absent: fonts: MathML Core knows these letters by their characters alone.

/// Kinds of letters that a command asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Letters {
    Upright,
    Bold,
    Italic,
    BoldItalic,
    Script,
    Fraktur,
    Blackboard,
    Sans,
    Typewriter,
}

impl Letters {
    /// By the command, with or without its backslash: `mathbf`, `\textbf`.
    pub fn named(font: &str) -> Option<Letters> {
        Some(match font.trim_start_matches('\\') {
            "mathrm" | "textrm" | "textup" | "textnormal" | "textmd" | "text" => Letters::Upright,
            "mathbf" | "textbf" | "bold" => Letters::Bold,
            "mathit" | "textit" | "textsl" | "emph" => Letters::Italic,
            "boldsymbol" | "bm" => Letters::BoldItalic,
            "mathcal" | "mathscr" => Letters::Script,
            "mathfrak" | "frak" => Letters::Fraktur,
            "mathbb" | "Bbb" => Letters::Blackboard,
            "mathsf" | "textsf" | "mathsfit" => Letters::Sans,
            "mathtt" | "texttt" => Letters::Typewriter,
            _ => return None,
        })
    }
}

/// The letters of a text in a kind.
pub fn styled(text: &str, letters: Letters) -> String {
    text.chars().map(|c| of(c, letters)).collect()
}

/// Where the capitals, the small letters, the figures, the Greek capitals and the Greek small letters of a kind start.
struct Blocks {
    capitals: u32,
    small: u32,
    figures: Option<u32>,
    greek: Option<(u32, u32)>,
}

fn blocks(letters: Letters) -> Option<Blocks> {
    let block = |capitals, figures, greek| Some(Blocks { capitals, small: capitals + 26, figures, greek });
    match letters {
        Letters::Upright | Letters::Italic => None,
        Letters::Bold => block(0x1D400, Some(0x1D7CE), Some((0x1D6A8, 0x1D6C2))),
        Letters::BoldItalic => block(0x1D468, Some(0x1D7CE), Some((0x1D71C, 0x1D736))),
        Letters::Script => block(0x1D49C, None, None),
        Letters::Fraktur => block(0x1D504, None, None),
        Letters::Blackboard => block(0x1D538, Some(0x1D7D8), None),
        Letters::Sans => block(0x1D5A0, Some(0x1D7E2), None),
        Letters::Typewriter => block(0x1D670, Some(0x1D7F6), None),
    }
}

/// Letters that stood in Unicode before the block was made, and are not in it.
const ELSEWHERE: [(Letters, char, char); 24] = [
    (Letters::Script, 'B', 'ℬ'),
    (Letters::Script, 'E', 'ℰ'),
    (Letters::Script, 'F', 'ℱ'),
    (Letters::Script, 'H', 'ℋ'),
    (Letters::Script, 'I', 'ℐ'),
    (Letters::Script, 'L', 'ℒ'),
    (Letters::Script, 'M', 'ℳ'),
    (Letters::Script, 'R', 'ℛ'),
    (Letters::Script, 'e', 'ℯ'),
    (Letters::Script, 'g', 'ℊ'),
    (Letters::Script, 'o', 'ℴ'),
    (Letters::Fraktur, 'C', 'ℭ'),
    (Letters::Fraktur, 'H', 'ℌ'),
    (Letters::Fraktur, 'I', 'ℑ'),
    (Letters::Fraktur, 'R', 'ℜ'),
    (Letters::Fraktur, 'Z', 'ℨ'),
    (Letters::Blackboard, 'C', 'ℂ'),
    (Letters::Blackboard, 'H', 'ℍ'),
    (Letters::Blackboard, 'N', 'ℕ'),
    (Letters::Blackboard, 'P', 'ℙ'),
    (Letters::Blackboard, 'Q', 'ℚ'),
    (Letters::Blackboard, 'R', 'ℝ'),
    (Letters::Blackboard, 'Z', 'ℤ'),
    (Letters::Italic, 'h', 'h'),
];

fn of(c: char, letters: Letters) -> char {
    if let Some((_, _, found)) = ELSEWHERE.iter().find(|(kind, plain, _)| *kind == letters && *plain == c) {
        return *found;
    }
    let Some(blocks) = blocks(letters) else { return c };
    let from = |base: u32, first: char| char::from_u32(base + (c as u32 - first as u32));
    let found = match c {
        'A'..='Z' => from(blocks.capitals, 'A'),
        'a'..='z' => from(blocks.small, 'a'),
        '0'..='9' => blocks.figures.and_then(|base| from(base, '0')),
        'Α'..='Ω' => blocks.greek.and_then(|(base, _)| from(base, 'Α')),
        'α'..='ω' => blocks.greek.and_then(|(_, base)| from(base, 'α')),
        _ => None,
    };
    found.unwrap_or(c)
}

/// A letter of mathematics as the plain letter that a voice reads: `𝐀` as A. Blackboard letters stay, for they are names.
pub fn plain(c: char) -> char {
    const KINDS: [Letters; 6] =
        [Letters::Bold, Letters::BoldItalic, Letters::Script, Letters::Fraktur, Letters::Sans, Letters::Typewriter];
    if (c as u32) < 0x2100 {
        return c;
    }
    let typed = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain('Α'..='Ω').chain('α'..='ω');
    typed.into_iter().find(|typed| KINDS.iter().any(|kind| of(*typed, *kind) == c)).unwrap_or(c)
}
