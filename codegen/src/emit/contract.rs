//! .
use crate::contract::model::Source;
use proc_macro2::TokenStream;
pub fn source(_: &Source, _: &TokenStream) -> TokenStream {
    TokenStream::new()
}
