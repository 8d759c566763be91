//! The program `logwright`. Everything it does is in the library, where tests can reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    logwright_runtime::cli::main()
}
