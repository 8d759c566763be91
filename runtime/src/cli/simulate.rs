//! `logwright simulate SOURCE`: the stand-in for a vendor's API, until it is interrupted.

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::time::Duration;

use logwright::contract::{Input, Source};
use logwright::log_type::Schema;
use logwright::log_types::{ALL, SOURCES};
use tokio::net::TcpListener;

use super::print;
use crate::clock;
use crate::failure::{Failure, io};
use crate::simulator::{self, Behaviour, SWITCHES, Simulator, turn_on};
use crate::suggest;

/// Options of `simulate`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = switches())]
pub(super) struct Options {
    /// The source to stand in for, such as `zendesk`.
    source: String,
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "P", default_value_t = 8081)]
    port: u16,
    /// How many events each log of the source has.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(..=MOST_EVENTS))]
    events: u64,
    /// How many days before now the first of them lies; the last one lies at now.
    #[arg(long, value_name = "D", default_value_t = 7, value_parser = clap::value_parser!(u64).range(1..=MOST_DAYS))]
    days: u64,
    /// Another seed makes other events and other credentials.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// How it differs from an API in good health, such as `--with 429-seconds=7@2..5`; can be given several times.
    #[arg(long, value_name = "SWITCH")]
    with: Vec<String>,
    #[command(flatten)]
    sign_in: SignInSwitches,
}

/// Every switch, for the end of the help.
fn switches() -> String {
    let mut text =
        "Switches for --with, each with an example of its value. The first ones spoil answers, all of them or those \
                    to the requests with these numbers: html@3, html@3..9.\n\n"
            .to_owned();
    for switch in SWITCHES {
        let _ = writeln!(text, "  {}\n      {}", switch.text(), switch.what);
    }
    text
}

/// How signing in goes, beside the ordinary.
#[derive(Debug, clap::Args)]
struct SignInSwitches {
    /// The person on the sign-in page says no.
    #[arg(long)]
    person_denies: bool,
    /// Lose the answers of the first N renewals, although the old tokens have ended.
    #[arg(long, value_name = "N", default_value_t = 0)]
    lose_renewals: u64,
    /// Never say how long a token lives.
    #[arg(long)]
    no_expires_in: bool,
    /// How long every access token lives.
    #[arg(long, value_name = "SECONDS")]
    token_lifetime: Option<u64>,
    /// The scope that every token gets, whatever was asked for.
    #[arg(long, value_name = "SCOPE")]
    granted_scope: Option<String>,
}

impl SignInSwitches {
    fn set(&self, behaviour: &mut Behaviour) {
        behaviour.person_denies = self.person_denies;
        behaviour.lost_renewals = 0..self.lose_renewals;
        behaviour.tells_lifetime = !self.no_expires_in;
        behaviour.token_lifetime = self.token_lifetime.map(Duration::from_secs);
        behaviour.granted_scope.clone_from(&self.granted_scope);
    }
}

/// The most events that a stand-in is asked for; the keys of far more would not all differ.
pub(super) const MOST_EVENTS: u64 = 1_000_000_000;

/// Thirty years: a backfill of more is none that anybody waits for.
const MOST_DAYS: u64 = 30 * 365;

/// Serves until Ctrl-C.
pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let source = find(&options.source)?;
    let mut behaviour = Behaviour::default();
    options.sign_in.set(&mut behaviour);
    for switch in &options.with {
        turn_on(&mut behaviour, switch).map_err(|error| Failure::Configuration(format!("--with: {error}")))?;
    }
    let (events, seed) = (options.events, options.seed);
    let span = Duration::from_secs(86_400 * options.days);
    let made = simulator::Options { events, seed, span, behaviour, ..simulator::Options::default() };
    let simulator = start(source, options.port, made).await?;
    match print(&greeting(source, &simulator)) {
        // Whoever started us may have read no further than the address; that is no reason to stop serving.
        Ok(()) | Err(Failure::ReaderGone) => {}
        Err(failure) => return Err(failure),
    }
    tokio::signal::ctrl_c().await.map_err(io("wait for Ctrl-C"))
}

/// A stand-in for `source` on `port` of this computer, serving every log whose log type is linked.
pub(super) async fn start(
    source: &'static Source,
    port: u16,
    options: simulator::Options,
) -> Result<Simulator, Failure> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Failure::Outside(format!(
            "port {port} of 127.0.0.1 is in use by another program; name another with `--port`, or take a free one with `--port 0`"
        )),
        _ => io(format!("listen on port {port} of 127.0.0.1"))(error),
    })?;
    let schemas: Vec<&'static Schema> = ALL.iter().map(|log_type| log_type.schema()).collect();
    Simulator::start(listener, source, &schemas, options).map_err(io("start the simulator"))
}

/// The source with this name.
pub(super) fn find(name: &str) -> Result<&'static Source, Failure> {
    SOURCES.iter().find(|source| source.name == name).copied().ok_or_else(|| {
        let hint = suggest::hint(name, SOURCES.iter().map(|source| source.name));
        Failure::Configuration(format!("there is no source `{name}`{hint}"))
    })
}

/// Where it is, how to sign in, and a configuration that does.
fn greeting(source: &Source, simulator: &Simulator) -> String {
    let mut text =
        format!("{}, simulated at {} until Ctrl-C.\n\nSign in by any of:\n", source.title, simulator.base_url());
    for way in simulator.credentials() {
        let first = if way.needs_browser { ", after `logwright auth`" } else { "" };
        let _ = writeln!(text, "  {}{first}", way.method);
        for (name, value) in &way.inputs {
            let _ = writeln!(text, "    {name}: {value}");
        }
    }
    if let Some((configuration, exports)) = configuration(source, simulator) {
        let _ = write!(text, "\nA logwright.yml that pulls from it:\n\n{configuration}\nIts secret:\n\n{exports}");
    }
    text
}

/// A configuration for the first way to sign in that needs no browser, and the commands that set its secrets.
fn configuration(source: &Source, simulator: &Simulator) -> Option<(String, String)> {
    let (way, credentials) = source.sign_in.iter().zip(simulator.credentials()).find(|(_, way)| !way.needs_browser)?;
    let variable = |input: &Input| format!("{}_{}", source.name, input.name).to_uppercase().replace('-', "_");
    let mut exports = String::new();
    let mut auth = format!("method: {}", way.method);
    for (input, (name, value)) in way.inputs.iter().zip(&credentials.inputs) {
        if input.secret {
            let _ = write!(auth, ", {name}: {{env: {}}}", variable(input));
            let _ = writeln!(exports, "export {}={value}", variable(input));
        } else {
            let _ = write!(auth, ", {name}: {value}");
        }
    }
    let inputs: Vec<String> = source.inputs.iter().map(|input| format!("{}: {}", input.name, input.example)).collect();
    // From the very first event: by the time somebody pulls, it is a little older than the default look-back.
    let start = simulator.earliest().map(|time| format!("    start: {}\n", clock::text(time)));
    let configuration = format!(
        "state: ./state\nsources:\n  - name: simulated-{name}\n    source: {name}\n    inputs: {{{inputs}}}\n    \
         auth: {{{auth}}}\n{start}    base_url: {base_url}\noutput: {{type: stdout}}\n",
        name = source.name,
        start = start.unwrap_or_default(),
        inputs = inputs.join(", "),
        base_url = simulator.base_url(),
    );
    Some((configuration, exports))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use logwright::time::Timestamp;

    use super::*;
    use crate::config;

    fn noon() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    async fn simulator() -> Simulator {
        let options = simulator::Options { events: 3, clock: Arc::new(noon), ..simulator::Options::default() };
        start(find("zendesk").unwrap(), 0, options).await.unwrap()
    }

    #[tokio::test]
    async fn the_greeting_holds_a_configuration_without_mistakes() {
        let simulator = simulator().await;
        let (yaml, exports) = configuration(find("zendesk").unwrap(), &simulator).unwrap();
        let config = config::parse(&yaml, Path::new("logwright.yml"), noon()).unwrap();
        assert_eq!(config.sources[0].base_url.as_str().trim_end_matches('/'), simulator.base_url());
        assert!(yaml.contains("    start: 2026-11-15T12:00:00Z\n"), "{yaml}");
        assert!(exports.starts_with("export ZENDESK_CLIENT_SECRET="));
        let greeting = greeting(find("zendesk").unwrap(), &simulator);
        assert!(greeting.contains(&yaml) && greeting.contains(&exports));
        for way in simulator.credentials() {
            assert!(greeting.contains(way.method));
        }
    }

    #[tokio::test]
    async fn a_port_in_use_is_said_to_be() {
        let simulator = simulator().await;
        let error = start(find("zendesk").unwrap(), simulator.address().port(), simulator::Options::default())
            .await
            .unwrap_err();
        assert_eq!(error.exit_code(), 3);
        assert!(error.to_string().contains("in use"), "{error}");
    }

    #[test]
    fn an_unknown_source_names_the_near_one() {
        let error = find("zendesq").unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("did you mean `zendesk`?"), "{error}");
    }
}
