import { chartFile, type ChartFileTexts, fileMargin, fileWidth } from './chart-file.tsx'
import { MapMarks, type PointMapDrawing, type PointMapProps } from './PointMap.tsx'

const keyHeight = 40

/** The map as an SVG file for download. */
export function pointMapFile(texts: ChartFileTexts, drawing: PointMapDrawing, keys: PointMapProps['keys']): string {
  const innerWidth = fileWidth - 2 * fileMargin
  const height = Math.round((drawing.height / drawing.width) * innerWidth)
  const step = innerWidth / keys.length
  const content = (
    <>
      {keys.map(({ radius, text }, i) => (
        <g key={text}>
          <circle class="map-city" cx={i * step + 12} cy="12" r={radius} />
          <text class="file-key" x={i * step + 32} y="17">
            {text}
          </text>
        </g>
      ))}
      <svg y={keyHeight} width={innerWidth} height={height} viewBox={`0 0 ${drawing.width} ${drawing.height}`}>
        <MapMarks {...drawing} isLinked={false} />
      </svg>
    </>
  )
  return chartFile(texts, { height: keyHeight + height, keys: {}, content })
}
