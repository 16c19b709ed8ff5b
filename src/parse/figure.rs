//! Pictures that stand alone, figures and listings.
//!
//! In:     a paragraph of one picture, `<figure>`, `<Listing>`.
//! Out:    pictures and figures, with their captions read as inline Markdown.
//! Absent: numbers.

use super::attribute;
use super::block::trimmed;
use super::node::{Element, Id, Kind};
use super::picture;
use super::reader::Reader;
use crate::book::{Attributes, Block, BlockKind, CodeBlock, Inline, InlineKind, Inlines};

impl Reader<'_, '_> {
    /// Where the nodes are one picture and nothing else, pushes it as a block. `around` are the attributes of the element they
    /// stand in.
    pub fn lone_picture(&mut self, ids: &[Id], around: &Attributes, out: &mut Vec<Block>) -> bool {
        let Some((id, attributes)) = self.find_lone(ids) else { return false };
        let span = self.span(id);
        let mut attributes = attributes.unwrap_or_default();
        attribute::language(&mut attributes, span, &mut self.outcome.sink);
        attributes.id = attributes.id.or_else(|| around.id.clone());
        attributes.classes.extend(around.classes.iter().cloned());
        if let Some(element) = self.nodes.element(id) {
            let own = attribute::of_element(&element.attributes, span, &mut self.outcome.sink);
            attributes.id = attributes.id.or(own.id);
            attributes.classes.extend(own.classes);
        }
        let mut picture = match self.picture(id) {
            Ok(picture) => picture,
            // The picture is not there: its description stands in its place.
            Err(alt) if alt.trim().is_empty() => return true,
            Err(alt) => {
                let text = vec![Inline { kind: InlineKind::Text(alt), span }];
                out.push(Block { kind: BlockKind::Paragraph(text), attributes, span });
                return true;
            }
        };
        picture::attach(&mut picture, &mut attributes, span, &mut self.outcome.sink);
        let caption = match &self.nodes.get(id).kind {
            Kind::Picture { title, .. } if !title.trim().is_empty() => Some(self.phrase(title, span)),
            _other => None,
        };
        let kind = match caption {
            None => BlockKind::Picture(picture),
            Some(caption) => {
                let body = vec![Block { kind: BlockKind::Picture(picture), attributes: Attributes::default(), span }];
                BlockKind::Figure { body, caption: Some(caption) }
            }
        };
        out.push(Block { kind, attributes, span });
        true
    }

    fn find_lone(&self, ids: &[Id]) -> Option<(Id, Option<Attributes>)> {
        let mut found = None;
        let mut after = String::new();
        for id in ids {
            match &self.nodes.get(*id).kind {
                Kind::Text(text) if found.is_some() => after.push_str(text),
                Kind::Text(text) if text.trim().is_empty() => {}
                Kind::SoftBreak | Kind::HardBreak => after.push(' '),
                Kind::Picture { .. } | Kind::Drawing if found.is_none() => found = Some(*id),
                Kind::Element(element) if element.name == "img" && found.is_none() => found = Some(*id),
                // `<picture>` and `<span>` round the picture say nothing of it.
                Kind::Element(element) if found.is_none() && matches!(element.name.as_str(), "picture") => {
                    let inner: Vec<Id> = self.nodes.children(*id).collect();
                    found = Some(self.find_lone(&inner)?.0);
                }
                Kind::Element(element) if element.name == "br" || element.name == "source" => {}
                _other => return None,
            }
            if found.is_none() {
                after.clear();
            }
        }
        let found = found?;
        if after.trim().is_empty() {
            return Some((found, None));
        }
        let (attributes, length) = attribute::read(&after)?;
        after[length..].trim().is_empty().then_some((found, Some(attributes)))
    }

    /// `<figure>` with its `<figcaption>`.
    pub fn figure(&mut self, id: Id, attributes: Attributes, out: &mut Vec<Block>) {
        let ids: Vec<Id> = self.nodes.children(id).collect();
        let is_caption = |id: &Id| self.nodes.element(*id).is_some_and(|element| element.name == "figcaption");
        let captions: Vec<Id> = ids.iter().copied().filter(is_caption).collect();
        let rest: Vec<Id> = ids.iter().copied().filter(|id| !is_caption(id)).collect();
        let mut caption: Inlines = Vec::new();
        for id in captions {
            caption.extend(trimmed(self.inlines_of(id)));
        }
        let body = self.blocks_of(&rest);
        let caption = (!caption.is_empty()).then_some(caption);
        self.push_figure(body, caption, attributes, id, out);
    }

    fn push_figure(
        &mut self,
        mut body: Vec<Block>,
        caption: Option<Inlines>,
        attributes: Attributes,
        id: Id,
        out: &mut Vec<Block>,
    ) {
        let span = self.span(id);
        if let ([Block { kind: BlockKind::Table(table), attributes: of_table, .. }], Some(caption)) =
            (body.as_mut_slice(), &caption)
            && table.caption.is_none()
        {
            table.caption = Some(caption.clone());
            of_table.id = of_table.id.take().or(attributes.id);
            return out.extend(body);
        }
        if body.is_empty() && caption.is_none() {
            return;
        }
        out.push(Block { kind: BlockKind::Figure { body, caption }, attributes, span });
    }

    /// `<Listing number="1-2" file-name="src/main.rs" caption="Some *text*">` of rust-lang/book.
    pub fn listing(&mut self, id: Id, element: &Element, out: &mut Vec<Block>) {
        let span = self.span(id);
        let mut body = self.blocks(id);
        if let Some(file) = element.get("file-name") {
            let title = vec![Inline { kind: InlineKind::Text(file.to_owned()), span }];
            let first = body
                .iter_mut()
                .find_map(|block| if let BlockKind::Code(code) = &mut block.kind { Some(code) } else { None });
            match first {
                Some(CodeBlock { title: place, .. }) => *place = Some(title),
                None => {
                    body.insert(0, Block { kind: BlockKind::Paragraph(title), attributes: Attributes::default(), span })
                }
            }
        }
        let (number, caption) = (element.get("number"), element.get("caption").unwrap_or_default());
        let caption = match number {
            Some(number) if caption.trim().is_empty() => format!("Listing {number}"),
            Some(number) => format!("Listing {number}: {caption}"),
            None => caption.to_owned(),
        };
        if caption.trim().is_empty() {
            return out.extend(body);
        }
        let attributes = Attributes {
            id: number.map(|number| format!("listing-{number}")),
            classes: vec!["listing".to_owned()],
            ..Attributes::default()
        };
        let caption = self.phrase(&caption, span);
        self.push_figure(body, Some(caption), attributes, id, out);
    }
}
