//! Sessions against a scripted server and a clock that stands still.

use std::fs;

use super::*;
use crate::api::{Api, Patience, Stop};
use crate::config;
use crate::http::Ask;
use crate::testing::{Answer, Server, noon};

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
