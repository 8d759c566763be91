//! The command line of the generator, known in the workspace as `cargo gen`. All of it is in [`logwright_codegen::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    logwright_codegen::cli::main()
}
