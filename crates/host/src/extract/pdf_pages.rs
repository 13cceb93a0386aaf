//! Joins pages of a PDF document that use the same fonts into large ones.
//!
//! The parser reads every font anew for every page, and that is nearly all of its time: a book of 300 pages took it four
//! seconds. Producers name a font the same on all pages, so the content of many pages can stand on one. Must not lose the
//! order or the borders of pages; what does not fit together stays apart.

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// Bounds the memory that the parsed content of one page takes.
const PAGES_TOGETHER: usize = 32;
/// Deeper trees of pages are no real ones; a circle among parents ends here as well.
const DEPTH: usize = 64;
/// A font that no document has. A blank far below every page makes the parser see that lines of two pages are two lines.
const BREAK_FONT: &str = "PageBreakOfTheReader";
const BREAK: &str = "Q BT /PageBreakOfTheReader 1 Tf 1 0 0 1 0 -20000 Tm ( ) Tj ET q";

/// Gives the document a new list of pages, each with the content of several. `None`, and nothing changed, when it has no
/// page tree to replace. What it gives back undoes it.
pub(super) fn join(document: &mut Document) -> Option<Undo> {
    let catalog = document.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
    let before = document.get_dictionary(catalog).ok()?.get(b"Pages").ok()?.clone();
    let mut groups: Vec<Group> = Vec::new();
    for page in document.page_iter().collect::<Vec<_>>() {
        let page = Group::of_page(document, page);
        match groups.last_mut() {
            Some(group) if group.takes(&page, document) => group.add(page),
            _ => groups.push(page),
        }
    }
    let [open, between, close] =
        ["q", BREAK, "Q"].map(|content| document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec())));
    let kids: Vec<Object> =
        groups.into_iter().map(|group| group.into_page(document, open, between, close)).map(Object::Reference).collect();
    let count = i64::try_from(kids.len()).ok()?;
    let pages = document.add_object(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    document.get_object_mut(catalog).and_then(Object::as_dict_mut).ok()?.set("Pages", pages);
    Some(Undo { catalog, before })
}

/// The way back to the document's own pages.
pub(super) struct Undo {
    catalog: ObjectId,
    before: Object,
}

impl Undo {
    pub(super) fn undo(self, document: &mut Document) {
        if let Ok(catalog) = document.get_object_mut(self.catalog).and_then(Object::as_dict_mut) {
            catalog.set("Pages", self.before);
        }
    }
}

/// Pages that share what they name.
struct Group {
    media_box: Option<Object>,
    /// By category (`Font`, `XObject` …) what the names of the content stand for.
    resources: Vec<(Vec<u8>, Dictionary)>,
    contents: Vec<Vec<ObjectId>>,
}

impl Group {
    fn of_page(document: &Document, page: ObjectId) -> Self {
        let resolve = |object: &Object| document.dereference(object).map(|(_, object)| object.clone()).ok();
        let media_box = inherited(document, page, b"MediaBox").and_then(|object| resolve(&object));
        let resources = inherited(document, page, b"Resources").and_then(|object| resolve(&object));
        let categories = resources.as_ref().and_then(|object| object.as_dict().ok()).into_iter().flat_map(Dictionary::iter);
        let resources = categories
            .filter_map(|(name, object)| match resolve(object)? {
                Object::Dictionary(named) => Some((name.clone(), named)),
                _ => None,
            })
            .collect();
        Self { media_box, resources, contents: vec![document.get_page_contents(page)] }
    }

    fn named(&self, category: &[u8]) -> Option<&Dictionary> {
        self.resources.iter().find(|(name, _)| name == category).map(|(_, named)| named)
    }

    /// Whether every name that both use stands for the same thing in both.
    fn takes(&self, page: &Self, document: &Document) -> bool {
        self.contents.len() < PAGES_TOGETHER
            && self.media_box == page.media_box
            && page.resources.iter().all(|(category, named)| {
                self.named(category).is_none_or(|ours| {
                    named.iter().all(|(name, theirs)| {
                        ours.get(name)
                            .map_or(true, |own| own == theirs || (is_picture(document, own) && is_picture(document, theirs)))
                    })
                })
            })
    }

    fn add(&mut self, page: Self) {
        for (category, named) in page.resources {
            match self.resources.iter_mut().find(|(name, _)| *name == category) {
                Some((_, ours)) => {
                    for (name, object) in named {
                        ours.set(name, object);
                    }
                }
                None => self.resources.push((category, named)),
            }
        }
        self.contents.extend(page.contents);
    }

    fn into_page(mut self, document: &mut Document, open: ObjectId, between: ObjectId, close: ObjectId) -> ObjectId {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        let mut fonts = Dictionary::new();
        fonts.set(BREAK_FONT, font);
        self.add(Self { media_box: None, resources: vec![(b"Font".to_vec(), fonts)], contents: Vec::new() });
        let mut resources = Dictionary::new();
        for (category, named) in self.resources {
            resources.set(category, named);
        }
        let mut contents = vec![Object::Reference(open)];
        for page in self.contents {
            contents.extend(page.into_iter().map(Object::Reference));
            contents.push(Object::Reference(between));
        }
        contents.push(Object::Reference(close));
        // Without a parent and with a size in any case: the parser would look for one among the parents, without end if they
        // stand in a circle.
        let letter = || vec![0.into(), 0.into(), 612.into(), 792.into()].into();
        let page = dictionary! {
            "Type" => "Page",
            "MediaBox" => self.media_box.unwrap_or_else(letter),
            "Resources" => resources,
            "Contents" => contents,
        };
        document.add_object(page)
    }
}

/// Pictures have lost their content already, so one is as good as another.
fn is_picture(document: &Document, object: &Object) -> bool {
    let stream = document.dereference(object).and_then(|(_, object)| object.as_stream());
    stream.and_then(|stream| stream.dict.get(b"Subtype")).and_then(Object::as_name).is_ok_and(|name| name == b"Image")
}

/// What a page has itself or from the nodes above it.
fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..DEPTH {
        if let Ok(object) = node.get(key) {
            return Some(object.clone());
        }
        node = document.get_dictionary(node.get(b"Parent").and_then(Object::as_reference).ok()?).ok()?;
    }
    None
}
