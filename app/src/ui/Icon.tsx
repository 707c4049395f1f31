/** Shapes of 16 units, drawn in the colour of the text around them. */
const shapes = {
  information: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M8 7.2v4.3M8 4.3v1.2',
  check: 'M2.5 8.5l3.8 3.8L13.5 4.5',
  warning: 'M8 1.8L15 14H1zM8 6.2v3.8M8 11.2v1.2',
  error: 'M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM8 4.4v4.6M8 10.6v1.2',
  turning: 'M8 2a6 6 0 1 1-6 6',
  versions: 'M2 2h8v8H2zM6 10v4h8V6h-4',
  lock: 'M3 7h10v7H3zM5 7V4.8a3 3 0 0 1 6 0V7',
  previous: 'M14 8H2.5M7 3.5L2.5 8L7 12.5',
  next: 'M2 8h11.5M9 3.5L13.5 8L9 12.5',
} as const

/** A name of one of the shapes. */
export type IconName = keyof typeof shapes

/** A small drawing beside words that say the same; hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" />
    </svg>
  )
}

/** The angle that turns when a disclosure opens. */
export function Chevron() {
  return (
    <svg class="chevron" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" focusable="false">
      <path d="M1 3l4 4l4-4" />
    </svg>
  )
}
