import { open } from 'node:fs/promises'

/** What a file must begin with to be what it says it is; its name and the word of its sender prove nothing (F-03). */
const kinds = [
  { contentType: 'application/pdf', begins: Buffer.from('%PDF-') },
  { contentType: 'image/jpeg', begins: Buffer.from([0xff, 0xd8, 0xff]) },
  { contentType: 'image/png', begins: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
]

/** The type of a file on the disk, or undefined where it is none of those that are taken. */
export async function kindOf(path: string): Promise<string | undefined> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0)
    return kinds.find(({ begins }) => buffer.subarray(0, bytesRead).subarray(0, begins.length).equals(begins))?.contentType
  } finally {
    await file.close()
  }
}
