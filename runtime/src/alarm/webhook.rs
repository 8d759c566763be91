//! Alarms to a URL: a `POST` of JSON, signed if there is a secret.
//!
//! The signature is HMAC-SHA256 over the time of sending, a dot and the body. Whoever checks it also looks at the time, and
//! refuses what is older than a few minutes: so a message that somebody kept cannot be sent again.
//!
//! ```text
//! X-Logwright-Timestamp: 1795348800
//! X-Logwright-Signature: sha256=4f0e…
//! ```

use std::fmt::Write;
use std::sync::OnceLock;

use hmac::{Hmac, KeyInit, Mac};
use logwright::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::aside::aside;
use crate::config;
use crate::http::{Ask, Body, Http};
use crate::secret;

const SIGNATURE: &str = "x-logwright-signature";
const TIMESTAMP: &str = "x-logwright-timestamp";

/// A URL.
#[derive(Debug)]
pub(super) struct Webhook {
    config: config::Webhook,
    /// Made with the first message.
    http: OnceLock<Http>,
}

impl Webhook {
    pub(super) const fn new(config: config::Webhook) -> Self {
        Self { config, http: OnceLock::new() }
    }

    /// Posts `body`, once; it has arrived when the answer is 2xx.
    ///
    /// # Errors
    /// Why it has not; without the path of the URL, which is a secret with some.
    pub(super) async fn post(&self, body: &str, now: Timestamp) -> Result<(), String> {
        let config::Webhook { url, secret } = &self.config;
        let seconds = now.unix_seconds();
        let mut headers = vec![(TIMESTAMP, seconds.to_string())];
        // Read each time, so that it can be replaced.
        let secret = match secret.clone() {
            Some(secret) => Some(aside(move || secret.read()).await.ok_or("the secret cannot be read")??),
            None => None,
        };
        if let Some(secret) = &secret {
            headers.push((SIGNATURE, signature(secret, seconds, body)));
        }
        let http = if let Some(http) = self.http.get() {
            http
        } else {
            let made = Http::new(url).map_err(|failure| failure.to_string())?;
            self.http.get_or_init(|| made)
        };
        let body = Some(Body { media_type: "application/json", text: body.to_owned() });
        let ask = Ask { url: url.clone(), body };
        let reply = http.send_with(&ask, None, &headers).await.map_err(|fault| fault.0)?;
        if (200..300).contains(&reply.status) {
            return Ok(());
        }
        let secret = secret.as_ref().map_or("", |secret| secret.expose_secret());
        let said = reply.complaint(|text| secret::strike(text, secret));
        Err(format!("{} answers HTTP {}: {said}", url.host_str().unwrap_or_default(), reply.status))
    }
}

/// The value of the signature's header.
fn signature(secret: &SecretString, seconds: i64, body: &str) -> String {
    // A key of any length is taken.
    let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return String::new() };
    hmac.update(format!("{seconds}.{body}").as_bytes());
    let mut text = String::from("sha256=");
    for byte in hmac.finalize().into_bytes() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::SecretRef;
    use crate::testing::{Answer, Server, noon};

    /// As `openssl dgst -sha256 -hmac` gives it.
    const EXPECTED: &str = "sha256=77bf6a30296727fd8c130a9427ac80468318d7f367a4d4d0d8a0c8d32b385f53";

    #[test]
    fn the_signature_is_of_time_and_body() {
        let secret = SecretString::from("s3cret-4711");
        assert_eq!(signature(&secret, 1_795_348_800, r#"{"a":1}"#), EXPECTED);
        assert_ne!(signature(&secret, 1_795_348_801, r#"{"a":1}"#), EXPECTED);
    }

    #[tokio::test]
    async fn it_is_posted_signed_and_a_refusal_is_told_without_the_path_or_the_secret() {
        let refusal = Answer::new(403, r#"{"error":"not s3cret-4711"}"#);
        let server = Server::start([Answer::new(204, ""), refusal, Answer::new(302, "").header("location", "/")]).await;
        let url = server.base_url.join("/hook/T0K3N?x=1").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "s3cret-4711").unwrap();
        let config = config::Webhook { url, secret: Some(SecretRef::File(file)) };
        assert!(!format!("{config:?}").contains("T0K3N"));
        let webhook = Webhook::new(config);
        webhook.post(r#"{"a":1}"#, noon()).await.unwrap();
        let asked = server.asked().remove(0);
        assert_eq!((asked.method.as_str(), asked.target.as_str()), ("POST", "/hook/T0K3N?x=1"));
        assert_eq!(asked.body, r#"{"a":1}"#);
        assert_eq!(asked.headers["x-logwright-timestamp"], "1795348800");
        assert_eq!(asked.headers["x-logwright-signature"], EXPECTED);
        assert_eq!(asked.headers["content-type"], "application/json");
        let why = webhook.post("{}", noon()).await.unwrap_err();
        assert_eq!(why, "127.0.0.1 answers HTTP 403: not [REDACTED]");
        let why = webhook.post("{}", noon()).await.unwrap_err();
        assert!(why.contains("HTTP 302"), "a redirect is not followed: {why}");
        assert_eq!(server.asked().len(), 2);
    }
}
