//! A person agrees in a browser: the OAuth authorization code, RFC 6749 section 4.1, bound by PKCE with S256, RFC 7636.
//!
//! ```text
//! sign-in page in the browser → redirect to this computer with a code → code and verifier for tokens → the token file
//! ```
//!
//! Whoever steals the code cannot use it, for it buys tokens only together with the verifier, which never leaves this process but
//! for the token endpoint. Whoever sends us a code of his own does not know the state. Code, verifier and tokens are shown nowhere.

use std::fmt;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::Duration;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use logwright::contract::{Grant, OAuth, Scheme};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use url::Url;

use super::Fault;
use super::callback::{Brought, Callback, PATH, Page};
use super::kept::{GoodFor, Kept, Lock, Place};
use super::token::{self, Given, Issued};
use crate::account::Account;
use crate::clock::Clock;
use crate::failure::{Failure, io};
use crate::http::{self, Http};

/// The port that the redirect address has unless the user names another. It has to be registered with the OAuth client.
pub const PORT: u16 = 8765;

/// How long a person has to agree unless the user says otherwise.
pub const TIME: Duration = Duration::from_secs(300);

/// The two secrets of one attempt. Its `Debug` shows neither.
pub struct Secrets {
    /// Ties the answer to the request.
    state: String,
    /// Ties the tokens to whoever began.
    verifier: SecretString,
}

impl Secrets {
    /// New ones, of 256 bits each. `fill` fills a buffer with randomness that nobody can guess, or says that it cannot.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new(mut fill: impl FnMut(&mut [u8]) -> Result<(), Failure>) -> Result<Self, Failure> {
        let mut text = || {
            let mut bytes = [0; 32];
            fill(&mut bytes).map(|()| BASE64_URL_SAFE_NO_PAD.encode(bytes))
        };
        Ok(Self { state: text()?, verifier: text()?.into() })
    }

    /// The S256 challenge that goes with the verifier.
    fn challenge(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose_secret()))
    }
}

/// Fills a buffer with the randomness of the operating system.
///
/// # Errors
/// When it has none.
pub fn random(bytes: &mut [u8]) -> Result<(), Failure> {
    let source = rustls::crypto::ring::default_provider().secure_random;
    source.fill(bytes).map_err(|_| Failure::Outside("the operating system gives no random numbers".into()))
}

/// Where a person is asked to agree.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The page to open.
    pub url: Url,
    /// Where it will lead back to; the OAuth client must know this address.
    pub redirect_uri: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorised {
    /// The file that the tokens are in.
    pub tokens: PathBuf,
    /// The scope that was granted, where the server says it and it is not all that was asked for.
    pub lacking: Option<String>,
}

/// The redirect address on this computer, with something that listens to it.
///
/// # Errors
/// When the port is in use or may not be used.
pub async fn listen(port: u16) -> Result<TcpListener, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Failure::Outside(format!(
            "port {port} of 127.0.0.1 is in use by another program; name another with `--port`, and register its redirect address, \
             http://127.0.0.1:PORT{PATH}, with the OAuth client"
        )),
        _ => io(format!("listen on port {port} of 127.0.0.1"))(error),
    })
}

/// Has a person agree, and keeps the tokens. `show` gets the page to open.
///
/// # Errors
/// [`Failure::Configuration`] where the way to sign in needs nobody; [`Failure::Outside`] when the person or the server says no,
/// the time is up, an answer came that is not ours, or the tokens cannot be kept.
pub async fn authorise(
    account: &Account,
    listener: TcpListener,
    secrets: Secrets,
    time: Duration,
    clock: &dyn Clock,
    show: impl FnOnce(&Invitation) -> Result<(), Failure>,
) -> Result<Authorised, Failure> {
    let host = format!("127.0.0.1:{}", listener.local_addr().map_err(io("listen"))?.port());
    let attempt = Attempt::new(account, format!("http://{host}{PATH}"), secrets)?;
    show(&attempt.invitation()?)?;
    let mut callback = Callback::listen(listener, host, attempt.secrets.state.clone());
    let result = tokio::select! {
        (brought, person) = callback.answer() => attempt.conclude(brought, person, clock).await,
        () = clock.sleep(time) => Err(outside(format!(
            "nobody agreed within {} seconds; begin again, and give more time with `--timeout` if need be", time.as_secs()
        ))),
    };
    callback.close().await;
    result
}

struct Attempt<'a> {
    account: &'a Account,
    oauth: &'static OAuth,
    authorize_path: &'static str,
    pkce: bool,
    http: Http,
    redirect_uri: String,
    secrets: Secrets,
}

impl<'a> Attempt<'a> {
    fn new(account: &'a Account, redirect_uri: String, secrets: Secrets) -> Result<Self, Failure> {
        let Scheme::OAuth(oauth) = &account.sign_in.scheme else { return Err(no_browser(account)) };
        let Grant::AuthorizationCode { authorize_path, pkce, .. } = oauth.grant else {
            return Err(no_browser(account));
        };
        let http = Http::new(&account.base_url)?;
        Ok(Self { account, oauth, authorize_path, pkce, http, redirect_uri, secrets })
    }

    fn invitation(&self) -> Result<Invitation, Failure> {
        let mut url = self.account.base_url.clone();
        url.set_path(self.authorize_path);
        let client_id = self.account.fill_secret(&self.oauth.client_id).map_err(Failure::Configuration)?;
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("response_type", "code");
            query.append_pair("client_id", client_id.expose_secret());
            query.append_pair("redirect_uri", &self.redirect_uri);
            query.append_pair("scope", self.oauth.scope);
            query.append_pair("state", &self.secrets.state);
            if self.pkce {
                query.append_pair("code_challenge", &self.secrets.challenge());
                query.append_pair("code_challenge_method", "S256");
            }
        }
        Ok(Invitation { url, redirect_uri: self.redirect_uri.clone() })
    }

    /// Goes on with what the browser brought, and tells the person there how it ended.
    async fn conclude(
        &self,
        brought: Brought,
        person: oneshot::Sender<Page>,
        clock: &dyn Clock,
    ) -> Result<Authorised, Failure> {
        let title = self.account.source.title;
        let (page, result) = match brought {
            Brought::Code(code) => match self.redeem(&code, clock).await {
                Ok(authorised) => (Page::Done, Ok(authorised)),
                Err(failure) => (Page::Failed, Err(failure)),
            },
            Brought::Denied => {
                (Page::Denied, Err(outside("the person in the browser did not agree; nothing was changed")))
            }
            Brought::Refused(why) => (
                Page::Failed,
                Err(outside(format!(
                    "{title} refused: {why}; check that its OAuth client `client_id` has the redirect address {} and the scope `{}`",
                    self.redirect_uri, self.oauth.scope
                ))),
            ),
            Brought::NotOurs => (
                Page::NotOurs,
                Err(outside(
                    "an answer came that does not belong to this request (wrong `state`), perhaps of an older one; nothing was \
                     changed; begin again",
                )),
            ),
        };
        // A browser that has gone needs no page.
        let _ = person.send(page);
        result
    }

    /// Code and verifier for tokens, and these onto disk.
    async fn redeem(&self, code: &SecretString, clock: &dyn Clock) -> Result<Authorised, Failure> {
        let path = self.account.tokens.clone().ok_or_else(|| outside("there is no place to keep tokens"))?;
        // Before the code is spent: nobody else renews, and there is room for what comes.
        let _lock = Lock::take(&path).await.map_err(outside)?;
        let place = Place::prepare(&path).map_err(outside)?;
        let good_for = GoodFor::new(self.account, self.oauth).map_err(Failure::Configuration)?;
        let issued = self.exchange(code, clock).await?;
        let lacking = issued.scope.clone().filter(|granted| lacks(granted, self.oauth.scope));
        place.keep(&Kept::new(good_for, issued, None)).map_err(outside)?;
        Ok(Authorised { tokens: path, lacking })
    }

    async fn exchange(&self, code: &SecretString, clock: &dyn Clock) -> Result<Issued, Failure> {
        let verifier = self.pkce.then_some(&self.secrets.verifier);
        let given = Given::Code { code, verifier, redirect_uri: &self.redirect_uri };
        let ask = token::ask(self.account, self.oauth, &self.http, &given).map_err(Failure::Configuration)?;
        let asked_at = clock.now();
        // A code serves once, so a request that failed is not sent again.
        let failed =
            |http::Fault(why)| outside(format!("the code could not be exchanged for tokens: {why}; begin again"));
        let reply = ask.send(&self.http).await.map_err(failed)?;
        if !(200..300).contains(&reply.status) {
            return Err(match token::refused(self.account, self.oauth, &given, reply) {
                Fault::Rejected(why) | Fault::AuthoriseAgain(why) | Fault::Local(why) => outside(why),
                Fault::Unavailable(why, _) => outside(format!("{why}; begin again in a while")),
            });
        }
        token::read(&reply.body, self.oauth.assume_lifetime, asked_at).map_err(outside)
    }
}

/// Whether `granted` is less than all of `asked`.
fn lacks(granted: &str, asked: &str) -> bool {
    !asked.split_whitespace().all(|scope| granted.split_whitespace().any(|granted| granted == scope))
}

fn no_browser(account: &Account) -> Failure {
    let (name, method) = (&account.name, account.sign_in.method);
    Failure::Configuration(format!("`{name}` signs in by `{method}`, for which nobody has to agree in a browser"))
}

fn outside(message: impl Into<String>) -> Failure {
    Failure::Outside(message.into())
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}
