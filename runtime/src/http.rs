//! One request to one host, and its answer.
//!
//! An [`Http`] is bound to a base URL. It sends to that scheme, host and port alone, follows no redirect, and so
//! cannot carry credentials anywhere else. Answers are read whole, up to a bound.

use std::fmt;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::config::base_url::is_loopback;
use crate::failure::Failure;
use crate::printable::printable;
use crate::secret;

const CONNECT_TIME: Duration = Duration::from_secs(10);
/// How long the server may be silent.
const READ_TIME: Duration = Duration::from_secs(60);
const WHOLE_TIME: Duration = Duration::from_secs(180);
/// The largest answer that is read, after decompression.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// How much the room for an answer grows at a time. Doubling it, as is usual, would take up twice the bound.
const STEP: usize = 4 * 1024 * 1024;
const USER_AGENT: &str = concat!("logwright/", env!("CARGO_PKG_VERSION"));

/// A client for one host.
#[derive(Clone)]
pub struct Http {
    carrier: Carrier,
    base_url: Url,
    most_bytes: usize,
}

/// What carries requests where no network does: a server inside the process.
pub trait Carry: Send + Sync {
    /// The answer to `ask`, which comes with this `Authorization` header.
    ///
    /// # Errors
    /// When there is none, or no whole one.
    fn carry(&self, ask: &Ask, authorization: Option<&str>) -> Result<Reply, Fault>;
}

#[derive(Clone)]
enum Carrier {
    Network(reqwest::Client),
    Within(Arc<dyn Carry>),
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The whole URL.
    pub url: Url,
    /// The body of a `POST`; without one it is a `GET`.
    pub body: Option<Body>,
}

/// A request body. Its `Debug` does not show the text, which may hold a client's secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    /// The media type.
    pub media_type: &'static str,
    /// The text.
    pub text: String,
}

/// An answer, whatever its status. Its `Debug` shows neither headers nor body: they may hold tokens, or repeat what was sent.
#[derive(Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

/// Who asks. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct Authorization {
    /// The header's value, marked sensitive.
    value: HeaderValue,
    /// What must never be shown: the credential as it is sent, and the secret inside it.
    secrets: Vec<SecretString>,
}

/// Why there is no answer, or no whole one. It names no URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl Http {
    /// A client for the host of `base_url`. Plain `http` is taken for loopback alone.
    ///
    /// # Errors
    /// When TLS cannot be set up, such as without any trusted certificate on the machine.
    pub fn new(base_url: &Url) -> Result<Self, Failure> {
        // Fails when a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let loopback = is_loopback(base_url);
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .https_only(!loopback)
            .connect_timeout(CONNECT_TIME)
            .read_timeout(READ_TIME)
            .timeout(WHOLE_TIME);
        if loopback {
            builder = builder.no_proxy();
        }
        let client = builder
            .build()
            .map_err(|error| Failure::Outside(format!("cannot set up the HTTP client: {}", causes(error))))?;
        Ok(Self { carrier: Carrier::Network(client), base_url: base_url.clone(), most_bytes: MOST_BYTES })
    }

    /// A client for the host of `base_url` that lies inside the process.
    pub fn within(base_url: &Url, carrier: Arc<dyn Carry>) -> Self {
        Self { carrier: Carrier::Within(carrier), base_url: base_url.clone(), most_bytes: MOST_BYTES }
    }

    /// The URL that every request starts with.
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }

    /// Sends `ask` and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// When the URL is of another host, there is no answer in time, or it breaks off or exceeds 64 MiB.
    pub async fn send(&self, ask: &Ask, who: Option<&Authorization>) -> Result<Reply, Fault> {
        self.send_with(ask, who, &[]).await
    }

    /// The same, with these headers too.
    pub(crate) async fn send_with(
        &self,
        ask: &Ask,
        who: Option<&Authorization>,
        headers: &[(&'static str, String)],
    ) -> Result<Reply, Fault> {
        if ask.url.origin() != self.base_url.origin() {
            let message = "the request is for another host than the configured one; it is not sent";
            return Err(Fault(message.into()));
        }
        let client = match &self.carrier {
            Carrier::Network(client) => client,
            Carrier::Within(server) => {
                // An answer is never there at once, so another lane may have its turn.
                turn().await;
                return server.carry(ask, who.and_then(|who| who.value.to_str().ok()));
            }
        };
        let mut request = match &ask.body {
            None => client.get(ask.url.clone()),
            Some(body) => client.post(ask.url.clone()).header(CONTENT_TYPE, body.media_type).body(body.text.clone()),
        };
        request = request.header(ACCEPT, "application/json");
        if let Some(who) = who {
            request = request.header(AUTHORIZATION, who.value.clone());
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let mut response = request.send().await.map_err(fault)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body: Vec<u8> = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if body.len() + chunk.len() > self.most_bytes {
                return Err(Fault("the answer is larger than 64 MiB".into()));
            }
            if body.capacity() - body.len() < chunk.len() {
                body.reserve_exact(chunk.len().max(body.len().min(STEP)));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, headers, body })
    }
}

impl Authorization {
    /// `scheme credential` as a header that no log shows.
    ///
    /// # Errors
    /// When the credential has characters that a header cannot carry.
    pub fn header(scheme: &str, credential: &SecretString) -> Result<Self, String> {
        let text = SecretString::from(format!("{scheme} {}", credential.expose_secret()));
        let mut value = HeaderValue::from_str(text.expose_secret())
            .map_err(|_| "the credential has characters that an HTTP header cannot carry")?;
        value.set_sensitive(true);
        Ok(Self { value, secrets: vec![credential.clone()] })
    }

    /// `Basic`, RFC 7617.
    ///
    /// # Errors
    /// Never, since Base64 fits a header; the signature is that of [`Authorization::header`].
    pub fn basic(user: &str, password: SecretString) -> Result<Self, String> {
        let pair = SecretString::from(format!("{user}:{}", password.expose_secret()));
        let credential = SecretString::from(BASE64_STANDARD.encode(pair.expose_secret()));
        let mut basic = Self::header("Basic", &credential)?;
        basic.secrets.push(password);
        Ok(basic)
    }

    /// `text` with the credential struck out, for servers that repeat what they were sent.
    pub(crate) fn redact(&self, text: &str) -> String {
        let secrets = self.secrets.iter().map(ExposeSecret::expose_secret);
        secrets.fold(text.to_owned(), |text, secret| secret::strike(&text, secret))
    }

    /// Whether this is what `credential` looks like when it is sent.
    pub(crate) fn carries(&self, credential: &SecretString) -> bool {
        self.secrets.iter().any(|secret| secret.expose_secret() == credential.expose_secret())
    }
}

impl Reply {
    /// A header's text; `None` where it is absent or not ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What an error body says, in at most 200 characters: the members that APIs use for messages, or the text itself.
    ///
    /// `redact` strikes out secrets. It gets the text before it is cut, so that no half of a secret stays.
    pub fn complaint(&self, redact: impl Fn(&str) -> String) -> String {
        // What a server has to say stands at the front; a body may be large.
        let text = String::from_utf8_lossy(&self.body[..self.body.len().min(64 * 1024)]);
        let said = match serde_json::from_str::<serde_json::Value>(&text) {
            Ok(serde_json::Value::Object(members)) => {
                let mut parts = Vec::new();
                for name in ["error", "error_description", "description", "message", "details"] {
                    members.get(name).into_iter().for_each(|value| collect(value, &mut parts));
                }
                parts.join(": ")
            }
            _ if text.trim_start().starts_with('<') => "an HTML page".to_owned(),
            _ => text.trim().to_owned(),
        };
        printable(&redact(&said)).chars().take(200).collect()
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("base_url", &self.base_url.as_str()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("media_type", &self.media_type).finish_non_exhaustive()
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("status", &self.status).field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization")
    }
}

/// Lets others on this thread go on first, once.
async fn turn() {
    let mut given = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut given, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// The texts inside an error value, which is a string in some bodies and an object in others.
fn collect(value: &serde_json::Value, parts: &mut Vec<String>) {
    match value {
        // Servers say the same under several names.
        serde_json::Value::String(text) if !parts.contains(text) => parts.push(text.clone()),
        serde_json::Value::Object(members) => members.values().for_each(|value| collect(value, parts)),
        _ => {}
    }
}

fn fault(error: reqwest::Error) -> Fault {
    Fault(causes(error))
}

/// The error and what caused it, without the URL.
fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Server};

    fn complaint(body: &str) -> String {
        Reply { status: 400, headers: HeaderMap::new(), body: body.into() }.complaint(str::to_owned)
    }

    #[test]
    fn a_complaint_is_found_in_every_kind_of_body() {
        let text = r#"{"error":"invalid_grant","error_description":"The code has ended"}"#;
        assert_eq!(complaint(text), "invalid_grant: The code has ended");
        let twice = r#"{"error":"invalid","error_description":"No","description":"No"}"#;
        assert_eq!(complaint(twice), "invalid: No");
        let object = r#"{"error":{"title":"Forbidden","message":"No access"}}"#;
        assert!(complaint(object).contains("No access"));
        assert_eq!(complaint("<html><body>Bad gateway"), "an HTML page");
        assert_eq!(complaint(" Too many\nrequests "), "Too many requests");
        assert_eq!(complaint(&"x".repeat(1000)).len(), 200);
    }

    #[test]
    fn debug_and_redaction_hide_the_credential() {
        let secret = SecretString::from("s3cret");
        let header = Authorization::header("Bearer", &secret).unwrap();
        let basic = Authorization::basic("me", secret.clone()).unwrap();
        let sent = basic.value.to_str().unwrap().to_owned();
        assert_eq!(sent, "Basic bWU6czNjcmV0");
        assert_eq!(basic.redact(&format!("you sent {sent}")), "you sent Basic [REDACTED]");
        for who in [&header, &basic] {
            assert!(!format!("{who:?}").contains("s3cret"));
            assert_eq!(who.redact("you sent s3cret"), "you sent [REDACTED]");
        }
        let body = Body { media_type: "application/json", text: "s3cret".into() };
        assert!(!format!("{body:?}").contains("s3cret"));
        let bad = Authorization::header("Bearer", &SecretString::from("s3cret\n")).unwrap_err();
        assert!(!bad.contains("s3cret"));
    }

    #[tokio::test]
    async fn an_answer_is_read_up_to_the_limit_and_no_further() {
        let server = Server::start([Answer::new(200, "12345"), Answer::new(200, "123456")]).await;
        let mut http = Http::new(&server.base_url).unwrap();
        http.most_bytes = 5;
        let ask = Ask { url: server.base_url.clone(), body: None };
        assert_eq!(http.send(&ask, None).await.unwrap().body, b"12345");
        assert!(http.send(&ask, None).await.unwrap_err().0.contains("larger than"));
    }

    #[tokio::test]
    async fn the_room_for_an_answer_is_hardly_larger_than_the_answer() {
        let large = "x".repeat(3 * STEP + 1);
        let server = Server::start([Answer::new(200, large.clone())]).await;
        let ask = Ask { url: server.base_url.clone(), body: None };
        let body = Http::new(&server.base_url).unwrap().send(&ask, None).await.unwrap().body;
        assert!(body == large.as_bytes() && body.capacity() < body.len() + STEP, "{}", body.capacity());
    }

    #[tokio::test]
    async fn the_limit_is_that_of_what_comes_out_of_compression() {
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut bomb, &vec![b' '; 1 << 20]).unwrap();
        let bomb = bomb.finish().unwrap();
        assert!(bomb.len() < 2000);
        let server = Server::start([Answer::new(200, bomb).header("content-encoding", "gzip")]).await;
        let mut http = Http::new(&server.base_url).unwrap();
        http.most_bytes = 100_000;
        let ask = Ask { url: server.base_url.clone(), body: None };
        assert!(http.send(&ask, None).await.unwrap_err().0.contains("larger than"));
    }

    #[tokio::test]
    async fn another_host_is_not_asked() {
        let http = Http::new(&Url::parse("http://127.0.0.1:1").unwrap()).unwrap();
        for url in ["http://127.0.0.1:2/", "https://127.0.0.1:1/", "http://evil.example/"] {
            let ask = Ask { url: Url::parse(url).unwrap(), body: None };
            assert!(http.send(&ask, None).await.unwrap_err().0.contains("another host"), "{url}");
        }
    }
}
