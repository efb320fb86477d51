//! A document from its text to answers and amounts; and two ways to each that must agree.
mod common;

use common::{day, frame};
use liangu_expr::Expect;
use liangu_expr::print::print_node;
use liangu_expr::row::{Context, answer_node, eval_node};
use liangu_expr::value::Value;
use liangu_policy::amount::{Award, settle, trace};
use liangu_policy::content::{Content, Dates};
use liangu_policy::{Frame, cases, compile, difference, gate, source};

fn upgrade() -> Content {
    serde_saphyr::from_str(include_str!("upgrade.yaml")).expect("the document is of the form")
}

fn context(frame: &Frame) -> Context {
    Context::new(frame.today, frame.judged_year)
}

#[test]
fn a_whole_policy_passes_its_cases_and_its_gate() {
    let (content, frame) = (upgrade(), frame());
    let compiled = compile(&content, &frame);
    let findings: Vec<_> = compiled.clauses.iter().flat_map(|c| &c.findings).collect();
    assert!(findings.is_empty(), "{findings:?}");
    let results = cases::run(&content, &compiled, &frame);
    let failing: Vec<_> = results.iter().filter(|r| !r.passes).map(|r| (&r.key, r.answer, r.amount, &r.why)).collect();
    assert!(failing.is_empty(), "{failing:#?}");
    assert_eq!(cases::uncovered(&content, &results), Vec::<String>::new());
    assert_eq!(gate::missing(&content, &compiled, &results), vec![]);
    let covered = gate::coverage(&content, &compiled);
    assert_eq!((covered.deciding, covered.expressed, covered.person, covered.information), (6, 6, 1, 0));
}

#[test]
fn the_stored_text_is_the_rule_of_the_document() {
    let (content, frame) = (upgrade(), frame());
    let compiled = compile(&content, &frame);
    let text = source::rule(&content, &compiled).expect("the document decides");
    let typed = frame.typed(&text, Expect::Bool).expect("the stored text types");
    assert_eq!(print_node(&typed.root, &frame.schema), print_node(&compiled.rule().expect("sound").root, &frame.schema));
    for clause in content.clauses.iter().filter(|c| c.when.is_some()) {
        let text = source::clause(clause, &content, &compiled).expect("it decides");
        let typed = frame.typed(&text, Expect::Bool).expect("a clause types alone");
        let rule = compiled.clauses.iter().find(|c| c.key == clause.key).and_then(|c| c.rule.clone()).expect("it has a rule");
        assert_eq!(print_node(&typed.root, &frame.schema), print_node(&rule.root, &frame.schema), "{}", clause.key);
    }
}

#[test]
fn the_trace_and_the_formula_are_one_amount() {
    let (content, frame) = (upgrade(), frame());
    let compiled = compile(&content, &frame);
    for case in &content.cases {
        let firm = cases::firm_of(case, &content, &frame).expect("the case reads");
        let rule = compiled.rule().expect("sound");
        if answer_node(&rule.root, &firm, &context(&frame)) != liangu_expr::value::Answer::Yes {
            continue;
        }
        let amount = compiled.amount.as_ref().expect("it pays");
        let formula = match eval_node(&amount.root, &firm, &context(&frame)) {
            Value::Int(fen) => Some(fen),
            _ => None,
        };
        let trace = trace(&compiled, &content, &frame, &firm, &context(&frame));
        assert_eq!(trace.total, formula, "{}", case.key);
        let records: i64 = trace.items[0].records.iter().filter_map(|(_, fen)| *fen).sum();
        assert_eq!(trace.items[0].amount, Some(records), "{}", case.key);
    }
}

#[test]
fn the_years_cap_rounding_and_floor_of_the_whole_count_in_both_ways() {
    let frame = frame();
    for (year_cap, round_down, floor, expected) in [
        (Some("wan(70)"), None, None, 70),
        (None, Some("wan(50)"), None, 50),
        (None, None, Some("wan(81)"), 0),
        (Some("wan(77)"), Some("wan(10)"), Some("wan(70)"), 70),
    ] {
        let mut content = upgrade();
        content.cases.truncate(1);
        content.cases[0].amount = Some(format!("wan({expected})"));
        let text = |t: Option<&str>| t.map(str::to_owned);
        (content.money.year_cap, content.money.round_down, content.money.floor) = (text(year_cap), text(round_down), text(floor));
        let compiled = compile(&content, &frame);
        assert!(cases::run(&content, &compiled, &frame)[0].passes, "{year_cap:?} {round_down:?} {floor:?}");
        let firm = cases::firm_of(&content.cases[0], &content, &frame).expect("the case reads");
        let formula = eval_node(&compiled.amount.as_ref().expect("it pays").root, &firm, &context(&frame));
        assert_eq!(formula, Value::Int(expected * 1_000_000));
    }
}

#[test]
fn two_records_cannot_share_the_conditions_of_one() {
    let (mut content, frame) = (upgrade(), frame());
    // unbound, the same conditions would be met by two projects together
    content.items[0].bind = None;
    for clause in &mut content.clauses {
        clause.when = clause.when.take().map(|w| if w.starts_with("p.") { format!("projects.exists(p, {w})") } else { w });
    }
    content.items[0].benefit.amount = Some("wan(80)".to_owned());
    let compiled = compile(&content, &frame);
    let results = cases::run(&content, &compiled, &frame);
    let split = results.iter().find(|r| r.key == "k8").expect("the case is there");
    assert!(!split.passes, "the planted mistake of unbound clauses must be seen");
}

#[test]
fn a_text_cannot_break_out_of_its_macro() {
    let frame = frame();
    for text in ["p.kind == \"rd\") || (true", "true // projects", "p.equipment >= wan(1) && (", "p.unknown >= 3"] {
        let mut content = upgrade();
        content.clauses[2].when = Some(text.to_owned());
        let compiled = compile(&content, &frame);
        let clause = &compiled.clauses[2];
        match text.contains("//") {
            true => assert!(clause.findings.is_empty()),
            false => {
                assert!(!clause.findings.is_empty(), "{text}");
                assert!(clause.findings.iter().all(|f| f.span.end as usize <= text.len()), "{text}");
                assert!(compiled.rule().is_none() && source::rule(&content, &compiled).is_none());
            }
        }
    }
}

#[test]
fn dates_of_the_policy_and_its_own_judged_year_are_put_in() {
    let mut frame = frame();
    let printed =
        |frame: &Frame, text: &str| frame.typed(text, Expect::Bool).map(|t| print_node(&t.root, &frame.schema)).unwrap_or_default();
    assert_eq!(printed(&frame, "established <= policy.window_to"), "established <= date(\"2026-12-31\")");
    assert_eq!(printed(&frame, "established <= policy.cut_off"), "established <= today");
    assert_eq!(printed(&frame, "revenue >= revenue.at(-1)"), "revenue >= revenue.at(-1)");
    frame.dates = Dates { judged_year: Some(2024), cut_off: Some(day("2026-06-30")) };
    assert_eq!(printed(&frame, "established <= policy.cut_off"), "established <= date(\"2026-06-30\")");
    assert_eq!(printed(&frame, "revenue >= revenue.at(-1)"), "revenue.at(-1) >= revenue.at(-2)");
}

#[test]
fn cases_mean_the_policys_own_year_in_every_year() {
    let (mut content, mut frame) = (upgrade(), frame());
    content.clauses[1].when = Some("revenue >= wan(100) && revenue > revenue.at(-1)".to_owned());
    content.cases.truncate(1);
    content.cases[0].firm.insert("revenue".to_owned(), "wan(120)".into());
    content.cases[0].firm.insert("revenue@-1".to_owned(), "wan(110)".into());
    for (judged, today) in [(None, 2025), (Some(2024), 2025), (Some(2024), 2026)] {
        content.dates.judged_year = judged;
        (frame.dates, frame.judged_year) = (content.dates, today);
        let results = cases::run(&content, &compile(&content, &frame), &frame);
        assert!(results[0].passes, "{judged:?} in {today}: {:?}", results[0].why);
    }
}

#[test]
fn money_is_settled_in_a_fixed_order() {
    use liangu_policy::amount::settle::Limits;
    use liangu_policy::content::{Against, How, Money};
    let award = |policy: &str, date: &str, fen: i64| Award { policy: policy.to_owned(), paid_on: day(date), amount: fen };
    let against = |how, percent| Money { against: vec![Against { policy: "other".to_owned(), how, percent }], ..Money::default() };
    let awards = [award("own", "2026-01-05", 300), award("own", "2025-12-31", 900), award("other", "2026-02-01", 400)];
    let got = |money: &Money, limits: Limits| settle(1000, &["own"], day("2026-11-20"), &awards, money, limits).amount;
    let none = Limits::default();
    assert_eq!(got(&Money::default(), none), 1000);
    assert_eq!(got(&Money::default(), Limits { year_cap: Some(800), ..none }), 500);
    assert_eq!(got(&against(How::Exclusive, None), none), 0);
    assert_eq!(got(&against(How::Deduct, None), none), 600);
    assert_eq!(got(&against(How::Higher, None), none), 600);
    assert_eq!(got(&against(How::TopUp, Some(5000)), none), 200);
    // the year's cap comes before the deduction, rounding before the floor
    assert_eq!(got(&against(How::Deduct, None), Limits { year_cap: Some(800), ..none }), 100);
    assert_eq!(got(&against(How::Deduct, None), Limits { round_down: Some(250), ..none }), 500);
    assert_eq!(got(&against(How::Deduct, None), Limits { round_down: Some(250), floor: Some(501), ..none }), 0);
}

#[test]
fn a_mistake_beside_the_items_keeps_a_document_from_release() {
    let frame = frame();
    for text in ["wan(", "employees", "revenue >= 3"] {
        let mut content = upgrade();
        content.money.firm_cap = Some(text.to_owned());
        let compiled = compile(&content, &frame);
        assert_eq!(compiled.money.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["firm_cap"], "{text}");
        let results = cases::run(&content, &compiled, &frame);
        assert!(!gate::missing(&content, &compiled, &results).is_empty(), "{text}");
    }
}

#[test]
fn a_rewording_is_no_difference_and_a_threshold_is() {
    let (before, frame) = (upgrade(), frame());
    let found = |after: &Content| difference::differences(&before, after, &frame).into_iter().map(|d| (d.part, d.key)).collect::<Vec<_>>();
    let mut after = before.clone();
    after.clauses[3].when = Some("wan(500)   <= p.equipment".to_owned());
    assert_eq!(found(&after), []);
    after.clauses[3].when = Some("p.equipment >= wan(501)".to_owned());
    assert_eq!(found(&after), [("clause", "c4".to_owned())]);
    after.clauses.remove(0);
    after.items[1].benefit.amount = Some("wan(20)".to_owned());
    after.money.firm_cap = None;
    let expected = [("clause", "c4"), ("clause", "c1"), ("item", "i2"), ("money", "")];
    assert_eq!(found(&after), expected.map(|(part, key)| (part, key.to_owned())));
}
