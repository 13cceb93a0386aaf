//! Settings of a knowledge base over HTTP: members, external services, summaries, retrieval; kept as they were sent.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::TestHost;
use support::recorded::assert_same_shape;

#[tokio::test]
async fn members_are_kept_while_the_permission_is_theirs() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let path = format!("/datasets/{id}");
    let patch = async |body: Value| client.json(Method::PATCH, &path, &body).await;
    let plain = patch(json!({})).await.json();
    assert_same_shape(&plain, "datasets.patch.to_economy");
    assert_eq!(plain["partial_member_list"], json!([]), "always in the answer to an update");
    assert!(client.get(&path).await.json().get("partial_member_list").is_none());

    let members = json!([{ "user_id": "1e0adf3d-71d2-435f-9e9c-703fb6aced1f" }, { "user_id": "b" }]);
    let answer = patch(json!({ "permission": "partial_members", "partial_member_list": members })).await.json();
    let ids = json!(["1e0adf3d-71d2-435f-9e9c-703fb6aced1f", "b"]);
    assert_eq!((&answer["permission"], &answer["partial_member_list"]), (&json!("partial_members"), &ids));
    assert_eq!(client.get(&path).await.json()["partial_member_list"], ids);
    assert_eq!(patch(json!({ "description": "d" })).await.json()["partial_member_list"], ids, "what is not sent stays");
    for wrong in [json!([{ "id": "a" }]), json!(["a"]), json!([{ "user_id": "" }]), json!({})] {
        let refused = patch(json!({ "name": "Changed", "partial_member_list": wrong })).await;
        assert_eq!((refused.status.as_u16(), refused.refusal().as_str()), (400, "invalid_param"), "{wrong}");
    }
    let folder = host.stop().await;
    let host = TestHost::on(folder).await;
    let client = &host.client;
    let kept = client.get(&path).await.json();
    assert_eq!((&kept["name"], &kept["partial_member_list"]), (&json!("KB"), &ids));
    for query in ["", "?include_all=true", "?include_all=false"] {
        assert_eq!(client.get(&format!("/datasets{query}")).await.json()["total"], 1, "the only account owns it: {query}");
    }
    assert_eq!(client.get("/datasets?include_all=perhaps").await.refusal(), "invalid_param");
    let all = client.json(Method::PATCH, &path, &json!({ "permission": "all_team_members" })).await.json();
    assert_eq!(all["partial_member_list"], json!([]));
    let again = client.json(Method::PATCH, &path, &json!({ "permission": "partial_members" })).await.json();
    assert_eq!(again["partial_member_list"], json!([]), "the old list does not come back");
}

#[tokio::test]
async fn an_external_knowledge_base_is_kept_and_says_that_it_cannot_be_searched() {
    let host = TestHost::start().await;
    let client = &host.client;
    let body = json!({ "name": "Ext", "provider": "external", "external_knowledge_id": "k1", "external_knowledge_api_id": "a1" });
    let made = client.post("/datasets", &body).await;
    assert_eq!(made.status, 200, "{made:?}");
    let made = made.json();
    assert_same_shape(&made, "datasets.create.external_without_api");
    assert_eq!(made["provider"], "external");
    let info = &made["external_knowledge_info"];
    assert_eq!((&info["external_knowledge_id"], &info["external_knowledge_api_id"]), (&json!("k1"), &json!("a1")));
    assert_eq!(made["external_retrieval_model"], json!({ "top_k": 2, "score_threshold": 0.0, "score_threshold_enabled": false }));
    let path = format!("/datasets/{}", made["id"].as_str().unwrap());

    let settings = json!({ "top_k": 7, "score_threshold": 0.4, "score_threshold_enabled": true });
    let change = json!({ "external_retrieval_model": settings, "external_knowledge_id": "k2" });
    let changed = client.json(Method::PATCH, &path, &change).await.json();
    assert_eq!(changed["external_retrieval_model"], settings);
    assert_eq!(changed["external_knowledge_info"]["external_knowledge_id"], "k2");
    assert_eq!(changed["external_knowledge_info"]["external_knowledge_api_id"], "a1", "what is not sent stays");
    let wrong = client.json(Method::PATCH, &path, &json!({ "external_retrieval_model": { "score_threshold": 2 } })).await;
    assert_eq!(wrong.refusal(), "invalid_param");

    let query = client.post(&format!("{path}/retrieve"), &json!({ "query": "x" })).await;
    assert_eq!((query.status.as_u16(), query.refusal().as_str()), (400, "invalid_param"));
    assert!(query.message().contains("external service"), "{}", query.message());
    let text = json!({ "name": "t", "text": "t", "indexing_technique": "economy" });
    let document = client.post(&format!("{path}/document/create-by-text"), &text).await;
    assert_eq!((document.status.as_u16(), document.message().as_str()), (400, "External datasets are not supported."));
    assert!(host.data_files("files").is_empty(), "nothing of it is left");

    let folder = host.stop().await;
    let host = TestHost::on(folder).await;
    let client = &host.client;
    assert_eq!(client.get(&path).await.json()["external_retrieval_model"], settings);
    let bare = client.post("/datasets", &json!({ "name": "Bare", "provider": "external" })).await;
    assert_eq!(bare.status, 200, "real servers ask for no ids");

    let internal = client.dataset("KB").await;
    let internal = format!("/datasets/{internal}");
    let own = client.get(&internal).await.json();
    assert_eq!(
        (&own["provider"], &own["external_knowledge_info"], &own["external_retrieval_model"]),
        (&json!("vendor"), &Value::Null, &Value::Null)
    );
    for answer in [
        client.post("/datasets", &json!({ "name": "x", "external_knowledge_id": "k" })).await,
        client.json(Method::PATCH, &internal, &json!({ "external_knowledge_api_id": "a" })).await,
    ] {
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"));
    }
    // What real servers answer for internal ones may be sent back.
    let echo = json!({ "external_retrieval_model": settings, "external_knowledge_id": "" });
    assert_eq!(client.json(Method::PATCH, &internal, &echo).await.json()["external_retrieval_model"], Value::Null);
}

#[tokio::test]
async fn summaries_and_retrieval_are_kept_as_sent() {
    let host = TestHost::start().await;
    let client = &host.client;
    let summary = json!({ "enable": true, "model_name": "m", "model_provider_name": "p", "summary_prompt": "Sum up." });
    let weights = json!({ "weight_type": "customized",
        "vector_setting": { "vector_weight": 0.7, "embedding_provider_name": "p", "embedding_model_name": "m" },
        "keyword_setting": { "keyword_weight": 0.3 } });
    let filter =
        json!({ "logical_operator": "or", "conditions": [{ "name": "writer", "comparison_operator": "is", "value": "Ada" }] });
    let retrieval = json!({ "search_method": "hybrid_search", "reranking_enable": false, "reranking_mode": "weighted_score",
        "reranking_model": { "reranking_provider_name": "p", "reranking_model_name": "r" }, "weights": weights, "top_k": 6,
        "score_threshold_enabled": true, "score_threshold": 0.25, "metadata_filtering_conditions": filter });
    let body = json!({ "name": "KB", "summary_index_setting": summary, "retrieval_model": retrieval });
    let made = client.post("/datasets", &body).await;
    assert_eq!(made.status, 200, "{made:?}");
    let made = made.json();
    assert_same_shape(&made, "datasets.create.economy_full");
    let path = format!("/datasets/{}", made["id"].as_str().unwrap());
    let folder = host.stop().await;
    let host = TestHost::on(folder).await;
    let client = &host.client;
    let kept = client.get(&path).await.json();
    assert_eq!((&kept["summary_index_setting"], &kept["retrieval_model_dict"]), (&summary, &retrieval));
    let renamed = client.json(Method::PATCH, &path, &json!({ "name": "Renamed" })).await.json();
    assert_eq!((&renamed["summary_index_setting"], &renamed["retrieval_model_dict"]), (&summary, &retrieval));

    let plain = client.post("/datasets", &json!({ "name": "Plain", "summary_index_setting": null })).await.json();
    assert_eq!(plain["summary_index_setting"], Value::Null);
    assert!(plain["retrieval_model_dict"]["reranking_model"].is_object());
    let with = |field: &str, value: Value| {
        let mut model = retrieval.clone();
        *model.pointer_mut(field).unwrap() = value;
        json!({ "retrieval_model": model })
    };
    for wrong in [
        with("/weights/weight_type", json!("fair")),
        with("/weights/vector_setting/vector_weight", json!("0.7")),
        with("/weights/keyword_setting", json!(1)),
        with("/reranking_mode", json!("magic")),
        with("/reranking_mode", json!("reranking_model"))
            .as_object()
            .map(|body| {
                let mut body = Value::from(body.clone());
                body["retrieval_model"]["reranking_enable"] = json!(true);
                body
            })
            .unwrap(),
    ] {
        let answer = client.json(Method::PATCH, &path, &wrong).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{wrong}");
    }
    assert_eq!(client.get(&path).await.json()["retrieval_model_dict"], retrieval, "nothing was changed");
}
