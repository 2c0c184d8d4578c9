import { drawCharts } from './charts.ts'
import { morph } from './morph.ts'

/** Keeps the page up to date while it is looked at, until the reader pauses it. */
export const followLive = (): void => {
  const button = document.querySelector<HTMLButtonElement>('#live')
  const main = document.querySelector('main')
  if (!button || !main) return
  let paused = false
  let stale = false
  let loading = false

  const show = (state: 'live' | 'paused' | 'offline') => {
    button.dataset.state = state
    button.setAttribute('aria-pressed', String(state === 'live'))
    const label = button.querySelector('.live-label')
    if (label) label.textContent = { live: 'Live', paused: 'Paused', offline: 'Not connected' }[state]
  }

  const update = async () => {
    stale = true
    if (paused || loading || document.hidden || selecting()) return
    stale = false
    loading = true
    try {
      const response = await fetch(location.href)
      const next = new DOMParser().parseFromString(await response.text(), 'text/html')
      const nextMain = next.querySelector('main')
      if (!nextMain) return
      morph(main, nextMain)
      drawCharts(main)
    } catch {
      stale = true
    } finally {
      loading = false
    }
  }
  const catchUp = () => void (stale && update())

  const events = new EventSource('/live')
  events.addEventListener('change', () => void update())
  events.addEventListener('open', () => {
    show(paused ? 'paused' : 'live')
    catchUp()
  })
  events.addEventListener('error', () => {
    stale = true
    show('offline')
  })
  document.addEventListener('visibilitychange', catchUp)
  document.addEventListener('selectionchange', catchUp)
  button.hidden = false
  show('live')
  button.addEventListener('click', () => {
    paused = !paused
    show(paused ? 'paused' : 'live')
    catchUp()
  })
}

/** Text under selection would be lost. */
const selecting = (): boolean => getSelection()?.isCollapsed === false
