//! Objects whose fields a table declares: how they are written, searched for indicators, and asked for their time.
//!
//! Generated code is the table and a list of the record's values in the same order. A value shows itself as a [`View`], and
//! what is done with views is compiled here, once for all log types.

use super::key::{BLOCK, Key};
use super::output::{Bytes, Output};
use super::quoted::write_bytes;
use super::raw::RawJson;
use super::text::Text;
use super::undeclared::Undeclared;
use super::writer::{ObjectWriter, WriteJson, close, write_undeclared};
use crate::event::Profile;
use crate::indicators::{Indicator, Indicators};
use crate::log_type::Field;
use crate::time::{QUOTED_LAKE, TimeFormat, Timestamp, decimal};

/// An object whose fields a table declares. Generated for each; [`equal`](super::equal) and [`debug`](super::debug) make it
/// comparable and shown.
pub trait Declared {
    /// Hands the table and the values, in its order, to `then`; of an object of many fields, piece after piece.
    fn values(&self, then: &mut Then<'_>);

    /// When the event happened, where a field of its own says so that is never absent; else its time is looked for.
    fn sure_time(&self) -> Option<Timestamp> {
        None
    }

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

    /// Writes it with the key of its field, unless it is absent.
    fn write_member(&self, field: &Field, output: &mut Output<'_>) {
        write_view(self.view(), field, output);
    }
}

/// A list of values.
pub trait List {
    /// How many there are.
    fn count(&self) -> usize;

    /// The value at an index that is less than that.
    fn at(&self, index: usize) -> View<'_>;
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
/// so that it is compiled here, once. What most values are is written with no look at its view.
macro_rules! shown {
    ($($held:ty: $value:ident => $view:expr;)*) => {$(
        impl Shown for $held {
            fn view(&self) -> View<'_> {
                let $value = self;
                $view
            }

            fn write_member(&self, field: &Field, output: &mut Output<'_>) {
                write_scalar(self, field, output);
            }
        }

        impl Shown for Option<$held> {
            fn view(&self) -> View<'_> {
                match self {
                    Some($value) => $view,
                    None => View::Absent,
                }
            }

            fn write_member(&self, field: &Field, output: &mut Output<'_>) {
                if let Some(value) = self {
                    write_scalar(value, field, output);
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
    RawJson<'_>: json => View::Json(json);
}

impl Shown for Text<'_> {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    fn write_member(&self, field: &Field, output: &mut Output<'_>) {
        if !self.write_with(&field.key, output) {
            write_text(self, field, output);
        }
    }
}

impl Shown for Option<Text<'_>> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, View::Text)
    }

    fn write_member(&self, field: &Field, output: &mut Output<'_>) {
        if let Some(text) = self
            && !text.write_with(&field.key, output)
        {
            write_text(text, field, output);
        }
    }
}

#[inline(never)]
fn write_text(text: &Text<'_>, field: &Field, output: &mut Output<'_>) {
    write_scalar(text, field, output);
}

/// A value that is no list and no object.
trait Scalar {
    /// Writes it.
    fn write(&self, field: &Field, output: &mut Output<'_>);

    /// Writes it with its key before it as one piece, where both are short; else it is false.
    fn write_with(&self, _field: &Field, _output: &mut Output<'_>) -> bool {
        false
    }
}

#[inline]
fn write_scalar<T: Scalar>(value: &T, field: &Field, output: &mut Output<'_>) {
    if !value.write_with(field, output) {
        write_apart(value, field, output);
    }
}

#[inline(never)]
fn write_apart<T: Scalar>(value: &T, field: &Field, output: &mut Output<'_>) {
    write_key(&field.key, field.name, output);
    value.write(field, output);
}

/// Writes a key, and after it the first `length` bytes of `value`, where there is room; else it is false.
#[expect(clippy::inline_always, reason = "so the value goes from registers to its place")]
#[inline(always)]
fn write_piece<const N: usize>(field: &Field, value: &[u8; N], length: usize, output: &mut Output<'_>) -> bool {
    let (Some((key, start)), Some(room)) = (field.key.block(), output.block::<{ 2 * BLOCK }>()) else { return false };
    room[..BLOCK].copy_from_slice(key);
    room[start - 1..start - 1 + N].copy_from_slice(value);
    output.advance(start - 1 + length);
    true
}

#[inline]
pub(super) fn write_key(key: &Key, name: &str, output: &mut Output<'_>) {
    if !key.write(output) {
        write_name(name, output);
    }
}

/// Writes a key that is no block, or for which there is no room yet.
#[cold]
pub(super) fn write_name(name: &str, output: &mut Output<'_>) {
    output.push(b',');
    write_bytes(name.as_bytes(), output);
    output.push(b':');
}

impl Scalar for Text<'_> {
    #[inline]
    fn write(&self, _field: &Field, output: &mut Output<'_>) {
        WriteJson::write(self, output);
    }

    #[inline]
    fn write_with(&self, field: &Field, output: &mut Output<'_>) -> bool {
        self.write_alone_with(&field.key, output)
    }
}

impl Scalar for Timestamp {
    #[inline]
    fn write(&self, field: &Field, output: &mut Output<'_>) {
        output.time(*self, field.how.formats);
    }

    #[inline]
    fn write_with(&self, field: &Field, output: &mut Output<'_>) -> bool {
        // The time stands behind the key.
        let Some((_, start)) = field.key.block() else { return false };
        output.profile == Profile::Lake
            && output.has_room::<{ 2 * BLOCK }>()
            && write_piece(field, &output.quoted_lake(*self, start - 1), QUOTED_LAKE, output)
    }
}

/// Integers of any width.
macro_rules! integers {
    ($($held:ty)*) => {$(
        impl Scalar for $held {
            #[inline]
            fn write(&self, _field: &Field, output: &mut Output<'_>) {
                WriteJson::write(&i64::from(*self), output);
            }

            #[inline]
            fn write_with(&self, field: &Field, output: &mut Output<'_>) -> bool {
                u64::try_from(*self).is_ok_and(|number| write_number(number, field, output))
            }
        }
    )*};
}

integers!(i16 i32 i64);

/// Writes a number of at most 16 digits with its key before it; else it is false.
#[inline(never)]
fn write_number(number: u64, field: &Field, output: &mut Output<'_>) -> bool {
    decimal(number).is_some_and(|(digits, length)| write_piece(field, &digits, length, output))
}

/// Scalars that are written by their value alone.
macro_rules! plain {
    ($($held:ty: $value:ident => $json:expr;)*) => {$(
        impl Scalar for $held {
            #[inline]
            fn write(&self, _field: &Field, output: &mut Output<'_>) {
                let $value = self;
                WriteJson::write($json, output);
            }
        }
    )*};
}

plain! {
    f64: number => number;
    bool: value => value;
    RawJson<'_>: json => json;
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
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> View<'_> {
        self[index].view()
    }
}

impl ObjectWriter<'_> {
    /// Writes the fields that are present, in schema order, and then what no field takes.
    pub fn declared(&mut self, object: &dyn Declared) {
        write_members(object, self.output());
    }

    /// The same, and the time of the event.
    pub(crate) fn event(&mut self, object: &dyn Declared) -> Option<Timestamp> {
        write_members(object, self.output());
        event_time(object)
    }
}

/// Writes the fields that are present and what no field takes, and looks for indicators in their texts where the output has a
/// place for them.
fn write_members(object: &dyn Declared, output: &mut Output<'_>) {
    object.values(&mut |fields, values| {
        for (field, value) in fields.iter().zip(values) {
            value.write_member(field, output);
            if !field.indicators.is_empty()
                && let Some(indicators) = &mut output.indicators
            {
                indicators.collect_from(value.view(), field.indicators);
            }
        }
    });
    if let Some(undeclared) = object.undeclared() {
        write_undeclared(undeclared, output);
    }
}

fn write_view(view: View<'_>, field: &Field, output: &mut Output<'_>) {
    match view {
        View::Absent => return,
        View::List(list) if list.count() == 0 => return,
        _ => {}
    }
    write_key(&field.key, field.name, output);
    write(view, field.how.formats, output);
}

fn write(view: View<'_>, formats: &[TimeFormat<'_>], output: &mut Output<'_>) {
    match view {
        View::Text(text) => WriteJson::write(text, output),
        View::Integer(number) => WriteJson::write(&number, output),
        View::Time(time) => output.time(time, formats),
        View::Boolean(value) => WriteJson::write(&value, output),
        View::Float(number) => WriteJson::write(&number, output),
        View::Json(json) => WriteJson::write(json, output),
        View::Absent => output.extend(b"null"),
        View::Object(object) => {
            let start = output.end();
            write_members(object, output);
            close(start, output);
        }
        View::List(list) => {
            output.push(b'[');
            for index in 0..list.count() {
                if index > 0 {
                    output.push(b',');
                }
                write(list.at(index), formats, output);
            }
            output.push(b']');
        }
    }
}

impl Indicators {
    /// Adds every indicator found in the object, and in the objects inside it.
    pub fn collect(&mut self, object: &dyn Declared) {
        object.values(&mut |fields, values| {
            for (field, value) in fields.iter().zip(values) {
                if field.holds.indicators {
                    self.collect_from(value.view(), field.indicators);
                }
            }
        });
    }

    /// The same of a text that is known to be UTF-8, where all that is wanted can be found in bytes; else it is false.
    pub(super) fn collect_bytes(&mut self, text: &[u8], wanted: &[Indicator]) -> bool {
        wanted.iter().all(|indicator| self.scan_bytes(*indicator, text))
    }

    pub(super) fn collect_from(&mut self, view: View<'_>, wanted: &[Indicator]) {
        match view {
            View::Text(text) if text.as_bytes().is_some_and(|bytes| self.collect_bytes(bytes, wanted)) => {}
            View::Text(text) => {
                for indicator in wanted {
                    self.scan(*indicator, &text.decode());
                }
            }
            View::Object(object) => self.collect(object),
            View::List(list) => {
                for index in 0..list.count() {
                    self.collect_from(list.at(index), wanted);
                }
            }
            _ => {}
        }
    }
}

/// The first time in schema order that the schema marks as that of the event and the object has.
pub(crate) fn event_time(object: &dyn Declared) -> Option<Timestamp> {
    let mut first = object.sure_time();
    if first.is_some() {
        return first;
    }
    object.values(&mut |fields, values| {
        for (field, value) in fields.iter().zip(values) {
            if field.holds.event_time && first.is_none() {
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
        View::Object(object) => event_time(object),
        View::List(list) if list.count() > 0 => time(list.at(0)),
        _ => None,
    }
}
