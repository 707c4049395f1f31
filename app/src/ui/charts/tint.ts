/** The five hues of the mosaic, as in tokens.css (light); tint.test.ts compares them. */
export const hues = ['#5f7fa6', '#a87b34', '#64886a', '#b36a58', '#82709d'] as const

/** How much of each hue; five numbers >= 0, only their ratios count. */
export type Shares = readonly [number, number, number, number, number]

/** A colour in OKLab, where equal distances look equal. */
export type Lab = readonly [lightness: number, greenRed: number, blueYellow: number]

const labHues = hues.map(toLab)

/**
 * A tint of the five hues. What stands out against the network counts far more than what all cities share,
 * otherwise every mixture were grey.
 * @param shares  of one city
 * @param average of the network, in the same unit
 */
export function tintOf(shares: Shares, average: Shares): Lab {
  const weights = shares.map((share, i) => {
    const usual = average[i] ?? 0
    return usual > 0 ? (share / usual) ** 8 : share > 0 ? 1 : 0
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mix = (axis: 0 | 1 | 2) =>
    total === 0 ? [0.62, 0, 0.005][axis]! : labHues.reduce((sum, lab, i) => sum + lab[axis] * (weights[i]! / total), 0)
  return [mix(0), mix(1), mix(2)]
}

/** Mean of each share over all cities; zeros when there is none. */
export function averageShares(list: readonly Shares[]): Shares {
  const mean = (i: number) => list.reduce((sum, shares) => sum + shares[i]!, 0) / Math.max(1, list.length)
  return [mean(0), mean(1), mean(2), mean(3), mean(4)]
}

/** Direction of a tint around grey, in radians: neighbours look alike. */
export function hueAngle([, greenRed, blueYellow]: Lab): number {
  return Math.atan2(blueYellow, greenRed)
}

/** #rrggbb of a colour in OKLab. @see Ottosson, A perceptual color space for image processing (2020) */
export function toHex([lightness, greenRed, blueYellow]: Lab): string {
  const long = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3
  const medium = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3
  const short = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
  const channels = linear.map((value) => {
    const clamped = Math.min(1, Math.max(0, value))
    const encoded = clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * clamped ** (1 / 2.4) - 0.055
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${channels.join('')}`
}

/** OKLab of #rrggbb. */
export function toLab(hex: string): Lab {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const value = parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ]
}
