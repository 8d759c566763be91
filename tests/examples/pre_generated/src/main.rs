//! Who signed in? Parses Zendesk's audit log, one event a line, with the parser that comes with Logwright.
//!
//! ```sh
//! cargo run -p pre_generated < audit.ndjson
//! ```

use std::io::{self, BufRead as _, Write};

use logwright::log_types::zendesk::Audit;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        sign_in(&line?, &mut out)?;
    }
    Ok(())
}

/// Writes when, who and from where, if the event is a sign-in. The texts of the event borrow from `line`.
fn sign_in(line: &[u8], out: &mut impl Write) -> io::Result<()> {
    match Audit::parse(line) {
        Err(error) => writeln!(out, "not an event: {error}"),
        Ok(audit) if audit.action.as_ref().is_some_and(|action| *action == "login") => {
            let text = |field| Option::map_or(field, String::from("?"), |text: logwright::json::Text| text.to_string());
            writeln!(out, "{} {} from {}", audit.created_at, text(audit.actor_name), text(audit.ip_address))
        }
        Ok(_) => Ok(()),
    }
}
