//! The OAuth server of the stand-in: the page on which a person agrees, and the token endpoint, RFC 6749.
//!
//! It is strict where a real one is: a code serves once, for two minutes, for the client and the redirect address that it was made
//! for, and with the verifier that goes with its challenge (RFC 7636); a renewal ends the old pair at once where the contract says
//! that tokens rotate. What it leaves out is the person, who agrees or not as [`Behaviour::person_denies`] says.

use std::sync::PoisonError;

use logwright::contract::{ClientAuth, Grant, OAuth};
use logwright::time::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};

use super::behaviour::Behaviour;
use super::clock::shift;
use super::reply::{Reply, error};
use super::service::Incoming;
use super::sign_in::{Code, Credentials, Gate, Issued, TOKENS, Token, base64, oauth, render, secret};

/// How many seconds a code lives.
const CODE_LIFE: i64 = 120;

/// The members of a request, whatever its encoding.
struct Fields(Map<String, Value>);

impl Fields {
    fn of_body(content_type: &str, body: &[u8]) -> Self {
        if content_type.starts_with("application/json") {
            return Self(serde_json::from_slice(body).unwrap_or_default());
        }
        Self(form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), Value::from(value))).collect())
    }

    fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }
}

impl Gate {
    /// Whether people are asked to agree at `path`.
    pub(super) fn is_authorize_path(&self, path: &str) -> bool {
        let at = |oauth: &OAuth| matches!(oauth.grant, Grant::AuthorizationCode { authorize_path, .. } if authorize_path == path);
        self.source.sign_in.iter().filter_map(oauth).any(at)
    }

    /// Whether requests for tokens go to `path`.
    pub(super) fn is_token_path(&self, path: &str) -> bool {
        self.source.sign_in.iter().any(|way| oauth(way).is_some_and(|oauth| oauth.token_path == path))
    }

    /// Answers a browser that was sent to the sign-in page: back to the client with a code, or with a refusal.
    pub(super) fn authorize(&self, query: &str, now: Timestamp, behaviour: &Behaviour) -> Reply {
        let fields = Fields::of_body("", query.as_bytes());
        let client =
            self.client(&fields, None, behaviour, |oauth| matches!(oauth.grant, Grant::AuthorizationCode { .. }));
        let redirect = fields.get("redirect_uri").and_then(|uri| Url::parse(&uri).ok());
        // Nobody is sent to an address that the client did not register.
        let (Some((oauth, credentials)), Some(mut redirect)) = (client, redirect.filter(is_loopback)) else {
            return Reply::new(
                400,
                "text/html",
                "<!DOCTYPE html><title>Sign in</title><p>Unknown client or redirect address.",
            );
        };
        let pkce = matches!(oauth.grant, Grant::AuthorizationCode { pkce: true, .. });
        let challenge =
            fields.get("code_challenge").filter(|_| fields.get("code_challenge_method").as_deref() == Some("S256"));
        let answer = if behaviour.person_denies {
            ("error", "access_denied".to_owned())
        } else if fields.get("response_type").as_deref() != Some("code") || (pkce && challenge.is_none()) {
            ("error", "invalid_request".to_owned())
        } else {
            let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
            let value = secret("code", self.seed, CODES + number(issued.codes.len()));
            let (client_id, redirect_uri) = (render(oauth.client_id, credentials), redirect.to_string());
            let scope = fields.get("scope").unwrap_or_default();
            issued.codes.push(Code { value: value.clone(), client_id, redirect_uri, scope, challenge, made: now });
            ("code", value)
        };
        redirect.query_pairs_mut().append_pair(answer.0, &answer.1);
        if let Some(state) = fields.get("state") {
            redirect.query_pairs_mut().append_pair("state", &state);
        }
        Reply::new(302, "text/html", "").with("location", redirect)
    }

    /// Answers a request for a token; its body may be JSON or a form.
    pub(super) fn token(&self, incoming: &Incoming<'_>, now: Timestamp, behaviour: &Behaviour) -> Reply {
        let fields = Fields::of_body(incoming.content_type, incoming.body);
        let grant = fields.get("grant_type").unwrap_or_default();
        let by_code = match grant.as_str() {
            "client_credentials" => false,
            "authorization_code" | "refresh_token" => true,
            _ => return error(400, "unsupported_grant_type", "The stand-in does not know this grant"),
        };
        let client = self.client(&fields, incoming.authorization, behaviour, |oauth| {
            matches!(oauth.grant, Grant::AuthorizationCode { .. }) == by_code
        });
        let Some((oauth, credentials)) = client else {
            return error(401, "invalid_client", "Client authentication failed: unknown client or wrong secret");
        };
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let scope = match grant.as_str() {
            "authorization_code" => redeem(&mut issued, &fields, &render(oauth.client_id, credentials), now),
            "refresh_token" => renew(&mut issued, &fields, oauth, now),
            _ => Some(fields.get("scope").unwrap_or_default()),
        };
        let Some(scope) = scope else {
            return error(
                400,
                "invalid_grant",
                "The code or refresh token is invalid, has expired, was used or belongs to another client",
            );
        };
        let scope = behaviour.granted_scope.clone().unwrap_or(scope);
        let reply = self.issue(&mut issued, oauth, &fields, scope, now, behaviour);
        if grant == "refresh_token" {
            issued.renewals += 1;
            if behaviour.lost_renewals.contains(&(issued.renewals - 1)) {
                return Reply::lost();
            }
        }
        reply
    }

    /// The way to sign in by OAuth that is `meant` and whose client this is.
    fn client(
        &self,
        fields: &Fields,
        authorization: Option<&str>,
        behaviour: &Behaviour,
        meant: impl Fn(&OAuth) -> bool,
    ) -> Option<(&'static OAuth, &Credentials)> {
        self.source.sign_in.iter().zip(&self.credentials).find_map(|(way, credentials)| {
            let oauth = oauth(way).filter(|oauth| meant(oauth))?;
            let id = render(oauth.client_id, credentials);
            // A browser has no secret to show.
            let secret = oauth.client_secret.filter(|_| fields.get("response_type").is_none());
            let secret = secret.map(|secret| render(secret, credentials));
            let refused = behaviour.refused_methods.iter().any(|method| method == way.method);
            if let (ClientAuth::Basic, Some(secret)) = (oauth.client_auth, &secret) {
                let form = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let basic = format!("Basic {}", base64(format!("{}:{}", form(&id), form(secret)).as_bytes()));
                return (!refused && authorization == Some(&*basic)).then_some((oauth, credentials));
            }
            let right = fields.get("client_id") == Some(id) && fields.get("client_secret") == secret;
            (!refused && right).then_some((oauth, credentials))
        })
    }

    fn issue(
        &self,
        issued: &mut Issued,
        oauth: &OAuth,
        fields: &Fields,
        scope: String,
        now: Timestamp,
        behaviour: &Behaviour,
    ) -> Reply {
        let asked = fields.get("expires_in").and_then(|seconds| seconds.parse().ok());
        let lifetime = match behaviour.token_lifetime {
            Some(lifetime) => lifetime.as_secs(),
            None => asked.unwrap_or(oauth.assume_lifetime.as_secs()),
        };
        let serial = TOKENS + number(issued.tokens.len());
        let value = secret("access", self.seed, serial);
        let refreshable = matches!(oauth.grant, Grant::AuthorizationCode { .. });
        let refresh = refreshable.then(|| secret("refresh", self.seed, REFRESH + serial));
        let mut reply = json!({ "access_token": value, "token_type": "bearer", "scope": scope });
        if asked.is_some() && behaviour.tells_lifetime {
            reply["expires_in"] = lifetime.into();
        }
        if let Some(refresh) = &refresh {
            reply["refresh_token"] = refresh.as_str().into();
        }
        let ends = shift(now, i64::try_from(lifetime).unwrap_or(i64::MAX));
        issued.tokens.push(Token { value, refresh, scope, needed: oauth.scope, ends });
        Reply::json(behaviour.token_status, reply.to_string())
    }
}

/// The streams of random numbers that make codes and refresh tokens.
const CODES: u64 = TOKENS * 2;
const REFRESH: u64 = TOKENS * 4;

/// The scope of a code that is good, once.
fn redeem(issued: &mut Issued, fields: &Fields, client_id: &str, now: Timestamp) -> Option<String> {
    let given = fields.get("code")?;
    let place = issued.codes.iter().position(|code| code.value == given)?;
    // Right or wrong, one try is all that a code is good for.
    let code = issued.codes[place].take();
    let verified = code
        .challenge
        .is_none_or(|challenge| fields.get("code_verifier").map(|verifier| s256(&verifier)) == Some(challenge));
    let good = client_id == code.client_id
        && fields.get("redirect_uri") == Some(code.redirect_uri)
        && now < shift(code.made, CODE_LIFE)
        && verified;
    good.then_some(code.scope)
}

/// The scope of a pair whose refresh token is good; where tokens rotate, the pair ends here.
fn renew(issued: &mut Issued, fields: &Fields, oauth: &OAuth, now: Timestamp) -> Option<String> {
    let given = fields.get("refresh_token")?;
    let token = issued.tokens.iter_mut().find(|token| token.refresh.as_ref() == Some(&given))?;
    if matches!(oauth.grant, Grant::AuthorizationCode { rotates: true, .. }) {
        token.refresh = None;
        token.ends = now;
    }
    Some(token.scope.clone())
}

/// The challenge of a verifier, RFC 7636 section 4.2.
fn s256(verifier: &str) -> String {
    base64(&Sha256::digest(verifier)).replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()
}

fn is_loopback(url: &Url) -> bool {
    url.scheme() == "http" && matches!(url.host_str(), Some("127.0.0.1" | "localhost"))
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl Code {
    /// The code, leaving one behind that nobody has.
    fn take(&mut self) -> Self {
        let value = String::new();
        std::mem::replace(
            self,
            Self {
                value,
                client_id: String::new(),
                redirect_uri: String::new(),
                scope: String::new(),
                challenge: None,
                made: self.made,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use logwright::log_types::zendesk::source::SOURCE;

    use super::super::fixtures::time;
    use super::super::sign_in::Access;
    use super::*;

    const NOW: Timestamp = time(1_767_225_600);
    const REDIRECT: &str = "http://127.0.0.1:1/callback";
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    fn authorize(gate: &Gate, behaviour: &Behaviour, change: impl Fn(String) -> String) -> Reply {
        let challenge = s256(VERIFIER);
        let query = format!(
            "response_type=code&client_id=logwright&redirect_uri={REDIRECT}&scope=auditlogs:read&state=s\
             &code_challenge={challenge}&code_challenge_method=S256"
        );
        gate.authorize(&change(query), NOW, behaviour)
    }

    fn back(reply: &Reply) -> Vec<(String, String)> {
        let location = reply.headers.iter().find(|(name, _)| *name == "location").unwrap();
        Url::parse(&location.1).unwrap().query_pairs().into_owned().collect()
    }

    fn code(gate: &Gate) -> String {
        back(&authorize(gate, &Behaviour::default(), |query| query)).remove(0).1
    }

    fn ask(gate: &Gate, behaviour: &Behaviour, form: &str, later: i64) -> (u16, Value) {
        let reply = gate.token(&Incoming::form(form), shift(NOW, later), behaviour);
        (reply.status, serde_json::from_slice(&reply.body).unwrap_or_default())
    }

    fn redeem(gate: &Gate, code: &str, change: impl Fn(String) -> String, later: i64) -> (u16, Value) {
        let form = format!(
            "grant_type=authorization_code&client_id=logwright&code={code}&code_verifier={VERIFIER}&redirect_uri={REDIRECT}"
        );
        ask(gate, &Behaviour::default(), &change(form), later)
    }

    #[test]
    fn a_code_serves_once_in_time_and_for_whom_it_was_made() {
        let gate = Gate::new(&SOURCE, 1);
        let same = |form: String| form;
        let good = code(&gate);
        assert_eq!(redeem(&gate, &good, same, 119).0, 200);
        assert_eq!(redeem(&gate, &good, same, 119).1["error"], "invalid_grant");
        assert_eq!(redeem(&gate, &code(&gate), same, 120).1["error"], "invalid_grant");
        for (from, to) in [("dBjft", "other"), (":1/callback", ":2/callback"), ("code_verifier", "verifier")] {
            let once = code(&gate);
            assert_eq!(redeem(&gate, &once, |form| form.replace(from, to), 0).1["error"], "invalid_grant", "{to}");
            assert_eq!(redeem(&gate, &once, same, 0).1["error"], "invalid_grant", "one try is all");
        }
        assert_eq!(redeem(&gate, &code(&gate), |form| form.replace("=logwright", "=other"), 0).0, 401);
    }

    #[test]
    fn a_renewal_ends_the_old_pair_at_once_even_if_its_answer_is_lost() {
        let gate = Gate::new(&SOURCE, 1);
        let behaviour = Behaviour { lost_renewals: 1..2, ..Behaviour::default() };
        let (_, first) = redeem(&gate, &code(&gate), |form| form, 0);
        let renew = |token: &Value| {
            let form =
                format!("grant_type=refresh_token&client_id=logwright&refresh_token={}", token.as_str().unwrap());
            ask(&gate, &behaviour, &form, 0)
        };
        let open = |token: &Value| gate.access(Some(&format!("Bearer {}", token.as_str().unwrap())), NOW, &behaviour);
        let (status, second) = renew(&first["refresh_token"]);
        assert_eq!(status, 200);
        assert_ne!(first["refresh_token"], second["refresh_token"]);
        assert_eq!((open(&first["access_token"]), open(&second["access_token"])), (Access::BadToken, Access::Granted));
        assert_eq!(renew(&first["refresh_token"]).1["error"], "invalid_grant");
        assert_eq!(renew(&second["refresh_token"]).0, super::super::reply::LOST);
        assert_eq!(open(&second["access_token"]), Access::BadToken);
        assert_eq!(renew(&second["refresh_token"]).1["error"], "invalid_grant");
    }

    #[test]
    fn the_page_leads_back_with_a_code_or_a_refusal_and_nowhere_else() {
        let (gate, well) = (Gate::new(&SOURCE, 1), Behaviour::default());
        let answer = back(&authorize(&gate, &well, |query| query));
        assert_eq!((answer[0].0.as_str(), answer[1].1.as_str()), ("code", "s"));
        let denies = Behaviour { person_denies: true, ..Behaviour::default() };
        assert_eq!(back(&authorize(&gate, &denies, |query| query))[0].1, "access_denied");
        let plain = authorize(&gate, &well, |query| query.replace("=S256", "=plain"));
        assert_eq!(back(&plain)[0].1, "invalid_request");
        for (from, to) in [("127.0.0.1", "evil.example"), ("=logwright", "=other")] {
            assert_eq!(authorize(&gate, &well, |query| query.replace(from, to)).status, 400);
        }
    }
}
