/* Names of answers are completed in conditions: textarea[data-complete] holds the id of a list whose options are the names.
   After `answers.`, or at the begin of a name, Down and Up choose, Enter or Tab takes, Escape closes. Typing goes on as ever. */
(() => {
  const MOST = 8
  let box = null, names = [], chosen = -1
  const shown = document.createElement('ul')
  shown.id = 'complete'
  shown.className = 'complete'
  shown.setAttribute('role', 'listbox')
  const wordBefore = field => /(?:answers\.)?[a-z][a-z0-9_]*$|answers\.$/.exec(field.value.slice(0, field.selectionStart))?.[0] ?? ''

  function close() {
    if (!box) return
    for (const name of ['aria-controls', 'aria-activedescendant', 'aria-autocomplete']) box.removeAttribute(name)
    shown.remove()
    box = null
  }
  function open(field) {
    const word = wordBefore(field), known = document.getElementById(field.dataset.complete)
    const all = known ? [...known.options].map(one => one.value) : []
    const bare = word.replace(/^answers\./, '')
    names = word && (word !== bare || bare.length > 1) ? all.filter(one => one.replace(/^answers\./, '').startsWith(bare) && one !== word).slice(0, MOST) : []
    if (!names.length) return close()
    box = field
    chosen = -1
    shown.replaceChildren(...names.map((name, at) => {
      const line = document.createElement('li')
      line.id = `complete-${at}`
      line.setAttribute('role', 'option')
      line.setAttribute('aria-selected', 'false')
      line.textContent = name
      line.addEventListener('pointerdown', event => { event.preventDefault(); take(name) })
      return line
    }))
    shown.setAttribute('aria-label', known.dataset.label)
    field.after(shown)
    for (const [name, value] of [['aria-controls', 'complete'], ['aria-autocomplete', 'list']]) field.setAttribute(name, value)
  }
  function choose(step) {
    chosen = (chosen + step + names.length) % names.length
    ;[...shown.children].forEach((line, at) => line.setAttribute('aria-selected', String(at === chosen)))
    box.setAttribute('aria-activedescendant', `complete-${chosen}`)
    shown.children[chosen].scrollIntoView({ block: 'nearest' })
  }
  function take(name) {
    const field = box, end = field.selectionStart, word = wordBefore(field)
    field.setRangeText(name, end - word.length, end, 'end')
    close()
    field.dispatchEvent(new Event('input', { bubbles: true }))
    close()
  }
  addEventListener('input', event => { if (event.target.matches?.('textarea[data-complete]')) open(event.target) })
  addEventListener('focusout', close)
  addEventListener('keydown', event => {
    if (!box || event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') choose(event.key === 'ArrowDown' ? 1 : -1)
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen >= 0) take(names[chosen])
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
})()
