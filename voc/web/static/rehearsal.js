// The live path follows each answer: the form is sent as "Show" would send it, and the path of the answer takes the place of the old one.
'use strict'
const form = document.getElementById('survey')
const show = document.getElementById('show')
let asked = null
let wait = 0

const refresh = () => {
  const sent = new FormData(form)
  sent.set('_go', 'look')
  if (asked) asked.abort()
  asked = new XMLHttpRequest()
  asked.open('POST', location.pathname)
  asked.responseType = 'document'
  asked.onload = () => {
    const fresh = asked.response && asked.response.getElementById('path')
    const old = document.getElementById('path')
    if (!fresh || !old) return
    const open = old.querySelector('details') && old.querySelector('details').open
    old.replaceWith(document.adoptNode(fresh))
    if (open && fresh.querySelector('details')) fresh.querySelector('details').open = true
  }
  asked.send(new URLSearchParams(sent))
}

if (form && form.elements._step.value && show) {
  const soon = event => {
    if (!event.target.form || event.target.form !== form || event.target.name.startsWith('walk-')) return
    clearTimeout(wait)
    wait = setTimeout(refresh, 350)
  }
  document.addEventListener('change', soon)
  document.addEventListener('input', soon)
}
