// Names for a condition: those that go on as what was typed before the caret are offered as buttons; pressing one completes it.
'use strict'
const MOST = 30
const box = document.querySelector('textarea[data-complete]')
const offered = document.getElementById('offered')

if (box && offered) {
  const names = Array.from(document.getElementById(box.dataset.complete).options, option => option.value)
  const begun = () => (box.value.slice(0, box.selectionStart).match(/[a-z][\w.]*$/) || [''])[0]

  const put = name => {
    const at = box.selectionStart
    box.setRangeText(name, at - begun().length, at, 'end')
    box.focus()
    offer()
  }

  const offer = () => {
    const typed = begun()
    const fitting = names.filter(name => name !== typed && (name.startsWith(typed) || (typed && name.split('.')[1].startsWith(typed))))
    offered.replaceChildren(...fitting.slice(0, MOST).map(name => {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'button quiet small'
      button.textContent = name
      button.addEventListener('click', () => put(name))
      return button
    }))
  }

  for (const event of ['input', 'click', 'keyup']) box.addEventListener(event, offer)
  offer()
}
