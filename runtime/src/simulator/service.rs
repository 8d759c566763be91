//! One request in, one answer out: the API itself, without a socket.
//!
//! The order of the checks is that of real APIs: is there such a path, who asks, how often, for what. A planned fault takes the
//! place of the answer after the path is known, or spoils the page after it was built.

use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use logwright::contract::{Log, Method, Source};
use logwright::log_type::Schema;
use logwright::time::Timestamp;

use super::behaviour::{Behaviour, Fault, RetryAfter, planned};
use super::clock::{Clock, shift, to_system};
use super::events::Events;
use super::listing::Call;
use super::random::Random;
use super::rate::Rate;
use super::reply::{self, Reply, Way};
use super::request::{self, Parameters};
use super::request_log::{RequestLog, Seen};
use super::sign_in::{Access, Gate};
use super::store::Store;

/// A request as it came.
pub(super) struct Incoming<'i> {
    pub(super) method: &'i str,
    /// Path and query.
    pub(super) target: &'i str,
    pub(super) authorization: Option<&'i str>,
    pub(super) content_type: &'i str,
    pub(super) body: &'i [u8],
}

#[cfg(test)]
impl<'i> Incoming<'i> {
    /// A request for a token, by a client that says in `form` who it is.
    pub(super) fn form(form: &'i str) -> Self {
        let content_type = "application/x-www-form-urlencoded";
        Self { method: "POST", target: "/oauth/tokens", authorization: None, content_type, body: form.as_bytes() }
    }
}

/// A stand-in for the API of one source.
pub(super) struct Service {
    pub(super) source: &'static Source,
    pub(super) logs: Vec<(&'static Log, &'static Schema, RwLock<Store>)>,
    pub(super) gate: Gate,
    pub(super) behaviour: RwLock<Behaviour>,
    pub(super) clock: Clock,
    pub(super) seed: u64,
    /// How many records each log had at the start.
    pub(super) events: u64,
    /// Scheme and host under which the stand-in is reached.
    pub(super) base_url: String,
    pub(super) requests: RequestLog,
    pub(super) counts: Mutex<Counts>,
}

/// What the stand-in counts.
#[derive(Default)]
pub(super) struct Counts {
    records: u64,
    tokens: u64,
    arrived: u64,
    rate: Rate,
}

impl Service {
    /// Answers a request and notes it in the log.
    pub(super) fn answer(&self, incoming: &Incoming<'_>) -> Reply {
        let behaviour = read(&self.behaviour).clone();
        let now = shift((self.clock)(), behaviour.clock_offset);
        let access = self.gate.access(incoming.authorization, now, &behaviour);
        let reply = self.route(incoming, access, now, &behaviour);
        self.requests.push(Seen {
            method: incoming.method.to_owned(),
            target: incoming.target.to_owned(),
            status: reply.status,
            authorised: access == Access::Granted,
            at: now,
        });
        // On its way an answer may be lost or late; the request log tells what was sent.
        reply.with("date", httpdate::fmt_http_date(to_system(now)))
    }

    fn route(&self, incoming: &Incoming<'_>, access: Access, now: Timestamp, behaviour: &Behaviour) -> Reply {
        let (path, query) = incoming.target.split_once('?').unwrap_or((incoming.target, ""));
        if self.gate.is_token_path(path) && incoming.method == "POST" {
            let fault = planned(&behaviour.token_faults, self.count(|counts| &mut counts.tokens));
            let mut reply = fault
                .and_then(|fault| self.refused(fault, incoming, now))
                .unwrap_or_else(|| self.gate.token(incoming, now, behaviour));
            reply.way = fault.map_or(reply.way, way_of);
            return reply;
        }
        if self.gate.is_authorize_path(path) && incoming.method == "GET" {
            return self.gate.authorize(query, now, behaviour);
        }
        let Some((log, schema, store)) = self.logs.iter().find(|(log, ..)| serves(log, incoming.method, path)) else {
            return reply::not_found();
        };
        let number = self.count(|counts| &mut counts.records);
        let fault = planned(&behaviour.faults, number);
        if let Some(reply) = fault.and_then(|fault| self.refused(fault, incoming, now)) {
            return reply;
        }
        match access {
            Access::Granted => {}
            Access::NotSignedIn => return reply::not_signed_in(),
            Access::BadToken => return reply::invalid_token(),
            Access::ScopeMissing(scope) => return reply::scope_missing(self.source, scope),
        }
        let limits = &self.source.limits;
        let limit = behaviour.requests_per_minute.unwrap_or(limits.requests_per_minute);
        let left = self.counts.lock().unwrap_or_else(PoisonError::into_inner).rate.count(now, limit);
        let mut reply = if left.exceeded {
            reply::failure(429, RetryAfter::Seconds(left.reset), limits, now)
        } else {
            // With every second request alone, so that an empty page, where it is the end, can come.
            if let Some((count, latest)) = behaviour.arrivals.filter(|_| number % 2 == 1) {
                (0..count).for_each(|_| self.arrive(log, schema, store, latest, now));
            }
            let parameters = Parameters::new(query, incoming.body);
            let base_url = behaviour.link_base.as_deref().unwrap_or(&self.base_url);
            let seed = cursor_seed(self.seed, behaviour.cursor_life, now);
            let store = &read(store);
            let call = Call { log, store, base_url, path, parameters, fault, now, behaviour, seed };
            call.answer().unwrap_or_else(|error| reply::bad_parameter("InvalidPaginationParameter", &error))
        };
        reply.way = fault.map_or(Way::Arrives, way_of);
        reply.with_rate(limits, left)
    }

    /// A new record appears, at most so late.
    fn arrive(
        &self,
        log: &'static Log,
        schema: &'static Schema,
        store: &RwLock<Store>,
        latest: Duration,
        now: Timestamp,
    ) {
        let number = self.events + self.count(|counts| &mut counts.arrived);
        let late = Random::new(self.seed, number).below(latest.as_secs() + 1);
        let time = shift(now, -i64::try_from(late).unwrap_or(i64::MAX));
        // What one event of the log lacks, the first would have lacked; it was made at the start.
        if let Ok(mut record) = Events::at(schema, log, self.seed, number, time).record(number) {
            record.visible_from = now;
            store.write().unwrap_or_else(PoisonError::into_inner).insert(record);
        }
    }

    fn count(&self, of: impl Fn(&mut Counts) -> &mut u64) -> u64 {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of(&mut counts);
        *count += 1;
        *count - 1
    }

    /// The answer that `fault` puts in the place of the true one; `None` where it only spoils a page.
    fn refused(&self, fault: &Fault, incoming: &Incoming<'_>, now: Timestamp) -> Option<Reply> {
        Some(match fault {
            Fault::Status(status, retry) => reply::failure(*status, *retry, &self.source.limits, now),
            Fault::Refusal(index) => reply::refusal(self.source.refusals.get(*index)?),
            Fault::TokenRevoked => {
                self.gate.revoke(incoming.authorization.unwrap_or_default());
                reply::invalid_token()
            }
            Fault::ScopeMissing => reply::scope_missing(self.source, self.gate.scope()),
            Fault::AccessDenied => reply::access_denied(self.source),
            Fault::NotFound => reply::not_found(),
            Fault::Html => Reply::new(200, "text/html", "<!DOCTYPE html><title>Sign in</title><p>Please sign in."),
            Fault::NullBody => Reply::json(200, "null"),
            _ => return None,
        })
    }
}

/// What becomes of an answer with this fault on its way.
fn way_of(fault: &Fault) -> Way {
    match fault {
        Fault::Reset => Way::Reset,
        Fault::CutOff => Way::CutOff,
        Fault::Silence => Way::Silence,
        Fault::Stalled => Way::Stalled,
        Fault::Slow(time) => Way::Slow(*time),
        _ => Way::Arrives,
    }
}

/// What cursors are written by: another number after each life, so that all of the old ones are refused at once.
fn cursor_seed(seed: u64, life: Option<Duration>, now: Timestamp) -> u64 {
    let seconds = i64::try_from(life.unwrap_or(Duration::MAX).as_secs()).unwrap_or(i64::MAX).max(1);
    seed.wrapping_add(now.unix_seconds().div_euclid(seconds).unsigned_abs())
}

/// Whether a request is one for the records of `log`; the path may end in `.json`.
fn serves(log: &Log, method: &str, path: &str) -> bool {
    let wanted = match log.request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let path = path.strip_suffix(".json").unwrap_or(path);
    method == wanted && request::placeholders(log.request.path, path).is_some()
}

pub(super) fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}
