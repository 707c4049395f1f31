import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { type Declaration, tieKinds } from '../interests.ts'
import type { OpenedInterests } from '../usecases.ts'

interface Props extends OpenedInterests {
  t: Translator
  values: FormValues
  errors: FormErrors
  isDone: boolean
}

const emptyRows = 3

/** The form as somebody finds it who has declared this. */
export function interestValues(declaration: Declaration | null, slugs: ReadonlyMap<string, string>): FormValues {
  if (declaration === null) return {}
  return {
    declares: declaration.ties.length === 0 ? 'none' : 'some',
    kind: declaration.ties.map(({ kind }) => kind),
    city: declaration.ties.map(({ cityId }) => slugs.get(cityId) ?? ''),
    note: declaration.ties.map(({ note }) => note),
  }
}

const listIn = (values: FormValues, name: string): string[] => (values[name] === undefined ? [] : [values[name]].flat())

function Row({
  t,
  number,
  cities,
  row,
}: {
  t: Translator
  number: number
  cities: Props['cities']
  row: Record<'kind' | 'city' | 'note', string>
}) {
  const cityOptions = [
    { value: '', label: t('evaluations.interests.chooseCity') },
    ...cities.map(({ slug, name }) => ({ value: slug, label: name })),
  ]
  const kindOptions = tieKinds.map((kind) => ({ value: kind, label: t(`evaluations.tie.${kind}`) }))
  return (
    <fieldset class="interest-row">
      <legend>{t('evaluations.interests.row', { number })}</legend>
      <SelectField id={`city-${number}`} name="city" label={t('evaluations.interests.city')} options={cityOptions} value={row.city} />
      <SelectField id={`kind-${number}`} name="kind" label={t('evaluations.interests.kind')} options={kindOptions} value={row.kind} />
      <TextField id={`note-${number}`} name="note" label={t('evaluations.interests.note')} value={row.note} />
    </fieldset>
  )
}

function Ties({ t, cities, values, errors }: Props) {
  const [kinds, slugs, notes] = [listIn(values, 'kind'), listIn(values, 'city'), listIn(values, 'note')]
  const filled = slugs
    .map((city, i) => ({ city, kind: kinds[i] ?? 'own-city', note: notes[i] ?? '' }))
    .filter(({ city, note }) => city !== '' || note !== '')
  const rows = [...filled, ...Array.from({ length: emptyRows }, () => ({ city: '', kind: 'own-city', note: '' }))]
  const error = errors.fields.ties
  return (
    <section class="section" id="ties">
      <h2>{t('evaluations.interests.ties')}</h2>
      <p>{t('evaluations.interests.tiesHint')}</p>
      {error !== undefined && <p class="field-error">{error}</p>}
      {rows.map((row, i) => (
        <Row key={i} t={t} number={i + 1} cities={cities} row={row} />
      ))}
    </section>
  )
}

/** What an expert or the lead declares for a wave. */
export function InterestsPage(props: Props) {
  const { t, wave, declaration, values, errors, isDone } = props
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/home', text: t('app.nav.home') }]} />
      <FormProblems t={t} errors={errors} />
      {isDone && <Notice kind="success" title={t('evaluations.interests.done')} isAnnounced />}
      <PageHeading context={wave.name} title={t('evaluations.interests.title')} lead={t('evaluations.interests.lead')} />
      <p class="interest-state">
        {declaration === null
          ? t('evaluations.interests.notYet')
          : t('evaluations.interests.declared', { date: formatDateTime(t.language, declaration.declaredAt) })}{' '}
        {t('evaluations.interests.who')}
      </p>
      <form class="form" method="post" action={`/evaluations/${wave.slug}/interests`} novalidate>
        <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
        <RadioGroup
          name="declares"
          label={t('evaluations.interests.declares')}
          options={[
            { value: 'none', label: t('evaluations.interests.none') },
            { value: 'some', label: t('evaluations.interests.some') },
          ]}
          value={fieldOf(values, 'declares')}
          error={errors.fields.declares}
        />
        <Ties {...props} />
        <FormActions>
          <Button>{t('evaluations.interests.send')}</Button>
        </FormActions>
      </form>
    </>
  )
}
