//! Text → XML: escaping, and the characters that XML 1.0 cannot hold.
//!
//! In:     any string.
//! Out:    the same characters, written so that every XML reader hands them back.
//! Absent: elements; those are written by `xhtml.rs`, `nav.rs` and `opf.rs`.

/// Appends character data (XML 1.0, 2.4). `>` is escaped as well, so that `]]>` cannot arise.
pub fn text(out: &mut String, string: &str) {
    escape(out, string, false);
}

/// Appends the value of an attribute that stands in double quotes.
pub fn value(out: &mut String, string: &str) {
    escape(out, string, true);
}

/// [`text`] as a string of its own.
pub fn escaped(string: &str) -> String {
    let mut out = String::with_capacity(string.len());
    value(&mut out, string);
    out
}

fn escape(out: &mut String, string: &str, quoted: bool) {
    let mut from = 0;
    for (at, byte) in string.bytes().enumerate() {
        let instead = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if quoted => "&quot;",
            // Line ends and tabs of an attribute become spaces when read (XML 1.0, 3.3.3); a space says so at once.
            b'\n' | b'\t' | b'\r' if quoted => " ",
            // XML 1.0, 2.2: the other controls have no way to be written.
            0x00..=0x08 | 0x0B | 0x0C | 0x0E..=0x1F => "",
            // U+FFFE and U+FFFF are no characters of XML; both begin with these two bytes.
            0xEF if matches!(string.as_bytes().get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) => {
                out.push_str(&string[from..at]);
                from = at + 3;
                continue;
            }
            _ => continue,
        };
        out.push_str(&string[from..at]);
        out.push_str(instead);
        from = at + 1;
    }
    out.push_str(&string[from..]);
}

/// Appends ` name="value"`.
pub fn attribute(out: &mut String, name: &str, string: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    value(out, string);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_up_what_xml_reserves_and_drops_what_it_forbids() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}\u{FFFF}\u{FFFD}é\n"), "a&lt;b&gt; &amp; &quot;c&quot;\u{FFFD}é ");
        let mut out = String::new();
        text(&mut out, "say \"x\"\n]]>");
        assert_eq!(out, "say \"x\"\n]]&gt;");
    }
}
