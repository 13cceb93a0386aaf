//! Cognee's API, as far as a desk for its datasets needs it.
//!
//! Left out on purpose: signing in (the key is the host's), `/auth/api-keys` (it answers whole keys in clear text), tenants and roles,
//! the pages of `/visualize` (they load scripts from elsewhere), and `DELETE /datasets`, which removes what the caller cannot even see.

use super::Operation;

/// The operations, below the server's address; they name datasets in bodies and queries, so none belongs to one alone.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation::read("GET", "/health").workspace(),
    Operation::read("GET", "/health/detailed").workspace(),
    Operation::read("GET", "/api/v1/users/me").workspace(),
    Operation::read("POST", "/api/v1/users/get-user-id").workspace(),
    Operation::read("GET", "/api/v1/datasets").workspace(),
    Operation::change("POST", "/api/v1/datasets").workspace(),
    Operation::read("GET", "/api/v1/datasets/status").workspace(),
    Operation::read("GET", "/api/v1/datasets/status/progress").workspace(),
    Operation::read("GET", "/api/v1/datasets/graph-summary").workspace(),
    Operation::change("DELETE", "/api/v1/datasets/{dataset_id}").workspace(),
    Operation::read("GET", "/api/v1/datasets/{dataset_id}/data").workspace(),
    Operation::read("GET", "/api/v1/datasets/{dataset_id}/data/count").workspace(),
    Operation::change("DELETE", "/api/v1/datasets/{dataset_id}/data/{data_id}").workspace(),
    Operation::read("GET", "/api/v1/datasets/{dataset_id}/data/{data_id}/raw").workspace(),
    Operation::read("GET", "/api/v1/datasets/{dataset_id}/graph").workspace(),
    Operation::read("GET", "/api/v1/datasets/{dataset_id}/schema").workspace(),
    Operation::change("PUT", "/api/v1/datasets/{dataset_id}/schema").workspace(),
    Operation::read("GET", "/api/v1/datasets/{dataset_id}/processing-status").workspace(),
    Operation::change("POST", "/api/v1/add").workspace(),
    Operation::change("PATCH", "/api/v1/update").workspace(),
    Operation::change("POST", "/api/v1/cognify").workspace(),
    Operation::read("GET", "/api/v1/search").workspace(),
    Operation::read("POST", "/api/v1/search").workspace(),
    Operation::change("POST", "/api/v1/forget").workspace(),
    Operation::change("DELETE", "/api/v1/delete").workspace(),
    Operation::read("GET", "/api/v1/visualize/json").workspace(),
    Operation::read("GET", "/api/v1/schema/inventory").workspace(),
    Operation::read("GET", "/api/v1/activity/pipeline-runs").workspace(),
    Operation::change("POST", "/api/v1/permissions/datasets/{principal_id}").workspace(),
    Operation::change("DELETE", "/api/v1/permissions/datasets/{principal_id}").workspace(),
    Operation::read("GET", "/api/v1/permissions/principals/{principal_id}/datasets").workspace(),
];
