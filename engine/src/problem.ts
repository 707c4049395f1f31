/** One broken rule in one place of the input, ready to be printed on one line. */
export interface Problem {
  /** Which of the three inputs it is about; the caller puts the file name in its place. */
  readonly source: 'framework' | 'data' | 'method'
  /** 1-based line of the file; null when the problem is about a whole column, a whole file or the method. */
  readonly line: number | null
  /** Column (or key of the method); null when the problem is about a whole line or file. */
  readonly column: string | null
  /** The offending text as it stands in the file; null when there is none. */
  readonly value: string | null
  /** Which rule is broken and what to do, in one sentence without a full stop at its end. */
  readonly rule: string
}

/**
 * One line of text for one problem: file, line, column, value, rule, in this order, absent parts left out.
 * @param fileNames the name to print for each source; a source without a name is printed as itself
 */
export function formatProblem(problem: Problem, fileNames: Partial<Record<Problem['source'], string>> = {}): string {
  const place = fileNames[problem.source] ?? problem.source
  const parts = [problem.line === null ? place : `${place}:${problem.line}`]
  if (problem.column !== null) parts.push(`column "${problem.column}"`)
  if (problem.value !== null) parts.push(`value "${shorten(problem.value)}"`)
  return `${parts.join(', ')}: ${problem.rule}`
}

/** Keeps a line a line: control characters become spaces, and at most 60 characters are shown. */
function shorten(text: string): string {
  const oneLine = text.replaceAll(/\p{Cc}+/gu, ' ')
  return oneLine.length <= 60 ? oneLine : `${oneLine.slice(0, 57)}...`
}
