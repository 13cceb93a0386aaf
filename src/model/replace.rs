//! Replacing a document: with what it is sent again, so that it is split as it was.

use loredesk_wire::{
    CreateDocumentByFile, DocForm, DocumentDetail, IndexingTechnique, ProcessMode, ProcessRule, Segment, UpdateDocumentByText,
};

use super::{
    document::{can_update, extension},
    process_rule::TOKENS,
};

/// Text between two chunks when a document's chunks are put together again.
const BETWEEN: &str = "\n\n";

/// The rule that the document was split by; the knowledge base's latest where its own is not known, automatic without either.
#[must_use]
pub fn rule(detail: &DocumentDetail) -> ProcessRule {
    let known = |rule: &&ProcessRule| rule.mode.is_known();
    let own = detail.document_process_rule.as_ref().filter(known);
    match own.or(detail.dataset_process_rule.as_ref().filter(known)) {
        // A server answers its own rules with an automatic mode, but wants none sent.
        Some(rule) if rule.mode != ProcessMode::Automatic && can_be_indexed(rule) => rule.clone(),
        _ => ProcessRule { mode: ProcessMode::Automatic, rules: None },
    }
}

/// A length outside what servers index is accepted, and fails later: it would fail again.
fn can_be_indexed(rule: &ProcessRule) -> bool {
    let segmentation = rule.rules.as_ref().and_then(|rules| rules.segmentation.as_ref());
    segmentation.is_none_or(|segmentation| TOKENS.contains(&segmentation.max_tokens))
}

fn form(detail: &DocumentDetail) -> Option<DocForm> {
    Some(detail.doc_form.clone()).filter(DocForm::is_known)
}

/// What is sent with the new file.
#[must_use]
pub fn by_file(detail: &DocumentDetail, technique: IndexingTechnique) -> CreateDocumentByFile {
    CreateDocumentByFile {
        indexing_technique: Some(technique),
        doc_form: form(detail),
        doc_language: detail.doc_language.clone(),
        process_rule: Some(rule(detail)),
        ..CreateDocumentByFile::default()
    }
}

/// What is sent with the new text. The name goes with it, because servers refuse a text without one.
#[must_use]
pub fn by_text(detail: &DocumentDetail, text: String) -> UpdateDocumentByText {
    UpdateDocumentByText {
        name: Some(detail.name.clone()),
        text: Some(text),
        process_rule: Some(rule(detail)),
        doc_form: form(detail),
        doc_language: detail.doc_language.clone(),
    }
}

/// Why a file cannot take the document's place although it is a good file: servers update available documents only, another
/// one is replaced by sending a file under its name, and that must not say another type than the file has. Gives the type.
#[must_use]
pub fn wanted_extension(detail: &DocumentDetail, file_name: &str) -> Option<String> {
    let wanted = extension(&detail.name);
    (!can_update(&detail.display_status) && wanted != extension(file_name)).then_some(wanted)
}

/// The text of a document, from its chunks in their order.
#[must_use]
pub fn joined(chunks: &[Segment]) -> String {
    let texts: Vec<&str> = chunks.iter().map(|chunk| chunk.content.as_str()).collect();
    texts.join(BETWEEN)
}

/// The same to be kept as a file: with the answers, where chunks are questions.
#[must_use]
pub fn whole_text(chunks: &[Segment]) -> String {
    let text = |chunk: &Segment| match chunk.answer.as_deref().filter(|answer| !answer.is_empty()) {
        Some(answer) => format!("{}\n{answer}", chunk.content),
        None => chunk.content.clone(),
    };
    let mut text = chunks.iter().map(text).collect::<Vec<_>>().join(BETWEEN);
    text.push('\n');
    text
}

/// The name under which that text is kept: what it is, not what the original was.
#[must_use]
pub fn text_name(name: &str) -> String {
    if extension(name) == "txt" { name.to_owned() } else { format!("{name}.txt") }
}

#[cfg(test)]
mod tests {
    use loredesk_wire::{DisplayStatus, Rules, Segmentation};

    use super::*;

    fn with(mode: ProcessMode) -> Option<ProcessRule> {
        Some(ProcessRule { mode, rules: Some(Rules::default()) })
    }

    #[test]
    fn what_is_kept_as_a_file_has_the_answers_and_says_that_it_is_text() {
        let chunk = |content: &str, answer: Option<&str>| Segment {
            content: content.to_owned(),
            answer: answer.map(str::to_owned),
            ..Segment::default()
        };
        let text = whole_text(&[chunk("Which seal?", Some("A new one.")), chunk("Plain.", None), chunk("Empty.", Some(""))]);
        assert_eq!(text, "Which seal?\nA new one.\n\nPlain.\n\nEmpty.\n");
        assert_eq!(text_name("manual.pdf"), "manual.pdf.txt");
        assert_eq!(text_name("notes.TXT"), "notes.TXT");
    }

    #[test]
    fn a_document_is_split_as_it_was() {
        let own = DocumentDetail {
            document_process_rule: with(ProcessMode::Custom),
            dataset_process_rule: with(ProcessMode::Automatic),
            ..DocumentDetail::default()
        };
        assert_eq!(Some(rule(&own)), with(ProcessMode::Custom));
        let segmentation = Segmentation { max_tokens: 10, ..Segmentation::default() };
        let rules = Some(Rules { segmentation: Some(segmentation), ..Rules::default() });
        let failing = DocumentDetail {
            document_process_rule: Some(ProcessRule { mode: ProcessMode::Custom, rules }),
            ..DocumentDetail::default()
        };
        assert_eq!(rule(&failing).mode, ProcessMode::Automatic);
        let unknown = DocumentDetail { document_process_rule: Some(ProcessRule::default()), ..own };
        assert_eq!(rule(&unknown), ProcessRule { mode: ProcessMode::Automatic, rules: None });
    }

    #[test]
    fn a_failed_document_keeps_its_type() {
        let failed =
            DocumentDetail { name: "a.pdf".to_owned(), display_status: DisplayStatus::Error, ..DocumentDetail::default() };
        assert_eq!(wanted_extension(&failed, "b.txt"), Some("pdf".to_owned()));
        assert_eq!(wanted_extension(&failed, "b.PDF"), None);
        let available = DocumentDetail { display_status: DisplayStatus::Available, ..failed };
        assert_eq!(wanted_extension(&available, "b.txt"), None);
    }
}
