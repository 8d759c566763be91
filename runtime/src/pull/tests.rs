//! The engine against a scripted API and a clock that stands still.

use std::time::Duration;

use super::*;
use crate::account::Account;
use crate::api::Patience;
use crate::metrics::Metrics;
use crate::sink::{Delivery, Segment};
use crate::state;
use crate::testing::{Answer, SECRET, Server, noon};

/// Keeps what was delivered; fails on demand.
#[derive(Default)]
struct Kept {
    lines: Vec<String>,
    segments: Vec<Segment>,
    broken: bool,
}

impl Sink for Kept {
    fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
        let lines = std::str::from_utf8(page.lines).unwrap().lines();
        self.lines.extend(lines.map(str::to_owned));
        self.segments.push(page.segment);
        if self.broken { Err(Failure::ReaderGone) } else { Ok(()) }
    }
}

impl Kept {
    fn ids(&self) -> Vec<u64> {
        let id = |line: &String| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_u64().unwrap();
        self.lines.iter().map(id).collect()
    }
}

/// A server, a state, a sink: what a pull needs.
struct Bench {
    server: Server,
    state: State,
    sink: Kept,
    /// How far back the first pull goes; an hour, so that it takes one window.
    look_back: Duration,
    metrics: Metrics,
}

impl Bench {
    async fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let (server, state) = (Server::start(answers).await, State::in_memory().unwrap());
        Self { server, state, sink: Kept::default(), look_back: Duration::from_secs(3600), metrics: Metrics::default() }
    }

    async fn pull(&mut self) -> (Summary, Result<(), Failure>) {
        let account = self.server.account("oauth_token");
        self.pull_as(account).await
    }

    async fn pull_as(&mut self, mut account: Account) -> (Summary, Result<(), Failure>) {
        account.start = Some(clock::earlier(noon(), self.look_back));
        let api = Api::new(&account, &*self.server.clock, Patience::ONE_RUN).unwrap().measuring(self.metrics.clone());
        let stream = account.streams()[0];
        let (state, sink) = (&self.state, &mut self.sink);
        let pull = Pull { api: &api, stream, state, sink, profile: Profile::Lake, on_page: &mut |_| {} };
        pull_once(pull).await
    }

    /// Pulls, which must succeed.
    async fn pulled(&mut self) -> Summary {
        let (summary, result) = self.pull().await;
        assert_eq!(result, Ok(()));
        summary
    }

    fn progress(&mut self) -> state::Progress {
        let account = self.server.account("oauth_token");
        let stream = self.state.stream(&account.id, "Zendesk.Audit", &account.identity(), noon()).unwrap();
        self.state.progress(stream).unwrap()
    }
}

fn record(id: u64, time: &str) -> String {
    format!(r#"{{"id":{id},"created_at":"{time}","action":"login"}}"#)
}

fn recent(id: u64) -> String {
    record(id, "2026-11-22T11:59:00Z")
}

fn done() -> Answer {
    Answer::page(&[], None)
}

fn seconds(waits: &[Duration]) -> Vec<u64> {
    waits.iter().map(Duration::as_secs).collect()
}

#[tokio::test]
async fn pages_follow_their_cursors_with_the_same_widened_bounds() {
    let mut bench = Bench::new([
        Answer::page(&[recent(9_007_199_254_740_993), recent(2)], Some("a+b/=")),
        Answer::page(&[], Some("c")),
        Answer::page(&[recent(3)], None),
    ])
    .await;
    let summary = bench.pulled().await;
    assert_eq!((summary.events, summary.pages, summary.windows), (3, 3, 1));
    assert_eq!(bench.sink.ids(), [9_007_199_254_740_993, 2, 3]);
    let base = "/api/v2/audit_logs?filter%5Bcreated_at%5D%5B%5D=2026-11-22T10%3A59%3A59Z\
                &filter%5Bcreated_at%5D%5B%5D=2026-11-22T12%3A00%3A01Z&sort=created_at&page%5Bsize%5D=100";
    let expected =
        [base.to_owned(), format!("{base}&page%5Bafter%5D=a%2Bb%2F%3D"), format!("{base}&page%5Bafter%5D=c")];
    assert_eq!(bench.server.targets(), expected);
    assert_eq!(summary.covered_to, Some(noon()));
    let progress = bench.progress();
    assert_eq!((progress.covered_to, progress.open), (Some(noon()), None));
}

#[tokio::test]
async fn an_event_carries_its_source_and_a_row_id_that_follows_from_its_key() {
    let mut bench = Bench::new([Answer::page(&[recent(1)], None)]).await;
    bench.pulled().await;
    let event: serde_json::Value = serde_json::from_str(&bench.sink.lines[0]).unwrap();
    let account = bench.server.account("oauth_token");
    assert_eq!(event["p_source_label"], "acme");
    assert_eq!(event["p_source_id"], account.id);
    assert_eq!(event["p_event_time"], "2026-11-22 11:59:00.000000000");
    assert_eq!(event["p_parse_time"], "2026-11-22 12:00:00.000000000");
    let time = "2026-11-22T11:59:00Z".parse().unwrap();
    let row_id = crate::identity::row_id(&account.id, "Zendesk.Audit", "1", time);
    assert_eq!(event["p_row_id"], row_id.to_string());
}

#[tokio::test]
async fn what_the_overlap_brings_again_is_not_delivered_again() {
    let mut bench = Bench::new([Answer::page(&[recent(1), recent(1), recent(2)], None)]).await;
    assert_eq!(bench.pulled().await.repeats, 1);
    bench.server.clock.advance(Duration::from_secs(60));
    bench.server.will_answer([Answer::page(&[recent(1), recent(3), recent(2)], None)]);
    let summary = bench.pulled().await;
    assert_eq!((summary.events, summary.repeats), (1, 2));
    assert_eq!(bench.sink.ids(), [1, 2, 3]);
}

#[tokio::test]
async fn a_record_behind_the_overlap_is_found_by_reconciliation_and_counts_as_late() {
    let mut bench = Bench::new([done()]).await;
    bench.look_back = Duration::from_secs(20 * 3600);
    bench.pulled().await;
    bench.server.clock.advance(Duration::from_secs(3600));
    let late = record(7, "2026-11-22T02:00:00Z");
    bench.server.will_answer([Answer::page(&[late, recent(8)], None)]);
    let summary = bench.pulled().await;
    assert_eq!((summary.events, summary.late), (2, 1));
    let text = bench.metrics.text(noon());
    for line in [r#"le="3600"} 0"#, r#"le="14400"} 1"#, r#"le="86400"} 2"#, r#"le="+Inf"} 2"#] {
        let line = format!(r#"lateness_seconds_bucket{{source="acme",log_type="Zendesk.Audit",{line}"#);
        assert!(text.contains(&line), "{line} is not in\n{text}");
    }
    // Within the hour the next pull looks back over usual lateness alone.
    bench.server.clock.advance(Duration::from_secs(300));
    bench.server.will_answer([done()]);
    bench.pulled().await;
    let last = bench.server.targets().pop().unwrap();
    assert!(last.contains("2026-11-22T12%3A44%3A59Z") && last.contains("2026-11-22T13%3A05%3A01Z"), "{last}");
}

#[tokio::test]
async fn the_past_comes_in_days_then_the_present_and_what_is_left_goes_on() {
    let mut bench = Bench::new([Answer::page(&[record(1, "2026-11-20T13:00:00Z")], None), done()]).await;
    bench.look_back = Duration::from_secs(2 * 86_400 + 3600);
    let (summary, result) = bench.pull().await;
    assert!(result.is_err());
    // The script ended before the third window: two days are closed, the third goes on.
    let progress = bench.progress();
    let filled_to = "2026-11-22T11:00:00Z".parse().unwrap();
    assert_eq!((progress.covered_to, progress.gaps[0].filled_to), (None, filled_to));
    assert_eq!(progress.backfill.as_ref().map(|window| window.number), Some(3));
    assert_eq!(summary.gap, Some(progress.gaps[0]));
    let targets = bench.server.targets();
    assert!(targets[0].contains("=2026-11-20T10%3A59%3A59Z") && targets[0].contains("=2026-11-21T11%3A00%3A01Z"));
    assert!(targets[1].contains("=2026-11-21T10%3A44%3A59Z") && targets[1].contains("=2026-11-22T11%3A00%3A01Z"));

    // The seam is asked for by both; what it holds comes once.
    let seam = || record(2, "2026-11-22T12:00:00Z");
    bench.server.will_answer([Answer::page(&[seam()], None), Answer::page(&[seam(), recent(3)], None)]);
    bench.pulled().await;
    assert_eq!(bench.sink.ids(), [1, 2, 3]);
    let targets = bench.server.targets();
    assert!(targets[0].contains("=2026-11-22T10%3A44%3A59Z") && targets[0].contains("=2026-11-22T12%3A00%3A01Z"));
    assert!(targets[1].contains("=2026-11-22T11%3A44%3A59Z") && targets[1].contains("=2026-11-22T12%3A00%3A01Z"));
    let progress = bench.progress();
    assert_eq!((progress.gaps, progress.covered_to), (vec![], Some(noon())));
}

#[tokio::test]
async fn a_record_that_is_served_beside_its_window_comes_once_however_often_it_is_served() {
    let old = || Answer::page(&[record(1, "2026-10-01T00:00:00Z"), recent(2)], None);
    let mut bench = Bench::new([old()]).await;
    bench.pulled().await;
    for _ in 0..60 {
        bench.server.clock.advance(Duration::from_secs(3600));
        bench.server.will_answer([old()]);
        assert_eq!(bench.pulled().await.repeats, 2);
    }
    assert_eq!(bench.sink.ids(), [1, 2]);
}

#[tokio::test]
async fn every_form_of_429_is_waited_for_without_end() {
    let limited = || Answer::new(429, "Too many requests");
    let mut answers = vec![
        limited().header("retry-after", "17"),
        limited().header("retry-after", "Sun, 22 Nov 2026 12:00:47 GMT"),
        limited().header("retry-after", "0"),
        limited(),
        limited().header("ratelimit-reset", "41"),
        limited().header("retry-after", "3").header("ratelimit-reset", "2026-11-22T12:02:30Z"),
    ];
    answers.extend(std::iter::repeat_with(limited).take(30));
    answers.push(Answer::page(&[recent(1)], None));
    // The waits took half an hour, so there is more to ask for.
    answers.push(done());
    let mut bench = Bench::new(answers).await;
    assert_eq!(bench.pulled().await.events, 1);
    let waits = seconds(&bench.server.clock.waits());
    assert_eq!(waits[..8], [17, 30, 4, 8, 41, 50, 60, 60]);
    assert_eq!(waits.len(), 36);
}

#[tokio::test]
async fn near_the_limit_it_slows_down_before_the_next_request() {
    let first = Answer::page(&[recent(1)], Some("a"))
        .header("ratelimit-remaining", "4")
        .header("ratelimit-limit", "700")
        .header("ratelimit-reset", "20");
    let mut bench = Bench::new([first, done()]).await;
    bench.pulled().await;
    assert_eq!(seconds(&bench.server.clock.waits()), [4]);
}

#[tokio::test]
async fn a_fault_of_the_server_is_outwaited_and_a_lasting_one_ends_the_run_but_not_the_work() {
    let mut bench = Bench::new([
        Answer::page(&[recent(1)], Some("a")),
        Answer::new(503, "database").header("retry-after", "5"),
        Answer::new(500, "<html>"),
        Answer::page(&[recent(2)], Some("b")),
    ])
    .await;
    bench.server.will_answer(std::iter::repeat_with(|| Answer::new(502, "bad gateway")).take(10));
    let (summary, result) = bench.pull().await;
    assert_eq!(summary.events, 2);
    let Err(Failure::Outside(message)) = result else { panic!("{result:?}") };
    assert!(message.contains("after 10 attempts: HTTP 502: bad gateway"), "{message}");
    let waits = seconds(&bench.server.clock.waits());
    assert_eq!(waits, [5, 2, 1, 2, 4, 8, 16, 32, 60, 60, 60]);

    // The next run goes on in the same window, at the same cursor.
    let before = bench.server.targets();
    bench.server.clock.advance(Duration::from_secs(7200));
    bench.server.will_answer([Answer::page(&[recent(3)], None), done()]);
    bench.pulled().await;
    assert_eq!(bench.sink.ids(), [1, 2, 3]);
    assert_eq!(bench.server.targets()[0], before[before.len() - 1]);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_reported_as_such() {
    let mut bench = Bench::new([]).await;
    // No test gets port 1, so nobody listens there.
    bench.server.base_url = url::Url::parse("http://127.0.0.1:1").unwrap();
    let (_, result) = bench.pull().await;
    let Err(Failure::Outside(message)) = result else { panic!("{result:?}") };
    assert!(message.contains("cannot reach 127.0.0.1 after"), "{message}");
    assert_eq!(bench.progress().covered_to, None);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_a_token_near_its_end_before_it_ends() {
    let unauthorized = || Answer::new(401, r#"{"error":"invalid_token","error_description":"Expired"}"#);
    let mut bench = Bench::new([
        Answer::token("one", 7200),
        unauthorized(),
        Answer::token("two", 1200),
        Answer::page(&[recent(1)], Some("a")),
        done(),
    ])
    .await;
    let account = bench.server.account("oauth_client");
    let (summary, result) = bench.pull_as(account).await;
    assert_eq!((summary.events, result), (1, Ok(())));
    let asked = bench.server.asked();
    let who: Vec<_> = asked.iter().map(|asked| asked.authorization.as_str()).collect();
    assert_eq!(who, ["", "Bearer one", "", "Bearer two", "Bearer two"]);
    assert_eq!((asked[0].method.as_str(), asked[0].target.as_str()), ("POST", "/oauth/tokens"));
    let body: serde_json::Value = serde_json::from_str(&asked[0].body).unwrap();
    assert_eq!(body["grant_type"], "client_credentials");
    assert_eq!((body["client_secret"].as_str(), body["expires_in"].as_u64()), (Some(SECRET), Some(7200)));

    bench.server.will_answer([
        Answer::token("three", 7200),
        unauthorized(),
        Answer::token("four", 7200),
        unauthorized(),
    ]);
    let account = bench.server.account("oauth_client");
    let (_, result) = bench.pull_as(account).await;
    let Err(Failure::Outside(message)) = result else { panic!("{result:?}") };
    assert!(message.contains("credentials rejected (HTTP 401: invalid_token"), "{message}");
}

#[tokio::test]
async fn wrong_credentials_scope_plan_and_host_each_have_their_message() {
    let scope = r#"{"error":"Forbidden","description":"You are missing the following required scopes: read"}"#;
    let basic = r#"{"error":"Couldn't authenticate you"}"#;
    let cases = [
        ("api_token", Answer::new(401, basic), "check `email`"),
        ("password", Answer::new(401, basic), "since January 2026"),
        ("oauth_token", Answer::new(401, "<html>"), "401: an HTML page): the access token has expired"),
        ("oauth_client", Answer::new(401, r#"{"error":"invalid_client"}"#), "compare `client_id`"),
        (
            "oauth_client",
            Answer::new(400, r#"{"error":{"code":"invalid_grant"}}"#),
            "400: invalid_grant): Zendesk does not let",
        ),
        ("oauth_client", Answer::new(400, r#"{"error":"invalid_scope"}"#), "may not have the scope `auditlogs:read`"),
        ("oauth_client", Answer::new(404, "<html>"), "there is no sign-in at 127.0.0.1"),
        ("oauth_token", Answer::new(403, scope), "lacks the scope `auditlogs:read`"),
        ("oauth_token", Answer::new(403, "You do not have access to this page."), "a role that may view audit logs"),
        ("oauth_token", Answer::new(403, "No."), "IP restrictions"),
        ("oauth_token", Answer::new(404, "<html>"), "check `subdomain`"),
        ("oauth_token", Answer::new(302, "").header("location", "https://evil.example/"), "not followed"),
    ];
    for (method, answer, expected) in cases {
        let mut bench = Bench::new([answer]).await;
        let account = bench.server.account(method);
        let (_, result) = bench.pull_as(account).await;
        let Err(Failure::Outside(message)) = result else { panic!("{method}: {result:?}") };
        assert!(message.contains(expected), "{message}");
        assert_eq!(bench.server.asked().len(), 1, "{message}");
        assert_eq!(bench.progress().covered_to, None);
    }
}

#[tokio::test]
async fn an_answer_of_another_shape_is_asked_again_and_then_an_error_but_never_the_end() {
    let cursor = |text: &str| Answer::new(200, format!(r#"{{"audit_logs":[],"meta":{text}}}"#));
    let cases = [
        Answer::new(200, "<html>Sign in</html>"),
        Answer::new(200, "null"),
        Answer::new(200, r#"{"audit_logs":[{"id":1"#),
        Answer::new(200, r#"{"audit_logs":null,"meta":{"has_more":false}}"#),
        Answer::new(200, r#"{"meta":{"has_more":false}}"#),
        Answer::new(204, ""),
        cursor(r#"{"has_more":true,"after_cursor":null}"#),
        cursor(r#"{"has_more":true,"after_cursor":"a"}"#),
        cursor("{}"),
    ];
    for bad in cases {
        let mut bench = Bench::new([Answer::page(&[recent(1)], Some("a"))]).await;
        bench.server.will_answer(std::iter::repeat_n(bad.clone(), 4));
        let (summary, result) = bench.pull().await;
        let Err(Failure::Outside(message)) = result else { panic!("{bad:?}: {result:?}") };
        assert!(message.contains("answered 4 times in a shape"), "{message}");
        assert_eq!((summary.events, bench.progress().covered_to), (1, None));
        // One that heals costs nothing.
        bench.server.will_answer([bad, Answer::page(&[recent(2)], None), done()]);
        bench.pulled().await;
        assert_eq!(bench.sink.ids(), [1, 2]);
    }
}

#[tokio::test]
async fn a_cursor_that_is_no_longer_taken_begins_the_window_anew_without_doubles() {
    let gone = || Answer::new(400, r#"{"error":"InvalidPaginationParameter"}"#);
    let mut bench = Bench::new([
        Answer::page(&[recent(1)], Some("a")),
        gone(),
        Answer::page(&[recent(1), recent(2)], Some("b")),
        Answer::page(&[recent(3)], None),
    ])
    .await;
    assert_eq!(bench.pulled().await.events, 3);
    assert_eq!(bench.sink.ids(), [1, 2, 3]);
    // A segment that was acknowledged is not overwritten by another.
    let pages: Vec<_> = bench.sink.segments.iter().map(|segment| segment.page).collect();
    assert_eq!(pages, [0, 1, 2]);

    bench.server.will_answer([gone()]);
    let (_, result) = bench.pull().await;
    assert!(matches!(result, Err(Failure::Outside(message)) if message.contains("InvalidPaginationParameter")));
}

#[tokio::test]
async fn a_bad_record_goes_to_quarantine_once_with_its_bytes_and_does_not_stop_the_page() {
    let bad = r#"{"id":5.0,"created_at":"2026-11-22T11:59:00Z"}"#;
    let mut body = br#"{"audit_logs":["#.to_vec();
    body.extend_from_slice(recent(1).as_bytes());
    body.extend_from_slice(format!(",{bad},null,{{\"id\":\"").as_bytes());
    body.extend_from_slice(b"\xff\"},");
    body.extend_from_slice(recent(2).as_bytes());
    body.extend_from_slice(br#"],"meta":{"has_more":false,"after_cursor":"x"}}"#);
    let mut bench = Bench::new([Answer::new(200, body.clone())]).await;
    let summary = bench.pulled().await;
    assert_eq!((summary.events, summary.quarantined), (2, 3));
    bench.server.clock.advance(Duration::from_secs(60));
    bench.server.will_answer([Answer::new(200, body)]);
    assert_eq!(bench.pulled().await.quarantined, 0);
    let key = crate::identity::fingerprint(bad.as_bytes());
    let held = bench.state.held().unwrap().into_iter().find(|held| held.key == key).unwrap();
    assert_eq!(bench.state.raw(&held).unwrap().unwrap(), bad.as_bytes());
    assert!(held.message.contains("found 5.0"), "{}", held.message);
}

#[tokio::test]
async fn a_page_that_the_sink_did_not_take_comes_again_under_the_same_ids_and_name() {
    let mut bench = Bench::new([Answer::page(&[recent(1)], None)]).await;
    bench.sink.broken = true;
    let (summary, result) = bench.pull().await;
    assert_eq!((summary.events, result), (0, Err(Failure::ReaderGone)));
    bench.sink.broken = false;
    bench.server.clock.advance(Duration::from_secs(600));
    bench.server.will_answer([Answer::page(&[recent(1)], None), done()]);
    bench.pulled().await;
    let row_id = |line: &str| line.split_once("p_row_id").unwrap().1[..40].to_owned();
    assert_eq!(row_id(&bench.sink.lines[0]), row_id(&bench.sink.lines[1]));
    assert_eq!(bench.sink.segments[0], bench.sink.segments[1]);
}

#[tokio::test]
async fn a_log_is_not_covered_beyond_the_servers_clock() {
    let mut bench = Bench::new([Answer::page(&[], None).ahead(-300)]).await;
    assert_eq!(bench.pulled().await.covered_to, Some("2026-11-22T11:55:00Z".parse().unwrap()));
    // A server that is ahead has more to tell than this machine's clock let ask for.
    let ahead = |next| Answer::page(&[], next).ahead(300);
    let mut bench = Bench::new([ahead(Some("a")), ahead(None), ahead(None)]).await;
    assert_eq!(bench.pulled().await.covered_to, Some("2026-11-22T12:05:00Z".parse().unwrap()));
}

#[tokio::test]
async fn a_server_a_day_ahead_stops_the_pull_before_anything_is_taken_for_covered() {
    let mut bench = Bench::new([Answer::page(&[], None).ahead(3 * 86_400)]).await;
    let (_, result) = bench.pull().await;
    let Err(Failure::Outside(message)) = result else { panic!("{result:?}") };
    assert!(message.contains("the server's clock is 72 h ahead"), "{message}");
    assert_eq!(bench.progress().covered_to, Some(noon()));
}

#[tokio::test]
async fn a_wait_for_a_limit_is_waited_once() {
    let limited = Answer::new(429, "").header("ratelimit-remaining", "0").header("ratelimit-reset", "30");
    let mut bench = Bench::new([limited, Answer::page(&[recent(1)], None)]).await;
    bench.pulled().await;
    assert_eq!(seconds(&bench.server.clock.waits()), [30]);
}

#[tokio::test]
async fn a_secret_shows_in_no_log_no_error_no_debug_and_no_url() {
    let echo = format!(r#"{{"error":"you sent {SECRET} to me"}}"#);
    let mut shown = String::new();
    for method in ["oauth_client", "oauth_token", "api_token", "password"] {
        let mut bench = Bench::new([]).await;
        if method == "oauth_client" {
            bench.server.will_answer([Answer::token(SECRET, 7200)]);
        }
        bench.server.will_answer([Answer::new(500, echo.as_str()), Answer::new(403, echo.as_str())]);
        let account = bench.server.account(method);
        shown.push_str(&[format!("{account:?}"), format!("{:?}", account.sign_in)].concat());
        let (_, result) = bench.pull_as(account).await;
        shown.push_str(&result.unwrap_err().to_string());
        shown.push_str(&bench.server.targets().join("\n"));
    }
    let log = crate::testing::log();
    assert!(shown.contains("[REDACTED]") && log.contains("[REDACTED]"), "{shown}\n{log}");
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(!log.contains(SECRET), "{log}");
}
