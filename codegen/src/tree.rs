//! Generated text against what is on disk: what differs, and how it is made the same.
//!
//! The generator owns one folder, wholly, and one marked block of a manifest. A file in that folder that does not say
//! `@generated` was put there by somebody else; it is never deleted or overwritten.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The line before the block of a manifest that is generated.
const BLOCK_BEGIN: &str = "# @generated begin";
/// The line after it.
const BLOCK_END: &str = "# @generated end";

/// A file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it is.
    pub path: PathBuf,
    /// Its text on disk; `None` where it is missing.
    pub before: Option<String>,
    /// Its text as it should be; `None` where it should not be there.
    pub after: Option<String>,
}

impl Change {
    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        let (before, after) = (self.before.as_deref().unwrap_or(""), self.after.as_deref().unwrap_or(""));
        let path = self.path.display();
        let diff = similar::TextDiff::from_lines(before, after);
        diff.unified_diff().header(&format!("{path} (on disk)"), &format!("{path} (generated)")).to_string()
    }

    /// Makes the file as it should be. It is replaced as a whole, so that a reader never sees a half of it.
    ///
    /// # Errors
    /// When the file cannot be written or removed.
    pub fn apply(&self) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let Some(text) = &self.after else {
            fs::remove_file(&self.path)?;
            // The folder goes with its last file; one that holds others stays.
            let _ = fs::remove_dir(folder);
            return Ok(());
        };
        fs::create_dir_all(folder)?;
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let aside = folder.join(name);
        let mut file = fs::File::create(&aside)?;
        file.write_all(text.as_bytes())?;
        drop(file);
        fs::rename(&aside, &self.path)
    }
}

/// What has to change below `folder` so that it holds exactly `files`.
///
/// # Errors
/// When the folder cannot be read, or holds a file that was not generated.
pub fn compare(folder: &Path, files: &[(String, String)]) -> io::Result<Vec<Change>> {
    let mut on_disk = BTreeMap::new();
    read_below(folder, &mut on_disk)?;
    let mut changes = Vec::new();
    for (path, text) in files {
        let path = folder.join(path);
        let before = on_disk.remove(&path);
        if before.as_ref() != Some(text) {
            changes.push(Change { path, before, after: Some(text.clone()) });
        }
    }
    changes.extend(on_disk.into_iter().map(|(path, text)| Change { path, before: Some(text), after: None }));
    match changes.iter().find(|change| change.before.as_ref().is_some_and(|text| !text.contains("@generated"))) {
        Some(foreign) => Err(io::Error::other(format!(
            "{} was not generated, but stands where only generated files may; move it elsewhere",
            foreign.path.display()
        ))),
        None => Ok(changes),
    }
}

/// A Cargo feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The features that it turns on.
    pub needs: Vec<&'static str>,
}

/// What has to change in the manifest at `path` so that its marked block lists exactly `features`.
///
/// # Errors
/// When the manifest cannot be read, or has no marked block.
pub fn compare_features(path: &Path, features: &[Feature]) -> io::Result<Option<Change>> {
    let before = fs::read_to_string(path).map_err(|error| at(path, &error))?;
    let after = with_features(&before, features).ok_or_else(|| {
        io::Error::other(format!("{} has no lines `{BLOCK_BEGIN}` and `{BLOCK_END}` for the features", path.display()))
    })?;
    Ok((after != before).then(|| Change { path: path.to_owned(), before: Some(before), after: Some(after) }))
}

fn with_features(manifest: &str, features: &[Feature]) -> Option<String> {
    let begin = manifest.find(BLOCK_BEGIN)? + BLOCK_BEGIN.len();
    let end = begin + manifest[begin..].find(BLOCK_END)?;
    let mut after = format!("{}\n", &manifest[..begin]);
    let all: Vec<&str> = features.iter().map(|feature| feature.name.as_str()).collect();
    let _ = writeln!(after, "all = {all:?}");
    for feature in features {
        let _ = writeln!(after, "{} = {:?}", feature.name, feature.needs);
    }
    after.push_str(&manifest[end..]);
    Some(after)
}

fn read_below(folder: &Path, files: &mut BTreeMap<PathBuf, String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(folder, &error)),
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            read_below(&path, files)?;
        } else {
            let bytes = fs::read(&path).map_err(|error| at(&path, &error))?;
            files.insert(path, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("logwright-tree-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn files(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(path, text)| ((*path).to_owned(), format!("// @generated {text}\n"))).collect()
    }

    #[test]
    fn a_folder_becomes_exactly_what_is_generated() {
        let folder = scratch("write");
        let first = files(&[("mod.rs", "1"), ("a/mod.rs", "2"), ("a/b.rs", "3")]);
        for change in compare(&folder, &first).unwrap() {
            change.apply().unwrap();
        }
        assert_eq!(compare(&folder, &first).unwrap(), []);
        let second = files(&[("mod.rs", "1"), ("a/mod.rs", "changed")]);
        let changes = compare(&folder, &second).unwrap();
        assert_eq!(changes.len(), 2);
        assert!(changes[0].diff().contains("-// @generated 2\n+// @generated changed\n"), "{}", changes[0].diff());
        for change in changes {
            change.apply().unwrap();
        }
        assert_eq!(compare(&folder, &second).unwrap(), []);
        assert!(!folder.join("a/b.rs").exists() && folder.join("a").exists());
        for change in compare(&folder, &files(&[("mod.rs", "1")])).unwrap() {
            change.apply().unwrap();
        }
        assert!(!folder.join("a").exists(), "a folder goes with its last file");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_by_hand_is_never_touched() {
        let folder = scratch("foreign");
        fs::write(folder.join("notes.rs"), "// mine").unwrap();
        let error = compare(&folder, &files(&[("mod.rs", "1")])).unwrap_err();
        assert!(error.to_string().contains("was not generated"), "{error}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn features_are_replaced_inside_their_block() {
        let manifest = "[features]\nx = []\n# @generated begin\nold = []\n# @generated end\n[lints]\n";
        let expected = "[features]\nx = []\n# @generated begin\nall = [\"a\", \"b\"]\na = []\nb = [\"regex\"]\n\
                        # @generated end\n[lints]\n";
        let features =
            [Feature { name: "a".into(), needs: vec![] }, Feature { name: "b".into(), needs: vec!["regex"] }];
        assert_eq!(with_features(manifest, &features).as_deref(), Some(expected));
        assert_eq!(with_features("[features]\n", &[]), None);
    }
}
