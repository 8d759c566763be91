//! How a record of comma-separated values is taken apart: by columns that the schema names, or by those that a header does.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::members::MOST;
use super::{Values, in_pieces, value_of};

/// How the values of a line are read; `columns` are `None` where a header names them.
pub(super) fn read(
    delimiter: char,
    columns: Option<&[Option<String>]>,
    values: &Values<'_>,
    has_filler: bool,
) -> TokenStream {
    let Some(columns) = columns else {
        let names = values.list.iter().map(|(_, value)| value);
        let (gathered, others, undeclared) = match &values.undeclared {
            None => (None, quote!(|_, _| ()), None),
            Some(member) => {
                let hidden = &values.hidden;
                let hidden = (!hidden.is_empty()).then(|| quote!(#(#hidden)|* => {}));
                let others = quote!(|column, value| match column {
                    #hidden
                    _ => #member.text(column.to_owned(), value.as_str()),
                });
                (Some(quote!(let mut #member = Undeclared::default();)), others, Some(quote!(#member,)))
            }
        };
        let names: Vec<_> = names.collect();
        if names.len() > MOST {
            return many_by_header(delimiter, &names, gathered.as_ref(), &others, undeclared.as_ref());
        }
        let filler = has_filler.then(|| quote!(..Self::default()));
        return quote! {
            fn read(header: &text::Header, line: &'a str) -> Result<Self, Error> {
                #gathered
                let [#(#names),*] = header.values(line, #delimiter, OPTIONS, #others)?;
                Ok(Self { #(#names,)* #undeclared #filler })
            }
        };
    };
    let last = columns.iter().rposition(|column| value_of(column.as_deref(), values).is_some());
    let columns = &columns[..last.map_or(0, |last| last + 1)];
    let cells_of = |pairs: &str| {
        let pairs = format_ident!("{pairs}");
        columns.iter().map(move |column| {
            let target = value_of(column.as_deref(), values).map(|value| quote!(#pairs.#value =));
            quote!(#target cells.value()?;)
        })
    };
    if values.list.len() > MOST {
        let cells: Vec<TokenStream> = cells_of("self").collect();
        let (names, methods) = in_pieces(
            "read",
            &cells,
            |name, cells| quote!(fn #name(&mut self, cells: &mut text::Cells<'a, '_>) -> Result<(), Error> { #(#cells)* Ok(()) }),
        );
        return quote! {
            fn read(line: &'a str) -> Result<Self, Error> {
                let mut pairs = Self::default();
                let mut cells = text::Cells::new(line, #delimiter, OPTIONS);
                #(pairs.#names(&mut cells)?;)*
                cells.finish()?;
                Ok(pairs)
            }
            #methods
        };
    }
    let cells = cells_of("pairs");
    let mutable = last.is_some().then(|| quote!(mut));
    quote! {
        fn read(line: &'a str) -> Result<Self, Error> {
            let #mutable pairs = Self::default();
            let #mutable cells = text::Cells::new(line, #delimiter, OPTIONS);
            #(#cells)*
            cells.finish()?;
            Ok(pairs)
        }
    }
}

/// The same for more columns that a header names than one list should have.
fn many_by_header(
    delimiter: char,
    names: &[&Ident],
    gathered: Option<&TokenStream>,
    others: &TokenStream,
    undeclared: Option<&TokenStream>,
) -> TokenStream {
    let count = Literal::usize_unsuffixed(names.len());
    let places: Vec<TokenStream> = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let index = Literal::usize_unsuffixed(index);
            quote!(self.#name = std::mem::take(&mut values[#index]);)
        })
        .collect();
    let (names, methods) = in_pieces(
        "take",
        &places,
        |name, places| quote!(fn #name(&mut self, values: &mut [text::Value<'a>; #count]) { #(#places)* }),
    );
    let start =
        undeclared.map_or_else(|| quote!(Self::default()), |undeclared| quote!(Self { #undeclared ..Self::default() }));
    quote! {
        fn read(header: &text::Header, line: &'a str) -> Result<Self, Error> {
            #gathered
            let mut values = header.values(line, #delimiter, OPTIONS, #others)?;
            let mut pairs = #start;
            #(pairs.#names(&mut values);)*
            Ok(pairs)
        }
        #methods
    }
}
