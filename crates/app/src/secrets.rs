//! The world's clock and the world's chance, and the tokens made from it.
//!
//! Everything else takes them as arguments; only a shell constructs [`SystemClock`] and [`SystemSecrets`].
use liangu_base::{Clock, Instant};
use sha2::{Digest, Sha256};
use std::time::{SystemTime, UNIX_EPOCH};

/// Bytes nobody can guess.
pub trait Secrets: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's generator. A machine without one cannot serve: it panics.
pub struct SystemSecrets;

impl Secrets for SystemSecrets {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// 256 bits as 43 characters of `[A-Za-z0-9_-]`.
pub fn token(secrets: &dyn Secrets) -> String {
    let mut bytes = [0; 32];
    secrets.fill(&mut bytes);
    base64url(&bytes)
}

/// A password a person can type once: twelve characters without look-alikes, 60 bits.
pub fn one_time_password(secrets: &dyn Secrets) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789+";
    let mut bytes = [0; 12];
    secrets.fill(&mut bytes);
    bytes.iter().map(|byte| LETTERS[usize::from(byte & 31)] as char).collect()
}

pub fn random_u128(secrets: &dyn Secrets) -> u128 {
    let mut bytes = [0; 16];
    secrets.fill(&mut bytes);
    u128::from_be_bytes(bytes)
}

/// What is stored of a token.
pub fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// SHA-256 in hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn base64url(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            out.push(ALPHABET[(word >> (18 - 6 * place) & 63) as usize] as char);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64url;

    #[test]
    fn base64url_as_in_rfc_4648() {
        let of = |text: &str| base64url(text.as_bytes());
        assert_eq!(
            ["", "Zg", "Zm8", "Zm9v", "Zm9vYg"],
            [of(""), of("f"), of("fo"), of("foo"), of("foob")].map(|s| s).each_ref().map(String::as_str)
        );
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
    }
}
