//! `logwright run`: every source, continuously, until it is told to stop.

use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget};

use super::ConfigOptions;
use crate::clock::{self, Clock};
use crate::config::{self, Config, Destination};
use crate::failure::{Failure, io};
use crate::metrics::{Metrics, serve};
use crate::run::meter::Meter;
use crate::run::{self, Surroundings, signals};
use crate::sink;
use crate::state::State;

/// Options of `run`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Signals: SIGTERM and SIGINT (Ctrl-C) end it within 5 seconds with everything committed, a second one at \
                        once; SIGHUP reads the configuration again."
)]
pub(super) struct Options {
    #[command(flatten)]
    config: ConfigOptions,
}

/// Runs until a signal.
pub(super) async fn run(options: &Options, bar: &ProgressBar, clock: &dyn Clock) -> Result<(), Failure> {
    // Before anything is begun, so that no signal finds it half done.
    let signals = signals::listen().map_err(io("wait for signals"))?;
    let (file, only) = (&options.config.config, options.config.source.as_deref());
    let config = read(file, only, clock)?;
    let state = State::open(&config.state)?;
    let sink = sink::open(&config.output)?;
    show(bar, &config);
    let meter = Meter::new(bar, clock);
    let metrics = Metrics::default();
    if let Some(address) = config.metrics {
        let address = serve::start(metrics.clone(), address, clock::System).await?;
        tracing::info!("metrics at http://{address}/metrics");
    }
    let reload = || read(file, only, clock);
    run::run(config, &state, sink, Surroundings { clock, signals, reload: &reload, meter: &meter, metrics }).await
}

fn read(file: &Path, only: Option<&str>, clock: &dyn Clock) -> Result<Config, Failure> {
    let mut config = config::load(file, clock.now())?;
    config.select(only)?;
    config.sources.retain(|source| only.is_none_or(|only| source.name == only));
    Ok(config)
}

/// Events that go to files leave the terminal to the bar.
pub(super) fn show(bar: &ProgressBar, config: &Config) {
    use std::io::IsTerminal;
    if matches!(config.output.to, Destination::Files { .. }) && std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}
