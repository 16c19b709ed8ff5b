//! Settled elements → `StructTreeRoot` with its elements, parent tree and names (ISO 32000-1, 14.7).
//!
//! In:     [`Tags`], the numbers of the pages and of the link annotations.
//! Out:    the root's number; each element's number, for what points at it.

use super::metadata::text;
use super::objects::Objects;
use super::roles::ROLE_MAP;
use super::tags::{Element, Kid, Tags, Traits};
use super::trees::{name_tree, number_tree};
use lopdf::{Dictionary, Object, ObjectId, dictionary};

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
}

pub fn write(tags: &Tags, targets: &Targets, objects: &mut Objects) -> ObjectId {
    let root = objects.reserve();
    let ids: Vec<Option<ObjectId>> =
        tags.elements.iter().map(|element| element.kept.then(|| objects.reserve())).collect();
    let id_of = |element: Option<usize>| element.and_then(|element| ids[element]);

    let mut names = Vec::new();
    for (element, id) in tags.elements.iter().zip(&ids) {
        let Some(id) = *id else { continue };
        if let Some(name) = &element.id {
            names.push((name.clone(), Object::Reference(id)));
        }
        let parent = id_of(element.parent).unwrap_or(root);
        objects.set(id, dictionary_of(element, parent, &ids, targets));
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
        "RoleMap" => ROLE_MAP.iter().map(|(own, standard)| (*own, Object::from(*standard))).collect::<Dictionary>(),
    };
    if !names.is_empty() {
        dictionary.set("IDTree", name_tree(objects, names));
    }
    objects.set(root, dictionary);
    root
}

fn dictionary_of(element: &Element, parent: ObjectId, ids: &[Option<ObjectId>], targets: &Targets) -> Dictionary {
    let page = element.kids.iter().find_map(|(_, kid)| match kid {
        Kid::Content { sheet, .. } | Kid::Annotation { sheet, .. } => Some(*sheet),
        Kid::Element(_) => None,
    });
    let mut kids: Vec<Object> = element
        .kids
        .iter()
        .filter_map(|(_, kid)| match *kid {
            Kid::Element(kid) => ids[kid].map(Object::from),
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
        Traits::List { ordered } => {
            let numbering = if ordered { "Decimal" } else { "Disc" };
            Some(dictionary! { "O" => "List", "ListNumbering" => numbering })
        }
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
