//! The program `bifolio`. Everything it does stands in the library; here only a fault of ours is caught.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic is never the manuscript's fault. The standard hook has told where; what is left is to say whose it is.
    std::panic::catch_unwind(bifolio::cli::run).unwrap_or_else(|_| {
        eprintln!("bifolio: this is a bug in bifolio, not a fault of your manuscript; earlier outputs are untouched");
        ExitCode::from(bifolio::cli::EXIT_WORLD)
    })
}
