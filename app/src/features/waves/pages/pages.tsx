import { z } from '@hono/zod-openapi'
import type { Db } from '../../../db/open.ts'
import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { listPart } from '../../cities/pages/paging.tsx'
import { removalSchema } from '../../cities/schemas.ts'
import { questionsOf } from '../../instrument/instrument.ts'
import { dayOf, timeOf } from '../dates.ts'
import {
  countCitiesByWave,
  countCitiesOf,
  countWaves,
  findFreezeRequest,
  findFrozenInstrument,
  listParticipations,
  listWaves,
} from '../queries.ts'
import { closingFormSchema, waveFormSchema } from '../schemas.ts'
import { closeWave, createWave, extendWave, getManagedWave, reopenWave, updateWave } from '../usecases.ts'
import { canUpdate, type Wave, waveSteps } from '../wave.ts'
import { registerFreezePages } from './freeze-pages.tsx'
import { registerInvitePages } from './invite-pages.tsx'
import { WaveFormPage } from './WaveFormPage.tsx'
import { WaveListPage } from './WaveListPage.tsx'
import { doneSteps, WavePage } from './WavePage.tsx'
import { type ConfirmedStep, WaveStepPage } from './WaveStepPage.tsx'

export function registerWavePages(pages: Pages, services: Services): void {
  registerPlanning(pages, services) // before reading: /new is not the address of a wave
  registerReading(pages, services)
  registerSteps(pages, services)
  registerFreezePages(pages, services)
  registerInvitePages(pages, services)
}

const slugOfRequest = (c: WebContext): string => c.req.param('slug')!
const statusOf = (errors: FormErrors) => (errors === noErrors ? 200 : 422)

function registerReading(pages: Pages, services: Services): void {
  pages.get('/network/waves', 'waves.manage', async (c) => {
    const part = listPart(c, 50)
    const list = await inTransaction(services, c, async (db) => ({
      waves: await listWaves(db, part.size, { offset: part.offset }),
      counts: await countCitiesByWave(db),
      total: await countWaves(db),
    }))
    return page(
      c,
      services,
      { title: c.get('t')('waves.list.title'), isWide: true },
      <WaveListPage t={c.get('t')} now={services.now()} {...list} part={part} />,
    )
  })
  pages.get('/network/waves/:slug', 'waves.manage', async (c) => {
    const part = listPart(c, 100)
    const record = await inTransaction(services, c, async (db) => {
      const wave = await getManagedWave(db, personOf(c), slugOfRequest(c))
      const instrument =
        wave.instrumentVersionId === null ? services.instruments.current : await services.instruments.get(db, wave.instrumentVersionId)
      return {
        wave,
        questionCount: questionsOf(instrument).length,
        frozen: await findFrozenInstrument(db, wave.id),
        request: wave.frozenAt === null ? await findFreezeRequest(db, wave.id) : null,
        counts: await countCitiesOf(db, wave.id),
        participations: await listParticipations(db, wave.id, { limit: part.size, offset: part.offset }),
      }
    })
    const done = doneSteps.find((step) => c.req.query('done') === step)
    const invited = Number(c.req.query('count') ?? 0) || 0
    return page(
      c,
      services,
      { title: record.wave.name, isWide: true },
      <WavePage t={c.get('t')} now={services.now()} {...record} part={part} done={done} invited={invited} />,
    )
  })
}

/** Values of the form for a wave that exists. */
const valuesOf = (wave: Wave): FormValues => ({
  name: wave.name,
  opensOn: dayOf(wave.opensAt),
  opensTime: timeOf(wave.opensAt),
  closesOn: dayOf(wave.closesAt),
  closesTime: timeOf(wave.closesAt),
  version: String(wave.version),
})

function registerPlanning(pages: Pages, services: Services): void {
  const { now } = services
  const show = (c: WebContext, wave: Wave | null, values: FormValues, errors: FormErrors) =>
    page(
      c,
      services,
      { title: c.get('t')(wave === null ? 'waves.new.title' : 'waves.update.title'), status: statusOf(errors) },
      <WaveFormPage
        t={c.get('t')}
        wave={wave}
        step={wave === null ? { ok: true } : canUpdate(wave, now())}
        values={values}
        errors={errors}
      />,
    )
  const read = (c: WebContext) => inTransaction(services, c, (db) => getManagedWave(db, personOf(c), slugOfRequest(c)))

  pages.get('/network/waves/new', 'waves.manage', (c) => show(c, null, { opensTime: '00:00', closesTime: '23:59' }, noErrors))
  pages.post('/network/waves/new', 'waves.manage', 'createWave', (c) =>
    handleForm(c, {
      schema: waveFormSchema(now()),
      run: async ({ name, opensAt, closesAt }, key) => {
        const input = { name, opensAt, closesAt }
        const slug = await inTransaction(services, c, (db) =>
          once(
            db,
            personOf(c),
            { key, operation: 'createWave', body: input },
            async () => (await createWave(db, personOf(c), input, now())).slug,
          ),
        )
        return `/network/waves/${slug}?done=created`
      },
      again: (values, errors) => show(c, null, values, errors),
    }),
  )
  pages.get('/network/waves/:slug/edit', 'waves.manage', async (c) => {
    const wave = await read(c)
    return show(c, wave, valuesOf(wave), noErrors)
  })
  pages.post('/network/waves/:slug/edit', 'waves.manage', 'updateWave', (c) =>
    handleForm(c, {
      schema: waveFormSchema(now()),
      run: async (input, key) => {
        const wave = slugOfRequest(c)
        await inTransaction(services, c, (db) =>
          once(
            db,
            personOf(c),
            { key, operation: 'updateWave', body: { wave, ...input } },
            async () => void (await updateWave(db, personOf(c), { ...input, wave }, now())),
          ),
        )
        return `/network/waves/${wave}?done=updated`
      },
      again: async (values, errors) => show(c, await read(c), errors.summary === null ? values : { ...values, version: '' }, errors),
    }),
  )
}

const defaultsOf = (wave: Wave, name: ConfirmedStep): FormValues =>
  name === 'extend'
    ? { closesOn: dayOf(wave.closesAt), closesTime: timeOf(wave.closesAt) }
    : name === 'reopen'
      ? { closesTime: '23:59' }
      : {}

async function showStep(
  c: WebContext,
  services: Services,
  name: ConfirmedStep,
  values: FormValues | null,
  errors: FormErrors,
): Promise<Response> {
  const t = c.get('t')
  const record = await inTransaction(services, c, async (db) => {
    const wave = await getManagedWave(db, personOf(c), slugOfRequest(c))
    return { wave, counts: await countCitiesOf(db, wave.id) }
  })
  const step = waveSteps[name](record.wave, services.now())
  const shown = values ?? defaultsOf(record.wave, name)
  return page(
    c,
    services,
    { title: t(`waves.${name}.title`), status: statusOf(errors) },
    <WaveStepPage t={t} name={name} step={step} {...record} values={shown} errors={errors} />,
  )
}

/** Takes a confirmed step; after a refusal the page shows the wave as it is now, so that the next try is about that version. */
function registerSteps(pages: Pages, services: Services): void {
  const { now } = services
  for (const name of ['extend', 'close', 'reopen'] as const)
    pages.get(`/network/waves/:slug/${name}`, 'waves.manage', (c) => showStep(c, services, name, null, noErrors))

  const take = <T extends { version: number }>(
    c: WebContext,
    name: ConfirmedStep,
    done: string,
    schema: z.ZodType<T>,
    work: (db: Db, input: T & { wave: string }) => Promise<unknown>,
  ) =>
    handleForm(c, {
      schema,
      run: async (input, key) => {
        const body = { wave: slugOfRequest(c), ...input }
        await inTransaction(services, c, (db) =>
          once(db, personOf(c), { key, operation: `${name}Wave`, body }, async () => void (await work(db, body))),
        )
        return `/network/waves/${slugOfRequest(c)}?done=${done}`
      },
      again: (values, errors) => showStep(c, services, name, errors.summary === null ? values : { ...values, version: '' }, errors),
    })
  pages.post('/network/waves/:slug/close', 'waves.manage', 'closeWave', (c) =>
    take(c, 'close', 'closed', removalSchema, (db, key) => closeWave(db, personOf(c), key, now())),
  )
  const closing = async (c: WebContext, name: 'extend' | 'reopen') =>
    closingFormSchema(await inTransaction(services, c, (db) => getManagedWave(db, personOf(c), slugOfRequest(c))), name, now())
  pages.post('/network/waves/:slug/extend', 'waves.manage', 'extendWave', async (c) =>
    take(c, 'extend', 'extended', await closing(c, 'extend'), (db, input) => extendWave(db, personOf(c), input, now())),
  )
  pages.post('/network/waves/:slug/reopen', 'waves.manage', 'reopenWave', async (c) =>
    take(c, 'reopen', 'reopened', await closing(c, 'reopen'), (db, input) => reopenWave(db, personOf(c), input, now())),
  )
}
