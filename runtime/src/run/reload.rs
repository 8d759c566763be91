//! Reading the configuration again, without losing a step of what goes on.

use std::rc::Rc;

use super::{Running, Shared, end, start};
use crate::config::{Config, SourceConfig};
use crate::failure::Failure;

/// Takes over the configuration that `read` gives: sources that are gone end, those that changed begin anew, new ones begin,
/// and the others are left alone. A configuration with mistakes, or with another state or output, is told, and the old one goes on.
pub(super) async fn reload<'r>(
    config: &Config,
    running: &mut Vec<Running<'r>>,
    shared: &'r Shared<'r>,
    read: &dyn Fn() -> Result<Config, Failure>,
) -> Result<(), Failure> {
    let new = match read().and_then(|new| same_place(config, new)) {
        Ok(new) => new,
        Err(failure) => {
            tracing::error!("{failure}");
            tracing::error!("the new configuration is not taken; the old one goes on");
            return Ok(());
        }
    };
    let kept = |source: &SourceConfig| new.sources.iter().any(|new| new == source);
    let before: Vec<_> = running.iter().map(|one| Rc::clone(&one.config)).collect();
    end(running, |source| !kept(source), shared.clock).await?;
    for source in &before {
        if !new.sources.iter().any(|new| new.name == source.name) {
            shared.meter.gone(&source.name);
            shared.alarms.gone(&source.name);
            shared.metrics.gone(&source.name);
            tracing::info!(source = source.name, "stopped: it is no longer in the configuration");
        }
    }
    for source in new.sources {
        if running.iter().any(|one| one.config.name == source.name) {
            continue;
        }
        let again = before.iter().any(|before| before.name == source.name);
        tracing::info!(source = source.name, "{}", if again { "begins anew: it has changed" } else { "begins" });
        running.push(start(Rc::new(source), shared));
    }
    tracing::info!("the configuration was read again");
    Ok(())
}

/// Where events and state are cannot be exchanged under way, and a configuration that wants it is not taken in part. Who listens
/// and who is told of alarms stay as they are until a restart; that is no reason to leave a new source alone.
fn same_place(old: &Config, new: Config) -> Result<Config, Failure> {
    let moved = changed([("state", old.state != new.state), ("output", old.output != new.output)]);
    if !moved.is_empty() {
        let message = format!("{moved} cannot change under way; stop and start again to change that");
        return Err(Failure::Configuration(message));
    }
    let waits = changed([
        ("metrics", old.metrics != new.metrics),
        ("alarm.webhook", old.tell.webhook != new.tell.webhook),
        ("alarm.command", old.tell.command != new.tell.command),
    ]);
    if !waits.is_empty() {
        tracing::warn!("{waits}: what has changed there takes a restart; until then all goes on there as before");
    }
    Ok(new)
}

/// The names of those that have changed.
fn changed<const N: usize>(parts: [(&str, bool); N]) -> String {
    let names = parts.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| format!("`{name}`"));
    names.collect::<Vec<_>>().join(", ")
}
