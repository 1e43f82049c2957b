/* A button that opens a survey in a dialog; nothing is kept before a choice. */
(me => {
  const o = me.dataset, d = document, at = new URL(me.src), key = 'voc ' + o.survey
  const url = new URL('o/' + o.survey, at), told = url.searchParams, said = o.language || d.documentElement.lang
  const word = (name, usual) => me.getAttribute(`data-${name}-` + said.slice(0, 2)) || o[name] || usual
  const label = word('label', 'Feedback')
  const rest = days => { try { localStorage[key] = Date.now() + days * 864e5 } catch {} }
  try { if (localStorage[key] > Date.now()) return } catch {}
  for (const { name, value } of me.attributes) if (/^data-fact-/.test(name)) told.set(name.slice(10).replace(/-/g, '_'), value)
  if (said) told.set('language', said)
  const make = (tag, facts) => Object.assign(d.createElement(tag), facts)
  const host = make('div'), root = host.attachShadow({ mode: 'open' }), css = new CSSStyleSheet()
  css.replaceSync(`:host{${o.position == 'here' ? '' : `position:fixed;z-index:9999;bottom:1rem;inset-inline-${o.position || 'end'}:1rem`}}
button,a{font:1rem system-ui;padding:1rem;border:1px solid #fff;background:#1a2330;color:#fff}
iframe{display:block;border:0;width:min(30rem,85vw);height:75vh}`)
  root.adoptedStyleSheets = [css]
  let wait
  const frame = make('iframe', { title: label }), dialog = make('dialog', { ariaLabel: label })
  const plain = () => frame.replaceWith(make('a', { href: url, target: '_blank', textContent: label }))
  const add = (to, textContent, onclick) => to.append(make('button', { textContent, onclick, part: 'button' }))
  add(root, label, () => {
    dialog.showModal()
    if (!frame.src) wait = setTimeout(plain, 6e3, frame.src = url)
  })
  add(dialog, word('close', 'Close'), () => dialog.close())
  add(dialog, word('later', 'Not now'), () => { rest(30); host.remove() })
  dialog.append(frame)
  root.append(dialog)
  me.after(host)
  d.addEventListener('securitypolicyviolation', e => e.blockedURI.startsWith(at.origin) && plain())
  addEventListener('message', ({ source, data }) => {
    if (source != frame.contentWindow) return
    clearTimeout(wait)
    if (data == 'voc:done') rest(90)
    if (data == 'voc:close') dialog.close()
  })
})(document.currentScript)
