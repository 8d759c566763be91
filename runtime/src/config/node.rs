//! YAML as a tree in which every key and value knows its line and column.
//!
//! Reading into such a tree first, and into the configuration afterwards, is what lets one run report
//! every mistake instead of the first. This is the only file that names the YAML library.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::mistake::{Mistake, Place};

/// A value and its place.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: Place,
    pub(super) value: Value,
}

/// A YAML value.
#[derive(Debug)]
pub(super) enum Value {
    Null,
    Boolean(bool),
    /// With its value where it is a whole number and not negative.
    Number(Option<u64>),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One key of a map, and its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_at: Place,
    pub(super) node: Node,
}

impl Value {
    /// The kind of value, for "expected …, found …". It never holds the value itself, which may be a secret.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Boolean(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

/// The tree of one YAML document.
pub(super) fn read(text: &str) -> Result<Node, Mistake> {
    let spanned: Spanned<Value> = serde_saphyr::from_str(text).map_err(|error| {
        let at = error.location().map_or(Place { line: 1, column: 1 }, place);
        // Without the excerpt of the file: it might show a secret that somebody wrote there.
        let message = error.without_snippet().to_string();
        Mistake { at, message: format!("not readable as YAML: {}", without_place(&message)) }
    })?;
    Ok(node(spanned))
}

fn node(spanned: Spanned<Value>) -> Node {
    Node { at: place(spanned.referenced), value: spanned.value }
}

fn place(location: serde_saphyr::Location) -> Place {
    Place { line: location.line().max(1), column: location.column().max(1) }
}

/// The library's message without the place at its end, which stands at the front of ours, and without advice for programmers.
fn without_place(message: &str) -> &str {
    let message = message.rfind(" at line ").map_or(message, |end| &message[..end]);
    message.split_once(", set ").map_or(message, |(what, _)| what)
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Value, E> {
        Ok(Value::Boolean(boolean))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(u64::try_from(number).ok()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(Some(number)))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Value, E> {
        Ok(Value::Number(None))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Value, E> {
        Ok(Value::Number(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Number(None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Value>>()? {
            list.push(node(item));
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Spanned<String>, Spanned<Value>>()? {
            map.push(Entry { key_at: place(key.referenced), key: key.value, node: node(value) });
        }
        Ok(Value::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(node: &Node) -> &[Entry] {
        match &node.value {
            Value::Map(entries) => entries,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn keys_and_values_know_their_places_at_any_depth() {
        let tree = read("a: 1\nb:\n  - {c: text, d: null}\n").unwrap();
        let [a, b] = entries(&tree) else { panic!() };
        assert_eq!((a.key.as_str(), a.key_at, a.node.at), ("a", Place::new(1, 1), Place::new(1, 4)));
        assert!(matches!(a.node.value, Value::Number(Some(1))));
        let Value::List(items) = &b.node.value else { panic!() };
        let [c, d] = entries(&items[0]) else { panic!() };
        assert_eq!((c.key_at, c.node.at), (Place::new(3, 6), Place::new(3, 9)));
        assert!(matches!(&c.node.value, Value::Text(text) if text == "text"));
        assert!(matches!(d.node.value, Value::Null));
    }

    #[test]
    fn a_syntax_error_and_a_double_key_have_places_and_show_no_line_of_the_file() {
        let error = read("a: [s3cret\nb: 2\n").unwrap_err();
        assert!(error.at.line >= 1 && !error.message.contains("s3cret"), "{error:?}");
        let error = read("a: s3cret\na: s3cret\n").unwrap_err();
        assert_eq!(error.at.line, 2);
        assert!(error.message.contains('a') && !error.message.contains("s3cret"), "{error:?}");
    }
}
