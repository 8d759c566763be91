//! An answer before it is sent, and the bodies with which APIs refuse.

use std::fmt::Write as _;
use std::time::Duration;

use logwright::contract::{Limits, Refusal, Source};
use logwright::time::Timestamp;
use serde_json::{Value, json};

use super::behaviour::RetryAfter;
use super::clock::{shift, to_system};
use super::rate::Left;

/// The status of an answer that never comes.
pub(super) const LOST: u16 = 0;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    /// What becomes of the answer on its way.
    pub(super) way: Way,
}

/// What becomes of an answer on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Way {
    /// It arrives.
    #[default]
    Arrives,
    /// The connection is reset before any of it.
    Reset,
    /// The connection is reset after half of the body.
    CutOff,
    /// It never comes.
    Silence,
    /// Half of it comes.
    Stalled,
    /// It comes after this time.
    Slow(Duration),
}

impl Reply {
    pub(super) fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json; charset=utf-8", body)
    }

    pub(super) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self { status, headers, body: body.into(), way: Way::Arrives }
    }

    /// No answer at all: the connection breaks.
    pub(super) fn lost() -> Self {
        Self { status: LOST, headers: Vec::new(), body: Vec::new(), way: Way::Reset }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same answer, with what is left of the rate limit.
    pub(super) fn with_rate(mut self, limits: &Limits, left: Left) -> Self {
        let each = [
            (limits.limit_headers, u64::from(left.limit)),
            (limits.remaining_headers, u64::from(left.remaining)),
            (limits.reset_headers, left.reset),
        ];
        for (names, value) in each {
            for name in names {
                self = self.with(name, value.to_string());
            }
        }
        self
    }
}

/// A plain-text failure, such as 429 or 503, that may say when to come again.
pub(super) fn failure(status: u16, retry: RetryAfter, limits: &Limits, now: Timestamp) -> Reply {
    let text = match status {
        429 => "Number of allowed API requests per minute exceeded",
        503 => "The service is unavailable for a moment",
        _ => "Something went wrong on our side",
    };
    let reply = Reply::new(status, "text/plain", text);
    match retry {
        RetryAfter::Missing => reply,
        RetryAfter::Seconds(seconds) => reply.with("retry-after", seconds.to_string()),
        RetryAfter::Date(seconds) => {
            let then = shift(now, i64::try_from(seconds).unwrap_or(i64::MAX));
            reply.with("retry-after", httpdate::fmt_http_date(to_system(then)))
        }
        RetryAfter::Reset(seconds) => {
            limits.reset_headers.iter().fold(reply, |reply, name| reply.with(name, seconds.to_string()))
        }
        RetryAfter::ResetAt(seconds) => {
            let then = shift(now, i64::try_from(seconds).unwrap_or(i64::MAX)).to_string();
            limits.reset_headers.iter().fold(reply, |reply, name| reply.with(name, then.as_str()))
        }
    }
}

/// Exactly what the contract says of a refusal: its status, and a body that contains its text.
pub(super) fn refusal(refusal: &Refusal) -> Reply {
    if Value::from(refusal.contains).to_string().len() == refusal.contains.len() + 2 {
        return error(refusal.status, "Refused", refusal.contains);
    }
    // A piece of JSON would not be found again inside a JSON string.
    Reply::new(refusal.status, "text/plain", refusal.contains)
}

/// 401 to credentials of the `Basic` scheme, or to none.
pub(super) fn not_signed_in() -> Reply {
    Reply::json(401, json!({ "error": "Couldn't authenticate you" }).to_string())
}

/// 401 to a bearer token, RFC 6750.
pub(super) fn invalid_token() -> Reply {
    let description = "The access token is expired, revoked, malformed or invalid for other reasons";
    error(401, "invalid_token", description).with("www-authenticate", "Bearer error=\"invalid_token\"")
}

/// 403 to a token without `scope`.
pub(super) fn scope_missing(source: &Source, scope: &str) -> Reply {
    let text = contracted(source, 403, |text| text.contains("scope")).unwrap_or("missing the required scopes");
    error(403, "Forbidden", &format!("{text}: {scope}"))
}

/// 403 to a user whose role or plan does not include the log; here `error` is an object, as in some real answers.
pub(super) fn access_denied(source: &Source) -> Reply {
    let denied = |text: &str| !text.contains("scope");
    let text = contracted(source, 403, denied).unwrap_or("You do not have access to this page");
    Reply::json(403, json!({ "error": { "title": "Forbidden", "message": text } }).to_string())
}

/// 404.
pub(super) fn not_found() -> Reply {
    error(404, "RecordNotFound", "Not found")
}

/// 400 to a parameter.
pub(super) fn bad_parameter(error: &str, description: &str) -> Reply {
    Reply::json(400, json!({ "error": error, "description": description }).to_string())
}

/// An error as most JSON APIs write it.
pub(super) fn error(status: u16, error: &str, description: &str) -> Reply {
    let mut body = String::new();
    let (error, description) = (Value::from(error), Value::from(description));
    // Writing to a string cannot fail.
    let _ = write!(body, r#"{{"error":{error},"description":{description},"error_description":{description}}}"#);
    Reply::json(status, body)
}

/// The text by which the contract knows a refusal with this status.
fn contracted(source: &Source, status: u16, fits: impl Fn(&str) -> bool) -> Option<&'static str> {
    let mut refusals =
        source.refusals.iter().filter(|refusal| refusal.status == status && !refusal.contains.is_empty());
    refusals.find(|refusal| fits(refusal.contains)).map(|refusal| refusal.contains)
}
