//! The request for a page, from the contract, the window's bounds, and what the page before said.
//!
//! A URL is always built on the configured base. Names and values in the query are percent-encoded but for the unreserved
//! characters of RFC 3986, so that brackets and colons reach the server as data.

use std::fmt::Write;

use logwright::contract::{BodyValue, Log, Method, Paging, Piece, Place, Request, Shape, Template, Window};
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
            Ok(ask(request, url, &[], Map::new()))
        }
        (Paging::Cursor { at, send, alone, .. }, Some(next)) => {
            let (query, body) = if *alone { (&[][..], &[][..]) } else { (request.query, request.body) };
            filler.with(request, query, body, Some((send, cursor(log, at, next))))
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

/// A cursor as it came: one that was a number is sent as a number, where the place can tell.
fn cursor(log: &Log, at: &str, next: &str) -> Value {
    let number = || next.parse::<u64>().ok().map(Value::from);
    let was_number = log.response.at(at) == Some(Shape::Integer);
    was_number.then(number).flatten().unwrap_or_else(|| next.into())
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
        let path = self.fill(&request.path, encode)?;
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(format!("an input makes the path {path}, which leads elsewhere"));
        }
        url.set_path(&path);
        Ok(ask(request, url, &pairs, members))
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

fn ask(request: &Request, mut url: Url, pairs: &[(&str, String)], members: Map<String, Value>) -> Ask {
    if !pairs.is_empty() {
        let encoded: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        url.set_query(Some(&encoded.join("&")));
    }
    let text = || Value::Object(members).to_string();
    let body = (request.method == Method::Post).then(|| Body { media_type: "application/json", text: text() });
    Ask { url, body }
}

/// `next` against the base URL, if it stays on its scheme, host and port.
pub(super) fn same_host(base: &Url, next: &str) -> Result<Url, String> {
    let url = base.join(next).map_err(|error| format!("the next link is no URL: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the next link holds credentials; it is not followed".to_owned());
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use logwright::contract::{End, Window};

    use super::*;
    use crate::testing::{SECRET, noon, zendesk};

    fn account() -> Account {
        let sign_in = &zendesk().sign_in[0];
        let credentials = sign_in.inputs.iter().map(|input| (input.name, SECRET.into()));
        let inputs = BTreeMap::from([("subdomain", "a b/..".to_owned())]);
        let base_url = Url::parse("https://a.example").unwrap();
        Account::new("acme", zendesk(), sign_in, inputs, credentials.collect(), base_url)
    }

    fn log(method: Method, paging: Paging) -> Log {
        let model = &zendesk().logs[0];
        Log {
            log_type: model.log_type,
            request: Request {
                method,
                path: Template(&[Piece::Text("/v1/"), Piece::Input("subdomain"), Piece::Text("/logs")]),
                query: if method == Method::Get { &[("size", Template(&[Piece::Text("50")]))] } else { &[] },
                body: &[
                    ("since", BodyValue::Text(Template(&[Piece::WindowStart]))),
                    ("limit", BodyValue::Integer(50)),
                    ("all", BodyValue::Boolean(true)),
                ],
            },
            response: model.response,
            records: model.records,
            paging,
            order: model.order,
            time: model.time,
            window: Some(Window {
                format: TimeFormat::UnixMs,
                start: logwright::contract::Bound::Inclusive,
                end: None,
                longest: None,
            }),
            lateness: model.lateness,
            retention: None,
            key: model.key,
            examples: &[],
        }
    }

    fn ask_for(log: &Log, next: Option<&str>) -> Ask {
        page(&account(), log, &Bounds { start: noon(), end: noon() }, next).unwrap()
    }

    fn cursor(send: Place, alone: bool) -> Paging {
        Paging::Cursor { at: "/next", send, alone, lasting: false, end: End::NoNext }
    }

    #[test]
    fn an_input_cannot_leave_its_place_in_the_path() {
        let ask = ask_for(&log(Method::Get, Paging::None), None);
        assert_eq!(ask.url.as_str(), "https://a.example/v1/a%20b%2F../logs?size=50");
        assert_eq!(ask.body, None);
    }

    #[test]
    fn a_cursor_goes_into_the_query_or_the_body_beside_the_rest_or_alone() {
        let query = log(Method::Get, cursor(Place::Query("after"), false));
        assert_eq!(ask_for(&query, Some("x&y")).url.query(), Some("size=50&after=x%26y"));
        let alone = log(Method::Get, cursor(Place::Query("after"), true));
        assert_eq!(ask_for(&alone, Some("x")).url.query(), Some("after=x"));
        let body = log(Method::Post, cursor(Place::Body("cursor"), false));
        let text = ask_for(&body, Some("x")).body.unwrap().text;
        let sent: Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!({"since": "1795348800000", "limit": 50, "all": true, "cursor": "x"});
        assert_eq!(sent, expected);
        assert_eq!(ask_for(&body, Some("x")).url.query(), None);
    }

    #[test]
    fn a_cursor_that_came_as_a_number_is_sent_as_one() {
        let numbered = Log {
            response: Shape::Object(&[("logs", Shape::Records), ("next", Shape::Integer)]),
            ..log(Method::Post, cursor(Place::Body("cursor"), true))
        };
        assert_eq!(ask_for(&numbered, Some("17")).body.unwrap().text, r#"{"cursor":17}"#);
        let text = log(Method::Post, cursor(Place::Body("cursor"), true));
        assert_eq!(ask_for(&text, Some("17")).body.unwrap().text, r#"{"cursor":"17"}"#);
    }

    #[test]
    fn an_offset_is_sent_from_the_second_page_on() {
        let offset = log(Method::Get, Paging::Offset { send: Place::Query("skip"), page_size: 50, most: None });
        assert_eq!(ask_for(&offset, None).url.query(), Some("size=50"));
        assert_eq!(ask_for(&offset, Some("50")).url.query(), Some("size=50&skip=50"));
    }

    #[test]
    fn a_link_is_followed_as_it_is_and_only_on_the_same_host() {
        let link = log(Method::Get, Paging::Link { relation: "next", lasting: false, end: End::NoNext });
        let ask = ask_for(&link, Some("https://a.example/v1/logs?after=%41"));
        assert_eq!(ask.url.as_str(), "https://a.example/v1/logs?after=%41");
        let bounds = Bounds { start: noon(), end: noon() };
        let refused = page(&account(), &link, &bounds, Some("https://b.example/")).unwrap_err();
        assert!(refused.contains("another host"), "{refused}");
    }

    #[test]
    fn a_secret_cannot_be_named_in_a_url() {
        let mut log = log(Method::Get, Paging::None);
        log.request.query = &[("key", Template(&[Piece::Input("client_secret")]))];
        let refused = page(&account(), &log, &Bounds { start: noon(), end: noon() }, None).unwrap_err();
        assert!(refused.contains("`client_secret`") && !refused.contains(SECRET), "{refused}");
    }
}
