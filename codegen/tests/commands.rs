//! The commands as a user runs them: what they print, what they write, how they exit.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of this test's own, with an empty folder of schemas in it.
fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("logwright-commands-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("schemas")).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_logwright-codegen"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may have ended before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// The exit code and both outputs.
fn told(folder: &Path, arguments: &[&str], input: &str) -> (i32, String, String) {
    let Output { status, stdout, stderr } = run(folder, arguments, input);
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn lint_of_an_empty_folder_says_that_it_is_empty() {
    let folder = scratch("empty");
    let (code, out, err) = told(&folder, &["lint"], "");
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.starts_with("there is no schema here"), "{err}");
    assert_eq!(told(&folder, &["lint", "--format", "json"], ""), (0, String::new(), String::new()));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_new_log_type_passes_lint_and_its_own_tests_and_is_not_overwritten() {
    let folder = scratch("new");
    assert_eq!(told(&folder, &["new", "Acme.Login"], "").0, 0);
    assert!(folder.join("schemas/acme/login.yml").exists() && folder.join("schemas/acme/login_tests.yml").exists());
    assert_eq!(told(&folder, &["lint"], ""), (0, String::new(), String::new()));
    let (code, _, err) = told(&folder, &["test"], "");
    assert_eq!((code, err.as_str()), (0, "2 passed, 0 failed\n"));
    let before = fs::read_to_string(folder.join("schemas/acme/login.yml")).unwrap();
    assert_eq!(told(&folder, &["new", "Acme.Login"], "").0, 2);
    assert_eq!(told(&folder, &["new", "ACME.Login"], "").0, 2);
    assert_eq!(told(&folder, &["new", "login"], "").0, 2);
    assert_eq!(fs::read_to_string(folder.join("schemas/acme/login.yml")).unwrap(), before);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_inferred_can_be_exported_and_tried() {
    let folder = scratch("infer");
    let samples =
        "{\"id\": 1, \"time\": \"2026-03-01T11:32:44Z\"}\n\n{\"id\": 2, \"time\": \"2026-03-01T11:32:45Z\"}\n";
    let (code, schema, err) = told(&folder, &["infer", "-", "--name", "Acme.Login"], samples);
    assert_eq!((code, err.as_str()), (0, ""));
    fs::create_dir_all(folder.join("schemas/acme")).unwrap();
    fs::write(folder.join("schemas/acme/login.yml"), &schema).unwrap();
    fs::write(folder.join("samples.ndjson"), samples).unwrap();
    assert_eq!(told(&folder, &["infer", "samples.ndjson", "--name", "Acme.Login"], "").1, schema);
    assert_eq!(told(&folder, &["try", "Acme.Login"], samples).1.lines().count(), 2);
    for arguments in
        [["export", "json-schema", "Acme.Login"], ["export", "arrow", "Acme.Login"], ["export", "sql", "Acme.Login"]]
    {
        let (code, text, _) = told(&folder, &arguments, "");
        assert!(code == 0 && text.contains("p_any_ip_addresses"), "{arguments:?}: {text}");
    }
    let (code, _, err) = told(&folder, &["export", "sql", "Acme.Logn"], "");
    assert!(code == 2 && err.contains("did you mean Acme.Login?"), "{err}");
    assert_eq!(told(&folder, &["export", "arrow", "Acme.Login", "--dialect", "duckdb"], "").0, 2);
    let (code, out, err) = told(&folder, &["infer", "-"], "{\"id\": 1}\n{\"id\": }\n");
    assert!(code == 1 && out.is_empty() && err.starts_with("error: standard input:2: byte 7:"), "{err}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_table_is_inferred_and_its_records_parse() {
    let folder = scratch("table");
    fs::write(folder.join("logins.csv"), "id,user,at\r\n1,jane,2026-03-01T11:32:44Z\r\n\r\n2,,\r\n").unwrap();
    let (code, out, err) = told(&folder, &["infer", "logins.csv", "--name", "Acme.Login"], "");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("hasHeader: true") && out.contains("- name: user\n    type: string # 1 string\n"), "{out}");
    fs::create_dir_all(folder.join("schemas/acme")).unwrap();
    fs::write(folder.join("schemas/acme/login.yml"), &out).unwrap();
    let (code, out, _) = told(&folder, &["try", "Acme.Login", "logins.csv"], "");
    assert_eq!((code, out.lines().count()), (0, 2), "{out}");

    let (code, out, _) = told(&folder, &["infer", "-", "--input", "tsv"], "a b\tc\n\t7\n");
    assert!(code == 0 && out.contains("delimiter: \"\\t\"") && out.contains("- name: \"a b\""), "{out}");
    let (code, out, err) = told(&folder, &["infer", "-", "--input", "csv"], "a,b\n1\n");
    assert!(code == 1 && out.is_empty() && err == "error: standard input:2: 1 cells, but the header has 2\n", "{err}");
    assert_eq!(told(&folder, &["infer", "logins.csv", "-"], "{}").0, 2);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn keys_of_other_tools_are_passed_over_with_a_warning_where_that_is_asked_for() {
    let folder = scratch("lenient");
    fs::create_dir_all(folder.join("schemas/acme")).unwrap();
    fs::create_dir_all(folder.join("into/src")).unwrap();
    fs::write(folder.join("into/Cargo.toml"), "[features]\n# @generated begin\n# @generated end\n").unwrap();
    let field = "{name: id, type: bigint, colour: red, indicators: [ip], fields: [{name: x, type: int}]}";
    fs::write(folder.join("schemas/acme/login.yml"), format!("schema: Acme.Login\nfields: [{field}]\n")).unwrap();
    for command in [&["lint"][..], &["generate", "--into", "into"], &["try", "Acme.Login"]] {
        let (code, out, err) = told(&folder, command, "{\"id\": 1}");
        assert!(code == 1 && out.is_empty() && err.contains("error[LW0201]"), "{command:?}: {err}");
        let (code, _, err) = told(&folder, &[command, &["--lenient"]].concat(), "{\"id\": 1}");
        assert_eq!(code, 0, "{command:?}: {err}");
        for warning in ["unknown key `colour`", "`indicators` does not belong", "`fields` does not belong"] {
            assert!(err.contains(warning) && !err.contains("error"), "{command:?}: {err}");
        }
    }
    let (_, help, _) = told(&folder, &["lint", "--help"], "");
    assert!(help.contains("has no effect"), "{help}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_difference_is_told_by_its_exit_code_also_from_a_revision() {
    let folder = scratch("diff");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").args(identity).args(arguments).current_dir(&folder).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    assert_eq!(told(&folder, &["new", "Acme.Login"], "").0, 0);
    git(&["init", "-q"]);
    git(&["add", "schemas"]);
    git(&["commit", "-qm", "first"]);
    assert_eq!(told(&folder, &["diff", "HEAD:schemas"], ""), (0, String::new(), "nothing changed\n".to_owned()));
    let path = folder.join("schemas/acme/login.yml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}  - {{name: os, type: string}}\n")).unwrap();
    let (code, out, _) = told(&folder, &["diff", "HEAD:schemas/acme/login.yml"], "");
    assert_eq!(
        (code, out.as_str()),
        (0, "compatible  Acme.Login os: a new field, string (stored data: nothing to do)\n")
    );
    fs::write(&path, text.replace("name: ip\n", "name: address\n")).unwrap();
    let (code, out, _) = told(&folder, &["diff", "HEAD:schemas", "schemas", "--format", "json"], "");
    assert!(
        code == 1 && out.starts_with("{\"log_type\":\"Acme.Login\",\"field\":\"ip\",\"class\":\"breaking\""),
        "{out}"
    );
    assert_eq!(told(&folder, &["diff", "nowhere:schemas"], "").0, 2);
    assert_eq!(told(&folder, &["diff", "schemas"], "").0, 2);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_file_or_a_folder_of_no_source_is_linted_by_itself() {
    let folder = scratch("lint");
    assert_eq!(told(&folder, &["new", "Acme.Login"], "").0, 0);
    fs::create_dir_all(folder.join("theirs")).unwrap();
    fs::copy(folder.join("schemas/acme/login.yml"), folder.join("theirs/login.yml")).unwrap();
    for path in ["schemas", "schemas/acme", "schemas/acme/login.yml", "theirs"] {
        assert_eq!(told(&folder, &["lint", path], ""), (0, String::new(), String::new()), "{path}");
    }
    fs::write(folder.join("theirs/bad.yml"), "schema: Acme.Bad\nfields: [{name: a, type: strin}]\n").unwrap();
    let (code, _, err) = told(&folder, &["lint", "theirs"], "");
    assert!(code == 1 && err.contains("Did you mean `string`?") && err.ends_with("\n1 error\n"), "{err}");
    assert_eq!(told(&folder, &["lint", "theirs/nowhere.yml"], "").0, 1);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn check_tells_programs_which_files_are_stale() {
    let folder = scratch("check");
    assert_eq!(told(&folder, &["new", "Acme.Login"], "").0, 0);
    let arguments = ["check", "--out", "src", "--format", "json"];
    let (code, out, _) = told(&folder, &arguments, "");
    let expected = "{\"file\":\"src/acme/login.rs\",\"to_do\":\"write\",\"diff\":\"--- src/acme/login.rs";
    assert!(code == 1 && out.lines().count() == 3 && out.starts_with(expected), "{out}");
    assert_eq!(told(&folder, &["generate", "--out", "src"], "").0, 0);
    let (code, out, _) = told(&folder, &arguments, "");
    assert_eq!((code, out.as_str()), (0, ""));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn codes_and_the_language_are_explained() {
    let folder = scratch("explain");
    let (code, text, _) = told(&folder, &["explain", "lw0201"], "");
    assert!(code == 0 && text.starts_with("LW0201: A key has no meaning here.\n\n"), "{text}");
    assert!(told(&folder, &["explain"], "").1.lines().count() > 50);
    assert!(told(&folder, &["explain", "LW0104", "--format", "json"], "").1.starts_with("{\"code\":\"LW0104\","));
    let (code, _, err) = told(&folder, &["explain", "LW020"], "");
    assert!(code == 2 && err.contains("there is no code `LW020`"), "{err}");
    for language in ["log-schema", "contract"] {
        assert!(told(&folder, &["language-schema", language], "").1.contains("draft/2020-12/schema"));
    }
    for command in
        ["new", "infer", "diff", "export", "explain", "language-schema", "watch", "lint", "check", "generate"]
    {
        let (code, help, _) = told(&folder, &[command, "--help"], "");
        assert!(code == 0 && help.contains("Examples:\n  cargo gen"), "{command}: {help}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn events_are_loaded_from_where_the_store_can_read() {
    let folder = scratch("load");
    assert_eq!(told(&folder, &["new", "Acme.Login"], "").0, 0);
    let export = |arguments: &[&str]| told(&folder, &[&["export", "sql", "Acme.Login"], arguments].concat(), "");
    let (code, out, _) = export(&["--load", "events/*.ndjson"]);
    assert!(code == 0 && out.contains("FROM read_json('events/*.ndjson'"), "{out}");
    let (code, _, error) = export(&["--dialect", "snowflake", "--load", "events"]);
    assert_eq!((code, error.as_str()), (2, "error: Snowflake loads from a stage: `--load @STAGE/PATH`\n"));
    let (code, _, error) = told(&folder, &["export", "markdown", "Acme.Login", "--load", "events"], "");
    assert_eq!((code, error.as_str()), (2, "error: `--load` belongs to `export sql`\n"));
    fs::remove_dir_all(folder).unwrap();
}

/// The exit code of a command whose outputs nobody reads.
fn unheard(folder: &Path, arguments: &[&str]) -> i32 {
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        writer
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_logwright-codegen"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(closed()).stderr(closed());
    command.status().unwrap().code().unwrap()
}

#[test]
fn where_nobody_reads_on_files_are_written_and_answers_given_all_the_same() {
    let folder = scratch("unheard");
    assert_eq!(unheard(&folder, &["new", "Acme.Login"]), 0);
    assert!(folder.join("schemas/acme/login_tests.yml").exists());
    fs::write(folder.join("schemas/acme/advised.yml"), "schema: Acme.Advised\nfields: [{name: a, type: string}]\n")
        .unwrap();
    assert_eq!(unheard(&folder, &["check", "--out", "types"]), 1);
    assert_eq!(unheard(&folder, &["generate", "--out", "types"]), 0);
    assert!(folder.join("types/acme/login.rs").exists() && folder.join("types/acme/advised.rs").exists());
    assert_eq!(unheard(&folder, &["check", "--out", "types"]), 0);
    fs::write(folder.join("old.yml"), "schema: Acme.Login\nfields: [{name: gone, type: string}]\n").unwrap();
    assert_eq!(unheard(&folder, &["diff", "old.yml", "schemas/acme/login.yml"]), 1);
    fs::write(folder.join("schemas/acme/login_tests.yml"), "name: a\nlogType: Acme.Login\ninput: '{}'\nresult: '{}'\n")
        .unwrap();
    assert_eq!(unheard(&folder, &["test"]), 1);
    for prints in [&["explain"][..], &["export", "markdown", "Acme.Login"], &["language-schema"], &["lint"]] {
        assert_eq!(unheard(&folder, prints), 0, "{prints:?}");
    }
    fs::remove_dir_all(folder).unwrap();
}
