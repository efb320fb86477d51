//! What a document lacks before it may be released, and what is doubtful in it.
use crate::cases::{self, CaseResult};
use crate::compile::Compiled;
use crate::content::{BenefitKind, ClauseKind, Content, MAX_CASES, MAX_CLAUSES, MAX_ITEMS};
use liangu_base::Text;
use std::collections::HashSet;

/// How much of the text has been made decidable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub deciding: usize,
    /// Deciding clauses whose expression types.
    pub expressed: usize,
    pub person: usize,
    pub information: usize,
}

pub fn coverage(content: &Content, compiled: &Compiled) -> Coverage {
    let count = |kind: ClauseKind| content.clauses.iter().filter(|c| c.kind == kind).count();
    Coverage {
        deciding: count(ClauseKind::Deciding),
        expressed: compiled.clauses.iter().filter(|c| c.rule.is_some()).count(),
        person: count(ClauseKind::Person),
        information: count(ClauseKind::Information),
    }
}

/// What keeps a document from being checked, in words; nothing: it may be.
pub fn missing(content: &Content, compiled: &Compiled, results: &[CaseResult]) -> Vec<Text> {
    let mut found = structure(content);
    let wrong = compiled.clauses.iter().filter(|c| !c.findings.is_empty()).count();
    if wrong > 0 {
        found.push(Text::new(format!("{wrong} 条条款的表达式有错"), format!("{wrong} clauses have mistakes in their expression")));
    }
    let wrong = compiled.items.iter().filter(|i| !i.findings.is_empty()).count();
    if wrong > 0 {
        found.push(Text::new(format!("{wrong} 个支持项的金额有错"), format!("{wrong} items have mistakes in their amounts")));
    }
    if !compiled.money.is_empty() {
        found.push(Text::fixed("资金规则里有写错的金额", "an amount among the rules of money has a mistake"));
    }
    let failing = results.iter().filter(|r| !r.passes).count();
    if failing > 0 {
        found.push(Text::new(format!("{failing} 个用例没有通过"), format!("{failing} cases do not pass")));
    }
    if content.cases.is_empty() {
        found.push(Text::fixed("还没有用例", "there is no case yet"));
    }
    let bare = cases::uncovered(content, results).len();
    if bare > 0 {
        found.push(Text::new(
            format!("{bare} 条判定条款还没有只在它上面不符合的用例"),
            format!("{bare} deciding clauses have no case that fails on them alone"),
        ));
    }
    found
}

/// Keys and references that do not fit together, and limits.
fn structure(content: &Content) -> Vec<Text> {
    let mut found = Vec::new();
    if content.clauses.is_empty() {
        found.push(Text::fixed("还没有条款", "there is no clause yet"));
    }
    for (what, count, most) in [
        (("条款", "clauses"), content.clauses.len(), MAX_CLAUSES),
        (("支持项", "items"), content.items.len(), MAX_ITEMS),
        (("用例", "cases"), content.cases.len(), MAX_CASES),
    ] {
        if count > most {
            found.push(Text::new(format!("{}超过 {most} 个", what.0), format!("more than {most} {}", what.1)));
        }
    }
    let keys =
        content.clauses.iter().map(|c| &c.key).chain(content.items.iter().map(|i| &i.key)).chain(content.cases.iter().map(|c| &c.key));
    let mut seen = HashSet::new();
    if keys.clone().any(|key| key.is_empty()) || !keys.clone().all(|key| seen.insert(key)) {
        found.push(Text::fixed("条款、支持项或用例的编号缺失或重复", "a key of a clause, item or case is missing or stands twice"));
    }
    let unplaced = content.clauses.iter().filter(|c| c.item.as_ref().is_some_and(|key| content.item(key).is_none())).count();
    if unplaced > 0 {
        found.push(Text::new(
            format!("{unplaced} 条条款所属的支持项已不存在"),
            format!("{unplaced} clauses belong to an item that is not there"),
        ));
    }
    let bare =
        content.clauses.iter().filter(|c| c.kind == ClauseKind::Deciding && c.when.as_deref().is_none_or(|w| w.trim().is_empty())).count();
    if bare > 0 {
        found.push(Text::new(format!("{bare} 条判定条款还没有表达式"), format!("{bare} deciding clauses have no expression")));
    }
    if content.items.iter().any(|item| item.benefit.times.is_some_and(|n| n != 1)) {
        found.push(Text::fixed("支持项的次数上限只能是 1（取最高一项）", "only the one highest record of an item can be asked for"));
    }
    found
}

/// What is doubtful: shown while typing, no obstacle.
pub fn doubts(content: &Content) -> Vec<(&'static str, Text)> {
    let mut found = Vec::new();
    for item in &content.items {
        let benefit = &item.benefit;
        let named = if item.label.zh.is_empty() { item.key.as_str() } else { &item.label.zh };
        if benefit.kind == BenefitKind::Money && benefit.amount.is_none() && !benefit.ceiling {
            found.push((
                "policy.no-amount",
                Text::new(
                    format!("“{named}”没有金额公式，算不出能得多少"),
                    format!("\"{named}\" has no amount, so nothing can be computed"),
                ),
            ));
        }
        let own = || content.deciding(Some(&item.key));
        if let Some(bind) = &item.bind
            && own().count() > 0
            && !own().any(|c| c.when.as_ref().is_some_and(|w| w.contains(&format!("{}.", bind.variable))))
        {
            found.push((
                "policy.unbound",
                Text::new(
                    format!("“{named}”绑定了 {}，却没有条款用到 {}", bind.child, bind.variable),
                    format!("\"{named}\" binds {}, but no clause uses {}", bind.child, bind.variable),
                ),
            ));
        }
        if benefit.times.is_some_and(|n| n > 1) {
            found.push((
                "policy.times",
                Text::new(
                    format!("“{named}”的次数上限只支持 1（取最高一项）"),
                    format!("\"{named}\": only one, the highest, can be asked for"),
                ),
            ));
        }
    }
    found
}
