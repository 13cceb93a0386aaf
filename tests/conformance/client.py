"""A client that somebody else wrote, against the host: every public method of dify-dataset-sdk, and its error classes.

It stands in for the npm package dify-client, which (like the one of that name on PyPI) has no knowledge-base client in
any version that can be had. What comes back is checked twice: by the client's own pydantic models, and by reading back
what was written.
"""

import inspect
import pathlib
import tempfile
import time
import traceback

from dify_dataset_sdk import (
    DifyAPIError,
    DifyConflictError,
    DifyConnectionError,
    DifyDatasetClient,
    DifyNotFoundError,
    DifyValidationError,
    MetadataCondition,
    MetadataFilteringConditions,
    PreProcessingRule,
    ProcessRule,
    ProcessRuleConfig,
    RetrievalModel,
    Segmentation,
    SubchunkSegmentation,
)

from exceptions import CLIENT_OUTSIDE_THE_CONTRACT
from host import LARGEST_FILE, MODEL

PATIENCE = 30
"""Seconds for one document to be indexed."""

UNKNOWN = "00000000-0000-4000-8000-000000000000"
"""A UUID that names nothing."""

TEXT = "Basalt is a dark volcanic rock.\n\nGranite is a light rock from the deep.\n\nMarble was limestone once."
"""Three paragraphs, which become three chunks."""

PARAGRAPHS = ProcessRule(
    mode="custom",
    rules=ProcessRuleConfig(
        pre_processing_rules=[PreProcessingRule(id="remove_extra_spaces", enabled=False)],
        segmentation=Segmentation(separator="\n\n", max_tokens=500),
    ),
)

PARENTS = ProcessRule(
    mode="hierarchical",
    rules=ProcessRuleConfig(
        pre_processing_rules=[PreProcessingRule(id="remove_extra_spaces", enabled=False)],
        segmentation=Segmentation(separator="\n\n", max_tokens=500),
        parent_mode="paragraph",
        subchunk_segmentation=SubchunkSegmentation(separator=". ", max_tokens=100),
    ),
)


class Noted:
    """A sub-client that notes which of its methods were called."""

    def __init__(self, name, inner, called):
        self._name, self._inner, self._called = name, inner, called

    def __getattr__(self, method):
        self._called.add(f"{self._name}.{method}")
        return getattr(self._inner, method)


class Client:
    """The client under test, with all its sub-clients noted."""

    def __init__(self, origin):
        self.real = DifyDatasetClient(api_key="the-embedded-host-asks-for-none", base_url=origin)
        self.called = set()
        self.methods = set()
        for name, inner in vars(self.real).items():
            if name.startswith("_"):
                continue
            setattr(self, name, Noted(name, inner, self.called))
            public = (method for method, _ in inspect.getmembers(type(inner), inspect.isfunction) if not method.startswith("_"))
            self.methods.update(f"{name}.{method}" for method in public)


def equal(got, wanted, what):
    assert got == wanted, f"{what}: {got!r} instead of {wanted!r}"


def refused(kind, status, call, code=None):
    """The call is refused with this class of error, this status and this code."""
    try:
        answer = call()
    except DifyAPIError as error:
        assert type(error) is kind, f"{type(error).__name__} instead of {kind.__name__}: {error}"
        equal(error.status_code, status, f"the status of {error}")
        if code:
            equal(error.error_code, code, "the refusal's code")
        return
    raise AssertionError(f"{kind.__name__} was expected, and the answer was {answer!r}")


def indexed(client, dataset, accepted):
    """Waits until the accepted document is indexed and gives its id."""
    end = time.monotonic() + PATIENCE
    while True:
        (status,) = client.documents.get_indexing_status(dataset, accepted.batch).data
        assert status.id == accepted.document.id, status
        assert status.completed_segments <= status.total_segments, status
        if status.indexing_status == "completed":
            return status.id
        assert status.indexing_status != "error", status
        assert time.monotonic() < end, f"not indexed in {PATIENCE} s: {status}"
        time.sleep(0.02)


def make(client, name, **settings):
    """A knowledge base, and a document of three paragraphs in it."""
    dataset = client.datasets.create(name=name, indexing_technique="economy", **settings).id
    accepted = client.documents.create_by_text(dataset, "rocks.txt", TEXT, "economy", process_rule=PARAGRAPHS)
    return dataset, indexed(client, dataset, accepted)


def knowledge_bases(client):
    settings = RetrievalModel(
        search_method="full_text_search", reranking_enable=False, top_k=7, score_threshold_enabled=True, score_threshold=0.25
    )
    made = client.datasets.create(
        name="Стройка 建筑",
        description="what it is for",
        indexing_technique="high_quality",
        permission="all_team_members",
        embedding_model=MODEL,
        embedding_model_provider=provider(client),
        retrieval_model=settings,
    )
    equal((made.name, made.description, made.permission), ("Стройка 建筑", "what it is for", "all_team_members"), "created")
    got = client.datasets.get(made.id)
    equal((got.name, got.indexing_technique, got.embedding_model), (made.name, "high_quality", MODEL), "read back")
    equal((got.document_count, got.app_count, got.embedding_available), (0, 0, True), "an empty knowledge base")
    for number in range(3):
        client.datasets.create(name=f"Page {number}")
    page = client.datasets.list(keyword="Page", page=1, limit=2)
    equal((len(page.data), page.total, page.has_more, page.limit, page.page), (2, 3, True, 2, 1), "the first page")
    last = client.datasets.list(keyword="Page", page=2, limit=2, include_all=True)
    equal((len(last.data), last.has_more), (1, False), "the last page")
    changed = client.datasets.update(made.id, name="Renamed", description="else", permission="only_me")
    equal((changed.name, changed.description, changed.permission), ("Renamed", "else", "only_me"), "changed")
    equal(client.datasets.get(made.id).name, "Renamed", "read back after the change")
    refused(DifyConflictError, 409, lambda: client.datasets.create(name="Renamed"), "dataset_name_duplicate")
    refused(DifyValidationError, 400, lambda: client.datasets.create(name=""))
    refused(DifyValidationError, 400, lambda: client.datasets.create(name="n" * 41))
    refused(DifyNotFoundError, 404, lambda: client.datasets.get(UNKNOWN))
    refused(DifyNotFoundError, 404, lambda: client.datasets.get("no-uuid"))
    equal(client.datasets.delete(made.id), {"status": "success"}, "deleted")
    refused(DifyNotFoundError, 404, lambda: client.datasets.get(made.id))
    refused(DifyNotFoundError, 404, lambda: client.datasets.delete(made.id))
    refused(DifyNotFoundError, 404, lambda: client.datasets.update(made.id, name="late"))


def provider(client):
    (offer,) = client.models.list_embedding_models().data
    (model,) = offer["models"]
    equal(model["model"], MODEL, "the model that the embedding service offers")
    return offer["provider"]


def documents(client):
    dataset, document = make(client, "Documents")
    got = client.documents.get(dataset, document)
    equal((got.name, got.indexing_status, got.display_status), ("rocks.txt", "completed", "available"), "a text")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "stones – 石.md")
        file.write_text("# Slate\n\nSlate splits into sheets.", encoding="utf-8")
        accepted = client.documents.create_by_file(dataset, file, None, "economy", process_rule=PARAGRAPHS)
        upload = indexed(client, dataset, accepted)
        equal(client.documents.get(dataset, upload).name, "stones – 石.md", "a file")
        file.write_text("# Gneiss\n\nGneiss has bands.", encoding="utf-8")
        again = client.documents.update_by_file(dataset, upload, file, process_rule=PARAGRAPHS)
        equal(indexed(client, dataset, again), upload, "the same document after an update by file")
        (row,) = client.segments.list(dataset, upload, keyword="bands").data
        assert "Gneiss has bands." in row.content, row
        wrong = pathlib.Path(folder, "program.exe")
        wrong.write_bytes(b"MZ")
        refused(DifyValidationError, 400, lambda: client.documents.create_by_file(dataset, wrong, None, "economy", process_rule=PARAGRAPHS))
        refused(DifyValidationError, 415, lambda: client.documents.update_by_file(dataset, upload, wrong), "unsupported_file_type")
        large = pathlib.Path(folder, "large.txt")
        large.write_bytes(b"a" * (LARGEST_FILE + 1))
        refused(DifyValidationError, 400, lambda: client.documents.create_by_file(dataset, large, None, "economy", process_rule=PARAGRAPHS))
        refused(DifyValidationError, 413, lambda: client.documents.update_by_file(dataset, upload, large), "file_too_large")
    changed = client.documents.update_by_text(dataset, document, "ores.txt", "Iron comes from ore.", PARAGRAPHS)
    equal(indexed(client, dataset, changed), document, "the same document after an update by text")
    equal(client.documents.get(dataset, document).name, "ores.txt", "the name after an update")
    page = client.documents.list(dataset, keyword="ores", page=1, limit=10)
    equal(([row["id"] for row in page.data], page.total, page.has_more), ([document], 1, False), "found by name")
    equal(client.documents.list(dataset).total, 2, "all documents")
    for action, wanted in (("disable", "disabled"), ("enable", "available"), ("archive", "archived"), ("un_archive", "available")):
        answer = client.documents.batch_update_status(dataset, action, [document, upload])
        equal(answer, {"result": "success"}, action)
        equal(client.documents.get(dataset, document).display_status, wanted, f"after {action}")
    client.documents.batch_update_status(dataset, "archive", [upload])
    refused(DifyValidationError, 403, lambda: client.documents.delete(dataset, upload), "archived_document_immutable")
    refused(DifyNotFoundError, 404, lambda: client.documents.get(dataset, UNKNOWN))
    refused(DifyNotFoundError, 404, lambda: client.documents.get_indexing_status(dataset, UNKNOWN))
    refused(DifyValidationError, 400, lambda: client.documents.create_by_text(dataset, "x", "y", "economy", process_rule=None, doc_form="hierarchical_model"))
    equal(client.documents.delete(dataset, document), {"status": "success"}, "deleted")
    refused(DifyNotFoundError, 404, lambda: client.documents.delete(dataset, document))
    refused(DifyNotFoundError, 404, lambda: client.documents.get_upload_file(dataset, upload))


def chunks(client):
    dataset, document = make(client, "Chunks")
    listed = client.segments.list(dataset, document)
    equal([row.content for row in listed.data], TEXT.split("\n\n"), "the chunks of three paragraphs")
    equal((listed.doc_form, [row.position for row in listed.data]), ("text_model", [1, 2, 3]), "their order")
    equal(len(client.segments.list(dataset, document, status="completed", page=2, limit=2).data), 1, "the second page")
    made = client.segments.create(dataset, document, [{"content": "Chalk is soft.", "keywords": ["chalk"]}, {"content": "Flint is hard."}])
    equal([row.content for row in made.data], ["Chalk is soft.", "Flint is hard."], "added")
    chunk = made.data[0].id
    got = client.segments.get(dataset, document, chunk)["data"]
    equal((got["content"], got["keywords"], got["enabled"]), ("Chalk is soft.", ["chalk"], True), "read back")
    client.segments.update(dataset, document, chunk, {"content": "Chalk writes.", "keywords": ["chalk", "board"]})
    got = client.segments.get(dataset, document, chunk)["data"]
    equal((got["content"], got["keywords"]), ("Chalk writes.", ["chalk", "board"]), "changed")
    answer = client.segments.update(dataset, document, chunk, {"enabled": False})
    equal(answer["data"]["enabled"], False, "disabled")
    refused(DifyValidationError, 400, lambda: client.segments.update(dataset, document, chunk, {"content": "off"}))
    refused(DifyValidationError, 400, lambda: client.segments.create(dataset, document, [{"content": ""}]))
    equal(client.segments.delete(dataset, document, chunk), {"status": "success"}, "deleted")
    refused(DifyNotFoundError, 404, lambda: client.segments.get(dataset, document, chunk))
    equal(len(client.segments.list(dataset, document).data), 4, "the others stay")


def child_chunks(client):
    dataset = client.datasets.create(name="Parents", indexing_technique="economy").id
    text = "Basalt is dark. Basalt is volcanic.\n\nGranite is light. Granite is deep."
    accepted = client.documents.create_by_text(dataset, "p.txt", text, "economy", "hierarchical_model", process_rule=PARENTS)
    document = indexed(client, dataset, accepted)
    parents = client.segments.list(dataset, document)
    equal((len(parents.data), parents.doc_form), (2, "hierarchical_model"), "two parents")
    parent = parents.data[0].id
    before = client.segments.list_child_chunks(dataset, document, parent).data
    assert len(before) == 2 and all("Basalt" in row.content for row in before), before
    made = client.segments.create_child_chunk(dataset, document, parent, "Basalt has columns.")["data"]
    equal((made["content"], made["segment_id"], made["type"]), ("Basalt has columns.", parent, "customized"), "added")
    found = client.segments.list_child_chunks(dataset, document, parent, keyword="columns", page=1, limit=5).data
    equal([row.id for row in found], [made["id"]], "found")
    client.segments.update_child_chunk(dataset, document, parent, made["id"], "Basalt makes columns.")
    found = client.segments.list_child_chunks(dataset, document, parent, keyword="makes").data
    equal([row.content for row in found], ["Basalt makes columns."], "changed")
    records = client.datasets.retrieve(dataset, "columns").records
    equal([record.segment.id for record in records], [parent], "a parent is found by its child")
    equal([child.id for child in records[0].child_chunks], [made["id"]], "the child that was hit")
    equal(client.segments.delete_child_chunk(dataset, document, parent, made["id"]), {"status": "success"}, "deleted")
    equal(len(client.segments.list_child_chunks(dataset, document, parent).data), 2, "the others stay")
    refused(DifyNotFoundError, 404, lambda: client.segments.delete_child_chunk(dataset, document, parent, made["id"]))
    refused(DifyNotFoundError, 404, lambda: client.segments.update_child_chunk(dataset, document, parent, UNKNOWN, "x"))
    refused(DifyNotFoundError, 404, lambda: client.segments.create_child_chunk(dataset, document, UNKNOWN, "x"))


def tags(client):
    dataset = client.datasets.create(name="Tagged").id
    other = client.datasets.create(name="Untagged").id
    tag = client.tags.create("stones")
    equal(tag.name, "stones", "created")
    assert tag.id in [row.id for row in client.tags.list()], "a new tag is not in the list"
    equal(client.tags.update(tag.id, "rocks").name, "rocks", "renamed")
    equal([row.name for row in client.tags.list() if row.id == tag.id], ["rocks"], "read back")
    equal(client.tags.bind_to_dataset(dataset, [tag.id]), {"status": "success"}, "bound")
    equal([row["id"] for row in client.datasets.list(tag_ids=[tag.id]).data], [dataset], "filtered by tag")
    equal([row.binding_count for row in client.tags.list() if row.id == tag.id], [1], "counted")
    bound = next(row for row in client.datasets.list(limit=100).data if row["id"] == dataset)["tags"]
    equal([(row["id"], row["name"]) for row in bound], [(tag.id, "rocks")], "the tags in the list")
    refused(DifyAPIError, 405, lambda: client.tags.get_dataset_tags(dataset))
    refused(DifyValidationError, 400, lambda: client.tags.create("rocks"))
    refused(DifyValidationError, 400, lambda: client.tags.create(""))
    refused(DifyNotFoundError, 404, lambda: client.tags.update(UNKNOWN, "nothing"))
    refused(DifyNotFoundError, 404, lambda: client.tags.delete(UNKNOWN))
    refused(DifyNotFoundError, 404, lambda: client.tags.bind_to_dataset(UNKNOWN, [tag.id]))
    equal(client.tags.unbind_from_dataset(dataset, tag.id), {"status": "success"}, "unbound")
    equal(client.datasets.list(tag_ids=[tag.id]).data, [], "nothing has the tag")
    equal(client.tags.delete(tag.id), {"status": "success"}, "deleted")
    assert tag.id not in [row.id for row in client.tags.list()], "a deleted tag is in the list"
    client.datasets.delete(other)


def metadata(client):
    dataset, document = make(client, "Metadata")
    colour = client.metadata.create(dataset, "string", "colour")
    weight = client.metadata.create(dataset, "number", "weight")
    equal((colour.type, colour.name, weight.type), ("string", "colour", "number"), "created")
    refused(DifyValidationError, 400, lambda: client.metadata.create(dataset, "string", "colour"))
    refused(DifyValidationError, 400, lambda: client.metadata.create(dataset, "boolean", "flag"))
    equal(client.metadata.update(dataset, colour.id, "shade").name, "shade", "renamed")
    listed = client.metadata.list(dataset)
    equal([(row.id, row.name) for row in listed.doc_metadata], [(colour.id, "shade"), (weight.id, "weight")], "listed")
    equal(listed.built_in_field_enabled, False, "built-in fields are off")
    values = [{"id": colour.id, "name": "shade", "value": "dark"}, {"id": weight.id, "name": "weight", "value": "3"}]
    answer = client.metadata.update_document_metadata(dataset, [{"document_id": document, "metadata_list": values}])
    equal(answer, {"result": "success"}, "values set")
    # A document with values also has the built-in ones, switched on or not, as on a real server.
    own = [value for value in client.documents.list(dataset).data[0]["doc_metadata"] if value["id"] != "built-in"]
    equal({value["name"]: value["value"] for value in own}, {"shade": "dark", "weight": "3"}, "read back")
    for value, found in (("dark", 3), ("light", 0)):
        condition = MetadataCondition(name="shade", comparison_operator="is", value=value)
        where = MetadataFilteringConditions(logical_operator="and", conditions=[condition])
        settings = RetrievalModel(
            search_method="full_text_search", reranking_enable=False, top_k=9, score_threshold_enabled=False, metadata_filtering_conditions=where
        )
        equal(len(client.datasets.retrieve(dataset, "basalt granite marble", settings).records), found, f"shade is {value}")
    for action, wanted in (("enable", True), ("disable", False)):
        equal(client.metadata.toggle_built_in(dataset, action), {"result": "success"}, action)
        equal(client.metadata.list(dataset).built_in_field_enabled, wanted, f"after {action}")
    refused(DifyNotFoundError, 404, lambda: client.metadata.update(dataset, UNKNOWN, "nothing"))
    refused(DifyNotFoundError, 404, lambda: client.metadata.delete(dataset, UNKNOWN))
    refused(DifyNotFoundError, 404, lambda: client.metadata.list(UNKNOWN))
    equal(client.metadata.delete(dataset, colour.id), {"status": "success"}, "deleted")
    equal([row.name for row in client.metadata.list(dataset).doc_metadata], ["weight"], "the other stays")


def retrieval(client):
    dataset, document = make(client, "Retrieval")
    answer = client.datasets.retrieve(dataset, "volcanic")
    equal(answer.query.content, "volcanic", "the question")
    (record,) = answer.records
    equal((record.segment.content, record.segment.document.id), (TEXT.split("\n\n")[0], document), "the passage")
    assert record.score > 0, record
    equal(client.datasets.retrieve(dataset, "zeppelin").records, [], "nothing has that word")
    refused(DifyValidationError, 400, lambda: client.datasets.retrieve(dataset, "q" * 251))
    refused(DifyNotFoundError, 404, lambda: client.datasets.retrieve(UNKNOWN, "volcanic"))
    meaning = client.datasets.create(name="Meaning", indexing_technique="high_quality", embedding_model=MODEL, embedding_model_provider=provider(client)).id
    accepted = client.documents.create_by_text(meaning, "rocks.txt", TEXT, "high_quality", process_rule=PARAGRAPHS)
    indexed(client, meaning, accepted)
    for method in ("semantic_search", "hybrid_search"):
        settings = RetrievalModel(search_method=method, reranking_enable=False, top_k=1, score_threshold_enabled=False)
        (record,) = client.datasets.retrieve(meaning, "granite from the deep", settings).records
        equal(record.segment.content, TEXT.split("\n\n")[1], method)


def nobody_there(client):
    client.real.close()
    with DifyDatasetClient(api_key="k", base_url="http://127.0.0.1:1", timeout=5) as lonely:
        try:
            lonely.datasets.list()
        except DifyConnectionError:
            return
    raise AssertionError("no DifyConnectionError from a port where nobody listens")


AREAS = (knowledge_bases, documents, chunks, child_chunks, tags, metadata, retrieval, nobody_there)


def run(origin):
    """Runs every area; gives the failures as texts, and one line that sums up."""
    client, failures = Client(origin), []
    for area in AREAS:
        try:
            area(client)
        except Exception as error:
            here = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.name == area.__name__]
            failures.append(f"client, {area.__name__}, line {here[-1].lineno} ({here[-1].line}):\n    {type(error).__name__}: {error}")
    never = client.methods - client.called
    failures += [f"client: {method} was never called" for method in sorted(never)]
    unknown = set(CLIENT_OUTSIDE_THE_CONTRACT) - client.methods
    failures += [f"client: {method} is an exception, and the client has no such method" for method in sorted(unknown)]
    inside = len(client.methods) - len(CLIENT_OUTSIDE_THE_CONTRACT)
    return failures, f"dify-dataset-sdk: {inside} methods inside the contract, {len(CLIENT_OUTSIDE_THE_CONTRACT)} outside it, all called"
