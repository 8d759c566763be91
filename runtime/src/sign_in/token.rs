//! Asking an OAuth server for an access token, RFC 6749: as oneself (4.4), for a code (4.1.3, with RFC 7636), or by refreshing (6).

use std::time::Duration;

use logwright::contract::{BodyEncoding, ClientAuth, Grant, OAuth};
use logwright::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::Fault;
use crate::account::Account;
use crate::http::{self, Ask, Authorization, Body, Http, Reply};
use crate::{refusal, secret};

/// What a token is asked for with.
pub(super) enum Given<'g> {
    /// The client's own credentials.
    Client,
    /// The code that a person's browser brought, and, with PKCE, what proves that it was meant for us.
    Code { code: &'g SecretString, verifier: Option<&'g SecretString>, redirect_uri: &'g str },
    /// The pair before; its access token is not sent, but a server may name it.
    Refresh { refresh_token: &'g SecretString, access_token: &'g SecretString },
}

/// What the server gave.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) access_token: SecretString,
    pub(super) refresh_token: Option<SecretString>,
    /// How long the access token lives, told or assumed.
    pub(super) life: Duration,
    /// The scope, where the server says it.
    pub(super) scope: Option<String>,
    pub(super) asked_at: Timestamp,
}

impl Given<'_> {
    fn members(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Client => vec![("grant_type", "client_credentials".to_owned())],
            Self::Code { code, verifier, redirect_uri } => {
                let mut members = vec![
                    ("grant_type", "authorization_code".to_owned()),
                    ("code", code.expose_secret().to_owned()),
                    ("redirect_uri", (*redirect_uri).to_owned()),
                ];
                members.extend(verifier.map(|verifier| ("code_verifier", verifier.expose_secret().to_owned())));
                members
            }
            Self::Refresh { refresh_token, .. } => vec![
                ("grant_type", "refresh_token".to_owned()),
                ("refresh_token", refresh_token.expose_secret().to_owned()),
            ],
        }
    }

    /// `text` without what was given, for servers that repeat what they were sent.
    pub(super) fn redact(&self, text: &str) -> String {
        let secrets = match self {
            Self::Client => [None, None],
            Self::Code { code, verifier, .. } => [Some(*code), *verifier],
            Self::Refresh { refresh_token, access_token } => [Some(*refresh_token), Some(*access_token)],
        };
        let secrets = secrets.into_iter().flatten();
        secrets.fold(text.to_owned(), |text, secret| secret::strike(&text, secret.expose_secret()))
    }
}

/// A request for a token.
#[derive(Debug)]
pub(super) struct Request {
    ask: Ask,
    /// The client, where the header says who it is.
    client: Option<Authorization>,
}

impl Request {
    /// Sends it, once.
    ///
    /// # Errors
    /// When there is no answer.
    pub(super) async fn send(&self, http: &Http) -> Result<Reply, http::Fault> {
        http.send(&self.ask, self.client.as_ref()).await
    }
}

#[cfg(test)]
impl Request {
    /// What is sent.
    pub(super) fn text(&self) -> &str {
        self.ask.body.as_ref().map_or("", |body| &body.text)
    }

    /// The same to another address.
    pub(super) fn at(&self, url: url::Url) -> Self {
        let body = Body { media_type: "", text: self.text().to_owned() };
        Self { ask: Ask { url, body: Some(body) }, client: self.client.clone() }
    }
}

/// The client as HTTP Basic; `None` where it is in the body.
fn basic(account: &Account, oauth: &OAuth) -> Result<Option<Authorization>, String> {
    let (ClientAuth::Basic, Some(secret)) = (oauth.client_auth, &oauth.client_secret) else { return Ok(None) };
    // Encoded as in a form before they are joined: a colon in the id would end it.
    let encoded = |text: &SecretString| form_urlencoded::byte_serialize(text.expose_secret().as_bytes()).collect();
    let (id, secret): (String, String) =
        (encoded(&account.fill_secret(&oauth.client_id)?), encoded(&account.fill_secret(secret)?));
    Authorization::basic(&id, secret.into()).map(Some)
}

/// The request for a token.
///
/// # Errors
/// When the account lacks an input that the contract names.
pub(super) fn ask(account: &Account, oauth: &OAuth, http: &Http, given: &Given<'_>) -> Result<Request, String> {
    let mut members = given.members();
    let client = basic(account, oauth)?;
    if client.is_none() {
        members.push(("client_id", account.fill_secret(&oauth.client_id)?.expose_secret().to_owned()));
        if let Some(secret) = &oauth.client_secret {
            members.push(("client_secret", account.fill_secret(secret)?.expose_secret().to_owned()));
        }
    }
    if !oauth.scope.is_empty() {
        members.push(("scope", oauth.scope.to_owned()));
    }
    let refresh_life = match oauth.grant {
        Grant::AuthorizationCode { ask_refresh_lifetime, .. } => ask_refresh_lifetime,
        Grant::ClientCredentials => None,
    };
    let lives = [("expires_in", oauth.ask_lifetime), ("refresh_token_expires_in", refresh_life)];
    let lives = lives.into_iter().filter_map(|(name, life)| Some((name, life?.as_secs())));
    let body = match oauth.body {
        BodyEncoding::Json => {
            let mut object: Map<String, Value> =
                members.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            object.extend(lives.map(|(name, seconds)| (name.to_owned(), seconds.into())));
            Body { media_type: "application/json", text: Value::Object(object).to_string() }
        }
        BodyEncoding::Form => {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(members);
            form.extend_pairs(lives.map(|(name, seconds)| (name, seconds.to_string())));
            Body { media_type: "application/x-www-form-urlencoded", text: form.finish() }
        }
    };
    let mut url = http.base_url().clone();
    url.set_path(oauth.token_path);
    Ok(Request { ask: Ask { url, body: Some(body) }, client })
}

/// What a 2xx answer gives. `asked_at` is from before the request, so that a slow answer makes the token seem older, never younger.
///
/// # Errors
/// When the answer holds no access token.
pub(super) fn read(body: &[u8], assume: Duration, asked_at: Timestamp) -> Result<Issued, String> {
    let body: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let access_token = text("access_token").ok_or("the sign-in answer holds no `access_token`")?.into();
    let refresh_token = text("refresh_token").map(SecretString::from);
    let life = body.get("expires_in").and_then(seconds).unwrap_or(assume);
    Ok(Issued { access_token, refresh_token, life, scope: text("scope").map(str::to_owned), asked_at })
}

/// Numbers, and numbers in quotes, which some servers send.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

/// What a status other than 2xx means.
pub(super) fn refused(account: &Account, oauth: &OAuth, given: &Given<'_>, reply: Reply) -> Fault {
    let client = basic(account, oauth).ok().flatten();
    let redact = |text: &str| {
        // First as a whole, since parts of it may look like a secret.
        let text = client.as_ref().map_or(text.to_owned(), |client| client.redact(text));
        given.redact(&account.redact(&text))
    };
    let (status, said) = (reply.status, reply.complaint(redact));
    if status == 408 || status == 429 || status >= 500 {
        let message = format!("the sign-in request was answered with HTTP {status}: {said}");
        return Fault::Unavailable(message, Some(Box::new(reply)));
    }
    let because = refusal::of_sign_in(account, oauth.scope, &reply);
    let message = format!("credentials rejected (HTTP {status}: {said}): {because}");
    let spent = !matches!(given, Given::Client) && String::from_utf8_lossy(&reply.body).contains("invalid_grant");
    if spent { Fault::AuthoriseAgain(message) } else { Fault::Rejected(message) }
}
