//! Random log schemas whose events are lines of text: the three parsers with every option, over fields of every type.

use logwright_codegen::lower::names;
use serde_json::{Map, Value, json};

use super::random::Random;
use super::schemas::{NAMES, WORDS};
use super::transforms;

/// A schema, and what the lines of its streams are made of.
pub(crate) struct TextSchema {
    pub(crate) yaml: String,
    pub(crate) lines: Lines,
}

/// What lines are made of.
pub(crate) enum Lines {
    /// Cells.
    Cells { delimiter: char, columns: Vec<Column>, has_header: bool },
    /// Pieces, in one of several ways.
    Pieces(Vec<Vec<Piece>>),
}

/// A cell's name and texts that may be of its type.
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) texts: Texts,
}

/// A piece of a line.
pub(crate) enum Piece {
    Literal(String),
    Value(Texts),
}

/// Texts to choose from; those of the first half fit best.
pub(crate) type Texts = &'static [&'static str];

/// Type, the other keys of its field, and texts that are mostly of it.
const TYPES: &[(&str, &str, Texts)] = &[
    ("string", "{}", STRINGS),
    ("string", r#"{"indicators": ["ip", "username"]}"#, &["203.0.113.7", "2001:db8::1", " jane ", "jane", "-", ""]),
    ("string", r#"{"indicators": ["url"]}"#, &["https://a.example/x?y", "//b.example", "GET", "-"]),
    ("string", r#"{"validate": {"allow": ["a", "login", "é", "1"]}}"#, WORDS),
    ("string", r#"{"validate": {"deny": ["null", "x\"y"]}}"#, WORDS),
    ("string", r#"{"validate": {"ip": "any"}}"#, &["203.0.113.7", "::1", " ::1", "1.2.3", "-"]),
    ("smallint", "{}", &["0", "-1", "32767", "+7", "007", "32768", "-", ""]),
    ("int", "{}", &["0", "65536", "-2147483648", "2147483648", "1.0", "-"]),
    ("bigint", "{}", &["9223372036854775807", "9223372036854775808", "-5", "1e3", ""]),
    ("float", "{}", &["0.1", "1e300", "5e-324", "-0", "1e999", "inf", "0x1", ""]),
    ("boolean", "{}", &["true", "F", "1", "0", "True", "yes", ""]),
    ("json", "{}", &["{}", "a\"b", "\\u0041", "[1]", "", "é\u{1}"]),
    ("timestamp", r#"{"timeFormat": "unix", "isEventTime": true}"#, &["1761000000", "1761000000.5", "-1", "x", ""]),
    ("timestamp", r#"{"timeFormats": ["rfc3339", "unix_ms", "cloudflare"]}"#, TIMES),
    (
        "timestamp",
        r#"{"timeFormats": ["%Y-%m-%d %H:%M:%S", "%d/%b/%Y:%T %z", "layout=Jan _2 15:04:05"]}"#,
        PATTERN_TIMES,
    ),
    ("string", r#"{"mask": {"type": "hash", "salt": "é"}}"#, STRINGS),
    ("json", r#"{"isEmbeddedJSON": true}"#, &["{}", "[1, 2]", "\"a\"", "", "{", "null"]),
    ("array", r#"{"isEmbeddedJSON": true, "element": {"type": "int"}}"#, &["[1,null]", "[]", "", "[\"x\"]", "[", "{}"]),
    (
        "object",
        r#"{"isEmbeddedJSON": true, "fields": [{"name": "a", "type": "string", "copy": {"from": "b.c"}, "validate": {"ip": "any"}}]}"#,
        &["{}", r#"{"b":{"c":"::1"}}"#, r#"{"b.c":"\u003a\u003a1"}"#, "", "[]", r#"{"b.c":"x"}"#],
    ),
    ("array", r#"{"element": {"type": "string"}}"#, &["", "-", "[]"]),
    ("object", r#"{"fields": [{"name": "a", "type": "int"}]}"#, &["", "-", "{}"]),
];

const STRINGS: Texts = &[
    "",
    " ",
    "-",
    "null",
    "jane",
    "Jane Doe",
    " padded ",
    "\u{a0}\u{2003}wide\u{3000}",
    "é",
    "😀",
    "quote\"inside",
    "\"quoted\"",
    "it's",
    "back\\slash",
    r"\x41\u00e9\n",
    r#"\""#,
    r"\q",
    "a,b;c|d",
    "tab\there",
    "%{x}",
    "100%",
    "\u{feff}",
];
const TIMES: Texts = &[
    "2026-03-01T11:32:44Z",
    "2026-03-01T11:32:44.5+02:00",
    "1761000000123",
    "",
    "2026-02-30T00:00:00Z",
    "2026-03-01 11:32:44",
    "-",
];
const PATTERN_TIMES: Texts = &[
    "2026-03-01 11:32:44",
    "01/Mar/2026:11:32:44 -0730",
    "Mar  1 11:32:44",
    "Mar 12 11:32:44",
    "2026-3-1 1:2:3",
    "2026-03-01T11:32:44Z",
    "1761000000",
    "-",
    "",
];

/// Parts of regular expressions, `@` for the group's name, and texts that they are meant for.
const GROUPS: &[(&str, Texts)] = &[
    ("%{WORD:@}", &["jane", "login", "a_1", "é", ""]),
    ("%{INT:@}", &["0", "-1", "7", "32768", "+65536", "2147483648"]),
    ("%{NUMBER:@}", &["0.1", "-5", "1e3", "7."]),
    ("%{ NOTSPACE : @ }", &["203.0.113.7", "true", "1761000000", "a\u{a0}b", " "]),
    ("%{DATA:@}", STRINGS),
    ("%{IP:@}", &["203.0.113.7", "2001:db8::1", "::", "256.1.1.1"]),
    ("%{TIMESTAMP_ISO8601:@}", TIMES),
    ("%{QUOTEDSTRING:@}", &["\"a\"", "'b c'", "\"a\\\"b\"", "\""]),
    ("%{OWN:@}", &["x-1", "x-a.b", "y-1"]),
    ("(?P<@>[^ ,]*)", &["true", "F", "1", "", "é😀"]),
    (r"(?:\[(?<@>\d+)\])?", &["[7]", "", "[x]", "[40000]"]),
    (r"(?i:(?P<@>get|post))?", &["GET", "post", "put", ""]),
    (r"(?P<@>\S+?)", &["a", "ab", "日本"]),
];

const LITERALS: &[&str] = &[" ", ",", " - ", "=", "] [", "é", "\" \"", "' ", "'\\", "\"", "|", ": "];

/// A schema of lines; `index` makes its log type unlike the others.
pub(crate) fn schema(index: usize, random: &mut Random) -> TextSchema {
    let kind = ["csv", "fastmatch", "regex"][index % 3];
    if kind != "csv" && index < 3 {
        return wide(kind, index);
    }
    let (mut fields, mut columns) = fields(kind, random);
    if kind == "csv" && index < WIDE {
        // So many that they are taken piece after piece.
        for number in 0..90 {
            let (kind, rest, texts) = random.pick(TYPES);
            let mut field: Value = serde_json::from_str(rest).unwrap();
            let name = format!("more {number}");
            field["type"] = json!(kind);
            field["name"] = json!(name);
            fields.push(field);
            columns.push(Column { name, texts });
        }
    }
    transforms::among(&mut fields, random);
    let (mut parser, lines) = match kind {
        "csv" => csv(columns, random),
        "fastmatch" => fastmatch(&columns, random),
        _ => regex(&columns, random),
    };
    options(&mut parser, &fields, random);
    let document = json!({ "schema": format!("Random.Line{index}"), "parser": { kind: parser }, "fields": fields,
        "fieldDiscoveryEnabled": random.percent(30) });
    TextSchema { yaml: document.to_string(), lines }
}

/// Words with spaces between them, so many that they are taken piece after piece; most lines fit.
fn wide(kind: &str, index: usize) -> TextSchema {
    const NUMBERS: Texts = &["7", "0", "-5"];
    const FEW_NUMBERS: Texts = &["7", "0", "x"];
    const TEXTS: Texts = &["jane", "\"a\"", "b\\c", "é"];
    let columns: Vec<_> = (0..100)
        .map(|number| {
            let texts = [TEXTS, NUMBERS][number % 2];
            Column { name: format!("word_{number}"), texts: if number == 51 { FEW_NUMBERS } else { texts } }
        })
        .collect();
    let of_type = |column: &Column| if column.texts == TEXTS { "string" } else { "int" };
    let fields: Vec<_> = columns.iter().map(|column| json!({ "name": column.name, "type": of_type(column) })).collect();
    let placed = |column: &Column| match kind {
        "fastmatch" => format!("%{{{}}}", column.name),
        _ => format!(r"(?P<{}>\S+)", column.name),
    };
    let pattern = columns.iter().map(placed).collect::<Vec<_>>().join(" ");
    let space = || Piece::Literal(" ".to_owned());
    let pieces = columns.iter().flat_map(|column| [space(), Piece::Value(column.texts)]).skip(1).collect();
    let document = json!({ "schema": format!("Random.Line{index}"), "parser": { kind: { "match": [pattern] } }, "fields": fields });
    TextSchema { yaml: document.to_string(), lines: Lines::Pieces(vec![pieces]) }
}

/// Below this, schemas of cells have many fields.
const WIDE: usize = 9;

/// Fields, and the same as columns.
fn fields(kind: &str, random: &mut Random) -> (Vec<Value>, Vec<Column>) {
    let mut taken = Vec::new();
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for _ in 0..=random.below(7) {
        let name = random.pick(NAMES);
        let column = names::column(name).to_lowercase();
        // Names end at these in a placeholder and in a group.
        let unfit = kind != "csv" && name.contains(['}', '>']);
        if unfit || taken.contains(&column) {
            continue;
        }
        taken.push(column);
        let (kind, rest, texts) = random.pick(TYPES);
        let mut field: Value = serde_json::from_str(rest).unwrap();
        field["name"] = json!(name);
        field["type"] = json!(kind);
        if random.percent(15) {
            field["required"] = json!(true);
        }
        fields.push(field);
        columns.push(Column { name: name.to_owned(), texts });
    }
    if fields.is_empty() {
        fields.push(json!({ "name": "id", "type": "string" }));
        columns.push(Column { name: "id".to_owned(), texts: STRINGS });
    }
    (fields, columns)
}

fn options(parser: &mut Value, fields: &[Value], random: &mut Random) {
    if random.percent(30) {
        parser["skipPrefix"] = json!(random.pick(&["#", "é", "  ", "\"", "a"]));
    }
    if random.percent(40) {
        parser["trimSpace"] = json!(true);
    }
    if random.percent(40) {
        parser["emptyValues"] =
            json!([vec![random.pick(&["-", "", "null"])], random.some(&["-", "", "a", " "], 2)].concat());
    }
    if random.percent(40) {
        let mut templates = Map::new();
        for _ in 0..=random.below(2) {
            let parts: String = (0..=random.below(3)).map(|_| part(fields, random)).collect();
            let name = if random.percent(70) { name(fields, random) } else { "made" };
            templates.insert(name.to_owned(), json!(parts));
        }
        parser["expandFields"] = Value::Object(templates);
    }
}

/// A part of a template; what is no name there is a literal.
fn part(fields: &[Value], random: &mut Random) -> String {
    match random.below(3) {
        0 => random.pick(&["-", "@", " ", "}", "%", "{x}", "é"]).to_owned(),
        1 => "%{ missing }".to_owned(),
        _ => match name(fields, random) {
            name if name.contains('}') => "x".to_owned(),
            name => format!("%{{{name}}}"),
        },
    }
}

fn name<'f>(fields: &'f [Value], random: &mut Random) -> &'f str {
    fields[random.below(fields.len())]["name"].as_str().unwrap()
}

fn csv(mut columns: Vec<Column>, random: &mut Random) -> (Value, Lines) {
    let delimiter = random.pick(&[',', ',', ';', '\t', ' ', '|', '→', '\'']);
    // A column of no field, and one that comes twice.
    if random.percent(40) {
        columns.push(Column { name: "undeclared".to_owned(), texts: STRINGS });
    }
    if random.percent(20) {
        let name = columns[0].name.clone();
        columns.push(Column { name, texts: STRINGS });
    }
    random.shuffle(&mut columns);
    let mut parser = json!({});
    if delimiter != ',' || random.percent(20) {
        parser["delimiter"] = json!(delimiter);
    }
    let (has_header, has_columns) = random.pick(&[(true, false), (true, false), (true, true), (false, true)]);
    if has_header {
        parser["hasHeader"] = json!(true);
    }
    if has_columns {
        let mut named: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
        if random.percent(20) {
            named.insert(random.below(named.len() + 1), "");
        }
        parser["columns"] = json!(named);
    }
    (parser, Lines::Cells { delimiter, columns, has_header })
}

fn fastmatch(columns: &[Column], random: &mut Random) -> (Value, Lines) {
    let (mut patterns, mut lines) = (Vec::new(), Vec::new());
    for _ in 0..=random.below(3) {
        let (mut pattern, mut pieces) = (String::new(), Vec::new());
        let literal = |pattern: &mut String, random: &mut Random| {
            let text = random.pick(LITERALS);
            pattern.push_str(text);
            Piece::Literal(text.to_owned())
        };
        if random.percent(50) {
            pieces.push(literal(&mut pattern, random));
        }
        let count = 1 + random.below(columns.len());
        for (number, column) in columns.iter().take(count).enumerate() {
            if number > 0 {
                pieces.push(literal(&mut pattern, random));
                if random.percent(15) {
                    pattern.push_str("%{}");
                    pieces.push(Piece::Value(STRINGS));
                    pieces.push(literal(&mut pattern, random));
                }
            }
            let space = random.pick(&["", "", " "]);
            pattern.extend(["%{", space, &column.name, space, "}"]);
            pieces.push(Piece::Value(column.texts));
        }
        if random.percent(40) {
            pieces.push(literal(&mut pattern, random));
        }
        patterns.push(pattern);
        lines.push(pieces);
    }
    (json!({ "match": patterns }), Lines::Pieces(lines))
}

fn regex(columns: &[Column], random: &mut Random) -> (Value, Lines) {
    let (mut parts, mut pieces) = (Vec::new(), Vec::new());
    if random.percent(60) {
        parts.push("^".to_owned());
    }
    for (number, column) in columns.iter().enumerate() {
        if number > 0 {
            let text = random.pick(LITERALS);
            parts.push(text.replace(['[', ']', '|', '\\'], "."));
            pieces.push(Piece::Literal(text.to_owned()));
        }
        let (group, texts) = random.pick(GROUPS);
        parts.push(group.replace('@', &column.name));
        pieces.push(Piece::Value(if random.percent(80) { texts } else { column.texts }));
    }
    if random.percent(40) {
        parts.push("$".to_owned());
    }
    let definitions = json!({ "OWN": "x-(?:%{INT}|%{NAME})", "NAME": "%{USER}" });
    // The list is one expression, wherever it is cut.
    let parts = if random.percent(50) { vec![parts.concat()] } else { parts };
    (json!({ "match": parts, "patternDefinitions": definitions }), Lines::Pieces(vec![pieces]))
}
