//! A page: an answer taken apart by its structure alone, so that one bad record cannot cost the others.

use std::ops::Range;

use logwright::contract::{End, Log, Paging};
use logwright::json;
use url::Url;

use super::request::same_host;
use crate::http::Reply;

/// The longest cursor or link that is followed, in bytes.
const LONGEST_NEXT: usize = 8 * 1024;

/// How many records are taken in one page: a hundred times what any API of ours serves. More would be many times the answer's
/// own size in memory.
const MOST_RECORDS: usize = 100_000;

/// An answer, where its records are in it, and what leads on.
#[derive(Debug)]
pub struct Page {
    body: Vec<u8>,
    records: Vec<Range<usize>>,
    /// What the request for the next page needs; `None` on the last page.
    pub next: Option<String>,
    /// Where a later pull goes on, on the last page of a log whose cursors or links last.
    pub last: Option<String>,
}

impl Page {
    /// The raw bytes of each record, in order.
    pub fn records(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.records.iter().map(|range| &self.body[range.clone()])
    }
}

/// Takes an answer apart. `skipped` is how many records the pages before had, for APIs that count.
///
/// # Errors
/// Why the answer is not of the contract's shape. That never means the end of data.
pub fn read(reply: Reply, log: &Log, base_url: &Url, skipped: u64) -> Result<Page, String> {
    let records = records(&reply.body, log.records)?;
    let led = led(&reply, &log.paging, base_url)?;
    let next = next(&reply, log, led.clone(), records.len(), skipped)?;
    let last = led.filter(|_| next.is_none() && log.paging.is_lasting());
    Ok(Page { body: reply.body, records, next, last })
}

fn records(body: &[u8], pointer: &str) -> Result<Vec<Range<usize>>, String> {
    let place = if pointer.is_empty() { "the answer" } else { pointer };
    if body.trim_ascii_start().first() == Some(&b'<') {
        return Err("the answer is an HTML page, not JSON".to_owned());
    }
    let array = json::find(body, pointer)
        .map_err(|error| format!("the answer is not JSON: {error}"))?
        .ok_or_else(|| format!("the answer has no {place}"))?;
    let elements = json::elements(array).map_err(|error| format!("{place} is not an array of records: {error}"))?;
    if elements.len() > MOST_RECORDS {
        return Err(format!(
            "{place} has {} records; no more than {MOST_RECORDS} are taken in one page",
            elements.len()
        ));
    }
    let start_of = |slice: &[u8]| slice.as_ptr().addr() - body.as_ptr().addr();
    let ranges = elements.into_iter().map(|element| {
        let start = start_of(element);
        start..start + element.len()
    });
    Ok(ranges.collect())
}

/// The cursor, link or URL in the answer. It may be there on the last page too.
fn led(reply: &Reply, paging: &Paging, base_url: &Url) -> Result<Option<String>, String> {
    match paging {
        Paging::None | Paging::Offset { .. } => Ok(None),
        Paging::Cursor { at, .. } => text_at(&reply.body, at),
        Paging::Link { relation, .. } => checked(link(reply, relation), base_url),
        Paging::NextUrl { at, .. } => checked(text_at(&reply.body, at)?, base_url),
    }
}

/// `led`, unless this is the last page; for APIs that count, the count.
fn next(reply: &Reply, log: &Log, led: Option<String>, count: usize, skipped: u64) -> Result<Option<String>, String> {
    match &log.paging {
        Paging::None => Ok(None),
        Paging::Cursor { end, .. } | Paging::Link { end, .. } | Paging::NextUrl { end, .. } => {
            ended(end, led, &reply.body, count)
        }
        Paging::Offset { page_size, most, .. } => {
            if count < *page_size as usize {
                return Ok(None);
            }
            let skip = skipped + count as u64;
            if let Some(most) = most.filter(|most| skip > u64::from(*most)) {
                return Err(format!("the API serves no more than {most} records of one window"));
            }
            Ok(Some(skip.to_string()))
        }
    }
}

/// What leads on, or nothing at the end. An answer that says there is more, but not where, is malformed.
fn ended(end: &End, next: Option<String>, body: &[u8], count: usize) -> Result<Option<String>, String> {
    match end {
        End::NoNext => Ok(next),
        End::EmptyPage if count == 0 => Ok(None),
        End::EmptyPage => next.map(Some).ok_or_else(|| "a page with records leads nowhere".into()),
        End::FlagFalse(pointer) => match value_at(body, pointer)? {
            Some(b"false") => Ok(None),
            Some(b"true") => {
                next.map(Some).ok_or_else(|| format!("{pointer} says that there is more, and nothing says where"))
            }
            _ => Err(format!("{pointer} is neither true nor false")),
        },
    }
}

fn checked(next: Option<String>, base_url: &Url) -> Result<Option<String>, String> {
    next.map(|next| same_host(base_url, &next).map(String::from)).transpose()
}

fn value_at<'a>(body: &'a [u8], pointer: &str) -> Result<Option<&'a [u8]>, String> {
    let value = json::find(body, pointer).map_err(|error| format!("the answer is not JSON: {error}"))?;
    Ok(value.map(<[u8]>::trim_ascii))
}

/// The text at a pointer; numbers as they are written; null, the empty string and nothing are all nothing.
fn text_at(body: &[u8], pointer: &str) -> Result<Option<String>, String> {
    let value = match value_at(body, pointer)? {
        None | Some(b"null" | b"\"\"") => return Ok(None),
        Some(value) => value,
    };
    if value.len() > LONGEST_NEXT {
        return Err(format!("{pointer} has {} bytes; no URL takes that", value.len()));
    }
    if let Some(text) = json::decode_string(value) {
        return Ok(Some(text.into_owned()));
    }
    match std::str::from_utf8(value) {
        Ok(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(number.to_owned())),
        _ => Err(format!("{pointer} is not text")),
    }
}

/// The target of the `Link` header with this relation, RFC 8288.
fn link(reply: &Reply, relation: &str) -> Option<String> {
    let headers = reply.headers.get_all("link");
    headers.iter().filter_map(|value| value.to_str().ok()).find_map(|mut rest| {
        while let Some(start) = rest.find('<') {
            let (target, after) = rest[start + 1..].split_once('>')?;
            let parameters = &after[..after.find('<').unwrap_or(after.len())];
            let names_it = parameters.split([';', ',']).any(|parameter| {
                let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
                name.trim().eq_ignore_ascii_case("rel")
                    && value.trim().trim_matches('"').split(' ').any(|rel| rel.eq_ignore_ascii_case(relation))
            });
            if names_it {
                return Some(target.to_owned());
            }
            rest = after;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderMap, HeaderValue};

    fn reply(body: &str) -> Reply {
        Reply { status: 200, headers: HeaderMap::new(), body: body.into() }
    }

    fn flag(body: &str) -> Result<Option<String>, String> {
        ended(&End::FlagFalse("/meta/more"), text_at(body.as_bytes(), "/meta/next")?, body.as_bytes(), 1)
    }

    #[test]
    fn records_are_cut_out_whatever_is_inside_them() {
        let body = b"{\"logs\": [ {\"id\": 1}, {\"id\": \xff}, 7 ], \"x\": 1}";
        let ranges = records(body, "/logs").unwrap();
        let cut: Vec<_> = ranges.into_iter().map(|range| &body[range]).collect();
        assert_eq!(cut, [&b"{\"id\": 1}"[..], b"{\"id\": \xff}", b"7"]);
        assert!(records(b"[]", "").unwrap().is_empty());
        let many = |count: usize| format!("[{}0]", "0,".repeat(count - 1));
        assert_eq!(records(many(MOST_RECORDS).as_bytes(), "").unwrap().len(), MOST_RECORDS);
        assert!(records(many(MOST_RECORDS + 1).as_bytes(), "").unwrap_err().contains("100001 records"));
    }

    #[test]
    fn what_is_not_the_contracts_shape_is_an_error_and_never_an_end() {
        for body in ["", "<html>", "null", "{}", r#"{"logs":null}"#, r#"{"logs":{}}"#, r#"{"logs":[1,"#] {
            assert!(records(body.as_bytes(), "/logs").is_err(), "{body}");
        }
        for body in [
            r#"{"meta":{"more":true,"next":null}}"#,
            r#"{"meta":{"more":true,"next":""}}"#,
            r#"{"meta":{"more":true}}"#,
            r#"{"meta":{"more":"no","next":"a"}}"#,
            r#"{"meta":{"more":true,"next":{}}}"#,
            r#"{"meta":{"next":"a"}}"#,
            "{}",
        ] {
            assert!(flag(body).is_err(), "{body}");
        }
        assert_eq!(flag(r#"{"meta":{"more":false,"next":"a"}}"#), Ok(None));
        assert_eq!(flag(r#"{"meta":{"more":true,"next":"a\u0062"}}"#), Ok(Some("ab".into())));
        assert_eq!(flag(r#"{"meta":{"more":true,"next":17}}"#), Ok(Some("17".into())));
    }

    #[test]
    fn a_link_is_found_by_its_relation_and_stays_on_the_host() {
        let mut reply = reply("[]");
        let header = r#"<https://a.example/p?x=1,2>; rel="prev", </p?after=3>; title="a, b"; rel="next last""#;
        reply.headers.insert("link", HeaderValue::from_static(header));
        assert_eq!(link(&reply, "next").as_deref(), Some("/p?after=3"));
        assert_eq!(link(&reply, "first"), None);
        let base = Url::parse("https://a.example/").unwrap();
        let next = checked(Some("/p?after=3".into()), &base).unwrap();
        assert_eq!(next.as_deref(), Some("https://a.example/p?after=3"));
        for foreign in ["https://evil.example/p", "//evil.example/p", "http://a.example/p", "https://a.example:1/"] {
            assert!(checked(Some(foreign.into()), &base).unwrap_err().contains("another host"), "{foreign}");
        }
    }
}
