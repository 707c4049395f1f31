import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { City } from '../../cities/city.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { type Evidence, evidenceKinds, maximumNote, releaseLevels } from '../evidence.ts'
import { dayText, EvidenceCrumbs, evidencePath, libraryPath } from './parts.tsx'
import { languageOptions } from './languages.ts'

interface FieldsProps {
  t: Translator
  values: FormValues
  errors: FormErrors
}

/** Everything a person can say about an entry. */
export function DetailsFields({ t, values, errors }: FieldsProps) {
  const value = (name: string) => fieldOf(values, name)
  const optional = t('evidence.form.optional')
  const kinds = evidenceKinds.map((kind) => ({ value: kind, label: t(`evidence.kind.${kind}`) }))
  const languages = [{ value: '', label: t('evidence.form.languageNone') }, ...languageOptions(t.language, value('language'))]
  return (
    <>
      <TextField
        name="title"
        label={t('evidence.form.title')}
        hint={t('evidence.form.titleHint')}
        value={value('title')}
        error={errors.fields.title}
      />
      <SelectField name="kind" label={t('evidence.form.kind')} options={kinds} value={value('kind')} error={errors.fields.kind} />
      <DateFields t={t} values={values} errors={errors} />
      <SelectField
        name="language"
        label={t('evidence.form.language')}
        optionalText={optional}
        options={languages}
        value={value('language')}
        error={errors.fields.language}
      />
      <TextAreaField
        name="note"
        label={t('evidence.form.note')}
        hint={t('evidence.form.noteHint')}
        optionalText={optional}
        rows={2}
        maxLength={maximumNote}
        value={value('note')}
        error={errors.fields.note}
      />
      <ReleaseFields t={t} values={values} errors={errors} />
    </>
  )
}

function DateFields({ t, values, errors }: FieldsProps) {
  const value = (name: string) => fieldOf(values, name)
  const optional = t('evidence.form.optional')
  return (
    <>
      <DateField
        name="datedOn"
        label={t('evidence.form.datedOn')}
        optionalText={optional}
        value={value('datedOn')}
        error={errors.fields.datedOn}
      />
      <DateField
        name="validFrom"
        label={t('evidence.form.validFrom')}
        optionalText={optional}
        value={value('validFrom')}
        error={errors.fields.validFrom}
      />
      <DateField
        name="validUntil"
        label={t('evidence.form.validUntil')}
        hint={t('evidence.form.validUntilHint')}
        optionalText={optional}
        value={value('validUntil')}
        error={errors.fields.validUntil}
      />
    </>
  )
}

function ReleaseFields({ t, values, errors }: FieldsProps) {
  return (
    <>
      <RadioGroup
        name="releaseLevel"
        label={t('evidence.form.release')}
        options={releaseLevels.map((level) => ({
          value: level,
          label: t(`evidence.release.${level}`),
          hint: t(`evidence.releaseHint.${level}`),
        }))}
        value={fieldOf(values, 'releaseLevel')}
        error={errors.fields.releaseLevel}
      />
      <CheckboxGroup
        name="isConfidential"
        label={t('evidence.form.confidential')}
        options={[{ value: 'yes', label: t('evidence.form.confidentialLabel'), hint: t('evidence.form.confidentialHint') }]}
        values={fieldOf(values, 'isConfidential') === 'yes' ? ['yes'] : []}
        error={errors.fields.isConfidential}
      />
    </>
  )
}

/** Adds a link to the library. */
export function LinkPage({ t, city, values, errors, formKey }: FieldsProps & { city: City; formKey: string }) {
  return (
    <>
      <EvidenceCrumbs t={t} city={city} />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={city.name} title={t('evidence.link.title')} lead={t('evidence.link.lead')} />
      <form class="form" method="post" action={`${libraryPath(city.slug)}/new`} novalidate>
        <input type="hidden" name="_key" value={formKey} />
        <TextField
          name="url"
          type="url"
          label={t('evidence.form.url')}
          hint={t('evidence.form.urlHint')}
          value={fieldOf(values, 'url')}
          autoComplete="off"
          error={errors.fields.url}
        />
        <DetailsFields t={t} values={values} errors={errors} />
        <FormActions>
          <Button>{t('evidence.link.save')}</Button>
          <ButtonLink href={libraryPath(city.slug)} kind="quiet">
            {t('evidence.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

/** Changes what is said about an entry. @param clash what somebody else has stored meanwhile */
export function EditPage({ t, city, evidence, values, errors, clash }: FieldsProps & { city: City; evidence: Evidence; clash: boolean }) {
  const path = evidencePath(city.slug, evidence.id)
  return (
    <>
      <EvidenceCrumbs t={t} city={city} evidence={evidence} />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={evidence.title} title={t('evidence.edit.title')} />
      {clash && <Clash t={t} evidence={evidence} />}
      <form class="form" method="post" action={`${path}/edit`} novalidate>
        <input type="hidden" name="version" value={clash ? evidence.version : fieldOf(values, 'version')} />
        <DetailsFields t={t} values={values} errors={errors} />
        <FormActions>
          <Button>{t(clash ? 'evidence.edit.replace' : 'evidence.edit.save')}</Button>
          <ButtonLink href={path} kind="quiet">
            {t('evidence.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

/** What is stored now, above the form with what was typed. */
function Clash({ t, evidence }: { t: Translator; evidence: Evidence }) {
  return (
    <div class="page-notice">
      <Notice kind="warning" title={t('evidence.edit.clash')}>
        <SummaryList
          rows={[
            { term: t('evidence.form.title'), value: evidence.title },
            { term: t('evidence.form.kind'), value: t(`evidence.kind.${evidence.kind}`) },
            {
              term: t('evidence.form.validUntil'),
              value: evidence.validUntil === null ? t('evidence.none') : dayText(t, evidence.validUntil),
            },
            { term: t('evidence.form.release'), value: t(`evidence.release.${evidence.releaseLevel}`) },
          ]}
        />
        <p>{t('evidence.edit.clashNow')}</p>
      </Notice>
    </div>
  )
}

/** Asks before an entry leaves the library. */
export function RemovePage({ t, city, evidence, errors }: { t: Translator; city: City; evidence: Evidence; errors: FormErrors }) {
  const path = evidencePath(city.slug, evidence.id)
  return (
    <>
      <EvidenceCrumbs t={t} city={city} evidence={evidence} />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={evidence.title} title={t('evidence.remove.title')} lead={t('evidence.remove.lead')} />
      <form class="form" method="post" action={`${path}/remove`}>
        <input type="hidden" name="version" value={evidence.version} />
        {evidence.uses > 0 && (
          <CheckboxGroup
            name="confirmed"
            label={t('evidence.remove.cited', { uses: evidence.uses })}
            options={[{ value: 'yes', label: t('evidence.remove.confirm') }]}
          />
        )}
        <FormActions>
          <Button kind="danger">{t('evidence.remove.submit')}</Button>
          <ButtonLink href={path} kind="quiet">
            {t('evidence.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}
