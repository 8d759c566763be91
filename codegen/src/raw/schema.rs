//! A log schema as it is written: the keys of section 1 to 3 of the language, with their places and nothing resolved.
//!
//! What is absent or of a wrong shape is `None`; a diagnostic has told the latter. Which keys belong to which type is a
//! question of meaning, and is asked in [`crate::lower`].

use super::parser::{self, Parser};
use super::read::{Entry, MappingReader, Reading, Spanned};
use super::transform::{self, Concat, Mask, Split};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::IpKind;
use crate::source::Span;
use crate::yaml::Node;

/// A log schema.
#[derive(Debug)]
pub struct Document {
    /// `schema`: the log type's name.
    pub schema: Option<Spanned<String>>,
    /// `description`
    pub description: Option<Spanned<String>>,
    /// `referenceURL`
    pub reference_url: Option<Spanned<String>>,
    /// `parser`
    pub parser: Option<Parser>,
    /// `definitions`, in order.
    pub definitions: Vec<Definition>,
    /// `fields`, in order.
    pub fields: Vec<Field>,
    /// `fieldDiscoveryEnabled`
    pub field_discovery: Option<Spanned<bool>>,
    /// A place to point at for the document as a whole.
    pub span: Span,
}

/// A target of `type: ref`.
#[derive(Debug)]
pub struct Definition {
    /// Its name.
    pub name: Spanned<String>,
    /// What it stands for; `None` where its shape is wrong.
    pub value: Option<Value>,
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    /// `name`
    pub name: Option<Spanned<String>>,
    /// `required`
    pub required: Option<Spanned<bool>>,
    /// What it holds.
    pub value: Value,
}

/// What a field, an element or a definition holds.
#[derive(Debug)]
pub struct Value {
    /// A place to point at for the whole.
    pub span: Span,
    /// Its place inside the document, such as `fields[3].element`.
    pub path: String,
    /// `description`
    pub description: Option<Spanned<String>>,
    /// `type`
    pub kind: Option<Spanned<TypeName>>,
    /// The keys that only some types have, in the order of the language.
    pub keys: Vec<Spanned<Key>>,
}

impl Value {
    /// `element`, where it is there and has the right shape.
    pub fn element(&self) -> Option<&Self> {
        self.keys.iter().find_map(|key| if let Key::Element(element) = &key.value { element.as_deref() } else { None })
    }

    /// `fields`, where it is there.
    pub fn fields(&self) -> Option<&[Field]> {
        self.keys.iter().find_map(|key| if let Key::Fields(fields) = &key.value { Some(&fields[..]) } else { None })
    }

    /// `target`, where it is there and has the right shape.
    pub fn target(&self) -> Option<&Spanned<String>> {
        self.keys.iter().find_map(|key| if let Key::Target(target) = &key.value { target.as_ref() } else { None })
    }
}

/// A type of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the language")]
pub enum TypeName {
    String,
    Int,
    SmallInt,
    BigInt,
    Float,
    Boolean,
    Timestamp,
    Array,
    Object,
    Json,
    Ref,
}

/// The names of the types, as they are written.
pub const TYPES: &[(&str, TypeName)] = &[
    ("string", TypeName::String),
    ("int", TypeName::Int),
    ("smallint", TypeName::SmallInt),
    ("bigint", TypeName::BigInt),
    ("float", TypeName::Float),
    ("boolean", TypeName::Boolean),
    ("timestamp", TypeName::Timestamp),
    ("array", TypeName::Array),
    ("object", TypeName::Object),
    ("json", TypeName::Json),
    ("ref", TypeName::Ref),
];

impl TypeName {
    /// The name, as it is written.
    pub fn name(self) -> &'static str {
        TYPES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// A key that only some types have, with its value. Its place is that of the key.
#[derive(Debug)]
pub enum Key {
    /// `element`
    Element(Option<Box<Value>>),
    /// `fields`
    Fields(Vec<Field>),
    /// `target`
    Target(Option<Spanned<String>>),
    /// `timeFormat`
    TimeFormat(Option<Spanned<String>>),
    /// `timeFormats`
    TimeFormats(Vec<Spanned<String>>),
    /// `isEventTime`
    EventTime(bool),
    /// `isExpiration`
    Expiration,
    /// `indicators`
    Indicators(Vec<Spanned<String>>),
    /// `validate`
    Validate(Validate),
    /// `rename`, with its `from`
    Rename(Option<Spanned<String>>),
    /// `copy`, with its `from`
    Copy(Option<Spanned<String>>),
    /// `concat`
    Concat(Concat),
    /// `split`
    Split(Split),
    /// `mask`
    Mask(Mask),
    /// `isEmbeddedJSON`
    Embedded(bool),
}

impl Key {
    /// The key, as it is written.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Element(_) => "element",
            Self::Fields(_) => "fields",
            Self::Target(_) => "target",
            Self::TimeFormat(_) => "timeFormat",
            Self::TimeFormats(_) => "timeFormats",
            Self::EventTime(_) => "isEventTime",
            Self::Expiration => "isExpiration",
            Self::Indicators(_) => "indicators",
            Self::Validate(_) => "validate",
            Self::Rename(_) => "rename",
            Self::Copy(_) => "copy",
            Self::Concat(_) => "concat",
            Self::Split(_) => "split",
            Self::Mask(_) => "mask",
            Self::Embedded(_) => "isEmbeddedJSON",
        }
    }
}

/// `validate`
#[derive(Debug, Default)]
pub struct Validate {
    /// `allow`, with the place of the key.
    pub allow: Option<Spanned<Vec<String>>>,
    /// `deny`, with the place of the key.
    pub deny: Option<Spanned<Vec<String>>>,
    /// `ip`
    pub ip: Option<IpKind>,
    /// `cidr`
    pub cidr: Option<IpKind>,
}

/// Reads a log schema; `None` where the document is not even a mapping.
pub fn read(root: &Node, reading: &Reading) -> Option<Document> {
    let mut mapping = reading.mapping(&Entry::root(root))?;
    let document = Document {
        schema: mapping.required_string("schema"),
        description: mapping.string("description"),
        reference_url: mapping.string("referenceURL"),
        parser: mapping.mapping("parser").and_then(|parser| parser::read(parser, reading)),
        definitions: mapping
            .mapping("definitions")
            .map(|mapping| read_definitions(mapping, reading))
            .unwrap_or_default(),
        fields: read_fields(mapping.required_list("fields"), reading),
        field_discovery: mapping.boolean("fieldDiscoveryEnabled"),
        span: mapping.head(),
    };
    if let Some(version) = mapping.integer("version")
        && version.value != 0
    {
        let message = format!("there is no version {} of the language", version.value);
        let diagnostic = Diagnostic::error(Code::LW0204, version.span, message);
        reading.push(diagnostic.at("version").help("Remove `version`, or set it to 0."));
    }
    mapping.finish();
    Some(document)
}

fn read_definitions(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Vec<Definition> {
    let read = |(name, entry): (Spanned<String>, Entry<'_>)| {
        let value = reading.mapping(&entry).map(|mut mapping| {
            let value = read_value(&mut mapping, reading);
            mapping.finish();
            value
        });
        Definition { name, value }
    };
    mapping.all().into_iter().map(read).collect()
}

fn read_fields(entries: Option<Vec<Entry<'_>>>, reading: &Reading) -> Vec<Field> {
    let read = |entry: Entry<'_>| {
        let mut mapping = reading.mapping(&entry)?;
        let name = mapping.required_string("name");
        let required = mapping.boolean("required");
        let description = mapping.string("description");
        let value = Value { description, ..read_value(&mut mapping, reading) };
        mapping.finish();
        Some(Field { name, required, value })
    };
    entries.into_iter().flatten().filter_map(read).collect()
}

fn read_value(mapping: &mut MappingReader<'_, '_>, reading: &Reading) -> Value {
    let kind = mapping.required("type").and_then(|entry| reading.choice(&entry, "type", TYPES));
    let mut keys = Vec::new();
    let mut read = |name: &'static str, read: &dyn Fn(&Entry<'_>) -> Option<Key>| {
        if let (Some(entry), Some(span)) = (mapping.optional(name), mapping.key_span(name)) {
            keys.extend(read(&entry).map(|value| Spanned { value, span }));
        }
    };
    let strings = |entry: &Entry<'_>| {
        let items = reading.filled_list(entry).unwrap_or_default();
        items.iter().filter_map(|item| reading.filled_string(item)).collect::<Vec<_>>()
    };
    read("element", &|entry| {
        let element = reading.mapping(entry).map(|mut mapping| {
            let value = read_value(&mut mapping, reading);
            mapping.finish();
            Box::new(value)
        });
        Some(Key::Element(element))
    });
    read("fields", &|entry| Some(Key::Fields(read_fields(reading.filled_list(entry), reading))));
    read("target", &|entry| Some(Key::Target(reading.filled_string(entry))));
    read("timeFormat", &|entry| Some(Key::TimeFormat(reading.filled_string(entry))));
    read("timeFormats", &|entry| Some(Key::TimeFormats(strings(entry))));
    read("isEventTime", &|entry| reading.boolean(entry).map(|flag| Key::EventTime(flag.value)));
    read("isExpiration", &|entry| reading.boolean(entry).map(|_| Key::Expiration));
    read("indicators", &|entry| Some(Key::Indicators(strings(entry))));
    read("validate", &|entry| reading.mapping(entry).map(|mapping| Key::Validate(read_validate(mapping, reading))));
    read("rename", &|entry| Some(Key::Rename(transform::from(reading.mapping(entry)?))));
    read("copy", &|entry| Some(Key::Copy(transform::from(reading.mapping(entry)?))));
    read("concat", &|entry| Some(Key::Concat(transform::concat(reading.mapping(entry)?, reading))));
    read("split", &|entry| Some(Key::Split(transform::split(reading.mapping(entry)?, reading))));
    read("mask", &|entry| Some(Key::Mask(transform::mask(reading.mapping(entry)?, reading))));
    read("isEmbeddedJSON", &|entry| reading.boolean(entry).map(|flag| Key::Embedded(flag.value)));
    Value { span: mapping.head(), path: mapping.path().to_owned(), description: None, kind, keys }
}

fn read_validate(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Validate {
    let kinds = [("ipv4", IpKind::V4), ("ipv6", IpKind::V6), ("any", IpKind::Any)];
    let mut list = |name: &'static str| {
        let items = mapping.optional(name).and_then(|entry| reading.filled_list(&entry))?;
        let value = items.iter().filter_map(|item| reading.filled_string(item)).map(|item| item.value).collect();
        Some(Spanned { value, span: mapping.key_span(name)? })
    };
    let (allow, deny) = (list("allow"), list("deny"));
    let mut kind = |name: &'static str| {
        let entry = mapping.optional(name)?;
        Some(reading.choice(&entry, "kind of IP address", &kinds)?.value)
    };
    let (ip, cidr) = (kind("ip"), kind("cidr"));
    if mapping.is_empty() {
        let diagnostic = Diagnostic::error(Code::LW0205, mapping.head(), "`validate` must not be an empty mapping");
        reading.push(diagnostic.at(mapping.path()).help("Remove it, or give one of: allow, deny, ip, cidr."));
    }
    mapping.finish();
    Validate { allow, deny, ip, cidr }
}
