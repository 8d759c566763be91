//! What is asked of a disk, one call for each step that a loss of power can come between.
//!
//! [`Disk`] is small on purpose: whoever implements it for a test has modelled every way in which the files sink touches the
//! outside. [`System`] is the disk of this machine. A file is for its owner alone, since audit events name people.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// A disk, or a stand-in for one.
pub trait Disk: Send {
    /// Makes one folder, whose parent is there; one that is there already is as good.
    ///
    /// # Errors
    /// When it cannot be made.
    fn make_folder(&mut self, folder: &Path) -> io::Result<()>;

    /// Writes a whole file, over whatever was there, and waits until its bytes would outlast a loss of power. Its name is
    /// another matter: see [`Disk::sync_folder`].
    ///
    /// # Errors
    /// When it cannot be written whole.
    fn write(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file another name, over whatever was there: at any moment, `to` is the old file or the new one.
    ///
    /// # Errors
    /// When it cannot.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file; one that is not there is as good.
    ///
    /// # Errors
    /// When it is still there.
    fn remove(&mut self, file: &Path) -> io::Result<()>;

    /// Waits until the names in a folder would outlast a loss of power.
    ///
    /// # Errors
    /// When the disk cannot promise that.
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()>;

    /// Whether there is a file or a folder.
    ///
    /// # Errors
    /// When that cannot be told.
    fn exists(&self, path: &Path) -> io::Result<bool>;

    /// The names in a folder, in any order; none where there is no folder.
    ///
    /// # Errors
    /// When it cannot be read.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
}

/// Makes a folder and those above it that are not there, so that it outlasts a loss of power.
///
/// # Errors
/// When one cannot be made, or the disk cannot promise to keep it.
pub fn make_lasting(disk: &mut dyn Disk, folder: &Path) -> io::Result<()> {
    let above = match folder.parent() {
        Some(above) if above.as_os_str().is_empty() => Path::new("."),
        Some(above) => above,
        None => return Ok(()),
    };
    if disk.exists(folder)? {
        // Perhaps made by a process that was stopped before the next line. Who may not read what is above did not make it.
        let _ = disk.sync_folder(above);
        return Ok(());
    }
    make_lasting(disk, above)?;
    disk.make_folder(folder)?;
    disk.sync_folder(above)
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Disk for System {
    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(folder) {
            Err(error) if !folder.is_dir() => Err(error),
            _ => Ok(()),
        }
    }

    fn write(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut open = options.open(file)?;
        open.write_all(bytes)?;
        open.sync_all()
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&mut self, file: &Path) -> io::Result<()> {
        match fs::remove_file(file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        // Folders can be opened as files on Unix alone.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        path.try_exists()
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        // Names that are not text are not ours.
        let names = entries.map(|entry| Ok(entry?.file_name().into_string().ok()));
        names.filter_map(Result::transpose).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_made_down_to_the_last_and_what_is_missing_has_no_names() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b/c");
        assert!(System.names(&deep).unwrap().is_empty());
        for _ in 0..2 {
            make_lasting(&mut System, &deep).unwrap();
        }
        System.write(&deep.join("x"), b"1").unwrap();
        System.rename(&deep.join("x"), &deep.join("y")).unwrap();
        assert_eq!(System.names(&deep).unwrap(), ["y"]);
        for _ in 0..2 {
            System.remove(&deep.join("y")).unwrap();
        }
        assert!(System.names(&deep).unwrap().is_empty() && System.exists(&deep).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn files_and_folders_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (inside, mode) = (folder.path().join("a"), |path: &Path| fs::metadata(path).unwrap().permissions().mode());
        make_lasting(&mut System, &inside).unwrap();
        System.write(&inside.join("x"), b"1").unwrap();
        assert_eq!((mode(&inside) & 0o777, mode(&inside.join("x")) & 0o777), (0o700, 0o600));
    }
}
