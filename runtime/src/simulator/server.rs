//! The socket: HTTP requests to the service and its answers back, those that arrive.

use std::io::Read;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::read::GzEncoder;
use tokio::net::TcpListener;

use super::reply::{Reply, Way};
use super::service::{Incoming, Service, read};
use super::wire::{Scissors, Wires};

/// More than any request for a page or a token needs.
const LARGEST_BODY: usize = 1 << 20;

/// About as much as the head of an answer.
const HEAD: usize = 400;

/// Serves until it is cancelled.
pub(super) async fn serve(listener: TcpListener, service: Arc<Service>) {
    let router = Router::new().fallback(handle).with_state(service);
    // It returns an error only in its signature: a failed accept is tried again inside.
    let _ = axum::serve(Wires(listener), router.into_make_service_with_connect_info::<Scissors>()).await;
}

async fn handle(
    State(service): State<Arc<Service>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let header = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let mut reply = service.answer(&Incoming {
        method: parts.method.as_str(),
        target: parts.uri.path_and_query().map_or("/", |target| target.as_str()),
        authorization: header(AUTHORIZATION),
        content_type: header(CONTENT_TYPE).unwrap_or_default(),
        body: &body,
    });
    let takes_gzip = header(ACCEPT_ENCODING).is_some_and(|encodings| encodings.contains("gzip"));
    if takes_gzip && read(&service.behaviour).gzip {
        reply.body = compressed(&reply.body);
        reply = reply.with(CONTENT_ENCODING.as_str(), "gzip");
    }
    match reply.way {
        Way::Arrives => {}
        Way::Reset => scissors.cut_after(0),
        Way::CutOff => scissors.cut_after(HEAD + reply.body.len() / 2),
        Way::Stalled => scissors.stop_after(HEAD + reply.body.len() / 2),
        Way::Silence => std::future::pending().await,
        Way::Slow(time) => tokio::time::sleep(time).await,
    }
    respond(reply)
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    let read = GzEncoder::new(bytes, Compression::fast()).read_to_end(&mut compressed);
    debug_assert!(read.is_ok(), "memory neither fails to be read nor to be written");
    compressed
}

fn respond(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(Bytes::from(reply.body)));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
