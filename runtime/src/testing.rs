//! A scripted API on loopback, for tests of what talks to one: it answers what it was told to, in order, and notes what it was asked.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write;
use std::sync::{Arc, Mutex, Once};
use std::time::UNIX_EPOCH;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::Response;
use logwright::contract::Source;
use logwright::log_types::SOURCES;
use logwright::time::Timestamp;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tracing_subscriber::fmt::MakeWriter;
use url::Url;

use crate::account::Account;
use crate::clock::{Clock, Manual};

/// The secret of every test account; it must show nowhere.
pub(crate) const SECRET: &str = "s3cret-4711";

/// One answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// How far the server's clock is ahead of the test's when it answers, in seconds.
    ahead: i64,
}

/// What the server was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Path and query, exactly as sent.
    pub(crate) target: String,
    pub(crate) authorization: String,
    pub(crate) body: String,
    pub(crate) headers: BTreeMap<String, String>,
}

/// The server, on a port of its own.
pub(crate) struct Server {
    pub(crate) clock: Arc<Manual>,
    pub(crate) base_url: Url,
    shared: Arc<Shared>,
}

struct Shared {
    clock: Arc<Manual>,
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Asked>>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into(), ..Self::default() }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn ahead(self, seconds: i64) -> Self {
        Self { ahead: seconds, ..self }
    }

    /// A page of audit logs; there is more when there is a cursor. Like the real API, it gives a cursor at the end, too.
    pub(crate) fn page(records: &[String], next: Option<&str>) -> Self {
        let (records, cursor) = (records.join(","), next.unwrap_or("end"));
        let more = next.is_some();
        Self::new(
            200,
            format!(r#"{{"audit_logs":[{records}],"meta":{{"has_more":{more},"after_cursor":"{cursor}"}}}}"#),
        )
    }

    pub(crate) fn token(token: &str, expires_in: u64) -> Self {
        Self::new(201, format!(r#"{{"access_token":"{token}","token_type":"bearer","expires_in":{expires_in}}}"#))
    }
}

impl Server {
    /// A server that has these answers to give. The test's clock stands at noon of 2026-11-22.
    pub(crate) async fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        capture();
        let clock = Arc::new(Manual::new(noon()));
        let shared = Arc::new(Shared {
            clock: Arc::clone(&clock),
            answers: Mutex::new(answers.into_iter().collect()),
            asked: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { clock, base_url, shared }
    }

    pub(crate) fn will_answer(&self, answers: impl IntoIterator<Item = Answer>) {
        self.shared.answers.lock().unwrap().extend(answers);
    }

    /// What was asked since the last time this was called.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.shared.asked.lock().unwrap())
    }

    /// Path and query of each request since the last time.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.target).collect()
    }

    /// An account at this server, signed in to by this method.
    pub(crate) fn account(&self, method: &str) -> Account {
        self.account_at(zendesk(), method)
    }

    pub(crate) fn account_at(&self, source: &'static Source, method: &str) -> Account {
        let sign_in = source.sign_in.iter().find(|way| way.method == method).unwrap();
        let value = |secret| SecretString::from(if secret { SECRET } else { "me@acme.example" });
        let credentials = sign_in.inputs.iter().map(|input| (input.name, value(input.secret)));
        let inputs = BTreeMap::from([("subdomain", "acme".to_owned())]);
        Account::new("acme", source, sign_in, inputs, credentials.collect(), self.base_url.clone())
    }
}

pub(crate) fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

pub(crate) fn zendesk() -> &'static Source {
    SOURCES.iter().find(|source| source.name == "zendesk").unwrap()
}

/// Everything that was logged so far, by whatever test and at whatever level.
pub(crate) fn log() -> String {
    String::from_utf8(LOG.lock().unwrap().clone()).unwrap()
}

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Starts to keep log lines, once for all tests: one test's own subscriber would race with the others'.
pub(crate) fn capture() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(Capture).init();
    });
}

struct Capture;

impl Write for Capture {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Capture {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let authorization = parts.headers.get("authorization").map_or("", |value| value.to_str().unwrap());
    let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    shared.asked.lock().unwrap().push(Asked {
        headers: parts.headers.iter().map(header).collect(),
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        authorization: authorization.to_owned(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    // A test that asks for more than it wrote down gets a refusal that nothing retries.
    let none_left = || Answer::new(418, "the script has no more answers");
    let answer = shared.answers.lock().unwrap().pop_front().unwrap_or_else(none_left);
    let seconds = u64::try_from(shared.clock.now().unix_seconds() + answer.ahead).unwrap();
    let date = httpdate::fmt_http_date(UNIX_EPOCH + std::time::Duration::from_secs(seconds));
    let mut response = Response::builder().status(answer.status).header("date", date);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).unwrap()
}
