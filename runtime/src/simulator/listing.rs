//! One page of a log: from the parameters of a request to the records, the way on, and the body.
//!
//! Nothing is kept between pages. All that the next page needs is in the cursor, as with the real thing.

use std::borrow::Cow;

use logwright::contract::{End, Log, Paging, Place};
use logwright::time::Timestamp;

use super::behaviour::{Behaviour, Fault};
use super::cursor::{decode, encode};
use super::page::{self, Page, Records};
use super::reply::Reply;
use super::request::{self, Asked, GO_ON, Parameters};
use super::store::{Record, Store, Wanted};

/// The query parameter that numbers pages where there are no cursors.
const NUMBER: &str = "page";
/// The records that numbered pages reach.
const MOST_NUMBERED: usize = 10_000;

/// A request for records, and all that its answer depends on.
pub(super) struct Call<'c> {
    pub(super) log: &'c Log,
    pub(super) store: &'c Store,
    /// Scheme and host of the links in the answer.
    pub(super) base_url: &'c str,
    pub(super) path: &'c str,
    pub(super) parameters: Parameters,
    pub(super) fault: Option<&'c Fault>,
    pub(super) now: Timestamp,
    pub(super) behaviour: &'c Behaviour,
    /// What the cursors are written by.
    pub(super) seed: u64,
}

impl Call<'_> {
    /// The page that is asked for.
    ///
    /// # Errors
    /// When a parameter is refused; the message names it.
    pub(super) fn answer(&self) -> Result<Reply, String> {
        let mut asked = request::read(self.log, &self.parameters)?;
        if self.behaviour.numbered_pages {
            asked.cursor = None;
            return self.numbered(&asked);
        }
        asked.size = asked.size.map(|size| size.min(self.behaviour.page_size.unwrap_or(usize::MAX)));
        let (records, more) = self.store.page(&self.wanted(&asked)?, self.now);
        let next = self.next(&asked, &records, more);
        let promised = matches!(self.fault, Some(Fault::NextMissing | Fault::NextRepeated | Fault::EmptyPage));
        let page = Page {
            before: self.cursor(&asked, records.first()),
            next_url: next.as_ref().and_then(|next| self.next_url(next)),
            next,
            more: more || promised,
            numbered: false,
            records: spoil(records.iter().map(|record| Cow::Borrowed(&record.json[..])).collect(), self.fault),
        };
        let mut body = page::body(self.log, &page);
        if self.fault == Some(&Fault::HalfBody) {
            body.truncate(body.len() / 2);
        }
        if self.fault == Some(&Fault::InvalidUtf8) {
            // Into the first text of the page, or else behind its end.
            let place = body.iter().position(|byte| *byte == b'"').map_or(body.len(), |quote| quote + 1);
            body.insert(place, 0xff);
        }
        let media_type = match self.fault {
            Some(Fault::ContentType) => "text/plain",
            _ => "application/json; charset=utf-8",
        };
        let reply = Reply::new(200, media_type, body);
        Ok(match (self.log.paging, page.next_url) {
            (Paging::Link { relation, .. }, Some(url)) => reply.with("link", format!("<{url}>; rel=\"{relation}\"")),
            _ => reply,
        })
    }

    /// A page by its number, as an API gives it that knows no cursor: only a link leads on, and rows that arrive shift the pages.
    fn numbered(&self, asked: &Asked) -> Result<Reply, String> {
        let number = self.parameters.query.iter().find(|(name, _)| name == NUMBER).map(|(_, value)| value.parse());
        let number: usize = number.unwrap_or(Ok(1)).map_err(|_| format!("{NUMBER} must be a number"))?;
        let size = asked.size.unwrap_or(100).min(self.behaviour.page_size.unwrap_or(usize::MAX));
        let skip = number.saturating_sub(1).saturating_mul(size);
        if skip >= MOST_NUMBERED {
            return Err(format!("pages beyond {MOST_NUMBERED} records are not served"));
        }
        let wanted = Wanted { after: None, skip, size, ..self.wanted(asked)? };
        let (records, more) = self.store.page(&wanted, self.now);
        let others = self.parameters.query.iter().filter(|(name, _)| name != NUMBER);
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(others).append_pair(NUMBER, &(number + 1).to_string());
        let next_url = more.then(|| format!("{}{}?{}", self.base_url, self.path, query.finish()));
        let records = spoil(records.iter().map(|record| Cow::Borrowed(&record.json[..])).collect(), self.fault);
        let page = Page { before: None, next: None, next_url, more, records, numbered: true };
        Ok(Reply::json(200, page::body(self.log, &page)))
    }

    fn wanted(&self, asked: &Asked) -> Result<Wanted, String> {
        let after = match &asked.cursor {
            Some(cursor) => Some(decode(cursor, asked.reversed, self.seed).ok_or("the cursor is not valid")?),
            None => None,
        };
        let window = self.log.window.as_ref();
        let start = window.map(|window| request::bound(window.start, self.behaviour.start_bound));
        let end = window.and_then(|window| window.end).map(|end| request::bound(end, self.behaviour.end_bound));
        Ok(Wanted {
            start: asked.start.zip(start),
            end: asked.end.zip(end),
            reversed: asked.reversed,
            // The origin is before every record, from whichever side they are read.
            after: after.filter(|position| !position.is_empty()),
            skip: asked.skip,
            size: asked.size.unwrap_or(usize::MAX),
        })
    }

    /// The cursor that leads on from a page of `records`.
    fn next(&self, asked: &Asked, records: &[Cow<'_, Record>], more: bool) -> Option<String> {
        // The cursor of the first page: what a first page says when it leads to itself.
        let origin = || self.begun(asked);
        match self.fault {
            Some(Fault::NextMissing) => None,
            Some(Fault::NextRepeated | Fault::EmptyPage) => Some(asked.cursor.clone().unwrap_or_else(origin)),
            Some(Fault::NextOverlaps) => self.cursor(asked, records.iter().rev().nth(1)),
            _ if more || end(self.log) != Some(End::NoNext) => {
                self.cursor(asked, records.last()).or_else(|| self.here(asked))
            }
            _ => None,
        }
    }

    /// The cursor that leads to this empty page again, where cursors last: what comes later is found there.
    fn here(&self, asked: &Asked) -> Option<String> {
        self.log.paging.is_lasting().then(|| asked.cursor.clone().unwrap_or_else(|| self.begun(asked)))
    }

    /// The cursor before all that was asked for: where a cursor stands alone in a request, nothing else says where to begin.
    fn begun(&self, asked: &Asked) -> String {
        let start = asked.start.filter(|_| self.log.paging.is_lasting());
        encode(&start.map(Store::before).unwrap_or_default(), asked.reversed, self.seed)
    }

    fn cursor(&self, asked: &Asked, record: Option<&Cow<'_, Record>>) -> Option<String> {
        record.map(|record| encode(&record.position, asked.reversed, self.seed))
    }

    /// The address of the next page: the same request, with `next` for its cursor.
    fn next_url(&self, next: &str) -> Option<String> {
        let name = match self.log.paging {
            Paging::Cursor { send: Place::Query(name), .. } => name,
            Paging::Link { .. } | Paging::NextUrl { .. } => GO_ON,
            _ => return None,
        };
        let others = self.parameters.query.iter().filter(|(given, _)| given != name);
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(others).append_pair(name, next);
        Some(format!("{}{}?{}", self.base_url, self.path, query.finish()))
    }
}

fn end(log: &Log) -> Option<End> {
    match log.paging {
        Paging::Cursor { end, .. } | Paging::Link { end, .. } | Paging::NextUrl { end, .. } => Some(end),
        Paging::None | Paging::Offset { .. } => None,
    }
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use logwright::contract::Shape;
    use serde_json::Value;

    use super::super::events::Events;
    use super::super::fixtures::{TICKET_LOG, TICKET_PAGE, TICKETS, paged, time};
    use super::*;

    const NOW: Timestamp = time(1_767_225_600);

    /// The keys on each page of `log`, where `next` finds the query or body of the next request in an answer.
    fn drain(log: &'static Log, next: impl Fn(&Reply, &Value, usize) -> Option<(String, String)>) -> Vec<usize> {
        let span = Duration::from_secs(3600);
        let events = Events { schema: TICKETS, log, seed: 3, count: 50, end: NOW, span };
        let records: Vec<Record> = (0..50).map(|n| Record::new(&events.json(n), log, TICKETS).unwrap()).collect();
        let store = Store::new(log, records, None);
        let (mut sizes, mut keys) = (Vec::new(), std::collections::BTreeSet::new());
        let mut request = (String::new(), String::new());
        loop {
            let behaviour = Behaviour::default();
            let call = Call {
                log,
                store: &store,
                base_url: "http://127.0.0.1:1",
                path: "/tickets",
                parameters: Parameters::new(&request.0, request.1.as_bytes()),
                fault: None,
                now: NOW,
                behaviour: &behaviour,
                seed: 3,
            };
            let reply = call.answer().unwrap();
            let body: Value = serde_json::from_slice(&reply.body).unwrap();
            let records = body["tickets"].as_array().unwrap();
            sizes.push(records.len());
            keys.extend(records.iter().map(|record| record["number"].as_str().unwrap().to_owned()));
            match next(&reply, &body, keys.len()) {
                Some(next) => request = next,
                None => break,
            }
        }
        assert_eq!(keys.len(), 50, "every record is served");
        sizes
    }

    fn query_of(url: &str) -> (String, String) {
        (url.split_once('?').unwrap().1.to_owned(), String::new())
    }

    #[test]
    fn a_cursor_can_travel_in_a_body() {
        let next = |_: &Reply, body: &Value, _| {
            let cursor = body["cursor"].as_str()?;
            Some((String::new(), format!(r#"{{"cursor":"{cursor}","filter":"at > 5","limit":15}}"#)))
        };
        assert_eq!(drain(TICKET_LOG, next), [20, 15, 15]);
    }

    #[test]
    fn a_link_header_leads_on_until_there_is_none() {
        const LOG: &Log =
            &paged(Shape::Object(TICKET_PAGE), Paging::Link { relation: "next", lasting: false, end: End::NoNext });
        let next = |reply: &Reply, _: &Value, _| {
            let (_, link) = reply.headers.iter().find(|(name, _)| *name == "link")?;
            Some(query_of(link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap()))
        };
        assert_eq!(drain(LOG, next), [20, 20, 10]);
    }

    #[test]
    fn a_next_url_leads_on_until_a_page_is_empty() {
        const LOG: &Log = &paged(Shape::Object(TICKET_PAGE), Paging::NextUrl { at: "/next", end: End::EmptyPage });
        let next = |_: &Reply, body: &Value, _| Some(query_of(body["next"].as_str()?));
        assert_eq!(drain(LOG, next), [20, 20, 10, 0]);
    }

    #[test]
    fn an_offset_counts_records() {
        const LOG: &Log = &paged(
            Shape::Object(TICKET_PAGE),
            Paging::Offset { send: Place::Query("skip"), page_size: 20, most: Some(40) },
        );
        let next = |_: &Reply, body: &Value, so_far: usize| {
            assert_eq!(body["count"], body["tickets"].as_array().unwrap().len());
            (body["count"] == 20).then(|| (format!("skip={so_far}"), String::new()))
        };
        assert_eq!(drain(LOG, next), [20, 20, 10]);
        let beyond = Parameters::new("skip=41", b"");
        assert!(request::read(LOG, &beyond).unwrap_err().contains("up to 40"));
    }

    #[test]
    fn without_paging_all_comes_at_once() {
        const LOG: &Log = &paged(Shape::Object(TICKET_PAGE), Paging::None);
        assert_eq!(drain(LOG, |_, _, _| None), [50]);
    }
}
