/* Questions of the designer's list are dragged to another place: with a mouse anywhere on their line, with a finger by the grip
   alone, so that the list still scrolls. Escape lets go. "Up", "Down" and "Move elsewhere" do the same without. */
(() => {
  const EDGE = 40, FAR = 6
  let row = null, over = null, from = null, isMoving = false
  const send = () => document.getElementById('dropped')
  const mark = next => {
    if (next === over) return
    over?.classList.remove('over')
    over = next
    over?.classList.add('over')
  }
  function end() {
    mark(null)
    row?.classList.remove('dragged')
    row = null
  }
  addEventListener('pointerdown', event => {
    const found = event.target.closest?.('#list [data-drop^="questions/"]')
    if (!found || event.button || !send() || (event.pointerType !== 'mouse' && !event.target.closest('.grip'))) return
    row = found
    from = event
    isMoving = false
  })
  addEventListener('pointermove', event => {
    if (!row || (!isMoving && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < FAR)) return
    isMoving = true
    row.classList.add('dragged')
    mark(document.elementFromPoint(event.clientX, event.clientY)?.closest('#list [data-drop]'))
    const list = document.getElementById('list'), box = list.getBoundingClientRect()
    list.scrollTop += event.clientY < box.top + EDGE ? -12 : event.clientY > box.bottom - EDGE ? 12 : 0
  })
  addEventListener('pointerup', () => {
    const form = send(), dragged = row?.dataset.drop, target = over?.dataset.drop
    end()
    if (!isMoving || !dragged || !target || target === dragged) return
    form.elements.deed.value = `drop:${dragged}`
    form.elements.target.value = target
    form.requestSubmit()
  })
  addEventListener('pointercancel', end)
  addEventListener('keydown', event => { if (event.key === 'Escape') end() })
  addEventListener('dragstart', event => { if (event.target.closest?.('#list')) event.preventDefault() })
  addEventListener('click', event => {
    if (isMoving && event.target.closest?.('#list')) { event.preventDefault(); event.stopImmediatePropagation() }
    isMoving = false
  }, true)
})()
