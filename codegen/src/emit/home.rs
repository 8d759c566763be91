//! The crate that generated code becomes part of, as far as the code depends on it.
//!
//! Our own crate has the kernel inside, a feature for each source, and one for serde. A user's crate has the kernel as a
//! dependency, and features of its own, of which we know nothing: code for it asks for none, so that nothing in it is
//! conditional and the compiler has no unknown feature to warn of.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;

/// Where generated code will live.
#[derive(Clone, Debug)]
pub struct Home {
    kernel: TokenStream,
    gates: Gates,
}

/// What decides whether a part of the code is compiled.
#[derive(Clone, Copy, Debug)]
enum Gates {
    /// The features of the crate.
    Features,
    /// Nothing: what is generated is compiled, with serde or without.
    None { serde: bool },
}

impl Home {
    /// The crate `logwright` itself.
    pub fn ours() -> Self {
        Self { kernel: quote!(crate), gates: Gates::Features }
    }

    /// A crate that depends on `logwright`, and knows it by the path `kernel`, such as `::logwright`.
    ///
    /// With `serde` every record derives `Serialize` and `Deserialize`: the crate then also depends on serde, and has the
    /// feature `serde` of `logwright` on.
    ///
    /// # Errors
    /// A sentence, where `kernel` is no path of a crate or a module.
    pub fn users(kernel: &str, serde: bool) -> Result<Self, String> {
        match syn::Path::parse_mod_style.parse_str(kernel) {
            Ok(path) => Ok(Self { kernel: path.into_token_stream(), gates: Gates::None { serde } }),
            Err(_) => Err(format!("`{kernel}` is no path of a crate or a module, such as `::logwright`")),
        }
    }

    /// The path by which generated code names the hand-written part that it stands on.
    pub(super) fn kernel(&self) -> &TokenStream {
        &self.kernel
    }

    /// The attribute of what belongs to one source.
    pub(super) fn of_source(&self, source: &str) -> Option<TokenStream> {
        matches!(self.gates, Gates::Features).then(|| quote!(#[cfg(feature = #source)]))
    }

    /// An attribute that speaks to serde.
    pub(super) fn of_serde(&self, attribute: &TokenStream) -> Option<TokenStream> {
        match self.gates {
            Gates::Features => Some(quote!(#[cfg_attr(feature = "serde", #attribute)])),
            Gates::None { serde: true } => Some(quote!(#[#attribute])),
            Gates::None { serde: false } => None,
        }
    }

    /// The sentence in every generated file that says where it comes from.
    pub(super) fn origin(&self, path: &str) -> TokenStream {
        let tool = match self.gates {
            Gates::Features => "cargo gen",
            Gates::None { .. } => "logwright-codegen",
        };
        let text = format!(" @generated from `{path}` by `{tool}`. Edit the YAML instead.");
        quote! { #![doc = ""] #![doc = #text] }
    }
}
