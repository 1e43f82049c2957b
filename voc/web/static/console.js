/* Extras for console pages; every page works the same without them.
   data-swap="ID" on a link or form: the element ID of the answer takes the place of the one here, and the address follows.
   data-key="t" on a link, button or field: pressed (or focused) by that key, in the chosen row or else on the page.
   [data-rows] > *: rows that j and k walk; [data-id] names the thing of a row, [data-owner] in it whose it is.
   #page[data-live]: the address of a stream of changes with the variables data-given, resumed after data-after; they are
   announced in #news (of data-only, the ids that concern it), unless a script of the page takes the event `told` to itself.
   Whenever the page is another one, `turned` is told to the window.
   textarea[data-keep]: what was typed stays with the tab until it is sent. time[data-away]: counted anew each minute. */
(() => {
  const $ = (selector, inside = document) => inside.querySelector(selector)
  const page = () => document.getElementById('page')
  const keysAreOff = () => localStorage.getItem('voc-keys') === 'off'

  /* A document that came as an answer runs nothing and needs no policy for markup. */
  const ask = (method, address, body) => new Promise((done, fail) => {
    const asked = new XMLHttpRequest()
    asked.open(method, address)
    asked.responseType = 'document'
    asked.onload = () => done(asked)
    asked.onerror = asked.ontimeout = fail
    asked.send(body)
  })

  async function swap(id, method, address, body) {
    const old = document.getElementById(id)
    if (old.ariaBusy === 'true') return
    const focused = document.activeElement, row = rowOf(focused), place = row ? rows().indexOf(row) : -1
    old.ariaBusy = 'true'
    let answer
    try { answer = await ask(method, address, body) } catch { old.ariaBusy = 'false'; return say(page().querySelector('#news')?.dataset.lost) }
    const fresh = answer.response?.getElementById(id)
    if (!fresh) return location.assign(answer.responseURL)
    if (answer.status < 400 && method === 'POST') forgetTyped(old)
    document.title = answer.response.title
    document.documentElement.lang = answer.response.documentElement.lang
    const before = location.pathname
    if (answer.responseURL !== location.href) history.pushState({}, '', answer.responseURL)
    old.replaceWith(document.adoptNode(fresh))
    if (before !== location.pathname) scrollTo(0, 0)
    refocus(fresh, focused.id, place, before !== location.pathname)
    begin()
  }

  function refocus(fresh, id, place, isElsewhere) {
    const wanted = $('[autofocus]', fresh) || (id && document.getElementById(id)) || openerOf(rows()[Math.min(place, rows().length - 1)])
    if (wanted) wanted.focus({ preventScroll: !isElsewhere })
    else if (isElsewhere || !document.contains(document.activeElement) || document.activeElement === document.body) page().focus({ preventScroll: true })
  }

  addEventListener('click', event => {
    const link = event.target.closest?.('a[data-swap]')
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault()
      swap(link.dataset.swap, 'GET', link.href)
    }
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false
  })

  addEventListener('submit', event => {
    const form = event.target, button = event.submitter
    if (!form.dataset.swap) return
    event.preventDefault()
    const sent = new URLSearchParams(new FormData(form, button)), address = button?.getAttribute('formaction') || form.action
    if ((button?.getAttribute('formmethod') || form.method) === 'post') swap(form.dataset.swap, 'POST', address, sent)
    else swap(form.dataset.swap, 'GET', `${address.split('?')[0]}?${new URLSearchParams([...sent].filter(pair => pair[1]))}`)
  })
  addEventListener('popstate', () => swap('page', 'GET', location.href))

  /* Rows and keys */
  const rows = () => [...document.querySelectorAll('[data-rows] > *')]
  const rowOf = element => element?.closest?.('[data-rows] > *')
  const openerOf = row => row && ($('[data-open]', row) || $('a', row))
  function walk(from, step) {
    const all = rows(), at = all.indexOf(from)
    openerOf(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)])?.focus()
  }
  const press = found => found && (found.matches('input:not([type=checkbox]), textarea, select') ? found.focus() : found.click())
  const keyed = (key, inside) => [...inside.querySelectorAll('[data-key]')].find(one => one.dataset.key === key && one.getClientRects().length)

  let wentAt = 0
  addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return press(keyed('ctrl+enter', event.target.form || page()))
    if (event.key === 'Escape') return closeMenu(event.target)
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keysAreOff() || $('dialog[open]')) return
    if (event.target.matches('textarea, select, input:not([type=checkbox], [type=radio])')) return
    const row = rowOf(event.target), key = event.key
    const goes = Date.now() - wentAt < 1500
    wentAt = key === 'g' ? Date.now() : 0
    if (goes && key !== 'g') return act(event, $(`[data-go="${CSS.escape(key)}"]`))
    if (key === 'j' || key === 'k') { event.preventDefault(); return walk(row, key === 'j' ? 1 : -1) }
    if (key === '?') { event.preventDefault(); return showKeys() }
    if (key.length === 1) {
      const found = (row && keyed(key, row)) || keyed(key, document)
      if (found && (row || !rowOf(found))) act(event, found)
    }
  })
  function act(event, found) {
    if (!found) return
    event.preventDefault()
    press(found)
  }
  function closeMenu(target) {
    const menu = target.closest?.('details.menu[open]')
    if (menu) { menu.open = false; $('summary', menu).focus() }
  }
  async function showKeys() {
    const answer = await ask('GET', '/console/keys').catch(() => null), list = answer?.response?.getElementById('keys')
    if (!list) return
    const dialog = document.createElement('dialog')
    dialog.setAttribute('aria-labelledby', 'keys-heading')
    dialog.append(document.adoptNode(list))
    document.body.append(dialog)
    dialog.addEventListener('close', () => dialog.remove())
    begin()
    dialog.showModal()
  }

  /* What was typed stays */
  const kept = field => `voc ${location.pathname} ${field.name}`
  const forgetTyped = inside => { for (const field of inside.querySelectorAll('[data-keep]')) sessionStorage.removeItem(kept(field)) }
  addEventListener('input', event => { if (event.target.matches('[data-keep]')) sessionStorage.setItem(kept(event.target), event.target.value) })

  /* Time goes on */
  const UNITS = [['year', 31536000], ['month', 2592000], ['week', 604800], ['day', 86400], ['hour', 3600], ['minute', 60]]
  function tick() {
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang)
    for (const time of document.querySelectorAll('time[data-away]')) {
      const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000
      const [unit, size] = UNITS.find(one => Math.abs(seconds) >= one[1] * .85) || ['second', 1]
      time.textContent = words.format(Math.round(seconds / size), unit)
      if (seconds < 0) time.closest('[data-due]')?.classList.add('late')
    }
  }
  setInterval(tick, 60000)

  /* Changes by others: announced, never pushed under a hand */
  let source, cursor, changed = new Set(), watched
  function watch() {
    source?.close()
    if (document.hidden || !page()?.dataset.live) return
    const variables = JSON.stringify({ ...JSON.parse(page().dataset.given), after: cursor })
    const stream = source = new EventSource(`${page().dataset.live}&variables=${encodeURIComponent(variables)}`)
    stream.addEventListener('next', event => {
      const told = Object.values(JSON.parse(event.data).data || {})[0]
      if (!told) return
      cursor = told.cursor
      if (!dispatchEvent(new CustomEvent('told', { detail: told, cancelable: true }))) return
      const [, id] = Object.entries(told).find(([name]) => name.endsWith('Id')) || []
      hear(Object.values(told).find(one => one?.id) || { id })
    })
    stream.addEventListener('complete', () => stream.close())
    stream.onerror = () => { stream.close(); setTimeout(() => stream === source && watch(), 2000 + Math.random() * 3000) }
  }
  function hear(thing) {
    const { only } = page().dataset
    if (only && !only.split(' ').includes(thing.id)) return
    changed.add(thing.id)
    const row = rows().find(one => one.dataset.id === thing.id), owner = row && $('[data-owner]', row)
    if (owner && 'assignee' in thing) owner.textContent = thing.assignee?.name ?? owner.dataset.owner
    const news = $('#news')
    say((changed.size === 1 ? news.dataset.one : news.dataset.many.replace(/2/, changed.size)), news.dataset.show)
  }
  function say(text, deed) {
    const news = $('#news'), line = document.createElement('p'), words = document.createElement('span')
    if (!news) return
    words.textContent = text
    line.append(words)
    if (deed) {
      const button = document.createElement('button')
      button.className = 'button plain'
      button.textContent = deed
      button.addEventListener('click', () => swap('page', 'GET', location.href))
      line.append(button)
    }
    news.replaceChildren(line)
  }
  document.addEventListener('visibilitychange', watch)

  function begin() {
    if (page() !== watched) { watched = page(); changed = new Set(); cursor = watched?.dataset.after; watch() }
    for (const field of document.querySelectorAll('[data-keep]')) field.value ||= sessionStorage.getItem(kept(field)) || ''
    const off = document.getElementById('keys-off')
    if (off) { off.closest('[hidden]')?.removeAttribute('hidden'); off.checked = keysAreOff(); off.onchange = () => localStorage.setItem('voc-keys', off.checked ? 'off' : 'on') }
    dispatchEvent(new Event('turned'))
  }
  begin()
  document.getElementById('faults')?.focus()
})()
