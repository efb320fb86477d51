//! Password hashes: argon2id with 19 MiB, two passes, one lane (the OWASP minimum), at most four at a time.
use crate::fault::{Fault, FieldFault, Outcome};
use crate::secrets::Secrets;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use liangu_base::Text;
use std::sync::{Condvar, Mutex, PoisonError};

/// Least characters of a password that a person chooses.
const LENGTH: usize = 10;
/// Most bytes that are hashed, so that a request cannot make work at will.
const BYTES: usize = 256;
/// Hashes at a time: each takes 19 MiB.
const AT_ONCE: usize = 4;

/// A hash of no password: what an unknown login is checked against, so that it takes the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGlhbmd1LW5vYm9keS0wMQ$6dGPUHAZuTKMbQXOv6tSCG9BqVZtWcr9aUXwrW5Y5AU";

static GATE: Gate = Gate { busy: Mutex::new(0), free: Condvar::new() };

pub(super) fn hash(password: &str, secrets: &dyn Secrets) -> Outcome<String> {
    let mut salt = [0; 16];
    secrets.fill(&mut salt);
    let hashed: Result<PasswordHash, _> = GATE.pass(|| Argon2::default().hash_password_with_salt(password.as_bytes(), &salt));
    hashed.map(|hash| hash.to_string()).map_err(|e| Fault::Internal(format!("password hash: {e}")))
}

/// Whether the password is the one hashed; against nobody's hash the work is the same and the answer no.
pub(super) fn verify(password: &str, stored: Option<&str>) -> bool {
    if password.len() > BYTES {
        return false;
    }
    let matches =
        |hash: &str| PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    let is_right = GATE.pass(|| matches(stored.unwrap_or(NOBODY)));
    is_right && stored.is_some()
}

/// What a chosen password must be: long enough, not the login, not one letter over and over.
pub(super) fn check(field: &str, password: &str, login: &str) -> Outcome<()> {
    let length = password.chars().count();
    let first = password.chars().next();
    let text = if length < LENGTH {
        Text::new(
            format!("密码至少 {LENGTH} 个字符，现有 {length} 个。"),
            format!("A password has at least {LENGTH} characters, this one has {length}."),
        )
    } else if password.len() > BYTES {
        Text::fixed("密码过长。", "The password is too long.")
    } else if password.to_lowercase().contains(&login.to_lowercase()) {
        Text::fixed("密码不能包含登录名。", "The password must not contain the login.")
    } else if password.chars().all(|letter| Some(letter) == first) {
        Text::fixed("密码不能由同一个字符组成。", "The password must not be one character repeated.")
    } else {
        return Ok(());
    };
    Err(Fault::Invalid(vec![FieldFault::new(field, "weak", text)]))
}

struct Gate {
    busy: Mutex<usize>,
    free: Condvar,
}

impl Gate {
    fn pass<T>(&self, work: impl FnOnce() -> T) -> T {
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let mut busy = self.free.wait_while(busy, |busy| *busy >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
        *busy += 1;
        drop(busy);
        let done = work();
        *self.busy.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.free.notify_one();
        done
    }
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, check, hash, verify};
    use crate::secrets::SystemSecrets;
    use argon2::password_hash::phc::PasswordHash;

    #[test]
    fn only_the_password_that_was_hashed_passes() {
        let stored = hash("涟源的春天2026", &SystemSecrets).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("涟源的春天2026", Some(&stored)));
        assert!(!verify("涟源的春天2027", Some(&stored)));
        assert!(!verify("涟源的春天2026", None));
    }

    #[test]
    fn nobody_has_a_readable_hash_of_the_same_cost() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let own = hash("long enough to be one", &SystemSecrets).unwrap();
        assert_eq!(nobody.params, PasswordHash::new(&own).unwrap().params);
    }

    #[test]
    fn weak_passwords_are_named() {
        for (password, passes) in [
            ("short", false),
            ("aaaaaaaaaaaa", false),
            ("my-Officer-1234", false),
            ("九个字的密码不够长", false),
            ("blue stone bridge", true),
        ] {
            assert_eq!(check("new", password, "officer").is_ok(), passes, "{password}");
        }
    }
}
