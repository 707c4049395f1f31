import { AppError } from '../../../errors.ts'
import { fieldOf, type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { countInvitableCities, listInvitableCities } from '../queries.ts'
import { inviteFormSchema } from '../schemas.ts'
import { getManagedWave, inviteCities, resolveCities, type ResolvedCities } from '../usecases.ts'
import { canInvite } from '../wave.ts'
import { maximumShown, WaveInvitePage } from './WaveInvitePage.tsx'

const tickedIn = (values: FormValues): string[] => [values.city ?? []].flat()

async function show(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const filter = { search: fieldOf(values, 'q').slice(0, 100) }
  const record = await inTransaction(services, c, async (db) => {
    const wave = await getManagedWave(db, personOf(c), c.req.param('slug')!)
    return {
      wave,
      ticked: (await resolveCities(db, tickedIn(values).slice(0, 500))).cities,
      found: await listInvitableCities(db, wave.id, filter, { limit: maximumShown }),
      total: await countInvitableCities(db, wave.id, filter),
    }
  })
  const step = canInvite(record.wave, services.now())
  return page(
    c,
    services,
    { title: t('waves.invite.title'), status: errors === noErrors ? 200 : 422 },
    <WaveInvitePage t={t} step={step} {...record} values={values} errors={errors} />,
  )
}

/** Names each pasted line that stands for no city or for several. */
function pastedProblem(t: Translator, { unknown, ambiguous }: ResolvedCities): string | null {
  const sentences = [
    unknown.length > 0 ? t('waves.invite.unknownNames', { names: unknown.join(', '), count: unknown.length }) : '',
    ambiguous.length > 0 ? t('waves.invite.ambiguousNames', { names: ambiguous.join(', '), count: ambiguous.length }) : '',
  ].filter((sentence) => sentence !== '')
  return sentences.length === 0 ? null : sentences.join(' ')
}

export function registerInvitePages(pages: Pages, services: Services): void {
  pages.get('/network/waves/:slug/invite', 'waves.manage', (c) =>
    show(c, services, { q: c.req.query('q') ?? '', city: c.req.queries('city') ?? [], pasted: c.req.query('pasted') ?? '' }, noErrors),
  )
  pages.post('/network/waves/:slug/invite', 'waves.manage', 'inviteCities', (c) => {
    const t = c.get('t')
    const wave = c.req.param('slug')!
    let problem: string | null = null
    return handleForm(c, {
      schema: inviteFormSchema,
      run: async ({ city, pasted }, key) => {
        const input = { wave, cities: [...city, ...pasted] }
        const { invited } = await inTransaction(services, c, async (db) => {
          problem = pastedProblem(t, await resolveCities(db, pasted))
          if (problem !== null) throw new AppError('INPUT_INVALID', {}, { fields: [] })
          return once(db, personOf(c), { key, operation: 'inviteCities', body: input }, () =>
            inviteCities(db, personOf(c), input, services.now()),
          )
        })
        return `/network/waves/${wave}?done=invited&count=${invited.length}`
      },
      again: (values, errors) => show(c, services, values, problem === null ? errors : { fields: { pasted: problem }, summary: null }),
    })
  })
}
