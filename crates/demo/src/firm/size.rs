//! Revenue and people by sector and size, and the draws they are made with.
//!
//! Only the four basic operations are used on fractions, so a seed gives the same firms on every machine.
use crate::trades::Sector;
use liangu_base::SplitMix64;
use liangu_base::random::RandomExt;

/// e to the power of `x`, from its series after halving the argument.
pub fn exp(x: f64) -> f64 {
    let small = x / 1024.0;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..9 {
        term = term * small / f64::from(n);
        sum += term;
    }
    (0..10).fold(sum, |power, _| power * power)
}

/// A value around `median` whose logarithm spreads normally.
pub fn around(median: f64, spread: f64, random: &mut SplitMix64) -> f64 {
    median * exp(spread * random.normal())
}

/// `part` of `whole`, in thousandths.
pub fn permille(whole: i64, part: i64) -> i64 {
    i64::try_from(i128::from(whole) * i128::from(part) / 1000).unwrap_or(i64::MAX)
}

/// Yuan a year, for micro to large.
pub fn revenue_median(sector: Sector) -> [f64; 4] {
    match sector {
        Sector::Farming => [7e5, 3e6, 3e7, 2.2e8],
        Sector::Industry => [1.3e6, 9e6, 1.1e8, 9e8],
        Sector::Construction => [1.8e6, 1.6e7, 1.4e8, 9e8],
        Sector::Wholesale => [2.4e6, 1.1e7, 9e7, 5e8],
        Sector::Retail => [6e5, 2.6e6, 2.2e7, 2.4e8],
        Sector::Transport => [9e5, 5e6, 5e7, 3.2e8],
        Sector::Catering => [4e5, 1.9e6, 1.8e7, 1.1e8],
        Sector::Software => [5e5, 3e6, 3e7, 1.3e8],
        Sector::Service => [4e5, 2.2e6, 2.4e7, 1.4e8],
        Sector::Property => [2e6, 1.6e7, 1.5e8, 2.1e9],
    }
}

/// Persons, for micro to large.
pub fn employees_median(sector: Sector) -> [f64; 4] {
    match sector {
        Sector::Farming => [4.0, 14.0, 60.0, 300.0],
        Sector::Industry => [7.0, 44.0, 380.0, 1500.0],
        Sector::Construction => [8.0, 36.0, 210.0, 900.0],
        Sector::Wholesale => [3.0, 9.0, 46.0, 260.0],
        Sector::Retail => [3.0, 15.0, 80.0, 360.0],
        Sector::Transport => [6.0, 36.0, 360.0, 1200.0],
        Sector::Catering => [6.0, 22.0, 130.0, 360.0],
        Sector::Software => [4.0, 22.0, 130.0, 360.0],
        Sector::Service => [4.0, 22.0, 130.0, 380.0],
        Sector::Property => [5.0, 24.0, 140.0, 420.0],
    }
}

/// Revenue of the judged year before the published sums are met, in yuan.
pub fn revenue(sector: Sector, tier: usize, random: &mut SplitMix64) -> i64 {
    let drawn = around(revenue_median(sector)[tier], [0.8, 0.7, 0.6, 0.75][tier], random);
    round(drawn as i64)
}

/// Amounts as they stand in returns: three digits and then hundreds of yuan.
pub fn round(yuan: i64) -> i64 {
    yuan / 100 * 100
}
