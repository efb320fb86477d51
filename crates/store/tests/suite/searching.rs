//! Full-text search: what people type and what they find, in which order.
use crate::bench::*;
use liangu_base::Text;
use liangu_store::{Query, Sort, Store, Value};

const POLICIES: [(&str, &str, &str); 6] = [
    ("关于支持企业技术改造的若干措施", "湘政办发〔2019〕24号", "对设备投资给予补助"),
    ("湖南省高新技术企业认定奖励办法", "湘科发〔2021〕7号", "首次认定奖励二十万元，支持技术创新"),
    ("娄底市中小微企业贷款贴息实施细则", "娄政办发〔2022〕3号", "银行贷款贴息，优先专精特新企业"),
    ("专精特新中小企业培育方案", "湘工信〔2023〕112号", "梯度培育"),
    ("5G工业互联网应用补助", "湘工信〔2023〕9号", "ISO27001 certified firms, industrial internet"),
    ("关于外贸出口信用保险的通知", "湘商〔2019〕3号", "出口额补贴，设备更新"),
];

fn shelf(store: &Store) {
    let policy = |(n, (title, number, summary)): (usize, &(&str, &str, &str))| {
        let title = Value::Bilingual(Text::new(title.to_string(), format!("Policy number {n}")));
        create("policy", n as u64 + 1, values([("title", title), ("number", t(number)), ("summary", t(summary))]))
    };
    commit(store, POLICIES.iter().enumerate().map(policy).collect()).unwrap();
}

fn found(store: &Store, record: &str, text: &str) -> Vec<u64> {
    let page = store.query(record, &Query { text: Some(text.to_owned()), ..Query::default() }).unwrap();
    assert_eq!(page.total, Some(page.items.len() as u64));
    page.items.iter().map(|item| item.id.unix_ms() - 1_700_000_000_000).collect()
}

#[test]
fn people_find_what_they_type() {
    on_each(|bench| {
        let store = bench.open();
        shelf(&store);
        let cases: [(&str, &[u64]); 14] = [
            ("技术改造", &[1]),
            ("湘政办发〔2019〕24号", &[1]),
            ("湘政办发[2019]24号", &[1]),
            ("〔2019〕", &[6, 1]),
            ("贷款贴息", &[3]),
            ("贴息 贷款 娄底", &[3]),
            ("专精特新", &[4, 3]),
            ("５ｇ", &[5]),
            ("iso27001", &[5]),
            ("ISO27", &[5]),
            ("INDUSTRIAL internet", &[5]),
            ("薄板", &[]),
            ("！？“”", &[]),
            ("policy \"number\" 3'*)", &[4, 6, 3]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(&store, "policy", text), expected, "{text}");
        }
    });
}

#[test]
fn words_in_the_title_come_first_and_any_word_is_better_than_none() {
    on_each(|bench| {
        let store = bench.open();
        shelf(&store);
        assert_eq!(found(&store, "policy", "技术"), [2, 1], "both in the title, the later one first");
        assert_eq!(found(&store, "policy", "设备"), [6, 1]);
        assert_eq!(found(&store, "policy", "出口 航空"), [6], "nothing has both");
        assert_eq!(found(&store, "policy", "贴息 技术改造 奖励 航天器"), [1, 3, 2], "longer words, and words of the title, weigh more");
    });
}

const ABBREVIATED: [(&str, &str); 8] = [
    ("企业技改项目奖补", "按设备投资额补助"),
    ("技术改造贷款贴息", "按利息补助"),
    ("设备更新补助", "支持技术改造"),
    ("技术创新奖励", "对改造提升的单位优先"),
    ("规模以上工业企业稳产奖励", "按增速分档"),
    ("小微单位扶持", "从业规模二十人以上"),
    ("首台（套）装备保费补贴", "面向高新技术企业"),
    ("首台套示范应用奖励", "五十万元"),
];

#[test]
fn an_abbreviation_finds_the_full_word_and_the_full_word_the_abbreviation() {
    on_each(|bench| {
        let store = bench.open();
        let policy = |(n, (title, summary)): (usize, &(&str, &str))| {
            let title = Value::Bilingual(Text::new(title.to_string(), format!("Policy number {n}")));
            create("policy", n as u64 + 1, values([("title", title), ("summary", t(summary))]))
        };
        commit(&store, ABBREVIATED.iter().enumerate().map(policy).collect()).unwrap();
        let cases: [(&str, &[u64]); 14] = [
            ("技改", &[1, 2, 3]),
            ("技术改造", &[2, 1, 3]),
            ("技改贴息", &[2]),
            ("企业技改", &[1]),
            ("技改 设备", &[1, 3]),
            ("规上", &[5]),
            ("四上企业", &[5]),
            ("规模以上", &[5]),
            ("高企", &[7]),
            ("首台套", &[8, 7]),
            ("首台(套)", &[8, 7]),
            ("提高企业", &[5, 1, 7]),
            ("技改 航天器", &[1, 2, 3]),
            ("规上 航天器", &[5, 6]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(&store, "policy", text), expected, "{text}");
        }
    });
}

#[test]
fn the_index_follows_the_rows() {
    on_each(|bench| {
        let store = bench.open();
        let named = |n, name: &str| {
            create("enterprise", n, values([("name", t(name)), ("region", t("431300")), ("credit_code", t(&format!("91430000MA4L00{n}")))]))
        };
        commit(&store, vec![named(1, "涟源钢铁集团有限公司"), named(2, "冷水江锑业有限公司")]).unwrap();
        assert_eq!(found(&store, "enterprise", "钢铁"), [1]);
        assert_eq!(found(&store, "enterprise", "91430000ma4l002"), [2]);
        commit(&store, vec![update("enterprise", 1, 1, values([("name", t("涟源特钢有限公司"))]))]).unwrap();
        assert_eq!((found(&store, "enterprise", "钢铁"), found(&store, "enterprise", "特钢")), (vec![], vec![1]));
        commit(&store, vec![update("enterprise", 1, 2, values([("contact", t("王"))]))]).unwrap();
        assert_eq!(found(&store, "enterprise", "特钢"), [1]);
        commit(&store, vec![delete("enterprise", 1, 3), create("enterprise", 3, values([]))]).unwrap_err();
        assert_eq!(found(&store, "enterprise", "特钢"), [1], "a refused deletion leaves the index");
        commit(&store, vec![delete("enterprise", 1, 3)]).unwrap();
        assert_eq!(found(&store, "enterprise", "特钢"), Vec::<u64>::new());
        assert_eq!(found(&store, "enterprise", "有限公司"), [2]);
    });
}

#[test]
fn without_an_index_the_title_is_searched() {
    on_each(|bench| {
        let store = bench.open();
        commit(
            &store,
            vec![create("park", 1, values([("name", t("娄底经开区"))])), create("park", 2, values([("name", t("涟源高新区"))]))],
        )
        .unwrap();
        assert_eq!(found(&store, "park", " 高新 "), [2]);
        assert_eq!(found(&store, "park", "%"), Vec::<u64>::new());
    });
}

#[test]
fn found_rows_come_in_pages_and_in_any_order_asked_for() {
    on_each(|bench| {
        let store = bench.open();
        let named = |n: u64| {
            create(
                "enterprise",
                n,
                values([("name", t(&format!("{}钢铁{n:03}", if n.is_multiple_of(2) { "娄底" } else { "涟源" }))), ("region", t("431300"))]),
            )
        };
        commit(&store, (1..=120).map(named).collect()).unwrap();
        for (text, sort, count) in [("娄底 钢铁", None, 60), ("娄底 钢铁 航天器", None, 120), ("钢铁", Some(Sort::parse("-name")), 120)]
        {
            let mut query = Query { text: Some(text.to_owned()), sort, limit: 7, ..Query::default() };
            let mut seen = Vec::new();
            loop {
                let page = store.query("enterprise", &query).unwrap();
                assert_eq!(page.total, Some(count));
                seen.extend(page.items.into_iter().map(|item| item.id));
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            let unique: std::collections::BTreeSet<_> = seen.iter().collect();
            assert_eq!((unique.len() as u64, seen.len() as u64), (count, count), "{text}");
        }
    });
}
