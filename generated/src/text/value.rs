//! A part of a line on its way into a field: trimmed, absent where the schema calls it empty, then decoded.

use std::borrow::Cow;
use std::str::FromStr;

use crate::json::decode::{self, Token};
use crate::json::{Error, RawJson, Reader, Slot, Text, cut, embedded, piece};
use crate::time::{TimeFormat, Timestamp, digits};

/// How the parts of a line become values: the options that all text parsers of the schema language share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options<'o> {
    /// Whether white space around each value is cut off.
    pub trim_space: bool,
    /// A value that is equal to one of these is absent.
    pub empty_values: &'o [&'o str],
}

impl Options<'_> {
    /// The value of a part of a line.
    #[inline]
    pub fn value<'a>(&self, text: impl Into<Cow<'a, str>>) -> Value<'a> {
        let kept = match text.into() {
            Cow::Borrowed(text) => self.kept(text).map(Cow::Borrowed),
            Cow::Owned(text) => self.kept(&text).map(|text| Cow::Owned(text.to_owned())),
        };
        Value(kept.map_or(Held::Nothing, Held::Text))
    }

    /// The same in a call, for code of which there is much and which is rarely run.
    #[inline(never)]
    pub(super) fn any_value<'a>(&self, text: impl Into<Cow<'a, str>>) -> Value<'a> {
        self.value(text)
    }

    /// The value of a part of a line that needs no escape when it is written as JSON.
    #[expect(clippy::inline_always, reason = "only so are the options known")]
    #[inline(always)]
    pub(super) fn plain_value<'a>(&self, text: &'a str) -> Value<'a> {
        Value(self.kept(text).map_or(Held::Nothing, Held::Plain))
    }

    /// The text as the options let it through.
    #[expect(clippy::inline_always, reason = "only so are the options known")]
    #[inline(always)]
    fn kept<'a>(&self, text: &'a str) -> Option<&'a str> {
        let text = if self.trim_space { text.trim() } else { text };
        // No `contains` or `all`, which are calls that know nothing of the options.
        for empty in self.empty_values {
            if *empty == text {
                return None;
            }
        }
        Some(text)
    }

    /// The value that `expandFields` makes of the parts of a template; absent where it comes out empty.
    ///
    /// ```
    /// use logwright::text::Options;
    ///
    /// let options = Options { trim_space: false, empty_values: &["@"] };
    /// let (user, host) = (options.value("jane"), options.value("acme"));
    /// assert_eq!(options.expanded(&[user.or_empty(), "@", host.or_empty()]).as_str(), Some("jane@acme"));
    /// assert_eq!(options.expanded(&["", "@", ""]).as_str(), None);
    /// ```
    pub fn expanded(&self, parts: &[&str]) -> Value<'static> {
        let text = parts.concat();
        let empty = text.is_empty() || self.empty_values.contains(&text.as_str());
        Value(if empty { Held::Nothing } else { Held::Text(text.into()) })
    }
}

/// The text that a line has for one field, if it has any.
///
/// Its methods are those of [`Reader`](crate::json::Reader): a text becomes what the same text becomes as a JSON string.
#[derive(Clone, Debug, Default)]
pub struct Value<'a>(Held<'a>);

#[derive(Clone, Debug, Default)]
enum Held<'a> {
    #[default]
    Nothing,
    /// A part of the line that needs no escape when it is written as JSON.
    Plain(&'a str),
    Text(Cow<'a, str>),
}

impl<'a> Value<'a> {
    /// No text.
    pub(super) const ABSENT: Self = Self(Held::Nothing);

    /// The text, if there is one.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Held::Nothing => None,
            Held::Plain(text) => Some(text),
            Held::Text(text) => Some(text),
        }
    }

    /// The text, empty where there is none.
    pub fn or_empty(&self) -> &str {
        self.as_str().unwrap_or_default()
    }

    /// This value, or `other` where it is absent.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if matches!(self.0, Held::Nothing) { other } else { self }
    }

    /// As a value of type `string`.
    #[inline]
    pub fn string(self) -> Slot<Text<'a>> {
        self.into_text().map_or(Slot::Empty, Slot::Value)
    }

    /// As a value of type `smallint`.
    #[inline]
    pub fn smallint(self) -> Slot<i16> {
        self.integer("a 16-bit integer")
    }

    /// As a value of type `int`.
    #[inline]
    pub fn int(self) -> Slot<i32> {
        self.integer("a 32-bit integer")
    }

    /// As a value of type `bigint`.
    #[inline]
    pub fn bigint(self) -> Slot<i64> {
        self.integer("a 64-bit integer")
    }

    /// As a value of type `float`.
    pub fn float(self) -> Slot<f64> {
        decode::float(&self.token())
    }

    /// As a value of type `boolean`.
    pub fn boolean(self) -> Slot<bool> {
        decode::boolean(&self.token())
    }

    /// As a value of type `timestamp`, in the first of `formats` that fits.
    #[inline]
    pub fn timestamp(self, formats: &[TimeFormat<'_>]) -> Slot<Timestamp> {
        match self.as_str() {
            None => Slot::Empty,
            Some(text) => decode::text_time(text, formats),
        }
    }

    /// As a value of type `json`: the text as a JSON string.
    pub fn json(self) -> Slot<RawJson<'a>> {
        self.as_str().map_or(Slot::Empty, |text| Slot::Value(RawJson::string(text)))
    }

    /// As a value of type `array`, which a text never is.
    pub fn array<T>(self) -> Slot<T> {
        self.token().absent_or_wrong("an array")
    }

    /// As a value of type `object`, which a text never is.
    pub fn object<T>(self) -> Slot<T> {
        self.token().absent_or_wrong("an object")
    }

    /// Digits are nearly always what stands where the schema has a number.
    #[inline]
    fn integer<T: FromStr + TryFrom<i64>>(self, expected: &str) -> Slot<T> {
        match self.as_str() {
            None => Slot::Empty,
            Some(text) => match digits(text.as_bytes()).and_then(|value| value.try_into().ok()) {
                Some(value) => Slot::Value(value),
                None => self.any_integer(expected),
            },
        }
    }

    #[cold]
    fn any_integer<T: FromStr>(self, expected: &str) -> Slot<T> {
        decode::integer(&self.token(), expected)
    }

    fn token(self) -> Token<'a> {
        self.into_text().map_or(Token::Null, Token::String)
    }

    #[inline]
    fn into_text(self) -> Option<Text<'a>> {
        match self.0 {
            Held::Nothing => None,
            Held::Plain(text) => Some(Text::clean(text)),
            Held::Text(text) => Some(Text::from_decoded(text)),
        }
    }
}

/// The transformations of a schema. The values of a line are texts, and so a path is the name of one.
impl Value<'_> {
    /// The texts of `parts` joined; one that is absent is skipped, and without any the result is absent.
    #[must_use]
    pub fn concat(parts: &[&Self], separator: &str) -> Self {
        let texts: Vec<&str> = parts.iter().filter_map(|part| part.as_str()).collect();
        Self(if texts.is_empty() { Held::Nothing } else { Held::Text(texts.join(separator).into()) })
    }

    /// One of the pieces of the text between which `separator` stands, from 0 or, where `index` is negative, from the end;
    /// absent where there is no such piece.
    #[must_use]
    pub fn split(&self, separator: &str, index: i64) -> Self {
        let text = match &self.0 {
            Held::Nothing => return Self::ABSENT,
            Held::Plain(text) => Cow::Borrowed(*text),
            Held::Text(text) => text.clone(),
        };
        let piece = piece(&text, separator, index);
        Self(piece.map_or(Held::Nothing, |place| Held::Text(cut(text, place))))
    }

    /// As a value that is the content of a string, see [`Reader::embedded`](crate::json::Reader::embedded).
    pub fn embedded<T>(self, read: impl for<'b> FnOnce(&mut Reader<'b>) -> Result<Slot<T>, Error>) -> Slot<T> {
        self.as_str().map_or(Slot::Empty, |text| embedded(text, read))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self(Held::Text(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Options<'static> = Options { trim_space: false, empty_values: &[] };

    #[test]
    fn values_are_trimmed_before_they_are_called_empty() {
        let options = Options { trim_space: true, empty_values: &["-", "n/a"] };
        assert_eq!(options.value("\u{a0} x\t").as_str(), Some("x"));
        assert_eq!(options.value(" - ").as_str(), None);
        assert_eq!(options.value(String::from(" n/a")).as_str(), None);
        assert_eq!(options.value("").as_str(), Some(""));
        assert_eq!(PLAIN.value(" - ").as_str(), Some(" - "));
    }

    #[test]
    fn an_expansion_is_neither_trimmed_nor_kept_when_empty() {
        let options = Options { trim_space: true, empty_values: &["-"] };
        assert_eq!(options.expanded(&[" a", " "]).as_str(), Some(" a "));
        assert_eq!(options.expanded(&["", ""]).as_str(), None);
        assert_eq!(options.expanded(&["-"]).as_str(), None);
        assert_eq!(options.expanded(&["x"]).or("y".into()).as_str(), Some("x"));
        assert_eq!(options.expanded(&[]).or("y".into()).as_str(), Some("y"));
    }

    #[test]
    fn an_empty_text_is_a_string_and_no_number() {
        assert!(matches!(PLAIN.value("").string(), Slot::Value(text) if text.is_empty()));
        assert!(matches!(PLAIN.value("").bigint(), Slot::Empty));
        assert!(matches!(PLAIN.value("").float(), Slot::Empty));
        assert!(matches!(PLAIN.value("").boolean(), Slot::Empty));
        assert!(matches!(PLAIN.value("").timestamp(&[TimeFormat::Unix]), Slot::Empty));
        assert!(matches!(Value::default().string(), Slot::Empty));
    }

    #[test]
    fn a_text_decodes_as_the_same_json_string() {
        assert!(matches!(PLAIN.value("+07").smallint(), Slot::Value(7)));
        assert!(matches!(PLAIN.value("99999").smallint(), Slot::Wrong(_)));
        assert!(matches!(PLAIN.value("-1").int(), Slot::Value(-1)));
        assert!(matches!(PLAIN.value("1e3").float(), Slot::Value(value) if (value - 1e3).abs() < 1e-9));
        assert!(matches!(PLAIN.value("T").boolean(), Slot::Value(true)));
        assert!(matches!(PLAIN.value("12.5").timestamp(&[TimeFormat::Unix]), Slot::Value(_)));
        assert!(matches!(PLAIN.value("a\"b").json(), Slot::Value(json) if json.as_str() == r#""a\"b""#));
        assert!(matches!(PLAIN.value("[]").array::<u8>(), Slot::Wrong(_)));
        assert!(matches!(PLAIN.value("").object::<u8>(), Slot::Wrong(_)));
        assert!(matches!(Value::default().array::<u8>(), Slot::Empty));
    }
}
