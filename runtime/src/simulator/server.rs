//! The socket: HTTP requests to the service and its answers back.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use tokio::net::TcpListener;

use super::reply::{LOST, Reply};
use super::service::{Incoming, Service};

/// More than any request for a page or a token needs.
const LARGEST_BODY: usize = 1 << 20;

/// Serves until it is cancelled.
pub(super) async fn serve(listener: TcpListener, service: Arc<Service>) {
    let router = Router::new().fallback(handle).with_state(service);
    // It returns an error only in its signature: a failed accept is tried again inside.
    let _ = axum::serve(listener, router).await;
}

async fn handle(State(service): State<Arc<Service>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let header = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let reply = service.answer(&Incoming {
        method: parts.method.as_str(),
        target: parts.uri.path_and_query().map_or("/", |target| target.as_str()),
        authorization: header(AUTHORIZATION),
        content_type: header(CONTENT_TYPE).unwrap_or_default(),
        body: &body,
    });
    if reply.status == LOST {
        return Response::new(Body::new(Broken));
    }
    respond(reply)
}

/// A body that fails before its first byte, upon which the server breaks the connection.
struct Broken;

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
    }
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
