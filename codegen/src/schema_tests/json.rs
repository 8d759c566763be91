//! JSON values that are compared exactly.
//!
//! A tree of its own, over the kernel's reader, because the usual one takes large numbers for doubles: 9007199254740993
//! and 9007199254740992 would be equal. Here numbers stay as they are written and are compared as decimals of any length,
//! so that `1.0` equals `1` and nothing else does. It also takes exactly the JSON that events are made of.

use std::collections::BTreeMap;
use std::fmt;

use logwright::json::{Error, RawJson, Reader, Slot, decode_string, elements};

use crate::json::quoted;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Boolean(bool),
    Number(Number),
    String(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

/// A number as it is written.
#[derive(Clone, Debug)]
pub(super) struct Number(String);

impl Json {
    /// The value that a text is.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        // Checks the whole, so that the steps below meet only what is JSON.
        let whole: RawJson<'static> = text.parse()?;
        Self::checked(whole.as_str())
    }

    fn checked(text: &str) -> Result<Self, Error> {
        Ok(match text.as_bytes().first() {
            Some(b'{') => Self::Object(Reader::read(text.as_bytes(), members)?),
            Some(b'[') => {
                let elements = elements(text.as_bytes())?;
                let parse = |element: &&[u8]| Self::checked(String::from_utf8_lossy(element).trim());
                Self::Array(elements.iter().map(parse).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Self::String(decode_string(text.as_bytes()).unwrap_or_default().into_owned()),
            Some(b't') => Self::Boolean(true),
            Some(b'f') => Self::Boolean(false),
            Some(b'n') => Self::Null,
            _ => Self::Number(Number(text.to_owned())),
        })
    }
}

fn members(reader: &mut Reader<'_>) -> Result<BTreeMap<String, Json>, Error> {
    let mut members = BTreeMap::new();
    while let Some(key) = reader.key()? {
        let value = match reader.json()? {
            Slot::Value(raw) => Json::checked(raw.as_str())?,
            _ => Json::Null,
        };
        members.insert(key.into_owned(), value);
    }
    Ok(members)
}

impl Number {
    /// Sign, digits without zeros around them, and the power of ten of the last digit.
    fn decimal(&self) -> (bool, String, i64) {
        let (negative, rest) = match self.0.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.0.as_str()),
        };
        let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let end = digits.trim_end_matches('0');
        let significant = end.trim_start_matches('0');
        if significant.is_empty() {
            return (false, String::new(), 0);
        }
        let zeros = i64::try_from(digits.len() - end.len()).unwrap_or(i64::MAX);
        let after_point = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
        match exponent.parse::<i64>().ok().and_then(|power| power.checked_add(zeros)?.checked_sub(after_point)) {
            Some(power) => (negative, significant.to_owned(), power),
            // A power that no counter holds is equal to itself alone.
            None => (negative, rest.to_owned(), 0),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.decimal() == other.decimal()
    }
}

impl Eq for Number {}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(Number(text)) => f.write_str(text),
            Self::String(text) => f.write_str(&quoted(text)),
            Self::Array(elements) => {
                let elements: Vec<_> = elements.iter().map(Self::to_string).collect();
                write!(f, "[{}]", elements.join(", "))
            }
            Self::Object(members) => {
                let member = |(key, value): (&String, &Self)| format!("{}: {value}", quoted(key));
                let members: Vec<_> = members.iter().map(member).collect();
                write!(f, "{{{}}}", members.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_equal_by_value_and_exactly() {
        for (one, two) in [
            ("1", "1.0"),
            ("0", "-0.00e7"),
            ("1e3", "1000"),
            ("0.10", "1E-1"),
            ("-12.5e1", "-125"),
            ("1e999", "10e998"),
        ] {
            assert_eq!(parse(one), parse(two));
        }
        for (one, two) in [
            ("9007199254740993", "9007199254740992"),
            ("1", "-1"),
            ("1", "10"),
            ("0.1", "0.10000000000000001"),
            ("1e99999999999999999999", "1e99999999999999999998"),
            ("1", "\"1\""),
        ] {
            assert_ne!(parse(one), parse(two));
        }
    }

    #[test]
    fn objects_have_no_order_and_arrays_have_one() {
        assert_eq!(
            parse(r#" {"a": [1, {"b": null}], "c\n": "\u0064"} "#),
            parse(r#"{"c\n":"d","a":[1.0,{"b":null}]}"#)
        );
        assert_ne!(parse("[1, 2]"), parse("[2, 1]"));
        assert_ne!(parse(r#"{"a": null}"#), parse("{}"));
        assert_eq!(parse(r#"{"b":[ true,{}] ,"a":"\t"}"#).to_string(), r#"{"a": "\t", "b": [true, {}]}"#);
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", "{", "[1,]", "{} {}", "01", "{'a': 1}"] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
    }
}
