//! The stand-in from outside, over loopback.

use logwright::log_types::zendesk::source::SOURCE;
use serde_json::Value;

use super::fixtures::{AUDIT, time};
use super::*;

const NOW: i64 = 1_767_225_600; // 2026-01-01T00:00:00Z

/// The options of a test: 250 events, the last one at a clock that stands still.
fn options(behaviour: Behaviour) -> Options {
    let clock: Clock = Arc::new(|| time(NOW));
    Options { events: 250, clock, behaviour, ..Options::default() }
}

/// An answer.
struct Answer {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A stand-in and a client that signs in by a fixed token.
struct Scene {
    simulator: Simulator,
    client: reqwest::Client,
}

impl Scene {
    async fn new(options: Options) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let simulator = Simulator::start(listener, &SOURCE, &[AUDIT], options).unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { simulator, client: reqwest::Client::new() }
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, body: response.text().await.unwrap() }
    }

    fn secret(&self, method: &str, input: &str) -> &str {
        let way = self.simulator.credentials().iter().find(|way| way.method == method).unwrap();
        &way.inputs.iter().find(|(name, _)| *name == input).unwrap().1
    }

    async fn get(&self, target: &str) -> Answer {
        let url = format!("{}{target}", self.simulator.base_url());
        self.send(self.client.get(url).bearer_auth(self.secret("oauth_token", "access_token"))).await
    }

    /// Follows the cursor from the first page to the end; the bodies of the pages.
    async fn drain(&self, query: &str) -> Vec<Value> {
        let (mut pages, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/api/v2/audit_logs?sort=created_at{query}{cursor}")).await.json();
            let more = page["meta"]["has_more"].as_bool().unwrap();
            cursor = format!("&page[after]={}", page["meta"]["after_cursor"].as_str().unwrap_or_default());
            pages.push(page);
            if !more {
                return pages;
            }
        }
    }

    async fn page(&self, fault: Fault) -> Answer {
        let requests = u64::try_from(self.simulator.requests().all().len()).unwrap();
        self.simulator.change(|behaviour| behaviour.faults = vec![(requests..requests + 1, fault)]);
        self.get("/api/v2/audit_logs?sort=created_at").await
    }
}

fn ids(pages: &[Value]) -> Vec<String> {
    let records = pages.iter().flat_map(|page| page["audit_logs"].as_array().unwrap());
    records.map(|record| record["id"].to_string()).collect()
}

fn all(simulator: &Simulator) -> Vec<String> {
    simulator.records("Zendesk.Audit").into_iter().map(|record| record.key).collect()
}

#[tokio::test]
async fn a_drain_is_every_record_once_and_in_order() {
    let scene = Scene::new(options(Behaviour::default())).await;
    let pages = scene.drain("&page[size]=100").await;
    assert_eq!(pages.len(), 3);
    assert_eq!(ids(&pages), all(&scene.simulator));
    assert!(pages[2]["meta"]["after_cursor"].is_string(), "a cursor is set although nothing follows");
    let seen = scene.simulator.requests().all();
    assert_eq!(seen[0].target, "/api/v2/audit_logs?sort=created_at&page[size]=100");
    assert!(seen.iter().all(|seen| seen.authorised && seen.status == 200));
}

#[tokio::test]
async fn a_window_is_served_alone_and_an_empty_one_has_no_cursor() {
    let scene = Scene::new(options(Behaviour::default())).await;
    let window = |from: &str, to: &str| {
        format!("&filter[created_at][]=2025-12-{from}T00:00:00Z&filter[created_at][]=2025-12-{to}T00:00:00Z")
    };
    let inside = ids(&scene.drain(&window("28", "29")).await);
    let records = scene.simulator.records("Zendesk.Audit");
    let expected =
        records.iter().filter(|record| (1_766_880_000..=1_766_966_400).contains(&record.time.unix_seconds()));
    assert_eq!(inside, expected.map(|record| record.key.clone()).collect::<Vec<_>>());
    assert!(!inside.is_empty());
    let empty = scene.drain(&window("01", "02")).await;
    assert_eq!(empty[0]["meta"]["after_cursor"], Value::Null);
}

#[tokio::test]
async fn the_next_link_leads_to_the_next_page_on_its_own_host() {
    let scene = Scene::new(options(Behaviour::default())).await;
    let first = scene.get("/api/v2/audit_logs.json?sort=created_at").await.json();
    let next = first["links"]["next"].as_str().unwrap().strip_prefix(scene.simulator.base_url()).unwrap();
    let second = scene.get(next).await.json();
    assert_eq!(ids(&[second]), all(&scene.simulator)[100..200]);
    scene.simulator.change(|behaviour| behaviour.link_base = Some("https://evil.example".to_owned()));
    let first = scene.get("/api/v2/audit_logs?sort=created_at").await.json();
    assert!(first["links"]["next"].as_str().unwrap().starts_with("https://evil.example/api/"));
}

#[tokio::test]
async fn nobody_gets_in_without_credentials() {
    let scene = Scene::new(options(Behaviour::default())).await;
    let url = format!("{}/api/v2/audit_logs", scene.simulator.base_url());
    let nobody = scene.send(scene.client.get(&url)).await;
    assert_eq!((nobody.status, nobody.body.contains("authenticate")), (401, true));
    let guess = scene.send(scene.client.get(&url).bearer_auth("guess")).await;
    assert_eq!((guess.status, guess.json()["error"].as_str()), (401, Some("invalid_token")));
    let secret = scene.secret("api_token", "api_token");
    let basic = scene.client.get(&url).basic_auth("admin@acme.example/token", Some(secret));
    assert_eq!(scene.send(basic).await.status, 200);
    assert!(!format!("{:?}", scene.simulator.requests()).contains(secret));
}

#[tokio::test]
async fn a_token_opens_what_its_scope_says() {
    let scene = Scene::new(options(Behaviour::default())).await;
    for (scope, status) in [("auditlogs:read", 200), ("read", 403)] {
        let body = serde_json::json!({
            "grant_type": "client_credentials", "client_id": "logwright",
            "client_secret": scene.secret("oauth_client", "client_secret"), "scope": scope, "expires_in": 300,
        });
        let url = format!("{}/oauth/tokens", scene.simulator.base_url());
        let request = scene.client.post(url).header("content-type", "application/json").body(body.to_string());
        let token = scene.send(request).await.json();
        assert_eq!(token["expires_in"], 300);
        let url = format!("{}/api/v2/audit_logs", scene.simulator.base_url());
        let answer = scene.send(scene.client.get(url).bearer_auth(token["access_token"].as_str().unwrap())).await;
        assert_eq!(answer.status, status);
        assert!(status == 200 || answer.body.contains("missing the following required scopes"));
    }
}

#[tokio::test]
async fn what_an_api_does_not_take_is_400_and_what_it_has_not_is_404() {
    let scene = Scene::new(options(Behaviour::default())).await;
    for query in ["page[size]=101", "page[after]=garbage", "filter[created_at][]=2026-01-01T00:00:00Z"] {
        let answer = scene.get(&format!("/api/v2/audit_logs?{query}")).await;
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (400, Some("InvalidPaginationParameter")),
            "{query}"
        );
    }
    let pages = scene.get("/api/v2/audit_logs?sort=created_at").await.json();
    let cursor = pages["meta"]["after_cursor"].as_str().unwrap();
    let other_sort = scene.get(&format!("/api/v2/audit_logs?sort=-created_at&page[after]={cursor}")).await;
    assert_eq!(other_sort.status, 400);
    assert_eq!(scene.get("/api/v2/access_logs").await.status, 404);
    assert_eq!(scene.get("/oauth/tokens").await.status, 404);
}

#[tokio::test]
async fn requests_are_counted_by_the_minute_of_an_injected_clock() {
    let seconds = Arc::new(std::sync::atomic::AtomicI64::new(NOW + 20));
    let hands = Arc::clone(&seconds);
    let clock: Clock = Arc::new(move || time(hands.load(std::sync::atomic::Ordering::Relaxed)));
    let behaviour = Behaviour { requests_per_minute: Some(2), ..Behaviour::default() };
    let scene = Scene::new(Options { clock, ..options(behaviour) }).await;
    let first = scene.get("/api/v2/audit_logs").await;
    assert_eq!((first.header("ratelimit-remaining"), first.header("x-rate-limit")), ("1", "2"));
    assert_eq!(first.header("date"), "Thu, 01 Jan 2026 00:00:20 GMT");
    assert_eq!(scene.get("/api/v2/audit_logs").await.status, 200);
    let third = scene.get("/api/v2/audit_logs").await;
    assert_eq!((third.status, third.header("retry-after"), third.header("ratelimit-reset")), (429, "40", "40"));
    assert_eq!(third.header("content-type"), "text/plain");
    seconds.store(NOW + 60, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(scene.get("/api/v2/audit_logs").await.status, 200);
    assert_eq!(scene.simulator.requests().count(429), 1);
}

#[tokio::test]
async fn failures_say_when_to_come_again_in_every_form() {
    let scene = Scene::new(options(Behaviour::default())).await;
    for (retry, header) in [
        (RetryAfter::Missing, ""),
        (RetryAfter::Seconds(0), "0"),
        (RetryAfter::Seconds(7), "7"),
        (RetryAfter::Date(90), "Thu, 01 Jan 2026 00:01:30 GMT"),
    ] {
        let answer = scene.page(Fault::Status(429, retry)).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, header));
        assert_eq!(answer.header("ratelimit-reset"), "");
    }
    let reset = scene.page(Fault::Status(503, RetryAfter::Reset(5))).await;
    assert_eq!((reset.status, reset.header("retry-after"), reset.header("ratelimit-reset")), (503, "", "5"));
    let reset = scene.page(Fault::Status(429, RetryAfter::ResetAt(5))).await;
    assert_eq!((reset.status, reset.header("ratelimit-reset")), (429, "2026-01-01T00:00:05Z"));
    assert_eq!(scene.get("/api/v2/audit_logs").await.status, 200, "a fault holds for its requests only");
}

#[tokio::test]
async fn a_second_holds_more_than_a_page_and_records_appear_between_pages() {
    let arrivals = Some((3, Duration::from_secs(240)));
    let scene = Scene::new(options(Behaviour { one_second: 20..170, arrivals, ..Behaviour::default() })).await;
    let at = |record: &Record| record.time;
    let records = scene.simulator.records("Zendesk.Audit");
    let most = records.chunk_by(|a, b| at(a) == at(b)).map(<[_]>::len).max();
    assert!(most.is_some_and(|most| (150..170).contains(&most)), "{most:?}");
    let pages = scene.drain("&page[size]=100").await;
    let now = scene.simulator.records("Zendesk.Audit");
    let arrived: Vec<_> = now.iter().filter(|record| !records.contains(record)).collect();
    assert_eq!((pages.len(), arrived.len()), (3, 3));
    let latest = clock::shift(time(NOW), -240);
    assert!(arrived.iter().all(|record| record.time >= latest && record.visible_from == time(NOW)));
    assert!(ids(&pages).iter().all(|id| now.iter().any(|record| record.key == *id)));
}

#[tokio::test]
async fn refusals_have_their_status_and_a_revoked_token_stays_dead() {
    let scene = Scene::new(options(Behaviour::default())).await;
    assert_eq!(scene.page(Fault::ScopeMissing).await.status, 403);
    assert!(scene.page(Fault::AccessDenied).await.json()["error"].is_object());
    assert_eq!(scene.page(Fault::NotFound).await.status, 404);
    for (index, refusal) in SOURCE.refusals.iter().enumerate() {
        let answer = scene.page(Fault::Refusal(index)).await;
        assert_eq!((answer.status, answer.body.contains(refusal.contains)), (refusal.status, true));
    }
    assert_eq!(scene.page(Fault::TokenRevoked).await.status, 401);
    assert_eq!(scene.get("/api/v2/audit_logs").await.status, 401);
}

#[tokio::test]
async fn a_page_can_be_spoilt_in_many_ways() {
    let scene = Scene::new(options(Behaviour::default())).await;
    assert!(scene.page(Fault::Html).await.body.starts_with("<!DOCTYPE"));
    assert!(serde_json::from_str::<Value>(&scene.page(Fault::HalfBody).await.body).is_err());
    assert_eq!(scene.page(Fault::NullBody).await.json(), Value::Null);
    assert_eq!(scene.page(Fault::NullRecords).await.json()["audit_logs"], Value::Null);
    assert!(scene.page(Fault::RecordsNotAList).await.json()["audit_logs"].is_object());
    assert!(scene.page(Fault::NoRecords).await.json().get("audit_logs").is_none());
    assert_eq!(ids(&[scene.page(Fault::RecordsTwice).await.json()]).len(), 200);
    let mut reversed = ids(&[scene.page(Fault::RecordsReversed).await.json()]);
    reversed.reverse();
    assert_eq!(reversed, all(&scene.simulator)[..100]);
}

#[tokio::test]
async fn the_way_on_can_be_missing_or_lead_back() {
    let scene = Scene::new(options(Behaviour::default())).await;
    let missing = scene.page(Fault::NextMissing).await.json();
    assert_eq!((&missing["meta"]["has_more"], &missing["meta"]["after_cursor"]), (&Value::Bool(true), &Value::Null));
    let follow = async |page: &Value| {
        let cursor = page["meta"]["after_cursor"].as_str().unwrap();
        scene.get(&format!("/api/v2/audit_logs?sort=created_at&page[after]={cursor}")).await.json()
    };
    let repeated = scene.page(Fault::NextRepeated).await.json();
    assert_eq!(ids(&[follow(&repeated).await]), ids(&[repeated]));
    let empty = scene.page(Fault::EmptyPage).await.json();
    assert_eq!((ids(std::slice::from_ref(&empty)).len(), &empty["meta"]["has_more"]), (0, &Value::Bool(true)));
    assert_eq!(ids(&[follow(&empty).await]), all(&scene.simulator)[..100]);
    let overlaps = scene.page(Fault::NextOverlaps).await.json();
    assert_eq!(ids(&[follow(&overlaps).await])[0], all(&scene.simulator)[99]);
}

#[tokio::test]
async fn late_added_and_damaged_records_are_served_as_asked() {
    let mut behaviour = Behaviour { clock_offset: -30, ..Behaviour::default() };
    behaviour.late.insert(248, Duration::from_secs(86_400));
    behaviour.damaged.insert(1, Damage::NotAnObject);
    let scene = Scene::new(options(behaviour)).await;
    let first = scene.get("/api/v2/audit_logs?sort=created_at").await;
    assert_eq!(first.header("date"), "Wed, 31 Dec 2025 23:59:30 GMT");
    let damaged = scene.simulator.records("Zendesk.Audit").iter().position(|record| record.damage.is_some());
    assert_eq!(first.json()["audit_logs"][damaged.unwrap()], 42);
    assert_eq!(ids(&scene.drain("").await).len(), 249);
    let added = |id: u8, at: &str| format!(r#"{{"id":{id},"created_at":"{at}"}}"#);
    scene.simulator.add("Zendesk.Audit", &added(5, "2025-12-31T23:59:30Z"), None).unwrap();
    scene.simulator.add("Zendesk.Audit", &added(6, "2025-12-31T23:59:31Z"), None).unwrap();
    let drained = ids(&scene.drain("").await);
    assert_eq!((drained.len(), drained.contains(&"5".to_owned())), (250, true));
    scene.simulator.change(|behaviour| behaviour.clock_offset = 86_400);
    assert_eq!(ids(&scene.drain("").await).len(), 252);
    assert!(scene.simulator.add("Other.Log", "{}", None).is_err());
}

#[tokio::test]
async fn connections_break_where_they_are_told_to_and_work_again_after() {
    let scene = Scene::new(options(Behaviour::default())).await;
    let url = format!("{}/api/v2/audit_logs", scene.simulator.base_url());
    let ask = || scene.client.get(&url).bearer_auth(scene.secret("oauth_token", "access_token")).send();
    scene.simulator.change(|behaviour| {
        behaviour.faults =
            vec![(0..1, Fault::Reset), (1..2, Fault::CutOff), (2..3, Fault::Stalled), (3..4, Fault::Silence)];
    });
    assert!(ask().await.is_err(), "no answer at all");
    let head = ask().await.unwrap();
    assert_eq!(head.status(), 200);
    assert!(head.bytes().await.is_err(), "half an answer");
    let head = ask().await.unwrap();
    let rest = tokio::time::timeout(Duration::from_millis(200), head.bytes()).await;
    assert!(rest.is_err(), "half an answer, and the connection open");
    assert!(tokio::time::timeout(Duration::from_millis(200), ask()).await.is_err(), "silence");
    assert_eq!(ask().await.unwrap().text().await.unwrap().matches("\"created_at\"").count(), 100);
}

#[tokio::test]
async fn bodies_are_compressed_for_those_who_take_it() {
    let scene = Scene::new(options(Behaviour { gzip: true, ..Behaviour::default() })).await;
    let token = scene.secret("oauth_token", "access_token");
    let url = format!("{}/api/v2/audit_logs", scene.simulator.base_url());
    let ask = |client: &reqwest::Client| client.get(&url).bearer_auth(token).send();
    let read = ask(&scene.client).await.unwrap().text().await.unwrap();
    assert!(read.starts_with("{\"audit_logs\":[{"), "the client takes it apart by itself");
    let plain = reqwest::Client::builder().gzip(false).build().unwrap();
    let raw = plain.get(&url).bearer_auth(token).header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(raw.headers()["content-encoding"], "gzip");
    assert!(raw.bytes().await.unwrap().starts_with(&[0x1f, 0x8b]));
    assert!(!ask(&plain).await.unwrap().headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn cursors_end_and_pages_can_come_by_number() {
    let seconds = Arc::new(std::sync::atomic::AtomicI64::new(NOW));
    let hand = Arc::clone(&seconds);
    let clock: Clock = Arc::new(move || time(hand.load(std::sync::atomic::Ordering::Relaxed)));
    let behaviour = Behaviour { cursor_life: Some(Duration::from_secs(60)), ..Behaviour::default() };
    let scene = Scene::new(Options { events: 250, clock, behaviour, ..Options::default() }).await;
    let first = scene.get("/api/v2/audit_logs?sort=created_at").await.json();
    let cursor = first["meta"]["after_cursor"].as_str().unwrap();
    let next = format!("/api/v2/audit_logs?sort=created_at&page[after]={cursor}");
    assert_eq!(scene.get(&next).await.status, 200);
    seconds.fetch_add(60, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(scene.get(&next).await.status, 400);

    scene.simulator.change(|behaviour| behaviour.numbered_pages = true);
    let (mut target, mut sizes) = ("/api/v2/audit_logs?sort=created_at".to_owned(), Vec::new());
    loop {
        let page = scene.get(&target).await.json();
        assert!(page["meta"].get("has_more").is_none() && page["meta"].get("after_cursor").is_none(), "{page}");
        sizes.push(page["audit_logs"].as_array().unwrap().len());
        let Some(next) = page["links"]["next"].as_str() else { break };
        target = next.strip_prefix(scene.simulator.base_url()).unwrap().to_owned();
    }
    assert_eq!(sizes, [100, 100, 50]);
    assert_eq!(scene.get("/api/v2/audit_logs?page=102").await.status, 400);
}

#[tokio::test]
async fn unusual_records_are_what_their_readers_take() {
    use logwright::log_types::zendesk::Audit;
    let all = [
        Oddity::Nulls,
        Oddity::Bare,
        Oddity::UnknownField,
        Oddity::LongText,
        Oddity::FractionalSeconds,
        Oddity::Offset,
    ];
    let odd = (0..).zip(all).collect();
    let scene = Scene::new(options(Behaviour { odd, ..Behaviour::default() })).await;
    let records = scene.simulator.records("Zendesk.Audit");
    for record in &records {
        let audit = Audit::parse(&record.json).unwrap_or_else(|error| panic!("{error}: {:?}", record.key));
        assert_eq!((audit.id.to_string(), audit.created_at), (record.key.clone(), record.time));
    }
    let has = |text: &str| records.iter().filter(|record| String::from_utf8_lossy(&record.json).contains(text)).count();
    assert_eq!((has(".0Z\""), has("+00:00\""), has("unheard_of")), (1, 1, 1));
    assert_eq!(records.iter().filter(|record| record.json.len() > 1_000_000).count(), 1);
}
