"""Everything in which host, contract and clients do not agree, each with its reason. Nothing else may be let through.

A real server is one of Dify 1.12.1, of which tests/fixtures/dify-wire.jsonl holds the answers.
"""

import dataclasses
import json

CLIENT_OUTSIDE_THE_CONTRACT = {
    "documents.get_upload_file": "the contract has no GET …/upload-file; the host answers 404",
    "tags.get_dataset_tags": "posts to /datasets/{dataset_id}/tags, where the contract has GET; the host answers 405",
}
"""Methods of dify-dataset-sdk that ask for what the contract does not have; they are called, and refused in order."""

NEVER_SUCCEEDS = {}
"""Operations that cannot succeed here, with the reason."""

FURTHER_STATUSES = {
    "listDatasets": (400, "a page that is no number is refused, as by a real server"),
    "listDocuments": (400, "a page that is no number is refused, as by a real server"),
    "getChildChunks": (400, "a page below 1 is refused, as by a real server"),
    "getAvailableModels": (400, "a kind of model that does not exist is refused, as by a real server"),
}
"""Statuses that the contract does not have for an operation."""

NULLABLE = {
    "components/schemas/Document/properties/doc_metadata/items/properties/value": "a value that was set to null; recorded of one document only",
}
"""Fields of answers that may be null though no recording has them so: pointers into the contract."""


def amend(document, recordings):
    """Writes what every server does into the contract, where it is silent or wrong."""
    for operation in _operations(document):
        body = operation.get("requestBody", {}).get("content", {})
        if "application/json" in body:
            # A body that is no JSON is refused with 400, one of another type with 415, as by a real server; the contract
            # does not always say so.
            _further(operation, 400)
            _further(operation, 415)
            # null is what many clients send for a field that they leave out, and real servers take it so.
            _optional_is_nullable(document, body["application/json"]["schema"])
        for answer in operation["responses"].values():
            # The contract calls a stream of events a text; schemathesis reads each event as an object.
            answer.get("content", {}).get("text/event-stream", {}).pop("schema", None)
        status, _ = FURTHER_STATUSES.get(operation["operationId"], (None, None))
        if status:
            _further(operation, status)
    for pointer in NULLABLE:
        _at(document, pointer)["nullable"] = True
    # What a real server was seen to answer must be understood by every client, whatever the contract says: above all
    # null in fields that are declared without it, and numbers as values of metadata.
    for line in recordings.splitlines():
        exchange = json.loads(line)
        answer = exchange["response"].get("json")
        if answer is not None and 200 <= exchange["response"]["status"] < 300:
            for schema in _answer_schemas(document, exchange):
                _admit(document, schema, answer)


def _operations(document):
    for item in document["paths"].values():
        yield from (operation for method, operation in item.items() if method != "parameters")


def _further(operation, status):
    operation["responses"].setdefault(str(status), {"description": "see exceptions.py", "content": {"application/json": {}}})


def _at(document, pointer):
    for key in pointer.split("/"):
        document = document[key]
    return document


def _resolved(document, schema):
    return _at(document, schema["$ref"][2:]) if "$ref" in schema else schema


def _optional_is_nullable(document, schema):
    schema = _resolved(document, schema)
    for name, field in schema.get("properties", {}).items():
        if name not in schema.get("required", ()):
            _resolved(document, field)["nullable"] = True
            if "enum" in field and None not in field["enum"]:
                field["enum"].append(None)
        _optional_is_nullable(document, field)
    if "items" in schema:
        _optional_is_nullable(document, schema["items"])


def _answer_schemas(document, exchange):
    """The schemas of the operation that a recording belongs to; of several paths that fit, the one with most plain words."""
    asked = exchange["request"]["path"].removeprefix("/v1").split("/")
    method, best = exchange["request"]["method"].lower(), None
    for path, item in document["paths"].items():
        words = path.split("/")
        plain = sum(word == real for word, real in zip(words, asked))
        fits = len(words) == len(asked) and all(word == real or word[:1] == "{" for word, real in zip(words, asked))
        if fits and method in item and (best is None or plain > best[0]):
            best = (plain, item[method])
    if best:
        for status, answer in best[1]["responses"].items():
            if status.startswith("2"):
                yield answer.get("content", {}).get("application/json", {}).get("schema", {})


_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def _admit(document, schema, value):
    schema = _resolved(document, schema)
    if value is None:
        schema["nullable"] = True
    elif isinstance(value, list):
        for item in value:
            _admit(document, schema.get("items", {}), item)
    elif isinstance(value, dict):
        for name, field in schema.get("properties", {}).items():
            if name in value:
                _admit(document, field, value[name])
    else:
        declared, seen = schema.get("type"), _TYPES[type(value)]
        if declared in _TYPES.values() and declared != seen and (declared, seen) != ("number", "integer"):
            schema.pop("type")
            schema["anyOf"] = [{"type": declared}, {"type": seen}]


@dataclasses.dataclass
class Tolerated:
    """Failures of one check that are no failures of the host."""

    check: str
    operations: tuple
    why: str
    answer: str = ""
    parameter: str = ""
    used: int = 0

    def fits(self, failure, case, response):
        if self.check not in failure.checks or case.operation.definition.raw["operationId"] not in self.operations:
            return False
        data = case.meta.phase.data if case.meta else None
        wrong = {getattr(data, "parameter", None), *(mutation.parameter for mutation in getattr(data, "mutations", ()))}
        return self.answer in response.text and (not self.parameter or self.parameter in wrong)


NEEDS_MORE = "positive_data_acceptance"
TOLERATES = "negative_data_rejection"

NAMED = ("createKnowledgeTag", "updateKnowledgeTag", "createMetadataField", "updateMetadataField", "updateDataset")
RETRIEVES = ("createDataset", "updateDataset", "createDocumentFromText", "updateDocumentByText", "retrieveSegments")

LISTS = ("listDatasets", "listDocuments", "listSegments", "getChildChunks")

LET_THROUGH = (
    Tolerated(NEEDS_MORE, ("createDocumentFromText", "updateDocumentByText"), "a document has to have a name", answer="name\\n  must have at least 1"),
    Tolerated(NEEDS_MORE, ("createMetadataField", "updateMetadataField"), "a field has to have a name", answer="name cannot be empty"),
    Tolerated(NEEDS_MORE, ("batchUpdateDocumentMetadata",), "a value is a text, a number or null, as the contract says in words", answer=".value\\n"),
    Tolerated(NEEDS_MORE, NAMED, "the run itself has given that name already", answer="name already exists"),
    Tolerated(NEEDS_MORE, ("retrieveSegments",), "a question has to have words, as on a real server", answer="query\\n  must have at least 1"),
    Tolerated(NEEDS_MORE, RETRIEVES, "no search gives fewer than no results", answer="top_k\\n"),
    Tolerated(NEEDS_MORE, RETRIEVES, "a score is from 0 to 1", answer="score_threshold\\n"),
    Tolerated(NEEDS_MORE, ("createDataset", "updateDataset"), "only an external knowledge base is elsewhere", answer="with the provider external"),
    Tolerated(NEEDS_MORE, ("createDataset", "updateDataset"), "a member has an id", answer="user_id\\n"),
    Tolerated(NEEDS_MORE, ("updateDocumentByText",), "a rule has to say how long a chunk is", answer="max_tokens\\n"),
    Tolerated(NEEDS_MORE, ("updateDocumentByText",), "a rule of one's own has to say how chunks are cut", answer="segmentation is required"),
    Tolerated(NEEDS_MORE, ("createDocumentFromText", "updateDocumentByText"), "a mode and its rule belong together", answer="is only for documents of"),
    Tolerated(NEEDS_MORE, LISTS, "no page has a number beyond 64 bits", answer="must be a whole number"),
    Tolerated(NEEDS_MORE, ("updateDocumentByText",), "a rule of one's own has to be given", answer="rules is required"),
    Tolerated(NEEDS_MORE, ("createDocumentFromText", "updateDocumentByText"), "the mode is the knowledge base's, as on a real server", answer="different from the dataset doc_form"),
    Tolerated(NEEDS_MORE, ("updateDocumentByText",), "a text has a name, as the contract says in words", answer="name is required when text"),
    Tolerated(NEEDS_MORE, ("updateDocumentByText",), "something has to change, as on a real server", answer="Data source or Process rule is required"),
    Tolerated(NEEDS_MORE, ("updateSegment",), "a chunk is changed or disabled, not both, as on a real server", answer="Can't update disabled segment"),
    Tolerated(TOLERATES, ("listDatasets", "listDocuments"), "an empty page counts as left out, as on a real server", parameter="page"),
    Tolerated(TOLERATES, ("getDocumentDetail",), "an empty choice counts as left out", parameter="metadata"),
    Tolerated(TOLERATES, ("listDatasets",), "include_all changes nothing where there is one person", parameter="include_all"),
    Tolerated(TOLERATES, ("listDocuments",), "an unknown status is ignored, as by a real server", parameter="status"),
    Tolerated(TOLERATES, ("listSegments",), "a page below 1 is the first, as on a real server", parameter="page"),
    Tolerated(TOLERATES, ("listSegments",), "a limit below 1 is 20, as on a real server", parameter="limit"),
)


class LetThrough:
    """Counts what the exceptions let through."""

    def takes(self, failure, case, response):
        """Is there an exception for this failure?"""
        for exception in LET_THROUGH:
            if exception.fits(failure, case, response):
                exception.used += 1
                return True
        return False

    @property
    def summary(self):
        """What was let through, in words."""
        unused = sum(not exception.used for exception in LET_THROUGH)
        return f"{sum(exception.used for exception in LET_THROUGH)} failures let through by {len(LET_THROUGH)} exceptions" + (f", {unused} of which nothing needed" if unused else "")
