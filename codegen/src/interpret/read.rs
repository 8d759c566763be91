//! Reading: from JSON to values, by the types of the schema.
//!
//! The rules of the kernel's reader hold by its use: of duplicate keys the last wins, undeclared keys are passed over, and
//! what is wrong counts when its object is complete, in schema order.

use logwright::json::{Error, IntoOwned, Reader, Slot, Text, Undeclared};
use logwright::validate;

use super::formats::Formats;
use super::transform::Sent;
use super::value::{Object, Value};
use super::{Interpreter, Member};
use crate::model::{IpKind, Mask, Rule, Type, Validate};

impl Interpreter<'_> {
    /// The object with this index, whose opening brace has been read.
    pub(super) fn read_object<'s, 'a>(
        &'s self,
        index: usize,
        reader: &mut Reader<'a>,
    ) -> Result<Object<'s, 'a>, Error> {
        let members = &self.objects[index];
        let mut slots: Vec<Slot<Value<'s, 'a>>> = members.fields.iter().map(|_| Slot::Empty).collect();
        let mut sent = Sent::new(members);
        while let Some(key) = reader.key()? {
            sent.keep(&key, reader);
            match members.places.get(&*key).copied() {
                Some(at) => {
                    let (value, formats) = (&members.fields[at].field.value, &members.fields[at].formats);
                    slots[at] = if value.is_decoded_late() {
                        let sent = reader.undecoded()?;
                        self.decode(sent, value, formats, reader)?
                    } else {
                        self.read(value, formats, reader)?
                    };
                }
                None => sent.pass(key, reader)?,
            }
        }
        for (member, slot) in members.fields.iter().zip(&mut slots) {
            if let Some(made) = sent.made(&member.field.source) {
                *slot = self.decode(made, &member.field.value, &member.formats, reader)?;
            }
        }
        complete(&members.fields, slots, sent.undeclared())
    }

    pub(super) fn read<'s, 'a>(
        &'s self,
        value: &'s Type,
        formats: &'s Formats<'s>,
        reader: &mut Reader<'a>,
    ) -> Result<Slot<Value<'s, 'a>>, Error> {
        Ok(match value {
            Type::String { validate, mask, .. } => text(reader.string()?, mask.as_ref(), validate.as_ref()),
            Type::SmallInt => map(reader.smallint()?, |number| Value::Integer(number.into())),
            Type::Int => map(reader.int()?, |number| Value::Integer(number.into())),
            Type::BigInt => map(reader.bigint()?, Value::Integer),
            Type::Float => map(reader.float()?, Value::Float),
            Type::Boolean => map(reader.boolean()?, Value::Boolean),
            Type::Timestamp { .. } => map(reader.timestamp(&formats.list())?, |time| Value::Time(time, formats)),
            Type::Array(element) => map(reader.array(|reader| self.read(element, formats, reader))?, Value::List),
            Type::Object(index) => map(reader.object(|reader| self.read_object(*index, reader))?, Value::Object),
            Type::Json => map(reader.json()?, Value::Json),
            Type::Embedded(inner) => {
                reader.embedded(|reader| self.read(inner, formats, reader).map(IntoOwned::into_owned))?
            }
        })
    }
}

/// The object whose members have been read: the first in schema order that is wrong, or missing and required, refuses it.
pub(super) fn complete<'s, 'a>(
    members: &'s [Member<'s>],
    slots: Vec<Slot<Value<'s, 'a>>>,
    undeclared: Undeclared<'a>,
) -> Result<Object<'s, 'a>, Error> {
    let mut values = Vec::with_capacity(members.len());
    for (member, slot) in members.iter().zip(slots) {
        let name = member.field.key().unwrap_or(&member.field.name);
        values.push(if member.field.required { Some(slot.required(name)?) } else { slot.optional(name)? });
    }
    Ok(Object { members, values, undeclared })
}

/// A text, hidden and then checked.
pub(super) fn text<'s, 'a>(slot: Slot<Text<'a>>, mask: Option<&Mask>, rules: Option<&Validate>) -> Slot<Value<'s, 'a>> {
    let slot = match mask {
        Some(Mask::Redact(to)) => slot.redact(to),
        Some(Mask::Hash(salt)) => slot.hash(salt),
        None => slot,
    };
    map(check(slot, rules), Value::String)
}

fn check<'a>(mut slot: Slot<Text<'a>>, rules: Option<&Validate>) -> Slot<Text<'a>> {
    let Some(Validate { rule, ip, cidr }) = rules else { return slot };
    slot = match rule {
        Some(Rule::Allow(values)) => slot.allow(&texts(values)),
        Some(Rule::Deny(values)) => slot.deny(&texts(values)),
        None => slot,
    };
    if let Some(kind) = ip {
        slot = slot.ip(ip_kind(*kind));
    }
    if let Some(kind) = cidr {
        slot = slot.cidr(ip_kind(*kind));
    }
    slot
}

fn texts(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}

fn ip_kind(kind: IpKind) -> validate::IpKind {
    match kind {
        IpKind::V4 => validate::IpKind::V4,
        IpKind::V6 => validate::IpKind::V6,
        IpKind::Any => validate::IpKind::Any,
    }
}

pub(super) fn map<T, V>(slot: Slot<T>, value: impl FnOnce(T) -> V) -> Slot<V> {
    match slot {
        Slot::Empty => Slot::Empty,
        Slot::Value(found) => Slot::Value(value(found)),
        Slot::Wrong(error) => Slot::Wrong(error),
    }
}
