//! Files of raw events to normalised events, without any network: the work of `logwright parse`.
//!
//! An input is read in large `blocks` of whole lines. A `worker` for each core parses them, and they take `turns`, so that
//! their events are written in the order of the lines. So memory is bounded by a block and the longest line for each of them. A line that cannot be
//! parsed is reported with its place, and the rest goes on. Where lines are of several log types, the
//! kernel [classifies](logwright::classify) them.

mod blocks;
mod kept;
mod turns;
mod why;
mod worker;

use std::fmt;
use std::io::{self, Read, Write};
use std::thread;

use logwright::event::Profile;
use logwright::log_type::LogType;
use serde::Serialize;

use crate::clock::Clock;
use crate::failure::{self, Failure};
use blocks::Blocks;
use turns::take_turns;
use why::Why;
use worker::{Bad, Done, Worker};

/// The longest line that is parsed, in bytes.
pub const LONGEST_LINE: usize = 64 * 1024 * 1024;

/// Parses lines, each of one of some log types, from any number of inputs, to one output.
pub struct Parser<'p> {
    log_types: &'p [&'static dyn LogType],
    profile: Profile,
    clock: &'p dyn Clock,
    output: &'p mut (dyn Write + Send),
    reports: Reports<'p>,
    workers: usize,
    longest_line: usize,
    /// Whether each line is an object in which a quarantine kept one.
    kept: bool,
    counts: Counts,
}

/// Where bad lines are reported.
pub enum Reports<'p> {
    /// As JSON, with the line itself, one object a line.
    Quarantine(&'p mut (dyn Write + Send)),
    /// As a sentence, without the line.
    Text(&'p mut (dyn Write + Send)),
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
        output: &'p mut (dyn Write + Send),
        reports: Reports<'p>,
    ) -> Self {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let counts = Counts::default();
        Self { log_types, profile, clock, output, reports, workers, longest_line: LONGEST_LINE, kept: false, counts }
    }

    /// The same, of what a quarantine kept: each line of the input is an object with the line to parse in `raw` or `raw_hex`.
    #[must_use]
    pub const fn of_quarantine(mut self) -> Self {
        self.kept = true;
        self
    }

    /// The counts over all inputs so far.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Parses every line of `input`, one stream; `file` names it in reports. Blank lines are passed over; a last line needs
    /// no line break.
    ///
    /// # Errors
    /// [`Failure::Configuration`] when the input breaks off, such as a folder where a file should be; other failures when
    /// the output does.
    pub fn read(&mut self, file: &str, input: impl Read + Send) -> Result<(), Failure> {
        let in_order = self.log_types.iter().any(|log_type| log_type.lines().in_order());
        let workers = if in_order { 1 } else { self.workers };
        let workers = (0..workers).map(|_| self.worker()).collect();
        let blocks = Blocks::new(input, self.longest());
        let mut stream = Stream { file, line: 1 };
        let read = take_turns(workers, blocks, |done| self.write(&mut stream, done))?;
        read.map_err(|error| Failure::Configuration(format!("cannot read {file}: {error}")))
    }

    fn worker(&self) -> Worker<'p> {
        Worker::new(self.log_types, self.profile, self.clock, self.longest(), self.kept)
    }

    /// The longest line that is parsed; of a quarantine, what it may have made of that: six bytes of one, as in `\u0001`, and
    /// what it says besides.
    const fn longest(&self) -> usize {
        if self.kept { 6 * self.longest_line + 64 * 1024 } else { self.longest_line }
    }

    /// Writes what became of a block, at once: the next one may take long to come. Bad lines come first, so that none is lost
    /// whose neighbours are out when the program is stopped.
    fn write(&mut self, stream: &mut Stream<'_>, done: &Done) -> Result<(), Failure> {
        self.report(stream, &done.bad)
            .map_err(|error| Failure::Outside(format!("cannot write the report of a bad line: {error}")))?;
        self.counts.events += done.count;
        self.output
            .write_all(done.events.as_bytes())
            .and_then(|()| self.output.flush())
            .map_err(|error| failure::output(&error))?;
        stream.line += done.lines;
        Ok(())
    }

    fn report(&mut self, stream: &Stream<'_>, all: &[Bad]) -> io::Result<()> {
        if all.is_empty() {
            return Ok(());
        }
        self.counts.bad += all.len() as u64;
        let file = stream.file;
        match &mut self.reports {
            Reports::Quarantine(to) => {
                for Bad { line, why, raw } in all {
                    let (line, text) = (stream.line + line, std::str::from_utf8(raw).ok());
                    let raw_hex = text.is_none().then(|| hex(raw));
                    serde_json::to_writer(&mut *to, &Report { file, line, why, raw: text, raw_hex })?;
                    to.write_all(b"\n")?;
                }
                to.flush()
            }
            Reports::Text(to) => {
                // Whole lines at once, which other programs may write between.
                let sentences = all.iter().map(|bad| format!("{file}:{}: {}\n", stream.line + bad.line, bad.why));
                to.write_all(sentences.collect::<String>().as_bytes())
            }
        }
    }
}

impl fmt::Debug for Parser<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parser").field("counts", &self.counts).finish_non_exhaustive()
    }
}

/// Where the output is in an input.
struct Stream<'s> {
    file: &'s str,
    /// The number of the next line.
    line: u64,
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::sync::Mutex;

    use super::blocks::KEPT;
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
    fn a_line_that_is_too_long_is_no_event_although_it_begins_with_one() {
        for end in [" ", "x"] {
            let input = format!("{GOOD}{}{end}\n{GOOD}\n", " ".repeat(400_000));
            let (events, reports, counts) = parse(input.as_bytes(), 2 * KEPT);
            assert_eq!((counts, events.lines().count()), (Counts { events: 1, bad: 1 }, 1));
            assert_eq!((&reports[0]["code"], &reports[0]["line"]), (&Why::TOO_LONG.into(), &1.into()));
        }
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
    fn many_workers_keep_the_order_of_the_lines_and_their_numbers() {
        let bad = |line: u64| line % 1000 == 7;
        let lines = (1..=20_000).map(|line| {
            let id = if bad(line) { "1.5".to_owned() } else { line.to_string() };
            format!("{{\"id\":{id},\"created_at\":\"2021-05-28T18:39:50Z\",\"action\":\"{}\"}}\n", "x".repeat(60))
        });
        let input: String = lines.collect();
        let clock = Manual::new("2026-11-22T12:00:00Z".parse().unwrap());
        let (mut written, mut numbers) = (Vec::new(), Vec::new());
        for workers in [1, 2, 5] {
            let (mut events, mut text) = (Vec::new(), Vec::new());
            let mut parser = Parser::new(AUDIT, Profile::Lake, &clock, &mut events, Reports::Text(&mut text));
            parser.workers = workers;
            parser.read("in", input.as_bytes()).unwrap();
            assert_eq!(parser.counts(), Counts { events: 19_980, bad: 20 });
            let ids: Vec<u64> = String::from_utf8(events)
                .unwrap()
                .lines()
                .map(|event| serde_json::from_str::<serde_json::Value>(event).unwrap()["id"].as_u64().unwrap())
                .collect();
            assert!(ids.iter().copied().eq((1..=20_000).filter(|line| !bad(*line))));
            written.push(ids);
            numbers.push(String::from_utf8(text).unwrap());
            let told: Vec<_> = numbers[0].lines().map(|line| line.split(':').nth(1).unwrap().to_owned()).collect();
            assert!(told.iter().eq((7..20_000).step_by(1000).map(|line| line.to_string()).collect::<Vec<_>>().iter()));
        }
        assert!(written.windows(2).all(|pair| pair[0] == pair[1]) && numbers.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn an_output_that_breaks_ends_all_threads() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let clock = Manual::new("2026-11-22T12:00:00Z".parse().unwrap());
        let (mut full, mut text) = (Full, Vec::new());
        let mut parser = Parser::new(AUDIT, Profile::Lake, &clock, &mut full, Reports::Text(&mut text));
        parser.workers = 3;
        let input = format!("{GOOD}\n").repeat(50_000);
        assert!(matches!(parser.read("in", input.as_bytes()), Err(Failure::Outside(_))));
    }

    #[test]
    fn a_panic_ends_all_threads_and_nothing_is_written_after_it() {
        use std::sync::atomic::{AtomicUsize, Ordering};

        struct Panics<'c>(&'c AtomicUsize);
        impl Write for Panics<'_> {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                assert_ne!(self.0.fetch_add(1, Ordering::Relaxed), 1, "as this test wants it");
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let clock = Manual::new("2026-11-22T12:00:00Z".parse().unwrap());
        let input = format!("{GOOD}\n").repeat(20_000);
        for _ in 0..20 {
            let calls = AtomicUsize::new(0);
            let read = std::panic::catch_unwind(|| {
                let (mut panics, mut text) = (Panics(&calls), Vec::new());
                let mut parser = Parser::new(AUDIT, Profile::Lake, &clock, &mut panics, Reports::Text(&mut text));
                parser.workers = 4;
                parser.read("in", input.as_bytes())
            });
            assert!(read.is_err());
            assert_eq!(calls.into_inner(), 2);
        }
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
    fn bad_lines_are_safe_before_the_events_around_them_are_out() {
        struct Flushed<'l>(&'static str, &'l Mutex<Vec<&'static str>>);
        impl Write for Flushed<'_> {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                Ok(bytes.len())
            }

            fn flush(&mut self) -> io::Result<()> {
                self.1.lock().unwrap().push(self.0);
                Ok(())
            }
        }
        let (clock, flushed) = (Manual::new("2026-11-22T12:00:00Z".parse().unwrap()), Mutex::default());
        let (mut events, mut bad) = (Flushed("events", &flushed), Flushed("bad lines", &flushed));
        let mut parser = Parser::new(AUDIT, Profile::Lake, &clock, &mut events, Reports::Quarantine(&mut bad));
        parser.read("in", format!("{{\n{GOOD}\n{{\n").as_bytes()).unwrap();
        assert_eq!(*flushed.lock().unwrap(), ["bad lines", "events"]);
    }

    #[test]
    fn whatever_line_a_quarantine_keeps_it_can_be_parsed_from_there() {
        let clock = Manual::new("2026-11-22T12:00:00Z".parse().unwrap());
        for byte in [1, b'"', 0xFF] {
            let mut input = vec![byte; 3000];
            let mut kept = Vec::new();
            for from_quarantine in [false, true] {
                let (mut events, mut quarantine) = (Vec::new(), Vec::new());
                let reports = Reports::Quarantine(&mut quarantine);
                let mut parser = Parser::new(AUDIT, Profile::Lake, &clock, &mut events, reports);
                (parser.longest_line, parser.kept) = (3000, from_quarantine);
                parser.read("in", &input[..]).unwrap();
                input.clone_from(&quarantine);
                kept.push(quarantine);
            }
            assert!(kept[0] == kept[1], "{byte}: {}", String::from_utf8_lossy(&kept[1]));
        }
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
