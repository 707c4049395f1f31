/** Moves through the points of one chart and reads them in the line below it. */
function enhance(chart: HTMLElement): void {
  const points = [...chart.querySelectorAll<HTMLElement | SVGElement>('[data-reading]')]
  const line = chart.querySelector<HTMLElement>('[data-chart-reading]')
  const hint = chart.dataset['hint'] ?? ''
  if (line === null || points.length === 0) return
  let current = -1

  const show = (next: number, isKey: boolean): void => {
    points[current]?.classList.remove('is-current')
    current = next
    const point = points[current]
    point?.classList.add('is-current')
    line.ariaLive = isKey ? 'polite' : 'off'
    line.textContent = point?.dataset['reading'] ?? hint
  }
  const steps: Record<string, () => number> = {
    ArrowDown: () => Math.min(points.length - 1, current + 1),
    ArrowRight: () => Math.min(points.length - 1, current + 1),
    ArrowUp: () => Math.max(0, current - 1),
    ArrowLeft: () => Math.max(0, current - 1),
    Home: () => 0,
    End: () => points.length - 1,
    Escape: () => -1,
  }
  const indexOf = (target: EventTarget | null) => (target instanceof Element ? points.findIndex((point) => point.contains(target)) : -1)

  chart.tabIndex = 0
  show(-1, false)
  chart.addEventListener('keydown', (event) => {
    const link = points[current]?.closest('a')
    if (event.key === 'Enter' && event.target === chart && link) location.assign(link.getAttribute('href') ?? '')
    const step = steps[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    show(step(), true)
  })
  chart.addEventListener('pointerover', (event) => show(indexOf(event.target), false))
  chart.addEventListener('pointerleave', () => show(-1, false))
  chart.addEventListener('focusin', (event) => {
    const index = indexOf(event.target)
    if (index !== -1) show(index, false)
  })
}

for (const chart of document.querySelectorAll<HTMLElement>('[data-chart]')) enhance(chart)
