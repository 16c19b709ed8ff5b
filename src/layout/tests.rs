use super::*;
use crate::base::{FileId, Lang, Severity, Span};
use crate::book::inline::IndexEntry;
use crate::book::*;

fn span() -> Span {
    Span::top(FileId(0))
}

fn inline(kind: InlineKind) -> Inline {
    Inline { kind, span: span() }
}

fn words(text: &str) -> Inlines {
    vec![inline(InlineKind::Text(text.to_owned()))]
}

fn link(target: &str, text: &str) -> Inline {
    let text = if text.is_empty() { Vec::new() } else { words(text) };
    inline(InlineKind::Link { target: target.to_owned(), title: String::new(), text })
}

fn block(kind: BlockKind) -> Block {
    Block { kind, attributes: Attributes::default(), span: span() }
}

fn with_id(mut block: Block, id: &str) -> Block {
    block.attributes.id = Some(id.to_owned());
    block
}

fn with_class(mut block: Block, class: &str) -> Block {
    block.attributes.classes.push(class.to_owned());
    block
}

fn heading(level: u8, text: &str) -> Block {
    block(BlockKind::Heading { level, text: words(text) })
}

fn para(text: &str) -> Block {
    block(BlockKind::Paragraph(words(text)))
}

fn picture(alt: Option<&str>) -> Picture {
    Picture { id: None, alt: alt.map(str::to_owned), decorative: false, width: None, span: span() }
}

fn figure(caption: Option<&str>) -> Block {
    let body = vec![block(BlockKind::Picture(picture(Some("a map"))))];
    block(BlockKind::Figure { body, caption: caption.map(words) })
}

fn chapter(title: &str, path: &str, depth: u8, blocks: Vec<Block>) -> Chapter {
    let (matter, numbered) = (Matter::Main, true);
    Chapter {
        title: words(title),
        path: path.to_owned(),
        matter,
        depth,
        numbered,
        blocks,
        notes: Vec::new(),
        span: span(),
    }
}

fn matter(matter: Matter, mut chapter: Chapter) -> Chapter {
    chapter.matter = matter;
    chapter.numbered = false;
    chapter
}

fn book(chapters: Vec<Chapter>) -> Book {
    let metadata = Metadata { title: "A Book".to_owned(), ..Metadata::default() };
    Book { metadata, entries: chapters.into_iter().map(Entry::Chapter).collect(), redirects: Vec::new() }
}

fn settled(book: &Book) -> (String, Sink) {
    let mut sink = Sink::new();
    let tree = settle(book, &Theme::default(), &Pictures::default(), &mut sink);
    check_invariants(&tree);
    (dump::tree(&tree), sink)
}

/// The lines of the dump that hold `needle`, without their indent.
fn lines<'a>(dump: &'a str, needle: &str) -> Vec<&'a str> {
    dump.lines().filter(|line| line.contains(needle)).map(str::trim).collect()
}

/// What `tree.rs` promises.
fn check_invariants(tree: &Tree) {
    let mut next = 0;
    for section in &tree.sections {
        assert_eq!(section.nodes.start, next, "sections follow one another");
        next = section.nodes.end;
        assert!(!section.nodes.is_empty(), "no section is empty: {section:?}");
        let first = tree.node(NodeId(section.nodes.start));
        assert_eq!(first.anchor.as_ref(), Some(&section.anchor), "a section is linked to by its first node");
    }
    assert_eq!(next as usize, tree.nodes.len(), "sections hold every node");
    for (at, node) in tree.nodes.iter().enumerate() {
        assert!(node.end.0 as usize > at && node.end.0 as usize <= tree.nodes.len());
        let Some(text) = node.text() else { continue };
        let atoms: Vec<u32> = text.string.match_indices(tree::ATOM).map(|(at, _)| at as u32).collect();
        assert_eq!(atoms, text.atoms.iter().map(|atom| atom.at).collect::<Vec<_>>());
        let mut open: Vec<u32> = Vec::new();
        let mut last = 0;
        for mark in &text.marks {
            let (start, end) = (mark.range.start, mark.range.end);
            assert!(text.string.get(start as usize..end as usize).is_some(), "on character bounds");
            assert!(start >= last, "sorted by start: {text:?}");
            last = start;
            open.retain(|&outer| outer > start);
            assert!(open.iter().all(|&outer| outer >= end), "properly nested: {text:?}");
            open.push(end);
            if let Mark::Link(Link::Inside(anchor)) = &mark.mark {
                assert!(tree.place_of(anchor).is_some(), "{anchor} is a place");
            }
        }
    }
    for note in &tree.notes {
        assert!(!note.calls.is_empty());
        for call in &note.calls {
            let text = tree.node(call.leaf).text().expect("a call stands in a leaf");
            assert!(matches!(text.atom_at(call.offset), Some(Atom::NoteCall { .. })));
        }
    }
    for entry in &tree.outline {
        assert_eq!(tree.place_of(&entry.anchor).map(|place| place.leaf), Some(entry.node));
    }
}

#[test]
fn chapters_sections_and_levels() {
    let book = book(vec![
        chapter(
            "One",
            "one.md",
            0,
            vec![heading(1, "One"), heading(3, "Deep"), heading(4, "Deeper"), heading(2, "Flat")],
        ),
        chapter("Sub", "sub.md", 1, vec![heading(1, "Sub"), heading(2, "Under"), heading(1, "Again")]),
        chapter("Two", "two.md", 0, vec![para("No heading of its own.")]),
        chapter("3. Three", "three.md", 0, vec![heading(1, "3. Three")]),
    ]);
    let (dump, sink) = settled(&book);
    assert!(!sink.has_errors());
    let heads: Vec<&str> =
        dump.lines().map(str::trim).filter(|l| l.starts_with("chapter-title") || l.starts_with("heading")).collect();
    assert_eq!(
        heads,
        [
            "chapter-title #one \"⟦label Chapter~1⟧\u{2002}One\"",
            "heading-1 #deep \"Deep\"",
            "heading-2 #deeper \"Deeper\"",
            "heading-1 #flat \"Flat\"",
            "heading-1 #sub \"⟦label 1.1⟧\u{2002}Sub\"",
            "heading-2 #under \"Under\"",
            "heading-2 #again \"Again\"",
            "chapter-title #two \"⟦label Chapter~2⟧\u{2002}Two\"",
            "chapter-title #s-3-three \"3. Three\"",
        ]
    );
}

#[test]
fn references_show_labels_and_reach_every_form_of_path() {
    let blocks = vec![
        heading(1, "One"),
        with_id(figure(Some("A map")), "fig-map"),
        figure(None),
        block(BlockKind::Paragraph(vec![
            link("#fig-map", ""),
            link("dir/two.md", ""),
            link("dir/two.html#Sec%20X", "sec"),
            link("dir/two.md#sec-x", ""),
            link("https://x.org/a b", "out"),
            link("x.zip", "file"),
            link("dir/tow.md", "lost"),
            link("dir/two.md#sex-x", "hurt"),
            inline(InlineKind::PageOf("#fig-map".to_owned())),
        ])),
    ];
    let two = chapter("Two", "dir/two.md", 0, vec![heading(1, "Two"), heading(2, "Sec X"), para("x")]);
    let (dump, sink) = settled(&book(vec![chapter("One", "one.md", 0, blocks), two]));
    let shown = lines(&dump, "body-first \"⟦→");
    assert_eq!(
        shown,
        [concat!(
            "body-first \"⟦→#fig-map Figure~1⟧⟦→#two Chapter~2⟧⟦→#two sec⟧⟦→#sec-x “Sec X”⟧",
            "⟦→https://x.org/a%20b out⟧filelost⟦→#two hurt⟧⟦→#fig-map ⟨page #fig-map⟩⟧\""
        )]
    );
    let faults: Vec<&str> = sink.list().iter().map(|fault| fault.code).collect();
    assert_eq!(faults, ["ref.fragment", "ref.not-in-book", "ref.unknown", "ref.fragment"]);
    assert_eq!(sink.list()[2].hints, ["did you mean \"dir/two.md\"?"]);
    assert_eq!(sink.list()[3].hints, ["did you mean \"#sec-x\"?"]);
    assert!(!sink.has_errors());
}

#[test]
fn links_to_an_old_place_reach_the_new_one() {
    let links = |targets: &[&str]| block(BlockKind::Paragraph(targets.iter().map(|t| link(t, t)).collect()));
    let targets = [
        "old.md",
        "old.html#sec-x",
        "older/",
        "dir/two.md#gone",
        "dir/two.md#sec-x",
        "out.html#here",
        "round.md",
        "lost.md",
        "beside.html",
    ];
    let two = chapter("Two", "dir/two.md", 0, vec![heading(1, "Two"), heading(2, "Sec X"), para("x")]);
    let mut book = book(vec![chapter("One", "one.md", 0, vec![heading(1, "One"), links(&targets)]), two]);
    let redirect = |(from, to): (&str, &str)| Redirect { from: from.to_owned(), to: to.to_owned(), at: span() };
    book.redirects = [
        ("./old.html", "dir/two.html"),
        ("/older/index.html", "../old.html"),
        ("dir/two.html#gone", "two.html#sec-x"),
        ("/dir/two.html#sec-x", "../one.html"),
        ("/out.html", "https://x.org/a"),
        ("round.html", "circle.html"),
        ("circle.html", "round.html"),
        ("lost.html", "nowhere.html"),
        ("beside.html", "../std/index.html"),
    ]
    .map(redirect)
    .to_vec();
    let (dump, sink) = settled(&book);
    let shown = concat!(
        "body-first \"⟦→#two old.md⟧⟦→#sec-x old.html#sec-x⟧⟦→#two older/⟧⟦→#sec-x dir/two.md#gone⟧",
        "⟦→#sec-x dir/two.md#sec-x⟧⟦→https://x.org/a#here out.html#here⟧round.mdlost.mdbeside.html\""
    );
    assert_eq!(lines(&dump, "body-first \"⟦→"), [shown]);
    let told: Vec<String> = sink.list().iter().map(|fault| format!("{} {}", fault.code, fault.message)).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    assert_eq!(
        told,
        [
            "ref.redirect the redirect from \"round.html\" leads to no chapter of this book",
            "ref.redirect the redirect from \"circle.html\" leads to no chapter of this book",
            "ref.redirect the redirect from \"lost.html\" leads to no chapter of this book",
            "ref.not-in-book \"round.md\" is redirected to \"round.md\", which is not in this book",
            "ref.not-in-book \"lost.md\" is redirected to \"nowhere.md\", which is not in this book",
            "ref.not-in-book \"beside.html\" is redirected to \"../std/index.html\", which is not in this book",
        ]
    );
}

#[test]
fn a_reference_that_needs_a_label_must_resolve() {
    let blocks = vec![block(BlockKind::Paragraph(vec![link("#nothing", "")]))];
    let (_, sink) = settled(&book(vec![chapter("One", "one.md", 0, blocks)]));
    assert_eq!(sink.count(Severity::Error), 1);
}

#[test]
fn ids_that_clash_in_the_book_stay_apart() {
    let text = |target| vec![heading(1, "T"), heading(2, "Same"), block(BlockKind::Paragraph(vec![link(target, "x")]))];
    let (dump, _) =
        settled(&book(vec![chapter("One", "one.md", 0, text("#same")), chapter("Two", "two.md", 0, text("#same"))]));
    assert_eq!(lines(&dump, "heading-1"), ["heading-1 #same \"Same\"", "heading-1 #ch02-t-same \"Same\""]);
    let linked = lines(&dump, "body-first \"⟦→#");
    assert_eq!(linked, ["body-first \"⟦→#same x⟧\"", "body-first \"⟦→#ch02-t-same x⟧\""]);
}

#[test]
fn notes_are_counted_by_call_and_may_nest() {
    let call = |name: &str| inline(InlineKind::NoteCall(name.to_owned()));
    let mut one = chapter(
        "One",
        "one.md",
        0,
        vec![block(BlockKind::Paragraph(
            words("a").into_iter().chain([call("b"), call("a"), call("b"), call("none")]).collect(),
        ))],
    );
    let note = |name: &str, text: Inlines| NoteBody {
        name: name.to_owned(),
        blocks: vec![block(BlockKind::Paragraph(text))],
        span: span(),
    };
    one.notes =
        vec![note("a", vec![call("c")]), note("b", words("bee")), note("c", words("see")), note("d", words("unused"))];
    let (dump, sink) = settled(&book(vec![one]));
    assert_eq!(lines(&dump, "⟨note"), ["body-first \"a⟨note 1⟩⟨note 2⟩⟨note 1⟩[^none]\"", "body-first \"⟨note 3⟩\""]);
    assert_eq!(lines(&dump, "note ["), ["note [1] #one.note1", "note [2] #one.note2", "note [3] #one.note3"]);
    let faults: Vec<&str> = sink.list().iter().map(|fault| fault.code).collect();
    assert_eq!(faults, ["note.unknown", "note.unused"]);
}

#[test]
fn paragraphs_are_flush_after_anything_else() {
    let blocks = vec![
        heading(1, "T"),
        para("first"),
        para("second"),
        block(BlockKind::Rule),
        para("third"),
        block(BlockKind::Quote(vec![para("said"), para("again"), para("-- Anna")])),
        para("fourth"),
        with_class(para("big"), "lead"),
    ];
    let (dump, _) = settled(&book(vec![chapter("T", "t.md", 0, blocks)]));
    let text: Vec<&str> = dump.lines().skip_while(|l| !l.contains("first")).take(9).map(str::trim).collect();
    assert_eq!(
        text,
        [
            "body-first \"first\"",
            "body \"second\"",
            "ornament",
            "body-first \"third\"",
            "quote",
            "body-first \"said\"",
            "body \"again\"",
            "attribution \"— Anna\"",
            "body-first \"fourth\"",
        ]
    );
}

#[test]
fn front_matter_comes_in_the_order_of_the_trade() {
    let dedication = with_class(block(BlockKind::Group(vec![para("To all")])), "dedication");
    let mut book = book(vec![
        matter(Matter::Front, chapter("Dedication", "d.md", 0, vec![dedication])),
        matter(Matter::Front, chapter("Preface: why", "p.md", 0, vec![heading(1, "Preface: why"), para("x")])),
        chapter("One", "one.md", 0, vec![heading(1, "One")]),
        matter(Matter::Back, chapter("Index", "", 0, vec![])),
        matter(Matter::Back, chapter("The sources", "s.md", 0, vec![heading(1, "The sources")])),
    ]);
    book.entries.insert(2, Entry::Part(Part { title: words("The Town"), span: span() }));
    let (dump, _) = settled(&book);
    let kinds: Vec<&str> = lines(&dump, "section ").iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(
        kinds,
        ["halftitle", "titlepage", "copyright", "dedication", "contents", "preface", "part", "chapter", "bibliography"]
    );
    assert_eq!(
        lines(&dump, "contents-"),
        [
            "contents-1 \"⟦→#preface-why Preface: why ⟨page #preface-why⟩⟧\"",
            "contents-0 \"⟦→#part-1-the-town ⟦label Part~I⟧\u{2002}The Town ⟨page #part-1-the-town⟩⟧\"",
            "contents-1 \"⟦→#one ⟦label 1⟧\u{2002}One ⟨page #one⟩⟧\"",
            "contents-1 \"⟦→#the-sources The sources ⟨page #the-sources⟩⟧\"",
        ]
    );
}

#[test]
fn the_index_is_sorted_and_linked() {
    let term = |main: &str, sub: Option<&str>, see: Option<&str>, shown: &str| {
        let text = if shown.is_empty() { Vec::new() } else { words(shown) };
        let entry = IndexEntry { main: main.to_owned(), sub: sub.map(str::to_owned), see: see.map(str::to_owned) };
        inline(InlineKind::Index { entry, text })
    };
    let text = vec![
        term("snow", None, None, "snow"),
        term("Élan", None, None, ""),
        term("snow", Some("deep"), None, ""),
        term("ice", None, Some("snow"), ""),
        term("frost", None, Some("snaw"), ""),
    ];
    let hidden = vec![term("end", None, None, "")];
    let blocks = vec![block(BlockKind::Paragraph(text)), block(BlockKind::Paragraph(hidden))];
    let (dump, sink) = settled(&book(vec![chapter("One", "one.md", 0, blocks)]));
    let index: Vec<&str> =
        dump.lines().skip_while(|l| !l.contains("list-title #index")).skip(1).take(9).map(str::trim).collect();
    assert_eq!(
        index,
        [
            "index-letter \"E\"",
            "index-entry #index.e1 \"Élan, ⟦→#one.i2 ⟨page #one.i2⟩⟧\"",
            "index-entry #index.e2 \"end, ⟦→#one.i6 ⟨page #one.i6⟩⟧\"",
            "index-letter \"F\"",
            "index-entry #index.e3 \"frost, ⟦em see⟧ snaw\"",
            "index-letter \"I\"",
            "index-entry #index.e4 \"ice, ⟦em see⟧ ⟦→#index.e5 snow⟧\"",
            "index-letter \"S\"",
            "index-entry #index.e5 \"snow, ⟦→#one.i1 ⟨page #one.i1⟩⟧\"",
        ]
    );
    assert_eq!(sink.list()[0].hints, ["did you mean \"snow\"?"]);
}

#[test]
fn tables_and_lists_are_settled() {
    let cell = |text: &str| Cell { text: words(text), columns: 1, rows: 1, is_header: false, span: span() };
    let row = |a: &str, b: &str| Row { cells: vec![cell(a), cell(b)], span: span() };
    let table = Table {
        caption: Some(words("The dead")),
        columns: vec![Column { align: None }; 2],
        head: vec![row("Who", "How many")],
        body: vec![row("women", "106"), row("children", "63")],
    };
    let item = |body: Vec<Block>| Item { task: None, body, span: span() };
    let list = |start, items| block(BlockKind::List { start, tight: true, items });
    let inner = list(Some(1), vec![item(vec![para("deep")])]);
    let outer = list(Some(3), vec![item(vec![para("x"), inner])]);
    let (dump, sink) = settled(&book(vec![chapter("One", "one.md", 0, vec![block(BlockKind::Table(table)), outer])]));
    assert_eq!(lines(&dump, "table ("), ["table (start end) #ch01-one-2"]);
    assert_eq!(lines(&dump, "caption"), ["caption [Table~1] \"⟦label Table~1⟧\u{2002}The dead\""]);
    assert_eq!(lines(&dump, "item "), ["item 3.", "item a."]);
    assert_eq!(sink.list().len(), 0);
}

#[test]
fn a_picture_needs_words() {
    let blocks = vec![block(BlockKind::Picture(picture(None)))];
    let (_, sink) = settled(&book(vec![chapter("One", "one.md", 0, blocks)]));
    assert_eq!(sink.list()[0].code, "picture.alt");
}

#[test]
fn the_tree_is_the_same_on_any_number_of_threads() {
    let chapters =
        (0..40).map(|n| chapter(&format!("C{n}"), &format!("c{n}.md"), 0, vec![heading(1, "Same"), para("\"x\"")]));
    let book = book(chapters.collect());
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| settled(&book).0)
    };
    assert_eq!(on(1), on(4));
}

#[test]
fn a_german_book_speaks_german() {
    let mut book = book(vec![chapter("Eins", "e.md", 0, vec![heading(1, "Eins"), figure(Some("\"Karte\""))])]);
    book.metadata.language = Lang::parse("de").expect("a tag");
    let (dump, _) = settled(&book);
    assert_eq!(lines(&dump, "caption"), ["caption [Abbildung~1] \"⟦label Abbildung~1⟧\u{2002}„Karte“\""]);
    assert!(dump.contains("Kapitel~1"));
}
