//! The ways to link the parsers, each as a user's crate: `tests/examples` holds them, and here they are built and run.
//!
//! They are a workspace of their own, so that nothing of ours decides what they get. They share our target folder: what
//! both are built from is built once.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use logwright_codegen::compile::Options;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::source::SourceMap;
use logwright_codegen::tree;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    // Whatever flags this test was built with are not the user's.
    cargo.args(arguments).args(["--offline", "--locked"]).current_dir(examples()).env("CARGO_TARGET_DIR", target);
    cargo
}

/// What the program of an example makes of its standard input. It must be built without a warning.
fn run(package: &str, input: &str) -> String {
    let mut cargo = cargo(&["run", "--quiet", "--package", package]);
    cargo.env("CARGO_BUILD_WARNINGS", "deny");
    let mut child = cargo.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    text(&child.wait_with_output().unwrap())
}

/// The standard output of a program that had nothing to complain of.
fn text(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The packages that end up in the program, one a line.
fn dependencies(package: &str) -> String {
    let tree = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p} {f}", "--package", package];
    let tree = text(&cargo(&tree).output().unwrap());
    tree.replace('\\', "/").lines().map(|line| line.split(" v").next().unwrap().to_owned() + "\n").collect()
}

#[test]
fn the_parsers_that_come_with_logwright() {
    let input = r#"{"id": 1, "created_at": "2026-03-01T11:32:44Z", "action": "login", "actor_name": "Zo\u00eb"}
{"id": 2, "created_at": "2026-03-01T11:32:45Z", "action": "update"}
{"id": "x", "created_at": "2026-03-01T11:32:46Z"}
"#;
    let expected = "2026-03-01T11:32:44Z Zoë from ?\nnot an event: /id: expected a 64-bit integer, found \"x\"\n";
    assert_eq!(run("pre_generated", input), expected);
    assert_eq!(dependencies("pre_generated"), "pre_generated\nlogwright\n");
}

#[test]
fn log_types_of_ones_own_committed() {
    let input = "{\"id\": \"7\", \"time\": \"2026-03-01T11:32:44Z\", \"type\": \"sso\", \"by\": {\"name\": \"Zo\\u00eb\"}, \"a.b\": [1.50, null]}
2026-03-01T11:32:44Z north: forced by 7
north
";
    let expected = r#"{"id":"7","time":"2026-03-01T11:32:44Z","user":null,"type":"sso","by":{"name":"Zoë"},"a.b":[1.5,null]}
{"at":"2026-03-01T11:32:44Z","door":"north","what":"forced","badge":7}
neither a sign-in (byte 0: expected a JSON object, found 'n') nor a door (expected a line that matches `^%{TIMESTAMP_ISO8601:at} (?P<door>\w+): (?P<what>opened|closed|forced) by (?P<badge>\d+)$`, found "north")
"#;
    assert_eq!(run("own_schemas", input), expected);
}

#[test]
fn committed_code_is_fresh() {
    let folder = examples().join("own_schemas");
    std::env::set_current_dir(&folder).unwrap();
    let (sources, _) = SourceMap::read(Path::new("schemas"));
    let home = Home::users("::logwright", true).unwrap();
    let (generated, diagnostics) = generate(&sources, &Options::default(), &home);
    assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
    let changes = tree::compare(Path::new("src/log_types"), &generated.files).unwrap();
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        for change in changes {
            change.apply().unwrap();
        }
        return;
    }
    assert!(changes.is_empty(), "{}", changes.iter().map(tree::Change::diff).collect::<String>());
}

#[test]
fn log_types_of_ones_own_by_a_build_script() {
    let input = "{\"id\": \"7\", \"time\": \"2026-03-01T11:32:44Z\", \"user\": \"jane\"}
time,gate,ip
1772364764,south,203.0.113.7
{\"id\": 7}
";
    let expected = r#"Acme: pulled from https://acme.example/api
Acme.Login 2026-03-01T11:32:44Z ["jane"]
Acme.Gate 2026-03-01T11:32:44Z ["203.0.113.7"]
no log type fits: Acme.Gate: expected 3 cells, as many as the header has, found 1; Acme.Login: /time: expected a value (the field is required), found null or nothing
"#;
    assert_eq!(run("build_script", input), expected);
    let packages = dependencies("build_script");
    assert_eq!(packages, "build_script\nlogwright\n", "what compiles the schemas is not linked");
}
