"""Everything in which host, contract and clients do not agree, each with its reason. Nothing else may be let through."""

CLIENT_OUTSIDE_THE_CONTRACT = {
    "documents.get_upload_file": "the contract has no GET …/upload-file; the host answers 404",
    "tags.get_dataset_tags": "posts to /datasets/{dataset_id}/tags, where the contract has GET; the host answers 405",
}
"""Methods of dify-dataset-sdk that ask for what the contract does not have; they are called, and refused in order."""


NULLABLE = {}

FURTHER_STATUSES = {}

NEVER_SUCCEEDS = {}


def amend(document):
    """Writes what real servers do into the contract."""


class LetThrough:
    def __init__(self):
        self.count = 0

    def takes(self, failure, case, response):
        return False

    def unused(self):
        return []
