//! Log types and pull contract of Zendesk.
pub mod source;
