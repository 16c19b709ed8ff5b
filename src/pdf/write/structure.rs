//! Settled elements → `StructTreeRoot` with its elements, parent tree and names (ISO 32000-1, 14.7; ISO 32000-2, 14.7).
//!
//! In:     [`Tags`], the numbers of the pages and of the link annotations.
//! Out:    the root's number; each element's number, for what points at it; the files that go with formulas.

use super::metadata::text;
use super::objects::{Objects, deflated};
use super::roles::{PDF_2_NAMES, ROLE_MAP, Vocabulary, is_pdf_2};
use super::tags::{Element, Kid, Tags, Traits};
use super::trees::{name_tree, number_tree};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// The numbers of the elements that are written.
pub struct Numbers {
    root: ObjectId,
    ids: Vec<Option<ObjectId>>,
}

impl Numbers {
    /// Numbers for what [`write`] writes: annotations and destinations name elements before.
    pub fn reserve(tags: &Tags, objects: &mut Objects) -> Numbers {
        let root = objects.reserve();
        let ids = tags.elements.iter().map(|element| element.kept.then(|| objects.reserve())).collect();
        Numbers { root, ids }
    }

    pub fn of(&self, element: usize) -> Option<ObjectId> {
        self.ids.get(element).copied().flatten()
    }
}

/// What the structure points at.
pub struct Targets<'a> {
    /// The pages, by sheet.
    pub pages: &'a [ObjectId],
    /// The annotations of each sheet.
    pub annotations: &'a [Vec<ObjectId>],
    /// By sheet: the element that owns each MCID.
    pub owners: &'a [Vec<Option<usize>>],
    /// The element of each annotation, in the order of their `StructParent`s, which follow those of the pages.
    pub annotation_owners: &'a [Option<usize>],
    /// Whether formulas go with their MathML.
    pub has_mathml: bool,
}

/// The number of the root, and the files that go with elements, by name.
pub fn write(
    tags: &Tags,
    numbers: &Numbers,
    targets: &Targets,
    objects: &mut Objects,
) -> (ObjectId, Vec<(String, Object)>) {
    let id_of = |element: Option<usize>| element.and_then(|element| numbers.of(element));
    let is_new = tags.vocabulary == Vocabulary::Pdf2;
    let names_2 =
        is_new.then(|| objects.add(dictionary! { "Type" => "Namespace", "NS" => Object::string_literal(PDF_2_NAMES) }));
    let mut files = Attached::default();

    let mut names = Vec::new();
    for (index, element) in tags.elements.iter().enumerate() {
        let Some(id) = numbers.of(index) else { continue };
        if let Some(name) = &element.id {
            names.push((name.clone(), Object::Reference(id)));
        }
        let parent = id_of(element.parent).unwrap_or(numbers.root);
        let mut dictionary = dictionary_of(element, parent, numbers, targets);
        if let Some(name_space) = names_2 {
            if is_pdf_2(element.role) {
                dictionary.set("NS", name_space);
            }
            let refs: Vec<Object> =
                element.refs.iter().filter_map(|other| numbers.of(*other)).map(Object::from).collect();
            if !refs.is_empty() {
                dictionary.set("Ref", refs);
            }
        }
        if let Some(mathml) = element.mathml.filter(|_| targets.has_mathml) {
            let words = element.alt.as_deref().unwrap_or_default();
            dictionary.set("AF", vec![files.mathml(mathml, words, objects).into()]);
        }
        objects.set(id, dictionary);
    }
    names.sort_by(|a, b| a.0.cmp(&b.0));

    let mut parents = Vec::new();
    for (sheet, owners) in targets.owners.iter().enumerate() {
        if !owners.is_empty() {
            let list: Vec<Object> =
                owners.iter().map(|owner| id_of(*owner).map_or(Object::Null, Object::from)).collect();
            parents.push((sheet as i64, Object::Array(list)));
        }
    }
    let first = targets.owners.len();
    for (index, owner) in targets.annotation_owners.iter().enumerate() {
        if let Some(id) = id_of(*owner) {
            parents.push(((first + index) as i64, Object::Reference(id)));
        }
    }
    let next = (first + targets.annotation_owners.len()) as i64;
    let parent_tree = number_tree(objects, parents);
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => id_of(Some(0)).map_or_else(|| Object::Array(Vec::new()), Object::from),
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => next,
    };
    match names_2 {
        Some(name_space) => dictionary.set("Namespaces", vec![name_space.into()]),
        None => {
            let map = ROLE_MAP.iter().map(|(own, standard)| (*own, Object::from(*standard)));
            dictionary.set("RoleMap", map.collect::<Dictionary>());
        }
    }
    if !names.is_empty() {
        dictionary.set("IDTree", name_tree(objects, names));
    }
    objects.set(numbers.root, dictionary);
    (numbers.root, files.list)
}

/// Files that go with elements (ISO 32000-2, 14.13): each formula's MathML, once.
#[derive(Default)]
struct Attached<'a> {
    list: Vec<(String, Object)>,
    known: BTreeMap<&'a str, ObjectId>,
}

impl<'a> Attached<'a> {
    fn mathml(&mut self, mathml: &'a str, words: &str, objects: &mut Objects) -> ObjectId {
        if let Some(known) = self.known.get(mathml) {
            return *known;
        }
        let head = dictionary! { "Type" => "EmbeddedFile", "Subtype" => "application/mathml+xml" };
        let content = objects.add(Object::Stream(deflated(head, mathml.as_bytes())));
        let name = format!("formula-{:06}.mml", self.list.len() + 1);
        let file = objects.add(dictionary! {
            "Type" => "Filespec",
            "F" => Object::string_literal(name.as_str()),
            "UF" => Object::string_literal(name.as_str()),
            "Desc" => text(words),
            "AFRelationship" => "Supplement",
            "EF" => dictionary! { "F" => content, "UF" => content },
        });
        self.list.push((name, file.into()));
        self.known.insert(mathml, file);
        file
    }
}

fn dictionary_of(element: &Element, parent: ObjectId, numbers: &Numbers, targets: &Targets) -> Dictionary {
    let page = element.kids.iter().find_map(|(_, kid)| match kid {
        Kid::Content { sheet, .. } | Kid::Annotation { sheet, .. } => Some(*sheet),
        Kid::Element(_) => None,
    });
    let mut kids: Vec<Object> = element
        .kids
        .iter()
        .filter_map(|(_, kid)| match *kid {
            Kid::Element(kid) => numbers.of(kid).map(Object::from),
            Kid::Content { sheet, mcid } if Some(sheet) == page => Some(Object::Integer(mcid as i64)),
            Kid::Content { sheet, mcid } => {
                Some(dictionary! { "Type" => "MCR", "Pg" => targets.pages[sheet], "MCID" => mcid as i64 }.into())
            }
            Kid::Annotation { sheet, link } => {
                let mut reference = dictionary! { "Type" => "OBJR", "Obj" => targets.annotations[sheet][link] };
                if Some(sheet) != page {
                    reference.set("Pg", targets.pages[sheet]);
                }
                Some(reference.into())
            }
        })
        .collect();
    let mut dictionary = dictionary! { "S" => element.role, "P" => parent };
    if let Some(page) = page {
        dictionary.set("Pg", targets.pages[page]);
    }
    match kids.len() {
        0 => {}
        1 => dictionary.set("K", kids.remove(0)),
        _ => dictionary.set("K", kids),
    }
    if let Some(lang) = &element.lang {
        dictionary.set("Lang", Object::string_literal(lang.as_str()));
    }
    if let Some(alt) = &element.alt {
        dictionary.set("Alt", text(alt));
    }
    if let Some(expansion) = element.expansion {
        dictionary.set("E", text(expansion));
    }
    if let Some(id) = &element.id {
        dictionary.set("ID", Object::string_literal(id.as_str()));
    }
    if let Some(attributes) = attributes(element.traits) {
        dictionary.set("A", attributes);
    }
    dictionary
}

fn attributes(traits: Traits) -> Option<Dictionary> {
    match traits {
        Traits::None | Traits::Entry { .. } => None,
        Traits::List(numbering) => Some(dictionary! { "O" => "List", "ListNumbering" => numbering }),
        Traits::Text(key, value) => Some(dictionary! { "O" => "Layout", key => value }),
        Traits::Footnote => Some(dictionary! { "O" => "FENote", "NoteType" => "Footnote" }),
        Traits::Cell { scope, columns, rows } => {
            let mut attributes = dictionary! { "O" => "Table" };
            if let Some(scope) = scope {
                attributes.set("Scope", scope);
            }
            if columns > 1 {
                attributes.set("ColSpan", i64::from(columns));
            }
            if rows > 1 {
                attributes.set("RowSpan", i64::from(rows));
            }
            (attributes.len() > 1).then_some(attributes)
        }
        Traits::Figure { bounds, inline } => Some(dictionary! {
            "O" => "Layout",
            "Placement" => if inline { "Inline" } else { "Block" },
            "BBox" => bounds.map(Object::from).to_vec(),
        }),
    }
}
