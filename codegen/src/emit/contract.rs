//! A pull contract as constant data.
//!
//! One function for each type of [`logwright::contract`], which writes a value of it as a struct literal; the layout is
//! prettyplease's. What follows from the facts is said in the documentation at the head of the file.

use std::collections::BTreeSet;
use std::time::Duration;

use proc_macro2::{Literal, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::{Home, docs, times, variant};
use crate::contract::consequences;
use crate::contract::model::{
    BodyValue, End, Grant, Input, Log, OAuth, Order, Paging, Piece, Place, Refusal, Request, Scheme, Shape, SignIn,
    Source, Template, Window,
};
use crate::model::Format;

/// The types of the kernel's `contract` that a file of constants may name.
const TYPES: [&str; 27] = [
    "BodyEncoding",
    "BodyValue",
    "Bound",
    "ClientAuth",
    "End",
    "Ends",
    "Grant",
    "Input",
    "InputFormat",
    "Lateness",
    "Limits",
    "Log",
    "Method",
    "OAuth",
    "Order",
    "Paging",
    "Piece",
    "Place",
    "RecordTime",
    "Refusal",
    "Request",
    "Scheme",
    "Shape",
    "SignIn",
    "Source",
    "Template",
    "Window",
];

/// The file of a contract: its documentation, what it uses, and `SOURCE`.
pub fn source(contract: &Source, home: &Home) -> TokenStream {
    let Source { name, title, description, documentation, .. } = contract;
    let head = docs::inner(&format!("How the logs of {title} are pulled: the contract of the source `{name}`."));
    let origin = home.origin(&contract.file);
    let derived = contract.logs.iter().map(derived);
    let base_url = template(&contract.base_url);
    let inputs = list(&contract.inputs, input);
    let sign_in = list(&contract.sign_in, sign_in);
    let limits = limits(contract);
    let refusals = list(&contract.refusals, refusal);
    let logs = list(&contract.logs, log);
    let value = quote! {
        Source {
            name: #name,
            title: #title,
            description: #description,
            documentation: #documentation,
            inputs: #inputs,
            base_url: #base_url,
            sign_in: #sign_in,
            limits: #limits,
            refusals: #refusals,
            logs: #logs,
        }
    };
    let uses = uses(&value, contract, home.kernel());
    let doc = docs::outer(&format!("The pull contract of {title}. {description}\n\nDocumented at {documentation}."));
    quote! {
        #head
        #origin
        #(#derived)*
        #uses
        #doc
        pub const SOURCE: Source = #value;
    }
}

/// What follows for a collector, at the head of the file.
fn derived(log: &Log) -> TokenStream {
    let text = docs::inner(&format!("# `{}`\n\n{}", log.log_type, consequences(log).join("\n\n")));
    quote!(#![doc = ""] #text)
}

/// The `use` lines for exactly what `value` names.
fn uses(value: &TokenStream, contract: &Source, kernel: &TokenStream) -> TokenStream {
    let mut names = BTreeSet::new();
    collect_names(value.clone(), &mut names);
    let types = TYPES.iter().filter(|name| names.contains(**name)).map(|name| format_ident!("{name}"));
    let duration = names.contains("Duration").then(|| {
        quote!(
            use std::time::Duration;
        )
    });
    let formats = || contract.logs.iter().filter_map(|log| log.window.as_ref()).map(|window| &window.format);
    let patterns = formats().any(|format| matches!(format, Format::Strftime(_) | Format::GoLayout(_)));
    let time = match (formats().next().is_some(), patterns) {
        (false, _) => None,
        (true, false) => Some(quote!(use #kernel::time::TimeFormat;)),
        (true, true) => Some(quote!(use #kernel::time::{self, TimeFormat};)),
    };
    quote! {
        #duration
        use #kernel::contract::{#(#types),*};
        #time
    }
}

/// Every identifier that does not stand behind `::`: types, but not variants of the same name.
fn collect_names(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let (mut first_colon, mut in_path) = (false, false);
    for token in tokens {
        match &token {
            TokenTree::Ident(ident) if !in_path => {
                names.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect_names(group.stream(), names),
            _ => {}
        }
        let colon = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ':');
        in_path = colon && first_colon;
        first_colon = matches!(&token, TokenTree::Punct(mark) if colon && mark.spacing() == Spacing::Joint);
    }
}

fn list<T>(values: &[T], write: impl Fn(&T) -> TokenStream) -> TokenStream {
    let values = values.iter().map(write);
    quote!(&[#(#values),*])
}

fn optional<T>(value: Option<T>, write: impl Fn(T) -> TokenStream) -> TokenStream {
    let Some(value) = value else { return quote!(None) };
    let value = write(value);
    quote!(Some(#value))
}

fn duration(duration: Duration) -> TokenStream {
    if duration.subsec_millis() == 0 {
        let seconds = number(&duration.as_secs());
        return quote!(Duration::from_secs(#seconds));
    }
    let millis = number(&duration.as_millis());
    quote!(Duration::from_millis(#millis))
}

/// A number as people write it: from five digits on, in groups of three.
fn number(number: &impl ToString) -> Literal {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && digits.len() > 4 && (digits.len() - index).is_multiple_of(3) && !text.ends_with('-') {
            text.push('_');
        }
        text.push(digit);
    }
    text.parse().expect("digits are a literal")
}

fn template(template: &Template) -> TokenStream {
    let pieces = list(&template.0, |piece| match piece {
        Piece::Text(text) => quote!(Piece::Text(#text)),
        Piece::Input(name) => quote!(Piece::Input(#name)),
        Piece::WindowStart => quote!(Piece::WindowStart),
        Piece::WindowEnd => quote!(Piece::WindowEnd),
    });
    quote!(Template(#pieces))
}

fn input(input: &Input) -> TokenStream {
    let Input { name, description, secret, example, .. } = input;
    let format = variant(&input.format);
    quote!(Input { name: #name, description: #description, format: InputFormat::#format, secret: #secret, example: #example })
}

fn sign_in(way: &SignIn) -> TokenStream {
    let SignIn { method, description, .. } = way;
    let inputs = list(&way.inputs, input);
    let scheme = scheme(&way.scheme);
    let ends = optional(way.ends.as_ref(), |ends| {
        let (on, note) = (&ends.on, &ends.note);
        quote!(Ends { on: #on, note: #note })
    });
    quote!(SignIn { method: #method, description: #description, inputs: #inputs, scheme: #scheme, ends: #ends })
}

fn scheme(scheme: &Scheme) -> TokenStream {
    match scheme {
        Scheme::Basic { user, password } => {
            let (user, password) = (template(user), template(password));
            quote!(Scheme::Basic { user: #user, password: #password })
        }
        Scheme::Token { prefix, token } => {
            let token = template(token);
            quote!(Scheme::Token { prefix: #prefix, token: #token })
        }
        Scheme::OAuth(oauth) => oauth_server(oauth),
    }
}

fn oauth_server(oauth: &OAuth) -> TokenStream {
    let OAuth { token_path, scope, .. } = oauth;
    let grant = match &oauth.grant {
        Grant::ClientCredentials => quote!(Grant::ClientCredentials),
        Grant::AuthorizationCode { authorize_path, pkce, rotates, ask_refresh_lifetime } => {
            let life = optional(*ask_refresh_lifetime, duration);
            quote! {
                Grant::AuthorizationCode {
                    authorize_path: #authorize_path,
                    pkce: #pkce,
                    rotates: #rotates,
                    ask_refresh_lifetime: #life,
                }
            }
        }
    };
    let (body, client_auth) = (variant(&oauth.body), variant(&oauth.client_auth));
    let client_id = template(&oauth.client_id);
    let client_secret = optional(oauth.client_secret.as_ref(), template);
    let ask = optional(oauth.ask_lifetime, duration);
    let assume = duration(oauth.assume_lifetime);
    quote! {
        Scheme::OAuth(OAuth {
            grant: #grant,
            token_path: #token_path,
            body: BodyEncoding::#body,
            client_auth: ClientAuth::#client_auth,
            client_id: #client_id,
            client_secret: #client_secret,
            scope: #scope,
            ask_lifetime: #ask,
            assume_lifetime: #assume,
        })
    }
}

fn limits(contract: &Source) -> TokenStream {
    let limits = &contract.limits;
    let requests = number(&limits.requests_per_minute);
    let (remaining, limit, reset) = (&limits.remaining_headers, &limits.limit_headers, &limits.reset_headers);
    quote! {
        Limits {
            requests_per_minute: #requests,
            remaining_headers: &[#(#remaining),*],
            limit_headers: &[#(#limit),*],
            reset_headers: &[#(#reset),*],
        }
    }
}

fn refusal(refusal: &Refusal) -> TokenStream {
    let Refusal { contains, method, means, remedy, .. } = refusal;
    let status = number(&refusal.status);
    quote!(Refusal { status: #status, contains: #contains, method: #method, means: #means, remedy: #remedy })
}

fn log(log: &Log) -> TokenStream {
    let Log { log_type, records, key, .. } = log;
    let request = request(&log.request);
    let response = shape(&log.response);
    let paging = paging(&log.paging);
    let order = optional(
        log.order.as_ref(),
        |Order { by, ascending }| quote!(Order { by: &[#(#by),*], ascending: #ascending }),
    );
    let field = &log.time.field;
    let granularity = duration(log.time.granularity);
    let window = optional(log.window.as_ref(), window);
    let (usual, rare) = (duration(log.lateness.usual), duration(log.lateness.rare));
    let retention = optional(log.retention, duration);
    let examples = list(&log.examples, |(field, values)| quote!((#field, &[#(#values),*])));
    quote! {
        Log {
            log_type: #log_type,
            request: #request,
            response: #response,
            records: #records,
            paging: #paging,
            order: #order,
            time: RecordTime { field: #field, granularity: #granularity },
            window: #window,
            lateness: Lateness { usual: #usual, rare: #rare },
            retention: #retention,
            key: &[#(#key),*],
            examples: #examples,
        }
    }
}

fn request(request: &Request) -> TokenStream {
    let method = variant(&request.method);
    let path = template(&request.path);
    let query = list(&request.query, |(name, value)| {
        let value = template(value);
        quote!((#name, #value))
    });
    let body = list(&request.body, |(name, value)| {
        let value = match value {
            BodyValue::Text(text) => {
                let text = template(text);
                quote!(BodyValue::Text(#text))
            }
            BodyValue::Integer(value) => {
                let value = number(value);
                quote!(BodyValue::Integer(#value))
            }
            BodyValue::Boolean(flag) => quote!(BodyValue::Boolean(#flag)),
        };
        quote!((#name, #value))
    });
    quote!(Request { method: Method::#method, path: #path, query: #query, body: #body })
}

fn shape(value: &Shape) -> TokenStream {
    match value {
        Shape::Records => quote!(Shape::Records),
        Shape::Text => quote!(Shape::Text),
        Shape::Integer => quote!(Shape::Integer),
        Shape::Boolean => quote!(Shape::Boolean),
        Shape::Object(members) => {
            let members = list(members, |(name, member)| {
                let member = shape(member);
                quote!((#name, #member))
            });
            quote!(Shape::Object(#members))
        }
    }
}

fn paging(paging: &Paging) -> TokenStream {
    match paging {
        Paging::None => quote!(Paging::None),
        Paging::Cursor { at, send, alone, lasting, end } => {
            let (send, end) = (place(send), last_page(end));
            quote!(Paging::Cursor { at: #at, send: #send, alone: #alone, lasting: #lasting, end: #end })
        }
        Paging::Link { relation, lasting, end } => {
            let end = last_page(end);
            quote!(Paging::Link { relation: #relation, lasting: #lasting, end: #end })
        }
        Paging::NextUrl { at, end } => {
            let end = last_page(end);
            quote!(Paging::NextUrl { at: #at, end: #end })
        }
        Paging::Offset { send, page_size, most } => {
            let send = place(send);
            let page_size = number(page_size);
            let most = optional(*most, |most| {
                let most = number(&most);
                quote!(#most)
            });
            quote!(Paging::Offset { send: #send, page_size: #page_size, most: #most })
        }
    }
}

fn place(place: &Place) -> TokenStream {
    match place {
        Place::Query(name) => quote!(Place::Query(#name)),
        Place::Body(name) => quote!(Place::Body(#name)),
    }
}

fn last_page(end: &End) -> TokenStream {
    match end {
        End::FlagFalse(pointer) => quote!(End::FlagFalse(#pointer)),
        End::NoNext => quote!(End::NoNext),
        End::EmptyPage => quote!(End::EmptyPage),
    }
}

fn window(window: &Window) -> TokenStream {
    let format = times::format(&window.format);
    let start = variant(&window.start);
    let end = optional(window.end, |end| {
        let end = variant(&end);
        quote!(Bound::#end)
    });
    let longest = optional(window.longest, duration);
    quote!(Window { format: #format, start: Bound::#start, end: #end, longest: #longest })
}
