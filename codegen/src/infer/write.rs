//! From counts to YAML: what type is chosen, and why.

use std::collections::HashMap;
use std::fmt::Write as _;

use heck::ToSnakeCase as _;

use super::shape::Shape;
use super::table::Table;
use crate::lower::names;

/// The last words of names that a log's own time has.
const TIME_WORDS: [&str; 4] = ["time", "timestamp", "ts", "date"];

/// What is chosen for a place.
struct Choice {
    kind: &'static str,
    reason: String,
    indicator: Option<(&'static str, &'static str)>,
}

/// The schema of events of this shape.
pub(super) fn schema(event: &Shape, table: Option<&Table>, log_type: &str) -> String {
    let kept;
    let event = if dashes_are_empty(event) {
        event
    } else {
        kept = event.with_dashes();
        &kept
    };
    let samples = plural(event.objects, "sample");
    let mut out =
        format!("# Inferred from {samples}; each choice says why. Go through it, and write the descriptions.\n");
    let _ = writeln!(out, "schema: {log_type}");
    if let Some(table) = table {
        parser(table, event, &mut out);
    }
    out.push_str("fields:\n");
    let time = event.fields.iter().position(|(name, field)| is_event_time(name, field, event.objects));
    fields(event, true, time, 1, &mut out);
    out
}

/// Whether `-` stands for no value: a column has it where its other cells are no mere texts. Or there is none.
fn dashes_are_empty(event: &Shape) -> bool {
    let mut columns = event.fields.iter().map(|(_, column)| column).filter(|column| column.dashes > 0).peekable();
    columns.peek().is_none()
        || columns.any(|column| {
            let Choice { kind, indicator, .. } = choose(column);
            column.values() > 0 && (kind != "string" || indicator.is_some())
        })
}

/// The parser of records.
fn parser(table: &Table, event: &Shape, out: &mut String) {
    out.push_str("parser:\n  csv:\n    hasHeader: true # the first line names the columns\n");
    if table.delimiter != ',' {
        let delimiter = if table.delimiter == '\t' { "\"\\t\"".to_owned() } else { yaml(&table.delimiter.to_string()) };
        let _ = writeln!(out, "    delimiter: {delimiter} # it stands between the names");
    }
    if table.trim_space {
        out.push_str("    trimSpace: true # a name has white space around it\n");
    }
    let dashes = event.fields.iter().map(|(_, column)| column.dashes).sum::<u64>();
    if dashes > 0 {
        let cells = plural(dashes, "cell");
        let _ = writeln!(out, "    emptyValues: [\"-\"] # {cells}, also where others are numbers, times or the like");
    }
}

/// The fields of an object, at a depth of indentation.
fn fields(object: &Shape, top_level: bool, time: Option<usize>, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let mut columns: HashMap<String, &str> = HashMap::new();
    for (number, (name, field)) in object.fields.iter().enumerate() {
        let column = names::column(name).to_ascii_lowercase();
        let unfit = no_field(name, top_level)
            .or_else(|| Some(format!("it would be the same column as {}", yaml(columns.get(&column)?))));
        if let Some(why) = unfit {
            let start = name.char_indices().nth(names::LONGEST_FIELD).map_or(name.as_str(), |(end, _)| &name[..end]);
            let more = if start == name { "" } else { "…" };
            let _ = writeln!(out, "{indent}# The key {}{more} is left out: {why}.", yaml(start));
            continue;
        }
        columns.insert(column, name);
        let _ = writeln!(out, "{indent}- name: {}", yaml(name));
        let indent = format!("{indent}  ");
        if is_required(field, object.objects) {
            let all = if object.objects == 1 {
                "the only sample".to_owned()
            } else {
                format!("all {} samples", object.objects)
            };
            let _ = writeln!(out, "{indent}required: true # in {all}");
        }
        value(field, depth + 1, out);
        if time == Some(number) {
            let _ =
                writeln!(out, "{indent}isEventTime: true # proposed: the first required timestamp with such a name");
        }
    }
}

/// The keys of a value.
fn value(shape: &Shape, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let Choice { kind, reason, indicator } = choose(shape);
    let _ = writeln!(out, "{indent}type: {kind} # {reason}");
    match kind {
        "timestamp" => {
            let _ = writeln!(out, "{indent}timeFormat: rfc3339");
        }
        "array" => {
            let _ = writeln!(out, "{indent}element:");
            if let Some(element) = &shape.element {
                value(element, depth + 1, out);
            }
        }
        "object" => {
            let _ = writeln!(out, "{indent}fields:");
            fields(shape, false, None, depth + 1, out);
        }
        _ => {}
    }
    if let Some((name, what)) = indicator {
        let _ = writeln!(out, "{indent}indicators: [{name}] # each is {what}");
    }
}

fn choose(shape: &Shape) -> Choice {
    let chosen = |kind, reason| Choice { kind, reason, indicator: None };
    let counts = counts(shape);
    let kinds =
        [shape.booleans, shape.integers, shape.floats, shape.strings].iter().filter(|count| **count > 0).count();
    let composites = usize::from(shape.arrays > 0) + usize::from(shape.objects > 0);
    match (kinds, composites) {
        (0, 0) if shape.empty_cells + shape.dashes > 0 => chosen("string", "never anything but empty".to_owned()),
        (0, 0) => chosen("json", "never anything but null".to_owned()),
        (0, 1) if shape.opaque.is_some() => chosen("json", format!("{counts}, {}", shape.opaque.unwrap_or_default())),
        (0, 1) if shape.arrays > 0 => chosen("array", counts),
        (0, 1) if has_fields(shape, false) => chosen("object", counts),
        (0, 1) => chosen("json", format!("{counts}, none with a key that can be a field")),
        (_, 0) if shape.huge > 0 => chosen("string", format!("{counts}, {} beyond 64 bits", shape.huge)),
        (1, 0) if shape.booleans > 0 => chosen("boolean", counts),
        (1, 0) if shape.integers > 0 => chosen("bigint", counts + clock(shape.bounds)),
        (1, 0) if shape.strings > 0 => text(shape, counts),
        (_, 0) if shape.booleans == 0 && shape.strings == 0 => chosen("float", counts),
        (_, 0) => chosen("string", format!("mixed: {counts}")),
        _ => chosen("json", format!("mixed: {counts}")),
    }
}

/// What integers may be that all lie between the years 2001 and 2100. Whether they are times only their vendor can say.
fn clock(bounds: Option<(i64, i64)>) -> &'static str {
    const SECONDS: std::ops::Range<i64> = 1_000_000_000..4_102_444_800;
    match bounds {
        Some((least, greatest)) if SECONDS.contains(&least) && SECONDS.contains(&greatest) => {
            "; if they are times: timestamp with `timeFormat: unix`"
        }
        Some((least, greatest)) if SECONDS.contains(&(least / 1000)) && SECONDS.contains(&(greatest / 1000)) => {
            "; if they are times: timestamp with `timeFormat: unix_ms`"
        }
        _ => "",
    }
}

fn text(shape: &Shape, counts: String) -> Choice {
    match shape.looks {
        Some(looks) if looks.is_time() => {
            Choice { kind: "timestamp", reason: format!("{counts}, each is RFC 3339"), indicator: None }
        }
        looks => Choice { kind: "string", reason: counts, indicator: looks.and_then(super::shape::Looks::indicator) },
    }
}

/// Whether an object has a key that can be a field.
pub(super) fn has_fields(shape: &Shape, top_level: bool) -> bool {
    shape.fields.iter().any(|(name, _)| no_field(name, top_level).is_none())
}

/// Why a key cannot be a field, whatever others there are.
fn no_field(name: &str, top_level: bool) -> Option<String> {
    if name.is_empty() {
        Some("a field needs a name".to_owned())
    } else if name.len() > names::LONGEST_FIELD {
        Some(format!("a field's name has at most {} bytes", names::LONGEST_FIELD))
    } else if top_level && name.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("p_")) {
        Some("`p_` names are reserved".to_owned())
    } else {
        None
    }
}

/// Whether a field has a value in every object. An empty text is none where a timestamp is read.
fn is_required(field: &Shape, objects: u64) -> bool {
    field.present == objects && !(field.empty_strings > 0 && choose(field).kind == "timestamp")
}

fn is_event_time(name: &str, field: &Shape, objects: u64) -> bool {
    let snake = name.to_snake_case();
    let last = snake.rsplit('_').next().unwrap_or_default();
    let named = TIME_WORDS.contains(&last) || snake.ends_with("created_at");
    named && is_required(field, objects) && choose(field).kind == "timestamp"
}

fn counts(shape: &Shape) -> String {
    let all = [
        (shape.booleans, "boolean"),
        (shape.integers, "integer"),
        (shape.floats, "number"),
        (shape.strings, "string"),
        (shape.arrays, "array"),
        (shape.objects, "object"),
    ];
    let all: Vec<_> = all.iter().filter(|(count, _)| *count > 0).map(|(count, word)| plural(*count, word)).collect();
    all.join(" and ")
}

fn plural(count: u64, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// A text of YAML: plain where it reads as itself, else in double quotes.
fn yaml(text: &str) -> String {
    let plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            ' '..='~' => quoted.push(character),
            _ if character.is_alphanumeric() => quoted.push(character),
            _ => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(character));
            }
        }
    }
    quoted + "\""
}
