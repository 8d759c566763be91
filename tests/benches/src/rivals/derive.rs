//! What structs that derive serde's traits have in common: an event is read into one struct, and written from another that
//! borrows from the first.

use std::borrow::Cow;
use std::ops::Deref;

use logwright::indicators::{IndicatorList, Indicators};
use serde::{Deserialize, Serialize, Serializer};

/// A text that borrows where it can. (`Option<Cow<str>>` alone never does, whatever its attributes say.)
#[derive(Deserialize, Serialize)]
pub(super) struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);

impl Deref for Borrowed<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// A value that every event has.
#[derive(Deserialize, Serialize)]
pub(super) struct Required<T>(pub(super) T);

/// Whether a field is left out when the event is written.
pub(super) trait Absent {
    fn absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Required<T> {
    fn absent(&self) -> bool {
        false
    }
}

impl<T: Absent> Absent for &T {
    fn absent(&self) -> bool {
        (**self).absent()
    }
}

/// One of the lists of what was found.
pub(super) struct List<'e>(pub(super) &'e Indicators, pub(super) IndicatorList);

impl<'e> List<'e> {
    fn texts(&self) -> impl Iterator<Item = &'e str> {
        let list = self.1;
        self.0.lists().filter(move |(other, _)| *other == list).flat_map(|(_, texts)| texts)
    }
}

impl Absent for List<'_> {
    fn absent(&self) -> bool {
        self.texts().next().is_none()
    }
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.texts())
    }
}

/// An object inside an event; every member may be missing or null.
macro_rules! object {
    ($(#[$serde:meta])* $name:ident $(<$($parameter:ident),+>)? { $($field:ident: $type:ty,)+ }) => {
        #[derive(serde::Deserialize, serde::Serialize)]
        #[allow(clippy::struct_field_names, reason = "they are named by the log type")]
        $(#[$serde])*
        struct $name $(<$($parameter),+>)? {
            $(#[serde(skip_serializing_if = "Option::is_none")] $field: Option<$type>,)+
        }
    };
}

/// An event, and how it is written: its fields in order, its time as lakes want it, and the standard fields. It needs a method
/// `collect` that finds addresses and names.
macro_rules! event {
    (
        $(#[$serde:meta])*
        $name:ident<T $(, $parameter:ident)*> as $log_type:literal {
            { $($before:ident: $before_type:ty,)* }
            $time:ident,
            { $($after:ident: $after_type:ty,)* }
        }
        finds { $($key:literal $list:ident: $variant:ident,)* }
    ) => {
        #[derive(serde::Deserialize)]
        #[allow(clippy::struct_field_names, reason = "they are named by the log type")]
        $(#[$serde])*
        struct $name<T $(, $parameter)*> {
            $($before: $before_type,)*
            $time: T,
            $($after: $after_type,)*
        }

        #[derive(serde::Serialize)]
        $(#[$serde])*
        struct Written<'e, T $(, $parameter)*> {
            $(#[serde(skip_serializing_if = "Absent::absent")] $before: &'e $before_type,)*
            $time: &'e str,
            $(#[serde(skip_serializing_if = "Absent::absent")] $after: &'e $after_type,)*
            #[serde(rename = "p_log_type")]
            log_type: &'static str,
            #[serde(rename = "p_row_id")]
            row_id: &'e str,
            #[serde(rename = "p_event_time")]
            event_time: &'e str,
            #[serde(rename = "p_parse_time")]
            parse_time: &'e str,
            $(#[serde(rename = $key, skip_serializing_if = "Absent::absent")] $list: List<'e>,)*
        }

        impl<T: std::ops::Deref<Target = str> $(, $parameter)*> $name<T $(, $parameter)*> {
            /// The event as it is written; `None` where its time is none.
            fn normalise<'e>(&'e self, standard: &'e mut Standard) -> Option<Written<'e, T $(, $parameter)*>> {
                standard.next(&self.$time)?;
                standard.indicators.clear();
                self.collect(&mut standard.indicators);
                standard.indicators.sort();
                Some(Written {
                    $($before: &self.$before,)*
                    $time: &standard.event_time,
                    $($after: &self.$after,)*
                    log_type: $log_type,
                    row_id: &standard.row_id,
                    event_time: &standard.event_time,
                    parse_time: &standard.parse_time,
                    $($list: List(&standard.indicators, IndicatorList::$variant),)*
                })
            }
        }
    };
}

/// The jobs by `serde_json`, owned and borrowed, by sonic-rs, and by simd-json, each with its own type for the event.
macro_rules! jobs {
    ($owned:ty, $borrowed:ty, $sonic:ty, $simd:ty) => {
        /// `serde_json`, each text in a `String` of its own.
        pub fn owned() -> Job {
            let mut standard = Standard::default();
            by_line(move |line, out| {
                let event: $owned = serde_json::from_slice(line).expect("a good event");
                serde_json::to_writer(&mut out.vector, &event.normalise(&mut standard)).expect("a Vec takes all");
                out.vector.push(b'\n');
            })
        }

        /// `serde_json`, texts borrowed from the line.
        pub fn borrowed() -> Job {
            let mut standard = Standard::default();
            by_line(move |line, out| {
                let event: $borrowed = serde_json::from_slice(line).expect("a good event");
                serde_json::to_writer(&mut out.vector, &event.normalise(&mut standard)).expect("a Vec takes all");
                out.vector.push(b'\n');
            })
        }

        /// sonic-rs, for reading and for writing.
        pub fn sonic() -> Job {
            let mut standard = Standard::default();
            by_line(move |line, out| {
                let event: $sonic = sonic_rs::from_slice(line).expect("a good event");
                sonic_rs::to_writer(&mut out.vector, &event.normalise(&mut standard)).expect("a Vec takes all");
                out.vector.push(b'\n');
            })
        }

        /// simd-json. It decodes in place, so the line is copied first.
        pub fn simd() -> Job {
            let mut standard = Standard::default();
            let mut copy = Vec::new();
            let mut buffers = simd_json::Buffers::default();
            by_line(move |line, out| {
                copy.clear();
                copy.extend_from_slice(line);
                let event: $simd =
                    simd_json::serde::from_slice_with_buffers(&mut copy, &mut buffers).expect("a good event");
                simd_json::serde::to_writer(&mut out.vector, &event.normalise(&mut standard)).expect("a Vec takes all");
                out.vector.push(b'\n');
            })
        }
    };
}
