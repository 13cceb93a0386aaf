//! Servers behind TLS: with a certificate that a named authority signed, and with one that nobody vouches for.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::routing::{get, post};
use hyper_util::rt::TokioIo;
use loredesk_host::config::{EmbeddingService, Server};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, crypto};
use serde_json::json;
use support::upstream::{dify, only};
use support::{Client, Folder, TestHost};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

/// A TLS server for the name, and the file of the authority that signed its certificate.
async fn secure(folder: &Folder, name: &str, routes: Router) -> (SocketAddr, PathBuf) {
    let mut authority = CertificateParams::new(Vec::<String>::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let file = folder.0.join("ca.pem");
    std::fs::write(&file, authority.pem()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, routes) = (acceptor.clone(), routes.clone());
            tokio::spawn(async move {
                // A client that does not trust it ends the handshake.
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                    routes.clone().call(request.map(Body::new))
                });
                let _ended = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    (address, file)
}

async fn asked(url: &str, ca_file: Option<PathBuf>) -> support::http::Answer {
    let mut connection = dify(url);
    if let Server::Dify(upstream) = &mut connection.server {
        upstream.ca_file = ca_file;
    }
    let host = TestHost::with(only(connection)).await;
    Client { base: "/api/far".to_owned(), ..host.client.clone() }.get("/datasets").await
}

#[tokio::test]
async fn only_a_server_with_a_trusted_certificate_is_asked() {
    let folder = Folder::new();
    let routes = Router::new().route("/v1/datasets", get(|| async { axum::Json(json!({ "secure": true })) }));
    let (address, ca_file) = secure(&folder, "localhost", routes).await;
    let url = format!("https://localhost:{}/v1", address.port());
    let answer = asked(&url, Some(ca_file.clone())).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "secure": true })));

    let answer = asked(&url, None).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (502, "upstream_unreachable"));
    let sentence = answer.message();
    assert!(sentence.contains("Far away") && sentence.contains("not trusted") && sentence.contains("ca_file"), "{sentence}");

    let answer = asked(&format!("https://127.0.0.1:{}/v1", address.port()), Some(ca_file)).await;
    assert!(answer.message().contains("another name"), "{}", answer.message());
    let plain = asked(&format!("http://localhost:{}/v1", address.port()), None).await;
    assert_eq!(plain.status, 502, "plain HTTP does not reach it");
}

#[tokio::test]
async fn the_embedding_service_may_be_behind_tls() {
    let folder = Folder::new();
    let answer = |axum::Json(body): axum::Json<serde_json::Value>| async move {
        let count = body["input"].as_array().unwrap().len();
        let data: Vec<_> = (0..count).map(|index| json!({ "index": index, "embedding": [1.0, 0.0] })).collect();
        axum::Json(json!({ "data": data }))
    };
    let (address, ca_file) = secure(&folder, "localhost", Router::new().route("/v1/embeddings", post(answer))).await;
    let url = format!("https://localhost:{}/v1", address.port());
    let service = |ca_file| EmbeddingService { url: url.clone(), model: "m".to_owned(), key: None, ca_file };
    let host = TestHost::with(|config| config.embeddings = Some(service(Some(ca_file)))).await;
    let made = host.client.post("/datasets", &json!({ "name": "HQ", "indexing_technique": "high_quality" })).await.json();
    let id = made["id"].as_str().unwrap();
    host.client.text(id, "t", "one").await;
    assert_eq!(host.client.retrieve(id, "anything", "semantic_search", 1).await.len(), 1);

    let host = TestHost::with(|config| config.embeddings = Some(service(None))).await;
    let made = host.client.post("/datasets", &json!({ "name": "HQ", "indexing_technique": "high_quality" })).await.json();
    let body = json!({ "name": "t", "text": "one", "process_rule": support::by_paragraph() });
    let path = format!("/datasets/{}/document/create-by-text", made["id"].as_str().unwrap());
    let batch = host.client.post(&path, &body).await.json()["batch"].as_str().unwrap().to_owned();
    let status = host.client.indexed(made["id"].as_str().unwrap(), &batch).await;
    assert!(status["error"].as_str().unwrap().contains("not trusted"), "{status}");
}

#[tokio::test]
async fn a_file_without_certificates_is_refused_at_the_start() {
    let folder = Folder::new();
    let file = folder.0.join("ca.pem");
    std::fs::write(&file, "no certificate").unwrap();
    for ca_file in [file, folder.0.join("none.pem")] {
        let mut connection = dify("https://localhost/v1");
        if let Server::Dify(upstream) = &mut connection.server {
            upstream.ca_file = Some(ca_file);
        }
        let mut config = loredesk_host::config::Config { listen: ([127, 0, 0, 1], 0).into(), ..Default::default() };
        config.connections = vec![connection];
        let error = loredesk_host::server::start(config).await.unwrap_err().to_string();
        assert!(error.contains("\"far\"") && error.contains("ca_file"), "{error}");
    }
}
