//! How a log type that is read from lines of text is parsed: the line into named values, by calls that follow the pattern
//! piece by piece, and the values into the record.

mod csv;
mod patterns;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::members::is_wide;
use super::record::{complete, innermost};
use super::{discovery, ident, transforms, types};
use crate::lower::names::Scope;
use crate::model::{Field, Form, Object, Path, Schema, Source, TemplatePart, TextParser, Type};

/// The members of the record by which it is parsed: the methods `parse` and `read`. `formats` is the path of a field's
/// formats.
pub(super) fn members(
    schema: &Schema,
    parser: &TextParser,
    formats: &dyn Fn(&Object, &Field) -> TokenStream,
) -> TokenStream {
    let event = &schema.objects[0];
    let skip_prefix = &parser.skip_prefix;
    let values = Values::new(parser, event, schema.field_discovery);
    let text = if event.borrows { quote!(&'a str) } else { quote!(&str) };
    let header = has_header(parser).then(|| quote!(header,));
    let header_type = names_from_header(parser).then(|| quote!(header: &text::Header,));
    let first_line = first_line(parser);
    let line = if header.is_some() {
        quote!(header.line(line, #skip_prefix)?)
    } else {
        quote!(text::line(line, #skip_prefix)?)
    };
    let header_argument = header_type.as_ref().and(header.as_ref());
    let signature = signature(parser, event);
    let expansions = expansions(parser, &values);
    let is_expanded = parser.expand_fields.iter().any(|(name, _)| values.of(name).is_some());
    let mutable = is_expanded.then(|| quote!(mut));
    let member = discovery::member(schema, event);
    let gathered = member.as_ref().map(|member| undeclared(parser, event, &values, member));
    let is_wide = is_wide(event) && values.takes_something(parser);
    let made_of: BTreeSet<_> = event.fields.iter().flat_map(|field| field.source.paths()).map(Path::as_str).collect();
    let value = |field: &Field| {
        let value = match field.key() {
            // Functions share the values of a line, and so do fields that are made of others.
            Some(key) if is_wide || made_of.contains(key) => values.of(key).map(|value| quote!(pairs.#value.clone())),
            Some(key) => values.of(key).map(|value| quote!(pairs.#value)),
            None => values.made(field),
        };
        let slot = match value {
            None => quote!(Slot::Empty),
            Some(value) => types::decode(schema, &value, &field.value, &formats(event, field)),
        };
        complete(field, &slot)
    };
    // A line of which no field takes anything must have its form all the same.
    let pairs = values.takes_something(parser).then(|| quote!(let #mutable pairs =));
    let (steps, record) = if is_wide {
        // A line may have nothing for all of a piece.
        let takes_none = |piece: &[Field]| !piece.iter().any(|field| values.has(field));
        let (names, methods) = in_pieces("take", &event.fields, |name, piece| {
            let steps = piece.iter().map(|field| {
                let (name, value) = (ident(&field.rust_name), value(field));
                quote!(self.#name = #value;)
            });
            let pairs = if event.borrows { quote!(PairsOfLine<'a>) } else { quote!(PairsOfLine<'_>) };
            let pairs = if takes_none(piece) { quote!() } else { quote!(pairs: &#pairs) };
            quote!(fn #name(&mut self, #pairs) -> Result<(), Error> { #(#steps)* Ok(()) })
        });
        let calls = names.iter().zip(event.fields.chunks(PIECE)).map(|(name, piece)| {
            let pairs = if takes_none(piece) { quote!() } else { quote!(&pairs) };
            quote!(record.#name(#pairs)?;)
        });
        // What is gathered is taken out of the values, and so comes after those who share them.
        let settled = member.map(|member| quote!(record.#member = #member.settled();));
        let steps = quote! {
            let mut record = Self::default();
            #(#calls)*
            #gathered
            #settled
            Ok(record)
        };
        (steps, Some(methods))
    } else {
        let fields = event.fields.iter().map(|field| {
            let (name, value) = (ident(&field.rust_name), value(field));
            quote!(#name: #value)
        });
        let settled = member.map(|member| quote!(#member: #member.settled()));
        (quote!(#gathered Ok(Self { #(#fields,)* #settled })), None)
    };
    quote! {
        #signature {
            let Some(line) = #line else { return Ok(None) };
            #first_line
            Self::read(#header_argument line).map(Some)
        }
        fn read(#header_type line: #text) -> Result<Self, Error> {
            #pairs PairsOfLine::read(#header_argument line)?;
            #expansions
            #steps
        }
        #record
    }
}

/// How many steps of a list that is too long for one method each of several takes: one takes five lines at most.
const PIECE: usize = 18;

/// Methods for pieces of a list that is too long for one, and their names.
fn in_pieces<T>(name: &str, list: &[T], method: impl Fn(&Ident, &[T]) -> TokenStream) -> (Vec<Ident>, TokenStream) {
    let pieces = list.chunks(PIECE).enumerate();
    pieces
        .map(|(index, piece)| {
            let name = format_ident!("{name}_{}", index + 1);
            let method = method(&name, piece);
            (name, method)
        })
        .unzip()
}

/// The items beside the record: the options, and the values of a line.
pub(super) fn items(schema: &Schema, parser: &TextParser) -> TokenStream {
    let event = &schema.objects[0];
    let values = Values::new(parser, event, schema.field_discovery);
    let (trim_space, empty_values) = (parser.trim_space, &parser.empty_values);
    let names = values.list.iter().map(|(name, value)| {
        // Where the two differ a reader wants to know what the value is called outside.
        let doc = (value.to_string().trim_start_matches("r#") != *name).then(|| {
            let doc = format!(" `{}`", name.replace('`', "'"));
            quote!(#[doc = #doc])
        });
        quote!(#doc #value: text::Value<'a>)
    });
    let undeclared = values.undeclared.as_ref().filter(|_| names_from_header(parser));
    let undeclared = undeclared.map(|member| quote!(#member: Undeclared<'a>,));
    let filler = values.filler(parser).map(|name| quote!(#name: std::marker::PhantomData<&'a str>,));
    let reading = match &parser.form {
        Form::Csv { delimiter, columns, .. } => csv::read(*delimiter, columns.as_deref(), &values, filler.is_some()),
        Form::Fastmatch(patterns) => patterns::fastmatch(patterns, &values),
        Form::Regex { written, expression, groups } => {
            patterns::regex(written, expression, groups, &values, filler.is_some())
        }
    };
    let columns = names_from_header(parser).then(|| {
        let names = values.list.iter().map(|(name, _)| name);
        quote! {
            /// The columns that have a field; others are passed over.
            const COLUMNS: &[&str] = &[#(#names),*];
        }
    });
    quote! {
        /// How values are taken from a line.
        const OPTIONS: &text::Options<'static> = &text::Options { trim_space: #trim_space, empty_values: &[#(#empty_values),*] };
        #columns
        /// What a line has for each field.
        #[derive(Default)]
        struct PairsOfLine<'a> { #(#names,)* #undeclared #filler }
        impl<'a> PairsOfLine<'a> { #reading }
    }
}

/// Whether there is a field that no value of a line goes to.
pub(super) fn leaves_empty(schema: &Schema, parser: &TextParser) -> bool {
    filled(schema, parser).count() < schema.objects[0].fields.len()
}

/// The fields of the event for which a line may have a value.
pub(super) fn filled<'s>(schema: &'s Schema, parser: &'s TextParser) -> impl Iterator<Item = &'s Field> {
    let event = &schema.objects[0];
    let values = Values::new(parser, event, schema.field_discovery);
    event.fields.iter().filter(move |field| values.has(field))
}

/// Whether the code that reads lines checks texts for addresses. The table of the event's own fields says nothing of that.
pub(super) fn checks_addresses(schema: &Schema, parser: &TextParser) -> bool {
    let checks = |field: &Field| match &field.value {
        Type::Embedded(inner) => types::checks_address(innermost(inner).1),
        value => types::checks_address(value),
    };
    let inside = transforms::embedded(schema);
    let mut inside = inside.iter().flat_map(|index| &schema.objects[*index].fields);
    filled(schema, parser).any(checks) || inside.any(|field| types::checks_address(innermost(&field.value).1))
}

/// Whether streams of the log type start with a header.
pub(super) fn has_header(parser: &TextParser) -> bool {
    matches!(parser.form, Form::Csv { has_header: true, .. })
}

/// Whether the header has the names of the columns.
fn names_from_header(parser: &TextParser) -> bool {
    matches!(parser.form, Form::Csv { columns: None, .. })
}

/// The values that a parser needs: those of fields, in schema order, then those that only templates take.
struct Values<'m> {
    list: Vec<(&'m str, Ident)>,
    /// The member that values without a field go to, where they are kept.
    undeclared: Option<Ident>,
    /// The names of fields that take their values from elsewhere: a value of such a name is not kept.
    hidden: Vec<&'m str>,
}

impl<'m> Values<'m> {
    fn new(parser: &'m TextParser, event: &'m Object, all: bool) -> Self {
        let mut scope = Scope::default();
        let names: Vec<_> = event.fields.iter().map(|field| scope.field_name(&field.name)).collect();
        let undeclared = all.then(|| ident(&scope.field_name("undeclared")));
        let mut fields: Vec<(&str, String)> = Vec::new();
        for (field, name) in event.fields.iter().zip(names) {
            if field.source == Source::Own {
                fields.push((&field.name, name));
            }
        }
        // The values of other fields are not named for them.
        let others = event.fields.iter().filter(|field| field.source != Source::Own);
        for other in
            others.flat_map(|field| field.key().into_iter().chain(field.source.paths().iter().map(Path::as_str)))
        {
            if fields.iter().all(|(known, _)| *known != other) {
                fields.push((other, scope.field_name(other)));
            }
        }
        let found = found(parser);
        let is_found = |name: &str| found.as_ref().is_none_or(|found| found.contains(name));
        let is_expanded = |name: &str| parser.expand_fields.iter().any(|(expanded, _)| expanded == name);
        let mut list: Vec<_> = fields
            .iter()
            .filter(|(name, _)| is_found(name) || is_expanded(name))
            .map(|(name, rust_name)| (*name, ident(rust_name)))
            .collect();
        if all {
            let expanded = parser.expand_fields.iter().map(|(name, _)| &**name);
            for name in found.iter().flatten().copied().chain(expanded) {
                let is_field = event.fields.iter().any(|field| field.name == name);
                if !is_field && list.iter().all(|(known, _)| *known != name) {
                    list.push((name, ident(&scope.field_name(name))));
                }
            }
        }
        // A template that nobody takes is not filled in.
        let is_taken = |(name, _): &&(String, Vec<TemplatePart>)| list.iter().any(|(known, _)| known == name);
        let templates: Vec<_> = parser.expand_fields.iter().filter(is_taken).collect();
        for part in templates.into_iter().flat_map(|(_, parts)| parts) {
            let TemplatePart::Value(name) = part else { continue };
            if is_found(name) && list.iter().all(|(known, _)| known != name) {
                list.push((name, ident(&scope.field_name(name))));
            }
        }
        let is_hidden = |name: &&str| all && list.iter().all(|(known, _)| known != name);
        let hidden = event.fields.iter().map(|field| &*field.name).filter(is_hidden).collect();
        Self { list, undeclared, hidden }
    }

    /// Whether anything of a line is kept.
    fn takes_something(&self, parser: &TextParser) -> bool {
        !self.list.is_empty() || (self.undeclared.is_some() && names_from_header(parser))
    }

    /// Whether there is something that a field may get its value from.
    fn has(&self, field: &Field) -> bool {
        match field.key() {
            Some(key) => self.of(key).is_some(),
            None => self.made(field).is_some(),
        }
    }

    /// A member that holds nothing: one that borrows from the line where no other does, or that is called otherwise than the
    /// others where a word at the start or at the end of their names is the same for all, which Clippy would have shortened.
    fn filler(&self, parser: &TextParser) -> Option<Ident> {
        let undeclared = self.undeclared.iter().filter(|_| names_from_header(parser));
        let names: Vec<String> =
            self.list.iter().map(|(_, name)| name).chain(undeclared).map(Ident::to_string).collect();
        let starts: BTreeSet<_> = names.iter().map(|name| name.split('_').next()).collect();
        let ends: BTreeSet<_> = names.iter().map(|name| name.rsplit('_').next()).collect();
        let is_alike = names.len() > 1 && (starts.len() == 1 || ends.len() == 1);
        let is_other = |name: &&str| !starts.contains(&Some(name)) && !ends.contains(&Some(name));
        let mut others = ["line", "whole", "text"].into_iter().filter(is_other);
        (is_alike || !self.takes_something(parser)).then(|| others.next()).flatten().map(ident)
    }

    /// The value of a field that is made of others; `None` where there is nothing to make it of, or it is found as it is.
    fn made(&self, field: &Field) -> Option<TokenStream> {
        let of = |path: &Path| self.of(path.as_str()).map(|value| quote!(pairs.#value));
        match &field.source {
            Source::Own | Source::Rename(_) => None,
            Source::Copy(path) => of(path).map(|value| quote!(#value.clone())),
            Source::Concat { paths, separator } => {
                let parts: Vec<_> = paths.iter().filter_map(of).collect();
                (!parts.is_empty()).then(|| quote!(text::Value::concat(&[#(&#parts),*], #separator)))
            }
            Source::Split { from, separator, index } => {
                let index = Literal::i64_unsuffixed(*index);
                of(from).map(|value| quote!(#value.split(#separator, #index)))
            }
        }
    }

    fn of(&self, name: &str) -> Option<&Ident> {
        self.list.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// The names of the values in a line; `None` where only its header knows them.
fn found(parser: &TextParser) -> Option<BTreeSet<&str>> {
    Some(match &parser.form {
        Form::Csv { columns, .. } => columns.as_ref()?.iter().filter_map(Option::as_deref).collect(),
        Form::Fastmatch(patterns) => {
            let placeholders = patterns.iter().flat_map(|pattern| &pattern.placeholders);
            placeholders.filter_map(|placeholder| placeholder.name.as_deref()).collect()
        }
        Form::Regex { groups, .. } => groups.iter().map(String::as_str).collect(),
    })
}

/// How the values that no field takes are gathered, under the name of the member that they go to.
fn undeclared(parser: &TextParser, event: &Object, values: &Values<'_>, member: &Ident) -> TokenStream {
    let names = |name: &str| event.fields.iter().any(|field| field.key() == Some(name) || field.name == name);
    // In the order of their names, as nothing else orders the patterns of a log type.
    let others: BTreeMap<_, _> =
        values.list.iter().filter(|(name, _)| !names(name)).map(|(name, value)| (name, value)).collect();
    let others = others.into_iter().map(|(name, value)| quote!(#member.text(#name, pairs.#value.as_str());));
    let start = if names_from_header(parser) { quote!(pairs.#member) } else { quote!(Undeclared::default()) };
    let others: Vec<TokenStream> = others.collect();
    let mutable = (!others.is_empty()).then(|| quote!(mut));
    quote!(let #mutable #member = #start; #(#others)*)
}

/// The head of the method `parse`, with its documentation.
fn signature(parser: &TextParser, event: &Object) -> TokenStream {
    let borrow = if event.borrows { " Texts borrow from `line`." } else { "" };
    let line = if event.borrows { quote!(&'a [u8]) } else { quote!(&[u8]) };
    if has_header(parser) {
        let doc = format!(" Parses the next line of a stream; `None` where it is the header or no event.{borrow}");
        return quote! {
            #[doc = #doc]
            ///
            /// `header` is empty at the start of each stream.
            ///
            /// # Errors
            /// When `line` is not of this log type; the error names the place.
            pub fn parse(header: &mut text::Header, line: #line) -> Result<Option<Self>, Error>
        };
    }
    let doc = format!(" Parses one line; `None` where it is no event.{borrow}");
    quote! {
        #[doc = #doc]
        ///
        /// # Errors
        /// When `line` is not of this log type; the error names the place.
        pub fn parse(line: #line) -> Result<Option<Self>, Error>
    }
}

/// What is done with the first line of a stream.
fn first_line(parser: &TextParser) -> Option<TokenStream> {
    let Form::Csv { delimiter, has_header: true, columns } = &parser.form else { return None };
    let is_header = if columns.is_some() {
        quote!(header.drop_first())
    } else {
        quote!(header.take_first(line, #delimiter, OPTIONS, COLUMNS)?)
    };
    Some(quote!(if #is_header { return Ok(None); }))
}

/// The values that templates make. All see what the line had, so that none is put in its place before all are made.
fn expansions(parser: &TextParser, values: &Values<'_>) -> TokenStream {
    let targets: Vec<_> = parser
        .expand_fields
        .iter()
        .filter_map(|(name, parts)| Some((values.of(name)?, parts)))
        .enumerate()
        .map(|(number, (value, parts))| (format_ident!("expanded_{}", number + 1), value, parts))
        .collect();
    let made = targets.iter().map(|(made, _, parts)| {
        let parts = parts.iter().map(|part| match part {
            TemplatePart::Literal(text) => quote!(#text),
            TemplatePart::Value(name) => {
                values.of(name).map_or_else(|| quote!(""), |value| quote!(pairs.#value.or_empty()))
            }
        });
        quote!(let #made = OPTIONS.expanded(&[#(#parts),*]);)
    });
    let put = targets.iter().map(|(made, value, _)| quote!(pairs.#value = #made.or(pairs.#value);));
    quote!(#(#made)* #(#put)*)
}

fn value_of<'v>(name: Option<&str>, values: &'v Values<'_>) -> Option<&'v Ident> {
    name.and_then(|name| values.of(name))
}
