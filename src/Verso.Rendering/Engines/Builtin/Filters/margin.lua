-- Notes and sources in the margin, after the citations have been written.

local notes, sources, places, shown = 0, {}, {}, {}

local function is_margin(meta, key)
  return meta[key] ~= nil and pandoc.utils.stringify(meta[key]) == "margin"
end

local function aside(inlines, class)
  return pandoc.Span(inlines, pandoc.Attr("", { "column-margin", class }))
end

local function note(element)
  notes = notes + 1
  local number = tostring(notes)
  local content = pandoc.List({ pandoc.Superscript({ pandoc.Str(number) }), pandoc.Space() })
  content:extend(pandoc.utils.blocks_to_inlines(element.content))
  return {
    pandoc.Span({ pandoc.Superscript({ pandoc.Str(number) }) }, pandoc.Attr("", { "margin-note-ref" })),
    aside(content, "margin-aside"),
  }
end

-- Each source stands once, where it is cited first.
local function cite(element)
  local made = pandoc.List({ element })
  for _, citation in ipairs(element.citations) do
    local source = sources[citation.id]
    if source and not shown[citation.id] then
      shown[citation.id] = true
      made:insert(aside(pandoc.utils.blocks_to_inlines(source), "citation-margin"))
    end
  end
  return made
end

local function source(div)
  local key = div.identifier:match("^ref%-(.+)$")
  if key and div.classes:includes("csl-entry") then
    sources[key] = div.content
  end
end

return {
  { Pandoc = function(document)
    places.notes = is_margin(document.meta, "reference-location")
    places.sources = is_margin(document.meta, "citation-location")
    if places.sources then
      document:walk({ Div = source })
      document = document:walk({ Cite = cite })
    end
    if places.notes then
      document = document:walk({ Note = note })
    end
    return document
  end },
}
