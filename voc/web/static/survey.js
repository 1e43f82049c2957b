/* Extras for a survey page; it works the same without them. */
(() => {
  const form = document.getElementById('survey')
  const kept = 'voc' + location.pathname.split('/').slice(0, 3).join('/')
  const SENT = 'voc/o'
  try { if (!kept.startsWith('voc/o/')) sessionStorage.removeItem(SENT) } catch { /* nothing is kept */ }
  if (!form) {
    if (document.querySelector('[data-sent]')) localStorage.removeItem(kept)
    return
  }
  const all = (what, inside = form) => inside.querySelectorAll(what)
  const made = (tag, facts) => Object.assign(document.createElement(tag), facts)
  document.getElementById('faults')?.focus()

  let draft = {}
  // A link that many share: what was sent is kept in this tab until it arrived, and on the device only that something was.
  const device = form.elements._device
  try {
    draft = JSON.parse(localStorage.getItem(kept)) || {}
    if (device && draft._sent) {
      const lost = sessionStorage.getItem(SENT)
      draft = lost ? JSON.parse(lost) : { _sent: device.value = 1 }
    }
  } catch { /* nothing usable is kept */ }
  const ticked = field => field.type === 'radio' || field.type === 'checkbox'
  // A preview keeps nothing, on this device neither.
  const mine = kept.startsWith('voc/p/') ? [] : [...form.elements].filter(field => /^[a-z]/.test(field.name) && !/file|hidden/.test(field.type))
  for (const [name, values] of Object.entries(draft)) {
    const fields = mine.filter(field => field.name === name)
    if (fields.some(field => ticked(field) ? field.checked : field.value)) continue
    fields.forEach((field, at) => ticked(field) ? field.checked = values.includes(field.value) : field.value = values[at] ?? '')
  }
  form.addEventListener('input', () => {
    const now = new FormData(form)
    for (const { name } of mine) draft[name] = now.getAll(name)
    try { localStorage.setItem(kept, JSON.stringify(draft)) } catch { /* the device keeps nothing */ }
  })

  const number = text => parseFloat(text.replace(',', '.')) || 0
  for (const sum of all('.sum')) {
    const amounts = all('.amount input', sum.parentElement)
    const add = () => { all('output', sum)[0].value = +[...amounts].reduce((so, one) => so + number(one.value), 0).toFixed(6) }
    sum.hidden = false
    sum.parentElement.addEventListener('input', add)
    add()
  }
  for (const field of all('[data-low]')) {
    const { low, high, step } = field.dataset
    const range = made('input', { type: 'range', min: low, max: high, step, value: field.value.replace(',', '.') })
    const label = field.labels[0]
    label.id ||= field.id + '-label'
    range.setAttribute('aria-labelledby', label.id)
    range.oninput = () => { field.value = range.value; field.dispatchEvent(new Event('input', { bubbles: true })) }
    field.addEventListener('input', () => { range.value = number(field.value) })
    field.closest('.slide').prepend(range)
  }
  for (const places of all('.places')) {
    const move = (item, by) => {
      const other = by < 0 ? item.previousElementSibling : item.nextElementSibling
      if (other) by < 0 ? other.before(item) : other.after(item)
      all('select', places).forEach((place, at) => { place.selectedIndex = at + 1 < place.length ? at + 1 : 0 })
    }
    for (const item of all('li', places)) {
      for (const [key, sign, by] of [['up', '↑', -1], ['down', '↓', 1]]) {
        const button = made('button', { type: 'button', className: 'button quiet', textContent: sign })
        button.setAttribute('aria-label', places.dataset[key] + ': ' + item.firstElementChild.textContent)
        button.onclick = () => { move(item, by); button.focus() }
        item.append(button)
      }
    }
  }

  let sent = 0
  form.addEventListener('submit', event => {
    if (Date.now() - sent < 8000) return event.preventDefault()
    if (!navigator.onLine) {
      event.preventDefault()
      document.getElementById('offline').hidden = false
      const button = event.submitter
      addEventListener('online', () => form.requestSubmit(button), { once: true })
      return
    }
    sent = Date.now()
    if (!device || event.submitter?.value !== 'next') return
    try {
      sessionStorage.setItem(SENT, JSON.stringify(draft))
      localStorage.setItem(kept, '{"_sent":1}')
    } catch { /* the device keeps nothing */ }
  })
  addEventListener('pageshow', () => { sent = 0 })
})()
