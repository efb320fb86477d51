//! What the heads of columns mean: field, year and unit, by label, name, synonym.
use super::state::{ColumnPlan, ENGLISH, ID_COLUMN, MoneyUnit, YEAR_COLUMN};
use liangu_model::record::{Field, FieldType};

/// Heads that offices write for fields that are called otherwise here.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("credit_code", &["统一信用代码", "社会信用代码", "信用代码", "统一代码", "组织机构代码", "creditcode", "uscc"]),
    ("name", &["单位名称", "公司名称", "企业全称", "名称", "单位", "企业", "姓名", "company", "firm"]),
    ("region", &["所在地", "所在地区", "区县", "县市区", "县区", "所属区域", "地区", "行政区划", "行政区划代码"]),
    ("park", &["园区", "所属园区", "产业园区"]),
    ("industry", &["所属行业", "行业代码", "国民经济行业", "行业类别"]),
    ("established", &["成立时间", "注册日期", "注册时间", "成立日期"]),
    ("registered_capital", &["注册资金"]),
    ("revenue", &["营收", "主营收入", "年营业收入", "销售收入", "销售额"]),
    ("employees", &["员工人数", "职工人数", "员工数", "从业人员", "从业人员数", "从业人员期末人数"]),
    ("tax_paid", &["纳税额", "税收", "纳税总额", "实缴税收", "缴税额"]),
    ("rd_spend", &["研发投入", "研发经费", "研发支出"]),
    ("contact_phone", &["电话", "手机", "联系方式", "手机号"]),
    ("contact_name", &["负责人", "联系人姓名"]),
    ("address", &["地址", "住所", "注册地址"]),
    ("number", &["发文字号", "文件号", "证书编号", "编号"]),
    ("title", &["政策名称", "文件名称", "文件标题", "政策标题"]),
    ("issuer", &["发文机关", "发布单位", "印发单位", "发布机构"]),
    ("published", &["印发日期", "成文日期", "发布时间"]),
    ("window_to", &["截止日期", "申报截止日期"]),
    ("enterprise", &["企业名称", "公司名称", "单位名称", "统一社会信用代码"]),
];
/// Heads of the columns that are no field.
const ID_HEADS: &[&str] = &["记录编号", "recordid", "id"];
const YEAR_HEADS: &[&str] = &["年度", "年份", "所属年度", "统计年度", "year"];
/// Heads of what this program adds to files of bad rows.
pub const ERROR_HEADS: [&str; 2] = ["错误", "Error"];

/// A head taken apart.
struct Head {
    plain: String,
    year: Option<i32>,
    unit: Option<MoneyUnit>,
    english: bool,
}

/// Letters and digits alone, lower case, full width made half.
pub fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars().map(half).filter(|c| c.is_alphanumeric() || *c == '$' || *c == '_').flat_map(char::to_lowercase).collect()
}

fn head(text: &str) -> Head {
    let text: String = text
        .chars()
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            other => other,
        })
        .collect();
    let (mut bare, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            other if depth > 0 => inside.push(other),
            other => bare.push(other),
        }
    }
    let unit = [("亿", MoneyUnit::Yi), ("万", MoneyUnit::Wan), ("元", MoneyUnit::Yuan), ("cny", MoneyUnit::Yuan)];
    let unit = unit.into_iter().find(|(word, _)| inside.to_lowercase().contains(word)).map(|(_, unit)| unit);
    let english = ["英文", "english"].iter().any(|word| inside.to_lowercase().contains(word));
    let year = year(&format!("{bare} {inside}"));
    let mut name = plain(&bare);
    if let Some(year) = year {
        let year = year.to_string();
        for form in [format!("{year}年度"), format!("{year}年"), year] {
            name = name.replace(&form, "");
        }
    }
    Head { plain: name, year, unit, english }
}

/// The one year that a head names.
fn year(text: &str) -> Option<i32> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[at..];
        let length = digits(rest);
        if length == 4
            && let Some(year) = rest[..4].parse().ok().filter(|year| (1990..=2100).contains(year))
        {
            return Some(year);
        }
        rest = &rest[length..];
    }
    None
}

/// How well the fields know a head: 2 by name or label, 1 by a synonym.
fn fit(field: &Field, head: &str) -> u8 {
    let own = [field.name.as_str(), &field.label.zh, &field.label.en];
    if own.iter().any(|word| plain(word) == head) {
        return 2;
    }
    let known = SYNONYMS.iter().find(|(name, _)| *name == field.name);
    u8::from(known.is_some_and(|(_, words)| words.iter().any(|word| plain(word) == head)))
}

/// What a row of heads means with these fields; each field is taken once, but yearly ones once a year.
pub fn propose(heads: &[String], fields: &[&Field]) -> Vec<ColumnPlan> {
    let mut plans: Vec<ColumnPlan> = heads.iter().map(|head| ColumnPlan { head: head.clone(), ..ColumnPlan::default() }).collect();
    let mut taken: Vec<(String, Option<i32>)> = Vec::new();
    for wanted in [2, 1] {
        for (plan, text) in plans.iter_mut().zip(heads).filter(|(plan, _)| plan.field.is_none()) {
            let (Head { plain, year, unit, english }, whole) = (head(text), self::plain(text));
            if plain.is_empty() || ERROR_HEADS.contains(&text.as_str()) {
                continue;
            }
            if wanted == 2
                && let Some(own) = own_column(&plain, year)
            {
                plan.field = Some(own.to_owned());
                continue;
            }
            let found = fields.iter().find(|field| {
                let name = named(field, english);
                fit(field, &plain).max(fit(field, &whole)) >= wanted && !taken.contains(&(name, year.filter(|_| field.yearly)))
            });
            let Some(field) = found else { continue };
            let name = named(field, english);
            let year = year.filter(|_| field.yearly);
            taken.push((name.clone(), year));
            (plan.field, plan.year) = (Some(name), year);
            plan.unit = unit.filter(|_| field.ty == FieldType::Money).unwrap_or_default();
        }
    }
    plans
}

fn named(field: &Field, english: bool) -> String {
    let english = english && matches!(field.ty, FieldType::Bilingual { .. });
    if english { format!("{}{ENGLISH}", field.name) } else { field.name.clone() }
}

fn own_column(plain: &str, year: Option<i32>) -> Option<&'static str> {
    if ID_HEADS.contains(&plain) {
        return Some(ID_COLUMN);
    }
    (year.is_none() && YEAR_HEADS.contains(&plain)).then_some(YEAR_COLUMN)
}

/// How many heads of a row are known, by which the row of heads is found.
pub fn known(heads: &[String], fields: &[&Field]) -> usize {
    propose(heads, fields).iter().filter(|plan| plan.field.is_some()).count()
}

/// What two files have in common that are filled in from one form.
pub fn signature(heads: &[String]) -> String {
    let heads: Vec<String> = heads.iter().filter(|head| !ERROR_HEADS.contains(&head.as_str())).map(|head| plain(head)).collect();
    crate::sha256_hex(heads.join("|").trim_end_matches('|').as_bytes())[..24].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_offices_find_their_fields() {
        let model = liangu_packs::load(vec![]).expect("the packs are sound");
        let record = &model.records["enterprise"];
        let fields: Vec<&Field> = record.fields.values().filter(|field| !field.read_only).collect();
        let heads = [
            "序号",
            "单位名称",
            "统一社会信用代码",
            "所在地区",
            "营业收入 2024",
            "2025年营业收入（万元）",
            "注册资本(亿元)",
            "成立时间",
            "Employees 2025",
            "规模以上（在库）",
            "错误",
        ];
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        let said: Vec<String> = propose(&heads, &fields)
            .iter()
            .map(|plan| format!("{} {:?} {:?}", plan.field.as_deref().unwrap_or("-"), plan.year, plan.unit))
            .collect();
        assert_eq!(
            said,
            [
                "- None Yuan",
                "name None Yuan",
                "credit_code None Yuan",
                "region None Yuan",
                "revenue Some(2024) Yuan",
                "revenue Some(2025) Wan",
                "registered_capital None Yi",
                "established None Yuan",
                "employees Some(2025) Yuan",
                "above_scale None Yuan",
                "- None Yuan",
            ]
        );
        let titles: Vec<&Field> = model.records["policy"].fields.values().collect();
        let plans = propose(&["标题".to_owned(), "标题（英文）".to_owned()], &titles);
        assert_eq!(plans[1].field.as_deref(), Some("title.en"));
    }
}
