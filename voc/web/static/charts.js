/* A trend reads its figures out: by the arrow keys, Home and End, or under the pointer. Without this script the table has them all. */
(() => {
  const begin = drawing => {
    const said = document.createElement('p')
    said.className = 'readout'
    said.setAttribute('role', 'status')
    drawing.append(said)
    drawing.tabIndex = 0
    drawing.setAttribute('role', 'group')
    drawing.setAttribute('aria-label', drawing.dataset.help)
    let at = -1
    const sheet = () => [...drawing.querySelectorAll('svg')].find(one => one.getClientRects().length)
    const read = number => {
      const svg = sheet(), dots = [...svg.querySelectorAll('circle')]
      at = Math.min(Math.max(number, 0), dots.length - 1)
      for (const one of drawing.querySelectorAll('.at')) one.classList.remove('at')
      dots[at].classList.add('at')
      said.textContent = dots[at].textContent
    }
    const end = () => {
      at = -1
      said.textContent = ''
      for (const one of drawing.querySelectorAll('.at')) one.classList.remove('at')
    }
    drawing.addEventListener('keydown', event => {
      const last = sheet().querySelectorAll('circle').length - 1
      const to = { ArrowLeft: at < 0 ? last : at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key]
      if (to === undefined) return
      event.preventDefault()
      read(to)
    })
    drawing.addEventListener('pointermove', event => {
      const places = [...sheet().querySelectorAll('circle')].map(dot => Math.abs(dot.getBoundingClientRect().x + 4 - event.clientX))
      read(places.indexOf(Math.min(...places)))
    })
    drawing.addEventListener('pointerleave', end)
    drawing.addEventListener('blur', end)
  }
  const all = () => document.querySelectorAll('[data-chart]:not([tabindex])').forEach(begin)
  new MutationObserver(all).observe(document.body, { childList: true, subtree: true })
  all()
})()
