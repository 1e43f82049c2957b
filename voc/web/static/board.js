/* Figures follow each event of a stream; that there is more to see is said once, until the page is another one. */
(() => {
  let isSaid = false
  const figuresOf = told => told.inFlight ?? Object.fromEntries(['queue', 'today'].flatMap(part =>
    Object.entries(told.health?.[part] ?? {}).map(([name, n]) => [`${part}.${name}`, n])))

  addEventListener('told', event => {
    const written = new Intl.NumberFormat(document.documentElement.lang)
    let isNews = false
    for (const [name, n] of Object.entries(figuresOf(event.detail))) {
      const place = document.querySelector(`#figures [data-figure="${name}"]`), text = written.format(n)
      if (!place || place.textContent === text) continue
      place.textContent = text
      isNews = true
    }
    if (isSaid || !isNews) event.preventDefault()
    else isSaid = true
  })
  addEventListener('turned', () => { isSaid = false })
})()
