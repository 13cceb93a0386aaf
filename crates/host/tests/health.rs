//! What a probe sees.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use hyper::body::Bytes;
use support::TestHost;
use support::upstream::{dify, only};

#[tokio::test]
async fn a_probe_learns_whether_anything_can_be_written() {
    let host = TestHost::start().await;
    let of_probe = [("host", "10.1.2.3:8484")];
    let answer = host.client.send(Method::GET, "//healthz", &of_probe, Bytes::new()).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"));
    let body = answer.json();
    assert_eq!((&body["status"], &body["store"]), (&"ok".into(), &"writable".into()));
    assert_eq!(body["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(body.as_object().unwrap().len(), 3, "nothing more than a probe needs: {body}");
    assert_eq!(std::fs::read_dir(host.folder.0.join("data/tmp")).unwrap().count(), 0, "it leaves nothing behind");

    std::fs::remove_dir_all(host.folder.0.join("data/tmp")).unwrap();
    let answer = host.client.send(Method::GET, "//healthz", &of_probe, Bytes::new()).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["store"]), (503, &"not writable".into()));
}

#[tokio::test]
async fn servers_elsewhere_are_no_business_of_the_probe() {
    let host = TestHost::with(only(dify("http://127.0.0.1:1/v1"))).await;
    let answer = host.client.get("//healthz").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["store"]), (200, &"none".into()));
}
