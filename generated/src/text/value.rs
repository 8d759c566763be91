//! A part of a line on its way into a field: trimmed, absent where the schema calls it empty, then decoded.

use std::borrow::Cow;
use std::str::FromStr;

use crate::json::decode::{self, Token};
use crate::json::{Error, RawJson, Reader, Slot, Text, cut, embedded, piece};
use crate::time::{TimeFormat, Timestamp};

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
        match text.into() {
            Cow::Borrowed(text) => Value(self.kept(text).map(Text::from)),
            Cow::Owned(text) => Value(self.kept(&text).map(|text| Text::from(text.to_owned()))),
        }
    }

    /// The value of a part of a line that needs no escape when it is written as JSON.
    #[expect(clippy::inline_always, reason = "only so are the options known")]
    #[inline(always)]
    pub(super) fn plain_value<'a>(&self, text: &'a str) -> Value<'a> {
        Value(self.kept(text).map(|text| Text::json(text, false)))
    }

    /// The text as the options let it through.
    #[expect(clippy::inline_always, reason = "only so are the options known")]
    #[inline(always)]
    fn kept<'a>(&self, text: &'a str) -> Option<&'a str> {
        let text = if self.trim_space { text.trim() } else { text };
        // No `contains`, which is a call that knows nothing of the options.
        self.empty_values.iter().all(|empty| *empty != text).then_some(text)
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
        Value(if empty { None } else { Some(Text::from(text)) })
    }
}

/// The text that a line has for one field, if it has any.
///
/// Its methods are those of [`Reader`](crate::json::Reader): a text becomes what the same text becomes as a JSON string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value<'a>(Option<Text<'a>>);

impl<'a> Value<'a> {
    /// No text.
    pub(super) const ABSENT: Self = Self(None);

    /// The text, if there is one.
    pub fn as_str(&self) -> Option<&str> {
        // It never holds JSON with escapes.
        self.0.as_ref().and_then(Text::as_str)
    }

    /// The text, empty where there is none.
    pub fn or_empty(&self) -> &str {
        self.as_str().unwrap_or_default()
    }

    /// This value, or `other` where it is absent.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0))
    }

    /// As a value of type `string`.
    #[inline]
    pub fn string(self) -> Slot<Text<'a>> {
        self.0.map_or(Slot::Empty, Slot::Value)
    }

    /// As a value of type `smallint`.
    pub fn smallint(self) -> Slot<i16> {
        self.integer("a 16-bit integer")
    }

    /// As a value of type `int`.
    pub fn int(self) -> Slot<i32> {
        self.integer("a 32-bit integer")
    }

    /// As a value of type `bigint`.
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
    fn integer<T: FromStr>(self, expected: &str) -> Slot<T> {
        match self.as_str().map(str::parse) {
            None => Slot::Empty,
            Some(Ok(value)) => Slot::Value(value),
            Some(Err(_)) => decode::integer(&self.token(), expected),
        }
    }

    fn token(self) -> Token<'a> {
        self.0.map_or(Token::Null, Token::String)
    }
}

/// The transformations of a schema. The values of a line are texts, and so a path is the name of one.
impl<'a> Value<'a> {
    /// The texts of `parts` joined; one that is absent is skipped, and without any the result is absent.
    #[must_use]
    pub fn concat(parts: &[&Self], separator: &str) -> Self {
        let texts: Vec<&str> = parts.iter().filter_map(|part| part.as_str()).collect();
        Self((!texts.is_empty()).then(|| Text::from(texts.join(separator))))
    }

    /// One of the pieces of the text between which `separator` stands, from 0 or, where `index` is negative, from the end;
    /// absent where there is no such piece.
    #[must_use]
    pub fn split(&self, separator: &str, index: i64) -> Self {
        let piece = |text: Cow<'a, str>| {
            let place = piece(&text, separator, index)?;
            Some(Text::from_decoded(cut(text, place)))
        };
        Self(self.0.clone().map(Text::into_decoded).and_then(piece))
    }

    /// As a value that is the content of a string, see [`Reader::embedded`](crate::json::Reader::embedded).
    pub fn embedded<T>(self, read: impl for<'b> FnOnce(&mut Reader<'b>) -> Result<Slot<T>, Error>) -> Slot<T> {
        self.as_str().map_or(Slot::Empty, |text| embedded(text, read))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self(Some(Text::from(text)))
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
