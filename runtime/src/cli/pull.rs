//! `logwright pull`: everything that is new, once.

use indicatif::ProgressBar;

use super::run::show;
use super::{ConfigOptions, plural, say, tell, told};
use crate::account::Account;
use crate::alarm::Alarms;
use crate::api::{Api, Patience};
use crate::clock::{self, Clock};
use crate::config::{self, Config, SourceConfig};
use crate::failure::Failure;
use crate::metrics::Metrics;
use crate::pull::{Halt, Pull, Summary, pull_to_halt};
use crate::run::meter::Meter;
use crate::sign_in;
use crate::sink::{self, Sink};
use crate::state::State;

/// Options of `pull`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    config: ConfigOptions,
}

/// Pulls from each source in turn. One that fails does not keep the others from being pulled.
pub(super) async fn run(options: &Options, progress: &ProgressBar, clock: &dyn Clock) -> Result<(), Failure> {
    let config = config::load(&options.config.config, clock.now())?;
    let sources = config.select(options.config.source.as_deref())?;
    let state = State::open(&config.state)?;
    let mut sink = sink::open(&config.output)?;
    let alarms = Alarms::new(&config.tell, &state, clock, Metrics::default());
    show(progress, &config);
    let meter = Meter::new(progress, clock);
    let mut failures = Vec::new();
    for source in sources {
        alarms.watch(source);
        let pulled = pull(source, &config, &state, sink.as_mut(), &alarms, &meter, clock).await;
        alarms.tried(&source.name, pulled.as_ref().map(drop));
        match pulled.map_err(Failure::from) {
            Ok(()) => {}
            Err(Failure::ReaderGone) => {
                let message = "the reader of standard output has gone; what it did not take is pulled again";
                return Err(Failure::Outside(message.into()));
            }
            Err(failure) => {
                progress.suspend(|| tell(&failure));
                failures.push(failure);
            }
        }
    }
    if let Err(failure) = alarms.tell_what_waits().await {
        tell(&failure);
        failures.push(failure);
    }
    told(&failures)
}

async fn pull(
    source: &SourceConfig,
    config: &Config,
    state: &State,
    sink: &mut dyn Sink,
    alarms: &Alarms<'_>,
    meter: &Meter<'_>,
    clock: &dyn Clock,
) -> Result<(), Halt> {
    let account = Account::open(source)?;
    if let Some(warning) = sign_in::warning(&account, clock.now()) {
        tracing::warn!(source = account.name, "{warning}");
    }
    let api = Api::new(&account, clock, Patience::ONE_RUN)?;
    for stream in account.streams() {
        let name = format!("{} {}", account.name, stream.log.log_type);
        let mut counted = Summary::default();
        let mut on_page = |summary: &Summary| {
            alarms.page(&account.name, summary.since(&counted));
            counted.clone_from(summary);
            meter.page(&name, summary);
        };
        let pull = Pull { api: &api, stream, state, sink, profile: config.output.profile, on_page: &mut on_page };
        let (summary, result) = pull_to_halt(pull).await;
        meter.gone(&account.name);
        if result != Err(Halt::Here(Failure::ReaderGone)) {
            meter.aside(|| say(&format!("{name}: {}", text(&summary))));
        }
        result?;
    }
    Ok(())
}

/// A summary in words.
pub(super) fn text(summary: &Summary) -> String {
    let mut parts = vec![
        plural(summary.events, "event"),
        plural(summary.pages, "page"),
        format!("{:.1} s", summary.time.as_secs_f64()),
        format!("{} quarantined", summary.quarantined),
    ];
    if summary.late > 0 {
        parts.push(format!("{} late", summary.late));
    }
    parts.push(match summary.covered_to {
        Some(time) => format!("covered to {}", clock::text(time)),
        None => "nothing covered yet".to_owned(),
    });
    parts.join(", ")
}
