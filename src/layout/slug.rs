//! Names for links made from text: the ids of mdBook, and the plain ASCII of anchors and file names.
//!
//! In:     the plain text of a heading.
//! Out:    an id as mdBook makes it; letters that XML, PDF and file systems all accept.
//! Absent: uniqueness (`reference.rs`).

use unicode_normalization::UnicodeNormalization;

/// The id that mdBook 0.5 gives a heading (`id_from_content` in its `crates/mdbook-html/src/utils.rs`).
pub fn mdbook_id(text: &str) -> String {
    let id: String = text.trim().to_lowercase().chars().filter_map(id_char).collect();
    if id.is_empty() { "section".to_owned() } else { id }
}

/// The id that mdBook 0.4 gave it: small letters in ASCII only, and `<`, `>`, `&` and quotes gone.
pub fn mdbook_04_id(text: &str) -> String {
    text.trim().trim_start_matches('#').trim().chars().filter_map(id_char).map(|c| c.to_ascii_lowercase()).collect()
}

fn id_char(c: char) -> Option<char> {
    if c.is_alphanumeric() || c == '_' || c == '-' {
        Some(c)
    } else if c.is_whitespace() {
        Some('-')
    } else {
        None
    }
}

/// `text` in small ASCII letters, digits, `-` and `_`: accents dropped, Cyrillic, Greek, Armenian and Georgian written
/// in Latin letters, the rest left out. It may come out empty.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd() {
        if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c.to_ascii_lowercase());
        } else if c == '-' || c.is_whitespace() {
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        } else {
            c.to_lowercase().for_each(|c| out.push_str(latin(c)));
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// The first whole words of a slug, at most `longest` bytes of them where one word is not longer.
pub fn shorten(slug: &str, longest: usize) -> &str {
    if slug.len() <= longest {
        return slug;
    }
    // A slug is ASCII, so every byte is a character bound.
    slug[..=longest].rfind('-').filter(|&at| at > 0).map_or(&slug[..longest], |at| &slug[..at])
}

/// A letter in Latin letters; empty where we know none. Passport practice of the languages, without its exceptions.
fn latin(c: char) -> &'static str {
    match c {
        'ə' => "e",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ŋ' => "n",
        // Cyrillic.
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' | 'ҝ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ы' => "i",
        'й' | 'ј' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ҹ' => "j",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ә' => "e",
        // Greek.
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        // Armenian.
        'ա' => "a",
        'բ' => "b",
        'գ' => "g",
        'դ' => "d",
        'ե' | 'է' => "e",
        'զ' => "z",
        'ը' => "y",
        'թ' | 'տ' => "t",
        'ժ' => "zh",
        'ի' => "i",
        'լ' => "l",
        'խ' => "kh",
        'ծ' | 'ց' => "ts",
        'կ' | 'ք' => "k",
        'հ' => "h",
        'ձ' => "dz",
        'ղ' => "gh",
        'ճ' | 'չ' => "ch",
        'մ' => "m",
        'յ' => "y",
        'ն' => "n",
        'շ' => "sh",
        'ո' | 'օ' => "o",
        'պ' | 'փ' => "p",
        'ջ' => "j",
        'ռ' | 'ր' => "r",
        'ս' => "s",
        'վ' | 'ւ' => "v",
        'և' => "ev",
        'ֆ' => "f",
        // Georgian.
        'ა' => "a",
        'ბ' => "b",
        'გ' => "g",
        'დ' => "d",
        'ე' => "e",
        'ვ' => "v",
        'ზ' => "z",
        'თ' | 'ტ' => "t",
        'ი' => "i",
        'კ' | 'ქ' => "k",
        'ლ' => "l",
        'მ' => "m",
        'ნ' => "n",
        'ო' => "o",
        'პ' | 'ფ' => "p",
        'ჟ' => "zh",
        'რ' => "r",
        'ს' => "s",
        'უ' => "u",
        'ღ' => "gh",
        'ყ' => "q",
        'შ' => "sh",
        'ჩ' | 'ჭ' => "ch",
        'ც' | 'წ' => "ts",
        'ძ' => "dz",
        'ხ' => "kh",
        'ჯ' => "j",
        'ჰ' => "h",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_mdbook() {
        assert_eq!(mdbook_id("What's `T: ?Sized` & Co."), "whats-t-sized--co");
        assert_eq!(mdbook_id("Ünïcode Straße"), "ünïcode-straße");
        assert_eq!(mdbook_id("::"), "section");
        assert_eq!(mdbook_04_id("Über Ärger"), "Über-Ärger");
    }

    #[test]
    fn anchors_are_latin_letters() {
        assert_eq!(ascii("Xocalı soyqırımı: 1992"), "xocali-soyqirimi-1992");
        assert_eq!(ascii("Ходжалы — Խոջալու"), "hodzhali-khojalov");
        assert_eq!(ascii("漢字"), "");
        assert_eq!(shorten("the-road-to-aghdam", 12), "the-road-to");
        assert_eq!(shorten("antidisestablishment", 6), "antidi");
    }
}
