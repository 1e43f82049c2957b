/* Copying an address, a snippet or a call, and printing; the fields can be selected and pages printed without it. */
(() => {
  const said = document.getElementById('copied')
  for (const button of document.querySelectorAll('[data-copies]')) {
    const field = document.getElementById(button.dataset.copies)
    field.addEventListener('focus', () => field.select())
    button.hidden = false
    button.addEventListener('click', async () => {
      field.focus()
      try { await navigator.clipboard.writeText(field.value) } catch { document.execCommand('copy') }
      if (said) said.textContent = button.dataset.said
    })
  }
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
})()
