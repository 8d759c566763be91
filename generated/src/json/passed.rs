//! Events that are only passed on, of which no record is made.
//!
//! A program that chooses its log type at run time asks of an event to be written, when it was, and what identifies it. For that
//! no value has to become one of Rust and then a text again: nearly all are written as they were sent. So what is kept of an
//! event is where the value of each member stands in the input, a [`Span`]. The keys are read by the table that would read them
//! into a record. Of values, the form that nearly all have is checked where it stands; all others are read as those of a record
//! are, and so the same events are refused for the same reasons. The few values that are written otherwise than they were
//! sent are read once more.
//!
//! This is for objects whose fields are scalars to which nothing is done, which `cargo gen` sees; events of other kinds are
//! records. What is written of an event is the same in both ways.

mod span;
#[cfg(test)]
mod tests;

pub(super) use span::{AHEAD, LastTime};
pub(crate) use span::{NONE_SENT, ReadSent, Span, read_sent};

use std::fmt::Display;
use std::marker::PhantomData;

use super::declared::{Shown, View};
use super::error::Error;
use super::members::{FIRST, Found, Members, Table};
use super::output::Output;
use super::reader::{Input, Reader};
use super::value::{ReadMembers, Reading};
use super::writer::ObjectWriter;
use crate::event::Profile;
use crate::indicators::Indicators;
use crate::log_type::{Field, Kind, Object, Record, Schema, Source, join_key};
use crate::scan::has_no_breaks;
use crate::time::Timestamp;
use span::{read_scalar, write_as_sent, write_time};

/// How the events of a log type are passed on, all of whose `N` fields are scalars.
#[derive(Debug)]
pub struct PassOn<const N: usize> {
    log: Log,
    fields: PhantomData<[Field; N]>,
}

/// What is said of all events of a log type.
#[derive(Debug)]
struct Log {
    schema: &'static Schema,
    table: Table<'static>,
    /// The first field that may give an event its time.
    event_time: usize,
    /// A bit for each field in whose texts indicators are looked for.
    searched: u128,
    /// The fields that identify an event at its source, where a pull contract names them.
    key: &'static [&'static str],
    /// The field that says when the event was, where a pull contract names it.
    time: Option<&'static str>,
}

impl<const N: usize> PassOn<N> {
    /// For the events that `members` read, which have at most 128 fields, all of them scalars and none made of others.
    ///
    /// # Panics
    /// When they are not so, which shows when the program is compiled.
    pub const fn new(schema: &'static Schema, members: &'static Members<N>) -> Self {
        assert!(N <= FIRST && N == schema.fields.len(), "there is a bit for each field of the schema");
        let table = members.table();
        let (mut event_time, mut searched, mut index) = (N, 0, N);
        while index > 0 {
            index -= 1;
            let field = &table.list[index];
            assert!(!matches!(field.kind, Kind::Array(_) | Kind::Object(_)), "each field is a scalar");
            assert!(!matches!(field.source, Source::Made(_)), "no field is made of others");
            if field.event_time {
                event_time = index;
            }
            if !field.indicators.is_empty() {
                searched |= 1 << index;
            }
        }
        let log = Log { schema, table, event_time, searched, key: &[], time: None };
        Self { log, fields: PhantomData }
    }

    /// The same for events that these fields identify at their source, texts or integers, and of which this one says when they
    /// were.
    #[must_use]
    pub const fn pulled(mut self, key: &'static [&'static str], time: &'static str) -> Self {
        self.log.key = key;
        self.log.time = Some(time);
        self
    }
}

impl Input<'_, '_> {
    /// Parses the event and hands it to `then`, for a log type whose events need no record to be passed on.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse). `then` has not been called.
    pub fn pass_on<const N: usize>(
        self,
        log: &'static PassOn<N>,
        then: &mut dyn FnMut(&dyn Record),
    ) -> Result<(), Error> {
        let mut spans = [Span::Absent; N];
        let mut event = Passed { log: &log.log, spans: &mut spans, last_time: None };
        self.read(&mut event)?;
        then(&event);
        Ok(())
    }
}

/// An event as it was sent.
struct Passed<'p, 'a> {
    log: &'static Log,
    spans: &'p mut [Span<'a>],
    /// The time that has been read last of those that may be the event's.
    last_time: Option<LastTime<'a>>,
}

impl<'a> ReadMembers<'a> for Passed<'_, 'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        let table = &self.log.table;
        // Wrong values are rare.
        let mut found = None;
        let (mut index, mut next) = table.first_key(reader, &mut [], &mut None)?;
        while let Some(first) = next {
            // As long as keys are as guessed, what is left is in registers.
            let (mut row, mut rest) = (first, reader.rest());
            loop {
                let span = self.spans.get_mut(index);
                if let Some(after) = span.and_then(|span| (row.how.sent)(rest, span, &mut self.last_time)) {
                    rest = after;
                } else {
                    reader.go_on(rest);
                    self.read_other(index, reader, &mut found)?;
                    rest = reader.rest();
                }
                let (guess, guessed) = table.guess(row);
                let Some((guessed, ahead)) = guessed.zip(rest.first_chunk()) else { break };
                let Some(length) = guessed.sent.starts(ahead) else { break };
                (index, row, rest) = (guess, guessed, &rest[length..]);
            }
            reader.go_on(rest);
            (index, next) = table.not_guessed(reader, row, &mut [], &mut None)?;
        }
        match found {
            None if self.has_required() => Ok(()),
            found => self.complete(found.unwrap_or_default()),
        }
    }
}

impl<'a> Passed<'_, 'a> {
    /// Reads a value that is of another form than most.
    #[inline(never)]
    fn read_other(&mut self, index: usize, reader: &mut Reader<'a>, found: &mut Option<Found>) -> Result<(), Error> {
        let Some((field, span)) = self.log.table.list.get(index).zip(self.spans.get_mut(index)) else { return Ok(()) };
        *span = Span::Absent;
        reader.space();
        if reader.plain_null() {
            // It may have been wrong before.
            return found.as_mut().map_or(Ok(()), |found| found.set(index, Reading::Empty));
        }
        // With white space before it it may be as most are.
        if let Some(rest) = (field.how.sent)(reader.rest(), span, &mut self.last_time) {
            reader.go_on(rest);
            return Ok(());
        }
        let mut time = None;
        let (bytes, reading) = reader.sent(|reader| read_scalar(field, reader, &mut |value| time = time_in(value)));
        if !matches!(reading, Reading::Value) {
            return found.get_or_insert_default().set(index, reading);
        }
        let is_whole = matches!(field.kind, Kind::Json) && has_no_breaks(bytes);
        *span = if is_whole { Span::Long(bytes) } else { Span::Other(bytes) };
        if let Some(time) = time.filter(|_| field.event_time) {
            self.last_time = Some((bytes, time));
        }
        Ok(())
    }

    /// Whether all of the first members that are required are there.
    fn has_required(&self) -> bool {
        self.log.table.required.iter().enumerate().all(|(word, required)| {
            let mut required = *required;
            while required != 0 {
                let index = 64 * word + required.trailing_zeros() as usize;
                if matches!(self.spans.get(index), None | Some(Span::Absent)) {
                    return false;
                }
                required &= required - 1;
            }
            true
        })
    }

    /// What is wrong with the event, if anything is.
    #[inline(never)]
    fn complete(&self, mut found: Found) -> Result<(), Error> {
        for (index, span) in self.spans.iter().enumerate() {
            if !matches!(span, Span::Absent) {
                found.set(index, Reading::Value)?;
            }
        }
        self.log.table.complete(found)
    }

    /// The field at an index, and where its value stands.
    fn member(&self, index: usize) -> Option<(&'static Field, &Span<'a>)> {
        self.log.table.list.get(index).zip(self.spans.get(index))
    }

    fn member_of(&self, name: &str) -> Option<(&'static Field, &Span<'a>)> {
        self.member(self.log.table.list.iter().position(|field| field.name == name)?)
    }

    /// The time that has been read at a place.
    #[inline]
    fn known_time(&self, span: &Span<'a>) -> Option<Timestamp> {
        let (place, time) = self.last_time?;
        let is_it = match *span {
            Span::Time(ahead) => std::ptr::eq(ahead.as_slice(), place),
            Span::Other(bytes) => std::ptr::eq(bytes, place),
            _ => false,
        };
        is_it.then_some(time)
    }

    /// The time that a member has.
    fn time_of(&self, (field, span): (&Field, &Span<'a>)) -> Option<Timestamp> {
        self.known_time(span).or_else(|| {
            let mut time = None;
            span.show(field, &mut |value| time = time_in(value));
            time
        })
    }

    /// The first time of those that may be the event's.
    #[inline(never)]
    fn first_time(&self) -> Option<Timestamp> {
        let members = self.log.table.list.iter().zip(&*self.spans);
        members.filter(|(field, _)| field.event_time).find_map(|member| self.time_of(member))
    }

    fn write(&self, output: &mut Output<'_>) {
        for (field, span) in self.log.table.list.iter().zip(&*self.spans) {
            match span {
                Span::Absent => {}
                Span::AsSent(ahead, length) if write_as_sent(&field.key, ahead, *length, output) => {}
                Span::Time(ahead) if output.profile == Profile::Lake && write_time(&field.key, ahead, output) => {
                    if let Some(time) = self.known_time(span) {
                        output.wrote_time(time);
                    }
                }
                _ => match self.known_time(span) {
                    Some(time) => time.write_member(field, output),
                    None => span.write(field, output),
                },
            }
        }
        if let Some(indicators) = &mut output.indicators {
            self.collect(indicators);
        }
    }

    /// Adds the indicators of all members.
    fn collect(&self, indicators: &mut Indicators) {
        let mut searched = self.log.searched;
        while let Some((field, span)) = self.member(searched.trailing_zeros() as usize) {
            if !span.plain_text(field).is_some_and(|text| indicators.collect_bytes(text, field.indicators)) {
                span.show(field, &mut |value| indicators.collect_from(value.view(), field.indicators));
            }
            searched &= searched - 1;
        }
    }

    /// The value of a member that is part of a key: a text or an integer.
    fn key_part(&self, name: &str) -> String {
        let mut part = String::new();
        if let Some((field, span)) = self.member_of(name) {
            span.show(field, &mut |value| match value.view() {
                View::Text(text) => part = text.to_string(),
                View::Integer(number) => part = number.to_string(),
                _ => {}
            });
        }
        part
    }
}

fn time_in(value: &dyn Shown) -> Option<Timestamp> {
    if let View::Time(time) = value.view() { Some(time) } else { None }
}

impl Object for Passed<'_, '_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        self.write(object.output());
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        self.collect(indicators);
    }

    fn event_time(&self) -> Option<Timestamp> {
        let first = self.spans.get(self.log.event_time)?;
        self.known_time(first).or_else(|| self.first_time())
    }

    fn write_event(&self, object: &mut ObjectWriter<'_>) -> Option<Timestamp> {
        self.write(object.output());
        self.event_time()
    }
}

impl Record for Passed<'_, '_> {
    fn schema(&self) -> &'static Schema {
        self.log.schema
    }

    fn key(&self) -> Option<String> {
        match self.log.key {
            [] => None,
            [name] => Some(self.key_part(name)),
            names => {
                let parts: Vec<String> = names.iter().map(|name| self.key_part(name)).collect();
                let parts: Vec<&dyn Display> = parts.iter().map(|part| -> &dyn Display { part }).collect();
                Some(join_key(&parts))
            }
        }
    }

    fn time(&self) -> Option<Timestamp> {
        match self.log.time {
            Some(name) => self.time_of(self.member_of(name)?),
            None => self.event_time(),
        }
    }
}
