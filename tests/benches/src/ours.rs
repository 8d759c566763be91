//! Logwright: its generated parsers, as `logwright parse` and `logwright pull` call them.

use logwright::event::write_event;
use logwright::indicators::Indicators;
use logwright::json::Buffer;
use logwright::log_type::{LogType, Record};
use logwright::page::{self, Element, Records};

#[cfg(feature = "rivals")]
use logwright::text::{Header, Line, Options, Rest, Value};

use crate::{Job, Stamps};

/// The job of a log type; `header` is the first line of a stream, where the log type has one.
pub fn job(log_type: &'static dyn LogType, header: Option<&str>) -> Job {
    let mut stamps = Stamps::new();
    let mut indicators = Indicators::default();
    let mut lines = log_type.lines();
    if let Some(header) = header {
        lines.parse(header.as_bytes(), &mut |_| {}).expect("the header of the workload is right");
    }
    Box::new(move |mut block, out| {
        let mut then = |record: &dyn Record| write(record, &mut stamps, &mut indicators, &mut out.buffer);
        while !block.is_empty() {
            if !lines.parse_first(&mut block, &mut then) {
                let end = memchr::memchr(b'\n', block).expect("each block ends with a line break");
                lines.parse(&block[..end], &mut then).expect("the events of the workload are right");
                block = &block[end + 1..];
            }
        }
    })
}

/// The job on [answers](crate::workloads::pages) of an API whose records are of a log type.
pub fn page(log_type: &'static dyn LogType) -> Job {
    let mut stamps = Stamps::new();
    let mut indicators = Indicators::default();
    Box::new(move |answer, out| {
        let mut taker = Write { log_type, stamps: &mut stamps, indicators: &mut indicators, out: &mut out.buffer };
        let page = page::read(answer, "/audit_logs", &["/meta/after_cursor", "/meta/has_more"], &mut taker);
        let page = page.expect("the answers of the workload are right");
        assert_eq!((page.count, page.at("/meta/has_more")), (Some(100), Some(&b"true"[..])));
    })
}

/// Where the values of access lines are, by what the generated code for the pattern of `Web.Access` calls, and nothing done with
/// them: the job of [`regex`](crate::rivals::lines::regex).
#[cfg(feature = "rivals")]
pub fn pattern() -> Job {
    const OPTIONS: &Options<'static> = &Options { trim_space: false, empty_values: &[] };
    fn values<'a>(line: &Line<'a>) -> Option<[Value<'a>; 9]> {
        let mut line = Rest::after("", line, 6, OPTIONS)?;
        Some([
            line.until(" ")?,
            line.until(" ")?,
            line.until(" [")?,
            line.until("] \"")?,
            line.quoted_until("\" ")?,
            line.until(" ")?,
            line.until(" \"")?,
            line.quoted_until("\" \"")?,
            line.quoted_until("\"")?,
        ])
    }
    crate::by_line(|line, out| {
        let line = std::str::from_utf8(line).expect("a good line");
        for value in &values(&Line::new(line)).expect("a good line") {
            let text = value.as_str().unwrap_or_default();
            let start = text.as_ptr().addr() - line.as_ptr().addr();
            crate::write_place(start, start + text.len(), &mut out.vector);
        }
    })
}

/// The cells of flow records, each as a line, by what the generated code for `AWS.VPCFlow` calls: the job of
/// [`csv`](crate::rivals::lines::csv).
#[cfg(feature = "rivals")]
pub fn cells() -> Job {
    use crate::workloads::FLOW_HEADER;
    const OPTIONS: &Options<'static> = &Options { trim_space: false, empty_values: &[] };
    let columns: Vec<_> = FLOW_HEADER.split(' ').collect();
    let mut header = Header::default();
    assert!(header.take_first(FLOW_HEADER, ' ', OPTIONS, &columns).expect("the header is right"));
    crate::by_line(move |line, out| {
        let line = std::str::from_utf8(line).expect("a good line");
        let cells: [_; 14] = header.values(line, ' ', OPTIONS, |_, _| {}).expect("a good record");
        for cell in &cells {
            out.vector.extend_from_slice(cell.or_empty().as_bytes());
            out.vector.push(b'\n');
        }
    })
}

fn write(record: &dyn Record, stamps: &mut Stamps, indicators: &mut Indicators, out: &mut Buffer) {
    let envelope = stamps.next(record.event_time().unwrap_or(stamps.now));
    write_event(record, &envelope, indicators, out);
    out.push(b'\n');
}

/// Writes the records of an answer as they come.
struct Write<'w> {
    log_type: &'static dyn LogType,
    stamps: &'w mut Stamps,
    indicators: &'w mut Indicators,
    out: &'w mut Buffer,
}

impl Records for Write<'_> {
    fn begin(&mut self) {}

    fn next(&mut self, element: Element<'_, '_>) {
        let Self { log_type, stamps, indicators, out } = self;
        let (_, parsed) = element.parse(*log_type, &mut |record| write(record, stamps, indicators, out));
        parsed.expect("the records of the workload are right");
    }
}
