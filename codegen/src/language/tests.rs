//! The language's JSON Schema against the readers and against every YAML file in the repository.

use std::collections::BTreeSet;
use std::path::Path;

use logwright::indicators::Indicator;

use super::*;
use crate::compile::{Options, compile, is_log_schema};
use crate::contract;
use crate::diagnostic::{Code, Diagnostics};
use crate::raw::schema::TYPES;
use crate::source::SourceMap;
use crate::yaml::{self, Kind, Meaning, Node};

/// JSON is YAML, so the schemas are read by the reader that is there.
fn parse(text: &str) -> Node {
    let sources = SourceMap::from_texts([("a.yml", text)]);
    let mut diagnostics = Diagnostics::default();
    let id = sources.iter().next().unwrap().0;
    let node = yaml::parse_document(id, &sources, &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
    node
}

fn entries(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let Kind::Mapping(entries) = &node.kind else { panic!("no mapping: {node:?}") };
    entries.iter().map(|(key, value)| (text(key), value))
}

fn items(node: &Node) -> &[Node] {
    let Kind::Sequence(items) = &node.kind else { panic!("no list: {node:?}") };
    items
}

fn text(node: &Node) -> &str {
    let Kind::Scalar { text, .. } = &node.kind else { panic!("no scalar: {node:?}") };
    text
}

fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    entries(node).find(|(name, _)| *name == key).map(|(_, value)| value)
}

/// What a pointer such as `$defs/field` leads to.
fn at<'n>(root: &'n Node, pointer: &str) -> &'n Node {
    let step = |node: &'n Node, key: &str| match &node.kind {
        Kind::Sequence(items) => &items[key.parse::<usize>().unwrap()],
        _ => get(node, key).unwrap_or_else(|| panic!("no {key} of {pointer}")),
    };
    pointer.split('/').filter(|key| !key.is_empty()).fold(root, step)
}

/// Why `value` does not conform to `schema`. Knows the keywords that our schemas use for shape; patterns are left to the
/// compiler, which has the same rules.
fn misfit(root: &Node, schema: &Node, value: &Node, path: &str) -> Option<String> {
    let same = |wanted: &Node| matches!((&wanted.kind, &value.kind), (Kind::Scalar { text: a, .. }, Kind::Scalar { text: b, .. }) if a == b);
    let fits = |schema: &Node| misfit(root, schema, value, path).is_none();
    if let Some(target) = get(schema, "$ref") {
        return misfit(root, at(root, text(target).trim_start_matches("#/")), value, path);
    }
    for (keyword, rule) in entries(schema) {
        let good = match keyword {
            "type" => match &rule.kind {
                Kind::Sequence(types) => types.iter().any(|kind| is_of(text(kind), value)),
                _ => is_of(text(rule), value),
            },
            "enum" => items(rule).iter().any(same),
            "const" => same(rule),
            "anyOf" => items(rule).iter().any(fits),
            "oneOf" => items(rule).iter().filter(|one| fits(one)).count() == 1,
            "allOf" => {
                items(rule).iter().all(|part| !fits(get(part, "if").unwrap()) || fits(get(part, "then").unwrap()))
            }
            "required" if matches!(value.kind, Kind::Mapping(_)) => {
                items(rule).iter().all(|key| get(value, text(key)).is_some())
            }
            "minItems" if matches!(value.kind, Kind::Sequence(_)) => !items(value).is_empty(),
            "maxProperties" if matches!(value.kind, Kind::Mapping(_)) => entries(value).count() == 1,
            _ => true,
        };
        if !good {
            return Some(format!("{path}: against `{keyword}`"));
        }
    }
    match &value.kind {
        Kind::Mapping(members) => members.iter().find_map(|(key, value)| {
            let key = text(key);
            let path = format!("{path}.{key}");
            match get(schema, "properties").and_then(|properties| get(properties, key)) {
                Some(schema) => misfit(root, schema, value, &path),
                None => match get(schema, "additionalProperties") {
                    Some(schema) if matches!(schema.kind, Kind::Mapping(_)) => misfit(root, schema, value, &path),
                    Some(_) => Some(format!("{path}: no such key")),
                    None => None,
                },
            }
        }),
        Kind::Sequence(values) => {
            let items = get(schema, "items")?;
            values.iter().find_map(|value| misfit(root, items, value, &format!("{path}[]")))
        }
        Kind::Scalar { .. } => None,
    }
}

fn is_of(kind: &str, value: &Node) -> bool {
    match kind {
        "object" => matches!(value.kind, Kind::Mapping(_)),
        "array" => matches!(value.kind, Kind::Sequence(_)),
        "string" => matches!(value.meaning(), Some(Meaning::String(_))),
        "boolean" => matches!(value.meaning(), Some(Meaning::Boolean(_))),
        "integer" => matches!(value.meaning(), Some(Meaning::Integer(_))),
        "number" => matches!(value.meaning(), Some(Meaning::Integer(_) | Meaning::Number)),
        _ => panic!("unknown type {kind}"),
    }
}

#[test]
fn every_schema_and_contract_here_conforms() {
    let (log_schema, contract_schema) = (parse(LOG_SCHEMA), parse(CONTRACT));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut seen = (0, 0);
    for folder in ["schemas", "tests/contracts"] {
        let (sources, mut diagnostics) = SourceMap::read(&root.join(folder));
        for (id, file) in sources.iter() {
            let schema = if contract::is_contract(file) {
                seen.1 += 1;
                &contract_schema
            } else if is_log_schema(file) {
                seen.0 += 1;
                &log_schema
            } else {
                continue;
            };
            let document = yaml::parse_document(id, &sources, &mut diagnostics).unwrap();
            assert_eq!(misfit(schema, schema, &document, ""), None, "{}", file.path());
        }
    }
    assert!(seen.0 >= 5 && seen.1 >= 5, "{seen:?}");
}

#[test]
fn what_does_not_conform_is_found() {
    let schema = parse(LOG_SCHEMA);
    for (text, expected) in [
        ("schema: A.B\nfields: []\n", ".fields: against `minItems`"),
        ("fields: [{name: a, type: string}]\n", ": against `required`"),
        ("schema: Acme.A\nfields: [{name: a, type: text}]\n", ".fields[].type: against `enum`"),
        ("schema: Acme.A\nfields: [{name: a, type: array}]\n", ".fields[]: against `allOf`"),
        (
            "schema: Acme.A\nfields: [{name: a, type: array, element: {type: int, name: b}}]\n",
            ".fields[].element.name: no such key",
        ),
        (
            "schema: Acme.A\nparser: {csv: {}, regex: {match: [a]}}\nfields: [{name: a, type: int}]\n",
            ".parser: against `maxProperties`",
        ),
    ] {
        let found = misfit(&schema, &schema, &parse(text), "").unwrap();
        assert!(found.ends_with(expected), "{text}: {found}");
    }
}

#[test]
fn words_are_those_of_the_language() {
    let schema = parse(LOG_SCHEMA);
    let words = |pointer: &str| items(at(&schema, pointer)).iter().map(text).collect::<Vec<_>>();
    for value in ["$defs/field", "$defs/element"] {
        let types: Vec<_> = TYPES.iter().map(|(name, _)| *name).collect();
        assert_eq!(words(&format!("{value}/properties/type/enum")), types);
        let indicators: Vec<_> = Indicator::ALL.iter().map(|indicator| indicator.name()).collect();
        assert_eq!(words(&format!("{value}/properties/indicators/items/enum")), indicators);
    }
}

/// A key that is far from every other, so that the reader lists those that it knows.
const UNKNOWN: &str = "qqqqqqqqqq";

/// A log schema with an unknown key at each place. Where the reader does not read so far, its code for what is not
/// supported says so, and the place is passed over until it does.
const SCHEMAS: &[(&str, &[(&str, &str)])] = &[
    (
        "schema: Acme.Login\nQ\nparser: {native: {name: Acme.Login, Q}, Q}\ndefinitions: {Actor: {type: string, Q}}\nfields: [{name: a, type: array, Q, element: {type: string, Q, validate: {ip: any, Q}}}]\n",
        &[
            ("", ""),
            ("parser", "properties/parser"),
            ("parser.native", "properties/parser/properties/native"),
            ("definitions.Actor", "$defs/element"),
            ("fields[0]", "$defs/field"),
            ("fields[0].element", "$defs/element"),
            ("fields[0].element.validate", "$defs/validate"),
        ],
    ),
    (
        "schema: Acme.Login\nparser: {csv: {columns: [a], Q}}\nfields: [{name: a, type: string}]\n",
        &[("parser.csv", "properties/parser/properties/csv")],
    ),
    (
        "schema: Acme.Login\nparser: {fastmatch: {match: ['%{a} '], Q}}\nfields: [{name: a, type: string}]\n",
        &[("parser.fastmatch", "properties/parser/properties/fastmatch")],
    ),
    (
        "schema: Acme.Login\nparser: {regex: {match: ['(?P<a>.)'], Q}}\nfields: [{name: a, type: string}]\n",
        &[("parser.regex", "properties/parser/properties/regex")],
    ),
    (
        "schema: Acme.Login\nfields: [{name: a, type: string, rename: {from: b, Q}}, {name: c, type: string, copy: {from: b.c, Q}}, {name: d, type: string, concat: {paths: [b], Q}}, {name: e, type: string, split: {from: b, separator: x, index: 0, Q}}, {name: f, type: string, mask: {type: redact, to: x, Q}}]\n",
        &[
            ("fields[0].rename", "$defs/field/properties/rename"),
            ("fields[1].copy", "$defs/field/properties/copy"),
            ("fields[2].concat", "$defs/field/properties/concat"),
            ("fields[3].split", "$defs/field/properties/split"),
            ("fields[4].mask", "$defs/field/properties/mask"),
        ],
    ),
];

/// The same for contracts.
const CONTRACTS: &[(&str, &[(&str, &str)])] = &[
    (
        "source: acme\nQ\ninputs: {region: {description: x, example: eu, format: dns_label, Q}}\nsign_in: {code: {description: x, inputs: {}, oauth: {grant: authorization_code, Q}, ends: {on: 2027-01-01, note: x, Q}, Q}, basic: {description: x, inputs: {}, basic: {user: x, password: x, Q}}, token: {description: x, inputs: {}, token: {prefix: x, token: x, Q}}}\nlimits: {requests_per_minute: 1, headers: {Q}, Q}\nrefusals: [{status: 401, Q}]\nlogs: [{log_type: Acme.Login, Q, request: {method: GET, Q}, paging: {cursor: {at: /a, send: {query: a, Q}, end: {when_false: /b, Q}, Q}, Q}, order: {by: [a], Q}, time: {field: a, Q}, window: {format: unix, Q}, lateness: {usual: 1s, Q}}]\n",
        &[
            ("", ""),
            ("inputs.region", "$defs/inputs/additionalProperties"),
            ("sign_in.code", "$defs/way"),
            ("sign_in.code.oauth", "$defs/way/properties/oauth"),
            ("sign_in.code.ends", "$defs/way/properties/ends"),
            ("sign_in.basic.basic", "$defs/way/properties/basic"),
            ("sign_in.token.token", "$defs/way/properties/token"),
            ("limits", "properties/limits"),
            ("limits.headers", "properties/limits/properties/headers"),
            ("refusals[0]", "properties/refusals/items"),
            ("logs[0]", "$defs/log"),
            ("logs[0].request", "$defs/log/properties/request"),
            ("logs[0].paging", "$defs/log/properties/paging/anyOf/1"),
            ("logs[0].paging.cursor", "$defs/log/properties/paging/anyOf/1/properties/cursor"),
            ("logs[0].paging.cursor.send", "$defs/place"),
            ("logs[0].paging.cursor.end", "$defs/end/anyOf/1"),
            ("logs[0].order", "$defs/log/properties/order/anyOf/1"),
            ("logs[0].time", "$defs/log/properties/time"),
            ("logs[0].window", "$defs/log/properties/window"),
            ("logs[0].lateness", "$defs/log/properties/lateness"),
        ],
    ),
    (
        "source: acme\nlogs: [{paging: {link: {relation: next, Q}}}, {paging: {next_url: {at: /a, Q}}}, {paging: {offset: {page_size: 1, Q}}}]\n",
        &[
            ("logs[0].paging.link", "$defs/log/properties/paging/anyOf/1/properties/link"),
            ("logs[1].paging.next_url", "$defs/log/properties/paging/anyOf/1/properties/next_url"),
            ("logs[2].paging.offset", "$defs/log/properties/paging/anyOf/1/properties/offset"),
        ],
    ),
];

#[test]
fn keys_are_those_that_the_readers_know() {
    for (schema, name, documents) in [(LOG_SCHEMA, "login.yml", SCHEMAS), (CONTRACT, "source.yml", CONTRACTS)] {
        let schema = parse(schema);
        for (text, places) in documents {
            check_keys(&schema, name, &text.replace('Q', &format!("{UNKNOWN}: 1")), places);
        }
    }
}

fn check_keys(schema: &Node, name: &str, text: &str, places: &[(&str, &str)]) {
    let sources = SourceMap::from_texts([(format!("acme/{name}"), text)]);
    let (schemas, mut diagnostics) = compile(&sources, &Options::default());
    diagnostics.append(contract::compile(&sources, &schemas, &Options::default()).1);
    let told = diagnostics.sorted();
    for (path, pointer) in places {
        let path = if path.is_empty() { UNKNOWN.to_owned() } else { format!("{path}.{UNKNOWN}") };
        let Some(unknown) = told.iter().find(|told| told.code == Code::LW0201 && told.path == path) else {
            panic!("nothing is said of {path}:\n{}", diagnostics.render_text(&sources, false));
        };
        let known = unknown.help.as_deref().and_then(|help| help.strip_prefix("Known keys here: "));
        let known: BTreeSet<_> = known.unwrap().trim_end_matches('.').split(", ").collect();
        let declared: BTreeSet<_> = entries(at(schema, &format!("{pointer}/properties"))).map(|(key, _)| key).collect();
        assert_eq!(declared, known, "at {path}");
    }
}
