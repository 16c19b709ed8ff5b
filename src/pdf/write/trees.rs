//! Name trees and number trees (ISO 32000-1, 7.9.6 and 7.9.7): sorted lists in small nodes, so that a viewer finds one
//! entry without reading all.
//!
//! In:     sorted keys with their values.
//! Out:    the root node.

use super::objects::Objects;
use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

/// Entries of one node.
const NODE: usize = 64;

pub fn name_tree(objects: &mut Objects, entries: Vec<(String, Object)>) -> ObjectId {
    let key = |name: &String| Object::String(name.as_bytes().to_vec(), StringFormat::Literal);
    tree(objects, "Names", entries.iter().map(|(name, value)| (key(name), value.clone())).collect())
}

pub fn number_tree(objects: &mut Objects, entries: Vec<(i64, Object)>) -> ObjectId {
    tree(objects, "Nums", entries.into_iter().map(|(number, value)| (Object::Integer(number), value)).collect())
}

fn tree(objects: &mut Objects, kind: &str, entries: Vec<(Object, Object)>) -> ObjectId {
    if entries.len() <= NODE {
        return objects.add(leaf(kind, &entries));
    }
    let limits = |entries: &[(Object, Object)]| match entries {
        [first, .., last] => vec![first.0.clone(), last.0.clone()],
        [only] => vec![only.0.clone(), only.0.clone()],
        [] => Vec::new(),
    };
    let mut level: Vec<(Vec<Object>, ObjectId)> = entries
        .chunks(NODE)
        .map(|entries| {
            let mut node = leaf(kind, entries);
            node.set("Limits", limits(entries));
            (limits(entries), objects.add(node))
        })
        .collect();
    while level.len() > NODE {
        level = level
            .chunks(NODE)
            .map(|nodes| {
                let kids: Vec<Object> = nodes.iter().map(|(_, id)| (*id).into()).collect();
                let ends = |at: Option<&(Vec<Object>, ObjectId)>, end: usize| {
                    at.and_then(|(limits, _)| limits.get(end)).cloned().unwrap_or(Object::Null)
                };
                let limits = vec![ends(nodes.first(), 0), ends(nodes.last(), 1)];
                let node = dictionary! { "Kids" => kids, "Limits" => limits.clone() };
                (limits, objects.add(node))
            })
            .collect();
    }
    let kids: Vec<Object> = level.into_iter().map(|(_, id)| id.into()).collect();
    objects.add(dictionary! { "Kids" => kids })
}

fn leaf(kind: &str, entries: &[(Object, Object)]) -> Dictionary {
    let list: Vec<Object> = entries.iter().flat_map(|(key, value)| [key.clone(), value.clone()]).collect();
    dictionary! { kind => list }
}
