//! The structure tree of the reading PDF on whole books, as software for the blind walks it: each piece of content has
//! one owner, each owner knows its parent, links and destinations meet, what is said twice is said alike.

use bifolio::phase::UNWATCHED;
use bifolio::{Made, Order, Refuse, make};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

/// The books of the repository that hold every kind of block between them.
fn books() -> Vec<(&'static str, Made, Document)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["tests/books/handbook", "tests/books/scripts.md", "tests/books/aloud", "manuscript"]
        .into_iter()
        .map(|name| {
            let order =
                Order { input: &root.join(name), pdf: true, epub: false, presses: Some(&[]), refuse: Refuse::Errors };
            let made = make(order, UNWATCHED).unwrap();
            let document = Document::load_mem(made.pdf.as_ref().unwrap()).unwrap();
            (name, made, document)
        })
        .collect()
}

fn root(document: &Document) -> &Dictionary {
    document.catalog().unwrap().get_deref(b"StructTreeRoot", document).and_then(Object::as_dict).unwrap()
}

fn name<'a>(own: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    own.get(key).and_then(Object::as_name).unwrap_or_default()
}

/// One or many.
fn list(object: &Object) -> Vec<&Object> {
    match object {
        Object::Array(list) => list.iter().collect(),
        other => vec![other],
    }
}

/// Every entry of a number tree.
fn numbers(document: &Document, node: &Dictionary, out: &mut BTreeMap<i64, Object>) {
    for pair in node.get(b"Nums").and_then(Object::as_array).map_or(&[][..], Vec::as_slice).chunks_exact(2) {
        assert!(out.insert(pair[0].as_i64().unwrap(), pair[1].clone()).is_none());
    }
    for kid in node.get(b"Kids").and_then(Object::as_array).map_or(&[][..], Vec::as_slice) {
        numbers(document, document.get_dictionary(kid.as_reference().unwrap()).unwrap(), out);
    }
}

/// What the walk down the tree has met.
#[derive(Default)]
struct Walk {
    /// By page and MCID: the element that owns the content.
    content: BTreeMap<(ObjectId, i64), ObjectId>,
    annotations: BTreeMap<ObjectId, ObjectId>,
    elements: BTreeSet<ObjectId>,
}

/// What may stand in what (ISO 32000-1, 14.8.4).
const KIDS: [(&str, &[&str]); 9] = [
    ("Table", &["Caption", "THead", "TBody", "TFoot", "TR"]),
    ("THead", &["TR"]),
    ("TBody", &["TR"]),
    ("TR", &["TH", "TD"]),
    ("L", &["Caption", "LI", "L"]),
    ("LI", &["Lbl", "LBody"]),
    ("TOC", &["Caption", "TOC", "TOCI"]),
    ("TOCI", &["Lbl", "Reference", "NonStruct", "P", "TOC"]),
    ("Document", &["Part", "Sect", "Div"]),
];

fn walk(book: &str, document: &Document, id: ObjectId, parent: ObjectId, met: &mut Walk) {
    assert!(met.elements.insert(id), "{book}: an element stands at two places");
    let own = document.get_dictionary(id).unwrap();
    assert_eq!(own.get(b"P").and_then(Object::as_reference).unwrap(), parent, "{book}: {own:?}");
    let role = String::from_utf8_lossy(name(own, b"S")).into_owned();
    assert!(!role.is_empty(), "{book}: {own:?}");
    let page = own.get(b"Pg").and_then(Object::as_reference).ok();
    let Ok(kids) = own.get(b"K") else {
        assert!(matches!(role.as_str(), "TR" | "TH" | "TD" | "THead" | "TBody"), "{book}: an empty {role}");
        return;
    };
    for kid in list(kids) {
        match kid {
            Object::Integer(mcid) => {
                let twice = met.content.insert((page.expect("a page"), *mcid), id);
                assert!(twice.is_none(), "{book}: content {mcid} has two owners");
            }
            Object::Reference(kid) => {
                let kind = name(document.get_dictionary(*kid).unwrap(), b"S");
                if let Some((_, may)) = KIDS.iter().find(|(own, _)| *own == role) {
                    let kind = String::from_utf8_lossy(kind);
                    assert!(may.contains(&&*kind), "{book}: a {kind} stands in a {role}");
                }
                walk(book, document, *kid, id, met);
            }
            Object::Dictionary(kid) if name(kid, b"Type") == b"MCR" => {
                let page = kid.get(b"Pg").and_then(Object::as_reference).unwrap();
                let mcid = kid.get(b"MCID").and_then(Object::as_i64).unwrap();
                assert!(met.content.insert((page, mcid), id).is_none(), "{book}: content {mcid} has two owners");
            }
            Object::Dictionary(kid) => {
                assert_eq!(name(kid, b"Type"), b"OBJR", "{book}");
                let annotation = kid.get(b"Obj").and_then(Object::as_reference).unwrap();
                assert_eq!(role, "Link", "{book}");
                assert!(met.annotations.insert(annotation, id).is_none(), "{book}: a link has two owners");
            }
            other => panic!("{book}: {other:?}"),
        }
    }
}

#[test]
fn every_piece_of_content_has_one_owner_that_the_parent_tree_names() {
    for (book, _, document) in books() {
        let root = root(&document);
        let root_id = document.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference).unwrap();
        let mut met = Walk::default();
        let top = root.get(b"K").and_then(Object::as_reference).unwrap();
        walk(book, &document, top, root_id, &mut met);
        let mut parents = BTreeMap::new();
        numbers(&document, root.get_deref(b"ParentTree", &document).and_then(Object::as_dict).unwrap(), &mut parents);
        assert!(root.get(b"ParentTreeNextKey").and_then(Object::as_i64).unwrap() > *parents.keys().last().unwrap());
        let mut owned = 0;
        for page in document.get_pages().into_values() {
            let own = document.get_dictionary(page).unwrap();
            let key = own.get(b"StructParents").and_then(Object::as_i64).ok();
            let owners = key.map(|key| parents[&key].as_array().unwrap().clone()).unwrap_or_default();
            let mut next = 0;
            for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
                let Some(mcid) = operation.operands.get(1).and_then(|own| own.as_dict().ok()?.get(b"MCID").ok()) else {
                    continue;
                };
                assert_eq!(mcid.as_i64().unwrap(), next, "{book}: content is numbered as it is drawn");
                let owner = met.content.get(&(page, next)).copied();
                assert!(owner.is_some(), "{book}: content {next} belongs to nothing");
                assert_eq!(owners[next as usize].as_reference().ok(), owner, "{book}: the parent tree says another");
                next += 1;
            }
            assert_eq!(owners.len() as i64, next, "{book}");
            owned += next as usize;
            for link in own.get(b"Annots").and_then(Object::as_array).map_or(&[][..], Vec::as_slice) {
                let id = link.as_reference().unwrap();
                let key = document.get_dictionary(id).unwrap().get(b"StructParent").and_then(Object::as_i64).unwrap();
                assert_eq!(parents[&key].as_reference().ok(), met.annotations.get(&id).copied(), "{book}");
            }
        }
        assert_eq!(owned, met.content.len(), "{book}: the tree owns content that is on no page");
    }
}

#[test]
fn contents_nest_and_heads_of_tables_say_what_they_head() {
    let mut nested = 0;
    for (book, _, document) in books() {
        for own in document.objects.values().filter_map(|object| object.as_dict().ok()) {
            let parent = own.get(b"P").and_then(Object::as_reference).and_then(|id| document.get_dictionary(id));
            let parent = parent.map(|own| name(own, b"S")).unwrap_or_default();
            match name(own, b"S") {
                b"TOC" if own.has(b"P") => nested += usize::from(parent == b"TOCI"),
                b"TH" if own.has(b"P") => {
                    let scope = own.get(b"A").and_then(Object::as_dict).map(|own| name(own, b"Scope"));
                    let scope = scope.expect("attributes");
                    assert!(scope == b"Column" || scope == b"Row", "{book}");
                }
                _ => {}
            }
        }
    }
    assert!(nested > 0, "no book has contents of two levels");
}

#[test]
fn names_of_places_are_those_of_the_e_book_and_titles_agree() {
    for (book, made, document) in books() {
        let tree = &made.settled.tree;
        let names = document.catalog().unwrap().get_deref(b"Names", &document).and_then(Object::as_dict).unwrap();
        let mut found = BTreeSet::new();
        let mut open = vec![names.get_deref(b"Dests", &document).and_then(Object::as_dict).unwrap()];
        while let Some(node) = open.pop() {
            for pair in node.get(b"Names").and_then(Object::as_array).map_or(&[][..], Vec::as_slice).chunks_exact(2) {
                found.insert(String::from_utf8(pair[0].as_str().unwrap().to_vec()).unwrap());
            }
            let kids = node.get(b"Kids").and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
            open.extend(kids.iter().map(|kid| document.get_dictionary(kid.as_reference().unwrap()).unwrap()));
        }
        let anchors: BTreeSet<String> = tree.anchors.keys().map(ToString::to_string).collect();
        assert_eq!(found.difference(&anchors).next(), None, "{book}: a name that no anchor has");
        assert_eq!(anchors.difference(&found).next(), None, "{book}: an anchor without a place");

        let catalog = document.catalog().unwrap();
        let packet = catalog.get_deref(b"Metadata", &document).and_then(Object::as_stream).unwrap();
        let packet = String::from_utf8(packet.content.clone()).unwrap();
        let xmp = roxmltree::Document::parse(&packet).unwrap();
        let said = |name: &str| {
            let node = xmp.descendants().find(|node| {
                let own = node.tag_name();
                own.name() == name && !own.namespace().is_some_and(|space| space.contains("pdfa"))
            })?;
            node.descendants()
                .filter(|node| node.is_text())
                .filter_map(|node| node.text())
                .find(|t| !t.trim().is_empty())
        };
        assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).unwrap(), tree.metadata.language.tag().as_bytes());
        let preferences = catalog.get(b"ViewerPreferences").and_then(Object::as_dict).unwrap();
        assert!(preferences.get(b"DisplayDocTitle").and_then(Object::as_bool).unwrap(), "{book}");
        // PDF 2.0 leaves it all to the packet.
        let Ok(info) = document.trailer.get(b"Info").and_then(Object::as_reference) else {
            assert!(document.version == "2.0" && said("title").is_some(), "{book}");
            continue;
        };
        let info = document.get_dictionary(info).unwrap();
        let text = |key: &[u8]| info.get(key).ok().map(|value| lopdf::decode_text_string(value).unwrap());
        for (key, element) in [
            (&b"Title"[..], "title"),
            (b"Author", "creator"),
            (b"Subject", "description"),
            (b"Keywords", "Keywords"),
            (b"Producer", "Producer"),
            (b"Creator", "CreatorTool"),
        ] {
            // Several authors are a list in one and a line in the other.
            let (info, xmp) = (text(key), said(element));
            assert!(
                info.as_deref() == xmp
                    || info.as_deref().zip(xmp).is_some_and(|(a, b)| a.starts_with(b) && a.contains("; ")),
                "{book}: {info:?} {xmp:?}"
            );
        }
        let digits = |value: &str| value.chars().filter(char::is_ascii_digit).collect::<String>();
        assert_eq!(text(b"ModDate").map(|date| digits(&date)), said("ModifyDate").map(digits), "{book}");
    }
}

/// The book of PDF/UA-2, with its elements by type.
fn aloud() -> (Document, BTreeMap<String, Vec<ObjectId>>) {
    let (_, _, document) = books().into_iter().find(|(book, ..)| book.ends_with("aloud")).unwrap();
    let mut met = Walk::default();
    let own = root(&document);
    let root_id = document.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference).unwrap();
    walk("aloud", &document, own.get(b"K").and_then(Object::as_reference).unwrap(), root_id, &mut met);
    let mut by_role: BTreeMap<String, Vec<ObjectId>> = BTreeMap::new();
    for id in met.elements {
        let role = String::from_utf8_lossy(name(document.get_dictionary(id).unwrap(), b"S")).into_owned();
        by_role.entry(role).or_default().push(id);
    }
    (document, by_role)
}

fn refs(document: &Document, id: ObjectId) -> Vec<ObjectId> {
    let refs = document.get_dictionary(id).unwrap().get(b"Ref").and_then(Object::as_array);
    refs.map_or(&[][..], Vec::as_slice).iter().map(|other| other.as_reference().unwrap()).collect()
}

#[test]
fn in_pdf_2_every_way_inside_the_book_ends_at_an_element() {
    let (document, by_role) = aloud();
    let elements: BTreeSet<ObjectId> = by_role.values().flatten().copied().collect();
    let leads = |own: &Dictionary| {
        let way = own.get(b"SD").and_then(Object::as_array).unwrap();
        // Beside the way for viewers that know no elements.
        own.has(b"D") && elements.contains(&way[0].as_reference().unwrap())
    };
    let mut ways = 0;
    for own in document.objects.values().filter_map(|object| object.as_dict().ok()) {
        assert!(!own.has(b"Dest"), "{own:?}");
        let action = own.get(b"A").and_then(Object::as_dict).ok().filter(|action| name(action, b"S") == b"GoTo");
        let is_way = action.is_some() || own.has(b"SD");
        ways += usize::from(is_way);
        assert!(!is_way || leads(action.unwrap_or(own)), "{own:?}");
    }
    assert!(ways > 20, "links and bookmarks: {ways}");
    for entry in &by_role["TOCI"] {
        let target = refs(&document, *entry);
        let role = name(document.get_dictionary(target[0]).unwrap(), b"S");
        assert!(target.len() == 1 && role[0] == b'H', "{role:?}");
    }
}

#[test]
fn a_short_form_says_what_it_stands_for_in_both_editions() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let input = root.join("tests/books/aloud");
    let made =
        make(Order { input: &input, pdf: true, epub: true, presses: Some(&[]), refuse: Refuse::Errors }, UNWATCHED)
            .unwrap();
    let document = Document::load_mem(made.pdf.as_ref().unwrap()).unwrap();
    let told: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok().filter(|own| name(own, b"S") == b"Span")?.get(b"E").ok())
        .map(|words| lopdf::decode_text_string(words).unwrap())
        .collect();
    assert_eq!(told, ["World Health Organization"], "one that says nothing is text");
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(made.epub.unwrap())).unwrap();
    let mut page = String::new();
    for index in 0..book.len() {
        let mut file = book.by_index(index).unwrap();
        if file.name().unwrap().ends_with("lines.xhtml") {
            file.read_to_string(&mut page).unwrap();
        }
    }
    assert!(page.contains("<abbr title=\"World Health Organization\">WHO</abbr>"), "{page}");
}

#[test]
fn in_pdf_2_notes_and_their_calls_know_each_other() {
    let (document, by_role) = aloud();
    let calls: Vec<usize> = by_role["FENote"].iter().map(|note| refs(&document, *note).len()).collect();
    assert_eq!(calls, [2, 1]);
    for note in &by_role["FENote"] {
        assert!(refs(&document, *note).iter().all(|call| refs(&document, *call) == [*note]));
    }
}

#[test]
fn in_pdf_2_types_have_a_name_space_and_formulas_their_mathml() {
    let (document, by_role) = aloud();
    for role in ["Title", "FENote", "Aside", "Em", "Strong", "H7", "P", "Figure"] {
        assert!(by_role[role].iter().all(|id| document.get_dictionary(*id).unwrap().has(b"NS")), "{role}");
    }
    for role in ["Code", "BlockQuote", "TOC", "Index"] {
        assert!(by_role[role].iter().all(|id| !document.get_dictionary(*id).unwrap().has(b"NS")), "{role}");
    }
    let files: Vec<ObjectId> = by_role["Formula"]
        .iter()
        .map(|id| document.get_dictionary(*id).unwrap().get(b"AF").and_then(Object::as_array).unwrap())
        .map(|files| files[0].as_reference().unwrap())
        .collect();
    assert!(files.len() == 3 && files.iter().collect::<BTreeSet<_>>().len() == 2, "the same formula is there once");
    let file = document.get_dictionary(files[0]).unwrap();
    let content = file.get(b"EF").and_then(Object::as_dict).unwrap().get_deref(b"F", &document).unwrap();
    let mathml = String::from_utf8(content.as_stream().unwrap().decompressed_content().unwrap()).unwrap();
    assert_eq!(roxmltree::Document::parse(&mathml).unwrap().root_element().tag_name().name(), "math");
    // A picture that is a figure has its caption inside.
    let inside = |id: &&ObjectId| {
        let own = document.get_dictionary(**id).unwrap();
        name(document.get_dictionary(own.get(b"P").and_then(Object::as_reference).unwrap()).unwrap(), b"S") == b"Figure"
    };
    assert_eq!(by_role["Caption"].iter().filter(inside).count(), 1);
}

#[test]
fn text_from_the_right_is_told_in_the_order_of_its_letters() {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/pages/backwards.md");
    let order = Order { input: &input, pdf: true, epub: false, presses: Some(&[]), refuse: Refuse::Errors };
    let made = make(order, UNWATCHED).unwrap();
    let document = Document::load_mem(made.pdf.as_ref().unwrap()).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    // The reader here puts the letters together as they are drawn; where spaces are is told by their places.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let told = letters(&document.extract_text(&pages).unwrap());
    for words in ["פריט ראשון ברשימה, שיש", "ציטוט קצר מתוך היומן.", "פירושו של המונח."]
    {
        let words = letters(words);
        assert!(told.contains(&words), "{words}: {told}");
    }
}
