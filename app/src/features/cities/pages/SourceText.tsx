import { sourceParts } from '../reference.ts'

/** Where a figure comes from; the addresses in it are links. */
export function SourceText({ source }: { source: string }) {
  return (
    <>
      {sourceParts(source).map(({ text, href }, i) =>
        href === null ? (
          text
        ) : (
          <a key={i} href={href} rel="noreferrer" title={href}>
            {text}
          </a>
        ),
      )}
    </>
  )
}
