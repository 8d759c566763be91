//! The writer: normalised events, byte by byte into one buffer.
//!
//! Null and absent values are left out, and so are empty arrays; nothing else is. Times are written in the profile of the
//! output; see [`Profile`].

use super::raw::RawJson;
use super::text::Text;
use super::undeclared::Undeclared;
use crate::event::Profile;
use crate::log_type::Object;
use crate::scan::plain_length;
use crate::time::{TimeFormat, Timestamp, two_digits};

/// Where an event is written to, and how its times are written.
#[derive(Debug)]
pub struct Output<'o> {
    /// The bytes so far; values are appended.
    pub bytes: &'o mut Vec<u8>,
    /// How times are written.
    pub profile: Profile,
}

/// One JSON object on its way out.
#[derive(Debug)]
pub struct ObjectWriter<'o> {
    output: Output<'o>,
    /// What comes before the next member: the brace that opens the object, then a comma.
    before: u8,
}

impl<'o> ObjectWriter<'o> {
    /// Opens an object at the end of `bytes`.
    pub fn open(bytes: &'o mut Vec<u8>, profile: Profile) -> Self {
        Self { output: Output { bytes, profile }, before: b'{' }
    }

    /// Closes the object.
    pub fn close(self) {
        if self.before == b'{' {
            self.output.bytes.push(b'{');
        }
        self.output.bytes.push(b'}');
    }

    /// Writes a member, unless `value` is absent. `key` is JSON string content: what needs an escape has it.
    #[inline]
    pub fn field(&mut self, key: &str, value: &impl WriteJson) {
        if !value.is_absent() {
            value.write(self.member(key));
        }
    }

    /// Writes a member that is a time, or a list of times, unless it is absent.
    #[inline]
    pub fn time(&mut self, key: &str, value: &impl WriteTime, formats: &[TimeFormat<'_>]) {
        if !value.is_absent() {
            value.write(formats, self.member(key));
        }
    }

    /// Writes the members that no field has taken.
    pub fn undeclared(&mut self, undeclared: &Undeclared<'_>) {
        let mut quoted = Vec::new();
        for (key, value) in undeclared.iter() {
            quoted.clear();
            write_string(key, &mut quoted);
            self.field(&String::from_utf8_lossy(&quoted[1..quoted.len() - 1]), value);
        }
    }

    /// Writes `,"key":` and leaves the value to the caller.
    #[inline]
    pub(crate) fn member(&mut self, key: &str) -> &mut Output<'o> {
        let bytes = &mut *self.output.bytes;
        bytes.extend_from_slice(&[self.before, b'"']);
        bytes.extend_from_slice(key.as_bytes());
        bytes.extend_from_slice(b"\":");
        self.before = b',';
        &mut self.output
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
            None => output.bytes.extend_from_slice(b"null"),
        }
    }
}

impl<T: WriteJson> WriteJson for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, output: &mut Output<'_>) {
        write_list(self, output, T::write);
    }
}

impl<T: Object> WriteJson for T {
    fn write(&self, output: &mut Output<'_>) {
        let mut object = ObjectWriter::open(output.bytes, output.profile);
        self.write_fields(&mut object);
        object.close();
    }
}

impl WriteJson for Text<'_> {
    fn write(&self, output: &mut Output<'_>) {
        Text::write(self, output.bytes);
    }
}

impl WriteJson for RawJson<'_> {
    fn write(&self, output: &mut Output<'_>) {
        // As it was written, but for line breaks: an event is one line. In JSON they stand only between tokens.
        for piece in self.as_str().split(['\n', '\r']) {
            output.bytes.extend_from_slice(piece.as_bytes());
        }
    }
}

impl WriteJson for bool {
    fn write(&self, output: &mut Output<'_>) {
        output.bytes.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl WriteJson for i16 {
    fn write(&self, output: &mut Output<'_>) {
        i64::from(*self).write(output);
    }
}

impl WriteJson for i32 {
    fn write(&self, output: &mut Output<'_>) {
        i64::from(*self).write(output);
    }
}

impl WriteJson for i64 {
    fn write(&self, output: &mut Output<'_>) {
        let mut digits = [0; 20];
        let mut start = digits.len();
        let mut rest = self.unsigned_abs();
        while rest >= 100 {
            start -= 2;
            digits[start..start + 2].copy_from_slice(&two_digits(rest % 100));
            rest /= 100;
        }
        let [tens, ones] = two_digits(rest);
        start -= 1;
        digits[start] = ones;
        if rest >= 10 {
            start -= 1;
            digits[start] = tens;
        }
        if *self < 0 {
            start -= 1;
            digits[start] = b'-';
        }
        output.bytes.extend_from_slice(&digits[start..]);
    }
}

impl WriteJson for f64 {
    /// The shorter of the two plain forms that read back: `0.1`, `1e300`.
    fn write(&self, output: &mut Output<'_>) {
        let decimal = self.to_string();
        let exponent = format!("{self:e}");
        let shorter = if exponent.len() < decimal.len() { exponent } else { decimal };
        output.bytes.extend_from_slice(shorter.as_bytes());
    }
}

/// A time, or a list of times, which is written by the field's formats.
pub trait WriteTime {
    /// True where a member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Appends the value; `formats` are those it was read with.
    fn write(&self, formats: &[TimeFormat<'_>], output: &mut Output<'_>);
}

impl WriteTime for Timestamp {
    fn write(&self, formats: &[TimeFormat<'_>], output: &mut Output<'_>) {
        match output.profile {
            Profile::Lake => {
                output.bytes.push(b'"');
                self.write_lake(output.bytes);
                output.bytes.push(b'"');
            }
            Profile::Source => TimeFormat::write(formats, self, output.bytes),
        }
    }
}

impl<T: WriteTime> WriteTime for Option<T> {
    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(WriteTime::is_absent)
    }

    fn write(&self, formats: &[TimeFormat<'_>], output: &mut Output<'_>) {
        match self {
            Some(time) => time.write(formats, output),
            None => output.bytes.extend_from_slice(b"null"),
        }
    }
}

impl<T: WriteTime> WriteTime for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, formats: &[TimeFormat<'_>], output: &mut Output<'_>) {
        write_list(self, output, |time, output| time.write(formats, output));
    }
}

fn write_list<T>(values: &[T], output: &mut Output<'_>, mut write: impl FnMut(&T, &mut Output<'_>)) {
    output.bytes.push(b'[');
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            output.bytes.push(b',');
        }
        write(value, output);
    }
    output.bytes.push(b']');
}

/// Appends `text` to `out` as a JSON string, with no more escapes than JSON asks for.
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut start = 0;
    loop {
        let end = start + plain_length(bytes, start);
        out.extend_from_slice(&bytes[start..end]);
        let Some(mark) = bytes.get(end) else { break };
        write_escape(*mark, out);
        start = end + 1;
    }
    out.push(b'"');
}

/// Appends the escape of a quote, a backslash or a control character.
pub(super) fn write_escape(mark: u8, out: &mut Vec<u8>) {
    const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";
    let short = match mark {
        0x08 => b'b',
        0x0c => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0..0x20 => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[mark >> 4, mark & 15].map(|half| HEXADECIMAL[usize::from(half)]));
            return;
        }
        quote_or_backslash => quote_or_backslash,
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(value: &impl WriteJson) -> String {
        let mut bytes = Vec::new();
        value.write(&mut Output { bytes: &mut bytes, profile: Profile::Lake });
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn numbers_are_exact_and_short() {
        assert_eq!(json(&i64::MIN), "-9223372036854775808");
        assert_eq!(json(&i64::MAX), "9223372036854775807");
        assert_eq!((json(&0_i16), json(&-1_i32)), ("0".into(), "-1".into()));
        assert_eq!(
            (json(&0.1), json(&1.0), json(&1e300), json(&-0.0)),
            ("0.1".into(), "1".into(), "1e300".into(), "-0".into())
        );
        assert_eq!(json(&f64::from_bits(1)), "5e-324");
    }

    #[test]
    fn absent_members_are_left_out_and_empty_ones_are_not() {
        let mut bytes = Vec::new();
        let mut object = ObjectWriter::open(&mut bytes, Profile::Lake);
        object.field("none", &None::<i64>);
        object.field("empty_list", &Vec::<Option<i64>>::new());
        object.field("empty", &Text::from(""));
        object.field("zero", &Some(0_i64));
        object.field("list", &vec![Some(vec![]), None, Some(vec![Some(true)])]);
        object.close();
        assert_eq!(String::from_utf8(bytes).unwrap(), r#"{"empty":"","zero":0,"list":[[],null,[true]]}"#);
    }

    #[test]
    fn json_keeps_its_form_but_not_its_line_breaks() {
        let raw: RawJson<'static> = "{\n  \"a\": [1,\r\n 2.0]\n}".parse().unwrap();
        assert_eq!(json(&raw), r#"{  "a": [1, 2.0]}"#);
    }

    #[test]
    fn strings_have_the_fewest_escapes() {
        let mut out = Vec::new();
        write_string("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}é😀", &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}é😀\"");
    }
}
