//! A person's consent, from the first page to the last renewal, against the stand-in and a clock that stands still.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use logwright::log_types::ALL;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use url::Url;

use super::authorise::{Authorised, Invitation, Secrets, authorise, listen, random};
use super::kept::Kept;
use super::*;
use crate::api::{Api, Patience, Stop};
use crate::clock::{Manual, Sleep};
use crate::config;
use crate::failure::Failure;
use crate::http::Ask;
use crate::simulator::{self, Behaviour, Simulator};
use crate::testing::{Answer, Server, noon, zendesk};

/// A clock on which nobody's time is ever up.
struct Patient<'c>(&'c Manual);

impl Clock for Patient<'_> {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn sleep(&self, _: Duration) -> Sleep<'_> {
        Box::pin(std::future::pending())
    }

    fn chance(&self) -> f64 {
        self.0.chance()
    }
}

/// A stand-in whose clock the test moves, and an account at it that a person signs in to.
struct Bench {
    folder: TempDir,
    simulator: Simulator,
    clock: Arc<Manual>,
    /// When set, the next request to the stand-in takes the token file's place away.
    sabotage: Arc<AtomicBool>,
}

impl Bench {
    async fn new(behaviour: Behaviour) -> Self {
        let (folder, clock) = (tempfile::tempdir().unwrap(), Arc::new(Manual::new(noon())));
        let sabotage = Arc::new(AtomicBool::new(false));
        let time: simulator::Clock = Arc::new({
            let (clock, sabotage, tokens) = (Arc::clone(&clock), Arc::clone(&sabotage), tokens(&folder));
            move || {
                if sabotage.swap(false, Ordering::SeqCst) {
                    fs::remove_file(&tokens).unwrap();
                    fs::create_dir_all(tokens.join("in the way")).unwrap();
                }
                clock.now()
            }
        });
        let options = simulator::Options { events: 3, clock: time, behaviour, ..simulator::Options::default() };
        let schemas: Vec<_> = ALL.iter().map(|log_type| log_type.schema()).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let simulator = Simulator::start(listener, zendesk(), &schemas, options).unwrap();
        Self { folder, simulator, clock, sabotage }
    }

    fn account(&self) -> Account {
        self.account_at(self.simulator.base_url())
    }

    fn account_at(&self, base_url: &str) -> Account {
        let yaml = format!(
            "sources:\n  - {{name: acme, source: zendesk, inputs: {{subdomain: acme}}, base_url: '{base_url}', \
             auth: {{method: oauth_code, client_id: logwright}}}}\n"
        );
        let config = config::parse(&yaml, &self.folder.path().join("logwright.yml"), noon()).unwrap();
        Account::open(&config.sources[0]).unwrap()
    }

    /// Has a person sign in whose browser does what `browse` says; how it ended, and what the browser showed at last.
    async fn attempt<F: Future<Output = String> + Send + 'static>(
        &self,
        browse: impl FnOnce(Invitation) -> F + Send + 'static,
    ) -> (Result<Authorised, Failure>, String) {
        let (account, listener) = (self.account(), listen(0).await.unwrap());
        let (sender, receiver) = oneshot::channel();
        let browser = tokio::spawn(async move { browse(receiver.await.unwrap()).await });
        let show = |invitation: &Invitation| {
            sender.send(invitation.clone()).unwrap();
            Ok(())
        };
        let secrets = Secrets::new(random).unwrap();
        let (clock, time) = (Patient(&self.clock), authorise::TIME);
        let result = authorise(&account, listener, secrets, time, &clock, show).await;
        (result, browser.await.unwrap())
    }

    async fn agree(&self) -> Authorised {
        let (result, page) = self.attempt(|invitation| visit(invitation.url)).await;
        assert!(page.contains("<h1>Signed in</h1>"), "{page}");
        result.unwrap()
    }

    fn kept(&self) -> Kept {
        Kept::read(&tokens(&self.folder)).unwrap().unwrap()
    }

    /// How often tokens were asked for.
    fn token_requests(&self) -> usize {
        self.simulator.requests().all().iter().filter(|seen| seen.method == "POST").count()
    }

    /// A request for records with this authorization: its status.
    async fn try_out(&self, http: &Http, who: &Authorization) -> u16 {
        http.send(&self.records(), Some(who)).await.unwrap().status
    }

    fn records(&self) -> Ask {
        let url = format!("{}/api/v2/audit_logs?page[size]=100", self.simulator.base_url());
        Ask { url: Url::parse(&url).unwrap(), body: None }
    }
}

fn tokens(folder: &TempDir) -> PathBuf {
    folder.path().join("state").join("acme.tokens.json")
}

/// What a browser shows after it has followed every redirect.
async fn visit(url: Url) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

fn again(fault: Result<SignedIn, Fault>) -> String {
    match fault {
        Err(Fault::AuthoriseAgain(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_person_agrees_and_the_tokens_open_the_api_until_they_are_renewed() {
    let bench = Bench::new(Behaviour::default()).await;
    let (account, http) = (bench.account(), Http::new(&bench.account().base_url).unwrap());
    let session = Session::default();
    let why = again(session.authorization(&account, &http, &*bench.clock).await);
    assert_eq!(why, "nobody has agreed in a browser yet");

    assert_eq!(bench.agree().await, Authorised { tokens: tokens(&bench.folder), lacking: None });
    let first = session.authorization(&account, &http, &*bench.clock).await.unwrap();
    assert!(first.who.carries(&bench.kept().access_token));
    assert_eq!(bench.try_out(&http, &first.who).await, 200);

    // Four fifths of the two hours that were asked for.
    bench.clock.advance(Duration::from_secs(5759));
    assert_eq!(session.authorization(&account, &http, &*bench.clock).await.unwrap().generation, 1);
    bench.clock.advance(Duration::from_secs(1));
    let second = session.authorization(&account, &http, &*bench.clock).await.unwrap();
    assert_eq!(second.generation, 2);
    assert!(second.who.carries(&bench.kept().access_token), "it is on disk before anybody can use it");
    assert_eq!(bench.try_out(&http, &second.who).await, 200);
    assert_eq!(bench.try_out(&http, &first.who).await, 401, "tokens rotate");
    assert_eq!(bench.token_requests(), 2);
}

#[tokio::test]
async fn many_sessions_on_one_file_make_one_renewal() {
    let bench = Bench::new(Behaviour::default()).await;
    bench.agree().await;
    let (account, http) = (bench.account(), Http::new(&bench.account().base_url).unwrap());
    // Each like a process of its own: all they share is the file.
    let sessions = [Session::default(), Session::default(), Session::default()];
    let ask = |session: usize| sessions[session].authorization(&account, &http, &*bench.clock);
    let refused = ask(0).await.unwrap();
    bench.clock.advance(Duration::from_secs(5760));
    let all = tokio::join!(ask(0), ask(1), ask(2), ask(1));
    for signed_in in [all.0, all.1, all.2, all.3] {
        assert!(signed_in.unwrap().who.carries(&bench.kept().access_token));
    }
    assert_eq!(bench.token_requests(), 2);
    // Who is refused with the old token takes the new one from the file, too.
    let other = Session::default().renewed(&refused, &account, &http, &*bench.clock).await.unwrap().unwrap();
    assert!(other.who.carries(&bench.kept().access_token));
    assert_eq!(bench.token_requests(), 2);
}

#[tokio::test]
async fn a_life_that_is_not_told_is_the_contracts() {
    let bench = Bench::new(Behaviour { tells_lifetime: false, ..Behaviour::default() }).await;
    bench.agree().await;
    assert_eq!(bench.kept().life, Duration::from_secs(1800));
}

#[tokio::test]
async fn an_answer_lost_after_rotation_asks_for_the_person_and_goes_on_when_he_has_agreed() {
    let bench = Bench::new(Behaviour { lost_renewals: 0..1, ..Behaviour::default() }).await;
    bench.agree().await;
    let (account, http) = (bench.account(), Http::new(&bench.account().base_url).unwrap());
    let session = Session::default();
    let ask = || session.authorization(&account, &http, &*bench.clock);
    bench.clock.advance(Duration::from_secs(7000));
    assert!(matches!(ask().await, Err(Fault::Unavailable(why, None)) if why.contains("renewal")));
    let why = again(ask().await);
    assert!(why.contains("invalid_grant") && why.contains("the renewal before had no answer"), "{why}");

    let api = Api::new(&account, &*bench.clock, Patience::NONE).unwrap();
    let Err(Stop::AuthoriseAgain(message)) = api.send(&bench.records(), Ok).await else { panic!() };
    let config = bench.folder.path().join("logwright.yml");
    assert!(message.ends_with(&format!("run: logwright auth acme --config {}", config.display())), "{message}");

    bench.agree().await;
    assert_eq!(bench.try_out(&http, &ask().await.unwrap().who).await, 200);
    assert_eq!(api.send(&bench.records(), Ok).await.unwrap().status, 200, "without a restart");
}

#[tokio::test]
async fn a_renewal_that_was_stopped_is_taken_up_where_its_pair_was_written_and_told_where_not() {
    for whole in [true, false] {
        let bench = Bench::new(Behaviour::default()).await;
        bench.agree().await;
        let (account, http) = (bench.account(), Http::new(&bench.account().base_url).unwrap());
        let path = tokens(&bench.folder);
        let before = fs::read(&path).unwrap();
        bench.clock.advance(Duration::from_secs(7000));
        let renewed = Session::default().authorization(&account, &http, &*bench.clock).await.unwrap();
        // As after a stop that came before the new pair was in its place.
        let new = fs::read(&path).unwrap();
        fs::write(path.with_extension("json.new"), if whole { &new[..] } else { &new[..new.len() / 2] }).unwrap();
        fs::write(&path, before).unwrap();
        let next = Session::default().authorization(&account, &http, &*bench.clock).await;
        if whole {
            assert_eq!(bench.try_out(&http, &next.unwrap().who).await, 200);
            assert!(renewed.who.carries(&bench.kept().access_token));
            assert_eq!((fs::read(&path).unwrap() == new, bench.token_requests()), (true, 2));
        } else {
            let why = again(next);
            assert!(why.contains("invalid_grant") && why.contains("the renewal before had no answer"), "{why}");
        }
        assert!(!path.with_extension("json.new").exists());
    }
}

#[tokio::test]
async fn nothing_is_spent_where_nothing_can_be_kept() {
    let bench = Bench::new(Behaviour::default()).await;
    bench.agree().await;
    let (account, http) = (bench.account(), Http::new(&bench.account().base_url).unwrap());
    let session = Session::default();
    let in_the_way = tokens(&bench.folder).with_extension("json.new");
    fs::create_dir(&in_the_way).unwrap();
    bench.clock.advance(Duration::from_secs(7000));
    let fault = session.authorization(&account, &http, &*bench.clock).await;
    assert!(matches!(fault, Err(Fault::Local(why)) if why.contains("cannot keep tokens")));
    let api = Api::new(&account, &*bench.clock, Patience { failures: 3, ..Patience::ONE_RUN }).unwrap();
    let Err(Stop::Unavailable(why)) = api.send(&bench.records(), Ok).await else { panic!() };
    assert!(why.contains("cannot keep tokens in") && why.ends_with(" after 3 attempts"), "{why}");
    assert_eq!(bench.token_requests(), 1);
    fs::remove_dir(&in_the_way).unwrap();
    assert!(session.authorization(&account, &http, &*bench.clock).await.is_ok());
}

#[tokio::test]
async fn a_pair_that_the_disk_did_not_take_is_not_used_and_not_forgotten() {
    let bench = Bench::new(Behaviour::default()).await;
    bench.agree().await;
    let (account, http) = (bench.account(), Http::new(&bench.account().base_url).unwrap());
    let session = Session::default();
    bench.clock.advance(Duration::from_secs(7000));
    bench.sabotage.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        let fault = session.authorization(&account, &http, &*bench.clock).await;
        assert!(matches!(fault, Err(Fault::Local(why)) if why.contains("cannot keep tokens")));
    }
    fs::remove_dir_all(tokens(&bench.folder)).unwrap();
    let signed_in = session.authorization(&account, &http, &*bench.clock).await.unwrap();
    assert!(signed_in.who.carries(&bench.kept().access_token));
    assert_eq!(bench.try_out(&http, &signed_in.who).await, 200);
    assert_eq!(bench.token_requests(), 2, "one for the code, one renewal");

    // But what a person has agreed to since is newer, and stays.
    bench.clock.advance(Duration::from_secs(7000));
    bench.sabotage.store(true, Ordering::SeqCst);
    assert!(matches!(session.authorization(&account, &http, &*bench.clock).await, Err(Fault::Local(_))));
    fs::remove_dir_all(tokens(&bench.folder)).unwrap();
    bench.clock.advance(Duration::from_secs(1));
    bench.agree().await;
    let agreed = bench.kept();
    assert!(session.authorization(&account, &http, &*bench.clock).await.unwrap().who.carries(&agreed.access_token));
    assert_eq!(bench.kept().access_token.expose_secret(), agreed.access_token.expose_secret());
}

#[tokio::test]
async fn a_renewal_whose_caller_has_gone_still_ends_on_disk() {
    let bench = Bench::new(Behaviour::default()).await;
    bench.agree().await;
    let before = bench.kept().access_token;
    // An account of values at hand, whose credentials need no thread to be read again.
    let sign_in = bench.account().sign_in;
    let (inputs, credentials) = ([("subdomain", "acme".to_owned())], [("client_id", "logwright".into())]);
    let base_url = bench.account().base_url;
    let mut account = Account::new("acme", zendesk(), sign_in, inputs.into(), credentials.into(), base_url);
    account.tokens = Some(tokens(&bench.folder));
    let (http, session) = (Http::new(&account.base_url).unwrap(), Session::default());
    bench.clock.advance(Duration::from_secs(7000));
    tokio::select! {
        biased;
        _ = session.authorization(&account, &http, &*bench.clock) => panic!("it takes longer than one look"),
        () = std::future::ready(()) => {}
    }
    settled().await;
    assert_ne!(bench.kept().access_token.expose_secret(), before.expose_secret());
    let signed_in = Session::default().authorization(&account, &http, &*bench.clock).await.unwrap();
    assert_eq!(bench.try_out(&http, &signed_in.who).await, 200);
    assert_eq!(bench.token_requests(), 2);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_request_goes_on() {
    let bench = Bench::new(Behaviour::default()).await;
    bench.agree().await;
    let account = bench.account();
    let api = Api::new(&account, &*bench.clock, Patience::NONE).unwrap();
    bench.simulator.change(|behaviour| behaviour.faults = vec![(0..1, simulator::Fault::TokenRevoked)]);
    let ask = bench.records();
    let (one, other, third) = tokio::join!(api.send(&ask, Ok), api.send(&ask, Ok), api.send(&ask, Ok));
    assert_eq!([one, other, third].map(|reply| reply.unwrap().status), [200; 3]);
    assert_eq!(bench.token_requests(), 2, "one for the code, one renewal");
}

#[tokio::test]
async fn tokens_go_to_no_other_address_than_the_one_they_came_from() {
    let bench = Bench::new(Behaviour::default()).await;
    bench.agree().await;
    let elsewhere = Server::start([]).await;
    let account = bench.account_at(elsewhere.base_url.as_str().trim_end_matches('/'));
    let http = Http::new(&account.base_url).unwrap();
    let why = again(Session::default().authorization(&account, &http, &*bench.clock).await);
    assert!(why.contains("another account, address or OAuth client"), "{why}");
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn a_narrower_scope_is_told_at_once_and_refused_by_the_api() {
    let bench = Bench::new(Behaviour { granted_scope: Some("read".into()), ..Behaviour::default() }).await;
    assert_eq!(bench.agree().await.lacking.as_deref(), Some("read"));
    let account = bench.account();
    let api = Api::new(&account, &*bench.clock, Patience::NONE).unwrap();
    let Err(Stop::Refused(why)) = api.send(&bench.records(), Ok).await else { panic!() };
    assert!(why.contains("lacks the scope `auditlogs:read`"), "{why}");
}

#[tokio::test]
async fn every_other_end_is_told_to_the_person_and_leaves_nothing_behind() {
    type Browse = fn(Invitation) -> std::pin::Pin<Box<dyn Future<Output = String> + Send>>;
    let denied = Behaviour { person_denies: true, ..Behaviour::default() };
    let straight: Browse = |invitation| Box::pin(visit(invitation.url));
    let forged: Browse = |invitation| Box::pin(back(invitation, "code=stolen&state=%3Cscript%3E"));
    let stateless: Browse = |invitation| Box::pin(back(invitation, "code=stolen"));
    let wrong_code: Browse = |invitation| Box::pin(with_state(invitation, "code=guessed"));
    let error: Browse =
        |invitation| Box::pin(with_state(invitation, "error=invalid_scope&error_description=%3Cscript%3E"));
    for (behaviour, browse, message, page) in [
        (denied, straight, "did not agree", "You did not agree"),
        (Behaviour::default(), forged, "wrong `state`", "does not belong to the sign-in"),
        (Behaviour::default(), stateless, "wrong `state`", "does not belong to the sign-in"),
        (Behaviour::default(), wrong_code, "authorise again in the browser", "The terminal says why"),
        (Behaviour::default(), error, "refused: invalid_scope; check", "The terminal says why"),
    ] {
        let bench = Bench::new(behaviour).await;
        let (result, shown) = bench.attempt(browse).await;
        let failure = result.unwrap_err();
        assert_eq!(failure.exit_code(), 3);
        assert!(failure.to_string().contains(message), "{failure}");
        assert!(shown.contains(page) && !shown.contains("script"), "{shown}");
        let left = fs::read_dir(bench.folder.path().join("state")).into_iter().flatten();
        assert!(left.map(|entry| entry.unwrap().file_name()).all(|name| name == "acme.tokens.lock"));
    }
}

/// A browser that comes back with this query.
async fn back(invitation: Invitation, query: &str) -> String {
    // What is no answer changes nothing.
    let mut elsewhere = Url::parse(&invitation.redirect_uri).unwrap();
    elsewhere.set_path("/favicon.ico");
    assert!(visit(elsewhere).await.contains("Nothing here"));
    let mut url = Url::parse(&invitation.redirect_uri).unwrap();
    url.set_query(Some(query));
    visit(url).await
}

/// The same, with the state of the invitation.
async fn with_state(invitation: Invitation, query: &str) -> String {
    let state = invitation.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    back(invitation, &format!("{query}&state={state}")).await
}

#[tokio::test]
async fn nobody_is_waited_for_longer_than_was_said() {
    let bench = Bench::new(Behaviour::default()).await;
    let (account, listener) = (bench.account(), listen(0).await.unwrap());
    let secrets = Secrets::new(random).unwrap();
    let time = Duration::from_secs(77);
    let failure = authorise(&account, listener, secrets, time, &*bench.clock, |_| Ok(())).await.unwrap_err();
    assert!(failure.to_string().contains("nobody agreed within 77 seconds"), "{failure}");
    assert_eq!(bench.clock.waits(), [time]);
}

#[tokio::test]
async fn a_port_that_is_in_use_is_told() {
    let taken = listen(0).await.unwrap();
    let failure = listen(taken.local_addr().unwrap().port()).await.unwrap_err();
    assert!(failure.exit_code() == 3 && failure.to_string().contains("in use"), "{failure}");
}

#[tokio::test]
async fn the_challenge_is_that_of_the_standard_and_the_page_is_asked_for_as_it_should_be() {
    // The example of RFC 7636, appendix B.
    let octets = [
        116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
        240, 91, 88, 5, 88, 83, 132, 141, 121,
    ];
    let secrets = Secrets::new(|bytes| {
        bytes.copy_from_slice(&octets);
        Ok(())
    });
    let bench = Bench::new(Behaviour::default()).await;
    let (account, listener) = (bench.account(), listen(0).await.unwrap());
    let mut asked = None;
    let show = |invitation: &Invitation| {
        asked = Some(invitation.clone());
        Ok(())
    };
    let secrets = secrets.unwrap();
    assert_eq!(format!("{secrets:?}"), "Secrets");
    let _ = authorise(&account, listener, secrets, Duration::ZERO, &*bench.clock, show).await;
    let Invitation { url, redirect_uri } = asked.unwrap();
    let query: Vec<_> = url.query_pairs().into_owned().collect();
    let expected = [
        ("response_type", "code"),
        ("client_id", "logwright"),
        ("redirect_uri", &redirect_uri),
        ("scope", "auditlogs:read"),
        ("state", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ];
    assert_eq!(query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(url.path(), "/oauth/authorizations/new");
    assert!(redirect_uri.starts_with("http://127.0.0.1:") && redirect_uri.ends_with("/callback"));
}

#[tokio::test]
async fn neither_debug_nor_any_log_line_of_any_library_shows_a_secret() {
    let bench = Bench::new(Behaviour { lost_renewals: 2..3, ..Behaviour::default() }).await;
    // Starts to keep what is logged, by us and by the libraries below us.
    let server = Server::start([]).await;
    bench.agree().await;
    let account = bench.account();
    let (api, http) =
        (Api::new(&account, &*bench.clock, Patience::NONE).unwrap(), Http::new(&account.base_url).unwrap());
    let session = Session::default();
    let mut secrets = vec![crate::testing::SECRET.to_owned()];
    let mut shown = Vec::new();
    for _ in 0..4 {
        shown.push(format!("{:?}", session.authorization(&account, &http, &*bench.clock).await));
        let kept = bench.kept();
        shown.push(format!("{kept:?} {:?} {:?}", session, api.send(&bench.records(), Ok).await));
        secrets.push(kept.access_token.expose_secret().to_owned());
        secrets.push(kept.refresh_token.unwrap().expose_secret().to_owned());
        bench.clock.advance(Duration::from_secs(7000));
    }
    let secret = SecretString::from(crate::testing::SECRET);
    let given = token::Given::Code { code: &secret, verifier: Some(&secret), redirect_uri: "http://127.0.0.1/" };
    let Scheme::OAuth(oauth) = &account.sign_in.scheme else { panic!() };
    let ask = token::ask(&account, oauth, &http, &given).unwrap();
    server.will_answer([Answer::new(400, ask.text())]);
    let http = Http::new(&server.base_url).unwrap();
    let reply = ask.at(server.base_url.clone()).send(&http).await.unwrap();
    let fault = token::refused(&account, oauth, &given, reply.clone());
    let issued =
        token::read(br#"{"access_token":"s3cret-4711","refresh_token":"s3cret-4711"}"#, Duration::ZERO, noon());
    let command = crate::secret::SecretRef::Command(vec!["pass".into(), crate::testing::SECRET.into()]);
    shown.push(format!("{account:?} {api:?} {http:?} {ask:?} {reply:?} {fault:?} {issued:?} {command:?}"));
    let (log, shown) = (crate::testing::log(), shown.join("\n"));
    assert!(log.contains("127.0.0.1") && shown.contains("AuthoriseAgain"), "{shown}");
    for secret in secrets {
        assert!(!shown.contains(&secret), "{secret} is in {shown}");
        assert!(!log.contains(&secret), "{secret} was logged");
    }
}
