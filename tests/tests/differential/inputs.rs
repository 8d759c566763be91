//! Random events for a log type: mostly right, often a little wrong, sometimes hostile.

use std::fmt::Write as _;

use logwright::time::{Pattern, TimeFormat, Timestamp};
use logwright_codegen::lower::{go_layout, time_pattern};
use logwright_codegen::model::{Field, Format, Path, Rule, Schema, Source, Type};

use super::random::Random;
use super::schemas::WORDS;
use super::transforms::{EMBEDDED, SENT, TEXTS_SENT, VALUES};

/// Texts in which indicators and rules may find something.
const TEXTS: &[&str] = &[
    "",
    " ",
    "jane",
    "Jane Doe",
    "203.0.113.7",
    " 203.0.113.7 ",
    "203.0.113.07",
    "2001:db8::1",
    "::ffff:1.2.3.4",
    "10.0.0.0/8",
    "2001:db8::/32",
    "10.0.0.0/33",
    "example.com",
    "xn--bcher-kva.example",
    "xn--",
    "https://u:p@Example.com:8443/p?q#f",
    "//[::1]:80/",
    "host:443",
    "[2001:db8::1]:22",
    "jane@example.com",
    "d41d8cd98f00b204e9800998ecf8427e",
    "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
    "123456789012",
    "i-0abc",
    "arn:aws:iam::123456789012:user/jane",
    "arn:aws:sts::123456789012:assumed-role/r/jane@example.com",
    "arn:aws:ec2:eu:1:instance/i-1",
    "00:1B:44:11:3a:b7",
    "001b.4411.3ab7",
    "😀",
    "\u{feff}x",
    "tab\there",
    "line\nbreak",
    "quote\"slash\\",
    "\u{0}",
    "é",
    "ÿ\u{a0}",
];

/// JSON that belongs to hardly any type.
const HOSTILE: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "1.0",
    "1e3",
    "1E400",
    "-1e-400",
    "0.1e-2",
    "32767",
    "32768",
    "-32769",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "123456789012345678901234567890",
    "\"\"",
    "\"0\"",
    "\"007\"",
    "\"+5\"",
    "\"-\"",
    "\"1_000\"",
    "\"0x10\"",
    "\"NaN\"",
    "\"inf\"",
    "\"1e5\"",
    "\"t\"",
    "\"TRUE\"",
    "\"yes\"",
    "\" 1\"",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "[1,\"a\"]",
    "{\"a\":{\"b\":[1,{}]}}",
    "\"\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\u0000\"",
    "[ 1 , 2 ]",
    "{ \"x\" : 1 }",
    "1761000000",
    "1761000000123",
    "1761000000.5",
    "\"1761000000\"",
    "\"2026-03-01T11:32:44Z\"",
    "\"2026-03-01T11:32:44.123456789+02:00\"",
    "\"2026-03-01T24:00:00Z\"",
    "\"2026-02-30T00:00:00Z\"",
    "253402300800",
    "-62135596801",
    "\"9999-12-31T23:59:59.999999999-23:59\"",
    "\"0000-01-01T00:00:00Z\"",
];

/// What is not JSON at all.
const BROKEN: &[&str] = &[
    "",
    "{",
    "}",
    "tru",
    "nulll",
    "01",
    "1.",
    "+1",
    "'a'",
    "\"a",
    "\"\\x\"",
    "\"\u{1}\"",
    "[1,]",
    "{\"a\"}",
    "{,}",
    "NaN",
    "[1}",
    "\"a\" 1",
];

/// An event for a log type.
pub(crate) fn event(schema: &Schema, random: &mut Random) -> Vec<u8> {
    // Of how many values in a hundred are wrong; most events have none, or a mistake would hide all that follows.
    let wrong = random.pick(&[0, 0, 0, 2, 10, 40]);
    // All lists of an event may have 65,536 elements together.
    let long = (random.below(150) == 0).then_some([32_767, 32_768, 65_535, 65_536, 65_537]);
    let mut writer = Writer { schema, random, wrong, long, text: String::new() };
    writer.object(0);
    let mut bytes = writer.text.into_bytes();
    if random.percent(20) {
        damage(&mut bytes, random);
    }
    bytes
}

/// Changes bytes where they stand.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(2) {
        let at = random.below(bytes.len() + 1);
        match random.below(8) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => _ = bytes.remove(at),
            2 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            3 => bytes.insert(at, random.pick(b"{}[]\":,\\ \n\x00\xff\xc3")),
            4 => _ = bytes.splice(0..0, *b"\xef\xbb\xbf"),
            5 => bytes.extend_from_slice(random.pick(&[&b" "[..], b"\r\n", b"{}", b",", b"x"])),
            6 => _ = bytes.splice(at..at, b"[".repeat(random.pick(&[2, 127, 128, 129, 5000]))),
            _ => _ = bytes.splice(at..at, random.pick(BROKEN).bytes()),
        }
    }
}

/// What stands under a key.
enum Sent<'m> {
    /// A value of a type.
    Value(&'m Type),
    /// An object with something at this path: a value of a type, or any.
    Within(&'m str, Option<&'m Type>),
    /// Something that transformations look for, or anything.
    Any,
}

struct Writer<'w> {
    schema: &'w Schema,
    random: &'w mut Random,
    wrong: u64,
    /// By how many nulls lists are longer.
    long: Option<[usize; 5]>,
    text: String,
}

impl Writer<'_> {
    fn object(&mut self, index: usize) {
        let schema = self.schema;
        let mut fields: Vec<_> = schema.objects[index].fields.iter().collect();
        self.random.shuffle(&mut fields);
        let mut members = Vec::new();
        for field in fields {
            if self.random.percent(if field.required { 100 - self.wrong / 4 } else { 70 }) {
                members.push(self.member(field));
            }
            // A key that comes twice: the last one wins.
            if self.random.percent(3) {
                members.push(self.member(field));
            }
            if self.random.percent(5) {
                members.push((self.random.pick(&["undeclared", "Id", "", "p_log_type", &*field.name]), Sent::Any));
            }
            if self.random.percent(3) {
                members.push((self.random.pick(SENT), Sent::Any));
            }
        }
        if self.random.percent(10) {
            self.random.shuffle(&mut members);
        }
        self.text.push('{');
        for (number, (key, value)) in members.into_iter().enumerate() {
            if number > 0 {
                self.text.push(',');
            }
            self.space();
            self.string(key);
            self.space();
            self.text.push(':');
            self.space();
            self.sent(&value);
            self.space();
        }
        self.text.push('}');
    }

    /// The key and the value from which a field may get its own.
    fn member<'m>(&mut self, field: &'m Field) -> (&'m str, Sent<'m>) {
        if let Some(key) = field.key() {
            return (key, Sent::Value(&field.value));
        }
        let paths = field.source.paths();
        let whole = matches!(field.source, Source::Copy(_)).then_some(&field.value);
        let path = &paths[self.random.below(paths.len())];
        self.start(path, whole)
    }

    /// One of the ways to a path.
    fn start<'m>(&mut self, path: &'m Path, whole: Option<&'m Type>) -> (&'m str, Sent<'m>) {
        let starts: Vec<_> = path.starts().collect();
        let (key, rest) = starts[self.random.below(starts.len())];
        (key, rest.map_or(whole.map_or(Sent::Any, Sent::Value), |rest| Sent::Within(rest, whole)))
    }

    fn sent(&mut self, value: &Sent<'_>) {
        match value {
            Sent::Value(value) => self.value(value),
            Sent::Within(rest, whole) => {
                let path = Path::new(rest).unwrap();
                let (key, value) = self.start(&path, *whole);
                self.text.push('{');
                self.string(key);
                self.text.push(':');
                self.sent(&value);
                self.text.push('}');
            }
            Sent::Any => {
                let pool = match self.random.below(20) {
                    0..=12 => TEXTS_SENT,
                    13..=17 => VALUES,
                    _ => HOSTILE,
                };
                self.text.push_str(self.random.pick(pool));
            }
        }
    }

    /// A value that may be the content of a string.
    fn embedded(&mut self, inner: &Type) {
        match self.random.below(10) {
            0..=5 => {
                let outer = std::mem::take(&mut self.text);
                self.value(inner);
                if self.random.percent(5) {
                    self.text.push_str(self.random.pick(BROKEN));
                }
                let content = std::mem::replace(&mut self.text, outer);
                self.string(&content);
            }
            6 if self.wrong > 0 => {
                let content = self.random.pick(EMBEDDED);
                self.string(content);
            }
            _ => self.value(inner),
        }
    }

    fn space(&mut self) {
        if self.random.percent(5) {
            self.text.push_str(self.random.pick(&[" ", "\t", "\n", "\r\n ", "  "]));
        }
    }

    /// A string, at times with more escapes than it needs.
    fn string(&mut self, text: &str) {
        let escape = self.random.percent(10);
        self.text.push('"');
        for character in text.chars() {
            let needs = character < ' ' || matches!(character, '"' | '\\');
            if needs || (escape && self.random.percent(40)) {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    let _ = write!(self.text, "\\u{unit:04x}");
                }
            } else {
                self.text.push(character);
            }
        }
        self.text.push('"');
    }

    fn value(&mut self, value: &Type) {
        if self.random.percent(self.wrong) {
            return self.text.push_str(self.random.pick(HOSTILE));
        }
        if self.random.percent(3) {
            return self.text.push_str("null");
        }
        match value {
            Type::String { validate, .. } => {
                let mut pool = TEXTS.to_vec();
                if let Some(validate) = validate {
                    pool = if validate.cidr.is_some() { vec!["10.0.0.0/8", "2001:db8::/32"] } else { WORDS.to_vec() };
                    if validate.ip.is_some() {
                        pool = vec!["203.0.113.7", "2001:db8::1"];
                    }
                    if let Some(Rule::Allow(values)) = &validate.rule {
                        pool = values.iter().map(String::as_str).collect();
                    }
                }
                let text = self.random.pick(&pool);
                self.string(text);
            }
            Type::SmallInt => self.integer(&["0", "-1", "32767", "-32768", "7"]),
            Type::Int => self.integer(&["0", "65536", "2147483647", "-2147483648"]),
            Type::BigInt => self.integer(&["9223372036854775807", "-9223372036854775808", "9007199254740993"]),
            Type::Float => {
                self.integer(&["0.1", "-0", "1e300", "5e-324", "1.7976931348623157e308", "0.30000000000000004"]);
            }
            Type::Boolean => self.text.push_str(self.random.pick(&["true", "false", "0", "1", "\"t\"", "\"False\""])),
            Type::Json => self.text.push_str(self.random.pick(HOSTILE)),
            Type::Timestamp { formats, .. } => self.time(formats),
            Type::Object(index) => self.object(*index),
            Type::Embedded(inner) => self.embedded(inner),
            Type::Array(element) => {
                self.text.push('[');
                for number in 0..self.random.below(4) {
                    if number > 0 {
                        self.text.push(',');
                    }
                    self.space();
                    self.value(element);
                }
                if let Some(lengths) = self.long {
                    let nulls = vec!["null"; self.random.pick(&lengths)].join(",");
                    let comma = if self.text.ends_with('[') { "" } else { "," };
                    self.text.extend([comma, &nulls]);
                }
                self.space();
                self.text.push(']');
            }
        }
    }

    fn integer(&mut self, pool: &[&str]) {
        let digits = self.random.pick(pool);
        if self.random.percent(20) {
            self.string(digits);
        } else {
            self.text.push_str(digits);
        }
    }

    /// A time in one of the formats, as the kernel writes it.
    fn time(&mut self, formats: &[Format]) {
        let second = self.random.pick(&[0, 1, -1, 1_761_000_000, 4_102_444_799, 951_782_400, -2_208_988_800]);
        let nanos = self.random.pick(&[0, 500_000_000, 123_000_000, 123_456_000, 123_456_789]);
        let time = Timestamp::from_unix(second, nanos).unwrap();
        let parts = match &formats[self.random.below(formats.len())] {
            Format::Strftime(pattern) => time_pattern::compile(pattern).unwrap(),
            Format::GoLayout(layout) => go_layout::compile(layout).unwrap(),
            Format::Rfc3339 | Format::Cloudflare => return self.write_time(&[TimeFormat::Rfc3339], time),
            Format::Unix | Format::UnixAuto => return self.write_time(&[TimeFormat::Unix], time),
            Format::UnixMs => return self.write_time(&[TimeFormat::UnixMs], time),
            Format::UnixUs => return self.write_time(&[TimeFormat::UnixUs], time),
            Format::UnixNs => return self.write_time(&[TimeFormat::UnixNs], time),
        };
        self.write_time(&[TimeFormat::Pattern(Pattern::new(&parts))], time);
    }

    fn write_time(&mut self, formats: &[TimeFormat<'_>], time: Timestamp) {
        let mut bytes = Vec::new();
        TimeFormat::write(formats, &time, &mut bytes);
        self.text.push_str(&String::from_utf8(bytes).unwrap());
    }
}
