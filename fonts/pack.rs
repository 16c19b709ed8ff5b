//! Build step: deflates the bundled fonts into one blob each, and writes the table that `src/asset/face.rs` includes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Family, weight, italic, file. The order is that of fallback: see `fonts/README.md`. The faces of formulas come last.
const FONTS: [(&str, u16, bool, &str); 48] = [
    ("Literata", 400, false, "literata/Literata-Regular.ttf"),
    ("Literata", 400, true, "literata/Literata-Italic.ttf"),
    ("Literata", 700, false, "literata/Literata-Bold.ttf"),
    ("Literata", 700, true, "literata/Literata-BoldItalic.ttf"),
    ("Alegreya", 400, false, "alegreya/Alegreya-Regular.ttf"),
    ("Alegreya", 400, true, "alegreya/Alegreya-Italic.ttf"),
    ("Alegreya", 700, false, "alegreya/Alegreya-Bold.ttf"),
    ("Alegreya", 700, true, "alegreya/Alegreya-BoldItalic.ttf"),
    ("Fira Sans", 400, false, "fira-sans/FiraSans-Regular.ttf"),
    ("Fira Sans", 400, true, "fira-sans/FiraSans-Italic.ttf"),
    ("Fira Sans", 600, false, "fira-sans/FiraSans-SemiBold.ttf"),
    ("Fira Sans", 600, true, "fira-sans/FiraSans-SemiBoldItalic.ttf"),
    ("JetBrains Mono", 400, false, "jetbrains-mono/JetBrainsMono-Regular.ttf"),
    ("JetBrains Mono", 400, true, "jetbrains-mono/JetBrainsMono-Italic.ttf"),
    ("JetBrains Mono", 700, false, "jetbrains-mono/JetBrainsMono-Bold.ttf"),
    ("JetBrains Mono", 700, true, "jetbrains-mono/JetBrainsMono-BoldItalic.ttf"),
    ("Noto Serif Armenian", 400, false, "companions/NotoSerifArmenian-Regular.ttf"),
    ("Noto Serif Armenian", 700, false, "companions/NotoSerifArmenian-Bold.ttf"),
    ("Noto Serif Georgian", 400, false, "companions/NotoSerifGeorgian-Regular.ttf"),
    ("Noto Serif Georgian", 700, false, "companions/NotoSerifGeorgian-Bold.ttf"),
    ("Noto Serif Hebrew", 400, false, "companions/NotoSerifHebrew-Regular.ttf"),
    ("Noto Serif Hebrew", 700, false, "companions/NotoSerifHebrew-Bold.ttf"),
    ("Amiri", 400, false, "companions/Amiri-Regular.ttf"),
    ("Amiri", 700, false, "companions/Amiri-Bold.ttf"),
    ("Noto Serif", 400, false, "fallback/NotoSerif-Regular.ttf"),
    ("Libertinus Math", 400, false, "math/LibertinusMath-Regular.otf"),
    ("DejaVu Sans", 400, false, "fallback/DejaVuSans.ttf"),
    ("DejaVu Sans Mono", 400, false, "fallback/DejaVuSansMono.ttf"),
    ("Noto Emoji", 400, false, "fallback/NotoEmoji-Regular.ttf"),
    ("KaTeX AMS", 400, false, "katex/KaTeX_AMS-Regular.ttf"),
    ("KaTeX Caligraphic", 400, false, "katex/KaTeX_Caligraphic-Regular.ttf"),
    ("KaTeX Fraktur", 400, false, "katex/KaTeX_Fraktur-Regular.ttf"),
    ("KaTeX Fraktur", 700, false, "katex/KaTeX_Fraktur-Bold.ttf"),
    ("KaTeX Main", 400, false, "katex/KaTeX_Main-Regular.ttf"),
    ("KaTeX Main", 400, true, "katex/KaTeX_Main-Italic.ttf"),
    ("KaTeX Main", 700, false, "katex/KaTeX_Main-Bold.ttf"),
    ("KaTeX Main", 700, true, "katex/KaTeX_Main-BoldItalic.ttf"),
    ("KaTeX Math", 400, true, "katex/KaTeX_Math-Italic.ttf"),
    ("KaTeX Math", 700, true, "katex/KaTeX_Math-BoldItalic.ttf"),
    ("KaTeX SansSerif", 400, false, "katex/KaTeX_SansSerif-Regular.ttf"),
    ("KaTeX SansSerif", 400, true, "katex/KaTeX_SansSerif-Italic.ttf"),
    ("KaTeX SansSerif", 700, false, "katex/KaTeX_SansSerif-Bold.ttf"),
    ("KaTeX Script", 400, false, "katex/KaTeX_Script-Regular.ttf"),
    ("KaTeX Size1", 400, false, "katex/KaTeX_Size1-Regular.ttf"),
    ("KaTeX Size2", 400, false, "katex/KaTeX_Size2-Regular.ttf"),
    ("KaTeX Size3", 400, false, "katex/KaTeX_Size3-Regular.ttf"),
    ("KaTeX Size4", 400, false, "katex/KaTeX_Size4-Regular.ttf"),
    ("KaTeX Typewriter", 400, false, "katex/KaTeX_Typewriter-Regular.ttf"),
];

/// The slowest and smallest level: fonts are packed once and shipped often.
const LEVEL: u32 = 9;

fn main() {
    let fonts = Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo")).join("fonts");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    println!("cargo::rerun-if-changed=fonts");
    let mut table = String::from("[\n");
    for (family, weight, italic, file) in FONTS {
        let raw = fs::read(fonts.join(file)).unwrap_or_else(|e| panic!("fonts/{file}: {e}"));
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(LEVEL));
        packer.write_all(&raw).expect("writing to memory");
        let packed = out.join(file.replace('/', "-"));
        fs::write(&packed, packer.finish().expect("writing to memory")).expect("OUT_DIR can be written");
        let length = raw.len();
        table += &format!(
            "Packed {{ family: {family:?}, weight: {weight}, italic: {italic}, name: {file:?}, length: {length}, packed: include_bytes!({packed:?}) }},\n"
        );
    }
    table.push(']');
    fs::write(out.join("fonts.in"), table).expect("OUT_DIR can be written");
}
