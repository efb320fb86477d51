//! A file as a book of sheets, whatever it is written in.
use crate::delimited::{self, TextRows};
use crate::fault::Unreadable;
use crate::sheet::SheetRows;
use crate::xlsx::{self, Workbook};
use crate::zip::{Archive, Part};
use crate::{Limits, Merge, Row, Source};
use encoding_rs::Encoding;
use std::io::{BufReader, SeekFrom};

/// Bytes inflated ahead.
const AHEAD: usize = 1 << 16;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetInfo {
    pub name: String,
    pub hidden: bool,
}

/// A file that was opened: sheets are listed, none is read yet.
pub struct Book<R> {
    kind: BookKind<R>,
    limits: Limits,
}

enum BookKind<R> {
    Workbook { archive: Archive<R>, workbook: Box<Workbook> },
    Text { source: R, encoding: &'static Encoding, separator: u8 },
}

impl<R: Source> Book<R> {
    /// # Errors
    /// What is wrong with the file, for people.
    pub fn open(mut source: R, limits: &Limits) -> Result<Book<R>, Unreadable> {
        let length = source.seek(SeekFrom::End(0))?;
        if length == 0 {
            return Err(Unreadable::new("empty", "文件是空的；请选择有内容的文件。", "The file is empty; choose one with content."));
        }
        if length > limits.file_bytes {
            let most = limits.file_bytes >> 20;
            return Err(Unreadable::new(
                "too_large",
                format!("文件超过 {most} MB；请分成几个文件导入。"),
                format!("The file is larger than {most} MB; split it into several files."),
            ));
        }
        source.seek(SeekFrom::Start(0))?;
        let mut magic = [0; 8];
        let length = length.min(8) as usize;
        source.read_exact(&mut magic[..length])?;
        let kind = match &magic {
            [b'P', b'K', ..] => {
                let mut archive = Archive::open(source, limits)?;
                let workbook = Box::new(xlsx::open(&mut archive, limits)?);
                BookKind::Workbook { archive, workbook }
            }
            [0xd0, 0xcf, 0x11, 0xe0, ..] => {
                return Err(Unreadable::new(
                    "old_or_encrypted",
                    "这是加密的工作簿或旧版 .xls 文件；请去掉打开密码，另存为 .xlsx 后再上传。",
                    "This is an encrypted workbook or an old .xls file; remove its password, save it as .xlsx and upload that.",
                ));
            }
            _ => {
                let encoding = delimited::encoding(&mut source)?;
                let separator = delimited::separator(&mut source, encoding)?;
                BookKind::Text { source, encoding, separator }
            }
        };
        Ok(Book { kind, limits: *limits })
    }

    /// The sheets; delimited text is one sheet without a name.
    pub fn sheets(&self) -> Vec<SheetInfo> {
        match &self.kind {
            BookKind::Workbook { workbook, .. } => workbook.sheets.iter().map(|sheet| sheet.info.clone()).collect(),
            BookKind::Text { .. } => vec![SheetInfo { name: String::new(), hidden: false }],
        }
    }

    /// # Errors
    /// When there is no such sheet, or it cannot be read.
    pub fn rows(&mut self, sheet: usize) -> Result<Rows<'_, R>, Unreadable> {
        match &mut self.kind {
            BookKind::Workbook { archive, workbook } => {
                let part = workbook.sheets.get(sheet).map(|sheet| sheet.part.as_str());
                let part = part
                    .ok_or_else(|| Unreadable::new("no_sheet", "没有这张工作表；请重新选择。", "There is no such sheet; choose again."))?;
                let source = BufReader::with_capacity(AHEAD, archive.part(part)?);
                Ok(Rows(RowsKind::Sheet(Box::new(SheetRows::new(source, workbook, &self.limits)))))
            }
            BookKind::Text { source, encoding, separator } => {
                Ok(Rows(RowsKind::Text(Box::new(TextRows::new(source, encoding, *separator, &self.limits)?))))
            }
        }
    }
}

/// The rows of a sheet in the order of the file.
pub struct Rows<'a, R>(RowsKind<'a, R>);

enum RowsKind<'a, R> {
    Sheet(Box<SheetRows<'a, BufReader<Part<'a, R>>>>),
    Text(Box<TextRows<&'a mut R>>),
}

impl<R: Source> Rows<'_, R> {
    /// Reads the next row into `row`; false when there is none.
    ///
    /// # Errors
    /// What is wrong with the file from here on; no further row can be read.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, Unreadable> {
        match &mut self.0 {
            RowsKind::Sheet(rows) => rows.next_row(row),
            RowsKind::Text(rows) => rows.next_row(row),
        }
    }

    /// Merged cells, known after the last row.
    pub fn merges(&self) -> &[Merge] {
        match &self.0 {
            RowsKind::Sheet(rows) => rows.merges(),
            RowsKind::Text(_) => &[],
        }
    }
}
