//! Records ↔ JSON: each field under its own name, keys sorted, an absent `Option` left out.
//!
//! In:     records declared with `record!`; JSON.
//! Out:    the same JSON for equal records.
//! Faults: a sentence with the way to the value: `editions: 2: pages: no whole number`.
//! Absent: what the records mean.

use serde_json::{Map, Value};

/// Something that is written as JSON and read again.
pub trait Record: Sized {
    fn write(&self) -> Value;

    fn read(value: &Value) -> Result<Self, String>;

    /// What stands for a field that is not there; `None` where it must be.
    fn absent() -> Option<Self> {
        None
    }

    fn is_left_out(&self) -> bool {
        false
    }
}

/// Declares a struct and writes its [`Record`] from the names of its fields.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$of_field:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[$of_field])* pub $field: $type,)*
        }

        impl $crate::bundle::json::Record for $name {
            fn write(&self) -> serde_json::Value {
                let mut fields = serde_json::Map::new();
                $($crate::bundle::json::put(&mut fields, stringify!($field), &self.$field);)*
                serde_json::Value::Object(fields)
            }

            fn read(value: &serde_json::Value) -> Result<$name, String> {
                Ok($name { $($field: $crate::bundle::json::take(value, stringify!($field))?,)* })
            }
        }
    };
}
pub(crate) use record;

pub fn put<T: Record>(fields: &mut Map<String, Value>, name: &str, value: &T) {
    if !value.is_left_out() {
        fields.insert(name.to_owned(), value.write());
    }
}

pub fn take<T: Record>(record: &Value, name: &str) -> Result<T, String> {
    match record.get(name) {
        Some(value) => T::read(value).map_err(|why| format!("{name}: {why}")),
        None => T::absent().ok_or_else(|| format!("{name} is missing")),
    }
}

/// The file's bytes, ended by a line end.
pub fn to_bytes<T: Record>(record: &T) -> Result<Vec<u8>, String> {
    let mut json = serde_json::to_vec_pretty(&record.write()).map_err(|fault| fault.to_string())?;
    json.push(b'\n');
    Ok(json)
}

pub fn from_bytes<T: Record>(json: &[u8]) -> Result<T, String> {
    T::read(&serde_json::from_slice(json).map_err(|fault| fault.to_string())?)
}

impl Record for String {
    fn write(&self) -> Value {
        Value::from(self.as_str())
    }

    fn read(value: &Value) -> Result<String, String> {
        value.as_str().map(str::to_owned).ok_or_else(|| "no text".to_owned())
    }
}

impl Record for bool {
    fn write(&self) -> Value {
        Value::from(*self)
    }

    fn read(value: &Value) -> Result<bool, String> {
        value.as_bool().ok_or_else(|| "neither true nor false".to_owned())
    }
}

/// Whole numbers; each must fit its type.
macro_rules! number {
    ($($type:ty)*) => {$(
        impl Record for $type {
            fn write(&self) -> Value {
                Value::from(*self)
            }

            fn read(value: &Value) -> Result<$type, String> {
                let number = value.as_u64().and_then(|number| <$type>::try_from(number).ok());
                number.ok_or_else(|| "no whole number".to_owned())
            }
        }
    )*};
}
number!(u16 u64 usize);

impl<T: Record> Record for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }

    fn read(value: &Value) -> Result<Option<T>, String> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }

    fn absent() -> Option<Option<T>> {
        Some(None)
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: Record> Record for Vec<T> {
    fn write(&self) -> Value {
        self.iter().map(T::write).collect()
    }

    fn read(value: &Value) -> Result<Vec<T>, String> {
        let list = value.as_array().ok_or_else(|| "no list".to_owned())?;
        list.iter().enumerate().map(|(at, value)| T::read(value).map_err(|why| format!("{}: {why}", at + 1))).collect()
    }

    fn absent() -> Option<Vec<T>> {
        Some(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    record! {
        #[derive(PartialEq, Debug)]
        pub struct Leaf {
            pub name: String,
            pub pages: u16,
            pub note: Option<String>,
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let leaves = vec![
            Leaf { name: "a \"b\"".to_owned(), pages: 7, note: None },
            Leaf { name: String::new(), pages: 0, note: Some("x".to_owned()) },
        ];
        let json = to_bytes(&leaves).unwrap();
        assert!(!String::from_utf8_lossy(&json).contains("null"));
        assert_eq!(from_bytes::<Vec<Leaf>>(&json).unwrap(), leaves);
    }

    #[test]
    fn a_fault_names_the_way_to_the_value() {
        let fault = |json: &str| from_bytes::<Vec<Leaf>>(json.as_bytes()).unwrap_err();
        assert_eq!(fault(r#"[{"name": "a", "pages": 1}, {"name": "b", "pages": 70000}]"#), "2: pages: no whole number");
        assert_eq!(fault(r#"[{"pages": 1}]"#), "1: name is missing");
        assert_eq!(fault("{}"), "no list");
    }
}
