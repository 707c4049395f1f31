import { fieldOf } from '../../../forms.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { PeoplePageProps } from './PeoplePage.tsx'

/** Invites an address to a role; on the page of the network also the city is asked for. */
export function InviteForm({ t, action, city, roles, newKey, values, errors }: PeoplePageProps) {
  return (
    <section class="section" id="invite">
      <h2>{t('accounts.invite.title')}</h2>
      <form class="form" method="post" action={`${action}/invitations`}>
        <input type="hidden" name="_key" value={fieldOf(values, '_key') || newKey()} />
        <TextField
          name="email"
          type="email"
          label={t('accounts.invite.email')}
          value={fieldOf(values, 'email')}
          error={errors.fields.email}
          autoComplete="off"
          inputMode="email"
          spellcheck={false}
        />
        <RadioGroup
          name="role"
          label={t('accounts.invite.role')}
          value={fieldOf(values, 'role')}
          error={errors.fields.role}
          options={roles.map((role) => ({ value: role, label: t(`accounts.role.${role}`), hint: t(`accounts.roleHint.${role}`) }))}
        />
        {city === null && (
          <TextField
            name="city"
            label={t('accounts.invite.city')}
            optionalText={t('accounts.invite.city.optional')}
            hint={t('accounts.invite.city.hint')}
            value={fieldOf(values, 'city')}
            error={errors.fields.city}
            autoComplete="off"
          />
        )}
        <FormActions>
          <Button>{t('accounts.invite.button')}</Button>
        </FormActions>
      </form>
    </section>
  )
}
