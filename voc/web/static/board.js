/* The figures of what is on its way follow each event; the rest of the board waits for "show". */
addEventListener('told', event => {
  const figures = event.detail.inFlight
  if (!figures) return
  const written = new Intl.NumberFormat(document.documentElement.lang)
  for (const [name, n] of Object.entries(figures)) {
    const place = document.querySelector(`#figures [data-figure="${name}"]`)
    if (place) place.textContent = written.format(n)
  }
})
