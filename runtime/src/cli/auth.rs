//! `logwright auth`: a person agrees in a browser, once; the tokens are kept and renewed from then on.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{print, say};
use crate::account::Account;
use crate::clock::Clock;
use crate::config::{self, Config, SourceConfig};
use crate::failure::Failure;
use crate::sign_in::authorise::{self, Authorised, Invitation, Secrets};

/// Options of `auth`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The source to sign in to: its name in the configuration, or its product, such as `zendesk`.
    name: Option<String>,
    /// The configuration file.
    #[arg(short, long, value_name = "FILE", default_value = "logwright.yml")]
    config: PathBuf,
    /// The port of the redirect address on 127.0.0.1, which has to be registered with the OAuth client.
    #[arg(long, value_name = "P", default_value_t = authorise::PORT)]
    port: u16,
    /// Print the address of the sign-in page, and open no browser.
    #[arg(long)]
    no_browser: bool,
    /// How long to wait for the person.
    #[arg(long, value_name = "SECONDS", default_value_t = authorise::TIME.as_secs(), value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
}

/// Signs in, and says where the tokens are.
pub(super) async fn run(options: &Options, clock: &dyn Clock) -> Result<(), Failure> {
    let file = &options.config;
    let config = config::load(file, clock.now())?;
    let source = choose(&config, options)?;
    let account = Account::open(source)?;
    let listener = authorise::listen(options.port).await?;
    let secrets = Secrets::new(authorise::random)?;
    let show = |invitation: &Invitation| {
        print(&invite(&account, invitation))?;
        if !options.no_browser && !open(invitation.url.as_str()) {
            say("no browser could be started; open the address yourself");
        }
        Ok(())
    };
    let time = Duration::from_secs(options.timeout);
    let Authorised { tokens, lacking } = authorise::authorise(&account, listener, secrets, time, clock, show).await?;
    if let Some(granted) = lacking {
        say(&format!(
            "warning: {} granted the scope `{granted}`, which is less than was asked for",
            account.source.title
        ));
    }
    print(&format!(
        "{}: authorised; the tokens are in {}\nTo see that it works: logwright check --config {} --source {}\n",
        account.name,
        tokens.display(),
        file.display(),
        account.name
    ))
}

/// The one source that is meant and needs a browser.
fn choose<'c>(config: &'c Config, options: &Options) -> Result<&'c SourceConfig, Failure> {
    let mut sources = config.select(None)?;
    if let Some(name) = &options.name {
        let by_name = sources.iter().any(|source| source.name == *name);
        sources.retain(|source| if by_name { source.name == *name } else { source.source.name == *name });
        if sources.is_empty() {
            let message = format!("the configuration has no source named `{name}`, and none of a product of that name");
            return Err(Failure::Configuration(message));
        }
    }
    let browser: Vec<_> = sources.iter().copied().filter(|source| source.sign_in.needs_browser()).collect();
    let names = |sources: &[&SourceConfig]| {
        sources.iter().map(|source| format!("`{}`", source.name)).collect::<Vec<_>>().join(", ")
    };
    match *browser {
        [source] => Ok(source),
        [] => {
            let way = sources.iter().flat_map(|source| source.source.sign_in).find(|way| way.needs_browser());
            let how = way.map_or("their products offer no such way".to_owned(), |way| {
                format!("that is what `method: {}` is for", way.method)
            });
            Err(Failure::Configuration(format!("for {} nobody has to agree in a browser; {how}", names(&sources))))
        }
        _ => Err(Failure::Configuration(format!(
            "several sources are signed in to in a browser; name one: {}",
            names(&browser)
        ))),
    }
}

fn invite(account: &Account, invitation: &Invitation) -> String {
    let Invitation { url, redirect_uri } = invitation;
    let title = account.source.title;
    format!(
        "Redirect address, to be registered with the OAuth client at {title}:\n  {redirect_uri}\n\
         Agree to the sign-in to {title} on this page:\n  {url}\n"
    )
}

/// Opens a page in the browser; whether one could be started.
fn open(url: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    // Its end is of no interest, but somebody has to take note of it.
    std::thread::spawn(move || drop(child.wait()));
    true
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser as _;

    use super::super::{Cli, Command as Verb};
    use super::*;

    fn chosen(arguments: &[&str]) -> Result<String, Failure> {
        let source = |name: &str, auth: &str| {
            format!("  - {{name: {name}, source: zendesk, inputs: {{subdomain: acme}}, auth: {auth}}}\n")
        };
        let code = "{method: oauth_code, client_id: c}";
        let token = "{method: oauth_token, access_token: {env: T}}";
        let yaml = ["sources:\n".to_owned(), source("one", code), source("two", code), source("fixed", token)].concat();
        let config = config::parse(&yaml, Path::new("logwright.yml"), crate::testing::noon()).unwrap();
        let cli = Cli::try_parse_from(["logwright", "auth"].iter().chain(arguments)).unwrap();
        let Verb::Auth(options) = cli.command else { panic!() };
        choose(&config, &options).map(|source| source.name.clone())
    }

    #[test]
    fn the_source_is_chosen_by_name_or_product_if_only_one_can_be_meant() {
        assert_eq!(chosen(&["one"]), Ok("one".to_owned()));
        // Elsewhere `--source` leaves out the others; here the one is named, in one way.
        assert!(Cli::try_parse_from(["logwright", "auth", "--source", "two"]).is_err());
        for (arguments, words) in [
            (&["zendesk"][..], "name one: `one`, `two`"),
            (&[], "name one: `one`, `two`"),
            (&["fixed"], "for `fixed` nobody has to agree in a browser; that is what `method: oauth_code` is for"),
            (&["okta"], "no source named `okta`"),
        ] {
            let failure = chosen(arguments).unwrap_err();
            assert_eq!(failure.exit_code(), 2);
            assert!(failure.to_string().contains(words), "{failure}");
        }
    }
}
