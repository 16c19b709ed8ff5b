//! A server on this machine that speaks the part of GitHub's REST API that attaching uses, with its errors.

use bifolio::bundle::checksum::sha256;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub const TOKEN: &str = "ghp_very-secret";
pub const REPOSITORY: &str = "reader/book";

/// What befalls an upload.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// An answer with this status, and nothing is stored.
    Status(u16),
    /// 502, and half a file with the state `starter` stays.
    Starter,
    /// The connection breaks before the file is read.
    Hangup,
    /// The file is stored, and the connection breaks before the answer.
    LostAnswer,
    /// Another run has stored the same file in between: 422 with `already_exists`.
    Race,
}

#[derive(Clone, Debug)]
pub struct Asset {
    pub id: u64,
    pub name: String,
    pub state: &'static str,
    pub bytes: Vec<u8>,
    /// Whether the answers name its checksum, as GitHub does since June 2025.
    pub has_digest: bool,
}

#[derive(Default, Debug)]
pub struct State {
    pub tag_exists: bool,
    pub release_exists: bool,
    pub draft: bool,
    pub body: String,
    pub assets: Vec<Asset>,
    pub uploads: VecDeque<Option<Fault>>,
    /// Statuses that answer the next calls that are no uploads.
    pub calls: VecDeque<u16>,
    /// `GET /path`, in order.
    pub log: Vec<String>,
    next: u64,
}

impl State {
    pub fn store(&mut self, name: &str, state: &'static str, bytes: &[u8], has_digest: bool) {
        self.next += 1;
        let (id, name, bytes) = (self.next, name.to_owned(), bytes.to_vec());
        self.assets.push(Asset { id, name, state, bytes, has_digest });
    }

    pub fn uploads_seen(&self) -> usize {
        self.log.iter().filter(|line| line.starts_with("POST /upload")).count()
    }
}

pub struct Server {
    pub url: String,
    pub state: Arc<Mutex<State>>,
}

/// A server with a published release for the tag and nothing attached.
pub fn start() -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let state = Arc::new(Mutex::new(State { tag_exists: true, release_exists: true, ..State::default() }));
    let (shared, base) = (state.clone(), url.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A connection that breaks is what some tests want.
            let _ = serve(stream, &shared, &base);
        }
    });
    Server { url, state }
}

fn serve(stream: TcpStream, state: &Mutex<State>, base: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut parts = line.split_whitespace().map(str::to_owned);
    let (method, path) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let (mut length, mut token) = (0, String::new());
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header == "\r\n" {
            break;
        }
        let (name, value) = header.split_once(':').unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or(0),
            "authorization" => token = value.trim().to_owned(),
            _ => {}
        }
    }
    let mut state = state.lock().unwrap();
    state.log.push(format!("{method} {path}"));
    let upload = path.strip_prefix("/upload/1/assets?name=").map(str::to_owned);
    let fault = if upload.is_some() { state.uploads.pop_front().flatten() } else { None };
    if matches!(fault, Some(Fault::Hangup)) {
        return Ok(());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let (status, answer) = if token != format!("Bearer {TOKEN}") {
        (401, json!({"message": "Bad credentials"}))
    } else if let Some(name) = upload {
        match take(&mut state, &name, &body, fault) {
            Some(answer) => answer,
            None => return Ok(()),
        }
    } else if let Some(status) = state.calls.pop_front() {
        (status, json!({"message": "as the test wants"}))
    } else {
        call(&mut state, &method, &path, &body, base)
    };
    let text = answer.to_string();
    // As GitHub does for its limits of requests; with other refusals it asks for no pause.
    let pause = if status == 429 { "Retry-After: 0\r\n" } else { "" };
    let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n{pause}Connection: close\r\n\r\n", text.len());
    let mut stream = stream;
    stream.write_all(head.as_bytes())?;
    if status != 204 {
        stream.write_all(text.as_bytes())?;
    }
    stream.flush()
}

/// An upload; `None` where the connection shall break.
fn take(state: &mut State, name: &str, body: &[u8], fault: Option<Fault>) -> Option<(u16, Value)> {
    let exists =
        (422, json!({"message": "Validation Failed", "errors": [{"code": "already_exists", "field": "name"}]}));
    match fault {
        Some(Fault::Status(status)) => return Some((status, json!({"message": "as the test wants"}))),
        Some(Fault::Starter) => {
            state.store(name, "starter", &[], true);
            return Some((502, json!({"message": "Server Error"})));
        }
        Some(Fault::LostAnswer) => {
            state.store(name, "uploaded", body, true);
            return None;
        }
        Some(Fault::Race) => {
            state.store(name, "uploaded", body, true);
            return Some(exists);
        }
        Some(Fault::Hangup) => return None,
        None => {}
    }
    if state.assets.iter().any(|asset| asset.name == name) {
        return Some(exists);
    }
    state.store(name, "uploaded", body, true);
    Some((201, json!({"id": state.next, "name": name})))
}

fn call(state: &mut State, method: &str, path: &str, body: &[u8], base: &str) -> (u16, Value) {
    let missing = (404, json!({"message": "Not Found"}));
    let Some(path) = path.strip_prefix(&format!("/repos/{REPOSITORY}")) else { return missing };
    let sent: Value = serde_json::from_slice(body).unwrap_or_default();
    let upload_url = format!("{base}/upload/1/assets{{?name,label}}");
    let release = json!({"id": 1, "upload_url": upload_url, "draft": state.draft, "tag_name": "v1.0"});
    match (method, path) {
        ("GET", "/git/ref/tags/v1.0") if state.tag_exists => (200, json!({"ref": "refs/tags/v1.0"})),
        ("GET", "/releases/tags/v1.0") if state.release_exists && !state.draft => (200, release),
        ("GET", "/releases?per_page=100&page=1") if state.release_exists => (200, json!([release])),
        ("GET", "/releases?per_page=100&page=1") => (200, json!([])),
        ("POST", "/releases") => {
            (state.release_exists, state.draft) = (true, sent["draft"] == true);
            state.body = sent["body"].as_str().unwrap_or_default().to_owned();
            (201, release)
        }
        ("PATCH", "/releases/1") => {
            state.draft = sent["draft"] == true;
            (200, release)
        }
        ("GET", "/releases/1/assets?per_page=100&page=1") => {
            let shown = state.assets.iter().map(|asset| {
                let digest = asset.has_digest.then(|| format!("sha256:{}", sha256(&asset.bytes)));
                let Asset { id, name, state, bytes, .. } = asset;
                json!({"id": id, "name": name, "state": state, "size": bytes.len(), "digest": digest})
            });
            (200, shown.collect())
        }
        ("DELETE", path) => {
            let id = path.strip_prefix("/releases/assets/").and_then(|id| id.parse().ok()).unwrap_or(0);
            state.assets.retain(|asset| asset.id != id);
            (204, Value::Null)
        }
        _ => missing,
    }
}
