// Tabs. Without this script all of them are shown below each other, and nothing is lost.
(() => {
  for (const set of document.querySelectorAll('.panel-tabset')) {
    const links = [...set.querySelectorAll(':scope > ul.nav-tabs a.nav-link')]
    const panes = [...set.querySelectorAll(':scope > .tab-content > .tab-pane')]
    const show = (index) => {
      links.forEach((link, i) => {
        link.classList.toggle('active', i === index)
        link.setAttribute('aria-selected', i === index)
        link.tabIndex = i === index ? 0 : -1
        panes[i].classList.toggle('active', i === index)
        panes[i].hidden = i !== index
      })
    }
    const choose = (index) => {
      show(index)
      const group = set.dataset.group
      if (!group) return
      const title = links[index].textContent.trim()
      for (const other of document.querySelectorAll('.panel-tabset'))
        if (other !== set && other.dataset.group === group)
          other.dispatchEvent(new CustomEvent('verso-tab', { detail: title }))
    }
    set.addEventListener('verso-tab', (event) => {
      if (event.target !== set) return
      const index = links.findIndex((link) => link.textContent.trim() === event.detail)
      if (index >= 0) show(index)
    })
    links.forEach((link, index) => {
      link.addEventListener('click', (event) => {
        event.preventDefault()
        choose(index)
      })
      link.addEventListener('keydown', (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (!step) return
        const next = (index + step + links.length) % links.length
        choose(next)
        links[next].focus()
      })
    })
    show(0)
  }
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const pane = target && target.closest('.tab-pane[hidden]')
    if (!pane) return
    document.getElementById(pane.id + '-tab')?.click()
    target.scrollIntoView()
  }
  addEventListener('hashchange', reveal)
  reveal()
})()
