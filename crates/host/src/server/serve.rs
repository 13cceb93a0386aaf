//! Accepts connections until the host is told to stop, and lets those that are there finish.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_service::Service;

/// How long the head of a request may take, and how long a connection waits for its next one: longer than the 60 s of nginx, so
/// that a proxy in front closes first and never sends into a closing connection.
const HEAD: Duration = Duration::from_secs(75);
/// Largest head of a request.
const MOST_HEAD: usize = 64 << 10;
/// How long a system without free file handles is left alone.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until `stopping` turns true and every open request has ended.
pub(super) async fn serve(listener: TcpListener, router: Router, mut stopping: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(MOST_HEAD);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // A connection that is gone already costs nothing; a lack of handles passes only with time.
                let is_gone =
                    [std::io::ErrorKind::ConnectionAborted, std::io::ErrorKind::ConnectionReset].contains(&error.kind());
                if !is_gone {
                    tracing::error!("no connection could be accepted: {error}");
                    tokio::time::sleep(PAUSE).await;
                }
                continue;
            }
        };
        // Answers are small: waiting for more to send with them only makes them late.
        let _as_it_is = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut router = router.clone();
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.call(request)
        });
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // It ends in an error when the client goes away, which is the client's business.
            let _ended = connection.await;
        });
    }
    drop(listener);
    graceful.shutdown().await;
}
