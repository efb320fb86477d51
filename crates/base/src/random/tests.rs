use super::*;

/// Published outputs of the reference implementation.
#[test]
fn the_generator_is_splitmix64() {
    let cases: [(u64, &[u64]); 2] = [
        (
            1_234_567,
            &[
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ],
        ),
        (0, &[0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f, 0xf88b_b8a8_724c_81ec]),
    ];
    for (seed, expected) in cases {
        let mut rng = SplitMix64::new(seed);
        let drawn: Vec<u64> = expected.iter().map(|_| rng.next_u64()).collect();
        assert_eq!(drawn, expected);
    }
}

/// Changing one of these numbers changes every demonstration made from a seed.
#[test]
fn draws_stay_the_same_across_releases() {
    let mut rng = SplitMix64::new(7);
    let mut cards: Vec<u32> = (0..8).collect();
    rng.shuffle(&mut cards);
    let draws = (rng.below(1000), rng.between(-5, 5), rng.weighted(&[1, 2, 7]), *rng.pick(&['甲', '乙', '丙']), rng.chance(0.5));
    assert_eq!((cards, draws), (GOLDEN_CARDS.to_vec(), GOLDEN_DRAWS));
    let streams = [("firm", 1), ("firm", 2), ("policy", 1)].map(|(label, n)| SplitMix64::stream(7, label, n).next_u64() >> 44);
    assert_eq!(streams, GOLDEN_STREAMS);
}

const GOLDEN_CARDS: [u32; 8] = [7, 4, 6, 1, 2, 5, 0, 3];
const GOLDEN_DRAWS: (u64, i64, usize, char, bool) = (328, -4, 2, '甲', false);
const GOLDEN_STREAMS: [u64; 3] = [123_227, 608_767, 689_300];

#[test]
fn each_outcome_comes_about_as_often_as_it_should() {
    let mut rng = SplitMix64::new(42);
    let mut faces = [0u32; 6];
    let mut weights = [0u32; 4];
    let mut heads = 0;
    let n = 60_000;
    let (mut sum, mut squares) = (0.0, 0.0);
    for _ in 0..n {
        faces[rng.below(6) as usize] += 1;
        weights[rng.weighted(&[1, 0, 3, 6])] += 1;
        heads += u32::from(rng.chance(0.25));
        let x = rng.normal();
        sum += x;
        squares += x * x;
    }
    assert!(faces.iter().all(|c| c.abs_diff(10_000) < 400), "{faces:?}");
    assert_eq!(weights[1], 0);
    assert!(weights[0].abs_diff(6_000) < 400 && weights[2].abs_diff(18_000) < 500, "{weights:?}");
    assert!(heads.abs_diff(15_000) < 500, "{heads}");
    let (mean, variance) = (sum / f64::from(n), squares / f64::from(n));
    assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
}

#[test]
fn edges() {
    let mut rng = SplitMix64::new(1);
    for _ in 0..1000 {
        assert!(!rng.chance(0.0) && rng.chance(1.0));
        assert_eq!(rng.below(1), 0);
        assert!((0.0..1.0).contains(&rng.unit_f64()));
        assert!((-3..=-1).contains(&rng.between(-3, -1)));
    }
    rng.between(i64::MIN, i64::MAX);
    assert_eq!(rng.between(i64::MAX, i64::MAX), i64::MAX);
}

#[test]
fn a_shuffle_keeps_the_cards_and_a_borrowed_source_draws_too() {
    let mut rng = SplitMix64::new(3);
    let source: &mut dyn Random = &mut rng;
    let mut cards: Vec<u32> = (0..52).collect();
    source.shuffle(&mut cards);
    assert_ne!(cards, (0..52).collect::<Vec<_>>());
    cards.sort_unstable();
    assert_eq!(cards, (0..52).collect::<Vec<_>>());
    assert!([1, 2, 3].contains(source.pick(&[1, 2, 3])));
}
