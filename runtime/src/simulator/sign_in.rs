//! Who may ask: made-up credentials for every way to sign in, and the check of a header.
//!
//! The credentials follow from the seed. Tokens are issued by [`grants`](super::grants).

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::behaviour::Behaviour;
use super::random::Random;
use logwright::contract::{Grant, OAuth, Piece, Scheme, SignIn, Source, Template};
use logwright::time::Timestamp;

/// Values for the inputs of one way to sign in, as the stand-in accepts them.
#[derive(Clone)]
pub struct Credentials {
    /// The method, such as `oauth_client`.
    pub method: &'static str,
    /// The inputs in the contract's order, with their values.
    pub inputs: Vec<(&'static str, String)>,
    /// Whether a person must agree in a browser first.
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
    pub(super) source: &'static Source,
    pub(super) credentials: Vec<Credentials>,
    pub(super) seed: u64,
    pub(super) issued: Mutex<Issued>,
}

#[derive(Default)]
pub(super) struct Issued {
    pub(super) tokens: Vec<Token>,
    pub(super) codes: Vec<Code>,
    /// How many pairs of tokens were renewed.
    pub(super) renewals: u64,
    /// `Authorization` headers that are refused from now on.
    revoked: BTreeSet<String>,
}

pub(super) struct Token {
    pub(super) value: String,
    /// What renews it; `None` where the client asks anew.
    pub(super) refresh: Option<String>,
    pub(super) scope: String,
    pub(super) needed: &'static str,
    pub(super) ends: Timestamp,
}

/// A code that a browser carried away.
pub(super) struct Code {
    pub(super) value: String,
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) challenge: Option<String>,
    pub(super) made: Timestamp,
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
}

/// The first stream of random numbers that makes tokens; those below it make credentials.
pub(super) const TOKENS: u64 = 1 << 32;

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

pub(super) fn secret(name: &str, seed: u64, stream: u64) -> String {
    let mut random = Random::new(seed, stream);
    format!("made-up-{}-{:016x}{:016x}", name.replace('_', "-"), random.bits(), random.bits())
}

pub(super) fn oauth(way: &SignIn) -> Option<&OAuth> {
    if let Scheme::OAuth(oauth) = &way.scheme { Some(oauth) } else { None }
}

pub(super) fn render(template: Template, credentials: &Credentials) -> String {
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

fn has_scope(granted: &str, needed: &str) -> bool {
    needed.split_whitespace().all(|needed| granted.split_whitespace().any(|granted| granted == needed))
}

/// RFC 4648, with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
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

    use super::super::clock::shift;
    use super::super::fixtures::time;
    use super::super::service::Incoming;
    use super::*;
    use serde_json::Value;

    const NOW: Timestamp = time(1_767_225_600);

    fn value(gate: &Gate, method: &str, input: &str) -> String {
        let credentials = gate.credentials().iter().find(|credentials| credentials.method == method).unwrap();
        credentials.inputs.iter().find(|(name, _)| *name == input).unwrap().1.clone()
    }

    fn ask(gate: &Gate, behaviour: &Behaviour, more: &str) -> (u16, Value) {
        let secret = value(gate, "oauth_client", "client_secret");
        let body = format!("grant_type=client_credentials&client_id=logwright&client_secret={secret}{more}");
        let reply = gate.token(&Incoming::form(&body), NOW, behaviour);
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
        let ask = |body| {
            gate.token(&Incoming { content_type: "application/json", body, ..Incoming::form("") }, NOW, &behaviour)
        };
        let wrong = ask(br#"{"grant_type":"client_credentials","client_id":"logwright","client_secret":"x"}"#);
        assert_eq!(wrong.status, 401);
        let code = ask(br#"{"grant_type":"password","code":"x"}"#);
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
