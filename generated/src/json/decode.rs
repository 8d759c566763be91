//! From tokens to typed values: the table of section "decoding" of the schema language, one function per type.

use std::str::FromStr;

use super::error::{Code, Error};
use super::slot::Slot;
use super::text::Text;
use crate::time::{self, TimeFormat, Timestamp};

/// A value as the reader found it.
#[derive(Debug)]
pub(crate) enum Token<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as written.
    Number(&'a str),
    /// A string.
    String(Text<'a>),
    /// An array, whose content has been skipped.
    Array,
    /// An object, whose content has been skipped.
    Object,
}

impl Token<'_> {
    /// The token in words, for messages; long values are cut.
    fn found(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Boolean(value) => value.to_string(),
            Self::Number(digits) => shorten(digits),
            Self::String(text) => quote(&text.decode()),
            Self::Array => "an array".to_owned(),
            Self::Object => "an object".to_owned(),
        }
    }

    /// A mismatch that says what stands here instead of what was expected.
    #[cold]
    pub(crate) fn wrong<T>(&self, code: Code, expected: &str) -> Slot<T> {
        Slot::Wrong(Error::mismatch(code, expected, &self.found()))
    }

    /// Nothing for null, and else a mismatch.
    pub(crate) fn absent_or_wrong<T>(&self, expected: &str) -> Slot<T> {
        match self {
            Self::Null => Slot::Empty,
            token => token.wrong(Code::Type, expected),
        }
    }
}

pub(crate) fn string(token: Token<'_>) -> Slot<Text<'_>> {
    match token {
        Token::Null => Slot::Empty,
        Token::String(text) => Slot::Value(text),
        Token::Number(digits) => Slot::Value(Text::json(digits, false)),
        Token::Boolean(true) => Slot::Value(Text::json("true", false)),
        Token::Boolean(false) => Slot::Value(Text::json("false", false)),
        Token::Array | Token::Object => token.wrong(Code::Type, "a string"),
    }
}

/// A signed integer of any width; `expected` names it.
pub(crate) fn integer<T: FromStr>(token: &Token<'_>, expected: &str) -> Slot<T> {
    let decoded;
    let digits = match token {
        Token::Null => return Slot::Empty,
        Token::Number(digits) => *digits,
        Token::String(text) if text.is_empty() => return Slot::Empty,
        Token::String(text) => {
            decoded = text.decode();
            &*decoded
        }
        _ => return token.wrong(Code::Type, expected),
    };
    match digits.parse() {
        Ok(value) => Slot::Value(value),
        Err(_) if is_decimal(digits) => token.wrong(Code::Range, expected),
        Err(_) => token.wrong(Code::Type, expected),
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) fn float(token: &Token<'_>) -> Slot<f64> {
    const EXPECTED: &str = "a number";
    let decoded;
    let digits = match token {
        Token::Null => return Slot::Empty,
        Token::Number(digits) => *digits,
        Token::String(text) if text.is_empty() => return Slot::Empty,
        Token::String(text) => {
            decoded = text.decode();
            &*decoded
        }
        _ => return token.wrong(Code::Type, EXPECTED),
    };
    // The standard parser also takes `inf`, `nan` and the like; none of them consists of these bytes alone.
    let decimal = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    match digits.parse::<f64>() {
        Ok(value) if decimal && value.is_finite() => Slot::Value(value),
        Ok(_) if decimal => token.wrong(Code::Range, "a number that fits a double"),
        _ => token.wrong(Code::Type, EXPECTED),
    }
}

pub(crate) fn boolean(token: &Token<'_>) -> Slot<bool> {
    let value = match token {
        Token::Null => return Slot::Empty,
        Token::Boolean(value) => Some(*value),
        Token::Number("0") => Some(false),
        Token::Number("1") => Some(true),
        Token::String(text) => match &*text.decode() {
            "" => return Slot::Empty,
            "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
            "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
            _ => None,
        },
        _ => None,
    };
    match value {
        Some(value) => Slot::Value(value),
        None => token.wrong(Code::Type, "a boolean"),
    }
}

pub(crate) fn timestamp(token: &Token<'_>, formats: &[TimeFormat<'_>]) -> Slot<Timestamp> {
    let parsed = match token {
        Token::Null => return Slot::Empty,
        Token::Number(digits) => time::parse_number(formats, digits),
        Token::String(text) if text.is_empty() => return Slot::Empty,
        Token::String(text) => time::parse_text(formats, &text.decode()),
        _ => return token.wrong(Code::Type, &describe(formats)),
    };
    match parsed {
        Some(time) => Slot::Value(time),
        None => token.wrong(Code::Time, &describe(formats)),
    }
}

/// The same for a text that stands in the input as it is.
pub(crate) fn text_time(text: &str, formats: &[TimeFormat<'_>]) -> Slot<Timestamp> {
    match time::parse_text(formats, text) {
        Some(time) if !text.is_empty() => Slot::Value(time),
        _ => timestamp(&Token::String(Text::json(text, false)), formats),
    }
}

fn describe(formats: &[TimeFormat<'_>]) -> String {
    let names: Vec<&str> = formats.iter().map(TimeFormat::describe).collect();
    names.join(" or ")
}

/// `text` in quotes, cut to a length that fits a log line.
pub(crate) fn quote(text: &str) -> String {
    format!("{:?}", shorten(text))
}

fn shorten(text: &str) -> String {
    const MOST: usize = 64;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
