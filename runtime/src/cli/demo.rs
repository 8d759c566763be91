//! `logwright demo`: a pull from start to end on this computer alone, by the very engine that pulls from the real API.

use std::collections::BTreeMap;
use std::io::Write;

use logwright::contract::{SignIn, Source};
use logwright::event::Profile;
use secrecy::SecretString;
use url::Url;

use super::pull::text;
use super::simulate::{MOST_EVENTS, find, start};
use crate::account::Account;
use crate::api::{Api, Patience};
use crate::clock::Clock;
use crate::failure::Failure;
use crate::pull::{Pull, Summary, pull_once};
use crate::simulator::{self, Behaviour, Simulator};
use crate::sink::Lines;
use crate::state::State;

/// Options of `demo`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The source to stand in for.
    #[arg(value_name = "SOURCE", default_value = "zendesk")]
    source: String,
    /// How many events to make and pull.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(..=MOST_EVENTS))]
    events: u64,
    /// Another seed makes other events.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// Pulls made-up events to standard output, and tells on standard error what was done.
pub(super) async fn run(options: &Options, clock: &dyn Clock) -> Result<(), Failure> {
    let source = find(&options.source)?;
    for (log_type, summary) in pull_all(source, options, std::io::stdout(), clock).await? {
        // Nothing is left to tell when standard error has gone.
        let _ = writeln!(std::io::stderr(), "{log_type}, simulated on this computer: {}", text(&summary));
    }
    Ok(())
}

/// Pulls every log of a stand-in for `source` to `out`; what was done for each log type.
async fn pull_all(
    source: &'static Source,
    options: &Options,
    out: impl Write + Send,
    clock: &dyn Clock,
) -> Result<Vec<(&'static str, Summary)>, Failure> {
    // The vendor's limit of requests per minute would make a large demonstration wait for minutes.
    let behaviour = Behaviour { requests_per_minute: Some(u32::MAX), ..Behaviour::default() };
    let (events, seed) = (options.events, options.seed);
    let made = simulator::Options { events, seed, behaviour, ..simulator::Options::default() };
    let simulator = start(source, 0, made).await?;
    let account = account(source, &simulator)?;
    let api = Api::new(&account, clock, Patience::ONE_RUN)?;
    let (mut state, mut sink) = (State::in_memory()?, Lines::new(out));
    let mut summaries = Vec::new();
    for stream in account.streams() {
        let (state, sink) = (&mut state, &mut sink);
        let pull = Pull { api: &api, stream, state, sink, profile: Profile::Lake, on_page: &mut |_| {} };
        let (summary, result) = pull_once(pull).await;
        result?;
        summaries.push((stream.log.log_type, summary));
    }
    Ok(summaries)
}

/// An account at the stand-in, signed in by the recommended way that needs no browser.
fn account(source: &'static Source, simulator: &Simulator) -> Result<Account, Failure> {
    let mut ways = source.sign_in.iter().zip(simulator.credentials());
    let (sign_in, credentials): (&'static SignIn, _) = ways
        .find(|(_, credentials)| !credentials.needs_browser)
        .ok_or_else(|| Failure::Configuration(format!("every way to sign in to {} needs a browser", source.title)))?;
    let inputs = source.inputs.iter().map(|input| (input.name, input.example.to_owned())).collect();
    let secrets: BTreeMap<_, _> =
        credentials.inputs.iter().map(|(name, value)| (*name, SecretString::from(value.as_str()))).collect();
    let base_url = Url::parse(simulator.base_url())
        .map_err(|error| Failure::Outside(format!("{}: {error}", simulator.base_url())))?;
    let mut account = Account::new("demo", source, sign_in, inputs, secrets, base_url);
    // From the very first event: by the time the pull asks, it is a little older than the default look-back.
    account.start = simulator.earliest();
    Ok(account)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::clock::System;

    const SOURCE: &str = "zendesk";

    async fn demo(events: u64) -> (Vec<(&'static str, Summary)>, String) {
        let mut out = Vec::new();
        let options = Options { source: SOURCE.to_owned(), events, seed: 5 };
        let summaries = pull_all(find(SOURCE).unwrap(), &options, &mut out, &System).await.unwrap();
        (summaries, String::from_utf8(out).unwrap())
    }

    #[tokio::test]
    async fn every_event_comes_out_once() {
        let (summaries, lines) = demo(250).await;
        let [(log_type, summary)] = &summaries[..] else { panic!("{summaries:?}") };
        assert_eq!((*log_type, summary.events, summary.quarantined), ("Zendesk.Audit", 250, 0));
        let event = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        let keys: BTreeSet<i64> = lines.lines().map(|line| event(line)["id"].as_i64().unwrap()).collect();
        assert_eq!((keys.len(), lines.lines().count()), (250, 250));
    }

    #[tokio::test]
    async fn no_events_are_no_trouble() {
        let (summaries, lines) = demo(0).await;
        assert_eq!((summaries[0].1.events, lines.as_str()), (0, ""));
    }
}
