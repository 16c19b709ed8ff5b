//! Operators of text, as they stand in the file.
//!
//! In:     numbers, names, texts.
//! Out:    [`append`]ed to the operations of a page.
//! Absent: what they show.
//!
//! printpdf puts an operator that it does not know by name into the page as it stands. A book has some two hundred thousand
//! operators of text: as objects they took most of the time of writing it. So the operators between two of printpdf's own
//! are one such operator, with line breaks in it.

use printpdf::Op;

/// Adds operators to those that stand verbatim before them, or starts a new stretch of such.
pub fn append(ops: &mut Vec<Op>, write: impl FnOnce(&mut String)) {
    if let Some(Op::Unknown { key, value }) = ops.last_mut()
        && value.is_empty()
    {
        if !key.is_empty() {
            key.push('\n');
        }
        write(key);
        return;
    }
    let mut key = String::new();
    write(&mut key);
    ops.push(Op::Unknown { key, value: Vec::new() });
}

/// A place among operators, to which one is added when what follows it is known.
#[derive(Clone, Copy)]
pub struct Mark {
    op: usize,
    byte: usize,
}

impl Mark {
    /// Here, after all that is written.
    pub fn here(ops: &mut Vec<Op>) -> Mark {
        match ops.last() {
            Some(Op::Unknown { key, value }) if value.is_empty() => Mark { op: ops.len() - 1, byte: key.len() },
            Some(_) | None => {
                ops.push(Op::Unknown { key: String::new(), value: Vec::new() });
                Mark { op: ops.len() - 1, byte: 0 }
            }
        }
    }

    /// Puts an operator there.
    pub fn put(self, ops: &mut [Op], operator: &str) {
        if let Some(Op::Unknown { key, .. }) = ops.get_mut(self.op) {
            if self.byte == 0 {
                key.insert(0, '\n');
                key.insert_str(0, operator);
            } else {
                key.insert_str(self.byte, operator);
                key.insert(self.byte, '\n');
            }
        }
    }
}

/// A whole number.
pub fn integer(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    digits(out, value.unsigned_abs(), 1);
}

/// Thousandths as a decimal number without needless digits.
pub fn thousandths(out: &mut String, value: i64) {
    decimal::<3>(out, value);
}

/// A number that is counted in parts of 10 to the power of `PLACES`, without needless digits.
pub fn decimal<const PLACES: u32>(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let whole = 10_u64.pow(PLACES);
    let (whole, mut part, mut least) = (value.unsigned_abs() / whole, value.unsigned_abs() % whole, PLACES as usize);
    digits(out, whole, 1);
    if part > 0 {
        while part.is_multiple_of(10) {
            part /= 10;
            least -= 1;
        }
        out.push('.');
        digits(out, part, least);
    }
}

/// At least so many digits.
fn digits(out: &mut String, mut value: u64, least: usize) {
    // The largest number has 20.
    let mut reversed = [b'0'; 20];
    let mut count = 0;
    while value > 0 {
        reversed[count] = b'0' + (value % 10) as u8;
        value /= 10;
        count += 1;
    }
    reversed[..count.max(least)].iter().rev().for_each(|digit| out.push(char::from(*digit)));
}

/// The operator that opens a piece whose text is told apart (ISO 32000-1, 14.9.4). UTF-16 with its mark, in hexadecimal
/// digits.
pub fn actual_text(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::from("/Span <</ActualText<FEFF");
    for unit in text.encode_utf16() {
        for shift in [12, 8, 4, 0] {
            out.push(char::from(DIGITS[usize::from(unit >> shift & 15)]));
        }
    }
    out.push_str(">>> BDC");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_operators_stand_in_lines() {
        let mut out = String::new();
        for value in [0, 5, -50, 12_340, -60_222, 396_000, -1] {
            thousandths(&mut out, value);
            out.push(' ');
        }
        integer(&mut out, -102);
        assert_eq!(out, "0 0.005 -0.05 12.34 -60.222 396 -0.001 -102");
        let mut ops = vec![Op::StartTextSection];
        let first = Mark::here(&mut ops);
        append(&mut ops, |out| out.push('a'));
        let second = Mark::here(&mut ops);
        append(&mut ops, |out| out.push('b'));
        second.put(&mut ops, "y");
        first.put(&mut ops, "x");
        let [Op::StartTextSection, Op::Unknown { key, .. }] = &ops[..] else { panic!("{ops:?}") };
        assert_eq!(key, "x\na\ny\nb");
        assert_eq!(actual_text("\u{AD}"), "/Span <</ActualText<FEFF00AD>>> BDC");
    }
}
