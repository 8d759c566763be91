//! The program `logwright`, as a user runs it: arguments in; standard output, standard error and an exit code out.

mod alarms;
mod demo;
mod disk;
mod parse;
mod pull;
mod quarantine;
mod readme;
mod run;
mod sign_in;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program, in a folder, with the environment that every test has.
fn logwright(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_logwright"));
    command.args(arguments).current_dir(folder).env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

/// Runs the program to its end.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    logwright(folder, arguments).output().unwrap()
}

/// Runs the program with `input` on standard input.
fn run_with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = logwright(folder, arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        child.wait_with_output().unwrap()
    })
}

fn exit_code(output: &Output) -> i32 {
    output.status.code().expect("the program was not killed")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The events on standard output.
fn events(output: &Output) -> Vec<Value> {
    ndjson(&output.stdout)
}

fn ndjson(bytes: &[u8]) -> Vec<Value> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}
