"""Things that are really there: knowledge bases, documents, chunks and the rest, made when an operation needs their id.

A run deletes and changes what it is given, so a thing that was spoilt is forgotten and the next operation gets a new one.
"""

import itertools
import time

import requests

from host import MODEL

PATIENCE = 30
"""Seconds for one document to be indexed."""

UNKNOWN = "00000000-0000-4000-8000-000000000000"
"""What stands in when a thing could not be made; the operation then never succeeds, which fails the run."""

TEXT = "Basalt is dark. Basalt is volcanic.\n\nGranite is light. Granite is deep."

_SEGMENTATION = {"separator": "\n\n", "max_tokens": 500, "chunk_overlap": 0}
_RULES = {"pre_processing_rules": [], "segmentation": _SEGMENTATION}
_CHILDREN = {"parent_mode": "paragraph", "subchunk_segmentation": {"separator": ". ", "max_tokens": 100, "chunk_overlap": 0}}

FORMS = {
    "text": {"doc_form": "text_model", "process_rule": {"mode": "custom", "rules": _RULES}},
    "hierarchical": {"doc_form": "hierarchical_model", "process_rule": {"mode": "hierarchical", "rules": {**_RULES, **_CHILDREN}}},
}

SETTINGS = {
    "meaning": {"indexing_technique": "high_quality", "embedding_model": MODEL},
    # The host's own extension of the contract, in which nothing makes such a knowledge base.
    "pipeline": {"runtime_mode": "rag_pipeline"},
}
"""How the knowledge bases of the forms differ from a plain one."""

BELOW = {
    "dataset_id": ("document_id", "metadata_id", "node_id"),
    "document_id": ("batch", "segment_id"),
    "segment_id": ("child_chunk_id",),
    "metadata_id": ("metadata_name",),
}
"""What goes with a thing when it is gone."""


class Place:
    """One knowledge base of one form, with a document, a chunk, a child chunk, a field and a tag in it."""

    def __init__(self, api, form, numbers):
        self.api, self.form, self.numbers, self.have, self.trouble = api, form, numbers, {}, set()

    def get(self, name):
        """The id of the thing that a parameter of this name means."""
        if name not in self.have:
            try:
                getattr(self, f"_make_{name}")()
            except (requests.RequestException, AssertionError, KeyError, IndexError) as error:
                self.trouble.add(f"{self.form}: no {name}: {error}")
                return UNKNOWN
        return self.have[name]

    def forget(self, name):
        self.have.pop(name, None)
        for below in BELOW.get(name, ()):
            self.forget(below)

    def _ask(self, method, path, **body):
        answer = self.api.request(method, path, **body)
        assert answer.ok, f"{method} {path} answered {answer.status_code} {answer.text[:200]}"
        return answer.json() if answer.content else None

    def _dataset(self):
        return f"/datasets/{self.get('dataset_id')}"

    def _make_dataset_id(self):
        body = {"name": f"{self.form} {next(self.numbers)}", **SETTINGS.get(self.form, {"indexing_technique": "economy"})}
        if self.form == "meaning":
            body["embedding_model_provider"] = self.get("provider")
        self.have["dataset_id"] = self._ask("POST", "/datasets", json=body)["id"]

    def _make_document_id(self):
        body = {"name": f"{next(self.numbers)}.txt", "text": TEXT, "indexing_technique": "economy", **FORMS[self.form]}
        made = self._ask("POST", f"{self._dataset()}/document/create-by-text", json=body)
        path, end = f"{self._dataset()}/documents/{made['batch']}/indexing-status", time.monotonic() + PATIENCE
        while self._ask("GET", path)["data"][0]["indexing_status"] != "completed":
            assert time.monotonic() < end, f"not indexed in {PATIENCE} s"
            time.sleep(0.005)
        self.have |= {"document_id": made["document"]["id"], "batch": made["batch"]}

    _make_batch = _make_document_id

    def _make_segment_id(self):
        listed = self._ask("GET", f"{self._dataset()}/documents/{self.get('document_id')}/segments")
        if not listed["data"]:
            self.forget("document_id")
            return self._make_segment_id()
        self.have["segment_id"] = listed["data"][0]["id"]

    def _make_child_chunk_id(self):
        chunk = f"{self._dataset()}/documents/{self.get('document_id')}/segments/{self.get('segment_id')}"
        made = self._ask("POST", f"{chunk}/child_chunks", json={"content": f"Child {next(self.numbers)}"})
        self.have["child_chunk_id"] = made["data"]["id"]

    def _make_metadata_id(self):
        body = {"type": "string", "name": f"field {next(self.numbers)}"}
        self.have |= {"metadata_id": self._ask("POST", f"{self._dataset()}/metadata", json=body)["id"], "metadata_name": body["name"]}

    _make_metadata_name = _make_metadata_id

    def _make_tag_id(self):
        self.have["tag_id"] = self._ask("POST", "/datasets/tags", json={"name": f"tag {next(self.numbers)}"})["id"]

    def _make_node_id(self):
        self.have["node_id"] = self._ask("GET", f"{self._dataset()}/pipeline/datasource-plugins")[0]["node_id"]

    def _make_reference(self):
        file = {"file": (f"{next(self.numbers)}.txt", TEXT, "text/plain")}
        self.have["reference"] = self._ask("POST", "/datasets/pipeline/file-upload", files=file)["id"]

    def _make_provider(self):
        (offer,) = self._ask("GET", "/workspaces/current/models/model-types/text-embedding")["data"]
        assert [model["model"] for model in offer["models"]] == [MODEL], offer
        self.have["provider"] = offer["provider"]


class Api:
    """Requests past the program under test."""

    def __init__(self, base):
        self.base, self.session = base, requests.Session()

    def request(self, method, path, **body):
        return self.session.request(method, f"{self.base}{path}", timeout=PATIENCE, **body)


def places(base):
    """A place of each form."""
    api, numbers = Api(base), itertools.count(1)
    return {form: Place(api, form, numbers) for form in ("text", "hierarchical", "meaning", "pipeline")}
