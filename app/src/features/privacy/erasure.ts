/**
 * What stands in place of a name that was erased, in both languages: the row has no reader of its own. Rows keep their key, so that
 * answers, decisions and the chain still say that it was one and the same person.
 */
export const erasedName = 'Ehemalige Person / Former member'

/** An address that reaches nobody and nobody has chosen. */
export const erasedEmail = (personId: string): string => `${personId}@erased.invalid`

/** The shortest name by which texts are searched: a shorter one stands in other words, too. */
const shortestName = 5 // characters

/** What would tell of the person in a text: address and whole name, in lower case. */
export const tracesOf = ({ name, email }: { name: string; email: string }): string[] =>
  [email, name].map((text) => text.trim().toLowerCase()).filter((text, i) => i === 0 || text.length >= shortestName)

/** Events whose details are words that somebody wrote, or decisions: they are the city's record and stay. */
export const keptActions: readonly string[] = [
  'answer.saved',
  'scope.stated',
  'translation.saved',
  'judgement.saved',
  'judgement.adjudicated',
  'assessment.submitted',
  'method.registered',
  'query.asked',
  'query.replied',
  'decision.replied',
  'review.signed',
  'review.published',
]

/** As in JSON, and as in JSON that is kept to ASCII. */
function inJson(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1)
  return [escaped, escaped.replaceAll(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)]
}

/** Ways in which a text stands in a file: as it is, as base64 at each of its three offsets, coded for addresses, for mails and in JSON. */
export function encodingsOf(text: string): string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const coded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]).toString('base64')
    const firstWhole = Math.ceil((offset * 8) / 6) // characters that also hold bits of what stands before
    return coded.slice(firstWhole, Math.floor(((offset + Buffer.byteLength(text)) * 8) / 6))
  })
  const quoted = [...Buffer.from(text)]
    .map((byte) => (byte > 126 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte)))
    .join('')
  return [
    ...new Set([text, text.toLowerCase(), ...base64, encodeURIComponent(text), ...inJson(text), quoted, quoted.replaceAll(' ', '_')]),
  ].filter((each) => each.length > 3)
}
