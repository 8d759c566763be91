//! JSON that the tools write: a small tree, whose members keep their order.

use std::fmt::{self, Write as _};

/// A JSON value.
///
/// ```
/// use logwright_codegen::json::Json;
///
/// let field = Json::object([("name", Json::text("a\"b")), ("nullable", Json::Boolean(true))]);
/// assert_eq!(field.to_string(), r#"{"name":"a\"b","nullable":true}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Members in order.
    Object(Vec<(String, Self)>),
}

impl Json {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An object with these members.
    pub fn object<K: Into<String>>(members: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// A list of texts.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// Over several lines, for people, with a line break at the end.
    pub fn pretty(&self) -> String {
        let mut text = String::new();
        self.write_pretty(&mut text, 0);
        text.push('\n');
        text
    }

    fn write_pretty(&self, out: &mut String, depth: usize) {
        let line = |out: &mut String, first: bool, depth: usize| {
            out.push_str(if first { "\n" } else { ",\n" });
            out.push_str(&"  ".repeat(depth));
        };
        match self {
            Self::List(items) if items.iter().any(|item| matches!(item, Self::List(_) | Self::Object(_))) => {
                out.push('[');
                for (number, item) in items.iter().enumerate() {
                    line(out, number == 0, depth + 1);
                    item.write_pretty(out, depth + 1);
                }
                line(out, true, depth);
                out.push(']');
            }
            Self::Object(members) if !members.is_empty() => {
                out.push('{');
                for (number, (key, value)) in members.iter().enumerate() {
                    line(out, number == 0, depth + 1);
                    write_text(out, key);
                    out.push_str(": ");
                    value.write_pretty(out, depth + 1);
                }
                line(out, true, depth);
                out.push('}');
            }
            // Writing to a text cannot fail.
            _ => drop(write!(out, "{self}")),
        }
    }
}

impl fmt::Display for Json {
    /// In one line, without spaces.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let comma = |number: usize| if number == 0 { "" } else { "," };
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Boolean(value) => write!(formatter, "{value}"),
            Self::Integer(value) => write!(formatter, "{value}"),
            Self::Text(text) => formatter.write_str(&quoted(text)),
            Self::List(items) => {
                formatter.write_char('[')?;
                for (number, item) in items.iter().enumerate() {
                    write!(formatter, "{}{item}", comma(number))?;
                }
                formatter.write_char(']')
            }
            Self::Object(members) => {
                formatter.write_char('{')?;
                for (number, (key, value)) in members.iter().enumerate() {
                    write!(formatter, "{}{}:{value}", comma(number), quoted(key))?;
                }
                formatter.write_char('}')
            }
        }
    }
}

/// A text as JSON, which is also a text of YAML in double quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_text(&mut out, text);
    out
}

fn write_text(out: &mut String, text: &str) {
    let mut bytes = Vec::with_capacity(text.len() + 2);
    logwright::json::write_string(text, &mut bytes);
    // The kernel writes texts as UTF-8, so nothing is replaced here.
    out.push_str(&String::from_utf8_lossy(&bytes));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pretty_text_keeps_short_lists_in_a_line() {
        let value = Json::object([
            ("a", Json::texts(["x", "y"])),
            ("b", Json::List(vec![Json::object([("c", Json::Null)]), Json::Integer(-1)])),
            ("d", Json::Object(Vec::new())),
        ]);
        let expected =
            "{\n  \"a\": [\"x\",\"y\"],\n  \"b\": [\n    {\n      \"c\": null\n    },\n    -1\n  ],\n  \"d\": {}\n}\n";
        assert_eq!(value.pretty(), expected);
    }
}
