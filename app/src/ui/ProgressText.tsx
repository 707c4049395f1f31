/** How far something is, in words ("5 of 9 answered"); its numbers keep their width. */
export function ProgressText({ text }: { text: string }) {
  return <span class="progress-text">{text}</span>
}
