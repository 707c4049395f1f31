/**
 * The line under a chart where the point under the pointer or the arrow keys is read.
 * The script client/charts.ts fills it; without a script it stays empty and takes no room.
 */
export function ChartReading() {
  return <p class="chart-reading" data-chart-reading />
}
