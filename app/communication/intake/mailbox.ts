/** The messages of a mailbox file: an mbox, or one .eml. */
export function messagesIn(file: Buffer): Buffer[] {
  const text = file.toString('latin1')
  if (!/^From /.test(text)) return text.trim() ? [file] : []
  return text
    .split(/^From .*\r?\n/m)
    .filter((message) => message.trim())
    .map((message) => Buffer.from(message.replace(/^>(>*From )/gm, '$1'), 'latin1'))
}
