use super::*;

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

#[test]
fn formulas_are_named_once() {
    let options = Options { math: true, ..Options::default() };
    let told = read_with("a \\\\( x \\\\) b\n\n\\\\[ y \\\\]", &options);
    assert_eq!(told.faults, ["1:1 math.unset"]);
}
