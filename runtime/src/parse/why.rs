//! Why a line could not be parsed, as it is told and as the quarantine keeps it.

use std::fmt;

use logwright::classify::{Misfit, Reason};
use logwright::json::Error;
use serde::Serialize;

/// Why a line could not be parsed.
#[derive(Debug, Default, Serialize)]
pub(super) struct Why {
    /// The place in the event; empty for the line as a whole.
    pointer: String,
    code: &'static str,
    message: String,
    /// Of several log types, what each said, in the order in which they were tried.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<OfLogType>,
}

/// Why a line is not of one log type.
#[derive(Debug, Serialize)]
struct OfLogType {
    log_type: &'static str,
    pointer: String,
    code: &'static str,
    message: String,
}

impl Why {
    /// The code of a line that has more bytes than are parsed.
    pub(super) const TOO_LONG: &'static str = "too_long";

    /// The line has more bytes than are parsed.
    pub(super) fn too_long(message: String) -> Self {
        Self { code: Self::TOO_LONG, message, ..Self::default() }
    }

    /// The line is none of a quarantine.
    pub(super) fn not_kept(message: String) -> Self {
        Self { code: "quarantine", message, ..Self::default() }
    }
}

impl From<&Misfit> for Why {
    fn from(misfit: &Misfit) -> Self {
        if let [Reason { error, .. }] = misfit.reasons() {
            let (code, message) = (error.code().name(), shown(error));
            return Self { pointer: error.pointer().to_owned(), code, message, reasons: Vec::new() };
        }
        let reasons = misfit.reasons().iter().map(|Reason { log_type, error }| OfLogType {
            log_type,
            pointer: error.pointer().to_owned(),
            code: error.code().name(),
            message: shown(error),
        });
        let message = "no log type fits".to_owned();
        Self { code: "log_type", message, reasons: reasons.collect(), ..Self::default() }
    }
}

/// The message, with the offset for a line that is not JSON.
fn shown(error: &Error) -> String {
    match error.offset() {
        Some(offset) => format!("{} at byte {offset}", error.message()),
        None => error.message().to_owned(),
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.reasons.is_empty() {
            return sentence(f, &self.pointer, &self.message, self.code);
        }
        f.write_str(&self.message)?;
        for (at, reason) in self.reasons.iter().enumerate() {
            write!(f, "{} {}: ", if at == 0 { ":" } else { ";" }, reason.log_type)?;
            sentence(f, &reason.pointer, &reason.message, reason.code)?;
        }
        Ok(())
    }
}

fn sentence(f: &mut fmt::Formatter<'_>, pointer: &str, message: &str, code: &str) -> fmt::Result {
    if pointer.is_empty() { write!(f, "{message} ({code})") } else { write!(f, "{pointer}: {message} ({code})") }
}
