import { styles, textKind, type CellKind } from './cell_kinds.js'

const SPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** The XML of one sheet, batch by batch: its head stays in sight while one scrolls. */
export async function* sheetXml(heads: string[], kinds: CellKind[], batches: AsyncIterable<Record<string, string | null>[]>): AsyncGenerator<string, void> {
  const names = heads.map((_, index) => columnName(index))
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="${SPACE}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="${heads.length}" width="18" customWidth="1"/></cols><sheetData>
<row r="1">${heads.map((head, index) => textKind.write(head, `${names[index]}1`, styles.head)).join('')}</row>
`
  let line = 1
  for await (const batch of batches) {
    let xml = ''
    for (const cells of batch) {
      line += 1
      xml += `<row r="${line}">`
      for (const [index, kind] of kinds.entries()) {
        const value = cells[`c${index}`]
        if (value !== null && value !== '') xml += kind.write(value, names[index] + line, kind.style)
      }
      xml += '</row>\n'
    }
    yield xml
  }
  yield '</sheetData></worksheet>'
}

/** A, B ... Z, AA, AB ... */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}
