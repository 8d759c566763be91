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
                let (hidden, kept) = (&values.hidden, quote!(#member.text(column.to_owned(), value.as_str())));
                let others = if hidden.is_empty() {
                    quote!(|column, value| #kept)
                } else {
                    quote!(|column, value| match column { #(#hidden)|* => {} _ => #kept, })
                };
                (Some(quote!(let mut #member = Undeclared::default();)), others, Some(quote!(#member,)))
            }
        };
        let names: Vec<_> = names.collect();
        if names.len() > MOST || are_short(&names) {
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
    let cells_of = |pairs: &str| cells(columns, values, &format_ident!("{pairs}"));
    let lines: usize = cells_of("pairs").iter().map(|(lines, _)| lines).sum();
    if lines > MOST {
        let cells: Vec<TokenStream> = cells_of("self").into_iter().map(|(_, cell)| cell).collect();
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
    let cells = cells_of("pairs").into_iter().map(|(_, cell)| cell);
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

/// The steps over the cells of a record, each with how many lines it takes. Cells that nobody takes are passed over together, so that
/// of two steps in a row one takes something.
fn cells(columns: &[Option<String>], values: &Values<'_>, pairs: &Ident) -> Vec<(usize, TokenStream)> {
    let target = |column: &Option<String>| value_of(column.as_deref(), values);
    let runs = columns.chunk_by(|one, next| target(one).is_none() && target(next).is_none());
    let step = |run: &[Option<String>]| match (run, run.first().and_then(target)) {
        (_, Some(value)) => (1, quote!(#pairs.#value = cells.value()?;)),
        ([_], None) => (1, quote!(cells.value()?;)),
        (run, None) => {
            let count = Literal::usize_unsuffixed(run.len());
            (3, quote!(for _ in 0..#count { cells.value()?; }))
        }
    };
    runs.map(step).collect()
}

/// Whether so many columns have names of one letter that variables of these names would say nothing, as Clippy puts it.
fn are_short(names: &[&Ident]) -> bool {
    names.iter().filter(|name| name.to_string().chars().count() == 1).count() > 4
}

/// The same for more columns that a header names than one list should have, or for such whose names are no variables.
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
