//! The feature `serde`: records as any format that serde knows.
//!
//! A text is a string, a time is a string in RFC 3339, and a value of type `json` is the value itself. Generated records
//! derive the rest. Text that a deserializer lends is borrowed, as in `parse`; text that it had to decode is owned.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::quoted::write_string;
use super::raw::RawJson;
use super::structure::{decode_string, elements, members};
use super::text::Text;
use super::undeclared::Undeclared;
use crate::time::Timestamp;

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.decode())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text::from(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text::from(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Text<'de>, E> {
        Ok(Text::from(text))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        text.decode().parse().map_err(|_| de::Error::custom(format_args!("expected an RFC 3339 time, found {text:?}")))
    }
}

impl Serialize for RawJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value(self.as_str().as_bytes()).serialize(serializer)
    }
}

/// A checked JSON value, or one inside it.
struct Value<'a>(&'a [u8]);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = std::str::from_utf8(self.0).map_err(S::Error::custom)?;
        match self.0.first() {
            Some(b'{') => {
                let mut map = serializer.serialize_map(None)?;
                let mut pairs = Vec::new();
                members(self.0, |key, value| pairs.push((Value(key), Value(value)))).map_err(S::Error::custom)?;
                for (key, value) in pairs {
                    map.serialize_entry(&key, &value)?;
                }
                map.end()
            }
            Some(b'[') => {
                let elements = elements(self.0).map_err(S::Error::custom)?;
                let mut list = serializer.serialize_seq(Some(elements.len()))?;
                for element in elements {
                    list.serialize_element(&Value(element))?;
                }
                list.end()
            }
            Some(b'"') => serializer.serialize_str(&decode_string(self.0).unwrap_or_default()),
            Some(b't' | b'f') => serializer.serialize_bool(text == "true"),
            Some(b'n') => serializer.serialize_unit(),
            _ => number(text, serializer),
        }
    }
}

fn number<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = digits.parse::<i64>() {
        return serializer.serialize_i64(number);
    }
    if let Ok(number) = digits.parse::<u64>() {
        return serializer.serialize_u64(number);
    }
    serializer.serialize_f64(digits.parse().map_err(S::Error::custom)?)
}

impl<'de> Deserialize<'de> for RawJson<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor).map(Self::owned)
    }
}

/// A map; in a record it is flattened into the record's own.
impl Serialize for Undeclared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Undeclared<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UndeclaredVisitor).map(Undeclared::settled)
    }
}

struct UndeclaredVisitor;

impl<'de> Visitor<'de> for UndeclaredVisitor {
    type Value = Undeclared<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut undeclared = Undeclared::default();
        while let Some((key, value)) = map.next_entry::<String, RawJson<'static>>()? {
            let null = value.as_str() == "null";
            undeclared.push(key.into(), (!null).then_some(value));
        }
        Ok(undeclared)
    }
}

/// Writes whatever a deserializer holds as JSON text.
struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value that JSON has")
    }

    fn visit_unit<E>(self) -> Result<String, E> {
        Ok("null".to_owned())
    }

    fn visit_bool<E>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<String, E> {
        if value.is_finite() { Ok(format!("{value:?}")) } else { Err(E::custom("JSON has no NaN and no infinities")) }
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        let mut out = String::new();
        push_string(text, &mut out);
        Ok(out)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<String, A::Error> {
        let mut out = String::from("[");
        while let Some(element) = list.next_element::<RawJson<'static>>()? {
            out.push_str(if out.len() > 1 { "," } else { "" });
            out.push_str(element.as_str());
        }
        out.push(']');
        Ok(out)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        let mut out = String::from("{");
        while let Some((key, value)) = map.next_entry::<String, RawJson<'static>>()? {
            out.push_str(if out.len() > 1 { "," } else { "" });
            push_string(&key, &mut out);
            out.push(':');
            out.push_str(value.as_str());
        }
        out.push('}');
        Ok(out)
    }
}

fn push_string(text: &str, out: &mut String) {
    let mut bytes = Vec::with_capacity(text.len() + 2);
    write_string(text, &mut bytes);
    out.push_str(&String::from_utf8_lossy(&bytes));
}
