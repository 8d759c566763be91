//! The ways to sign in: what each needs, and how that becomes an `Authorization` header.

use std::collections::BTreeMap;

use logwright::contract::{BodyEncoding, ClientAuth};

use super::document::Placed;
use super::model::{Ends, Grant, Input, OAuth, Scheme, SignIn, Template};
use super::template::Scope;
use super::{Reader, leaf};
use crate::diagnostic::{Code, Diagnostic};
use crate::raw::read::{Entry, MappingReader, Spanned};
use crate::source::Span;

const BODIES: [(&str, BodyEncoding); 2] = [("json", BodyEncoding::Json), ("form", BodyEncoding::Form)];
const CLIENT_AUTHS: [(&str, ClientAuth); 2] = [("body", ClientAuth::Body), ("basic", ClientAuth::Basic)];
const GRANTS: [(&str, bool); 2] = [("client_credentials", false), ("authorization_code", true)];

/// The keys of `oauth` that belong to the grant `authorization_code` alone.
const OF_AUTHORIZATION_CODE: [&str; 4] = ["authorize_path", "pkce", "rotates", "ask_refresh_lifetime"];

impl Reader<'_> {
    /// The ways to sign in, in order: the first is the recommended one.
    pub(super) fn sign_in(&self, mut ways: MappingReader<'_, '_>, shared: &[Placed]) -> Vec<SignIn> {
        let all = ways.all();
        if all.is_empty() {
            let message = "`sign_in` must not be an empty mapping";
            let help = "Name at least one way to sign in.";
            self.reading.push(Diagnostic::error(Code::LW0205, ways.head(), message).at("sign_in").help(help));
        }
        all.into_iter().filter_map(|(method, entry)| self.way(method, &entry, shared)).collect()
    }

    fn way(&self, method: Spanned<String>, entry: &Entry<'_>, shared: &[Placed]) -> Option<SignIn> {
        leaf::check_name(self.reading, &method, &entry.path, "a way to sign in");
        let mut keys = self.reading.mapping(entry)?;
        let description = keys.required_string("description");
        let inputs = keys.required_mapping("inputs").map(|inputs| self.inputs(inputs)).unwrap_or_default();
        self.check_collisions(&inputs, shared, &entry.path);
        let plain: Vec<Input> = inputs.iter().map(|(_, input)| input.clone()).collect();
        let shared: Vec<Input> = shared.iter().map(|(_, input)| input.clone()).collect();
        let scope = Scope { inputs: &shared, sign_in: &plain, out_of_reach: &[], window: false };
        let scheme = self.scheme(&mut keys, scope);
        let ends = keys.mapping("ends").and_then(|mut ends| {
            let on = ends.required("on").and_then(|entry| leaf::day(self.reading, &entry));
            let note = ends.required_string("note");
            ends.finish();
            Some(Ends { on: on?, note: note?.value })
        });
        keys.finish();
        if let Some(scheme) = &scheme {
            self.report_unused(&inputs, &scheme.templates(), &format!("{}.inputs", entry.path));
        }
        Some(SignIn {
            description: description.map(|text| text.value).unwrap_or_default(),
            inputs: plain,
            // Without its scheme a way is still known by name and inputs, so that what names them is not reported too.
            scheme: scheme.unwrap_or(Scheme::Token { prefix: String::new(), token: Template(Vec::new()) }),
            method: method.value,
            ends,
        })
    }

    /// In the configuration, the inputs of a way stand beside `method`; placeholders are looked up in both lists.
    fn check_collisions(&self, inputs: &[Placed], shared: &[Placed], path: &str) {
        let shared: BTreeMap<&str, Span> = shared.iter().map(|(place, input)| (input.name.as_str(), *place)).collect();
        for (place, input) in inputs {
            let path = format!("{path}.inputs.{}", input.name);
            if let Some(first) = shared.get(input.name.as_str()) {
                let message = format!("the source has an input `{}` already", input.name);
                let diagnostic = Diagnostic::error(Code::LW0710, *place, message).also(*first, "declared here");
                self.reading.push(
                    diagnostic.at(path).help("Remove this one: every way to sign in can use the source's inputs."),
                );
            } else if input.name == "method" {
                let message = "`method` is what the configuration calls the way to sign in";
                let diagnostic = Diagnostic::error(Code::LW0710, *place, message);
                self.reading.push(diagnostic.at(path).help("Give the input another name."));
            }
        }
    }

    fn scheme(&self, keys: &mut MappingReader<'_, '_>, scope: Scope<'_>) -> Option<Scheme> {
        let given = ["basic", "token", "oauth"].map(|key| keys.optional(key).map(|entry| (key, entry)));
        let given: Vec<_> = given.into_iter().flatten().collect();
        let place = |key: &str| keys.key_span(key).unwrap_or(keys.head());
        match given.as_slice() {
            [("basic", entry)] => self.basic(entry, scope),
            [("token", entry)] => self.token(entry, scope),
            [(_, entry)] => self.oauth(entry, scope).map(Scheme::OAuth),
            [] => {
                let message = "one of the keys `basic`, `token` and `oauth` is missing";
                let help = "Add the one by which the API lets people in.";
                self.reading.push(Diagnostic::error(Code::LW0202, keys.head(), message).at(keys.path()).help(help));
                None
            }
            [(first, _), (second, _), ..] => {
                let message = format!("a way to sign in has one scheme, and this is a second one: `{second}`");
                let diagnostic =
                    Diagnostic::error(Code::LW0207, place(second), message).also(place(first), "the first one");
                self.reading.push(diagnostic.at(keys.path()).help("Make it a way of its own, with its own name."));
                None
            }
        }
    }

    fn basic(&self, entry: &Entry<'_>, scope: Scope<'_>) -> Option<Scheme> {
        let mut keys = self.reading.mapping(entry)?;
        let user = keys.required("user").and_then(|entry| self.template(&entry, scope));
        let password = keys.required("password").and_then(|entry| self.template(&entry, scope));
        keys.finish();
        Some(Scheme::Basic { user: user?.template, password: password?.template })
    }

    fn token(&self, entry: &Entry<'_>, scope: Scope<'_>) -> Option<Scheme> {
        let mut keys = self.reading.mapping(entry)?;
        let prefix = keys.required_string("prefix");
        if let Some(prefix) = &prefix
            && !prefix.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            let message = format!("`{}` is not the name of an authorization scheme", prefix.value);
            let help = "Write the one word before the token, such as `Bearer`; the space after it is added.";
            let path = format!("{}.prefix", entry.path);
            self.reading.push(Diagnostic::error(Code::LW0703, prefix.span, message).at(path).help(help));
        }
        let token = keys.required("token").and_then(|entry| self.template(&entry, scope));
        keys.finish();
        Some(Scheme::Token { prefix: prefix?.value, token: token?.template })
    }

    fn oauth(&self, entry: &Entry<'_>, scope: Scope<'_>) -> Option<OAuth> {
        let mut keys = self.reading.mapping(entry)?;
        let by_code = keys.required("grant").and_then(|entry| self.reading.choice(&entry, "grant", &GRANTS));
        let by_code = by_code.map(|grant| grant.value);
        let grant = match by_code {
            Some(true) => self.authorization_code(&mut keys),
            _ => self.client_credentials(&mut keys, by_code.is_some()),
        };
        let duration = |entry| leaf::duration(self.reading, &entry);
        let token_path = keys.required("token_path").and_then(|entry| leaf::path(self.reading, &entry));
        let body = keys.required("body").and_then(|entry| self.reading.choice(&entry, "encoding", &BODIES));
        let client_id = keys.required("client_id").and_then(|entry| self.template(&entry, scope));
        let client_auth = match keys.optional("client_auth") {
            Some(entry) => self.reading.choice(&entry, "place of credentials", &CLIENT_AUTHS).map(|auth| auth.value),
            None => Some(ClientAuth::Body),
        };
        // A server that signs in as itself has nothing but its secret to show, and HTTP Basic is an id and a secret.
        let needs_secret = by_code == Some(false) || client_auth == Some(ClientAuth::Basic);
        let client_secret = if needs_secret { keys.required("client_secret") } else { keys.optional("client_secret") };
        let secret_given = client_secret.is_some();
        let client_secret = client_secret.and_then(|entry| self.template(&entry, scope));
        let scopes = keys.string("scope");
        let ask_lifetime = keys.optional("ask_lifetime").and_then(duration);
        let assume_lifetime = keys.required("assume_lifetime").and_then(duration);
        keys.finish();
        if secret_given && client_secret.is_none() {
            return None;
        }
        Some(OAuth {
            grant: grant?,
            token_path: token_path?,
            body: body?.value,
            client_auth: client_auth?,
            client_id: client_id?.template,
            client_secret: client_secret.map(|placed| placed.template),
            scope: scopes.map(|text| text.value).unwrap_or_default(),
            ask_lifetime,
            assume_lifetime: assume_lifetime?,
        })
    }

    fn authorization_code(&self, keys: &mut MappingReader<'_, '_>) -> Option<Grant> {
        let authorize_path = keys.required("authorize_path").and_then(|entry| leaf::path(self.reading, &entry));
        let pkce = keys.required("pkce").and_then(|entry| self.reading.boolean(&entry));
        let rotates = keys.required("rotates").and_then(|entry| self.reading.boolean(&entry));
        let life = keys.optional("ask_refresh_lifetime").and_then(|entry| leaf::duration(self.reading, &entry));
        Some(Grant::AuthorizationCode {
            authorize_path: authorize_path?,
            pkce: pkce?.value,
            rotates: rotates?.value,
            ask_refresh_lifetime: life,
        })
    }

    /// `known` is false where the grant itself could not be read; then its keys cannot be judged.
    fn client_credentials(&self, keys: &mut MappingReader<'_, '_>, known: bool) -> Option<Grant> {
        for key in OF_AUTHORIZATION_CODE {
            if keys.optional(key).is_some() && known {
                let place = keys.key_span(key).unwrap_or(keys.head());
                let message = format!("`{key}` belongs to the grant `authorization_code`");
                let diagnostic = Diagnostic::error(Code::LW0718, place, message).at(format!("{}.{key}", keys.path()));
                self.reading
                    .push(diagnostic.help("Remove it: this grant has neither a page to agree on nor a refresh token."));
            }
        }
        known.then_some(Grant::ClientCredentials)
    }
}

impl Scheme {
    /// Every template of it.
    pub(super) fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Basic { user, password } => vec![user, password],
            Self::Token { token, .. } => vec![token],
            Self::OAuth(oauth) => std::iter::once(&oauth.client_id).chain(&oauth.client_secret).collect(),
        }
    }
}
