/* Extras for the designer; every button works the same without them. A box is saved when one leaves it; whatever else is
   pressed or followed waits until it is. Ctrl+Z and Ctrl+Shift+Z undo and redo, Alt+Up and Alt+Down move, Ctrl+Enter goes
   to "Add below", and questions can be dragged. */
(() => {
  const $ = id => document.getElementById(id)
  const form = () => $('edit')
  const waiting = new Set()
  let isSaving = false, isLost = false, after = null

  const tell = (state, text) => { const line = $('saved'); if (line) { line.dataset.state = state; line.textContent = text } }
  const now = () => new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' }).format()

  /* Leaving a box saves it */
  addEventListener('change', event => {
    const box = event.target
    if (!box.name || box.form !== form() || 'manual' in box.dataset || ['page', 'place'].includes(box.name)) return
    waiting.add(box.name)
    save()
  })

  function save() {
    const sent = form()
    if (isSaving || !waiting.size || !sent) return
    const names = [...waiting], all = new FormData(sent), body = new URLSearchParams()
    waiting.clear()
    for (const [name, value] of all) if (names.includes(name) || ['revision', 'at', 'seen', 'languages'].includes(name)) body.append(name, value)
    body.append('deed', 'save')
    isSaving = true
    tell('saving', sent.dataset.saving)
    const asked = new XMLHttpRequest()
    asked.open('POST', sent.getAttribute('action'))
    asked.responseType = 'document'
    asked.onload = () => { isSaving = isLost = false; take(asked) }
    asked.onerror = asked.ontimeout = () => {
      isSaving = false
      isLost = true
      after = null
      for (const name of names) waiting.add(name)
      tell('lost', sent.dataset.lost)
    }
    asked.send(body)
  }

  function take(asked) {
    const fresh = asked.response?.getElementById('edit')
    if (!fresh) { after = null; return location.assign(asked.responseURL) }
    if (asked.status >= 400 || fresh.elements.at.value !== form().elements.at.value) return instead(asked)
    for (const name of ['revision', 'seen']) for (const one of document.getElementsByName(name)) {
      const value = fresh.elements[name].value
      if (one.type === 'hidden') one.value = value
    }
    for (const id of ['problems', 'list']) {
      const old = $(id), come = asked.response.getElementById(id), focused = document.activeElement
      if (!old || !come || old.contains(focused)) continue
      const top = old.scrollTop
      if (id === 'problems') come.open = old.open
      old.replaceWith(document.adoptNode(come))
      $(id).scrollTop = top
    }
    begin()
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
    $('page').replaceWith(document.adoptNode(asked.response.getElementById('page')))
    document.title = asked.response.title
    if (asked.status < 400) history.replaceState({}, '', asked.responseURL)
    begin()
    if (asked.status < 400) tell('saved', `${form().dataset.saved} ${now()}`)
    else $('faults')?.focus()
  }
  addEventListener('online', save)
  setInterval(() => isLost && save(), 10000)
  addEventListener('beforeunload', event => { if (isSaving || waiting.size) event.preventDefault() })

  /* Whatever comes after a box that is being saved waits for it */
  const isBusy = () => isSaving || waiting.size > 0
  addEventListener('submit', event => {
    if (!isBusy() || isLost || !$('page').contains(event.target)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { target, submitter } = event
    after = () => target.requestSubmit(submitter?.isConnected ? submitter : null)
  }, true)
  addEventListener('submit', event => {
    if (event.target === form()) waiting.clear()
  }, true)
  addEventListener('click', event => {
    const link = event.target.closest?.('a[href]')
    if (!link || !isBusy() || isLost || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
    event.preventDefault()
    event.stopImmediatePropagation()
    after = () => location.assign(link.href)
  }, true)

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

  /* Dragging */
  let dragged = null
  const dropOf = event => event.target.closest?.('#list [data-drop]')
  addEventListener('dragstart', event => {
    const row = dropOf(event)
    if (row?.dataset.drop.startsWith('questions/') && $('dropped')) { dragged = row.dataset.drop; event.dataTransfer.effectAllowed = 'move' }
  })
  addEventListener('dragover', event => {
    const over = dragged && dropOf(event)
    for (const one of document.querySelectorAll('.over')) one.classList.remove('over')
    if (over) { event.preventDefault(); over.classList.add('over') }
  })
  addEventListener('drop', event => {
    const over = dragged && dropOf(event), send = $('dropped')
    if (!over || over.dataset.drop === dragged) return
    event.preventDefault()
    send.elements.deed.value = `drop:${dragged}`
    send.elements.target.value = over.dataset.drop
    send.requestSubmit()
  })
  addEventListener('dragend', () => { dragged = null; for (const one of document.querySelectorAll('.over')) one.classList.remove('over') })

  function begin() {
    const list = $('list'), chosen = list?.querySelector('[aria-current]')
    if (chosen && list.scrollHeight > list.clientHeight) list.scrollTop = chosen.offsetTop - list.clientHeight / 2
  }
  begin()
})()
