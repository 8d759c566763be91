//! Cases that hold, cases that do not, and cases with mistakes.

use super::*;

const SCHEMA: &str = "\
schema: Acme.Login
fields:
  - {name: user, type: string, required: true, indicators: [username]}
  - {name: at, type: timestamp, timeFormat: rfc3339, isEventTime: true}
";

fn report(tests: &str) -> (Report, String) {
    let sources = SourceMap::from_texts([("acme/login.yml", SCHEMA), ("acme/login_tests.yml", tests)]);
    let (report, diagnostics) = run_tests(&sources, &|_| true, &Options::default());
    let errors =
        diagnostics.sorted().into_iter().filter(|diagnostic| diagnostic.severity == crate::diagnostic::Severity::Error);
    let told: Vec<_> = errors.map(|diagnostic| format!("{} {}", diagnostic.code, diagnostic.message)).collect();
    (report, told.join("\n"))
}

/// The differences of one case with this input and these further lines.
fn differences_of(input: &str, rest: &str) -> Vec<String> {
    let (report, told) = report(&format!("name: x\nlogType: Acme.Login\ninput: '{input}'\n{rest}"));
    assert_eq!(told, "");
    assert_eq!(report.passed + report.failures.len(), 1);
    report.failures.into_iter().flat_map(|failure| failure.differences).collect()
}

#[test]
fn results_are_compared() {
    let input = r#"{"user": "jane", "at": "2026-03-01T11:32:44Z"}"#;
    let result = r#"{"user": "jane", "at": "2026-03-01T11:32:44Z", "p_log_type": "{{.LogType}}", "p_event_time": "2026-03-01T11:32:44Z", "p_any_usernames": ["jane"]}"#;
    assert_eq!(differences_of(input, &format!("result: '{result}'")), [""; 0]);
    assert_eq!(differences_of(input, &format!("results: ['{result}']")), [""; 0]);
    let two = differences_of(input, &format!("result: '{}'\nresults: ['{result}']", result.replace("jane", "joe")));
    assert_eq!(two.len(), 3, "{two:?}");
    assert_eq!(two[0], "expected 2 events, found 1");
    assert_eq!(two[2], r#"event 1: /user: expected "joe", found "jane""#);
    assert_eq!(differences_of("{}", &format!("result: '{result}'")).len(), 1);
    assert_eq!(differences_of("  ", &format!("result: '{result}'")), ["expected 1 events, found 0"]);
}

#[test]
fn without_a_result_no_event_is_expected() {
    assert_eq!(differences_of("{}", ""), [""; 0]);
    assert_eq!(differences_of(" ", ""), [""; 0]);
    let found = differences_of(r#"{"user": "jane"}"#, "");
    assert!(found[0].starts_with(r#"expected no event, found {"user":"jane""#), "{found:?}");
}

#[test]
fn an_error_is_expected_by_a_part_of_it() {
    assert_eq!(differences_of("{}", "error: '/user: expected a value'"), [""; 0]);
    assert_eq!(differences_of(" ", "error: user"), ["expected an error, found no event"]);
    assert!(differences_of(r#"{"user": "jane"}"#, "error: user")[0].starts_with("expected an error, found {"));
    let (found, told) = (differences_of("{}", "error: /at"), "expected the error: /at");
    assert_eq!(found[0], told);
    assert!(found[1].starts_with("found the error: /user: expected a value"));
}

#[test]
fn mistakes_in_cases_are_diagnostics_and_the_others_run() {
    let tests = "\
name: good
logType: Acme.Login
input: '{}'
---
name: two ways
logType: Acme.Login
input: '{}'
error: x
result: '{}'
---
# nothing here
---
nam: misspelt
logType: Acme.Login
input: {a: 1}
---
name: of no log type
logType: Acme.Logout
input: '{}'
";
    let (report, told) = report(tests);
    let codes: Vec<_> = told.lines().map(|line| &line[..6]).collect();
    assert_eq!(codes, ["LW0207", "LW0201", "LW0202", "LW0203"], "{told}");
    assert_eq!(report.passed, 1);
    let shown = report.failures[0].to_string();
    assert_eq!(
        shown,
        "acme/login_tests.yml:17: of no log type (Acme.Logout)\n  there is no log type `Acme.Logout` without mistakes\n  did you mean `Acme.Login`?\n"
    );
}

#[test]
fn only_chosen_files_are_run() {
    let case = "name: x\nlogType: Acme.Login\ninput: '{}'\n";
    let sources =
        SourceMap::from_texts([("acme/login.yml", SCHEMA), ("acme/a_tests.yml", case), ("acme/b_tests.yaml", case)]);
    let passed = |chosen: &dyn Fn(&SourceFile) -> bool| run_tests(&sources, chosen, &Options::default()).0.passed;
    assert_eq!((passed(&|_| true), passed(&|file| file.name() == "b_tests.yaml")), (2, 1));
}
