//! An API's answer, read once: its records are parsed as the walk over it comes to them.
//!
//! One record may be wrong: not UTF-8, not quite JSON, of another shape. It must not cost the others. So a record is read by
//! its parser, which tells where it ends; only where the parser refuses it, its end is looked for by quotes and brackets
//! alone. On its way the walk notes the few other values that lead to the next answer.
//!
//! ```
//! # #[cfg(feature = "zendesk")] {
//! use logwright::log_types::zendesk::audit::LOG_TYPE;
//! use logwright::page::{self, Element, Records};
//!
//! #[derive(Default)]
//! struct Actions(Vec<String>);
//!
//! impl Records for Actions {
//!     fn begin(&mut self) {
//!         self.0.clear();
//!     }
//!
//!     fn next(&mut self, element: Element<'_, '_>) {
//!         let mut key = None;
//!         let (raw, parsed) = element.parse(&LOG_TYPE, &mut |record| key = record.key());
//!         self.0.push(match parsed {
//!             Ok(()) => key.unwrap_or_default(),
//!             Err(error) => format!("{error} in {}", String::from_utf8_lossy(raw)),
//!         });
//!     }
//! }
//!
//! let answer = br#"{"logs": [{"id": 7, "created_at": "2026-03-01T11:32:44Z"}, {"id": "x"}], "meta": {"more": false}}"#;
//! let mut actions = Actions::default();
//! let page = page::read(answer, "/logs", &["/meta/more"], &mut actions)?;
//! assert_eq!(actions.0, ["7", r#"/created_at: expected a value (the field is required), found null or nothing in {"id": "x"}"#]);
//! assert_eq!((page.count, page.at("/meta/more")), (Some(2), Some(&b"false"[..])));
//! # }
//! # Ok::<(), logwright::json::Error>(())
//! ```

use crate::json::{Error, Scanner, decode_string};
use crate::log_type::{LogType, Record};

/// Takes the records of an answer.
pub trait Records {
    /// The array of records begins. Where there was one before, it does not count: the last of duplicate keys wins.
    fn begin(&mut self);

    /// The walk stands at the next record. It is passed over if nobody parses it.
    fn next(&mut self, element: Element<'_, '_>);
}

/// What an answer holds beside its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<'a> {
    /// How many records there are; `None` where the pointer to them leads to nothing, or to no array.
    pub count: Option<usize>,
    found: Vec<Found<'a>>,
}

/// A pointer, and the bytes it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found<'a> {
    pointer: String,
    value: Option<&'a [u8]>,
}

impl<'a> Page<'a> {
    /// The bytes of the value at `pointer`, one of those that were asked for, or `None` where there is none.
    pub fn at(&self, pointer: &str) -> Option<&'a [u8]> {
        self.found.iter().find(|found| found.pointer == pointer)?.value
    }
}

/// Where the walk stands: at a record of the answer.
#[derive(Debug)]
pub struct Element<'w, 'a> {
    scanner: &'w mut Scanner<'a>,
}

impl<'a> Element<'_, 'a> {
    /// Parses the record and hands it to `then`. Returns its bytes, and why it is none of the log type, if it is not.
    pub fn parse(self, log_type: &dyn LogType, then: &mut dyn FnMut(&dyn Record)) -> (&'a [u8], Result<(), Error>) {
        let (bytes, start) = (self.scanner.bytes, self.scanner.at);
        let mut rest = &bytes[start..];
        if log_type.parse_first(&mut rest, then).is_ok() {
            self.scanner.at = bytes.len() - rest.len();
            return (&bytes[start..self.scanner.at], Ok(()));
        }
        match self.scanner.value() {
            Ok(raw) => (raw, log_type.parse(raw, then)),
            // Then the answer is broken here too, and the walk will say so.
            Err(error) => (&[], Err(error)),
        }
    }
}

/// Walks over the answer `document`, and gives the elements of the array at the pointer `records` to `taker`, in order. What
/// stands at the pointers `others` (all RFC 6901, through objects only) is in the [`Page`].
///
/// The brackets, quotes and commas of the answer are checked as far as the objects on the way and the array; what is inside
/// the other values is not, not even for UTF-8.
///
/// # Errors
/// When the answer ends too early, or its structure is broken. What `taker` has got by then does not count.
pub fn read<'a>(
    document: &'a [u8],
    records: &str,
    others: &[&str],
    taker: &mut dyn Records,
) -> Result<Page<'a>, Error> {
    let pointers: Vec<&str> = std::iter::once(records).chain(others.iter().copied()).collect();
    let found = pointers.iter().map(|pointer| Found { pointer: (*pointer).to_owned(), value: None });
    let page = Page { count: None, found: found.collect() };
    let mut walk = Walk { page, taker };
    let mut scanner = Scanner::new(document);
    walk.value(&mut scanner, &pointers.iter().map(|pointer| Some(*pointer)).collect::<Vec<_>>())?;
    scanner.finish()?;
    Ok(walk.page)
}

struct Walk<'w, 'a> {
    page: Page<'a>,
    taker: &'w mut dyn Records,
}

impl<'a> Walk<'_, 'a> {
    /// Goes over the next value. `ways` are what is left of each pointer here, the records' first; `None` for those that
    /// lead elsewhere.
    fn value(&mut self, scanner: &mut Scanner<'a>, ways: &[Option<&str>]) -> Result<(), Error> {
        let (first, start) = (scanner.peek(), scanner.at);
        match first {
            Some(b'[') if ways.first() == Some(&Some("")) => self.records(scanner)?,
            Some(b'{') if ways.iter().flatten().any(|way| !way.is_empty()) => self.object(scanner, ways)?,
            _ => drop(scanner.value()?),
        }
        for (found, way) in self.page.found.iter_mut().zip(ways) {
            if *way == Some("") {
                found.value = scanner.bytes.get(start..scanner.at);
            }
        }
        Ok(())
    }

    fn object(&mut self, scanner: &mut Scanner<'a>, ways: &[Option<&str>]) -> Result<(), Error> {
        scanner.members(|scanner, key| {
            let key = decode_string(key);
            let ways: Vec<_> = ways.iter().map(|way| step((*way)?, key.as_deref()?)).collect();
            // What an earlier member of the same name held does not count.
            for (found, _) in self.page.found.iter_mut().zip(&ways).filter(|(_, way)| way.is_some()) {
                found.value = None;
            }
            if let Some(Some(_)) = ways.first() {
                self.page.count = None;
            }
            self.value(scanner, &ways)
        })
    }

    fn records(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Error> {
        let mut count = 0;
        self.taker.begin();
        scanner.elements(|scanner| {
            scanner.peek();
            let start = scanner.at;
            self.taker.next(Element { scanner: &mut *scanner });
            if scanner.at == start {
                scanner.value()?;
            }
            count += 1;
            Ok(())
        })?;
        self.page.count = Some(count);
        Ok(())
    }
}

/// What is left of a pointer after the member `key`; `None` where it does not lead there.
fn step<'p>(pointer: &'p str, key: &str) -> Option<&'p str> {
    let steps = pointer.strip_prefix('/')?;
    let end = steps.find('/').unwrap_or(steps.len());
    let (name, rest) = steps.split_at(end);
    (name.replace("~1", "/").replace("~0", "~") == key).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Declared, ReadMembers, Reader, Slot, Then, elements, find};
    use crate::log_type::{ParsedBy, Schema};

    /// An event with a number.
    #[derive(Default)]
    struct Numbered(i64);

    impl Declared for Numbered {
        fn values(&self, then: &mut Then<'_>) {
            then(&[], &[]);
        }
    }

    impl Record for Numbered {
        fn schema(&self) -> &'static Schema {
            &SCHEMA
        }

        fn key(&self) -> Option<String> {
            Some(self.0.to_string())
        }
    }

    impl<'a> ReadMembers<'a> for Numbered {
        fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
            let mut number = Slot::Empty;
            while let Some(key) = reader.key()? {
                if key == "n" { number = reader.bigint()? } else { reader.skip()? }
            }
            self.0 = number.required("n")?;
            Ok(())
        }
    }

    static SCHEMA: Schema =
        Schema { log_type: "Numbered", description: "", reference_url: "", fingerprint: "", fields: &[] };
    const JSON: ParsedBy = ParsedBy::json(&SCHEMA, |input, then| input.each::<Numbered>(then));
    /// The same for one that has to be given each event alone.
    const ALONE: ParsedBy =
        ParsedBy::new(&SCHEMA, |input, then| Reader::parse::<Numbered>(input).map(|record| then(&record)));

    /// The bytes of each record, and its number or what is wrong with it.
    type Told = Vec<(Vec<u8>, String)>;

    struct Tell(ParsedBy, Told);

    impl Records for Tell {
        fn begin(&mut self) {
            self.1.clear();
        }

        fn next(&mut self, element: Element<'_, '_>) {
            let mut key = None;
            let (raw, parsed) = element.parse(&self.0, &mut |record| key = record.key());
            self.1.push((raw.to_vec(), told(key, parsed)));
        }
    }

    fn told(key: Option<String>, parsed: Result<(), Error>) -> String {
        match (key, parsed) {
            (Some(key), Ok(())) => key,
            (None, Err(error)) => error.to_string(),
            other => panic!("{other:?}"),
        }
    }

    type Found<'a> = (Option<Told>, Vec<Option<&'a [u8]>>);

    fn walked<'a>(document: &'a [u8], others: &[&str], log_type: ParsedBy) -> Option<Found<'a>> {
        let mut tell = Tell(log_type, Vec::new());
        let page = read(document, "/logs", others, &mut tell).ok()?;
        assert!(page.count.is_none_or(|count| count == tell.1.len()));
        Some((page.count.map(|_| tell.1), others.iter().map(|other| page.at(other)).collect()))
    }

    /// The same, step by step: each value is looked for by itself, then each record is parsed by itself.
    fn by_steps<'a>(document: &'a [u8], others: &[&str]) -> Option<Found<'a>> {
        let records = find(document, "/logs").ok()?.filter(|logs| logs.starts_with(b"["));
        let others = others.iter().map(|other| find(document, other)).collect::<Result<_, _>>().ok()?;
        let Some(records) = records else { return Some((None, others)) };
        let records = elements(records).ok()?.into_iter().map(|raw| {
            let mut key = None;
            let parsed = JSON.parse(raw, &mut |record| key = record.key());
            (raw.to_vec(), told(key, parsed))
        });
        Some((Some(records.collect()), others))
    }

    fn check(document: &[u8]) -> bool {
        let others = ["/meta/more", "/meta/a~1b", "/next"];
        let expected = by_steps(document, &others);
        for log_type in [JSON, ALONE] {
            let found = walked(document, &others, log_type);
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(document));
        }
        expected.is_some()
    }

    #[test]
    fn a_walk_finds_what_is_found_step_by_step() {
        for document in [
            &br#"{"logs":[{"n":1},{"n":2}],"meta":{"more":true,"a/b":"c"},"next":null}"#[..],
            br#" { "next" : 7 , "logs" : [ { "n" : 1 } , {} , 7 , [ ] , {"n":"x"} ] } "#,
            b"{\"logs\":[{\"n\":1},{\"n\":2,\"x\":\"\xff\"},{\"n\":3}]}",
            b"{\"logs\":[{\"n\":1,\"x\":\"\xc3\xa9]}\"},nonsense,{[[}]],{\"n\":1}2]}",
            br#"{"logs":[{"n":1}],"logs":[],"meta":{"more":true},"meta":{}}"#,
            br#"{"logs":[{"n":1}],"\u006cogs":[{"n":2}],"meta":{"more":true},"meta":1}"#,
            br#"{"logs":[{"n":1}],"logs":null}"#,
            br#"{"logs":{}}"#,
            b"[]",
            b"null",
        ] {
            check(document);
        }
    }

    #[test]
    fn a_walk_over_a_broken_answer_fails_where_the_steps_do() {
        let good = br#"{"logs": [{"n": 1, "x": {"y": ["\"]}"]}}, {"n": 2}], "meta": {"more": false}, "next": "c"}"#;
        assert!(check(good));
        for end in 0..good.len() {
            assert!(!check(&good[..end]), "{end}");
        }
        let mut whole = 0;
        for at in 0..good.len() {
            for byte in *b"\"\\{}[]:, 1x\n\xff" {
                let mut other = good.to_vec();
                other[at] = byte;
                whole += usize::from(check(&other));
                other.insert(at, good[at]);
                whole += usize::from(check(&other));
            }
        }
        assert!(whole > 500, "{whole}");
    }

    #[test]
    fn an_answer_may_itself_be_the_array() {
        let mut tell = Tell(JSON, Vec::new());
        let page = read(br#" [{"n":1}] "#, "", &[], &mut tell).unwrap();
        assert_eq!((page.count, tell.1), (Some(1), vec![(br#"{"n":1}"#.to_vec(), "1".to_owned())]));
    }

    #[test]
    fn what_a_wrong_record_costs_does_not_grow_with_what_follows_it() {
        let after = b"a".repeat(16 << 20);
        let document = [&b"{\"logs\":["[..], &b"{x},".repeat(50_000), b"7],\"next\":\"", &after, b"\"}"].concat();
        let mut tell = Tell(JSON, Vec::new());
        let start = std::time::Instant::now();
        assert_eq!(read(&document, "/logs", &[], &mut tell).unwrap().count, Some(50_001));
        assert_eq!(tell.1[9], (b"{x}".to_vec(), "byte 1: expected a key in quotes, found 'x'".to_owned()));
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }

    #[test]
    fn a_hundred_thousand_levels_are_passed_over() {
        let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
        let document = [&b"{\"logs\":["[..], &deep, b",{\"n\":1}],\"next\":", &deep, b"}"].concat();
        let mut tell = Tell(JSON, Vec::new());
        assert_eq!(read(&document, "/logs", &["/next"], &mut tell).unwrap().count, Some(2));
        assert_eq!(tell.1[1].1, "1");
    }
}
