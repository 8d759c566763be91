//! A request, read by the very contract from which a collector writes it.
//!
//! Each entry of the contract's query and body has a part to play, which shows in its template: the one that holds the window's
//! start is where the start is read from. Entries whose text is constant are told apart by that text: a number is the page size
//! and its maximum, the name of an order field is the sort. Parameters that the contract does not name are ignored, as most APIs do.

use logwright::contract::{BodyValue, Bound, Log, Order, Paging, Piece, Place, Template};
use logwright::time::{Timestamp, parse_text};
use serde_json::{Map, Value};

/// The query parameter of a next link that says where it goes on; the contract leaves its name to the vendor.
pub(super) const GO_ON: &str = "after";

/// Records on a page, where the contract does not say.
const UNSTATED_SIZE: usize = 100;

/// What a request for records carries.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    /// The decoded query, in order.
    pub(super) query: Vec<(String, String)>,
    /// The members of a JSON body.
    pub(super) body: Map<String, Value>,
}

impl Parameters {
    pub(super) fn new(query: &str, body: &[u8]) -> Self {
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { query, body: serde_json::from_slice(body).unwrap_or_default() }
    }

    fn get(&self, place: Place) -> Option<String> {
        match place {
            Place::Query(name) => self.query.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone()),
            Place::Body(name) => match self.body.get(name)? {
                Value::String(text) => Some(text.clone()),
                Value::Null => None,
                other => Some(other.to_string()),
            },
        }
    }
}

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) start: Option<Timestamp>,
    pub(super) end: Option<Timestamp>,
    /// The other direction than the contract's.
    pub(super) reversed: bool,
    /// Records on a page; `None` where the log does not come in pages.
    pub(super) size: Option<usize>,
    /// The cursor, as it was sent.
    pub(super) cursor: Option<String>,
    /// How many records to leave out.
    pub(super) skip: usize,
}

/// Reads a request for records of `log`.
///
/// # Errors
/// When a parameter is one that an API refuses with 400; the message names it.
pub(super) fn read(log: &Log, parameters: &Parameters) -> Result<Asked, String> {
    let mut asked = Asked { start: None, end: None, reversed: false, size: None, cursor: None, skip: 0 };
    for (place, template, given) in entries(log, parameters)? {
        match (role(template, log), given) {
            (Role::Window, Some(text)) => read_window(log, template, &text, &mut asked)
                .ok_or_else(|| format!("{} is not a valid time range", name(place)))?,
            (Role::PageSize(most), given) => asked.size = Some(read_size(place, most, given)?),
            (Role::Sort(order), given) => {
                asked.reversed = read_sort(order, template, given.as_deref())
                    .ok_or_else(|| format!("{} is not a field that can be sorted by", name(place)))?;
            }
            (Role::Other, _) | (Role::Window, None) => {}
        }
    }
    for (name, value) in log.request.body {
        if let BodyValue::Integer(most) = value {
            let (place, most) = (Place::Body(name), usize::try_from(*most).unwrap_or(1));
            asked.size = Some(read_size(place, most, parameters.get(place))?);
        }
    }
    read_paging(log, parameters, &mut asked)?;
    Ok(asked)
}

fn read_size(place: Place, most: usize, given: Option<String>) -> Result<usize, String> {
    let Some(given) = given else { return Ok(most) };
    let size = given.parse().ok().filter(|size| (1..=most).contains(size));
    size.ok_or_else(|| format!("{} must be a number from 1 to {most}", name(place)))
}

fn read_paging(log: &Log, parameters: &Parameters, asked: &mut Asked) -> Result<(), String> {
    match log.paging {
        Paging::None => {}
        Paging::Cursor { send, alone, .. } => {
            asked.cursor = parameters.get(send);
            let given = parameters.query.len() + parameters.body.len();
            if alone && asked.cursor.is_some() && given > 1 {
                return Err(format!("{} must stand alone", name(send)));
            }
        }
        Paging::Link { .. } | Paging::NextUrl { .. } => asked.cursor = parameters.get(Place::Query(GO_ON)),
        Paging::Offset { send, page_size, most } => {
            let most = most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
            let text = parameters.get(send).unwrap_or_else(|| "0".to_owned());
            let skip = text.parse().ok().filter(|skip| *skip <= most);
            asked.skip = skip.ok_or_else(|| format!("{} must be a number up to {most}", name(send)))?;
            asked.size = asked.size.or(usize::try_from(page_size).ok());
        }
    }
    if log.paging != Paging::None {
        asked.size = asked.size.or(Some(UNSTATED_SIZE));
    }
    Ok(())
}

/// The values that `template`'s placeholders have in `text`, or `None` where `text` is not of that form.
///
/// A placeholder reaches up to the text that follows it.
pub(super) fn placeholders(template: Template, text: &str) -> Option<Vec<(Piece, &str)>> {
    let mut found = Vec::new();
    let mut rest = text;
    for (index, piece) in template.0.iter().enumerate() {
        if let Piece::Text(constant) = piece {
            rest = rest.strip_prefix(constant)?;
            continue;
        }
        let length = match template.0.get(index + 1) {
            Some(Piece::Text(constant)) => rest.find(constant)?,
            _ => rest.len(),
        };
        found.push((*piece, &rest[..length]));
        rest = &rest[length..];
    }
    rest.is_empty().then_some(found)
}

/// What an entry of the request is for.
enum Role {
    Window,
    PageSize(usize),
    Sort(Order),
    Other,
}

fn role(template: Template, log: &Log) -> Role {
    if template.0.iter().any(|piece| matches!(piece, Piece::WindowStart | Piece::WindowEnd)) {
        return Role::Window;
    }
    let [Piece::Text(text)] = template.0 else { return Role::Other };
    match log.order {
        _ if text.parse::<usize>().is_ok() => Role::PageSize(text.parse().unwrap_or(1)),
        Some(order) if order.by.contains(&text.trim_start_matches('-')) => Role::Sort(order),
        _ => Role::Other,
    }
}

type Entry = (Place, Template, Option<String>);

/// The entries of the contract's request with what was given for each. A name that stands twice is filled in order.
fn entries(log: &Log, parameters: &Parameters) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    for (index, (name, template)) in log.request.query.iter().enumerate() {
        let same = |(other, _): &&(&str, Template)| other == name;
        let before = log.request.query[..index].iter().filter(same).count();
        let wanted = log.request.query.iter().filter(same).count();
        let mut given = parameters.query.iter().filter(|(given, _)| given == name).map(|(_, value)| value);
        // A range of which only one end arrives is a client's mistake that must not pass for a wider range.
        if wanted > 1 && !matches!(given.clone().count(), count if count == 0 || count == wanted) {
            return Err(format!("{name} must be given {wanted} times"));
        }
        entries.push((Place::Query(name), *template, given.nth(before).cloned()));
    }
    for (name, value) in log.request.body {
        if let BodyValue::Text(template) = value {
            entries.push((Place::Body(name), *template, parameters.get(Place::Body(name))));
        }
    }
    Ok(entries)
}

fn read_window(log: &Log, template: Template, text: &str, asked: &mut Asked) -> Option<()> {
    let format = log.window.as_ref()?.format;
    for (piece, text) in placeholders(template, text)? {
        let time = parse_text(&[format], text);
        match piece {
            Piece::WindowStart => asked.start = Some(time?),
            Piece::WindowEnd => asked.end = Some(time?),
            Piece::Text(_) | Piece::Input(_) => {}
        }
    }
    Some(())
}

/// Whether the given sort is the reverse of the contract's, which asks for the order that it states.
///
/// Without a sort it is: a contract says only what is not so anyway.
fn read_sort(order: Order, template: Template, given: Option<&str>) -> Option<bool> {
    let (Some(given), [Piece::Text(stated)]) = (given, template.0) else { return Some(true) };
    let known = order.by.contains(&given.trim_start_matches('-'));
    known.then(|| given.starts_with('-') != stated.starts_with('-'))
}

/// The bound that holds: the contract's, or `unstated` where the vendor does not say.
pub(super) fn bound(contract: Bound, unstated: Bound) -> Bound {
    if contract == Bound::Unknown { unstated } else { contract }
}

fn name(place: Place) -> &'static str {
    match place {
        Place::Query(name) | Place::Body(name) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{LOG, TICKET_LOG, time};
    use super::*;

    fn query(text: &str) -> Result<Asked, String> {
        read(LOG, &Parameters::new(text, b""))
    }

    const RANGE: &str = "filter[created_at][]=2026-01-01T00:00:00Z&filter[created_at][]=2026-01-02T00:00:00Z";

    #[test]
    fn a_name_that_stands_twice_is_start_then_end() {
        let asked = query(&format!("{RANGE}&sort=created_at&page%5Bsize%5D=50&page[after]=c")).unwrap();
        assert_eq!(asked.start, Some(time(1_767_225_600)));
        assert_eq!(asked.end, Some(time(1_767_312_000)));
        assert_eq!((asked.size, asked.cursor.as_deref(), asked.reversed), (Some(50), Some("c"), false));
    }

    #[test]
    fn without_a_sort_the_order_is_the_other_one() {
        assert!(query("").unwrap().reversed);
        assert!(query("sort=-created_at").unwrap().reversed);
        assert!(query("sort=ip_address").is_err());
    }

    #[test]
    fn what_an_api_refuses_is_refused() {
        assert!(query("page[size]=100").is_ok());
        assert_eq!(query("page[size]=101").unwrap_err(), "page[size] must be a number from 1 to 100");
        assert!(query("page[size]=0").is_err());
        assert!(query("filter[created_at][]=2026-01-01T00:00:00Z").unwrap_err().contains("2 times"));
        assert!(query(&RANGE.replace("2026", "soon")).unwrap_err().contains("time range"));
    }

    #[test]
    fn a_body_is_read_as_a_query_is() {
        let body = br#"{"filter":"at > 1767225600","cursor":"c"}"#;
        let asked = read(TICKET_LOG, &Parameters::new("", body)).unwrap();
        assert_eq!((asked.start, asked.cursor.as_deref()), (Some(time(1_767_225_600)), Some("c")));
        assert!(read(TICKET_LOG, &Parameters::new("", br#"{"filter":"at < 5"}"#)).is_err());
    }

    #[test]
    fn placeholders_reach_to_the_text_that_follows() {
        let template = Template(&[Piece::Text("/v1/"), Piece::Input("org"), Piece::Text("/logs")]);
        assert_eq!(placeholders(template, "/v1/acme/logs"), Some(vec![(Piece::Input("org"), "acme")]));
        assert_eq!(placeholders(template, "/v1/acme/log"), None);
        assert_eq!(placeholders(template, "/v1/acme/logs/2"), None);
    }
}
