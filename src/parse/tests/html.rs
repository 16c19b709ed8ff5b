use super::*;

#[test]
fn spans() {
    is(
        "H<sub>2</sub>O x<sup>2</sup> <kbd>Esc</kbd> <u>u</u> <em>e</em> <b>s</b><br>b <s>d</s>",
        "p H<sub 2>O x<sup 2> <kbd Esc> <u u> <em e> <strong s><br>b <strike d>",
    );
    is(
        "<span lang=\"az\">Xocalı</span> <span>plain</span> <mark class=x>m</mark>",
        "p <span lang=az Xocalı> plain <span .x m>",
    );
    is("a <!-- no --> b<a id=\"x\"></a> <a href='y.md#z'>c *d*</a>", "p a  b<span #x > <to y.md#z c <em d>>");
    is("<code>a &lt; <em>b</em></code> <code>c</code> <q>d</q>", "p `a < `<em `b`> `c` \"d\"");
    is("<i class=\"fa fa-arrow\"></i> Next <i>x</i>", "p Next <em x>");
    is("<code><a href=x>y</a></code>", "p <to x `y`>");
}

#[test]
fn blocks_with_markdown_within() {
    is("<div class=\"verse\" lang=ru>\n\na\nb\n\nc\n\n</div>", "verse a<br>b .verse lang=ru\nverse c");
    is("<div class=\"warning\">\n\n*a*\n\n</div>\n\nb", "Warning .warning\n  p <em a>\np b");
    is("<div class=\"hidden\">\n\na\n\n</div>\n<div class=\"center\">b</div>", "group .center\n  p b");
    is("<div>\n\na\n\n</div>", "p a");
    is("<p class=\"right\">To <b>the</b> right.</p>", "group .right\n  p To <strong the> right.");
    is("<p align=center>a</p>\n<center>b</center>", "group .center\n  p a\ngroup .center\n  p b");
    is(
        "<details>\n<summary>More <b>x</b></summary>\n\na\n\n- b\n\n</details>",
        "details More <strong x>\n  p a\n  list None tight\n    -\n      p b",
    );
    is("<details><summary>S</summary>\n\nOpen.\n\n</details>", "details S\n  p Open.");
    is(
        "- <details>\n  <summary>S</summary>\n\n  a\n\n  </details>\n- b",
        "list None loose\n  -\n    details S\n      p a\n  -\n    p b",
    );
}

#[test]
fn figures() {
    is(
        "<figure><img src=\"l.svg\" alt=\"A\"><figcaption>A <b>bold</b> one.</figcaption></figure>",
        "figure A <strong bold> one.\n  picture \"A\"",
    );
    is("<figure>\n\n![A](l.svg)\n\n<figcaption>B</figcaption>\n</figure>", "figure B\n  picture \"A\"");
    is("<img src=x.svg class=ferris alt='' width=96>", "picture \"\" decorative Length(72pt) .ferris");
    is(
        "<img src=x.svg alt=a style='width: 40%'/>\n\n<span class=\"caption\">Figure 1-2: `c`</span>",
        "figure Figure 1-2: `c`\n  picture \"a\" OfMeasure(0.4)",
    );
    is("<span class=\"caption\">Table 3-1: T</span>\n\n| a |\n|---|\n| b |", "table Table 3-1: T[-]\n  = !a\n  | b");
}

#[test]
fn listings_of_the_rust_book() {
    is(
        "<Listing number=\"1-2\" file-name=\"src/main.rs\" caption=\"A `b` &lt; *c*\">\n\n```rust\nfn f() {}\n```\n\n</Listing>",
        "figure Listing 1-2: A `b` < <em c> #listing-1-2 .listing\n  code rust <src/main.rs> \"fn f() {}\"",
    );
    is("<Listing file-name=\"a\">\n\n```rust\nx\n```\n\n</Listing>", "code rust <a> \"x\"");
    is("<span class=\"filename\">Filename: src/a.rs</span>\n\n```rust\nx\n```", "code rust <src/a.rs> \"x\"");
}

#[test]
fn tables() {
    is(
        "<table>\n<caption>C</caption><tr><th>A<th align=right>B<tr><td colspan=2>w<tr><td rowspan=2><p>x</p><p>y</p></td><td>z\n</table>",
        "table C[- End]\n  = !A | !B\n  | w 2x1\n  | x<br>y 1x2 | z",
    );
    is(
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        "table [-]\n  = !A\n  | b",
    );
    is("<table></table>", "");
}

#[test]
fn lists_and_code() {
    is(
        "<ul><li>a<li>b<ol start=3><li>c</ol></ul>",
        "list None tight\n  -\n    p a\n  -\n    p b\n    list Some(3) tight\n      -\n        p c",
    );
    is("<dl><dt id=t>T</dt><dd>d<dd>e</dl>", "definitions\n  T\n    p d\n    p e");
    is("<pre><code class=\"language-rust\">a &lt; <em>b</em>\n\n  c</code></pre>", "code rust \"a < b\\n\\n  c\"");
    is("<h2 id=x>A</h2><hr><blockquote><p>b</p></blockquote>", "h2 A #x\nrule\nquote\n  p b");
}

#[test]
fn text_in_html_is_one_line() {
    is("<p>\n  a\n  b   c\n</p>", "p a~b c");
    is("<p><b>a</b>\n<b>c</b></p>", "p <strong a>~<strong c>");
}

#[test]
fn what_a_book_cannot_do_is_dropped() {
    let told = read("a<script>alert(1)</script>\n\n<iframe src=x></iframe>\n\n<script>\nx < y\n\nz\n</script>\nb");
    assert_eq!(told.text, "p a\np b\n");
    assert_eq!(told.faults, ["1:2 html.dropped", "3:1 html.dropped", "5:1 html.dropped"]);
    is("<link rel=x href=y>\n<meta name=x>\n\na", "p a");
}

#[test]
fn tags_out_of_order() {
    let told = read("<b>bold *x\n\nnext</b> y</i>\n\n<div>\n\nz");
    assert_eq!(told.text, "p <strong bold *x>\np next y\np z\n");
    assert_eq!(told.faults, ["1:1 html.unclosed", "3:5 html.unopened", "3:11 html.unopened", "5:1 html.unclosed"]);
    is("<details>\n<summary>S</summary>\n\na\n</details>", "details S\n  p a");
}

#[test]
fn a_type_parameter_is_shown() {
    let told = read("A Vec<T> and Map<K, V> and <foo>x</foo>");
    assert_eq!(told.text, "p A Vec<T> and Map<K, V> and x\n");
    assert_eq!(told.faults, ["1:6 html.unknown"]);
}

#[test]
fn an_end_tag_swallowed_by_a_paragraph_ends_the_element_around_it() {
    is("<custom>\n\ntext\n</custom>\n\nafter", "p text\np after");
    is(
        "<Listing number=\"1\">\n\n```\nx\n```\n\ntext\n</Listing>\n\nafter",
        "figure Listing 1 #listing-1 .listing\n  code  \"x\"\n  p text\np after",
    );
}

#[test]
fn drawings() {
    let told = read(
        "a <svg width='2' height='2'><g><path d='M0 0'/></g></svg> b\n\n<svg viewBox=\"0 0 1 1\">\n<path/>\n</svg>\n",
    );
    assert_eq!(told.text, "p a <picture> b\npicture\n");
    assert_eq!(told.faults, Vec::<String>::new());
}

#[test]
fn faults_in_a_quote_stand_at_their_place() {
    let told = read("> a\n>\n> <div\n> class=x>\n> <blink>\n> b\n");
    assert_eq!(told.faults, ["5:3 html.unknown", "3:3 html.unclosed"]);
}
