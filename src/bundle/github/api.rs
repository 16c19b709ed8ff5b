//! The few calls of GitHub's REST API that attaching needs (docs.github.com/rest/releases, version 2022-11-28).
//!
//! In:     the target, a token.
//! Out:    releases and assets.
//! Faults: [`Error::Remote`], worded for the author by the status of the answer.
//! Absent: what is done with them.

use super::http::{Answer, Client, Failure, Method};
use super::{File, Page, Target};
use crate::base::Error;
use crate::bundle::json::{self, Record, record};
use serde_json::json;

/// The most that one answer lists.
const PER_PAGE: usize = 100;
/// GitHub holds at most 1,000 files for a release; twice that, and drafts are sought no further back than this.
const MOST_PAGES: usize = 20;

record! {
    #[derive(Debug)]
    pub struct Release {
        pub id: u64,
        /// An RFC 6570 template: `…/assets{?name,label}`.
        pub upload_url: String,
        pub draft: bool,
        pub tag_name: String,
    }
}

record! {
    #[derive(Debug)]
    pub struct Asset {
        pub id: u64,
        pub name: String,
        pub size: u64,
        /// `uploaded`; `starter` is what an upload leaves that broke off.
        pub state: String,
        /// `sha256:…`; absent for files attached before June 2025, and on older servers.
        pub digest: Option<String>,
    }
}

impl Asset {
    pub fn is_whole(&self) -> bool {
        self.state == "uploaded"
    }

    /// By checksum, where the server knows it; else by size.
    pub fn is_same(&self, file: &File<'_>) -> bool {
        match self.digest.as_deref().and_then(|digest| digest.strip_prefix("sha256:")) {
            Some(digest) => digest.eq_ignore_ascii_case(file.sha256),
            None => self.size == file.bytes.len() as u64,
        }
    }
}

/// A file that did not arrive.
pub struct UploadFault {
    pub error: Error,
    /// Trying again may help.
    pub may_pass: bool,
    /// The server holds a file of this name already.
    pub exists: bool,
    /// Seconds that the server asks us to wait.
    pub wait: Option<u64>,
}

pub struct Api<'a> {
    client: Client,
    target: &'a Target,
}

impl<'a> Api<'a> {
    pub fn new(target: &'a Target, token: &str) -> Result<Api<'a>, Error> {
        let mut parts = target.repository.split('/');
        let is_name = |part: Option<&str>| {
            part.is_some_and(|part| {
                !part.is_empty()
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
            })
        };
        if !is_name(parts.next()) || !is_name(parts.next()) || parts.next().is_some() {
            let why = format!("{:?} is no repository", target.repository);
            return Err(Error::Remote { why, hint: "write it as owner/name".to_owned() });
        }
        Ok(Api { client: Client::new(token, target.patience)?, target })
    }

    /// The release of the tag: the published one, else a draft for it.
    pub fn release(&self) -> Result<Option<Release>, Error> {
        let tag = percent_encoded(&self.target.tag);
        let answer = self.call(Method::Get, &self.url(&format!("/releases/tags/{tag}")), &[])?;
        if answer.status != 404 {
            return self.read(answer, &[200]).map(Some);
        }
        for page in 1..=MOST_PAGES {
            let url = self.url(&format!("/releases?per_page={PER_PAGE}&page={page}"));
            let list: Vec<Release> = self.read(self.call(Method::Get, &url, &[])?, &[200])?;
            let is_last = list.len() < PER_PAGE;
            let draft = list.into_iter().find(|release| release.draft && release.tag_name == self.target.tag);
            if draft.is_some() || is_last {
                return Ok(draft);
            }
        }
        Ok(None)
    }

    /// Whether the tag is there: publishing a release without one would make the tag, wherever the branch stands.
    pub fn has_tag(&self) -> Result<bool, Error> {
        let url = self.url(&format!("/git/ref/tags/{}", percent_encoded(&self.target.tag)));
        let answer = self.call(Method::Get, &url, &[])?;
        match answer.status {
            200 => Ok(true),
            404 => Ok(false),
            _ => Err(self.refusal(&answer)),
        }
    }

    /// A draft: readers see it when all files are there, and releases that may not change afterwards are whole.
    pub fn make(&self, page: &Page) -> Result<Release, Error> {
        let body = json!({"tag_name": self.target.tag, "name": page.title, "body": page.text, "draft": true});
        self.read(self.call(Method::Post, &self.url("/releases"), body.to_string().as_bytes())?, &[201])
    }

    pub fn publish(&self, release: &Release) -> Result<(), Error> {
        let url = self.url(&format!("/releases/{}", release.id));
        let answer = self.call(Method::Patch, &url, json!({"draft": false}).to_string().as_bytes())?;
        if answer.status == 200 { Ok(()) } else { Err(self.refusal(&answer)) }
    }

    pub fn assets(&self, release: &Release) -> Result<Vec<Asset>, Error> {
        let mut all = Vec::new();
        for page in 1..=MOST_PAGES {
            let url = self.url(&format!("/releases/{}/assets?per_page={PER_PAGE}&page={page}", release.id));
            let list: Vec<Asset> = self.read(self.call(Method::Get, &url, &[])?, &[200])?;
            let is_last = list.len() < PER_PAGE;
            all.extend(list);
            if is_last {
                break;
            }
        }
        Ok(all)
    }

    pub fn delete(&self, asset: &Asset) -> Result<(), Error> {
        let answer = self.call(Method::Delete, &self.url(&format!("/releases/assets/{}", asset.id)), &[])?;
        // 404: someone was faster, which is what we wanted.
        if matches!(answer.status, 204 | 404) { Ok(()) } else { Err(self.refusal(&answer)) }
    }

    /// One try; the caller has to look what arrived before the next.
    pub fn upload(&self, release: &Release, file: &File<'_>) -> Result<(), UploadFault> {
        let base = release.upload_url.split('{').next().unwrap_or_default();
        let url = format!("{base}?name={}", percent_encoded(file.name));
        let answer = self.client.once(Method::Post, &url, file.bytes, media_type(file.name)).map_err(|failure| {
            let may_pass = failure.may_pass();
            UploadFault { error: self.broken(&failure), may_pass, exists: false, wait: None }
        })?;
        if answer.status == 201 {
            return Ok(());
        }
        let exists = answer.status == 422 && answer.body_text().contains("already_exists");
        let (may_pass, wait) = (answer.may_pass(), answer.wait);
        Err(UploadFault { error: self.refusal(&answer), may_pass, exists, wait })
    }

    fn url(&self, path: &str) -> String {
        format!("{}/repos/{}{path}", self.target.api.trim_end_matches('/'), self.target.repository)
    }

    fn call(&self, method: Method, url: &str, body: &[u8]) -> Result<Answer, Error> {
        self.client.call(method, url, body, "application/json").map_err(|failure| self.broken(&failure))
    }

    fn read<T: Record>(&self, answer: Answer, wanted: &[u16]) -> Result<T, Error> {
        if !wanted.contains(&answer.status) {
            return Err(self.refusal(&answer));
        }
        json::from_bytes(&answer.body).map_err(|fault| Error::Remote {
            why: format!("{} did not answer as GitHub does: {fault}", self.target.api),
            hint: "is GITHUB_API_URL the address of the REST API?".to_owned(),
        })
    }

    fn broken(&self, failure: &Failure) -> Error {
        let Target { api, repository, .. } = self.target;
        let hint = match failure.may_pass() {
            true => "what has arrived stays; run the same command again to go on",
            false => "",
        };
        Error::Remote {
            why: format!("the connection to {repository} at {api} failed: {failure}"),
            hint: hint.to_owned(),
        }
    }

    /// An answer that is not the one wanted, in words.
    fn refusal(&self, answer: &Answer) -> Error {
        let Target { repository, tag, .. } = self.target;
        let said = answer.message();
        let (why, hint) = match answer.status {
            401 => ("the token is not accepted".to_owned(), "GITHUB_TOKEN is wrong or has expired; make a new one"),
            403 | 429 if answer.is_limited() => {
                ("GitHub's limit of requests is reached".to_owned(), "wait, and run the same command again to go on")
            }
            403 => (
                format!("the token may not attach files to {repository}"),
                "it needs the permission 'contents: write' for this repository",
            ),
            404 => (
                format!("there is no repository {repository}, or the token may not see it"),
                "check --repo, and that the token has the permission 'contents: write' for it",
            ),
            301 | 302 | 307 | 308 => (
                format!("{repository} has moved or been renamed"),
                "give its new name with --repo; the token is not sent on to another address",
            ),
            422 => {
                (format!("GitHub refuses the release {tag}"), "is the tag pushed, and the release open for changes?")
            }
            500..=599 => (
                format!("GitHub has trouble (status {})", answer.status),
                "what has arrived stays; run the same command again to go on",
            ),
            other => (format!("GitHub answered with status {other}"), ""),
        };
        let why = if said.is_empty() { why } else { format!("{why}: {said}") };
        Error::Remote { why, hint: hint.to_owned() }
    }
}

/// By the end of the name, as browsers that download the file like to know.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("epub") => "application/epub+zip",
        Some("pdf") => "application/pdf",
        Some("json") => "application/json",
        Some("md") => "text/markdown; charset=utf-8",
        Some("tsv") => "text/tab-separated-values; charset=utf-8",
        Some(_) | None => "text/plain; charset=utf-8",
    }
}

/// RFC 3986, 2.1: all but the unreserved characters.
fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}
