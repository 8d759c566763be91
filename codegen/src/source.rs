//! The YAML files of one run, and places in them.
//!
//! [`SourceMap::read`] is the only disk read of the compiler: what follows works on the texts held here, in the order of
//! their paths, so that the same folder always gives the same result. A [`Span`] is a range of bytes in one of the files;
//! every later stage carries spans along, and a diagnostic turns them into lines and columns.

use std::fs;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use crate::contract::is_contract;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 4 * 1024 * 1024;

/// How deep folders are searched below the root: deep enough for any layout, and an end to any trap.
const FOLDER_DEPTH: usize = 16;

/// After how many bytes the characters so far are noted, so that a column is found at once however long its line is.
const STEP: usize = 1024;

/// Which file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(usize);

/// A range of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte; equal to `start` for a place between two bytes.
    pub end: usize,
}

impl Span {
    /// The range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where a byte is, for people: both count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// One file.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    relative: usize,
    text: String,
    lines: Vec<usize>,
    /// How many characters begin before each [`STEP`] of bytes.
    characters: Vec<usize>,
    readable: bool,
    adopted: bool,
}

impl SourceFile {
    fn new(path: String, relative: usize, text: String, readable: bool) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(after_breaks).collect();
        let mut characters = vec![0];
        for step in text.as_bytes().chunks(STEP) {
            characters.push(characters[characters.len() - 1] + begin_in(step));
        }
        Self { path, relative, text, lines, characters, readable, adopted: false }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        self.characters[step] + begin_in(&self.text.as_bytes()[step * STEP..offset])
    }

    /// The path as it is shown to the user, with `/` between its parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path below the folder that was read.
    pub fn relative_path(&self) -> &str {
        &self.path[self.relative..]
    }

    /// The name of the file alone.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The first folder below the one that was read; `None` for a file that lies directly in it, unless the map has
    /// [adopted](SourceMap::adopt) it.
    pub fn folder(&self) -> Option<&str> {
        let folder = self.relative_path().split_once('/').map(|(folder, _)| folder);
        folder.or(self.adopted.then_some("adopted"))
    }

    /// The text. Of a file that could not be read as text, what could be read of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// False where the file could not be read whole; a diagnostic has said so, and its text means nothing.
    pub fn is_readable(&self) -> bool {
        self.readable
    }

    /// Line and column of a byte offset. An offset beyond the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= offset);
        let column = self.characters_before(offset) - self.characters_before(self.lines[line - 1]) + 1;
        Position { line, column }
    }

    /// The bytes of the lines from `first` to `last` (from 1, both included), with the last line's break.
    pub fn line_range(&self, first: usize, last: usize) -> Range<usize> {
        let start = self.lines.get(first.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.lines.get(last).copied().unwrap_or(self.text.len());
        start..end.max(start)
    }
}

/// All files of one run, sorted by path.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Files that are in memory already, as pairs of path and text.
    ///
    /// ```
    /// use logwright_codegen::source::SourceMap;
    ///
    /// let sources = SourceMap::from_texts([("zendesk/audit.yml", "schema: Zendesk.Audit\nfields: []\n")]);
    /// let (id, file) = sources.iter().next().unwrap();
    /// assert_eq!(file.folder(), Some("zendesk"));
    /// assert_eq!(sources.file(id).position(22).line, 2);
    /// ```
    pub fn from_texts<P: Into<String>, T: Into<String>>(texts: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = texts.into_iter().map(|(path, text)| SourceFile::new(path.into(), 0, text.into(), true));
        Self::sorted(files.collect())
    }

    /// Reads every `*.yml` and `*.yaml` below `root`. Names that start with a dot, and links to folders, are passed over.
    ///
    /// What cannot be read (a folder named like a file, bytes that are not UTF-8, more than [`FILE_LIMIT`]) becomes a
    /// diagnostic; the rest is read all the same.
    pub fn read(root: &Path) -> (Self, Diagnostics) {
        let mut search = Search { files: Vec::new(), troubles: Vec::new(), relative: 0 };
        let mut shown = root.to_string_lossy().replace('\\', "/");
        while shown.len() > 1 && shown.ends_with('/') {
            shown.pop();
        }
        search.relative = if shown == "." { 0 } else { shown.trim_end_matches('/').len() + 1 };
        search.folder(root, if shown == "." { "" } else { &shown }, 0);
        search.finish()
    }

    /// Reads one file, wherever it lies. It is [adopted](Self::adopt).
    pub fn read_file(path: &Path) -> (Self, Diagnostics) {
        let shown = path.to_string_lossy().replace('\\', "/");
        let relative = shown.rfind('/').map_or(0, |slash| slash + 1);
        let mut search = Search { files: Vec::new(), troubles: Vec::new(), relative };
        search.file(path, shown);
        let (sources, diagnostics) = search.finish();
        (sources.adopt(), diagnostics)
    }

    /// The same files, of which those that lie in no folder may be log schemas all the same. For whoever generates nothing,
    /// and so needs no name for their source. Where a contract is among them, the folder that was read is that of a source.
    #[must_use]
    pub fn adopt(mut self) -> Self {
        let is_source = self.files.iter().any(|file| is_contract(file) && file.folder().is_none());
        for file in &mut self.files {
            file.adopted = true;
            if is_source {
                file.relative =
                    file.path[..file.relative].trim_end_matches('/').rfind('/').map_or(0, |slash| slash + 1);
            }
        }
        self
    }

    fn sorted(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|left, right| left.path.cmp(&right.path));
        Self { files }
    }

    /// The file with this id.
    ///
    /// # Panics
    /// When the id comes from another map and is out of range.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0]
    }

    /// Every file, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(at), file))
    }

    /// The folder that was read, as it is shown, with `/` at its end; empty for the current folder, and where there is no file.
    pub fn folder(&self) -> &str {
        self.files.first().map_or("", |file| &file.path[..file.relative])
    }

    /// The text at a span; empty where the span does not fit the file.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or("")
    }
}

/// What one walk through the folders has found.
struct Search {
    files: Vec<SourceFile>,
    troubles: Vec<Trouble>,
    relative: usize,
}

/// Why a file or folder could not be read. `path` names the file in the map, if it has got that far.
struct Trouble {
    code: Code,
    path: Option<String>,
    message: String,
    help: &'static str,
    offset: usize,
}

impl Trouble {
    fn into_diagnostic(self, sources: &SourceMap) -> Diagnostic {
        let file = sources.iter().find(|(_, file)| Some(&file.path) == self.path.as_ref());
        let diagnostic = match file {
            Some((file, _)) => {
                Diagnostic::error(self.code, Span { file, start: self.offset, end: self.offset }, self.message)
            }
            None => Diagnostic::without_place(self.code, self.message),
        };
        diagnostic.help(self.help)
    }
}

impl Search {
    fn finish(self) -> (SourceMap, Diagnostics) {
        let sources = SourceMap::sorted(self.files);
        let mut diagnostics = Diagnostics::default();
        for trouble in self.troubles {
            diagnostics.push(trouble.into_diagnostic(&sources));
        }
        (sources, diagnostics)
    }

    fn folder(&mut self, folder: &Path, shown: &str, depth: usize) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let name = if shown.is_empty() { "." } else { shown };
                return self.unreadable(name, &format!("cannot read the folder: {error}"));
            }
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(&entry, shown, depth),
                Err(error) => self.unreadable(shown, &format!("cannot read the folder: {error}")),
            }
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, shown: &str, depth: usize) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            return;
        }
        let below = if shown.is_empty() || shown.ends_with('/') { "" } else { "/" };
        let path = format!("{shown}{below}{name}");
        let extension = Path::new(&name).extension().unwrap_or_default();
        let wanted = extension.eq_ignore_ascii_case("yml") || extension.eq_ignore_ascii_case("yaml");
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && wanted {
            self.unreadable(&path, "this is a folder, though its name is that of a YAML file");
        } else if is_folder && depth < FOLDER_DEPTH {
            self.folder(&entry.path(), &path, depth + 1);
        } else if is_folder {
            self.unreadable(&path, &format!("more than {FOLDER_DEPTH} folders inside each other"));
        } else if wanted {
            self.file(&entry.path(), path);
        }
    }

    fn file(&mut self, disk_path: &Path, path: String) {
        let bytes = match read_limited(disk_path) {
            Ok(bytes) => bytes,
            Err(error) => return self.unreadable(&path, &format!("cannot read the file: {error}")),
        };
        if bytes.len() > FILE_LIMIT {
            let message = format!("the file is larger than {} MiB", FILE_LIMIT / (1024 * 1024));
            return self.broken(Code::LW0002, path, String::new(), 0, message, "Split it, or cut it down.");
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.files.push(SourceFile::new(path, self.relative, text, true)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let message = "the file is not UTF-8".to_owned();
                self.broken(Code::LW0003, path, text, offset, message, "Save it as UTF-8.");
            }
        }
    }

    fn unreadable(&mut self, path: &str, why: &str) {
        self.troubles.push(Trouble {
            code: Code::LW0001,
            path: None,
            message: format!("{path}: {why}"),
            help: "Check that the path is right and that you may read it.",
            offset: 0,
        });
    }

    fn broken(&mut self, code: Code, path: String, text: String, offset: usize, message: String, help: &'static str) {
        self.troubles.push(Trouble { code, path: Some(path.clone()), message, help, offset });
        self.files.push(SourceFile::new(path, self.relative, text, false));
    }
}

/// How many characters of UTF-8 begin in these bytes.
fn begin_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Reads a regular file, and stops one byte after the limit: a device or pipe would never end.
fn read_limited(path: &Path) -> std::io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("it is not a regular file"));
    }
    let limit = u64::try_from(FILE_LIMIT).unwrap_or(u64::MAX) + 1;
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let file = SourceFile::new("a.yml".into(), 0, "äb\ncd\n".into(), true);
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(1), Position { line: 1, column: 1 }, "inside a character: its start");
        assert_eq!(file.position(2), Position { line: 1, column: 2 });
        assert_eq!(file.position(4), Position { line: 2, column: 1 });
        assert_eq!(file.position(99), Position { line: 3, column: 1 });
        assert_eq!(&file.text()[file.line_range(2, 2)], "cd\n");
        assert_eq!(file.line_range(9, 9), 7..7);
        let long = SourceFile::new("a.yml".into(), 0, format!("a\n{}", "€".repeat(2 * STEP)), true);
        for at in [0, 1, STEP / 3, STEP - 1, STEP, 2 * STEP] {
            assert_eq!(long.position(2 + 3 * at), Position { line: 2, column: at + 1 });
        }
    }

    #[test]
    fn a_folder_with_a_contract_is_that_of_a_source() {
        let folders = |folder: &str| -> Vec<String> {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas").join(folder);
            let sources = SourceMap::read(&root).0.adopt();
            sources.iter().map(|(_, file)| file.folder().unwrap().to_owned()).collect()
        };
        assert_eq!(folders("okta"), ["okta"; 3]);
        assert_eq!(folders("web"), ["adopted"; 2]);
        assert!(folders("").iter().any(|folder| folder == "okta"));
    }

    #[test]
    fn files_are_sorted_and_know_their_folder() {
        let sources = SourceMap::from_texts([("b/x.yml", ""), ("a/y.yml", ""), ("z.yml", "")]);
        let paths: Vec<_> = sources.iter().map(|(_, file)| (file.path(), file.folder())).collect();
        assert_eq!(paths, [("a/y.yml", Some("a")), ("b/x.yml", Some("b")), ("z.yml", None)]);
    }

    #[test]
    fn a_tree_is_read_and_every_trouble_is_told() {
        let root = std::env::temp_dir().join(format!("logwright-source-{}", std::process::id()));
        fs::create_dir_all(root.join("acme/odd.yml")).unwrap();
        fs::create_dir_all(root.join(".hidden")).unwrap();
        fs::write(root.join("acme/a.yml"), "schema: A").unwrap();
        fs::write(root.join("acme/b.yaml"), b"ok: \xff").unwrap();
        fs::write(root.join("acme/large.yml"), vec![b' '; FILE_LIMIT + 1]).unwrap();
        fs::write(root.join("acme/notes.txt"), "no").unwrap();
        fs::write(root.join(".hidden/c.yml"), "no").unwrap();
        let (sources, diagnostics) = SourceMap::read(&root);
        fs::remove_dir_all(&root).unwrap();

        let files: Vec<_> = sources.iter().map(|(_, file)| (file.relative_path(), file.is_readable())).collect();
        assert_eq!(files, [("acme/a.yml", true), ("acme/b.yaml", false), ("acme/large.yml", false)]);
        let codes: Vec<_> = diagnostics.sorted().iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [Code::LW0001, Code::LW0003, Code::LW0002]);
    }

    #[test]
    fn a_missing_folder_is_a_diagnostic() {
        let (sources, diagnostics) = SourceMap::read(Path::new("no/such/folder"));
        assert_eq!(sources.iter().count(), 0);
        assert!(diagnostics.sorted()[0].message.starts_with("no/such/folder: cannot read the folder"));
    }
}
