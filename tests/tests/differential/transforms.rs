//! Random transformations: of the fields of a random schema, and of events so that they find something.

use logwright_codegen::model::Path;
use serde_json::{Value, json};

use super::random::Random;

/// Keys and paths that transformations read; inputs send them too.
pub(crate) const SENT: &[&str] = &[
    "raw",
    "raw.a",
    "raw.a.b",
    "raw.list.a",
    "id",
    "user.id",
    "a.b",
    "a.b.c",
    "text",
    ".tag",
    ".tag.a",
    "undeclared",
    "p_raw",
    "é.ключ",
];

/// Values of such keys that can be joined and cut.
pub(crate) const TEXTS_SENT: &[&str] =
    &[r#""a:b:c""#, r#""a::b""#, r#""""#, r#"":""#, r#""1:2:3""#, r#""\u0061\u003ab""#, "12", "1.50", "true", "null"];

/// Values that paths go into.
pub(crate) const VALUES: &[&str] = &[
    "[1,2]",
    r#"{"a":1,"b":"x:y"}"#,
    r#"{"a":{"b":"deep","c":null}}"#,
    r#"{"a.b":"dotted","a":{"b":"deep"}}"#,
    r#"{"a.b":null,"a":{"b":"deep"}}"#,
    r#"{"a.b":{"x":1},"a":{"b":{"c":"c"}}}"#,
    r#"{ "a" : { "b" : 1 } , "a" : { "b" : 2 } }"#,
    r#"{"":1,"list":[{"a":1}],"b.c":7}"#,
    r#""{\"a\":{\"b\":1}}""#,
];

/// Content of strings that is JSON, or nearly.
pub(crate) const EMBEDDED: &[&str] =
    &["", " ", "null", "{}", "[]", "[1,", "{\"a\":1} x", "\"\"", "1", " [null] ", "nul"];

/// How often of a hundred times a field may take a key that another one has.
const SHARED: u64 = 40;

/// Lets a field take its value from elsewhere, at times. `taken` has the keys that fields have so far: a key that goes to
/// two fields is worth a warning, and both get the value.
pub(crate) fn source(field: &mut Value, name: &'static str, taken: &mut Vec<&'static str>, random: &mut Random) {
    if random.percent(35) {
        source_among(field, SENT, taken, random);
    } else if Path::new(name).is_some() {
        taken.push(name);
    }
}

/// Lets some fields of a line take their values from others.
pub(crate) fn among(fields: &mut [Value], random: &mut Random) {
    let names: Vec<String> = fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| Path::new(name).is_some()).collect();
    let mut taken = Vec::new();
    // The first is as it comes, so that something of the line is always taken.
    for field in fields.iter_mut().skip(1) {
        if !names.is_empty() && random.percent(25) {
            source_among(field, &names, &mut taken, random);
        }
    }
    untangle(fields, random);
}

fn source_among<'n>(field: &mut Value, sent: &[&'n str], taken: &mut Vec<&'n str>, random: &mut Random) {
    let kind = field["type"].as_str().unwrap_or_default();
    let embedded = field["isEmbeddedJSON"] == json!(true);
    // What a reference stands for is not known here, and a text may not be it.
    let takes_text =
        embedded || kind == "string" || (!matches!(kind, "array" | "object" | "ref") && random.percent(20));
    let separator = random.pick(&["", " ", ":", "::", "\"", "→"]);
    match random.below(4) {
        0 => {
            let share = !taken.is_empty() && random.percent(SHARED);
            let from = if share { random.pick(taken) } else { random.pick(sent) };
            if field["name"] != json!(from) && (share || !taken.contains(&from)) {
                taken.push(from);
                field["rename"] = json!({ "from": from });
            }
        }
        1 => field["copy"] = json!({ "from": random.pick(sent) }),
        2 if takes_text => {
            let paths = [vec![random.pick(sent)], random.some(sent, 2)].concat();
            field["concat"] = json!({ "paths": paths, "separator": separator });
        }
        3 if takes_text => {
            let separator = if separator.is_empty() { "a" } else { separator };
            let index = random.pick(&[0, 1, 2, -1, -2, -3, 9, i64::MAX, i64::MIN]);
            field["split"] = json!({ "from": random.pick(sent), "separator": separator, "index": index });
        }
        _ => {}
    }
}

/// Makes copies of most renames of keys that other fields have.
pub(crate) fn untangle(fields: &mut [Value], random: &mut Random) {
    let sources = ["rename", "copy", "concat", "split"];
    let own = |field: &&Value| sources.iter().all(|source| field.get(*source).is_none());
    let names: Vec<Value> = fields.iter().filter(own).map(|field| field["name"].clone()).collect();
    for field in fields {
        if field.get("rename").is_some_and(|rename| names.contains(&rename["from"])) && !random.percent(SHARED) {
            field["copy"] = field["rename"].take();
            field.as_object_mut().unwrap().remove("rename");
        }
    }
}

/// Hides a text, or lets a value be the content of a string, at times.
pub(crate) fn hide_or_embed(value: &mut Value, random: &mut Random) {
    match value["type"].as_str().unwrap_or_default() {
        "string" if random.percent(20) => {
            value["mask"] = match random.below(4) {
                0 => json!({ "type": "redact" }),
                1 => json!({ "type": "redact", "to": random.pick(&["", "***", "a", "x\"y"]) }),
                2 => json!({ "type": "hash" }),
                _ => json!({ "type": "hash", "salt": random.pick(&["", "pepper", "é\"\\"]) }),
            };
        }
        "array" | "object" | "json" if random.percent(25) => value["isEmbeddedJSON"] = json!(true),
        _ => {}
    }
}
