//! How a line is taken apart by a pattern, or by an expression.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::members::MOST;
use super::{PIECE, Values, in_pieces, value_of};
use crate::model::{FastmatchPattern, Placeholder};

pub(super) fn fastmatch(patterns: &[FastmatchPattern], values: &Values<'_>) -> TokenStream {
    let written: Vec<_> = patterns.iter().map(|pattern| &pattern.written).collect();
    let names: Vec<_> = (1..=patterns.len()).map(|number| format_ident!("pattern_{number}")).collect();
    let (first, others) = names.split_first().expect("a parser has at least one pattern");
    let functions = patterns.iter().zip(&names).map(|(pattern, name)| {
        let (prefix, marks) = (&pattern.prefix, Literal::u8_unsuffixed(marks(pattern)));
        let doc = format!(" `{}`", pattern.written.replace('`', "'"));
        let is_taken = |placeholder: &Placeholder| value_of(placeholder.name.as_deref(), values).is_some();
        // The last takes the rest of the line, and the line itself.
        let (before, last) = pattern.placeholders.split_at(pattern.placeholders.len().saturating_sub(1));
        let (steps, methods) = if before.len() > MOST {
            // A piece may pass over all that it finds.
            let takes_none = |piece: &[Placeholder]| !piece.iter().any(is_taken);
            let (names, methods) = in_pieces(&format!("{name}_step"), before, |name, piece| {
                let steps = piece.iter().map(|placeholder| step(placeholder, values, &quote!(self)));
                let pairs = if takes_none(piece) { quote!() } else { quote!(&mut self,) };
                quote!(fn #name(#pairs line: &mut text::Rest<'a, '_>) -> Option<()> { #(#steps)* Some(()) })
            });
            let calls = names.iter().zip(before.chunks(PIECE)).map(|(name, piece)| {
                let called = if takes_none(piece) { quote!(Self::#name) } else { quote!(pairs.#name) };
                quote!(#called(&mut line)?;)
            });
            (quote!(#(#calls)*), Some(methods))
        } else {
            let steps = before.iter().map(|placeholder| step(placeholder, values, &quote!(pairs)));
            (quote!(#(#steps)*), None)
        };
        let last = last.iter().map(|placeholder| step(placeholder, values, &quote!(pairs)));
        let mutable = pattern.placeholders.iter().any(is_taken).then(|| quote!(mut));
        let line_mutable =
            pattern.placeholders.iter().any(|placeholder| placeholder.literal.is_some()).then(|| quote!(mut));
        // A last placeholder that is passed over takes nothing.
        let rest = pattern.placeholders.iter().all(|one| one.literal.is_none() && !is_taken(one));
        let line = if rest { quote!(_) } else { quote!(#line_mutable line) };
        quote! {
            #[doc = #doc]
            fn #name(line: &text::Line<'a>) -> Option<Self> {
                let #mutable pairs = Self::default();
                let #line = text::Rest::after(#prefix, line, #marks, OPTIONS)?;
                #steps
                #(#last)*
                Some(pairs)
            }
            #methods
        }
    });
    quote! {
        fn read(line: &'a str) -> Result<Self, Error> {
            let looked_over = text::Line::new(line);
            Self::#first(&looked_over)
                #(.or_else(|| Self::#others(&looked_over)))*
                .ok_or_else(|| text::no_match(&[#(#written),*], line))
        }
        #(#functions)*
    }
}

/// How many characters in the literals of a pattern JSON escapes, 255 for more than fit or where one is a backslash.
fn marks(pattern: &FastmatchPattern) -> u8 {
    let literals = pattern.placeholders.iter().filter_map(|placeholder| placeholder.literal.as_ref());
    let characters = literals.chain([&pattern.prefix]).flat_map(|literal| literal.chars());
    if characters.clone().any(|character| character == '\\') {
        return u8::MAX;
    }
    let marks = characters.filter(|character| matches!(character, '"' | '\0'..='\x1f'));
    u8::try_from(marks.count()).unwrap_or(u8::MAX)
}

/// Takes the value of a placeholder into `pairs`.
fn step(placeholder: &Placeholder, values: &Values<'_>, pairs: &TokenStream) -> TokenStream {
    let value = value_of(placeholder.name.as_deref(), values);
    let found = match (&placeholder.literal, placeholder.quoted) {
        (None, _) => return value.map_or_else(TokenStream::new, |value| quote!(#pairs.#value = line.rest();)),
        (Some(literal), true) => quote!(line.quoted_until(#literal)?),
        (Some(literal), false) => quote!(line.until(#literal)?),
    };
    let target = value.map(|value| quote!(#pairs.#value =));
    quote!(#target #found;)
}

pub(super) fn regex(
    written: &str,
    expression: &str,
    groups: &[String],
    values: &Values<'_>,
    has_filler: bool,
) -> TokenStream {
    let fields: Vec<_> = groups
        .iter()
        .enumerate()
        .filter_map(|(index, name)| {
            let (value, group) = (values.of(name)?, index + 1);
            Some((value, Literal::usize_unsuffixed(group)))
        })
        .collect();
    if fields.len() > MOST {
        let (names, methods) = in_pieces("read", &fields, |name, piece| {
            let steps = piece.iter().map(|(value, group)| quote!(self.#value = groups.value(#group);));
            quote!(fn #name(&mut self, groups: &text::Groups<'a, '_>) { #(#steps)* })
        });
        return quote! {
            fn read(line: &'a str) -> Result<Self, Error> {
                static PATTERN: text::Pattern = text::Pattern::new(#expression);
                let groups = PATTERN.groups(line, OPTIONS).ok_or_else(|| text::no_match(&[#written], line))?;
                let mut pairs = Self::default();
                #(pairs.#names(&groups);)*
                Ok(pairs)
            }
            #methods
        };
    }
    let others =
        (fields.len() < values.list.len() || fields.is_empty() || has_filler).then(|| quote!(..Self::default()));
    let groups = (!fields.is_empty()).then(|| quote!(let groups =));
    let fields = fields.iter().map(|(value, group)| quote!(#value: groups.value(#group)));
    quote! {
        fn read(line: &'a str) -> Result<Self, Error> {
            static PATTERN: text::Pattern = text::Pattern::new(#expression);
            #groups PATTERN.groups(line, OPTIONS).ok_or_else(|| text::no_match(&[#written], line))?;
            Ok(Self { #(#fields,)* #others })
        }
    }
}
