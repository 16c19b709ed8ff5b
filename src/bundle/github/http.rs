//! One HTTP request at a time, with patience. The only door to ureq.
//!
//! In:     method, address, body, a token.
//! Out:    status and body of the answer.
//! Faults: [`Failure`], without the token.
//! Absent: what the answer means. Redirections are not followed: the token goes to the address it was meant for.

use crate::base::Error;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;
use ureq::http::Uri;

/// A larger answer than any list of a hundred releases with long notes.
const LARGEST_ANSWER: u64 = 32 << 20;
/// How long a server may keep silent.
const SILENCE: Duration = Duration::from_secs(60);
/// A server that wants a longer pause than this is left for another day.
const LONGEST_PAUSE: u64 = 120;

/// How often and how patiently a request is tried again.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Tries in all; at least one is made.
    pub tries: u32,
    /// The first pause; each further one is twice as long.
    pub pause: Duration,
}

impl Default for Patience {
    /// Five tries within fifteen seconds: longer troubles are not waited out.
    fn default() -> Patience {
        Patience { tries: 5, pause: Duration::from_secs(1) }
    }
}

/// The tries left of one request.
pub struct Tries {
    left: u32,
    pause: Duration,
}

impl Patience {
    pub fn tries(self) -> Tries {
        Tries { left: self.tries.saturating_sub(1), pause: self.pause }
    }
}

impl Tries {
    /// Waits before the next try; `false`, at once, when none is left. `asked`: seconds that the server wants.
    pub fn wait(&mut self, asked: Option<u64>) -> bool {
        if self.left == 0 || asked.is_some_and(|seconds| seconds > LONGEST_PAUSE) {
            return false;
        }
        self.left -= 1;
        std::thread::sleep(asked.map_or(self.pause, Duration::from_secs));
        self.pause = self.pause.saturating_mul(2);
        true
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    /// Seconds that the server asks us to wait (`Retry-After`; RFC 9110, 10.2.3).
    pub wait: Option<u64>,
    limit_used_up: bool,
}

impl Answer {
    /// Whether the same request may succeed later: server faults and limits of requests.
    pub fn may_pass(&self) -> bool {
        self.status >= 500 || self.status == 408 || self.is_limited()
    }

    /// Whether too many requests were made (docs.github.com: rate limits for the REST API).
    pub fn is_limited(&self) -> bool {
        self.status == 429 || self.status == 403 && (self.limit_used_up || self.wait.is_some())
    }

    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What the server says itself, on one line; empty when it says nothing we can read.
    pub fn message(&self) -> String {
        let body: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let said = body["message"].as_str().unwrap_or_default();
        said.chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect()
    }
}

/// A request without an answer.
pub struct Failure(ureq::Error);

impl Failure {
    /// Whether trying again may help: it does not where the address or the certificate is wrong.
    pub fn may_pass(&self) -> bool {
        matches!(
            self.0,
            ureq::Error::Io(_)
                | ureq::Error::Timeout(_)
                | ureq::Error::ConnectionFailed
                | ureq::Error::Protocol(_)
                | ureq::Error::BodyStalled
                | ureq::Error::HostNotFound
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

pub struct Client {
    agent: ureq::Agent,
    authorization: String,
    patience: Patience,
}

impl Client {
    pub fn new(token: &str, patience: Patience) -> Result<Client, Error> {
        let token = token.trim();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            // The token itself is never shown.
            let why =
                if token.is_empty() { "there is no token" } else { "the token holds characters that no token has" };
            let hint = "put a token with the permission 'contents: write' into the variable GITHUB_TOKEN";
            return Err(Error::Remote { why: why.to_owned(), hint: hint.to_owned() });
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(SILENCE))
            .user_agent(concat!("bifolio/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Client { agent: config.new_agent(), authorization: format!("Bearer {token}"), patience })
    }

    /// Tries until an answer comes that will not change by waiting.
    pub fn call(&self, method: Method, url: &str, body: &[u8], media_type: &str) -> Result<Answer, Failure> {
        let mut tries = self.patience.tries();
        loop {
            let result = self.once(method, url, body, media_type);
            let (may_pass, wait) = match &result {
                Ok(answer) => (answer.may_pass(), answer.wait),
                Err(failure) => (failure.may_pass(), None),
            };
            if !may_pass || !tries.wait(wait) {
                return result;
            }
        }
    }

    /// One try.
    pub fn once(&self, method: Method, url: &str, body: &[u8], media_type: &str) -> Result<Answer, Failure> {
        if !keeps_secrets(url) {
            return Err(Failure(ureq::Error::RequireHttpsOnly(url.to_owned())));
        }
        let request = ureq::http::Request::builder()
            .method(method.name())
            .uri(url)
            .header("Authorization", &self.authorization)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28");
        let result = match method {
            Method::Get | Method::Delete => request.body(()).map_err(ureq::Error::from).and_then(|r| self.agent.run(r)),
            Method::Post | Method::Patch => {
                let request = request.header("Content-Type", media_type).body(body);
                request.map_err(ureq::Error::from).and_then(|r| self.agent.run(r))
            }
        };
        let mut response = result.map_err(Failure)?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        let wait = header("retry-after").and_then(|value| value.trim().parse().ok());
        let limit_used_up = header("x-ratelimit-remaining") == Some("0");
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec().map_err(Failure)?;
        Ok(Answer { status, body, wait, limit_used_up })
    }
}

/// Whether an address may see the token: encrypted, or on this machine.
fn keeps_secrets(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => is_here,
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_only_over_encrypted_connections_or_to_this_machine() {
        for good in ["https://api.github.com/x", "http://127.0.0.1:80/", "http://[::1]:80/", "http://localhost/"] {
            assert!(keeps_secrets(good), "{good}");
        }
        for bad in ["http://api.github.com/", "http://127.0.0.1.evil.example/", "ftp://localhost/", "x"] {
            assert!(!keeps_secrets(bad), "{bad}");
        }
    }

    #[test]
    fn a_token_with_a_line_break_is_refused_without_showing_it() {
        let Err(fault) = Client::new("secret\r\nX: y", Patience::default()) else { panic!("accepted") };
        assert!(!fault.to_string().contains("secret"), "{fault}");
    }
}
