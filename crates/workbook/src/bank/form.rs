//! What a bank wants of the file: columns, encoding, unit of amounts.
use liangu_base::Text;
use liangu_base::text::Explain;

/// Most characters of a column's head.
const HEAD: usize = 40;
/// Most words per kind of answer.
const WORDS: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// With a byte order mark, by which spreadsheet programs know it.
    Utf8,
    Gb18030,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyUnit {
    /// With two places: `1600000.00`.
    Yuan,
    /// Whole numbers.
    Fen,
}

/// What a column can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Number of the order; the bank's answer names it.
    Reference,
    PayeeName,
    PayeeBank,
    PayeeAccount,
    Amount,
    Purpose,
    Firm,
    CreditCode,
    Claim,
    Policy,
    Batch,
}

const FIELDS: [(Field, &str, &str, &str); 11] = [
    (Field::Reference, "reference", "付款编号", "Reference"),
    (Field::PayeeName, "payee_name", "收款人名称", "Payee"),
    (Field::PayeeBank, "payee_bank", "收款人开户行", "Bank of the payee"),
    (Field::PayeeAccount, "payee_account", "收款人账号", "Account of the payee"),
    (Field::Amount, "amount", "金额", "Amount"),
    (Field::Purpose, "purpose", "用途", "Purpose"),
    (Field::Firm, "firm", "企业名称", "Firm"),
    (Field::CreditCode, "credit_code", "统一社会信用代码", "Unified social credit code"),
    (Field::Claim, "claim", "申报编号", "Number of the claim"),
    (Field::Policy, "policy", "政策", "Policy"),
    (Field::Batch, "batch", "批次编号", "Number of the batch"),
];

impl Field {
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.iter().map(|(field, ..)| *field)
    }

    pub fn name(self) -> &'static str {
        FIELDS[self as usize].1
    }

    pub fn label(self) -> Text {
        let (_, _, zh, en) = FIELDS[self as usize];
        Text::fixed(zh, en)
    }

    pub fn parse(name: &str) -> Option<Field> {
        FIELDS.iter().find(|(_, own, ..)| *own == name).map(|(field, ..)| *field)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub field: Field,
    pub head: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub charset: Charset,
    pub unit: MoneyUnit,
    /// Whether the first line names the columns.
    pub header: bool,
    pub columns: Vec<Column>,
    /// Words of this bank for an order that was carried out, beside the usual ones.
    pub paid: Vec<String>,
    /// Words of this bank for one that was not.
    pub failed: Vec<String>,
}

impl Default for Form {
    fn default() -> Form {
        let usual = [Field::Reference, Field::PayeeName, Field::PayeeAccount, Field::PayeeBank, Field::Amount, Field::Purpose];
        let column = |field: Field| Column { field, head: field.label().zh.into_owned() };
        Form {
            charset: Charset::Utf8,
            unit: MoneyUnit::Yuan,
            header: true,
            columns: usual.into_iter().map(column).collect(),
            paid: Vec::new(),
            failed: Vec::new(),
        }
    }
}

/// What keeps a form from being used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormFault {
    /// Without it neither can the bank pay nor its answer be read.
    Missing(Field),
    Twice(Field),
    /// Empty, or longer than 40 characters.
    Head(Field),
    SameHead(String),
    /// Too many words, an empty one, or one that stands for both answers.
    Words,
}

impl Explain for FormFault {
    fn text(&self) -> Text {
        match self {
            FormFault::Missing(field) => {
                let label = field.label();
                Text::new(format!("银行文件必须有“{}”一列。", label.zh), format!("The bank's file needs a column \"{}\".", label.en))
            }
            FormFault::Twice(field) => {
                let label = field.label();
                Text::new(format!("“{}”只能有一列。", label.zh), format!("\"{}\" may have one column only.", label.en))
            }
            FormFault::Head(field) => {
                let label = field.label();
                Text::new(
                    format!("请为“{}”填写列名，最多 {HEAD} 个字。", label.zh),
                    format!("Give the column \"{}\" a head of at most {HEAD} characters.", label.en),
                )
            }
            FormFault::SameHead(head) => {
                Text::new(format!("两列都叫“{head}”；请改一个列名。"), format!("Two columns are headed \"{head}\"; change one of them."))
            }
            FormFault::Words => Text::new(
                format!("成功与失败的用语各最多 {WORDS} 个，不能为空，也不能既表示成功又表示失败。"),
                format!("At most {WORDS} words for each answer; none is empty, none stands for both."),
            ),
        }
    }
}

impl Form {
    /// The first thing that is wrong with it.
    pub fn check(&self) -> Result<(), FormFault> {
        let has = |field: Field| self.columns.iter().any(|column| column.field == field);
        for field in [Field::Reference, Field::PayeeName, Field::PayeeAccount, Field::Amount] {
            if !has(field) {
                return Err(FormFault::Missing(field));
            }
        }
        for (at, column) in self.columns.iter().enumerate() {
            let earlier = &self.columns[..at];
            if earlier.iter().any(|other| other.field == column.field) {
                return Err(FormFault::Twice(column.field));
            }
            let head = super::plain(&column.head);
            if head.is_empty() || head.chars().count() > HEAD {
                return Err(FormFault::Head(column.field));
            }
            if earlier.iter().any(|other| super::read::same_head(&other.head, &head)) {
                return Err(FormFault::SameHead(head));
            }
        }
        let words =
            |words: &[String]| words.len() <= WORDS && words.iter().all(|w| !super::plain(w).is_empty() && w.chars().count() <= HEAD);
        let both = self.paid.iter().any(|word| self.failed.iter().any(|other| super::plain(other) == super::plain(word)));
        if both || !words(&self.paid) || !words(&self.failed) { Err(FormFault::Words) } else { Ok(()) }
    }
}
