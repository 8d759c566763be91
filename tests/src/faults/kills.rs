//! The real program, killed.
