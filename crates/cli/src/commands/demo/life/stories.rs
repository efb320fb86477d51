//! Who did what when: `ago` are working days before the demonstration's day, the largest first.
//!
//! A table of stories and of money; [`events`] lays them out in time. What a policy pays stands in its document; where it
//! has none, the story names the amount that was granted.

/// Working days before the day on which the first of this happens, and a few to spare.
pub const FIRST: u32 = 32;

pub const EQUIPMENT: &str = "技术改造设备投资奖补";
pub const CAPACITY: &str = "有色金属材料企业扩能奖励";
const STAFF: &str = "经开区骨干企业用工补贴";
const CERTIFICATES: &str = "质量和环境管理体系认证补助";
const SAFETY: &str = "安全生产标准化建设补助";
const LOANS: &str = "守信企业流动资金贷款贴息";
const LISTING: &str = "上市后备企业辅导补助";
const FLOORS: &str = "工业企业厂房加层和土地集约奖励";
const RESEARCH: &str = "企业研发机构建设补助";
const GROWTH: &str = "规模以上工业企业增产增收奖励";
const TAX: &str = "工业企业纳税千万元台阶奖励";
const INNOVATIVE: &str = "创新型中小企业培育奖励";
const EMPLOYERS: &str = "吸纳就业大户奖励";

/// Budgets of the year, in 万元.
pub const BUDGETS: [(&str, i64); 13] = [
    (EQUIPMENT, 3_000),
    (CAPACITY, 260),
    (STAFF, 400),
    (CERTIFICATES, 150),
    (SAFETY, 100),
    (LOANS, 300),
    (LISTING, 200),
    (FLOORS, 120),
    (RESEARCH, 240),
    (GROWTH, 8_000),
    (TAX, 3_600),
    (INNOVATIVE, 7_200),
    (EMPLOYERS, 5_000),
];

pub fn is_played(title: &str) -> bool {
    BUDGETS.iter().any(|(policy, _)| *policy == title)
}

/// A step of a claim. Persons are parts: a persona's role, or `officer-2` for a colleague.
#[derive(Clone, Copy, Debug)]
pub enum Do {
    Start,
    Submit,
    /// The officer who takes it on; he does what officers do from then on.
    Take(&'static str),
    /// Every clause that facts leave open is found met.
    Judge,
    Ask(&'static str),
    Resubmit(&'static str),
    Recommend,
    SendBack(&'static str),
    Approve,
    /// Granted without money, since it was paid from elsewhere.
    ApproveNothing(&'static str),
    Refuse(&'static str),
    Withdraw,
    Appeal(&'static str),
    Object(&'static str, &'static str),
    Dismiss(&'static str),
    Uphold(&'static str),
    Close,
}

pub struct Story {
    pub policy: &'static str,
    /// So many firms do the same.
    pub times: u32,
    /// The persona's own firm.
    pub own: bool,
    /// 万元 granted where the policy has no formula.
    pub amount: Option<i64>,
    /// Name of the batch of payments that takes it.
    pub batch: Option<&'static str>,
    pub steps: &'static [(u32, Do)],
}

const fn story(policy: &'static str, times: u32, steps: &'static [(u32, Do)]) -> Story {
    Story { policy, times, own: false, amount: None, batch: None, steps }
}

const fn own(policy: &'static str, steps: &'static [(u32, Do)]) -> Story {
    Story { own: true, ..story(policy, 1, steps) }
}

const fn paid_in(batch: &'static str, story: Story) -> Story {
    Story { batch: Some(batch), ..story }
}

const fn granted(amount: i64, story: Story) -> Story {
    Story { amount: Some(amount), ..story }
}

const ASK_INVOICES: &str = "设备购置发票缺第 3、7 两张，请补充后再提交。";
const ASK_PAYROLL: &str = "请补充上年 12 月参保人员名册，名册应加盖公章。";

use Do::*;

/// What the persona's firm is about to do itself, `EQUIPMENT` above all, is left to whoever looks at the demonstration.
pub const STORIES: &[Story] = &[
    // paid weeks ago; the bank refused one
    paid_in(
        "settled",
        story(EQUIPMENT, 3, &[(31, Start), (31, Submit), (30, Take("officer")), (28, Judge), (27, Recommend), (26, Approve)]),
    ),
    paid_in("settled", story(STAFF, 4, &[(29, Start), (29, Submit), (28, Take("officer-2")), (26, Recommend), (24, Approve)])),
    paid_in("settled", story(CAPACITY, 1, &[(25, Start), (25, Submit), (24, Take("officer")), (23, Recommend), (22, Approve)])),
    paid_in("settled", own(CAPACITY, &[(25, Start), (25, Submit), (24, Take("officer")), (23, Recommend), (22, Approve)])),
    // with the bank, and waiting for the second signature
    paid_in("sent", story(CAPACITY, 2, &[(22, Start), (22, Submit), (21, Take("officer")), (19, Recommend), (17, Approve)])),
    paid_in("signed", story(STAFF, 5, &[(21, Start), (21, Submit), (20, Take("officer")), (18, Recommend), (14, Approve)])),
    // waiting for their money, one too long
    story(RESEARCH, 1, &[(25, Start), (25, Submit), (24, Take("officer")), (22, Recommend)]),
    granted(24, story(RESEARCH, 1, &[(27, Start), (27, Submit), (26, Take("officer")), (22, Recommend), (19, Approve)])),
    story(EQUIPMENT, 2, &[(18, Start), (18, Submit), (17, Take("officer")), (14, Judge), (13, Recommend), (9, Approve)]),
    story(STAFF, 2, &[(17, Start), (17, Submit), (16, Take("officer-2")), (12, Recommend), (8, Approve)]),
    story(
        SAFETY,
        1,
        &[
            (13, Start),
            (13, Submit),
            (12, Take("officer")),
            (11, Recommend),
            (9, ApproveNothing("同一事项已由省级资金安排，本级不再拨付。")),
            (2, Close),
        ],
    ),
    // in public notice, objected to, answered
    story(CERTIFICATES, 4, &[(12, Start), (12, Submit), (11, Take("officer")), (6, Recommend), (3, Approve)]),
    story(SAFETY, 2, &[(8, Start), (8, Submit), (7, Take("officer-2")), (4, Recommend), (1, Approve)]),
    story(
        CERTIFICATES,
        1,
        &[
            (14, Start),
            (14, Submit),
            (13, Take("officer")),
            (10, Recommend),
            (5, Approve),
            (2, Object("陈先生", "该企业认证证书上的地址与现经营地址不一致，请核实。")),
        ],
    ),
    story(
        CERTIFICATES,
        1,
        &[
            (15, Start),
            (15, Submit),
            (14, Take("officer")),
            (13, Recommend),
            (11, Approve),
            (8, Object("刘女士", "该企业去年已领取过同类补助。")),
        ],
    ),
    story(
        CERTIFICATES,
        1,
        &[
            (15, Start),
            (15, Submit),
            (14, Take("officer")),
            (13, Recommend),
            (9, Approve),
            (7, Object("匿名企业员工", "公示金额与文件不符。")),
            (5, Dismiss("经核对，金额按每企 6 万元核定，与文件一致。")),
        ],
    ),
    story(
        CERTIFICATES,
        1,
        &[
            (14, Start),
            (14, Submit),
            (13, Take("officer-2")),
            (11, Recommend),
            (9, Approve),
            (7, Object("王先生", "环境管理体系认证证书已于上月被撤销。")),
            (4, Uphold("经向认证机构核实，证书已撤销，不符合第六条。")),
        ],
    ),
    // waiting for the decision, two of them late
    story(CERTIFICATES, 3, &[(9, Start), (9, Submit), (8, Take("officer")), (2, Recommend)]),
    story(STAFF, 2, &[(18, Start), (18, Submit), (17, Take("officer-2")), (6, Recommend)]),
    // under review: in time, soon due, late, with a colleague
    story(EQUIPMENT, 2, &[(4, Start), (4, Submit), (3, Take("officer"))]),
    story(EQUIPMENT, 1, &[(13, Start), (13, Submit), (12, Take("officer")), (8, Judge)]),
    story(STAFF, 1, &[(14, Start), (14, Submit), (13, Take("officer"))]),
    story(STAFF, 1, &[(18, Start), (18, Submit), (17, Take("officer"))]),
    story(SAFETY, 3, &[(6, Start), (6, Submit), (5, Take("officer-2"))]),
    story(
        CERTIFICATES,
        1,
        &[(10, Start), (10, Submit), (9, Take("officer")), (7, Recommend), (5, SendBack("认证范围未覆盖主营产品，请核实后重新报送。"))],
    ),
    // sent back to the firm: fresh, about to lapse, answered, lapsed
    story(EQUIPMENT, 1, &[(7, Start), (7, Submit), (6, Take("officer")), (3, Ask(ASK_INVOICES))]),
    story(STAFF, 1, &[(12, Start), (12, Submit), (11, Take("officer")), (9, Ask(ASK_PAYROLL))]),
    story(
        EQUIPMENT,
        1,
        &[(11, Start), (11, Submit), (10, Take("officer")), (8, Ask(ASK_INVOICES)), (2, Resubmit("已补齐两张发票，见设备清单后附件。"))],
    ),
    story(STAFF, 1, &[(20, Start), (20, Submit), (19, Take("officer-2")), (16, Ask(ASK_PAYROLL))]),
    // ended otherwise
    story(SAFETY, 1, &[(12, Start), (12, Submit), (11, Take("officer")), (6, Refuse("安全生产许可证在申报前已被暂扣。"))]),
    story(
        CERTIFICATES,
        1,
        &[
            (13, Start),
            (13, Submit),
            (12, Take("officer-2")),
            (7, Refuse("提交的证书为换证前旧证。")),
            (3, Appeal("新证书已于上月取得，登记资料已更新，请复查。")),
        ],
    ),
    story(SAFETY, 1, &[(9, Start), (9, Submit), (8, Take("officer")), (5, Withdraw)]),
    story(CERTIFICATES, 1, &[(6, Start), (5, Withdraw)]),
    // in the pool: yesterday's, and some that nobody has taken
    story(CERTIFICATES, 3, &[(1, Start), (1, Submit)]),
    story(EQUIPMENT, 1, &[(1, Start), (1, Submit)]),
    story(SAFETY, 2, &[(3, Start), (3, Submit)]),
    story(SAFETY, 2, &[(2, Start)]),
    // the persona's own firm
    own(STAFF, &[(7, Start), (7, Submit), (6, Take("officer")), (4, Ask(ASK_PAYROLL))]),
    granted(12, own(LOANS, &[(10, Start), (10, Submit), (9, Take("officer")), (5, Recommend), (2, Approve)])),
    own(SAFETY, &[(5, Start), (5, Submit), (4, Take("officer"))]),
    own(FLOORS, &[(11, Start), (11, Submit), (10, Take("officer-2")), (3, Refuse("新增建筑面积尚未办理竣工备案。"))]),
    own(LISTING, &[(1, Start)]),
];

/// What happens to money and facts.
#[derive(Clone, Copy, Debug)]
pub enum Money {
    Budgets,
    /// Finance draws up a batch of the stories that name it.
    Draw(&'static str, &'static str),
    /// A batch of everything of a policy that can be paid.
    DrawPolicy(&'static str, &'static str, &'static str),
    Sign(&'static str, &'static str, &'static str),
    Export(&'static str, &'static str),
    /// The bank's answer; of so many payments the last are refused.
    Answer(&'static str, &'static str, usize),
    /// An authority corrects what a paid claim on the policy rests on: the factor in percent.
    Corrected(&'static str, i64),
    /// The officer asks for the money of the newest recovery on the policy.
    Demand(&'static str),
    /// Someone reads what he was told so far.
    Read(&'static str),
}

/// What happens to award runs; they have names here.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// Begun, frozen and tried out.
    Try(&'static str, &'static str),
    Sign(&'static str, &'static str, &'static str),
    /// So many firms take or decline what they are granted.
    Consent(&'static str, usize),
    Decline(&'static str, usize),
}

/// One run is over, one waits for its firms. `GROWTH` is left to whoever looks. A run is signed on the day of its freeze:
/// what its firms are granted meanwhile would have it frozen anew.
const RUNS: &[(u32, Run)] = &[
    (28, Run::Try("taxed", TAX)),
    (28, Run::Sign("taxed", "reviewer", "sign_first")),
    (28, Run::Sign("taxed", "leader", "sign_second")),
    (26, Run::Consent("taxed", 30)),
    (25, Run::Decline("taxed", 2)),
    (24, Run::Consent("taxed", 25)),
    (23, Run::Consent("taxed", 10)),
    (12, Run::Consent("taxed", 8)),
    (8, Run::Try("innovative", INNOVATIVE)),
    (8, Run::Sign("innovative", "reviewer", "sign_first")),
    (8, Run::Sign("innovative", "leader", "sign_second")),
    (6, Run::Consent("innovative", 12)),
    (4, Run::Consent("innovative", 15)),
    (1, Run::Consent("innovative", 9)),
];

/// Waits for its first signature; the last thing that happened.
const LAST: [(u32, Run); 1] = [(1, Run::Try("employers", EMPLOYERS))];

const MONEY: &[(u32, Money)] = &[
    (FIRST - 1, Money::Budgets),
    (17, Money::DrawPolicy("awards", TAX, "finance")),
    (16, Money::Sign("awards", "reviewer", "sign_first")),
    (15, Money::Sign("awards", "leader", "sign_second")),
    (15, Money::Export("awards", "finance")),
    (13, Money::Answer("awards", "finance", 0)),
    (14, Money::Draw("settled", "finance")),
    (13, Money::Sign("settled", "reviewer", "sign_first")),
    (12, Money::Sign("settled", "leader", "sign_second")),
    (12, Money::Export("settled", "finance")),
    (10, Money::Answer("settled", "finance", 1)),
    (9, Money::Draw("sent", "finance")),
    (8, Money::Sign("sent", "reviewer", "sign_first")),
    (4, Money::Sign("sent", "leader", "sign_second")),
    (3, Money::Export("sent", "finance")),
    (6, Money::Corrected(EQUIPMENT, 80)),
    (4, Money::Demand(EQUIPMENT)),
    (3, Money::Draw("signed", "finance-2")),
    (2, Money::Sign("signed", "reviewer", "sign_first")),
    (2, Money::Corrected(CAPACITY, 5)),
    (6, Money::Read("finance")),
    (5, Money::Read("reviewer")),
    (4, Money::Read("officer")),
    (3, Money::Read("leader")),
    (3, Money::Read("firm")),
];

/// A thing that happens on a working day.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    pub ago: u32,
    pub what: What,
}

#[derive(Clone, Copy, Debug)]
pub enum What {
    /// Number of the story, which of the firms that do the same, and the step.
    Step(usize, u32, Do),
    Money(Money),
    Run(Run),
}

/// Everything, money first and claims last on a day.
pub fn events() -> Vec<Event> {
    let money = MONEY.iter().map(|(ago, money)| Event { ago: *ago, what: What::Money(*money) });
    let steps = STORIES.iter().enumerate().flat_map(|(number, story)| {
        let of = move |nth| story.steps.iter().map(move |(ago, step)| Event { ago: *ago, what: What::Step(number, nth, *step) });
        (0..story.times).flat_map(of)
    });
    let runs = |runs: &'static [(u32, Run)]| runs.iter().map(|(ago, run)| Event { ago: *ago, what: What::Run(*run) });
    money.chain(runs(RUNS)).chain(steps).chain(runs(&LAST)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Do, FIRST, LAST, MONEY, Money, RUNS, STORIES, events, is_played};

    #[test]
    fn stories_begin_with_a_claim_and_go_forward_to_the_eve_of_the_day() {
        for story in STORIES {
            assert!(matches!(story.steps[0].1, Do::Start) && is_played(story.policy), "{}", story.policy);
            assert!(story.steps.is_sorted_by(|(a, _), (b, _)| a >= b), "{}: {:?}", story.policy, story.steps);
        }
        let days = events().into_iter().map(|event| event.ago);
        assert!(days.clone().all(|ago| (1..FIRST).contains(&ago)), "between the first day and the eve");
        assert_eq!(days.min(), LAST.iter().map(|(ago, _)| *ago).min());
        assert!(RUNS.is_sorted_by(|(a, _), (b, _)| a >= b));
    }

    #[test]
    fn every_batch_that_is_drawn_from_stories_has_some() {
        let drawn: Vec<&str> =
            MONEY.iter().filter_map(|(_, money)| if let Money::Draw(batch, _) = money { Some(*batch) } else { None }).collect();
        assert_eq!(drawn.len(), 3);
        let named = |batch: &&str| STORIES.iter().any(|story| story.batch == Some(*batch));
        assert!(drawn.iter().all(named), "{drawn:?}");
    }
}
