/* The text that the address leads to takes the focus, so that one goes on typing; the buttons do the same without a script. */
(() => {
  const form = document.getElementById('texts')
  if (!form) return
  const row = location.hash.length > 1 && document.getElementById(location.hash.slice(1))
  if (row && row.matches('textarea')) row.focus()
  const next = form.elements.from
  form.addEventListener('focusin', event => { if (event.target.matches('textarea')) next.value = event.target.dataset.number })
  addEventListener('keydown', event => {
    const next = form.querySelector('[data-key="ctrl+enter"]')
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && next && !event.defaultPrevented && !document.querySelector('body.console')) next.click()
  })
  let isSent = false
  form.addEventListener('submit', () => { isSent = true })
  addEventListener('beforeunload', event => {
    if (!isSent && [...form.querySelectorAll('textarea')].some(one => one.value !== one.defaultValue)) event.preventDefault()
  })
})()
