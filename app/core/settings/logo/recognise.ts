/** What a picture is by its own bytes, whatever its name and its sender say. */
export interface Picture {
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
}

/** Undefined for all that is no PNG, JPEG or WebP, such as an SVG, which may hold scripts. Reads the head alone and unpacks nothing. */
export function recognise(content: Buffer): Picture | undefined {
  for (const { type, starts, sizeOf } of formats) {
    if (!starts(content)) continue
    const size = sizeOf(content)
    return size && size.width > 0 && size.height > 0 ? { type, ...size } : undefined
  }
  return undefined
}

interface Format {
  type: Picture['type']
  starts: (content: Buffer) => boolean
  sizeOf: (content: Buffer) => { width: number; height: number } | undefined
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const formats: Format[] = [
  {
    type: 'image/png',
    starts: (content) => content.subarray(0, 8).equals(PNG) && content.length >= 33 && content.toString('latin1', 12, 16) === 'IHDR',
    sizeOf: (content) => ({ width: content.readUInt32BE(16), height: content.readUInt32BE(20) }),
  },
  { type: 'image/jpeg', starts: (content) => content.length > 4 && content.readUIntBE(0, 3) === 0xff_d8_ff, sizeOf: sizeOfJpeg },
  {
    type: 'image/webp',
    starts: (content) =>
      content.length >= 30 && content.toString('latin1', 0, 4) === 'RIFF' && content.toString('latin1', 8, 12) === 'WEBP',
    sizeOf: sizeOfWebp,
  },
]

/** Walks from segment to segment to the one that starts the frame. */
function sizeOfJpeg(content: Buffer) {
  let at = 2
  while (at + 9 < content.length && content[at] === 0xff) {
    const marker = content[at + 1]
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (startsFrame) return { height: content.readUInt16BE(at + 5), width: content.readUInt16BE(at + 7) }
    at += 2 + content.readUInt16BE(at + 2)
  }
  return undefined
}

/** Its three kinds: lossy, lossless, extended. */
function sizeOfWebp(content: Buffer) {
  switch (content.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: content.readUInt16LE(26) & 0x3fff, height: content.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = content.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: content.readUIntLE(24, 3) + 1, height: content.readUIntLE(27, 3) + 1 }
    default:
      return undefined
  }
}
