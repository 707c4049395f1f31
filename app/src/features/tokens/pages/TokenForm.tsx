import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { scopes } from '../../../scopes.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { daysFrom, defaultLifetime, lifetimes } from '../token.ts'

export interface TokenFormProps {
  t: Translator
  values: FormValues
  errors: FormErrors
  formKey: string
  now: Date
}

const isoDay = (date: Date): string => date.toISOString().slice(0, 10)

/** What the new token is for, what it may do, and until when. */
export function TokenForm({ t, values, errors, formKey, now }: TokenFormProps) {
  return (
    <form class="form" method="post" action="/account/tokens">
      <input type="hidden" name="_key" value={formKey} />
      <TextField
        name="name"
        label={t('tokens.form.name')}
        hint={t('tokens.form.name.hint')}
        value={fieldOf(values, 'name')}
        error={errors.fields.name}
        autoComplete="off"
      />
      <CheckboxGroup
        name="scopes"
        label={t('tokens.form.scopes')}
        hint={t('tokens.form.scopes.hint')}
        options={scopes.map((scope) => ({ value: scope, label: t(`tokens.scope.${scope}`), hint: t(`tokens.scope.${scope}.hint`) }))}
        values={'name' in values ? [values.scopes ?? []].flat() : ['read']}
        error={errors.fields.scopes}
      />
      <Expiry t={t} values={values} errors={errors} now={now} />
      <FormActions>
        <Button>{t('tokens.form.button')}</Button>
      </FormActions>
    </form>
  )
}

function Expiry({ t, values, errors, now }: Omit<TokenFormProps, 'formKey'>) {
  const days = lifetimes.map((count) => ({
    value: String(count),
    label: t('tokens.form.expiry.days', { count, until: formatDate(t.language, daysFrom(now, count)) }),
  }))
  const ownDay = (
    <DateField
      name="endsOn"
      label={t('tokens.form.expiry.day')}
      value={fieldOf(values, 'endsOn')}
      min={isoDay(now)}
      max={isoDay(daysFrom(now, 365))}
      error={errors.fields.endsOn}
    />
  )
  return (
    <RadioGroup
      name="lifetime"
      label={t('tokens.form.expiry')}
      hint={t('tokens.form.expiry.hint')}
      options={[...days, { value: 'date', label: t('tokens.form.expiry.date'), reveal: ownDay }]}
      value={fieldOf(values, 'lifetime') || String(defaultLifetime)}
      error={errors.fields.lifetime}
    />
  )
}
