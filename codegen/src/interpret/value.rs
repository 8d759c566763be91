//! Values: what was read, whichever way it came, and what can be asked of it — to be written, its indicators, its time.

use logwright::indicators::{Indicator, Indicators};
use logwright::json::{ObjectWriter, Output, RawJson, Text, Undeclared, WriteJson};
use logwright::log_type;
use logwright::time::Timestamp;

use super::Member;
use super::formats::Formats;
use crate::model::Type;

/// A value that is there and not null.
#[derive(Debug)]
pub(super) enum Value<'s, 'a> {
    String(Text<'a>),
    /// An integer of any width; its type has checked the range.
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// A time, and the formats it was read with.
    Time(Timestamp, &'s Formats<'s>),
    List(Vec<Option<Value<'s, 'a>>>),
    Object(Object<'s, 'a>),
    Json(RawJson<'a>),
}

/// An object with a place for the value of each of its members.
#[derive(Debug)]
pub(super) struct Object<'s, 'a> {
    pub(super) members: &'s [Member<'s>],
    pub(super) values: Vec<Option<Value<'s, 'a>>>,
    /// What no member takes; empty where that is not kept.
    pub(super) undeclared: Undeclared<'a>,
}

impl<'s, 'a> Object<'s, 'a> {
    /// The members that are there.
    fn present(&self) -> impl Iterator<Item = (&'s Member<'s>, &Value<'s, 'a>)> {
        self.members.iter().zip(&self.values).filter_map(|(member, value)| Some((member, value.as_ref()?)))
    }
}

impl log_type::Object for Object<'_, '_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        for (member, value) in self.present() {
            object.field(&member.key, value);
        }
        object.undeclared(&self.undeclared);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        for (member, value) in self.present() {
            value.collect(wanted(&member.field.value), indicators);
        }
    }

    fn event_time(&self) -> Option<Timestamp> {
        self.present().find_map(|(member, value)| value.event_time(may_be_event_time(&member.field.value)))
    }
}

impl Value<'_, '_> {
    /// Adds what `wanted` finds in its texts, and what the objects in it have.
    fn collect(&self, wanted: &[Indicator], indicators: &mut Indicators) {
        match self {
            Self::String(text) => wanted.iter().for_each(|indicator| indicators.scan(*indicator, &text.decode())),
            Self::List(elements) => elements.iter().flatten().for_each(|element| element.collect(wanted, indicators)),
            Self::Object(object) => log_type::Object::collect_indicators(object, indicators),
            _ => {}
        }
    }

    /// The time it gives the event; of a list, its first element's. `marked` is true where its own times count.
    fn event_time(&self, marked: bool) -> Option<Timestamp> {
        match self {
            Self::Time(time, _) => marked.then_some(*time),
            Self::List(elements) => elements.first()?.as_ref()?.event_time(marked),
            Self::Object(object) => log_type::Object::event_time(object),
            _ => None,
        }
    }
}

impl WriteJson for Value<'_, '_> {
    fn is_absent(&self) -> bool {
        matches!(self, Self::List(elements) if elements.is_empty())
    }

    fn write(&self, output: &mut Output<'_>) {
        match self {
            Self::String(text) => WriteJson::write(text, output),
            Self::Integer(number) => number.write(output),
            Self::Float(number) => number.write(output),
            Self::Boolean(value) => value.write(output),
            Self::Time(time, formats) => output.time(*time, &formats.list()),
            Self::List(elements) => elements.write(output),
            Self::Object(object) => object.write(output),
            Self::Json(json) => json.write(output),
        }
    }
}

/// What is looked for in the texts of a value.
fn wanted(value: &Type) -> &[Indicator] {
    match value.opened() {
        Type::String { indicators, .. } => indicators,
        Type::Array(element) => wanted(element),
        _ => &[],
    }
}

fn may_be_event_time(value: &Type) -> bool {
    match value.opened() {
        Type::Timestamp { event_time, .. } => *event_time,
        Type::Array(element) => may_be_event_time(element),
        _ => false,
    }
}
