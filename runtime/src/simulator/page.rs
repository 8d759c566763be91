//! The body of a page, built by the shape that the contract states.
//!
//! What the contract points at gets its true value: the records, the cursor or link, the end mark. The other members are what
//! collectors must not rely on; they are filled the way real APIs fill them.

use std::borrow::Cow;

use logwright::contract::{End, Log, Paging, Shape};
use serde_json::Value;

/// What a page says.
pub(super) struct Page<'p> {
    pub(super) records: Records<'p>,
    /// Whether another page follows.
    pub(super) more: bool,
    /// The cursor that leads on, where there is one.
    pub(super) next: Option<String>,
    /// The cursor that leads back, where there is one.
    pub(super) before: Option<String>,
    /// The address of the next page, where there is one.
    pub(super) next_url: Option<String>,
    /// Whether pages come by number: then there is neither a cursor nor an end mark.
    pub(super) numbered: bool,
}

/// What stands in the place of the records.
pub(super) enum Records<'p> {
    /// The records, each as it is sent.
    List(Vec<Cow<'p, [u8]>>),
    /// Some other JSON.
    Other(&'static str),
    /// Nothing; the member is not there.
    Absent,
}

/// The JSON of `page` for `log`.
pub(super) fn body(log: &Log, page: &Page<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write(log, page, log.response, "", &mut out);
    out
}

fn write(log: &Log, page: &Page<'_>, shape: Shape, pointer: &str, out: &mut Vec<u8>) {
    match shape {
        Shape::Records => write_records(&page.records, out),
        Shape::Object(members) => {
            out.push(b'{');
            let mut first = true;
            for (name, shape) in members {
                // RFC 6901 writes these two characters otherwise.
                let token = name.replace('~', "~0").replace('/', "~1");
                let pointer = format!("{pointer}/{token}");
                let absent = matches!((shape, &page.records), (Shape::Records, Records::Absent));
                if absent || page.numbered && is_of_cursors(log, &pointer) {
                    continue;
                }
                if !first {
                    out.push(b',');
                }
                first = false;
                out.extend(Value::from(*name).to_string().into_bytes());
                out.push(b':');
                write(log, page, *shape, &pointer, out);
            }
            out.push(b'}');
        }
        Shape::Text => out.extend(Value::from(text(log, page, pointer)).to_string().into_bytes()),
        Shape::Integer => {
            let count = if let Records::List(records) = &page.records { records.len() } else { 0 };
            out.extend(count.to_string().into_bytes());
        }
        Shape::Boolean => out.extend(if end_flag(log) == Some(pointer) && page.more { &b"true"[..] } else { b"false" }),
    }
}

fn write_records(records: &Records<'_>, out: &mut Vec<u8>) {
    match records {
        Records::List(records) => {
            out.push(b'[');
            out.extend(records.join(&b','));
            out.push(b']');
        }
        Records::Other(json) => out.extend(json.as_bytes()),
        Records::Absent => out.extend(b"{}"),
    }
}

/// The text at `pointer`: the cursor or link of the contract, else what a member of that name usually holds.
fn text(log: &Log, page: &Page<'_>, pointer: &str) -> Option<String> {
    match log.paging {
        Paging::Cursor { at, .. } if at == pointer => return page.next.clone(),
        Paging::NextUrl { at, .. } if at == pointer => return page.next_url.clone(),
        _ => {}
    }
    let name = pointer.rsplit('/').next().unwrap_or_default();
    match name {
        name if name.contains("next") => page.next_url.clone().filter(|_| page.more),
        name if name.contains("before") => page.before.clone(),
        _ => None,
    }
}

/// Whether a pointer is one at which only cursor paging has anything.
fn is_of_cursors(log: &Log, pointer: &str) -> bool {
    end_flag(log) == Some(pointer) || matches!(log.paging, Paging::Cursor { at, .. } if at == pointer)
}

fn end_flag(log: &Log) -> Option<&'static str> {
    match log.paging {
        Paging::Cursor { end: End::FlagFalse(at), .. }
        | Paging::Link { end: End::FlagFalse(at), .. }
        | Paging::NextUrl { end: End::FlagFalse(at), .. } => Some(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::LOG;
    use super::*;

    fn page(records: Records<'_>) -> Page<'_> {
        Page {
            records,
            more: true,
            next: Some("n".to_owned()),
            before: Some("b".to_owned()),
            next_url: Some("http://x/?page=2".to_owned()),
            numbered: false,
        }
    }

    fn json(page: &Page<'_>) -> String {
        String::from_utf8(body(LOG, page)).unwrap()
    }

    #[test]
    fn a_page_has_the_shape_of_the_contract() {
        let records = Records::List(vec![Cow::Borrowed(b"1"), Cow::Borrowed(b"2")]);
        assert_eq!(
            json(&page(records)),
            r#"{"audit_logs":[1,2],"meta":{"has_more":true,"after_cursor":"n","before_cursor":"b"},"links":{"next":"http://x/?page=2","prev":null}}"#
        );
    }

    #[test]
    fn a_numbered_page_has_neither_cursor_nor_end_mark() {
        let page = Page { numbered: true, ..page(Records::List(Vec::new())) };
        let expected =
            r#"{"audit_logs":[],"meta":{"before_cursor":"b"},"links":{"next":"http://x/?page=2","prev":null}}"#;
        assert_eq!(json(&page), expected);
    }

    #[test]
    fn the_records_can_be_anything_or_missing() {
        assert!(json(&page(Records::Other("null"))).starts_with(r#"{"audit_logs":null,"meta""#));
        assert!(json(&page(Records::Absent)).starts_with(r#"{"meta""#));
    }
}
