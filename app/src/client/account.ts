// Small comforts of the account pages; without this script everything works too.

for (const place of document.querySelectorAll<HTMLElement>('[data-password]')) {
  const input = place.querySelector('input')
  if (input === null) continue
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-quiet'
  const draw = () => (button.textContent = (input.type === 'password' ? place.dataset['show'] : place.dataset['hide']) ?? '')
  button.addEventListener('click', () => {
    input.type = input.type === 'password' ? 'text' : 'password'
    draw()
  })
  input.form?.addEventListener('submit', () => (input.type = 'password')) // so that browsers offer to keep it
  draw()
  place.append(button)
}

for (const place of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  const button = place.querySelector('button')
  const source = document.getElementById(place.dataset['copy'] ?? '')
  if (button === null || !(source instanceof HTMLInputElement) || !('clipboard' in navigator)) continue
  place.hidden = false
  button.addEventListener('click', async () => {
    source.select()
    await navigator.clipboard.writeText(source.value)
    button.textContent = place.dataset['copied'] ?? ''
  })
}
