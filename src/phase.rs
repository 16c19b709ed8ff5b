//! The steps of a run, for the progress bar and for `--timings`. The one place that reads a clock; nothing it reads
//! reaches an edition.

use std::fmt;
use std::time::{Duration, Instant};

/// A step of the run, in the order in which they are done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    Read,
    Parse,
    Settle,
    /// Pictures and fonts, while the pages are made.
    Gather,
    Paginate,
    Check,
    /// The pages for printers: margins, a new layout where they need one.
    FitPress,
    WritePdf,
    WriteEpub,
    /// The files for printers.
    WritePress,
}

impl Phase {
    pub const ALL: [Phase; 10] = [
        Phase::Read,
        Phase::Parse,
        Phase::Settle,
        Phase::Gather,
        Phase::Paginate,
        Phase::Check,
        Phase::FitPress,
        Phase::WritePdf,
        Phase::WriteEpub,
        Phase::WritePress,
    ];
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Phase::Read => "read",
            Phase::Parse => "parse",
            Phase::Settle => "settle",
            Phase::Gather => "gather",
            Phase::Paginate => "paginate",
            Phase::Check => "check",
            Phase::FitPress => "fit press",
            Phase::WritePdf => "write pdf",
            Phase::WriteEpub => "write epub",
            Phase::WritePress => "write press",
        })
    }
}

/// Told of each phase as it starts; some start at once, from two threads.
pub type Watch<'a> = &'a (dyn Fn(Phase) + Sync);

/// For runs that nobody watches.
pub const UNWATCHED: Watch<'static> = &|_| {};

/// How long each phase took. Some run side by side, so the sum may exceed the time that passed.
#[derive(Clone, Default, Debug)]
pub struct Timings {
    pub phases: Vec<(Phase, Duration)>,
}

impl Timings {
    /// Runs one phase and notes its time.
    pub(crate) fn time<T>(&mut self, phase: Phase, watch: Watch<'_>, run: impl FnOnce() -> T) -> T {
        let (out, took) = timed(phase, watch, run);
        self.phases.push((phase, took));
        out
    }
}

/// Runs one phase and hands back its time, for phases that run side by side.
pub(crate) fn timed<T>(phase: Phase, watch: Watch<'_>, run: impl FnOnce() -> T) -> (T, Duration) {
    watch(phase);
    let start = Instant::now();
    let out = run();
    (out, start.elapsed())
}
