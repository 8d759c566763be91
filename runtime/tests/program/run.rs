//! `logwright run` as a service manager runs it: signals in; events, an exit code and a status out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::pull::{FILES, Simulated, configure, ids_below, pull};
use super::{exit_code, logwright, run, stderr};

/// How long something that happens at once may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A run under way, killed at the end of a test that fails.
pub(super) struct Run {
    process: Option<Child>,
    log: PathBuf,
}

impl Run {
    fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// With more arguments.
    pub(super) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        let log = folder.join("run.log");
        let mut command = logwright(folder, &["run", "--config", "logwright.yml"]);
        command.args(arguments);
        let process = command.stdout(Stdio::null()).stderr(fs::File::create(&log).unwrap()).spawn().unwrap();
        Self { process: Some(process), log }
    }

    pub(super) fn signal(&self, name: &str) {
        let process = self.process.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args(["-s", name, &process]).status().unwrap().success());
    }

    /// Waits for the end; the exit code, and what was told.
    pub(super) fn end(mut self) -> (Option<i32>, String) {
        let status = self.process.take().unwrap().wait().unwrap();
        (status.code(), fs::read_to_string(&self.log).unwrap())
    }

    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// Looks again and again until it is so.
pub(super) fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "{what} did not happen");
        std::thread::yield_now();
    }
}

fn status(folder: &Path) -> Output {
    run(folder, &["status", "--config", "logwright.yml", "--json"])
}

fn log_of(output: &Output) -> Value {
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    status["logs"][0].clone()
}

fn begin(api: &Simulated, folder: &Path) {
    fs::write(folder.join("secret"), api.credential("access_token")).unwrap();
    configure(folder, &api.base_url, "{method: oauth_token, access_token: {file: secret}}", FILES);
}

#[test]
fn it_pulls_until_a_signal_and_stops_clean_within_five_seconds() {
    let api = Simulated::start(3000);
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        begin(&api, folder.path());
        let before = log_of(&status(folder.path()));
        assert_eq!(before["covered_to"], Value::Null);
        assert!(!folder.path().join("state").exists(), "looking makes nothing");

        let running = Run::start(folder.path());
        let done = || log_of(&status(folder.path()))["backfill_percent"] == 100;
        until("the first events", || !ids_below(&folder.path().join("events")).is_empty());
        if signal == "TERM" {
            until("the whole backfill", done);
        }
        running.signal(signal);
        let signalled = Instant::now();
        let (code, log) = running.end();
        assert_eq!(code, Some(0), "{log}");
        assert!(signalled.elapsed() < Duration::from_secs(5), "{:?}", signalled.elapsed());

        // Wherever it was stopped, what is left comes once.
        assert_eq!(exit_code(&pull(folder.path())), 0);
        let ids = ids_below(&folder.path().join("events"));
        assert_eq!(ids.len(), 3000, "{log}");
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "an event came twice");
        assert!(!log.contains(api.credential("access_token")), "{log}");
    }
}

#[test]
fn a_second_process_is_refused_by_the_first_ones_id_and_status_is_not() {
    let api = Simulated::start(50);
    let folder = tempfile::tempdir().unwrap();
    begin(&api, folder.path());
    let running = Run::start(folder.path());
    until("the first window", || log_of(&status(folder.path()))["covered_to"].is_string());
    let holder = format!("process {}", running.process.as_ref().unwrap().id());
    for command in ["run", "pull"] {
        let second = run(folder.path(), &[command, "--config", "logwright.yml"]);
        assert_eq!(exit_code(&second), 3);
        assert!(stderr(&second).contains(&holder), "{}", stderr(&second));
    }
    let text = run(folder.path(), &["status", "--config", "logwright.yml"]);
    assert_eq!(exit_code(&text), 0);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("sign-in by `oauth_token` last worked at"), "{text}");
    running.signal("TERM");
    assert_eq!(running.end().0, Some(0));
}

#[test]
fn a_hang_up_reads_the_configuration_again_and_a_mistake_in_it_changes_nothing() {
    let api = Simulated::start(50);
    let folder = tempfile::tempdir().unwrap();
    begin(&api, folder.path());
    let running = Run::start(folder.path());
    let pulled = |events| ids_below(&folder.path().join("events")).len() == events;
    until("every event", || pulled(50));
    let file = folder.path().join("logwright.yml");
    let good = fs::read_to_string(&file).unwrap();

    fs::write(&file, good.replace("zendesk", "zendesc")).unwrap();
    running.signal("HUP");
    until("the refusal", || running.log().contains("the old one goes on"));
    assert!(running.log().contains("logwright.yml:4:"), "{}", running.log());

    fs::write(&file, good.replace("name: acme", "name: other")).unwrap();
    running.signal("HUP");
    // The same events, once more under the other name.
    until("every event again", || pulled(100));
    running.signal("TERM");
    let (code, log) = running.end();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("no longer in the configuration"), "{log}");
}

#[test]
fn refused_credentials_are_told_in_the_log_and_in_the_status() {
    let api = Simulated::start(1);
    let folder = tempfile::tempdir().unwrap();
    begin(&api, folder.path());
    fs::write(folder.path().join("secret"), "not-the-secret-at-all").unwrap();
    let running = Run::start(folder.path());
    until("the refusal", || log_of(&status(folder.path()))["trouble"].is_object());
    let log = log_of(&status(folder.path()));
    assert!(log["sign_in"]["rejected_since"].is_string(), "{log}");
    assert!(log["trouble"]["why"].as_str().unwrap().contains("HTTP 401"), "{log}");
    assert!(!log.to_string().contains("not-the-secret"), "{log}");
    running.signal("TERM");
    let (code, log) = running.end();
    assert_eq!(code, Some(0), "trouble of a source is not trouble of the run: {log}");
    assert!(log.contains("trying again in") && !log.contains("not-the-secret"), "{log}");
}
