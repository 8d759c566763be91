//! A page: an answer gone over once. Its records are parsed on the way, and what leads on is noted.

use logwright::contract::{End, Log, Paging};
use logwright::json;
use logwright::page::{self, Element, Records};
use url::Url;

use super::request::same_host;
use crate::http::Reply;

/// The longest cursor or link that is followed, in bytes.
const LONGEST_NEXT: usize = 8 * 1024;

/// How many records are taken in one page: a hundred times what any API of ours serves. More would be many times the answer's
/// own size in memory.
pub(super) const MOST_RECORDS: usize = 100_000;

/// What an answer says beside its records.
#[derive(Debug)]
pub struct Page {
    /// How many records it has.
    pub count: usize,
    /// What the request for the next page needs; `None` on the last page.
    pub next: Option<String>,
    /// Where a later pull goes on, on the last page of a log whose cursors or links last.
    pub last: Option<String>,
}

/// Leaves the records of an answer unread.
#[derive(Debug)]
pub struct Unread;

impl Records for Unread {
    fn begin(&mut self) {}

    fn next(&mut self, _: Element<'_, '_>) {}
}

/// Reads an answer, whose records go to `taker`. `skipped` is how many records the pages before had, for APIs that count.
///
/// # Errors
/// Why the answer is not of the contract's shape. That never means the end of data. What `taker` got does not count then.
pub fn read(reply: &Reply, log: &Log, base_url: &Url, skipped: u64, taker: &mut dyn Records) -> Result<Page, String> {
    let answer = walk(&reply.body, log.records, &log.paging, taker)?;
    let count = count(&answer, log.records)?;
    let led = led(reply, &answer, &log.paging, base_url)?;
    let next = next(&answer, log, led.clone(), count, skipped)?;
    let last = led.filter(|_| next.is_none() && log.paging.is_lasting());
    Ok(Page { count, next, last })
}

/// Goes over an answer and notes what leads on.
fn walk<'a>(body: &'a [u8], records: &str, paging: &Paging, taker: &mut dyn Records) -> Result<page::Page<'a>, String> {
    if body.trim_ascii_start().first() == Some(&b'<') {
        return Err("the answer is an HTML page, not JSON".to_owned());
    }
    let led = match paging {
        Paging::Cursor { at, .. } | Paging::NextUrl { at, .. } => Some(*at),
        Paging::None | Paging::Link { .. } | Paging::Offset { .. } => None,
    };
    let flag = match paging {
        Paging::Cursor { end: End::FlagFalse(flag), .. }
        | Paging::Link { end: End::FlagFalse(flag), .. }
        | Paging::NextUrl { end: End::FlagFalse(flag), .. } => Some(*flag),
        _ => None,
    };
    let others: Vec<&str> = led.into_iter().chain(flag).collect();
    page::read(body, records, &others, taker).map_err(|error| format!("the answer is not JSON: {error}"))
}

fn count(answer: &page::Page<'_>, records: &str) -> Result<usize, String> {
    let place = if records.is_empty() { "the answer" } else { records };
    match (answer.count, answer.at(records)) {
        (Some(count), _) if count > MOST_RECORDS => {
            Err(format!("{place} has {count} records; no more than {MOST_RECORDS} are taken in one page"))
        }
        (Some(count), _) => Ok(count),
        (None, Some(_)) => Err(format!("{place} is not an array of records")),
        (None, None) => Err(format!("the answer has no {place}")),
    }
}

/// The cursor, link or URL in the answer. It may be there on the last page too.
fn led(reply: &Reply, answer: &page::Page<'_>, paging: &Paging, base_url: &Url) -> Result<Option<String>, String> {
    match paging {
        Paging::None | Paging::Offset { .. } => Ok(None),
        Paging::Cursor { at, .. } => text_at(answer, at),
        Paging::Link { relation, .. } => checked(link(reply, relation), base_url),
        Paging::NextUrl { at, .. } => checked(text_at(answer, at)?, base_url),
    }
}

/// `led`, unless this is the last page; for APIs that count, the count.
fn next(
    answer: &page::Page<'_>,
    log: &Log,
    led: Option<String>,
    count: usize,
    skipped: u64,
) -> Result<Option<String>, String> {
    match &log.paging {
        Paging::None => Ok(None),
        Paging::Cursor { end, .. } | Paging::Link { end, .. } | Paging::NextUrl { end, .. } => {
            ended(end, led, answer, count)
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
fn ended(end: &End, next: Option<String>, answer: &page::Page<'_>, count: usize) -> Result<Option<String>, String> {
    match end {
        End::NoNext => Ok(next),
        End::EmptyPage if count == 0 => Ok(None),
        End::EmptyPage => next.map(Some).ok_or_else(|| "a page with records leads nowhere".into()),
        End::FlagFalse(pointer) => match answer.at(pointer) {
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

/// The text at a pointer; numbers as they are written; null, the empty string and nothing are all nothing.
fn text_at(answer: &page::Page<'_>, pointer: &str) -> Result<Option<String>, String> {
    let value = match answer.at(pointer) {
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
    use logwright::contract::Place;
    use reqwest::header::{HeaderMap, HeaderValue};

    fn reply(body: &str) -> Reply {
        Reply { status: 200, headers: HeaderMap::new(), body: body.into() }
    }

    fn flag(body: &str) -> Result<Option<String>, String> {
        let end = End::FlagFalse("/meta/more");
        let send = Place::Query("after");
        let paging = Paging::Cursor { at: "/meta/next", send, alone: false, lasting: false, end };
        let answer = walk(body.as_bytes(), "", &paging, &mut Unread)?;
        ended(&end, text_at(&answer, "/meta/next")?, &answer, 1)
    }

    fn records(body: &[u8], pointer: &str) -> Result<usize, String> {
        walk(body, pointer, &Paging::None, &mut Unread).and_then(|answer| count(&answer, pointer))
    }

    #[test]
    fn records_are_counted_whatever_is_inside_them() {
        assert_eq!(records(b"{\"logs\": [ {\"id\": 1}, {\"id\": \xff}, 7 ], \"x\": 1}", "/logs"), Ok(3));
        assert_eq!(records(b"[]", ""), Ok(0));
        let many = |count: usize| format!("[{}0]", "0,".repeat(count - 1));
        assert_eq!(records(many(MOST_RECORDS).as_bytes(), ""), Ok(MOST_RECORDS));
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
