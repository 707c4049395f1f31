import { fieldOf, type FormErrors, type FormValues, newFormKey } from '../../../forms.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { serverZone } from '../../waves/dates.ts'
import type { OpenedSnapshots } from '../snapshot-usecases.ts'
import { contextLine } from './parts.tsx'
import { snapshotsPath, stateOptions } from './snapshot-words.ts'

interface Props {
  t: Translator
  list: OpenedSnapshots
  now: Date
  values: FormValues
  errors: FormErrors
  done: 'created' | 'removed' | null
  /** Whether the person names moments. */
  mayArrange: boolean
}

/** Two states to choose, and the button that compares them; a plain link with both in its address. */
export function CompareForm({ t, list, now, a, b }: { t: Translator; list: OpenedSnapshots; now: Date; a: string; b: string }) {
  const options = stateOptions(t, list, now)
  return (
    <form class="form compare-states" method="get" action={`${snapshotsPath(list.opened.assessment)}/compare`}>
      <SelectField name="a" label={t('snapshots.compare.before')} options={options} value={a} width="full" />
      <SelectField name="b" label={t('snapshots.compare.after')} options={options} value={b} width="full" />
      <FormActions>
        <Button kind="secondary">{t('snapshots.compare.button')}</Button>
      </FormActions>
    </form>
  )
}

function List({ t, list, now, mayArrange }: Props) {
  const path = snapshotsPath(list.opened.assessment)
  const columns = [
    { id: 'name', header: t('snapshots.column.name') },
    { id: 'at', header: t('snapshots.column.at') },
    { id: 'author', header: t('snapshots.column.author') },
    { id: 'step', header: t('snapshots.column.step') },
  ]
  return (
    <DataTable
      id="snapshots"
      caption={t('snapshots.list.caption')}
      isCaptionHidden
      narrow="stack"
      emptyText={t('snapshots.list.empty')}
      columns={columns}
      rows={list.snapshots.map(({ id, name, at, author }) => ({
        id,
        cells: {
          name,
          at: at > now ? t('snapshots.list.ahead', { date: formatDateTime(t.language, at) }) : formatDateTime(t.language, at),
          author: author ?? '–',
          step: (
            <div>
              {at <= now && <a href={`${path}/compare?a=snapshot:${id}&b=now`}>{t('snapshots.list.compare')}</a>}
              {mayArrange && (
                <form method="post" action={`${path}/${id}/remove`}>
                  <Button kind="quiet" hiddenSuffix={name}>
                    {t('snapshots.list.remove')}
                  </Button>
                </form>
              )}
            </div>
          ),
        },
      }))}
    />
  )
}

function NewForm({ t, list, values, errors }: Props) {
  return (
    <section class="section">
      <h2>{t('snapshots.form.title')}</h2>
      <form class="form" method="post" action={snapshotsPath(list.opened.assessment)} novalidate>
        <input type="hidden" name="_key" value={fieldOf(values, '_key') || newFormKey()} />
        <TextField
          name="name"
          label={t('snapshots.form.name')}
          hint={t('snapshots.form.nameHint')}
          value={fieldOf(values, 'name')}
          autoComplete="off"
          error={errors.fields.name}
        />
        <div class="moment-fields">
          <DateField name="day" label={t('snapshots.form.day')} value={fieldOf(values, 'day')} error={errors.fields.day} />
          <TextField
            name="time"
            label={t('snapshots.form.time')}
            hint={t('snapshots.form.zone', { zone: serverZone() })}
            value={fieldOf(values, 'time')}
            width="short"
            autoComplete="off"
            error={errors.fields.time}
          />
        </div>
        <p class="small">{t('snapshots.form.any')}</p>
        <FormActions>
          <Button>{t('snapshots.form.save')}</Button>
        </FormActions>
      </form>
    </section>
  )
}

/** Named moments, and what can be compared with what. */
export function SnapshotsPage(props: Props) {
  const { t, list, now, errors, done, mayArrange } = props
  const { assessment } = list.opened
  const first = list.copies[0] ? `copy:${list.copies[0].id}` : list.earlier ? 'earlier' : 'now'
  const newest = [...list.snapshots].reverse().find(({ at }) => at <= now)
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      {done !== null && <Notice kind="success" title={t(`snapshots.done.${done}`)} isAnnounced />}
      <PageHeading context={contextLine(assessment)} title={t('snapshots.title')} lead={t('snapshots.lead')} />
      <section class="section">
        <h2>{t('snapshots.compare.title')}</h2>
        <CompareForm t={t} list={list} now={now} a={newest ? `snapshot:${newest.id}` : first} b="now" />
      </section>
      <section class="section">
        <h2>{t('snapshots.list.title')}</h2>
        <List {...props} />
      </section>
      {mayArrange ? <NewForm {...props} /> : <p>{t('snapshots.role')}</p>}
    </>
  )
}
