/** A piece of text that stayed, went or came. */
export interface TextPart {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** More than this many words on either side are not compared word by word; the whole text counts as replaced. */
const maximumWords = 2_500

/** Words with the space after them, so that the parts joined give the text again. */
const wordsOf = (text: string): string[] => text.match(/\S+\s*|^\s+/g) ?? []

const sameWord = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a.trimEnd() === b?.trimEnd()

/** Length of the longest common run of words of the rest, from each pair of positions. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i]![j] = sameWord(before[i], after[j]) ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
  return lengths
}

function append(parts: TextPart[], kind: TextPart['kind'], text: string): void {
  const last = parts.at(-1)
  if (last?.kind === kind) last.text += text
  else parts.push({ kind, text })
}

/**
 * What changed between two texts, by words: a longest common subsequence, what went before what came.
 * Spaces alone are no change; the later text's are kept.
 */
export function wordDifference(before: string, after: string): TextPart[] {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const parts: TextPart[] = []
  if (old.length > maximumWords || now.length > maximumWords) {
    if (before !== '') append(parts, before === after ? 'same' : 'removed', before)
    if (after !== '' && before !== after) append(parts, 'added', after)
    return parts
  }
  const lengths = commonLengths(old, now)
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && sameWord(old[i], now[j])) {
      append(parts, 'same', now[j]!)
      i++
      j++
    } else if (i < old.length && (j === now.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) append(parts, 'removed', old[i++]!)
    else append(parts, 'added', now[j++]!)
  }
  return parts
}
