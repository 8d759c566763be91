//! Generated code passes Clippy, pedantic lints included, without one `allow`: users build it with their own lints.
//!
//! What is likely to trip it is not what schemas usually say, and so these are unusual ones: objects of many fields,
//! names that are alike, or begin like the type that has them, lists in lists.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use logwright_codegen::compile::Options;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::source::SourceMap;

const SIMILAR: &str = "
schema: Odd.Similar
description: Names that are alike, and lists in lists
fields:
  - {name: actor_id, type: string}
  - {name: actor_ip, type: string, indicators: [ip]}
  - {name: actor_ids, type: array, element: {type: string}}
  - {name: a, type: string}
  - {name: b, type: string}
  - {name: c, type: string}
  - {name: d, type: string}
  - {name: e, type: string}
  - {name: f, type: string}
  - name: grid
    type: array
    element:
      type: array
      element:
        type: object
        fields:
          - {name: x, type: bigint, required: true}
          - {name: y, type: string, indicators: [username]}
          - {name: at, type: timestamp, timeFormat: unix, isEventTime: true}
  - name: cube
    type: array
    element: {type: array, element: {type: array, element: {type: array, element: {type: string}}}}
";

const PREFIXED: &str = "
schema: Odd.Prefixed
description: Names that all begin like the type
fieldDiscoveryEnabled: true
fields:
  - {name: prefixed_id, type: bigint, required: true}
  - {name: prefixed_name, type: string}
  - {name: prefixed_time, type: timestamp, timeFormat: rfc3339, isEventTime: true}
  - name: item
    type: object
    fields:
      - {name: is_a, type: boolean}
      - {name: is_b, type: boolean}
      - {name: is_c, type: boolean}
      - {name: is_d, type: boolean}
";

const PAIRS: &str = "
schema: Odd.Pairs
description: A line whose values are called as the generated code calls things
parser:
  csv:
    delimiter: ','
    columns: [pairs, pairs_a, line, header, values]
fields:
  - {name: pairs, type: string}
  - {name: pairs_a, type: int}
  - {name: line, type: string}
  - {name: header, type: string}
  - {name: values, type: string}
";

const ALIKE: &str = "
schema: Odd.Alike
description: A line whose values all begin alike
parser:
  fastmatch:
    match: ['%{pairs_a} %{pairs_b} %{pairs_c}']
fields:
  - {name: pairs_a, type: string}
  - {name: pairs_b, type: string}
  - {name: pairs_c, type: string}
";

const UNFILLED: &str = "
schema: Odd.Unfilled
description: Fields that no value of the line goes to
parser:
  fastmatch:
    match: ['%{name}']
fields:
  - {name: name, type: string}
  - {name: raw, type: json, isEmbeddedJSON: true}
  - {name: list, type: array, isEmbeddedJSON: true, element: {type: string}}
  - {name: address, type: string, validate: {ip: any}}
";

const GROUPS: &str = "
schema: Odd.Groups
description: Groups whose names all begin alike
parser:
  regex:
    match: ['^(?P<pairs_a>a)(?P<pairs_b>b)$']
fields:
  - {name: pairs_a, type: string}
  - {name: pairs_b, type: string}
";

const TEMPLATES: &str = "
schema: Odd.Templates
description: A template that nobody takes, of a value that no field takes
parser:
  regex:
    match: ['^(?P<a>a)(?P<b>b)$']
    expandFields: {c: '%{b}'}
fields:
  - {name: a, type: string}
  - {name: b, type: string, split: {from: a, separator: ':', index: 2}}
";

const ODD: &str = "
schema: Odd.Odd
description: A log type that is named like its source
fields:
  - {name: odd, type: object, fields: [{name: odd, type: string}]}
";

const MADE: &str = "
schema: Odd.Made
description: Values that are made of one, and have names that are alike
parser: {fastmatch: {match: ['%{request} %{rest}']}}
fields:
  - {name: user_id, type: string, split: {from: request, separator: ':', index: 0}}
  - {name: user_ip, type: string, split: {from: request, separator: ':', index: 1}}
  - {name: request, type: string}
  - {name: again, type: string, copy: {from: rest}}
  - {name: rest, type: string}
  - {name: both, type: string, concat: {paths: [rest, request]}}
";

const OPEN: &str = "
schema: Odd.Open
description: A header whose other columns are all kept
fieldDiscoveryEnabled: true
parser: {csv: {hasHeader: true}}
fields:
  - {name: user, type: string}
";

const SHORT: &str = "
schema: Odd.Short
description: A header of short names
parser: {csv: {hasHeader: true}}
fields:
  - {name: a, type: string}
  - {name: b, type: string}
  - {name: c, type: string}
  - {name: d, type: bigint}
  - {name: e, type: string}
  - {name: f, type: string}
";

/// A line of which some cells are taken, and others are passed over one by one or together.
fn sparse() -> String {
    let columns: Vec<_> =
        (0..4 * FIELDS).map(|column| if column % 4 == 3 { "''".into() } else { format!("c{column}") }).collect();
    let mut text = format!("schema: Odd.Sparse\nparser: {{csv: {{columns: [{}]}}}}\nfields:\n", columns.join(", "));
    for field in (0..FIELDS).map(|field| if field < 50 { 2 * field } else { 3 * field + 1 }) {
        if columns[field] != "''" {
            writeln!(text, "  - {{name: c{field}, type: string}}").unwrap();
        }
    }
    text
}

/// How many fields an object of many has.
const FIELDS: usize = 120;

/// An object of many fields, and one of as many in it.
fn wide() -> String {
    let kinds =
        ["string", "bigint, required: true", "int", "boolean", "float", "json", "timestamp, timeFormat: rfc3339"];
    let mut text = "schema: Odd.Wide\ndescription: Many fields\nfields:\n".to_owned();
    for (field, kind) in kinds.iter().cycle().take(FIELDS).enumerate() {
        writeln!(text, "  - {{name: field_{field}, type: {kind}}}").unwrap();
    }
    text += "  - name: inside\n    type: object\n    fields:\n";
    for part in 0..FIELDS {
        writeln!(text, "      - {{name: part_{part}, type: string, indicators: [ip, domain]}}").unwrap();
    }
    text
}

/// A line of many values, whose columns are named here or by a header.
fn cells(name: &str, has_header: bool) -> String {
    let names: Vec<String> = (0..FIELDS).map(|field| format!("cell_{field}")).collect();
    let columns =
        if has_header { "hasHeader: true".to_owned() } else { format!("columns: [{}, last]", names.join(", ")) };
    let mut text = format!(
        "schema: Odd.{name}\ndescription: Many values\nfieldDiscoveryEnabled: true\n\
         parser:\n  csv: {{delimiter: ',', {columns}}}\nfields:\n"
    );
    let kinds = ["string", "bigint, required: true", "timestamp, timeFormats: [rfc3339, unix]", "json"];
    for (name, kind) in names.iter().zip(kinds.iter().cycle()) {
        writeln!(text, "  - {{name: {name}, type: {kind}}}").unwrap();
    }
    text += "  - {name: both, type: string, concat: {paths: [cell_0, cell_4], separator: '-'}}\n";
    text
}

/// A line of many values by a pattern, or by an expression.
fn matched(name: &str, key: &str, mark: impl Fn(usize) -> String) -> String {
    let values: Vec<String> = (0..FIELDS).map(mark).collect();
    let mut text = format!(
        "schema: Odd.{name}\ndescription: Many values\nparser:\n  {key}:\n    match: ['{}']\nfields:\n",
        values.join(" ")
    );
    for field in 0..FIELDS {
        writeln!(text, "  - {{name: value_{field}, type: string}}").unwrap();
    }
    text
}

#[test]
fn unusual_schemas_pass_pedantic_lints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clippy");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("schemas/odd")).unwrap();
    let steps = matched("Steps", "fastmatch", |field| format!("%{{value_{field}}}"));
    // Whole pieces of these find nothing that a field takes.
    let named = |field| !(20..60).contains(&field);
    let passed = |field| if named(field) { format!("%{{value_{field}}}") } else { "%{}".to_owned() };
    let passed_over = matched("PassedOver", "fastmatch", passed);
    let left = |field| if named(field) { format!(r"(?P<value_{field}>\S+)") } else { r"\S+".to_owned() };
    let left_out = matched("LeftOut", "regex", left);
    let captures = matched("Captures", "regex", |field| format!(r"(?P<value_{field}>\S+)"));
    let sparse = sparse();
    let (wide, cells, header) = (wide(), cells("Cells", false), cells("Header", true));
    let schemas = [
        ("odd", ODD),
        ("made", MADE),
        ("open", OPEN),
        ("sparse", &sparse),
        ("similar", SIMILAR),
        ("prefixed", PREFIXED),
        ("pairs", PAIRS),
        ("alike", ALIKE),
        ("unfilled", UNFILLED),
        ("groups", GROUPS),
        ("templates", TEMPLATES),
        ("short", SHORT),
        ("wide", &wide),
        ("cells", &cells),
        ("steps", &steps),
        ("captures", &captures),
        ("passed_over", &passed_over),
        ("left_out", &left_out),
        ("header", &header),
    ];
    for (name, schema) in schemas {
        fs::write(folder.join(format!("schemas/odd/{name}.yml")), schema).unwrap();
    }
    let (sources, _) = SourceMap::read(&folder.join("schemas"));
    let home = Home::users("::logwright", false).unwrap();
    let (generated, _) = generate(&sources, &Options::default(), &home);
    assert_eq!(generated.files.len(), schemas.len() + 2, "every schema is good");
    for (path, text) in &generated.files {
        let path = folder.join("src/log_types").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let manifest = format!(
        "[package]\nname = \"odd\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nlogwright = {{ path = '{}', features = ['regex'] }}\n",
        root.join("generated").display()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    fs::write(folder.join("src/lib.rs"), "//! Generated code.\npub mod log_types;\n").unwrap();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["clippy", "--quiet", "--offline", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    cargo.arg("--target-dir").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("clippy_target"));
    let linted = cargo.args(["--", "-D", "warnings", "-W", "clippy::pedantic"]).output().unwrap();
    assert!(linted.status.success(), "{}", String::from_utf8_lossy(&linted.stderr));
}
