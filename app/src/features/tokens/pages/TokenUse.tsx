import type { Translator } from '../../../text/text.ts'

/** How a script uses a token. */
export function TokenUse({ t, origin }: { t: Translator; origin: string }) {
  return (
    <>
      <p>{t('tokens.use.text')}</p>
      <p>
        <code class="access-token-example">{`curl -H "Authorization: Bearer tessera_…" ${origin}/api/v1/session`}</code>
      </p>
      <p>
        <a href="/api">{t('tokens.use.api')}</a>
      </p>
    </>
  )
}
