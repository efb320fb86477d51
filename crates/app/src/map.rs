//! The map: regions with what is in them.
//!
//! The shapes the program ships are tiles: one square a region on a schematic grid, so that neighbours lie beside each
//! other and nothing is claimed about borders. An official GeoJSON can be put in their place by an administrator.
use crate::fault::{Fault, FieldFault, Outcome, forbidden, invalid};
use crate::reads::Reads as _;
use crate::views::Words;
use crate::{ADMINISTRATOR, App, Caller};
use liangu_base::{Id, Text};
use liangu_store::{DocumentPut, Query, Scope, Value};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

const KIND: &str = "map";
const SHAPES: &str = "shapes";
/// Parks on the map at most.
const PARKS: u32 = 200;

/// Column and row of each region's square, from the north-west: the prefectures of Hunan, then the counties of Loudi
/// on a grid of their own.
const TILES: [(&str, u8, u8); 19] = [
    ("430800", 0, 0), // 张家界
    ("430700", 1, 0), // 常德
    ("430600", 3, 0), // 岳阳
    ("433100", 0, 1), // 湘西
    ("430900", 2, 1), // 益阳
    ("430100", 3, 1), // 长沙
    ("431200", 0, 2), // 怀化
    ("431300", 1, 2), // 娄底
    ("430300", 2, 2), // 湘潭
    ("430200", 3, 2), // 株洲
    ("430500", 1, 3), // 邵阳
    ("430400", 2, 3), // 衡阳
    ("431100", 1, 4), // 永州
    ("431000", 2, 4), // 郴州
    ("431322", 0, 0), // 新化
    ("431381", 0, 1), // 冷水江
    ("431382", 1, 0), // 涟源
    ("431302", 2, 0), // 娄星
    ("431321", 2, 1), // 双峰
];

#[derive(Debug, Serialize, ToSchema)]
pub struct MapView {
    pub regions: Vec<MapRegion>,
    pub parks: Vec<MapPark>,
    /// The imported GeoJSON, if any.
    #[schema(value_type = Option<Value>)]
    pub shapes: Option<Json>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MapRegion {
    pub code: String,
    pub name: Words,
    /// `province`, `prefecture` or `county`.
    pub level: String,
    pub parent: Option<String>,
    /// Place on the schematic grid among regions of one parent.
    pub tile: Option<Tile>,
    pub counts: RegionCounts,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Tile {
    pub x: u8,
    pub y: u8,
}

/// With everything below the region.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct RegionCounts {
    pub firms: u64,
    pub policies: u64,
    pub parks: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MapPark {
    pub id: String,
    pub title: String,
    pub region: Option<String>,
    pub lead: Option<String>,
    pub feature: Option<String>,
}

impl Caller<'_> {
    pub fn map(&self) -> Outcome<MapView> {
        let shapes = self.app.store.document(KIND, SHAPES)?.map(|document| document.value);
        let app = self.app;
        let regions = app.regions.get((), app.store.head()?, app.today(), || app.regions())?;
        Ok(MapView { regions, parks: self.parks()?, shapes })
    }

    fn parks(&self) -> Outcome<Vec<MapPark>> {
        let Ok(record) = self.record_type("park") else { return Ok(Vec::new()) };
        let query = Query { limit: PARKS, ..self.rows("park")? };
        let page = self.app.store.query("park", &query)?;
        let industries = self.industries()?;
        let park = |row: &liangu_store::Item| {
            let item = self.item(record, row);
            let role = |role: &str| industries.get(&(row.id, role.to_owned())).cloned();
            MapPark {
                lead: role("lead"),
                feature: role("feature"),
                region: item.values.get("region").and_then(|value| value.0.as_str()).map(str::to_owned),
                id: item.id,
                title: item.title,
            }
        };
        Ok(page.items.iter().map(park).collect())
    }

    /// What each park stands for, by park and role.
    fn industries(&self) -> Outcome<HashMap<(Id, String), String>> {
        let Ok(record) = self.record_type("park_industry") else { return Ok(HashMap::new()) };
        let query = Query { limit: 3 * PARKS, ..self.rows("park_industry")? };
        let page = self.app.store.query("park_industry", &query)?;
        let industry = |row: &liangu_store::Item| match (row.values.get("park")?, row.values.get("role")?) {
            (Value::Ref(park), Value::Text(role)) => Some(((*park, role.clone()), self.title(record, &row.values))),
            _ => None,
        };
        Ok(page.items.iter().filter_map(industry).collect())
    }

    /// Puts an official map in place of the tiles.
    ///
    /// # Errors
    /// Invalid unless it is a GeoJSON FeatureCollection whose features carry `adcode`.
    pub fn import_shapes(&self, shapes: Json) -> Outcome<()> {
        if !self.principal.has(ADMINISTRATOR) {
            return Err(forbidden("role", "只有系统管理员可以导入地图。", "Only an administrator imports a map."));
        }
        check_shapes(&shapes)?;
        let mut commit = self.commit("map.import");
        commit.documents.push(DocumentPut {
            kind: KIND.into(),
            key: SHAPES.into(),
            value: Some(shapes),
            expected_version: None,
            journal: false,
        });
        self.app.write(commit)?;
        Ok(())
    }
}

fn check_shapes(shapes: &Json) -> Outcome<()> {
    let features = shapes.get("features").and_then(Json::as_array).filter(|_| shapes["type"] == "FeatureCollection");
    let Some(features) = features else {
        return Err(invalid("type", "format", "应为 GeoJSON 的 FeatureCollection。", "A GeoJSON FeatureCollection is wanted."));
    };
    let missing = |feature: &Json| feature["properties"]["adcode"].is_null() || feature["geometry"]["type"].is_null();
    let faults: Vec<FieldFault> = features
        .iter()
        .enumerate()
        .filter(|(_, feature)| missing(feature))
        .take(20)
        .map(|(place, _)| {
            let text = Text::fixed(
                "每个要素要有 geometry 和 properties.adcode（行政区划代码）。",
                "Each feature needs a geometry and properties.adcode, the region's code.",
            );
            FieldFault::new(format!("features.{place}"), "format", text)
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Fault::Invalid(faults)) }
}

impl App {
    /// The installation's province down to its counties, with what is in them. Reference numbers of the whole
    /// installation, the same for every reader; no register is opened by them.
    fn regions(&self) -> Outcome<Vec<MapRegion>> {
        let Some(list) = self.model.lists.get("region") else { return Ok(Vec::new()) };
        let depth = |code: &str| std::iter::successors(Some(code), |c| list.codes.get(*c).and_then(|e| e.parent.as_deref())).count();
        let shown: Vec<_> = list.codes.iter().filter(|(code, _)| depth(code) <= 3 && code.len() == 6).collect();
        let mut counts: HashMap<&str, RegionCounts> = HashMap::new();
        for (record, add) in [
            ("enterprise", (|counts, n| counts.firms += n) as fn(&mut RegionCounts, u64)),
            ("policy", |counts, n| counts.policies += n),
            ("park", |counts, n| counts.parks += n),
        ] {
            for (code, n) in self.by_region(record)? {
                let mut at = list.codes.get_key_value(&code);
                while let Some((code, entry)) = at {
                    add(counts.entry(code).or_default(), n);
                    at = entry.parent.as_ref().and_then(|parent| list.codes.get_key_value(parent));
                }
            }
        }
        let region = |(code, entry): (&String, &liangu_expr::schema::CodeEntry)| MapRegion {
            code: code.clone(),
            name: (&entry.label).into(),
            level: ["province", "prefecture", "county"][depth(code).clamp(1, 3) - 1].to_owned(),
            parent: entry.parent.clone(),
            tile: TILES.iter().find(|(tile, _, _)| tile == code).map(|(_, x, y)| Tile { x: *x, y: *y }),
            counts: counts.get(code.as_str()).copied().unwrap_or_default(),
        };
        Ok(shown.into_iter().map(region).collect())
    }

    fn by_region(&self, record: &str) -> Outcome<BTreeMap<String, u64>> {
        if !self.model.records.get(record).is_some_and(|record| record.fields.contains_key("region")) {
            return Ok(BTreeMap::new());
        }
        let query = Query { scope: Scope::All, ..Query::default() };
        let totals = self.store.totals(record, &query, None, Some("region"))?;
        let counted = totals.into_iter().filter_map(|total| match total.key {
            Value::Text(code) => Some((code, total.count)),
            _ => None,
        });
        Ok(counted.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{TILES, check_shapes};
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_tiles_of_one_grid_lie_on_each_other() {
        let (cities, counties): (Vec<_>, Vec<_>) = TILES.iter().partition(|(code, _, _)| code.ends_with("00"));
        assert_eq!((cities.len(), counties.len()), (14, 5));
        for grid in [cities, counties] {
            let places: BTreeSet<_> = grid.iter().map(|(_, x, y)| (x, y)).collect();
            assert_eq!(places.len(), grid.len());
        }
    }

    #[test]
    fn only_features_with_a_code_pass() {
        let feature = |adcode| json!({"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon"}, "properties": {"adcode": adcode}}]});
        assert!(check_shapes(&feature(json!(431300))).is_ok());
        assert!(check_shapes(&feature(json!(null))).is_err());
        assert!(check_shapes(&json!([])).is_err());
    }
}
