//! What the system and the user tell a run: `SIGTERM` and `SIGINT` to stop, `SIGHUP` to read the configuration again.

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// What a run is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To end, with everything committed; a second time to end at once.
    Stop,
    /// To read its configuration again.
    Reload,
}

/// The signals of this process, from now on. Must be called inside a tokio runtime.
///
/// # Errors
/// When the system does not let them be waited for.
pub fn listen() -> std::io::Result<UnboundedReceiver<Signal>> {
    let (sender, receiver) = unbounded_channel();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut stops = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
        let mut hang_up = signal(SignalKind::hangup())?;
        tokio::spawn(async move {
            let [terminate, interrupt] = &mut stops;
            loop {
                let told = tokio::select! {
                    _ = terminate.recv() => Signal::Stop,
                    _ = interrupt.recv() => Signal::Stop,
                    _ = hang_up.recv() => Signal::Reload,
                };
                if sender.send(told).is_err() {
                    return;
                }
            }
        });
    }
    #[cfg(not(unix))]
    tokio::spawn(async move { while tokio::signal::ctrl_c().await.is_ok() && sender.send(Signal::Stop).is_ok() {} });
    Ok(receiver)
}

/// Waits for another [`Signal::Stop`].
pub(super) async fn second_stop(signals: &mut UnboundedReceiver<Signal>) {
    while let Some(signal) = signals.recv().await {
        if signal == Signal::Stop {
            return;
        }
    }
    // Nobody can tell any more.
    std::future::pending::<()>().await;
}
