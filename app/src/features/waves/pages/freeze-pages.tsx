import type { Db } from '../../../db/open.ts'
import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import { can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { removalSchema } from '../../cities/schemas.ts'
import { findFreezeRequest, findFrozenInstrument, findInstrumentLabel } from '../queries.ts'
import { askFreeze, freezeWave, getFreezableWave, type WaveKey } from '../usecases.ts'
import { canFreeze } from '../wave.ts'
import { FreezePage } from './FreezePage.tsx'
import { FrozenPage } from './FrozenPage.tsx'

const slugOfRequest = (c: WebContext): string => c.req.param('slug')!

async function show(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const id = services.instruments.currentId
  const record = await inTransaction(services, c, async (db) => {
    const wave = await getFreezableWave(db, personOf(c), slugOfRequest(c))
    const [label, request] = await Promise.all([findInstrumentLabel(db, id), findFreezeRequest(db, wave.id)])
    return { wave, frozen: await findFrozenInstrument(db, wave.id), current: label === null ? null : { ...label, id }, request }
  })
  const { wave, frozen } = record
  if (frozen !== null && errors === noErrors)
    return page(
      c,
      services,
      { title: t('waves.freeze.frozenTitle') },
      <FrozenPage t={t} person={personOf(c)} wave={wave} frozen={frozen} isDone={c.req.query('done') === 'frozen'} />,
    )
  return page(
    c,
    services,
    { title: t('waves.freeze.title'), status: errors === noErrors ? 200 : 422 },
    <FreezePage t={t} person={personOf(c)} step={canFreeze(record.wave, services.now())} {...record} values={values} errors={errors} />,
  )
}

/** Freezing a questionnaire into a wave: asked for by one person, confirmed by another. */
export function registerFreezePages(pages: Pages, services: Services): void {
  const { now, instruments } = services
  const take = (c: WebContext, operation: string, done: string, work: (db: Db, key: WaveKey) => Promise<unknown>) =>
    handleForm(c, {
      schema: removalSchema,
      run: async (input, key) => {
        const body = { wave: slugOfRequest(c), ...input }
        await inTransaction(services, c, (db) => once(db, personOf(c), { key, operation, body }, async () => void (await work(db, body))))
        const back = `/network/waves/${slugOfRequest(c)}`
        return `${can(personOf(c), 'waves.manage').ok ? back : `${back}/freeze`}?done=${done}`
      },
      again: (values, errors) => show(c, services, errors.summary === null ? values : { ...values, version: '' }, errors),
    })
  pages.get('/network/waves/:slug/freeze', 'wave.freeze', (c) => show(c, services, {}, noErrors))
  pages.post('/network/waves/:slug/freeze/ask', 'waves.manage', 'askFreeze', (c) =>
    take(c, 'askFreeze', 'asked', (db, key) => askFreeze(db, personOf(c), instruments, key, now())),
  )
  pages.post('/network/waves/:slug/freeze', 'wave.freeze', 'freezeWave', (c) =>
    take(c, 'freezeWave', 'frozen', (db, key) => freezeWave(db, personOf(c), instruments, key, now())),
  )
}
