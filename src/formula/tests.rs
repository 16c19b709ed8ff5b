//! Formulas as authors write them: what is read, what a voice is told, what is refused.

use super::*;
use crate::base::FileId;

fn written(source: &str, is_display: bool) -> Written {
    Written { source: source.to_owned(), is_display, at: Span::top(FileId(0)), macros: Macros::default() }
}

fn read(source: &str, is_display: bool) -> Result<Formula, Unread> {
    super::read(&written(source, is_display))
}

fn draw(source: &str, is_display: bool, extent: &dyn Fn(char) -> Option<Extent>) -> Vec<Drawing> {
    let (source, words) = (source.to_owned(), String::new());
    let at = Span::top(FileId(0));
    let formula =
        Formula { source, at, is_display, macros: Macros::default(), mathml: String::new(), words, tag: None };
    super::draw(&formula, extent)
}

fn words(source: &str) -> String {
    read(source, false).unwrap_or_else(|unread| panic!("{source}: {}", unread.message)).words
}

#[test]
fn a_voice_is_told_the_formula_in_one_line() {
    let cases = [
        ("E = mc^2", "E = mc²"),
        ("a_1 + b_{12} - c_{ij}", "a₁ + b₁₂ − c_(ij)"),
        (r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", "x = (−b ± √(b² − 4ac))/(2a)"),
        (r"\sum_{i=1}^{n} i", "∑_(i = 1)ⁿ i"),
        (r"\lim_{x \to 0} \sin x", "lim_(x → 0) sin x"),
        (r"f'(x)", "f′(x)"),
        (r"\sqrt[3]{2}", "∛2"),
        (r"\mathbb{R}^n \setminus \{0\}", "ℝⁿ ∖ {0}"),
        (r"\hat{x} \le \vec{v}", "x̂ ≤ v⃗"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"\text{if } x \ne 0", "if x ≠ 0"),
        (r"10^{-3}", "10⁻³"),
        (r"\ce{H2O}", "H₂O"),
        (r"\ce{Ba^2+}", "Ba²⁺"),
        (r"\left\| x \right\|", "‖x‖"),
    ];
    for (source, wanted) in cases {
        assert_eq!(words(source), wanted, "{source}");
    }
}

#[test]
fn environments_of_mathjax_are_read_as_their_kin() {
    for source in [
        r"\begin{multline} a + b \\ + c \end{multline}",
        r"\begin{flalign*} a &= b \end{flalign*}",
        r"\begin{eqnarray} a &=& b \\ &\le& c \end{eqnarray}",
        r"\begin{equation} a = b \end{equation}",
        r"\begin{array}{rl} a & b & c \\ & & & d \end{array}",
    ] {
        assert!(super::read(&written(source, true)).is_ok(), "{source}");
    }
}

#[test]
fn mathml_is_well_formed_and_says_what_stands_there() {
    let read = read(r"x < y \;\&\; \frac{a}{b}", true).unwrap();
    let parsed = roxmltree::Document::parse(&read.mathml).unwrap();
    let root = parsed.root_element();
    assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/1998/Math/MathML"));
    assert_eq!(root.attribute("display"), Some("block"));
    assert_eq!(root.attribute("alttext"), Some(read.words.as_str()));
    assert_eq!(root.descendants().filter(|node| node.tag_name().name() == "mfrac").count(), 1);
    assert!(read.words.contains('<') && read.mathml.contains("&lt;"));
}

#[test]
fn a_fault_has_its_place() {
    let unread = read(r"a + \fracc{1}{2}", false).unwrap_err();
    assert_eq!(&r"a + \fracc{1}{2}"[unread.at], r"\fracc");
    assert!(read("{a", false).is_err());
    assert!(read(&"x".repeat(latex::LONGEST + 1), false).is_err());
}

#[test]
fn macros_stand_for_what_their_author_says() {
    let list = [
        (r"\RR", r"\mathbb{R}"),
        (r"\pair", r"\langle #1, #2 \rangle"),
        (r"\plane", r"\RR^2"),
        (r"\bad", r"\undefined"),
    ];
    let macros = Macros(list.map(|(name, body)| (name.to_owned(), body.to_owned())).into());
    let with = |source: &str| {
        let macros = macros.of(source);
        super::read(&Written { macros, ..written(source, false) })
    };
    assert_eq!(with(r"\pair{x}{y} \in \plane").unwrap().words, "⟨x, y⟩ ∈ ℝ²");
    assert_eq!(macros.of(r"\plane x").0.len(), 2, "what a macro calls is taken with it");
    assert_eq!(with(r"a + b + \bad").unwrap_err().at, 0..0, "the place is not within the formula");
    assert!(!with(r"\RR + \bar").unwrap_err().message.is_empty());
}

#[test]
fn labels_and_tags_are_no_part_of_what_is_shown() {
    let read = read(r"a \label{eq:a} \tag{3b}", true).unwrap();
    assert_eq!((read.words.as_str(), read.tag.as_deref()), ("a", Some("(3b)")));
}

#[test]
fn a_line_may_end_behind_relations_and_operators() {
    let pieces = draw("a + b = c - (d + e)", false, &|_| None);
    let words: Vec<&str> = pieces.iter().map(|piece| piece.words.as_str()).collect();
    assert_eq!(words, ["a +", "b =", "c −", "(d +", "e)"]);
    let whole = draw("a + b = c - (d + e)", true, &|_| None);
    let sum: f64 = pieces.iter().map(|piece| piece.width).sum();
    assert_eq!(whole.len(), 1, "a display is not broken");
    assert!((sum - whole[0].width).abs() < 0.001, "{sum} {}", whole[0].width);
}

#[test]
fn nothing_that_can_be_typed_stops_the_program() {
    let nested = |open: &str, close: &str, depth: usize| format!("{}x{}", open.repeat(depth), close.repeat(depth));
    let hostile = [
        nested("{", "}", 5_000),
        nested("\\frac{1}{", "}", 1_000),
        nested("\\sqrt{", "}", 2_000),
        nested("x^{", "}", 3_000),
        nested("\\left(", "\\right)", 1_000),
        r"\def\a{\a\a}\a".to_owned(),
        r"\newcommand{\x}[1]{#1#1#1#1#1#1#1#1}\x{\x{\x{\x{\x{\x{\x{\x{y}}}}}}}}".to_owned(),
        format!("\\begin{{matrix}}{}\\end{{matrix}}", "&".repeat(9_000)),
        format!("\\rule{{{}em}}{{1em}}", "9".repeat(400)),
        r"\kern-99999999999em \hspace{1e308em}".to_owned(),
        "\u{0}\u{1}\u{FFFC}\\".to_owned(),
        r"\verb|x| \verb".to_owned(),
        "$a$".to_owned(),
        "_^_^".to_owned(),
        "\\".to_owned(),
    ];
    for source in &hostile {
        for is_display in [false, true] {
            if let Ok(read) = read(source, is_display) {
                let shown = source.get(..40).unwrap_or(source);
                assert!(roxmltree::Document::parse(&read.mathml).is_ok(), "{shown}");
            }
            draw(source, is_display, &|_| None);
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_formula_is_read_or_refused(
        source in r"([a-z0-9 +=&^_{}\\()\[\]|.,'~$%#<>-]|\\(frac|sqrt|left|right|begin\{(matrix|cases|align)\}|end\{(matrix|cases|align)\}|sum|text|hat|mathbb|over|choose|ce|tag|\\)|[ə√𝐀ж]){0,24}",
        is_display: bool,
    ) {
        if let Ok(read) = read(&source, is_display) {
            proptest::prop_assert!(roxmltree::Document::parse(&read.mathml).is_ok(), "{}", read.mathml);
        }
        draw(&source, is_display, &|_| None);
    }
}
