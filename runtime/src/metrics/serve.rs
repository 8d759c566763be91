//! The port for those who ask how it goes: `/metrics`, `/healthz`, `/readyz`. On this machine alone; the configuration takes no
//! other address.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;

use super::Metrics;
use crate::clock::Clock;
use crate::failure::{Failure, io};

const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Serves `metrics` beside everything else on this thread until the process ends. Returns the address, for port 0.
///
/// # Errors
/// When the address cannot be listened at.
pub(crate) async fn start<C>(metrics: Metrics, address: SocketAddr, clock: C) -> Result<SocketAddr, Failure>
where
    C: Clock + Clone + 'static,
{
    let doing = format!("serve metrics at {address}; give `metrics` another port");
    let listener = TcpListener::bind(address).await.map_err(io(&doing))?;
    let address = listener.local_addr().map_err(io(&doing))?;
    let router = Router::new()
        .route("/metrics", get(text::<C>))
        // That it answers is the proof: all work is on the same thread.
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready::<C>))
        .with_state((metrics, clock));
    // It returns an error only in its signature: a failed accept is tried again inside.
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

async fn text<C: Clock>(State((metrics, clock)): State<(Metrics, C)>) -> impl IntoResponse {
    ([(CONTENT_TYPE, TEXT_FORMAT)], metrics.text(clock.now()))
}

async fn ready<C: Clock>(State((metrics, clock)): State<(Metrics, C)>) -> impl IntoResponse {
    match &metrics.not_ready(clock.now())[..] {
        [] => (StatusCode::OK, "ready\n".to_owned()),
        lines => (StatusCode::SERVICE_UNAVAILABLE, lines.join("\n") + "\n"),
    }
}
