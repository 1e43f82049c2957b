/* Extras for the designer; every button works the same without them. A box is saved when one leaves it; whatever else is
   pressed or followed waits until it is. What is typed is kept on the device until the server has it. Others are told where
   one is, and what they do is told here. Ctrl+Z and Ctrl+Shift+Z undo and redo, Alt+Up and Alt+Down move, Ctrl+Enter goes to
   "Add below". */
(() => {
  const $ = id => document.getElementById(id)
  const form = () => $('edit')
  const at = () => form()?.elements.at.value ?? ''
  const home = location.pathname.replace(/\/(edit|publish|key|brand)$/, '')
  const CARRIED = ['revision', 'at', 'seen', 'languages']
  const waiting = new Set()
  let isSaving = false, isLost = false, after = null

  const tell = (state, text) => { const line = $('saved'); if (line) { line.dataset.state = state; line.textContent = text } }
  const now = () => new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' }).format()
  const ask = (method, address, body, done, failed) => {
    const asked = new XMLHttpRequest()
    asked.open(method, address)
    asked.responseType = 'document'
    asked.onload = () => done(asked)
    asked.onerror = asked.ontimeout = failed
    asked.send(body)
  }

  /* What is typed is kept on the device: a line for each panel, sent as it is once there is somebody to send it to */
  const mine = () => `voc draft ${form()?.dataset.whose} ${home} `
  const keep = () => {
    const sent = form(), names = [...waiting]
    if (!names.length) return forget(at())
    try { localStorage.setItem(mine() + at(), String(bodyOf(sent, names))) } catch { /* a full or closed store keeps nothing */ }
  }
  const forget = place => localStorage.removeItem(mine() + place)
  const kept = () => Object.keys(localStorage).filter(key => key.startsWith(mine())).map(key => [key.slice(mine().length), localStorage.getItem(key)])
  function bodyOf(sent, names) {
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(sent)) if (names.includes(name) || CARRIED.includes(name)) body.append(name, value)
    return body
  }
  function bringBack() {
    if (!form() || $('faults') || $('sure') || isSaving) return
    for (const [place, text] of kept()) place === at() ? refill(new URLSearchParams(text)) : sendLater(place, text)
  }
  function refill(typed) {
    for (const name of new Set(typed.keys())) {
      if (CARRIED.includes(name)) { const box = form().elements[name]; if (box) box.value = typed.get(name); continue }
      const boxes = [...document.getElementsByName(name)].filter(one => one.form === form() && one.type !== 'hidden')
      for (const box of boxes) if (box.type === 'checkbox') box.checked = typed.getAll(name).includes(box.value); else box.value = typed.get(name)
      if (boxes.length && !('manual' in boxes[0].dataset)) waiting.add(name)
    }
    save()
  }
  function sendLater(place, text) {
    const body = new URLSearchParams(text)
    for (const name of [...body.keys()]) if (name.startsWith('add/') || name === 'kind') body.delete(name)
    body.append('deed', 'save')
    ask('POST', form().getAttribute('action'), body, asked => {
      if (asked.status < 400) return forget(place)
      const line = $('kept'), link = document.createElement('a')
      link.href = `${home}?at=${encodeURIComponent(place)}`
      link.textContent = place
      line.replaceChildren(line.dataset.said, ' ', link)
      line.hidden = false
    }, () => {})
  }
  addEventListener('input', event => {
    const box = event.target
    if (!box.name || box.form !== form() || ['page', 'place', 'to_kind'].includes(box.name)) return
    if (waiting.has(box.name)) return keep()
    waiting.add(box.name)
    keep()
    waiting.delete(box.name)
  })
  addEventListener('click', event => { if (event.target.closest?.('[data-forget]')) { waiting.clear(); forget(at()) } }, true)

  /* Leaving a box saves it */
  addEventListener('change', event => {
    const box = event.target
    if (!box.name || box.form !== form() || 'manual' in box.dataset || ['page', 'place', 'to_kind'].includes(box.name)) return
    waiting.add(box.name)
    keep()
    save()
  })

  function save() {
    const sent = form()
    if (isSaving || !waiting.size || !sent) return
    const names = [...waiting], body = bodyOf(sent, names)
    waiting.clear()
    body.append('deed', 'save')
    isSaving = true
    tell('saving', sent.dataset.saving)
    ask('POST', sent.getAttribute('action'), body, asked => { isSaving = isLost = false; take(asked) }, () => {
      isSaving = false
      isLost = true
      after = null
      for (const name of names) waiting.add(name)
      keep()
      tell('lost', sent.dataset.lost)
    })
  }

  function take(asked) {
    const fresh = asked.response?.getElementById('edit')
    if (!fresh) { after = null; return location.assign(asked.responseURL) }
    if (asked.status >= 400 || fresh.elements.at.value !== at()) return instead(asked)
    for (const name of ['revision', 'seen']) for (const one of document.getElementsByName(name)) {
      if (one.type === 'hidden') one.value = fresh.elements[name].value
    }
    for (const id of ['problems', 'list', 'others']) {
      const old = $(id), come = asked.response.getElementById(id)
      if (!old || !come || old.contains(document.activeElement)) continue
      const top = old.scrollTop
      if (id === 'problems') come.open = old.open
      old.replaceWith(document.adoptNode(come))
      $(id).scrollTop = top
    }
    keep()
    showChosen()
    tell('saved', `${form().dataset.saved} ${now()}`)
    if (waiting.size) return save()
    const then = after
    after = null
    then?.()
  }

  /* A colleague was faster, or the name is new: the page as it came takes the place of this one */
  function instead(asked) {
    after = null
    waiting.clear()
    if (asked.status < 400) forget(at())
    $('page').replaceWith(document.adoptNode(asked.response.getElementById('page')))
    document.title = asked.response.title
    if (asked.status < 400) history.replaceState({}, '', asked.responseURL)
    showChosen()
    if (asked.status < 400) tell('saved', `${form().dataset.saved} ${now()}`)
    else ($('faults') || $('sure'))?.focus()
  }
  addEventListener('online', () => isLost ? save() : bringBack())
  setInterval(() => isLost && save(), 10000)

  /* Whatever comes after a box that is being saved waits for it */
  const isBusy = () => isSaving || waiting.size > 0
  addEventListener('submit', event => {
    if (!isBusy() || isLost || !$('page').contains(event.target)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { target, submitter } = event
    after = () => target.requestSubmit(submitter?.isConnected ? submitter : null)
  }, true)
  let sentFrom = null
  addEventListener('submit', event => {
    if (event.target !== form()) return
    waiting.clear()
    sentFrom = at()
  }, true)
  addEventListener('click', event => {
    const link = event.target.closest?.('a[href]')
    if (!link || !isBusy() || isLost || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
    event.preventDefault()
    event.stopImmediatePropagation()
    after = () => link.isConnected ? link.click() : location.assign(link.href)
  }, true)

  /* Others: what they do is told, never pushed under a hand; where one is, they are told every twenty seconds */
  let isAsking = false, isAskedAgain = false
  function hearNews() {
    if (isAsking) { isAskedAgain = true; return }
    if (!form() || isSaving) return void setTimeout(hearNews, 500)
    isAsking = true
    const asked = new URLSearchParams({ since: form().elements.revision.value, at: at(), locked: $('locked') ? 1 : '' })
    const ended = () => { isAsking = false; if (isAskedAgain) { isAskedAgain = false; hearNews() } }
    ask('GET', `${home}/news?${asked}`, null, answer => {
      const come = answer.response?.getElementById('others'), old = $('others')
      if (come && old && !old.contains(document.activeElement) && come.textContent !== old.textContent) old.replaceChildren(...come.childNodes)
      ended()
    }, ended)
  }
  addEventListener('told', event => { if ($('others')) { event.preventDefault(); hearNews() } })
  const here = more => new URLSearchParams({ at: at(), ...more })
  const isEditor = () => form() && $('save') || $('locked')
  function tellWhere() { if (isEditor() && !document.hidden) ask('POST', `${home}/here`, here(), () => {}, () => {}) }
  setInterval(tellWhere, 20000)
  addEventListener('pagehide', () => { if (isEditor()) navigator.sendBeacon(`${home}/here`, here({ left: 1 })) })

  /* Keys */
  const isTyping = box => box.matches('textarea, input:not([type=checkbox], [type=radio], [type=hidden])') && box.value !== box.dataset.kept
  addEventListener('focusin', event => { if ('value' in event.target) event.target.dataset.kept = event.target.value })
  addEventListener('change', event => { if ('value' in event.target) event.target.dataset.kept = event.target.value })
  addEventListener('keydown', event => {
    const { key, target } = event, isCommand = event.ctrlKey || event.metaKey
    if (!form() || !target.matches) return
    let wanted = null
    if (isCommand && key.toLowerCase() === 'z' && !isTyping(target)) wanted = $(event.shiftKey ? 'redo' : 'undo')
    else if (event.altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      const step = key === 'ArrowUp' ? 'up' : 'down', item = target.closest('[data-item]')
      wanted = item ? item.querySelector(`[data-step=${step}]`) : $(step)
    } else if (isCommand && key === 'Enter' && $('add')) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return $('add').focus()
    }
    if (!wanted || wanted.disabled) return
    event.preventDefault()
    target.blur()
    wanted.click()
    target.focus()
  }, true)

  function showChosen() {
    const list = $('list'), chosen = list?.querySelector('[aria-current]')
    if (chosen && list.scrollHeight > list.clientHeight) list.scrollTop = chosen.offsetTop - list.clientHeight / 2
  }
  function begin() {
    if (sentFrom !== null && !$('faults') && !$('sure')) forget(sentFrom)
    sentFrom = null
    showChosen()
    bringBack()
    tellWhere()
  }
  addEventListener('turned', begin)
  begin()
})()
