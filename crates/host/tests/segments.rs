//! Chunks over HTTP.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::TestHost;

#[tokio::test]
async fn chunks_are_added_changed_and_removed() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.text(&id, "manual", "First.\n\nSecond.").await;
    let path = format!("/datasets/{id}/documents/{document}/segments");
    let words =
        || async { client.get(&format!("/datasets/{id}/documents")).await.json()["data"][0]["word_count"].as_u64().unwrap() };
    assert_eq!(words().await, 13);
    let new = json!({ "segments": [
        { "content": "Torque: tighten the bolts.", "keywords": ["torque", "Bolt"] },
        { "content": "Noise level below 60 dB.", "answer": "left out in text_model" },
        { "content": "No keywords sent.", "keywords": [] } ] });
    let added = client.post(&path, &new).await;
    assert_eq!(added.status, 200);
    let added = added.json();
    assert!(added.get("total").is_none() && added["doc_form"] == "text_model");
    let chunks = added["data"].as_array().unwrap();
    assert_eq!(chunks.iter().map(|c| c["position"].as_u64().unwrap()).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!((&chunks[0]["keywords"], &chunks[1]["answer"]), (&json!(["torque", "Bolt"]), &Value::Null));
    for chunk in &chunks[1..] {
        assert!(!chunk["keywords"].as_array().unwrap().is_empty(), "extracted");
    }
    assert_eq!(
        (&chunks[0]["word_count"], &chunks[0]["status"], &chunks[0]["document_id"]),
        (&json!(26), &json!("completed"), &json!(document))
    );
    assert_eq!(words().await, 13 + 26 + 24 + 17);

    let one = format!("{path}/{}", chunks[0]["id"].as_str().unwrap());
    let changed = client.post(&one, &json!({ "segment": { "content": "Torque 45 Nm.", "keywords": ["nm"] } })).await.json();
    assert_eq!((&changed["data"]["content"], &changed["data"]["keywords"]), (&json!("Torque 45 Nm."), &json!(["nm"])));
    assert_ne!(changed["data"]["index_node_hash"], chunks[0]["index_node_hash"]);
    for same in [json!({}), json!({ "content": "" }), json!({ "keywords": [] }), json!({ "content": null, "answer": "x" })] {
        let answer = client.post(&one, &json!({ "segment": same })).await.json();
        assert_eq!(
            (&answer["data"]["content"], &answer["data"]["keywords"]),
            (&json!("Torque 45 Nm."), &json!(["nm"])),
            "{same}"
        );
    }
    let fresh = client.post(&one, &json!({ "segment": { "content": "Completely different impeller" } })).await.json();
    assert!(fresh["data"]["keywords"].as_array().unwrap().contains(&json!("impeller")), "{fresh}");

    let off = client.post(&one, &json!({ "segment": { "enabled": false, "content": "not taken" } })).await.json();
    assert_eq!((&off["data"]["enabled"], &off["data"]["content"]), (&json!(false), &json!("Completely different impeller")));
    assert!(off["data"]["disabled_at"].is_i64());
    let refused = client.post(&one, &json!({ "segment": { "content": "x" } })).await;
    assert_eq!((refused.status.as_u16(), refused.message().as_str()), (400, "Can't update disabled segment"));
    let on = client.post(&one, &json!({ "segment": { "enabled": true, "content": "on again" } })).await.json();
    assert_eq!(
        (&on["data"]["enabled"], &on["data"]["content"], &on["data"]["disabled_at"]),
        (&json!(true), &json!("on again"), &Value::Null)
    );

    let gone = client.delete(&one).await;
    assert_eq!((gone.status.as_u16(), gone.body.len()), (204, 0));
    for answer in [client.get(&one).await, client.delete(&one).await, client.post(&one, &json!({ "segment": {} })).await] {
        assert_eq!((answer.status.as_u16(), answer.message().as_str()), (404, "Segment not found."));
    }
    let positions: Vec<u64> = client.segments(&id, &document).await.iter().map(|c| c["position"].as_u64().unwrap()).collect();
    assert_eq!(positions, [1, 2, 4, 5], "not renumbered");
    assert_eq!(words().await, 13 + 24 + 17);
}

#[tokio::test]
async fn wrong_chunks_are_refused_and_none_is_added() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.text(&id, "manual", "First.").await;
    let path = format!("/datasets/{id}/documents/{document}/segments");
    for (body, sentence) in [
        (json!({ "segments": [{ "content": "" }] }), "Content is empty"),
        (json!({ "segments": [{ "content": "  \n " }] }), "Content is empty"),
        (json!({ "segments": [{ "content": "good" }, { "content": "" }] }), "Content is empty"),
        (json!({ "segments": [{ "answer": "x" }] }), "segments.0.content"),
        (json!({}), "segments"),
        (json!({ "segments": null }), "segments"),
        (json!({ "segments": "x" }), "segments"),
        (json!({ "segments": [{ "content": 5 }] }), "segments.0.content"),
        (json!({ "segments": [{ "content": "x", "keywords": [1] }] }), "segments.0.keywords"),
    ] {
        let answer = client.post(&path, &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{body}");
        assert!(answer.message().contains(sentence), "{body}: {}", answer.message());
    }
    let chunks = client.segments(&id, &document).await;
    assert_eq!(chunks.len(), 1);
    let one = format!("{path}/{}", chunks[0]["id"].as_str().unwrap());
    for body in
        [json!({}), json!({ "segment": 1 }), json!({ "segment": { "enabled": "yes" } }), json!({ "segment": { "content": 1 } })]
    {
        assert_eq!(client.post(&one, &body).await.refusal(), "invalid_param", "{body}");
    }
    let other = client.text(&id, "other", "Other.").await;
    let elsewhere = one.replace(&document, &other);
    assert_eq!(client.get(&elsewhere).await.message(), "Segment not found.");
    assert_eq!(client.get(&one).await.json()["data"]["content"], "First.");
}

#[tokio::test]
async fn lists_are_filtered() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.text(&id, "manual", "Torque 100%.\n\nGröße_x.\n\nThird.").await;
    let path = format!("/datasets/{id}/documents/{document}/segments");
    for (query, total) in [
        ("", 3),
        ("?keyword=TORQUE", 1),
        ("?keyword=%25", 1),
        ("?keyword=_", 1),
        ("?keyword=gr%C3%96SSE", 0),
        ("?keyword=GR%C3%96%C3%9FE", 1),
        ("?keyword=zzz", 0),
        ("?status=completed", 3),
        ("?status=completed&status=waiting", 3),
        ("?status[]=completed", 3),
        ("?status=indexing", 0),
        ("?status=bogus", 0),
    ] {
        assert_eq!(client.get(&format!("{path}{query}")).await.json()["total"], total, "{query}");
    }
    let page = client.get(&format!("{path}?page=2&limit=2")).await.json();
    assert_eq!((&page["data"][0]["content"], &page["has_more"]), (&json!("Third."), &json!(false)));
    let page = client.get(&format!("{path}?page=0&limit=3")).await.json();
    assert_eq!((&page["page"], &page["limit"], &page["has_more"]), (&json!(1), &json!(3), &json!(false)));
}

#[tokio::test]
async fn questions_and_answers_are_written_by_people() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("FAQ").await;
    // A text would need a language model; an empty document is what people add their own to.
    let body = json!({ "name": "faq", "text": "", "doc_form": "qa_model" });
    let accepted = client.post(&format!("/datasets/{id}/document/create-by-text"), &body).await.json();
    client.indexed(&id, accepted["batch"].as_str().unwrap()).await;
    let document = accepted["document"]["id"].as_str().unwrap();
    assert!(client.segments(&id, document).await.is_empty());
    let path = format!("/datasets/{id}/documents/{document}/segments");
    let lacking = client.post(&path, &json!({ "segments": [{ "content": "How?" }] })).await;
    assert_eq!((lacking.status.as_u16(), lacking.message().as_str()), (400, "Answer is required"));
    let pair = client.post(&path, &json!({ "segments": [{ "content": "How?", "answer": "With a spanner." }] })).await.json();
    assert_eq!(pair["data"][0]["answer"], "With a spanner.");
    let found = client.post(&format!("/datasets/{id}/retrieve"), &json!({ "query": "spanner" })).await.json();
    assert_eq!(found["records"][0]["segment"]["answer"], "With a spanner.");
}
