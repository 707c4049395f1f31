import type { EvidenceSettings } from '../../../config.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { type ListPart, ListPages } from '../../cities/pages/paging.tsx'
import { type Evidence, evidenceKinds, isUnopened, validityOf } from '../evidence.ts'
import { type LibraryFilter, librarySorts, libraryStates } from '../queries.ts'
import { inMegabytes } from '../storage.ts'
import type { LibraryPart } from '../usecases.ts'
import {
  authorText,
  EvidenceCrumbs,
  evidencePath,
  EvidenceTitle,
  formatText,
  libraryPath,
  readersText,
  sizeText,
  validityText,
} from './parts.tsx'
import { UploadForm } from './UploadForm.tsx'

export interface LibraryPageProps {
  t: Translator
  library: LibraryPart
  filter: LibraryFilter
  part: ListPart
  settings: EvidenceSettings
  now: Date
  canAdd: boolean
  /** Address of the inbox of the assessment that is open; null = none. */
  inbox: string | null
  formKey: string
  /** What was just done: a text key under evidence.done. */
  done: 'added' | 'link' | 'removed' | 'restored' | null
  doneCount: number
}

/** Everything a city has gathered to prove its answers. */
export function LibraryPage(props: LibraryPageProps) {
  const { t, library, canAdd, done } = props
  return (
    <>
      <EvidenceCrumbs t={t} city={library.city} />
      {done !== null && (
        <div class="page-notice">
          <Notice kind="success" title={t(`evidence.done.${done}`, { count: props.doneCount })} isAnnounced />
        </div>
      )}
      <PageHeading title={t('evidence.library.title', { city: library.city.name })} lead={t('evidence.library.lead')} />
      {canAdd ? <AddPart {...props} /> : <p>{t('evidence.library.readOnly')}</p>}
      <section class="section" aria-labelledby="library-title">
        <h2 id="library-title">{t('evidence.library.entries')}</h2>
        <div id="library-entries" data-upload-fresh>
          <Entries {...props} />
        </div>
      </section>
      <ReadersNote {...props} />
    </>
  )
}

function AddPart({ t, library: { city, use }, settings, formKey, inbox }: LibraryPageProps) {
  const limit = use.quotaMb ?? settings.totalMb
  return (
    <section class="section" aria-labelledby="add-title">
      <h2 id="add-title">{t('evidence.add.title')}</h2>
      <UploadForm t={t} slug={city.slug} settings={settings} formKey={formKey} />
      <p class="evidence-use" id="library-use" data-upload-fresh>
        {t('evidence.library.use', { files: use.files, maxFiles: settings.filesPerCity, used: inMegabytes(use.bytes), max: limit })}
      </p>
      <p class="form-actions">
        <ButtonLink kind="secondary" href={`${libraryPath(city.slug)}/new`}>
          {t('evidence.add.link')}
        </ButtonLink>
        {inbox !== null && (
          <ButtonLink kind="quiet" href={inbox}>
            {t('inbox.link')}
          </ButtonLink>
        )}
      </p>
    </section>
  )
}

const isFiltered = ({ search, kind, state }: LibraryFilter): boolean => search !== '' || kind !== null || state !== null

function Entries(props: LibraryPageProps) {
  const { t, library, filter, part } = props
  const path = libraryPath(library.city.slug)
  if (library.total === 0 && !isFiltered(filter))
    return (
      <EmptyState level={3} title={t('evidence.library.emptyTitle')}>
        {t('evidence.library.empty')}
      </EmptyState>
    )
  const { search, kind, state, sort } = filter
  const query = { ...(search && { q: search }), ...(kind && { kind }), ...(state && { state }), ...(sort !== 'newest' && { sort }) }
  return (
    <>
      <FilterForm t={t} path={path} filter={filter} />
      {library.total === 0 ? (
        <EmptyState level={3} title={t('evidence.library.nothingTitle')} action={<a href={path}>{t('evidence.library.all')}</a>}>
          {t(state === 'removed' ? 'evidence.library.nothingRemoved' : 'evidence.library.nothing')}
        </EmptyState>
      ) : (
        <>
          <p class="list-count" role="status">
            {t('evidence.library.count', { count: library.total })}
          </p>
          <EntryTable {...props} />
          <ListPages t={t} part={part} total={library.total} path={path} query={query} />
        </>
      )}
    </>
  )
}

function FilterForm({ t, path, filter }: { t: Translator; path: string; filter: LibraryFilter }) {
  const kinds = [
    { value: '', label: t('evidence.filter.anyKind') },
    ...evidenceKinds.map((kind) => ({ value: kind, label: t(`evidence.kind.${kind}`) })),
  ]
  const states = [
    { value: '', label: t('evidence.filter.anyState') },
    ...libraryStates.map((state) => ({ value: state, label: t(`evidence.filter.state.${state}`) })),
  ]
  const sorts = librarySorts.map((sort) => ({ value: sort, label: t(`evidence.sort.${sort}`) }))
  return (
    <form class="filter-form evidence-filter" role="search" method="get" action={path}>
      <TextField name="q" type="search" label={t('evidence.filter.search')} value={filter.search} autoComplete="off" />
      <SelectField name="kind" label={t('evidence.filter.kind')} options={kinds} value={filter.kind ?? ''} width="full" />
      <SelectField name="state" label={t('evidence.filter.show')} options={states} value={filter.state ?? ''} width="full" />
      <SelectField name="sort" label={t('evidence.filter.sort')} options={sorts} value={filter.sort} width="full" />
      <Button kind="secondary">{t('evidence.filter.apply')}</Button>
    </form>
  )
}

function EntryTable({ t, library: { city, entries }, now }: LibraryPageProps) {
  const columns = (['title', 'kind', 'date', 'validity', 'readers', 'uses', 'added'] as const).map((id) => ({
    id,
    header: t(`evidence.column.${id}`),
  }))
  const rows = entries.map((entry) => ({
    id: entry.id,
    href: evidencePath(city.slug, entry.id),
    cells: cellsOf(t, entry, now),
  }))
  return (
    <DataTable
      id="evidence"
      caption={t('evidence.library.entries')}
      isCaptionHidden
      columns={columns}
      rows={rows}
      narrow="stack"
      emptyText={t('evidence.library.nothing')}
    />
  )
}

function cellsOf(t: Translator, entry: Evidence, now: Date) {
  const validity = validityOf(entry.validUntil, now)
  const form = entry.file === null ? formatText(t, entry) : `${formatText(t, entry)}, ${sizeText(t, entry.file.size)}`
  return {
    title: <EvidenceTitle evidence={entry} />,
    kind: (
      <span>
        {`${t(`evidence.kind.${entry.kind}`)} (${form})`}
        {entry.file !== null && isUnopened(entry.file) && <span class="evidence-unopened">{t('evidence.text.unopened')}</span>}
      </span>
    ),
    date: entry.datedOn === null ? t('evidence.none') : formatDate(t.language, new Date(`${entry.datedOn}T12:00:00`)),
    validity: <span class={validity === 'expired' ? 'evidence-expired' : undefined}>{validityText(t, entry.validUntil, now)}</span>,
    readers: readersText(t, entry),
    uses: t('evidence.uses', { count: entry.uses }),
    added: t('evidence.addedBy', { date: formatDate(t.language, entry.createdAt), name: authorText(t, entry.author) }),
  }
}

function ReadersNote({ t, library: { viewer }, settings }: LibraryPageProps) {
  const who = viewer.isPartner ? 'partner' : viewer.seesConfidential ? 'inner' : 'contributor'
  return (
    <section class="section" aria-labelledby="readers-title">
      <h2 id="readers-title">{t('evidence.readers.title')}</h2>
      <p class="prose">{t(`evidence.readers.note.${who}`)}</p>
      <p class="prose">{settings.clamav === null ? t('evidence.scan.off') : t('evidence.scan.on')}</p>
    </section>
  )
}
