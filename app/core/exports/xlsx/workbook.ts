import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A fast squeeze: the harder ones take thrice the time for a tenth less. */
const COMPRESSION = 2

/**
 * A workbook (ECMA-376) as a zip that is written while its sheets are: `sheet` is asked for the XML of each, one after another, and
 * no faster than the zip is taken away.
 */
export async function* workbook(sheets: number, sheet: () => AsyncIterable<string>): AsyncGenerator<Buffer, void> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  for (const [path, xml] of Object.entries(parts(numbers))) zip.addBuffer(Buffer.from(HEAD + xml), path)
  for (const number of numbers) {
    zip.addReadStreamLazy(`xl/worksheets/sheet${number}.xml`, { compressionLevel: COMPRESSION }, (give) => {
      const source = Readable.from(encoded(sheet()), { objectMode: false, highWaterMark: 256 * 1024 })
      source.once('error', (error) => output.destroy(error))
      give(null, source)
    })
  }
  zip.on('error', (error) => output.destroy(error))
  zip.end()
  for await (const chunk of output) yield chunk as Buffer
}

async function* encoded(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text)
}

function parts(numbers: number[]): Record<string, string> {
  return {
    '[Content_Types].xml': contentTypes(numbers),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${numbers
      .map((number) => `<sheet name="${number}" sheetId="${number}" r:id="rId${number}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...numbers.map((number): [string, string] => ['worksheet', `worksheets/sheet${number}.xml`]),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': stylesXml,
  }
}

function contentTypes(numbers: number[]) {
  const part = (path: string, kind: string) => `<Override PartName="/xl/${path}" ContentType="${KIND}.${kind}+xml"/>`
  return `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part(
    'workbook.xml',
    'sheet.main'
  )}${part('styles.xml', 'styles')}${numbers.map((number) => part(`worksheets/sheet${number}.xml`, 'worksheet')).join('')}</Types>`
}

function relations(targets: [kind: string, path: string][]) {
  const one = ([kind, path]: [string, string], index: number) => `<Relationship Id="rId${index + 1}" Type="${DOCUMENT}/${kind}" Target="${path}"/>`
  return `<Relationships xmlns="${RELATIONS}">${targets.map(one).join('')}</Relationships>`
}

/** In the order of `styles` of `cell_kinds.ts`: plain, day, moment, money, text as it is, head. */
const stylesXml = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6">${[0, 14, 164, 4, 49].map((format) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('')}<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`
