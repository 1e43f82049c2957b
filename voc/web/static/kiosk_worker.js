// Keeps the page of one kiosk and its two files, newest first, for when there is no network. FILES stands above.
const STORE = 'voc-kiosk ' + self.registration.scope
const PAGE = self.registration.scope

self.addEventListener('install', event => {
  self.skipWaiting()
  event.waitUntil(caches.open(STORE).then(store => store.addAll([PAGE, ...FILES])))
})

self.addEventListener('activate', event => {
  const old = async () => {
    const store = await caches.open(STORE)
    const kept = new Set([PAGE, ...FILES].map(one => new URL(one, PAGE).href))
    for (const request of await store.keys()) if (!kept.has(request.url)) await store.delete(request)
    await self.clients.claim()
  }
  event.waitUntil(old())
})

self.addEventListener('fetch', event => {
  const { request } = event
  const isPage = request.mode === 'navigate' && request.url === PAGE
  if (request.method === 'GET' && (isPage || FILES.includes(new URL(request.url).pathname))) event.respondWith(answer(request, isPage))
})

async function answer(request, isPage) {
  const store = await caches.open(STORE)
  const kept = await store.match(isPage ? PAGE : request.url)
  if (kept && !isPage) return kept
  try {
    const found = await fetch(request, { signal: AbortSignal.timeout(kept ? 5000 : 60000) })
    if (isPage && (found.status === 200 || found.status === 410)) await store.put(PAGE, found.clone())
    return isPage && kept && found.status >= 500 ? kept : found
  } catch (error) {
    if (kept) return kept
    throw error
  }
}
