//! Input variables of a data source node, in the pipeline's own schema: what is asked for, what is wrong with an answer, and how
//! the answers are sent.

use std::collections::HashMap;

use loredesk_wire::DatasourceNode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What kind of answer a variable wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariableKind {
    /// One line.
    Line,
    /// Several lines.
    Paragraph,
    /// A number.
    Number,
    /// One of the options.
    Select(Vec<String>),
    /// Yes or no.
    Checkbox,
    /// Files; true for more than one.
    Files(bool),
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name that it is sent under.
    pub name: String,
    /// The name that people see.
    pub label: String,
    /// What answer it wants.
    pub kind: VariableKind,
    /// Whether a run needs it.
    pub is_required: bool,
    /// The answer to begin with.
    pub default: String,
    /// Most characters, or files.
    pub most: Option<usize>,
    /// What belongs in, in the words of whoever built the pipeline.
    pub hint: String,
    /// Unit of a number.
    pub unit: String,
    /// Extensions of its files, lower case, without the dot; empty for all.
    pub extensions: Vec<String>,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableProblem {
    /// It is needed and there is none.
    Missing,
    /// More characters than it takes.
    TooLong(usize),
    /// More files than it takes.
    TooMany(usize),
    /// It wants a number.
    NoNumber,
    /// It is none of the options.
    NoOption,
}

/// A file that the server has, for a run to take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadedFile {
    /// The server's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The variable that it is for; without one it becomes a document.
    pub variable: Option<String>,
}

/// The variables of a node, each name once; what has no name cannot be sent.
#[must_use]
pub fn variables(node: &DatasourceNode) -> Vec<Variable> {
    let mut all: Vec<Variable> = Vec::new();
    for variable in node.user_input_variables.iter().filter_map(Variable::of) {
        if all.iter().all(|known| known.name != variable.name) {
            all.push(variable);
        }
    }
    all
}

impl Variable {
    fn of(value: &Value) -> Option<Self> {
        let text = |key: &str| value[key].as_str().unwrap_or_default().trim().to_owned();
        let list = |key: &str| value[key].as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(plain).collect();
        let name = Some(text("variable")).filter(|name| !name.is_empty())?;
        let kind = match value["type"].as_str().unwrap_or_default() {
            "paragraph" => VariableKind::Paragraph,
            "number" => VariableKind::Number,
            "select" => VariableKind::Select(list("options")),
            "checkbox" => VariableKind::Checkbox,
            "file" => VariableKind::Files(false),
            "file-list" => VariableKind::Files(true),
            // Also what a newer server may think of: a text can say most things.
            _ => VariableKind::Line,
        };
        let default = ["default_value", "default"].iter().find_map(|key| plain(&value[*key])).unwrap_or_default();
        let most = value["max_length"].as_u64().filter(|most| *most > 0).and_then(|most| usize::try_from(most).ok());
        let hint = ["tooltips", "description", "placeholder"].map(text).into_iter().find(|text| !text.is_empty());
        let extensions: Vec<String> = list("allowed_file_extensions");
        Some(Self {
            label: Some(text("label")).filter(|label| !label.is_empty()).unwrap_or_else(|| name.clone()),
            name,
            kind,
            is_required: value["required"] == Value::Bool(true),
            default,
            most,
            hint: hint.unwrap_or_default(),
            unit: text("unit"),
            extensions: extensions.iter().map(|one| one.trim_start_matches('.').to_lowercase()).collect(),
        })
    }

    /// Most files that it takes.
    #[must_use]
    pub fn most_files(&self) -> usize {
        if self.kind == VariableKind::Files(true) { self.most.unwrap_or(usize::MAX) } else { 1 }
    }

    /// What is wrong with an answer; `files` are those that were uploaded for it.
    #[must_use]
    pub fn problem(&self, answer: &str, files: usize) -> Option<VariableProblem> {
        let answer = answer.trim();
        match &self.kind {
            VariableKind::Files(_) if files == 0 => self.is_required.then_some(VariableProblem::Missing),
            VariableKind::Files(_) if files > self.most_files() => Some(VariableProblem::TooMany(self.most_files())),
            // Not ticked is an answer, too.
            VariableKind::Files(_) | VariableKind::Checkbox => None,
            _ if answer.is_empty() => self.is_required.then_some(VariableProblem::Missing),
            VariableKind::Number => number(answer).is_none().then_some(VariableProblem::NoNumber),
            VariableKind::Select(options) => options.iter().all(|option| option != answer).then_some(VariableProblem::NoOption),
            VariableKind::Line | VariableKind::Paragraph => {
                let most = self.most.unwrap_or(usize::MAX);
                (answer.chars().count() > most).then_some(VariableProblem::TooLong(most))
            }
        }
    }

    /// The answer as it is sent; an empty one is left out.
    fn value(&self, answer: &str, files: &[&UploadedFile]) -> Option<Value> {
        let given = |file: &&UploadedFile| {
            let kind = if is_picture(&file.name) { "image" } else { "document" };
            json!({ "type": kind, "transfer_method": "local_file", "upload_file_id": file.id })
        };
        match &self.kind {
            VariableKind::Files(false) => files.first().map(given),
            VariableKind::Files(true) => (!files.is_empty()).then(|| files.iter().map(given).collect()),
            VariableKind::Checkbox => Some(Value::Bool(answer == "true")),
            _ if answer.trim().is_empty() => None,
            VariableKind::Number => number(answer.trim()),
            VariableKind::Select(_) => Some(Value::from(answer)),
            VariableKind::Line | VariableKind::Paragraph => Some(Value::from(answer.trim())),
        }
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// A number as it was typed: a whole one stays one.
fn number(text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().ok().map(Value::from);
    whole.or_else(|| text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from))
}

fn is_picture(name: &str) -> bool {
    let extension = super::super::document::extension(name);
    ["png", "jpg", "jpeg", "gif", "webp", "svg"].contains(&extension.as_str())
}

/// Why further inputs cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoreProblem {
    /// Not JSON; the line.
    Line(usize),
    /// JSON, but no object.
    NoObject,
}

/// Inputs besides the listed ones, typed as a JSON object.
///
/// # Errors
/// What is wrong with the text.
pub fn more_inputs(text: &str) -> Result<Map<String, Value>, MoreProblem> {
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(more)) => Ok(more),
        Ok(_) => Err(MoreProblem::NoObject),
        Err(error) => Err(MoreProblem::Line(error.line())),
    }
}

/// The inputs of a run: the answers by name, and what else there is. A listed variable wins over one of the same name.
#[must_use]
pub fn inputs(
    variables: &[Variable],
    answers: &HashMap<String, String>,
    files: &[UploadedFile],
    mut more: Map<String, Value>,
) -> Value {
    for variable in variables {
        let own: Vec<&UploadedFile> =
            files.iter().filter(|file| file.variable.as_deref() == Some(variable.name.as_str())).collect();
        let answer = answers.get(&variable.name).map_or(variable.default.as_str(), String::as_str);
        if let Some(value) = variable.value(answer, &own) {
            more.insert(variable.name.clone(), value);
        }
    }
    Value::Object(more)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn node(variables: Value) -> DatasourceNode {
        DatasourceNode { user_input_variables: variables.as_array().unwrap().clone(), ..DatasourceNode::default() }
    }

    /// As whoever builds a pipeline can define them.
    fn all() -> Vec<Variable> {
        variables(&node(json!([
            { "variable": "url", "label": "Start page", "type": "text-input", "required": true, "max_length": 20, "tooltips": "Where to begin." },
            { "variable": "limit", "label": "Pages", "type": "number", "default_value": 10, "unit": "pages" },
            { "variable": "depth", "type": "select", "options": ["1", "2"], "required": true },
            { "variable": "sub", "label": "With pages below", "type": "checkbox", "default_value": true },
            { "variable": "list", "label": "Addresses", "type": "file-list", "max_length": 2, "allowed_file_extensions": [".CSV"] },
            { "variable": "note", "label": "Note", "type": "paragraph" },
            { "variable": "url", "label": "Again", "type": "text-input" },
            { "label": "Nameless", "type": "text-input" },
        ])))
    }

    #[test]
    fn a_definition_is_read_whatever_it_leaves_out() {
        let all = all();
        assert_eq!(all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["url", "limit", "depth", "sub", "list", "note"]);
        assert_eq!((all[0].label.as_str(), all[0].hint.as_str(), all[0].most), ("Start page", "Where to begin.", Some(20)));
        assert_eq!((all[1].default.as_str(), all[1].unit.as_str()), ("10", "pages"));
        assert_eq!((all[2].label.as_str(), &all[2].kind), ("depth", &VariableKind::Select(vec!["1".to_owned(), "2".to_owned()])));
        assert_eq!(all[3].default, "true");
        assert_eq!((all[4].extensions.clone(), all[4].most_files()), (vec!["csv".to_owned()], 2));
        let strange =
            variables(&node(json!([null, 5, { "variable": "x", "type": "hologram", "max_length": 0, "options": "no" }])));
        assert_eq!((strange.len(), &strange[0].kind, strange[0].most), (1, &VariableKind::Line, None));
    }

    #[test]
    fn an_answer_is_checked_before_it_is_sent() {
        let all = all();
        let problem = |at: usize, answer: &str, files| all[at].problem(answer, files);
        assert_eq!(problem(0, "  ", 0), Some(VariableProblem::Missing));
        assert_eq!(problem(0, "https://example.org/much/too/long", 0), Some(VariableProblem::TooLong(20)));
        assert_eq!(problem(0, "https://a.example", 0), None);
        assert_eq!(problem(1, "ten", 0), Some(VariableProblem::NoNumber));
        assert_eq!([problem(1, "", 0), problem(1, "-2.5", 0)], [None, None]);
        assert_eq!(problem(2, "3", 0), Some(VariableProblem::NoOption));
        assert_eq!(problem(4, "", 3), Some(VariableProblem::TooMany(2)));
        assert_eq!([problem(3, "", 0), problem(4, "", 0), problem(5, "", 0)], [None, None, None]);
    }

    #[test]
    fn answers_are_sent_in_the_type_that_they_mean() {
        let all = all();
        let answers = [("url", " https://a.example "), ("limit", "5"), ("depth", "2"), ("sub", "false"), ("note", " ")];
        let answers = answers.map(|(name, answer)| (name.to_owned(), answer.to_owned())).into();
        let file = |id: &str, name: &str, variable: Option<&str>| UploadedFile {
            id: id.to_owned(),
            name: name.to_owned(),
            size: 1,
            variable: variable.map(str::to_owned),
        };
        let files = [file("1", "a.csv", Some("list")), file("2", "b.txt", None)];
        let more = more_inputs(r#"{"url": "loses", "language": "en"}"#).unwrap();
        assert_eq!(
            inputs(&all, &answers, &files, more),
            json!({ "url": "https://a.example", "limit": 5, "depth": "2", "sub": false, "language": "en",
                "list": [{ "type": "document", "transfer_method": "local_file", "upload_file_id": "1" }] })
        );
        // What nobody has touched is sent as it began.
        let untouched = inputs(&all[1..2], &HashMap::new(), &[], Map::new());
        assert_eq!(untouched, json!({ "limit": 10 }));
    }

    #[test]
    fn further_inputs_are_an_object() {
        assert_eq!(more_inputs(" "), Ok(Map::new()));
        assert_eq!(more_inputs("[1]"), Err(MoreProblem::NoObject));
        assert_eq!(more_inputs("{\n\"a\": }"), Err(MoreProblem::Line(2)));
    }
}
