//! `logwright check`: does it work, and if not, what to do.

use std::time::Duration;

use super::{ConfigOptions, print, tell, told};
use crate::account::{Account, Stream};
use crate::api::{Api, Patience};
use crate::clock::{self, Clock};
use crate::config::{self, SourceConfig};
use crate::failure::Failure;
use crate::pull::plan::Bounds;
use crate::pull::{page, request};
use crate::sign_in;
use crate::sink;
use crate::state::State;

/// How much of the past the request of a check asks for.
const LOOK_BACK: Duration = Duration::from_secs(3600);

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    config: ConfigOptions,
}

/// Checks the configuration, the folders it names, then each source. No event is written.
pub(super) async fn run(options: &Options, clock: &dyn Clock) -> Result<(), Failure> {
    let file = options.config.config.display();
    let config = config::load(&options.config.config, clock.now())?;
    let sources = config.select(options.config.source.as_deref())?;
    print(&format!("{file}: the configuration is good\n"))?;
    let mut failures = Vec::new();
    // What `pull` begins with. The folders are made where they are not there.
    let folders = State::open(&config.state).map(drop).and_then(|()| sink::open(&config.output).map(drop));
    if let Err(failure) = folders {
        tell(&failure);
        failures.push(failure);
    }
    for source in sources {
        match check(source, clock).await {
            Ok(()) => {}
            Err(Failure::ReaderGone) => return Err(Failure::ReaderGone),
            Err(failure) => {
                tell(&failure);
                failures.push(failure);
            }
        }
    }
    told(&failures)
}

async fn check(source: &SourceConfig, clock: &dyn Clock) -> Result<(), Failure> {
    let account = Account::open(source)?;
    if let Some(warning) = sign_in::warning(&account, clock.now()) {
        print(&format!("{}: note: {warning}\n", account.name))?;
    }
    let api = Api::new(&account, clock, Patience::NONE)?;
    for stream in account.streams() {
        let records = ask(&api, stream).await?;
        print(&format!(
            "{}: {} works: signed in to {} by `{}`; {records} records on the first page of the last hour\n",
            account.name, stream.log.log_type, account.base_url, account.sign_in.method
        ))?;
    }
    Ok(())
}

/// One signed-in request; how many records came.
async fn ask(api: &Api<'_>, stream: Stream) -> Result<usize, Failure> {
    let end = api.server_now();
    let bounds = Bounds { start: clock::earlier(end, LOOK_BACK), end };
    let ask = request::page(api.account, stream.log, &bounds, None)
        .map_err(|why| Failure::Outside(format!("{}: {why}", api.account.name)))?;
    let read = |reply| page::read(&reply, stream.log, &api.account.base_url, 0, &mut page::Unread);
    let page = api.send(&ask, read).await?;
    Ok(page.count)
}
