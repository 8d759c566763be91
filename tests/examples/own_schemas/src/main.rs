//! Log types of one's own: YAML in `schemas`, parsers in `src/log_types`, both committed.
//!
//! Written anew after each edit by
//!
//! ```sh
//! logwright-codegen generate --schemas schemas --out src/log_types --serde
//! ```

use std::io::{self, BufRead as _};

use log_types::acme::{Door, Login};

#[rustfmt::skip]
pub mod log_types;

/// Each line is of one of two log types; what it says is written as JSON, by serde.
fn main() -> io::Result<()> {
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        let json = match (Login::parse(&line), Door::parse(&line)) {
            // What serde writes it also reads, the keys that the schema does not declare among it.
            (Ok(login), _) => {
                serde_json::to_string(&serde_json::from_str::<Login<'_>>(&serde_json::to_string(&login)?)?)?
            }
            (_, Ok(door)) => serde_json::to_string(&door)?,
            (Err(login), Err(door)) => format!("neither a sign-in ({login}) nor a door ({door})"),
        };
        println!("{json}");
    }
    Ok(())
}
