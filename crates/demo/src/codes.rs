//! Unified social credit codes of the demonstration.
//!
//! The organisation part always begins with `DEM`. Codes in use begin with a digit or with `MA`, so a demonstration
//! code has valid check characters, passes every form, and still is recognisable and belongs to nobody.
use liangu_base::CreditCode;

/// First characters of the organisation part of every demonstration code.
pub const RESERVED: &str = "DEM";

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The code of the `number`-th holder; `kind` is `91` for firms, `93` for cooperatives, `11` for organs, `12` for
/// institutions, and `region` the six digits of the registering office.
pub fn credit_code(kind: &str, region: &str, number: usize) -> String {
    // A step coprime to 31^5 spreads neighbours over the range without a collision.
    let mut rest = (number as u64 * 9_176_471 + 4_300_013) % 28_629_151;
    let mut body = RESERVED.to_owned();
    for _ in 0..5 {
        body.push(ALPHABET[(rest % 31) as usize] as char);
        rest /= 31;
    }
    match CreditCode::with_check_digits(kind, region, &body) {
        Ok(code) => code.as_str().to_owned(),
        // Unreachable: all characters come from the alphabet and the lengths are fixed.
        Err(_) => String::new(),
    }
}
