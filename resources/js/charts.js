// Draws what the server counted: <canvas data-chart="{...}">. Colours are those of the page, light or dark.
const drawn = new Map()

document.addEventListener('htmx:after:swap', draw)
addEventListener('load', draw)
new MutationObserver(drawAnew).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] })

function draw() {
  for (const [canvas, chart] of drawn) if (!canvas.isConnected) chart.destroy(), drawn.delete(canvas)
  for (const canvas of document.querySelectorAll('canvas[data-chart]')) {
    if (!drawn.has(canvas)) drawn.set(canvas, chartOn(canvas))
  }
}

function drawAnew() {
  for (const [canvas, chart] of drawn) {
    chart.destroy()
    drawn.set(canvas, chartOn(canvas))
  }
}

const palette = ['accent', 'good', 'warn', 'bad']

const kinds = {
  line: { type: 'line', along: 'x' },
  bar: { type: 'bar', along: 'x' },
  bars: { type: 'bar', along: 'y' },
  funnel: { type: 'bar', along: 'y' },
}

function chartOn(canvas) {
  const said = JSON.parse(canvas.dataset.chart)
  const { type, along } = kinds[said.kind]
  /** In a funnel the share is told in words, not drawn. */
  const measures = said.kind === 'funnel' ? said.measures.slice(0, 1) : said.measures
  return new Chart(canvas, {
    type,
    data: { labels: said.labels, datasets: measures.map((measure) => setOf(measure, measures.filter(({ line }) => !line).indexOf(measure), type)) },
    options: {
      indexAxis: along,
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      locale: said.locale,
      interaction: { mode: 'index', intersect: false, axis: along },
      onClick: (_event, [element]) => element && said.hrefs[element.index] && location.assign(said.hrefs[element.index]),
      scales: scalesOf(measures, along, said),
      plugins: {
        legend: { display: measures.length > 1, labels: { color: colour('ink-soft'), boxWidth: 10, boxHeight: 10, font: font() } },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${written(item.raw, measures[item.datasetIndex], said)}` } },
      },
    },
  })
}

/** As it is seen now: a role of the sheet says one colour for light and one for dark. */
function colour(name) {
  const probe = document.createElement('i')
  probe.style.color = `var(--${name})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function setOf(measure, index, type) {
  const own = colour(measure.line ? 'warn' : palette[index % palette.length])
  const asLine = measure.line || type === 'line'
  return {
    label: measure.label,
    data: measure.values,
    type: measure.line ? 'line' : type,
    yAxisID: measure.line ? 'right' : undefined,
    borderColor: own,
    backgroundColor: own,
    borderWidth: asLine ? 2 : 0,
    borderRadius: 3,
    maxBarThickness: 26,
    pointRadius: 0,
    pointHoverRadius: 4,
    tension: 0.25,
    order: measure.line ? 0 : 1,
  }
}

function scalesOf(measures, along, said) {
  const across = along === 'x' ? 'y' : 'x'
  const counted = measures.find(({ line }) => !line)
  const names = { grid: { display: false }, border: { color: colour('line') }, ticks: { color: colour('ink-soft'), font: font(), maxRotation: 0, autoSkipPadding: 14 } }
  const numbers = (measure, place) => ({
    beginAtZero: true,
    position: place,
    grid: { color: colour('line'), drawOnChartArea: place !== 'right' },
    border: { display: false },
    ticks: { color: colour('ink-soft'), font: font(), maxTicksLimit: 5, precision: 0, callback: (value) => brief(value, measure, said) },
  })
  const scales = { [along]: names, [across]: numbers(counted) }
  const line = measures.find((measure) => measure.line)
  return line ? { ...scales, right: numbers(line, 'right') } : scales
}

const font = () => ({ family: getComputedStyle(document.body).fontFamily, size: 11 })

/** Money is kept in minor units. */
function written(value, { format }, { locale, currency }) {
  if (format === 'money') return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(value / 100)
  return new Intl.NumberFormat(locale).format(value)
}

function brief(value, { format }, { locale }) {
  return new Intl.NumberFormat(locale, { notation: 'compact' }).format(format === 'money' ? value / 100 : value)
}
