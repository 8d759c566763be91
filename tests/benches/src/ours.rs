//! Logwright: its generated parsers, as `logwright parse` calls them.

use logwright::event::write_event;
use logwright::indicators::Indicators;
use logwright::log_type::LogType;

use crate::{Job, Stamps, by_line};

/// The job of a log type; `header` is the first line of a stream, where the log type has one.
pub fn job(log_type: &'static dyn LogType, header: Option<&str>) -> Job {
    let mut stamps = Stamps::new();
    let mut indicators = Indicators::default();
    let mut lines = log_type.lines();
    if let Some(header) = header {
        lines.parse(header.as_bytes(), &mut |_| {}).expect("the header of the workload is right");
    }
    by_line(move |line, out| {
        let parsed = lines.parse(line, &mut |record| {
            let envelope = stamps.next(record.event_time().unwrap_or(stamps.now));
            write_event(record, &envelope, &mut indicators, out);
            out.push(b'\n');
        });
        parsed.expect("the events of the workload are right");
    })
}
