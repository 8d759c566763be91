//! A disk in memory that forgets, at a loss of power, what it was not asked to keep.
//!
//! It keeps two pictures: what a process sees now, and what is sure to be there after a loss of power. Bytes are sure once their
//! file is synced, names once their folder is. After a loss of power, each thing that was not sure is as it was, as it was to
//! become, or, for bytes, half of that: each by itself, which is more than any real disk does.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use logwright_runtime::disk::Disk;
use logwright_runtime::simulator::Random;

use super::fuse::Fuse;

/// The disk. A clone is the same disk.
#[derive(Clone, Debug, Default)]
pub struct MemoryDisk {
    pictures: Arc<Mutex<Pictures>>,
    fuse: Fuse,
}

/// What becomes of that which was not sure.
#[derive(Debug)]
pub enum Loss<'r> {
    /// The process alone is gone; the disk keeps everything.
    Nothing,
    /// All of it is lost.
    Everything,
    /// Some of it is lost.
    Some(&'r mut Random),
}

#[derive(Debug, Default)]
struct Pictures {
    /// Files and folders, each with a number; what the number stands for is in `nodes`.
    now: BTreeMap<PathBuf, usize>,
    sure: BTreeMap<PathBuf, usize>,
    nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Folder,
    File { now: Vec<u8>, sure: Vec<u8> },
}

impl MemoryDisk {
    /// An empty disk, each of whose steps burns `fuse`.
    pub fn new(fuse: Fuse) -> Self {
        Self { pictures: Arc::default(), fuse }
    }

    /// What is there after the process is gone, and perhaps the power with it.
    pub fn restart(&self, mut loss: Loss<'_>) {
        let mut pictures = self.pictures();
        let Pictures { now, sure, nodes } = &mut *pictures;
        let paths: BTreeSet<PathBuf> = now.keys().chain(sure.keys()).cloned().collect();
        let mut left = BTreeMap::new();
        for path in paths {
            let node = if loss.keeps() { now.get(&path) } else { sure.get(&path) };
            // Above comes before below: what lost its folder is lost.
            let has_folder = path.parent().is_none_or(|above| above == Path::new("/") || left.contains_key(above));
            if let (Some(node), true) = (node, has_folder) {
                left.insert(path, *node);
            }
        }
        for node in nodes {
            if let Node::File { now, sure } = node
                && now != sure
            {
                match (loss.keeps(), loss.keeps()) {
                    (true, true) => {}
                    (true, false) => now.truncate(now.len() / 2),
                    (false, _) => now.clone_from(sure),
                }
                sure.clone_from(now);
            }
        }
        (*now, *sure) = (left.clone(), left);
    }

    /// Every whole file with its bytes: those with the ending of an unfinished one, or in a folder for such, are left out.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let pictures = self.pictures();
        let visible = |path: &Path| {
            let hidden = path.iter().any(|part| part.to_string_lossy().starts_with('.'));
            !hidden && path.extension().is_some_and(|ending| ending == "ndjson" || ending == "zst")
        };
        let files = pictures.now.iter().filter(|(path, _)| visible(path));
        let bytes = |node: usize| match &pictures.nodes[node] {
            Node::File { now, .. } => now.clone(),
            Node::Folder => Vec::new(),
        };
        files.map(|(path, node)| (path.clone(), bytes(*node))).collect()
    }

    fn pictures(&self) -> std::sync::MutexGuard<'_, Pictures> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Loss<'_> {
    fn keeps(&mut self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Everything => false,
            Self::Some(random) => random.one_in(2),
        }
    }
}

impl Pictures {
    fn add(&mut self, path: &Path, node: Node) -> io::Result<usize> {
        match path.parent() {
            Some(above) if above == Path::new("/") || self.now.contains_key(above) => {}
            _ => return Err(ErrorKind::NotFound.into()),
        }
        if let Some(number) = self.now.get(path) {
            return Ok(*number);
        }
        self.nodes.push(node);
        self.now.insert(path.to_owned(), self.nodes.len() - 1);
        Ok(self.nodes.len() - 1)
    }

    fn file(&mut self, number: usize) -> io::Result<(&mut Vec<u8>, &mut Vec<u8>)> {
        match &mut self.nodes[number] {
            Node::File { now, sure } => Ok((now, sure)),
            Node::Folder => Err(ErrorKind::IsADirectory.into()),
        }
    }
}

impl Disk for MemoryDisk {
    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.fuse.step_with_bytes()?;
        self.pictures().add(folder, Node::Folder).map(drop)
    }

    fn write(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.fuse.step()?;
        let number = self.pictures().add(file, Node::File { now: Vec::new(), sure: Vec::new() })?;
        // Half of it, then the rest, then the promise to keep it: four places to stop at.
        for length in [0, bytes.len() / 2, bytes.len()] {
            bytes[..length].clone_into(self.pictures().file(number)?.0);
            self.fuse.step_with_bytes()?;
        }
        let mut pictures = self.pictures();
        let (now, sure) = pictures.file(number)?;
        sure.clone_from(now);
        Ok(())
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.fuse.step()?;
        let mut pictures = self.pictures();
        let number = pictures.now.remove(from).ok_or(ErrorKind::NotFound)?;
        pictures.now.insert(to.to_owned(), number);
        Ok(())
    }

    fn remove(&mut self, file: &Path) -> io::Result<()> {
        self.fuse.step()?;
        self.pictures().now.remove(file);
        Ok(())
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.fuse.step()?;
        let mut pictures = self.pictures();
        let Pictures { now, sure, .. } = &mut *pictures;
        let inside = |path: &PathBuf| path.parent() == Some(folder);
        sure.retain(|path, _| !inside(path));
        sure.extend(now.iter().filter(|(path, _)| inside(path)).map(|(path, number)| (path.clone(), *number)));
        Ok(())
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        Ok(path == Path::new("/") || self.pictures().now.contains_key(path))
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let pictures = self.pictures();
        let inside = pictures.now.keys().filter(|path| path.parent() == Some(folder));
        Ok(inside.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk() -> MemoryDisk {
        let mut disk = MemoryDisk::new(Fuse::default());
        disk.make_folder(Path::new("/a")).unwrap();
        disk.write(Path::new("/a/1.ndjson"), b"one").unwrap();
        disk
    }

    fn names(disk: &MemoryDisk) -> Vec<String> {
        disk.files().iter().map(|(path, bytes)| format!("{} {}", path.display(), bytes.len())).collect()
    }

    #[test]
    fn what_is_not_synced_is_lost_with_the_power_and_kept_without() {
        let (mut disk, root) = (disk(), Path::new("/"));
        disk.restart(Loss::Nothing);
        assert_eq!(names(&disk), ["/a/1.ndjson 3"]);
        disk.write(Path::new("/a/2.ndjson"), b"two").unwrap();
        disk.rename(Path::new("/a/1.ndjson"), Path::new("/a/3.ndjson")).unwrap();
        disk.restart(Loss::Everything);
        assert_eq!(names(&disk), ["/a/1.ndjson 3"]);
        disk.rename(Path::new("/a/1.ndjson"), Path::new("/a/3.ndjson")).unwrap();
        disk.sync_folder(Path::new("/a")).unwrap();
        disk.restart(Loss::Everything);
        assert_eq!(names(&disk), ["/a/3.ndjson 3"]);
        let mut fresh = self::disk();
        fresh.sync_folder(Path::new("/a")).unwrap();
        fresh.restart(Loss::Everything);
        assert_eq!(names(&fresh), [""; 0], "the folder itself was not sure");
        let mut whole = self::disk();
        whole.sync_folder(Path::new("/a")).unwrap();
        whole.sync_folder(root).unwrap();
        whole.restart(Loss::Everything);
        assert_eq!(names(&whole), ["/a/1.ndjson 3"]);
    }

    #[test]
    fn a_write_that_is_stopped_leaves_some_of_its_bytes_and_is_not_sure() {
        let mut disk = disk();
        for path in ["/", "/a"] {
            disk.sync_folder(Path::new(path)).unwrap();
        }
        for (end, now) in [(1, 3), (2, 0), (3, 2), (4, 4)] {
            disk.write(Path::new("/a/1.ndjson"), b"one").unwrap();
            disk.fuse.end_at(end);
            assert!(disk.write(Path::new("/a/1.ndjson"), b"four").is_err() && disk.fuse.has_ended());
            assert_eq!(names(&disk), [format!("/a/1.ndjson {now}")]);
            disk.restart(Loss::Everything);
            assert_eq!(names(&disk), ["/a/1.ndjson 3"]);
            disk.fuse.never();
        }
    }
}
