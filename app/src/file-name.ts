/** A name without folders and control characters, to be shown, kept and sent. */
export function plainFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  if (plain.length <= 200) return plain === '' ? 'file' : plain
  const extension = /\.[^.]{1,5}$/.exec(plain)?.[0] ?? ''
  return plain.slice(0, 200 - extension.length) + extension
}
