//! The person at a browser: agrees on the stand-in's page, and leaves a pair of tokens where the collector keeps them.

use std::fs;
use std::path::Path;

use logwright::contract::{Grant, Scheme};
use logwright::time::Timestamp;
use logwright_runtime::account::Account;
use logwright_runtime::http::{Ask, Body, Carry, Reply};
use serde_json::{Value, json};
use url::Url;

/// Where the browser would be led back to.
const REDIRECT: &str = "http://127.0.0.1:1/callback";
/// The verifier of RFC 7636, appendix B, and its challenge.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// How long a token lives that does not say it, in seconds.
const UNTOLD: u64 = 1800;

/// Agrees for this client, and writes the tokens as `logwright auth` does.
///
/// # Errors
/// What the stand-in did not like, or had planned to go wrong.
pub(super) fn agree(
    way: &dyn Carry,
    account: &Account,
    client_id: &str,
    tokens: &Path,
    now: Timestamp,
) -> Result<(), String> {
    let Scheme::OAuth(oauth) = &account.sign_in.scheme else { return Err("nobody has to agree".into()) };
    let Grant::AuthorizationCode { authorize_path, .. } = oauth.grant else {
        return Err("nobody has to agree".into());
    };
    let at = |path: &str| account.base_url.join(path).map_err(|error| error.to_string());
    let mut page = at(authorize_path)?;
    page.query_pairs_mut().extend_pairs([
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", REDIRECT),
        ("scope", oauth.scope),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    let send = |ask: Ask| way.carry(&ask, None).map_err(|fault| fault.0);
    let reply = send(Ask { url: page, body: None })?;
    let back = reply.header("location").and_then(|location| Url::parse(location).ok());
    let code = back.and_then(|back| Some(back.query_pairs().find(|(name, _)| name == "code")?.1.into_owned()));
    let code = code.ok_or_else(|| format!("no code came back: {}", reply.status))?;
    let request = json!({
        "grant_type": "authorization_code",
        "code": code,
        "client_id": client_id,
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
        "expires_in": 7200,
    });
    let body = Body { media_type: "application/json", text: request.to_string() };
    let Reply { status, body, .. } = send(Ask { url: at(oauth.token_path)?, body: Some(body) })?;
    let issued: Value = serde_json::from_slice(&body).map_err(|_| format!("no tokens came: {status}"))?;
    let text = |name: &str| issued[name].as_str().ok_or_else(|| format!("no {name} came: {status}"));
    let kept = json!({
        "version": 1,
        "account": account.identity(),
        "base_url": account.base_url.as_str(),
        "client_id": client_id,
        "access_token": text("access_token")?,
        "refresh_token": text("refresh_token")?,
        "obtained_at": now.to_string(),
        "life_seconds": issued["expires_in"].as_u64().unwrap_or(UNTOLD),
    });
    fs::write(tokens, kept.to_string()).map_err(|error| error.to_string())
}
