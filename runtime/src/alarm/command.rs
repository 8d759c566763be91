//! Alarms to a program: the JSON on its standard input, no shell, and a time-out.

use std::time::Duration;

use crate::aside::aside;
use crate::program;

/// How long it may take.
const MOST_TIME: Duration = Duration::from_secs(30);

/// A program and its arguments.
pub(super) struct Command {
    argv: Vec<String>,
    time: Duration,
}

impl Command {
    pub(super) const fn new(argv: Vec<String>) -> Self {
        Self { argv, time: MOST_TIME }
    }

    /// Runs it, once; it has taken the message when it ends with exit code 0.
    ///
    /// # Errors
    /// Why it has not; without its arguments, since some people put secrets there.
    pub(super) async fn run(&self, body: &str) -> Result<(), String> {
        let (argv, input, time) = (self.argv.clone(), format!("{body}\n").into_bytes(), self.time);
        let ran = aside(move || program::run(&argv, input, time)).await.ok_or("cannot be started")?;
        let program = self.argv.first().map_or("", String::as_str);
        ran.map(drop).map_err(|why| format!("the command `{program}` {why}"))
    }
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Command").field(&self.argv.first()).finish()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn command(argv: &[&str]) -> Command {
        Command::new(argv.iter().map(ToString::to_string).collect())
    }

    #[tokio::test]
    async fn it_gets_the_json_and_its_failure_is_told_without_its_arguments() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("told");
        command(&["tee", file.to_str().unwrap()]).run(r#"{"a":1}"#).await.unwrap();
        assert_eq!(std::fs::read_to_string(file).unwrap(), "{\"a\":1}\n");
        let why = command(&["false", "s3cret"]).run("{}").await.unwrap_err();
        assert!(why.starts_with("the command `false` failed") && !why.contains("s3cret"), "{why}");
    }

    #[tokio::test]
    async fn one_that_does_not_read_or_does_not_end_holds_nobody_up() {
        command(&["true"]).run(&"x".repeat(1 << 20)).await.unwrap();
        let mut slow = command(&["sleep", "60"]);
        slow.time = Duration::from_millis(20);
        assert!(slow.run("{}").await.unwrap_err().contains("was stopped"));
    }
}
