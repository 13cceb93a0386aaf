//! Makes PDF documents, good and odd.

use pdf_extract::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, ObjectId, Permissions, Stream, StringFormat, dictionary,
};

/// A document under construction: a catalog and pages that share one font.
pub struct Pdf {
    pub document: Document,
    pub pages: ObjectId,
    pub kids: Vec<Object>,
    pub fonts: Dictionary,
}

impl Pdf {
    pub fn new() -> Self {
        let mut document = Document::with_version("1.5");
        let pages = document.new_object_id();
        let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        Self { document, pages, kids: Vec::new(), fonts: dictionary! { "F1" => font } }
    }

    /// Adds a page with this content and these XObjects.
    pub fn page(&mut self, content: Stream, objects: Dictionary) -> ObjectId {
        let content = self.document.add_object(content);
        let page = self.document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => self.pages,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Contents" => content,
            "Resources" => dictionary! { "Font" => self.fonts.clone(), "XObject" => objects },
        });
        self.kids.push(page.into());
        page
    }

    /// Adds a page with one line of text at a height.
    pub fn line(&mut self, text: &str, height: i32) {
        let content = format!("BT /F1 12 Tf 72 {height} Td ({text}) Tj ET");
        self.page(Stream::new(Dictionary::new(), content.into_bytes()), Dictionary::new());
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.close();
        self.save()
    }

    /// Locks it with a password.
    pub fn finish_locked(mut self, password: &str) -> Vec<u8> {
        self.close();
        let id = Object::String(vec![7; 16], StringFormat::Hexadecimal);
        self.document.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: &self.document,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        self.document.encrypt(&state).unwrap();
        self.save()
    }

    fn close(&mut self) {
        let count = self.kids.len() as i64;
        let pages = dictionary! { "Type" => "Pages", "Kids" => std::mem::take(&mut self.kids), "Count" => count };
        self.document.objects.insert(self.pages, pages.into());
    }

    fn save(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).unwrap();
        bytes
    }
}
