import { type Html, html, trusted } from './html.ts'
import { type IconName, icon } from './icons.ts'
import type { Page } from './view.ts'

const NAVIGATION: readonly (readonly [href: string, label: string, icon: IconName])[] = [
  ['/', 'Overview', 'overview'],
  ['/sessions', 'Sessions', 'sessions'],
  ['/vitals', 'Web Vitals', 'vitals'],
  ['/errors', 'Errors', 'errors'],
  ['/metrics', 'Metrics', 'metrics'],
  ['/wire', 'What left the page', 'wire'],
]

const MARK = trusted(
  '<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7.5"/><path d="M2.5 10h3.5l2-4.5 3.5 9 2-4.5h4"/></svg>',
)

/** The whole document around a page's main part. */
export const layout = (
  page: Page,
  { path, nonce, shopUrl }: { path: string; nonce: string; shopUrl: string },
): Html => {
  const current = (href: string) =>
    href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
  return html`${trusted('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · Observe</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/console.css" nonce="${nonce}">
<script type="module" src="/assets/console.js" nonce="${nonce}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="side">
<a class="brand" href="/">${MARK}<span>Observe</span><span class="brand-note">local stack</span></a>
<nav aria-label="Views"><ul>${NAVIGATION.map(
    ([href, label, name]) =>
      html`<li><a class="item" href="${href}" ${current(href) && html`aria-current="page"`}>${icon(name)}<span>${label}</span></a></li>`,
  )}</ul></nav>
<div class="side-foot">
<button type="button" id="live" class="item live" aria-pressed="true" hidden><span class="live-dot"></span><span class="live-label">Live</span></button>
<a class="item" href="${shopUrl}" target="_blank" rel="noreferrer">${icon('external')}<span>Open the shop</span></a>
</div>
</header>
<main id="main" tabindex="-1">
<div class="head"><div>${page.parent && html`<a class="back" href="${page.parent.href}">${page.parent.label}</a>`}<h1>${page.title}</h1></div>${page.actions && html`<div class="actions">${page.actions}</div>`}</div>
${page.body}
</main>
</body>
</html>`
}
