//! Chance as an argument: a source of bits and what is drawn from it.
//!
//! [`SplitMix64`] is a fixed algorithm (Steele, Lea, Flood 2014), so a seed gives the same draws
//! on every machine and in every release; demonstration data and verifiable draws rest on that.
//! It is not for secrets. No draw uses a function of the platform's mathematics library.

/// A source of uniformly distributed 64-bit numbers.
pub trait Random {
    fn next_u64(&mut self) -> u64;
}

impl<R: Random + ?Sized> Random for &mut R {
    fn next_u64(&mut self) -> u64 {
        (**self).next_u64()
    }
}

/// Draws on any source, also on `dyn Random`.
pub trait RandomExt: Random {
    /// A number from 0 to `n - 1`, each equally likely. Panics when `n` is 0.
    fn below(&mut self, n: u64) -> u64 {
        assert!(n > 0, "nothing lies below zero");
        // Multiply and shift; the few values that would favour small results are drawn again.
        let refused = n.wrapping_neg() % n;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(n);
            if product as u64 >= refused {
                return (product >> 64) as u64;
            }
        }
    }

    /// A number from `low` to `high`, both included. Panics when `low > high`.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        assert!(low <= high, "the range is empty");
        let width = high.abs_diff(low);
        let offset = if width == u64::MAX { self.next_u64() } else { self.below(width + 1) };
        low.wrapping_add_unsigned(offset)
    }

    /// From 0 (included) to 1 (excluded), in steps of 2^-53.
    fn unit_f64(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with probability `p`; never for 0, always for 1.
    fn chance(&mut self, p: f64) -> bool {
        self.unit_f64() < p
    }

    /// Panics when `items` is empty.
    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }

    /// An index with probability proportional to its weight. Panics when all weights are 0.
    fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().map(|w| u64::from(*w)).sum();
        assert!(total > 0, "all weights are zero");
        let mut left = self.below(total);
        for (index, weight) in weights.iter().enumerate() {
            if left < u64::from(*weight) {
                return index;
            }
            left -= u64::from(*weight);
        }
        unreachable!("the draw lies below the sum of the weights")
    }

    /// Fisher-Yates: every order equally likely.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end as u64 + 1) as usize);
        }
    }

    /// Mean 0, standard deviation 1: the sum of twelve uniform draws less six. Values stay within
    /// ±6 and the tails are slightly thin, in exchange for the same result on every platform.
    fn normal(&mut self) -> f64 {
        let mut sum = 0.0;
        for _ in 0..12 {
            sum += self.unit_f64();
        }
        sum - 6.0
    }

    /// 128 random bits, as [`crate::Id::v7`] takes them.
    fn next_u128(&mut self) -> u128 {
        u128::from(self.next_u64()) << 64 | u128::from(self.next_u64())
    }
}

impl<R: Random + ?Sized> RandomExt for R {}

/// The generator of all reproducible draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    pub const fn new(seed: u64) -> SplitMix64 {
        SplitMix64 { state: seed }
    }

    /// An own stream for one purpose and one number of it, so that more draws for one thing do not
    /// change another: `SplitMix64::stream(seed, "firm", 42)`.
    pub fn stream(seed: u64, label: &str, number: u64) -> SplitMix64 {
        // FNV-1a over the label, then one mixing step for each part.
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        SplitMix64::new(mix(mix(seed ^ mix(hash)).wrapping_add(number)))
    }
}

const fn mix(value: u64) -> u64 {
    let z = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Random for SplitMix64 {
    fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }
}

#[cfg(test)]
mod tests;
