import { randomInt } from 'node:crypto'
import { inContext, systemContext } from '../../../db/context.ts'
import { type FormErrors, type FormValues, handleForm, newFormKey, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import type { Services } from '../../../services.ts'
import type { Language } from '../../../text/catalogue.ts'
import { formatNumber } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { listPublicExceptions } from '../assigning-queries.ts'
import { type MethodChoices, usualChoices } from '../method.ts'
import { interestsFormSchema, methodFormSchema } from '../schemas.ts'
import { declareInterests, openInterests, openMethod, registerMethod, requireVerb } from '../usecases.ts'
import { InterestsPage, interestValues } from './InterestsPage.tsx'
import { MethodFormPage } from './MethodFormPage.tsx'
import { MethodPage } from './MethodPage.tsx'

const slugOf = (c: WebContext): string => c.req.param('slug')!
const statusOf = (errors: FormErrors) => (errors === noErrors ? 200 : 422)

/** As the form shows it: the share in percent, decimals as in the language. */
function methodValues(language: Language, { share, seed, limits, minimumUnits }: MethodChoices): FormValues {
  const decimals = (value: number) =>
    formatNumber(language, value, 3)
      .replace(/([.,]\d*?)0+$/, '$1')
      .replace(/[.,]$/, '')
  return {
    _key: newFormKey(),
    share: decimals(share * 100),
    seed: String(seed),
    publishable: decimals(limits.publishable),
    tentative: decimals(limits.tentative),
    minimumUnits: String(minimumUnits),
  }
}

async function publicMethod(c: WebContext, services: Services): Promise<Response> {
  const opened = await inTransaction(services, c, (db) => openMethod(db, services.instruments, slugOf(c)))
  // of reviews that are published, the notes for the public; nothing else is read
  const exceptions = await inContext(services.db, systemContext, (db) => listPublicExceptions(db, opened.wave.id))
  const title = c.get('t')('evaluations.method.title')
  return page(c, services, { title }, <MethodPage t={c.get('t')} {...opened} exceptions={exceptions} />)
}

async function showForm(c: WebContext, services: Services, typed: FormValues | null, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => {
    requireVerb(personOf(c), 'method.register')
    return openMethod(db, services.instruments, slugOf(c))
  })
  const known = opened.registrations.at(-1)?.content ?? { ...usualChoices, seed: randomInt(1_000_000_000) }
  const values = typed ?? methodValues(t.language, known)
  const isDone = c.req.query('done') === 'registered'
  return page(
    c,
    services,
    { title: t('evaluations.method.title'), status: statusOf(errors) },
    <MethodFormPage t={t} {...opened} values={values} errors={errors} isDone={isDone} />,
  )
}

function register(c: WebContext, services: Services): Promise<Response> {
  return handleForm(c, {
    schema: methodFormSchema,
    run: async ({ publishable, tentative, ...rest }, key) => {
      const request = { wave: slugOf(c), ...rest, limits: { publishable, tentative } }
      await inTransaction(services, c, (db) =>
        once(
          db,
          personOf(c),
          { key, operation: 'registerMethod', body: request },
          async () => void (await registerMethod(db, personOf(c), services.instruments, request, services.now())),
        ),
      )
      return `/network/waves/${slugOf(c)}/method?done=registered`
    },
    again: (values, errors) => showForm(c, services, values, errors),
  })
}

async function showInterests(c: WebContext, services: Services, typed: FormValues | null, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openInterests(db, personOf(c), slugOf(c)))
  const slugs = new Map(opened.cities.map(({ id, slug }) => [id, slug]))
  const values = typed ?? { ...interestValues(opened.declaration, slugs), _key: newFormKey() }
  const isDone = c.req.query('done') === 'declared'
  return page(
    c,
    services,
    { title: t('evaluations.interests.title'), status: statusOf(errors) },
    <InterestsPage t={t} {...opened} values={values} errors={errors} isDone={isDone} />,
  )
}

function declare(c: WebContext, services: Services): Promise<Response> {
  return handleForm(c, {
    schema: interestsFormSchema,
    run: async ({ ties }, key) => {
      const request = { wave: slugOf(c), ties }
      await inTransaction(services, c, (db) =>
        once(
          db,
          personOf(c),
          { key, operation: 'declareInterests', body: request },
          async () => void (await declareInterests(db, personOf(c), request, services.now())),
        ),
      )
      return `/evaluations/${slugOf(c)}/interests?done=declared`
    },
    again: (values, errors) => showInterests(c, services, values, errors),
  })
}

export function registerMethodPages(pages: Pages, services: Services): void {
  pages.get('/waves/:slug/method', 'public', (c) => publicMethod(c, services))
  pages.get('/network/waves/:slug/method', 'method.register', (c) => showForm(c, services, null, noErrors))
  pages.post('/network/waves/:slug/method', 'method.register', 'registerMethod', (c) => register(c, services))
  pages.get('/evaluations/:slug/interests', 'interests.declare', (c) => showInterests(c, services, null, noErrors))
  pages.post('/evaluations/:slug/interests', 'interests.declare', 'declareInterests', (c) => declare(c, services))
}
