//! Where credentials go: to the configured host, and nowhere else, whatever an answer says.
//!
//! Each test has two servers. The first is the account's; it does what it can to have the collector go on at the second, which
//! must not be sent a single request, not even one without credentials.

use std::collections::BTreeMap;

use logwright::contract::{End, Log, OAuth, Order, Paging, Request, Scheme, SignIn, Source, Window};
use logwright::event::Profile;
use logwright::log_types::zendesk::source::SOURCE;
use secrecy::SecretString;

use crate::account::Account;
use crate::api::{Api, Patience};
use crate::clock::{self, Clock as _};
use crate::config::{self, Destination, Output};
use crate::http::Http;
use crate::pull::{Pull, pull_once};
use crate::sign_in::Session;
use crate::sign_in::authorise::{Invitation, Secrets, authorise, listen, random};
use crate::sink::{self, Compression};
use crate::state::State;
use crate::testing::{Answer, SECRET, Server, noon};

/// The account's server and the other one.
struct Bench {
    own: Server,
    other: Server,
}

impl Bench {
    async fn new() -> Self {
        Self { own: Server::start([]).await, other: Server::start([]).await }
    }

    /// An address at the other server.
    fn elsewhere(&self, path: &str) -> String {
        self.other.base_url.join(path).unwrap().to_string()
    }

    /// Pulls once; what went wrong.
    async fn pull(&self, mut account: Account) -> String {
        account.start = Some(clock::earlier(noon(), std::time::Duration::from_secs(3600)));
        let api =
            Api::new(&account, &*self.own.clock, Patience { failures: 2, malformed: 2, ..Patience::ONE_RUN }).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let to = Destination::Files { folder: folder.path().to_owned(), compression: Compression::None };
        let output = Output { to, profile: Profile::Lake };
        let (mut state, mut sink) = (State::in_memory().unwrap(), sink::open(&output).unwrap());
        let stream = account.streams()[0];
        let pull = Pull {
            api: &api,
            stream,
            state: &mut state,
            sink: sink.as_mut(),
            profile: Profile::Lake,
            on_page: &mut |_| {},
        };
        let (_, result) = pull_once(pull).await;
        assert!(self.other.asked().is_empty(), "the other server was asked");
        result.err().map(|failure| failure.to_string()).unwrap_or_default()
    }
}

/// Zendesk's contract with another way from page to page.
fn paged_by(paging: Paging) -> &'static Source {
    let log = &SOURCE.logs[0];
    let request = Request {
        method: log.request.method,
        path: log.request.path,
        query: log.request.query,
        body: log.request.body,
    };
    let window = log.window.as_ref().map(|window| Window {
        format: window.format,
        start: window.start,
        end: window.end,
        longest: window.longest,
    });
    let order = log.order.map(|order| Order { ..order });
    let log = Log {
        log_type: log.log_type,
        request,
        response: log.response,
        records: log.records,
        paging,
        order,
        time: log.time,
        window,
        lateness: log.lateness,
        retention: log.retention,
        key: log.key,
        examples: log.examples,
    };
    // Contracts live as long as the program, as those of the generated crate do.
    Box::leak(Box::new(Source { logs: Box::leak(Box::new([log])), ..SOURCE }))
}

fn record() -> String {
    format!(r#"{{"id":1,"created_at":"{}"}}"#, clock::text(noon()))
}

#[tokio::test]
async fn a_redirect_is_not_followed_by_any_way_to_sign_in() {
    for method in ["oauth_client", "oauth_token", "api_token", "password"] {
        for status in [301, 302, 303, 307, 308] {
            let bench = Bench::new().await;
            if method == "oauth_client" {
                bench.own.will_answer([Answer::token(SECRET, 7200)]);
            }
            bench.own.will_answer([Answer::new(status, "").header("location", &bench.elsewhere("/api/v2/audit_logs"))]);
            let told = bench.pull(bench.own.account(method)).await;
            assert!(told.contains(&format!("HTTP {status}")) && told.contains("not followed"), "{told}");
        }
    }
}

#[tokio::test]
async fn a_token_endpoint_that_leads_elsewhere_is_not_followed() {
    for status in [301, 302, 307, 308] {
        let bench = Bench::new().await;
        bench.own.will_answer([Answer::new(status, "").header("location", &bench.elsewhere("/oauth/tokens"))]);
        let told = bench.pull(bench.own.account("oauth_client")).await;
        assert!(told.contains("there is no sign-in at"), "{told}");
        assert_eq!(bench.own.asked().len(), 1);
    }
}

/// A person agrees, and the code is shown to the token endpoint; then the tokens are renewed there.
#[tokio::test]
async fn neither_a_persons_code_nor_the_refresh_token_follows_a_token_endpoint_elsewhere() {
    for status in [301, 302, 303, 307, 308] {
        let (bench, folder) = (Bench::new().await, tempfile::tempdir().unwrap());
        let yaml = format!(
            "sources: [{{name: acme, source: zendesk, inputs: {{subdomain: acme}}, base_url: '{}', auth: {{method: \
             oauth_code, client_id: logwright}}}}]",
            bench.own.base_url.as_str().trim_end_matches('/')
        );
        let config = config::parse(&yaml, &folder.path().join("logwright.yml"), noon()).unwrap();
        let account = Account::open(&config.sources[0]).unwrap();
        let away = || Answer::new(status, "").header("location", &bench.elsewhere("/oauth/tokens"));

        bench.own.will_answer([away()]);
        assert!(agree(&account).await.is_err());
        assert!(bench.own.asked()[0].body.contains("stolen?"), "the code is what the token endpoint was shown");

        let pair = r#"{"access_token":"first","refresh_token":"s3cret-4711","expires_in":3600}"#;
        bench.own.will_answer([Answer::new(200, pair), away()]);
        agree(&account).await.unwrap();
        let http = Http::new(&account.base_url).unwrap();
        let tomorrow = clock::Manual::new(clock::later(clock::System.now(), std::time::Duration::from_secs(86_400)));
        let signed_in = Session::default().authorization(&account, &http, &tomorrow).await;
        assert!(signed_in.is_err(), "{signed_in:?}");
        assert!(bench.own.asked()[1].body.contains(SECRET), "the refresh token is what the token endpoint was shown");
        assert!(bench.other.asked().is_empty(), "the other server was asked");
    }
}

/// Signs in with a browser that comes back with a code at once.
async fn agree(account: &Account) -> Result<(), String> {
    let listener = listen(0).await.unwrap();
    let mut browser = None;
    let show = |Invitation { url, redirect_uri }: &Invitation| {
        let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1;
        browser = Some(tokio::spawn(reqwest::get(format!("{redirect_uri}?code=stolen%3F&state={state}"))));
        Ok(())
    };
    let secrets = Secrets::new(random).unwrap();
    let minute = std::time::Duration::from_secs(60);
    let authorised = authorise(account, listener, secrets, minute, &clock::System, show).await;
    browser.unwrap().await.unwrap().unwrap();
    authorised.map(drop).map_err(|failure| failure.to_string())
}

#[tokio::test]
async fn a_token_path_that_looks_like_another_host_is_a_path() {
    let bench = Bench::new().await;
    let port = bench.other.base_url.port().unwrap();
    let Scheme::OAuth(oauth) = &SOURCE.sign_in[0].scheme else { panic!() };
    for path in
        [format!("//127.0.0.1:{port}/oauth/tokens"), format!("http://127.0.0.1:{port}/"), "/\\evil.example".to_owned()]
    {
        let oauth = OAuth {
            grant: logwright::contract::Grant::ClientCredentials,
            token_path: Box::leak(path.into_boxed_str()),
            body: oauth.body,
            client_auth: oauth.client_auth,
            client_id: oauth.client_id,
            client_secret: oauth.client_secret,
            scope: oauth.scope,
            ask_lifetime: None,
            assume_lifetime: oauth.assume_lifetime,
        };
        let (method, inputs) = (SOURCE.sign_in[0].method, SOURCE.sign_in[0].inputs);
        let sign_in =
            Box::leak(Box::new(SignIn { method, description: "", inputs, scheme: Scheme::OAuth(oauth), ends: None }));
        let credentials = sign_in.inputs.iter().map(|input| (input.name, SecretString::from(SECRET))).collect();
        let inputs = BTreeMap::from([("subdomain", "acme".to_owned())]);
        let account =
            Account::new("acme", crate::testing::zendesk(), sign_in, inputs, credentials, bench.own.base_url.clone());
        bench.pull(account).await;
        assert_eq!(bench.own.asked().len(), 1, "it went to the configured host");
    }
}

#[tokio::test]
async fn a_next_link_to_another_host_is_an_error_and_not_a_request() {
    let link = paged_by(Paging::Link { relation: "next", lasting: false, end: End::NoNext });
    let url = paged_by(Paging::NextUrl { at: "/links/next", end: End::NoNext });
    for source in [link, url] {
        for method in ["oauth_token", "api_token"] {
            let bench = Bench::new().await;
            let next = bench.elsewhere("/api/v2/audit_logs?page=2");
            let body = format!(r#"{{"audit_logs":[{}],"meta":{{}},"links":{{"next":"{next}"}}}}"#, record());
            let page = Answer::new(200, body).header("link", &format!("<{next}>; rel=\"next\""));
            bench.own.will_answer([page.clone(), page]);
            let told = bench.pull(bench.own.account_at(source, method)).await;
            assert!(told.contains("another host"), "{told}");
        }
    }
    // A contract that pages by cursor does not look at links at all.
    let bench = Bench::new().await;
    let next = bench.elsewhere("/api/v2/audit_logs?page=2");
    let body = format!(r#"{{"audit_logs":[{}],"meta":{{"has_more":false}},"links":{{"next":"{next}"}}}}"#, record());
    bench.own.will_answer([Answer::new(200, body).header("link", &format!("<{next}>; rel=\"next\""))]);
    assert_eq!(bench.pull(bench.own.account("oauth_token")).await, "");
}
