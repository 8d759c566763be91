//! Renewing the tokens of a person's consent, where a refresh ends the old pair at once.
//!
//! One renewal at a time, across tasks and processes: who waited for the lock reads the file again, and mostly finds that the
//! work is done. The renewal itself is a task of its own, from the request to the new pair on disk, so that a caller that is
//! interrupted does not throw away an answer that cannot be asked for twice; [`settled`] waits for such a task at the program's end.

use std::path::Path;

use logwright::contract::OAuth;
use secrecy::SecretString;
use tokio::sync::{RwLock, RwLockReadGuard};

use super::kept::{self, GoodFor, Kept, Left, Lock, Place};
use super::token::{self, Given, Issued};
use super::{Fault, SignedIn};
use crate::account::Account;
use crate::clock::Clock;
use crate::http::{self, Ask, Http, Reply};

/// What a session knows about renewals beside its token.
#[derive(Debug, Default)]
pub(super) struct Renewals {
    /// A pair that the server gave and the disk did not take. The old pair is dead, so this is all there is.
    unsaved: Option<Kept>,
    /// Whether the answer to a renewal was lost, by this process or one that was stopped, so that the pair in the file may be dead.
    answer_lost: bool,
}

/// Held for reading by every renewal under way.
static UNDER_WAY: RwLock<()> = RwLock::const_new(());

/// Waits until no renewal is under way. A program that ends earlier may lose tokens that were just issued.
pub async fn settled() {
    drop(UNDER_WAY.write().await);
}

/// The pair to use from now on: another one than that of `refused`, if that is given.
pub(super) async fn pair(
    renewals: &mut Renewals,
    refused: Option<&SignedIn>,
    account: &Account,
    oauth: &'static OAuth,
    http: &Http,
    clock: &dyn Clock,
) -> Result<Kept, Fault> {
    let path = account.tokens.as_deref().ok_or_else(|| Fault::Local("there is no place to keep tokens".into()))?;
    let lock = Lock::take(path).await.map_err(Fault::Local)?;
    if let Some(unsaved) = &renewals.unsaved {
        // Unless a person has agreed anew in the meantime.
        let newer = matches!(Kept::read(path), Ok(Some(kept)) if kept.obtained_at > unsaved.obtained_at);
        if !newer {
            Place::prepare(path).and_then(|place| place.keep(unsaved)).map_err(Fault::Local)?;
        }
    }
    renewals.unsaved = None;
    let good_for = GoodFor::new(account, oauth).map_err(Fault::Rejected)?;
    match kept::left(path) {
        Left::Nothing => {}
        Left::Pair(pair) if pair.good_for == good_for => kept::take_up(path).map_err(Fault::Local)?,
        Left::Pair(_) | Left::Room => renewals.answer_lost = true,
    }
    let kept = read(path, &good_for)?;
    let now = clock.now();
    // A token from the future is one of a clock that was set back; how old it is nobody knows.
    let in_time = kept.obtained_at <= now && now < kept.renew_at();
    if in_time && !refused.is_some_and(|refused| refused.who.carries(&kept.access_token)) {
        return Ok(kept);
    }
    account.reload().await;
    let Some(refresh_token) = kept.refresh_token else {
        return Err(Fault::AuthoriseAgain(
            "the access token has ended, and the server gave no refresh token with it".into(),
        ));
    };
    let given = Given::Refresh { refresh_token: &refresh_token, access_token: &kept.access_token };
    let ask = token::ask(account, oauth, http, &given).map_err(Fault::Rejected)?;
    let place = Place::prepare(path).map_err(Fault::Local)?;
    let renewal = Renewal {
        http: http.clone(),
        ask,
        asked_at: now,
        oauth,
        good_for,
        refresh_token: refresh_token.clone(),
        place,
        _lock: lock,
        _under_way: UNDER_WAY.read().await,
    };
    let outcome = tokio::spawn(renewal.run()).await.unwrap_or_else(|_| Outcome::Lost("it was broken off".into()));
    match outcome {
        Outcome::Kept(pair) => {
            renewals.answer_lost = false;
            Ok(*pair)
        }
        Outcome::Unsaved(pair, why) => {
            renewals.unsaved = Some(*pair);
            Err(Fault::Local(why))
        }
        Outcome::Refused(reply) => Err(match token::refused(account, oauth, &given, reply) {
            Fault::AuthoriseAgain(why) if renewals.answer_lost => {
                Fault::AuthoriseAgain(format!("{why} (the renewal before had no answer; it may have spent the token)"))
            }
            // A gateway that gave up does not know what the server behind it did.
            Fault::Unavailable(why, Some(reply)) => {
                renewals.answer_lost |= reply.status >= 500;
                Fault::Unavailable(why, Some(reply))
            }
            fault => fault,
        }),
        Outcome::Lost(why) => {
            renewals.answer_lost = true;
            Err(Fault::Unavailable(format!("the renewal of the access token failed: {why}"), None))
        }
    }
}

/// The pair in the file, if it is for this account at this address.
fn read(path: &Path, good_for: &GoodFor) -> Result<Kept, Fault> {
    let kept = Kept::read(path).map_err(Fault::AuthoriseAgain)?;
    let kept = kept.ok_or_else(|| Fault::AuthoriseAgain("nobody has agreed in a browser yet".into()))?;
    if kept.good_for != *good_for {
        let why = "the tokens are for another account, address or OAuth client than the configuration says";
        return Err(Fault::AuthoriseAgain(why.into()));
    }
    Ok(kept)
}

/// A renewal, with all that it needs to come to its end alone.
struct Renewal {
    http: Http,
    ask: Ask,
    asked_at: logwright::time::Timestamp,
    oauth: &'static OAuth,
    good_for: GoodFor,
    refresh_token: SecretString,
    place: Place,
    _lock: Lock,
    _under_way: RwLockReadGuard<'static, ()>,
}

/// What came of it.
enum Outcome {
    /// The new pair is on disk.
    Kept(Box<Kept>),
    /// There is a new pair, and it is not on disk.
    Unsaved(Box<Kept>, String),
    /// The server said no, or that it is not well.
    Refused(Reply),
    /// There was no answer, or none that could be read. The server may have renewed all the same.
    Lost(String),
}

impl Renewal {
    async fn run(self) -> Outcome {
        match self.send().await {
            Err(outcome) => outcome,
            Ok(issued) => {
                let pair = Kept::new(self.good_for, issued, Some(self.refresh_token));
                match self.place.keep(&pair) {
                    Ok(()) => Outcome::Kept(Box::new(pair)),
                    Err(why) => Outcome::Unsaved(Box::new(pair), why),
                }
            }
        }
    }

    async fn send(&self) -> Result<Issued, Outcome> {
        let reply = self.http.send(&self.ask, None).await.map_err(|http::Fault(why)| Outcome::Lost(why))?;
        if !(200..300).contains(&reply.status) {
            return Err(Outcome::Refused(reply));
        }
        token::read(&reply.body, self.oauth.assume_lifetime, self.asked_at).map_err(Outcome::Lost)
    }
}
