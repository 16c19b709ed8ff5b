//! The manuscript's repository, asked through `git` where there is one.
//!
//! In:     a folder.
//! Out:    the tags of the commit that is checked out, the newest commit's moment.
//! Faults: one sentence, to be built into the caller's.
//! Absent: changes; nothing is written.

use std::path::Path;
use std::process::Command;

/// The tags of the commit that is checked out, as their names sort.
pub fn tags_here(root: &Path) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = ask(root, &["tag", "--points-at", "HEAD"])?.lines().map(str::to_owned).collect();
    tags.sort();
    Ok(tags)
}

/// Seconds from the start of 1970 to the newest commit, by its committer's date.
pub fn newest_commit(root: &Path) -> Result<i64, String> {
    let answer = ask(root, &["log", "-1", "--no-show-signature", "--format=%ct", "HEAD"])?;
    answer.trim().parse().map_err(|_| format!("git gave no date but {:?}", answer.trim()))
}

fn ask(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let folder = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        // Messages are shown to the author as git words them; the machine's language must not change what we read.
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output()
        .map_err(|fault| format!("git cannot be run: {fault}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it did not say why");
    Err(format!("git refused ({})", said.trim_start_matches("fatal: ")))
}
