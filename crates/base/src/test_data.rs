//! The shipped data files, as the tests of this crate read them.

pub const HOLIDAYS: &str = include_str!("../../../packs/standards/holidays.json");
pub const REGIONS: &str = include_str!("../../../packs/standards/gbt2260_hunan.json");
pub const REGIONS_EN: &str = include_str!("../../../packs/standards/gbt2260_hunan_en.json");
pub const INDUSTRIES: &str = include_str!("../../../packs/standards/gbt4754_2017.json");
pub const INDUSTRIES_EN: &str = include_str!("../../../packs/standards/gbt4754_2017_en.json");
pub const SME_SIZE: &str = include_str!("../../../packs/standards/sme_size.json");
pub const ABOVE_SCALE: &str = include_str!("../../../packs/standards/above_scale.json");
pub const INDUSTRY_NAMES: &str = include_str!("../../../packs/standards/gbt4754_2017_names.json");

pub fn industries() -> crate::CodeTree {
    let (file, names, english) = (
        serde_json::from_str(INDUSTRIES).unwrap(),
        serde_json::from_str(INDUSTRY_NAMES).unwrap(),
        serde_json::from_str(INDUSTRIES_EN).unwrap(),
    );
    crate::industry::tree(&file, &names, &english).unwrap()
}
