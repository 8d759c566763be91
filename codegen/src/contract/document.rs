//! The contract as a whole: names, inputs, base URL, limits, refusals.

use std::collections::BTreeSet;

use logwright::contract::InputFormat;

use super::model::{Input, Limits, Log, Piece, Refusal, SignIn, Source, Template};
use super::template::Scope;
use super::{Reader, leaf};
use crate::diagnostic::{Code, Diagnostic};
use crate::raw::read::{Entry, MappingReader, Spanned};
use crate::source::{FileId, Span};
use crate::yaml::Node;

const FORMATS: [(&str, InputFormat); 4] = [
    ("text", InputFormat::Text),
    ("dns_label", InputFormat::DnsLabel),
    ("hostname", InputFormat::Hostname),
    ("email", InputFormat::Email),
];

/// How many values a contract may have, and how many bytes of text: ten times what the longest takes. What it names is compared
/// with each other.
const VALUES: usize = 5_000;
const TEXT: usize = 128 * 1024;

/// An input and the place of its name.
pub(super) type Placed = (Span, Input);

impl Reader<'_> {
    fn check_size(&self, document: &Node) -> Option<()> {
        let (values, text) = document.size();
        if values <= VALUES && text <= TEXT {
            return Some(());
        }
        let message = format!(
            "a contract has at most {VALUES} values and {TEXT} bytes of text, and this one has {values} and {text}"
        );
        let help = "State the facts of one API; what belongs to another product has a folder of its own.";
        self.reading.push(Diagnostic::error(Code::LW0103, document.head(), message).help(help));
        None
    }

    /// A whole contract. `None` where something without which there is none is missing; that has been reported.
    pub(super) fn contract(&self, file: FileId) -> Option<Source> {
        let document = self.reading.document(file, self.sources)?;
        self.check_size(&document)?;
        let mut keys = self.reading.mapping(&Entry::root(&document))?;
        let name = self.name(&mut keys);
        let title = keys.required_string("title");
        let description = keys.required_string("description");
        let documentation = keys.required("documentation").and_then(|entry| leaf::web_address(self.reading, &entry));

        let placed = keys.mapping("inputs").map(|inputs| self.inputs(inputs)).unwrap_or_default();
        for (place, input) in placed.iter().filter(|(_, input)| input.secret) {
            let message = format!("`{}` is secret, but the inputs of a source end up in URLs", input.name);
            let help = "Move it to the `inputs` of the ways to sign in that use it.";
            let path = format!("inputs.{}", input.name);
            self.reading.push(Diagnostic::error(Code::LW0707, *place, message).at(path).help(help));
        }
        let inputs: Vec<Input> = placed.iter().map(|(_, input)| input.clone()).collect();
        let sign_in = keys.required_mapping("sign_in").map(|ways| self.sign_in(ways, &placed));
        let limits = keys.required_mapping("limits").and_then(|limits| self.limits(limits));
        let methods = sign_in.as_deref().unwrap_or_default();
        let refusals = keys.list("refusals").unwrap_or_default();
        let refusals = self.refusals(&refusals, methods);

        let out_of_reach: Vec<Input> = methods.iter().flat_map(|way| way.inputs.clone()).collect();
        let scope = Scope { inputs: &inputs, sign_in: &[], out_of_reach: &out_of_reach, window: false };
        let base_url = keys.required("base_url").and_then(|entry| self.base_url(&entry, scope));
        let scope = Scope { window: true, ..scope };
        let logs = keys.required_list("logs").map(|logs| self.logs(&logs, scope));
        keys.finish();

        let (base_url, sign_in, logs) = (base_url?, sign_in?, logs?);
        self.report_unused(&placed, &templates(&base_url, &sign_in, &logs), "inputs");
        Some(Source {
            file: self.sources.file(file).path().to_owned(),
            name: name?,
            title: title?.value,
            description: description?.value,
            documentation: documentation?,
            inputs,
            base_url,
            sign_in,
            limits: limits?,
            refusals,
            logs,
        })
    }

    /// The name of the source, which is that of its folder: of a Cargo feature and a Rust module.
    fn name(&self, keys: &mut MappingReader<'_, '_>) -> Option<String> {
        let name = keys.required_string("source")?;
        if name.value == self.folder {
            return leaf::check_name(self.reading, &name, "source", "a source").then_some(name.value);
        }
        let message = format!("the contract of `{}` lies in the folder `{}`", name.value, self.folder);
        let help = format!("Write `{}`, or rename the folder.", self.folder);
        self.reading.push(Diagnostic::error(Code::LW0713, name.span, message).at("source").help(help));
        None
    }

    /// Inputs in order. One with a mistake is left in as far as it is known, so that its placeholders are not reported too.
    pub(super) fn inputs(&self, mut mapping: MappingReader<'_, '_>) -> Vec<Placed> {
        let all = mapping.all();
        all.into_iter().map(|(name, entry)| (name.span, self.input(&name, &entry))).collect()
    }

    fn input(&self, name: &Spanned<String>, entry: &Entry<'_>) -> Input {
        let mut input = Input {
            name: name.value.clone(),
            description: String::new(),
            format: InputFormat::Text,
            secret: false,
            example: String::new(),
        };
        leaf::check_name(self.reading, name, &entry.path, "an input");
        let Some(mut keys) = self.reading.mapping(entry) else { return input };
        if let Some(description) = keys.required_string("description") {
            input.description = description.value;
        }
        let format = keys.optional("format");
        let format = format.map(|entry| self.reading.choice(&entry, "format", &FORMATS).map(|format| format.value));
        let known = !matches!(format, Some(None));
        // An unknown format counts as the strictest one: that it is unknown has been said, and nothing follows from it.
        input.format = format.map_or(InputFormat::Text, |format| format.unwrap_or(InputFormat::DnsLabel));
        input.secret = keys.boolean("secret").is_some_and(|secret| secret.value);
        if input.secret {
            if let Some(example) = keys.string("example") {
                let help = "Remove it: whoever reads the example might use it.";
                let diagnostic = Diagnostic::error(Code::LW0719, example.span, "a secret has no example").help(help);
                self.reading.push(diagnostic.at(format!("{}.example", entry.path)));
            }
        } else if let Some(example) = keys.required_string("example") {
            if known && !example.value.is_empty() && !input.format.accepts(&example.value) {
                let message = format!("`{}` is not what the input accepts", example.value);
                let help = format!("Write {}.", input.format.describe());
                let diagnostic = Diagnostic::error(Code::LW0719, example.span, message).help(help);
                self.reading.push(diagnostic.at(format!("{}.example", entry.path)));
            }
            input.example = example.value;
        }
        keys.finish();
        input
    }

    /// Scheme and host. Every input in it is one that cannot lead to another host.
    fn base_url(&self, entry: &Entry<'_>, scope: Scope<'_>) -> Option<Template> {
        let placed = self.template(entry, scope)?;
        let mut pieces = placed.template.0.iter();
        let host = match pieces.next() {
            Some(Piece::Text(text)) => text.strip_prefix("https://"),
            _ => None,
        };
        let host_text =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        let named = |name: &str| scope.inputs.iter().find(|input| input.name == name);
        let host_input = |name: &str| {
            named(name).is_some_and(|input| matches!(input.format, InputFormat::DnsLabel | InputFormat::Hostname))
        };
        let good = host.is_some_and(|host| host_text(host) && !(host.is_empty() && placed.template.0.len() == 1));
        if !good || !pieces.clone().all(|piece| !matches!(piece, Piece::Text(text) if !host_text(text))) {
            let message = format!("`{}` is not `https://` and a host", placed.text.value);
            let help = "Write `https://` and the host alone, without port, path or `/` at the end.";
            self.reading.push(Diagnostic::error(Code::LW0708, placed.text.span, message).at(&entry.path).help(help));
            return None;
        }
        for piece in pieces {
            if let Piece::Input(name) = piece
                && !host_input(name)
            {
                let place = self.within(placed.text.span, &format!("{{{name}}}"));
                let message = format!("`{name}` accepts texts that could lead to another host");
                let help = "Give the input `format: dns_label` or `format: hostname`.";
                self.reading.push(Diagnostic::error(Code::LW0708, place, message).at(&entry.path).help(help));
            }
        }
        Some(placed.template)
    }

    fn limits(&self, mut keys: MappingReader<'_, '_>) -> Option<Limits> {
        let requests = keys.required("requests_per_minute").and_then(|entry| leaf::count(self.reading, &entry));
        let mut headers = [Vec::new(), Vec::new(), Vec::new()];
        if let Some(mut named) = keys.mapping("headers") {
            for (key, headers) in ["remaining", "limit", "reset"].into_iter().zip(&mut headers) {
                let list = named.list(key).unwrap_or_default();
                headers.extend(list.iter().filter_map(|entry| leaf::header(self.reading, entry)));
            }
            named.finish();
        }
        keys.finish();
        let [remaining_headers, limit_headers, reset_headers] = headers;
        Some(Limits { requests_per_minute: requests?, remaining_headers, limit_headers, reset_headers })
    }

    fn refusals(&self, list: &[Entry<'_>], methods: &[SignIn]) -> Vec<Refusal> {
        let mut refusals: Vec<Refusal> = Vec::new();
        for entry in list {
            let Some((head, read)) = self.refusal(entry, methods) else { continue };
            let covered = |new: &Refusal| refusals.iter().any(|earlier| covers(earlier, new));
            if !read.is_empty() && read.iter().all(covered) {
                let message = "this refusal can never apply: one before it fits everything that it fits";
                let help = "Put the more special one first.";
                self.reading.push(Diagnostic::error(Code::LW0721, head, message).at(&entry.path).help(help));
            }
            refusals.extend(read);
        }
        refusals
    }

    /// The refusals of one entry, which may name several statuses.
    fn refusal(&self, entry: &Entry<'_>, methods: &[SignIn]) -> Option<(Span, Vec<Refusal>)> {
        let mut keys = self.reading.mapping(entry)?;
        let head = keys.head();
        let statuses = keys.required("status").map(|entry| self.statuses(&entry));
        let contains = keys.string("contains").map(|text| text.value).unwrap_or_default();
        let choices: Vec<_> = methods.iter().map(|way| (way.method.as_str(), way.method.as_str())).collect();
        let method = keys.optional("method");
        let method = method.and_then(|entry| self.reading.choice(&entry, "way to sign in", &choices));
        let method = method.map(|method| method.value.to_owned()).unwrap_or_default();
        let means = keys.required_string("means");
        let remedy = keys.required_string("remedy");
        keys.finish();
        let (means, remedy) = (means?.value, remedy?.value);
        let refusal = |status| Refusal {
            status,
            contains: contains.clone(),
            method: method.clone(),
            means: means.clone(),
            remedy: remedy.clone(),
        };
        Some((head, statuses?.into_iter().map(refusal).collect()))
    }

    /// One HTTP status of a refusal, or a list of them.
    fn statuses(&self, entry: &Entry<'_>) -> Vec<u16> {
        let one = |entry: &Entry<'_>| {
            let number = self.reading.integer(entry)?;
            let status = u16::try_from(number.value).ok().filter(|status| (400..600).contains(status));
            if status.is_none() {
                let message = format!("{} is not the status of a refusal", number.value);
                let help = "Write a number from 400 to 599.";
                self.reading.push(Diagnostic::error(Code::LW0704, number.span, message).at(&entry.path).help(help));
            }
            status
        };
        match &entry.node.kind {
            crate::yaml::Kind::Sequence(_) => {
                self.reading.filled_list(entry).unwrap_or_default().iter().filter_map(one).collect()
            }
            _ => one(entry).into_iter().collect(),
        }
    }

    /// Warns of inputs that no template names: a user would be asked for nothing. After a mistake, the templates that are
    /// known may not be all that there are, so nothing is said.
    pub(super) fn report_unused(&self, inputs: &[Placed], templates: &[&Template], path: &str) {
        if self.reading.has_errors() {
            return;
        }
        let used: BTreeSet<&str> = templates
            .iter()
            .flat_map(|template| &template.0)
            .filter_map(|piece| if let Piece::Input(name) = piece { Some(name.as_str()) } else { None })
            .collect();
        for (place, input) in inputs.iter().filter(|(_, input)| !used.contains(input.name.as_str())) {
            let message = format!("nothing uses the input `{}`", input.name);
            let help = format!("Remove it, or write `{{{}}}` where it belongs.", input.name);
            let path = format!("{path}.{}", input.name);
            self.reading.push(Diagnostic::warning(Code::LW0720, *place, message).at(path).help(help));
        }
    }
}

/// Whether every answer that `new` fits is one that `earlier` fits.
fn covers(earlier: &Refusal, new: &Refusal) -> bool {
    earlier.status == new.status
        && new.contains.contains(&earlier.contains)
        && (earlier.method.is_empty() || earlier.method == new.method)
}

fn templates<'m>(base_url: &'m Template, sign_in: &'m [SignIn], logs: &'m [Log]) -> Vec<&'m Template> {
    let schemes = sign_in.iter().flat_map(|way| way.scheme.templates());
    let requests = logs.iter().flat_map(|log| log.request.templates());
    std::iter::once(base_url).chain(schemes).chain(requests).collect()
}
