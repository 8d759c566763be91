//! The writer: normalised events, byte by byte into one buffer.
//!
//! Null and absent values are left out, and so are empty arrays; nothing else is. Times are written in the profile of the
//! output; see [`Profile`].

use super::declared::write_name;
use super::key::Key;
use super::output::{Buffer, Bytes, Output};
use super::raw::RawJson;
use super::text::Text;
use super::undeclared::Undeclared;
use crate::event::Profile;
use crate::indicators::Indicators;
use crate::log_type::Object;
use crate::scan::has_no_breaks;
use crate::time::{decimal, write_decimal};

/// One JSON object on its way out. One that is dropped before it is closed is not written.
#[derive(Debug)]
pub struct ObjectWriter<'o> {
    /// Where the buffer of the output is from, and goes when this is dropped.
    home: &'o mut Buffer,
    /// Where the object starts. Each member is written with a comma before it, of which the first becomes the brace in the
    /// end: so no member needs to know whether it is the first.
    start: usize,
    output: Output<'o>,
}

impl<'o> ObjectWriter<'o> {
    /// Opens an object at the end of `buffer`.
    pub fn open(buffer: &'o mut Buffer, profile: Profile) -> Self {
        let mut object = Self::new(buffer, profile);
        object.begin();
        object
    }

    /// The same before [`begin`](Self::begin), which is a step of its own, since what has just been stored in parts can be moved
    /// only after a while.
    #[inline]
    pub(crate) fn new(home: &'o mut Buffer, profile: Profile) -> Self {
        Self { home, start: 0, output: Output::new(profile) }
    }

    /// Opens it.
    #[inline]
    pub(crate) fn begin(&mut self) {
        self.output.swap(self.home);
        self.output.make_room();
        self.start = self.output.end();
    }

    /// Closes the object.
    pub fn close(mut self) {
        self.finish();
    }

    /// The same; nothing is written after that.
    #[inline]
    pub(crate) fn finish(&mut self) {
        close(self.start, &mut self.output);
        self.start = self.output.end();
    }

    /// Writes a member, unless `value` is absent. `key` is JSON string content: what needs an escape has it.
    #[inline]
    pub fn field(&mut self, key: &str, value: &impl WriteJson) {
        if !value.is_absent() {
            value.write(self.member(key));
        }
    }

    /// Writes the members that no field has taken.
    pub fn undeclared(&mut self, undeclared: &Undeclared<'_>) {
        write_undeclared(undeclared, &mut self.output);
    }

    /// Where the indicators in what is written go, if anywhere.
    pub(crate) fn indicators(&mut self) -> Option<&mut Indicators> {
        self.output.indicators.as_deref_mut()
    }

    pub(crate) fn output(&mut self) -> &mut Output<'o> {
        &mut self.output
    }

    /// Writes a key by its block and leaves the value to the caller.
    pub(crate) fn member_of(&mut self, key: &Key, name: &str) -> &mut Output<'o> {
        if key.write(&mut self.output) { &mut self.output } else { self.member(name) }
    }

    /// Writes `,"key":` and leaves the value to the caller.
    pub(crate) fn member(&mut self, key: &str) -> &mut Output<'o> {
        self.output.extend(b",\"");
        self.output.extend(key.as_bytes());
        self.output.extend(b"\":");
        &mut self.output
    }
}

impl Drop for ObjectWriter<'_> {
    #[inline]
    fn drop(&mut self) {
        self.output.go_back(self.start);
        self.output.swap(self.home);
    }
}

/// Closes the object whose members have been written from `start` on.
pub(super) fn close(start: usize, output: &mut Output<'_>) {
    match output.byte(start) {
        Some(comma) => *comma = b'{',
        None => output.push(b'{'),
    }
    output.push(b'}');
}

/// Writes the members that no field has taken.
pub(super) fn write_undeclared(undeclared: &Undeclared<'_>, output: &mut Output<'_>) {
    for (key, value) in undeclared.iter() {
        write_name(key, output);
        value.write(output);
    }
}

/// A value that can be written as JSON.
pub trait WriteJson {
    /// True where a member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Appends the value.
    fn write(&self, output: &mut Output<'_>);
}

impl<T: WriteJson> WriteJson for Option<T> {
    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(WriteJson::is_absent)
    }

    fn write(&self, output: &mut Output<'_>) {
        match self {
            Some(value) => value.write(output),
            None => output.extend(b"null"),
        }
    }
}

impl<T: WriteJson> WriteJson for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, output: &mut Output<'_>) {
        output.push(b'[');
        for (index, value) in self.iter().enumerate() {
            if index > 0 {
                output.push(b',');
            }
            value.write(output);
        }
        output.push(b']');
    }
}

impl<T: Object> WriteJson for T {
    fn write(&self, output: &mut Output<'_>) {
        let mut buffer = Buffer::default();
        output.swap(&mut buffer);
        let mut object = ObjectWriter::open(&mut buffer, output.profile);
        self.write_fields(&mut object);
        object.close();
        output.swap(&mut buffer);
    }
}

impl WriteJson for Text<'_> {
    fn write(&self, output: &mut Output<'_>) {
        Text::write(self, output);
    }
}

impl WriteJson for RawJson<'_> {
    fn write(&self, output: &mut Output<'_>) {
        // As it was written, but for line breaks: an event is one line. In JSON they stand only between tokens.
        if has_no_breaks(self.as_str().as_bytes()) {
            return output.extend(self.as_str().as_bytes());
        }
        for piece in self.as_str().split(['\n', '\r']) {
            output.extend(piece.as_bytes());
        }
    }
}

impl WriteJson for bool {
    fn write(&self, output: &mut Output<'_>) {
        output.extend(if *self { b"true" } else { b"false" });
    }
}

impl WriteJson for i64 {
    fn write(&self, output: &mut Output<'_>) {
        if *self < 0 {
            output.push(b'-');
        }
        write_magnitude(self.unsigned_abs(), output);
    }
}

impl WriteJson for f64 {
    /// The shorter of the two plain forms that read back: `0.1`, `1e300`.
    fn write(&self, output: &mut Output<'_>) {
        if let Some((digits, places)) = few_digits(self.abs()) {
            if *self < 0.0 {
                output.push(b'-');
            }
            return write_places(digits, places, output);
        }
        let decimal = self.to_string();
        let exponent = format!("{self:e}");
        let shorter = if exponent.len() < decimal.len() { exponent } else { decimal };
        output.extend(shorter.as_bytes());
    }
}

/// The digits of a double and how many of them come after the point, where its plain form is short: most are so. `None` where
/// it may have more digits, or be shorter with an exponent.
///
/// Two decimals of at most 15 digits never are the same double. So where one with few digits is, it has the fewest.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "there are at most 15 digits")]
#[expect(clippy::float_cmp, reason = "it has to be the very same double")]
fn few_digits(magnitude: f64) -> Option<(u64, usize)> {
    if !(0.01..1e9).contains(&magnitude) {
        return None;
    }
    let (places, digits) = POWERS.iter().enumerate().find_map(|(places, power)| {
        let power = f64::from(*power);
        let digits = (magnitude * power + 0.5) as i64;
        (digits as f64 / power == magnitude).then_some((places, digits.cast_unsigned()))
    })?;
    // `1e3` is shorter than `1000`.
    (places > 0 || digits % 1000 != 0).then_some((digits, places))
}

/// 10 to the power of 0 to 6.
const POWERS: [u32; 7] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/// Writes a number, so many of whose digits come after the point.
fn write_places(digits: u64, places: usize, output: &mut Output<'_>) {
    let power = u64::from(POWERS[places]);
    write_magnitude(digits / power, output);
    if places > 0 {
        // With a one in front the zeros after the point are kept. The point takes its place.
        let point = output.end();
        write_magnitude(digits % power + power, output);
        if let Some(one) = output.byte(point) {
            *one = b'.';
        }
    }
}

fn write_magnitude(number: u64, output: &mut Output<'_>) {
    match (decimal(number), output.block()) {
        (Some((digits, length)), Some(block)) => {
            *block = digits;
            output.advance(length);
        }
        _ => output.append(|bytes| write_decimal(number, bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::output::written_by;

    fn json(value: &impl WriteJson) -> String {
        written_by(|output| value.write(output))
    }

    #[test]
    fn numbers_are_exact_and_short() {
        assert_eq!(json(&i64::MIN), "-9223372036854775808");
        assert_eq!(json(&i64::MAX), "9223372036854775807");
        assert_eq!((json(&0), json(&-1)), ("0".into(), "-1".into()));
        assert_eq!(
            (json(&0.1), json(&1.0), json(&1e300), json(&-0.0)),
            ("0.1".into(), "1".into(), "1e300".into(), "-0".into())
        );
        assert_eq!(json(&f64::from_bits(1)), "5e-324");
    }

    #[test]
    fn doubles_of_few_digits_are_written_as_the_standard_library_writes_them() {
        let shorter = |number: f64| {
            let (decimal, exponent) = (number.to_string(), format!("{number:e}"));
            if exponent.len() < decimal.len() { exponent } else { decimal }
        };
        let digits = (0..2000).chain((1..40_u64).map(|number| number.pow(9) % 999_999_999_999_937));
        for digits in digits {
            for power in -17..12 {
                let number: f64 = format!("{digits}e{power}").parse().unwrap();
                for number in [number, -number, number.next_up(), number * 3.0] {
                    assert_eq!(json(&number), shorter(number));
                }
            }
        }
    }

    #[test]
    fn absent_members_are_left_out_and_empty_ones_are_not() {
        let mut buffer = Buffer::default();
        let mut object = ObjectWriter::open(&mut buffer, Profile::Lake);
        object.field("none", &None::<i64>);
        object.field("empty_list", &Vec::<Option<i64>>::new());
        object.field("empty", &Text::from(""));
        object.field("zero", &Some(0_i64));
        object.field("list", &vec![Some(vec![]), None, Some(vec![Some(true)])]);
        object.close();
        assert_eq!(String::from_utf8(buffer.into_vec()).unwrap(), r#"{"empty":"","zero":0,"list":[[],null,[true]]}"#);
    }

    #[test]
    fn what_was_written_before_stays_whether_an_object_is_closed_or_not() {
        let mut buffer = Buffer::default();
        for (value, close) in [(1, true), (2, false), (3, true)] {
            let mut object = ObjectWriter::open(&mut buffer, Profile::Lake);
            object.field("id", &Some(value));
            if close {
                object.close();
            }
        }
        assert_eq!(buffer.as_bytes(), br#"{"id":1}{"id":3}"#);
    }

    #[test]
    fn json_keeps_its_form_but_not_its_line_breaks() {
        let raw: RawJson<'static> = "{\n  \"a\": [1,\r\n 2.0]\n}".parse().unwrap();
        assert_eq!(json(&raw), r#"{  "a": [1, 2.0]}"#);
    }
}
