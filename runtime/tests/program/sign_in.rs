//! `logwright auth`, and what the program shows of the secrets that it is trusted with: nothing.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use url::Url;

use super::pull::{FILES, Simulated, configure, ids_below};
use super::{exit_code, logwright, run, stderr};

const CODE: &str = "{method: oauth_code, client_id: logwright}";

/// Runs `auth`, with a browser that does with the address of the sign-in page what `browse` says.
fn auth(folder: &Path, verbose: &str, browse: impl FnOnce(&Url) -> String) -> (Output, String) {
    let arguments = ["auth", "zendesk", "--config", "logwright.yml", "--no-browser", "--port", "0", verbose];
    let mut command = logwright(folder, &arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut printed = String::new();
    while !printed.contains("response_type=code") {
        assert_ne!(stdout.read_line(&mut printed).unwrap(), 0, "no address in {printed}");
    }
    let address = printed.lines().last().unwrap().trim().to_owned();
    let page = browse(&Url::parse(&address).unwrap());
    stdout.read_to_string(&mut printed).unwrap();
    let mut output = child.wait_with_output().unwrap();
    output.stdout = printed.into_bytes();
    (output, page)
}

/// What a browser shows after it has followed every redirect.
fn visit(url: &Url) -> String {
    let mut stream = TcpStream::connect((url.host_str().unwrap(), url.port().unwrap())).unwrap();
    let target = &url[url::Position::BeforePath..];
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    write!(stream, "GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
    match location {
        Some(location) => visit(&Url::parse(location).unwrap()),
        None => answer,
    }
}

/// The redirect address of a sign-in page, with this answer.
fn callback(page: &Url, answer: &str) -> Url {
    let value = |name: &str| page.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    Url::parse(&format!("{}?{answer}&state={}", value("redirect_uri"), value("state"))).unwrap()
}

fn token_file(folder: &Path) -> PathBuf {
    folder.join("state").join("acme.tokens.json")
}

fn shown(outputs: &[&Output]) -> String {
    let bytes: Vec<u8> = outputs.iter().flat_map(|output| [&output.stdout[..], &output.stderr].concat()).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn after_auth_the_source_is_checked_and_pulled_like_any_other() {
    let api = Simulated::start(30);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    configure(folder, &api.base_url, CODE, FILES);
    let before = run(folder, &["check"]);
    assert_eq!(exit_code(&before), 3);
    let told = stderr(&before);
    assert!(
        told.contains("nobody has agreed") && told.contains("run: logwright auth acme --config logwright.yml"),
        "{told}"
    );

    let (authorised, page) = auth(folder, "-v", visit);
    assert_eq!(exit_code(&authorised), 0, "{}", stderr(&authorised));
    assert!(page.contains("Signed in"), "{page}");
    assert_eq!(fs::metadata(token_file(folder)).unwrap().permissions().mode() & 0o777, 0o600);

    let (check, pull) = (run(folder, &["check"]), run(folder, &["pull", "-vv"]));
    assert_eq!((exit_code(&check), exit_code(&pull)), (0, 0), "{}", shown(&[&check, &pull]));
    assert_eq!(ids_below(&folder.join("events")).len(), 30);
    let tokens: Value = serde_json::from_slice(&fs::read(token_file(folder)).unwrap()).unwrap();
    let all = shown(&[&before, &authorised, &check, &pull]);
    for name in ["access_token", "refresh_token"] {
        assert!(!all.contains(tokens[name].as_str().unwrap()), "{name} was shown");
    }
}

#[test]
fn a_run_goes_on_with_tokens_that_it_renews() {
    let api = Simulated::start(30);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    configure(folder, &api.base_url, CODE, "{type: stdout}");
    assert_eq!(exit_code(&auth(folder, "-v", visit).0), 0);
    // As if they had been obtained long ago.
    let old = fs::read_to_string(token_file(folder)).unwrap();
    let mut tokens: Value = serde_json::from_str(&old).unwrap();
    tokens["obtained_at"] = "2026-01-01T00:00:00Z".into();
    fs::write(token_file(folder), tokens.to_string()).unwrap();

    let mut command = logwright(folder, &["run", "--config", "logwright.yml", "-vv"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let events: Vec<_> = BufReader::new(child.stdout.take().unwrap()).lines().take(30).map(Result::unwrap).collect();
    assert_eq!(events.len(), 30);
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));

    let new = fs::read_to_string(token_file(folder)).unwrap();
    let renewed: Value = serde_json::from_str(&new).unwrap();
    let all = format!("{}{}", events.join(""), stderr(&output));
    for name in ["access_token", "refresh_token"] {
        assert_ne!(tokens[name], renewed[name]);
        for pair in [&tokens, &renewed] {
            assert!(!all.contains(pair[name].as_str().unwrap()), "{name} was shown");
        }
    }
}

#[test]
fn a_person_who_says_no_and_a_source_that_needs_nobody_are_told_apart() {
    let api = Simulated::start_with(1, &["--person-denies"]);
    let folder = tempfile::tempdir().unwrap();
    configure(folder.path(), &api.base_url, CODE, FILES);
    let (denied, page) = auth(folder.path(), "-v", visit);
    assert_eq!(exit_code(&denied), 3);
    assert!(stderr(&denied).contains("did not agree") && page.contains("Not signed in"), "{page}");
    assert!(!token_file(folder.path()).exists());

    configure(folder.path(), &api.base_url, "{method: oauth_token, access_token: {env: T}}", FILES);
    let output = run(folder.path(), &["auth", "--no-browser"]);
    assert_eq!(exit_code(&output), 2);
    assert!(stderr(&output).contains("`method: oauth_code`"), "{}", stderr(&output));
}

#[test]
fn a_renewal_whose_answer_was_lost_ends_in_authorise_again() {
    let api = Simulated::start_with(1, &["--lose-renewals", "1", "--token-lifetime", "0"]);
    let folder = tempfile::tempdir().unwrap();
    configure(folder.path(), &api.base_url, CODE, FILES);
    let (authorised, _) = auth(folder.path(), "-v", visit);
    assert_eq!(exit_code(&authorised), 0, "{}", stderr(&authorised));
    let first = run(folder.path(), &["check"]);
    assert!(exit_code(&first) == 3 && stderr(&first).contains("renewal"), "{}", stderr(&first));
    let second = run(folder.path(), &["check"]);
    assert_eq!(exit_code(&second), 3);
    let told = stderr(&second);
    assert!(told.contains("invalid_grant") && told.contains("run: logwright auth acme"), "{told}");
}

/// A server that tells everybody what he sent, in every part of its answers.
struct Echo {
    base_url: String,
    /// What it was sent so far.
    heard: Arc<Mutex<String>>,
    answers: Arc<Mutex<Answers>>,
}

#[derive(Clone, Copy)]
struct Answers {
    /// The status for records.
    records: u16,
    /// The status for tokens; 200 gives some.
    tokens: u16,
}

const ACCESS: &str = "planted-access-token";
const REFRESH: &str = "planted-refresh-token";

impl Echo {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let answers = Arc::new(Mutex::new(Answers { records: 200, tokens: 200 }));
        let heard = Arc::new(Mutex::new(String::new()));
        let (script, log) = (Arc::clone(&answers), Arc::clone(&heard));
        // It ends with the process of the test.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read_request(&mut stream);
                log.lock().unwrap().push_str(&request);
                let Answers { records, tokens } = *script.lock().unwrap();
                let header = request.lines().find(|line| line.starts_with("authorization")).unwrap_or_default().trim();
                // The secrets first, for a message shows no more than the front of an answer.
                let said = format!("{header} {}", request.split_once("\r\n\r\n").map_or("", |(_, body)| body));
                let (status, body) = match request.starts_with("POST") {
                    true if tokens == 200 => {
                        (200, json!({"access_token": ACCESS, "refresh_token": REFRESH, "scope": "auditlogs:read"}))
                    }
                    true => (tokens, json!({"error": "no", "error_description": said, "message": said})),
                    false => (records, json!({"error": {"title": said}, "description": said, "details": [said]})),
                };
                let body = body.to_string();
                let (length, echo) = (body.len(), format!("x-echo: {header}"));
                let answer = format!(
                    "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{echo}\r\nconnection: close\r\n\r\n{body}"
                );
                // A client that has gone is none of its business.
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { base_url, heard, answers }
    }

    fn answer(&self, records: u16, tokens: u16) {
        *self.answers.lock().unwrap() = Answers { records, tokens };
    }
}

/// Head and body of a request.
fn read_request(stream: &mut TcpStream) -> String {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        match stream.read(&mut buffer).unwrap() {
            0 => return text,
            count => request.extend_from_slice(&buffer[..count]),
        }
    }
}

/// Every file below a folder, but those in which secrets have their place.
fn files_below(folder: &Path, found: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else if !path.ends_with("secret") && path != token_file(path.parent().unwrap().parent().unwrap()) {
            found.extend(fs::read(&path).unwrap());
        }
    }
}

#[test]
fn no_secret_is_ever_shown_or_written_whatever_a_server_repeats() {
    let echo = Echo::start();
    let planted = [
        ("oauth_client", "client_id: logwright, client_secret: {file: secret}", "planted\"client/secret+%"),
        ("oauth_token", "access_token: {file: secret}", "planted-fixed-token"),
        ("api_token", "email: me@acme.example, api_token: {file: secret}", "planted-api-token"),
        ("password", "email: me@acme.example, password: {file: secret}", "planted pass:word/+"),
        ("oauth_code", "client_id: logwright", "planted-code"),
    ];
    for (method, rest, secret) in planted {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join("secret"), secret).unwrap();
        configure(folder, &echo.base_url, &format!("{{method: {method}, {rest}}}"), FILES);
        let mut all = Vec::new();
        let mut keep = |output: Output| all.push(shown(&[&output]));
        if method == "oauth_code" {
            for status in [401, 400, 500, 200] {
                echo.answer(200, status);
                let (output, page) = auth(folder, "-vv", |page| visit(&callback(page, &format!("code={secret}"))));
                assert_eq!(exit_code(&output), if status == 200 { 0 } else { 3 }, "{}", stderr(&output));
                assert!(!page.contains("planted"), "{page}");
                keep(output);
            }
        }
        for (records, tokens) in
            [(401, 200), (403, 200), (400, 200), (404, 200), (500, 200), (200, 200), (401, 401), (401, 400), (401, 500)]
        {
            echo.answer(records, tokens);
            keep(run(folder, &["check", "-vv"]));
        }
        echo.answer(403, 200);
        keep(run(folder, &["pull", "-vv"]));
        let heard = std::mem::take(&mut *echo.heard.lock().unwrap());
        let mut written = Vec::new();
        files_below(folder, &mut written);
        all.push(String::from_utf8_lossy(&written).into_owned());
        let all = all.join("\n");
        assert!(all.contains("[REDACTED]"), "{method}: nothing was repeated, so nothing was tested: {all}");

        // In the forms in which it was sent, and in the clear.
        let sent = heard
            .lines()
            .filter_map(|line| line.strip_prefix("authorization: "))
            .filter_map(|line| line.split_once(' '));
        let mut forms: Vec<_> = sent.map(|(_, credential)| credential.trim().to_owned()).collect();
        let verifiers =
            heard.split("\"code_verifier\":\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        forms.extend(verifiers);
        forms.extend([secret, ACCESS, REFRESH].map(str::to_owned));
        forms.push(Value::from(secret).to_string().trim_matches('"').to_owned());
        for form in forms {
            assert!(!all.contains(&form), "{method}: {form} is in {all}");
        }
    }
}
