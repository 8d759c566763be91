//! A disk that does not take what it is given: exit code 3 with the path and the reason, and then, when it does, every event once.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::pull::{FILES, Simulated, configure, ids_below, pull};
use super::{exit_code, logwright, stderr};

const EVENTS: usize = 250;

fn folder(api: &Simulated) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), api.credential("access_token")).unwrap();
    configure(folder.path(), &api.base_url, "{method: oauth_token, access_token: {file: secret}}", FILES);
    folder
}

#[track_caller]
fn assert_refused(output: &Output, words: &[&str]) {
    let told = stderr(output);
    assert_eq!(exit_code(output), 3, "{told}");
    assert!(words.iter().all(|word| told.contains(word)), "{told}");
}

#[track_caller]
fn assert_recovers(folder: &Path) {
    let output = pull(folder);
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    let mut ids = ids_below(&folder.join("events"));
    assert_eq!(ids.len(), EVENTS);
    ids.dedup();
    assert_eq!(ids.len(), EVENTS, "an event is there twice");
}

/// A file cannot grow beyond a limit, as on a full disk; the system says so instead of ending the program.
#[cfg(unix)]
#[test]
fn files_that_cannot_grow_are_exit_3_and_what_follows_is_exact() {
    let api = Simulated::start(u32::try_from(EVENTS).unwrap());
    let folder = folder(&api);
    let mut refused = 0;
    // In kilobytes or half of them, by the shell: from where not even the state begins to where nearly all is there.
    for limit in [0, 1, 16, 48, 100, 160, 240] {
        let script = format!("trap '' XFSZ; ulimit -f {limit} && exec \"$0\" \"$@\"");
        let program = env!("CARGO_BIN_EXE_logwright");
        let mut shell = std::process::Command::new("sh");
        let shell =
            shell.args(["-c", &script, program, "pull", "--config", "logwright.yml"]).current_dir(folder.path());
        let output = shell.env_remove("RUST_LOG").output().unwrap();
        // Once the limit is beyond all that is written, there is nothing to refuse.
        if exit_code(&output) != 0 {
            assert_refused(&output, &["error: "]);
            refused += 1;
        }
        let ids = ids_below(&folder.path().join("events"));
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "an event is there twice, at {limit}");
    }
    assert!(refused >= 4, "{refused}");
    assert_recovers(folder.path());
}

/// The same program for somebody whom rights bind: they do not bind root.
#[cfg(unix)]
fn pull_bound(folder: &Path) -> Output {
    use std::os::unix::fs::{MetadataExt, chown};
    use std::os::unix::process::CommandExt;

    let mut command = logwright(folder, &["pull", "--config", "logwright.yml"]);
    if fs::metadata("/proc/self").map_or(1, |own| own.uid()) == 0 {
        const NOBODY: u32 = 65_534;
        let mut paths = vec![folder.to_owned()];
        while let Some(path) = paths.pop() {
            chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
            if path.is_dir() {
                paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            }
        }
        // Where not even the program can be reached by others, a copy can.
        let copy = folder.join("logwright");
        if !copy.exists() {
            fs::copy(env!("CARGO_BIN_EXE_logwright"), &copy).unwrap();
            chown(&copy, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        command = std::process::Command::new(copy);
        command.args(["pull", "--config", "logwright.yml"]).current_dir(folder).env_remove("RUST_LOG");
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().unwrap()
}

#[cfg(unix)]
fn set_rights(folder: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_only_be_read_is_exit_3_with_its_name_and_what_follows_is_exact() {
    let api = Simulated::start(u32::try_from(EVENTS).unwrap());
    for (read_only, words) in [("events", "events"), ("state", "state")] {
        let folder = folder(&api);
        let closed = folder.path().join(read_only);
        fs::create_dir(&closed).unwrap();
        set_rights(&closed, 0o500);
        let output = pull_bound(folder.path());
        assert_refused(&output, &["error: cannot ", words, "Permission denied"]);
        assert!(ids_below(&folder.path().join("events")).is_empty());
        set_rights(&closed, 0o700);
        let output = pull_bound(folder.path());
        assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
        assert_recovers(folder.path());
    }
}
