//! NDJSON files: `FOLDER/SOURCE/LOG TYPE/WINDOW END-WINDOW-PAGE.ndjson`, one for each page.
//!
//! A file is written aside, synced, and renamed, so that it is there whole or not at all. Its name follows from the state,
//! so a page that comes again after a crash overwrites itself.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Delivery, Segment, Sink};
use crate::clock;
use crate::failure::{Failure, io};

/// A folder of files.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Files in `folder`, which is made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made or written to.
    pub fn new(folder: &Path) -> Result<Self, Failure> {
        make_lasting(folder).map_err(io(format!("make the folder {}", folder.display())))?;
        // Better now than after the first page was pulled.
        let probe = folder.join(format!("writable-{}.part", std::process::id()));
        let tried = File::create(&probe).and_then(|_| fs::remove_file(&probe));
        tried.map_err(io(format!("write into the folder {}", folder.display())))?;
        Ok(Self { folder: folder.to_owned() })
    }
}

impl Sink for Files {
    fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
        let folder = self.folder.join(page.source_name).join(page.log_type);
        make_lasting(&folder).map_err(io(format!("make the folder {}", folder.display())))?;
        let path = folder.join(file_name(page.segment));
        write_whole(&path, page.lines).map_err(io(format!("write {}", path.display())))?;
        sync(&folder).map_err(io(format!("sync the folder {}", folder.display())))
    }
}

/// The file of a segment: names sort as windows and pages do.
fn file_name(segment: Segment) -> String {
    let end = clock::text(clock::whole_seconds(segment.window_end)).replace(['-', ':'], "");
    format!("{end}-{:06}-{:06}.ndjson", segment.window, segment.page)
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let aside = path.with_extension("part");
    let mut file = File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(aside, path)
}

/// Makes a folder and those above it that are not there, each so that it is there after a loss of power.
fn make_lasting(folder: &Path) -> std::io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(Path::new(""));
    make_lasting(above)?;
    match fs::create_dir(folder) {
        Err(error) if !folder.is_dir() => return Err(error),
        _ => {}
    }
    sync(if above.as_os_str().is_empty() { Path::new(".") } else { above })
}

/// Makes the rename last. Folders can be opened as files on Unix alone.
fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_file_and_a_repeat_overwrites_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = Files::new(folder.path()).unwrap();
        let window_end = "2026-11-22T10:00:00Z".parse().unwrap();
        let mut deliver = |page, lines: &[u8]| {
            let segment = Segment { window_end, window: 7, page };
            sink.deliver(&Delivery { source_name: "acme", log_type: "V.Log", segment, count: 1, lines })
        };
        deliver(0, b"{\"a\":1}\n").unwrap();
        deliver(0, b"{\"a\":2}\n").unwrap();
        deliver(1, b"{\"a\":3}\n").unwrap();
        let inside = folder.path().join("acme").join("V.Log");
        let read = |name: &str| fs::read_to_string(inside.join(name)).unwrap();
        assert_eq!(read("20261122T100000Z-000007-000000.ndjson"), "{\"a\":2}\n");
        assert_eq!(read("20261122T100000Z-000007-000001.ndjson"), "{\"a\":3}\n");
        assert_eq!(fs::read_dir(inside).unwrap().count(), 2);
    }
}
