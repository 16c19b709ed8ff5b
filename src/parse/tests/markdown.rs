use super::*;
use crate::source::Formulas;

#[test]
fn paragraphs_and_spans() {
    is("a *b **c*** ~~d~~ `e`\nf\\\ng", "p a <em b <strong c>> <strike d> `e`~f<br>g");
    is("# Title {#id .x lang=ru}\n\nText", "h1 Title #id .x lang=ru\np Text");
    is("# Of [Xocalı]{lang=az}\n## A [b]{.c} {#d}", "h1 Of <span lang=az Xocalı>\nh2 A <span .c b> #d");
}

#[test]
fn attributes_after_things() {
    is(
        "[Xocalı]{lang=az} and [n*at*o]{.smallcaps} [x]{#place}",
        "p <span lang=az Xocalı> and <span .smallcaps n<em at>o> <span #place x>",
    );
    is("[a](b.md){.x} `c`{#d} `e` {#f}", "p <span .x <to b.md a>> <span #d `c`> `e` {#f}");
    is("\\[a]{.x} [b\\]{.x} {#y} [c] {.z} [d]{e}", "p [a]{.x} [b]{.x} {#y} [c] {.z} [d]{e}");
    is("[a [b]{.x} c]{.y}", "p <span .y a <span .x b> c>");
    is("a ![b](c.png){width=50% #d} e", "p a <span #d <picture \"b\" OfMeasure(0.5)>> e");
    is("[a_b]{.x_y}", "p <span .x_y a_b>");
}

#[test]
fn index_terms_and_pages() {
    is(
        "{{i:oil}} {{hi:oil!price\nof}} {{hi:a|see b}} {{page:ch.md#s_e_c}} {{x}}",
        "p <index oil:oil> <index oil!price of:> <index a|b:> <page ch.md#s_e_c> {{x}}",
    );
    is("{{i:*Mein* Land}} `{{i:code}}`", "p <index Mein Land:<em Mein> Land> `{{i:code}}`");
    is("\\{{i:oil}}", "p {{i:oil}}");
    is("{{i:never *closed*", "p {{i:never <em closed>");
}

#[test]
fn pictures_alone_are_blocks() {
    is("![a b](c.png)", "picture \"a b\"");
    is(
        "![a](c.svg \"The *cap* {{hi:x}}\"){#fig_map width=8cm .full}",
        "figure The <em cap> <index x:> #fig_map .full\n  picture \"a\" Length(226.7717pt)",
    );
    is("![](c.png){.decorative}", "picture \"\" decorative");
    is("![](c.png)", "picture");
    is("![a](c.png) text", "p <picture \"a\"> text");
    is("![a](c.png)\n![b](d.png)", "p <picture \"a\">~<picture \"b\">");
    is("- x\n\n  ![a](c.png \"T\")", "list None loose\n  -\n    p x\n    figure T\n      picture \"a\"");
}

#[test]
fn tables_with_captions() {
    let rows = "| a | b |\n|:--|--:|\n| 1 | `x\\|y` |\n";
    let told = "[Start End] #t\n  = !a | !b\n  | 1 | `x|y`\n";
    is(&format!("Table: Of *it*. {{#t}}\n\n{rows}"), &format!("table Of <em it>.{told}"));
    is(&format!("{rows}\nTable: Of it. {{#t}}"), &format!("table Of it.{told}"));
    is(&format!("{rows}Table: Of it. {{#t}}"), &format!("table Of it.{told}"));
    is(
        &format!("Table: none\n\ntext\n\n{rows}"),
        "p Table: none\np text\ntable [Start End]\n  = !a | !b\n  | 1 | `x|y`",
    );
    is("|  |  |\n|--|--|\n| 1 | 2 |", "table [- -]\n  | 1 | 2");
}

#[test]
fn lists() {
    is(
        "- [x] a\n- [ ] b\n  1. c",
        "list None tight\n  - true\n    p a\n  - false\n    p b\n    list Some(1) tight\n      -\n        p c",
    );
    is("3. a\n\n4. b", "list Some(3) loose\n  -\n    p a\n  -\n    p b");
    is("T\n: d\n: e\n\n  f", "definitions\n  T\n    p d\n    p e\n    p f");
}

#[test]
fn quotes_and_alerts() {
    is("> a\n>\n> -- B", "quote\n  p a\n  p -- B .attribution");
    is("> a\\\n> — B", "quote\n  p a\n  p — B .attribution");
    is("> a\n> — b — c", "quote\n  p a~— b — c");
    is("> -- only", "quote\n  p -- only");
    is("> [!TIP]\n> a\n\n***", "Tip\n  p a\nrule");
}

#[test]
fn notes_of_the_rust_book() {
    let options = Options { quoted_notes: true, ..Options::default() };
    let read = |text| read_with(text, &options).text;
    assert_eq!(read("> Note: a *b*"), "Note\n  p a <em b>\n");
    assert_eq!(read("> ### T `x`\n>\n> a"), "Note T `x`\n  p a\n");
    assert_eq!(read("> a"), "quote\n  p a\n");
    is("> Note: a", "quote\n  p Note: a");
}

#[test]
fn code() {
    is("```rust,ignore\n# h\nfn f() {}\n```\n\n    in\tdented\n", "code rust \"fn f() {}\"\ncode  \"in  dented\"");
    is("```rust\n# all\n# hidden\n```\n\n```\n```", "code  \"\"");
    is(
        "```admonish warning \"A *b*\"\nHi [x]{.y}\n\n- z\n```",
        "Warning A <em b>\n  p Hi <span .y x>\n  list None tight\n    -\n      p z",
    );
    is("> ```rust\n> a\n>\n> b\n> ```", "quote\n  code rust \"a\\n\\nb\"");
}

#[test]
fn notes() {
    let told = read("a[^1] b[^X]\n\n[^1]: one\n[^x]: two\n\n    more\n[^1]: again\n[^3]: unused\n");
    assert_eq!(told.text, "p a<note 1> b<note x>\n");
    assert_eq!(told.notes, ["1: p one", "x: p two\np more"]);
    assert_eq!(told.faults, ["7:1 note.duplicate", "8:1 note.unused"]);
    let told = read("one\ntwo [^syria] \\[^x] `[^y]`\n\n[^siria]: x\n\nz[^siria]");
    assert_eq!(told.faults, ["2:5 note.missing"]);
}

#[test]
fn faults_in_admonished_code_stand_at_their_place() {
    let told = read("> ```admonish\n> ok\n> <b>open\n> ```\n");
    assert_eq!(told.faults, ["3:3 html.unclosed"]);
}

#[test]
fn remote_pictures_show_their_description() {
    let told = read("![A b](https://example.com/x.png) c\n\n![D](//x/y.png)\n\n![](data:image/png;base64,xx)");
    assert_eq!(told.text, "p A b c\np D\n");
    assert_eq!(told.faults, ["1:1 picture.remote", "3:1 picture.remote", "5:1 picture.remote"]);
}

fn with(formulas: Formulas, text: &str) -> String {
    read_with(text, &Options { formulas, ..Options::default() }).text
}

#[test]
fn an_unchanged_mdbook_keeps_its_dollars() {
    let told = read_with("Costs $a_1$ and $$b$$.", &Options::default());
    assert_eq!(
        (told.text.as_str(), &told.faults[..]),
        ("p Costs $a_1$ and $$b$$.\n", &["1:1 math.off".to_owned()][..])
    );
}

#[test]
fn mathjax_finds_its_formulas_as_in_mdbook() {
    let text = "a \\\\( x_1*y*z_2 \\\\) b $5\n\n\\\\[ a \\\\\\\\ \\\\{b\\\\} \\\\]\n\n$$c_1$$";
    assert_eq!(with(Formulas::MATHJAX, text), "p a <formula  x_1*y*z_2 > b $5\nformula a \\\\ \\{b\\}\nformula c_1\n");
}

#[test]
fn environments_need_no_sign_around_them() {
    let text = "By\n\\begin{align}\na_1 &= b*c*d \\\\\\\\\n&= e\n\\end{align}\nit is `\\begin{align}x\\end{align}`.";
    let shown = with(Formulas::MATHJAX, text);
    assert!(
        shown.starts_with("p By\nformula \\begin{align}\na_1 &= b*c*d \\\\\n&= e\n\\end{align}\np it is"),
        "{shown}"
    );
    assert_eq!(with(Formulas::NONE, "\\begin{align}a\\end{align}").matches("formula").count(), 0);
    assert_eq!(with(Formulas::ALL, "\\begin{list}a\\end{list}").matches("formula").count(), 0);
}

#[test]
fn what_a_formula_defines_shows_nothing() {
    assert_eq!(with(Formulas::ALL, "$$\\newcommand{\\RR}{\\mathbb{R}}$$\n\nIn $\\RR$."), "p In <formula \\RR>.\n");
}

#[test]
fn formulas_stand_in_html_too() {
    let html = "<div>\n  &lt; is <b>$a_1$</b>  and\n  $b$.\n</div>\n<pre>$c$</pre>";
    let shown = with(Formulas::ALL, html);
    assert!(shown.contains("<formula a_1>") && shown.contains("<formula b>"), "{shown}");
    assert!(!shown.contains("<formula c>"), "{shown}");
    let shown = with(Formulas::MATHJAX, "<p>\\(x \\\\ y\\)</p>");
    assert_eq!(shown, "p <formula x \\\\ y>\n");
    assert_eq!(with(Formulas::ALL, "so <span>$a$</span> <code>$b$</code>").matches("<formula").count(), 1);
}

#[test]
fn prices_are_no_formulas() {
    for text in [
        "It costs $5 and $10.",
        "From $5-$10, or US$20–US$30.",
        "Set $HOME/$USER and $PATH.",
        "A \\$x\\$ and 5$ here, $ there$.",
        "One $x\n\ny$ two.",
    ] {
        for signs in [Formulas::CAREFUL, Formulas::ALL] {
            let shown = with(signs, text);
            let is_path = text.contains("$HOME") && signs == Formulas::ALL;
            assert!(is_path || !shown.contains("<formula"), "{shown}");
        }
    }
}

#[test]
fn dollars_hold_formulas_where_they_are_meant() {
    assert_eq!(with(Formulas::CAREFUL, "Let $x$, $a_1 < b*c*d$ be."), "p Let <formula x>, <formula a_1 < b*c*d> be.\n");
    assert_eq!(with(Formulas::ALL, "`$x$` is $2x$."), "p `$x$` is <formula 2x>.\n");
    assert_eq!(with(Formulas::ALL, "```\n$x$\n```"), "code  \"$x$\"\n");
    assert_eq!(with(Formulas::ALL, "[a](b?$x$c)"), "p <to b?$x$c a>\n");
    assert_eq!(with(Formulas::ALL, "**$x$** *a $y$ b*"), "p <strong <formula x>> <em a <formula y> b>\n");
}

#[test]
fn displays_stand_apart_and_may_be_named() {
    assert_eq!(with(Formulas::ALL, "Is\n$$\na\n$$ {#eq-a}\nwhere."), "p Is\nformula a #eq-a\np where.\n");
    assert_eq!(with(Formulas::ALL, "> so\n> $$\n> a\n> b\n> $$\n> on"), "quote\n  p so\n  formula a\n b\n  p on\n");
    assert_eq!(with(Formulas::ALL, "$$a$$."), "formula a.\n");
    assert_eq!(with(Formulas::ALL, "Is\n$$a\n\nb\n$$\nso"), "p Is\nformula a\n\nb\np so\n");
    assert_eq!(with(Formulas::CAREFUL, "Is\n$$a\n\nb\n$$\nso").matches("formula").count(), 0);
    assert_eq!(with(Formulas::ALL, "By $\\eqref{eq:a}$."), "p By <to #eq:a >.\n");
    assert_eq!(with(Formulas::ALL, "| $a | b$ | $c$ |\n|---|---|\n| d | $|e|$ |").matches("<formula").count(), 3);
}

#[test]
fn directives_of_preprocessors_that_are_not_run_are_told() {
    let told = read(
        "See {{#ref lamp}} and {{#ref oil}}, `{{#ref no}}`, {{ this }}.\n\n{{#quiz a.toml}}\n\n{{#include gone}}\n",
    );
    assert!(told.text.contains("{{#ref lamp}}"), "{}", told.text);
    assert_eq!(told.faults, ["1:5 directive.unknown", "1:23 directive.unknown", "3:1 directive.unknown"]);
}

#[test]
fn cells_that_have_no_column_are_told() {
    let told = read("| a | b |\n|---|---|\n| `x | y` | c |\n| `x \\| y` | c |\nd|e\n| f |\n");
    assert_eq!(told.faults, ["3:1 table.cells"]);
    assert_eq!(with(Formulas::ALL, "| a |\n|---|\n| $|x|$ |\n").matches("<formula").count(), 1);
    let quoted = read("> | a |\n> |---|\n> | b |\n\n- x | y\n  --|--\n  1 | 2\n");
    assert!(quoted.faults.is_empty(), "{:?}", quoted.faults);
}

#[test]
fn an_empty_display_pairs_its_signs_and_shows_nothing() {
    let text = "> a $$ $$\nb $x_1$ | c:\n$$\ny_1\n$$\nd\n$$\nz_1\n$$\n\n> e $$\nf $u$ g\n$$\nv\n$$\n";
    let shown = with(Formulas::ALL, text);
    for formula in ["<formula x_1>", "formula y_1", "formula z_1"] {
        assert!(shown.contains(formula), "{formula}: {shown}");
    }
}

proptest::proptest! {
    #[test]
    fn any_dollars_are_read(text in r"([a-z $\\()\[\]{}#|>`*_\n-]|\$\$|\\\\\(|\\\\\)|\\\\\[|\\\\\]|é|\x{FDD0}|\x01){0,40}") {
        for formulas in [Formulas::MATHJAX, Formulas::CAREFUL, Formulas::ALL] {
            read_with(&text, &Options { formulas, ..Options::default() });
        }
    }
}
