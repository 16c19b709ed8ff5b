//! Attaching a release to its page, against a server on this machine that speaks GitHub's API with its errors.

mod server;

use bifolio::base::Error;
use bifolio::bundle::checksum::sha256;
use bifolio::bundle::github::{self, File, Outcome, Page, Patience, Target};
use server::{Fault, REPOSITORY, Server, TOKEN, start};
use std::time::Duration;

const EPUB: &[u8] = b"the e-book";
const PDF: &[u8] = b"the print edition";

fn target(server: &Server) -> Target {
    Target {
        api: server.url.clone(),
        repository: REPOSITORY.to_owned(),
        tag: "v1.0".to_owned(),
        clobber: false,
        create: None,
        patience: Patience { tries: 3, pause: Duration::from_millis(1) },
    }
}

fn attach_as(target: &Target, token: &str) -> Result<Vec<(String, Outcome)>, Error> {
    let sums = [sha256(EPUB), sha256(PDF)];
    let files = [("a-1.0.epub", EPUB, &sums[0]), ("a-1.0.pdf", PDF, &sums[1])].map(|(name, bytes, sha256)| File {
        name,
        bytes,
        sha256,
    });
    let mut done = Vec::new();
    github::attach(&files, target, token, |name, outcome| done.push((name.to_owned(), outcome)))?;
    Ok(done)
}

fn attach(target: &Target) -> Result<Vec<Outcome>, Error> {
    attach_as(target, TOKEN).map(|done| done.into_iter().map(|(_, outcome)| outcome).collect())
}

/// The fault of a run that must fail, which never shows the token.
fn refusal(target: &Target) -> String {
    let fault = attach(target).unwrap_err().to_string();
    assert!(!fault.contains(TOKEN), "{fault}");
    fault
}

fn stored(server: &Server) -> Vec<(String, Vec<u8>)> {
    let state = server.state.lock().unwrap();
    assert!(state.assets.iter().all(|asset| asset.state == "uploaded"), "half a file stayed: {:?}", state.assets);
    let mut assets: Vec<_> = state.assets.iter().map(|asset| (asset.name.clone(), asset.bytes.clone())).collect();
    assets.sort();
    assets
}

fn assert_whole(server: &Server) {
    assert_eq!(stored(server), [("a-1.0.epub".to_owned(), EPUB.to_vec()), ("a-1.0.pdf".to_owned(), PDF.to_vec())]);
}

#[test]
fn files_are_attached_and_a_second_run_sends_nothing() {
    let server = start();
    assert_eq!(attach(&target(&server)).unwrap(), [Outcome::Attached, Outcome::Attached]);
    assert_whole(&server);
    assert_eq!(attach(&target(&server)).unwrap(), [Outcome::Present, Outcome::Present]);
    assert_eq!(server.state.lock().unwrap().uploads_seen(), 2);
}

#[test]
fn a_file_with_other_bytes_is_replaced_only_when_asked() {
    let server = start();
    // As long as the new one: only the checksum tells them apart.
    server.state.lock().unwrap().store("a-1.0.pdf", "uploaded", b"the print editioN", true);
    let fault = refusal(&target(&server));
    assert!(fault.contains("a-1.0.pdf") && fault.contains("--clobber"), "{fault}");
    assert_eq!(server.state.lock().unwrap().uploads_seen(), 0, "nothing may be sent before all is compared");
    let clobber = Target { clobber: true, ..target(&server) };
    assert_eq!(attach(&clobber).unwrap(), [Outcome::Attached, Outcome::Replaced]);
    assert_whole(&server);
}

#[test]
fn without_a_checksum_the_size_decides() {
    let server = start();
    server.state.lock().unwrap().store("a-1.0.epub", "uploaded", EPUB, false);
    server.state.lock().unwrap().store("a-1.0.pdf", "uploaded", b"short", false);
    assert!(refusal(&target(&server)).contains("a-1.0.pdf"));
    let clobber = Target { clobber: true, ..target(&server) };
    assert_eq!(attach(&clobber).unwrap(), [Outcome::Present, Outcome::Replaced]);
}

#[test]
fn half_a_file_of_an_earlier_run_is_laid_anew_without_asking() {
    let server = start();
    server.state.lock().unwrap().store("a-1.0.epub", "starter", &[], true);
    assert_eq!(attach(&target(&server)).unwrap(), [Outcome::Attached, Outcome::Attached]);
    assert_whole(&server);
}

#[test]
fn passing_troubles_are_waited_out() {
    for fault in [Fault::Status(500), Fault::Status(503), Fault::Starter, Fault::Hangup, Fault::LostAnswer, Fault::Race]
    {
        let server = start();
        server.state.lock().unwrap().uploads.extend([Some(fault), None]);
        assert_eq!(attach(&target(&server)).unwrap().len(), 2, "{fault:?}");
        assert_whole(&server);
    }
    for status in [429, 500, 502, 504] {
        let server = start();
        server.state.lock().unwrap().calls.extend([status, status]);
        attach(&target(&server)).unwrap();
        assert_whole(&server);
    }
}

#[test]
fn lasting_troubles_end_the_run_and_the_next_one_goes_on() {
    for (fault, words) in [(Fault::Status(503), "503"), (Fault::Starter, "502"), (Fault::Hangup, "connection")] {
        let server = start();
        // The first file arrives; the second fails as often as it is tried.
        server.state.lock().unwrap().uploads.extend([None, Some(fault), Some(fault), Some(fault)]);
        let said = refusal(&target(&server));
        assert!(said.contains(words) && said.contains("again"), "{said}");
        assert_eq!(server.state.lock().unwrap().uploads_seen(), 4);
        assert_eq!(attach(&target(&server)).unwrap(), [Outcome::Present, Outcome::Attached]);
        assert_whole(&server);
    }
}

#[test]
fn refusals_are_told_apart_and_not_repeated() {
    let server = start();
    let said = attach_as(&target(&server), "wrong-token").unwrap_err().to_string();
    assert!(said.contains("GITHUB_TOKEN") && said.contains("Bad credentials"), "{said}");
    assert!(!said.contains("wrong-token"), "{said}");
    assert_eq!(server.state.lock().unwrap().log.len(), 1);

    let server = start();
    let other = Target { repository: "reader/other".to_owned(), ..target(&server) };
    assert!(refusal(&other).contains("no repository reader/other"), "{}", refusal(&other));

    for (status, words) in [(403, "contents: write"), (422, "refuses"), (307, "moved"), (418, "418")] {
        let server = start();
        server.state.lock().unwrap().uploads.push_back(Some(Fault::Status(status)));
        let said = refusal(&target(&server));
        assert!(said.contains(words), "{said}");
        assert_eq!(server.state.lock().unwrap().uploads_seen(), 1, "{status}");
    }
}

#[test]
fn a_server_that_is_not_there_is_a_clear_fault() {
    let server = start();
    let nobody = Target { api: "http://127.0.0.1:1".to_owned(), ..target(&server) };
    assert!(refusal(&nobody).contains("http://127.0.0.1:1"), "{}", refusal(&nobody));
    let bad = Target { repository: "no-owner".to_owned(), ..target(&server) };
    assert!(refusal(&bad).contains("owner/name"));
    assert!(attach_as(&target(&server), " ").unwrap_err().to_string().contains("GITHUB_TOKEN"));
    let open = Target { api: "http://api.example.com".to_owned(), ..target(&server) };
    assert!(refusal(&open).contains("https"), "{}", refusal(&open));
}

#[test]
fn a_page_is_made_as_a_draft_and_published_when_all_is_there() {
    let server = start();
    server.state.lock().unwrap().release_exists = false;
    let said = refusal(&target(&server));
    assert!(said.contains("--create"), "{said}");

    let page = Page { title: "A 1.0".to_owned(), text: "what changed".to_owned() };
    let create = Target { create: Some(page), ..target(&server) };
    server.state.lock().unwrap().uploads.extend([None, Some(Fault::Status(422))]);
    refusal(&create);
    assert!(server.state.lock().unwrap().draft, "readers see no release that lacks a file");
    assert_eq!(attach(&create).unwrap(), [Outcome::Present, Outcome::Attached]);
    let state = server.state.lock().unwrap();
    assert!(!state.draft && state.body == "what changed", "{state:?}");
    assert_eq!(state.log.iter().filter(|line| *line == "POST /repos/reader/book/releases").count(), 1);
}

#[test]
fn a_page_is_not_made_for_a_tag_that_is_not_pushed() {
    let server = start();
    {
        let mut state = server.state.lock().unwrap();
        (state.release_exists, state.tag_exists) = (false, false);
    }
    let create = Target { create: Some(Page { title: String::new(), text: String::new() }), ..target(&server) };
    assert!(refusal(&create).contains("git push origin v1.0"));
    assert!(!server.state.lock().unwrap().release_exists);
}
