// Menus that lie over the page close as people expect: with Escape, by going elsewhere. Without this script their button closes them.

const menus = [...document.querySelectorAll<HTMLDetailsElement>('details[data-menu]')]

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  const menu = menus.find(({ open }) => open)
  if (menu === undefined) return
  menu.open = false
  if (menu.contains(document.activeElement) || document.activeElement === document.body) menu.querySelector('summary')?.focus()
})

for (const menu of menus) {
  const closeUnlessIn = (target: EventTarget | null) => {
    if (menu.open && !(target instanceof Node && menu.contains(target))) menu.open = false
  }
  document.addEventListener('pointerdown', ({ target }) => closeUnlessIn(target))
  menu.addEventListener('focusout', ({ relatedTarget }) => relatedTarget !== null && closeUnlessIn(relatedTarget))
}
