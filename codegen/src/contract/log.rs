//! One log that the API serves.

use std::collections::BTreeMap;
use std::time::Duration;

use super::contradictions::Places;
use super::fields::LogType;
use super::model::{Lateness, Log};
use super::paging::Around;
use super::request::Asked;
use super::template::Scope;
use super::{Reader, leaf};
use crate::diagnostic::{Code, Diagnostic};
use crate::raw::read::{Entry, MappingReader};
use crate::source::Span;
use crate::yaml::Meaning;

/// How long the API keeps records.
#[derive(Clone, Copy)]
enum Kept {
    Forever,
    For(Duration),
}

impl Reader<'_> {
    /// The logs, each of another log type.
    pub(super) fn logs(&self, list: &[Entry<'_>], scope: Scope<'_>) -> Vec<Log> {
        let mut places = BTreeMap::new();
        list.iter().filter_map(|entry| self.log(entry, scope, &mut places)).collect()
    }

    fn log(&self, entry: &Entry<'_>, scope: Scope<'_>, places: &mut BTreeMap<String, Span>) -> Option<Log> {
        let mut keys = self.reading.mapping(entry)?;
        let name = keys.required_string("log_type");
        let path = format!("{}.log_type", keys.path());
        if let Some(name) = &name
            && let Some(first) = places.insert(name.value.clone(), name.span)
        {
            let message = format!("the log type `{}` has a log already", name.value);
            let diagnostic = Diagnostic::error(Code::LW0722, name.span, message).also(first, "the first one");
            self.reading.push(diagnostic.at(&path).help("Remove one of them."));
        }
        let log_type = name.as_ref().map_or(LogType::Unknown, |name| self.log_type(name, &path));

        let asked = self.window(&mut keys);
        let request = keys.required_mapping("request").and_then(|request| self.request(request, scope, &asked));
        let answer = keys.required("response").and_then(|entry| self.answer(&entry));
        let around = Around { request: request.as_ref(), answer: answer.as_ref() };
        let paging = keys.required("paging").and_then(|entry| self.paging(&entry, around));

        let order = keys.optional("order").map(|order| self.order(&order, log_type));
        let time = keys.required_mapping("time").and_then(|time| self.record_time(time, log_type));
        let retention = keys.required("retention").and_then(|entry| self.retention(&entry));
        let kept = match retention {
            Some(Kept::For(time)) => Some(time),
            Some(Kept::Forever) | None => None,
        };
        let lateness = keys.required_mapping("lateness").and_then(|late| self.lateness(late, kept));
        let key = keys.required("key").and_then(|entry| self.key(&entry, log_type));
        let examples = keys.mapping("examples").map(|keys| self.examples(keys, log_type)).unwrap_or_default();
        let place = |name| keys.key_span(name).unwrap_or(keys.head());
        let log_path = keys.path().to_owned();
        let places = Places {
            path: &log_path,
            time: place("time"),
            lateness: place("lateness"),
            paging: place("paging"),
            order: place("order"),
            window: place("window"),
        };
        keys.finish();

        let window = match asked {
            Asked::Nothing => None,
            Asked::Window { window, .. } => Some(window?),
        };
        let order = match order {
            Some(order) => Some(order?),
            None => None,
        };
        let answer = answer?;
        let log = Log {
            log_type: name?.value,
            request: request?,
            response: answer.shape,
            records: answer.records,
            paging: paging?,
            order,
            time: time?,
            window,
            lateness: lateness?,
            retention: retention.map(|_| kept)?,
            key: key?,
            examples,
        };
        self.check_together(&log, places);
        Some(log)
    }

    fn retention(&self, entry: &Entry<'_>) -> Option<Kept> {
        match entry.node.meaning() {
            Some(Meaning::String("forever")) => Some(Kept::Forever),
            _ => leaf::duration(self.reading, entry).map(Kept::For),
        }
    }

    /// How late a record may be: what is usual is at most what is rare, and that is less than what is kept.
    fn lateness(&self, mut keys: MappingReader<'_, '_>, retention: Option<Duration>) -> Option<Lateness> {
        let usual = keys.required("usual");
        let rare = keys.required("rare");
        keys.finish();
        let (usual, rare) = (usual?, rare?);
        let read = |entry: &Entry<'_>| leaf::duration(self.reading, entry);
        let lateness = read(&usual).zip(read(&rare)).map(|(usual, rare)| Lateness { usual, rare });
        let Lateness { usual: usually, rare: rarely } = lateness?;
        if usually > rarely {
            let message = "what is usual cannot be longer than what is rare";
            let diagnostic = Diagnostic::error(Code::LW0718, usual.node.span, message);
            let diagnostic = diagnostic.also(rare.node.span, "the rare lateness").at(&usual.path);
            self.reading.push(diagnostic.help("Exchange them, or write a longer `rare`."));
        }
        if retention.is_some_and(|kept| rarely >= kept) {
            let message = "a record cannot be later than the API keeps it";
            let diagnostic = Diagnostic::error(Code::LW0718, rare.node.span, message).at(&rare.path);
            self.reading.push(diagnostic.help("Write less than the `retention` of this log."));
        }
        lateness
    }
}
