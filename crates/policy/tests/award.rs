//! An award run against a recount that shares nothing with it: written from the words of the rule, over plain numbers.
use liangu_base::random::RandomExt as _;
use liangu_base::{Date, SplitMix64};
use liangu_expr::value::Answer;
use liangu_policy::amount::Award;
use liangu_policy::amount::settle::Limits;
use liangu_policy::award::{Candidate, Plan, Skip, Stage, Terms, plan};
use liangu_policy::content::{Against, Cut, How, Money};

const OWN: [&str; 2] = ["湘工信〔2026〕1号", "规模企业奖励"];
const OTHERS: [&str; 3] = ["设备补助", "贷款贴息", "研发奖补"];

fn day(year: i32) -> Date {
    Date::from_ymd(year, 11, 20).expect("a day")
}

fn fits(yuan: i64) -> Candidate {
    let limits = Limits::default();
    Candidate { answer: Answer::Yes, capped: Some(yuan * 100), limits, rank: None, awards: Vec::new(), claimed: false }
}

fn got(policy: &str, year: i32, yuan: i64) -> Award {
    Award { policy: policy.to_owned(), paid_on: day(year), amount: yuan * 100 }
}

fn planned(candidates: &[Candidate], money: &Money, stage: Option<Stage>) -> Plan {
    plan(candidates, &Terms { own: &OWN, day: day(2026), money, stage })
}

/// `yuan` of each line, or the reason why there is none.
fn said(plan: &Plan) -> Vec<String> {
    let line = |line: &liangu_policy::award::Line| match &line.skipped {
        Some(skip) => skip.code().to_owned(),
        None => format!("{}.{:02}", line.amount / 100, line.amount % 100),
    };
    plan.lines.iter().map(line).collect()
}

#[test]
fn each_firm_gets_what_is_left_of_caps_and_other_policies_of_any_year() {
    let against = |policy: &str, how, percent| Against { policy: policy.to_owned(), how, percent };
    let money = Money {
        against: vec![
            against(OTHERS[0], How::Exclusive, None),
            against(OTHERS[1], How::Deduct, None),
            against(OTHERS[2], How::Higher, None),
        ],
        ..Money::default()
    };
    let capped = Limits { year_cap: Some(8_000_000), ..Limits::default() };
    let floored = Limits { floor: Some(1_000_000), round_down: Some(100_000), ..Limits::default() };
    let cases = [
        ("untouched", fits(50_000), "50000.00"),
        ("does not fit", Candidate { answer: Answer::No, ..fits(50_000) }, "not_eligible"),
        ("unknown is no yes", Candidate { answer: Answer::Unknown, ..fits(50_000) }, "not_eligible"),
        ("no amount", Candidate { capped: None, ..fits(0) }, "unknown"),
        ("nothing due", fits(0), "nothing"),
        ("has a claim", Candidate { claimed: true, ..fits(50_000) }, "claimed"),
        ("excluded by an award of long ago", Candidate { awards: vec![got(OTHERS[0], 2021, 1)], ..fits(50_000) }, "excluded"),
        ("deducted", Candidate { awards: vec![got(OTHERS[1], 2025, 20_000)], ..fits(50_000) }, "30000.00"),
        ("deducted to nothing", Candidate { awards: vec![got(OTHERS[1], 2026, 90_000)], ..fits(50_000) }, "used_up"),
        ("the difference", Candidate { awards: vec![got(OTHERS[2], 2024, 49_999)], ..fits(50_000) }, "1.00"),
        ("year's cap", Candidate { limits: capped, awards: vec![got(OWN[1], 2026, 50_000)], ..fits(50_000) }, "30000.00"),
        ("last year's does not count", Candidate { limits: capped, awards: vec![got(OWN[0], 2025, 80_000)], ..fits(50_000) }, "50000.00"),
        ("year used up", Candidate { limits: capped, awards: vec![got(OWN[0], 2026, 80_000)], ..fits(50_000) }, "used_up"),
        ("rounded", Candidate { limits: floored, ..fits(12_345) }, "12000.00"),
        ("below the floor", Candidate { limits: floored, ..fits(9_999) }, "below_floor"),
        ("rounded away", Candidate { limits: floored, ..fits(999) }, "rounded_away"),
    ];
    for (what, candidate, expected) in cases {
        let plan = planned(&[candidate], &money, None);
        assert_eq!(said(&plan), [expected], "{what}");
    }
}

#[test]
fn a_pool_comes_after_other_awards_and_before_rounding() {
    let money = Money { against: vec![Against { policy: OTHERS[1].into(), how: How::Deduct, percent: None }], ..Money::default() };
    let rounded = Limits { round_down: Some(10_00), floor: Some(30_00), ..Limits::default() };
    let firm = |yuan, rank| Candidate { rank, limits: rounded, ..fits(yuan) };
    let emptied = Candidate { awards: vec![got(OTHERS[1], 2026, 500)], ..firm(100, Some(99)) };
    let firms = [firm(105, Some(1)), firm(205, Some(9)), emptied, firm(305, None), Candidate { answer: Answer::No, ..firm(1, Some(50)) }];
    let stage = |budget, quota, cut| Some(Stage { budget, quota, cut });
    let lines = |stage| said(&planned(&firms, &money, stage));
    assert_eq!(lines(stage(None, None, None)), ["100.00", "200.00", "used_up", "300.00", "not_eligible"]);
    // who is left with nothing takes no place of the quota
    assert_eq!(lines(stage(None, Some(2), None)), ["100.00", "200.00", "used_up", "quota", "not_eligible"]);
    assert_eq!(lines(stage(Some(25_000), None, None)), ["40.00", "200.00", "used_up", "spent", "not_eligible"]);
    // 615.00 asked of 150.00: 25.60, 50.00 and 74.39 before rounding
    assert_eq!(lines(stage(Some(15_000), None, Some(Cut::Proportional))), ["below_floor", "50.00", "used_up", "70.00", "not_eligible"]);
}

struct Draw(SplitMix64);

impl Draw {
    fn yuan(&mut self) -> i64 {
        if self.0.below(8) == 0 { 0 } else { self.0.between(1, 400) }
    }

    fn maybe(&mut self, most: i64) -> Option<i64> {
        (self.0.below(3) == 0).then(|| self.0.between(0, most))
    }

    fn award(&mut self) -> Award {
        let names = [OWN[0], OWN[1], OTHERS[0], OTHERS[1], OTHERS[2], "别的政策"];
        let policy = names[self.0.below(6) as usize].to_owned();
        let year = 2024 + self.0.below(4) as i32;
        Award { policy, paid_on: day(year), amount: self.0.between(0, 30_000) }
    }

    fn candidate(&mut self) -> Candidate {
        let answer = [Answer::Yes, Answer::Yes, Answer::Yes, Answer::No, Answer::Unknown][self.0.below(5) as usize];
        let capped = (self.0.below(9) > 0).then(|| self.yuan() * 100 + self.0.between(0, 99));
        let limits = Limits { year_cap: self.maybe(30_000), round_down: self.maybe(3_000), floor: self.maybe(9_000) };
        let awards = (0..self.0.below(4)).map(|_| self.award()).collect();
        Candidate { answer, capped, limits, rank: self.maybe(5), awards, claimed: self.0.below(7) == 0 }
    }

    fn money(&mut self) -> Money {
        let hows = [How::Exclusive, How::TopUp, How::Higher, How::Deduct];
        let mut against = Vec::new();
        for policy in OTHERS {
            if self.0.below(2) == 0 {
                let how = hows[self.0.below(4) as usize];
                against.push(Against { policy: policy.to_owned(), how, percent: Some(self.0.between(0, 12_000)) });
            }
        }
        Money { against, ..Money::default() }
    }

    fn stage(&mut self) -> Option<Stage> {
        let cut = (self.0.below(2) == 0).then_some(Cut::Proportional);
        let quota = self.maybe(12).map(|n| n as u32);
        (self.0.below(2) == 0).then(|| Stage { budget: self.maybe(120_000), quota, cut })
    }
}

/// What one firm gets before a pool, in fen, said once more.
fn alone_again(firm: &Candidate, money: &Money) -> i128 {
    let Some(full) = firm.capped.filter(|_| firm.answer == Answer::Yes && !firm.claimed) else { return 0 };
    let mut left = i128::from(full);
    let sum = |which: &dyn Fn(&Award) -> bool| firm.awards.iter().filter(|a| which(a)).map(|a| i128::from(a.amount)).sum::<i128>();
    if let Some(cap) = firm.limits.year_cap {
        let this_year = sum(&|a| OWN.contains(&a.policy.as_str()) && a.paid_on.year() == 2026);
        left = left.min((i128::from(cap) - this_year).max(0));
    }
    for other in &money.against {
        let had = sum(&|a| a.policy == other.policy);
        left = match other.how {
            _ if had == 0 => left,
            How::Exclusive => 0,
            How::TopUp => left.min(had * i128::from(other.percent.unwrap_or(0)) / 10_000),
            How::Higher | How::Deduct => (left - had).max(0),
        };
    }
    left
}

fn rounded_again(amount: i128, limits: Limits) -> i128 {
    let step = i128::from(limits.round_down.unwrap_or(0)).max(1);
    let down = amount / step * step;
    if limits.floor.is_some_and(|floor| down < i128::from(floor)) { 0 } else { down }
}

/// The whole run again: repeated picking of the best firm that is left instead of sorting.
fn recount(firms: &[Candidate], money: &Money, stage: Option<Stage>) -> Vec<i128> {
    let mut amounts: Vec<i128> = firms.iter().map(|firm| alone_again(firm, money)).collect();
    if let Some(stage) = stage {
        let mut waiting: Vec<usize> = (0..firms.len()).filter(|at| amounts[*at] > 0).collect();
        let mut chosen = Vec::new();
        while !waiting.is_empty() && stage.quota.is_none_or(|quota| chosen.len() < quota as usize) {
            let better = |a: usize, b: usize| firms[a].rank > firms[b].rank;
            let best = waiting.iter().copied().reduce(|best, at| if better(at, best) { at } else { best }).expect("one waits");
            waiting.retain(|at| *at != best);
            chosen.push(best);
        }
        let asked: i128 = chosen.iter().map(|at| amounts[*at]).sum();
        let mut pot = i128::from(stage.budget.unwrap_or(i64::MAX));
        let short = stage.budget.is_some_and(|budget| i128::from(budget) < asked);
        let mut granted = vec![0; firms.len()];
        for at in chosen {
            let wish = amounts[at];
            granted[at] = match stage.cut {
                Some(Cut::Proportional) if short => wish * i128::from(stage.budget.unwrap_or(0)) / asked,
                _ => wish.min(pot),
            };
            pot -= granted[at];
        }
        amounts = granted;
    }
    amounts.iter().zip(firms).map(|(amount, firm)| rounded_again(*amount, firm.limits)).collect()
}

#[test]
fn a_naive_recount_agrees_to_the_fen_on_every_run() {
    let mut draw = Draw(SplitMix64::new(20261125));
    let (mut pools, mut cuts, mut skips) = (0, 0, std::collections::BTreeSet::new());
    for run in 0..4_000 {
        let (money, stage) = (draw.money(), draw.stage());
        let count = draw.0.below(40);
        let firms: Vec<Candidate> = (0..count).map(|_| draw.candidate()).collect();
        let plan = planned(&firms, &money, stage);
        let got: Vec<i128> = plan.lines.iter().map(|line| i128::from(line.amount)).collect();
        assert_eq!(got, recount(&firms, &money, stage), "run {run}: {money:?} {stage:?} {firms:?}");
        holds(&plan, &firms, stage);
        pools += u32::from(stage.is_some());
        cuts += plan.lines.iter().filter(|line| line.cut.is_some()).count();
        skips.extend(plan.lines.iter().filter_map(|line| line.skipped.as_ref().map(Skip::code)));
    }
    // the draw reaches what it is meant to test
    assert!(pools > 1_000 && cuts > 500, "{pools} pools, {cuts} cuts");
    assert_eq!(skips.len(), 10, "{skips:?}");
}

fn holds(plan: &Plan, firms: &[Candidate], stage: Option<Stage>) {
    assert_eq!(plan.total, plan.lines.iter().map(|line| i128::from(line.amount)).sum::<i128>());
    assert_eq!(plan.firms, plan.lines.iter().filter(|line| line.amount > 0).count());
    for (line, firm) in plan.lines.iter().zip(firms) {
        assert_eq!(line.amount == 0, line.skipped.is_some(), "money or a reason: {line:?}");
        assert!(line.amount >= 0 && line.amount <= firm.capped.unwrap_or(0).max(0), "{line:?} of {firm:?}");
    }
    if let Some(stage) = stage {
        assert!(stage.budget.is_none_or(|budget| plan.total <= i128::from(budget)));
        assert!(stage.quota.is_none_or(|quota| plan.firms <= quota as usize));
    }
}

#[test]
fn the_order_of_candidates_alone_breaks_ties() {
    let firms = vec![fits(100); 5];
    let plan = planned(&firms, &Money::default(), Some(Stage { budget: None, quota: Some(2), cut: None }));
    assert_eq!(said(&plan), ["100.00", "100.00", "quota", "quota", "quota"]);
}
