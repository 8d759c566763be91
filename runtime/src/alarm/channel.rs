//! The ways to somebody beside the log, and the patience with each.

use std::time::Duration;

use super::Alarms;
use super::command::Command;
use super::webhook::Webhook;
use crate::backoff;
use crate::clock::{self, Clock};
use crate::config::Tell;
use crate::failure::Failure;
use crate::state::Notice;

/// After this a message is given up: what it says is old by then, and `status` knows better.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// How often a command that ends soon tries: the rest is told by the next.
const FEW: u32 = 3;

/// A way to somebody.
#[derive(Debug)]
pub(super) enum Channel {
    Webhook(Webhook),
    Command(Command),
}

/// The configured ones.
pub(super) fn all(tell: &Tell) -> Vec<Channel> {
    let webhook = tell.webhook.clone().map(|webhook| Channel::Webhook(Webhook::new(webhook)));
    let command = tell.command.clone().map(|command| Channel::Command(Command::new(command)));
    webhook.into_iter().chain(command).collect()
}

impl Channel {
    /// Its name in the state and in messages.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Webhook(_) => "webhook",
            Self::Command(_) => "command",
        }
    }

    /// Hands over a message, once.
    async fn hand_over(&self, body: &str, clock: &dyn Clock) -> Result<(), String> {
        match self {
            Self::Webhook(webhook) => webhook.post(body, clock.now()).await,
            Self::Command(command) => command.run(body).await,
        }
    }
}

impl Alarms<'_> {
    /// Hands over every message, in order, for as long as it is let. It waits and fails without anybody else's knowing.
    pub(crate) async fn tell(&self) {
        // Two at most, each at its own pace.
        match &self.channels[..] {
            [] => std::future::pending().await,
            [one] => self.serve(one, &self.fresh[0]).await,
            [one, other, ..] => {
                tokio::join!(self.serve(one, &self.fresh[0]), self.serve(other, &self.fresh[1]));
            }
        }
    }

    /// Hands over what waits, with a few attempts each; for a command that ends.
    pub(crate) async fn tell_what_waits(&self) -> Result<(), Failure> {
        for channel in &self.channels {
            while let Some(notice) = self.state.next_notice(channel.name())? {
                if !self.attempt(channel, &notice, FEW).await? {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn serve(&self, channel: &Channel, fresh: &tokio::sync::Notify) {
        loop {
            let told = match self.state.next_notice(channel.name()) {
                Ok(Some(notice)) => self.attempt(channel, &notice, u32::MAX).await.map(drop),
                Ok(None) => {
                    fresh.notified().await;
                    Ok(())
                }
                Err(failure) => Err(failure),
            };
            if let Err(failure) = told {
                tracing::error!(channel = channel.name(), "{failure}");
                self.clock.sleep(LONGEST / 1440).await;
            }
        }
    }

    /// Tries until it is taken, it is too old, or it was tried so often; whether it needs nothing more.
    async fn attempt(&self, channel: &Channel, notice: &Notice, most: u32) -> Result<bool, Failure> {
        let name = channel.name();
        let mut failures = 0;
        loop {
            let why = match channel.hand_over(&notice.body, self.clock).await {
                Ok(()) => break,
                Err(why) => why,
            };
            failures += 1;
            if clock::between(notice.at, self.clock.now()) >= LONGEST {
                tracing::error!(channel = name, "an alarm could not be told for a day and is given up: {why}");
                break;
            }
            if failures >= most {
                tracing::warn!(
                    channel = name,
                    "an alarm could not be told: {why}; the next `pull` or `run` tries again"
                );
                return Ok(false);
            }
            let wait = backoff::exponential(failures, self.clock.chance());
            let seconds = wait.as_secs_f64();
            tracing::warn!(channel = name, "an alarm could not be told: {why}; trying again in {seconds:.0} s");
            self.clock.sleep(wait).await;
        }
        self.state.forget_notice(notice)?;
        Ok(true)
    }
}
