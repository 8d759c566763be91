//! The loopback address to which a browser brings the answer of the sign-in page, RFC 8252 section 7.3.
//!
//! The first answer decides and every other is turned away. Requests that are no answer, such as a browser's for an icon, change
//! nothing. The pages are fixed texts: nothing of a request is ever shown.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use url::form_urlencoded;

/// The path of the redirect address.
pub(super) const PATH: &str = "/callback";
/// How long a browser may take to fetch the last page.
const LAST_PAGE_TIME: Duration = Duration::from_secs(2);

/// What the browser brought.
#[derive(Debug)]
pub(super) enum Brought {
    Code(SecretString),
    /// The person said no.
    Denied,
    /// The server said no; one of the codes of RFC 6749 section 4.1.2.1, or nothing that we know.
    Refused(&'static str),
    /// An answer to another request than ours.
    NotOurs,
}

/// What the person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Done,
    Denied,
    Failed,
    NotOurs,
    Again,
    NotAnAnswer,
}

/// The address, while it is listened to.
pub(super) struct Callback {
    answers: mpsc::Receiver<(Brought, oneshot::Sender<Page>)>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

struct Shared {
    state: String,
    /// The `Host` of requests that are for us. A page of the network may send a browser here under another name.
    host: String,
    taken: AtomicBool,
    answers: mpsc::Sender<(Brought, oneshot::Sender<Page>)>,
}

impl Callback {
    /// Listens for the answer to the request with this `state`.
    pub(super) fn listen(listener: TcpListener, host: String, state: String) -> Self {
        let (sender, answers) = mpsc::channel(1);
        let (stop, stopped) = oneshot::channel::<()>();
        let shared = Arc::new(Shared { state, host, taken: AtomicBool::new(false), answers: sender });
        let router = Router::new().fallback(handle).with_state(shared);
        let server = tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            // It returns an error only in its signature: a failed accept is tried again inside.
            let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
        });
        Self { answers, stop, server }
    }

    /// The first answer, and who waits to hear what came of it.
    pub(super) async fn answer(&mut self) -> (Brought, oneshot::Sender<Page>) {
        match self.answers.recv().await {
            Some(answer) => answer,
            // The server holds the other end as long as it runs, which is until `close`.
            None => std::future::pending().await,
        }
    }

    /// Stops listening, after the last page has gone out.
    pub(super) async fn close(mut self) {
        let _ = self.stop.send(());
        if tokio::time::timeout(LAST_PAGE_TIME, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let ours = host == Some(shared.host.as_str()) && request.uri().path() == PATH && request.method() == Method::GET;
    let Some(brought) = ours.then(|| brought(request.uri().query().unwrap_or_default(), &shared.state)).flatten()
    else {
        return page(Page::NotAnAnswer);
    };
    if shared.taken.swap(true, Ordering::SeqCst) {
        return page(Page::Again);
    }
    let (sender, verdict) = oneshot::channel();
    // Where nobody listens any more, the time was up.
    let verdict = match shared.answers.send((brought, sender)).await {
        Ok(()) => verdict.await.unwrap_or(Page::Failed),
        Err(_) => Page::Failed,
    };
    page(verdict)
}

/// What a query brings; `None` where it is no answer at all.
fn brought(query: &str, state: &str) -> Option<Brought> {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    // A parameter must not stand twice (section 3.1), or two readers of it might read two different things.
    let all = |name: &str| pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| &**value).collect::<Vec<_>>();
    let (codes, errors, states) = (all("code"), all("error"), all("state"));
    if codes.is_empty() && errors.is_empty() {
        return None;
    }
    // The state is a secret of 256 bits and there is one try at it, so how long the comparison takes gives nothing away.
    Some(match (&*codes, &*errors, &*states) {
        ([code], [], [given]) if *given == state && !code.is_empty() => Brought::Code((*code).into()),
        // Some servers leave the state out of a refusal, which can do no more than end the attempt.
        ([], [error], [] | [_]) if states.first().is_none_or(|given| *given == state) => refused(error),
        _ => Brought::NotOurs,
    })
}

fn refused(error: &str) -> Brought {
    const KNOWN: [&str; 6] = [
        "invalid_request",
        "unauthorized_client",
        "unsupported_response_type",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
    ];
    match KNOWN.iter().find(|known| **known == error) {
        _ if error == "access_denied" => Brought::Denied,
        Some(known) => Brought::Refused(known),
        None => Brought::Refused("an error that OAuth does not know"),
    }
}

fn page(page: Page) -> Response {
    let (status, title, text) = match page {
        Page::Done => (StatusCode::OK, "Signed in", "You can close this window."),
        Page::Denied => {
            (StatusCode::OK, "Not signed in", "You did not agree, and nothing was changed. You can close this window.")
        }
        Page::Failed => (StatusCode::OK, "Not signed in", "It did not work. The terminal says why, and what to do."),
        Page::NotOurs => (
            StatusCode::BAD_REQUEST,
            "Not signed in",
            "This answer does not belong to the sign-in that was begun in the terminal. Begin again there.",
        ),
        Page::Again => (
            StatusCode::CONFLICT,
            "Answered before",
            "This sign-in has had its answer. The terminal says what came of it.",
        ),
        Page::NotAnAnswer => {
            (StatusCode::NOT_FOUND, "Nothing here", "This address waits for the answer of a sign-in page.")
        }
    };
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Logwright: {title}</title><h1>{title}</h1><p>{text}</p></html>\n"
    );
    let headers: [(HeaderName, HeaderValue); 6] = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
        // The address of this page holds the code.
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CONNECTION, HeaderValue::from_static("close")),
    ];
    (status, headers, html).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[tokio::test]
    async fn the_first_answer_decides_and_strangers_and_seconds_are_turned_away() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let mut callback = Callback::listen(listener, host.clone(), "state".into());
        // Fails when another test has installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::new();
        let get = |query: &str| client.get(format!("http://{host}{PATH}?{query}"));
        let first = tokio::spawn(get("code=a&state=state").send());
        let (brought, person) = callback.answer().await;
        assert!(matches!(brought, Brought::Code(code) if code.expose_secret() == "a"));
        for (request, status) in [
            (get("code=a&state=state"), 409),
            (get("code=a&state=state").header("host", "evil.example"), 404),
            (client.post(format!("http://{host}{PATH}?code=a&state=state")), 404),
            (get(""), 404),
        ] {
            assert_eq!(request.send().await.unwrap().status(), status);
        }
        person.send(Page::Done).unwrap();
        let page = first.await.unwrap().unwrap();
        let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
        assert_eq!((header("cache-control"), header("referrer-policy")), ("no-store".into(), "no-referrer".into()));
        assert!(header("content-security-policy").starts_with("default-src 'none'"));
        assert!(page.text().await.unwrap().contains("You can close this window."));
        callback.close().await;
        assert!(get("code=a&state=state").send().await.is_err(), "nobody listens any more");
    }

    #[test]
    fn a_query_brings_a_code_a_refusal_or_something_that_is_not_ours() {
        let of = |query: &str| match brought(query, "state") {
            None => "nothing".to_owned(),
            Some(Brought::Code(code)) => format!("code {}", code.expose_secret()),
            Some(Brought::Denied) => "denied".to_owned(),
            Some(Brought::Refused(why)) => why.to_owned(),
            Some(Brought::NotOurs) => "not ours".to_owned(),
        };
        assert_eq!(of("code=a%2Bb&state=state"), "code a+b");
        assert_eq!(of("error=access_denied&state=state"), "denied");
        assert_eq!(of("error=access_denied"), "denied");
        assert_eq!(of("error=invalid_scope&error_description=%3Cscript%3E&state=state"), "invalid_scope");
        assert_eq!(of("error=%3Cscript%3E&state=state"), "an error that OAuth does not know");
        for query in [
            "code=a",
            "code=a&state=",
            "code=a&state=other",
            "code=&state=state",
            "code=a&state=state&state=other",
            "code=a&code=b&state=state",
            "code=a&error=access_denied&state=state",
            "error=access_denied&state=other",
        ] {
            assert_eq!(of(query), "not ours", "{query}");
        }
        for query in ["", "state=state", "favicon"] {
            assert_eq!(of(query), "nothing", "{query}");
        }
    }
}
