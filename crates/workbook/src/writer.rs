//! Workbooks of one sheet, written row by row: memory holds one row, the archive takes the rest.
//!
//! Texts are written as texts in the cell itself and marked as such, so that none is ever taken for a formula.
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::{self, Seek, SeekFrom, Write};

/// Characters that a sheet's name may not have.
const FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
const SHEET_NAME: usize = 31;

/// One cell to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    Empty,
    Text(String),
    /// Decimal digits, perhaps with sign and point.
    Number(String),
}

struct Entry {
    name: &'static str,
    method: u16,
    crc: u32,
    packed: u32,
    size: u32,
    offset: u32,
}

/// A workbook in the making; [`Writer::finish`] completes it.
pub struct Writer<W: Write + Seek> {
    sheet: DeflateEncoder<W>,
    crc: Crc,
    begin: u64,
    entries: Vec<Entry>,
    row: u64,
    line: String,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
const PACKAGE: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const LINKS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
/// Plain, bold for heads, and text as text (format 49, quoted).
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" quotePrefix=\"1\"/></cellXfs></styleSheet>";
const SHEET_BEGIN: &str = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>";
const SHEET_END: &str = "</sheetData></worksheet>";

impl<W: Write + Seek> Writer<W> {
    /// Begins a workbook whose one sheet has this name.
    ///
    /// # Errors
    /// What the output answers.
    pub fn new(mut out: W, sheet: &str) -> io::Result<Writer<W>> {
        let name: String = sheet.chars().filter(|c| !FORBIDDEN.contains(c)).take(SHEET_NAME).collect();
        let mut named = String::new();
        escape(if name.is_empty() { "Sheet1" } else { &name }, &mut named);
        let workbook = format!(
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"{named}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        );
        let mut entries = Vec::new();
        for (name, text) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", PACKAGE),
            ("xl/workbook.xml", &workbook),
            ("xl/_rels/workbook.xml.rels", LINKS),
            ("xl/styles.xml", STYLES),
        ] {
            entries.push(stored(&mut out, name, format!("{HEAD}{text}").as_bytes())?);
        }
        let begin = out.stream_position()?;
        local(&mut out, "xl/worksheets/sheet1.xml", 8, 0, 0, 0)?;
        entries.push(Entry { name: "xl/worksheets/sheet1.xml", method: 8, crc: 0, packed: 0, size: 0, offset: place(begin)? });
        let mut writer =
            Writer { sheet: DeflateEncoder::new(out, Compression::fast()), crc: Crc::new(), begin, entries, row: 0, line: String::new() };
        writer.line.push_str(HEAD);
        writer.line.push_str(SHEET_BEGIN);
        writer.flush()?;
        Ok(writer)
    }

    /// The heads of the columns, in bold.
    ///
    /// # Errors
    /// What the output answers.
    pub fn head<'a>(&mut self, heads: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        self.begin_row();
        for head in heads {
            self.text(head, 1);
        }
        self.end_row()
    }

    /// # Errors
    /// What the output answers.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Out>) -> io::Result<()> {
        self.begin_row();
        for cell in cells {
            match cell {
                Out::Empty => self.line.push_str("<c/>"),
                Out::Number(digits) => {
                    self.line.push_str("<c><v>");
                    escape(&digits, &mut self.line);
                    self.line.push_str("</v></c>");
                }
                Out::Text(text) => self.text(&text, 2),
            }
        }
        self.end_row()
    }

    fn text(&mut self, text: &str, style: u8) {
        let text = text.char_indices().nth(crate::CELL_CHARACTERS).map_or(text, |(end, _)| &text[..end]);
        self.line.push_str(&format!("<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
        escape(text, &mut self.line);
        self.line.push_str("</t></is></c>");
    }

    fn begin_row(&mut self) {
        self.row += 1;
        let row = self.row;
        self.line.push_str(&format!("<row r=\"{row}\">"));
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.line.push_str("</row>");
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.crc.update(self.line.as_bytes());
        self.sheet.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }

    /// Completes the workbook and gives the output back.
    ///
    /// # Errors
    /// What the output answers, or more than an archive without extensions can hold.
    pub fn finish(mut self) -> io::Result<W> {
        self.line.push_str(SHEET_END);
        self.flush()?;
        let (size, crc) = (self.crc.amount(), self.crc.sum());
        let mut out = self.sheet.finish()?;
        let end = out.stream_position()?;
        let name = "xl/worksheets/sheet1.xml";
        let packed = place(end - self.begin - 30 - name.len() as u64)?;
        out.seek(SeekFrom::Start(self.begin))?;
        local(&mut out, name, 8, crc, packed, size)?;
        out.seek(SeekFrom::Start(end))?;
        if let Some(sheet) = self.entries.last_mut() {
            (sheet.crc, sheet.packed, sheet.size) = (crc, packed, size);
        }
        directory(&mut out, &self.entries, end)?;
        out.flush()?;
        Ok(out)
    }
}

fn place(at: u64) -> io::Result<u32> {
    u32::try_from(at).map_err(|_| io::Error::other("the workbook grows beyond 4 GB"))
}

fn stored<W: Write + Seek>(out: &mut W, name: &'static str, bytes: &[u8]) -> io::Result<Entry> {
    let mut crc = Crc::new();
    crc.update(bytes);
    let (offset, size) = (place(out.stream_position()?)?, place(bytes.len() as u64)?);
    local(out, name, 0, crc.sum(), size, size)?;
    out.write_all(bytes)?;
    Ok(Entry { name, method: 0, crc: crc.sum(), packed: size, size, offset })
}

fn local(out: &mut impl Write, name: &str, method: u16, crc: u32, packed: u32, size: u32) -> io::Result<()> {
    let mut head = Vec::with_capacity(30 + name.len());
    head.extend(b"PK\x03\x04\x14\x00\x00\x08");
    head.extend(method.to_le_bytes());
    // 1980-01-01: the same rows make the same file.
    head.extend([0, 0, 0x21, 0]);
    for number in [crc, packed, size] {
        head.extend(number.to_le_bytes());
    }
    head.extend((name.len() as u16).to_le_bytes());
    head.extend([0, 0]);
    head.extend(name.as_bytes());
    out.write_all(&head)
}

fn directory(out: &mut impl Write, entries: &[Entry], offset: u64) -> io::Result<()> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend(b"PK\x01\x02\x14\x00\x14\x00\x00\x08");
        bytes.extend(entry.method.to_le_bytes());
        bytes.extend([0, 0, 0x21, 0]);
        for number in [entry.crc, entry.packed, entry.size] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend((entry.name.len() as u16).to_le_bytes());
        bytes.extend([0; 12]);
        bytes.extend(entry.offset.to_le_bytes());
        bytes.extend(entry.name.as_bytes());
    }
    let (count, size) = ((entries.len() as u16).to_le_bytes(), place(bytes.len() as u64)?.to_le_bytes());
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend(size);
    bytes.extend(place(offset)?.to_le_bytes());
    bytes.extend([0, 0]);
    out.write_all(&bytes)
}

/// XML text; what XML cannot hold is left out.
fn escape(text: &str, to: &mut String) {
    for character in text.chars() {
        match character {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            '\r' => to.push_str("&#13;"),
            '\t' | '\n' => to.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => to.push(other),
        }
    }
}
