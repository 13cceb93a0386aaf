//! Hierarchical mode over HTTP: parent chunks with child chunks, found by them.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{TestHost, by_paragraph, by_sentence};

const STRUCTURES: &str = "Bridges carry roads over rivers. Arches hold the load. Cables hang from towers.\n\n\
    Tunnels pass under mountains. Drills cut the rock. Fans move the air.";

fn texts<'v>(list: &'v Value, field: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|entry| entry[field].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_document_becomes_parents_and_children_as_recorded() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.hierarchical(&id, "Structures", STRUCTURES).await;
    let detail = client.get(&format!("/datasets/{id}/documents/{document}")).await.json();
    assert_eq!((&detail["doc_form"], &detail["segment_count"]), (&json!("hierarchical_model"), &json!(2)));
    assert_eq!(detail["document_process_rule"], by_sentence("paragraph"));
    assert_eq!(client.get(&format!("/datasets/{id}")).await.json()["doc_form"], "hierarchical_model");

    let segments = client.segments(&id, &document).await;
    assert_eq!(segments.len(), 2);
    let parent = &segments[0];
    assert_eq!(parent["content"], "Bridges carry roads over rivers. Arches hold the load. Cables hang from towers.");
    assert_eq!(
        (&parent["word_count"], &parent["keywords"], &parent["status"], &parent["enabled"]),
        (&json!(79), &Value::Null, &json!("completed"), &json!(true))
    );
    let children = parent["child_chunks"].as_array().unwrap();
    assert_eq!(
        texts(&parent["child_chunks"], "content"),
        ["Bridges carry roads over rivers", "Arches hold the load", "Cables hang from towers."]
    );
    assert_eq!(
        (&children[0]["segment_id"], &children[0]["type"], &children[2]["position"], &children[0]["word_count"]),
        (&parent["id"], &json!("automatic"), &json!(3), &json!(31))
    );
    let path = format!("/datasets/{id}/documents/{document}/segments/{}", parent["id"].as_str().unwrap());
    assert_eq!(client.get(&path).await.json()["data"]["child_chunks"], parent["child_chunks"]);
}

#[tokio::test]
async fn a_parent_is_found_by_its_best_child() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    client.hierarchical(&id, "Structures", STRUCTURES).await;
    client.hierarchical(&id, "手册", "水泵安装在平面上. 检查阀门的密封. 更换叶轮\n\n数据库每天备份. 备份保存在磁带上").await;
    for method in ["keyword_search", "full_text_search"] {
        let found = client.retrieve(&id, "arches load", method, 5).await;
        assert_eq!(found.len(), 1, "{method}: {found:?}");
        let (record, children) = (&found[0], found[0]["child_chunks"].as_array().unwrap());
        assert!(record["segment"]["content"].as_str().unwrap().starts_with("Bridges carry"), "the whole parent");
        assert_eq!(texts(&record["child_chunks"], "content"), ["Arches hold the load"]);
        assert_eq!((&children[0]["position"], &children[0]["score"]), (&json!(2), &record["score"]));
        assert!(record["score"].as_f64().unwrap() > 0.5 && children[0]["id"].is_string());

        let found = client.retrieve(&id, "阀门", method, 5).await;
        assert_eq!(texts(&found[0]["child_chunks"], "content"), ["检查阀门的密封"], "{method}");
        let found = client.retrieve(&id, "备份", method, 5).await;
        assert_eq!((found.len(), found[0]["child_chunks"].as_array().unwrap().len()), (1, 2), "one parent, both children");
        let scores: Vec<f64> =
            found[0]["child_chunks"].as_array().unwrap().iter().map(|child| child["score"].as_f64().unwrap()).collect();
        assert!(scores[0] >= scores[1], "{scores:?}");
        assert!(client.retrieve(&id, "zzz", method, 5).await.is_empty());
    }
    // A disabled parent is not found by its children.
    let found = client.retrieve(&id, "tunnels", "keyword_search", 5).await;
    let segment = &found[0]["segment"];
    let path = format!(
        "/datasets/{id}/documents/{}/segments/{}",
        segment["document"]["id"].as_str().unwrap(),
        segment["id"].as_str().unwrap()
    );
    client.post(&path, &json!({ "segment": { "enabled": false } })).await;
    assert!(client.retrieve(&id, "tunnels", "keyword_search", 5).await.is_empty());
}

#[tokio::test]
async fn thresholds_cut_children_and_their_parents() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    client.hierarchical(&id, "t", "The valve leaks. A valve of a pump in a house on a hill by the sea. Valve valve.").await;
    let all = client.retrieve(&id, "valve", "keyword_search", 5).await;
    let scores: Vec<f64> = all[0]["child_chunks"].as_array().unwrap().iter().map(|c| c["score"].as_f64().unwrap()).collect();
    assert_eq!(scores.len(), 3);
    let model = |least: f64| {
        json!({ "query": "valve", "retrieval_model": { "search_method": "keyword_search", "reranking_enable": false,
            "top_k": 5, "score_threshold_enabled": true, "score_threshold": least } })
    };
    let cut = client.post(&format!("/datasets/{id}/retrieve"), &model(scores[1])).await.json();
    assert_eq!(cut["records"][0]["child_chunks"].as_array().unwrap().len(), 2);
    let none = client.post(&format!("/datasets/{id}/retrieve"), &model(1.0)).await.json();
    assert_eq!(none["records"], json!([]));
}

#[tokio::test]
async fn a_whole_document_is_one_parent() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let body =
        json!({ "name": "whole", "text": STRUCTURES, "doc_form": "hierarchical_model", "process_rule": by_sentence("full-doc") });
    let accepted = client.post(&format!("/datasets/{id}/document/create-by-text"), &body).await.json();
    client.indexed(&id, accepted["batch"].as_str().unwrap()).await;
    let segments = client.segments(&id, accepted["document"]["id"].as_str().unwrap()).await;
    assert_eq!((segments.len(), &segments[0]["content"]), (1, &json!(STRUCTURES)));
    assert!(segments[0]["child_chunks"].as_array().unwrap().len() >= 5);
    let found = client.retrieve(&id, "drills", "keyword_search", 2).await;
    assert_eq!(found[0]["segment"]["content"], STRUCTURES);
}

#[tokio::test]
async fn chunks_that_people_write_get_children_and_edits_keep_or_renew_them() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.hierarchical(&id, "Structures", STRUCTURES).await;
    let path = format!("/datasets/{id}/documents/{document}/segments");
    let new = json!({ "segments": [{ "content": "Third parent gamma. Third parent delta.", "keywords": ["Dach"] }] });
    let added = client.post(&path, &new).await.json();
    let added = &added["data"][0];
    assert_eq!(texts(&added["child_chunks"], "content"), ["Third parent gamma", "Third parent delta."]);
    assert_eq!(added["keywords"], json!(["Dach"]));
    let one = format!("{path}/{}", added["id"].as_str().unwrap());
    let by_keyword = client.retrieve(&id, "dach", "keyword_search", 5).await;
    assert_eq!((&by_keyword[0]["segment"]["id"], &by_keyword[0]["child_chunks"]), (&added["id"], &json!([])));
    assert!(client.retrieve(&id, "dach", "full_text_search", 5).await.is_empty());

    client.post(&format!("{one}/child_chunks"), &json!({ "content": "Written by hand" })).await;
    let kept = client.post(&one, &json!({ "segment": { "content": "Bridges changed. Still two." } })).await.json();
    assert_eq!(
        texts(&kept["data"]["child_chunks"], "content"),
        ["Third parent gamma", "Third parent delta.", "Written by hand"],
        "left as they were"
    );
    assert_eq!(kept["data"]["keywords"], json!(["Dach"]));
    assert_eq!(client.retrieve(&id, "gamma", "keyword_search", 5).await[0]["segment"]["content"], "Bridges changed. Still two.");
    assert!(client.retrieve(&id, "changed", "keyword_search", 5).await.is_empty());

    let renew = json!({ "segment": { "content": "Ropes pull. Cranes lift.", "regenerate_child_chunks": true } });
    let renewed = client.post(&one, &renew).await.json();
    assert_eq!(texts(&renewed["data"]["child_chunks"], "content"), ["Ropes pull", "Cranes lift."]);
    assert!(client.retrieve(&id, "gamma", "keyword_search", 5).await.is_empty());
    assert!(client.retrieve(&id, "hand", "keyword_search", 5).await.is_empty());
    assert_eq!(client.retrieve(&id, "cranes", "keyword_search", 5).await.len(), 1);
    // The same text with regenerate renews as well.
    client.post(&format!("{one}/child_chunks"), &json!({ "content": "Extra" })).await;
    let again = client.post(&one, &json!({ "segment": { "regenerate_child_chunks": true } })).await.json();
    assert_eq!(again["data"]["child_chunks"].as_array().unwrap().len(), 2);

    client.delete(&one).await;
    assert!(client.retrieve(&id, "cranes", "keyword_search", 5).await.is_empty());
    // A new version of the document has new children only.
    let document = client.hierarchical(&id, "Structures", "Elevators rise. Stairs climb.").await;
    assert!(client.retrieve(&id, "arches", "keyword_search", 5).await.is_empty());
    assert_eq!(client.retrieve(&id, "stairs", "keyword_search", 5).await.len(), 1);
    client.delete(&format!("/datasets/{id}/documents/{document}")).await;
    assert!(client.retrieve(&id, "stairs", "keyword_search", 5).await.is_empty());
}

#[tokio::test]
async fn a_rule_has_to_fit_the_chunk_mode() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("Tree").await;
    let path = format!("/datasets/{id}/document/create-by-text");
    let body = |form: &str, rule: Value| json!({ "name": "x", "text": "One. Two.", "doc_form": form, "process_rule": rule });
    let without = |field: &str| {
        let mut rule = by_sentence("paragraph");
        rule["rules"].as_object_mut().unwrap().remove(field);
        rule
    };
    for (form, rule, part) in [
        ("hierarchical_model", by_paragraph(), "needs hierarchical"),
        ("text_model", by_sentence("paragraph"), "only for documents of hierarchical_model"),
        ("hierarchical_model", json!({ "mode": "hierarchical" }), "rules is required"),
        ("hierarchical_model", without("segmentation"), "segmentation is required"),
        ("hierarchical_model", without("subchunk_segmentation"), "subchunk_segmentation is required"),
        ("hierarchical_model", json!({ "mode": "hierarchical", "rules": { "parent_mode": "page" } }), "parent_mode"),
    ] {
        let answer = client.post(&path, &body(form, rule.clone())).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{rule}");
        assert!(answer.message().contains(part), "{}", answer.message());
    }
    assert_eq!(client.get(&format!("/datasets/{id}/documents")).await.json()["total"], 0, "nothing was taken");

    // A length out of range is found when it is split, as on real servers.
    let mut short = by_sentence("paragraph");
    short["rules"]["subchunk_segmentation"]["max_tokens"] = json!(10);
    let accepted = client.post(&path, &body("hierarchical_model", short)).await.json();
    let status = client.indexed(&id, accepted["batch"].as_str().unwrap()).await;
    assert_eq!(status["error"], "Custom segment length should be between 50 and 4000.");
    // The automatic mode is one of parents and children here, and says so.
    let automatic = client.post(&path, &body("hierarchical_model", json!({ "mode": "automatic" }))).await.json();
    let document = automatic["document"]["id"].as_str().unwrap();
    client.indexed(&id, automatic["batch"].as_str().unwrap()).await;
    let detail = client.get(&format!("/datasets/{id}/documents/{document}")).await.json();
    assert_eq!(detail["document_process_rule"]["rules"]["parent_mode"], "paragraph");
    assert_eq!(texts(&client.segments(&id, document).await[0]["child_chunks"], "content"), ["One. Two."]);
}

#[tokio::test]
async fn a_parent_with_a_thousand_children_does_not_crowd_out_the_others() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let long: String = (0..1000).map(|number| format!("The valve number {number} is open. ")).collect();
    let rule = json!({ "mode": "hierarchical", "rules": { "parent_mode": "full-doc",
        "subchunk_segmentation": { "separator": ". ", "max_tokens": 60, "chunk_overlap": 0 } } });
    let body = json!({ "name": "long", "text": long, "doc_form": "hierarchical_model", "process_rule": rule });
    let accepted = client.post(&format!("/datasets/{id}/document/create-by-text"), &body).await.json();
    client.indexed(&id, accepted["batch"].as_str().unwrap()).await;
    let document = accepted["document"]["id"].as_str().unwrap();
    let parents = client.segments(&id, document).await;
    assert_eq!(parents.len(), 1);
    assert_eq!(parents[0]["child_chunks"].as_array().unwrap().len(), 1000);
    client.hierarchical(&id, "short", "A single valve somewhere. Nothing else.").await;
    for method in ["keyword_search", "full_text_search"] {
        let found = client.retrieve(&id, "valve", method, 5).await;
        assert_eq!(found.len(), 2, "both parents, once each");
        assert!(found.iter().all(|record| (1..=5).contains(&record["child_chunks"].as_array().unwrap().len())));
        let one = client.retrieve(&id, "valve 777", method, 5).await;
        assert_eq!(one[0]["child_chunks"][0]["content"], "The valve number 777 is open");
    }
    let parent = parents[0]["id"].as_str().unwrap();
    let path = format!("/datasets/{id}/documents/{document}/segments/{parent}/child_chunks");
    let page = client.get(&format!("{path}?page=10&limit=500")).await.json();
    assert_eq!((&page["limit"], &page["total"], &page["total_pages"]), (&json!(100), &json!(1000), &json!(10)));
    assert_eq!(page["data"][99]["position"], 1000);
    assert_eq!(client.delete(&format!("/datasets/{id}/documents/{document}/segments/{parent}")).await.status, 204);
    assert_eq!(client.retrieve(&id, "valve", "keyword_search", 5).await.len(), 1);
}
