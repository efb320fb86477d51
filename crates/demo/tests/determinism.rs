//! The same seed and day give the same demonstration; another seed or day another one.
mod common;

use common::{day, visit};
use liangu_demo::{Demonstration, SEED};
use std::hash::{Hash, Hasher};

/// FNV-1a, so that the digest does not hang on the standard library's release.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

fn digest(demonstration: &Demonstration) -> u64 {
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    let accounts = visit(demonstration, |entry| entry.hash(&mut hasher));
    accounts.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn a_seed_and_a_day_give_one_demonstration() {
    let first = digest(&Demonstration::new(SEED, day()));
    assert_eq!(digest(&Demonstration::new(SEED, day())), first);
    assert_ne!(digest(&Demonstration::new(SEED + 1, day())), first);
    assert_ne!(digest(&Demonstration::new(SEED, day().add_days(1))), first);
}

#[test]
fn figures_hold_on_other_days_and_seeds() {
    for (seed, day) in [(7, "2024-03-01"), (8, "2031-12-31")] {
        let demonstration = Demonstration::new(seed, day.parse().unwrap());
        let mut valley = 0;
        visit(&demonstration, |entry| {
            valley += usize::from(
                common::yes(entry, "above_scale")
                    && ["steel_materials", "advanced_ceramics", "antimony", "new_energy", "building_materials"]
                        .iter()
                        .any(|c| common::has(entry, "chains", c)),
            );
        });
        assert_eq!(valley, 430, "seed {seed} on {day}");
        let in_force = demonstration.policies().iter().filter(|p| p.in_force(demonstration.as_of())).count();
        assert_eq!(in_force, liangu_demo::policy::IN_FORCE, "seed {seed} on {day}");
    }
}
