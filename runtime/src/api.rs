//! One account's API: signed-in requests that wait, retry, and end in an answer or in a reason.
//!
//! What a status means for the caller is decided here and nowhere else:
//!
//! | answer | what follows |
//! |---|---|
//! | 2xx that reads as it should | the answer |
//! | 2xx that does not | again, then [`Stop::Malformed`] |
//! | 429 | again after the wait that it asks for, without end; in a mere check [`Stop::Unavailable`] |
//! | 408, 5xx, none at all | again with growing waits, then [`Stop::Unavailable`] |
//! | 401 | again once with another token, then [`Stop::Rejected`] |
//! | a refresh token that is missing or spent | [`Stop::AuthoriseAgain`] |
//! | 400 | [`Stop::BadRequest`]: the caller may know why, such as an old cursor |
//! | any other | [`Stop::Refused`], with what the contract says about it |

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use logwright::time::Timestamp;

use crate::account::Account;
use crate::backoff;
use crate::budget::Budget;
use crate::clock::{self, Clock};
use crate::failure::Failure;
use crate::gate::Gate;
use crate::http::{Ask, Fault, Http, Reply};
use crate::metrics::{Metrics, Reason};
use crate::refusal;
use crate::sign_in::{self, Session, SignedIn};

/// How much trouble in a row is borne before giving up. 429 is no trouble, and does not count.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Failures in a row: no answer, 5xx, 408.
    pub failures: u32,
    /// The time from the first of them.
    pub time: Duration,
    /// Answers in a row that do not read as they should.
    pub malformed: u32,
}

impl Patience {
    /// For a command that runs once: 10 failures or 15 minutes, and 4 malformed answers. The next run goes on from the state.
    pub const ONE_RUN: Self = Self { failures: 10, time: Duration::from_secs(15 * 60), malformed: 4 };

    /// For a look at whether it works: no second attempt.
    pub const NONE: Self = Self { failures: 1, time: Duration::ZERO, malformed: 1 };
}

/// An account's API.
pub struct Api<'a> {
    /// The account.
    pub account: &'a Account,
    /// Time and chance.
    pub clock: &'a dyn Clock,
    http: Http,
    session: Session,
    patience: Patience,
    budget: Arc<Budget>,
    gate: Arc<Gate>,
    pub(crate) metrics: Metrics,
    heard: Mutex<Heard>,
}

/// What the last answer said about the server.
#[derive(Debug, Default)]
struct Heard {
    /// Nanoseconds that the server's clock is ahead of ours, once it has told.
    ahead: Option<i64>,
    warned_of_skew: bool,
}

/// Why there is no answer. The text says what to do, and holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The credentials are no good.
    Rejected(String),
    /// A person has to agree in a browser, for the first time or again; the text names the command.
    AuthoriseAgain(String),
    /// The API refuses: scope, role, plan, address, host.
    Refused(String),
    /// The API says that the request is wrong (400).
    BadRequest(String),
    /// The API is not there or not well.
    Unavailable(String),
    /// The API's answers are not of the contract's shape.
    Malformed(String),
}

/// Trouble in a row.
#[derive(Debug, Default)]
struct Trouble {
    failures: u32,
    malformed: u32,
    limited: u32,
    since: Option<Timestamp>,
    renewed: bool,
    /// The id of the last request.
    request: String,
}

impl<'a> Api<'a> {
    /// The API of `account`; nothing is sent yet.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn new(account: &'a Account, clock: &'a dyn Clock, patience: Patience) -> Result<Self, Failure> {
        Ok(Self::over(Http::new(&account.base_url)?, account, clock, patience))
    }

    /// The API of `account`, reached through `http`.
    pub fn over(http: Http, account: &'a Account, clock: &'a dyn Clock, patience: Patience) -> Self {
        let (session, budget, gate) = (Session::default(), Arc::default(), Arc::default());
        Self {
            account,
            clock,
            http,
            session,
            patience,
            budget,
            gate,
            metrics: Metrics::default(),
            heard: Mutex::default(),
        }
    }

    /// The same, with a budget that others of the account draw on too, and a gate by which it can be stopped.
    #[must_use]
    pub fn sharing(self, budget: Arc<Budget>, gate: Arc<Gate>) -> Self {
        Self { budget, gate, ..self }
    }

    /// The same, counted in `metrics`.
    #[must_use]
    pub fn measuring(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }

    /// The server's time in whole seconds, as its last answer told; ours before the first.
    pub fn server_now(&self) -> Timestamp {
        let ahead = self.heard().ahead.unwrap_or(0);
        let now = clock::from_nanos(clock::nanos(self.clock.now()).saturating_add(ahead));
        clock::whole_seconds(now)
    }

    /// Sends `ask` until there is an answer that `read` takes. What `read` refuses counts as malformed.
    ///
    /// # Errors
    /// See the table of the module.
    pub async fn send<T>(&self, ask: &Ask, read: impl Fn(Reply) -> Result<T, String>) -> Result<T, Stop> {
        let mut trouble = Trouble::default();
        loop {
            let asked_at = self.clock.now();
            self.budget.turn(self.clock).await;
            self.waited(Reason::RateLimit, clock::between(asked_at, self.clock.now()));
            let under_way = self.gate.enter().await;
            let signed_in = match self.session.authorization(self.account, &self.http, self.clock).await {
                Ok(signed_in) => signed_in,
                Err(fault) => {
                    drop(under_way);
                    self.sign_in_fault(fault, &mut trouble).await?;
                    continue;
                }
            };
            let reply = self.request(ask, &signed_in, &mut trouble).await;
            drop(under_way);
            let reply = match reply {
                Ok(reply) => reply,
                Err(fault) => {
                    self.failed(&mut trouble, format!("no answer: {}", fault.0), None).await?;
                    continue;
                }
            };
            self.listen(&reply);
            match reply.status {
                200..=299 => match read(reply) {
                    Ok(read) => return Ok(read),
                    Err(why) => self.malformed(&mut trouble, why).await?,
                },
                429 => self.limited(&mut trouble, &reply)?,
                408 | 500.. => {
                    let message = format!("HTTP {}: {}", reply.status, self.said(&reply, &signed_in));
                    self.failed(&mut trouble, message, Some(&reply)).await?;
                }
                401 if !trouble.renewed => {
                    trouble.renewed = true;
                    if !self.renew(&signed_in, &mut trouble).await? {
                        return Err(self.refusal(&reply, &signed_in));
                    }
                }
                _ => return Err(self.refusal(&reply, &signed_in)),
            }
        }
    }

    /// One request, counted, and told under an id of its own that all that follows from it is told under.
    async fn request(&self, ask: &Ask, signed_in: &SignedIn, trouble: &mut Trouble) -> Result<Reply, Fault> {
        trouble.request = request_id();
        let (source, request, began) = (&self.account.name, &trouble.request, self.clock.now());
        let method = if ask.body.is_some() { "POST" } else { "GET" };
        tracing::trace!(source, request, method, path = ask.url.path(), "request");
        let reply = self.http.send(ask, Some(&signed_in.who)).await;
        let took = clock::between(began, self.clock.now());
        self.metrics.request(source, reply.as_ref().ok(), took);
        let status = reply.as_ref().map_or(0, |reply| reply.status);
        let bytes = reply.as_ref().map_or(0, |reply| reply.body.len());
        let (path, milliseconds) = (ask.url.path(), u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        tracing::debug!(source, request, method, path, status, bytes, milliseconds, "answer");
        reply
    }

    fn waited(&self, reason: Reason, wait: Duration) {
        self.metrics.waited(&self.account.name, reason, wait);
    }

    fn retry(&self, reason: Reason) {
        self.metrics.retry(&self.account.name, reason);
    }

    /// Whether there is another token than the refused one, or may be after the wait that this made.
    async fn renew(&self, refused: &SignedIn, trouble: &mut Trouble) -> Result<bool, Stop> {
        let under_way = self.gate.enter().await;
        let renewed = self.session.renewed(refused, self.account, &self.http, self.clock).await;
        drop(under_way);
        match renewed {
            Ok(None) => Ok(false),
            Ok(Some(_)) => {
                self.retry(Reason::Token);
                tracing::info!(
                    source = self.account.name,
                    request = trouble.request,
                    "the token was refused and has been renewed"
                );
                Ok(true)
            }
            Err(fault) => {
                // The renewal has not happened, so it may be tried again.
                trouble.renewed = false;
                self.sign_in_fault(fault, trouble).await.map(|()| true)
            }
        }
    }

    async fn sign_in_fault(&self, fault: sign_in::Fault, trouble: &mut Trouble) -> Result<(), Stop> {
        match fault {
            sign_in::Fault::Rejected(why) => Err(Stop::Rejected(self.named(&why))),
            sign_in::Fault::AuthoriseAgain(why) => {
                let command = self.account.authorise_command();
                Err(Stop::AuthoriseAgain(self.named(&format!("{why}; run: {command}"))))
            }
            sign_in::Fault::Local(why) => self.again(trouble, &why, None, |often| format!("{why}{often}")).await,
            sign_in::Fault::Unavailable(_, Some(reply)) if reply.status == 429 => self.limited(trouble, &reply),
            sign_in::Fault::Unavailable(why, reply) => self.failed(trouble, why, reply.as_deref()).await,
        }
    }

    /// Closes the account's budget for as long as the reply asks; the next turn waits for it.
    fn limited(&self, trouble: &mut Trouble, reply: &Reply) -> Result<(), Stop> {
        trouble.limited += 1;
        let now = backoff::date(reply).unwrap_or_else(|| self.clock.now());
        let asked = backoff::asked(reply, &self.account.source.limits, now);
        let wait = self.wait(asked, trouble.limited);
        let seconds = wait.as_secs_f64();
        if self.patience.time.is_zero() {
            return Err(Stop::Unavailable(
                self.named(&format!("too many requests (HTTP 429); ask again in {seconds:.0} s")),
            ));
        }
        self.retry(Reason::RateLimit);
        tracing::warn!(
            source = self.account.name,
            request = trouble.request,
            "too many requests (HTTP 429); waiting {seconds:.0} s"
        );
        self.budget.close(wait, self.clock.now());
        Ok(())
    }

    async fn failed(&self, trouble: &mut Trouble, why: String, reply: Option<&Reply>) -> Result<(), Stop> {
        let now = self.clock.now();
        let asked = reply.and_then(|reply| backoff::retry_after(reply, backoff::date(reply).unwrap_or(now)));
        let host = self.account.base_url.host_str().unwrap_or_default();
        let end = |often: &str| match reply {
            Some(_) => format!("{host} is not well{often}: {why}; try again later"),
            None => format!("cannot reach {host}{often}: {why}; check `inputs` and the network, and try again later"),
        };
        self.again(trouble, &why, asked, end).await
    }

    /// Waits before the next attempt, as long as was `asked` or longer each time; or gives up, in the words of `end`, which gets how
    /// often it was tried.
    async fn again(
        &self,
        trouble: &mut Trouble,
        why: &str,
        asked: Option<Duration>,
        end: impl Fn(&str) -> String,
    ) -> Result<(), Stop> {
        trouble.failures += 1;
        let now = self.clock.now();
        let since = *trouble.since.get_or_insert(now);
        let wait = self.wait(asked, trouble.failures);
        let too_long = clock::between(since, clock::later(now, wait)) > self.patience.time;
        if trouble.failures >= self.patience.failures || too_long {
            let often = match trouble.failures {
                1 => String::new(),
                failures => format!(" after {failures} attempts"),
            };
            return Err(Stop::Unavailable(self.named(&end(&often))));
        }
        let (source, request, seconds) = (&self.account.name, &trouble.request, wait.as_secs_f64());
        self.retry(Reason::Unavailable);
        tracing::warn!(source, request, "{why}; trying again in {seconds:.0} s");
        self.clock.sleep(wait).await;
        self.waited(Reason::Unavailable, wait);
        Ok(())
    }

    async fn malformed(&self, trouble: &mut Trouble, why: String) -> Result<(), Stop> {
        trouble.malformed += 1;
        if trouble.malformed >= self.patience.malformed {
            let often = match trouble.malformed {
                1 => String::new(),
                malformed => format!(" {malformed} times"),
            };
            return Err(Stop::Malformed(self.named(&format!(
                "answered{often} in a shape that its contract does not know: {why}; check the host, and whether the API has changed"
            ))));
        }
        let wait = self.wait(None, trouble.malformed);
        let (source, request, seconds) = (&self.account.name, &trouble.request, wait.as_secs_f64());
        self.retry(Reason::Malformed);
        tracing::warn!(source, request, "unusable answer: {why}; trying again in {seconds:.0} s");
        self.clock.sleep(wait).await;
        self.waited(Reason::Malformed, wait);
        Ok(())
    }

    /// The wait that was asked for, if any was, or one that grows. A wait of zero is no advice.
    fn wait(&self, asked: Option<Duration>, failures: u32) -> Duration {
        let own = || backoff::exponential(failures, self.clock.chance());
        asked.filter(|wait| !wait.is_zero()).unwrap_or_else(own)
    }

    /// Takes the server's clock and its limits from an answer.
    fn listen(&self, reply: &Reply) {
        let (now, date) = (self.clock.now(), backoff::date(reply));
        self.budget.heard(reply, &self.account.source.limits, now);
        let Some(date) = date else { return };
        let mut heard = self.heard();
        let ahead = clock::nanos(date).saturating_sub(clock::nanos(clock::whole_seconds(now)));
        heard.ahead = Some(ahead);
        let skew = clock::between(now, date).max(clock::between(date, now));
        if skew > clock::SKEW && !heard.warned_of_skew {
            heard.warned_of_skew = true;
            let seconds = skew.as_secs();
            tracing::warn!(
                source = self.account.name,
                "this machine's clock differs from the server's by {seconds} s; the server's is used"
            );
        }
    }

    fn refusal(&self, reply: &Reply, signed_in: &SignedIn) -> Stop {
        let (status, said) = (reply.status, self.said(reply, signed_in));
        let because = refusal::of_records(self.account, reply);
        match status {
            400 => Stop::BadRequest(self.named(&format!("says that the request is wrong (HTTP 400: {said})"))),
            401 => Stop::Rejected(self.named(&format!("credentials rejected (HTTP 401: {said}): {because}"))),
            403 => Stop::Refused(self.named(&format!("access refused (HTTP 403: {said}): {because}"))),
            404 => Stop::Refused(self.named(&format!("not found (HTTP 404: {said}): {because}"))),
            _ => Stop::Refused(self.named(&format!("request refused (HTTP {status}: {said}): {because}"))),
        }
    }

    /// What an error answer says, without secrets.
    fn said(&self, reply: &Reply, signed_in: &SignedIn) -> String {
        reply.complaint(|text| signed_in.who.redact(&self.account.redact(text)))
    }

    fn named(&self, message: &str) -> String {
        format!("{} ({}): {message}", self.account.name, self.account.source.title)
    }

    fn heard(&self) -> std::sync::MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An id for a request: unique in this process, and most likely beyond it. It is in the log, and nobody else gets it.
fn request_id() -> String {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()));
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:08x}-{}", *PROCESS >> 32, NEXT.fetch_add(1, Ordering::Relaxed))
}

impl From<Stop> for Failure {
    /// Whatever an API says is the world outside, even where the configuration may have to change.
    fn from(stop: Stop) -> Self {
        let (Stop::Rejected(message)
        | Stop::AuthoriseAgain(message)
        | Stop::Refused(message)
        | Stop::BadRequest(message)
        | Stop::Unavailable(message)
        | Stop::Malformed(message)) = stop;
        Self::Outside(message)
    }
}

impl fmt::Debug for Api<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api").field("account", self.account).finish_non_exhaustive()
    }
}
