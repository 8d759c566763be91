//! Random log schemas: every type, nested in every way, under every kind of name.

use logwright::indicators::Indicator;
use logwright_codegen::lower::names;
use serde_json::{Value, json};

use super::random::Random;
use super::transforms;

/// What random schemas have found before, by file: each is met in every round, on fresh events.
pub(crate) const KNOWN: &[(&str, &str)] = &[(
    "shared_key",
    // A key with dots that two fields take is itself alone; a path of the same letters may lead into objects.
    r"
schema: Random.SharedKey
fields:
  - {name: one, type: string, rename: {from: a.b}}
  - {name: two, type: bigint, rename: {from: a.b}}
  - {name: at_key_or_path, type: string, copy: {from: a.b}}
  - {name: deeper, type: string, copy: {from: a.b.c}}
  - name: a
    type: object
    fields:
      - {name: b, type: string}
",
)];

/// Names that a generator may trip over: Rust's words, its own words, signs, other scripts.
pub(crate) const NAMES: &[&str] = &[
    "id",
    "user",
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "async",
    "gen",
    "r#fn",
    "_",
    "__",
    "1st",
    "a-b",
    "a b",
    ".tag",
    "@timestamp",
    "é",
    "ключ",
    "日本",
    "a\"b",
    "a\\b",
    "a\nb",
    "\u{1}",
    "~/x",
    "{}",
    "{0}",
    "#",
    "reader",
    "key",
    "key_",
    "object",
    "indicators",
    "output",
    "Ok",
    "Err",
    "Some",
    "None",
    "Text",
    "Slot",
    "String",
    "Vec",
    "Option",
    "Reader",
    "text",
    "input",
    "time",
    "element",
    "FORMATS",
    "SCHEMA",
    "parse",
    "read",
    "camelCase",
    "snake_case",
    "SHOUT",
    "😀",
    "a.b",
    "a.b.c",
    "id_formats",
    "static",
    "dyn",
    "union",
    "macro",
    "u8",
    "str",
    "main",
    "quote",
    "p",
    "time_formats",
];

/// Names of log types and definitions that a generated file may use for something else.
const TYPE_NAMES: &[&str] = &[
    "Text",
    "PassOn",
    "Slot",
    "Error",
    "Reader",
    "Option",
    "Vec",
    "Result",
    "Object",
    "Record",
    "Schema",
    "Field",
    "Kind",
    "String",
    "Indicator",
    "Indicators",
    "Timestamp",
    "TimeFormat",
    "Self",
    "Type",
    "Source",
    "Mod",
    "Some",
    "ParsedBy",
    "RawJson",
];

const NAMED_FORMATS: &[&str] = &["rfc3339", "unix", "unix_ms", "unix_us", "unix_ns", "unix_auto", "cloudflare"];
const PATTERNS: &[&str] = &[
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f %z",
    "%d/%b/%Y:%H:%M:%S %z",
    "%s",
    "%s.%N",
    "%F",
    "%c",
    "%D %r",
    "%e %B %y",
    "%Y%j",
    "%A, %d %b %Y %I:%M:%S %p %Z",
    "\"%Y\"",
    "%%%Y%%",
    "layout=2006-01-02 15:04:05",
    "layout=Jan _2 15:04:05.000 2006",
    "layout=02/01/06 03:04PM -0700",
    "layout=Mon Jan 2 15:04:05 MST 2006",
    "layout=2006-01-02T15:04:05.999999999Z07:00",
];

/// What `validate` may list, and what inputs therefore try.
pub(crate) const WORDS: &[&str] = &["a", "login", "Login", "é", "x\"y", "null", "1"];

/// The numbers of schemas that are not random: one as deep as can be, and two of many fields, of which one is [`flat`].
const DEEP: usize = 30;
const WIDE: usize = 32;
const WIDE_AND_FLAT: usize = 31;

/// A schema as YAML; `index` makes its log type unlike the others.
pub(crate) fn schema(index: usize, random: &mut Random) -> String {
    let name = match TYPE_NAMES.get(index) {
        Some(name) => (*name).to_owned(),
        None => format!("Type{index}"),
    };
    let mut definitions: Vec<(&str, Value)> = Vec::new();
    for name in random.some(TYPE_NAMES, 3) {
        let known: Vec<_> = definitions.iter().map(|(name, _)| *name).collect();
        let value = value(random, 1, &known);
        definitions.push((name, value));
    }
    let known: Vec<_> = definitions.iter().map(|(name, _)| *name).collect();
    let is_flat = is_flat(index);
    let fields = match index {
        DEEP => deep(),
        WIDE => (0..300).map(wide).collect(),
        WIDE_AND_FLAT => (0..128).map(wide_and_flat).collect(),
        _ if is_flat => flat(random),
        _ => fields(random, 0, &known),
    };
    let mut document = json!({ "schema": format!("Random.{name}"), "fields": fields });
    document["fieldDiscoveryEnabled"] = json!(!is_flat && random.percent(30));
    if !definitions.is_empty() {
        document["definitions"] = definitions.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    }
    document.to_string()
}

/// A field of an object that has so many that its places and values are taken piece after piece.
fn wide(number: usize) -> Value {
    let mut field = match number % 4 {
        0 => json!({ "type": "string", "indicators": ["username"] }),
        1 => json!({ "type": "timestamp", "timeFormat": "unix", "isEventTime": number > 90 }),
        2 => json!({ "type": "array", "element": { "type": "boolean" } }),
        _ => json!({ "type": "int" }),
    };
    field["name"] = json!(format!("field {number}"));
    field
}

/// A field of as many scalars as are passed on without a record.
fn wide_and_flat(number: usize) -> Value {
    let mut field = match number % 4 {
        0 => json!({ "type": "string", "indicators": ["username"] }),
        1 => json!({ "type": "timestamp", "timeFormat": "rfc3339", "isEventTime": number > 90 }),
        2 => json!({ "type": "bigint" }),
        _ => json!({ "type": "float" }),
    };
    field["name"] = json!(format!("field {number}"));
    field["required"] = json!(number % 60 == 6);
    field
}

/// Objects inside each other, as deep as the language allows, with lists among them.
fn deep() -> Value {
    let mut value = json!({ "type": "string", "indicators": ["username"] });
    for level in 0..58 {
        let at = json!({ "name": "at", "type": "timestamp", "timeFormat": "unix", "isEventTime": true });
        value = json!({ "type": "object", "fields": [with_name("in", value), at] });
        if level % 15 == 7 {
            value = json!({ "type": "array", "element": value });
        }
    }
    json!([with_name("top", value)])
}

fn with_name(name: &str, mut value: Value) -> Value {
    value["name"] = json!(name);
    value["required"] = json!(true);
    value
}

fn fields(random: &mut Random, depth: usize, definitions: &[&str]) -> Value {
    let count = 1 + random.below(if depth == 0 { 8 } else { 4 });
    let mut columns = Vec::new();
    let mut fields = Vec::new();
    let mut taken = Vec::new();
    for _ in 0..count {
        let name = random.pick(NAMES);
        let column = names::column(name).to_lowercase();
        if columns.contains(&column) {
            continue;
        }
        columns.push(column);
        let mut field = value(random, depth, definitions);
        field["name"] = json!(name);
        transforms::source(&mut field, name, &mut taken, random);
        if random.percent(30) {
            field["required"] = json!(true);
        }
        if random.percent(20) {
            field["description"] = json!("What `it` says: */ \"x\" [a] <b> \\ {}\n\n    indented");
        }
        fields.push(field);
    }
    transforms::untangle(&mut fields, random);
    json!(fields)
}

/// Whether the schema of this number is [`flat`].
pub(crate) fn is_flat(index: usize) -> bool {
    index % 5 == 1
}

/// Fields that are scalars to which nothing is done: of such events no record is made where they are only passed on.
fn flat(random: &mut Random) -> Value {
    const KEPT: [&str; 9] =
        ["name", "type", "required", "description", "indicators", "timeFormat", "timeFormats", "isEventTime", "rename"];
    let mut fields = fields(random, 0, &[]);
    for field in fields.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        field.retain(|key, _| KEPT.contains(&key.as_str()));
        if field["type"] == "array" || field["type"] == "object" {
            field["type"] = json!("string");
        }
    }
    fields
}

fn value(random: &mut Random, depth: usize, definitions: &[&str]) -> Value {
    let mut value = plain(random, depth, definitions);
    transforms::hide_or_embed(&mut value, random);
    value
}

fn plain(random: &mut Random, depth: usize, definitions: &[&str]) -> Value {
    match random.below(20) {
        0..=4 => string(random),
        5 => json!({ "type": "smallint" }),
        6 => json!({ "type": "int" }),
        7 => json!({ "type": "bigint" }),
        8 => json!({ "type": "float" }),
        9 => json!({ "type": "boolean" }),
        10 => json!({ "type": "json" }),
        11 | 12 if !definitions.is_empty() => json!({ "type": "ref", "target": random.pick(definitions) }),
        13..=15 if depth < 4 => json!({ "type": "array", "element": value(random, depth + 1, definitions) }),
        16 | 17 if depth < 3 => json!({ "type": "object", "fields": fields(random, depth + 1, definitions) }),
        _ => timestamp(random),
    }
}

fn string(random: &mut Random) -> Value {
    let mut value = json!({ "type": "string" });
    let indicators = if random.percent(60) { random.some(Indicator::ALL, 2) } else { Vec::new() };
    if !indicators.is_empty() {
        value["indicators"] = indicators.iter().map(|indicator| indicator.name()).collect();
    }
    if random.percent(25) {
        let kinds = ["ipv4", "ipv6", "any"];
        let words = [vec![random.pick(WORDS)], random.some(WORDS, 3)].concat();
        let validate = match random.below(5) {
            0 => json!({ "allow": words }),
            1 => json!({ "deny": words }),
            2 => json!({ "ip": random.pick(&kinds) }),
            3 => json!({ "cidr": random.pick(&kinds) }),
            _ => json!({ "deny": words, "ip": random.pick(&kinds) }),
        };
        value["validate"] = validate;
    }
    value
}

fn timestamp(random: &mut Random) -> Value {
    let pool = [NAMED_FORMATS, PATTERNS].concat();
    let mut value = json!({ "type": "timestamp" });
    if random.percent(60) {
        value["timeFormat"] = json!(random.pick(&pool));
    } else {
        value["timeFormats"] = json!([vec![random.pick(&pool)], random.some(&pool, 3)].concat());
    }
    if random.percent(50) {
        value["isEventTime"] = json!(true);
    }
    value
}
