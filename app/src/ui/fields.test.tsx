import { renderToString } from 'preact-render-to-string'
import { expect, it, vi } from 'vitest'
import { Button } from './Button.tsx'
import { CheckboxGroup } from './CheckboxGroup.tsx'
import { DataTable } from './DataTable.tsx'
import { TextField } from './TextField.tsx'

it('links hint and error to the field', () => {
  const html = renderToString(<TextField name="mail" label="E-mail" hint="For the receipt." error="Enter an address." value="a@" />)
  expect(html).toContain('<label class="field-label" for="mail">')
  expect(html).toContain('aria-describedby="mail-hint mail-error"')
  expect(html).toContain('aria-invalid="true"')
  expect(html).toContain('value="a@"')
})

it('gives the first option the id of the group, so that an error can lead there', () => {
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ]
  const html = renderToString(<CheckboxGroup name="who" label="Who?" options={options} values={['b']} error="Choose one." />)
  expect(html).toContain('id="who" name="who" value="a"')
  expect(html).toMatch(/id="who-2" name="who" value="b" checked/)
  expect(html).toContain('<fieldset class="field field-has-error" aria-describedby="who-error">')
})

it('says why a button is not available, and does not send', () => {
  const onClick = vi.fn()
  const html = renderToString(
    <Button id="send" unavailableReason="Seven questions are open." onClick={onClick}>
      Send
    </Button>,
  )
  expect(html).toContain('type="button"')
  expect(html).toContain('aria-disabled="true" aria-describedby="send-reason"')
  expect(html).toContain('<p class="button-reason" id="send-reason">Seven questions are open.</p>')
})

it('keeps a table that scrolls reachable by keyboard and says why it is empty', () => {
  const html = renderToString(
    <DataTable id="cities" caption="Cities" columns={[{ id: 'name', header: 'City' }]} rows={[]} emptyText="No city yet." />,
  )
  expect(html).toContain('<section class="table-region" aria-labelledby="cities-caption" tabindex="0">')
  expect(html).toContain('<td class="data-table-empty" colspan="1">No city yet.</td>')
})
