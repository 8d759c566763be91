//! `logwright check` and `pull` against `logwright simulate`: sign in, pull, keep state, and say what is wrong.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Output, Stdio};
use std::time::{Duration, SystemTime};

use logwright::time::Timestamp;

use super::{exit_code, logwright, ndjson, run, stderr};

/// A simulated API, killed at the end of the test.
pub(super) struct Simulated {
    process: Child,
    pub(super) base_url: String,
    /// The lines that it printed before it began to serve.
    printed: Vec<String>,
}

impl Simulated {
    pub(super) fn start(events: u32) -> Self {
        Self::start_with(events, &[])
    }

    /// With more switches.
    pub(super) fn start_with(events: u32, switches: &[&str]) -> Self {
        let arguments = ["simulate", "zendesk", "--port", "0", "--seed", "5", "--events", &events.to_string()];
        let mut command = logwright(Path::new("."), &arguments);
        command.args(switches);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut printed = Vec::new();
        for line in BufReader::new(process.stdout.take().unwrap()).lines() {
            printed.push(line.unwrap());
            if printed.last().unwrap().starts_with("export ") {
                break;
            }
        }
        let base_url = printed.iter().find_map(|line| line.trim().strip_prefix("base_url: ")).unwrap().to_owned();
        Self { process, base_url, printed }
    }

    /// The credential that it printed under a name.
    pub(super) fn credential(&self, name: &str) -> &str {
        let name = format!("{name}: ");
        self.printed.iter().find_map(|line| line.trim().strip_prefix(&*name)).unwrap()
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(super) fn configure(folder: &Path, base_url: &str, auth: &str, output: &str) {
    // The made-up log begins seven days before its start, which is a little more than the default by the time of the pull.
    let eight_days = Duration::from_secs(8 * 86_400);
    let start = Timestamp::from_system(SystemTime::now() - eight_days);
    let yaml = format!(
        "state: ./state\nsources:\n  - name: acme\n    source: zendesk\n    inputs: {{subdomain: acme}}\n    auth: {auth}\n    \
         base_url: {base_url}\n    start: {start}\noutput: {output}\n"
    );
    fs::write(folder.join("logwright.yml"), yaml).unwrap();
}

pub(super) const FILES: &str = "{type: files, path: ./events}";

pub(super) fn pull(folder: &Path) -> Output {
    run(folder, &["pull", "--config", "logwright.yml"])
}

/// The ids of all events below a folder.
pub(super) fn ids_below(folder: &Path) -> Vec<i64> {
    let mut ids = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        // What is not whole yet lies there, and may be gone at any moment.
        if path.ends_with(".unfinished") {
            continue;
        }
        if path.is_dir() {
            ids.extend(ids_below(&path));
        } else if path.extension().is_some_and(|ending| ending == "ndjson") {
            ids.extend(ndjson(&fs::read(path).unwrap()).iter().map(|event| event["id"].as_i64().unwrap()));
        }
    }
    ids.sort_unstable();
    ids
}

#[test]
fn every_way_to_sign_in_pulls_everything_once() {
    let api = Simulated::start(250);
    for (method, secret, rest) in [
        ("oauth_client", "client_secret", "client_id: logwright, "),
        ("oauth_token", "access_token", ""),
        ("api_token", "api_token", "email: admin@acme.example, "),
        ("password", "password", "email: admin@acme.example, "),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), api.credential(secret)).unwrap();
        let auth = format!("{{method: {method}, {rest}{secret}: {{file: secret}}}}");
        configure(folder.path(), &api.base_url, &auth, FILES);

        let check = run(folder.path(), &["check", "--config", "logwright.yml"]);
        assert_eq!(exit_code(&check), 0, "{method}: {}", stderr(&check));

        let first = pull(folder.path());
        assert_eq!(exit_code(&first), 0, "{method}: {}", stderr(&first));
        let ids = ids_below(&folder.path().join("events"));
        assert_eq!(ids.len(), 250, "{method}: {}", stderr(&first));
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{method}: an event came twice");

        let second = pull(folder.path());
        assert_eq!(exit_code(&second), 0);
        assert!(stderr(&second).contains(" 0 events"), "{}", stderr(&second));
        assert_eq!(ids_below(&folder.path().join("events")), ids);

        for output in [&check, &first, &second] {
            let all = [output.stdout.clone(), output.stderr.clone()].concat();
            let all = String::from_utf8_lossy(&all).into_owned();
            assert!(!all.contains(api.credential(secret)), "{method}: the secret was printed");
            assert_eq!(all.contains("2027-04-30"), method == "api_token", "{all}");
            assert_eq!(all.contains("2026-01-12"), method == "password", "{all}");
        }
    }
}

#[test]
fn events_go_to_standard_output_as_well() {
    let api = Simulated::start(120);
    let folder = tempfile::tempdir().unwrap();
    configure(folder.path(), &api.base_url, "{method: oauth_token, access_token: {env: TOKEN}}", "{type: stdout}");
    let mut command = logwright(folder.path(), &["pull", "--config", "logwright.yml", "--source", "acme"]);
    let output = command.env("TOKEN", api.credential("access_token")).output().unwrap();
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    assert_eq!(super::events(&output).len(), 120);
}

#[test]
fn state_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let api = Simulated::start(1);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), api.credential("access_token")).unwrap();
    configure(folder.path(), &api.base_url, "{method: oauth_token, access_token: {file: secret}}", FILES);
    assert_eq!(exit_code(&pull(folder.path())), 0);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let state = folder.path().join("state");
    assert_eq!(mode(&state), 0o700);
    for entry in fs::read_dir(&state).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[test]
fn a_wrong_secret_is_told_with_what_to_do() {
    let api = Simulated::start(1);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), "not-the-secret-at-all").unwrap();
    for (auth, advice) in [
        ("{method: oauth_client, client_id: logwright, client_secret: {file: secret}}", "client"),
        ("{method: oauth_token, access_token: {file: secret}}", "access token has expired or was revoked"),
        ("{method: api_token, email: admin@acme.example, api_token: {file: secret}}", "API token"),
        ("{method: password, email: admin@acme.example, password: {file: secret}}", "January 2026"),
    ] {
        configure(folder.path(), &api.base_url, auth, FILES);
        for command in ["check", "pull"] {
            let output = run(folder.path(), &[command, "--config", "logwright.yml"]);
            assert_eq!(exit_code(&output), 3, "{auth}: {}", stderr(&output));
            let all = [output.stdout.clone(), output.stderr.clone()].concat();
            let all = String::from_utf8(all).unwrap();
            assert!(all.contains(advice) && !all.contains("not-the-secret"), "{auth}: {all}");
        }
    }
}

#[test]
fn mistakes_in_the_configuration_are_all_told_with_their_places() {
    let folder = tempfile::tempdir().unwrap();
    let yaml = "state: ./state\nsources:\n  - name: acme\n    source: zendesc\n    auth: {method: api_token}\n  - name: acme\n    \
                source: zendesk\n    inputs: {subdomain: evil.example/}\n    auth: {method: password, email: me@acme.example, \
                password: hunter2-in-the-clear}\n    base_url: http://acme.example\noutput: {type: stdou}\n";
    fs::write(folder.path().join("logwright.yml"), yaml).unwrap();
    for command in ["check", "pull"] {
        let output = run(folder.path(), &[command, "--config", "logwright.yml"]);
        assert_eq!(exit_code(&output), 2);
        let told = stderr(&output);
        for place in [
            "logwright.yml:4:",
            "logwright.yml:6:",
            "logwright.yml:8:",
            "logwright.yml:9:",
            "logwright.yml:10:",
            "logwright.yml:11:",
        ] {
            assert!(told.contains(place), "{place} is not in {told}");
        }
        assert!(told.contains("zendesk") && told.contains("letters, digits and hyphens"), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
    }
    assert!(!folder.path().join("state").exists(), "nothing is begun with a wrong configuration");
}

#[test]
fn an_api_that_is_not_there_is_exit_3() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), "any").unwrap();
    let base_url = format!("http://127.0.0.1:{port}");
    configure(folder.path(), &base_url, "{method: oauth_token, access_token: {file: secret}}", FILES);
    let output = run(folder.path(), &["check", "--config", "logwright.yml"]);
    assert_eq!(exit_code(&output), 3, "{}", stderr(&output));
}
