/* In a widget: tells the page that holds it that it is there, that somebody has answered, and that Esc was pressed; nothing else. */
(() => {
  if (parent === window) return
  const around = location.ancestorOrigins?.[0]
  const hosts = document.currentScript.dataset.hosts.split(' ').filter(host => !around || host === around)
  const tell = what => hosts.forEach(host => parent.postMessage('voc:' + what, host))
  addEventListener('keydown', event => { if (event.key === 'Escape') tell('close') })
  tell(document.querySelector('[data-sent]') ? 'done' : 'here')
})()
