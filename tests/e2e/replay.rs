//! The desk on the recorded answers of a real Dify server, which differ from the contract and from the host in many places.
//!
//! Proves: listDatasets, getDatasetDetail, listDocuments, getDocumentDetail, listSegments, getSegmentDetail, retrieveSegments.

use fantoccini::key::Key;

use crate::support::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn a_real_servers_answers_are_shown() {
    let desk = Desk::replaying("segments.get").await;
    desk.open("/real/knowledge-bases").await;
    for name in ["Product manual", "知识库 – Ünïcode 🚀", "name only"] {
        desk.see_text(name).await;
    }

    desk.click("Product manual").await;
    for name in ["Pump manual", "broken.pdf", "prices.xlsx", "SHOUT.TXT"] {
        desk.see_text(name).await;
    }
    desk.see_text("12 documents").await;
    desk.see_text("Failed").await;

    desk.click("Pump manual").await;
    desk.see_text("Maintenance: replace the impeller seal every twelve months.").await;
    desk.see_text("Weight 12 kg.").await;
    let document = desk.path().await.split('?').next().unwrap_or_default().to_owned();
    desk.open(&format!("{document}/chunks/e111b109-ddf1-4064-afd7-5a2a8665f2c4")).await;
    let content = desk.field("Content").await.prop("value").await.unwrap();
    assert_eq!(content.as_deref(), Some("Torque: tighten the bolts to 40 Nm."));

    let knowledge_base = document.split("/documents").next().unwrap_or_default();
    desk.open(&format!("{knowledge_base}/retrieval")).await;
    desk.type_into("Question or search words", "impeller").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("Maintenance: replace the impeller seal every twelve months.").await;
    desk.finish(&[]).await;
}
