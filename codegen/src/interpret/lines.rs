//! Streams of events, line by line, through the interpreter: the work of `cargo gen try`.

use std::io::{self, BufRead, Write};

use logwright::event::{Envelope, Profile, RowId};
use logwright::indicators::Indicators;
use logwright::json::{Buffer, Error};
use logwright::time::Timestamp;

use super::Interpreter;

/// The longest line that is read, in bytes: 64 MiB, as long as for the program that runs what is generated.
pub const LONGEST: u64 = 64 * 1024 * 1024;

/// How many lines there were. Lines that are no events, such as blank ones and headers, are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events written.
    pub events: u64,
    /// Lines that are not of the log type.
    pub bad: u64,
}

/// A line that is not of the log type.
#[derive(Debug)]
pub struct Refused<'l> {
    /// Its number in the stream, from 1.
    pub number: u64,
    /// The line, without its end.
    pub line: &'l [u8],
    /// Why.
    pub error: Error,
}

/// Normalises every line of `input`, one stream, to a line of `out`. What is not of the log type goes to `refused`, and the rest
/// goes on.
///
/// ```
/// # use logwright_codegen::{compile::*, interpret::{Interpreter, lines::*}, source::SourceMap};
/// # let schema = "schema: Acme.Login\nfields: [{name: n, type: int}]\n";
/// # let (schemas, _) = compile(&SourceMap::from_texts([("acme/login.yml", schema)]), &Options::default());
/// # let interpreter = Interpreter::new(&schemas[0]);
/// use logwright::event::Profile;
///
/// let (mut out, mut bad) = (Vec::new(), Vec::new());
/// let input = &b"{\"n\": 1}\n\n{\"n\": 1.5}\n"[..];
/// let parse_time = "2026-03-01T00:00:00Z".parse().unwrap();
/// let counts = normalise(&interpreter, input, Profile::Lake, parse_time, &mut out, &mut |refused| {
///     bad.push(format!("{}: {}", refused.number, refused.error));
///     Ok(())
/// });
/// assert_eq!(counts.unwrap(), Counts { events: 1, bad: 1 });
/// assert!(out.starts_with(br#"{"n":1,"p_log_type":"Acme.Login""#));
/// assert_eq!(bad, ["3: /n: expected a 32-bit integer, found 1.5"]);
/// ```
///
/// # Errors
/// When `input` breaks off or has a line of more than [`LONGEST`] bytes, or when `out` or `refused` breaks off.
pub fn normalise(
    interpreter: &Interpreter<'_>,
    mut input: impl BufRead,
    profile: Profile,
    parse_time: Timestamp,
    out: &mut dyn Write,
    refused: &mut dyn FnMut(Refused<'_>) -> io::Result<()>,
) -> io::Result<Counts> {
    let mut counts = Counts::default();
    let mut indicators = Indicators::default();
    let (mut line, mut written) = (Vec::new(), Buffer::default());
    let mut lines = interpreter.lines();
    for number in 1_u64.. {
        line.clear();
        let length = io::Read::take(&mut input, LONGEST).read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        if length as u64 == LONGEST {
            return Err(io::Error::other(format!("line {number} is longer than 64 MiB, and so is no line of a log")));
        }
        let content = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
        if content.trim_ascii().is_empty() {
            continue;
        }
        // White space at the start may mean something, such as an empty cell; the end of the line does not.
        let content = content.strip_suffix(b"\n").unwrap_or(content);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        match lines.parse(content) {
            Ok(None) => {}
            Ok(Some(event)) => {
                let row_id = RowId::new(event.event_time().unwrap_or(parse_time), tail(counts.events));
                written.clear();
                event.write(
                    &Envelope { row_id, parse_time: parse_time.into(), origin: None, profile },
                    &mut indicators,
                    &mut written,
                );
                written.push(b'\n');
                out.write_all(written.as_bytes())?;
                counts.events += 1;
            }
            Err(error) => {
                counts.bad += 1;
                refused(Refused { number, line: content, error })?;
            }
        }
    }
    Ok(counts)
}

/// Tells the events of one run apart.
fn tail(count: u64) -> [u8; 10] {
    let mut tail = [0; 10];
    tail[2..].copy_from_slice(&count.to_be_bytes());
    tail
}
