//! One entry of `sources`, read against the contract it names.

use std::collections::BTreeMap;
use std::path::PathBuf;

use logwright::contract::{Input, SignIn, Source};
use logwright::log_types::SOURCES;
use logwright::time::Timestamp;
use url::Url;

use super::fields::{Fields, text};
use super::mistake::{Findings, Place};
use super::node::{Node, Value};
use super::{Credential, Reader, SourceConfig, base_url, duration};
use crate::account;
use crate::clock;
use crate::secret::SecretRef;
use crate::suggest;

const KEYS: [&str; 8] = ["name", "source", "inputs", "auth", "start", "base_url", "poll", "alarm"];
pub(super) const HOW_TO_GIVE_A_SECRET: &str = "{env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}";

/// A way to sign in, what was given for it, and where.
type Auth = (&'static SignIn, BTreeMap<&'static str, Credential>, BTreeMap<&'static str, Place>);

impl Reader<'_> {
    pub(super) fn source(&self, node: &Node, findings: &mut Findings) -> Option<SourceConfig> {
        let fields = Fields::of(node, "a source", &KEYS, findings)?;
        let name = name(fields, findings);
        let start = self.start(fields, findings);
        let override_url = base_url_of(fields, findings);
        let poll = duration::poll(fields, self.poll, findings);
        let alarm = self.alarm(fields, findings);
        let source = contract(fields, findings);
        let auth = fields.need("auth", "a source", "how to sign in", findings);
        let source = source?;
        let inputs = inputs(fields, source, findings);
        let sign_in = auth.and_then(|auth| self.auth(auth, source, findings));
        let inputs = inputs?;
        let base_url = match override_url? {
            Some(url) => url,
            None => contract_url(fields, source, &inputs, findings)?,
        };
        let (sign_in, credentials, places) = sign_in?;
        Some(SourceConfig {
            name: name?,
            source,
            inputs,
            sign_in,
            credentials,
            start: start?,
            base_url,
            poll: poll?,
            alarm: alarm?,
            // Filled in when the state's folder is known.
            tokens: PathBuf::new(),
            file: self.file.to_owned(),
            places,
        })
    }

    /// The outer `None` stands for a mistake.
    #[allow(clippy::option_option, reason = "a mistake and an absent key are two things")]
    fn start(&self, fields: Fields<'_>, findings: &mut Findings) -> Option<Option<Timestamp>> {
        let Some(node) = fields.get("start") else { return Some(None) };
        let shown = text(node, "`start`", findings)?;
        match shown.parse::<Timestamp>() {
            Ok(start) if start > self.now => {
                let now = clock::text(self.now);
                findings.add(node.at, format!("`start` lies in the future; it is {now} now"));
                None
            }
            Ok(start) => Some(Some(start)),
            Err(error) => {
                findings.add(node.at, format!("`start` is {error}"));
                None
            }
        }
    }

    fn auth(&self, node: &Node, source: &'static Source, findings: &mut Findings) -> Option<Auth> {
        let fields = Fields::any(node, "`auth`", findings)?;
        let methods = source.sign_in.iter().map(|way| way.method);
        let list: Vec<_> = methods.clone().map(|method| format!("`{method}`")).collect();
        let put = format!("one of {}", list.join(", "));
        let method = fields.need("method", "`auth`", &put, findings)?;
        let asked = text(method, "`method`", findings)?;
        let Some(sign_in) = source.sign_in.iter().find(|way| way.method == asked) else {
            let hint =
                suggest::nearest(asked, methods).map_or(String::new(), |near| format!("did you mean `{near}`? "));
            let message = format!("{} has no way to sign in `{asked}`; {hint}it takes {put}", source.title);
            findings.add(method.at, message);
            return None;
        };
        let what = format!("`auth` by `{asked}`");
        let mut known = vec!["method"];
        known.extend(sign_in.inputs.iter().map(|input| input.name));
        fields.refuse_others(&what, &known, findings);
        let (mut credentials, mut places) = (BTreeMap::new(), BTreeMap::new());
        let mut complete = true;
        for input in sign_in.inputs {
            let node = fields.need(input.name, &what, &put_for(input), findings);
            let credential = node.and_then(|node| Some((node.at, self.credential(node, input, findings)?)));
            if let Some((at, credential)) = credential {
                credentials.insert(input.name, credential);
                places.insert(input.name, at);
            } else {
                complete = false;
            }
        }
        complete.then_some((sign_in, credentials, places))
    }

    fn credential(&self, node: &Node, input: &Input, findings: &mut Findings) -> Option<Credential> {
        match &node.value {
            Value::Map(_) => self.reference(node, input.name, findings).map(Credential::Reference),
            _ if input.secret => {
                let message = format!(
                    "`{}` is a secret, and a secret does not stand in this file; write {HOW_TO_GIVE_A_SECRET}",
                    input.name
                );
                findings.add(node.at, message);
                None
            }
            _ => plain(node, input, findings).map(Credential::Plain),
        }
    }

    pub(super) fn reference(&self, node: &Node, name: &str, findings: &mut Findings) -> Option<SecretRef> {
        let what = format!("`{name}`");
        let fields = Fields::any(node, &what, findings)?;
        let Some(entry) = fields.only() else {
            findings.add(node.at, format!("{what} needs exactly one of {HOW_TO_GIVE_A_SECRET}"));
            return None;
        };
        match (entry.key.as_str(), &entry.node.value) {
            ("env", _) => text(&entry.node, "`env`", findings).map(|name| SecretRef::Env(name.into())),
            ("file", _) => text(&entry.node, "`file`", findings).map(|path| SecretRef::File(self.folder.join(path))),
            ("command", Value::List(items)) if !items.is_empty() => {
                let argv: Vec<_> =
                    items.iter().map(|item| text(item, "an item of `command`", findings).map(str::to_owned)).collect();
                argv.into_iter().collect::<Option<_>>().map(SecretRef::Command)
            }
            ("command", other) => {
                let kind = other.kind();
                findings.add(
                    entry.node.at,
                    format!("`command` must be a list, the program first, found {kind}; no shell takes part"),
                );
                None
            }
            (other, _) => {
                let hint = suggest::hint(other, ["env", "file", "command"]);
                findings.add(entry.key_at, format!("{what} has no key `{other}`{hint}"));
                None
            }
        }
    }
}

fn name(fields: Fields<'_>, findings: &mut Findings) -> Option<String> {
    let node = fields.need("name", "a source", "your own name for this account", findings)?;
    let name = text(node, "`name`", findings)?;
    let good = name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if !good {
        findings.add(
            node.at,
            "`name` must be 1 to 64 letters, digits, `-`, `_` or `.`, the first a letter or digit; it names folders",
        );
    }
    good.then(|| name.to_owned())
}

fn contract(fields: Fields<'_>, findings: &mut Findings) -> Option<&'static Source> {
    let names = SOURCES.iter().map(|source| source.name);
    let put = names.clone().collect::<Vec<_>>().join(", ");
    let node = fields.need("source", "a source", &format!("one of {put}"), findings)?;
    let asked = text(node, "`source`", findings)?;
    let found = SOURCES.iter().find(|source| source.name == asked).copied();
    if found.is_none() {
        let hint = suggest::hint(asked, names);
        findings.add(node.at, format!("there is no source `{asked}`{hint}"));
    }
    found
}

fn inputs(
    fields: Fields<'_>,
    source: &'static Source,
    findings: &mut Findings,
) -> Option<BTreeMap<&'static str, String>> {
    let what = format!("`inputs` of {}", source.title);
    let given = match fields.get("inputs") {
        Some(node) => Some(Fields::any(node, &what, findings)?),
        None => None,
    };
    if let Some(given) = given {
        let known: Vec<_> = source.inputs.iter().map(|input| input.name).collect();
        given.refuse_others(&what, &known, findings);
    }
    let mut inputs = BTreeMap::new();
    for input in source.inputs {
        let put = put_for(input);
        let node = given.and_then(|given| given.need(input.name, &what, &put, findings));
        if given.is_none() {
            findings.add(fields.at, format!("{} needs `inputs` with `{}`: {put}", source.title, input.name));
        }
        if let Some(value) = node.and_then(|node| plain(node, input, findings)) {
            inputs.insert(input.name, value);
        }
    }
    (inputs.len() == source.inputs.len()).then_some(inputs)
}

fn plain(node: &Node, input: &Input, findings: &mut Findings) -> Option<String> {
    let value = text(node, &format!("`{}`", input.name), findings)?;
    if !input.format.accepts(value) {
        let wanted = input.format.describe();
        let example = match input.example {
            "" => String::new(),
            example => format!(", such as `{example}`"),
        };
        findings.add(node.at, format!("`{}` must be {wanted}{example}", input.name));
        return None;
    }
    Some(value.to_owned())
}

fn put_for(input: &Input) -> String {
    let how = if input.secret { HOW_TO_GIVE_A_SECRET } else { input.example };
    match how {
        "" => input.description.to_owned(),
        how => format!("{}; write {how}", input.description),
    }
}

/// The outer `None` stands for a mistake.
#[allow(clippy::option_option, reason = "a mistake and an absent key are two things")]
fn base_url_of(fields: Fields<'_>, findings: &mut Findings) -> Option<Option<Url>> {
    let Some(node) = fields.get("base_url") else { return Some(None) };
    match base_url::parse(text(node, "`base_url`", findings)?) {
        Ok(url) => Some(Some(url)),
        Err(why) => {
            findings.add(node.at, format!("`base_url` {why}"));
            None
        }
    }
}

fn contract_url(
    fields: Fields<'_>,
    source: &Source,
    inputs: &BTreeMap<&'static str, String>,
    findings: &mut Findings,
) -> Option<Url> {
    let filled = account::fill(&source.base_url, |name| inputs.get(name).map(String::as_str));
    match filled.and_then(|text| base_url::parse(&text)) {
        Ok(url) => Some(url),
        Err(why) => {
            findings.add(fields.at, format!("the base URL that follows from `inputs` {why}"));
            None
        }
    }
}
