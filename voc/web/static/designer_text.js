/* While somebody writes, the problems beside the draft follow, and lines have numbers. Saving and publishing need no script. */
(() => {
  const form = document.getElementById('designer'), draft = document.getElementById('draft')
  if (!form) return

  const lines = document.createElement('pre'), sheet = draft.parentElement
  lines.className = 'lines code'
  lines.ariaHidden = 'true'
  sheet.prepend(lines)
  sheet.classList.add('numbered')
  let count = 0
  const number = () => {
    const now = draft.value.split('\n').length
    if (now !== count) lines.textContent = Array.from({ length: count = now }, (_, at) => at + 1).join('\n') + '\n\n'
  }
  const follow = () => { lines.scrollTop = draft.scrollTop }
  draft.addEventListener('scroll', follow)
  number()

  /* A problem leads to its line. */
  addEventListener('click', event => {
    const link = event.target.closest?.('[data-line]')
    if (!link) return
    event.preventDefault()
    const before = draft.value.split('\n').slice(0, link.dataset.line - 1), start = before.join('\n').length + (before.length ? 1 : 0)
    draft.focus()
    draft.setSelectionRange(start, (draft.value + '\n').indexOf('\n', start))
    draft.scrollTop = Math.max(0, before.length - 5) * parseFloat(getComputedStyle(draft).lineHeight)
    draft.scrollLeft = 0
    follow()
  })

  if (draft.readOnly) return
  let timer = 0, asked = null
  let sent = 'saved' in form.dataset ? draft.defaultValue : null
  const check = () => {
    asked?.abort()
    const fields = new FormData(form)
    fields.set('deed', 'check')
    asked = new XMLHttpRequest()
    asked.open('POST', form.action)
    asked.responseType = 'document'
    asked.onload = () => {
      const fresh = asked.response?.getElementById('problems')
      if (fresh) document.getElementById('problems').replaceChildren(...fresh.childNodes)
    }
    asked.send(new URLSearchParams(fields))
  }
  draft.addEventListener('input', () => {
    number()
    document.getElementById('stand').textContent = form.dataset.unsaved
    clearTimeout(timer)
    timer = setTimeout(check, 500)
  })
  form.addEventListener('submit', () => { sent = draft.value })
  addEventListener('beforeunload', event => { if (draft.value !== sent) event.preventDefault() })
})()
