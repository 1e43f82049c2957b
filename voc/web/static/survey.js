/* Extras for a survey page; it works the same without them. */
(() => {
  const form = document.getElementById('survey')
  const kept = 'voc' + location.pathname.split('/').slice(0, 3).join('/')
  if (!form) {
    if (document.querySelector('[data-sent]')) localStorage.removeItem(kept)
    return
  }
  document.getElementById('faults')?.focus()
  const typed = 'textarea, [type=text], [type=tel]'
  let words = {}
  try { words = JSON.parse(localStorage.getItem(kept)) || {} } catch { /* nothing usable is kept */ }
  for (const field of form.querySelectorAll(typed)) if (!field.value && words[field.name]) field.value = words[field.name]
  form.addEventListener('input', event => {
    if (!event.target.matches(typed)) return
    words[event.target.name] = event.target.value
    try { localStorage.setItem(kept, JSON.stringify(words)) } catch { /* the device keeps nothing */ }
  })
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
  })
  addEventListener('pageshow', () => { sent = 0 })
})()
