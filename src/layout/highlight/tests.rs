use super::*;

/// The pieces as `class:text`, one after another.
fn shown(language: &str, text: &str) -> String {
    let pieces = pieces(language, text);
    let piece =
        |(range, token): &Piece| format!("{}:{}", token.name(), &text[range.start as usize..range.end as usize]);
    pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
}

#[test]
fn rust_is_read_by_its_letters() {
    assert_eq!(
        shown("rust", "fn main() {\n    let x: u32 = 0xFF_u32; // ok\n}"),
        "keyword:fn function:main keyword:let type:u32 number:0xFF_u32 comment:// ok"
    );
    assert_eq!(
        shown("rust", r#"println!("a\n{b}\u{1F600}")"#),
        r#"function:println! string:"a escape:\n string:{b} escape:\u{1F600} string:""#
    );
    assert_eq!(
        shown("rust", "&'a str, 'x', '\\'', b'\\n'"),
        "variable:'a type:str string:'x' string:' escape:\\' string:' string:' escape:\\n string:'"
    );
    assert_eq!(
        shown("rust", "#[derive(Debug, x = \"]\")]\nstruct S;"),
        "attribute:#[derive(Debug, x = \"]\")] keyword:struct type:S"
    );
    assert_eq!(
        shown("rust", "r#\"a\"b\"# r#type 1..2 1.5e-3 1.max(2)"),
        "string:r#\"a\"b\"# number:1 number:2 number:1.5e-3 number:1 function:max number:2"
    );
    assert_eq!(
        shown("rust", "/* a /* b */ c */ MAX_LEN x != y collect::<V>()"),
        "comment:/* a /* b */ c */ constant:MAX_LEN function:collect type:V"
    );
}

#[test]
fn languages_go_by_the_names_that_books_give_them() {
    for name in ["no_run", "cairo"] {
        assert_eq!(shown(name, "fn main() {}"), "keyword:fn function:main", "{name}");
    }
    assert_eq!(shown("nu", "let x = \"a\" # b"), shown("sh", "let x = \"a\" # b"));
}

#[test]
fn configuration_and_terminals() {
    assert_eq!(
        shown("toml", "[a.b] # c\nkey = \"v\" # d\nn = [1, true]"),
        "type:[a.b] comment:# c attribute:key string:\"v\" comment:# d attribute:n number:1 constant:true"
    );
    assert_eq!(
        shown("json", "{\"a\": \"b\", \"c\": [1, null]}"),
        "attribute:\"a\" string:\"b\" attribute:\"c\" number:1 constant:null"
    );
    assert_eq!(shown("console", "$ cargo run # x\nHello, \"world\"!"), "comment:$ comment:# x");
    assert_eq!(
        shown("sh", "for x in \"$A\"; do\n  echo $x\ndone"),
        "keyword:for keyword:in string:\"$A\" keyword:do keyword:echo variable:$x keyword:done"
    );
}

#[test]
fn relatives_of_c_and_python() {
    assert_eq!(
        shown("c", "#include <x.h>\nint main(void) { return 'a' + \"b\\n\"; /* c */ }"),
        "attribute:#include type:int function:main type:void keyword:return string:'a' string:\"b escape:\\n string:\" comment:/* c */"
    );
    assert_eq!(
        shown("python", "@p\ndef f(x):\n    \"\"\"a\nb\"\"\"\n    return None  # b"),
        "attribute:@p keyword:def function:f string:\"\"\"a\nb\"\"\" keyword:return constant:None comment:# b"
    );
    assert_eq!(shown("js", "let a = `x\ny`;"), "keyword:let string:`x\ny`");
    assert_eq!(
        shown("md", "# A\n`b` c\n```rust\nx\n```"),
        "keyword:# A string:`b` comment:```rust string:x comment:```"
    );
}

#[test]
fn other_languages_have_grammars() {
    assert_eq!(shown("lua", "local x = 'a' -- b"), "keyword:local string:'a' comment:-- b");
    assert_eq!(
        shown("html", "<p class=\"a\">a &lt; b</p><!-- c --><br/>"),
        "tag:p attribute:class string:\"a\" escape:&lt; tag:p comment:<!-- c --> tag:br"
    );
    assert_eq!(
        shown("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z"),
        "comment:--- a comment:+++ b attribute:@@ -1 +1 @@ deleted:-x inserted:+y"
    );
    assert_eq!(shown("no-such-language", "def f"), "");
    assert_eq!(shown("text", "fn main"), "");
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Pieces follow one another on character bounds, whatever the code.
        #[test]
        fn pieces_are_ranges_of_the_code(text in "[a-z0-9<>&;'\"\\\\#\\[\\]{}/*!.rbux$=\nüあ]{0,60}", language in "rust|toml|json|sh|console|html|diff|c|python|js|md") {
            let mut end = 0;
            for (range, _) in pieces(&language, &text) {
                prop_assert!(range.start >= end && range.start < range.end);
                prop_assert!(text.get(range.start as usize..range.end as usize).is_some());
                end = range.end;
            }
        }
    }
}
