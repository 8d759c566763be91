//! The tokens of a person's consent, kept in a file of their own, and the lock that lets one process renew them at a time.
//!
//! A refresh token serves once. So the pair that it buys has to be on disk before anything else happens: [`Place::prepare`]
//! shows, before the old pair is spent, that there is room for a new one, and [`Place::keep`] puts the new one there whole or
//! not at all. The file says for which account and which address the tokens are good, and they are sent nowhere else.
//!
//! A process may be stopped between the two. What it left is looked at by the next, see [`left`]: the new pair, which is taken, or
//! the room for one, which tells that the old pair may be spent.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use logwright::contract::OAuth;
use logwright::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::renew_after;
use super::token::Issued;
use crate::account::Account;
use crate::aside::aside;
use crate::{clock, secret, state};

/// What the file looks like; a reader of another version says so.
const VERSION: u64 = 1;
/// Tokens may be long, but not this long.
const MOST_BYTES: u64 = 1024 * 1024;
/// Room beyond the size of the old pair, since a new one may be longer.
const ROOM: usize = 16 * 1024;

/// The tokens of one account. Its `Debug` shows none.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) good_for: GoodFor,
    pub(super) access_token: SecretString,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) obtained_at: Timestamp,
    pub(super) life: Duration,
}

/// Whose tokens they are, and where they may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GoodFor {
    account: String,
    base_url: String,
    client_id: String,
}

impl GoodFor {
    pub(super) fn new(account: &Account, oauth: &OAuth) -> Result<Self, String> {
        let client_id = account.fill_secret(&oauth.client_id)?.expose_secret().to_owned();
        Ok(Self { account: account.identity(), base_url: account.base_url.to_string(), client_id })
    }
}

impl Kept {
    /// The pair that was issued. A server that gives no new refresh token lets the old one live on.
    pub(super) fn new(good_for: GoodFor, issued: Issued, before: Option<SecretString>) -> Self {
        let Issued { access_token, refresh_token, asked_at, life, scope: _ } = issued;
        Self { good_for, access_token, refresh_token: refresh_token.or(before), obtained_at: asked_at, life }
    }

    /// When to renew it.
    pub(super) fn renew_at(&self) -> Timestamp {
        clock::later(self.obtained_at, renew_after(self.life))
    }

    /// The tokens in the file; `None` where there is no file.
    ///
    /// # Errors
    /// When it cannot be read, or does not hold what [`Place::keep`] writes.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, String> {
        let named = |why: String| format!("cannot read the token file {}: {why}", path.display());
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(named(error.to_string())),
            Ok(metadata) if !metadata.is_file() => return Err(named("it is not a regular file".into())),
            Ok(_) => secret::warn_if_others_can_read(path),
        }
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text));
        read.map_err(|error| named(error.to_string()))?;
        let value = serde_json::from_str(&text).map_err(|_| named("it is not JSON, or not whole".into()))?;
        Self::parse(&value).map(Some).ok_or_else(|| named("it is not what this version writes".into()))
    }

    fn parse(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        (value.get("version")?.as_u64()? == VERSION).then_some(())?;
        Some(Self {
            good_for: GoodFor {
                account: text("account")?.to_owned(),
                base_url: text("base_url")?.to_owned(),
                client_id: text("client_id")?.to_owned(),
            },
            access_token: text("access_token")?.into(),
            refresh_token: text("refresh_token").map(SecretString::from),
            obtained_at: text("obtained_at")?.parse().ok()?,
            life: Duration::from_secs(value.get("life_seconds")?.as_u64()?),
        })
    }

    fn text(&self) -> SecretString {
        let value = json!({
            "version": VERSION,
            "account": self.good_for.account,
            "base_url": self.good_for.base_url,
            "client_id": self.good_for.client_id,
            "access_token": self.access_token.expose_secret(),
            "refresh_token": self.refresh_token.as_ref().map(ExposeSecret::expose_secret),
            "obtained_at": clock::text(self.obtained_at),
            "life_seconds": self.life.as_secs(),
        });
        SecretString::from(format!("{value:#}\n"))
    }
}

/// The right to renew the tokens of one file; dropping it gives it back, as does the end of the process however it comes.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits until nobody else has it. The folder is made if need be.
    ///
    /// # Errors
    /// When there cannot be a lock file.
    pub(super) async fn take(tokens: &Path) -> Result<Self, String> {
        let path = tokens.with_extension("lock");
        let named = |error: io::Error| format!("cannot lock {}: {error}", path.display());
        state::make_private(folder(tokens)).map_err(|failure| failure.to_string())?;
        if path.is_symlink() {
            // Whoever could put a link here would choose the file that is locked.
            return Err(format!("cannot lock {}: it is a link; remove it", path.display()));
        }
        let file = private().create(true).truncate(false).open(&path).map_err(named)?;
        match file.try_lock() {
            Ok(()) => return Ok(Self { _file: file }),
            Err(TryLockError::Error(error)) => return Err(named(error)),
            Err(TryLockError::WouldBlock) => {}
        }
        tracing::debug!("another renewal is under way; waiting for {}", path.display());
        let locked = aside(move || file.lock().map(|()| file)).await;
        let gone = || io::Error::other("the wait for it was broken off");
        locked.ok_or_else(gone).flatten().map(|file| Self { _file: file }).map_err(named)
    }
}

/// What a renewal that was stopped has left beside the token file.
#[derive(Debug)]
pub(super) enum Left {
    Nothing,
    /// Room for a pair, or not the whole of one: whether the server has issued it, nobody knows.
    Room,
    /// The pair that the server issued.
    Pair(Box<Kept>),
}

/// What is left of a renewal; to be called with the [`Lock`] held, or it may be under way.
pub(super) fn left(tokens: &Path) -> Left {
    // A pair is written whole before it takes its place, and each renewal, and each consent, makes room anew.
    match Kept::read(&temporary(tokens)) {
        Ok(None) => Left::Nothing,
        Ok(Some(pair)) => Left::Pair(Box::new(pair)),
        Err(_) => Left::Room,
    }
}

/// Puts the pair that is [left](Left::Pair) in the place of the token file, where it was to go.
///
/// # Errors
/// When the disk fails.
pub(super) fn take_up(tokens: &Path) -> Result<(), String> {
    let from = temporary(tokens);
    let taken = File::open(&from).and_then(|file| file.sync_all()).and_then(|()| put(&from, tokens));
    taken.map_err(|error| format!("cannot keep tokens in {}: {error}", tokens.display()))
}

/// Room on disk for a pair of tokens. Without [`Place::keep`] it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    temporary: PathBuf,
    file: File,
    kept: bool,
}

impl Place {
    /// Makes room; to be called with the [`Lock`] held.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be written.
    pub(super) fn prepare(path: &Path) -> Result<Self, String> {
        let named = |error: io::Error| format!("cannot keep tokens in {}: {error}", path.display());
        let temporary = temporary(path);
        // Of a run that was killed; see `left`.
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(named(error)),
            _ => {}
        }
        let file = private().create_new(true).open(&temporary).map_err(named)?;
        let mut place = Self { path: path.to_owned(), temporary, file, kept: false };
        let before = fs::metadata(path).map_or(0, |metadata| metadata.len().min(MOST_BYTES));
        let before = usize::try_from(before).unwrap_or(0);
        let filled = place.file.write_all(&vec![b' '; before + ROOM]).and_then(|()| place.file.sync_all());
        filled.map_err(named)?;
        Ok(place)
    }

    /// Puts `pair` in the place of the file, whole, and on disk for good before it returns.
    ///
    /// # Errors
    /// When the disk fails between [`Place::prepare`] and now.
    pub(super) fn keep(mut self, pair: &Kept) -> Result<(), String> {
        let text = pair.text();
        let bytes = text.expose_secret().as_bytes();
        let mut write = || {
            self.file.rewind()?;
            self.file.write_all(bytes)?;
            self.file.set_len(bytes.len() as u64)?;
            self.file.sync_all()?;
            // From here on it is found, whatever becomes of its name.
            self.kept = true;
            put(&self.temporary, &self.path)
        };
        write().map_err(|error| format!("cannot keep tokens in {}: {error}", self.path.display()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed is removed by the next.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Where a pair is written before it takes the place of the token file.
fn temporary(tokens: &Path) -> PathBuf {
    tokens.with_extension("json.new")
}

/// Options for a file that its owner alone can read and write.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Gives a whole file its name, for good.
fn put(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync(folder(to))
}

/// Makes a rename last. Folders can be opened as files on Unix alone.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noon;

    fn pair(token: &str) -> Kept {
        let good_for =
            GoodFor { account: "zendesk subdomain=acme".into(), base_url: "https://a/".into(), client_id: "c".into() };
        let (access_token, refresh_token) = (token.into(), Some(SecretString::from("r")));
        Kept { good_for, access_token, refresh_token, obtained_at: noon(), life: Duration::from_secs(7200) }
    }

    #[test]
    fn a_pair_is_read_as_it_was_kept_and_nothing_else_lies_about() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.tokens.json");
        assert!(Kept::read(&path).unwrap().is_none());
        for token in ["a-long-token-of-the-first-pair", "b"] {
            Place::prepare(&path).unwrap().keep(&pair(token)).unwrap();
            let read = Kept::read(&path).unwrap().unwrap();
            assert_eq!(read.access_token.expose_secret(), token);
            assert_eq!(read.refresh_token.unwrap().expose_secret(), "r");
            assert_eq!(
                (read.good_for, read.obtained_at, read.life),
                (pair("").good_for, noon(), Duration::from_secs(7200))
            );
        }
        drop(Place::prepare(&path).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_file_and_a_leftover_of_somebody_else_is_not_written_to() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.tokens.json");
        let trap = folder.path().join("trap");
        fs::write(&trap, "untouched").unwrap();
        std::os::unix::fs::symlink(&trap, path.with_extension("json.new")).unwrap();
        Place::prepare(&path).unwrap().keep(&pair("a")).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&trap).unwrap(), "untouched");
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink(&trap, &path).unwrap();
        assert!(Kept::read(&path).unwrap_err().contains("not a regular file"));
    }

    #[test]
    fn what_is_broken_is_said_without_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.tokens.json");
        for text in ["", "{\"access_token\":\"s3cret", "{\"version\":2,\"access_token\":\"s3cret\"}", "[]"] {
            fs::write(&path, text).unwrap();
            let error = Kept::read(&path).unwrap_err();
            assert!(error.contains("acme.tokens.json") && !error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn what_a_stop_leaves_is_room_until_it_is_a_whole_pair() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.tokens.json");
        assert!(matches!(left(&path), Left::Nothing));
        std::mem::forget(Place::prepare(&path).unwrap());
        assert!(matches!(left(&path), Left::Room));
        let whole = pair("new").text().expose_secret().to_owned();
        for end in 0..whole.trim_end().len() {
            fs::write(temporary(&path), &whole[..end]).unwrap();
            assert!(matches!(left(&path), Left::Room), "{end}");
        }
        // The bytes of the room that are not cut off yet are white space.
        fs::write(temporary(&path), format!("{whole}   ")).unwrap();
        assert!(matches!(left(&path), Left::Pair(pair) if pair.access_token.expose_secret() == "new"));
        drop(Place::prepare(&path).unwrap());
        assert!(matches!(left(&path), Left::Nothing));
    }

    #[tokio::test]
    async fn the_second_waits_for_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state").join("acme.tokens.json");
        let first = Lock::take(&path).await.unwrap();
        let second = tokio::spawn({
            let path = path.clone();
            async move { Lock::take(&path).await }
        });
        tokio::task::yield_now().await;
        assert!(!second.is_finished());
        drop(first);
        assert!(second.await.unwrap().is_ok());
    }
}
