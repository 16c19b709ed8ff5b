//! The program `bifolio`. Everything it does stands in the library; here a fault of ours is caught, and the allocator chosen.

use std::process::ExitCode;

/// A book is millions of small strings and lists, made and freed on all cores at once: with the system's allocator a build
/// takes some 15 % more time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A panic is never the manuscript's fault. The standard hook has told where; what is left is to say whose it is.
    std::panic::catch_unwind(bifolio::cli::run).unwrap_or_else(|_| {
        eprintln!("bifolio: this is a bug in bifolio, not a fault of your manuscript; earlier outputs are untouched");
        ExitCode::from(bifolio::cli::EXIT_WORLD)
    })
}
