import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { City } from '../../cities/city.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { canBeMember, type Contact, type Department, type Workforce } from '../department.ts'
import { type Who, whoKey } from '../responsible.ts'
import { ContactFields } from './ContactFields.tsx'
import { whoOptions } from './parts.tsx'

interface Common {
  t: Translator
  city: City
  values: FormValues
  errors: FormErrors
}

export const departmentsCrumbs = (t: Translator, city: City) => [
  { href: `/cities/${city.slug}`, text: city.name },
  { href: `/cities/${city.slug}/departments`, text: t('departments.title') },
]

/** Name and people of a department. */
export function DepartmentPage({
  t,
  city,
  values,
  errors,
  department,
  colleagues,
}: Common & Pick<Workforce, 'colleagues'> & { department: Department }) {
  const base = `/cities/${city.slug}/departments`
  const people = colleagues.filter(canBeMember)
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={departmentsCrumbs(t, city)} />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={city.name} title={department.name} />
      <form class="form" method="post" action={`${base}/${department.id}`} novalidate>
        <input type="hidden" name="version" value={department.version} />
        <TextField
          name="name"
          label={t('departments.name.label')}
          width="medium"
          autoComplete="off"
          value={fieldOf(values, 'name')}
          error={errors.fields.name}
        />
        {people.length === 0 ? (
          <p>{t('departments.member.none')}</p>
        ) : (
          <CheckboxGroup
            name="members"
            label={t('departments.member.label')}
            hint={t('departments.member.hint')}
            error={errors.fields.members}
            values={[values.members ?? []].flat()}
            options={people.map(({ id, name, roles }) => ({
              value: id,
              label: name,
              hint: roles.map((role) => t(`accounts.role.${role}`)).join(', '),
            }))}
          />
        )}
        <p>
          <a href={`/cities/${city.slug}/people`}>{t('departments.people')}</a>
        </p>
        <FormActions>
          <Button>{t('departments.update.button')}</Button>
          <ButtonLink kind="quiet" href={base}>
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
      <section class="section">
        <h2>{t('departments.end.section')}</h2>
        <p>{t('departments.end.sectionText')}</p>
        <ButtonLink kind="secondary" href={`${base}/${department.id}/end`}>
          {t('departments.end.link')}
        </ButtonLink>
      </section>
    </>
  )
}

/** The entry of somebody without an account. */
export function ContactPage({
  t,
  city,
  values,
  errors,
  contact,
  departments,
}: Common & Pick<Workforce, 'departments'> & { contact: Contact }) {
  const base = `/cities/${city.slug}`
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={departmentsCrumbs(t, city)} />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={city.name} title={contact.name} lead={t('departments.contacts.lead')} />
      <form class="form" method="post" action={`${base}/contacts/${contact.id}`} novalidate>
        <input type="hidden" name="version" value={contact.version} />
        <ContactFields t={t} departments={departments} values={values} errors={errors} />
        <FormActions>
          <Button>{t('departments.update.button')}</Button>
          <ButtonLink kind="quiet" href={`${base}/departments`}>
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
      <section class="section">
        <h2>{t('departments.contactEnd.section')}</h2>
        <p>{t('departments.contactEnd.sectionText')}</p>
        <ButtonLink kind="secondary" href={`${base}/contacts/${contact.id}/end`}>
          {t('departments.contactEnd.link')}
        </ButtonLink>
      </section>
    </>
  )
}

interface EndProps extends Common {
  workforce: Workforce
  gone: Who
  name: string
  version: number
  /** What is still to be answered, in words, with the page where it is arranged. */
  owed: readonly { text: string; href: string }[]
}

/** Asks before a department or the entry of a person ends, and who takes over what is left. */
export function EndPage({ t, city, errors, values, workforce, gone, name, version, owed }: EndProps) {
  const isDepartment = gone.kind === 'department'
  const action = `/cities/${city.slug}/${isDepartment ? 'departments' : 'contacts'}/${gone.id}/end`
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={departmentsCrumbs(t, city)} />
      <FormProblems t={t} errors={errors} />
      <PageHeading
        context={city.name}
        title={t(isDepartment ? 'departments.end.title' : 'departments.contactEnd.title', { name })}
        lead={t(isDepartment ? 'departments.end.lead' : 'departments.contactEnd.lead')}
      />
      <form class="form" method="post" action={action} novalidate>
        <input type="hidden" name="version" value={version} />
        {owed.length > 0 && (
          <>
            <InsetText>
              <p>{t('departments.end.owed', { name, count: owed.length })}</p>
              <ul>
                {owed.map(({ text, href }) => (
                  <li key={href}>
                    <a href={href}>{text}</a>
                  </li>
                ))}
              </ul>
            </InsetText>
            <SelectField
              name="to"
              label={t('departments.end.to')}
              hint={t('departments.end.toHint')}
              options={[{ value: '', label: t('departments.who.choose') }, ...whoOptions(t, workforce, { without: whoKey(gone) })]}
              value={fieldOf(values, 'to')}
              error={errors.fields.to}
            />
          </>
        )}
        <FormActions>
          <Button kind="danger">{t(isDepartment ? 'departments.end.button' : 'departments.contactEnd.button')}</Button>
          <ButtonLink kind="quiet" href={`/cities/${city.slug}/departments`}>
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}
