import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { Department } from '../department.ts'

interface Props {
  t: Translator
  departments: readonly Department[]
  values: FormValues
  errors: FormErrors | null
}

/** Somebody without an account: name, what they do, address, department. */
export function ContactFields({ t, departments, values, errors }: Props) {
  const optional = t('departments.optional')
  return (
    <>
      <TextField
        name="name"
        label={t('departments.contact.name')}
        value={fieldOf(values, 'name')}
        width="medium"
        autoComplete="off"
        error={errors?.fields.name}
      />
      <TextField
        name="post"
        label={t('departments.contact.post')}
        hint={t('departments.contact.postHint')}
        optionalText={optional}
        value={fieldOf(values, 'post')}
        width="medium"
        autoComplete="off"
        error={errors?.fields.post}
      />
      <TextField
        name="email"
        type="email"
        label={t('departments.contact.email')}
        hint={t('departments.contact.emailHint')}
        optionalText={optional}
        value={fieldOf(values, 'email')}
        width="medium"
        autoComplete="off"
        error={errors?.fields.email}
      />
      <SelectField
        name="departmentId"
        label={t('departments.contact.department')}
        optionalText={optional}
        options={[
          { value: '', label: t('departments.contact.noDepartment') },
          ...departments.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={fieldOf(values, 'departmentId')}
        error={errors?.fields.departmentId}
      />
    </>
  )
}
