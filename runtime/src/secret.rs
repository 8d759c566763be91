//! Secrets: named in the configuration, read when they are needed, never shown.
//!
//! The configuration holds a [`SecretRef`], which says where a secret lies; [`SecretRef::read`] gets
//! it as a [`SecretString`], which prints as `[REDACTED]` and is wiped from memory when dropped.
//! Messages name the place and never the value. Nothing here waits for ever: a pipe or a device, which might, is refused, and
//! a file or a command has its time.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fmt, fs};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use secrecy::SecretString;

use crate::program::{MOST_BYTES, read_bounded, run, within};

/// How long a command may take to print a secret, or a file system to give a file.
const MOST_TIME: Duration = Duration::from_secs(30);

/// Where a secret lies. Its `Debug` is its `Display`, which leaves a command's arguments out.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretRef {
    /// In the environment variable with this name.
    Env(String),
    /// In this file.
    File(PathBuf),
    /// On the standard output of this program with these arguments; no shell takes part.
    Command(Vec<String>),
}

impl SecretRef {
    /// Reads the secret, without the line break at its end.
    ///
    /// # Errors
    /// When it is not there, is no regular file, is empty, is not UTF-8, is larger than 64 KiB, has a line break or another
    /// control character inside, or when the command fails or it takes longer than 30 seconds.
    pub fn read(&self) -> Result<SecretString, String> {
        let bytes = match self {
            Self::Env(name) => env::var_os(name)
                .map(std::ffi::OsString::into_encoded_bytes)
                .ok_or_else(|| format!("{self} is not set; export it before the start"))?,
            Self::File(path) => {
                let path = path.clone();
                let read = within(MOST_TIME, move || read_file(&path));
                read.flatten().map_err(|why| format!("cannot read {self}: {why}"))?
            }
            Self::Command(argv) => run(argv, Vec::new(), MOST_TIME).map_err(|why| format!("{self} {why}"))?,
        };
        self.check(bytes)
    }

    fn check(&self, bytes: Vec<u8>) -> Result<SecretString, String> {
        // That is a mistake, such as a path to the wrong file.
        if bytes.len() as u64 > MOST_BYTES {
            return Err(format!("{self} holds more than 64 KiB; that is no secret"));
        }
        let text = String::from_utf8(bytes).map_err(|_| format!("{self} does not hold UTF-8 text"))?;
        let secret = text.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err(format!("{self} is empty"));
        }
        if secret.chars().any(char::is_control) {
            return Err(format!(
                "{self} has a line break or another control character inside; it must hold the secret alone"
            ));
        }
        Ok(SecretString::from(secret))
    }
}

/// `text` with `secret` struck out, as it is and in the forms in which it travels: JSON, a form or URL, Base64.
pub(crate) fn strike(text: &str, secret: &str) -> String {
    if secret.is_empty() {
        return text.to_owned();
    }
    let json = serde_json::Value::from(secret).to_string();
    let forms = [
        secret.to_owned(),
        json.trim_matches('"').to_owned(),
        url::form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
        BASE64_STANDARD.encode(secret),
    ];
    forms.iter().fold(text.to_owned(), |text, form| text.replace(form, "[REDACTED]"))
}

impl fmt::Debug for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "the environment variable `{name}`"),
            Self::File(path) => write!(f, "the secret file {}", path.display()),
            // The arguments stay out: some people put secrets there.
            Self::Command(argv) => {
                write!(f, "the secret command `{}`", argv.first().map_or("", String::as_str))
            }
        }
    }
}

/// The bytes of a regular file. Whoever opens a pipe waits for its other end, and a device may have no end.
fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is not a regular file; to read a pipe or a device write {command: [cat, PATH]}".into());
    }
    warn_if_others_can_read(path);
    fs::File::open(path).and_then(read_bounded).map_err(|error| error.to_string())
}

#[cfg(unix)]
pub(crate) fn warn_if_others_can_read(path: &Path) {
    use std::os::unix::fs::PermissionsExt;

    if let Ok(metadata) = fs::metadata(path)
        && metadata.permissions().mode() & 0o077 != 0
    {
        tracing::warn!("the secret file {0} can be read by others; run: chmod 600 {0}", path.display());
    }
}

#[cfg(not(unix))]
pub(crate) fn warn_if_others_can_read(_path: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn command(argv: &[&str]) -> SecretRef {
        SecretRef::Command(argv.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_file_gives_its_text_without_the_line_break() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        fs::write(&path, "s3cret\r\n").unwrap();
        let secret = SecretRef::File(path).read().unwrap();
        assert_eq!(secret.expose_secret(), "s3cret");
        assert!(!format!("{secret:?}").contains("s3cret"));
    }

    #[test]
    fn what_is_missing_empty_or_two_lines_is_refused_without_the_value() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let file = SecretRef::File(path.clone());
        assert!(file.read().unwrap_err().contains("cannot read the secret file"));
        fs::write(&path, "\n").unwrap();
        assert!(file.read().unwrap_err().ends_with("is empty"));
        fs::write(&path, "s3cret\nmore").unwrap();
        let error = file.read().unwrap_err();
        assert!(error.contains("line break") && !error.contains("s3cret"), "{error}");
        fs::write(&path, b"s3cret\xff").unwrap();
        assert!(file.read().unwrap_err().ends_with("does not hold UTF-8 text"));
        fs::write(&path, vec![b'a'; 70_000]).unwrap();
        assert!(file.read().unwrap_err().contains("more than 64 KiB"));
        let error = SecretRef::Env("LOGWRIGHT_NO_SUCH_VARIABLE".into()).read().unwrap_err();
        assert!(error.contains("`LOGWRIGHT_NO_SUCH_VARIABLE` is not set"), "{error}");
    }

    #[test]
    fn a_secret_is_struck_out_in_every_form_it_travels_in() {
        let secret = r#"s3"cr/et"#;
        for form in [r#"s3"cr/et"#, r#"s3\"cr/et"#, "s3%22cr%2Fet", "czMiY3IvZXQ="] {
            assert_eq!(strike(&format!("you sent {form} to me"), secret), "you sent [REDACTED] to me");
        }
        assert_eq!(strike("as it was", ""), "as it was");
    }

    #[cfg(unix)]
    #[test]
    fn a_command_runs_without_a_shell_and_its_failure_is_told() {
        assert_eq!(command(&["printf", "%s\\n", "$HOME"]).read().unwrap().expose_secret(), "$HOME");
        assert!(command(&["false", "s3cret"]).read().unwrap_err().contains("`false` failed"));
        let error = command(&["/no/such/program", "s3cret"]).read().unwrap_err();
        assert!(error.contains("cannot be started") && !error.contains("s3cret"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_or_a_device_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [pipe, "/dev/zero".into(), folder.path().to_owned()] {
            let error = SecretRef::File(path).read().unwrap_err();
            assert!(error.contains("not a regular file; to read a pipe"), "{error}");
        }
        let token = folder.path().join("token");
        fs::write(&token, "s3cret").unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&token, &link).unwrap();
        assert!(SecretRef::File(link).read().is_ok(), "a link to a file is one, as secrets of containers are");
    }

    #[cfg(unix)]
    #[test]
    fn a_command_that_hangs_is_stopped() {
        let argv = ["sleep".to_string(), "60".to_string()];
        assert!(run(&argv, Vec::new(), Duration::from_millis(20)).unwrap_err().contains("was stopped"));
    }
}
