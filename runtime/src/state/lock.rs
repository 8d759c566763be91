//! One process for one state: two would each deliver what the other has.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::failure::{Failure, io};

/// The lock on a state; dropping it, or the end of the process however it comes, gives it back.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, without waiting, and writes our process id into it.
    pub(super) fn take(path: &Path) -> Result<Self, Failure> {
        let doing = format!("lock {}", path.display());
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        // Whoever could put a link here would choose the file that we write to.
        if path.is_symlink() {
            return Err(Failure::Outside(format!("cannot {doing}: it is a link; remove it")));
        }
        let mut file = options.open(path).map_err(io(&doing))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(path, file)),
            Err(TryLockError::Error(error)) => return Err(io(&doing)(error)),
        }
        let written =
            file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
        written.map_err(io(&doing))?;
        Ok(Self { _file: file })
    }
}

fn held(path: &Path, mut file: File) -> Failure {
    let mut holder = String::new();
    let holder = match file.read_to_string(&mut holder) {
        Ok(_) if !holder.trim().is_empty() => format!("process {}", holder.trim()),
        _ => "another process".to_owned(),
    };
    let folder = path.parent().unwrap_or(path).display();
    Failure::Outside(format!(
        "the state {folder} is in use by {holder}; stop it or wait until it ends, or give this configuration a `state` of its own"
    ))
}
