//! Alarms, metrics and the log as whoever operates it meets them: a webhook, a command, a port, lines.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use super::pull::{FILES, Simulated, configure, pull};
use super::run::{Run, until};
use super::{exit_code, logwright, ndjson, run, stderr};

const WRONG: &str = "not-the-secret-at-all";
const SIGNING: &str = "s1gning-s3cret";

/// A URL that takes alarms: each request's head in small letters, and its body.
fn webhook() -> (String, Receiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/alarms", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut reader = BufReader::new(connection.unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
            }
            let head = head.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            let mut body = vec![0; length.parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
            reader.get_mut().write_all(answer).unwrap();
            if sender.send((head, serde_json::from_slice(&body).unwrap())).is_err() {
                return;
            }
        }
    });
    (url, receiver)
}

/// Puts these lines at the head of the configuration.
fn add(folder: &Path, head: &str) {
    let file = folder.join("logwright.yml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(file, format!("{head}\n{text}")).unwrap();
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The address that the log names.
fn address(log: &str) -> Option<String> {
    let rest = log.split("metrics at http://").nth(1)?;
    Some(rest.split_once("/metrics")?.0.to_owned())
}

#[test]
fn a_refused_sign_in_is_told_once_and_its_end_after_the_restart_that_mends_it() {
    let (api, (url, told)) = (Simulated::start(50), webhook());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("secret"), WRONG).unwrap();
    fs::write(path.join("signing"), SIGNING).unwrap();
    configure(path, &api.base_url, "{method: oauth_token, access_token: {file: secret}}", FILES);
    add(path, &format!("alarm: {{webhook: {{url: '{url}', secret: {{file: signing}}}}}}\nmetrics: {{port: 0}}"));
    let arguments = ["--log-format", "json", "-vv"];

    let running = Run::start_with(path, &arguments);
    let (head, alarm) = told.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(head.starts_with("post /alarms http/1.1") && head.contains("x-logwright-signature: sha256="), "{head}");
    assert_eq!((alarm["alarm"].as_str(), alarm["state"].as_str()), (Some("sign_in"), Some("on")));
    assert!(alarm["detail"].as_str().unwrap().contains("HTTP 401"), "{alarm}");
    let status = run(path, &["status"]);
    assert!(String::from_utf8(status.stdout).unwrap().contains("acme: alarm sign_in since "));
    let port = address(&running.log()).unwrap();
    assert!(get(&port, "/metrics").contains(r#"logwright_alarms_active{source="acme",alarm="sign_in"} 1"#));
    assert!(get(&port, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(get(&port, "/readyz").starts_with("HTTP/1.1 503"));
    running.signal("TERM");
    let (code, first) = running.end();
    assert_eq!(code, Some(0), "{first}");

    fs::write(path.join("secret"), api.credential("access_token")).unwrap();
    let running = Run::start_with(path, &arguments);
    let (_, over) = told.recv_timeout(Duration::from_secs(60)).unwrap();
    assert_eq!((over["alarm"].as_str(), over["state"].as_str()), (Some("sign_in"), Some("over")));
    assert_eq!(over["since"], alarm["since"]);
    let port = address(&running.log()).unwrap();
    until("readiness", || get(&port, "/readyz").starts_with("HTTP/1.1 200"));
    let metrics = get(&port, "/metrics");
    assert!(metrics.contains(r#"logwright_alarms_active{source="acme",alarm="sign_in"} 0"#), "{metrics}");
    running.signal("TERM");
    let (_, second) = running.end();
    assert!(told.try_recv().is_err(), "nothing else was told");

    let lines = ndjson(format!("{first}{second}").as_bytes());
    assert!(lines.iter().all(|line| line["timestamp"].is_string() && line["level"].is_string()));
    let answer = lines.iter().find(|line| line["message"] == "answer" && line["status"] == 401).unwrap();
    assert!(answer["request"].is_string() && answer["milliseconds"].is_u64(), "{answer}");
    // No secret is in the log, in the state, or with whoever is told.
    let state = fs::read(path.join("state/state.sqlite")).unwrap();
    let everything = format!("{first}{second}{head}{alarm}{over}{metrics}{}", String::from_utf8_lossy(&state));
    for secret in [WRONG, SIGNING, api.credential("access_token")] {
        assert!(!everything.contains(secret), "{secret} is shown");
    }
}

#[cfg(unix)]
#[test]
fn a_pull_tells_a_command_and_what_it_could_not_tell_is_told_by_the_next() {
    let api = Simulated::start(50);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("secret"), WRONG).unwrap();
    configure(path, &api.base_url, "{method: oauth_token, access_token: {file: secret}}", FILES);
    let told = path.join("told/alarms");
    add(path, &format!("alarm: {{command: [tee, -a, '{}']}}", told.display()));
    // The folder is not there.
    let first = pull(path);
    assert_eq!(exit_code(&first), 3);
    assert!(stderr(&first).contains("the next `pull` or `run` tries again"), "{}", stderr(&first));
    fs::create_dir(path.join("told")).unwrap();
    assert_eq!(exit_code(&pull(path)), 3);
    fs::write(path.join("secret"), api.credential("access_token")).unwrap();
    assert_eq!(exit_code(&pull(path)), 0);
    assert_eq!(exit_code(&pull(path)), 0);
    let told = ndjson(&fs::read(told).unwrap());
    let states: Vec<_> = told.iter().map(|alarm| format!("{} {}", alarm["alarm"], alarm["state"])).collect();
    assert_eq!(states, [r#""sign_in" "on""#, r#""sign_in" "over""#]);
}

#[test]
fn an_unknown_log_format_is_refused_with_those_that_there_are() {
    let output = logwright(Path::new("."), &["types", "--log-format", "xml"]).output().unwrap();
    assert_eq!(exit_code(&output), 2);
    assert!(stderr(&output).contains("text, json"), "{}", stderr(&output));
}
