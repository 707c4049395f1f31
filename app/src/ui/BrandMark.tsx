/** Seven dark stones and one in petrol: a small piece of mosaic. */
const stones = [
  'M0 1L8.6 0L8.2 8.4L.6 8.8Z',
  'M10.4 0L18.4 .8L17.8 8L10 8.2Z',
  'M20.2 1L28 .2L27.6 9L19.6 8.4Z',
  'M.4 10.6L8.4 10.2L8.8 18.2L0 18Z',
  'M19.8 10.2L28 10.8L27.4 18.4L19.4 17.8Z',
  'M.8 19.8L8.6 20L8 28L0 27.4Z',
  'M10.4 20L17.6 19.6L18 27.6L9.8 28Z',
  'M19.4 19.6L27.4 20.2L28 27.2L19.8 28Z',
]

/** The mark beside the name of the product. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
      {stones.map((shape) => (
        <path class="brand-stone" d={shape} key={shape} />
      ))}
      <path class="brand-stone-own" d="M10.2 10L18 9.8L17.6 18L10.6 18.2Z" />
    </svg>
  )
}
