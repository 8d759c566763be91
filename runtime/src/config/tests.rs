//! Configurations, good and bad, and what is said about them.

use std::fs;

use logwright::event::Profile;

use super::*;
use crate::sink::Compression;

const GOOD: &str = "
state: ./state
sources:
  - name: acme-support
    source: zendesk
    inputs: {subdomain: acme}
    auth: {method: api_token, email: admin@acme.example, api_token: {env: ZENDESK_TOKEN}}
    start: 2026-11-01T00:00:00Z
    base_url: http://127.0.0.1:8081
output: {type: files, path: ./out, compression: zstd, profile: source}
";

fn read(text: &str) -> Result<Config, Mistakes> {
    parse(text, Path::new("etc/logwright.yml"), "2026-11-22T12:00:00Z".parse().unwrap())
}

/// The mistakes in [`GOOD`] after one text in it is replaced.
fn mistakes(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    read(&GOOD.replacen(from, to, 1)).expect_err(to).to_string()
}

#[track_caller]
fn says(from: &str, to: &str, place: &str, words: &str) {
    let said = mistakes(from, to);
    assert!(said.starts_with(&format!("etc/logwright.yml:{place}: ")) && said.contains(words), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_good_configuration_is_read_whole_with_paths_from_its_folder() {
    let config = read(GOOD).unwrap();
    assert_eq!(config.state, Path::new("etc/./state"));
    let files = Destination::Files { folder: "etc/./out".into(), compression: Compression::Zstd };
    assert_eq!(config.output, Output { to: files, profile: Profile::Source });
    let source = &config.sources[0];
    assert_eq!((source.name.as_str(), source.source.name), ("acme-support", "zendesk"));
    assert_eq!(source.inputs["subdomain"], "acme");
    assert_eq!(source.sign_in.method, "api_token");
    assert_eq!(source.credentials["email"], Credential::Plain("admin@acme.example".into()));
    let token = SecretRef::Env("ZENDESK_TOKEN".into());
    assert_eq!(source.credentials["api_token"], Credential::Reference(token));
    assert_eq!(source.base_url.as_str(), "http://127.0.0.1:8081/");
    assert_eq!(config.select(Some("acme-support")).unwrap().len(), 1);
    let unknown = config.select(Some("acme-suport")).unwrap_err().to_string();
    assert!(unknown.contains("did you mean `acme-support`?"), "{unknown}");
}

#[test]
fn a_way_that_needs_a_browser_keeps_its_tokens_beside_the_state() {
    let auth = "{method: api_token, email: admin@acme.example, api_token: {env: ZENDESK_TOKEN}}";
    let config = read(&GOOD.replace(auth, "{method: oauth_code, client_id: logwright}")).unwrap();
    let source = &config.sources[0];
    assert!(source.sign_in.needs_browser());
    assert_eq!(source.tokens, Path::new("etc/./state/acme-support.tokens.json"));
    assert_eq!(
        (source.file.as_path(), source.places["client_id"]),
        (Path::new("etc/logwright.yml"), Place::new(7, 43))
    );
}

#[test]
fn secrets_are_read_from_files_and_commands_too() {
    let config = read(&GOOD.replace("{env: ZENDESK_TOKEN}", "{file: token}")).unwrap();
    let file = Credential::Reference(SecretRef::File("etc/token".into()));
    assert_eq!(config.sources[0].credentials["api_token"], file);
    let config = read(&GOOD.replace("{env: ZENDESK_TOKEN}", "{command: [pass, show, z]}")).unwrap();
    let argv = ["pass", "show", "z"].map(str::to_owned).to_vec();
    assert_eq!(config.sources[0].credentials["api_token"], Credential::Reference(SecretRef::Command(argv)));
}

#[test]
fn the_base_url_follows_from_the_inputs_and_output_is_standard_output() {
    let text = GOOD.replace("    base_url: http://127.0.0.1:8081\n", "");
    let text = text.replace("output: {type: files, path: ./out, compression: zstd, profile: source}\n", "");
    let config = read(&text).unwrap();
    assert_eq!(config.sources[0].base_url.as_str(), "https://acme.zendesk.com/");
    assert_eq!(config.output, Output { to: Destination::Stdout, profile: Profile::Lake });
}

#[test]
fn each_mistake_has_its_place_and_says_what_to_write() {
    says("state: ./state", "stat: ./state", "2:1", "no key `stat`; did you mean `state`?");
    says("state: ./state", "state: 7", "2:8", "`state` must be text, found a number");
    says("name: acme-support", "name: ../x", "4:11", "1 to 64 letters");
    let missing = mistakes("    source: zendesk", "    sauce: zendesk");
    assert!(missing.contains("4:5: a source needs `source`: one of ") && missing.contains("zendesk"), "{missing}");
    assert!(missing.contains("5:5: a source has no key `sauce`; did you mean `source`?"), "{missing}");
    says("source: zendesk", "source: zendesc", "5:13", "did you mean `zendesk`?");
    says("{subdomain: acme}", "{subdomain: evil.example/}", "6:25", "letters, digits and hyphens");
    says("{subdomain: acme}", "{}", "6:13", "needs `subdomain`: The first part");
    says("{subdomain: acme}", "{subdomain: acme, region: eu}", "6:31", "no key `region`");
    says("inputs: {subdomain: acme}", "inputs: null", "4:5", "needs `inputs` with `subdomain`");
    says("method: api_token,", "method: api_tokn,", "7:20", "did you mean `api_token`?");
    says(
        "method: api_token,",
        "method: kerberos,",
        "7:20",
        "`oauth_client`, `oauth_code`, `oauth_token`, `api_token`, `password`",
    );
    says("email: admin@acme.example, ", "", "7:11", "needs `email`");
    says("admin@acme.example", "admin", "7:38", "an e-mail address");
    says("{env: ZENDESK_TOKEN}", "{env: A, file: b}", "7:69", "exactly one of {env: NAME}");
    says("{env: ZENDESK_TOKEN}", "{enw: A}", "7:70", "did you mean `env`?");
    says("{env: ZENDESK_TOKEN}", "{command: pass show}", "7:79", "must be a list");
    says("2026-11-01T00:00:00Z", "yesterday", "8:12", "not an RFC 3339 time");
    says("2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z", "8:12", "lies in the future");
    says("http://127.0.0.1:8081", "http://acme.zendesk.com", "9:15", "must be https");
    says("type: files", "type: kafka", "10:16", "`stdout`, `files`");
    says("type: files, path: ./out", "type: files", "10:9", "needs `path`");
    says("type: files, path: ./out, compression: zstd", "type: stdout, path: ./out", "10:30", "takes no `path`");
    says("profile: source", "profile: lace", "10:64", "did you mean `lake`?");
}

#[test]
fn alarms_hold_for_all_sources_and_a_source_may_bear_more() {
    let usual = read(GOOD).unwrap();
    assert_eq!((usual.sources[0].alarm, &usual.tell, usual.metrics), (Rules::USUAL, &Tell::default(), None));
    let head = "alarm: {no_events_for: 12h, quarantine_above: 0.5%, webhook: {url: 'https://a.example/b?c', secret: {file: s}}, \
                command: [page, --now]}\nmetrics: {port: 9464}\nsources:\n";
    let text = GOOD
        .replace("sources:\n", head)
        .replace("    source: zendesk\n", "    source: zendesk\n    alarm: {no_events_for: off}\n");
    let config = read(&text).unwrap();
    let (no_events_for, quarantine_above) = (None, Some(crate::alarm::Share(50)));
    assert_eq!(config.sources[0].alarm, Rules { no_events_for, quarantine_above });
    let webhook = config.tell.webhook.unwrap();
    assert_eq!(
        (webhook.url.as_str(), webhook.secret),
        ("https://a.example/b?c", Some(SecretRef::File("etc/s".into())))
    );
    assert_eq!(config.tell.command.unwrap(), ["page", "--now"]);
    assert_eq!(config.metrics.unwrap().to_string(), "127.0.0.1:9464");
    let listen = GOOD.replace("sources:\n", "metrics: {listen: '[::1]:0'}\nsources:\n");
    assert_eq!(read(&listen).unwrap().metrics.unwrap().to_string(), "[::1]:0");
    // Another patience begins the source anew at a reload.
    assert_ne!(config.sources[0], usual.sources[0]);
}

#[test]
fn mistakes_in_alarms_and_metrics_have_their_places() {
    let says_for = |written: &str, place: &str, words: &str| {
        says("state: ./state", &format!("{written}\nstate: ./state"), place, words);
    };
    says_for("alarm: {no_event_for: 1h}", "2:9", "did you mean `no_events_for`?");
    says_for("alarm: {no_events_for: 30s}", "2:24", "from `1m` to `365d`");
    says_for("alarm: {no_events_for: true}", "2:24", "must be text, found true or false");
    says_for("alarm: {quarantine_above: 1}", "2:27", "found a number");
    says_for("alarm: {quarantine_above: 101%}", "2:27", "from `0%` to `100%`");
    says_for("alarm: {command: page now}", "2:18", "no shell takes part");
    says_for("alarm: {webhook: {url: 'http://hooks.example/'}}", "2:24", "must be https");
    says_for("alarm: {webhook: {}}", "2:18", "needs `url`");
    says_for("alarm: {webhook: {url: 'https://a.example', secret: s3cret}}", "2:53", "does not stand in this file");
    says_for("metrics: {}", "2:10", "either `port`, such as 9464");
    says_for("metrics: {port: 65536}", "2:17", "from 0 to 65535");
    says_for("metrics: {listen: '0.0.0.0:9464'}", "2:19", "this machine alone");
    says("    source: zendesk\n", "    source: zendesk\n    alarm: {command: [a]}\n", "6:13", "no key `command`");
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    for secret in ["s3cret", "47114711", "true", "[s3cret]"] {
        let said = mistakes("{env: ZENDESK_TOKEN}", secret);
        assert!(said.contains("write {env: NAME}, {file: PATH} or {command:"), "{said}");
        assert!(!said.contains("s3cret") && !said.contains("4711"), "{said}");
    }
    let said = mistakes("http://127.0.0.1:8081", "https://me:s3cret@acme.zendesk.com");
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn all_mistakes_of_a_run_come_together_in_order() {
    let text = "
sources:
  - name: a
    source: zendesk
    inputs: {subdomain: 'evil.example/'}
    auth: {method: api_token, email: nobody, api_token: s3cret}
    start: never
  - name: A
    source: zendesk
    inputs: {subdomain: acme}
    auth: {method: password, email: a@b, password: {env: P}}
  - name: a
    source: zendesk
    inputs: {subdomain: acme}
    auth: {method: password, email: a@b, password: {env: P}}
output: {type: pipe}
";
    let mistakes = read(text).unwrap_err();
    let lines: Vec<_> = mistakes.list.iter().map(|mistake| mistake.at.line).collect();
    assert_eq!(lines, [5, 6, 6, 7, 8, 12, 16], "{mistakes}");
    for double in &mistakes.list[4..6] {
        assert!(double.message.contains("stands on line 3 already"), "{mistakes}");
    }
}

#[test]
fn what_is_no_configuration_at_all_is_said_with_a_place() {
    for text in ["", "7", "- a", "sources: []", "sources: {}", "sources:\n  - 7", "a: [", "\u{0}"] {
        let mistakes = read(text).unwrap_err();
        assert!(!mistakes.list.is_empty() && mistakes.list[0].at.line >= 1, "{text}: {mistakes}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let failure = load(Path::new("/no/such/file.yml"), "2026-11-22T12:00:00Z".parse().unwrap()).unwrap_err();
    assert!(matches!(failure, Failure::Configuration(message) if message.contains("/no/such/file.yml")));
}

#[test]
fn a_file_that_is_larger_than_any_configuration_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("logwright.yml");
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    let room = usize::try_from(MOST_BYTES).unwrap() - GOOD.len();
    fs::write(&file, GOOD.to_owned() + &"#".repeat(room)).unwrap();
    load(&file, now).unwrap();
    fs::write(&file, GOOD.to_owned() + &"#".repeat(room + 1)).unwrap();
    // Nor is one that never ends, where there is such a thing.
    for large in [&*file, Path::new("/dev/zero")].into_iter().filter(|file| file.exists()) {
        let failure = load(large, now).unwrap_err();
        assert!(matches!(failure, Failure::Configuration(message) if message.contains("larger than 1 MiB")));
    }
}

#[test]
fn files_are_packed_as_the_configuration_says_and_standard_output_never() {
    for (said, compression) in [("", Compression::None), ("compression: none, ", Compression::None)] {
        let config = read(&GOOD.replace("compression: zstd, ", said)).unwrap();
        assert_eq!(config.output.to, Destination::Files { folder: "etc/./out".into(), compression });
    }
    says("zstd", "gzip", "10:49", "there is no compression `gzip`");
    says("zstd", "zst", "10:49", "did you mean `zstd`?");
    says("type: files, path: ./out", "type: stdout", "10:37", "an output of type `stdout` takes no `compression`");
}
