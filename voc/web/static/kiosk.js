/* A kiosk that goes on without a network. Without this script the page asks screen by screen, online.
   An answer is a record in IndexedDB from its first screen on: open, then ready, then gone once we have it, or refused and kept. */
(async () => {
  const root = document.getElementById('kiosk')
  const plan = root?.dataset.kiosk && JSON.parse(root.dataset.kiosk)
  if (!plan || !window.indexedDB || !crypto.randomUUID && !crypto.getRandomValues) return
  const IDLE = 30, WARNED = 10, THANKS = 8, HOLD = 5, MOST = 2000, TRIES = 5
  const here = location.pathname
  const all = (what, inside = root) => [...inside.querySelectorAll(what)]
  const one = (what, inside = root) => inside.querySelector(what)
  const own = name => localStorage.getItem(here + name) || ''
  const keep = (name, value) => localStorage.setItem(here + name, value)

  const db = await new Promise((found, failed) => {
    const asked = indexedDB.open('voc-kiosk ' + here, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('answers', { keyPath: 'id' })
    asked.onsuccess = () => found(asked.result)
    asked.onerror = () => failed(asked.error)
  }).catch(() => null)
  if (!db) return
  const stored = (mode, run) => new Promise((done, failed) => {
    const work = db.transaction('answers', mode, { durability: 'strict' })
    const asked = run(work.objectStore('answers'))
    work.oncomplete = () => done(asked.result)
    work.onabort = () => failed(work.error)
  })
  const put = answer => stored('readwrite', store => store.put(answer))
  const drop = id => stored('readwrite', store => store.delete(id))
  const kept = () => stored('readonly', store => store.getAll())

  let answer, path, language, shut, idle = performance.now(), since = 0, held, size = 50, reload = false, busy = false, wrongs = 0, barred = 0
  const form = () => document.getElementById('survey')
  const fields = () => [...new FormData(form())].filter(([name, value]) => /^[a-z]/.test(name) && value)
  const newId = () => crypto.randomUUID?.() || '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, c =>
    (+c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> +c / 4).toString(16))

  /* The way of these answers, as voc/surveys/kiosk.py describes it. */
  const way = () => {
    const given = new FormData(form()), counted = {}, screens = []
    const has = (number, list) => plan.tables[number][list].includes(JSON.stringify(plan.tables[number].reads.map(name => counted[name] || [])))
    const met = number => has(number, 'met')
    for (const stop of plan.stops) {
      if (!stop.when.every(number => met(number) || has(number, 'unsure'))) continue
      if ('end' in stop) { if (met(stop.end)) break } else if (stop.names) {
        screens.push(stop.id)
        for (const name of stop.names) {
          const values = given.getAll(name).filter(Boolean)
          if (values.length) counted[name] = values
        }
      } else if (stop.value) counted[stop.id] = [stop.value]
    }
    return { screens, end: plan.ends.find(([, when]) => when.every(met))[0] }
  }

  const screen = id => all('[data-screen]').find(part => part.dataset.screen === id)
  const labels = () => {
    const { screens } = way()
    const go = one('.go', form())
    go.textContent = screens.at(-1) === path.at(-1) ? go.dataset.send : go.dataset.next
    one('[data-back]').hidden = path.length < 2
  }
  const reveal = part => {
    for (const other of all('[data-screen],[data-end],[data-shut]')) other.hidden = other !== part
    one('.deeds', form()).hidden = !part.dataset.screen
    scrollTo(0, 0)
    const head = one('h1', part)
    head.tabIndex = -1
    head.focus({ preventScroll: true })
    document.title = head.textContent + ' – ' + one('[data-corner]').textContent
  }
  const ask = id => {
    path.push(id)
    labels()
    reveal(screen(id))
  }
  const dress = (spoken, given = []) => {
    const template = all('template[data-language]', document).find(one => one.dataset.language === spoken)
    language = spoken
    document.documentElement.lang = spoken
    document.documentElement.dir = template.dataset.direction
    root.replaceChildren(template.content.cloneNode(true))
    for (const field of form().elements) {
      const takes = value => /radio|checkbox/.test(field.type) ? value === field.value : !field.options || [...field.options].some(one => one.value === value)
      const at = given.findIndex(([name, value]) => name === field.name && takes(value))
      if (at < 0) continue
      if (/radio|checkbox/.test(field.type)) field.checked = true
      else field.value = given.splice(at, 1)[0][1]
    }
    bind()
  }
  const start = async () => {
    if (reload) return location.reload()
    answer = null
    since = 0
    path = []
    const wish = own('language')
    dress(plan.languages.includes(wish) ? wish : plan.language)
    shut = plan.closed ? 'closed' : own('paused') ? 'paused' : (await kept()).length >= MOST ? 'full' : ''
    if (shut) reveal(one(`[data-shut=${shut}]`))
    else ask(way().screens[0])
  }
  /* The same screen in another language; after the thanks the first one, for whoever comes next. */
  const speak = async spoken => {
    if (since) await start()
    const at = path.pop()
    dress(spoken, fields())
    if (shut) reveal(one(`[data-shut=${shut}]`))
    else ask(at)
  }

  const number = text => parseFloat(text.replace(',', '.'))
  const fails = ({ kind, names, limit }, given) => {
    const texts = names.flatMap(name => given.getAll(name)).filter(text => text.trim())
    if (kind === 'needs') return !texts.length
    if (!texts.length) return false
    if (kind === 'least') return texts.length < limit
    if (kind === 'most') return texts.length > limit
    if (kind === 'low') return texts.some(text => !(number(text) >= limit))
    if (kind === 'high') return texts.some(text => !(number(text) <= limit))
    if (kind === 'shortest') return texts.some(text => text.trim().length < limit)
    if (kind === 'longest') return texts.some(text => text.trim().length > limit)
    return Math.abs(texts.reduce((sum, text) => sum + number(text), 0) - limit) > 1e-6
  }
  const blame = (part, message) => {
    one('.kiosk-fault', part)?.remove()
    const group = one('fieldset, .q', part)
    const field = one('input, textarea, select', part)
    for (const marked of new Set([group, field])) marked?.toggleAttribute('aria-invalid', false)
    if (!message) return
    const said = Object.assign(document.createElement('p'), { className: 'fault kiosk-fault', id: 'kiosk-fault', textContent: message })
    said.role = 'alert'
    one('.q', part).prepend(said)
    const about = group.getAttribute('role') === 'radiogroup' ? group : field
    about.setAttribute('aria-invalid', 'true')
    about.setAttribute('aria-describedby', 'kiosk-fault')
    field.focus()
  }
  const save = (state, left = false) => {
    answer ||= { id: newId(), number: plan.number }
    Object.assign(answer, { state, left, language, fields: fields(), at: Date.now() })
    return put(answer)
  }
  const go = async () => {
    const part = screen(path.at(-1)), given = new FormData(form())
    const wrong = JSON.parse(part.dataset.checks).find(check => fails(check, given))
    blame(part, wrong && wrong.say.replace('…', +wrong.names.reduce((sum, name) => sum + (number(given.get(name) || '') || 0), 0).toFixed(6)))
    if (wrong) return
    const { screens } = way(), next = screens[screens.indexOf(path.at(-1)) + 1]
    if (next) {
      await save('open')
      return ask(next)
    }
    if (busy) return
    busy = true
    try { await finish() } finally { busy = false }
  }
  const finish = async () => {
    await save('ready')
    const { id } = answer
    const told = await Promise.race([Promise.resolve(syncing).then(sync), new Promise(late => setTimeout(late, 3000))])
    const refused = told?.find(result => result.id === id && !result.taken)
    const wrong = refused && way().screens.find(one => plan.stops.find(stop => stop.id === one).names.some(name => refused.faults[name]))
    if (wrong) {
      path = way().screens.slice(0, way().screens.indexOf(wrong))
      ask(wrong)
      await save('open')
      return blame(screen(wrong), plan.stops.find(stop => stop.id === wrong).names.map(name => refused.faults[name]).find(Boolean))
    }
    since = performance.now()
    reveal(all('[data-end]').find(part => part.dataset.end === way().end))
  }
  /* Whoever goes away has said what they said. */
  const leave = async () => {
    if (answer || fields().length) {
      await save('ready', true)
      sync()
    }
    start()
  }

  let syncing
  const sync = () => syncing ||= send().catch(() => []).finally(() => { syncing = null })
  const send = async () => {
    const told = []
    for (;;) {
      const answers = await kept(), ready = answers.filter(one => one.state === 'ready'), batch = ready.slice(0, size)
      const response = await fetch(here + '/answers', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          now: Date.now(),
          waiting: answers.filter(one => one.state !== 'open').length - batch.length,
          answers: batch.map(({ id, number, language, at, left, fields }) => ({ id, number, language, at, left, fields })),
        }),
        signal: AbortSignal.timeout(20000),
      })
      if (response.status === 413 && batch.length > 1) { size = batch.length >> 1; continue }
      if (!response.ok) return told
      const { results, plan: now } = await response.json()
      for (const [at, result] of results.entries()) {
        if (result.taken) await drop(batch[at].id)
        else await put({ ...batch[at], state: 'refused', why: [result.why, ...Object.values(result.faults)].join(' ') })
      }
      told.push(...results)
      keep('sent', new Date().toISOString())
      reload = now.join() !== [!plan.closed, plan.number, plan.pin].join()
      if (ready.length <= batch.length || !batch.length) return told
    }
  }
  /* What a tab had not finished when it was closed was left by somebody. */
  const recover = async () => {
    for (const found of await kept()) if (found.state === 'open') await put({ ...found, state: 'ready', left: true })
    sync()
  }

  const opens = async code => {
    if (!crypto.subtle) {
      const response = await fetch(here + '/code', { method: 'POST', body: JSON.stringify({ pin: code }) })
      return response.ok && (await response.json()).opens
    }
    const [rounds, salt, hash] = plan.pin.split('$')
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, ['deriveBits'])
    const bits = await crypto.subtle.deriveBits(
      { name: 'PBKDF2', hash: 'SHA-256', salt: Uint8Array.from(atob(salt), c => c.charCodeAt(0)), iterations: +rounds }, key, 256)
    return btoa(String.fromCharCode(...new Uint8Array(bits))) === hash
  }
  const counts = async () => {
    const answers = await kept(), refused = answers.filter(one => one.state === 'refused')
    one('[data-waiting]').textContent = answers.filter(one => one.state === 'ready').length
    one('[data-refused]').textContent = refused.length
    if (own('sent')) one('[data-sent]').textContent = new Date(own('sent')).toLocaleString(language)
    one('[data-why]').replaceChildren(...refused.slice(0, 5).map(one => Object.assign(document.createElement('li'), { textContent: one.why })))
    one('[data-fit]').hidden = !refused.length
    const pause = one('[data-pause]')
    pause.textContent = own('paused') ? pause.dataset.go : pause.dataset.stop
  }
  const unlock = async event => {
    event.preventDefault()
    const staff = one('[data-staff]'), fault = one('#pin-fault'), pin = one('#pin')
    if (performance.now() < barred) return void (fault.textContent = staff.dataset.wait)
    const isRight = await opens(pin.value).catch(() => false)
    pin.value = ''
    wrongs = isRight ? 0 : wrongs + 1
    if (wrongs >= TRIES) [wrongs, barred] = [0, performance.now() + 60000]
    fault.textContent = isRight ? '' : staff.dataset.wrong
    if (!isRight) return pin.focus()
    one('[data-lock]').hidden = true
    one('[data-inside]').hidden = false
    await counts()
    one('[data-sync]').focus()
  }
  const again = async fitting => {
    for (const found of await kept()) {
      if (found.state === 'refused') await put({ ...found, state: 'ready', left: found.left || fitting })
    }
    await sync()
    await counts()
    const said = one('[data-said]')
    said.textContent = (await kept()).some(one => one.state !== 'open') ? said.dataset.failed : said.dataset.done
  }

  const bind = () => {
    const corner = one('[data-corner]'), staff = one('[data-staff]')
    const hold = event => {
      if (held || event.type === 'keydown' && !/^( |Enter)$/.test(event.key)) return
      held = setTimeout(() => { staff.showModal(); one('#pin').focus() }, HOLD * 1000)
    }
    const release = () => { clearTimeout(held); held = 0 }
    for (const type of ['pointerdown', 'keydown']) corner.addEventListener(type, hold)
    for (const type of ['pointerup', 'pointerleave', 'pointercancel', 'keyup', 'blur']) corner.addEventListener(type, release)
    corner.addEventListener('contextmenu', event => event.preventDefault())
    for (const button of all('[data-tongue]')) button.onclick = () => speak(button.dataset.tongue)
    form().addEventListener('submit', event => { event.preventDefault(); go() })
    form().addEventListener('input', labels)
    one('[data-back]').onclick = () => { path.pop(); ask(path.pop()) }
    for (const button of all('[data-start]')) button.onclick = start
    one('[data-stay]').onclick = () => one('[data-still]').close()
    one('[data-lock]').addEventListener('submit', unlock)
    for (const button of all('[data-shut-corner]')) button.onclick = () => { staff.close(); start() }
    one('[data-sync]').onclick = () => again(false)
    one('[data-fit]').onclick = () => again(true)
    one('[data-pause]').onclick = () => { keep('paused', own('paused') ? '' : 'yes'); counts() }
    for (const wish of all('[name=_begins_in]')) {
      wish.checked = wish.value === (own('language') || plan.language)
      wish.onchange = () => keep('language', wish.value)
    }
  }

  const alive = () => {
    idle = performance.now()
    one('[data-still]')?.close()
  }
  for (const type of ['pointerdown', 'keydown', 'input']) addEventListener(type, alive, { capture: true, passive: true })
  const tick = () => {
    const now = performance.now(), gone = (now - idle) / 1000, still = one('[data-still]')
    if (since) return now - since > THANKS * 1000 ? start() : undefined
    if (one('[data-staff]').open) return gone > 120 ? (one('[data-staff]').close(), start()) : undefined
    if (!answer && path.length < 2 && !fields().length && language === (own('language') || plan.language)) return reload && gone > 5 ? start() : undefined
    if (gone >= IDLE) { still.close(); return leave() }
    if (gone < WARNED || !path.length) return
    if (!still.open) still.showModal()
    one('output', still).textContent = Math.ceil(IDLE - gone)
  }

  await start()
  setInterval(tick, 500)
  setInterval(sync, 60000)
  addEventListener('online', sync)
  if (navigator.locks) navigator.locks.request(here, { ifAvailable: true }, lock => lock && recover().then(() => new Promise(() => {})))
  else recover()
  const awake = () => { if (document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(() => {}) }
  document.addEventListener('visibilitychange', awake)
  awake()
  navigator.storage?.persist?.()
  const address = here + '/worker.js'
  const policy = window.trustedTypes?.createPolicy('voc-kiosk', { createScriptURL: () => address })
  navigator.serviceWorker?.register(policy ? policy.createScriptURL(address) : address, { scope: here })
})()
