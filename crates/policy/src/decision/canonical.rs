//! One text for one content: sorted keys, no white space, whole numbers only.
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The canonical text of a value. A number that is not whole has none, and nothing here holds one.
pub fn canonical<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_value(value).unwrap_or(Json::Null);
    let mut text = String::new();
    write(&json, &mut text);
    text
}

/// SHA-256 of the canonical text, in hex.
pub fn digest_of<T: Serialize>(value: &T) -> String {
    let hash = Sha256::digest(canonical(value).as_bytes());
    hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn write(json: &Json, text: &mut String) {
    match json {
        Json::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Json::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort_unstable();
            text.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(&Json::String(key.clone()), text);
                text.push(':');
                write(&fields[key], text);
            }
            text.push('}');
        }
        // strings as JSON escapes them; whole numbers, true, false and null as they are
        simple => text.push_str(&simple.to_string()),
    }
}
