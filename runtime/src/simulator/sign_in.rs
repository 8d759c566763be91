//! Who may ask: made-up credentials for every way to sign in, the check of a header, and the token endpoint.
//!
//! The credentials follow from the seed. The token endpoint grants client credentials; codes that a person fetches in a browser
//! are not served, and a client that asks for them is told so.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use logwright::contract::{Grant, OAuth, Piece, Scheme, SignIn, Source, Template};
use logwright::time::Timestamp;
use serde_json::{Map, Value, json};

use super::behaviour::Behaviour;
use super::clock::shift;
use super::random::Random;
use super::reply::{Reply, error};

/// Values for the inputs of one way to sign in, as the stand-in accepts them.
#[derive(Clone)]
pub struct Credentials {
    /// The method, such as `oauth_client`.
    pub method: &'static str,
    /// The inputs in the contract's order, with their values.
    pub inputs: Vec<(&'static str, String)>,
    /// Whether a person must agree in a browser first, which the stand-in does not offer.
    pub needs_browser: bool,
}

// The values are made up, but a habit of printing secrets is none to teach.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("method", &self.method).finish_non_exhaustive()
    }
}

/// What a header gives access to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Granted,
    /// No header, or credentials that are wrong.
    NotSignedIn,
    /// A bearer token that is not, or no longer, valid.
    BadToken,
    /// A good token without this scope.
    ScopeMissing(&'static str),
}

/// The sign-in of one stand-in.
pub(super) struct Gate {
    source: &'static Source,
    credentials: Vec<Credentials>,
    seed: u64,
    issued: Mutex<Issued>,
}

#[derive(Default)]
struct Issued {
    tokens: Vec<Token>,
    /// `Authorization` headers that are refused from now on.
    revoked: BTreeSet<String>,
}

struct Token {
    value: String,
    scope: String,
    needed: &'static str,
    ends: Timestamp,
}

impl Gate {
    pub(super) fn new(source: &'static Source, seed: u64) -> Self {
        let credentials = source.sign_in.iter().map(|way| credentials(way, seed)).collect();
        Self { source, credentials, seed, issued: Mutex::default() }
    }

    pub(super) fn credentials(&self) -> &[Credentials] {
        &self.credentials
    }

    /// The scope that the recommended way to sign in asks for; empty where the source has none.
    pub(super) fn scope(&self) -> &'static str {
        self.source.sign_in.iter().find_map(oauth).map_or("", |oauth| oauth.scope)
    }

    /// What an `Authorization` header gives access to.
    pub(super) fn access(&self, header: Option<&str>, now: Timestamp, behaviour: &Behaviour) -> Access {
        let Some((scheme, value)) = header.and_then(|header| header.split_once(' ')) else {
            return Access::NotSignedIn;
        };
        let issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let refusal = if scheme.eq_ignore_ascii_case("basic") { Access::NotSignedIn } else { Access::BadToken };
        if issued.revoked.contains(value) {
            return refusal;
        }
        for (way, credentials) in self.source.sign_in.iter().zip(&self.credentials) {
            let expected = match &way.scheme {
                Scheme::Basic { user, password } => {
                    let pair = format!("{}:{}", render(*user, credentials), render(*password, credentials));
                    ("Basic", base64(pair.as_bytes()))
                }
                Scheme::Token { prefix, token } => (*prefix, render(*token, credentials)),
                Scheme::OAuth(_) => continue,
            };
            if scheme.eq_ignore_ascii_case(expected.0) && value == expected.1 {
                let refused = behaviour.refused_methods.iter().any(|method| method == way.method);
                return if refused { refusal } else { Access::Granted };
            }
        }
        let bearer = scheme.eq_ignore_ascii_case("bearer");
        match issued.tokens.iter().find(|token| bearer && token.value == value) {
            Some(token) if now >= token.ends => Access::BadToken,
            Some(token) if !has_scope(&token.scope, token.needed) => Access::ScopeMissing(token.needed),
            Some(_) => Access::Granted,
            None => refusal,
        }
    }

    /// From now on the credentials of this header are refused.
    pub(super) fn revoke(&self, header: &str) {
        let value = header.split_once(' ').map_or(header, |(_, value)| value);
        self.issued.lock().unwrap_or_else(PoisonError::into_inner).revoked.insert(value.to_owned());
    }

    /// Whether requests for tokens go to `path`.
    pub(super) fn is_token_path(&self, path: &str) -> bool {
        self.source.sign_in.iter().any(|way| oauth(way).is_some_and(|oauth| oauth.token_path == path))
    }

    /// Answers a request for a token, RFC 6749; its body may be JSON or a form.
    pub(super) fn token(&self, content_type: &str, body: &[u8], now: Timestamp, behaviour: &Behaviour) -> Reply {
        let fields = token_fields(content_type, body);
        let field =
            |name: &str| fields.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        if field("grant_type").as_deref() != Some("client_credentials") {
            return error(400, "unsupported_grant_type", "The stand-in grants client_credentials only");
        }
        let client = self.source.sign_in.iter().zip(&self.credentials).find_map(|(way, credentials)| {
            let oauth = oauth(way).filter(|oauth| matches!(oauth.grant, Grant::ClientCredentials))?;
            let id = render(oauth.client_id, credentials);
            let secret = oauth.client_secret.map(|secret| render(secret, credentials));
            let refused = behaviour.refused_methods.iter().any(|method| method == way.method);
            (!refused && field("client_id") == Some(id) && field("client_secret") == secret).then_some(oauth)
        });
        let Some(oauth) = client else {
            return error(401, "invalid_client", "Client authentication failed: unknown client or wrong secret");
        };
        let asked = field("expires_in").and_then(|seconds| seconds.parse().ok());
        let lifetime = behaviour.token_lifetime.unwrap_or(oauth.assume_lifetime).as_secs();
        let lifetime = if behaviour.token_lifetime.is_some() { lifetime } else { asked.unwrap_or(lifetime) };
        let scope = behaviour.granted_scope.clone().or_else(|| field("scope")).unwrap_or_default();
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let serial = u64::try_from(issued.tokens.len()).unwrap_or(u64::MAX);
        let value = secret("access", self.seed, TOKENS + serial);
        let mut reply = json!({ "access_token": value, "token_type": "bearer", "scope": scope });
        if asked.is_some() && behaviour.tells_lifetime {
            reply["expires_in"] = lifetime.into();
        }
        let ends = shift(now, i64::try_from(lifetime).unwrap_or(i64::MAX));
        issued.tokens.push(Token { value, scope, needed: oauth.scope, ends });
        Reply::json(behaviour.token_status, reply.to_string())
    }
}

/// The first stream of random numbers that makes tokens; those below it make credentials.
const TOKENS: u64 = 1 << 32;

fn credentials(way: &SignIn, seed: u64) -> Credentials {
    let inputs = way.inputs.iter().zip(0..).map(|(input, index)| {
        let made = || {
            // By name, so that a new way to sign in does not change the secrets of the others.
            let stream = way.method.bytes().fold(index, |stream, byte| stream * 31 % (TOKENS / 64) + u64::from(byte));
            secret(input.name, seed, stream)
        };
        (input.name, if input.secret || input.example.is_empty() { made() } else { input.example.to_owned() })
    });
    let needs_browser = oauth(way).is_some_and(|oauth| matches!(oauth.grant, Grant::AuthorizationCode { .. }));
    Credentials { method: way.method, inputs: inputs.collect(), needs_browser }
}

fn secret(name: &str, seed: u64, stream: u64) -> String {
    let mut random = Random::new(seed, stream);
    format!("made-up-{}-{:016x}{:016x}", name.replace('_', "-"), random.bits(), random.bits())
}

fn oauth(way: &SignIn) -> Option<&OAuth> {
    if let Scheme::OAuth(oauth) = &way.scheme { Some(oauth) } else { None }
}

fn render(template: Template, credentials: &Credentials) -> String {
    let value = |piece: &Piece| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Input(name) => {
            let input = credentials.inputs.iter().find(|(input, _)| input == name);
            input.map(|(_, value)| value.clone()).unwrap_or_default()
        }
        Piece::WindowStart | Piece::WindowEnd => String::new(),
    };
    template.0.iter().map(value).collect()
}

fn token_fields(content_type: &str, body: &[u8]) -> Map<String, Value> {
    if content_type.starts_with("application/json") {
        return serde_json::from_slice(body).unwrap_or_default();
    }
    url::form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), Value::from(value))).collect()
}

fn has_scope(granted: &str, needed: &str) -> bool {
    needed.split_whitespace().all(|needed| granted.split_whitespace().any(|granted| granted == needed))
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().chain(&[0; 2]).take(3).fold(0_usize, |word, byte| word << 8 | usize::from(*byte));
        for place in 0..4 {
            let digit = ALPHABET[word >> (18 - 6 * place) & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use logwright::log_types::zendesk::source::SOURCE;

    use super::super::fixtures::time;
    use super::*;

    const NOW: Timestamp = time(1_767_225_600);

    fn value(gate: &Gate, method: &str, input: &str) -> String {
        let credentials = gate.credentials().iter().find(|credentials| credentials.method == method).unwrap();
        credentials.inputs.iter().find(|(name, _)| *name == input).unwrap().1.clone()
    }

    fn ask(gate: &Gate, behaviour: &Behaviour, more: &str) -> (u16, Value) {
        let secret = value(gate, "oauth_client", "client_secret");
        let body = format!("grant_type=client_credentials&client_id=logwright&client_secret={secret}{more}");
        let reply = gate.token("application/x-www-form-urlencoded", body.as_bytes(), NOW, behaviour);
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }

    fn bearer(gate: &Gate, behaviour: &Behaviour, more: &str) -> String {
        format!("Bearer {}", ask(gate, behaviour, more).1["access_token"].as_str().unwrap())
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        let cases =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("\u{ff}?", "w78/")];
        for (plain, encoded) in cases {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn each_header_is_accepted_with_its_own_credentials_only() {
        let gate = Gate::new(&SOURCE, 1);
        let access = |header: &str| gate.access(Some(header), NOW, &Behaviour::default());
        let basic = |pair: String| format!("Basic {}", base64(pair.as_bytes()));
        let token = value(&gate, "api_token", "api_token");
        let password = value(&gate, "password", "password");
        assert_eq!(access(&basic(format!("admin@acme.example/token:{token}"))), Access::Granted);
        assert_eq!(access(&basic(format!("admin@acme.example:{password}"))), Access::Granted);
        assert_eq!(access(&basic(format!("admin@acme.example:{token}"))), Access::NotSignedIn);
        assert_eq!(access(&format!("Bearer {}", value(&gate, "oauth_token", "access_token"))), Access::Granted);
        assert_eq!(access("Bearer guess"), Access::BadToken);
        assert_eq!(gate.access(None, NOW, &Behaviour::default()), Access::NotSignedIn);
    }

    #[test]
    fn a_method_can_be_refused_although_its_credentials_are_right() {
        let gate = Gate::new(&SOURCE, 1);
        let behaviour = Behaviour { refused_methods: vec!["oauth_token".to_owned()], ..Behaviour::default() };
        let header = format!("Bearer {}", value(&gate, "oauth_token", "access_token"));
        assert_eq!(gate.access(Some(&header), NOW, &behaviour), Access::BadToken);
    }

    #[test]
    fn a_token_ends_when_it_was_said_to_and_can_be_revoked() {
        let (gate, behaviour) = (Gate::new(&SOURCE, 1), Behaviour::default());
        let header = bearer(&gate, &behaviour, "&scope=auditlogs:read&expires_in=300");
        let access = |seconds| gate.access(Some(&header), shift(NOW, seconds), &behaviour);
        assert_eq!((access(299), access(300)), (Access::Granted, Access::BadToken));
        gate.revoke(&header);
        assert_eq!(access(0), Access::BadToken);
        assert_ne!(bearer(&gate, &behaviour, ""), header);
    }

    #[test]
    fn a_wrong_scope_still_yields_a_token_that_opens_nothing() {
        let (gate, behaviour) = (Gate::new(&SOURCE, 1), Behaviour::default());
        let header = bearer(&gate, &behaviour, "&scope=read");
        assert_eq!(gate.access(Some(&header), NOW, &behaviour), Access::ScopeMissing("auditlogs:read"));
    }

    #[test]
    fn the_lifetime_is_told_only_to_those_who_asked_for_one() {
        let (gate, behaviour) = (Gate::new(&SOURCE, 1), Behaviour::default());
        assert_eq!(ask(&gate, &behaviour, "&expires_in=600").1["expires_in"], 600);
        assert!(ask(&gate, &behaviour, "").1.get("expires_in").is_none());
        let silent = Behaviour { tells_lifetime: false, token_status: 201, ..Behaviour::default() };
        let (status, reply) = ask(&gate, &silent, "&expires_in=600");
        assert_eq!((status, reply.get("expires_in")), (201, None));
    }

    #[test]
    fn wrong_clients_and_other_grants_are_refused() {
        let (gate, behaviour) = (Gate::new(&SOURCE, 1), Behaviour::default());
        let ask = |body: &[u8]| gate.token("application/json", body, NOW, &behaviour);
        let wrong = ask(br#"{"grant_type":"client_credentials","client_id":"logwright","client_secret":"x"}"#);
        assert_eq!(wrong.status, 401);
        let code = ask(br#"{"grant_type":"authorization_code","code":"x"}"#);
        assert_eq!(code.status, 400);
        assert!(String::from_utf8(code.body).unwrap().contains("unsupported_grant_type"));
        assert_eq!(ask(b"not json").status, 400);
    }

    #[test]
    fn what_needs_a_browser_is_marked_and_secrets_are_not_printed() {
        let gate = Gate::new(&SOURCE, 1);
        let browser: Vec<_> = gate.credentials().iter().filter(|way| way.needs_browser).map(|way| way.method).collect();
        assert_eq!(browser, ["oauth_code"]);
        assert!(!format!("{:?}", gate.credentials()).contains(&value(&gate, "password", "password")));
        assert_ne!(value(&gate, "password", "password"), value(&Gate::new(&SOURCE, 2), "password", "password"));
    }
}
