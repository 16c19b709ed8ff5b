//! Bytes → text that every later phase can rely on.
//!
//! In:     the bytes of a text file.
//! Out:    UTF-8 without byte order mark, with `\n` line ends, without characters that XML forbids.
//! Faults: `text.encoding`, `text.control`, `text.size`.
//! Absent: what the text says.

use crate::base::{Diagnostic, FileId, Files, Sink, Span};
use std::path::Path;

/// The longest text file taken in. Places in files are 32-bit, and no text written by hand comes near.
pub const LONGEST: usize = 64 << 20;

/// A text file read but not yet taken into [`Files`]: decoding runs in parallel, numbering files does not.
#[derive(Debug)]
pub struct Decoded {
    pub text: String,
    faults: Vec<(usize, Fault)>,
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    Encoding { wide: bool },
    Control(char),
    Size,
}

/// Decodes a file. Where it is at fault, a stand-in text is made and the faults are kept for [`Decoded::take_in`].
pub fn decode(mut bytes: Vec<u8>) -> Decoded {
    let mut faults = Vec::new();
    if bytes.len() > LONGEST {
        bytes.truncate(LONGEST);
        while bytes.last().is_some_and(|byte| byte & 0xC0 == 0x80) {
            bytes.pop();
        }
        bytes.pop();
        faults.push((0, Fault::Size));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let bytes = error.as_bytes();
            let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
            let at = error.utf8_error().valid_up_to();
            // Line ends before the place are joined below; the place moves with them.
            let joined = bytes[..at].windows(2).filter(|pair| pair == b"\r\n").count();
            faults.push((at - joined, Fault::Encoding { wide }));
            String::from_utf8_lossy(bytes).into_owned()
        }
    };
    let text = clean(join_line_ends(text), &mut faults);
    Decoded { text, faults }
}

/// `\r\n` and a lone `\r` become `\n`.
fn join_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// Takes out what XML 1.0 (2.2) forbids and the layout tree gives a meaning of its own.
fn clean(text: String, faults: &mut Vec<(usize, Fault)>) -> String {
    let is_forbidden =
        |c: char| (c < ' ' && c != '\n' && c != '\t') || matches!(c, '\u{7F}' | '\u{FFFC}' | '\u{FFFE}' | '\u{FFFF}');
    // One look at the bytes clears nearly every file; 0xEF leads U+FFFC to U+FFFF in UTF-8.
    let is_suspect = |b: u8| (b < b' ' && b != b'\n' && b != b'\t') || b == 0x7F || b == 0xEF;
    if !text.bytes().any(is_suspect) {
        return text;
    }
    let Some(at) = text.find(is_forbidden) else { return text };
    let found = text[at..].chars().next().unwrap_or('\u{FFFD}');
    if !faults.iter().any(|(_, fault)| matches!(fault, Fault::Encoding { .. })) {
        faults.push((at, Fault::Control(found)));
    }
    // Stand-ins are as long as what they stand for, so that places stay true.
    text.chars()
        .map(|c| {
            if !is_forbidden(c) {
                c
            } else if c.len_utf8() == 1 {
                ' '
            } else {
                '\u{FFFD}'
            }
        })
        .collect()
}

impl Decoded {
    /// Numbers the file and reports its faults.
    pub fn take_in(self, path: &Path, files: &mut Files, sink: &mut Sink) -> FileId {
        let file = files.add(path, self.text);
        for (at, fault) in self.faults {
            sink.push(fault.diagnostic().at(Span::new(file, at, at + 1)));
        }
        file
    }
}

impl Fault {
    fn diagnostic(self) -> Diagnostic {
        match self {
            Fault::Encoding { wide: true } => {
                Diagnostic::error("text.encoding", "this file is in UTF-16, not in UTF-8").hint("save it as UTF-8")
            }
            Fault::Encoding { wide: false } => {
                Diagnostic::error("text.encoding", "this byte is not UTF-8").hint("save the file as UTF-8")
            }
            Fault::Control(c) => Diagnostic::warning(
                "text.control",
                format!("control character U+{:04X}, which no book can show, is left out", u32::from(c)),
            ),
            Fault::Size => Diagnostic::error("text.size", format!("this file is longer than {} MiB", LONGEST >> 20)),
        }
    }
}

/// The start of a text, of at most `length` bytes: what is searched must have an end.
pub fn cut(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `%20` and the like as the characters they stand for (RFC 3986, 2.1); as written where they are not UTF-8.
pub fn decode_percent(written: &str) -> String {
    if !written.contains('%') {
        return written.to_owned();
    }
    let bytes = written.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Severity;
    use proptest::prelude::*;

    fn taken(bytes: &[u8]) -> (String, Vec<String>) {
        let (mut files, mut sink) = (Files::default(), Sink::new());
        let file = decode(bytes.to_vec()).take_in(Path::new("a.md"), &mut files, &mut sink);
        let faults = sink.list().iter().map(|d| {
            let at = d.at.map(|span| files.line_col(span.file, span.start));
            format!("{} {at:?}", d.code)
        });
        (files.text(file).to_owned(), faults.collect())
    }

    #[test]
    fn byte_order_mark_and_line_ends_are_joined() {
        assert_eq!(taken("\u{FEFF}a\r\nb\rc\n".as_bytes()), ("a\nb\nc\n".to_owned(), vec![]));
    }

    #[test]
    fn a_byte_that_is_not_utf8_is_told_with_its_place() {
        let (text, faults) = taken(b"ab\r\n\xC3\xA9\xFFx");
        assert_eq!(text, "ab\n\u{E9}\u{FFFD}x");
        assert_eq!(faults, ["text.encoding Some((2, 2))"]);
    }

    #[test]
    fn forbidden_characters_leave_a_stand_in() {
        assert_eq!(taken(b"a\x1Bb"), ("a b".to_owned(), vec!["text.control Some((1, 2))".to_owned()]));
        assert_eq!(taken("\u{FFFC}".as_bytes()).0, "\u{FFFD}");
    }

    proptest! {
        #[test]
        fn any_bytes_become_clean_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let (mut files, mut sink) = (Files::default(), Sink::new());
            let file = decode(bytes).take_in(Path::new("a.md"), &mut files, &mut sink);
            let text = files.text(file);
            prop_assert!(text.chars().all(|c| c >= ' ' || c == '\n' || c == '\t'));
            prop_assert!(sink.list().iter().all(|d| d.severity >= Severity::Warning));
        }
    }
}
