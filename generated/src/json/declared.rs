//! Objects whose fields a table declares: how they are written, searched for indicators, and asked for their time.
//!
//! Generated code is the table and a list of the record's values in the same order. A value shows itself as a [`View`], and
//! what is done with views is compiled here, once for all log types.

use super::raw::RawJson;
use super::text::Text;
use super::undeclared::Undeclared;
use super::writer::{ObjectWriter, Output, WriteJson, write_string};
use crate::indicators::{Indicator, Indicators};
use crate::log_type::Field;
use crate::time::{TimeFormat, Timestamp};

/// An object whose fields a table declares. Generated for each.
pub trait Declared {
    /// Hands the table and the values, in its order, to `then`; of an object of many fields, piece after piece.
    fn values(&self, then: &mut Then<'_>);

    /// The keys that no field takes, where the schema asks that they be kept.
    fn undeclared(&self) -> Option<&Undeclared<'_>> {
        None
    }
}

/// What is done with the fields of an object and their values.
pub type Then<'t> = dyn FnMut(&'static [Field], &[&dyn Shown]) + 't;

/// The values of an object's fields, in the order of its table.
pub type Values<'v, const N: usize> = [&'v dyn Shown; N];

/// A value that an object holds.
pub trait Shown {
    /// What it is.
    fn view(&self) -> View<'_>;
}

/// A list of values.
pub trait List {
    /// How many there are.
    fn len(&self) -> usize;

    /// The value at an index that is less than that.
    fn get(&self, index: usize) -> View<'_>;
}

/// What a value is, whichever type of Rust holds it.
#[derive(Clone, Copy)]
pub enum View<'v> {
    /// No value, or null.
    Absent,
    /// A text.
    Text(&'v Text<'v>),
    /// An integer of any width.
    Integer(i64),
    /// A double.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// An instant.
    Time(Timestamp),
    /// A list of values, of which some may be null.
    List(&'v dyn List),
    /// An object inside the object.
    Object(&'v dyn Declared),
    /// Any JSON.
    Json(&'v RawJson<'v>),
}

/// Implements [`Shown`] for types and for an `Option` of each. It is said for each type, and not for all that have a trait,
/// so that it is compiled here, once.
macro_rules! shown {
    ($($held:ty: $value:ident => $view:expr;)*) => {$(
        impl Shown for $held {
            fn view(&self) -> View<'_> {
                let $value = self;
                $view
            }
        }

        impl Shown for Option<$held> {
            fn view(&self) -> View<'_> {
                match self {
                    Some($value) => $view,
                    None => View::Absent,
                }
            }
        }
    )*};
}

shown! {
    i16: number => View::Integer(i64::from(*number));
    i32: number => View::Integer(i64::from(*number));
    i64: number => View::Integer(*number);
    f64: number => View::Float(*number);
    bool: value => View::Boolean(*value);
    Timestamp: time => View::Time(*time);
    Text<'_>: text => View::Text(text);
    RawJson<'_>: json => View::Json(json);
}

impl<T: Declared> Shown for T {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<T: Declared> Shown for Option<T> {
    fn view(&self) -> View<'_> {
        match self {
            Some(object) => View::Object(object),
            None => View::Absent,
        }
    }
}

impl<T> Shown for Vec<Option<T>>
where
    Option<T>: Shown,
{
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T> Shown for Option<Vec<Option<T>>>
where
    Option<T>: Shown,
{
    fn view(&self) -> View<'_> {
        match self {
            Some(list) => View::List(list),
            None => View::Absent,
        }
    }
}

impl<T> List for Vec<Option<T>>
where
    Option<T>: Shown,
{
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> View<'_> {
        self[index].view()
    }
}

impl ObjectWriter<'_> {
    /// Writes an event's fields, as [`declared`](Self::declared) does, adds its indicators, and returns its time: each value is
    /// looked at once.
    pub(crate) fn event(&mut self, object: &dyn Declared, indicators: &mut Indicators) -> Option<Timestamp> {
        let mut first = None;
        object.values(&mut |fields, values| {
            for (field, value) in fields.iter().zip(values) {
                let view = value.view();
                self.value(field, view);
                if field.has_indicators {
                    indicators.collect_from(view, field.indicators);
                }
                if field.has_event_time && first.is_none() {
                    first = time(view);
                }
            }
        });
        if let Some(undeclared) = object.undeclared() {
            self.undeclared(undeclared);
        }
        first
    }

    /// Writes the fields that are present, in schema order, and then what no field takes.
    pub fn declared(&mut self, object: &dyn Declared) {
        object.values(&mut |fields, values| {
            for (field, value) in fields.iter().zip(values) {
                self.value(field, value.view());
            }
        });
        if let Some(undeclared) = object.undeclared() {
            self.undeclared(undeclared);
        }
    }

    #[expect(clippy::inline_always, reason = "it is most of the work of the two loops that call it")]
    #[inline(always)]
    fn value(&mut self, field: &Field, view: View<'_>) {
        match view {
            View::Absent => return,
            View::List(list) if list.len() == 0 => return,
            _ => {}
        }
        let output = self.output();
        if !field.key.write(output.bytes) {
            output.bytes.push(b',');
            write_string(field.name, output.bytes);
            output.bytes.push(b':');
        }
        match view {
            // Most values, without the preparations that others need.
            View::Text(text) => text.write(output.bytes),
            View::Integer(number) => number.write(output),
            _ => write(view, field.how.formats, output),
        }
    }
}

#[inline(never)]
fn write(view: View<'_>, formats: &[TimeFormat<'_>], output: &mut Output<'_>) {
    match view {
        View::Text(text) => text.write(output.bytes),
        View::Integer(number) => number.write(output),
        View::Time(time) => output.time(time, formats),
        View::Boolean(value) => value.write(output),
        View::Float(number) => number.write(output),
        View::Json(json) => json.write(output),
        View::Absent => output.bytes.extend_from_slice(b"null"),
        View::Object(object) => {
            let mut inside = ObjectWriter::open(output.bytes, output.profile);
            inside.declared(object);
            inside.close();
        }
        View::List(list) => {
            output.bytes.push(b'[');
            for index in 0..list.len() {
                if index > 0 {
                    output.bytes.push(b',');
                }
                write(list.get(index), formats, output);
            }
            output.bytes.push(b']');
        }
    }
}

impl Indicators {
    /// Adds every indicator found in the object, and in the objects inside it.
    pub fn collect(&mut self, object: &dyn Declared) {
        object.values(&mut |fields, values| {
            for (field, value) in fields.iter().zip(values) {
                if field.has_indicators {
                    self.collect_from(value.view(), field.indicators);
                }
            }
        });
    }

    fn collect_from(&mut self, view: View<'_>, wanted: &[Indicator]) {
        match view {
            View::Text(text) => {
                let text = text.decode();
                wanted.iter().for_each(|indicator| self.scan(*indicator, &text));
            }
            View::Object(object) => self.collect(object),
            View::List(list) => (0..list.len()).for_each(|index| self.collect_from(list.get(index), wanted)),
            _ => {}
        }
    }
}

/// The first time in schema order that the schema marks as that of the event and the object has.
pub(crate) fn first_time(object: &dyn Declared) -> Option<Timestamp> {
    let mut first = None;
    object.values(&mut |fields, values| {
        for (field, value) in fields.iter().zip(values) {
            if field.has_event_time && first.is_none() {
                first = time(value.view());
            }
        }
    });
    first
}

/// The time that a value gives the event; of a list, its first element's.
fn time(view: View<'_>) -> Option<Timestamp> {
    match view {
        View::Time(time) => Some(time),
        View::Object(object) => first_time(object),
        View::List(list) if list.len() > 0 => time(list.get(0)),
        _ => None,
    }
}
