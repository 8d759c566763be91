//! The writer: normalised events, byte by byte into one buffer.
//!
//! Null and absent values are left out, and so are empty arrays; nothing else is. Times are written in the profile of the
//! output; see [`Profile`].

use super::key::Key;
use super::raw::RawJson;
use super::text::Text;
use super::undeclared::Undeclared;
use crate::event::Profile;
use crate::indicators::Indicators;
use crate::log_type::Object;
use crate::scan::{has_no_breaks, plain_length};
use crate::time::{QUOTED_LAKE, TimeFormat, Timestamp, write_decimal};

/// Where an event is written to, and how its times are written.
#[derive(Debug)]
pub struct Output<'o> {
    /// The bytes so far; values are appended.
    pub bytes: &'o mut Vec<u8>,
    /// How times are written.
    pub profile: Profile,
    /// The first time that was written for the lake, and where it stands: most events have it once more, as their own time.
    first_time: Option<(Timestamp, usize)>,
    /// Where the indicators in what is written go, if anywhere.
    pub(super) indicators: Option<&'o mut Indicators>,
}

impl<'o> Output<'o> {
    /// At the end of `bytes`.
    pub(super) fn new(bytes: &'o mut Vec<u8>, profile: Profile, indicators: Option<&'o mut Indicators>) -> Self {
        Self { bytes, profile, first_time: None, indicators }
    }

    /// Appends a time; `formats` are those it was read with.
    pub fn time(&mut self, time: Timestamp, formats: &[TimeFormat<'_>]) {
        match self.profile {
            Profile::Lake => self.lake_time(time),
            Profile::Source => TimeFormat::write(formats, &time, self.bytes),
        }
    }

    /// Appends the time as the lake has it, in quotes.
    pub(crate) fn lake_time(&mut self, time: Timestamp) {
        match self.first_time {
            Some((first, at)) if first == time && self.bytes.len() >= at + QUOTED_LAKE => {
                let mut text = [0; QUOTED_LAKE];
                text.copy_from_slice(&self.bytes[at..at + QUOTED_LAKE]);
                self.bytes.extend_from_slice(&text);
            }
            _ => {
                self.first_time.get_or_insert((time, self.bytes.len()));
                self.bytes.extend_from_slice(&time.quoted_lake());
            }
        }
    }
}

/// One JSON object on its way out.
#[derive(Debug)]
pub struct ObjectWriter<'o> {
    output: Output<'o>,
    /// Where the object starts in the output. Each member is written with a comma before it, of which the first becomes the
    /// brace in the end: so no member needs to know whether it is the first.
    start: usize,
}

impl<'o> ObjectWriter<'o> {
    /// Opens an object at the end of `bytes`.
    pub fn open(bytes: &'o mut Vec<u8>, profile: Profile) -> Self {
        Self::within(Output::new(bytes, profile, None))
    }

    /// Opens an object at the end of `output`.
    pub(super) fn within(output: Output<'o>) -> Self {
        let start = output.bytes.len();
        Self { output, start }
    }

    /// Closes the object.
    pub fn close(self) {
        match self.output.bytes.get_mut(self.start) {
            Some(comma) => *comma = b'{',
            None => self.output.bytes.push(b'{'),
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

    /// Writes the members that no field has taken.
    pub fn undeclared(&mut self, undeclared: &Undeclared<'_>) {
        let mut quoted = Vec::new();
        for (key, value) in undeclared.iter() {
            quoted.clear();
            write_string(key, &mut quoted);
            self.field(&String::from_utf8_lossy(&quoted[1..quoted.len() - 1]), value);
        }
    }

    pub(super) fn output(&mut self) -> &mut Output<'o> {
        &mut self.output
    }

    /// The same, with a place for indicators.
    pub(super) fn searched<R>(&mut self, indicators: &mut Indicators, write: impl FnOnce(&mut Output<'_>) -> R) -> R {
        let mut output = Output::new(self.output.bytes, self.output.profile, Some(indicators));
        let result = write(&mut output);
        self.output.first_time = output.first_time;
        result
    }

    /// Writes a key, which fits into its block, and leaves the value to the caller.
    pub(crate) fn member_of(&mut self, key: &Key) -> &mut Vec<u8> {
        key.write(0, self.output.bytes);
        self.output.bytes
    }

    /// Writes `,"key":` and leaves the value to the caller.
    #[expect(
        clippy::inline_always,
        reason = "a key that is known when this is compiled becomes a few stores of constants"
    )]
    #[inline(always)]
    pub(crate) fn member(&mut self, key: &str) -> &mut Output<'o> {
        let bytes = &mut *self.output.bytes;
        let length = key.len() + 4;
        if length <= 32 {
            // One piece has one check for room.
            let mut piece = [b'"'; 32];
            piece[0] = b',';
            piece[2..length - 2].copy_from_slice(key.as_bytes());
            piece[length - 1] = b':';
            bytes.extend_from_slice(&piece[..length]);
        } else {
            bytes.extend_from_slice(b",\"");
            bytes.extend_from_slice(key.as_bytes());
            bytes.extend_from_slice(b"\":");
        }
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
        output.bytes.push(b'[');
        for (index, value) in self.iter().enumerate() {
            if index > 0 {
                output.bytes.push(b',');
            }
            value.write(output);
        }
        output.bytes.push(b']');
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
        if has_no_breaks(self.as_str().as_bytes()) {
            return output.bytes.extend_from_slice(self.as_str().as_bytes());
        }
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

impl WriteJson for i64 {
    fn write(&self, output: &mut Output<'_>) {
        let magnitude = self.unsigned_abs();
        if *self < 0 {
            output.bytes.push(b'-');
        }
        write_decimal(magnitude, output.bytes);
    }
}

impl WriteJson for f64 {
    /// The shorter of the two plain forms that read back: `0.1`, `1e300`.
    fn write(&self, output: &mut Output<'_>) {
        if let Some((digits, places)) = few_digits(self.abs()) {
            if *self < 0.0 {
                output.bytes.push(b'-');
            }
            return write_places(digits, places, output.bytes);
        }
        let decimal = self.to_string();
        let exponent = format!("{self:e}");
        let shorter = if exponent.len() < decimal.len() { exponent } else { decimal };
        output.bytes.extend_from_slice(shorter.as_bytes());
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
fn write_places(digits: u64, places: usize, out: &mut Vec<u8>) {
    let power = u64::from(POWERS[places]);
    write_decimal(digits / power, out);
    if places > 0 {
        // With a one in front the zeros after the point are kept. The point takes its place.
        let point = out.len();
        write_decimal(digits % power + power, out);
        out[point] = b'.';
    }
}

/// Appends `text` to `out` as a JSON string, with no more escapes than JSON asks for.
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    write_bytes(text.as_bytes(), out);
}

/// The same for a text that is known to be UTF-8.
#[inline(never)]
pub(crate) fn write_bytes(text: &[u8], out: &mut Vec<u8>) {
    match plain_length(text, 0) {
        end if end == text.len() => write_plain(text, out),
        end => write_escapes(text, end, out),
    }
}

/// How long the block is in which a short text is written with its quotes.
const BLOCK: usize = 32;

/// The same for a text that needs no escape.
///
/// The first and the last bytes of a short text, which may overlap, are copied into a block, and that to the output: pieces of
/// fixed size are a few instructions each, where a copy of another size is a call.
#[inline(never)]
pub(crate) fn write_plain(text: &[u8], out: &mut Vec<u8>) {
    let mut block = [b'"'; BLOCK];
    let length = text.len();
    match length {
        _ if out.capacity() - out.len() < block.len() => return write_long(text, out),
        8..16 => copy_ends::<8>(text, &mut block),
        16..=30 => copy_ends::<16>(text, &mut block),
        4..8 => copy_ends::<4>(text, &mut block),
        _ => return write_long(text, out),
    }
    let end = out.len() + length + 2;
    out.extend_from_slice(&block);
    out.truncate(end);
}

/// Copies a text of `N` to twice `N` bytes to the place after the first, with a quote after it.
#[inline]
fn copy_ends<const N: usize>(text: &[u8], block: &mut [u8; BLOCK]) {
    if let (Some(first), Some(last)) = (text.first_chunk::<N>(), text.last_chunk::<N>())
        && let Some(place) = block.get_mut(text.len() + 1 - N..text.len() + 2)
    {
        place[..N].copy_from_slice(last);
        place[N] = b'"';
        block[1..=N].copy_from_slice(first);
    }
}

#[inline(never)]
fn write_long(text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text);
    out.push(b'"');
}

/// The same for a text whose first byte that needs an escape is at `end`.
#[cold]
fn write_escapes(text: &[u8], mut end: usize, out: &mut Vec<u8>) {
    out.reserve(text.len() + 3);
    out.push(b'"');
    let mut start = 0;
    loop {
        out.extend_from_slice(&text[start..end]);
        let Some(mark) = text.get(end) else { break };
        write_escape(*mark, out);
        start = end + 1;
        end = start + plain_length(text, start);
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
        value.write(&mut Output::new(&mut bytes, Profile::Lake, None));
        String::from_utf8(bytes).unwrap()
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
