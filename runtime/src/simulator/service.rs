//! One request in, one answer out: the API itself, without a socket.
//!
//! The order of the checks is that of real APIs: is there such a path, who asks, how often, for what. A planned fault takes the
//! place of the answer after the path is known, or spoils the page after it was built.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

use logwright::contract::{End, Log, Method, Paging, Place, Source};
use logwright::log_type::Schema;
use logwright::time::Timestamp;

use super::behaviour::{Behaviour, Fault, RetryAfter, planned};
use super::clock::{Clock, shift, to_system};
use super::cursor::{decode, encode};
use super::page::{self, Page, Records};
use super::rate::Rate;
use super::reply::{self, Reply};
use super::request::{self, Asked, GO_ON, Parameters};
use super::request_log::{RequestLog, Seen};
use super::sign_in::{Access, Gate};
use super::store::{Record, Store, Wanted};

/// A request as it came.
pub(super) struct Incoming<'i> {
    pub(super) method: &'i str,
    /// Path and query.
    pub(super) target: &'i str,
    pub(super) authorization: Option<&'i str>,
    pub(super) content_type: &'i str,
    pub(super) body: &'i [u8],
}

/// A stand-in for the API of one source.
pub(super) struct Service {
    pub(super) source: &'static Source,
    pub(super) logs: Vec<(&'static Log, &'static Schema, RwLock<Store>)>,
    pub(super) gate: Gate,
    pub(super) behaviour: RwLock<Behaviour>,
    pub(super) clock: Clock,
    pub(super) seed: u64,
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
    rate: Rate,
}

impl Service {
    /// Answers a request and notes it in the log.
    pub(super) fn answer(&self, incoming: &Incoming<'_>) -> Reply {
        let behaviour = read(&self.behaviour).clone();
        let now = shift(Timestamp::from_system((self.clock)()), behaviour.clock_offset);
        let access = self.gate.access(incoming.authorization, now, &behaviour);
        let reply = self.route(incoming, access, now, &behaviour);
        self.requests.push(Seen {
            method: incoming.method.to_owned(),
            target: incoming.target.to_owned(),
            status: reply.status,
            authorised: access == Access::Granted,
            at: now,
        });
        reply.with("date", httpdate::fmt_http_date(to_system(now)))
    }

    fn route(&self, incoming: &Incoming<'_>, access: Access, now: Timestamp, behaviour: &Behaviour) -> Reply {
        let (path, query) = incoming.target.split_once('?').unwrap_or((incoming.target, ""));
        if self.gate.is_token_path(path) && incoming.method == "POST" {
            let fault = planned(&behaviour.token_faults, self.count(|counts| &mut counts.tokens));
            return fault
                .and_then(|fault| self.refused(fault, incoming, now))
                .unwrap_or_else(|| self.gate.token(incoming.content_type, incoming.body, now, behaviour));
        }
        let Some((log, _, store)) = self.logs.iter().find(|(log, ..)| serves(log, incoming.method, path)) else {
            return reply::not_found();
        };
        let fault = planned(&behaviour.faults, self.count(|counts| &mut counts.records));
        if let Some(reply) = fault.and_then(|fault| self.refused(fault, incoming, now)) {
            return reply;
        }
        match access {
            Access::Granted => {}
            Access::NotSignedIn => return reply::not_signed_in(self.source),
            Access::BadToken => return reply::invalid_token(),
            Access::ScopeMissing(scope) => return reply::scope_missing(self.source, scope),
        }
        let limits = &self.source.limits;
        let limit = behaviour.requests_per_minute.unwrap_or(limits.requests_per_minute);
        let left = self.counts.lock().unwrap_or_else(PoisonError::into_inner).rate.count(now, limit);
        let reply = if left.exceeded {
            reply::failure(429, RetryAfter::Seconds(left.reset), limits, now)
        } else {
            let parameters = Parameters::new(query, incoming.body);
            self.records(log, &read(store), path, &parameters, fault, now, behaviour)
                .unwrap_or_else(|error| reply::bad_parameter("InvalidPaginationParameter", &error))
        };
        reply.with_rate(limits, left)
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

    /// The page that is asked for.
    #[expect(
        clippy::too_many_arguments,
        reason = "everything that a page depends on, and nothing is kept between pages"
    )]
    fn records(
        &self,
        log: &Log,
        store: &Store,
        path: &str,
        parameters: &Parameters,
        fault: Option<&Fault>,
        now: Timestamp,
        behaviour: &Behaviour,
    ) -> Result<Reply, String> {
        let asked = request::read(log, parameters)?;
        let wanted = self.wanted(log, &asked, behaviour)?;
        let (records, more) = store.page(&wanted, now);
        let cursor =
            |record: Option<&&Record>| record.map(|record| encode(&record.position, asked.reversed, self.seed));
        let next = match fault {
            Some(Fault::NextMissing) => None,
            Some(Fault::NextRepeated | Fault::EmptyPage) => asked.cursor.clone().or_else(|| Some(self.origin(&asked))),
            Some(Fault::NextOverlaps) => cursor(records.iter().rev().nth(1)),
            _ => cursor(records.last()).filter(|_| more || !ends_without_next(log)),
        };
        let promised = matches!(fault, Some(Fault::NextMissing | Fault::NextRepeated | Fault::EmptyPage));
        let page = Page {
            before: cursor(records.first()),
            next_url: next.as_ref().and_then(|next| self.next_url(log, path, parameters, next, behaviour)),
            next,
            more: more || promised,
            records: spoil(records.iter().map(|record| Cow::Borrowed(&record.json[..])).collect(), fault),
        };
        let mut body = page::body(log, &page);
        if fault == Some(&Fault::HalfBody) {
            body.truncate(body.len() / 2);
        }
        let reply = Reply::json(200, body);
        Ok(match (log.paging, page.next_url) {
            (Paging::Link { relation, .. }, Some(url)) => reply.with("link", format!("<{url}>; rel=\"{relation}\"")),
            _ => reply,
        })
    }

    fn wanted(&self, log: &Log, asked: &Asked, behaviour: &Behaviour) -> Result<Wanted, String> {
        let window = log.window.as_ref();
        let after = match &asked.cursor {
            Some(cursor) if *cursor == self.origin(asked) => None,
            Some(cursor) => Some(decode(cursor, asked.reversed, self.seed).ok_or("the cursor is not valid")?),
            None => None,
        };
        let start = window.map(|window| request::bound(window.start, behaviour.start_bound));
        let end = window.and_then(|window| window.end).map(|end| request::bound(end, behaviour.end_bound));
        Ok(Wanted {
            start: asked.start.zip(start),
            end: asked.end.zip(end),
            reversed: asked.reversed,
            after,
            skip: asked.skip,
            size: asked.size.unwrap_or(usize::MAX),
        })
    }

    /// The cursor of the first page: what a first page says when it leads to itself.
    fn origin(&self, asked: &Asked) -> String {
        encode(&[], asked.reversed, self.seed)
    }

    /// The address of the next page: the same request, with `next` for its cursor.
    fn next_url(
        &self,
        log: &Log,
        path: &str,
        parameters: &Parameters,
        next: &str,
        behaviour: &Behaviour,
    ) -> Option<String> {
        let name = match log.paging {
            Paging::Cursor { send: Place::Query(name), .. } => name,
            Paging::Link { .. } | Paging::NextUrl { .. } => GO_ON,
            _ => return None,
        };
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(parameters.query.iter().filter(|(given, _)| given != name)).append_pair(name, next);
        let base = behaviour.link_base.as_ref().unwrap_or(&self.base_url);
        Some(format!("{base}{path}?{}", query.finish()))
    }
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

fn ends_without_next(log: &Log) -> bool {
    matches!(
        log.paging,
        Paging::Cursor { end: End::NoNext, .. } | Paging::NextUrl { end: End::NoNext, .. } | Paging::Link { .. }
    )
}

fn spoil<'p>(mut records: Vec<Cow<'p, [u8]>>, fault: Option<&Fault>) -> Records<'p> {
    match fault {
        Some(Fault::NullRecords) => return Records::Other("null"),
        Some(Fault::RecordsNotAList) => return Records::Other(r#"{"0":{}}"#),
        Some(Fault::NoRecords) => return Records::Absent,
        Some(Fault::EmptyPage) => records.clear(),
        Some(Fault::RecordsTwice) => {
            records = records.into_iter().flat_map(|record| [record.clone(), record]).collect();
        }
        Some(Fault::RecordsReversed) => records.reverse(),
        _ => {}
    }
    Records::List(records)
}

pub(super) fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}
