//! `cargo gen watch`: generates and tests whenever a file is saved.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, SystemTime};

use super::generate::{self, Destination};
use super::streams::tell;
use super::{Input, test, usage};

pub(super) const HELP: &str = "\
Examples:
  cargo gen watch                  in a terminal beside the editor; Ctrl-C ends it";

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// How deep folders are looked into, as when they are read.
const DEPTH: usize = 16;

/// The time and the size of each file: what changes when it is saved.
type State = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

pub(super) fn run(input: &Input, destination: &Destination) -> io::Result<ExitCode> {
    if !input.schemas.is_dir() {
        return usage(format!("there is no folder {}", input.schemas.display()));
    }
    let mut before = None;
    loop {
        let now = state(&input.schemas);
        if before.as_ref() != Some(&now) {
            // The next save may mend whatever went wrong, so nothing ends here.
            if let Err(error) = answer(input, destination) {
                tell(format_args!("error: {error}"));
            }
            tell(format_args!("watching {}; Ctrl-C ends it", input.schemas.display()));
            before = Some(now);
        }
        thread::sleep(PAUSE);
    }
}

/// Generates, and tests unless a mistake in the YAML has been told.
fn answer(input: &Input, destination: &Destination) -> io::Result<ExitCode> {
    match generate::run(input, destination)? {
        ExitCode::SUCCESS => test::run(input, &test::Arguments::default()),
        fault => Ok(fault),
    }
}

/// The state of every YAML file below a folder.
fn state(folder: &Path) -> State {
    let mut state = State::new();
    look(folder, 0, &mut state);
    state
}

/// What cannot be read now is left out; it is seen when it can be.
fn look(folder: &Path, depth: usize, state: &mut State) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() && depth < DEPTH {
            look(&path, depth + 1, state);
        } else if path.extension().is_some_and(|end| end == "yml" || end == "yaml") {
            state.insert(path, (metadata.modified().ok(), metadata.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_a_new_file_and_a_lost_one_are_seen() {
        let folder = std::env::temp_dir().join(format!("logwright-watch-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("acme")).unwrap();
        let file = folder.join("acme/login.yml");
        fs::write(&file, "schema: Acme.Login\n").unwrap();
        let first = state(&folder);
        assert_eq!(first, state(&folder));
        fs::write(folder.join("notes.txt"), "not YAML").unwrap();
        assert_eq!(first, state(&folder));
        fs::write(&file, "schema: Acme.Login2\n").unwrap();
        let second = state(&folder);
        assert_ne!(first, second);
        fs::write(folder.join("acme/logout.yaml"), "").unwrap();
        assert_ne!(second, state(&folder));
        fs::remove_file(&file).unwrap();
        fs::remove_file(folder.join("acme/logout.yaml")).unwrap();
        assert!(state(&folder).is_empty());
        fs::remove_dir_all(folder).unwrap();
    }
}
