//! The request for a page, from the contract, the window's bounds, and what the page before said.
//!
//! A URL is always built on the configured base. Names and values in the query are percent-encoded but for the unreserved
//! characters of RFC 3986, so that brackets and colons reach the server as data.

use std::fmt::Write;

use logwright::contract::{BodyValue, Log, Method, Paging, Piece, Place, Request, Template, Window};
use logwright::json;
use logwright::time::{TimeFormat, Timestamp};
use serde_json::{Map, Value};
use url::Url;

use super::plan::Bounds;
use crate::account::Account;
use crate::http::{Ask, Body};

/// The request for the first page, or for the one that `next` leads to.
///
/// # Errors
/// When `next` leads to another host, or the contract names an input that the account has not.
pub fn page(account: &Account, log: &Log, bounds: &Bounds, next: Option<&str>) -> Result<Ask, String> {
    let filler = Filler { account, window: log.window.as_ref(), bounds };
    let request = &log.request;
    match (&log.paging, next) {
        (Paging::Link { .. } | Paging::NextUrl { .. }, Some(next)) => {
            let url = same_host(&account.base_url, next)?;
            filler.ask(request, url, &[], &[])
        }
        (Paging::Cursor { send, alone, .. }, Some(next)) => {
            let (query, body) = if *alone { (&[][..], &[][..]) } else { (request.query, request.body) };
            filler.with(request, query, body, Some((send, Value::from(next))))
        }
        (Paging::Offset { send, .. }, next) => {
            let skip: u64 = next.unwrap_or("0").parse().map_err(|_| "the offset is no number")?;
            // Sent from the second page on: the first is what the API serves without it.
            let sent = (skip > 0).then(|| (send, Value::from(skip)));
            filler.with(request, request.query, request.body, sent)
        }
        (_, _) => filler.with(request, request.query, request.body, None),
    }
}

struct Filler<'f> {
    account: &'f Account,
    window: Option<&'f Window>,
    bounds: &'f Bounds,
}

impl Filler<'_> {
    fn with(
        &self,
        request: &Request,
        query: &[(&'static str, Template)],
        body: &[(&'static str, BodyValue)],
        sent: Option<(&Place, Value)>,
    ) -> Result<Ask, String> {
        let mut pairs = Vec::new();
        let mut members = Map::new();
        for (name, value) in query {
            pairs.push((*name, self.fill(value, str::to_owned)?));
        }
        for (name, value) in body {
            members.insert((*name).to_owned(), self.body_value(value)?);
        }
        match sent {
            None => {}
            Some((Place::Query(name), value)) => {
                pairs.retain(|(existing, _)| existing != name);
                pairs.push((name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
            }
            Some((Place::Body(name), value)) => drop(members.insert((*name).to_owned(), value)),
        }
        let mut url = self.account.base_url.clone();
        url.set_path(&self.fill(&request.path, encode)?);
        self.ask(request, url, &pairs, &members.into_iter().collect::<Vec<_>>())
    }

    #[allow(clippy::unnecessary_wraps, reason = "every arm of the caller gives a result")]
    fn ask(
        &self,
        request: &Request,
        mut url: Url,
        pairs: &[(&str, String)],
        members: &[(String, Value)],
    ) -> Result<Ask, String> {
        if !pairs.is_empty() {
            let encoded: Vec<_> =
                pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
            url.set_query(Some(&encoded.join("&")));
        }
        let body = (request.method == Method::Post).then(|| Body {
            media_type: "application/json",
            text: Value::Object(members.iter().cloned().collect()).to_string(),
        });
        Ok(Ask { url, body })
    }

    fn body_value(&self, value: &BodyValue) -> Result<Value, String> {
        Ok(match value {
            BodyValue::Text(template) => self.fill(template, str::to_owned)?.into(),
            BodyValue::Integer(number) => (*number).into(),
            BodyValue::Boolean(flag) => (*flag).into(),
        })
    }

    /// `template` filled; inputs go through `encoded`, and the text of the contract stays as it is.
    fn fill(&self, template: &Template, encoded: impl Fn(&str) -> String) -> Result<String, String> {
        let mut text = String::new();
        for piece in template.0 {
            match piece {
                Piece::Text(fixed) => text.push_str(fixed),
                Piece::Input(_) => {
                    let value = self.account.fill(&Template(std::slice::from_ref(piece)))?;
                    text.push_str(&encoded(&value));
                }
                Piece::WindowStart => text.push_str(&self.bound(self.bounds.start)?),
                Piece::WindowEnd => text.push_str(&self.bound(self.bounds.end)?),
            }
        }
        Ok(text)
    }

    fn bound(&self, time: Timestamp) -> Result<String, String> {
        let window = self.window.ok_or("the contract has no window")?;
        let mut written = Vec::new();
        TimeFormat::write(&[window.format], &time, &mut written);
        let text = json::decode_string(&written).map(std::borrow::Cow::into_owned);
        // A format that writes a number needs no decoding.
        Ok(text.unwrap_or_else(|| String::from_utf8_lossy(&written).into_owned()))
    }
}

/// `next` against the base URL, if it stays on its scheme, host and port.
pub(super) fn same_host(base: &Url, next: &str) -> Result<Url, String> {
    let url = base.join(next).map_err(|error| format!("the next link is no URL: {error}"))?;
    if url.origin() != base.origin() {
        let host = url.host_str().unwrap_or("nowhere");
        return Err(format!("the next link leads to another host, {host}; it is not followed"));
    }
    Ok(url)
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
