//! Sessions against a scripted server and a clock that stands still.

use std::collections::BTreeMap;
use std::fs;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use logwright::contract::{BodyEncoding, ClientAuth, Source};
use logwright::log_types::zendesk::audit::SCHEMA as AUDIT;
use logwright::log_types::zendesk::source::SOURCE;
use secrecy::SecretString;

use super::*;
use crate::api::{Api, Patience, Stop};
use crate::config;
use crate::http::Ask;
use crate::simulator::{self, Simulator};
use crate::testing::{Answer, SECRET, Server, noon};

#[tokio::test]
async fn a_secret_that_was_replaced_in_its_file_serves_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start([]).await;
    let file = folder.path().join("secret");
    let open = |auth: &str| {
        let yaml = format!(
            "sources:\n  - {{name: acme, source: zendesk, inputs: {{subdomain: acme}}, base_url: '{}', auth: {auth}}}\n",
            server.base_url.as_str().trim_end_matches('/')
        );
        let config = config::parse(&yaml, &folder.path().join("logwright.yml"), noon()).unwrap();
        Account::open(&config.sources[0]).unwrap()
    };
    let ask = Ask { url: server.base_url.clone(), body: None };
    let denied = || Answer::new(401, r#"{"error":"no"}"#);

    fs::write(&file, "old-secret").unwrap();
    let account = open("{method: oauth_client, client_id: c, client_secret: {file: secret}}");
    let api = Api::new(&account, &*server.clock, Patience::NONE).unwrap();
    server.will_answer([
        Answer::token("one", 7200),
        Answer::new(200, "1"),
        denied(),
        Answer::token("two", 7200),
        Answer::new(200, "2"),
    ]);
    api.send(&ask, Ok).await.unwrap();
    fs::write(&file, "new-secret").unwrap();
    assert_eq!(api.send(&ask, Ok).await.unwrap().body, b"2");
    let bodies: Vec<_> = server.asked().into_iter().map(|asked| asked.body).filter(|body| !body.is_empty()).collect();
    assert!(bodies[0].contains("old-secret") && bodies[1].contains("new-secret"), "{bodies:?}");

    for auth in [
        "{method: oauth_token, access_token: {file: secret}}",
        "{method: api_token, email: a@b, api_token: {command: [cat, secret]}}",
    ] {
        fs::write(&file, "old-secret").unwrap();
        let auth = auth.replace("cat, secret", &format!("cat, '{}'", file.display()));
        let account = open(&auth);
        let api = Api::new(&account, &*server.clock, Patience::NONE).unwrap();
        fs::write(&file, "new-secret").unwrap();
        // Two requests at once, of which both are refused: the first to come back reads the file, the other profits.
        server.will_answer([denied(), denied(), Answer::new(200, ""), Answer::new(200, "")]);
        let (one, other) = tokio::join!(api.send(&ask, Ok), api.send(&ask, Ok));
        assert_eq!([one, other].map(|reply| reply.unwrap().status), [200, 200]);
        let headers: Vec<_> = server.asked().into_iter().map(|asked| asked.authorization).collect();
        assert!(headers[0] == headers[1] && headers[2] == headers[3] && headers[1] != headers[2]);
        // The same secret again is no reason to try again, and a file that is away for a moment is no failure.
        server.will_answer([denied()]);
        fs::remove_file(&file).unwrap();
        assert!(matches!(api.send(&ask, Ok).await, Err(Stop::Rejected(_))));
        assert_eq!(server.asked().len(), 1);
        assert!(!account.redact("old-secret new-secret").contains("secret"));
    }
}

/// Zendesk's contract, but for a client that shows itself by HTTP Basic.
fn by_basic() -> &'static Source {
    let SignIn { method, inputs, scheme: Scheme::OAuth(oauth), .. } = &SOURCE.sign_in[0] else { panic!() };
    let oauth = OAuth {
        grant: Grant::ClientCredentials,
        token_path: oauth.token_path,
        body: BodyEncoding::Form,
        client_auth: ClientAuth::Basic,
        client_id: oauth.client_id,
        client_secret: oauth.client_secret,
        scope: oauth.scope,
        ask_lifetime: None,
        assume_lifetime: oauth.assume_lifetime,
    };
    let way = SignIn { method, description: "", inputs, scheme: Scheme::OAuth(oauth), ends: None };
    Box::leak(Box::new(Source { sign_in: Box::leak(Box::new([way])), ..SOURCE }))
}

#[tokio::test]
async fn a_client_may_show_itself_in_the_header_alone() {
    let source = by_basic();
    let server = Server::start([Answer::token("one", 7200)]).await;
    let (account, http) = (server.account_at(source, "oauth_client"), Http::new(&server.base_url).unwrap());
    Session::default().authorization(&account, &http, &*server.clock).await.unwrap();
    let asked = server.asked().remove(0);
    // Each is encoded as in a form before they are joined.
    let pair = BASE64_STANDARD.encode(format!("me%40acme.example:{SECRET}"));
    assert_eq!(asked.authorization, format!("Basic {pair}"));
    assert_eq!(asked.body, "grant_type=client_credentials&scope=auditlogs%3Aread");
    server.will_answer([Answer::new(401, format!("not you: Basic {pair}"))]);
    let refused = Session::default().authorization(&account, &http, &*server.clock).await;
    assert!(matches!(&refused, Err(Fault::Rejected(why)) if why.contains("not you: Basic [REDACTED]")), "{refused:?}");

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let options = simulator::Options { events: 1, ..simulator::Options::default() };
    let stand_in = Simulator::start(listener, source, &[&AUDIT], options).unwrap();
    let base_url = stand_in.base_url().parse().unwrap();
    let http = Http::new(&base_url).unwrap();
    let inputs = || BTreeMap::from([("subdomain", "acme".to_owned())]);
    let own = stand_in.credentials()[0].inputs.iter().map(|(name, value)| (*name, SecretString::from(value.as_str())));
    let account = Account::new("acme", source, &source.sign_in[0], inputs(), own.collect(), base_url.clone());
    assert!(Session::default().authorization(&account, &http, &*server.clock).await.is_ok());
    let wrong = ["client_id", "client_secret"].map(|name| (name, SecretString::from("logwright")));
    let account = Account::new("acme", source, &source.sign_in[0], inputs(), wrong.into(), base_url);
    let refused = Session::default().authorization(&account, &http, &*server.clock).await;
    assert!(matches!(refused, Err(Fault::Rejected(_))), "{refused:?}");
}

#[test]
fn a_token_is_renewed_in_time_and_not_all_the_time() {
    let after = |seconds| renew_after(Duration::from_secs(seconds)).as_secs();
    assert_eq!(after(7200), 5760);
    assert_eq!(after(1800), 1440);
    assert_eq!(after(1200), 900);
    assert_eq!(after(300), 150);
    assert_eq!(after(u64::MAX), u64::MAX / 5 * 4);
}

#[tokio::test]
async fn many_who_ask_at_once_make_one_request_and_it_serves_until_renewal_is_due() {
    let server = Server::start([Answer::token("one", 1800), Answer::token("two", 1800)]).await;
    let (account, http) = (server.account("oauth_client"), Http::new(&server.base_url).unwrap());
    let (session, clock) = (Session::default(), &*server.clock);
    let ask = || session.authorization(&account, &http, clock);
    let (first, second, third) = tokio::join!(ask(), ask(), ask());
    assert_eq!([first, second, third].map(|signed_in| signed_in.unwrap().generation), [1, 1, 1]);
    clock.advance(Duration::from_secs(1439));
    assert_eq!(ask().await.unwrap().generation, 1);
    clock.advance(Duration::from_secs(1));
    assert_eq!(ask().await.unwrap().generation, 2);
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn many_who_are_refused_at_once_make_one_renewal() {
    let server = Server::start([Answer::token("one", 1800), Answer::token("two", 1800)]).await;
    let (account, http) = (server.account("oauth_client"), Http::new(&server.base_url).unwrap());
    let (session, clock) = (Session::default(), &*server.clock);
    let refused = session.authorization(&account, &http, clock).await.unwrap();
    let renew = || session.renewed(&refused, &account, &http, clock);
    let (one, other) = tokio::join!(renew(), renew());
    assert_eq!([one, other].map(|renewed| renewed.unwrap().unwrap().generation), [2, 2]);
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn a_life_that_is_not_told_is_assumed_and_an_answer_without_a_token_is_no_sign_in() {
    let silent = Answer::new(200, r#"{"access_token":"one"}"#);
    let server = Server::start([silent, Answer::token("two", 60), Answer::new(200, "<html>")]).await;
    let (account, http) = (server.account("oauth_client"), Http::new(&server.base_url).unwrap());
    let (session, clock) = (Session::default(), &*server.clock);
    let ask = || session.authorization(&account, &http, clock);
    assert_eq!(ask().await.unwrap().generation, 1);
    // The contract assumes 30 minutes.
    clock.advance(Duration::from_secs(1439));
    assert_eq!(ask().await.unwrap().generation, 1);
    clock.advance(Duration::from_secs(1));
    assert_eq!(ask().await.unwrap().generation, 2);
    clock.advance(Duration::from_secs(60));
    assert!(matches!(ask().await, Err(Fault::Unavailable(why, None::<Box<Reply>>)) if why.contains("access_token")));
}

#[tokio::test]
async fn a_way_that_ends_or_has_ended_is_warned_of_and_a_lasting_one_is_not() {
    let server = Server::start([]).await;
    let warned = |method| warning(&server.account(method), noon());
    assert!(warned("password").unwrap().starts_with("`password` ended on 2026-01-12. "));
    assert!(warned("api_token").unwrap().starts_with("`api_token` ends on 2027-04-30, in 159 days. "));
    assert_eq!(warned("oauth_client"), None);
}
