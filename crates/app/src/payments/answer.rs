//! The bank's answer beside what was sent. Only what is certain has an effect: the order is of this batch and still
//! open, its lines agree, amount and account are those that were sent, and the word is a known one.
use super::row::{Payment, Standing};
use liangu_base::{Date, Fen, Lang, Text};
use liangu_workbook::bank::{Amount, Answer, Line};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a reason that is kept.
const REASON: usize = 400;

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Paid(Option<Date>),
    /// With the bank's reason.
    Failed(String),
    /// Says what is on record, or says it again.
    Same,
    /// Changes nothing, and why.
    Differs(Text),
}

/// A line with the payment it names and what it does.
#[derive(Debug)]
pub(super) struct Judged<'a> {
    pub line: &'a Line,
    /// Place among the payments.
    pub payment: Option<usize>,
    pub verdict: Verdict,
}

/// Judges every line; payments are those of one batch.
pub(super) fn judge<'a>(lines: &'a [Line], payments: &[Payment]) -> Vec<Judged<'a>> {
    let places: BTreeMap<&str, usize> = payments.iter().enumerate().map(|(at, p)| (p.reference.as_str(), at)).collect();
    let mut answers: BTreeMap<&str, Vec<&Answer>> = BTreeMap::new();
    for line in lines {
        answers.entry(line.reference.as_str()).or_default().push(&line.answer);
    }
    let mut seen = BTreeSet::new();
    let one = |line: &'a Line| {
        let payment = places.get(line.reference.as_str()).copied();
        let agree = answers[line.reference.as_str()].windows(2).all(|pair| pair[0] == pair[1]);
        let verdict = match payment {
            None => differs("不是本批次的付款编号。", "This reference is not of this batch."),
            Some(_) if !agree => differs("同一付款编号有不同的结果。", "The same reference has different results."),
            Some(at) => match verdict(line, &payments[at]) {
                Verdict::Paid(_) | Verdict::Failed(_) if !seen.insert(at) => Verdict::Same,
                verdict => verdict,
            },
        };
        Judged { line, payment, verdict }
    };
    lines.iter().map(one).collect()
}

fn verdict(line: &Line, payment: &Payment) -> Verdict {
    let expected = Fen(payment.amount);
    match &line.amount {
        Amount::Is(fen) if *fen != expected => {
            let (said, sent) = (*fen, expected);
            return Verdict::Differs(Text::new(
                format!("回单金额 {} 与交付金额 {} 不同。", said.display_yuan(Lang::Zh), sent.display_yuan(Lang::Zh)),
                format!("The bank says {}, {} were sent.", said.display_yuan(Lang::En), sent.display_yuan(Lang::En)),
            ));
        }
        Amount::Unreadable(said) => {
            return Verdict::Differs(Text::new(format!("金额“{said}”无法识别。"), format!("The amount \"{said}\" cannot be read.")));
        }
        Amount::Is(_) | Amount::Unsaid => {}
    }
    if line.account.as_deref().is_some_and(|account| !same_account(account, &payment.payee_account)) {
        return differs("回单账号与收款账号不同。", "The account differs from the payee's.");
    }
    let answer = match &line.answer {
        Answer::Unclear(word) if word.is_empty() => return differs("没有写处理结果。", "There is no result."),
        Answer::Unclear(word) => {
            let (zh, en) = (format!("看不懂结果“{word}”。"), format!("The result \"{word}\" is not known."));
            return Verdict::Differs(Text::new(zh, en));
        }
        known => known,
    };
    match (payment.standing, answer) {
        (Standing::Sent, Answer::Paid) => Verdict::Paid(line.paid_on),
        (Standing::Sent, _) => Verdict::Failed(reason(line)),
        (Standing::Paid, Answer::Paid) | (Standing::Failed, Answer::Failed) => Verdict::Same,
        (Standing::Paid, _) => differs("此前已登记为付款成功。", "It is on record as paid."),
        (Standing::Failed, _) => differs("此前已登记为付款失败。", "It is on record as failed."),
        (Standing::Planned | Standing::Cancelled, _) => differs("这笔付款没有交给银行。", "This payment was not handed to the bank."),
    }
}

fn differs(zh: &'static str, en: &'static str) -> Verdict {
    Verdict::Differs(Text::fixed(zh, en))
}

fn reason(line: &Line) -> String {
    let said = line.reason.as_deref().unwrap_or("银行未说明原因 / the bank gives no reason");
    said.chars().take(REASON).collect()
}

/// Whether digits agree; a bank may write stars for those in the middle.
fn same_account(said: &str, sent: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
    let (said, sent) = (bare(said), bare(sent));
    match (said.split_once('*'), said.rsplit_once('*')) {
        (Some((head, _)), Some((_, tail))) => sent.starts_with(head) && sent.ends_with(tail) && head.len() + tail.len() <= sent.len(),
        _ => said == sent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liangu_base::Id;

    fn payment(n: u64, standing: Standing) -> Payment {
        let id = Id::v7(n, 1);
        Payment {
            id,
            version: 1,
            reference: format!("ZF-{n}"),
            claim: id,
            firm: id,
            policy: id,
            budget_year: 2026,
            payee_name: String::new(),
            payee_bank: String::new(),
            payee_account: "6216000000000001234".to_owned(),
            amount: 16_000_000,
            standing,
            synthetic: false,
        }
    }

    fn line(reference: &str, answer: Answer, amount: Amount, account: Option<&str>) -> Line {
        Line { row: 2, reference: reference.to_owned(), answer, amount, account: account.map(str::to_owned), reason: None, paid_on: None }
    }

    /// What the lines do: `paid`, `failed`, `same`, or the difference in Chinese.
    fn said(lines: &[Line], payments: &[Payment]) -> Vec<String> {
        let word = |judged: Judged<'_>| match judged.verdict {
            Verdict::Paid(_) => "paid".to_owned(),
            Verdict::Failed(_) => "failed".to_owned(),
            Verdict::Same => "same".to_owned(),
            Verdict::Differs(why) => why.zh.into_owned(),
        };
        judge(lines, payments).into_iter().map(word).collect()
    }

    #[test]
    fn only_what_is_certain_has_an_effect() {
        let all = [payment(1, Standing::Sent), payment(2, Standing::Paid), payment(3, Standing::Failed), payment(4, Standing::Planned)];
        let (paid, failed) = (|| Answer::Paid, || Answer::Failed);
        let is = |fen| Amount::Is(Fen(fen));
        let stars = Some("6216****1234");
        for (what, lines, wanted) in [
            ("an open payment", vec![line("ZF-1", paid(), is(16_000_000), stars)], vec!["paid"]),
            (
                "the same twice",
                vec![line("ZF-1", failed(), Amount::Unsaid, None), line("ZF-1", failed(), Amount::Unsaid, None)],
                vec!["failed", "same"],
            ),
            (
                "two results",
                vec![line("ZF-1", paid(), Amount::Unsaid, None), line("ZF-1", failed(), Amount::Unsaid, None)],
                vec!["同一付款编号有不同的结果。", "同一付款编号有不同的结果。"],
            ),
            ("another amount", vec![line("ZF-1", paid(), is(1_600_000), None)], vec!["回单金额 16,000元 与交付金额 160,000元 不同。"]),
            ("an unreadable amount", vec![line("ZF-1", paid(), Amount::Unreadable("？".into()), None)], vec!["金额“？”无法识别。"]),
            ("another account", vec![line("ZF-1", paid(), Amount::Unsaid, Some("6217****1234"))], vec!["回单账号与收款账号不同。"]),
            ("an unknown word", vec![line("ZF-1", Answer::Unclear("处理中".into()), Amount::Unsaid, None)], vec!["看不懂结果“处理中”。"]),
            (
                "what is on record",
                vec![line("ZF-2", paid(), Amount::Unsaid, None), line("ZF-3", failed(), Amount::Unsaid, None)],
                vec!["same", "same"],
            ),
            (
                "against the record",
                vec![line("ZF-2", failed(), Amount::Unsaid, None), line("ZF-3", paid(), Amount::Unsaid, None)],
                vec!["此前已登记为付款成功。", "此前已登记为付款失败。"],
            ),
            (
                "not with the bank, not of this batch",
                vec![line("ZF-4", paid(), Amount::Unsaid, None), line("ZF-9", paid(), Amount::Unsaid, None)],
                vec!["这笔付款没有交给银行。", "不是本批次的付款编号。"],
            ),
        ] {
            assert_eq!(said(&lines, &all), wanted, "{what}");
        }
    }

    #[test]
    fn stars_stand_for_digits_that_are_not_shown() {
        for (said, same) in
            [("6216 0000 0000 0001 234", true), ("6216*1234", true), ("*", true), ("6216000000000001234*1234", false), ("", false)]
        {
            assert_eq!(same_account(said, "6216000000000001234"), same, "{said}");
        }
    }
}
