"""schemathesis against the host, on the contract: no 5xx, only documented statuses and shapes, wrong data refused.

Knows how to make a generated request reach the operation (real ids, real files); what is let through all the same is in
exceptions.py and nowhere else.
"""

import collections
import json
import pathlib
import uuid

import schemathesis
from schemathesis.engine import Status, events, from_schema

import exceptions
from host import MODEL
from living import FORMS, places

FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"

CASES = 12
"""Generated cases for each operation and kind of data, besides the contract's examples and the cases at every bound."""

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
)

SPOILT_BY = {
    "dataset_id": ("updateDataset", "deleteDataset"),
    "document_id": (
        "updateDocument",
        "updateDocumentByText",
        "updateDocumentByFile",
        "deleteDocument",
        "batchUpdateDocumentStatus",
        "createDocumentFromText",
        "createDocumentFromFile",
    ),
    "segment_id": ("updateSegment", "deleteSegment"),
    "child_chunk_id": ("deleteChildChunk",),
    "metadata_id": ("deleteMetadataField", "updateMetadataField"),
    "tag_id": ("deleteKnowledgeTag", "updateKnowledgeTag"),
    "reference": ("runPipeline",),
}
"""Operations after which a thing is no longer what the others need."""

CONFIG = {
    "seed": 20260101,
    # What an earlier run learned would change what this one sends.
    "cache": {"enabled": False},
    "continue-on-failure": True,
    "checks": {"enabled": False, **{name: {"enabled": True} for name in CHECKS}},
    "generation": {"max-examples": CASES, "deterministic": True, "with-security-parameters": False, "database": "none", "no-shrink": True},
    # Nothing that is generated may depend on answers, which hold new ids each time: the same requests in every run.
    "phases": {
        "stateful": {"enabled": False},
        "examples": {"extra-data-sources": {"responses": False}},
        "coverage": {"extra-data-sources": {"responses": False}},
        "fuzzing": {"extra-data-sources": {"responses": False}, "error-feedback": {"enabled": False}},
    },
    "output": {"sanitization": {"enabled": False}},
    "warnings": False,
    "suppress-health-check": ["all"],
}


def operation_id(operation):
    return operation.definition.raw["operationId"]


def is_uuid(value):
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


class Reach:
    """Puts living things into generated requests, and counts the answers."""

    def __init__(self, base):
        self.places = places(base)
        self.answers = collections.defaultdict(collections.Counter)

    def place(self, name):
        if "ipeline" in name or "Datasource" in name:
            return self.places["pipeline"]
        if name == "retrieveSegments":
            return self.places["meaning"]
        return self.places["hierarchical" if "ChildChunk" in name else "text"]

    def before_call(self, case, kwargs):
        name = operation_id(case.operation)
        place = self.place(name)
        parts = {part.value: info.mode.is_positive for part, info in case.meta.components.items()} if case.meta else {}
        # What comes from the contract's examples is right, and is not told in parts.
        parts.setdefault("body", case.meta is None or case.meta.phase.name == "examples")
        for key, value in case.path_parameters.items():
            # A value that is no id on purpose stays as it is.
            if is_uuid(value) or (key in ("batch", "node_id") and parts.get("path")):
                case.path_parameters[key] = place.get(key)
        if not parts["body"] or not isinstance(case.body, dict):
            return
        if case.media_type == "multipart/form-data":
            kwargs["files"] = self.files(name, case.body)
        else:
            self.fill(place, name, case.body)

    @staticmethod
    def files(name, body):
        files = []
        if "file" in body or name != "updateDocument" and name != "updateDocumentByFile":
            content = body.get("file", b"")
            files.append(("file", ("stones.txt", content if isinstance(content, bytes) else bytes(content.data), "text/plain")))
        if name != "uploadPipelineFile":
            data = {"indexing_technique": "economy", **FORMS["text"]}
            files.append(("data", (None, json.dumps(data))))
        return files

    def fill(self, place, name, body):
        """Replaces what the contract only calls a text, and what has to be an id of something."""
        for key in ("tag_id", "target_id"):
            if body.get(key) is not None:
                body[key] = place.get("dataset_id" if key == "target_id" else key)
        if body.get("tag_ids") is not None:
            body["tag_ids"] = [place.get("tag_id") for _ in body["tag_ids"]]
        if "document_ids" in body:
            body["document_ids"] = [place.get("document_id") for _ in body["document_ids"]]
        if body.get("embedding_model") is not None or body.get("indexing_technique") == "high_quality":
            body |= {"embedding_model": MODEL, "embedding_model_provider": place.get("provider")}
        if name == "unbindTagFromDataset" and not body.get("tag_ids") and not body.get("tag_id"):
            body["tag_ids"] = [place.get("tag_id")]
        for change in body.get("operation_data") or ():
            change["document_id"] = place.get("document_id")
            for value in change["metadata_list"]:
                value |= {"id": place.get("metadata_id"), "name": place.get("metadata_name")}
        if body.get("original_document_id") is not None:
            body["original_document_id"] = place.get("document_id")
        if name == "runPipeline":
            files = [{"reference": place.get("reference"), "name": "stones.txt"}]
            body |= {"start_node_id": place.get("node_id"), "datasource_type": "local_file", "datasource_info_list": files, "inputs": {}}
        if name == "runDatasourceNode":
            body["datasource_type"] = "local_file"

    def after_call(self, case, response):
        name = operation_id(case.operation)
        self.answers[name][response.status_code] += 1
        if response.status_code >= 300:
            return
        for thing, spoilers in SPOILT_BY.items():
            if name in spoilers:
                self.place(name).forget(thing)


def hook(reach, let_through):
    """Tells schemathesis, which takes functions only."""

    @schemathesis.hook
    def before_call(context, case, kwargs):
        reach.before_call(case, kwargs)

    @schemathesis.hook
    def after_call(context, case, response):
        reach.after_call(case, response)

    @schemathesis.hook
    def filter_failure(context, failure, case, response):
        return not let_through.takes(failure, case, response)


def run(origin):
    """Runs schemathesis; gives the failures as texts, and one line that sums up."""
    document = json.loads((FIXTURES / "dify-openapi.json").read_text())
    exceptions.amend(document, (FIXTURES / "dify-wire.jsonl").read_text())
    config = schemathesis.Config.from_dict({**CONFIG, "base-url": f"{origin}/v1"})
    schema = schemathesis.openapi.from_dict(document, config=config)
    reach, let_through = Reach(f"{origin}/v1"), exceptions.LetThrough()
    hook(reach, let_through)
    names = [operation_id(result.ok()) for result in schema.get_all_operations()]
    failures, cases = {}, 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            failures[str(event.info.message)] = f"schemathesis, {event.label}: {event.info.message}"
        elif isinstance(event, events.ScenarioFinished):
            cases += len(event.recorder.interactions)
            failures |= failed(event.recorder)
    found = list(failures.values())
    for name in names:
        if not any(status < 300 for status in reach.answers[name]) and name not in exceptions.NEVER_SUCCEEDS:
            found.append(f"schemathesis: {name} never succeeded: {dict(reach.answers[name])}")
    found += [f"schemathesis: {trouble}" for place in reach.places.values() for trouble in sorted(place.trouble)]
    reached = sum(any(status < 300 for status in reach.answers[name]) for name in names)
    return found, f"schemathesis: {cases} requests, {reached} of {len(names)} operations reached, {let_through.summary}"


def failed(recorder):
    """The failed checks of one operation, one for each kind of failure."""
    found = {}
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.status is not Status.FAILURE:
                continue
            failure, interaction = check.failure_info.failure, recorder.interactions.get(case_id)
            key = (recorder.label, type(failure).__name__, failure.message[:120])
            answer = ""
            if interaction and interaction.response:
                answer = f"\n    answered {interaction.response.status_code}: {interaction.response.text[:400]}"
            found.setdefault(
                key, f"schemathesis, {recorder.label}, {check.name}: {failure.message}{answer}\n    {check.failure_info.code_sample[:900]}"
            )
    return found
