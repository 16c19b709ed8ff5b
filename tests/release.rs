//! Releases as an author and a reader of one meet them: the same bytes everywhere, checksums that hold, differences told
//! by chapter and page, and never half a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const BOOK: &str =
    "[book]\ntitle = \"A Small Book\"\nauthors = [\"A. Author\"]\n\n[output.bifolio]\ndate = \"2026-11-22\"\n";

/// A folder with a book of three chapters.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.write("book/book.toml", BOOK);
        desk.write("book/src/SUMMARY.md", "# Summary\n\n- [Dawn](dawn.md)\n- [Noon](noon.md)\n- [Dusk](dusk.md)\n");
        for (file, title) in [("dawn", "Dawn"), ("noon", "Noon"), ("dusk", "Dusk")] {
            desk.write(&format!("book/src/{file}.md"), chapter(title));
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Changes some words of a chapter.
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from));
        self.write(name, text.replacen(from, to, 1));
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bifolio"));
        command.current_dir(self.0.path()).args(args);
        for name in ["SOURCE_DATE_EPOCH", "GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run(self.command(args).output().unwrap())
    }

    fn release(&self, args: &[&str]) -> Run {
        self.run(&[&["release", "--book", "book"], args].concat())
    }

    /// The names in a folder, hidden ones too, sorted.
    fn names(&self, dir: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(dir)) else { return Vec::new() };
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Changes one byte in the middle of a part of a file.
    fn damage(&self, name: &str, at: usize) {
        let mut bytes = fs::read(self.path(name)).unwrap();
        bytes[at] ^= 0x55;
        fs::write(self.path(name), bytes).unwrap();
    }
}

/// A chapter of some pages, with words of its own on each.
fn chapter(title: &str) -> String {
    let lower = title.to_lowercase();
    let paragraphs = (1..=40).map(|n| {
        format!(
            "Paragraph {n} of {lower} tells of {} things, and of nothing else but the light of the {lower}.\n\n",
            n * 7
        )
    });
    format!("# {title}\n\n{}", paragraphs.collect::<String>())
}

struct Run(Output);

impl Run {
    fn code(&self) -> i32 {
        self.0.status.code().expect("ended by itself")
    }

    fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    #[track_caller]
    fn ends(self, code: i32) -> Run {
        assert_eq!(self.code(), code, "{}\n{}", self.out(), self.err());
        self
    }
}

const FILES: [&str; 6] = [
    "RELEASE-NOTES.md",
    "SHA256SUMS",
    "a-small-book-1.0.epub",
    "a-small-book-1.0.pdf",
    "manifest.json",
    "page-map.tsv",
];

#[test]
fn a_release_is_the_same_in_every_folder_zone_language_and_number_of_threads() {
    let one = Desk::new();
    one.release(&["v1.0"]).ends(0);
    assert_eq!(one.names("dist"), ["a-small-book-1.0"]);
    assert_eq!(one.names("dist/a-small-book-1.0"), FILES);
    for (zone, language, threads) in [("Pacific/Kiritimati", "tr_TR.UTF-8", "1"), ("America/Adak", "C", "7")] {
        let other = Desk::new();
        // Another folder, another depth, another moment; files that are as old as the disk says.
        fs::rename(other.path("book"), other.path("the book")).unwrap();
        let mut command = other.command(&["release", "1.0", "--book", "the book", "-o", "deep/er"]);
        let run =
            command.env("TZ", zone).env("LC_ALL", language).env("LANG", language).env("RAYON_NUM_THREADS", threads);
        Run(run.output().unwrap()).ends(0);
        for name in FILES {
            let theirs = fs::read(other.path("deep/er/a-small-book-1.0").join(name)).unwrap();
            let ours = fs::read(one.path("dist/a-small-book-1.0").join(name)).unwrap();
            assert!(ours == theirs, "{name} differs in {zone}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_clock_that_is_wrong_changes_nothing() {
    // https://github.com/wolfcw/libfaketime; the code reads the clock only for `--timings`.
    let library =
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"]
            .into_iter()
            .find(|path| Path::new(path).exists())
            .expect("libfaketime is there: `tests/run` installs it (the package faketime)");
    let (one, other) = (Desk::new(), Desk::new());
    one.release(&["1.0"]).ends(0);
    let mut command = other.command(&["release", "1.0", "--book", "book"]);
    Run(command.env("LD_PRELOAD", library).env("FAKETIME", "@2001-09-11 12:00:00").output().unwrap()).ends(0);
    assert_eq!(one.read("dist/a-small-book-1.0/SHA256SUMS"), other.read("dist/a-small-book-1.0/SHA256SUMS"));
}

#[test]
fn checksums_hold_and_tell_damage() {
    let desk = Desk::new();
    desk.release(&["1.0"]).ends(0);
    let folder = desk.path("dist/a-small-book-1.0");
    if let Ok(check) = Command::new("sha256sum").args(["-c", "--strict", "SHA256SUMS"]).current_dir(&folder).output() {
        assert!(check.status.success(), "{check:?}");
    }
    // The manuscript is not needed.
    fs::rename(desk.path("book"), desk.path("away")).unwrap();
    desk.run(&["verify", "--checksums", "dist/a-small-book-1.0"]).ends(0);
    desk.damage("dist/a-small-book-1.0/page-map.tsv", 40);
    fs::remove_file(folder.join("RELEASE-NOTES.md")).unwrap();
    let run = desk.run(&["verify", "--checksums", "dist/a-small-book-1.0"]).ends(1);
    assert!(run.out().contains("page-map.tsv           DIFFERS"), "{}", run.out());
    assert!(run.out().contains("RELEASE-NOTES.md       MISSING"), "{}", run.out());
}

#[test]
fn a_release_made_anew_is_the_same() {
    let desk = Desk::new();
    desk.release(&["1.0"]).ends(0);
    let run = desk.run(&["verify", "dist/a-small-book-1.0", "--book", "book"]).ends(0);
    assert!(run.out().contains("all 6 files are the same"), "{}", run.out());
    // The date is taken from the release, whatever the environment says now.
    let mut later = desk.command(&["verify", "dist/a-small-book-1.0", "--book", "book"]);
    Run(later.env("SOURCE_DATE_EPOCH", "1000000000").output().unwrap()).ends(0);
}

#[test]
fn a_changed_word_is_told_by_chapter_and_page() {
    let desk = Desk::new();
    desk.release(&["1.0"]).ends(0);
    desk.edit("book/src/noon.md", "Paragraph 30 of noon", "Paragraph thirty of noon");
    let run = desk.run(&["verify", "dist/a-small-book-1.0", "--book", "book"]).ends(1);
    let said = run.out();
    assert!(said.contains("src/noon.md has changed since the release"), "{said}");
    let epub = said.split("epub").nth(1).unwrap();
    assert!(epub.contains("Chapter 2, “Noon” (page "), "{said}");
    assert!(epub.contains("Paragraph 30 of noon") && epub.contains("Paragraph thirty of noon"), "{said}");
    let pdf = said.split(".pdf").nth(1).unwrap();
    assert!(pdf.contains("in Chapter 2, “Noon”"), "{said}");
    assert!(!said.contains("Dusk"), "chapters that are the same are not named: {said}");
}

#[test]
fn a_changed_byte_is_told_by_chapter() {
    let desk = Desk::new();
    desk.release(&["1.0"]).ends(0);
    let epub = "dist/a-small-book-1.0/a-small-book-1.0.epub";
    let bytes = fs::read(desk.path(epub)).unwrap();
    let entry = bytes.windows(10).position(|window| window == b"dusk.xhtml").expect("the chapter's file");
    desk.damage(epub, entry + 200);
    let run = desk.run(&["verify", "dist/a-small-book-1.0", "--book", "book"]).ends(1);
    assert!(run.out().contains("Chapter 3, “Dusk”"), "{}", run.out());
    assert!(run.out().contains("1 of 6 files"), "{}", run.out());
}

#[test]
fn any_changed_byte_of_the_print_edition_is_found_and_never_breaks_the_program() {
    let desk = Desk::new();
    desk.release(&["1.0"]).ends(0);
    let pdf = "dist/a-small-book-1.0/a-small-book-1.0.pdf";
    let whole = fs::read(desk.path(pdf)).unwrap();
    let mut named = 0;
    for part in 0..16 {
        fs::write(desk.path(pdf), &whole).unwrap();
        desk.damage(pdf, whole.len() * part / 16 + 9);
        let run = desk.run(&["verify", "dist/a-small-book-1.0", "--book", "book"]).ends(1);
        assert!(run.out().contains("a-small-book-1.0.pdf   DIFFERS"), "{}", run.out());
        named += usize::from(run.out().contains("in Chapter"));
    }
    assert!(named > 0, "a byte of a page names its chapter");
    fs::write(desk.path(pdf), &whole[..whole.len() / 2]).unwrap();
    desk.run(&["verify", "dist/a-small-book-1.0", "--book", "book"]).ends(1);
    fs::write(desk.path(pdf), "").unwrap();
    desk.run(&["verify", "dist/a-small-book-1.0", "--book", "book"]).ends(1);
}

#[test]
fn an_interrupted_release_leaves_no_half_folder() {
    let desk = Desk::new();
    // A file where the output folder should be.
    desk.write("dist", "in the way");
    desk.release(&["1.0"]).ends(2);
    assert_eq!(desk.read("dist"), "in the way");
    fs::remove_file(desk.path("dist")).unwrap();

    // Killed at many moments: the folder is whole or not there, and the next run clears what stayed.
    for wait in [0, 5, 10, 20, 40, 60, 80, 120, 160, 240] {
        let mut child = desk.command(&["release", "1.0", "--book", "book"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        if desk.path("dist/a-small-book-1.0").exists() {
            assert_eq!(desk.names("dist/a-small-book-1.0"), FILES);
            fs::remove_dir_all(desk.path("dist/a-small-book-1.0")).unwrap();
        }
    }
    desk.release(&["1.0"]).ends(0);
    assert_eq!(desk.names("dist"), ["a-small-book-1.0"]);
}

#[test]
fn a_release_is_not_overwritten_unasked() {
    let desk = Desk::new();
    desk.release(&["1.0"]).ends(0);
    let again = desk.release(&["1.0"]).ends(0);
    assert!(again.out().contains("byte for byte"), "{}", again.out());
    desk.edit("book/src/dawn.md", "Paragraph 3 ", "Verse 3 ");
    let refused = desk.release(&["1.0"]).ends(2);
    assert!(refused.err().contains("--clobber"), "{}", refused.err());
    desk.run(&["verify", "--checksums", "dist/a-small-book-1.0"]).ends(0);
    desk.release(&["1.0", "--clobber"]).ends(0);
    desk.run(&["verify", "dist/a-small-book-1.0", "--book", "book"]).ends(0);
}

#[test]
fn errors_stop_a_release_and_warnings_too_unless_allowed() {
    let desk = Desk::new();
    desk.edit("book/src/dawn.md", "Paragraph 2 ", "![](no-such.png) ");
    desk.release(&["1.0", "--allow-warnings"]).ends(1);
    assert!(desk.names("dist").is_empty());
    let desk = Desk::new();
    desk.write("book/book.toml", format!("{BOOK}\n[unknown]\nkey = 1\n"));
    let run = desk.release(&["1.0"]).ends(1);
    assert!(run.err().contains("unknown"), "{}", run.err());
    assert!(desk.names("dist").is_empty());
    desk.release(&["1.0", "--allow-warnings"]).ends(0);
}

#[test]
fn notes_tell_what_changed_since_the_release_before() {
    let desk = Desk::new();
    desk.release(&["1.0"]).ends(0);
    desk.edit("book/src/SUMMARY.md", "- [Dusk](dusk.md)", "- [Night](night.md)");
    desk.write("book/src/night.md", chapter("Night"));
    desk.edit("book/src/noon.md", "Paragraph 3 ", "A long, long paragraph 3 ");
    desk.release(&["1.1", "--since", "dist/a-small-book-1.0"]).ends(0);
    let notes = desk.read("dist/a-small-book-1.1/RELEASE-NOTES.md");
    for wanted in [
        "## Changes since 1.0",
        "### Added\n\n- Chapter 3, “Night”",
        "### Removed\n\n- Chapter 3, “Dusk”",
        "### Changed\n\n- Chapter 2, “Noon”: ",
        "(+3)",
    ] {
        assert!(notes.contains(wanted), "{wanted}\n{notes}");
    }
    let run = desk.run(&["verify", "dist/a-small-book-1.1", "--book", "book"]).ends(0);
    assert!(run.out().contains("--since"), "{}", run.out());
    desk.run(&["verify", "dist/a-small-book-1.1", "--book", "book", "--since", "dist/a-small-book-1.0"]).ends(0);
    // Notes that were altered are found even when they cannot be made anew.
    desk.damage("dist/a-small-book-1.1/RELEASE-NOTES.md", 20);
    desk.run(&["verify", "dist/a-small-book-1.1", "--book", "book"]).ends(1);
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let desk = Desk::new();
    let run = desk.release(&["1.0", "--dry-run"]).ends(0);
    for name in FILES {
        assert!(run.out().contains(name), "{}", run.out());
    }
    assert!(run.out().contains("# A Small Book 1.0"));
    assert!(desk.names("dist").is_empty());
}

#[test]
fn the_version_comes_from_the_argument_the_book_or_the_tag_and_the_date_from_the_commit() {
    let desk = Desk::new();
    let none = desk.release(&[]).ends(2);
    assert!(none.err().contains("bifolio release 1.0"), "{}", none.err());
    desk.write("book/book.toml", BOOK.replace("date = \"2026-11-22\"", "version = \"3.1\""));
    desk.release(&["--dry-run"]).ends(0).out().find("a-small-book-3.1").expect("the book's version");

    desk.write("book/book.toml", BOOK.replace("date = \"2026-11-22\"", ""));
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]);
        command.args(args).current_dir(desk.path("book")).env("GIT_COMMITTER_DATE", "2025-02-03T04:05:06+0000");
        assert!(command.output().unwrap().status.success(), "git {args:?}");
    };
    for args in [&["init"][..], &["add", "."], &["commit", "-m", "x"], &["tag", "v2.0"]] {
        git(args);
    }
    let run = desk.release(&["--quiet"]).ends(0);
    assert_eq!(run.out(), format!("{}\n", Path::new("dist").join("a-small-book-2.0").display()));
    let manifest = desk.read("dist/a-small-book-2.0/manifest.json");
    assert!(manifest.contains("\"date\": \"2025-02-03T04:05:06Z\"") && manifest.contains("\"date_from\": \"commit\""));
    // Away from its repository the release is made anew with the same date.
    fs::remove_dir_all(desk.path("book/.git")).unwrap();
    desk.run(&["verify", "dist/a-small-book-2.0", "--book", "book"]).ends(0);
    git(&["init"]);
    desk.release(&["9", "--quiet"]).ends(0);
}

#[test]
fn the_manifest_says_what_the_release_holds() {
    let desk = Desk::new();
    desk.write(
        "judged.json",
        r#"[{"judge":"epubcheck","version":"5.3.0","file":"a-small-book-1.0.epub","passed":true}]"#,
    );
    desk.release(&["1.0", "--judged", "judged.json"]).ends(0);
    let manifest: serde_json::Value = serde_json::from_str(&desk.read("dist/a-small-book-1.0/manifest.json")).unwrap();
    assert_eq!(manifest["book"]["title"], "A Small Book");
    assert_eq!(manifest["judges"][0]["judge"], "epubcheck");
    let inputs: Vec<&str> =
        manifest["inputs"].as_array().unwrap().iter().map(|input| input["path"].as_str().unwrap()).collect();
    assert_eq!(inputs, ["book.toml", "src/SUMMARY.md", "src/dawn.md", "src/dusk.md", "src/noon.md"]);
    let fonts = manifest["fonts"].as_array().unwrap();
    assert!(!fonts.is_empty());
    for font in fonts {
        assert!(font["version"].as_str().unwrap().contains('.'), "{font}");
        assert!(!font["licence"].as_str().unwrap().is_empty(), "{font}");
    }
    // A font of the e-book is the face of the same name, cut to its characters.
    let of = |edition: &str| {
        let has = |font: &&serde_json::Value| font["editions"].as_array().unwrap().iter().any(|name| name == edition);
        let stem = |font: &serde_json::Value| {
            let file = font["file"].as_str().unwrap();
            file.rsplit('/').next().unwrap().rsplit_once('.').unwrap().0.to_owned()
        };
        fonts.iter().filter(has).map(stem).collect::<Vec<_>>()
    };
    let epub = std::fs::read(desk.path("dist/a-small-book-1.0/a-small-book-1.0.epub")).unwrap();
    let archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).unwrap();
    let mut held: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.unwrap().split_once("/fonts/")?.1.rsplit_once('.')?.0.to_owned()))
        .collect();
    held.sort();
    assert_eq!(of("epub"), held);
    assert!(held.contains(&of("print")[0]), "both editions show text in {held:?}");
    let noon = manifest["sections"].as_array().unwrap().iter().find(|section| section["title"] == "Noon").unwrap();
    assert_eq!((&noon["label"], &noon["source"]), (&"Chapter 2".into(), &"src/noon.md".into()));
    assert!(noon["pages"].as_u64().unwrap() >= 2 && noon["words"].as_u64().unwrap() > 500, "{noon}");
    let map = desk.read("dist/a-small-book-1.0/page-map.tsv");
    let noon = map.lines().find(|line| line.ends_with("\tNoon")).unwrap();
    assert_eq!(noon.split('\t').count(), 7);
    assert!(manifest["editions"].as_array().unwrap().iter().any(|edition| edition["pages"].as_u64() > Some(6)));
}

#[test]
fn attaching_asks_for_what_it_needs_before_any_work() {
    let desk = Desk::new();
    let run = desk.release(&["1.0", "--attach", "github"]).ends(2);
    assert!(run.err().contains("--repo"), "{}", run.err());
    let run = desk.release(&["1.0", "--attach", "github", "--repo", "a/b"]).ends(2);
    assert!(run.err().contains("GITHUB_TOKEN"), "{}", run.err());
    assert!(desk.names("dist").is_empty());
}
