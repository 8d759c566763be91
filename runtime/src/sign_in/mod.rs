//! Signing in: from credentials to who asks.
//!
//! A [`Session`] gives the [`Authorization`] for a request. For ways with a fixed header that is all; for OAuth it asks
//! for an access token when there is none, and for another before it ends. Only one request for a token is under way at a
//! time: the others wait for its result. Credentials are read again whenever they have to serve anew.
//!
//! - `token`: the request for a token and its answer, whatever the grant.
//! - [`authorise`]: a person agrees in a browser, which `callback` listens to; `kept` is the file with what comes of it.
//! - `refresh`: renewing those tokens, once and for all processes.

pub mod authorise;
mod callback;
mod kept;
mod refresh;
mod token;

use std::time::Duration;

use logwright::contract::{Grant, OAuth, Scheme, SignIn};
use logwright::time::Timestamp;
use secrecy::ExposeSecret;
use tokio::sync::Mutex;

use crate::account::Account;
use crate::clock::{self, Clock};
use crate::http::{self, Authorization, Http, Reply};
use refresh::Renewals;
pub use refresh::settled;
use token::{Given, Issued};

/// What is known of an account's signing in: at most one access token.
#[derive(Debug, Default)]
pub struct Session {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    token: Option<Token>,
    /// Whether a token was asked for, with the credentials as they were then.
    asked: bool,
    renewals: Renewals,
}

/// An access token in use.
#[derive(Debug)]
struct Token {
    signed_in: SignedIn,
    renew_at: Timestamp,
}

/// Why nobody is signed in.
#[derive(Debug)]
pub enum Fault {
    /// The server says that the credentials are no good; asking again is of no use.
    Rejected(String),
    /// A person has to agree in a browser, for the first time or again: the tokens are missing, spent or revoked.
    AuthoriseAgain(String),
    /// The server is not there or not well, or wants to be left alone; the reply says for how long.
    Unavailable(String, Option<Box<Reply>>),
    /// This machine cannot keep the tokens, as when its disk is full.
    Local(String),
}

/// An authorization, and which of them in a session's life it is.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who asks.
    pub who: Authorization,
    /// Counts the tokens of the session, or the changes of a fixed credential.
    pub generation: u64,
}

impl Session {
    /// The authorization to use now. A token is renewed at four fifths of its life, or when less than 5 minutes are left.
    ///
    /// # Errors
    /// When the server refuses a token or cannot be reached.
    pub async fn authorization(&self, account: &Account, http: &Http, clock: &dyn Clock) -> Result<SignedIn, Fault> {
        let oauth = match &account.sign_in.scheme {
            Scheme::OAuth(oauth) => oauth,
            fixed => return fixed_authorization(account, fixed).map_err(Fault::Rejected),
        };
        let mut known = self.known.lock().await;
        match &known.token {
            Some(token) if clock.now() < token.renew_at => Ok(token.signed_in.clone()),
            _ => known.renew(None, account, oauth, http, clock).await,
        }
    }

    /// Another authorization than `refused`, after the server said 401; `None` where there can be no other.
    ///
    /// # Errors
    /// When the server refuses a token or cannot be reached.
    pub async fn renewed(
        &self,
        refused: &SignedIn,
        account: &Account,
        http: &Http,
        clock: &dyn Clock,
    ) -> Result<Option<SignedIn>, Fault> {
        let mut known = self.known.lock().await;
        let Scheme::OAuth(oauth) = &account.sign_in.scheme else {
            // Only what was replaced in its file can be another; somebody else may have read it while we waited.
            let other = account.generation() != refused.generation || account.reload().await;
            return other
                .then(|| fixed_authorization(account, &account.sign_in.scheme).map_err(Fault::Rejected))
                .transpose();
        };
        match &known.token {
            // Somebody else has renewed it while we were being refused.
            Some(token) if token.signed_in.generation != refused.generation => Ok(Some(token.signed_in.clone())),
            _ => known.renew(Some(refused), account, oauth, http, clock).await.map(Some),
        }
    }
}

impl Known {
    async fn renew(
        &mut self,
        refused: Option<&SignedIn>,
        account: &Account,
        oauth: &'static OAuth,
        http: &Http,
        clock: &dyn Clock,
    ) -> Result<SignedIn, Fault> {
        let (access_token, life, since) = match oauth.grant {
            Grant::ClientCredentials => {
                // The first time they were just read.
                if std::mem::replace(&mut self.asked, true) {
                    account.reload().await;
                }
                let issued = by_client(account, oauth, http, clock).await?;
                (issued.access_token, issued.life, issued.asked_at)
            }
            Grant::AuthorizationCode { .. } => {
                let pair = refresh::pair(&mut self.renewals, refused, account, oauth, http, clock).await?;
                (pair.access_token, pair.life, pair.obtained_at)
            }
        };
        let who = Authorization::header("Bearer", &access_token).map_err(Fault::Rejected)?;
        let generation = self.token.as_ref().map_or(1, |token| token.signed_in.generation + 1);
        tracing::debug!(source = account.name, ?life, "signed in");
        let renew_at = clock::later(since, renew_after(life));
        Ok(self.token.insert(Token { signed_in: SignedIn { who, generation }, renew_at }).signed_in.clone())
    }
}

/// What to tell a user at the start about a way to sign in that the vendor ends, if he does.
pub fn warning(account: &Account, now: Timestamp) -> Option<String> {
    ends(account.sign_in, now)
}

/// The same, for a way to sign in that nobody has credentials for yet.
pub(crate) fn ends(sign_in: &SignIn, now: Timestamp) -> Option<String> {
    let ends = sign_in.ends.as_ref()?;
    let method = sign_in.method;
    let on: Option<Timestamp> = format!("{}T00:00:00Z", ends.on).parse().ok();
    Some(match on {
        Some(on) if on <= now => format!("`{method}` ended on {}. {}", ends.on, ends.note),
        Some(on) => {
            let days = clock::between(now, on).as_secs().div_ceil(86_400);
            format!("`{method}` ends on {}, in {days} days. {}", ends.on, ends.note)
        }
        None => format!("`{method}` ends. {}", ends.note),
    })
}

/// A token for the client itself.
async fn by_client(account: &Account, oauth: &OAuth, http: &Http, clock: &dyn Clock) -> Result<Issued, Fault> {
    let ask = token::ask(account, oauth, http, &Given::Client).map_err(Fault::Rejected)?;
    let asked_at = clock.now();
    let failed = |http::Fault(why)| Fault::Unavailable(format!("the sign-in request failed: {why}"), None);
    let reply = ask.send(http).await.map_err(failed)?;
    if !(200..300).contains(&reply.status) {
        return Err(token::refused(account, oauth, &Given::Client, reply));
    }
    token::read(&reply.body, oauth.assume_lifetime, asked_at).map_err(|why| Fault::Unavailable(why, None))
}

fn fixed_authorization(account: &Account, scheme: &Scheme) -> Result<SignedIn, String> {
    // Before the credentials are looked at: one that changes in between is newer than it seems, never older.
    let generation = account.generation();
    let who = match scheme {
        Scheme::Basic { user, password } => {
            Authorization::basic(account.fill_secret(user)?.expose_secret(), account.fill_secret(password)?)?
        }
        Scheme::Token { prefix, token } => Authorization::header(prefix, &account.fill_secret(token)?)?,
        Scheme::OAuth(_) => return Err("an access token has to be asked for".into()),
    };
    Ok(SignedIn { who, generation })
}

/// When to renew a token of this life: at four fifths of it or 5 minutes before its end, whichever is first. But never
/// before half of it, or a token of 5 minutes would be renewed at every request.
fn renew_after(life: Duration) -> Duration {
    let early = (life / 5 * 4).min(life.saturating_sub(Duration::from_secs(300)));
    early.max(life / 2)
}

#[cfg(test)]
mod consent_tests;
#[cfg(test)]
mod tests;
