//! Who and where: region, trade, park, size and the places on the chains that the published figures count.
use crate::names::FirmNames;
use crate::places::{EDZ, LOUXING, PARKS, REGIONS, Region};
use crate::trades::{Sector, TRADES, Trade, trade_of};
use liangu_base::SplitMix64;
use liangu_base::random::RandomExt;

/// Firms of the demonstration, as many as the city's finance platform counts.
pub const FIRMS: usize = 66_905;

/// The firm seen through the persona's eyes is the first of all.
pub const PERSONA: usize = 0;
pub const PERSONA_NAME: &str = "湖南澜砺合金材料有限公司";

/// Why a firm is in the plan apart from chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Ordinary,
    /// Above scale on one of the five chains of the Materials Valley: 430 firms (F012).
    Valley(&'static str),
    /// Above scale on the energy-saving chain of Louxing: 28 firms (F329).
    EnergySaving,
    /// On the ceramics chain below the line; with those above it 236 firms (F023).
    SmallCeramics,
}

impl Place {
    pub fn above_scale(self) -> bool {
        matches!(self, Place::Valley(_) | Place::EnergySaving)
    }
}

#[derive(Clone, Debug)]
pub struct Plan {
    pub number: usize,
    pub name: String,
    pub region: &'static Region,
    pub park: Option<usize>,
    pub trade: &'static Trade,
    /// 0 micro to 3 large: what the money is drawn for; the class on file is recomputed.
    pub tier: usize,
    pub place: Place,
    pub cooperative: bool,
    /// One of the 29 high-tech firms on the ceramics chain (F024).
    pub ceramic_high_tech: bool,
}

/// The chains of the Materials Valley: region, trades, firms above scale. Louxing has exactly 26 on the steel chain (F328).
/// The persona is one of the city's 34 on the antimony and non-ferrous chain.
const VALLEY: [(&str, &str, &[&str], usize); 16] = [
    ("431300", "steel_materials", &["3130", "3812", "3360", "3311"], 48),
    ("431302", "steel_materials", &["3130", "3311", "3360"], 26),
    ("431381", "steel_materials", &["3482", "3110", "3140"], 34),
    ("431382", "steel_materials", &["3311", "3110"], 16),
    ("431322", "advanced_ceramics", &["3073"], 92),
    ("431382", "advanced_ceramics", &["3985"], 6),
    ("431302", "advanced_ceramics", &["3985", "3073"], 10),
    ("431381", "antimony", &["3215", "2613", "0915", "2669"], 44),
    ("431300", "antimony", &["3240", "3252"], 23),
    ("431300", "new_energy", &["3841", "3825", "3091"], 27),
    ("431302", "new_energy", &["3825", "3841"], 8),
    ("431322", "new_energy", &["3841"], 5),
    ("431321", "building_materials", &["3022", "3024", "2922"], 31),
    ("431382", "building_materials", &["3021", "3011", "1011"], 26),
    ("431322", "building_materials", &["3031", "3024"], 20),
    ("431381", "building_materials", &["3011", "3021"], 14),
];
const ENERGY_SAVING: usize = 28;
const SMALL_CERAMICS: [(&str, usize); 2] = [("431322", 116), ("431302", 12)];
const CERAMIC_HIGH_TECH: usize = 29;

/// The plan of all firms, in the order of their ids.
pub fn plans(seed: u64) -> Vec<Plan> {
    let mut slots = fixed_slots(seed);
    for region in &REGIONS {
        let taken = slots.iter().filter(|s| s.0.code == region.code).count();
        slots.extend((taken..region.firms).map(|_| (region, Place::Ordinary, None)));
    }
    // The persona stays first; everyone else is mixed, so that an id says nothing about a firm.
    let mut mix = SplitMix64::stream(seed, "firm-order", 0);
    mix.shuffle(&mut slots[1..]);
    let mut names = FirmNames::default();
    names.reserve(PERSONA_NAME);
    let mut high_tech = CERAMIC_HIGH_TECH;
    let mut planned = Vec::with_capacity(slots.len());
    for (number, (region, place, trade)) in slots.into_iter().enumerate() {
        let mut random = SplitMix64::stream(seed, "firm-plan", number as u64);
        let trade = trade.unwrap_or_else(|| ordinary_trade(region, &mut random));
        let tier = tier(place, trade, &mut random);
        let park = park(region, trade, tier, &mut random);
        let cooperative = trade.sector == Sector::Farming && tier < 2 && random.chance(0.55);
        let ceramic_high_tech = place == Place::Valley("advanced_ceramics") && high_tech > 0;
        high_tech -= usize::from(ceramic_high_tech);
        let name = if number == PERSONA { PERSONA_NAME.to_owned() } else { names.draw(region, trade, tier == 3, cooperative, &mut random) };
        planned.push(Plan { number, name, region, park, trade, tier, place, cooperative, ceramic_high_tech });
    }
    planned[PERSONA].park = Some(EDZ);
    planned[PERSONA].tier = 2;
    planned
}

type Slot = (&'static Region, Place, Option<&'static Trade>);

/// The firms that published figures count, the persona first.
fn fixed_slots(seed: u64) -> Vec<Slot> {
    let mut random = SplitMix64::stream(seed, "firm-fixed", 0);
    let at = |code: &str| REGIONS.iter().find(|r| r.code == code).expect("a place of the table");
    let mut slots: Vec<Slot> = vec![(at("431300"), Place::Valley("antimony"), Some(trade_of("3240")))];
    for (region, chain, trades, count) in VALLEY {
        let persona = usize::from(region == "431300" && chain == "antimony");
        slots.extend((persona..count).map(|_| (at(region), Place::Valley(chain), Some(trade_of(random.pick::<&str>(trades))))));
    }
    slots.extend(
        (0..ENERGY_SAVING)
            .map(|_| (at("431302"), Place::EnergySaving, Some(trade_of(random.pick::<&str>(&["3591", "4210", "3463", "4620"]))))),
    );
    for (region, count) in SMALL_CERAMICS {
        slots.extend((0..count).map(|_| (at(region), Place::SmallCeramics, Some(trade_of("3073")))));
    }
    slots
}

/// Ceramics firms are all in the fixed part, so chance draws none.
fn ordinary_trade(region: &Region, random: &mut SplitMix64) -> &'static Trade {
    let weight = |t: &Trade| {
        let times = region.known_for.iter().find(|(code, _)| *code == t.code).map_or(1, |(_, times)| *times);
        if t.chain == Some("advanced_ceramics") { 0 } else { t.weight * times }
    };
    let weights: Vec<u32> = TRADES.iter().map(weight).collect();
    &TRADES[random.weighted(&weights)]
}

fn tier(place: Place, trade: &Trade, random: &mut SplitMix64) -> usize {
    match place {
        Place::Valley(_) => 1 + random.weighted(&[30, 56, 14]),
        Place::EnergySaving => 1 + random.weighted(&[60, 38, 2]),
        Place::SmallCeramics => random.weighted(&[70, 30]),
        Place::Ordinary if trade.is_industry() => random.weighted(&[640, 330, 27, 3]),
        Place::Ordinary => random.weighted(&[780, 196, 21, 3]),
    }
}

/// Industry, logistics and software firms of a region sit in its parks, in proportion to the parks' sizes.
fn park(region: &Region, trade: &Trade, tier: usize, random: &mut SplitMix64) -> Option<usize> {
    let here: Vec<usize> = (0..PARKS.len()).filter(|p| PARKS[*p].region == region.code).collect();
    let likes = match trade.sector {
        Sector::Industry => [0.50, 0.68, 0.88, 0.92][tier],
        Sector::Transport | Sector::Software | Sector::Wholesale => 0.14,
        _ => 0.02,
    };
    let share = if region.code == "431300" { (likes * 1.6f64).min(0.97) } else { likes };
    if here.is_empty() || !random.chance(share) {
        return None;
    }
    let weights: Vec<u32> = here.iter().map(|p| PARKS[*p].firms as u32).collect();
    Some(here[random.weighted(&weights)])
}

/// Firms above scale in Louxing belong to its zone.
pub fn settle_louxing(plans: &mut [Plan]) {
    for plan in plans.iter_mut().filter(|p| p.region.code == "431302" && p.place.above_scale()) {
        plan.park = Some(LOUXING);
    }
}
