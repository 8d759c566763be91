//! Files of raw events to normalised events, without any network: the work of `logwright parse`.
//!
//! Lines are read one at a time into a buffer that is used again, so memory is bounded by the longest line. A line that
//! cannot be parsed is reported with its place, and the rest goes on. Where lines are of several log types, the kernel
//! [classifies](logwright::classify) them.

mod why;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};

use logwright::classify::Classifier;
use logwright::event::{Envelope, Profile, RowId, write_event};
use logwright::indicators::Indicators;
use logwright::log_type::{LogType, Record};
use serde::Serialize;
use why::Why;

use crate::clock::Clock;
use crate::failure::{self, Failure};

/// The longest line that is parsed, in bytes.
pub const LONGEST_LINE: usize = 64 * 1024 * 1024;
/// How much of a longer line is kept for its report.
const KEPT: usize = 1024;

/// Parses lines, each of one of some log types, from any number of inputs, to one output.
pub struct Parser<'p> {
    log_types: &'p [&'static dyn LogType],
    profile: Profile,
    clock: &'p dyn Clock,
    output: &'p mut dyn Write,
    reports: Reports<'p>,
    ids: Ids,
    indicators: Indicators,
    event: Vec<u8>,
    longest_line: usize,
    counts: Counts,
}

/// Where bad lines are reported.
pub enum Reports<'p> {
    /// As JSON, with the line itself, one object a line.
    Quarantine(&'p mut dyn Write),
    /// As a sentence, without the line.
    Text(&'p mut dyn Write),
}

/// How many lines there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events written.
    pub events: u64,
    /// Lines that could not be parsed.
    pub bad: u64,
}

/// A bad line, as the quarantine keeps it.
#[derive(Serialize)]
struct Report<'r> {
    file: &'r str,
    line: u64,
    #[serde(flatten)]
    why: &'r Why,
    /// The line, when it is UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'r str>,
    /// The line in hexadecimal digits, when it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw_hex: Option<String>,
}

impl<'p> Parser<'p> {
    /// A parser of `log_types`, which writes events to `output`. A line is of the first of them that it fits.
    pub fn new(
        log_types: &'p [&'static dyn LogType],
        profile: Profile,
        clock: &'p dyn Clock,
        output: &'p mut dyn Write,
        reports: Reports<'p>,
    ) -> Self {
        Self {
            log_types,
            profile,
            clock,
            output,
            reports,
            ids: Ids::new(),
            indicators: Indicators::default(),
            event: Vec::new(),
            longest_line: LONGEST_LINE,
            counts: Counts::default(),
        }
    }

    /// The counts over all inputs so far.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Parses every line of `input`, one stream; `file` names it in reports. Blank lines are passed over; a last line needs no
    /// line break.
    ///
    /// # Errors
    /// [`Failure::Configuration`] when the input breaks off, such as a folder where a file should be; other failures when the output does.
    pub fn read(&mut self, file: &str, input: impl Read) -> Result<(), Failure> {
        let mut input = BufReader::with_capacity(128 * 1024, input);
        let mut line = Vec::new();
        let mut lines = Classifier::new(self.log_types);
        for number in 1_u64.. {
            let length = next_line(&mut input, &mut line, self.longest_line)
                .map_err(|error| Failure::Configuration(format!("cannot read {file}: {error}")))?;
            let Some(length) = length else { break };
            let content = &line[..];
            if length > self.longest_line as u64 {
                let message = format!(
                    "the line has {length} bytes, more than the {} that are parsed; its first {KEPT} are kept here",
                    self.longest_line
                );
                self.report(file, number, &Why::too_long(message), &content[..content.len().min(KEPT)])?;
            } else if !content.trim_ascii().is_empty() {
                // White space at the start may mean something, such as an empty cell; the end of the line does not.
                self.line(&mut lines, file, number, content.strip_suffix(b"\r").unwrap_or(content))?;
            }
            // When nothing more is at hand, the next read may take long: let what there is go out.
            if input.buffer().is_empty() {
                self.output.flush().map_err(|error| failure::output(&error))?;
            }
        }
        self.output.flush().map_err(|error| failure::output(&error))
    }

    fn line(&mut self, lines: &mut Classifier, file: &str, number: u64, content: &[u8]) -> Result<(), Failure> {
        self.event.clear();
        let (now, profile) = (self.clock.now(), self.profile);
        let (ids, indicators, event) = (&mut self.ids, &mut self.indicators, &mut self.event);
        let mut write = |record: &dyn Record| {
            let row_id = RowId::new(record.event_time().unwrap_or(now), ids.next());
            let envelope = Envelope { row_id, parse_time: now, origin: None, profile };
            write_event(record, &envelope, indicators, event);
            event.push(b'\n');
        };
        match lines.parse(content, &mut write) {
            // The header of a stream, or a line that the schema skips.
            Ok(()) if self.event.is_empty() => Ok(()),
            Ok(()) => {
                self.counts.events += 1;
                self.output.write_all(&self.event).map_err(|error| failure::output(&error))
            }
            Err(misfit) => self.report(file, number, &Why::from(&misfit), content),
        }
    }

    fn report(&mut self, file: &str, line: u64, why: &Why, content: &[u8]) -> Result<(), Failure> {
        self.counts.bad += 1;
        let written = match &mut self.reports {
            Reports::Quarantine(to) => {
                let raw = std::str::from_utf8(content).ok();
                let raw_hex = raw.is_none().then(|| hex(content));
                let report = Report { file, line, why, raw, raw_hex };
                serde_json::to_writer(&mut *to, &report)
                    .map_err(std::io::Error::from)
                    .and_then(|()| to.write_all(b"\n"))
            }
            Reports::Text(to) => writeln!(to, "{file}:{line}: {why}"),
        };
        written.map_err(|error| Failure::Outside(format!("cannot write the report of a bad line: {error}")))
    }
}

impl fmt::Debug for Parser<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parser").field("counts", &self.counts).finish_non_exhaustive()
    }
}

/// Ids for events that have no source: no two of a process are alike, and those of two processes are not likely to be.
struct Ids {
    process: [u8; 6],
    count: u32,
}

impl Ids {
    fn new() -> Self {
        // The keys of a `RandomState` come from the system's randomness.
        let random = RandomState::new().hash_one(std::process::id()).to_be_bytes();
        Self { process: std::array::from_fn(|index| random[index]), count: 0 }
    }

    fn next(&mut self) -> [u8; 10] {
        self.count = self.count.wrapping_add(1);
        let mut tail = [0; 10];
        tail[..6].copy_from_slice(&self.process);
        tail[6..].copy_from_slice(&self.count.to_be_bytes());
        tail
    }
}

/// Reads a line into `line`, at most `most` bytes of it, and returns its whole length; `None` at the end.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>, most: usize) -> std::io::Result<Option<u64>> {
    line.clear();
    let mut length = 0_u64;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok((length > 0).then_some(length));
        }
        let end = available.iter().position(|byte| *byte == b'\n');
        let content = &available[..end.unwrap_or(available.len())];
        let room = most.saturating_sub(line.len()).min(content.len());
        line.extend_from_slice(&content[..room]);
        length += content.len() as u64;
        let used = content.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Ok(Some(length));
        }
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Manual;

    const GOOD: &str = r#"{"id":1,"created_at":"2021-05-28T18:39:50Z"}"#;

    const AUDIT: &[&dyn LogType] = &[&logwright::log_types::zendesk::audit::LOG_TYPE];
    const FLOW: &dyn LogType = &logwright::log_types::aws::vpc_flow::LOG_TYPE;

    /// The events, the quarantine and the counts.
    fn parse(input: &[u8], longest_line: usize) -> (String, Vec<serde_json::Value>, Counts) {
        let clock = Manual::new("2026-11-22T12:00:00Z".parse().unwrap());
        let (mut events, mut quarantine) = (Vec::new(), Vec::new());
        let reports = Reports::Quarantine(&mut quarantine);
        let mut parser = Parser::new(AUDIT, Profile::Lake, &clock, &mut events, reports);
        parser.longest_line = longest_line;
        parser.read("in", input).unwrap();
        let counts = parser.counts();
        let reports = String::from_utf8(quarantine).unwrap();
        let reports = reports.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (String::from_utf8(events).unwrap(), reports, counts)
    }

    #[test]
    fn blank_lines_carriage_returns_and_a_last_line_without_end_are_fine() {
        let input = format!("{GOOD}\r\n\n  \n{GOOD}");
        let (events, _, counts) = parse(input.as_bytes(), LONGEST_LINE);
        assert_eq!(counts, Counts { events: 2, bad: 0 });
        let ids: Vec<_> = events.lines().map(|line| line.split_once("p_row_id").unwrap().1[..40].to_owned()).collect();
        assert_ne!(ids[0], ids[1]);
        assert_eq!(parse(b"", LONGEST_LINE).2, Counts::default());
    }

    #[test]
    fn each_input_is_a_stream_with_its_own_header() {
        let clock = Manual::new("2026-11-22T12:00:00Z".parse().unwrap());
        let (mut events, mut text) = (Vec::new(), Vec::new());
        let mut parser = Parser::new(&[FLOW], Profile::Lake, &clock, &mut events, Reports::Text(&mut text));
        parser.read("one", &b"bytes start\r\n7 1772364764\r\n8 1772364764 \r\n"[..]).unwrap();
        parser.read("two", &b"\nstart bytes\n1772364764 9\n 1\n"[..]).unwrap();
        assert_eq!(parser.counts(), Counts { events: 2, bad: 2 });
        let events = String::from_utf8(events).unwrap();
        assert!(events.lines().next().unwrap().starts_with("{\"bytes\":7,"), "{events}");
        assert!(events.lines().nth(1).unwrap().starts_with("{\"bytes\":9,"), "{events}");
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("one:3: expected 2 cells, as many as the header has, found 3 (pattern)"), "{text}");
        assert!(text.contains("two:4: /start: expected a value"), "{text}");
    }

    #[test]
    fn a_line_is_of_the_first_log_type_that_it_fits_or_refused_with_the_reason_of_each() {
        let clock = Manual::new("2026-11-22T12:00:00Z".parse().unwrap());
        let log_types = [AUDIT[0], FLOW];
        let input = format!("{GOOD}\nbytes start\n7 1772364764\n{GOOD}\n7 then\n");
        let (mut events, mut again, mut text, mut quarantine) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let told = (&mut events, Reports::Text(&mut text));
        for (events, reports) in [told, (&mut again, Reports::Quarantine(&mut quarantine))] {
            let mut parser = Parser::new(&log_types, Profile::Lake, &clock, events, reports);
            parser.read("in", input.as_bytes()).unwrap();
            assert_eq!(parser.counts(), Counts { events: 3, bad: 1 });
        }
        let events = String::from_utf8(events).unwrap();
        let of = |line: &str| line.split_once("p_log_type\":\"").unwrap().1.split('"').next().unwrap().to_owned();
        let found: Vec<_> = events.lines().map(of).collect();
        assert_eq!(found, ["Zendesk.Audit", "AWS.VPCFlow", "Zendesk.Audit"]);
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "in:5: no log type fits: Zendesk.Audit: expected a JSON object, found a number at byte 0 (not_an_object); \
             AWS.VPCFlow: /start: expected Unix seconds, found \"then\" (time)\n"
        );
        let report: serde_json::Value = serde_json::from_slice(&quarantine).unwrap();
        assert_eq!((&report["code"], &report["raw"]), (&"log_type".into(), &"7 then".into()));
        assert_eq!(report["reasons"][0]["log_type"], "Zendesk.Audit");
        assert_eq!(report["reasons"][1]["pointer"], "/start");
    }

    #[test]
    fn a_byte_order_mark_is_told() {
        let (_, reports, counts) = parse(format!("\u{feff}{GOOD}").as_bytes(), LONGEST_LINE);
        assert_eq!(counts, Counts { events: 0, bad: 1 });
        assert!(reports[0]["message"].as_str().unwrap().contains("byte order mark (remove it)"));
    }

    #[test]
    fn a_bad_line_is_reported_with_its_place_and_bytes_and_the_rest_goes_on() {
        let mut input = format!("{GOOD}\n{{\"id\":1.0,\"created_at\":\"2021-05-28T18:39:50Z\"}}\n").into_bytes();
        input.extend_from_slice(b"{\"id\":\xff}\n{\n");
        input.extend_from_slice(GOOD.as_bytes());
        let (_, reports, counts) = parse(&input, LONGEST_LINE);
        assert_eq!(counts, Counts { events: 2, bad: 3 });
        assert_eq!((reports[0]["line"].as_u64(), reports[0]["pointer"].as_str()), (Some(2), Some("/id")));
        assert_eq!(reports[0]["file"], "in");
        assert!(reports[0]["raw"].as_str().unwrap().contains("1.0"));
        assert_eq!(reports[1]["raw_hex"], "7b226964223aff7d");
        assert_eq!(reports[1].get("raw"), None);
        assert_eq!(reports[2]["line"], 4);
    }

    #[test]
    fn a_line_at_the_limit_is_parsed_and_a_longer_one_is_cut_not_kept() {
        let (_, _, counts) = parse(format!("{GOOD}\n").as_bytes(), GOOD.len());
        assert_eq!(counts, Counts { events: 1, bad: 0 });
        let long = "x".repeat(5000);
        let (_, reports, counts) = parse(format!("{long}\n{GOOD}\n").as_bytes(), 3000);
        assert_eq!(counts, Counts { events: 1, bad: 1 });
        assert_eq!(reports[0]["code"], "too_long");
        assert!(reports[0]["message"].as_str().unwrap().contains("5000 bytes, more than the 3000"));
        assert_eq!(reports[0]["raw"].as_str().unwrap().len(), KEPT);
    }

    #[test]
    fn an_input_that_breaks_off_is_a_failure_after_the_lines_before() {
        let clock = Manual::new("2026-11-22T12:00:00Z".parse().unwrap());
        let (mut events, mut text) = (Vec::new(), Vec::new());
        let mut parser = Parser::new(AUDIT, Profile::Lake, &clock, &mut events, Reports::Text(&mut text));
        let failure = parser.read("in", format!("{GOOD}\n7\n").as_bytes().chain(Broken)).unwrap_err();
        assert!(matches!(failure, Failure::Configuration(message) if message.contains("cannot read in")));
        assert_eq!(parser.counts(), Counts { events: 1, bad: 1 });
        assert!(String::from_utf8(text).unwrap().starts_with("in:2: "));
    }

    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(ErrorKind::IsADirectory.into())
        }
    }
}
