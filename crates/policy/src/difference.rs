//! What changed between two documents, by meaning: a rewording of an expression that types to the same form is none.
use crate::compile::{Compiled, compile};
use crate::content::{Clause, ClauseKind, Content, Item, Money};
use crate::frame::Frame;
use liangu_base::Text;
use liangu_expr::print::print_node;
use liangu_expr::sentence;
use liangu_expr::typed::Node;
use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Added,
    Removed,
    Changed,
}

/// One difference; `before` and `after` in words, empty where there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    pub change: Change,
    /// `clause`, `item`, `money`, `dates` or `cases`.
    pub part: &'static str,
    pub key: String,
    pub label: Text,
    pub before: Option<Text>,
    pub after: Option<Text>,
}

/// All differences, in the order of the later document, removed parts last.
pub fn differences(before: &Content, after: &Content, frame: &Frame) -> Vec<Difference> {
    let frame_of = |content: &Content| Frame { dates: content.dates, ..frame.clone() };
    let (old, new) = (compile(before, &frame_of(before)), compile(after, &frame_of(after)));
    let mut found = Vec::new();
    for (at, clause) in after.clauses.iter().enumerate() {
        let was = before.clauses.iter().position(|c| c.key == clause.key);
        let (is, said) = (written(&new, at, frame), clause_words(clause, &new, at, frame));
        match was {
            None => found.push(difference(Change::Added, "clause", &clause.key, &clause.text, None, Some(said))),
            Some(was) => {
                let earlier = &before.clauses[was];
                let same = written(&old, was, frame) == is && earlier.kind == clause.kind && earlier.item == clause.item;
                let same_rule = same && (is.is_some() || earlier.when == clause.when);
                if !same_rule || (clause.kind != ClauseKind::Deciding && earlier.text != clause.text) {
                    let said_before = clause_words(earlier, &old, was, frame);
                    found.push(difference(Change::Changed, "clause", &clause.key, &clause.text, Some(said_before), Some(said)));
                }
            }
        }
    }
    for clause in before.clauses.iter().filter(|c| after.clause(&c.key).is_none()) {
        found.push(difference(Change::Removed, "clause", &clause.key, &clause.text, Some(clause.text.clone()), None));
    }
    items(before, after, &mut found);
    whole("money", &money_words(&before.money), &money_words(&after.money), &mut found);
    let years = |content: &Content| {
        let year = content.dates.judged_year.map_or_else(|| "上一年度".to_owned(), |y| format!("{y} 年"));
        let day = content.dates.cut_off.map_or_else(|| "当天".to_owned(), |d| d.to_string());
        Text::new(
            format!("评价年度 {year}；认定截止 {day}"),
            format!(
                "judged year {}; cut-off {}",
                content.dates.judged_year.map_or("the year before".to_owned(), |y| y.to_string()),
                content.dates.cut_off.map_or("the day itself".to_owned(), |d| d.to_string())
            ),
        )
    };
    whole("dates", &years(before), &years(after), &mut found);
    let cases = |content: &Content| Text::new(format!("{} 个用例", content.cases.len()), format!("{} cases", content.cases.len()));
    if before.cases != after.cases {
        found.push(difference(Change::Changed, "cases", "", &Text::fixed("用例", "Cases"), Some(cases(before)), Some(cases(after))));
    }
    found
}

fn difference(change: Change, part: &'static str, key: &str, label: &Text, before: Option<Text>, after: Option<Text>) -> Difference {
    Difference { change, part, key: key.to_owned(), label: label.clone(), before, after }
}

/// The canonical text of a clause's rule, as written.
fn written(compiled: &Compiled, at: usize, frame: &Frame) -> Option<String> {
    compiled.clauses[at].rule.as_ref().map(|rule| print_node(&rule.root, &frame.schema))
}

fn clause_words(clause: &Clause, compiled: &Compiled, at: usize, frame: &Frame) -> Text {
    let say = |node: &Node| sentence::text(node, &frame.schema);
    match &compiled.clauses[at].rule {
        Some(rule) => say(&rule.root),
        None => clause.text.clone(),
    }
}

fn items(before: &Content, after: &Content, found: &mut Vec<Difference>) {
    for item in &after.items {
        match before.item(&item.key) {
            None => found.push(difference(Change::Added, "item", &item.key, &item.label, None, Some(item_words(item)))),
            Some(earlier) if earlier != item => {
                found.push(difference(Change::Changed, "item", &item.key, &item.label, Some(item_words(earlier)), Some(item_words(item))));
            }
            Some(_) => {}
        }
    }
    for item in before.items.iter().filter(|i| after.item(&i.key).is_none()) {
        found.push(difference(Change::Removed, "item", &item.key, &item.label, Some(item_words(item)), None));
    }
}

fn item_words(item: &Item) -> Text {
    let benefit = &item.benefit;
    let (mut zh, mut en) = (vec![benefit.text.zh.to_string()], vec![benefit.text.en.to_string()]);
    for (value, label_zh, label_en) in [
        (&benefit.amount, "金额", "amount"),
        (&benefit.cap, "上限", "cap"),
        (&benefit.floor, "下限", "floor"),
        (&benefit.round_down, "取整", "rounding"),
    ] {
        if let Some(value) = value {
            zh.push(format!("{label_zh} {value}"));
            en.push(format!("{label_en} {value}"));
        }
    }
    let joined = |parts: Vec<String>, by: &str| parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(by);
    Text::new(joined(zh, "；"), joined(en, "; "))
}

fn money_words(money: &Money) -> Text {
    let some = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
    let highest = money.choose == crate::content::Choose::Highest;
    let pool = money.pool.as_ref().map_or_else(|| "—".to_owned(), |p| some(&p.budget));
    let against: Vec<&str> = money.against.iter().map(|a| a.policy.as_str()).collect();
    Text::new(
        format!(
            "{}；单户上限 {}；年度上限 {}；预算 {pool}；与其他政策 {}",
            if highest { "就高不重复" } else { "各项相加" },
            some(&money.firm_cap),
            some(&money.year_cap),
            if against.is_empty() { "—".to_owned() } else { against.join("、") },
        ),
        format!(
            "{}; cap per firm {}; cap per year {}; budget {pool}; other policies {}",
            if highest { "the highest item only" } else { "items add up" },
            some(&money.firm_cap),
            some(&money.year_cap),
            if against.is_empty() { "—".to_owned() } else { against.join(", ") },
        ),
    )
}

fn whole(part: &'static str, before: &Text, after: &Text, found: &mut Vec<Difference>) {
    if before != after {
        let label = if part == "money" { Text::fixed("资金规则", "Money") } else { Text::fixed("时间口径", "Dates") };
        found.push(difference(Change::Changed, part, "", &label, Some(before.clone()), Some(after.clone())));
    }
}
