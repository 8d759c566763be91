//! Files of one JSON object a line, laid out so that a query engine finds days and log types by their folders:
//!
//! ```text
//! PATH/p_log_type=Zendesk.Audit/date=2026-11-22/acme-support-20261122T120000Z-000001-000000.ndjson
//!                 log type           event date  source       window's end      window  page
//! ```
//!
//! The date is that of the event, in UTC: who asks for a day reads that day's folder and no other. So a page may become several
//! files, one for each of its days, all of one name. The name follows from the state, so a page that comes again after a crash
//! has the name that it had.
//!
//! Each file is written aside, in `PATH/.unfinished`, synced, and renamed to its place, which is synced as well; so one that
//! can be seen is whole. A page that comes again need not have the same events as before: one may have become visible in
//! between and moved the last one to the next page, to be delivered there. Therefore a delivery takes the place of *all*
//! that is there under its name, also on days that it has nothing for.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{Compression, Delivery, Segment, Sink};
use crate::clock;
use crate::disk::{self, Disk, make_lasting};
use crate::failure::{self, Failure};

/// Where files lie until they are whole. Query engines leave out names that begin with a dot.
const UNFINISHED: &str = ".unfinished";

/// A folder of files.
pub struct Files {
    folder: PathBuf,
    disk: Box<dyn Disk>,
    compression: Compression,
    /// The sources whose unfinished files of earlier processes are gone.
    cleared: HashSet<String>,
    /// Folders that are known to last.
    lasting: HashSet<PathBuf>,
}

impl Files {
    /// Files in `folder`, which is made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made or written to.
    pub fn new(folder: &Path) -> Result<Self, Failure> {
        Self::on(Box::new(disk::System), folder)
    }

    /// Files in `folder` of `disk`.
    ///
    /// # Errors
    /// When it cannot be made or written to.
    pub fn on(disk: Box<dyn Disk>, folder: &Path) -> Result<Self, Failure> {
        let (folder_of_all, cleared, lasting) = (folder.to_owned(), HashSet::new(), HashSet::new());
        let mut files = Self { folder: folder_of_all, disk, compression: Compression::None, cleared, lasting };
        // Better now than after the first page was pulled.
        let unfinished = folder.join(UNFINISHED);
        files.make(&unfinished)?;
        let probe = unfinished.join(format!("writable-{}", std::process::id()));
        let tried = files.disk.write(&probe, b"").and_then(|()| files.disk.remove(&probe));
        tried.map_err(fault("write into the folder", folder))?;
        Ok(files)
    }

    /// Files that are packed in this way from now on. What is there stays as it is, but for a page that comes again.
    #[must_use]
    pub fn packed(self, compression: Compression) -> Self {
        Self { compression, ..self }
    }

    /// Makes a folder, once for this process.
    fn make(&mut self, folder: &Path) -> Result<(), Failure> {
        if !self.lasting.contains(folder) {
            make_lasting(&mut *self.disk, folder).map_err(fault("make the folder", folder))?;
            self.lasting.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Brings a file to its place: not there, or there whole.
    fn put(&mut self, day: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.make(day)?;
        let (aside, place) = (self.folder.join(UNFINISHED).join(name), day.join(name));
        let moved = self.disk.write(&aside, bytes).and_then(|()| self.disk.rename(&aside, &place));
        if let Err(error) = moved {
            // Half a file on a full disk is of no use to anybody; if it cannot be removed now, it is when the next process starts.
            let _ = self.disk.remove(&aside);
            return Err(fault("write", &place)(error));
        }
        self.disk.sync_folder(day).map_err(fault("sync the folder", day))
    }

    /// Removes what an earlier process had not finished for a source, once. Others may be writing theirs.
    fn clear_unfinished(&mut self, source_name: &str) -> Result<(), Failure> {
        if self.cleared.contains(source_name) {
            return Ok(());
        }
        let folder = self.folder.join(UNFINISHED);
        for name in self.disk.names(&folder).map_err(fault("read the folder", &folder))? {
            if source_of(&name) == Some(source_name) {
                let file = folder.join(name);
                self.disk.remove(&file).map_err(fault("remove", &file))?;
            }
        }
        self.cleared.insert(source_name.to_owned());
        Ok(())
    }

    /// Removes the files of a page that an earlier attempt left, and this one did not write over.
    fn remove_others(&mut self, log: &Path, stem: &str, written: &HashSet<PathBuf>) -> Result<(), Failure> {
        for day in self.disk.names(log).map_err(fault("read the folder", log))? {
            let day = log.join(day);
            for compression in Compression::ALL {
                let file = day.join(format!("{stem}.{}", compression.ending()));
                if !written.contains(&file) && self.disk.exists(&file).map_err(fault("look for", &file))? {
                    self.disk.remove(&file).map_err(fault("remove", &file))?;
                    self.disk.sync_folder(&day).map_err(fault("sync the folder", &day))?;
                }
            }
        }
        Ok(())
    }
}

impl Sink for Files {
    fn deliver(&mut self, page: &Delivery<'_>) -> Result<(), Failure> {
        self.clear_unfinished(page.source_name)?;
        let log = self.folder.join(format!("p_log_type={}", page.log_type));
        let stem = stem(page.source_name, page.segment);
        let mut written = HashSet::new();
        for (day, lines) in days(page) {
            let (folder, name) = (log.join(format!("date={day}")), format!("{stem}.{}", self.compression.ending()));
            self.put(&folder, &name, &self.compression.pack(&lines))?;
            written.insert(folder.join(name));
        }
        if page.again { self.remove_others(&log, &stem, &written) } else { Ok(()) }
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// The name of a page's files, without the ending: names of one source sort as windows and pages do.
fn stem(source_name: &str, segment: Segment) -> String {
    let end = clock::text(clock::whole_seconds(segment.window_end)).replace(['-', ':'], "");
    format!("{source_name}-{end}-{:06}-{:06}", segment.window, segment.page)
}

/// The source in a file's name: what stands before the last three dashes.
fn source_of(name: &str) -> Option<&str> {
    name.rsplitn(4, '-').nth(3)
}

/// The lines of each day, in their order.
fn days(page: &Delivery<'_>) -> BTreeMap<String, Vec<u8>> {
    let mut days: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (time, line) in page.times.iter().zip(page.lines.split_inclusive(|byte| *byte == b'\n')) {
        let mut day = clock::text(*time);
        day.truncate("2026-11-22".len());
        days.entry(day).or_default().extend_from_slice(line);
    }
    days
}

fn fault(doing: &str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    failure::io(format!("{doing} {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use logwright::time::Timestamp;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// Delivers events of these times, each with its number in `number`.
    fn deliver(
        sink: &mut Files,
        source_name: &str,
        page: u64,
        again: bool,
        events: &[(&str, u8)],
    ) -> Result<(), Failure> {
        let segment = Segment { window_end: at("2026-11-22T10:00:00Z"), window: 7, page };
        let lines = events.iter().fold(String::new(), |lines, (_, number)| lines + &format!("{{\"a\":{number}}}\n"));
        let times: Vec<_> = events.iter().map(|(time, _)| at(time)).collect();
        sink.deliver(&Delivery {
            source_name,
            log_type: "V.Log",
            segment,
            again,
            times: &times,
            lines: lines.as_bytes(),
        })
    }

    /// Every file below a folder with its text, sorted.
    fn tree(folder: &Path) -> Vec<(String, String)> {
        let texts = tree_of_bytes(folder).into_iter();
        texts.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
    }

    fn tree_of_bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(inside) = folders.pop() {
            for entry in fs::read_dir(inside).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                    found.push((name, fs::read(path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    fn name(day: &str, rest: &str) -> String {
        format!("p_log_type=V.Log/date={day}/{rest}.ndjson")
    }

    const EVENING: &str = "2026-11-21T23:59:59.5Z";
    const MORNING: &str = "2026-11-22T00:00:00Z";

    #[test]
    fn a_page_is_a_file_for_each_day_and_names_its_source() {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = Files::new(folder.path()).unwrap();
        deliver(&mut sink, "acme", 0, false, &[(EVENING, 1), (MORNING, 2), (EVENING, 3)]).unwrap();
        deliver(&mut sink, "acme", 1, false, &[(MORNING, 4)]).unwrap();
        deliver(&mut sink, "acme-two", 1, false, &[(MORNING, 5)]).unwrap();
        let expected = [
            (name("2026-11-21", "acme-20261122T100000Z-000007-000000"), "{\"a\":1}\n{\"a\":3}\n".to_owned()),
            (name("2026-11-22", "acme-20261122T100000Z-000007-000000"), "{\"a\":2}\n".to_owned()),
            (name("2026-11-22", "acme-20261122T100000Z-000007-000001"), "{\"a\":4}\n".to_owned()),
            (name("2026-11-22", "acme-two-20261122T100000Z-000007-000001"), "{\"a\":5}\n".to_owned()),
        ];
        assert_eq!(tree(folder.path()), expected);
    }

    #[test]
    fn a_page_that_comes_again_takes_the_place_of_all_that_it_was() {
        let folder = tempfile::tempdir().unwrap();
        for again in [false, true] {
            let mut sink = Files::new(folder.path()).unwrap();
            deliver(&mut sink, "acme", 0, false, &[(MORNING, 1)]).unwrap();
            deliver(&mut sink, "acme", 1, false, &[(EVENING, 2), (MORNING, 3)]).unwrap();
            // Either in the process that failed to commit it, or in the one after it.
            let mut sink = if again { Files::new(folder.path()).unwrap() } else { sink };
            deliver(&mut sink, "acme", 1, true, &[(MORNING, 3)]).unwrap();
            let expected = [
                (name("2026-11-22", "acme-20261122T100000Z-000007-000000"), "{\"a\":1}\n".to_owned()),
                (name("2026-11-22", "acme-20261122T100000Z-000007-000001"), "{\"a\":3}\n".to_owned()),
            ];
            assert_eq!(tree(folder.path()), expected);
            deliver(&mut sink, "acme", 1, true, &[]).unwrap();
            assert_eq!(tree(folder.path()), expected[..1]);
        }
    }

    #[test]
    fn a_page_that_comes_again_takes_the_place_of_what_was_packed_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let names = || tree_of_bytes(folder.path()).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let plain = name("2026-11-22", "acme-20261122T100000Z-000007-000000");
        let packed = format!("{plain}.zst");
        for (compression, expected) in
            [(Compression::None, &plain), (Compression::Zstd, &packed), (Compression::None, &plain)]
        {
            let mut sink = Files::new(folder.path()).unwrap().packed(compression);
            deliver(&mut sink, "acme", 0, true, &[(MORNING, 1)]).unwrap();
            assert_eq!(names(), [&**expected]);
        }
        let mut sink = Files::new(folder.path()).unwrap().packed(Compression::Zstd);
        deliver(&mut sink, "acme", 1, false, &[(EVENING, 2), (MORNING, 3)]).unwrap();
        // The magic number of a frame.
        let is_frame = |bytes: &[u8]| bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
        let frames: Vec<_> = tree_of_bytes(folder.path()).into_iter().filter(|(_, bytes)| is_frame(bytes)).collect();
        let page = "acme-20261122T100000Z-000007-000001";
        let expected = ["2026-11-21", "2026-11-22"].map(|day| name(day, page) + ".zst");
        assert_eq!(frames.into_iter().map(|(name, _)| name).collect::<Vec<_>>(), expected);
        let mut sink = Files::new(folder.path()).unwrap();
        deliver(&mut sink, "acme", 1, true, &[]).unwrap();
        assert_eq!(names(), [&*plain]);
    }

    #[test]
    fn what_an_earlier_process_left_unfinished_is_removed_but_for_other_sources() {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = Files::new(folder.path()).unwrap();
        let left = |name: &str| fs::write(folder.path().join(UNFINISHED).join(name), "{").unwrap();
        left("acme-20261122T100000Z-000006-000003.ndjson");
        left("acme-two-20261122T100000Z-000006-000003.ndjson");
        deliver(&mut sink, "acme", 0, false, &[]).unwrap();
        let names: Vec<_> = tree(folder.path()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, [".unfinished/acme-two-20261122T100000Z-000006-000003.ndjson"]);
    }

    #[test]
    fn a_place_that_cannot_be_written_to_is_said_at_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = Files::new(&folder.path().join("file/events")).unwrap_err();
        assert_eq!(error.exit_code(), 3);
        assert!(error.to_string().contains("make the folder"), "{error}");
    }
}
