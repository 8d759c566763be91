//! Asking an OAuth server for an access token, RFC 6749 section 4.4.

use std::time::Duration;

use logwright::contract::{BodyEncoding, OAuth};
use logwright::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::{Fault, SignedIn, renew_after};
use crate::account::Account;
use crate::clock::{self, Clock};
use crate::http::{Ask, Authorization, Body, Http, Reply};
use crate::refusal;

/// An access token in use.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) signed_in: SignedIn,
    pub(super) renew_at: Timestamp,
    pub(super) life: Duration,
}

/// A new token.
pub(super) async fn request(
    account: &Account,
    oauth: &OAuth,
    http: &Http,
    clock: &dyn Clock,
    generation: u64,
) -> Result<Token, Fault> {
    let ask = ask(account, oauth, http).map_err(Fault::Rejected)?;
    // Counted from before the request, so that a slow answer makes the token seem older, never younger.
    let asked_at = clock.now();
    let reply = http
        .send(&ask, None)
        .await
        .map_err(|fault| Fault::Unavailable(format!("the sign-in request failed: {}", fault.0), None))?;
    if !(200..300).contains(&reply.status) {
        return Err(refused(account, oauth, reply));
    }
    let body: Option<Map<String, Value>> = serde_json::from_slice(&reply.body).ok();
    let token = body.as_ref().and_then(|body| body.get("access_token")).and_then(Value::as_str);
    let Some(token) = token.filter(|token| !token.is_empty()) else {
        let message = "the sign-in answer holds no `access_token`".to_owned();
        return Err(Fault::Unavailable(message, None));
    };
    let who = Authorization::header("Bearer", &SecretString::from(token)).map_err(Fault::Rejected)?;
    let life = body.as_ref().and_then(|body| body.get("expires_in")).and_then(seconds);
    let life = life.unwrap_or(oauth.assume_lifetime);
    let renew_at = clock::later(asked_at, renew_after(life));
    Ok(Token { signed_in: SignedIn { who, generation }, renew_at, life })
}

fn ask(account: &Account, oauth: &OAuth, http: &Http) -> Result<Ask, String> {
    let mut members = vec![
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", account.fill_secret(&oauth.client_id)?.expose_secret().to_owned()),
    ];
    if let Some(secret) = &oauth.client_secret {
        members.push(("client_secret", account.fill_secret(secret)?.expose_secret().to_owned()));
    }
    if !oauth.scope.is_empty() {
        members.push(("scope", oauth.scope.to_owned()));
    }
    let life = oauth.ask_lifetime.map(|life| life.as_secs());
    let body = match oauth.body {
        BodyEncoding::Json => {
            let mut object: Map<String, Value> =
                members.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            if let Some(life) = life {
                object.insert("expires_in".into(), life.into());
            }
            Body { media_type: "application/json", text: Value::Object(object).to_string() }
        }
        BodyEncoding::Form => {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(members);
            if let Some(life) = life {
                form.append_pair("expires_in", &life.to_string());
            }
            Body { media_type: "application/x-www-form-urlencoded", text: form.finish() }
        }
    };
    let mut url = http.base_url().clone();
    url.set_path(oauth.token_path);
    Ok(Ask { url, body: Some(body) })
}

/// Numbers, and numbers in quotes, which some servers send.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

/// What a status other than 2xx means.
fn refused(account: &Account, oauth: &OAuth, reply: Reply) -> Fault {
    let (status, said) = (reply.status, reply.complaint(|text| account.redact(text)));
    if status == 408 || status == 429 || status >= 500 {
        let message = format!("the sign-in request was answered with HTTP {status}: {said}");
        return Fault::Unavailable(message, Some(Box::new(reply)));
    }
    let because = refusal::of_sign_in(account, oauth.scope, &reply);
    Fault::Rejected(format!("credentials rejected (HTTP {status}: {said}): {because}"))
}
