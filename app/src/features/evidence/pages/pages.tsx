import { fieldOf, type FormErrors, type FormValues, handleForm, newFormKey, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import { authorOf, can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { textsUnder } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { listPart } from '../../cities/pages/paging.tsx'
import { canAnswer } from '../../assessments/assessment.ts'
import { listAssessments } from '../../assessments/queries.ts'
import { isLimited } from '../../assessments/reach.ts'
import { questionsOf, textOf } from '../../instrument/instrument.ts'
import { addFilesAs, placeFiles } from '../add-files.ts'
import { type EvidenceKind, evidenceKinds } from '../evidence.ts'
import { drop, readFormWithFiles } from '../form-files.ts'
import { detailsFormSchema, linkFormSchema, versionFormSchema } from '../form-schemas.ts'
import { type LibraryFilter, librarySorts, libraryStates } from '../queries.ts'
import {
  addLink,
  changeEvidence,
  getEvidenceToChange,
  mayChange,
  openToAdd,
  readEvidence,
  readLibrary,
  removeEvidence,
  restoreEvidence,
} from '../usecases.ts'
import { registerCitationPages } from './citations.tsx'
import { EditPage, LinkPage, RemovePage } from './DetailsForm.tsx'
import { EvidencePage, type ShownUse } from './EvidencePage.tsx'
import { LibraryPage } from './LibraryPage.tsx'
import { evidencePath, libraryPath } from './parts.tsx'
import { registerReaderPages } from './reading.tsx'
import { registerArchivePages } from './zip.ts'

const pageSize = 25 // entries
export const uploadScript = 'client/evidence-upload.ts'

const slugOf = (c: WebContext): string => c.req.param('slug')!
const idOf = (c: WebContext): string => c.req.param('evidenceId')!

const chosen = <T extends string>(values: readonly T[], asked: string | undefined): T | null =>
  values.find((value) => value === asked) ?? null

function filterOf(c: WebContext): LibraryFilter {
  return {
    search: (c.req.query('q') ?? '').slice(0, 200),
    kind: chosen<EvidenceKind>(evidenceKinds, c.req.query('kind')),
    state: chosen(libraryStates, c.req.query('state')),
    sort: chosen(librarySorts, c.req.query('sort')) ?? 'newest',
  }
}

async function library(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const filter = filterOf(c)
  const part = listPart(c, pageSize)
  const now = services.now()
  const { found, open } = await inTransaction(services, c, async (db) => {
    const read = await readLibrary(db, personOf(c), slugOf(c), filter, { limit: part.size, offset: part.offset }, now)
    const all = await listAssessments(db, [read.city.id])
    return { found: read, open: all.find((assessment) => canAnswer(assessment, now).ok) ?? null }
  })
  const canAdd = can(personOf(c), 'evidence.edit', found.city.id).ok
  return page(
    c,
    services,
    {
      title: t('evidence.library.title', { city: found.city.name }),
      isWide: true,
      ...(canAdd && { scripts: [uploadScript], islands: { 'upload-texts': textsUnder(t.language, 'evidence.uploading.') } }),
    },
    <LibraryPage
      t={t}
      library={found}
      filter={filter}
      part={part}
      settings={services.config.evidence}
      now={now}
      canAdd={canAdd}
      inbox={open === null ? null : `/assessments/${open.id}/inbox`}
      formKey={newFormKey()}
      done={chosen(['added', 'link', 'removed', 'restored'] as const, c.req.query('done'))}
      doneCount={Number(c.req.query('count')) || 1}
    />,
  )
}

/** Files of a form without a script: all of them or none. */
async function addFiles(c: WebContext, services: Services): Promise<Response> {
  const person = personOf(c)
  const slug = slugOf(c)
  const { city } = await inTransaction(services, c, (db) => openToAdd(db, person, slug))
  const { values, files, problem } = await readFormWithFiles(c.req.raw, services)
  if (problem !== null) throw problem
  if (files.length === 0) return c.redirect(libraryPath(slug), 303)
  const uploading = {
    services,
    transact: <T,>(work: Parameters<typeof inTransaction<T>>[2]) => inTransaction(services, c, work),
    author: authorOf(person),
    cityId: city.id,
  }
  const body = { slug, files: files.map(({ checked }) => ({ name: checked.name, sha256: checked.sha256 })) }
  try {
    await placeFiles(uploading, files, (db, storedAs) =>
      once(db, person, { key: fieldOf(values, '_key'), operation: 'beginUpload', body }, async () => {
        const added = await addFilesAs(
          db,
          uploading,
          files.map(({ checked }, i) => ({ ...checked, storedAs: storedAs[i]! })),
          null,
        )
        return added.map(({ id }) => id)
      }),
    )
  } finally {
    await drop(services.config.dataDir, files)
  }
  return c.redirect(`${libraryPath(slug)}?done=added&count=${files.length}`, 303)
}

async function showEntry(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const person = personOf(c)
  const { opened, uses } = await inTransaction(services, c, async (db) => {
    const { uses: all, ...found } = await readEvidence(db, person, slugOf(c), idOf(c))
    const shown: ShownUse[] = []
    for (const use of all) {
      const instrument = await services.instruments.get(db, use.wave.instrumentVersionId) // kept in memory
      const { questionId, assessmentId } = use.citation
      const number = questionsOf(instrument).findIndex(({ id }) => id === questionId) + 1
      const question = `${number}. ${textOf(instrument, t.language).questions[questionId]?.question ?? questionId}`
      const href = isLimited(person, found.city.id) ? null : `/assessments/${assessmentId}/questions/${questionId}/evidence`
      shown.push({ use, question, href })
    }
    return { opened: found, uses: shown }
  })
  return page(
    c,
    services,
    { title: opened.evidence.title },
    <EvidencePage
      t={t}
      opened={opened}
      uses={uses}
      now={services.now()}
      mayChange={mayChange(person, opened.evidence)}
      isChanged={c.req.query('done') === 'changed'}
    />,
  )
}

async function showLinkForm(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const { city } = await inTransaction(services, c, (db) => openToAdd(db, personOf(c), slugOf(c)))
  const formKey = fieldOf(values, '_key') || newFormKey()
  return page(
    c,
    services,
    { title: t('evidence.link.title'), status: errors === noErrors ? 200 : 422 },
    <LinkPage t={t} city={city} values={values} errors={errors} formKey={formKey} />,
  )
}

async function showEditForm(c: WebContext, services: Services, values: FormValues | null, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const { city, evidence } = await inTransaction(services, c, (db) => getEvidenceToChange(db, personOf(c), slugOf(c), idOf(c)))
  const stored: FormValues = {
    ...Object.fromEntries(
      (['title', 'kind', 'datedOn', 'validFrom', 'validUntil', 'releaseLevel', 'language', 'note'] as const).map((key) => [
        key,
        evidence[key] ?? '',
      ]),
    ),
    isConfidential: evidence.isConfidential ? 'yes' : '',
    version: String(evidence.version),
  }
  const clash = values !== null && errors.summary !== null && Number(fieldOf(values, 'version')) !== evidence.version
  return page(
    c,
    services,
    { title: t('evidence.edit.title'), status: errors === noErrors ? 200 : clash ? 412 : 422 },
    <EditPage t={t} city={city} evidence={evidence} values={values ?? stored} errors={errors} clash={clash} />,
  )
}

async function showRemoveForm(c: WebContext, services: Services, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const { city, evidence } = await inTransaction(services, c, (db) => getEvidenceToChange(db, personOf(c), slugOf(c), idOf(c)))
  return page(
    c,
    services,
    { title: t('evidence.remove.title'), status: errors === noErrors ? 200 : 422 },
    <RemovePage t={t} city={city} evidence={evidence} errors={errors} />,
  )
}

const newLink = { kind: 'website', releaseLevel: 'private' }

export function registerEvidencePages(pages: Pages, services: Services): void {
  const base = '/cities/:slug/evidence'
  pages.get(base, 'evidence.read', (c) => library(c, services))
  pages.post(`${base}/files`, 'evidence.edit', 'beginUpload', (c) => addFiles(c, services), { maximumBody: Infinity })
  pages.get(`${base}/new`, 'evidence.edit', (c) => showLinkForm(c, services, newLink, noErrors))
  pages.post(`${base}/new`, 'evidence.edit', 'addEvidenceLink', (c) =>
    handleForm(c, {
      schema: linkFormSchema,
      run: async (input, key) => {
        await inTransaction(services, c, (db) =>
          once(db, personOf(c), { key, operation: 'addEvidenceLink', body: { slug: slugOf(c), ...input } }, async () => {
            await addLink(db, personOf(c), slugOf(c), input, services.now())
            return {}
          }),
        )
        return `${libraryPath(slugOf(c))}?done=link`
      },
      again: (values, errors) => showLinkForm(c, services, values, errors),
    }),
  )
  pages.get(`${base}/:evidenceId`, 'evidence.read', (c) => showEntry(c, services))
  registerChangePages(pages, services, `${base}/:evidenceId`)
  registerReaderPages(pages, services, `${base}/:evidenceId`)
  registerCitationPages(pages, services)
  registerArchivePages(pages, services)
}

function registerChangePages(pages: Pages, services: Services, base: string): void {
  const changed = (c: WebContext) => ({ slug: slugOf(c), id: idOf(c) })
  pages.get(`${base}/edit`, 'evidence.edit', (c) => showEditForm(c, services, null, noErrors))
  pages.post(`${base}/edit`, 'evidence.edit', 'changeEvidence', (c) =>
    handleForm(c, {
      schema: detailsFormSchema,
      run: async ({ version, ...details }) => {
        await inTransaction(services, c, (db) => changeEvidence(db, personOf(c), { ...changed(c), version }, details, services.now()))
        return `${evidencePath(slugOf(c), idOf(c))}?done=changed`
      },
      again: (values, errors) => showEditForm(c, services, values, errors),
    }),
  )
  pages.get(`${base}/remove`, 'evidence.edit', (c) => showRemoveForm(c, services, noErrors))
  pages.post(`${base}/remove`, 'evidence.edit', 'removeEvidence', (c) =>
    handleForm(c, {
      schema: versionFormSchema,
      run: async ({ version, confirmed }) => {
        await inTransaction(services, c, (db) =>
          removeEvidence(db, personOf(c), { ...changed(c), version }, confirmed === 'yes', services.now()),
        )
        return `${libraryPath(slugOf(c))}?done=removed`
      },
      again: (_, errors) => showRemoveForm(c, services, errors),
    }),
  )
  pages.post(`${base}/restore`, 'evidence.edit', 'restoreEvidence', (c) =>
    handleForm(c, {
      schema: versionFormSchema,
      run: async ({ version }) => {
        await inTransaction(services, c, (db) => restoreEvidence(db, personOf(c), { ...changed(c), version }, services.now()))
        return `${libraryPath(slugOf(c))}?done=restored`
      },
      again: (_, errors) => showRemoveForm(c, services, errors),
    }),
  )
}
