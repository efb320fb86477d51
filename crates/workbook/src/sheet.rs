//! The rows of a sheet, as they come.
use crate::fault::Unreadable;
use crate::number::{self, Format};
use crate::xlsx::Workbook;
use crate::xml::{Xml, add_text, attribute};
use crate::{CELL_CHARACTERS, Cell, Kind, Limits, Merge, Row, column_letters};
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Merged cells that are kept: headers have few.
const MERGES: usize = 1000;

pub struct SheetRows<'a, B> {
    xml: Xml<B>,
    workbook: &'a Workbook,
    limits: Limits,
    last_row: u64,
    cells: u64,
    merges: Vec<Merge>,
    ended: bool,
    text: String,
}

/// What a cell's tag says.
#[derive(Default)]
struct Tag {
    column: usize,
    ty: String,
    format: Format,
}

impl<'a, B: BufRead> SheetRows<'a, B> {
    pub fn new(source: B, workbook: &'a Workbook, limits: &Limits) -> SheetRows<'a, B> {
        let (xml, limits) = (Xml::new(source), *limits);
        SheetRows { xml, workbook, limits, last_row: 0, cells: 0, merges: Vec::new(), ended: false, text: String::new() }
    }

    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// Reads the next row that the file has; false after the last.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, Unreadable> {
        row.cells.clear();
        while !self.ended {
            match self.xml.next()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    b"row" => {
                        let stated = attribute(&start, "r")?;
                        self.number(stated, row)?;
                        self.row(row)?;
                        return Ok(true);
                    }
                    b"mergeCell" if self.merges.len() < MERGES => {
                        let stated = attribute(&start, "ref")?;
                        self.merges.extend(stated.as_deref().and_then(merge));
                    }
                    _ => {}
                },
                Event::Eof => self.ended = true,
                _ => {}
            }
        }
        Ok(false)
    }

    fn number(&mut self, stated: Option<String>, row: &mut Row) -> Result<(), Unreadable> {
        row.number = match stated {
            None => self.last_row + 1,
            Some(text) => {
                text.parse().ok().filter(|n| (1..=1_048_576).contains(n)).ok_or_else(|| Unreadable::damaged(format!("row {text}")))?
            }
        };
        if row.number <= self.last_row {
            return Err(Unreadable::damaged(format!("row {}", row.number)));
        }
        self.last_row = row.number;
        Ok(())
    }

    fn row(&mut self, row: &mut Row) -> Result<(), Unreadable> {
        let mut next = 0;
        loop {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == b"c" => {
                    let tag = tag(&start, next, row.number, self.workbook)?;
                    next = tag.column + 1;
                    self.cell(&tag, row)?;
                }
                Event::End(end) if end.local_name().as_ref() == b"row" => return Ok(()),
                Event::Eof => return Err(Unreadable::damaged("XML")),
                _ => {}
            }
        }
    }

    fn cell(&mut self, tag: &Tag, row: &mut Row) -> Result<(), Unreadable> {
        self.text.clear();
        let (mut taken, mut phonetic) = (false, false);
        loop {
            let event = self.xml.next()?;
            match &event {
                Event::Start(start) => match start.local_name().as_ref() {
                    b"v" | b"t" => taken = !phonetic,
                    b"rPh" => phonetic = true,
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    b"v" | b"t" => taken = false,
                    b"rPh" => phonetic = false,
                    b"c" => break,
                    _ => {}
                },
                Event::Eof => return Err(Unreadable::damaged("XML")),
                _ if taken => add_text(&event, &mut self.text)?,
                _ => {}
            }
        }
        if self.text.is_empty() {
            return Ok(());
        }
        let cell = self.value(tag, row.number)?;
        if cell.kind == Kind::Empty {
            return Ok(());
        }
        self.put(tag.column, cell, row)
    }

    fn put(&mut self, column: usize, cell: Cell, row: &mut Row) -> Result<(), Unreadable> {
        let (number, letters) = (row.number, column_letters(column));
        if column >= self.limits.columns {
            let most = self.limits.columns;
            return Err(Unreadable::new(
                "too_many_columns",
                format!("单元格 {letters}{number} 超出第 {most} 列；请删去表格右侧多余的内容后再上传。"),
                format!(
                    "Cell {letters}{number} lies beyond column {most}; delete what stands to the right of the table and upload it again."
                ),
            ));
        }
        if cell.text.len() > CELL_CHARACTERS && cell.text.chars().count() > CELL_CHARACTERS {
            return Err(long_cell(&letters, number));
        }
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(too_many_cells(self.limits.cells));
        }
        if row.cells.len() <= column {
            row.cells.resize_with(column + 1, Cell::default);
        }
        if row.cells[column].kind != Kind::Empty {
            return Err(Unreadable::damaged(format!("{letters}{number}")));
        }
        row.cells[column] = cell;
        Ok(())
    }

    fn value(&self, tag: &Tag, row: u64) -> Result<Cell, Unreadable> {
        let raw = self.text.as_str();
        let text = |kind: Kind, text: &str| Cell { kind, text: text.to_owned() };
        let place = || format!("{}{row}", column_letters(tag.column));
        Ok(match tag.ty.as_str() {
            "s" => {
                let Some(shared) = &self.workbook.shared else {
                    return Err(Unreadable::new(
                        "no_shared_texts",
                        "工作簿缺少共享文字表（sharedStrings），单元格文字无法读取；请重新另存为 .xlsx 后再上传。",
                        "The workbook lacks its table of shared texts (sharedStrings), so cells cannot be read; save it as .xlsx again and upload that.",
                    ));
                };
                let found = raw.trim().parse().ok().and_then(|index| shared.get(index));
                let found = found.ok_or_else(|| Unreadable::damaged(format!("{}: sharedStrings", place())))?;
                if found.trim().is_empty() { Cell::default() } else { text(Kind::Text, found) }
            }
            "str" | "inlineStr" => {
                if raw.trim().is_empty() {
                    Cell::default()
                } else {
                    text(Kind::Text, raw)
                }
            }
            "b" => text(Kind::Bool, if matches!(raw.trim(), "1" | "true") { "1" } else { "0" }),
            "e" => text(Kind::Error, raw.trim()),
            "d" => text(Kind::Date, raw.trim()),
            _ => {
                let dated = (tag.format == Format::Date).then(|| number::date(raw, self.workbook.since_1904)).flatten();
                match (dated, number::plain(raw)) {
                    (Some(date), _) => text(Kind::Date, &date),
                    (None, Some(plain)) if tag.format == Format::Percent => text(Kind::Percent, &plain),
                    (None, Some(plain)) => text(Kind::Number, &plain),
                    (None, None) => return Err(Unreadable::damaged(place())),
                }
            }
        })
    }
}

fn tag(start: &BytesStart<'_>, next: usize, row: u64, workbook: &Workbook) -> Result<Tag, Unreadable> {
    let mut tag = Tag { column: next, ..Tag::default() };
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Unreadable::damaged("XML attribute"))?;
        match attribute.key.as_ref() {
            b"r" => {
                let text = std::str::from_utf8(&attribute.value).unwrap_or_default();
                let place = reference(text).filter(|(_, at)| *at == row);
                tag.column = place.ok_or_else(|| Unreadable::damaged(format!("{text}, row {row}")))?.0;
            }
            b"t" => tag.ty = String::from_utf8_lossy(&attribute.value).into_owned(),
            b"s" => {
                let index: Option<usize> = std::str::from_utf8(&attribute.value).ok().and_then(|text| text.parse().ok());
                tag.format = index.and_then(|index| workbook.formats.get(index)).copied().unwrap_or_default();
            }
            _ => {}
        }
    }
    Ok(tag)
}

/// Column from 0 and row from 1 of `B12`.
fn reference(text: &str) -> Option<(usize, u64)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = text.bytes().take(letters).fold(0, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((column - 1, text[letters..].parse().ok()?)).filter(|(column, _)| *column < 16_384)
}

fn merge(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':')?;
    let ((first_column, first_row), (last_column, last_row)) = (reference(first)?, reference(last)?);
    Some(Merge { first_row, last_row, first_column, last_column })
}

pub fn too_many_cells(most: u64) -> Unreadable {
    Unreadable::new(
        "too_many_cells",
        format!("表格有内容的单元格超过 {most} 个；请分成几个文件导入。"),
        format!("The table has more than {most} cells with a value; split it into several files."),
    )
}

pub fn long_cell(column: &str, row: u64) -> Unreadable {
    Unreadable::new(
        "long_cell",
        format!("单元格 {column}{row} 超过 {CELL_CHARACTERS} 个字；请检查该处，csv 中多为引号没有配对。"),
        format!("Cell {column}{row} has more than {CELL_CHARACTERS} characters; check it, in csv a quote is often not closed."),
    )
}
