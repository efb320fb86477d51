use super::*;
use crate::test_data::{ABOVE_SCALE, SME_SIZE, industries};

fn table() -> SizeTable {
    serde_json::from_str(SME_SIZE).unwrap()
}

fn facts(employees: Option<i64>, revenue_wan: Option<i64>, assets_wan: Option<i64>) -> SizeFacts {
    SizeFacts { employees, revenue: revenue_wan.map(Fen::from_wan), assets: assets_wan.map(Fen::from_wan) }
}

#[derive(Deserialize)]
struct Cases {
    tests: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    industry: String,
    employees: Option<i64>,
    revenue: Option<i64>,
    assets: Option<i64>,
    expect: SizeClass,
}

#[test]
fn the_tests_of_the_data_file() {
    let table = table();
    let cases: Cases = serde_json::from_str(SME_SIZE).unwrap();
    assert_eq!((table.rows.len(), cases.tests.len()), (16, 9));
    for case in cases.tests {
        let row = table.rows.iter().find(|row| row.id == case.industry).unwrap();
        let answer = row.classify(&facts(case.employees, case.revenue, case.assets));
        assert_eq!(answer, SizeAnswer::Known(case.expect), "{} {:?}", case.industry, (case.employees, case.revenue, case.assets));
    }
}

#[test]
fn the_longest_prefix_wins() {
    let (table, industries) = (table(), industries());
    let cases = [
        ("3110", Some("industry")),
        ("C", Some("industry")),
        ("4416", Some("industry")),
        ("0111", Some("agri")),
        ("4710", Some("construction")),
        ("5910", Some("transport")),
        ("5941", Some("storage")),
        ("6531", Some("software")),
        ("7010", Some("realestate_dev")),
        ("7020", Some("property")),
        ("7030", Some("other")),
        ("7040", None),
        ("5311", None),
        ("6621", None),
        ("8310", None),
    ];
    for (code, expected) in cases {
        let row = table.row(&industries, code).unwrap();
        assert_eq!(row.map(|r| r.id.as_str()), expected, "{code}");
    }
    let unknown = table.row(&industries, "4711").unwrap_err();
    assert_eq!(unknown, UnknownCode { code: "4711".into() });
    assert_eq!(table.classify(&industries, "6621", &facts(Some(9), Some(9), None)), Ok(SizeAnswer::NotCovered));
}

#[test]
fn a_missing_metric_is_unknown_only_where_it_decides() {
    let (table, industries) = (table(), industries());
    let unknown = |missing: &[SizeMetric], at_most| SizeAnswer::Unknown { missing: missing.to_vec(), at_most };
    use SizeMetric::{Employees, Revenue};
    let cases = [
        (facts(Some(1_000), None, None), unknown(&[Revenue], SizeClass::Large)),
        (facts(Some(299), None, None), unknown(&[Revenue], SizeClass::Small)),
        (facts(Some(19), None, None), SizeAnswer::Known(SizeClass::Micro)),
        (facts(None, Some(299), None), SizeAnswer::Known(SizeClass::Micro)),
        (facts(None, Some(2_000), None), unknown(&[Employees], SizeClass::Medium)),
        (facts(None, None, Some(99_999)), unknown(&[Employees, Revenue], SizeClass::Large)),
        (facts(Some(300), Some(2_000), None), SizeAnswer::Known(SizeClass::Medium)),
    ];
    for (facts, expected) in cases {
        assert_eq!(table.classify(&industries, "3110", &facts), Ok(expected), "{facts:?}");
    }
}

/// Unknown must be exactly the cases in which filling the gap in different ways gives different
/// classes.
#[test]
fn unknown_means_that_the_gap_matters() {
    let table = table();
    let values = [0, 1, 19, 20, 299, 300, 999, 1_000, 2_000, 40_000, 200_000];
    for row in &table.rows {
        assert!(!row.asks().is_empty());
        for employees in values {
            let answer = row.classify(&facts(Some(employees), None, None));
            let mut filled: Vec<SizeAnswer> = values.iter().map(|v| row.classify(&facts(Some(employees), Some(*v), Some(*v)))).collect();
            filled.dedup();
            match answer {
                SizeAnswer::Known(_) => assert_eq!(filled, [answer]),
                SizeAnswer::Unknown { at_most, .. } => {
                    assert!(filled.len() > 1, "{} {employees}", row.id);
                    assert_eq!(filled.last(), Some(&SizeAnswer::Known(at_most)));
                }
                SizeAnswer::NotCovered => panic!("{} is covered", row.id),
            }
        }
    }
}

#[test]
fn above_scale_lines() {
    let lines: ScaleLines = serde_json::from_str(ABOVE_SCALE).unwrap();
    let industries = industries();
    let cases = [
        ("3110", Some(("industry", Some(2_000)))),
        ("5137", Some(("wholesale", Some(2_000)))),
        ("5211", Some(("retail", Some(500)))),
        ("6210", Some(("hotel_catering", Some(200)))),
        ("4710", Some(("construction", None))),
        ("7010", Some(("realestate", None))),
        ("7020", Some(("service_1000", Some(1_000)))),
        ("6513", Some(("service_2000", Some(2_000)))),
        ("8411", Some(("service_2000", Some(2_000)))),
        ("8521", Some(("service_500", Some(500)))),
        ("8310", Some(("service_1000", Some(1_000)))),
        ("0111", None),
        ("6621", None),
    ];
    for (code, expected) in cases {
        let line = lines.line(&industries, code).unwrap();
        let found = line.map(|l| (l.id.as_str(), l.revenue().map(|fen| fen.fen() / Fen::from_wan(1).fen())));
        assert_eq!(found, expected, "{code}");
    }
    for row in lines.rows() {
        assert!(row.codes.iter().all(|code| industries.get(code).is_some()), "{}", row.id);
    }
    let iron = lines.line(&industries, "3110").unwrap().unwrap();
    assert_eq!([Some(1_999), Some(2_000), None].map(|wan| iron.reached(wan.map(Fen::from_wan))), [Some(false), Some(true), None]);
    let builder = lines.line(&industries, "4710").unwrap().unwrap();
    assert_eq!(builder.reached(Some(Fen::from_wan(9_999))), None);
    assert!(lines.line(&industries, "9999").is_err());
    assert_eq!(lines.project_line(), Fen::from_wan(500));
}

#[test]
fn every_code_of_the_table_is_in_the_standard() {
    let (table, industries) = (table(), industries());
    for row in &table.rows {
        for code in &row.codes {
            assert!(industries.get(code).is_some(), "{} {code}", row.id);
        }
    }
}
