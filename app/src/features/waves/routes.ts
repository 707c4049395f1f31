import { z } from '@hono/zod-openapi'
import { type Api } from '../../api.ts'
import { once } from '../../once.ts'
import { can, type Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { translator, type Translator } from '../../text/text.ts'
import { inTransaction, personOf, type WebContext } from '../../web.ts'
import { decodeCursor, toSlice } from '../cities/cursor.ts'
import { versionOf } from '../cities/version.ts'
import { questionsOf } from '../instrument/instrument.ts'
import {
  closeRoute,
  createRouteOfWave,
  extendRoute,
  askFreezeRoute,
  freezeRoute,
  getRoute,
  inviteRoute,
  listRoute,
  periodSchema,
  progressRoute,
  reopenRoute,
  updateRoute,
} from './descriptions.ts'
import { findFrozenInstrument, listParticipations, listWaveCities, listWaves } from './queries.ts'
import {
  closeWave,
  createWave,
  extendWave,
  askFreeze,
  freezeWave,
  getManagedWave,
  getWave,
  inParticipation,
  inviteCities,
  reopenWave,
  updateWave,
  type WaveKey,
} from './usecases.ts'
import { type Step, stepsOf, type Wave, waveStatus, waveStepNames } from './wave.ts'

function toWave(wave: Wave, now: Date) {
  const { slug: address, name, opensAt, closesAt, frozenAt, closedAt, isSynthetic, version } = wave
  return {
    slug: address,
    name,
    status: waveStatus(wave, now),
    opensAt: opensAt.toISOString(),
    closesAt: closesAt.toISOString(),
    frozenAt: frozenAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    isSynthetic,
    version,
  }
}

const explainStep = (t: Translator, step: Step) => (step.ok ? { ok: true } : { ok: false, reason: t(step.reason) })

export function registerWaveRoutes(api: Api, services: Services): void {
  registerReading(api, services)
  registerPlanning(api, services)
  registerSteps(api, services)
}

function registerReading(api: Api, services: Services): void {
  api.add('public', listRoute, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const start = decodeCursor(cursor, ['number', 'string'])
    const after = start === null ? undefined : { opensAt: new Date(start[0]!), id: String(start[1]) }
    const found = await inTransaction(services, c, (db) => listWaves(db, limit + 1, { after }))
    const { rows, next } = toSlice(found, limit, ({ opensAt, id }) => [opensAt.getTime(), id])
    return c.json({ waves: rows.map((wave) => toWave(wave, services.now())), next }, 200)
  })
  api.add('public', getRoute, async (c) => {
    const now = services.now()
    const { wave, frozen, cities } = await inParticipation(services, async (db) => {
      const found = await getWave(db, c.req.valid('param').wave)
      return { wave: found, frozen: await findFrozenInstrument(db, found.id), cities: await listWaveCities(db, found.id) }
    })
    const instrument = frozen && { id: frozen.instrument, version: frozen.version, contentHash: frozen.contentHash }
    const t = c.get('t') ?? translator('en')
    const steps = can(c.get('person'), 'waves.manage').ok
      ? { steps: Object.fromEntries(waveStepNames.map((name) => [name, explainStep(t, stepsOf(wave, now)[name])])) }
      : {}
    return c.json({ ...toWave(wave, now), instrument, cities, ...steps }, 200, { ETag: `"${wave.version}"` })
  })
  api.add('waves.manage', progressRoute, async (c) => {
    const { offset, limit } = c.req.valid('query')
    const { participations, questions } = await inTransaction(services, c, async (db) => {
      const wave = await getManagedWave(db, personOf(c), c.req.valid('param').wave)
      const instrument =
        wave.instrumentVersionId === null ? services.instruments.current : await services.instruments.get(db, wave.instrumentVersionId)
      return { participations: await listParticipations(db, wave.id, { offset, limit }), questions: questionsOf(instrument).length }
    })
    const cities = participations.map(({ city, answered, invitedAt, submittedAt }) => ({
      city: city.slug,
      name: city.name,
      answered,
      invitedAt: invitedAt.toISOString(),
      submittedAt: submittedAt?.toISOString() ?? null,
      isSynthetic: city.isSynthetic,
    }))
    return c.json({ questions, cities }, 200)
  })
}

const toPeriod = ({ name, opensAt, closesAt }: z.infer<typeof periodSchema>) => ({
  name,
  opensAt: new Date(opensAt),
  closesAt: new Date(closesAt),
})

function registerPlanning(api: Api, services: Services): void {
  const { now } = services
  api.add('waves.manage', createRouteOfWave, async (c) => {
    const input = c.req.valid('json')
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'createWave', body: input }
    const wave = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, async () => toWave(await createWave(db, personOf(c), toPeriod(input), now()), now())),
    )
    return c.json(wave, 201)
  })
  api.add('waves.manage', updateRoute, async (c) => {
    const input = { ...keyOf(c, c.req.valid('param').wave), ...toPeriod(c.req.valid('json')) }
    const wave = await inTransaction(services, c, (db) => updateWave(db, personOf(c), input, now()))
    return c.json(toWave(wave, now()), 200, { ETag: `"${wave.version}"` })
  })
  api.add('waves.manage', inviteRoute, async (c) => {
    const input = { wave: c.req.valid('param').wave, cities: c.req.valid('json').cities }
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'inviteCities', body: input }
    return c.json(
      await inTransaction(services, c, (db) => once(db, personOf(c), request, () => inviteCities(db, personOf(c), input, now()))),
      200,
    )
  })
}

const keyOf = (c: WebContext, wave: string): WaveKey => ({ wave, version: versionOf(c.req.header('if-match')) })

function registerSteps(api: Api, services: Services): void {
  const { now } = services
  const step = async (
    c: WebContext,
    wave: string,
    work: (db: Parameters<typeof closeWave>[0], person: Person, key: WaveKey) => Promise<Wave>,
  ) => {
    const key = keyOf(c, wave)
    return toWave(await inTransaction(services, c, (db) => work(db, personOf(c), key)), now())
  }
  api.add('waves.manage', askFreezeRoute, async (c) =>
    c.json(await step(c, c.req.valid('param').wave, (db, person, key) => askFreeze(db, person, services.instruments, key, now())), 200),
  )
  api.add('wave.freeze', freezeRoute, async (c) =>
    c.json(await step(c, c.req.valid('param').wave, (db, person, key) => freezeWave(db, person, services.instruments, key, now())), 200),
  )
  api.add('waves.manage', closeRoute, async (c) =>
    c.json(await step(c, c.req.valid('param').wave, (db, person, key) => closeWave(db, person, key, now())), 200),
  )
  api.add('waves.manage', extendRoute, async (c) => {
    const closesAt = new Date(c.req.valid('json').closesAt)
    return c.json(await step(c, c.req.valid('param').wave, (db, person, key) => extendWave(db, person, { ...key, closesAt }, now())), 200)
  })
  api.add('waves.manage', reopenRoute, async (c) => {
    const closesAt = new Date(c.req.valid('json').closesAt)
    return c.json(await step(c, c.req.valid('param').wave, (db, person, key) => reopenWave(db, person, { ...key, closesAt }, now())), 200)
  })
}
