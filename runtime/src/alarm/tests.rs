//! From a source in trouble to somebody who is told, against a state and a scripted webhook.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::*;
use crate::clock::Manual;
use crate::config::{self, Config};
use crate::testing::{Answer, Asked, Server, noon};

const HOUR: Duration = Duration::from_secs(3600);

fn config(alarm: &str) -> Config {
    let text = format!(
        "alarm: {alarm}\nsources:\n  - name: acme\n    source: zendesk\n    inputs: {{subdomain: acme}}\n    \
         auth: {{method: oauth_token, access_token: {{env: NONE}}}}\n"
    );
    config::parse(&text, Path::new("logwright.yml"), noon()).unwrap()
}

fn told(server: &Server) -> Vec<Value> {
    server.asked().iter().map(|Asked { body, .. }| serde_json::from_str(body).unwrap()).collect()
}

#[tokio::test]
async fn an_alarm_is_told_once_over_restarts_until_it_has_arrived_and_so_is_its_end() {
    let server = Server::start([Answer::new(500, "ill")]).await;
    let config = config(&format!("{{webhook: {{url: '{}hook'}}}}", server.base_url));
    let (state, clock) = (State::in_memory().unwrap(), Manual::new(noon()));
    let begin = || {
        let alarms = Alarms::new(&config.tell, &state, &clock, Metrics::default());
        alarms.watch(&config.sources[0]);
        alarms
    };
    let alarms = begin();
    alarms.tried("acme", Ok(()));
    clock.advance(24 * HOUR);
    // Started anew at that moment, it goes on with the clock of silence.
    let alarms_again = begin();
    drop(alarms);
    alarms_again.tried("acme", Ok(()));
    alarms_again.look();
    let known = state.alarms(&source_id("acme")).unwrap();
    assert_eq!((known.len(), known[0].name.as_str()), (1, "no_events"));

    // Nobody could be told before the next restart: each attempt fails.
    server.will_answer([Answer::new(500, "ill"), Answer::new(500, "ill")]);
    alarms_again.tell_what_waits().await.unwrap();
    assert_eq!(told(&server).len(), 3);
    let alarms = begin();
    alarms.tried("acme", Ok(()));
    server.will_answer([Answer::new(200, ""), Answer::new(200, "")]);
    alarms.page("acme", Counts { events: 1, ..Counts::default() });
    alarms.tell_what_waits().await.unwrap();
    let messages = told(&server);
    let field = |name: &str| messages.iter().map(|one| one[name].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!((field("state"), field("alarm")), (vec!["on".into(), "over".into()], vec!["no_events".to_owned(); 2]));
    assert_eq!(field("since"), ["2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z"]);
    assert_eq!((field("source")[0].as_str(), field("product")[0].as_str()), ("acme", "zendesk"));
    assert_ne!(field("id")[0], field("id")[1]);
    assert!(state.alarms(&source_id("acme")).unwrap().is_empty());
    alarms.tell_what_waits().await.unwrap();
    assert!(server.asked().is_empty(), "all was told");
}

#[tokio::test]
async fn a_webhook_is_asked_again_with_growing_waits_and_given_up_after_a_day() {
    let server = Server::start([]).await;
    server.will_answer((0..2000).map(|_| Answer::new(503, "")));
    let config = config(&format!("{{webhook: {{url: '{}'}}}}", server.base_url));
    let (state, clock) = (State::in_memory().unwrap(), Manual::new(noon()));
    let alarms = Alarms::new(&config.tell, &state, &clock, Metrics::default());
    alarms.watch(&config.sources[0]);
    alarms.tried("acme", Err(&Halt::Api(Stop::Rejected("HTTP 401".into()))));
    tokio::select! {
        () = alarms.tell() => {}
        () = async { while state.next_notice("webhook").unwrap().is_some() { tokio::task::yield_now().await } } => {}
    }
    let waits = clock.waits();
    assert_eq!(waits[..7].iter().map(Duration::as_secs).collect::<Vec<_>>(), [1, 2, 4, 8, 16, 32, 60]);
    let all: Duration = waits.iter().sum();
    assert!((24 * HOUR..24 * HOUR + Duration::from_secs(60)).contains(&all), "{all:?}");
    assert_eq!(state.alarms(&source_id("acme")).unwrap()[0].name, "sign_in", "it is on all the same");
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_is_told_too_and_neither_channel_waits_for_the_other() {
    let server = Server::start([]).await;
    server.will_answer((0..9).map(|_| Answer::new(503, "")));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("told");
    let (url, tee) = (&server.base_url, file.display());
    let config = config(&format!("{{webhook: {{url: '{url}'}}, command: [tee, '{tee}'], no_events_for: off}}"));
    let (state, clock) = (State::in_memory().unwrap(), Manual::new(noon()));
    let alarms = Alarms::new(&config.tell, &state, &clock, Metrics::default());
    alarms.watch(&config.sources[0]);
    alarms.tried("acme", Err(&Halt::Here(Failure::Configuration("`access_token`: NONE is not set".into()))));
    alarms.tell_what_waits().await.unwrap();
    let message: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!((message["alarm"].as_str(), message["state"].as_str()), (Some("sign_in"), Some("on")));
    assert_eq!(message["detail"], "`access_token`: NONE is not set");
    assert_eq!((state.next_notice("command").unwrap(), state.next_notice("webhook").unwrap().is_some()), (None, true));
}

#[test]
fn the_guide_shows_a_configuration_that_is_one() {
    let guide = include_str!("../../docs/operations.md");
    let block = guide.split("```yaml\n").find(|block| block.starts_with("alarm:")).unwrap();
    let shown = block.split("```").next().unwrap();
    let rest = "    source: zendesk\n    inputs: {subdomain: acme}\n    auth: {method: oauth_token, access_token: {env: NONE}}\n";
    let config = config::parse(&format!("{shown}{rest}"), Path::new("logwright.yml"), noon()).unwrap();
    assert!(config.tell.webhook.is_some() && config.tell.command.is_some());
    assert_eq!(config.sources[0].alarm, Rules { no_events_for: Some(72 * HOUR), ..Rules::USUAL });
}
