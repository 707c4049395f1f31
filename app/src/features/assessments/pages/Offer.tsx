import { Button } from '../../../ui/Button.tsx'
import type { ExtraOffer } from '../question-view.ts'

/** Something offered with a question, to be taken over by a button; works without a script. */
export function Offer({ offer: { title, lines, actions, links } }: { offer: ExtraOffer }) {
  return (
    <section class="question-offer" aria-label={title}>
      <p class="question-offer-title">{title}</p>
      {lines.map(({ text, language }) => (
        <p key={text} lang={language ?? undefined}>
          {text}
        </p>
      ))}
      <div class="question-offer-actions">
        {actions.map(({ label, hiddenSuffix, action, fields }) => (
          <form key={label} method="post" action={action}>
            {Object.entries(fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <Button kind="secondary" hiddenSuffix={hiddenSuffix}>
              {label}
            </Button>
          </form>
        ))}
        {links.map(({ href, text }) => (
          <a key={href} href={href}>
            {text}
          </a>
        ))}
      </div>
    </section>
  )
}
