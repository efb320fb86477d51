//! What hand-written policies pay, as expressions: with one, a policy has a version in force whose document computes its
//! money, so that its claims are computed and those without application can be granted.
use super::Policy;
use super::clause::{Clause, conjunction};
use super::stock::Written;
use liangu_policy::Content;
use liangu_policy::content::{Benefit, Clause as Said, ClauseKind, Item};

/// Title of the policy and the expression; the policy's own maximum caps it.
const FORMULAS: [(&str, &str); 9] = [
    ("技术改造设备投资奖补", "share(equipment_investment, percent(8))"),
    ("规模以上工业企业增产增收奖励", "growth(revenue) >= percent(20) ? wan(30) : wan(15)"),
    ("有色金属材料企业扩能奖励", "equipment_investment >= wan(2000) ? wan(50) : wan(30)"),
    ("经开区骨干企业用工补贴", "yuan(500) * insured_employees"),
    ("质量和环境管理体系认证补助", "wan(6)"),
    ("创新型中小企业培育奖励", "wan(10)"),
    ("安全生产标准化建设补助", "wan(5)"),
    ("吸纳就业大户奖励", "insured_employees >= 500 ? wan(16) : wan(8)"),
    ("工业企业纳税千万元台阶奖励", "wan(30)"),
];

const FEN_OF_WAN: i64 = 1_000_000;

/// The document of a policy that has a formula; its rule is that of its clauses.
pub fn written(policy: &Policy) -> Option<Box<Written>> {
    let (_, amount) = FORMULAS.iter().find(|(title, _)| *title == policy.title.zh)?;
    let benefit = Benefit {
        amount: Some((*amount).to_owned()),
        cap: policy.amount.map(|cap| format!("wan({})", cap.fen() / FEN_OF_WAN)),
        text: policy.amount_text.clone().unwrap_or_default(),
        ..Benefit::default()
    };
    let item = Item { key: "i1".to_owned(), label: policy.title.clone(), benefit, ..Item::default() };
    let clauses = policy.clauses.iter().enumerate().map(|(place, clause)| said(place, clause)).collect();
    let content = Content { clauses, items: vec![item], ..Content::default() };
    Some(Box::new(Written { content, rule: conjunction(&policy.clauses), source_url: None }))
}

fn said(place: usize, clause: &Clause) -> Said {
    Said {
        key: format!("c{}", place + 1),
        article: clause.article.clone(),
        text: clause.text.clone(),
        kind: match clause.kind {
            "deciding" => ClauseKind::Deciding,
            "person" => ClauseKind::Person,
            _ => ClauseKind::Information,
        },
        when: clause.when.clone(),
        ..Said::default()
    }
}
